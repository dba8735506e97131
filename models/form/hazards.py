"""危害因素种类: the six classes, and in each the named factors with the persons exposed to them."""

from collections.abc import Iterator
from enum import StrEnum

from pydantic import Field

from models.form.part import Part, Persons, Words, Yes, asked, free, listed


class HazardClass(StrEnum):
    """The keys of the six classes on the form; `chinese` is the catalogue's word (2015)."""

    DUST = "dust"
    CHEMICAL = "chemical"
    PHYSICAL = "physical"
    RADIOACTIVE = "radioactive"
    BIOLOGICAL = "biological"
    OTHER = "other"

    @property
    def chinese(self) -> str:
        return TITLES[self]


TITLES = {
    HazardClass.DUST: "粉尘",
    HazardClass.CHEMICAL: "化学因素",
    HazardClass.PHYSICAL: "物理因素",
    HazardClass.RADIOACTIVE: "放射性因素",
    HazardClass.BIOLOGICAL: "生物因素",
    HazardClass.OTHER: "其他因素",
}


class Factor(Part):
    name: Words | None = free("危害因素名称", "《职业病危害因素分类目录》（2015年）中的名称")
    exposed: Persons | None = free("接触人数")


class Exposure(Part):
    """One class: 有/无, how many persons in all, and which factors."""

    present: Yes | None = asked("有/无")
    exposed: Persons | None = free("接触总人数", "有此类因素的必填，无的填0")
    factors: tuple[Factor, ...] = listed("危害因素")


NOT_SAID = Exposure()


class Hazards(Part):
    dust: Exposure = Field(default=NOT_SAID, title="粉尘")
    chemical: Exposure = Field(default=NOT_SAID, title="化学因素")
    physical: Exposure = Field(default=NOT_SAID, title="物理因素")
    radioactive: Exposure = Field(default=NOT_SAID, title="放射性因素")
    biological: Exposure = Field(default=NOT_SAID, title="生物因素")
    other: Exposure = Field(default=NOT_SAID, title="其他因素")

    def classes(self) -> Iterator[tuple[HazardClass, Exposure]]:
        for kind in HazardClass:
            yield kind, getattr(self, kind)

    def present(self) -> frozenset[HazardClass]:
        return frozenset(kind for kind, exposure in self.classes() if exposure.present)

    def exposures(self) -> Iterator[tuple[str, str, int]]:
        """Where, of what and how many: each class, then each of its factors."""
        for kind, exposure in self.classes():
            at = f"hazards.{kind}"
            if exposure.exposed is not None:
                yield f"{at}.exposed", kind.chinese, exposure.exposed
            for number, factor in enumerate(exposure.factors):
                if factor.exposed is not None:
                    yield f"{at}.factors.{number}.exposed", factor.name or kind.chinese, factor.exposed

    def named(self) -> Iterator[tuple[str, HazardClass, str]]:
        """Where, in which class and how each factor is called."""
        for kind, exposure in self.classes():
            for number, factor in enumerate(exposure.factors):
                if factor.name:
                    yield f"hazards.{kind}.factors.{number}.name", kind, factor.name
