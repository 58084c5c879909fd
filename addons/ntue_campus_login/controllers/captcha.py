"""How the pages of this part ask for a captcha (models/captcha.py has it)."""

from odoo.http import request


def values(purpose):
    """What a page hands to the template of the captcha; empty where none is asked for."""
    captcha = _needed(purpose)
    if captcha is None:
        return {}
    return {"captcha": "ntue_campus_login.captcha", **captcha._values(purpose)}


def accepts(purpose, form):
    """Whether the sent form has passed, or nothing is asked for."""
    captcha = _needed(purpose)
    return captcha is None or captcha._accept(purpose, form)


def wrong():
    """What is said to whoever has not passed."""
    return request.env._("The characters are not those of the picture. Try the new one.")


def _needed(purpose):
    if "ntue.captcha" not in request.env:  # until merged
        return None
    captcha = request.env["ntue.captcha"]
    return captcha if captcha._needed(purpose) else None
