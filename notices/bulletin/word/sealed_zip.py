"""An archive without the hour it was packed: the same content is the same file (C26)."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

NEVER = (1980, 1, 1, 0, 0, 0)


def sealed(packed: bytes) -> bytes:
    out = BytesIO()
    with ZipFile(BytesIO(packed)) as source, ZipFile(out, "w") as target:
        for name in source.namelist():
            entry = ZipInfo(name, NEVER)
            entry.compress_type = ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    return out.getvalue()
