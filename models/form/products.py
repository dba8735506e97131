"""主要产品 (F23): products, or nothing produced, or secret and then without a word about them."""

from decimal import Decimal
from typing import Annotated, Self

from pydantic import AfterValidator, Field, PlainSerializer, model_validator
from pydantic_core import PydanticCustomError

from models.form.part import Part, Words, Yes, free, listed

Amount = Annotated[
    Decimal,
    Field(max_digits=20, decimal_places=6),
    AfterValidator(lambda amount: amount.normalize()),  # 1.50 and 1.5 are one content
    PlainSerializer(lambda amount: format(amount, "f"), return_type=str, when_used="json"),  # never 1E+3
]
SECRET_AND_TOLD = "secret_and_told"


class Product(Part):
    name: Words | None = free("产品名称", "没有产品的填“无”")
    output: Amount | None = free("年产量", "没有产品的填0")
    unit: Words | None = free("计量单位", "没有产品的填“无”")


class Products(Part):
    secret: Yes = Field(default=False, title="军工等涉密产品")
    rows: tuple[Product, ...] = listed("产品", "涉密的留空；不生产产品的填一行“无”、0")

    @model_validator(mode="after")
    def secret_stays_secret(self) -> Self:
        """Refused before it is stored anywhere: what was never kept cannot leak."""
        if self.secret and self.rows:
            raise PydanticCustomError(
                SECRET_AND_TOLD, "已勾选军工等涉密产品，不得再填产品明细，请删去产品行后重报"
            )
        return self
