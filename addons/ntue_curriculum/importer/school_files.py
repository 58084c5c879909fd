"""The files about the school: terms, departments and programs."""

from __future__ import annotations

from . import common_columns as common
from .columns import Codes, Date, Name, Number, OneOf, Text
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
