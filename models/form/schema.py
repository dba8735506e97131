"""The JSON schema that others file by, as docs/declaration.schema.json publishes it."""

import json

from models.form.form import Form

DIALECT = "https://json-schema.org/draft/2020-12/schema"
ABOUT = "必填项标有 x-required，提交时检查；暂存时都可以空着。没有的项不写或写 null。"


def schema_text() -> str:
    schema = Form.model_json_schema() | {"title": "职业病危害项目申报表", "description": ABOUT}
    return json.dumps({"$schema": DIALECT} | schema, ensure_ascii=False, indent=2) + "\n"
