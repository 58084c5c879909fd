"""Columns that several files have: the same header, the same aliases, the same meaning."""

from __future__ import annotations

from typing import Any

from .columns import Code, Credits, Name, OneOf, Term
from .problems import _

REQUIREMENTS = {"必修": "required", "必": "required", "選修": "elective", "選": "elective"}


def term(name: str, *, header: str = "學年期", **more: Any) -> Term:
    """The term of a row."""
    given = {"aliases": ("開課學年期",) if header == "學年期" else (), "example": "1141"}
    return Term(name=name, header=header, **{**given, **more})


def student(name: str) -> Code:
    """The number of the student whose row it is."""
    return Code(name=name, header="學號", required=True, example="311400001")


def department(name: str) -> Code:
    """The code of a department."""
    return Code(
        name=name,
        header="系所代碼",
        required=True,
        example="EDU",
        help=_("The code by which other files name the department."),
    )


def program(name: str) -> Code:
    """The code of a program."""
    return Code(
        name=name,
        header="學程代碼",
        required=True,
        example="EDU-E",
        help=_("The code by which frameworks name the program."),
    )


def framework(name: str) -> Code:
    """The code of a framework."""
    return Code(
        name=name,
        header="課架代碼",
        required=True,
        example="EDU-E-114",
        help=_("The code by which other files name the curriculum framework."),
    )


def area(name: str, *, required: bool = False, **more: Any) -> Code:
    """The code of an area within its framework."""
    return Code(name=name, header="領域代碼", required=required, example="A", **more)


def course(name: str, *, header: str = "科目代碼", required: bool = True, **more: Any) -> Code:
    """The code of a course."""
    given = {"example": "EDU5001", "leading_zeros": True}
    return Code(name=name, header=header, required=required, **{**given, **more})


COURSE_NAMES = ("課程名稱", "SemesterCourseName")
"""What other systems head the column 科目名稱 with."""


def course_name() -> Name:
    """The name of a course in its row."""
    return Name(
        name="name", header="科目名稱", required=True, aliases=COURSE_NAMES, example="教育研究法"
    )


def offering_no() -> Code:
    """The number of an offering, whose leading zeros belong to it."""
    return Code(
        name="offering_no",
        header="開課號",
        leading_zeros=True,
        aliases=("SemesterCourseNo",),
        example="0648",
        help=_("It may be empty for transferred credit (抵免) only."),
    )


def credits_taken() -> Credits:
    """The credits of a course in its row."""
    return Credits(
        name="credits",
        header="學分",
        required=True,
        aliases=("學分數", "Credit"),
        example="3",
        help=_("Credits of the course; 0 for a milestone."),
    )


def requirement(empty: Any) -> OneOf:
    """Whether a course is required."""
    return OneOf(
        name="requirement",
        header="必選修",
        options=REQUIREMENTS,
        empty=empty,
        aliases=("選別", "Choose"),
        example="必修",
    )
