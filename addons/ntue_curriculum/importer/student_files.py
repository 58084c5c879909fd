"""The files about students: who they are, what they take, and what was decided on it."""

from __future__ import annotations

from typing import Any

from ..degree_audit import normalised
from ..grading import POINTS
from . import common_columns as common
from .columns import (
    CodeOrName,
    Date,
    EnglishName,
    Name,
    Number,
    OneOf,
    Score,
    Text,
    Year,
    YesNo,
)
from .problems import _
from .rules_decisions import (
    decision_is_whole,
    together_is_of_several,
    waived_is_of_the_framework,
)
from .rules_people import is_nobody_else, is_taken_after_entry
from .rules_students import (
    email_is_written_well,
    english_name_is_of_the_passport,
    letter_gives_points,
    offering_is_named,
    rank_is_within_class,
    state_is_plausible,
    student_fits_framework,
)
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
    "抵充": "substituted",
    "合併抵充": "together",
}
"""What a file says of a decision; rows of ``together`` are one decision about several courses."""

STUDENTS = FileSpec(
    "students",
    (
        common.student("student_no"),
        Name(name="name", header="姓名", required=True, example="林小安"),
        EnglishName(
            name="english_name",
            header="英文姓名",
            example="LIN, HSIAO-AN",
            help=_("It is printed on the diploma. Empty: the student is asked for it."),
        ),
        Text(name="email", header="電子信箱", aliases=("電子郵件",), example="student@example.com"),
        Text(name="mobile", header="行動電話", aliases=("手機",), example="0900-000-000"),
        Text(name="phone", header="聯絡電話", example="02-0000-0000"),
        common.framework("framework"),
        Year(
            name="entry_year",
            header="入學學年度",
            aliases=("入學年度",),
            example="114",
            help=_("Empty: that of the framework."),
        ),
        Year(
            name="rules_year",
            header="適用學年度",
            help=_(
                "The entry year whose rules hold for a student who came by transfer or back from "
                "leave. Empty: that of entry."
            ),
        ),
        YesNo(
            name="is_teacher_ed",
            header="教程生",
            empty=False,
            example="否",
            help=_("Whether the student is in teacher education. Empty: 否."),
        ),
        Name(
            name="student_kind",
            header="身分別",
            help=_("For frameworks that ask more of some kinds of students, as 外國學生."),
        ),
        Number(name="class_rank", header="班排名", low=1, high=9999, example="5"),
        Number(name="class_size", header="班級人數", low=1, high=9999, example="28"),
        Number(
            name="final_average",
            header="平均成績",
            high=100,
            decimals=4,
            help=_("As the student system has it, in points or as GPA. Empty: worked out here."),
        ),
        YesNo(
            name="english_name_accepted",
            header="英文姓名核可",
            empty=False,
            help=_(
                "是 where the registrar accepted an English name of another form, as of one part. "
                "Empty: 否; it takes no acceptance away."
            ),
        ),
        EnglishName(
            name="alias_name",
            header="護照別名",
            example="LIN, AMY",
            help=_(
                "The alias of the passport, where it shall be on the diploma. Empty: as it is on "
                "record."
            ),
        ),
        Number(
            name="extension_years",
            header="核准延長年數",
            high=20,
            example="1",
            help=_(
                "Years of study granted beyond the limit of the program. Empty: as it is on record."
            ),
        ),
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
        is_nobody_else,
    ),
    title=_("Students"),
)

STUDENT_TERMS = FileSpec(
    "student_terms",
    (
        common.student("student"),
        common.term("term", required=True),
        OneOf(name="status", header="在學狀態", required=True, options=STATUSES, example="在學"),
    ),
    key=("student", "term"),
    references=(Reference("students", ("student",)), Reference("terms", ("term",))),
    title=_("Terms of students"),
)

ATTEMPT = ("student", "term", "offering_no", "course")
"""What tells one enrolment from another, in enrollments and recognitions alike."""


def apart(name: str | None, school: str | None, state: str | None) -> tuple[str, ...]:
    """What tells 抵免 and courses of other schools apart that have one code: name, school (A31)."""
    if not (school or state == "transferred"):
        return ()
    return normalised(name or ""), normalised(school or "")


def known_apart(row: Any) -> tuple[str, ...]:
    """As ``apart``, of a row of ``enrollments``."""
    return apart(row.name, row.school, row.state)


ENROLLMENTS = FileSpec(
    "enrollments",
    (
        common.student("student"),
        common.term("term", required=True),
        common.offering_no(),
        common.course("course"),
        common.course_name(),
        common.credits_taken(),
        common.requirement(None),
        CodeOrName(
            name="department",
            header="開課系所代碼",
            aliases=("開課系所", "StudyCourseCategoryName"),
            example="EDU",
            help=_("Code or name; it may be empty where another school taught the course."),
        ),
        Name(
            name="school",
            header="開課學校",
            help=_("The name of the other school; empty for a course of this one."),
        ),
        Name(
            name="domain",
            header="通識領域",
            help=_("The domain of general education that the course belongs to, if any."),
        ),
        Name(
            name="language",
            header="授課語言",
            help=_("The language of instruction, in the words that frameworks select by."),
        ),
        Name(
            name="level",
            header="課程級別",
            help=_("The level of the course, in the words that frameworks select by."),
        ),
        YesNo(
            name="is_distance",
            header="遠距教學",
            empty=False,
            help=_("Whether it was taught at a distance. Empty: 否."),
        ),
        YesNo(
            name="is_mooc",
            header="磨課師",
            empty=False,
            help=_("Whether it was an open online course (MOOC). Empty: 否."),
        ),
        Name(
            name="counted_before",
            header="已採計學位",
            help=_(
                "The earlier degree for which the course was counted already: it does not count "
                "again, nor does the same course when it is taken again."
            ),
        ),
        Score(
            name="score",
            header="成績",
            aliases=("Score",),
            example="85",
            help=_("Empty while there is none; an empty cell takes no score away."),
        ),
        OneOf(
            name="grade",
            header="等第",
            options={letter: letter for letter in POINTS},
            help=_(
                "The grade in letters; without a score it stands for the points in the middle of "
                "its band, and is shown in their place."
            ),
        ),
        YesNo(
            name="grade_locked",
            header="成績鎖定",
            empty=False,
            example="是",
            help=_("Whether the score is final. Empty: 否."),
        ),
        OneOf(
            name="state",
            header="狀態",
            options=STATES,
            help=_("Empty: as the score says, in progress without one."),
        ),
        Date(name="withdrawn_on", header="停修日", aliases=("StopDate",)),
        YesNo(
            name="is_pass",
            header="及格",
            aliases=("IsPass",),
            help=_("Says passed or failed where there is a score and no 狀態."),
        ),
        Text(
            name="study_class",
            header="班級",
            aliases=("StudyClassName",),
            example="教育碩專114（夜）",
        ),
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
    rules=(offering_is_named, letter_gives_points, state_is_plausible, is_taken_after_entry),
    title=_("Enrolments"),
)

RECOGNITIONS = FileSpec(
    "recognitions",
    (
        common.student("student"),
        common.term("term", required=True),
        common.offering_no(),
        common.course("course"),
        OneOf(
            name="kind",
            header="認列",
            required=True,
            options=DECISIONS,
            example="彈性",
            help=_(
                "What was decided on the enrolment. Rows with 合併抵充 and the same subject and "
                "term are one decision: these courses stand for the subject together."
            ),
        ),
        common.area("area", help=_("Where it counts; for 對應 only.")),
        common.course(
            "line_course",
            header="對應科目代碼",
            required=False,
            help=_(
                "The subject of the framework that it stands for; for 對應, 抵充 and 合併抵充 only."
            ),
        ),
        common.term(
            "decided_term", header="認列學年期", help=_("The term for which it was decided.")
        ),
        Text(name="reason", header="說明", aliases=("備註", "Memo"), example="系務會議通過"),
    ),
    key=(*ATTEMPT, "kind", "decided_term"),
    needed=ATTEMPT,
    references=(
        Reference("students", ("student",)),
        Reference("terms", ("term",)),
        Reference("enrollments", ATTEMPT),
        Reference("terms", ("decided_term",)),
    ),
    rules=(decision_is_whole, together_is_of_several),
    title=_("Decisions"),
)

STUDENT_WAIVERS = FileSpec(
    "student_waivers",
    (
        common.student("student"),
        common.course(
            "course",
            help=_(
                "The subject of the framework that the student need not take. Where its area says "
                "so (免修減免), the area asks for less by it."
            ),
        ),
        common.term(
            "decided_term", header="認列學年期", help=_("The term for which it was decided.")
        ),
        Text(
            name="reason",
            header="說明",
            aliases=("備註", "Memo"),
            example="英文檢定免修",
            help=_("Why the subject is waived; it is needed for a waiver that is new."),
        ),
    ),
    key=("student", "course", "decided_term"),
    needed=("student", "course"),
    references=(Reference("students", ("student",)), Reference("terms", ("decided_term",))),
    rules=(waived_is_of_the_framework,),
    title=_("Waivers"),
)
