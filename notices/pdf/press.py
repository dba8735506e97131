"""Sets pages: one style sheet and one font configuration for a whole run (the costly part of a page)."""

import logging
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

from models.errors import EnvironmentTrouble
from notices.pdf.faces import Faces

LIBRARY_MISSING = "E1511"
INSTALL = "请安装 libpangoft2-1.0-0 和 libharfbuzz-subset0 后再试。"
FALLBACK = "用了本程序以外的字体"


class PrintFault(Exception):
    """What the printing library only logs: a missing glyph, face or image. A paper with one is not handed out."""


class Press:
    """Set HTML in the faces given, write its pages; anything the library complains of is a fault."""

    def __init__(self, faces: Faces, style: str) -> None:
        library = printing_library()
        self._library = library
        self._families = frozenset(faces.files)
        self._fonts = library.text.fonts.FontConfiguration()
        only_fonts = library.urls.URLFetcher(allowed_protocols={"file"})
        with _complaints():
            self._style = library.CSS(
                string=faces.css() + style, font_config=self._fonts, url_fetcher=only_fonts
            )

    def set(self, html: str) -> Any:
        """The pages of `html`; images only from data addresses."""
        with _complaints():
            fetcher = self._library.urls.URLFetcher(allowed_protocols={"data"})
            source = self._library.HTML(string=html, url_fetcher=fetcher)
            return source.render(stylesheets=[self._style], font_config=self._fonts)

    def write(self, document: Any, path: Path, *, title: str, author: str) -> frozenset[str]:
        """Write the document, and return the families it was really set in."""
        document.metadata.title, document.metadata.authors = title, [author]
        unfinished = path.with_name(f".{path.name}.part")
        with _complaints():
            document.write_pdf(unfinished, pdf_identifier=title.encode())
        used = frozenset(font.family for font in document.fonts.values())
        if strange := used - self._families:
            unfinished.unlink()
            raise PrintFault(f"{FALLBACK}：{'、'.join(sorted(strange))}")
        unfinished.replace(path)
        return used


def pages_by_anchor(document: Any, anchors: Iterable[str]) -> dict[str, list[Any]]:
    """Which pages belong to each anchored section: from its own to the next one's, without blank ones at the end."""
    wanted = set(anchors)
    found: dict[str, list[Any]] = {}
    current: list[Any] = []
    for page in document.pages:
        for anchor in wanted & page.anchors.keys():
            current = found.setdefault(anchor, [])
        current.append(page)
    for pages in found.values():
        while pages[-1]._page_box.page_type.blank:
            pages.pop()
    return found


def printing_library() -> Any:
    """WeasyPrint, imported where something is printed: it takes a second, and it needs system libraries."""
    try:
        library = import_module("weasyprint")
        ffi = import_module("weasyprint.text.ffi")
    except OSError as error:
        raise EnvironmentTrouble(LIBRARY_MISSING, f"缺少排版用的系统库，{INSTALL}") from error
    if not ffi.harfbuzz_subset:
        # letters would print all the same, each a fifth of a second later, and larger
        raise EnvironmentTrouble(LIBRARY_MISSING, f"缺少 harfbuzz-subset，{INSTALL}")
    return library


class _Listener(logging.Handler):
    """Hears what this thread's printing complains of."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.thread = threading.get_ident()
        self.heard: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.thread == self.thread:
            self.heard.append(record.getMessage())


@contextmanager
def _complaints() -> Iterator[None]:
    logger, listener = logging.getLogger("weasyprint"), _Listener()
    logger.addHandler(listener)
    try:
        yield
    finally:
        logger.removeHandler(listener)
    if listener.heard:
        raise PrintFault(_once(listener.heard))


def _once(messages: Sequence[str]) -> str:
    return "；".join(dict.fromkeys(messages))
