"""The files about students: who they are, what they take, and what was decided on it."""

from __future__ import annotations

from typing import Any

from ..degree_audit import normalised
from .columns import (
    Code,
    CodeOrName,
    Credits,
    Date,
    EnglishName,
    Name,
    Number,
    OneOf,
    Score,
    Term,
    Text,
    Year,
    YesNo,
)
from .problems import _
from .rules_students import (
    decision_is_whole,
    email_is_written_well,
    english_name_is_of_the_passport,
    offering_is_named,
    rank_is_within_class,
    state_is_plausible,
    student_fits_framework,
)
from .school_files import REQUIREMENTS
from .spec import FileSpec, Reference

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

STUDENTS = FileSpec(
    "students",
    (
        Code(name="student_no", header="學號", required=True),
        Name(name="name", header="姓名", required=True),
        EnglishName(name="english_name", header="英文姓名"),
        Text(name="email", header="電子信箱"),
        Text(name="mobile", header="行動電話"),
        Text(name="phone", header="聯絡電話"),
        Code(name="framework", header="課架代碼", required=True),
        Year(name="entry_year", header="入學學年度"),
        YesNo(name="is_teacher_ed", header="教程生", empty=False),
        Number(name="class_rank", header="班排名", low=1, high=9999),
        Number(name="class_size", header="班級人數", low=1, high=9999),
    ),
    key=("student_no",),
    references=(Reference("frameworks", ("framework",)),),
    provides={"students": ("student_no",)},
    unknown=_(
        "There is no student %(value)s. Add the student to the file “students”, "
        "or correct the number here."
    ),
    rules=(
        student_fits_framework,
        email_is_written_well,
        english_name_is_of_the_passport,
        rank_is_within_class,
    ),
)

STUDENT_TERMS = FileSpec(
    "student_terms",
    (
        Code(name="student", header="學號", required=True),
        Term(name="term", header="學年期", required=True),
        OneOf(name="status", header="在學狀態", required=True, options=STATUSES),
    ),
    key=("student", "term"),
    references=(Reference("students", ("student",)), Reference("terms", ("term",))),
)

ATTEMPT = ("student", "term", "offering_no", "course")
"""What tells one enrolment from another, in enrollments and recognitions alike."""


def known_apart(row: Any) -> tuple[str, ...]:
    """What tells 抵免 and courses of other schools apart that have one code: name, school (A31).

    ``row``: of ``enrollments``, or an enrolment; both call these alike.
    """
    if not (row.school or row.state == "transferred"):
        return ()
    return normalised(row.name or ""), normalised(row.school or "")


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
        Name(name="name", header="科目名稱", required=True, aliases=("SemesterCourseName",)),
        Credits(name="credits", header="學分", required=True, aliases=("Credit",)),
        OneOf(
            name="requirement",
            header="必選修",
            options=REQUIREMENTS,
            empty=False,
            aliases=("Choose",),
        ),
        CodeOrName(
            name="department",
            header="開課系所代碼",
            aliases=("開課系所", "StudyCourseCategoryName"),
        ),
        Name(name="school", header="開課學校"),
        Name(name="domain", header="通識領域"),
        Name(name="language", header="授課語言"),
        Name(name="level", header="課程級別"),
        YesNo(name="is_distance", header="遠距教學", empty=False),
        Score(name="score", header="成績", aliases=("Score",)),
        YesNo(name="grade_locked", header="成績鎖定", empty=False),
        OneOf(name="state", header="狀態", options=STATES),
        Date(name="withdrawn_on", header="停修日", aliases=("StopDate",)),
        YesNo(name="is_pass", header="及格", aliases=("IsPass",)),
        Text(name="study_class", header="班級", aliases=("StudyClassName",)),
        Text(name="note", header="備註", aliases=("Memo",)),
    ),
    key=ATTEMPT,
    apart=known_apart,
    references=(Reference("students", ("student",)), Reference("terms", ("term",))),
    provides={"enrollments": ATTEMPT, "courses": ("course",)},
    unknown=_(
        "The student has no enrolment in this term with this offering number and course. "
        "Add it to the file “enrollments”, or correct the row."
    ),
    rules=(offering_is_named, state_is_plausible),
)

RECOGNITIONS = FileSpec(
    "recognitions",
    (
        Code(name="student", header="學號", required=True),
        Term(name="term", header="學年期", required=True),
        Code(name="offering_no", header="開課號", leading_zeros=True),
        Code(name="course", header="科目代碼", required=True, leading_zeros=True),
        OneOf(name="kind", header="認列", required=True, options=DECISIONS),
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
    rules=(decision_is_whole,),
)
