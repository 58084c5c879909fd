"""The file of what a framework asks across its areas (docs/readings.md A51, F51)."""

from __future__ import annotations

from typing import Any

from . import common_columns as common
from .columns import Code, Name, Number, OneOf, Text, YesNo
from .framework_files import DISTANCE
from .problems import _
from .rules_counting import rule_says_something
from .spec import FileSpec, Reference

KINDS = {
    "上下限": "limit",
    "全部或全無": "all_or_none",
    "依序": "in_order",
    "先修": "prerequisite",
}
PER = {"全部": "whole", "每學期": "term", "同名科目": "name"}


def _source(name: str, header: str) -> YesNo:
    return YesNo(
        name=name,
        header=header,
        empty=False,
        help=_("是: the limit is about these courses; of several such columns one is enough."),
    )


def _words(name: str, header: str) -> Text:
    return Text(
        name=name,
        header=header,
        help=_("As in framework_areas; the limit is about such courses only."),
    )


def _number(name: str, header: str, **more: Any) -> Number:
    return Number(name=name, header=header, **more)


COUNTING_RULES = FileSpec(
    "counting_rules",
    (
        common.framework("framework"),
        Code(name="code", header="規則代碼", required=True, example="DIST"),
        Name(name="name", header="規則名稱", required=True, example="遠距教學學分"),
        OneOf(
            name="kind",
            header="規則種類",
            required=True,
            options=KINDS,
            example="上下限",
            help=_(
                "上下限: so much at least or at most of what the row selects, in whatever area it "
                "counts. 全部或全無: the courses count when all of them do. 依序: each after the "
                "one before it, in a later term. 先修: a remark only."
            ),
        ),
        Text(
            name="courses",
            header="科目代碼清單",
            help=_("Codes of courses in their order, with a semicolon between."),
        ),
        common.area("area", help=_("Only what counts in this area or inside it; empty: anywhere.")),
        _words("select_domains", "選課通識領域"),
        _words("select_departments", "選課開課系所代碼"),
        _words("select_levels", "選課課程級別"),
        _words("select_languages", "選課授課語言"),
        _words("select_prefixes", "選課科目代碼開頭"),
        _words("select_names", "選課科目名稱"),
        OneOf(
            name="select_distance",
            header="選課遠距教學",
            options=DISTANCE,
            empty="",
            help=_("是: only courses taught at a distance; 否: only others."),
        ),
        _words("select_exceptions", "除外科目代碼"),
        _source("from_transferred", "限抵免"),
        _source("from_mooc", "限磨課師"),
        _source("from_off_campus", "限外校"),
        _source("from_other_department", "限外系"),
        OneOf(
            name="per",
            header="上限範圍",
            options=PER,
            empty="whole",
            help=_("For what the most holds: in all, in each term, or of each course name."),
        ),
        _number("min_credits", "最低學分", decimals=1, empty=0),
        _number("min_courses", "最低科目數", empty=0),
        _number("max_credits", "採計上限學分", decimals=1),
        _number("max_courses", "採計上限科目數"),
        _number(
            "max_share",
            "採計上限比例",
            high=1,
            decimals=4,
            example="0.5",
            help=_("At most this share of the graduation credits; a half is 0.5."),
        ),
        _number(
            "min_score",
            "先修最低成績",
            high=100,
            decimals=2,
            help=_("The least score of the course before, for 先修 only; empty: passed."),
        ),
    ),
    key=("framework", "code"),
    references=(
        Reference("frameworks", ("framework",)),
        Reference("framework_areas", ("framework", "area")),
    ),
    rules=(rule_says_something,),
    title=_("Rules across areas"),
)
