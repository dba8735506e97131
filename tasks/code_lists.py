"""The packaged code lists that declarations are checked against; an empty one stops the work (F22)."""

from functools import cache

from models import reference
from models.rules.code_lists import CodeLists


@cache
def code_lists() -> CodeLists:
    return CodeLists.build(
        counties=reference.province_counties(),
        towns=reference.city_towns(),
        industries=reference.industries(),
        factors=reference.read_list("hazard_factors_2015"),
    )
