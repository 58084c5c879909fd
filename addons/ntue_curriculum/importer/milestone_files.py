"""The files about what is beside courses: milestones, sources of rules, further programs."""

from __future__ import annotations

from . import common_columns as common
from .columns import Code, Date, Name, Number, OneOf, Text, YesNo
from .problems import _
from .rules_milestones import (
    asks_something,
    begins_with_address,
    evidence_is_of_the_framework,
    framework_is_of_a_further_programme,
    names_of_milestones_agree,
    pieces_are_several,
    verdict_has_reason,
)
from .spec import FileSpec, Key, Reference, Row

MEASURES = {
    "小時": "hours",
    "點數": "points",
    "件數": "pieces",
    "分數": "score",
    "課程": "courses",
    "人工認定": "reviewer",
}
VERDICTS = {"採認": "accepted", "不採認": "rejected", "待查驗": "unchecked"}


def what_is_said(row: Row) -> Key:
    """What tells evidence with one document and day apart: whatever the rows say besides.

    Without a document nothing says that two rows are one piece, so that none is refused for
    another (F6).
    """
    if not row.document:
        return (None,)
    said = (row.amount, row.expires_on, row.exempts, row.verdict, row.reason)
    return tuple("" if value is None else value for value in said)


FRAMEWORK_MILESTONES = FileSpec(
    "framework_milestones",
    (
        common.framework("framework"),
        Code(
            name="code",
            header="門檻代碼",
            required=True,
            example="ENG",
            help=_("Rows of one code are alternatives: one of them is enough."),
        ),
        Name(name="name", header="門檻名稱", required=True, example="外語能力"),
        Name(
            name="way",
            header="達成方式",
            required=True,
            example="TOEIC",
            help=_("How the milestone is reached, for instance by which test."),
        ),
        OneOf(
            name="measure",
            header="計量單位",
            required=True,
            options=MEASURES,
            example="分數",
            help=_(
                "分數 is reached by one piece of evidence, all else adds up; 課程 counts courses "
                "that were passed; 人工認定 is decided by a reviewer."
            ),
        ),
        Number(
            name="amount",
            header="最低數量",
            high=99999,
            decimals=2,
            empty=0,
            example="600",
            help=_("How much of the unit is needed, of 課程 how many courses."),
        ),
        Number(
            name="min_credits",
            header="最低學分",
            decimals=1,
            empty=0,
            help=_("How many credits the courses must have; for 課程 only."),
        ),
        Text(
            name="select_prefixes",
            header="選課科目代碼開頭",
            help=_("Courses whose codes begin like this count; several with a semicolon between."),
        ),
        Text(
            name="select_names",
            header="選課科目名稱",
            help=_("Courses whose names contain one of these words count."),
        ),
        Text(
            name="select_departments",
            header="選課開課系所代碼",
            help=_("Courses that these departments offer count; their codes."),
        ),
        Text(
            name="select_languages",
            header="選課授課語言",
            help=_("Courses taught in these languages count."),
        ),
        Text(
            name="student_kinds",
            header="適用身分別",
            help=_("Only students of these kinds are asked; several with a semicolon between."),
        ),
    ),
    key=("framework", "code", "way"),
    references=(Reference("frameworks", ("framework",)),),
    rules=(names_of_milestones_agree, asks_something),
    title=_("Milestones"),
)

FRAMEWORK_SOURCES = FileSpec(
    "framework_sources",
    (
        common.framework("framework"),
        Code(
            name="about",
            header="對象代碼",
            example="A",
            help=_("The code of the area or of the milestone; empty for the whole framework."),
        ),
        Name(name="title", header="法規名稱", required=True, example="學則"),
        Text(
            name="link",
            header="連結",
            example="https://www.example.edu.tw/rules",
            help=_("The address of the page where the rule can be read."),
        ),
        Date(name="approved_on", header="核定日期", example="2024-06-12"),
        Date(name="verified_on", header="查核日期", example="2026-09-01"),
    ),
    key=("framework", "about", "title"),
    references=(Reference("frameworks", ("framework",)),),
    rules=(begins_with_address,),
    title=_("Sources of the rules"),
)

STUDENT_MILESTONES = FileSpec(
    "student_milestones",
    (
        common.student("student"),
        Code(name="milestone", header="門檻代碼", required=True, example="ENG"),
        Name(name="way", header="達成方式", required=True, example="TOEIC"),
        Number(name="amount", header="數量", high=99999, decimals=2, empty=0, example="650"),
        Text(
            name="document",
            header="證明文件",
            example="TOEIC-12345678",
            help=_("The number of what was shown, or where it is filed."),
        ),
        Date(name="dated_on", header="日期", example="2025-03-01"),
        Date(name="expires_on", header="有效期限", help=_("The last day on which it holds.")),
        YesNo(
            name="exempts",
            header="免除",
            empty=False,
            example="否",
            help=_("Whether the milestone is not asked of the student any more. Empty: 否."),
        ),
        OneOf(
            name="verdict",
            header="查驗結果",
            options=VERDICTS,
            empty="",
            example="採認",
            help=_("Empty: to be checked. What was decided already stays as it is."),
        ),
        Text(name="reason", header="說明", example=""),
    ),
    key=("student", "milestone", "way", "document", "dated_on"),
    needed=("student", "milestone", "way"),
    references=(Reference("students", ("student",)),),
    rules=(evidence_is_of_the_framework, verdict_has_reason, pieces_are_several),
    title=_("Evidence for milestones"),
    apart=what_is_said,
)

STUDENT_PROGRAMMES = FileSpec(
    "student_programmes",
    (common.student("student"), common.framework("framework")),
    key=("student", "framework"),
    references=(Reference("students", ("student",)), Reference("frameworks", ("framework",))),
    rules=(framework_is_of_a_further_programme,),
    title=_("Further programs of students"),
)
