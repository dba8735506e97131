"""What the sections of the form are made of: plain values with Chinese titles, empty until filled in.

A draft may lack anything, so every field may be null here; what submitting asks for is said by `asked` and
checked in models.rules.checks.
"""

from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

MOST_ROWS = 500
NO_CONTROLS = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f]*$"
Words = Annotated[
    str,
    StringConstraints(strip_whitespace=True, max_length=500, pattern=NO_CONTROLS),
    AfterValidator(lambda text: text or None),  # blanks say nothing
]
Persons = Annotated[int, Field(strict=True)]
Yes = Annotated[bool, Field(strict=True)]


class Part(BaseModel):
    """Frozen, and a key nobody knows is refused rather than ignored."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def asked(title: str, describe: str | None = None) -> Any:
    """A field without which nothing can be submitted (marked * on the form)."""
    return Field(default=None, title=title, description=describe, json_schema_extra={"x-required": True})


def free(title: str, describe: str | None = None) -> Any:
    """A field that may stay empty, or is asked for by a rule of its own."""
    return Field(default=None, title=title, description=describe)


def listed(title: str, describe: str | None = None) -> Any:
    """Lines of a table."""
    return Field(default=(), title=title, description=describe, max_length=MOST_ROWS)
