"""A campaign file with a zone of its own line: 柳东新区, carved out of 鱼峰区 for ten months of 2025 (M05)."""

from pathlib import Path

SHIPPED = Path("deployments/campaigns/liuzhou-2024-2025.toml")
PARENT, ZONE_CODE = "450203", "4502K1"
TOWN = "450203100"
ZONE = """
[[counties]]
code = "4502K1"
name = "柳东新区"
bureau = "柳东新区社会事业局"
aliases = ["柳州汽车城"]
parent = "450203"
towns = ["450203100"]
valid_from = 2025-01-01
valid_to = 2025-10-31
"""


def campaign_file(folder: Path, added: str = ZONE) -> Path:
    path = folder / "with-zone.toml"
    path.write_text(SHIPPED.read_text("utf-8") + added, "utf-8")
    return path
