"""A day in a flow's parameters, in a form that Prefect's server refuses by itself when it is wrong."""

from datetime import date
from typing import Annotated

from pydantic import WithJsonSchema

# the server checks patterns and not formats; 30 February is left to the flow
PATTERN = r"^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$"
Day = Annotated[date, WithJsonSchema({"type": "string", "format": "date", "pattern": PATTERN})]
