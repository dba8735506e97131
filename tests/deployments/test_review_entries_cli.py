"""`yingbao review` on entries in the system: search, correction, conflicts, handover, second looks (F06, F07, F18)."""

from typing import Any

import pytest

from models.database import session
from models.errors import RuleRefused, UsageTrouble
from tasks.review_auto import approve_clean
from tests.deployments.test_review_cli import LIUJIANG, ON, run, told
from tests.make_filings import LIUBEI, make_registrant
from tests.make_forms import CODE, OTHER
from tests.make_targets import make_known
from tests.tasks.test_review_auto import ON as APPROVED_ON
from tests.tasks.test_review_auto import campaign, submitted

pytestmark = pytest.mark.usefixtures("installation")
DESK = ("--as", "在线咨询")
HEAD, BRANCH = "柳州市鑫鸿铸造有限公司", "柳州市鑫鸿铸造有限公司柳江分公司"


@pytest.fixture
def branch(installation: Any) -> str:  # noqa: ARG001
    """F18: the branch holds the headquarters' code."""
    with session() as db:
        facts = {"credit_code": CODE, "county": LIUBEI}
        make_known(db, name=HEAD, name_key=HEAD, name_core="鑫鸿铸造", **facts)
        own = {"branch_part": "柳江分公司", "name": BRANCH, "name_key": BRANCH}
        unit = make_known(db, **own, credit_code=CODE).id
        return str(make_registrant(db, name=BRANCH, unit=unit).id)


def test_search_gives_code_and_county(branch: str) -> None:
    hits = run("search", "鑫鸿铸造")
    assert [(hit["name"], hit["credit_code"], hit["county"]) for hit in hits] == [
        (HEAD, CODE, LIUBEI),
        (BRANCH, CODE, "450206"),
    ]
    assert "柳北区" in told("search", "鑫鸿")
    assert branch


def test_correction_by_the_help_desk_alone(branch: str) -> None:
    words = ("correct-code", branch, "--from", CODE, "--to", OTHER, "--reason", "与执照不符", *ON)
    with pytest.raises(RuleRefused, match="E1703"):
        run(*words, *LIUJIANG)
    done = run(*words, *DESK)
    assert (done["before"], done["after"], done["branches"]) == (CODE, OTHER, [])
    assert "links" in done
    with pytest.raises(RuleRefused, match="E1705"):
        run(*words, *DESK)
    back = ("correct-code", branch, "--from", OTHER, "--to", CODE, "--reason", "改回", *ON, *DESK)
    assert "已由" in told(*back)


def test_the_conflict_is_shown_and_handed_over(branch: str) -> None:
    (conflict,) = run("conflicts", "--county", "柳江区")["codes"]
    assert (str(conflict["registrant"]), conflict["head_name"]) == (branch, HEAD)
    assert "总公司在数据库中" in told("conflicts")
    with pytest.raises(UsageTrouble, match="E1715"):
        run("handover", branch, *LIUJIANG, "--reason", "误用", "--name", HEAD, *ON)
    with pytest.raises(RuleRefused, match="E1607"):
        run("handover", branch, "--as", "柳北区", "--reason", "误用", *ON)
    done = run("handover", branch, *LIUJIANG, "--reason", "误用", *ON)
    assert (done["name"], done["county"]) == (HEAD, LIUBEI)
    run("register-approve", str(done["headquarters"]), "--as", "柳北区", *ON)
    entries = {entry["name"]: entry for entry in run("registrations")}
    assert (entries[BRANCH]["state"], entries[BRANCH]["handed_to"]) == ("已退回", done["headquarters"])
    assert entries[HEAD]["state"] == "已审核"
    assert run("conflicts") == {"codes": [], "open": []}


def test_the_headquarters_may_be_named_by_hand(branch: str) -> None:
    named = ("--name", "广西鑫鸿集团有限公司", "--county", "城中区")
    assert "待城中区审核" in told("handover", branch, *LIUJIANG, "--reason", "误用", *named, *ON)


@pytest.mark.parametrize(
    ("words", "state"), [(("--confirm",), "已审核"), (("--revoke", "--reason", "有误"), "待审核")]
)
def test_a_second_look(words: tuple[str, ...], state: str) -> None:
    number = str(submitted())
    approve_clean(campaign("450206", share=1.0), APPROVED_ON, "定时任务")
    (line,) = run("list", *LIUJIANG, "--as-of", "2024-09-04")
    assert (line["second_look"], line["operations"]) == (True, ["查看", "撤销", "复看"])
    assert "审核通过（自动）" in told("show", number, *LIUJIANG, "--as-of", "2024-09-04")
    run("second-look", number, *LIUJIANG, *words, "--on", "2024-09-04")
    shown = run("show", number, *LIUJIANG, "--as-of", "2024-09-04")
    assert (shown["state"], shown["second_looks"][0]["closed_on"]) == (state, "2024-09-04")
    assert "复看" in told("show", number, *LIUJIANG, "--as-of", "2024-09-04")
