"""Prefect's REST interface: light to ask, where `import prefect` costs seconds."""

from typing import Any
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3.util import Retry

from models.errors import EnvironmentTrouble

LOOPBACK = ("127.0.0.1", "localhost", "::1")
REFUSED = 400
# on SQLite the server says 503 while another of its parts writes; nothing was done then
BUSY = Retry(
    connect=0,
    read=0,
    status=6,
    status_forcelist=[503],
    allowed_methods=None,
    backoff_factor=0.3,
    raise_on_status=False,
)


class PrefectApi:
    """The server at `url` (…/api)."""

    def __init__(self, url: str, *, patience: float = 60) -> None:
        self.url = url.rstrip("/")
        self._patience = patience
        self._http = requests.Session()
        # the server hangs up on idle connections, and one that is hung up on just then must not be used for a POST
        self._http.headers["Connection"] = "close"
        for scheme in ("http://", "https://"):
            self._http.mount(scheme, HTTPAdapter(max_retries=BUSY))
        if urlsplit(url).hostname in LOOPBACK:
            self._http.trust_env = False  # an office's proxy cannot reach this machine's own addresses

    def is_up(self) -> bool:
        try:
            return self._http.get(f"{self.url}/health", timeout=3).ok
        except requests.RequestException:
            return False

    def find(self, what: str, **wanted: Any) -> list[dict[str, Any]]:
        """Rows of `what` (deployments, flow_runs …) by Prefect's own filters."""
        found: list[dict[str, Any]] = self.call("POST", f"{what}/filter", wanted)
        return found

    def call(self, method: str, path: str, body: Any = None) -> Any:
        try:
            answer = self._http.request(method, f"{self.url}/{path}", json=body, timeout=self._patience)
        except requests.RequestException as trouble:
            raise EnvironmentTrouble("E1444", f"连不上 Prefect 服务（{self.url}）：{trouble}") from trouble
        if answer.status_code >= REFUSED:
            raise EnvironmentTrouble(
                "E1445",
                f"Prefect 服务拒绝了 {method} {path}（{answer.status_code}）：{answer.text[:500]}",
            )
        return answer.json() if answer.content else None
