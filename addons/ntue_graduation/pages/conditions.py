"""May I apply? Every condition with its evidence, for the page and for the guard alike."""

from enum import StrEnum
from typing import NamedTuple

from odoo.addons.ntue_curriculum.clock import taipei_today
from odoo.addons.ntue_curriculum.days import day_text
from odoo.addons.ntue_curriculum.further_programs import standings
from odoo.addons.ntue_curriculum.pages.progress import tick_suggestion
from odoo.addons.ntue_curriculum.wording.missing import missing_everywhere
from odoo.addons.ntue_curriculum.wording.programs import lacking_sentences

from ..periods import not_open_sentence, over_sentence
from .in_work import completed_of
from .notice import state_sentence
from .offices import Office, department_office, window_office
from .standing import standing_of
from .verdict import Effect, outlook, term_after

PROFILE = ("english_name", "email", "mobile")
"""What the diploma and the department need of the profile (49)."""


class Verdict(StrEnum):
    """``NO`` keeps from starting an application; ``CAREFUL`` does not."""

    YES = "yes"
    CAREFUL = "careful"
    NO = "no"


class Link(NamedTuple):
    """A page, and what the link to it says."""

    address: str
    text: str


class Condition(NamedTuple):
    """One condition: ``evidence`` says what it was judged by, or what to do.

    ``office``: whom to ask when it does not hold. ``link``: the page where it is looked up
    or put right. ``points``: what is to be known besides, a sentence each. ``effect``: what
    comes of it when it needs attention; ``when``: of a refusal, when it will hold.
    """

    key: str
    verdict: Verdict
    title: str
    evidence: str
    office: Office | None = None
    link: Link | None = None
    points: tuple[str, ...] = ()
    effect: Effect = Effect.NONE
    when: str = ""


def outlook_of(student, rows):
    """The first line above the conditions ``rows``: what blocks, what delays, or when."""
    against = refused(rows)
    # Past the study period no later day helps, nor after graduation; the office is asked.
    for_good = [row for row in against if row.key in ("graduated", "limit")][:1]
    reasons = [row.when or row.evidence for row in for_good or against]
    careful = [row for row in rows if row.verdict is Verdict.CAREFUL]
    points = [(row.effect, row.title) for row in careful]
    return outlook(student.env, reasons, points, careful)


def conditions(student):
    """Every condition of an application now, in the order of the page.

    Those of ``_start_conditions`` decide; the others tell what the form will ask.
    """
    student.ensure_one()
    window = student.env["ntue.graduation.window"]._for_student(student)
    rows = _start_conditions(student, window)
    if not window:
        return rows
    return [*rows, *_form_conditions(student, window, bool(refused(rows)))]


def missing_conditions(student):
    """The conditions that keep this student from starting an application now."""
    student.ensure_one()
    window = student.env["ntue.graduation.window"]._for_student(student)
    return refused(_start_conditions(student, window))


def may_begin(student):
    """Whether this student may begin an application now."""
    return not missing_conditions(student)


def refused(rows):
    """Those of the conditions ``rows`` that keep from starting an application."""
    return [row for row in rows if row.verdict is Verdict.NO]


# What decides whether one may start


def _start_conditions(student, window):
    if not window:
        return [
            Condition(
                "window",
                Verdict.NO,
                student.env._("Application period"),
                student.env._(
                    "No application period has been announced for your program. "
                    "Ask the registrar's office."
                ),
                office=window_office(student, window),
            )
        ]
    rows = [
        _graduated(student),
        _once(student, window),
        _period(student, window),
        _enrolled(student, window),
        _within_limit(student, window),
    ]
    return [row for row in rows if row]


def _graduated(student):
    """Who has left applies no more; nothing to tell of anybody else."""
    completed = completed_of(student._applications())
    if not completed:
        return None
    return Condition(
        "graduated",
        Verdict.NO,
        student.env._("Graduated already"),
        student.env._(
            "You have graduated: your application for term %s is completed. There is nothing more "
            "to apply for.",
            completed.term_id._short_name(),
        ),
    )


def _once(student, window):
    """One application a term (I8); nothing to tell while there is none."""
    applied = student._applications().filtered(lambda row: row.term_id == window.term_id)
    if not applied:
        return None
    return Condition(
        "once",
        Verdict.NO,
        student.env._("One application a term"),
        student.env._("You have an application for this term already."),
    )


def _period(student, window):
    """Open today, both days included, or kept open by a late permit (5, 6, D13, D14)."""
    title, today = student.env._("Application period"), taipei_today()
    permit = student._permit_sentence(window)
    if window._is_open_on(today):
        evidence = f"{window._period_sentence()} {state_sentence(window)}"
        return Condition("window", Verdict.YES, title, evidence)
    if permit:
        return Condition("window", Verdict.YES, title, permit)
    if today < window.date_open:
        evidence, office = not_open_sentence(student.env, window), window_office(student, window)
        when = student.env._("You can apply from %s on.", day_text(student.env, window.date_open))
        return Condition("window", Verdict.NO, title, evidence, office, when=when)
    evidence = over_sentence(student.env, window.date_open, window.date_close)
    when = student.env._(
        "The period of this term is over. You can apply in that of the next term, or still in this "
        "one if your department grants you a late permit."
    )
    return Condition("window", Verdict.NO, title, evidence, department_office(student), when=when)


def _enrolled(student, window):
    """Enrolled terms up to the window's own, leave excluded (9, D15)."""
    enrolled = student._enrolled_terms_until(window.term_id)
    values = {"count": enrolled, "needed": student.program_id.min_enrolled_terms}
    title = student.env._("Enrolled terms")
    if enrolled >= student.program_id.min_enrolled_terms:
        evidence = student.env._(
            "You have been enrolled for %(count)s terms; %(needed)s are needed. "
            "Terms of leave do not count.",
            **values,
        )
        return Condition("enrolled", Verdict.YES, title, evidence)
    evidence = student.env._(
        "You have been enrolled for %(count)s terms; %(needed)s are needed. Terms of leave "
        "do not count. Ask the assistant of your department if you think this is wrong.",
        **values,
    )
    later = term_after(
        window.term_id.number,
        values["needed"] - enrolled,
        student.program_id.kind == "summer",
    )
    when = student.env._(
        "If you stay enrolled, you can apply at the earliest in the period of term %s.",
        f"{later // 10}-{later % 10}",
    )
    return Condition("enrolled", Verdict.NO, title, evidence, department_office(student), when=when)


def _within_limit(student, window):
    """Only while the study period lasts (188, D32)."""
    title, limit = student.env._("Study period"), student._study_limit()
    year = student._year_of_study(window.term_id)
    if student._study_limit_passed(window.term_id):
        evidence = student.env._(
            "Your study period of %s years is over. Ask the registrar's office.", limit
        )
        return Condition("limit", Verdict.NO, title, evidence, window_office(student, window))
    if not limit:
        evidence = student.env._("Year %s of study; your program sets no limit.", year)
        return Condition("limit", Verdict.YES, title, evidence)
    values = {"year": year, "limit": limit}
    if year == limit:
        evidence = student.env._(
            "Year %(year)s of at most %(limit)s: the last one in which you can apply.",
            **values,
        )
        return Condition("limit", Verdict.CAREFUL, title, evidence, window_office(student, window))
    evidence = student.env._("Year %(year)s of at most %(limit)s.", **values)
    return Condition("limit", Verdict.YES, title, evidence)


# What the form will ask


def _form_conditions(student, window, is_refused):
    rows = [
        _credits(student, window, is_refused),
        *_profile(student, window),
        _teacher_ed(student),
    ]
    return [row for row in rows if row]


def _credits(student, window, is_refused):
    """What will be there when everything in progress is passed (10, D16).

    ``is_refused``: for another reason; then nothing is said of applying all the same.
    """
    case = student._case(window.term_id)
    suggestion = tick_suggestion(student, case)
    ticks = suggestion.keys if suggestion else ()
    best = case.audit(ticks)
    stands = standing_of(student, window.term_id, case, case.audit())
    met = stands.sentence
    link = Link("/my/progress", student.env._("Study progress"))
    title = student.env._("Credits expected")
    if stands.met:
        return Condition("credits", Verdict.YES, title, met, link=link)
    points, effect = [stands.again] if stands.again else [], Effect.NONE
    if suggestion:
        points += [suggestion.sentence, student.env._("Tick them in the form.")]
    lacking = lacking_sentences(student.env, standings(student, case, ticks=ticks))
    if lacking or not best.met:
        if not best.met:
            points += missing_everywhere(student.env, best, student.curriculum_id._outline())
        points += lacking
        effect = Effect.SEND if student.program_id.shortfall_policy == "block" else Effect.DELAY
        if not is_refused:
            points.append(_shortfall_policy(student))
    return Condition(
        "credits", Verdict.CAREFUL, title, met, link=link, points=tuple(points), effect=effect
    )


def _shortfall_policy(student):
    if student.program_id.shortfall_policy == "block":
        return student.env._(
            "Your program takes applications only when nothing is missing: you can save a "
            "draft, but not submit it."
        )
    return student.env._("You may apply all the same; your department decides.")


def _profile(student, window):
    """English name, e-mail, mobile, and the copy that an alias needs (31, 39–49, D7)."""
    problems = student._diploma_problems(window.term_id)
    titles = student.fields_get(PROFILE, ["string"])
    link = Link("/my/profile?back=graduation", student.env._("Correct my profile"))
    rows = []
    for key in PROFILE:
        verdict = Verdict.CAREFUL if key in problems else Verdict.YES
        evidence = problems.get(key) or student[key] or student.env._("Not needed.")
        effect = Effect.SEND if key in problems else Effect.NONE
        title = titles[key]["string"]
        rows.append(Condition(key, verdict, title, evidence, link=link, effect=effect))
    title = student.fields_get(["phone"], ["string"])["phone"]["string"]
    evidence = student.phone or student.env._("Not given; your mobile phone is enough.")
    rows.append(Condition("phone", Verdict.YES, title, evidence, link=link))
    for key in problems.keys() - set(PROFILE):
        title = student.env._("Alias on the diploma")
        verdict, wrong = Verdict.CAREFUL, problems[key]
        rows.append(Condition(key, verdict, title, wrong, link=link, effect=Effect.SEND))
    return rows


def _teacher_ed(student):
    """Who is in teacher education will be asked, and perhaps advised to wait (16, D35)."""
    if not student.is_teacher_ed:
        return None
    return Condition(
        "teacher_ed",
        Verdict.CAREFUL,
        student.env._("Teacher education"),
        student.env._(
            "You will be asked about it in the form. Who still needs courses of teacher "
            "education next term, or prepares for its next selection exam, should not apply "
            "yet."
        ),
    )
