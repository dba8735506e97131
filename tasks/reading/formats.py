"""What a file is, by its first bytes and never by its name."""

import zipfile
from enum import StrEnum
from pathlib import Path

from tasks.reading import refusals

HEAD_BYTES = 4096
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
FOREIGN = {
    b"%PDF": "PDF 文档",
    b"\x89PNG": "图片",
    b"\xff\xd8\xff": "图片",
    b"GIF8": "图片",
    b"BM": "图片",
    b"II*\x00": "图片",
    b"MM\x00*": "图片",
    b"Rar!": "压缩包",
    b"7z\xbc\xaf": "压缩包",
    b"\x1f\x8b": "压缩包",
    b"{\\rtf": "RTF 文档",
    b"MZ": "程序",
    b"\x7fELF": "程序",
}
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
MARKUP = (b"<html", b"<!doctype html", b"<table", b"<head", b"<body", b"<meta", b"<style", b"mime-version:")
# BIFF8 and BIFF5 start of the workbook stream; it lies at the start of a sector
BIFF_STARTS = (b"\x09\x08\x10\x00\x00\x06\x05\x00", b"\x09\x08\x08\x00\x00\x05\x05\x00")
FILEPASS = 0x2F


class Format(StrEnum):
    XLSX = "xlsx"
    ODS = "ods"
    XLS = "xls"
    TEXT = "text"


def format_of(path: Path) -> Format:
    """The format, or a refusal that names what the file really is."""
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    if head.startswith(b"PK"):
        return _zip_format(path)
    if head.startswith(OLE):
        return _ole_format(path)
    _refuse_markup(path, head)
    _refuse_foreign(path, head)
    return Format.TEXT


def _zip_format(path: Path) -> Format:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as fault:
        raise refusals.damaged(path.name, "压缩目录读不出") from fault
    if "xl/workbook.xml" in names:
        return Format.XLSX
    if "xl/workbook.bin" in names:
        raise refusals.other_dress(path.name, "二进制工作簿（xlsb）")
    if "content.xml" in names and "mimetype" in names:
        return Format.ODS
    what = "Word 文档" if "word/document.xml" in names else "压缩包"
    raise refusals.not_a_table(path.name, what)


def _ole_format(path: Path) -> Format:
    content = path.read_bytes()
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise refusals.encrypted(path.name)
    start = next((at for mark in BIFF_STARTS if (at := content.find(mark)) >= 0), -1)
    if start < 0:
        raise refusals.not_a_table(path.name, "Word 等其他办公文档")
    if _has_file_pass(content, start):
        raise refusals.encrypted(path.name)
    return Format.XLS


def _has_file_pass(content: bytes, start: int) -> bool:
    """FILEPASS stands among the first records after the start of the workbook stream."""
    at = start
    for _ in range(8):
        kind = int.from_bytes(content[at : at + 2], "little")
        if kind == FILEPASS:
            return True
        at += 4 + int.from_bytes(content[at + 2 : at + 4], "little")
    return False


def _refuse_markup(path: Path, head: bytes) -> None:
    start = head.removeprefix(b"\xef\xbb\xbf").replace(b"\x00", b"").lstrip(b"\xff\xfe \t\r\n").lower()
    if start.startswith(MARKUP) or (start.startswith(b"<?xml") and b"<html" in start):
        raise refusals.other_dress(path.name, "网页（HTML）")
    if start.startswith(b"<?xml"):
        raise refusals.other_dress(path.name, "XML 文档")


def _refuse_foreign(path: Path, head: bytes) -> None:
    what = next((name for mark, name in FOREIGN.items() if head.startswith(mark)), None)
    if what is None and b"\x00" in head and not head.startswith(UTF_16):
        what = "二进制文件"
    if what:
        raise refusals.not_a_table(path.name, what)
