"""The question to students of teacher education before they apply (16–19, D35)."""

from typing import NamedTuple

from ..teacher_ed import ANSWERS, HOLD_OFF


class TeacherEdOffice(NamedTuple):
    """Whom students of teacher education ask (19)."""

    name: str
    phone: str
    url: str


def teacher_ed(application):
    """The question, and how it is answered so far; ``asked``: whether it is, alone where not."""
    field = application._fields["teacher_ed_answer"]
    is_draft = application.state == "draft"
    asked = application.is_teacher_ed if is_draft else bool(application.teacher_ed_answer)
    if not asked:
        return {"asked": False}
    return {
        "asked": True,
        "options": field._description_selection(application.env),
        "hold_off": HOLD_OFF,
        "teacher_ed_answer": application.teacher_ed_answer,
        "teacher_ed_confirmed": application.teacher_ed_confirmed,
        "office": _office(application.env),
    }


def sent(application, post):
    """The answer in a form that was sent, as values; none from whom it does not concern."""
    application.ensure_one()
    if not application.is_teacher_ed:
        return {}
    answer = post.get("teacher_ed_answer")
    answer = answer if answer in dict(ANSWERS) else False
    confirmed = answer in HOLD_OFF and post.get("teacher_ed_confirmed") == "1"
    return {"teacher_ed_answer": answer, "teacher_ed_confirmed": confirmed}


def _office(env):
    """Name, phone and address from the settings."""
    parameters = env["ir.config_parameter"].sudo()

    def setting(name):
        return parameters.get_param(f"ntue_graduation.teacher_ed_office_{name}") or ""

    url = setting("url")
    return TeacherEdOffice(
        setting("name") or env._("Office of Teacher Education"),
        setting("phone"),
        url if url.startswith(("https://", "http://")) else "",
    )
