"""The first line of a page: what keeps from sending, what only delays, and when one may (D16)."""

from enum import StrEnum
from typing import NamedTuple

from odoo.addons.ntue_curriculum.further_programs import standings
from odoo.addons.ntue_curriculum.lists import in_words

from ..steps.registry import GUARDS


class Effect(StrEnum):
    """What comes of a point that needs attention."""

    NONE = ""
    """It is asked for or advised, and holds nothing up."""
    SEND = "send"
    """A draft may be begun and saved; it cannot be submitted before this is put right."""
    DELAY = "delay"
    """It can be submitted all the same; without it one does not graduate."""


class Outlook(NamedTuple):
    """What is to be known first; ``verdict``: no, blocked, delayed, careful or yes.

    ``when``: for who may not apply now: when that will be possible, or who can say so.
    """

    verdict: str
    sentence: str
    delay: str = ""
    when: str = ""


def outlook(env, refused, points, careful):
    """The ``Outlook`` of conditions that were judged.

    ``refused``: for each condition that keeps from starting, when it will hold; ``points``:
    pairs of an ``Effect`` and the name of what it is about; ``careful``: something else needs
    attention.
    """
    if refused:
        sentence = env._("You cannot apply now.")
        return Outlook("no", sentence, when=" ".join(filter(None, refused)))
    blocks = [name for effect, name in points if effect == Effect.SEND]
    delays = [name for effect, name in points if effect == Effect.DELAY]
    delay = delays_sentence(env) if delays else ""
    if blocks:
        return Outlook("blocked", blocks_sentence(env, blocks), delay)
    if delays:
        return Outlook("delayed", env._("You may apply and submit."), delay)
    if careful:
        sentence = env._("You may apply. Please look at what needs your attention.")
        return Outlook("careful", sentence)
    return Outlook("yes", env._("You may apply."))


def outlook_of_draft(application, case, problems):
    """The ``Outlook`` above the form; ``problems``: what is wrong with the profile, by field.

    What is ticked, or the best choice that is advised, would fill is not missing. Nothing can be
    submitted while the period is not open, whatever else holds.
    """
    env, student = application.env, application.student_id
    if closed := GUARDS["window_open"](application):
        return outlook(env, (closed,), (), ())
    points = [(Effect.SEND, name) for name in _names_of_fields(student, problems)]
    # What was refused before may be ticked and is not advised, so each may be enough by itself.
    choices = (case.suggestion, case.allowed(application.tick_ids.ids))
    if not any(_is_enough(student, case, ticks) for ticks in choices):
        blocks = application.program_id.shortfall_policy == "block"
        points.append((Effect.SEND if blocks else Effect.DELAY, env._("Credits expected")))
    return outlook(env, (), points, ())


def _names_of_fields(student, problems):
    """What the profile calls the fields that ``problems`` are about."""
    if not problems:
        return []  # of no field Odoo describes them all
    env, names = student.env, student.fields_get(list(problems), ["string"])
    alias = env._("Alias on the diploma")
    return [names[key]["string"] if key in names else alias for key in problems]


def _is_enough(student, case, ticks):
    """Whether nothing is missing with ``ticks``, in the main program or in one that is needed."""
    return case.audit(ticks).met and not any(
        one.is_lacking for one in standings(student, case, ticks=ticks)
    )


def blocks_sentence(env, names):
    """A draft is possible, submitting is not; ``names``: what has to be put right."""
    return env._(
        "You can begin and save a draft, but not submit it before this is put right: %s.",
        in_words(env, names),
    )


def delays_sentence(env):
    """What is missing keeps nobody from submitting."""
    return env._(
        "Something is missing for graduation. That does not keep you from submitting; it delays "
        "your graduation until it is there."
    )


def term_after(number, terms, summers):
    """The number of the term that comes ``terms`` later: 1141, 1142, 1151; of summers 1143, 1153.

    ``summers``: the program has its terms in summer, which are digit 3.
    """
    for _one in range(terms):
        year, digit = divmod(number, 10)
        if summers:
            number = year * 10 + 3 if digit < 3 else (year + 1) * 10 + 3
        else:
            number = year * 10 + 2 if digit == 1 else (year + 1) * 10 + 1
    return number
