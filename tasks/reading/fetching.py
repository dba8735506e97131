"""A file from an http(s) address: whole or not at all, and not again while unchanged."""

import os
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

import requests

from tasks.reading import refusals
from tasks.reading.limits import MIB, Limits

BLOCK = 256 * 1024
PAUSES = (1.0, 4.0, 15.0)  # seconds before the second, third and fourth try
TIMEOUT = (10.0, 60.0)  # to connect, between two bytes
NOT_FOR_NAMES = re.compile(r'[\x00-\x1f/\\:*?"<>|]')


@dataclass(frozen=True)
class Fetched:
    path: Path
    etag: str | None
    last_modified: str | None = None
    unchanged: bool = False  # the server says that it is the file we know; nothing was written


class _TryAgain(Exception):
    """A trouble of the moment: no answer, a fault of the server, half a body."""


def fetch(
    url: str,
    into: Path,
    *,
    etag: str | None = None,
    last_modified: str | None = None,
    limits: Limits | None = None,
    pauses: tuple[float, ...] = PAUSES,
    sleep: Callable[[float], None] = time.sleep,
) -> Fetched:
    """Download into a folder under the server's name for the file. Nothing half-read ever gets that name."""
    host = _host_of(url)
    most = (limits or Limits()).file_bytes
    known = {"If-None-Match": etag, "If-Modified-Since": last_modified}
    headers = {"Accept-Encoding": "identity", **{name: text for name, text in known.items() if text}}
    trouble = ""
    for pause in (*pauses, None):
        try:
            return _try_once(url, host, into, headers, most)
        except _TryAgain as fault:
            trouble = str(fault)
        if pause is not None:
            sleep(pause)
    raise refusals.not_reached(host, trouble)


def _host_of(url: str) -> str:
    try:
        parts = urlsplit(url)
    except ValueError:
        raise refusals.bad_address(url) from None
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise refusals.bad_address(url)
    return parts.hostname


def _try_once(url: str, host: str, into: Path, headers: dict[str, str], most: int) -> Fetched:
    try:
        with requests.get(url, headers=headers, stream=True, timeout=TIMEOUT) as answer:
            return _receive(answer, url, host, into, most)
    except (requests.ConnectionError, requests.Timeout, requests.exceptions.ChunkedEncodingError) as fault:
        raise _TryAgain("连接中断或超时") from fault
    except requests.RequestException as fault:
        raise refusals.not_reached(host, type(fault).__name__) from fault


def _receive(answer: requests.Response, url: str, host: str, into: Path, most: int) -> Fetched:
    name = _file_name(answer.headers.get("Content-Disposition", ""), url)
    marks = answer.headers.get("ETag"), answer.headers.get("Last-Modified")
    if answer.status_code == requests.codes.not_modified:
        return Fetched(into / name, *marks, unchanged=True)
    if answer.status_code >= 500 or answer.status_code == requests.codes.too_many_requests:
        raise _TryAgain(f"服务器状态 {answer.status_code}")
    if answer.status_code != requests.codes.ok:
        raise refusals.refused_by_server(host, answer.status_code)
    promised = answer.headers.get("Content-Length", "")
    if promised.isdigit() and int(promised) > most:
        raise refusals.download_too_large(host, most // MIB)
    into.mkdir(parents=True, exist_ok=True)
    part = into / f".{name}.{os.getpid()}.part"
    try:
        _write(answer, part, promised, host, most)
        part.replace(into / name)
    finally:
        part.unlink(missing_ok=True)
    return Fetched(into / name, *marks)


def _write(answer: requests.Response, part: Path, promised: str, host: str, most: int) -> None:
    """Everything on the disk before the file gets its name."""
    received = 0
    with part.open("wb") as file:
        for block in answer.iter_content(BLOCK):
            received += len(block)
            if received > most:
                raise refusals.download_too_large(host, most // MIB)
            file.write(block)
        file.flush()
        os.fsync(file.fileno())
    if promised.isdigit() and received != int(promised):
        raise _TryAgain(f"只收到 {received} 字节，应为 {promised} 字节")


def _file_name(disposition: str, url: str) -> str:
    """The server's name for the file, without folders; RFC 6266's encoded form first."""
    encoded = re.search(r"filename\*\s*=\s*UTF-8''([^;]+)", disposition, re.IGNORECASE)
    plain = re.search(r'filename\s*=\s*(?:"([^"]+)"|([^;\s]+))', disposition, re.IGNORECASE)
    if encoded:
        name = unquote(encoded[1].strip())
    elif plain:
        name = _repaired(unquote(plain[1] or plain[2]))
    else:
        name = unquote(PurePosixPath(urlsplit(url).path).name)
    return NOT_FOR_NAMES.sub("_", name).lstrip(".")[-120:] or "download"


def _repaired(name: str) -> str:
    """Raw UTF-8 in a header arrives as Latin-1."""
    try:
        return name.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return name
