"""A mistake in the campaign file is refused with the line and the key (issue 2)."""

from collections.abc import Callable
from pathlib import Path

import pytest

from models.campaign import find_campaign, load_campaign
from models.campaign_file import CampaignRefused
from models.errors import InputRefused

FOLDER = Path("deployments/campaigns")
FILE = FOLDER / "liuzhou-2024-2025.toml"


def refusal(folder: Path, content: str | bytes) -> CampaignRefused:
    path = folder / "try.toml"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    with pytest.raises(CampaignRefused) as refused:
        load_campaign(path)
    assert refused.value.exit_code == 3
    return refused.value


# what is written instead of what; a text on the line to be named; the key; a piece of the message
MISTAKES = {
    "不认识的键": ("day_inclusive = true", "day_inclusiv = true", "day_inclusiv =", "day_inclusiv", "没有这一项"),
    "数字加了引号": ("stopped_months_limit = 6", 'stopped_months_limit = "6"', '"6"', "stopped_months_limit", "应为整数"),
    "月数为零": ("stopped_months_limit = 6", "stopped_months_limit = 0", "= 0", "stopped_months_limit", "不得小于 1"),
    "是否写成中文": ("day_inclusive = true", 'day_inclusive = "是"', '"是"', "day_inclusive", "true 或 false"),
    "日期加了引号": ("due = 2024-08-09", 'due = "2024-08-09"', '"2024-08-09"', "obligations[1].due", "应为日期"),
    "日期写成数": ("due = 2024-08-09", "due = 20240809", "20240809", "obligations[1].due", "应为日期"),
    "不存在的日期": ("due = 2024-08-09", "due = 2024-02-30", "2024-02-30", "due", "没有这一天"),
    "年份打错": ("due = 2025-11-15", "due = 2052-11-15", "2052-11-15", "obligations[3].due", "不在行动年度"),
    "没有的行业代码": ('"B08", "B09"', '"B08", "B99"', '"B99"', "sectors[1].codes[3]", "“B99”不是 GB/T 4754"),
    "门类字母不符": ('codes = ["C31"]', 'codes = ["B31"]', '"B31"', "sectors[2].codes[1]", "“B31”不是 GB/T 4754"),
    "行业代码两处": ('codes = ["C31"]', 'codes = ["C31", "C26"]', 'codes = ["C26"]', "sectors[3].codes[1]", "“冶金”已列"),
    "争议代码重复": ('codes = ["C305"]', 'codes = ["C25"]', '["C25"]\nincluded = true\nwhy = "安全', "sectors[4].borderline[1].codes[1]", "“化工”已列"),
    "没有的县代码": ('code = "450226"', 'code = "450227"', '"450227"', "counties[10].code", "不是 GB/T 2260"),
    "别市的县": ('code = "450226"\nname = "三江侗族自治县"', 'code = "450102"\nname = "兴宁区"', 'code = "450102"', "counties[10].code", "不属于柳州市"),
    "县名不符": ('name = "柳江区"', 'name = "柳江县"', 'name = "柳江县"', "counties[5].name", "在 GB/T 2260 中是“柳江区”"),
    "县重复": ('code = "450203"\nname = "鱼峰区"', 'code = "450202"\nname = "城中区"', 'code = "450202"\nname = "城中区"\nbureau = "鱼峰', "counties[2].code", "第 1 项已用"),
    "功能区归到没有的县": ('"柳东新区" = "450203"', '"柳东新区" = "450207"', '"柳东新区"', "region_aliases.柳东新区", "不是本行动的县（区）代码"),
    "别名就是县名": ('"北部生态新区" = ""', '"柳北区" = ""', '"柳北区" = ', "region_aliases.柳北区", "已是柳北区的名称"),
    "优先次序里没有的字段": ("economic_type = [", "economic_typo = [", "economic_typo", "precedence.fields.economic_typo", "不是用人单位的字段"),
    "优先次序里没有的来源": ('\nstate = ["verification", "registry"]', '\nstate = ["market"]', '["market"]', "precedence.fields.state[1]", "只能是"),
    "优先次序用了汇总数": ('\nstate = ["verification", "registry"]', '\nstate = ["platform-counts"]', '["platform-counts"]', "precedence.fields.state[1]", "只有汇总数"),
    "默认次序缺来源": ('"registry", "association"]', '"registry"]', "default = [", "precedence.default", "缺少来源：association"),
    "没有的专项": ('programmes = ["monitoring"]', 'programmes = ["monitor"]', '["monitor"]', "indicators[3].programmes[1]", "没有 key 为“monitor”的专项"),
    "指标既按行业又按名单": ('programmes = ["monitoring"]', 'programmes = ["monitoring"]\nsevere_sectors = true', '[[indicators]]\nkey = "I2b"', "indicators[3]", "只写一个"),
    "指标重名": ('key = "I2b"', 'key = "I2a"', 'key = "I2a"\nname = "因素', "indicators[3].key", "“I2a”重复"),
    "任务到期早于开始": ("opens = 2024-11-15", "opens = 2024-12-16", '[[obligations]]\nkey = "summary-2024"', "obligations[2]", "opens 晚于 due"),
    "月份首尾颠倒": ('first_month = "2024-08"', 'first_month = "2026-01"', "[monthly]", "monthly", "first_month 晚于 last_month"),
    "提醒次序颠倒": ("before = [14, 7, 3, 1, 0]", "before = [0, 1, 3]", "[reminders]", "reminders", "从多到少"),
    "缺少一项": ("issue_working_day = 5\n", "", "[monthly]", "monthly.issue_working_day", "缺少这一项"),
    "缺少一节": ("[platforms]\n", "[platform]\n", "# 柳州市职业病", "platforms", "缺少这一项"),
    "工作次序重复": ('"severity", "size", "age"', '"severity", "size", "size"', "work_order", "work_order[3]", "“size”重复"),
    "网址不是网址": ('manual = "http://', 'manual = "www.', 'manual = "www', "links.manual", "写法不对"),
    "平台既算又不算": ('ignored = ["原安监"]', 'ignored = ["国家"]', "[platforms]", "platforms", "不能既算数又不算数"),
    "计划线倒退": ("{ day = 2024-12-31, percent = 60 }", "{ day = 2024-08-31, percent = 60 }", "2024-08-31, percent = 60", "bulletin.plan[2].day", "应晚于上一个节点"),
    "计划线超出行动年度": ("{ day = 2025-12-31, percent = 100 }", "{ day = 2026-01-31, percent = 100 }", "2026-01-31", "bulletin.plan[3].day", "不在行动年度"),
    "计划超过百分之百": ("percent = 60", "percent = 160", "percent = 160", "bulletin.plan[2].percent", "不得大于 100"),
    "两个县（区）一个格子": ("450225 = [0, 1]", "450225 = [1, 0]", "450225 = [1, 0]", "bulletin.tiles.450225", "已给了 450226"),
    "格子给了外地": ("450225 = [0, 1]", "450102 = [0, 1]", "450102 = [0, 1]", "bulletin.tiles.450102", "不是本行动的县"),
    "增加领域与严重行业重叠": ("# [[extras]]\n# county = \"450203\"\n# name = \"汽车制造\"\n# codes = [\"C36\"]", '[[extras]]\ncounty = "450203"\nname = "水泥"\ncodes = ["C301"]', '["C301"]', "extras[1].codes[1]", "已属严重行业"),
    "放假又上班": ("2024-02-04, ", "2024-02-12, ", "2024-02-12", "calendar.working[1]", "又在“春节”假期内"),
    "假期倒着写": ("last = 2025-02-04", "last = 2024-02-04", "last = 2024-02-04", "calendar.holidays[9]", "早于 first"),
    "中文引号": ('name = "柳州市"', "name = “柳州市”", "“柳州市”", "name", "请把中文引号"),
    "键写了两次": ("issue_working_day = 5", "issue_working_day = 5\nissue_working_day = 6", "issue_working_day = 6", "issue_working_day", "这个键写了两次"),
    "一节写了两次": ("[legal.duty]", "[legal]", "[legal]\narticle", "legal", "这一节写了两次"),
    "中文键没加引号": ('"柳江县" = ', "柳江县 = ", "柳江县 = ", "柳江县", "两边也要加英文引号"),
    "True 大写": ("day_inclusive = true", "day_inclusive = True", "= True", "day_inclusive", "小写的 true"),
    "引号没合上": ('article = "第十六条"', 'article = "第十六条', 'article = "第十六条', "article", "引号没有合上"),
    "列表写成一个值": ('codes = ["C31"]', 'codes = "C31"', 'codes = "C31"', "sectors[2].codes", "应为列表"),
    "一节写成几节": ("[monthly]", "[[monthly]]", "[[monthly]]", "monthly", "应为一组"),
    "类别只有两种": ('catalogue_risks = []', 'catalogue_risks = ["高"]', '["高"]', "scope.catalogue_risks[1]", "只能是 '严重' 或 '一般'"),
    "门槛倒置": ("[links]\n", "[linkage]\nsure = 0.5\nunsure = 0.7\n[links]\n", "[linkage]", "linkage", "须小于 sure"),
}  # fmt: skip


@pytest.mark.parametrize(("old", "new", "marker", "key", "message"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_named_by_line_and_key(
    tmp_path: Path, old: str, new: str, marker: str, key: str, message: str
) -> None:
    text = FILE.read_text("utf-8")
    assert old in text
    text = text.replace(old, new, 1)
    found = [one for one in refusal(tmp_path, text).mistakes if one.key == key]
    assert [one.line for one in found] == [text[: text.index(marker)].count("\n") + 1]
    assert message in found[0].message


def test_all_mistakes_at_once(tmp_path: Path) -> None:
    """Mistakes of kind, of value and between sections, in one answer and in the order of the lines."""
    text = FILE.read_text("utf-8")
    names = (
        "月数为零",
        "功能区归到没有的县",
        "没有的行业代码",
        "没有的专项",
        "年份打错",
        "缺少一项",
        "平台既算又不算",
    )
    for old, new, *_ in (MISTAKES[name] for name in names):
        text = text.replace(old, new, 1)
    refused = refusal(tmp_path, text)
    assert [one.key for one in refused.mistakes] == [MISTAKES[name][3] for name in names]
    assert "有 7 处错误" in refused.message
    assert "第 15 行 stopped_months_limit：不得小于 1（现为 0）" in refused.message


def test_a_message_with_braces_is_not_a_template(tmp_path: Path) -> None:
    text = FILE.read_text("utf-8").replace('"B08", "B09"', '"B08", "{ctx}"')
    assert "“{ctx}”不是" in refusal(tmp_path, text).message


@pytest.mark.parametrize(
    ("content", "line", "message"),
    [
        pytest.param('key = "x"\nname = "柳州"\n'.encode("gb18030"), 2, "另存为 UTF-8", id="GB18030"),
        pytest.param(b'key = "x"\n[city', 2, "不合 TOML 写法", id="断在半路"),
        pytest.param(b"", 1, "缺少这一项", id="空文件"),
    ],
)
def test_not_a_campaign_at_all(tmp_path: Path, content: bytes, line: int, message: str) -> None:
    first = refusal(tmp_path, content).mistakes[0]
    assert first.line == line
    assert message in first.message


@pytest.mark.parametrize(
    "dress", [lambda text: "\ufeff" + text, lambda text: text.replace("\n", "\r\n")], ids=["BOM", "CRLF"]
)
def test_notepad_may_have_saved_it(tmp_path: Path, dress: Callable[[str], str]) -> None:
    path = tmp_path / "saved.toml"
    path.write_bytes(dress(FILE.read_text("utf-8")).encode())
    assert load_campaign(path) == load_campaign(FILE)


@pytest.mark.parametrize("named", ["liuzhou-2024-2025", str(FILE)], ids=["键", "路径"])
def test_found_by_key_or_path(named: str) -> None:
    assert find_campaign(named, FOLDER) == FILE


def test_not_found_lists_what_there_is() -> None:
    with pytest.raises(InputRefused, match=r"E1301.*liuzhou-2024-2025") as refused:
        find_campaign("liuzhou-2026", FOLDER)
    assert refused.value.exit_code == 3
