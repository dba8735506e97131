"""LibreOffice without a screen: a workbook opened, typed into and saved, as an office does it."""

import os
import shutil
import signal
import subprocess
from collections.abc import Iterable
from pathlib import Path

SECONDS = 90
FILTERS = {".xlsx": "Calc MS Excel 2007 XML", ".xls": "MS Excel 97", ".ods": "calc8"}
# what a hand would type into a cell (row and column from 0), so that the program makes of it what it will
MACRO = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Hand" script:language="StarBasic">
Sub Fill(orders As String)
    On Error GoTo Wrong
    files = createUnoService(&quot;com.sun.star.ucb.SimpleFileAccess&quot;)
    reader = createUnoService(&quot;com.sun.star.io.TextInputStream&quot;)
    reader.setInputStream(files.openFileRead(ConvertToURL(orders)))
    reader.setEncoding(&quot;UTF-8&quot;)
    Dim hidden(0) As New com.sun.star.beans.PropertyValue
    hidden(0).Name = &quot;Hidden&quot;
    hidden(0).Value = True
    book = StarDesktop.loadComponentFromURL(reader.readLine(), &quot;_blank&quot;, 0, hidden())
    target = reader.readLine()
    Dim how(0) As New com.sun.star.beans.PropertyValue
    how(0).Name = &quot;FilterName&quot;
    how(0).Value = reader.readLine()
    Do Until reader.isEOF()
        parts = Split(reader.readLine(), Chr(9))
        If UBound(parts) = 3 Then
            sheet = book.Sheets.getByIndex(CInt(parts(0)))
            sheet.getCellByPosition(CInt(parts(2)), CInt(parts(1))).FormulaLocal = parts(3)
        End If
    Loop
    book.storeToURL(target, how())
    book.close(True)
Wrong:
    StarDesktop.terminate()
End Sub
</script:module>
"""
LIBRARY = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false" library:passwordprotected="false">
 <library:element library:name="Hand"/>
</library:library>
"""


def found() -> str | None:
    return shutil.which("soffice") or shutil.which("libreoffice")


class LibreOffice:
    """A profile of its own, so that no running office is disturbed."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self._run("--terminate_after_init")
        standard = home / "profile" / "user" / "basic" / "Standard"
        standard.mkdir(parents=True, exist_ok=True)
        (standard / "Hand.xba").write_text(MACRO, "utf-8")
        (standard / "script.xlb").write_text(LIBRARY, "utf-8")

    def fill(self, source: Path, target: Path, typed: Iterable[tuple[int, int, int, str]]) -> Path:
        """Open `source`, type into cells (sheet, row, column, text; all from 0) and save as `target`'s format."""
        target.parent.mkdir(parents=True, exist_ok=True)
        cells = ["\t".join(map(str, cell)) for cell in typed]
        orders = self.home / "orders.txt"
        orders.write_text(
            "\n".join([source.as_uri(), target.as_uri(), FILTERS[target.suffix], *cells]), "utf-8"
        )
        self._run(f'macro:///Standard.Hand.Fill("{orders}")')
        assert target.is_file(), "LibreOffice saved nothing"
        return target

    def as_pdf(self, source: Path, folder: Path) -> Path | None:
        """None where it cannot read the file: an office without Writer."""
        self._run("--convert-to", "pdf", "--outdir", str(folder), str(source))
        made = folder / f"{source.stem}.pdf"
        return made if made.is_file() else None

    def _run(self, *words: str) -> None:
        """In a session of its own: an office that hangs is ended with all it started."""
        profile = f"-env:UserInstallation={(self.home / 'profile').as_uri()}"
        quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        with subprocess.Popen(
            [str(found()), profile, "--headless", "--norestore", "--nologo", *words],
            start_new_session=True,
            env=os.environ | {"HOME": str(self.home)},
            **quiet,
        ) as office:
            try:
                office.wait(SECONDS)
            except subprocess.TimeoutExpired:
                os.killpg(office.pid, signal.SIGKILL)
                raise
