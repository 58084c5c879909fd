"""The files about the school: terms, departments and programs."""

from __future__ import annotations

from . import common_columns as common
from .columns import Codes, Date, Name, Number, OneOf, Text, YesNo
from .problems import _
from .rules import (
    assistants_exist,
    ends_after_start,
    has_pass_mark,
    kind_fits_division,
    terms_do_not_overlap,
)
from .spec import FileSpec, Reference

DIVISIONS = {"日間": "day", "進修": "continuing"}
KINDS = {"日間": "day", "夜間": "evening", "週末": "weekend", "暑期": "summer"}
DEGREES = {"學士": "bachelor", "碩士": "master", "博士": "doctor"}

SHORTFALL = {"提醒": "warn", "不受理": "block"}
AVERAGED = {"有成績": "graded", "及格": "passed", "採計": "counted"}

TERMS = FileSpec(
    "terms",
    (
        common.term("code", required=True),
        Date(name="date_start", header="開始日", example="2025-08-01"),
        Date(name="date_end", header="結束日", example="2026-01-31"),
    ),
    key=("code",),
    provides={"terms": ("code",)},
    unknown=_("There is no term %(value)s. Add it to the file “terms”, or correct it here."),
    rules=(ends_after_start("date_start", "date_end"), terms_do_not_overlap),
    title=_("Terms"),
)

DEPARTMENTS = FileSpec(
    "departments",
    (
        common.department("code"),
        Name(
            name="name",
            header="系所名稱",
            required=True,
            aliases=("開課系所", "StudyCourseCategoryName"),
            example="教育學系",
        ),
        Text(name="english_name", header="系所英文名稱", example="Department of Education"),
        Text(name="phone", header="聯絡電話", example="分機 50101"),
        Text(name="email", header="電子信箱", aliases=("電子郵件",), example="edu@example.org"),
        Codes(
            name="assistants",
            header="助教帳號",
            example="ta.edu;ta.edu2",
            help=_("Accounts of those who review the students of the department."),
        ),
        Text(
            name="counter",
            header="收件地點",
            example="行政大樓 201 室，週一至週五 9:00–17:00",
            help=_("Where papers are handed in and when it is open. Empty: as it is on record."),
        ),
        Text(
            name="english_counter",
            header="收件地點英文",
            example="Room 201, Administration Building",
            help=_("The same for who reads English."),
        ),
    ),
    key=("code",),
    provides={"departments": ("code",)},
    unknown=_(
        "There is no department “%(value)s”. Add it to the file “departments”, or correct it here."
    ),
    rules=(assistants_exist,),
    title=_("Departments"),
)

PROGRAMS = FileSpec(
    "programs",
    (
        common.program("code"),
        Name(name="name", header="學程名稱", required=True, example="教育學系碩士在職專班"),
        Text(
            name="english_name",
            header="學程英文名稱",
            example="In-service Master's Program in Education",
        ),
        common.department("department"),
        OneOf(name="division", header="學制", required=True, options=DIVISIONS, example="進修"),
        OneOf(name="kind", header="班別", required=True, options=KINDS, example="夜間"),
        OneOf(name="degree", header="學位", required=True, options=DEGREES, example="碩士"),
        Number(
            name="pass_mark",
            header="及格分數",
            high=100,
            decimals=2,
            example="70",
            help=_("Empty: 60 for a bachelor, 70 otherwise."),
        ),
        Number(
            name="min_enrolled_terms",
            header="最低在學學期數",
            high=20,
            example="2",
            help=_("Terms enrolled that an application for graduation needs."),
        ),
        Number(name="normal_terms", header="一般修業學期數", high=30, example="4"),
        Number(
            name="max_years",
            header="最高修業年限",
            high=20,
            example="6",
            help=_("Years of study at most; 0 for no limit."),
        ),
        Number(
            name="deferral_year",
            header="延畢起始年級",
            high=20,
            example="4",
            help=_("The year of study from which deferral is asked for on paper."),
        ),
        OneOf(
            name="shortfall_policy",
            header="學分不足時",
            options=SHORTFALL,
            example="提醒",
            help=_(
                "What happens to an application when credits are missing: 提醒 lets the student "
                "acknowledge it, 不受理 refuses it. Empty: as it is on record, 提醒 for a new "
                "program."
            ),
        ),
        OneOf(
            name="average_counts",
            header="平均採計科目",
            options=AVERAGED,
            example="有成績",
            help=_(
                "Which courses the graduation average is made of: 有成績 all with a score, 及格 "
                "those passed, 採計 those that count. Empty: as it is on record, 有成績 for a new "
                "program."
            ),
        ),
        Number(
            name="average_decimals",
            header="平均小數位數",
            high=4,
            example="2",
            help=_("Decimals of the graduation average. Empty: as it is on record, else 2."),
        ),
    ),
    key=("code",),
    references=(Reference("departments", ("department",)),),
    provides={"programs": ("code",)},
    unknown=_(
        "There is no program “%(value)s”. Add it to the file “programs”, or correct it here."
    ),
    rules=(kind_fits_division, has_pass_mark),
    title=_("Programs"),
)

COURSES = FileSpec(
    "courses",
    (
        common.course("code"),
        Name(
            name="name",
            header="科目名稱",
            aliases=common.COURSE_NAMES,
            example="教育研究法",
            help=_("Empty: as it is on record, or as frameworks and enrolments have it."),
        ),
        YesNo(
            name="in_average",
            header="計入平均",
            example="是",
            help=_(
                "Whether a score in it is part of the graduation average. Empty: as it is on "
                "record, 是 for a new course."
            ),
        ),
    ),
    key=("code",),
    provides={"courses": ("code",)},
    title=_("Courses"),
)
