"""Every file, declared: its columns, its key, and what its cells refer to (design "Data in")."""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from .columns import (
    Choice,
    Code,
    Codes,
    Column,
    Date,
    EnglishName,
    Limit,
    Number,
    Term,
    Text,
    Year,
    YesNo,
)
from .problems import Message, _

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
UNITS = {"學分": "credits", "科目": "courses", "比例": "share"}
STATUSES = {"在學": "enrolled", "休學": "leave"}
STATES = {
    "修習中": "in_progress",
    "通過": "passed",
    "未通過": "failed",
    "停修": "withdrawn",
    "抵免": "transferred",
}
DECISIONS = {
    "彈性": "flexible",
    "對應": "mapped",
    "不採計": "refused",
    "事先核准": "prior_approval",
}


@dataclass(frozen=True)
class Reference:
    """Own ``columns`` that together are a key of ``target``; told at the last of them.

    Empty ones refer to nothing.
    """

    target: str
    columns: tuple[str, ...]


@dataclass(frozen=True)
class FileSpec:
    """One file by name.

    ``key``: columns that tell its rows apart (F6). ``needed``: columns that the header
    must name; by default the key and what every row must fill (F11). ``provides``: what
    other files may refer to, and the columns that are its key. ``unknown``: the sentence
    about a reference to this file that leads nowhere. ``rules``: further checks of the
    whole file, each called as ``rule(context, table)``.
    """

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    references: tuple[Reference, ...] = ()
    provides: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    unknown: Message | None = None
    rules: tuple[Callable[[Any, Any], None], ...] = ()
    needed: tuple[str, ...] = ()

    @cached_property
    def row_type(self) -> type:
        """The type of its rows: the number in the file, then the columns by name."""
        return namedtuple(  # noqa: PYI024 - built from the declaration
            f"{self.name}_row", ["number", *(column.name for column in self.columns)]
        )

    @cached_property
    def by_name(self) -> dict[str, Column]:
        return {column.name: column for column in self.columns}

    def header(self, name: str) -> str:
        return self.by_name[name].header

    def is_needed(self, column: Column) -> bool:
        return column.required or column.name in (self.needed or self.key)


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
)

DEPARTMENTS = FileSpec(
    "departments",
    (
        Code(name="code", header="系所代碼", required=True),
        Text(name="name", header="系所名稱", required=True),
        Text(name="english_name", header="系所英文名稱"),
        Text(name="phone", header="聯絡電話"),
        Text(name="email", header="電子信箱"),
        Codes(name="assistants", header="助教帳號"),
    ),
    key=("code",),
    provides={"departments": ("code",), "department_names": ("name",)},
    unknown=_(
        "There is no department “%(value)s”. Add it to the file “departments”, "
        "or correct it here."
    ),
)

PROGRAMS = FileSpec(
    "programs",
    (
        Code(name="code", header="學程代碼", required=True),
        Text(name="name", header="學程名稱", required=True),
        Text(name="english_name", header="學程英文名稱"),
        Code(name="department", header="系所代碼", required=True),
        Choice(name="division", header="學制", required=True, options=DIVISIONS),
        Choice(name="kind", header="班別", required=True, options=KINDS),
        Choice(name="degree", header="學位", required=True, options=DEGREES),
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
)

FRAMEWORKS = FileSpec(
    "frameworks",
    (
        Code(name="code", header="課架代碼", required=True),
        Code(name="program", header="學程代碼", required=True),
        Year(name="entry_year", header="入學學年度", required=True),
        Text(name="class_name", header="班級名稱"),
        Number(name="graduation_credits", header="畢業學分數", required=True, decimals=1),
    ),
    key=("code",),
    references=(Reference("programs", ("program",)),),
    provides={"frameworks": ("code",)},
    unknown=_(
        "There is no framework “%(value)s”. Add it to the file “frameworks”, "
        "or correct it here."
    ),
)

FRAMEWORK_AREAS = FileSpec(
    "framework_areas",
    (
        Code(name="framework", header="課架代碼", required=True),
        Code(name="area", header="領域代碼", required=True),
        Code(name="parent", header="上層領域代碼"),
        Text(name="name", header="領域名稱", required=True),
        Number(name="min_credits", header="最低學分", decimals=1, empty=0),
        Number(name="min_courses", header="最低科目數", empty=0),
        Number(name="max_credits", header="採計上限學分", decimals=1),
        Number(name="min_children", header="最低子領域數", empty=0),
        Number(name="min_score", header="最低成績", high=100, decimals=2),
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
        Text(name="name", header="科目名稱", required=True),
        Number(name="credits", header="學分", required=True, high=99, decimals=1),
        Choice(name="requirement", header="必選修", options=REQUIREMENTS, empty="elective"),
        Number(name="planned_year", header="應修年級", high=20, empty=0),
        Text(name="planned_term", header="應修學期"),
        YesNo(name="counts_in_total", header="計入畢業學分", empty=True),
        YesNo(name="shareable", header="可重複採計", empty=False),
    ),
    key=("framework", "area", "course"),
    references=(
        Reference("frameworks", ("framework",)),
        Reference("framework_areas", ("framework", "area")),
    ),
    provides={"courses": ("course",)},
)

COURSE_EQUIVALENTS = FileSpec(
    "course_equivalents",
    (
        Code(name="course", header="科目代碼", required=True, leading_zeros=True),
        Code(name="equivalent", header="等同科目代碼", required=True, leading_zeros=True),
    ),
    key=("course", "equivalent"),
    references=(Reference("courses", ("course",)), Reference("courses", ("equivalent",))),
)

FLEXIBLE_RULES = FileSpec(
    "flexible_rules",
    (
        Code(name="framework", header="課架代碼", required=True),
        Choice(name="origin", header="適用來源", required=True, options=ORIGINS),
        Choice(name="unit", header="單位", required=True, options=UNITS),
        Limit(name="limit", header="上限", decimals=4),
        YesNo(name="prior_approval", header="需事先核准", empty=False),
        YesNo(name="exempt", header="不計入上限", empty=False),
    ),
    key=("framework", "origin", "unit"),
    references=(Reference("frameworks", ("framework",)),),
)

STUDENTS = FileSpec(
    "students",
    (
        Code(name="student_no", header="學號", required=True),
        Text(name="name", header="姓名", required=True),
        EnglishName(name="english_name", header="英文姓名"),
        Text(name="email", header="電子信箱"),
        Text(name="mobile", header="行動電話"),
        Text(name="phone", header="聯絡電話"),
        Code(name="framework", header="課架代碼", required=True),
        Year(name="entry_year", header="入學學年度"),
        YesNo(name="is_teacher_ed", header="教程生", empty=False),
    ),
    key=("student_no",),
    references=(Reference("frameworks", ("framework",)),),
    provides={"students": ("student_no",)},
    unknown=_(
        "There is no student %(value)s. Add the student to the file “students”, "
        "or correct the number here."
    ),
)

STUDENT_TERMS = FileSpec(
    "student_terms",
    (
        Code(name="student", header="學號", required=True),
        Term(name="term", header="學年期", required=True),
        Choice(name="status", header="在學狀態", required=True, options=STATUSES),
    ),
    key=("student", "term"),
    references=(Reference("students", ("student",)), Reference("terms", ("term",))),
)

ATTEMPT = ("student", "term", "offering_no", "course")
"""What tells one enrolment from another, in enrollments and recognitions alike."""

ENROLLMENTS = FileSpec(
    "enrollments",
    (
        Code(name="student", header="學號", required=True),
        Term(name="term", header="學年期", required=True),
        Code(
            name="offering_no",
            header="開課號",
            leading_zeros=True,
            aliases=("SemesterCourseNo",),
        ),
        Code(name="course", header="科目代碼", required=True, leading_zeros=True),
        Text(name="name", header="科目名稱", required=True, aliases=("SemesterCourseName",)),
        Number(
            name="credits",
            header="學分",
            required=True,
            high=99,
            decimals=1,
            aliases=("Credit",),
        ),
        Choice(
            name="requirement",
            header="必選修",
            options=REQUIREMENTS,
            empty=False,
            aliases=("Choose",),
        ),
        Code(
            name="department",
            header="開課系所代碼",
            aliases=("開課系所", "StudyCourseCategoryName"),
        ),
        Text(name="school", header="開課學校"),
        Number(name="score", header="成績", high=100, decimals=2, aliases=("Score",)),
        YesNo(name="grade_locked", header="成績鎖定", empty=False),
        Choice(name="state", header="狀態", options=STATES),
        Date(name="withdrawn_on", header="停修日", aliases=("StopDate",)),
        YesNo(name="is_pass", header="及格", aliases=("IsPass",)),
        Text(name="study_class", header="班級", aliases=("StudyClassName",)),
        Text(name="note", header="備註", aliases=("Memo",)),
    ),
    key=ATTEMPT,
    references=(Reference("students", ("student",)), Reference("terms", ("term",))),
    provides={"enrollments": ATTEMPT, "courses": ("course",)},
    unknown=_(
        "The student has no enrolment in this term with this offering number and course. "
        "Add it to the file “enrollments”, or correct the row."
    ),
)

RECOGNITIONS = FileSpec(
    "recognitions",
    (
        Code(name="student", header="學號", required=True),
        Term(name="term", header="學年期", required=True),
        Code(name="offering_no", header="開課號", leading_zeros=True),
        Code(name="course", header="科目代碼", required=True, leading_zeros=True),
        Choice(name="kind", header="認列", required=True, options=DECISIONS),
        Code(name="area", header="領域代碼"),
        Code(name="line_course", header="對應科目代碼", leading_zeros=True),
        Term(name="decided_term", header="認列學年期"),
        Text(name="reason", header="說明"),
    ),
    key=(*ATTEMPT, "kind", "decided_term"),
    needed=ATTEMPT,
    references=(
        Reference("students", ("student",)),
        Reference("terms", ("term",)),
        Reference("enrollments", ATTEMPT),
        Reference("terms", ("decided_term",)),
    ),
)

UNKNOWN_COURSE = _(
    "There is no course “%(value)s” in the files “framework_courses” and “enrollments” "
    "or in the database. Correct it, or import the course first."
)
