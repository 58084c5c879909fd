"""The English of a slip, for those who ask for one in both languages.

It is frozen with the Chinese (``values``), and put beside it when the paper is drawn: so a paper in
both languages reads the same for good, too. Slips that were frozen before have none.
"""

from odoo.addons.ntue_curriculum.clock import taipei_today
from odoo.addons.ntue_curriculum.wording.reasons import reason_cells

from .further import further_of_slip
from .milestones import milestones_of_slip
from .records import records_sentence
from .words import cell_words, slip_words

BOXES = frozenset("☑☐")
"""What stands before a word and is not said twice."""

TITLE = "Confirmation of credits for graduation"


def slip_english(application, rows, result, further):
    """What is frozen: words by name, cells by what they are in Chinese, names and the day.

    ``rows``: those of the slip; ``result``: its audit; ``further``: programs beside the main one.
    """
    student = application.student_id
    env = application.with_context(lang="en_US").env
    return {
        "title": TITLE,
        "words": slip_words(env),
        "records": records_sentence(env, rows),
        "cells": _cells(application.env),
        "milestones": milestones_of_slip(env, result),
        "further": further_of_slip(env, further),
        "department": student.department_id.english_name or "",
        "program": student.program_id.english_name or "",
        "made_on": taipei_today().isoformat(),
    }


def _cells(env):
    """English of every cell that is a word and no name, by its text in the language of ``env``."""
    there, english = env, env(context={**env.context, "lang": "en_US"})
    return {
        text: words(english)[key]
        for words in (cell_words, reason_cells)
        for key, text in words(there).items()
    }


def in_both(slip):
    """The values of ``slip`` with English beside the Chinese; as they are where it has none."""
    english = slip.get("english")
    if not english:
        return slip
    words = {
        name: _beside(text, english["words"].get(name)) for name, text in slip["words"].items()
    }
    names = {
        name: _beside(slip["student"][name], english[name]) for name in ("department", "program")
    }
    return {
        **slip,
        "title": f"{slip['title']}\n{english['title']}",
        "words": words,
        "records": _beside(slip["records"], english["records"]),
        "made_on": _beside(slip["made_on"], f"({english['made_on']})"),
        "student": {**slip["student"], **names},
        "rows": [_row(row, english["cells"]) for row in slip["rows"]],
        **_milestones(slip, english),
        **_further(slip, english),
    }


def _milestones(slip, english):
    """Each milestone in both languages; nothing in slips that were frozen without."""
    return {
        "milestones": [
            {
                **own,
                "word": _beside(own["word"], other["word"]),
                "ways": [_beside(*pair) for pair in zip(own["ways"], other["ways"], strict=True)],
            }
            for own, other in zip(
                slip.get("milestones", ()), english.get("milestones", ()), strict=True
            )
        ]
    }


def _further(slip, english):
    """Each further program in both languages; nothing in slips that were frozen without."""
    return {
        "further": [
            {
                **own,
                **{name: _beside(own[name], other[name]) for name in ("name", "word", "note")},
                "sharing": [
                    _beside(*pair) for pair in zip(own["sharing"], other["sharing"], strict=True)
                ],
            }
            for own, other in zip(slip.get("further", ()), english.get("further", ()), strict=True)
        ]
    }


def _row(row, cells):
    return {**row, **{name: _beside(row[name], cells.get(row[name])) for name in ("score", "use")}}


def _beside(text, english):
    if not english or english == text:
        return text
    box = text[:1] if text[:1] in BOXES else ""
    return f"{text} {english.removeprefix(box).strip()}"
