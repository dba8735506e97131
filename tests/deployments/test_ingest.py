"""`yingbao ingest` and `yingbao problems` as a clerk uses them: exit codes, JSON, the sheet handed back."""

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from deployments.cli import main as entry
from tests.campaign.files import DECLARATIONS, FOUNDRY, QUARRY, REGISTRY, registry_row, write_csv

pytestmark = pytest.mark.usefixtures("installation")
ADDRESS = "柳州市柳江区拉堡镇柳堡路1号"


class Answer:
    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err

    @property
    def document(self) -> Any:
        return json.loads(self.out)


@pytest.fixture
def yingbao(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    """Run the command line in this process."""

    def run(*words: str) -> Answer:
        monkeypatch.setattr("sys.argv", ["yingbao", *words])
        with pytest.raises(SystemExit) as ended:
            entry.main()
        told = capsys.readouterr()
        return Answer(int(ended.value.code or 0), told.out, told.err)

    return run


@pytest.fixture
def registry(tmp_path: Path) -> Path:
    """A good row, one whose code lost its digits, one that names nobody."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["柳州市企业名单（数据截至2024年6月30日）"])
    sheet.append(REGISTRY)
    sheet.append(registry_row(FOUNDRY, "柳州市鑫鸿铸造有限公司", ADDRESS))
    sheet.append(registry_row("", "柳州市宏达铸造有限公司", ADDRESS, 从业人数="约很多"))
    sheet["A4"] = 914502001234567890
    sheet.append([None, None, None, ADDRESS, "3391", "存续", "5", None])
    sheet["F6"] = "填表人：某某"
    path = tmp_path / "名册.xlsx"
    book.save(path)
    return path


def test_a_list_is_taken_in_and_its_day_read_from_the_title(yingbao: Any, registry: Path) -> None:
    answer = yingbao("ingest", str(registry), "--kind", "registry", "--json")
    assert answer.code == 0
    (receipt,) = answer.document["receipts"]
    assert (receipt["rows"], receipt["new"], receipt["data_date"]) == (3, 3, "2024-06-30")
    again = yingbao("ingest", str(registry), "--kind", "registry")
    assert "0 处变动" in again.out


def test_the_sheet_comes_back_with_what_is_wrong(yingbao: Any, registry: Path, tmp_path: Path) -> None:
    back = tmp_path / "退回.xlsx"
    assert yingbao("ingest", str(registry), "--kind", "registry", "--problems", str(back)).code == 0
    sheet = openpyxl.load_workbook(back).active
    assert sheet is not None
    notes = {row: sheet.cell(row, len(REGISTRY) + 1).value for row in range(1, 7)}
    assert notes[2] == "错误说明"
    assert notes[3] is None
    assert "A列 E1105" in str(notes[4])
    assert "G列" in str(notes[4])
    assert "E1190" in str(notes[5])
    assert sheet["A3"].value == FOUNDRY
    assert sheet["A3"].data_type == "s"
    assert sheet["B4"].value == "柳州市宏达铸造有限公司"


def test_problems_are_listed_with_their_cell(yingbao: Any, registry: Path) -> None:
    yingbao("ingest", str(registry), "--kind", "registry")
    listed = yingbao("problems", "list", "--code", "E1105", "--json").document
    assert [(one["row_no"], one["column"], one["field"]) for one in listed] == [(4, "A", "统一社会信用代码")]


def test_a_refused_file_stops_nobody(yingbao: Any, tmp_path: Path) -> None:
    good = registry_row(QUARRY, "鹿寨县石山采石场", "鹿寨县中渡镇石山村")
    write_csv(tmp_path / "名册/一.csv", REGISTRY, [good])
    (tmp_path / "名册/二.xlsx").write_bytes(b"<html><table></table></html>")
    answer = yingbao(
        "ingest", str(tmp_path / "名册"), "--kind", "registry", "--data-date", "2024-06-30", "--json"
    )
    assert answer.code == 3
    assert len(answer.document["receipts"]) == 1
    assert answer.document["refused"][0]["file"] == "二.xlsx"


REFUSALS = [
    pytest.param(["--data-date", "2999-01-01"], 3, "E1036", id="a day yet to come"),
    pytest.param(["--data-date", "2024-02-30"], 2, "E1041", id="a day that does not exist"),
    pytest.param([], 3, "E1031", id="no data date anywhere"),
    pytest.param(["--data-date", "2024-06-30", "--campaign", "nowhere"], 3, "E1301", id="no such campaign"),
]


@pytest.mark.parametrize(("words", "code", "error"), REFUSALS)
def test_refusals_have_a_code_and_no_traceback(
    yingbao: Any, tmp_path: Path, words: list[str], code: int, error: str
) -> None:
    path = write_csv(
        tmp_path / "名册.csv", REGISTRY, [registry_row(FOUNDRY, "柳州市鑫鸿铸造有限公司", ADDRESS)]
    )
    answer = yingbao("ingest", str(path), "--kind", "registry", *words)
    assert (answer.code, error in answer.out + answer.err) == (code, True)
    assert "Traceback" not in answer.out + answer.err


def test_a_wrong_word_is_a_usage_error(yingbao: Any) -> None:
    assert yingbao("ingest", "x.csv", "--kind", "nonsense").code == 2


LEAD = ("单位名称", "统一社会信用代码", "所在县区", "发现渠道")


def test_a_lead_found_in_an_unknown_way_is_a_problem_as_written(yingbao: Any, tmp_path: Path) -> None:
    rows = [
        ["柳州市鑫鸿铸造有限公司", FOUNDRY, "柳江区", "路边看到"],
        ["石山采石场", QUARRY, "鹿寨县", "双随机"],
    ]
    path = str(write_csv(tmp_path / "线索.csv", LEAD, rows))
    words = ("ingest", path, "--kind", "lead", "--data-date", "2024-06-30", "--json")
    refused = yingbao(*words, "--channel", "路边看到")
    assert (refused.code, refused.document["refused"][0]["code"]) == (3, "E1035")
    assert yingbao(*words).code == 0
    listed = yingbao("problems", "list", "--code", "E1181", "--json").document
    assert [(one["row_no"], one["column"], one["value"]) for one in listed] == [(2, "D", "路边看到")]
    assert [lead["channel"] for lead in yingbao("leads", "list", "--json").document] == [None, "监督执法"]


def _approved(number: str, filed: str, approved: str) -> list[str]:
    place = "广西壮族自治区/柳州市/柳江区"
    return [number, "柳州市鑫鸿铸造有限公司", FOUNDRY, place, "", "初次申报", filed, "已审核", approved]


def test_approvals_out_of_order_are_to_be_checked(yingbao: Any, tmp_path: Path) -> None:
    """An approval after the export's day is told of that export only, whichever came in first."""
    rows = [
        _approved("D1", "2024-03-01", "2024-02-01"),
        _approved("D2", "2024-03-01", "2024-07-20"),
        _approved("D3", "2024-03-01", "2024-03-01"),
    ]
    path = str(write_csv(tmp_path / "申报.csv", DECLARATIONS, rows))
    counts = []
    for day in ("2024-08-05", "2024-07-10"):
        answer = yingbao("ingest", path, "--kind", "declarations", "--data-date", day, "--json")
        counts.append(answer.document["receipts"][0]["problems"])
    listed = yingbao("problems", "list", "--json").document
    told = [
        (one["batch_id"], one["row_no"], one["code"]) for one in listed if one["code"] in ("E1182", "E1183")
    ]
    later, older = sorted({one["batch_id"] for one in listed})
    assert told == [(later, 2, "E1182"), (older, 2, "E1182"), (older, 3, "E1183")]
    assert counts[1] == counts[0] + 1
    assert {one["severity"] for one in listed if one["code"] in ("E1182", "E1183")} == {"请核实"}


def test_what_a_whole_list_lacks_is_counted_and_listed(yingbao: Any, tmp_path: Path) -> None:
    foundry = registry_row(FOUNDRY, "柳州市鑫鸿铸造有限公司", ADDRESS)
    quarry = registry_row(QUARRY, "鹿寨县石山采石场", "鹿寨县中渡镇石山村")
    both = str(write_csv(tmp_path / "六月.csv", REGISTRY, [foundry, quarry]))
    for number, rows in enumerate(([foundry], [])):  # a whole list may come in several files
        other = registry_row("", f"三江县老堡砖厂{number}", "三江侗族自治县老堡乡")
        write_csv(tmp_path / f"七月/{number}.csv", REGISTRY, [*rows, other])
    words = ("--kind", "registry", "--full", "--data-date")
    assert yingbao("ingest", both, *words, "2024-06-30", "--json").document["missing"] == 0
    told = yingbao("ingest", str(tmp_path / "七月"), *words, "2024-07-31").out
    assert "少了 1 行，见 yingbao problems missing" in told
    (gone,) = yingbao("problems", "missing", "--kind", "registry", "--json").document
    assert (gone["name"], gone["credit_code"], gone["county"]) == ("鹿寨县石山采石场", QUARRY, "450223")
    assert (gone["last_seen_on"], gone["missing_on"]) == ("2024-06-30", "2024-07-31")
    assert yingbao("problems", "missing", "--kind", "lead", "--json").document == []


WORDS_REFUSED = [
    pytest.param("ingest nowhere.csv --kind registry", 3, "E1001", id="a path that does not exist"),
    pytest.param("sample --employers 0 --out sample", 2, "E1046", id="a city without employers"),
    pytest.param("sample --employers 5 --style foo --out sample", 2, "E1047", id="a style nobody knows"),
    pytest.param("problems export 999 --out back.xlsx", 4, "E1270", id="a batch that does not exist"),
]


@pytest.mark.parametrize(("words", "code", "error"), WORDS_REFUSED)
def test_what_does_not_exist_is_refused(
    yingbao: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: str, code: int, error: str
) -> None:
    monkeypatch.chdir(tmp_path)
    answer = yingbao(*words.split(), "--json")
    assert (answer.code, answer.document["error"]["code"]) == (code, error)
    assert not (tmp_path / "back.xlsx").exists()


def test_a_rehearsal_says_what_would_change_and_keeps_nothing(yingbao: Any, registry: Path) -> None:
    rehearsed = yingbao("ingest", str(registry), "--kind", "registry", "--dry-run", "--json").document[
        "receipts"
    ]
    done = yingbao("ingest", str(registry), "--kind", "registry", "--json").document["receipts"]
    told = [(one["rows"], one["new"], one["changed"], one["problems"]) for one in (*rehearsed, *done)]
    assert told[0] == told[1]


def test_an_address_is_fetched_and_not_sent_again_unchanged(yingbao: Any, httpserver: HTTPServer) -> None:
    row = ",".join(registry_row(FOUNDRY, "柳州市鑫鸿铸造有限公司", ADDRESS))
    content = f"{','.join(REGISTRY)}\n{row}\n".encode("gb18030")
    sent: list[int] = []

    def answer(request: Request) -> Response:
        status = 304 if request.headers.get("If-None-Match") == '"one"' else 200
        sent.append(status)
        return Response(b"" if status == 304 else content, status, {"ETag": '"one"'})

    httpserver.expect_request("/registry.csv").respond_with_handler(answer)
    words = (
        "ingest",
        httpserver.url_for("/registry.csv"),
        "--kind",
        "registry",
        "--data-date",
        "2024-06-30",
        "--json",
    )
    assert yingbao(*words).document["receipts"][0]["new"] == 1
    assert yingbao(*words).document["receipts"][0]["seen_before"] is True
    assert sent == [200, 304]
