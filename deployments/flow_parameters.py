"""What a flow asks for, and what is wrong with what it was given, in words for a person."""

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Any

from pydantic import BaseModel, ValidationError

from deployments.catalogue import FLOWS, flow_key
from models.errors import UsageTrouble

FAULTS = {"missing": "必须写明", "extra_forbidden": "没有这个参数"}


def request_for(flow: str, given: Mapping[str, Any]) -> BaseModel:
    """The parameters of `flow`, checked before anything runs: a mistyped one never runs for today instead."""
    form = _form(flow_key(flow))
    try:
        return form.model_validate(given)
    except ValidationError as error:
        faults = "；".join(_fault(one, form) for one in error.errors())
        raise UsageTrouble(
            "E1048", f"参数不对：{faults}。{flow} 的参数：{'；'.join(_fields(form))}。"
        ) from None


def described() -> str:
    """Every flow with its parameters."""
    lines = []
    for key, title in FLOWS.items():
        lines.append(f"{key.replace('_', '-')}：{title}")
        lines.extend(f"    {field}" for field in _fields(_form(key)))
    return "\n".join(lines)


def _form(key: str) -> type[BaseModel]:
    form: type[BaseModel] = import_module(f"flows.{key}").Request
    return form


def _fields(form: type[BaseModel]) -> Iterator[str]:
    for name, field in form.model_fields.items():
        yield f"{name}（{field.title}{'，必填' if field.is_required() else ''}）"


def _fault(error: Mapping[str, Any], form: type[BaseModel]) -> str:
    name = str(error["loc"][0]) if error["loc"] else ""
    field = form.model_fields.get(name)
    title = f"（{field.title}）" if field else ""
    wrong = f"的值“{error['input']}”不对"
    return f"{name}{title} {FAULTS.get(error['type'], wrong)}"
