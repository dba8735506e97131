"""What the demo leaves in its folder, with a word on each kind of file."""

from pathlib import Path

from notices.index_page import Part, write_index

KINDS = {
    "通报": "每月一份，第 5 个工作日印发：PDF、可改的 Word、带公式和名单的 Excel；市级内部参考不发县（区）。",
    "总结": "两个年度，各县（区）和全市各一份草稿，数字已填好，〔请补充〕处由人写。",
    "核对下发": "下发给各县（区）核对的名单。",
    "核对返回": "模拟的县（区）填好送回的核对表。",
    "回执": "核对表逐行的接收结果。",
    "停产复核": "每月请县（区）再看的停产单位。",
    "告知单": "按县（区）、乡镇装订的告知单，标有“示例，待疾控审定”。",
    "送达登记": "各县（区）逐份登记的送达结果，附回证扫描件（演示）。",
    "现场工作": "县（区）登记培训、入户指导、未申报原因和移送的表；“下发”里是空表。",
    "审核": "县（区）的申报审核表。",
    "审核返回": "填好结论送回的审核表和回执。",
    "补正告知": "审核不通过时一次告知单位的全部原因。",
}
TOP = "名单和回放"
INTRO = "一座模拟城市的全部文件。“行动回放”逐日记着市级、县（区）做了什么，系统怎样答复。"


def write_demo_index(out: Path) -> Path:
    parts = [Part(TOP, "各县（区）未申报单位清单、全市待核清单、行动回放。", _files(out, deep=False))]
    parts += [Part(folder, what, _files(out / folder)) for folder, what in KINDS.items()]
    return write_index(out, "应报：模拟行动的结果", INTRO, parts)


def _files(folder: Path, *, deep: bool = True) -> list[Path]:
    found = folder.rglob("*") if deep else folder.glob("*")
    return sorted(
        path for path in found if path.is_file() and not path.name.startswith(".") and path.suffix != ".html"
    )
