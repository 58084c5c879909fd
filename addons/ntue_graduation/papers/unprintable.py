"""What of a slip no typeface has: a paper must not lose a character (F26).

A submitted slip is drawn from what was frozen, so that a name that is put right later does not
mend it: the application has to be returned and submitted anew.
"""

import json

from odoo.addons.ntue_curriculum.press.faces import unprintable
from odoo.addons.ntue_curriculum.wording.typefaces import unprintable_problem

MOST = 5
"""Texts that are named; who mends these finds the others."""

LONGEST = 80
"""Characters of a text that are named."""


def unprintable_texts(snapshot):
    """The texts of a snapshot, canonical JSON, that cannot be printed; each once, ``MOST`` at most.

    One a line, as an application keeps them.
    """
    if not unprintable(snapshot):
        return ""
    lines = {line for text in _texts(json.loads(snapshot)) for line in text.splitlines()}
    found = []
    for text in sorted(filter(None, map(_named, lines)), key=lambda text: (len(text), text)):
        if not any(part in text for part in found):  # a course is in its label as well
            found.append(text)
    return "\n".join(found[:MOST])


def typeface_problem(application):
    """What cannot be printed of the slip that was submitted, and of the student's names today."""
    today = (application.student_id.typeface_problem or "").splitlines()
    frozen = []
    if not application._is_draft_copy():
        frozen = _problems(application.env, (application.unprintable_text or "").splitlines())
    if not frozen:
        return "\n".join(today)
    stays = application.env._(
        "The slip cannot be printed as it was submitted, and no correction of the record changes "
        "that: once the record is right, return the application, so that it is submitted anew."
    )
    return "\n".join((stays, *dict.fromkeys((*frozen, *today))))


def problems_before_submitting(application, profile):
    """The sentences about what would be submitted today; ``profile``: names of its fields."""
    student = application.student_id
    case, _result = application._case_and_audit()
    texts = [student.name, *(student[name] for name in profile)]
    texts += [row.name for row in case.enrolments]
    return _problems(application.env, dict.fromkeys(filter(None, texts)))


def _problems(env, texts):
    found = dict.fromkeys(named for text in texts if (named := _named(text)))
    return [unprintable_problem(env, text, unprintable(text)) for text in list(found)[:MOST]]


def _named(text):
    """What is named of a text: as much of it as shows what cannot be printed; else nothing."""
    marks = unprintable(text)
    if not marks:
        return ""
    begin = max(0, text.index(marks[0]) - LONGEST // 2)
    return text[begin : begin + LONGEST].strip()


def _texts(value):
    """Every text in plain values, keys aside."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part)
