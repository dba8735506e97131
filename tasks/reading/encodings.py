"""The text encoding of a file, and the same file in UTF-8."""

import codecs
from pathlib import Path

from tasks.reading import refusals
from tasks.reading.limits import MIB

BLOCK = 4 * MIB
UTF_8, UTF_16, GB = "utf-8", "utf-16", "gb18030"


def encoding_of(head: bytes, whole: bool) -> str | None:
    """By the byte order mark, else UTF-8 where it fits, else GB18030; None: plain ASCII so far."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return UTF_16
    if head.isascii():
        return None
    try:
        codecs.getincrementaldecoder(UTF_8)().decode(head, final=whole)
    except UnicodeDecodeError:
        return GB
    return UTF_8


def decoded_head(head: bytes, encoding: str, whole: bool) -> str:
    """The beginning as text; bytes that do not fit are an error, a character cut at the end is not."""
    return codecs.getincrementaldecoder(encoding)().decode(head, final=whole).removeprefix("\ufeff")


def transcode(path: Path, encoding: str, target: Path, *, line_end: str = "\n") -> None:
    """Write the file again in UTF-8. Strict: a wrong byte means that the encoding is another one."""
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with path.open("rb") as source, target.open("wb") as sink:
            while block := source.read(BLOCK):
                sink.write(decoder.decode(block).replace(line_end, "\n").encode())
            sink.write(decoder.decode(b"", final=True).encode())
    except UnicodeError as fault:
        raise refusals.unknown_encoding(path.name) from fault
