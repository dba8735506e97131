"""The list of addresses for notices (2.7): a line per unit, named by number, code or name, with its mail or mobile."""

from tasks.reading.plain_lists import PlainList

ADDRESSES = PlainList(
    kind="addresses",
    title="邮箱和手机号码名单",
    headings={
        "unit": ("单位编号", "用人单位编号"),
        "code": ("统一社会信用代码", "信用代码", "社会信用代码", "统一信用代码"),
        "name": ("单位名称", "用人单位名称", "企业名称", "用人单位", "名称"),
        "mail": ("邮箱", "电子邮箱", "电子邮件", "邮箱地址"),
        "sms": ("手机号码", "手机", "手机号", "移动电话", "联系人手机", "联系电话", "电话"),
    },
    needed=(("unit", "code", "name"), ("mail", "sms")),
)
