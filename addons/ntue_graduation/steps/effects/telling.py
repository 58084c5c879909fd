"""What a step tells the student: in the words of its mail template, or in one sentence."""

from odoo.addons.ntue_curriculum.days import day_text
from odoo.addons.ntue_curriculum.office_mail import language_of

from ..registry import effect


@effect
def tell_student(step):
    application = step.application
    # In the words of the reader, not of the one who takes the step.
    lang = language_of(application.env, application.student_id.partner_id)
    application._tell_student(SENTENCES[step.action](application.with_context(lang=lang)))


def _submit(application):
    return application.env._("Your application is submitted.")


def _receive_paper(application):
    return application.env._("Your signed slip has been received.")


def _pass_first(application):
    return application.env._("Your first review has passed.")


def _fail_first(application):
    return application.env._("Your first review has not passed: %s", application.review_reason)


def _return(application):
    return application.env._(
        "Your application has been returned for correction: %(reason)s Please correct it "
        "and submit it again by %(day)s.",
        reason=application.review_reason,
        day=application.reminder_last_day,
    )


def _take_back_first(application):
    return application.env._("The decision of your first review was taken back; it goes on.")


def _hand_back(application):
    """Without the reason, which is between the offices."""
    return application.env._("Your application is with your department again; its review goes on.")


def _pass_second(application):
    return application.env._("Your second review has passed.")


def _fail_second(application):
    return application.env._("Your second review has not passed: %s", application.review_reason)


def _take_back_second(application):
    return application.env._("The decision of your second review was taken back; it goes on.")


def _accept_profile(application):
    return application.env._("The diploma will be made with your profile as you changed it.")


def _ask_supplement(application):
    return application.env._(
        "Your department asks you for a supplement: %(what)s Please hand it in by %(day)s.",
        what=application.supplement_text,
        day=day_text(application.env, application.supplement_deadline),
    )


def _supplement_received(application):
    return application.env._("Your supplement has been received.")


def _withdraw_supplement(application):
    return application.env._("The supplement is no longer needed.")


def _complete(application):
    return application.env._("Your graduation is completed. Congratulations.")


def _take_back_completion(application):
    return application.env._(
        "The completion of your graduation was taken back. Ask the registrar's office what is "
        "still to be done."
    )


def _take_back_lapse(application):
    return application.env._("Your application has not lapsed after all; it goes on.")


def _clear_paper(application):
    return application.env._("Your signed slip is no longer recorded as received.")


def _lapse(application):
    return application.env._("Your application has lapsed: the final leaving date has passed.")


SENTENCES = {
    "submit": _submit,
    "receive_paper": _receive_paper,
    "pass_first": _pass_first,
    "fail_first": _fail_first,
    "return": _return,
    "take_back_first": _take_back_first,
    "hand_back": _hand_back,
    "pass_second": _pass_second,
    "fail_second": _fail_second,
    "take_back_second": _take_back_second,
    "accept_profile": _accept_profile,
    "ask_supplement": _ask_supplement,
    "supplement_received": _supplement_received,
    "withdraw_supplement": _withdraw_supplement,
    "complete": _complete,
    "lapse": _lapse,
    "take_back_completion": _take_back_completion,
    "take_back_lapse": _take_back_lapse,
    "clear_paper": _clear_paper,
}
"""By the action of the log; a step without one tells nothing."""
