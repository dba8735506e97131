"""What people call a field: hazards.dust.factors.1.exposed is 危害因素种类·粉尘·危害因素第2行·接触人数."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from models.form.form import Form


@lru_cache(maxsize=20_000)
def title_of(path: str) -> str:
    said: list[str] = []
    model: type[BaseModel] | None = Form
    for step in path.split("."):
        if step.isdigit():
            said[-1] += f"第{int(step) + 1}行"
        elif model is None or step not in model.model_fields:
            said.append(step)
        else:
            info = model.model_fields[step]
            said.append(info.title or step)
            model = _model_in(info.annotation)
    return "·".join(said)


def fields_asked(model: type[BaseModel] = Form, at: str = "") -> Iterator[str]:
    """Paths of the fields marked * on the form; those of a section count once it is there."""
    for name, info in model.model_fields.items():
        if _is_asked(info):
            yield at + name
        inner = _model_in(info.annotation)
        if inner is not None and not _is_table(info.annotation):
            yield from fields_asked(inner, f"{at}{name}.")


def _is_asked(info: FieldInfo) -> bool:
    return isinstance(info.json_schema_extra, dict) and bool(info.json_schema_extra.get("x-required"))


def _is_table(annotation: Any) -> bool:
    return getattr(annotation, "__origin__", None) is tuple


def _model_in(annotation: Any) -> type[BaseModel] | None:
    """The section a field holds: itself, an optional one, or the lines of a table."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    found = (_model_in(inner) for inner in get_args(annotation))
    return next((model for model in found if model is not None), None)
