"""The steps of the guide that students of a window read; see ``pages.guide``."""

from odoo import models

from .window_texts import _text

HELP = (
    "The guide of students. First line: the heading of the step; below it what to do. "
    "A step without a text is left out."
)


class WindowGuide(models.AbstractModel):
    """The part of a window that keeps the texts of the guide; see ``window``."""

    _name = "ntue.graduation.window.guide"
    _description = "Application window: guide"

    guide_progress = _text("guide_progress", string="Guide: study progress", help=HELP)
    guide_list = _text("guide_list", string="Guide: list of applications", help=HELP)
    guide_new = _text("guide_new", string="Guide: new application", help=HELP)
    guide_ticks = _text("guide_ticks", string="Guide: ticks", help=HELP)
    guide_save = _text("guide_save", string="Guide: saving the draft", help=HELP)
    guide_draft = _text("guide_draft", string="Guide: draft slip", help=HELP)
    guide_check = _text("guide_check", string="Guide: comparing", help=HELP)
    guide_submit = _text("guide_submit", string="Guide: submitting", help=HELP)
    guide_official = _text("guide_official", string="Guide: handing in", help=HELP)
    guide_status = _text("guide_status", string="Guide: where it stands", help=HELP)
