"""What ticks come to on the form: what may be ticked, and figures with what they count."""

from typing import NamedTuple

from odoo.addons.ntue_curriculum.audit_adapter import origin_of
from odoo.addons.ntue_curriculum.labels import plain_number
from odoo.addons.ntue_curriculum.wording.limits import limit_sentence, why_not_tickable


class Cap(NamedTuple):
    """A limit on the ticks; ``base``: what of it is used without any tick (138)."""

    origin: str
    unit: str
    limit: str
    base: str
    used: str
    exceeded: bool
    sentence: str


def ticks_of_draft(application, case, ticked):
    """What a form that can still be changed shows of ticks; ``ticked``: those of the page.

    ``expected`` never counts what cannot be saved: ``expected_base`` is what it is without any
    tick, and stays while ``over``.
    """
    bare, shown = case.audit(), case.audit(case.allowed(ticked))
    return {
        "caps": _caps(application.env, case.prepared, bare, shown),
        "exempt": {origin.value for origin in case.prepared.exempt},
        "why_not": {
            key: why_not_tickable(application.env, case.prepared, case.audit((key,)))
            for key in case.tickable - case.savable
        },
        "expected": plain_number(shown.foreseen),
        "expected_base": plain_number(bare.foreseen),
        "over": not shown.ticks_allowed,
        "tick_sentence": tick_sentence(application.env, len(ticked), case.most_ticks),
        "listed_sentences": _listed_sentences(application.env, case),
    }


def tick_sentence(env, ticked, most):
    """How many are ticked, and how many may be together (141, 142)."""
    return env._(
        "Flexible courses ticked: %(ticked)s of %(tickable)s", ticked=ticked, tickable=most
    )


def _listed_sentences(env, case):
    """Why fewer may be ticked than are listed; nothing where all may be at once."""
    listed, open_ones = len(case.tickable), len(case.savable)
    sentences = []
    if open_ones < listed:
        sentences.append(
            env._(
                "Of the %(listed)s courses listed %(closed)s cannot be ticked: the reason is "
                "given with each.",
                listed=listed,
                closed=listed - open_ones,
            )
        )
    if case.most_ticks < open_ones:
        sentences.append(
            env._(
                "%(open)s courses have a box to tick; the limits above let you tick at most "
                "%(most)s of them together.",
                open=open_ones,
                most=case.most_ticks,
            )
        )
    return sentences


def _caps(env, prepared, bare, shown):
    """The flexible rules that limit the ticks, with how far they are used (138).

    ``bare``: the audit without ticks, whose use no tick can undo; ``shown``: with those
    of the page.
    """
    rules = prepared.framework.flexible_rules
    caps = []
    for before, use in zip(bare.flexible, shown.flexible, strict=True):
        rule = rules[use.rule]
        if use.limit is not None:
            caps.append(
                Cap(
                    origin=origin_of(rule),
                    unit="courses" if prepared.counts_courses[use.rule] else "credits",
                    limit=plain_number(use.limit),
                    base=plain_number(before.used),
                    used=plain_number(use.used),
                    exceeded=use.exceeded,
                    sentence=limit_sentence(env, rule, use.limit),
                )
            )
    return caps
