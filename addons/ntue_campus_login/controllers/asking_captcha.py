"""How pages ask for a captcha (models/door/captcha.py has it)."""

from odoo.http import request


def values(purpose):
    """What a page hands to the template of the captcha; empty where none is asked for."""
    captcha = request.env["ntue.captcha"]
    return captcha._values(purpose) if captcha._needed(purpose) else {}


def accepts(purpose, form):
    """Whether the sent form has passed, or nothing is asked for."""
    captcha = request.env["ntue.captcha"]
    return not captcha._needed(purpose) or captcha._accept(purpose, form)


def wrong():
    """What is said to somebody who has not passed."""
    return request.env._("The verification code is not right. Here is a new one.")
