"""Every word that the slip prints beside its values; frozen with them (G)."""

from odoo.addons.ntue_curriculum.degree_audit import State

SLIP_TITLE = "主修畢業學分審核確認單"
"""Everywhere the same (D26)."""

DRAFT_MARK = "暫存檔"
"""After the title of a draft copy and across its pages; an official copy has nothing (167)."""


LAPSED_MARK = "已失效"
"""Across the pages of an official copy whose application counts no more; never frozen."""


def slip_words(env):
    """The words by name, in the language of ``env``."""
    return {**_of_the_student(env._), **_of_the_courses(env._), **_of_the_review(env._)}


def cell_words(env):
    """What is in the place of a score where there is none, by the state of the course."""
    _ = env._
    return {State.TRANSFERRED: _("Transferred"), State.WITHDRAWN: _("Withdrawn")}


def _of_the_student(_):
    return {
        "term": _("Term"),
        "number": _("Application number"),
        "student_number": _("Student number"),
        "name": _("Full name"),
        "english_name": _("English name"),
        "alias_name": _("Alias on the diploma"),
        "email": _("E-mail"),
        "department": _("Department"),
        "program": _("Program"),
        "class": _("Class"),
        "framework": _("Framework"),
        "mobile": _("Mobile phone"),
        "reference_only": _(
            "Data of academic year 98 and earlier are for reference only; the manual review "
            "decides."
        ),
    }


def _of_the_courses(_):
    return {
        "rows": _("Courses in progress and taken"),
        "count": _("Number of course records"),
        "unit_credits": _("credits"),
        "min_credits": _("Minimum credits"),
        "min_courses": _("Minimum courses"),
        "course": _("Course"),
        "offered_by": _("Offered by"),
        "requirement": _("Required/elective"),
        "score": _("Score"),
        "counts_in": _("Counts in"),
        "legend": _("W = taken this term and not graded yet; the review is not affected."),
        "credits": _("Credits"),
        "area": _("Area"),
        "minimum": _("Minimum"),
        "taken": _("Credits taken"),
        "earned": _("Credits earned"),
        "required": _("Required"),
        "elective": _("Elective"),
        "flexible": _("Flexible"),
        "courses": _("Number of courses"),
        "met": _("Area met"),
        "graduation_credits": _("Graduation credits"),
        "in_progress": _("In progress"),
        "ticked": _("Ticked as flexible"),
        "expected": _("Expected"),
        "missing": _("Still missing"),
        "missing_required": _("Required subjects not taken yet:"),
        "milestones": _("Milestones"),
        "further": _("Further programs"),
    }


def _of_the_review(_):
    return {
        "acknowledged": _("The student knows that something is missing and applies."),
        "notice": _("Please read"),
        "sign": _("Signature of the student"),
        "date": _("Date"),
        "hand_in": _(
            "Sign and hand this slip to the assistant of your department: only then is the "
            "application complete and the first review begins."
        ),
        "first_review": _("First review (department)"),
        "draft": _(
            "Draft copy: the application is not submitted. Assistant and registrar cannot see "
            "it, and this copy is void as an application."
        ),
        "contact": _("Questions"),
        "made_on": _("Made on"),
        "document": _("Document number"),
        "seal": _("Check code"),
        "scan": _("For reviewers"),
    }
