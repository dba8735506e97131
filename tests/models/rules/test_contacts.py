"""What a contact must have, and how much of a robot's address is shown (C31)."""

import pytest

from models.errors import RuleRefused
from models.rules.contacts import Person, read_person, shown_bot


def test_a_person_is_tidied() -> None:
    assert read_person(" 王五 ", "０７７２－321", " a@b.cn", "") == Person("王五", "0772-321", "a@b.cn", None)


WRONG = {
    "没有姓名": ("  ", None, None, None),
    "邮箱没有域名": ("王五", None, "a@b", None),
    "邮箱里有两个地址": ("王五", None, "a@b.cn,c@d.cn", None),
    "邮箱里有换行": ("王五", None, "a@b.cn\nBcc: c@d.cn", None),
    "机器人不是地址": ("王五", None, None, "企业微信"),
    "机器人地址里有空格": ("王五", None, None, "https://qyapi.weixin.qq.com/ key"),
}


@pytest.mark.parametrize("said", WRONG.values(), ids=WRONG)
def test_what_reaches_nobody_is_refused(said: tuple[str, str | None, str | None, str | None]) -> None:
    with pytest.raises(RuleRefused, match="E1291") as refused:
        read_person(*said)
    assert "key" not in refused.value.message


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        (None, None),
        ("https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=SECRET", "https://qyapi.weixin.qq.com…"),
        ("wecombot://SECRET", "wecombot://…"),
        (
            "https://SECRETSECRETSECRETSECRETSECRETSECRETSECRET",
            "https://SECRETSECRETSECRETSECRETSECRETSECRET…",
        ),
    ],
)
def test_a_robots_secret_is_not_shown(address: str | None, shown: str | None) -> None:
    assert shown_bot(address) == shown
