"""The files about the school: terms, departments, programs and curriculum frameworks."""

from __future__ import annotations

from .columns import Code, Codes, Credits, Date, Limit, Name, Number, OneOf, Term, Text, Year, YesNo
from .problems import _
from .rules import (
    assistants_exist,
    ends_after_start,
    equivalent_is_known,
    equivalents_differ,
    has_pass_mark,
    kind_fits_division,
    limit_fits_unit,
    terms_do_not_overlap,
)
from .spec import FileSpec, Reference

DIVISIONS = {"日間": "day", "進修": "continuing"}
KINDS = {"日間": "day", "夜間": "evening", "週末": "weekend", "暑期": "summer"}
DEGREES = {"學士": "bachelor", "碩士": "master", "博士": "doctor"}
REQUIREMENTS = {"必修": "required", "必": "required", "選修": "elective", "選": "elective"}
ORIGINS = {
    "全部": "all",
    "他系": "other_department",
    "校外": "off_campus",
    "他學年度": "other_entry_year",
}
DISTANCE = {"是": "yes", "否": "no"}
UNITS = {"學分": "credits", "科目": "courses", "比例": "share"}

TERMS = FileSpec(
    "terms",
    (
        Term(name="code", header="學年期", required=True),
        Date(name="date_start", header="開始日"),
        Date(name="date_end", header="結束日"),
    ),
    key=("code",),
    provides={"terms": ("code",)},
    unknown=_("There is no term %(value)s. Add it to the file “terms”, or correct it here."),
    rules=(ends_after_start("date_start", "date_end"), terms_do_not_overlap),
)

DEPARTMENTS = FileSpec(
    "departments",
    (
        Code(name="code", header="系所代碼", required=True),
        Name(name="name", header="系所名稱", required=True),
        Text(name="english_name", header="系所英文名稱"),
        Text(name="phone", header="聯絡電話"),
        Text(name="email", header="電子信箱"),
        Codes(name="assistants", header="助教帳號"),
    ),
    key=("code",),
    provides={"departments": ("code",)},
    unknown=_(
        "There is no department “%(value)s”. Add it to the file “departments”, or correct it here."
    ),
    rules=(assistants_exist,),
)

PROGRAMS = FileSpec(
    "programs",
    (
        Code(name="code", header="學程代碼", required=True),
        Name(name="name", header="學程名稱", required=True),
        Text(name="english_name", header="學程英文名稱"),
        Code(name="department", header="系所代碼", required=True),
        OneOf(name="division", header="學制", required=True, options=DIVISIONS),
        OneOf(name="kind", header="班別", required=True, options=KINDS),
        OneOf(name="degree", header="學位", required=True, options=DEGREES),
        Number(name="pass_mark", header="及格分數", high=100, decimals=2),
        Number(name="min_enrolled_terms", header="最低在學學期數", high=20),
        Number(name="normal_terms", header="一般修業學期數", high=30),
        Number(name="max_years", header="最高修業年限", high=20),
        Number(name="deferral_year", header="延畢起始年級", high=20),
    ),
    key=("code",),
    references=(Reference("departments", ("department",)),),
    provides={"programs": ("code",)},
    unknown=_(
        "There is no program “%(value)s”. Add it to the file “programs”, or correct it here."
    ),
    rules=(kind_fits_division, has_pass_mark),
)

FRAMEWORKS = FileSpec(
    "frameworks",
    (
        Code(name="code", header="課架代碼", required=True),
        Code(name="program", header="學程代碼", required=True),
        Year(name="entry_year", header="入學學年度", required=True),
        Name(name="class_name", header="班級名稱"),
        Number(name="graduation_credits", header="畢業學分數", required=True, decimals=1),
    ),
    key=("code",),
    references=(Reference("programs", ("program",)),),
    provides={"frameworks": ("code",)},
    unknown=_(
        "There is no framework “%(value)s”. Add it to the file “frameworks”, or correct it here."
    ),
)

FRAMEWORK_AREAS = FileSpec(
    "framework_areas",
    (
        Code(name="framework", header="課架代碼", required=True),
        Code(name="area", header="領域代碼", required=True),
        Code(name="parent", header="上層領域代碼"),
        Name(name="name", header="領域名稱", required=True),
        Number(name="min_credits", header="最低學分", decimals=1, empty=0),
        Number(name="min_courses", header="最低科目數", empty=0),
        Number(name="max_credits", header="採計上限學分", decimals=1),
        Number(name="min_children", header="最低子領域數", empty=0),
        Number(name="min_score", header="最低成績", high=100, decimals=2),
        Text(name="select_domains", header="選課通識領域"),
        Text(name="select_departments", header="選課開課系所代碼"),
        Text(name="select_levels", header="選課課程級別"),
        Text(name="select_languages", header="選課授課語言"),
        Text(name="select_prefixes", header="選課科目代碼開頭"),
        Text(name="select_names", header="選課科目名稱"),
        OneOf(name="select_distance", header="選課遠距教學", options=DISTANCE, empty=""),
        Text(name="select_exceptions", header="除外科目代碼"),
    ),
    key=("framework", "area"),
    references=(
        Reference("frameworks", ("framework",)),
        Reference("framework_areas", ("framework", "parent")),
    ),
    provides={"framework_areas": ("framework", "area")},
    unknown=_(
        "The framework has no area “%(value)s”. Add it to the file “framework_areas”, "
        "or correct it here."
    ),
)

FRAMEWORK_COURSES = FileSpec(
    "framework_courses",
    (
        Code(name="framework", header="課架代碼", required=True),
        Code(name="area", header="領域代碼"),
        Code(name="course", header="科目代碼", required=True, leading_zeros=True),
        Name(name="name", header="科目名稱", required=True),
        Credits(name="credits", header="學分", required=True),
        OneOf(name="requirement", header="必選修", options=REQUIREMENTS, empty="elective"),
        Number(name="planned_year", header="應修年級", high=20, empty=0),
        Text(name="planned_term", header="應修學期"),
        YesNo(name="counts_in_total", header="計入畢業學分", empty=True),
        YesNo(name="shareable", header="可重複採計", empty=False),
        Number(name="repeats", header="可採計次數", low=1, high=99, empty=1),
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
)

COURSE_EQUIVALENTS = FileSpec(
    "course_equivalents",
    (
        Code(name="course", header="科目代碼", required=True, leading_zeros=True),
        Code(name="equivalent", header="等同科目代碼", required=True, leading_zeros=True),
    ),
    key=("course", "equivalent"),
    references=(Reference("courses", ("course",)),),
    rules=(equivalents_differ, equivalent_is_known),
)

FLEXIBLE_RULES = FileSpec(
    "flexible_rules",
    (
        Code(name="framework", header="課架代碼", required=True),
        OneOf(name="origin", header="適用來源", required=True, options=ORIGINS),
        OneOf(name="unit", header="單位", required=True, options=UNITS),
        Limit(name="limit", header="上限", decimals=4),
        YesNo(name="prior_approval", header="需事先核准", empty=False),
        YesNo(name="exempt", header="不計入上限", empty=False),
    ),
    key=("framework", "origin", "unit"),
    references=(Reference("frameworks", ("framework",)),),
    rules=(limit_fits_unit,),
)
