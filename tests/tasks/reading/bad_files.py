"""Files that nobody should be hurt by, written by hand."""

import struct
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import xlwt

SHEET = "xl/worksheets/sheet1.xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'
)
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def relation(number: int, kind: str, target: str) -> str:
    return f'<Relationship Id="rId{number}" Type="{RELATIONS}/{kind}" Target="{target}"/>'


def workbook(path: Path, cells: str, *, prolog: str = "", shared: bytes | None = None) -> Path:
    """The smallest workbook with the given sheet data."""
    parts = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}">{relation(1, "officeDocument", "xl/workbook.xml")}'
        "</Relationships>",
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>'
        '<sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}">'
        f"{relation(1, 'worksheet', 'worksheets/sheet1.xml')}{relation(2, 'sharedStrings', 'sharedStrings.xml')}"
        "</Relationships>",
        SHEET: f'<?xml version="1.0"?>{prolog}<worksheet xmlns="{MAIN}"><sheetData>{cells}</sheetData></worksheet>',
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
        archive.writestr("xl/sharedStrings.xml", shared or f'<sst xmlns="{MAIN}"/>'.encode())
    return path


def inline(reference: str, text: str) -> str:
    return f'<c r="{reference}" t="inlineStr"><is><t>{text}</t></is></c>'


def two_cells(path: Path, far: str) -> Path:
    row = far.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return workbook(
        path, f'<row r="1">{inline("A1", "单位名称")}</row><row r="{row}">{inline(far, "x")}</row>'
    )


def entity_bomb(path: Path) -> Path:
    levels = "".join(f'<!ENTITY e{i} "{f"&e{i - 1};" * 10}">' for i in range(1, 10))
    prolog = f'<!DOCTYPE bomb [<!ENTITY e0 "单位名称">{levels}]>'
    return workbook(path, f'<row r="1">{inline("A1", "&e9;")}</row>', prolog=prolog)


def many_columns(path: Path, columns: int) -> Path:
    """Cells without references, so that nothing but counting shows how many there are."""
    return workbook(
        path, '<row r="1">' + "".join(f"<c><v>{i * i}</v></c>" for i in range(columns)) + "</row>"
    )


def swollen(path: Path, megabytes: int) -> Path:
    """One string of so many megabytes, packed a thousand to one."""
    workbook(path, f'<row r="1">{inline("A1", "单位名称")}</row>')
    with (
        zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("xl/more.xml", "w", force_zip64=True) as stream,
    ):
        stream.write(b"<sst><si><t>")
        for _ in range(megabytes):
            stream.write(b"a" * 1024 * 1024)
        stream.write(b"</t></si></sst>")
    return path


def encrypted_workbook(path: Path) -> Path:
    """An OLE container whose directory names the stream EncryptedPackage, as Office writes it."""
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
    name = "EncryptedPackage".encode("utf-16-le")
    return written(path, header.ljust(512, b"\0") + name.ljust(128, b"\0") + bytes(384))


def plain_xls() -> bytes:
    book = xlwt.Workbook()
    book.add_sheet("名单").write(0, 0, "单位名称")
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def encrypted_xls(path: Path) -> Path:
    """A real xls whose second record is made FILEPASS."""
    content = bytearray(plain_xls())
    start = content.index(b"\x09\x08\x10\x00\x00\x06\x05\x00")
    content[start + 20 : start + 22] = struct.pack("<H", 0x2F)
    return written(path, bytes(content))


def written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


Builder = Callable[[Path], Path]


def text(path: Path, content: str) -> Path:
    return written(path, content.encode())


def formats_ole() -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def repeated_ods(path: Path) -> Path:
    """One cell that says of itself that it fills the whole sheet."""
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    cell = (
        '<table:table-cell office:value-type="string" table:number-columns-repeated="16384">'
        "<text:p>单位名称</text:p></table:table-cell>"
    )
    content = (
        f"<office:document-content {spaces}><office:body><office:spreadsheet>"
        f'<table:table table:name="a"><table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row>'
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr("content.xml", content)
    return path


def understated(path: Path) -> Path:
    """A package whose directory gives a part as smaller than it is."""
    cells = "".join(f'<row r="{i}">{inline(f"A{i}", "单位名称")}</row>' for i in range(1, 5000))
    workbook(path, cells)
    with zipfile.ZipFile(path) as archive:
        size = archive.getinfo(SHEET).file_size
    return written(path, path.read_bytes().replace(struct.pack("<I", size), struct.pack("<I", 200)))
