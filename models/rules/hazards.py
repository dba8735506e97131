"""职业病危害因素 as one text joined by ；: order kept, repeats dropped. Names are checked elsewhere (A03)."""

import re
import unicodedata

from models.rules.cell import Reading

# A comma between digits belongs to a chemical's name (1,3-丁二烯); brackets hold further marks that divide nothing.
BETWEEN = re.compile(r"(?<![0-9]),|,(?![0-9])|[、;|\n\r\t]|(?<=[^0-9A-Za-z]) +(?=[^0-9A-Za-z])")
INNER = re.compile(r"\([^()]*\)")


def read_hazards(text: str) -> Reading[str]:
    tidy = unicodedata.normalize("NFKC", text)
    kept: list[str] = []

    def keep(inner: re.Match[str]) -> str:
        kept.append(inner[0])
        return f"\x00{len(kept) - 1}\x00"

    parts = [part.strip(" 。.") for part in BETWEEN.split(INNER.sub(keep, tidy))]
    names = [re.sub(r"\x00(\d+)\x00", lambda mark: kept[int(mark[1])], part) for part in parts if part]
    return Reading("；".join(dict.fromkeys(names)) or None)
