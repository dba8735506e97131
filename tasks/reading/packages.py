"""Zip packages (xlsx, ods) are looked through before any parser sees them (design section 7).

A legal workbook of 1.4 kB with two far cells makes readers build the rectangle between them: 17 billion cells.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from tasks.reading import refusals
from tasks.reading.formats import Format
from tasks.reading.limits import MIB, Limits

CHUNK = 1 * MIB
REFERENCE = re.compile(rb'\br="([A-Z]{1,3})([0-9]{1,7})"')
LONG_NUMBER = re.compile(rb"<v>(?:[0-9]{16}|[0-9.]{3,}[Ee]\+1[5-9])")
DTD = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
COUNTED_CELLS = 200_000  # so many are counted one by one, the others estimated
CELL_BYTES = 64  # a cell takes 30-60
SAMPLE = 16 * 1024  # holds a row of 256 cells


def check_directory(path: Path, limits: Limits) -> int:
    """The unpacked size, as the package's directory has it; refused where that alone is too much."""
    with _opened(path) as archive:
        parts = archive.infolist()
        _check_directory(path, archive, parts, limits)
        return sum(part.file_size for part in parts)


def check_contents(path: Path, kind: Format, limits: Limits) -> bool:
    """Every part is looked through. Says whether numbers of 16 digits and more occur: codes without their tail."""
    with _opened(path) as archive:
        parts = [part for part in archive.infolist() if part.filename.endswith(".xml") and part.file_size]
        found = [_check_part(path, archive, part, kind, limits) for part in parts]
    return any(found)


@contextmanager
def _opened(path: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(path) as archive:
            yield archive
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError) as fault:
        raise refusals.damaged(path.name, "压缩内容读不全") from fault


def _check_directory(
    path: Path, archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo], limits: Limits
) -> None:
    if len(parts) > limits.members:
        raise refusals.bomb(path.name, f"内含 {len(parts)} 个部件")
    if any(part.flag_bits & 1 for part in parts) or _is_encrypted_ods(archive, parts):
        raise refusals.encrypted(path.name)
    for part in parts:
        if part.file_size > limits.free_bytes and part.file_size > limits.ratio * part.compress_size:
            times = part.file_size // max(part.compress_size, 1)
            raise refusals.bomb(path.name, f"压缩比 {times} 倍")
    unpacked = sum(part.file_size for part in parts)
    if unpacked > limits.unpacked_bytes:
        raise refusals.bomb(path.name, f"解压后 {unpacked // MIB} MB")


def _is_encrypted_ods(archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> bool:
    manifest = next((part for part in parts if part.filename == "META-INF/manifest.xml"), None)
    if manifest is None or manifest.file_size > MIB:
        return False
    return b"encryption-data" in archive.read(manifest)


def _check_part(
    path: Path, archive: zipfile.ZipFile, part: zipfile.ZipInfo, kind: Format, limits: Limits
) -> bool:
    """Whether the part holds numbers too long for a number."""
    extent, long_numbers = _Extent(), kind is Format.ODS
    for number, chunk in enumerate(_chunks(archive, part)):
        if number == 0 and DTD.search(chunk):
            raise refusals.forbidden_markup(path.name)
        if _has_long_text(chunk, limits.cell_chars * 4):
            raise refusals.cell_too_long(path.name, limits.cell_chars)
        if kind is Format.XLSX:
            full = extent.add(chunk)
            if not full and (cells := _cells_of_longest_row(chunk)) > limits.columns:
                raise refusals.too_many_columns(path.name, cells, limits.columns)
            _check_extent(path, part, extent, limits)
            long_numbers = long_numbers or LONG_NUMBER.search(chunk) is not None
    _check_sparse(path, part, extent, limits)
    return long_numbers


def _chunks(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """The part's text in pieces that end before a tag, so that no reference is cut in two."""
    with archive.open(part) as stream:
        rest = b""
        while block := stream.read(CHUNK):
            piece = rest + block
            cut = piece.rfind(b"<")
            if cut > 0:
                yield piece[:cut]
                rest = piece[cut:]
            else:
                yield piece
                rest = b""
        yield rest


def _has_long_text(chunk: bytes, most: int) -> bool:
    """Whether a stretch of more than `most` bytes holds no tag; jumps from tag to tag, so nearly free."""
    at = 0
    while len(chunk) - at > most:
        following = chunk.rfind(b"<", at + 1, at + most)
        if following < 0:
            return True
        at = following
    return False


def _cells_of_longest_row(chunk: bytes) -> int:
    """References may be left out, so a row is also measured by the cells it has."""
    longest = max(chunk.split(b"<row"), key=len)
    return longest.count(b"<c ") + longest.count(b"<c>")


@dataclass
class _Extent:
    """The rectangle that the cells of a sheet span."""

    rows: int = 0
    columns: int = 0
    cells: int = 0

    def add(self, chunk: bytes) -> bool:
        """Every reference at first; in a sheet that is certainly full only samples, and then the answer is yes."""
        full = self.cells >= COUNTED_CELLS
        if not full:
            found = REFERENCE.findall(chunk)
            self.cells += len(found)
        else:
            self.cells += len(chunk) // CELL_BYTES
            found = REFERENCE.findall(chunk, 0, SAMPLE) + REFERENCE.findall(
                chunk, max(0, len(chunk) - SAMPLE)
            )
        if found:
            self.rows = max(self.rows, max(int(row) for _, row in (found[0], found[-1])))
            self.columns = max(self.columns, max(map(_column_number, {letters for letters, _ in found})))
        return full and bool(found)


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _check_extent(path: Path, part: zipfile.ZipInfo, extent: _Extent, limits: Limits) -> None:
    sheet = PurePosixPath(part.filename).stem
    if extent.rows > limits.rows:
        raise refusals.too_many_rows(path.name, extent.rows, limits.rows)
    far = extent.columns > limits.columns
    if far and extent.cells >= extent.columns // 2:
        raise refusals.too_many_columns(path.name, extent.columns, limits.columns)
    if extent.rows * extent.columns > limits.cells and extent.cells >= limits.sparse_cells // 50:
        raise refusals.too_wide_a_sheet(path.name, sheet, extent.rows, extent.columns, limits.cells)


def _check_sparse(path: Path, part: zipfile.ZipInfo, extent: _Extent, limits: Limits) -> None:
    rectangle = extent.rows * extent.columns
    sparse = rectangle > limits.sparse_cells and extent.cells < rectangle // 50
    if sparse or extent.columns > limits.columns or rectangle > limits.cells:
        sheet = PurePosixPath(part.filename).stem
        raise refusals.stray_cells(path.name, sheet, extent.rows, extent.columns, extent.cells)
