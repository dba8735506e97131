"""On which line each key of a TOML text stands. tomllib gives the values and drops the places."""

import re
import tomllib
from collections.abc import Iterator
from typing import NamedTuple

Place = tuple[str | int, ...]

TOKEN = re.compile(
    r"""(?P<comment>\#[^\n]*)
      | (?P<string>\"{3}(?:\\.|[^\\])*?\"{3,5} | '{3}.*?'{3,5} | "(?:\\.|[^"\\])*" | '[^']*')
      | (?P<end>\n)
      | (?P<mark>[\[\]{},=])
      | (?P<word>[^\s\[\]{},=\#"']+)""",
    re.VERBOSE | re.DOTALL,
)


class Token(NamedTuple):
    kind: str
    text: str
    line: int


class Lines:
    """One walk over a text that tomllib has already accepted, so that syntax need not be checked again."""

    def __init__(self, text: str) -> None:
        self.found: dict[Place, int] = {}
        self._last: dict[Place, int] = {}  # the newest element of each array of tables
        self._tokens = [token for token in _tokens(text) if token.kind != "comment"]
        self._at = 0
        table: Place = ()
        while self._at < len(self._tokens):
            if self._next.kind == "end":
                self._at += 1
            elif self._next.text == "[":
                table = self._header()
            else:
                self._pair(table)

    @property
    def _next(self) -> Token:
        return self._tokens[self._at]

    def _take(self) -> Token:
        self._at += 1
        return self._tokens[self._at - 1]

    def _more(self, *stops: str) -> bool:
        return self._at < len(self._tokens) and self._next.text not in stops

    def _key(self, stop: str) -> tuple[str, ...]:
        """A dotted key up to the mark that ends it; tomllib undoes the quoting."""
        text = ""
        while self._more(stop):
            text += self._take().text
        self._at += 1
        tree = tomllib.loads(f"{text} = 0")
        parts = []
        while isinstance(tree, dict):
            part, tree = next(iter(tree.items()))
            parts.append(part)
        return tuple(parts)

    def _note(self, path: Place, line: int) -> None:
        """The line of a key, and of the tables that a dotted key opens on its way."""
        for length in range(1, len(path) + 1):
            self.found.setdefault(path[:length], line)

    def _header(self) -> Place:
        line = self._take().line
        is_array = self._next.text == "["
        if is_array:
            self._at += 1
        path: Place = ()
        *above, name = self._key("]")
        for part in above:
            path = self._newest((*path, part))
        path = (*path, name)
        if is_array:
            self._at += 1
            self._last[path] = self._last.get(path, -1) + 1
        path = self._newest(path)
        self._note(path, line)
        return path

    def _newest(self, path: Place) -> Place:
        return (*path, self._last[path]) if path in self._last else path

    def _pair(self, table: Place) -> None:
        line = self._next.line
        path = table + self._key("=")
        self._note(path, line)
        self._value(path)

    def _value(self, path: Place) -> None:
        if self._next.text == "[":
            self._array(path)
        elif self._next.text == "{":
            self._inline_table(path)
        else:
            while self._more(",", "]", "}", "\n"):
                self._at += 1

    def _array(self, path: Place) -> None:
        self._at += 1
        index = 0
        while self._more("]"):
            if self._next.kind == "end":
                self._at += 1
            elif self._next.text == ",":
                self._at += 1
                index += 1
            else:
                self._note((*path, index), self._next.line)
                self._value((*path, index))
        self._at += 1

    def _inline_table(self, path: Place) -> None:
        self._at += 1
        while self._more("}"):
            if self._next.text == "," or self._next.kind == "end":
                self._at += 1
            else:
                self._pair(path)
        self._at += 1


def _tokens(text: str) -> Iterator[Token]:
    line = 1
    for match in TOKEN.finditer(text):
        yield Token(str(match.lastgroup), match.group(), line)
        line += match.group().count("\n")


def lines_of_keys(text: str) -> dict[Place, int]:
    """The line of every table, key and array element of a valid TOML text, by its path."""
    return Lines(text).found
