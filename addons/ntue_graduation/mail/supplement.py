"""A supplement that the student uploads: what may be, and what the office gets of it (190)."""

from odoo.addons.ntue_curriculum.clock import taipei_today
from odoo.addons.ntue_curriculum.paragraphs import as_paragraphs
from odoo.addons.ntue_curriculum.wording.files import Asked, ending_of, file_problem
from odoo.exceptions import UserError

from .answers import A_DAY, exchanged, not_now, whom_to_call


def check_file(application, content):
    """UserError unless the user may hand in ``content``, bytes of a file, now."""
    env = application.env
    lost = env._("Your file was not kept.")
    if not application._may_answer():
        raise UserError(not_now(application, "no_supplement_here", lost))
    if not application.supplement_is_open:
        application._note_refusal("no_supplement_here")
        unasked = env._("Your department does not ask you for a supplement now.")
        raise UserError(" ".join((unasked, lost, whom_to_call(application))))
    asked = Asked(
        env._("Choose a PDF, JPEG or PNG file of what you were asked for."),
        env._("This PDF is too long. Send the pages that you were asked for alone."),
    )
    copies = env["ntue.passport.copy"]  # types and size are those of a passport copy
    if problem := file_problem(env, content, copies._max_mb(), asked):
        raise UserError(problem)
    application._wait_turn()
    sent = [row for row in exchanged(application) if row.own and row.files]
    if sum(row.day == taipei_today() for row in sent) >= A_DAY:
        raise UserError(
            env._(
                "You have uploaded %s files today. Wait until tomorrow, or call the department.",
                A_DAY,
            )
        )


def message_of(application, content):
    """What is posted: the file under a name of ours, and what it was asked for."""
    text = application.env._("Supplement uploaded: %s", application.supplement_text or "")
    name = f"supplement-{application._number()}.{ending_of(content)}"
    return {"body": as_paragraphs(text), "attachments": [(name, content)]}


def uploaded(env, number):
    """That application ``number`` has a supplement, for the office: subject and text."""
    return (
        env._("A supplement was uploaded: %s", number),
        env._(
            "The student of application %s has uploaded the supplement that was asked for. "
            "Sign in to look at it: a mail does not carry it.",
            number,
        ),
    )
