"""What now: what is asked of a student, worked out once for every place that says it.

``next_steps`` asks the stage of an application, and what lies over it: a supplement, a return, a
late permit, a period that is over or has not begun. Home, list, form, check page, mail and the
reviewers' form draw what it returns and add nothing of their own.
"""

from typing import NamedTuple

from odoo.addons.ntue_curriculum.clock import taipei_time, taipei_today
from odoo.addons.ntue_curriculum.days import day_text, midnight_text, minute_text

from .. import workflow
from ..periods import last_day, last_day_of
from ..steps.registry import GUARDS
from .conditions import missing_conditions
from .in_work import completed_of
from .offices import department_office, registrar_office
from .standing import standing

TO_SUBMIT = ("submit", "correct")
"""The keys of what is asked of who may submit today."""


class NextStep(NamedTuple):
    """One thing that is asked of the student, or waited for.

    ``day``: by when, for the reader, with the hour where it is done on line; ``place``: where, or
    whom to ask; ``waits``: nothing to do but wait for others; ``address``: the page where it is
    done, with ``link``, what the link to it says; ``planned``: nothing ends on that day.
    """

    key: str
    text: str
    day: str = ""
    place: str = ""
    waits: bool = False
    address: str = ""
    link: str = ""
    planned: bool = False


def stage_of(application):
    """The stage of the workflow's table at which it is."""
    paper = not application._awaits_paper()
    return workflow.stage_of(application._position(), paper=paper)


def next_steps(application):
    """What is asked of the student now, the most pressing first; never empty.

    That nothing is to be done is said only where nothing is.
    """
    application.ensure_one()
    found = [*_supplement(application), *OF_STAGE[stage_of(application).name](application)]
    return [step for step in found if not step.waits] or found


def day_to_submit(steps):
    """Until when, for the reader, what has the ``steps`` may be submitted; blank if not today."""
    return next((step.day for step in steps if step.key in TO_SUBMIT), "")


def state_words(application):
    """Where the application is, in a few words, for its student."""
    return _words(application.env)[stage_of(application).name]


def _words(env):
    return {
        "draft": env._("Draft, not submitted"),
        "returned": env._("Returned for correction, not submitted again"),
        "waiting_paper": env._("Submitted"),
        "waiting_first": env._("Submitted, in first review"),
        "waiting_second": env._("First review passed, second review follows"),
        "waiting_leave": env._("Both reviews passed"),
        "failed": env._("Not passed"),
        "completed": env._("Completed"),
        "lapsed": env._("Lapsed"),
    }


# What lies over a stage


def _supplement(application):
    if not application.supplement_is_open:
        return
    env, day = application.env, application.supplement_deadline
    place = department_office(application.student_id).line
    if application.supplement_uploaded_at:
        moment = minute_text(env, taipei_time(application.supplement_uploaded_at))
        text = env._("You uploaded your supplement on %s: your department looks at it.", moment)
        yield NextStep("supplement_sent", text, place=place, waits=True)
        return
    if day and day < taipei_today():
        text = env._(
            "Your department asks you for a supplement, which was due by %s. Upload it or bring "
            "it to your department at once.",
            day_text(env, day),
        )
        day = None
    else:
        text = env._(
            "Your department asks you for a supplement. Upload it or bring it to your department."
        )
    what = env._("What is asked for: %s", application.supplement_text or "")
    text = f"{text} {what}"
    address, link = f"/my/graduation/{application.id}#supplement", env._("Upload it")
    yield NextStep("supplement", text, midnight_text(env, day), place, address=address, link=link)


# Stage by stage


def _draft(application):
    env = application.env
    if closed := _closed(application):
        return [closed]
    if not application.saved_at:
        text = env._("Nothing is saved yet: continue, save the draft, then submit it.")
    else:
        text = env._(
            "Only saved, not submitted: nobody but you can see it, and nobody can review "
            "it. Check it and submit it."
        )
    return [_to_submit(application, "submit", text)]


def _returned(application):
    if closed := _closed(application):
        return [closed]
    text = application.env._("Correct it and submit it again: %s", application.shown_reason or "")
    return [_to_submit(application, "correct", text)]


def _to_submit(application, key, text):
    last = last_day(application)
    return NextStep(
        key,
        _pressed(application.env, text, last),
        midnight_text(application.env, last),
        address=f"/my/graduation/{application.id}",
        link=application.env._("Continue"),
    )


def _pressed(env, text, last):
    """``text``, and before it that today is the day, where it is."""
    today = env._("Today is the last day.")
    return f"{today} {text}" if last == taipei_today() else text


def _closed(application):
    """What to do with a draft that cannot be submitted today; None while it can."""
    sentence = GUARDS["window_open"](application)
    if not sentence:
        return None
    window = _window(application)
    if taipei_today() < window.date_open:
        place = registrar_office(application).line
        return NextStep("not_open", sentence, place=place, waits=True)
    return NextStep("closed", sentence, place=department_office(application.student_id).line)


def _waiting_paper(application):
    env, due = application.env, _window(application)._first_due()
    place = department_office(application.student_id).line
    text = env._("Print the slip, sign it and hand it in. It is reviewed only then.")
    day = day_text(env, due)
    if due < taipei_today():
        late = env._("The day planned for it was %s: hand it in at once.", day)
        text, day = f"{text} {late}", ""
    address, link = f"/my/graduation/{application.id}/slip", env._("Print the slip")
    return [NextStep("paper", text, day, place, address=address, link=link)]


def _waiting_first(application):
    window = _window(application)
    text = application.env._("Nothing: your department reviews the application.")
    place = department_office(application.student_id).line
    day = day_text(application.env, window._first_due())
    return [NextStep("first", text, day, place, waits=True, planned=True)]


def _waiting_second(application):
    """Leaving, and before it what is missing: a review may have passed with too little."""
    env, stands = application.env, standing(application)
    found = []
    if not stands.met:
        text = env._(
            "Your first review has passed with %(figure)s credits, and this is still missing to "
            "graduate: %(missing)s Ask your department before you go on.",
            figure=stands.figure,
            missing=" ".join(stands.missing),
        )
        place = department_office(application.student_id).line
        found.append(NextStep("short", text, place=place))
    text = env._(
        "Go through the leaving procedure. The second review follows when all grades are there."
    )
    return [*found, _to_leave(application, text)]


def _waiting_leave(application):
    text = application.env._("Complete the leaving procedure and collect your diploma.")
    return [_to_leave(application, text)]


def _to_leave(application, text):
    day = day_text(application.env, _window(application).date_leave)
    return NextStep("leave", text, day, registrar_office(application).line)


def _failed(application):
    env, reason = application.env, application.shown_reason or ""
    if application.first_review == "failed":
        text = env._("Your first review has not passed: %s Ask your department.", reason)
        office = department_office(application.student_id)
    else:
        text = env._("Your second review has not passed: %s Ask the office.", reason)
        office = registrar_office(application)
    return [NextStep("failed", text, place=office.line)]


def _completed(application):
    text = application.env._("Your graduation is completed. Congratulations.")
    return [NextStep("completed", text, waits=True)]


def _lapsed(application):
    """What to do instead, unless that is done: by today's data, as the record stays for years."""
    env, student = application.env, application.student_id
    if _is_superseded(application):
        text = env._("Nothing: this application has lapsed and does not count any more.")
        return [NextStep("lapsed", text, waits=True)]
    if student._study_limit_passed():
        text = env._(
            "This application does not count any more, and your study period of %s years is over. "
            "Ask the registrar's office.",
            student._study_limit(),
        )
        place = registrar_office(application).line
        return [NextStep("lapsed", text, place=place)]
    text = env._(
        "This application does not count any more. Apply again in the term in which you leave, as "
        "long as your study period is not over, and tick the flexible courses again."
    )
    return [NextStep("lapsed", text)]


def _is_superseded(application):
    """Whether another one of a later term took its place, or one was completed.

    As far as the reader may know: a later draft is its student's alone (148).
    """
    others = application.student_id._applications() - application
    later = others.filtered(lambda row: row.term_number > application.term_number)
    return bool(completed_of(others) or later)


OF_STAGE = {
    "draft": _draft,
    "returned": _returned,
    "waiting_paper": _waiting_paper,
    "waiting_first": _waiting_first,
    "waiting_second": _waiting_second,
    "waiting_leave": _waiting_leave,
    "failed": _failed,
    "completed": _completed,
    "lapsed": _lapsed,
}
"""What is asked at each stage of ``workflow.STAGES``."""


def _window(application):
    """Past the rules: of a kind of window that a program has left since, too."""
    return application.window_id.sudo()


# Before there is an application


def next_steps_before(student):
    """What a student reads who has no application for the present window; never empty.

    Nobody is pressed to apply: only those who leave this term do (8).
    """
    env = student.env
    if missing := missing_conditions(student):
        return [
            NextStep(
                row.key,
                row.evidence,
                place=row.office.line if row.office else "",
                waits=True,
            )
            for row in missing
        ]
    window = env["ntue.graduation.window"]._for_student(student)
    text = env._(
        "Applications for term %s are taken. Apply only if you leave the school this term.",
        window.term_id._short_name(),
    )
    last = last_day_of(student, window)
    text, day = _pressed(env, text, last), midnight_text(env, last)
    return [
        NextStep(
            "apply", text, day, waits=True, address="/my/graduation", link=env._("May I apply?")
        )
    ]
