"""Names a workbook can have for its sheets: at most 31 characters, none twice, without the signs Excel forbids."""

from dataclasses import dataclass, field

LONGEST = 31
FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\'", "_"))


@dataclass(frozen=True)
class SheetNames:
    taken: set[str] = field(default_factory=set)

    def free(self, wanted: str) -> str:
        base = wanted.translate(FORBIDDEN).strip() or "表"
        for at in range(1, 1000):
            ending = f"({at})" if at > 1 else ""
            name = base[: LONGEST - len(ending)] + ending
            if name.casefold() not in self.taken:
                self.taken.add(name.casefold())
                return name
        raise AssertionError(f"a thousand sheets named {base}")
