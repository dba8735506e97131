"""How clerks write names."""

import random

from tasks.sample.dirt.spoil import Recipe
from tasks.sample.words import SOUNDALIKES

PREFIXES = ("广西壮族自治区", "广西柳州市", "广西柳州", "广西", "柳州市", "柳州")
FORMS = ("股份有限公司", "有限责任公司", "有限公司")
NEIGHBOURS = {letter: group.replace(letter, "") for group in SOUNDALIKES for letter in group}
SLIPS = {
    "械": "戒", "材": "才", "装": "妆", "饰": "试", "限": "现", "柳": "刘", "贸": "茂", "配": "佩", "铸": "筑", "料": "科",
    "砖": "专", "塑": "朔", "粮": "良", "修": "休", "件": "建", "钢": "刚", "胶": "交", "品": "平", "技": "枝", "洗": "冼",
}  # fmt: skip


def without_prefix(name: str, _luck: random.Random) -> str:
    found = next((p for p in PREFIXES if name.startswith(p) and len(name) > len(p) + 3), "")
    return name[len(found) :]


def longer_prefix(name: str, luck: random.Random) -> str:
    bare = without_prefix(name, luck)
    return luck.choice(("广西柳州市", "广西壮族自治区柳州市", "柳州市")) + bare


def other_form(name: str, _luck: random.Random) -> str:
    if "有限责任公司" in name:
        return name.replace("有限责任公司", "有限公司")
    return name.replace("有限公司", "有限责任公司")


def short_form(name: str, luck: random.Random) -> str:
    form = next((f for f in FORMS if f in name), "")
    return name.replace(form, luck.choice(("公司", "", "有限"))) if form else name


def soundalike(name: str, luck: random.Random) -> str:
    places = [i for i, c in enumerate(name) if NEIGHBOURS.get(c)]
    if not places:
        return slip(name, luck)
    i = luck.choice(places)
    return name[:i] + luck.choice(NEIGHBOURS[name[i]]) + name[i + 1 :]


def slip(name: str, luck: random.Random) -> str:
    places = [i for i, c in enumerate(name) if c in SLIPS]
    if not places:
        return dropped(name, luck)
    i = luck.choice(places)
    return name[:i] + SLIPS[name[i]] + name[i + 1 :]


def dropped(name: str, luck: random.Random) -> str:
    i = luck.randrange(2, len(name)) if len(name) > 4 else 0
    return name[:i] + name[i + 1 :]


def doubled(name: str, luck: random.Random) -> str:
    i = luck.randrange(len(name))
    return name[:i] + name[i] + name[i:]


def swapped(name: str, luck: random.Random) -> str:
    i = luck.randrange(max(1, len(name) - 1))
    return name[:i] + name[i + 1 : i + 2] + name[i : i + 1] + name[i + 2 :]


def noted(name: str, luck: random.Random) -> str:
    return name + luck.choice(("（个体工商户）", "（已搬迁）", "(停产)", "（柳州）", "(普通合伙)"))


def half_marks(name: str, _luck: random.Random) -> str:
    return name.replace("（", "(").replace("）", ")")


def other_marks(name: str, luck: random.Random) -> str:
    return name.replace("（", luck.choice("［【( ")).replace("）", luck.choice("］】) "))


def spaced(name: str, luck: random.Random) -> str:
    i = luck.randrange(1, len(name)) if len(name) > 1 else 0
    return name[:i] + luck.choice((" ", "  ", "\u3000")) + name[i:]


def padded(name: str, luck: random.Random) -> str:
    return luck.choice((f" {name}", f"{name} ", f"{name}\u3000", f"{name}。", f"“{name}”"))


def no_branch(name: str, _luck: random.Random) -> str:
    """The branch signs with the firm's name."""
    head, form, branch = name.partition("公司")
    return head + form if form and branch else name


WORDING: list[tuple[float, Recipe]] = [
    (0.17, without_prefix), (0.035, longer_prefix), (0.13, other_form), (0.1, short_form), (0.015, noted), (0.02, no_branch),
]  # fmt: skip
TYPING: list[tuple[float, Recipe]] = [
    (0.055, soundalike), (0.03, slip), (0.014, dropped), (0.007, doubled), (0.007, swapped),
]  # fmt: skip
MARKS: list[tuple[float, Recipe]] = [(0.3, half_marks), (0.06, other_marks), (0.06, spaced), (0.14, padded)]
REGISTERED: list[tuple[float, Recipe]] = [(0.02, half_marks), (0.006, padded), (0.002, soundalike)]
