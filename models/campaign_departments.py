"""Which authority is responsible for an industry (行业主管部门), where the campaign file says so (C20)."""

from typing import Annotated

from pydantic import Field

from models.campaign_checks import Industry
from models.campaign_parts import Part, Text


class Department(Part):
    """A member unit of the joint meeting with the industries it answers for; the longest code decides."""

    name: Text
    codes: Annotated[tuple[Industry, ...], Field(min_length=1)]
