"""Bring declarations and employers together, and keep the days of standing approvals (Q1)."""

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import polars as pl
from sqlalchemy.orm import Session

from models.actions.links import follow_merges, store_machine_links
from models.actions.standing import rebuild_standing
from models.campaign import Campaign
from models.campaign_parts import Linkage
from models.database import writing
from models.link import RULE
from models.queries.link_frames import declarations_frame, employers_frame, refused_pairs, set_work_memory
from models.rules.likely_links import Thresholds
from models.rules.link_model import LinkModel, bits_of
from models.rules.linking import link


@dataclass(frozen=True)
class LinkReport:
    """What the machine says now, and how many of its judgements this run changed."""

    declarations: int
    sure: int
    unsure: int
    ended: int
    added: int

    @property
    def unlinked(self) -> int:
        return self.declarations - self.sure - self.unsure

    def __str__(self) -> str:
        return (
            f"{self.declarations} 条申报：确定 {self.sure}，待人工核对 {self.unsure}，无对应单位 {self.unlinked}；"
            f"本次新判断 {self.added}，终止旧判断 {self.ended}"
        )


def link_declarations(campaign: Campaign, *, rehearse: bool = False) -> LinkReport:
    """Judge every declaration anew; people's judgements stay. The same data give the same links, however often."""
    with writing(rehearse=rehearse) as db:
        set_work_memory(db)
        follow_merges(db, by=RULE)
        declarations = declarations_frame(db)
        found = link(
            declarations, employers_frame(db), link_model(), thresholds(campaign.linkage), refused_pairs(db)
        )
        ended, added = store_machine_links(db, found)
    each = found.group_by("verdict").agg(pl.col("entry").n_unique())
    counts = dict(each.iter_rows())
    return LinkReport(declarations.height, counts.get("sure", 0), counts.get("unsure", 0), ended, added)


def settle_standing(db: Session, campaign: Campaign) -> int:
    """After declarations were taken in: work out again on which days approvals stood."""
    return rebuild_standing(db, campaign.platforms.counting)


def thresholds(linkage: Linkage) -> Thresholds:
    return Thresholds(sure=bits_of(linkage.sure), unsure=bits_of(linkage.unsure))


@cache
def link_model() -> LinkModel:
    stored = files("models").joinpath("reference", "link_model.json").read_text("utf-8")
    return LinkModel.read(json.loads(stored))
