"""A file from an address: whole or not at all, and not again while unchanged."""

import socketserver
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from models.errors import InputRefused
from tasks.reading import Limits, fetch

BODY = "单位名称,电话\n甲厂,1\n".encode() * 1000
NO_PAUSE = (0.0, 0.0)


def test_file_is_fetched_whole_with_its_marks(httpserver: HTTPServer, tmp_path: Path) -> None:
    headers = {"ETag": '"v1"', "Last-Modified": "Fri, 05 Jan 2024 00:00:00 GMT"}
    httpserver.expect_request("/data/名单.csv").respond_with_data(BODY, headers=headers)
    fetched = fetch(httpserver.url_for("/data/%E5%90%8D%E5%8D%95.csv"), tmp_path / "in")
    assert fetched.path == tmp_path / "in" / "名单.csv"
    assert fetched.path.read_bytes() == BODY
    assert (fetched.etag, fetched.last_modified, fetched.unchanged) == (
        '"v1"',
        headers["Last-Modified"],
        False,
    )
    assert list(fetched.path.parent.iterdir()) == [fetched.path]


def test_unchanged_file_is_not_sent_again(httpserver: HTTPServer, tmp_path: Path) -> None:
    def answer(request: Request) -> Response:
        known = request.headers.get("If-None-Match") == '"v1"'
        return Response(b"" if known else BODY, 304 if known else 200, {"ETag": '"v1"'})

    httpserver.expect_request("/a.csv").respond_with_handler(answer)
    first = fetch(httpserver.url_for("/a.csv"), tmp_path)
    first.path.write_bytes(b"kept")
    again = fetch(httpserver.url_for("/a.csv"), tmp_path, etag=first.etag)
    assert again.unchanged
    assert again.path.read_bytes() == b"kept"


DISPOSITIONS = [
    ('attachment; filename="export.xlsx"', "export.xlsx"),
    ("attachment; filename*=UTF-8''%E5%90%8D%E5%8D%95.xlsx", "名单.xlsx"),
    ('attachment; filename="../../etc/passwd"', "_.._etc_passwd"),
    ("attachment", "download.do"),
]


@pytest.mark.parametrize(("disposition", "name"), DISPOSITIONS, ids=[name for _, name in DISPOSITIONS])
def test_name_comes_from_the_server(
    httpserver: HTTPServer, tmp_path: Path, disposition: str, name: str
) -> None:
    httpserver.expect_request("/download.do").respond_with_data(
        BODY, headers={"Content-Disposition": disposition}
    )
    assert fetch(httpserver.url_for("/download.do?id=7"), tmp_path).path == tmp_path / name


def test_fault_of_the_moment_is_tried_again(httpserver: HTTPServer, tmp_path: Path) -> None:
    httpserver.expect_ordered_request("/a.csv").respond_with_data("busy", status=503)
    httpserver.expect_ordered_request("/a.csv").respond_with_data(BODY)
    pauses: list[float] = []
    fetched = fetch(httpserver.url_for("/a.csv"), tmp_path, pauses=(0.5, 2.0), sleep=pauses.append)
    assert fetched.path.read_bytes() == BODY
    assert pauses == [0.5]


REFUSALS = [
    ("gone for good", 404, "E1023", 1),
    ("forbidden", 403, "E1023", 1),
    ("always busy", 500, "E1022", 3),
]


@pytest.mark.parametrize(("status", "code", "tries"), [r[1:] for r in REFUSALS], ids=[r[0] for r in REFUSALS])
def test_refusal(httpserver: HTTPServer, tmp_path: Path, status: int, code: str, tries: int) -> None:
    httpserver.expect_request("/a.csv").respond_with_data("no", status=status)
    with pytest.raises(InputRefused) as refusal:
        fetch(httpserver.url_for("/a.csv"), tmp_path, pauses=NO_PAUSE)
    assert refusal.value.code == code
    assert len(httpserver.log) == tries
    assert list(tmp_path.iterdir()) == []


def test_size_is_capped_before_and_while_reading(httpserver: HTTPServer, tmp_path: Path) -> None:
    httpserver.expect_request("/said.csv").respond_with_data(BODY)
    stream = Response(iter([BODY, BODY]), direct_passthrough=False)
    httpserver.expect_request("/unsaid.csv").respond_with_handler(lambda _: stream)
    for name in ("said", "unsaid"):
        with pytest.raises(InputRefused) as refusal:
            fetch(httpserver.url_for(f"/{name}.csv"), tmp_path, limits=Limits(file_bytes=len(BODY) - 1))
        assert refusal.value.code == "E1024"
    assert list(tmp_path.iterdir()) == []


class _HalfThenWhole(socketserver.StreamRequestHandler):
    """Promises the whole body, sends half of it and hangs up; the second time it sends everything."""

    def handle(self) -> None:
        while self.rfile.readline().strip():
            pass
        self.server.calls += 1  # type: ignore[attr-defined]
        sent = BODY[: len(BODY) // 2] if self.server.calls <= self.server.halves else BODY  # type: ignore[attr-defined]
        self.wfile.write(
            b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: %d\r\n\r\n" % len(BODY) + sent
        )


@pytest.fixture
def torn(request: pytest.FixtureRequest) -> Iterator[str]:
    with socketserver.TCPServer(("127.0.0.1", 0), _HalfThenWhole) as server:
        server.calls, server.halves = 0, request.param  # type: ignore[attr-defined]
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}/a.csv"
        server.shutdown()
        thread.join()


@pytest.mark.parametrize("torn", [1], indirect=True)
def test_half_a_body_is_thrown_away_and_fetched_again(torn: str, tmp_path: Path) -> None:
    assert fetch(torn, tmp_path, pauses=NO_PAUSE).path.read_bytes() == BODY
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]


@pytest.mark.parametrize("torn", [9], indirect=True)
def test_body_that_never_arrives_leaves_nothing(torn: str, tmp_path: Path) -> None:
    with pytest.raises(InputRefused) as refusal:
        fetch(torn, tmp_path, pauses=NO_PAUSE)
    assert refusal.value.code == "E1022"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "ftp://host/a.csv", "名单.csv", "http://", "http://[bad"]
)
def test_only_web_addresses(url: str, tmp_path: Path) -> None:
    with pytest.raises(InputRefused) as refusal:
        fetch(url, tmp_path)
    assert refusal.value.code == "E1021"


def test_nobody_there(tmp_path: Path) -> None:
    with pytest.raises(InputRefused) as refusal:
        fetch("http://127.0.0.1:9/a.csv", tmp_path, pauses=())
    assert refusal.value.code == "E1022"
