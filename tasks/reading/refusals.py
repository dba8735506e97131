"""Every way a file can be refused: its code, what is wrong, and what to do (C06, 3.5 of the notes)."""

from collections.abc import Sequence

from models.errors import InputRefused

SAVE_AS = "请用 Excel 或 WPS 打开后“另存为” xlsx 再导入。"


def missing(name: str) -> InputRefused:
    return InputRefused("E1001", f"找不到“{name}”。请核对路径。")


def empty(name: str) -> InputRefused:
    return InputRefused("E1002", f"“{name}”是空的，没有任何内容。请向提供单位重新索取。")


def not_a_table(name: str, what: str) -> InputRefused:
    return InputRefused("E1003", f"“{name}”是{what}，不是表格。请提供 xlsx、xls、ods 或 csv 文件。")


def other_dress(name: str, what: str) -> InputRefused:
    """A table in a format that only the office program itself reads rightly."""
    return InputRefused("E1004", f"“{name}”的内容其实是{what}，不是它的文件名所说的格式。{SAVE_AS}")


def encrypted(name: str) -> InputRefused:
    return InputRefused(
        "E1005", f"“{name}”设了打开密码，无法读取。请去掉密码（文件－信息－保护工作簿）后再导入。"
    )


def damaged(name: str, why: str) -> InputRefused:
    return InputRefused("E1006", f"“{name}”已损坏或不完整（{why}）。请重新下载或重新索取。")


def too_large(name: str, mib: int, most: int) -> InputRefused:
    return InputRefused("E1007", f"“{name}”有 {mib} MB，超过上限 {most} MB。请按县（区）拆分成几个文件。")


def bomb(name: str, why: str) -> InputRefused:
    return InputRefused("E1008", f"“{name}”解压后异常庞大（{why}），疑似有害文件，未打开。{SAVE_AS}")


def too_many_rows(name: str, rows: int, most: int) -> InputRefused:
    return InputRefused("E1009", f"“{name}”有 {rows} 行，超过上限 {most} 行。请拆分成几个文件。")


def too_many_columns(name: str, columns: int, most: int) -> InputRefused:
    return InputRefused(
        "E1010", f"“{name}”有 {columns} 列，超过上限 {most} 列。请删去表格右侧的多余列后再导入。"
    )


def stray_cells(name: str, sheet: str, rows: int, columns: int, cells: int) -> InputRefused:
    return InputRefused(
        "E1011",
        f"“{name}”的工作表“{sheet}”只有 {cells} 个单元格有内容，却占到第 {rows} 行、第 {columns} 列。"
        "请删去远处的零散单元格（选中表格以外的行和列，右键删除，再保存）。",
    )


def too_wide_a_sheet(name: str, sheet: str, rows: int, columns: int, most: int) -> InputRefused:
    return InputRefused(
        "E1011",
        f"“{name}”的工作表“{sheet}”范围为 {rows} 行 × {columns} 列，超过上限 {most} 个单元格。请拆分成几个文件。",
    )


def cell_too_long(name: str, most: int) -> InputRefused:
    return InputRefused("E1012", f"“{name}”有一个单元格超过 {most} 个字。请找出并删去这段文字后再导入。")


def reader_stopped(name: str, why: str) -> InputRefused:
    return InputRefused("E1013", f"读取“{name}”时{why}，已停止，未导入任何内容。{SAVE_AS}")


def unknown_encoding(name: str) -> InputRefused:
    return InputRefused("E1014", f"“{name}”的文字编码既不是 UTF-8 也不是 GB18030，或文件中有乱码。{SAVE_AS}")


def forbidden_markup(name: str) -> InputRefused:
    return InputRefused(
        "E1015", f"“{name}”含有表格文件不应有的实体定义（DTD），疑似有害文件，未打开。{SAVE_AS}"
    )


def no_header(name: str, kind: str, needed: Sequence[str], seen: Sequence[str]) -> InputRefused:
    shown = "；".join(seen) or "（没有内容）"
    return InputRefused(
        "E1016",
        f"“{name}”里找不到表头。按“{kind}”导入至少要有：{'、'.join(needed)}。文件开头是：{shown}。"
        "请核对类别（--kind），或把表头改成这些名称。",
    )


def missing_columns(
    name: str, sheet: str, kind: str, lacking: Sequence[str], seen: Sequence[str]
) -> InputRefused:
    return InputRefused(
        "E1017",
        f"“{name}”的工作表“{sheet}”缺少列：{'、'.join(lacking)}（按“{kind}”导入必须有）。"
        f"表头是：{'、'.join(seen)}。",
    )


def wrong_kind(name: str, given: str, looks: str, because: Sequence[str]) -> InputRefused:
    return InputRefused(
        "E1018",
        f"“{name}”看来是“{looks}”（有列：{'、'.join(because)}），却按“{given}”导入。请核对类别（--kind）。",
    )


def same_field_twice(name: str, sheet: str, field: str, columns: Sequence[str]) -> InputRefused:
    return InputRefused(
        "E1019",
        f"“{name}”的工作表“{sheet}”有几列都是“{field}”：{'、'.join(columns)}。请删去或改名，只留一列。",
    )


def no_files(name: str) -> InputRefused:
    return InputRefused("E1020", f"文件夹“{name}”里没有可以导入的文件。")


def bad_address(url: str) -> InputRefused:
    return InputRefused("E1021", f"“{url}”不是 http 或 https 地址。")


def not_reached(host: str, why: str) -> InputRefused:
    return InputRefused("E1022", f"从 {host} 下载失败（{why}）。请检查网络后再试。")


def refused_by_server(host: str, status: int) -> InputRefused:
    return InputRefused("E1023", f"{host} 拒绝提供文件（状态 {status}）。请核对地址和权限。")


def download_too_large(host: str, most: int) -> InputRefused:
    return InputRefused("E1024", f"{host} 上的文件超过上限 {most} MB，已停止下载。")


def no_rows(name: str) -> InputRefused:
    """A list of nobody would say that everybody is gone."""
    return InputRefused("E1025", f"“{name}”只有表头，没有数据行。请核对导出的范围，或向提供单位重新索取。")
