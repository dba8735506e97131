"""Files fetched from addresses: kept in the installation's inbox, fetched again only when they changed."""

import hashlib
import json
from pathlib import Path

from tasks.reading import fetch


def fetch_into(inbox: Path, url: str) -> Path:
    """The file at `url` (http or https). A server that says it did not change (ETag, Last-Modified) sends nothing."""
    folder = inbox / hashlib.sha256(url.encode()).hexdigest()[:16]
    folder.mkdir(parents=True, exist_ok=True)
    memory = folder / "fetched.json"
    known = json.loads(memory.read_text("utf-8")) if memory.exists() else {}
    if known and not (folder / known["name"]).exists():
        known = {}
    fetched = fetch(url, folder, etag=known.get("etag"), last_modified=known.get("last_modified"))
    if fetched.unchanged:
        return folder / str(known["name"])
    said = {"name": fetched.path.name, "etag": fetched.etag, "last_modified": fetched.last_modified}
    half = memory.with_suffix(".half")
    half.write_text(json.dumps(said, ensure_ascii=False), "utf-8")
    half.replace(memory)
    return fetched.path
