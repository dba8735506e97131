"""F23: products with output and unit, or secret and not one word, or one line 无 with 0. Never an empty list."""

from collections.abc import Iterator

from models.form.products import Product
from models.rules.checking import Case, Finding, must_fix

RULE = must_fix("E1618", "F23", "主要产品：填产品，或勾选涉密，或填一行“无”、0")
NONE = "无"


def check(case: Case) -> Iterator[Finding]:
    products = case.form.products
    if products is None or products.secret:
        return
    if not products.rows:
        message = "没有填产品。有产品的逐行填写；涉密企业请勾选“军工等涉密产品”；不生产产品的填一行“无”，年产量填0。"
        yield RULE.at("products.rows", "0行", "至少1行", message)
    for at, row in enumerate(products.rows):
        path = f"products.rows.{at}"
        if row.name == NONE:
            yield from _nothing(path, row, len(products.rows))
        else:
            yield from _something(path, row)


def _nothing(path: str, row: Product, rows: int) -> Iterator[Finding]:
    if rows > 1:
        yield RULE.at(
            f"{path}.name", NONE, f"共{rows}行", "产品填“无”的只能有这一行，请删去这一行或其他产品行。"
        )
    if row.output != 0:
        yield RULE.at(f"{path}.output", row.output, 0, "产品填“无”的，年产量应填0。")


def _something(path: str, row: Product) -> Iterator[Finding]:
    if row.name is None:
        yield RULE.at(f"{path}.name", None, "必填", "产品名称没有填，请填写；不生产产品的填“无”。")
    if row.output is None or row.output < 0:
        yield RULE.at(f"{path}.output", row.output, "不小于0", "年产量应填不小于0的数，请填写。")
    if row.unit is None or row.unit == NONE:
        yield RULE.at(f"{path}.unit", row.unit, "必填", "计量单位没有填，请填写，如“吨”。")
