"""The files about curriculum frameworks: areas, subjects, equivalents and flexible rules."""

from __future__ import annotations

from . import common_columns as common
from .columns import Code, Limit, Name, Number, OneOf, Text, Year, YesNo
from .problems import _
from .rules import (
    blocks_are_known,
    equivalent_is_known,
    equivalents_differ,
    limit_fits_unit,
    years_of_entry_are_years,
)
from .spec import FileSpec, Reference

ORIGINS = {
    "全部": "all",
    "他系": "other_department",
    "校外": "off_campus",
    "他學年度": "other_entry_year",
}
KINDS = {
    "主修": "main",
    "輔系": "minor",
    "雙主修": "double_major",
    "學程": "certificate",
    "師資培育": "teacher_ed",
    "五年一貫": "next_degree",
    "共用區塊": "block",
}
DISTANCE = {"是": "yes", "否": "no"}
UNITS = {"學分": "credits", "科目": "courses", "比例": "share"}

FRAMEWORKS = FileSpec(
    "frameworks",
    (
        common.framework("code"),
        common.program("program"),
        Year(
            name="entry_year",
            header="入學學年度",
            required=True,
            aliases=("入學年度",),
            example="114",
            help=_("The year of entry of the students whom the framework is for."),
        ),
        Name(
            name="class_name",
            header="班級名稱",
            aliases=("班級", "StudyClassName"),
            example="教育碩專114（夜）",
        ),
        Number(
            name="graduation_credits",
            header="畢業學分數",
            required=True,
            decimals=1,
            aliases=("最低修習學分數", "畢業學分"),
            example="32",
        ),
        OneOf(
            name="kind",
            header="修讀類別",
            options=KINDS,
            empty="main",
            help=_("What it is for: 主修, or a further program beside it. Empty: 主修."),
        ),
        Number(
            name="max_shared",
            header="共計上限學分",
            decimals=1,
            help=_("How many of its credits may count in the programs before it; empty: any."),
        ),
        Number(
            name="min_exclusive",
            header="不重複最低學分",
            decimals=1,
            empty=0,
            help=_(
                "How many credits of a further program must count in none of the programs before "
                "it."
            ),
        ),
        YesNo(
            name="needed_to_graduate",
            header="未完成不得畢業",
            empty=False,
            help=_(
                "Whether those who study it as a further program graduate only with it. Empty: 否."
            ),
        ),
        Text(
            name="blocks",
            header="共用區塊代碼",
            help=_(
                "The codes of the shared blocks that it has, each a framework of the kind "
                "共用區塊; several with a semicolon between."
            ),
        ),
    ),
    key=("code",),
    references=(Reference("programs", ("program",)),),
    rules=(blocks_are_known,),
    provides={"frameworks": ("code",)},
    unknown=_(
        "There is no framework “%(value)s”. Add it to the file “frameworks”, or correct it here."
    ),
    title=_("Curriculum frameworks"),
)

FRAMEWORK_AREAS = FileSpec(
    "framework_areas",
    (
        common.framework("framework"),
        common.area("area", required=True),
        Code(
            name="parent",
            header="上層領域代碼",
            example="",
            help=_("The area that this one is part of; empty for one at the top."),
        ),
        Name(name="name", header="領域名稱", required=True, example="研究方法領域"),
        Number(
            name="min_credits",
            header="最低學分",
            decimals=1,
            empty=0,
            aliases=("最低應修學分數",),
            example="6",
        ),
        Number(
            name="min_courses",
            header="最低科目數",
            empty=0,
            aliases=("最低應修課程數", "最低應修科目數"),
            example="2",
        ),
        Number(
            name="max_credits",
            header="採計上限學分",
            decimals=1,
            example="12",
            help=_("At most so many credits of the area count; empty: all of them."),
        ),
        Number(
            name="min_children",
            header="最低子領域數",
            empty=0,
            help=_("How many of its areas must be met; empty: all of them."),
        ),
        Number(
            name="min_score",
            header="最低成績",
            high=100,
            decimals=2,
            example="70",
            help=_("The least score with which a course counts in the area."),
        ),
        Text(
            name="select_domains",
            header="選課通識領域",
            help=_(
                "Courses of these domains of general education belong to the area without being "
                "listed; several with a semicolon between."
            ),
        ),
        Text(
            name="select_departments",
            header="選課開課系所代碼",
            help=_("Courses that these departments offer belong to the area; their codes."),
        ),
        Text(
            name="select_levels",
            header="選課課程級別",
            help=_("Courses of these levels belong to the area."),
        ),
        Text(
            name="select_languages",
            header="選課授課語言",
            help=_("Courses taught in these languages belong to the area."),
        ),
        Text(
            name="select_prefixes",
            header="選課科目代碼開頭",
            help=_("Courses whose codes begin like this belong to the area."),
        ),
        Text(
            name="select_names",
            header="選課科目名稱",
            help=_("Courses whose names contain one of these words belong to the area."),
        ),
        OneOf(
            name="select_distance",
            header="選課遠距教學",
            options=DISTANCE,
            empty="",
            help=_("是: only courses taught at a distance belong to the area; 否: only others."),
        ),
        Text(
            name="select_exceptions",
            header="除外科目代碼",
            help=_("The codes of courses that do not belong to the area although it selects them."),
        ),
        Number(
            name="max_children",
            header="可採計子領域數",
            empty=0,
            help=_("In how many of its areas courses count at most; empty: in all of them."),
        ),
        YesNo(
            name="waivers_lower",
            header="免修減免",
            empty=False,
            help=_("Whether a waived subject lowers the minima of the area. Empty: 否."),
        ),
        Text(
            name="student_kinds",
            header="適用身分別",
            help=_("Only students of these kinds are asked; several with a semicolon between."),
        ),
        Text(
            name="entry_years",
            header="適用入學學年度",
            help=_("Only who entered in these years is asked, as in 113; 115-117; 119-."),
        ),
        Text(
            name="departments",
            header="適用系所代碼",
            help=_("Only students of these departments are asked; several with a semicolon."),
        ),
    ),
    key=("framework", "area"),
    references=(
        Reference("frameworks", ("framework",)),
        Reference("framework_areas", ("framework", "parent")),
    ),
    rules=(years_of_entry_are_years,),
    provides={"framework_areas": ("framework", "area")},
    unknown=_(
        "The framework has no area “%(value)s”. Add it to the file “framework_areas”, "
        "or correct it here."
    ),
    title=_("Areas"),
)

FRAMEWORK_COURSES = FileSpec(
    "framework_courses",
    (
        common.framework("framework"),
        common.area("area", help=_("Empty: the subject counts in the total only.")),
        common.course("course"),
        common.course_name(),
        common.credits_taken(),
        common.requirement("elective"),
        Number(name="planned_year", header="應修年級", high=20, empty=0, example="1"),
        Text(name="planned_term", header="應修學期", example="1"),
        YesNo(
            name="counts_in_total",
            header="計入畢業學分",
            empty=True,
            example="是",
            help=_("Empty: 是."),
        ),
        YesNo(
            name="shareable",
            header="可重複採計",
            empty=False,
            example="否",
            help=_("Whether the subject may count in several areas. Empty: 否."),
        ),
        Number(
            name="repeats",
            header="可採計次數",
            low=1,
            high=99,
            empty=1,
            example="1",
            help=_("How often the subject counts, each time it is passed. Empty: once."),
        ),
    ),
    key=("framework", "area", "course"),
    references=(
        Reference("frameworks", ("framework",)),
        Reference("framework_areas", ("framework", "area")),
    ),
    provides={"courses": ("course",)},
    unknown=_(
        "There is no course “%(value)s” in the files “framework_courses” and “enrollments” "
        "or in the database. Correct it, or import the course first."
    ),
    title=_("Subjects of frameworks"),
)

COURSE_EQUIVALENTS = FileSpec(
    "course_equivalents",
    (
        common.course("course"),
        common.course(
            "equivalent",
            header="等同科目代碼",
            example="EDU4001",
            help=_("The course that stands for the one in the column 科目代碼."),
        ),
    ),
    key=("course", "equivalent"),
    references=(Reference("courses", ("course",)),),
    rules=(equivalents_differ, equivalent_is_known),
    title=_("Courses that stand for others"),
)

FLEXIBLE_RULES = FileSpec(
    "flexible_rules",
    (
        common.framework("framework"),
        OneOf(
            name="origin",
            header="適用來源",
            required=True,
            options=ORIGINS,
            example="校外",
            help=_("From where the courses come that the limit is for."),
        ),
        OneOf(name="unit", header="單位", required=True, options=UNITS, example="學分"),
        Limit(
            name="limit",
            header="上限",
            decimals=4,
            example="6",
            help=_("It may be empty only where 不計入上限 is 是."),
        ),
        YesNo(
            name="prior_approval",
            header="需事先核准",
            empty=False,
            example="否",
            help=_("Whether only courses count that were approved before they were taken."),
        ),
        YesNo(
            name="exempt",
            header="不計入上限",
            empty=False,
            example="否",
            help=_("Whether courses from there count beside the limit for all (全部)."),
        ),
    ),
    key=("framework", "origin", "unit"),
    references=(Reference("frameworks", ("framework",)),),
    rules=(limit_fits_unit,),
    title=_("Flexible credits"),
)
