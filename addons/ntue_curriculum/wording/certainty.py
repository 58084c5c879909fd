"""How sure a tick is while grades are pending: in one word, and what decides it."""

from typing import NamedTuple

from ..degree_audit import Certainty, State
from ..lists import in_words

COLOURS = {
    Certainty.CERTAIN: "o_ntue_good",
    Certainty.OPEN: "text-bg-light border",
    Certainty.OUT_OF_REACH: "text-bg-warning",
}


class Sureness(NamedTuple):
    """One tick: the word for it, the classes of its badge, and which grades decide, if any do."""

    certainty: Certainty
    word: str
    colour: str
    sentence: str


def certainty_words(env):
    """The word for each certainty."""
    return {
        Certainty.CERTAIN: env._("Certain"),
        Certainty.OPEN: env._("Still open"),
        Certainty.OUT_OF_REACH: env._("Out of reach this term"),
    }


def sureness_advised(env, case, pass_mark=None):
    """As ``sureness``; the whole with the best legal choice of ticks, of which no area knows."""
    names = _pending(case)
    return sureness(env, case, case.suggestion, pass_mark) if names else {}


def _pending(case):
    """Names of what has no grade yet, by key."""
    return {one.key: one.name for one in case.enrolments if one.state is State.IN_PROGRESS}


def sureness(env, case, ticks=(), pass_mark=None):
    """How sure each area is, by its code, and the whole, by None; empty with nothing pending."""
    names = _pending(case)
    if not names:
        return {}
    words = certainty_words(env)
    return {
        found.code: Sureness(
            found.certainty,
            words[found.certainty],
            COLOURS[found.certainty],
            _sentence(env, found, names),
        )
        for found in case.outlook(ticks, pass_mark)
    }


def _sentence(env, found, names):
    """What decides an outlook, or that a better placement may."""
    told = decided_by(env, [[names[key] for key in keys] for keys in found.deciding])
    if found.proven:
        return told
    doubt = env._("Not proven: a better placement of the courses is not ruled out.")
    return " ".join(filter(None, (told, doubt)))


def decided_by(env, choices):
    """Which grades decide, in a sentence; ``choices``: sets of courses, one of which is enough."""
    if not choices:
        return ""
    sets = [in_words(env, names) for names in choices]
    if len(sets) == 1:
        return env._("Met for certain once this is passed: %s.", sets[0])
    return env._("Met for certain once one of these is passed: %s.", in_words(env, sets, "or"))
