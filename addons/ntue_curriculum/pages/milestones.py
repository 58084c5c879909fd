"""Milestones on the progress page, and where the rules of a framework are written (A41, A42)."""

from typing import NamedTuple

from ..days import day_text
from ..degree_audit import Reached
from ..labels import plain_number
from ..lists import clauses, labelled
from ..wording.milestones import status_words, way_sentence

COLOURS = {
    Reached.MET: "o_ntue_good",
    Reached.UNDECIDED: "text-bg-warning",
    Reached.MISSING: "text-bg-light border",
}


class SourceRow(NamedTuple):
    """Where a rule is written; ``days``: when it was approved and last looked at, in words."""

    title: str
    link: str
    days: str


class EvidenceRow(NamedTuple):
    """What was shown for a milestone and the verdict on it; ``why`` of the reviewer."""

    words: str
    why: str


class MilestoneRow(NamedTuple):
    """A milestone: ``ways`` to reach it, a sentence each, and what was shown."""

    code: str
    name: str
    reached: Reached
    word: str
    colour: str
    exempt: bool
    ways: list[str]
    evidence: list[EvidenceRow]
    sources: list[SourceRow]


def milestone_rows(student, result, outline):
    """Every milestone that is asked of the student."""
    if not result.milestones:
        return []
    env, words = student.env, status_words(student.env)
    shown = _evidence(student)
    return [
        MilestoneRow(
            one.code,
            one.name,
            one.reached,
            words[one.reached],
            COLOURS[one.reached],
            one.exempt,
            [way_sentence(env, way) for way in one.ways],
            shown.get(one.code, []),
            source_rows(env, outline, one.code),
        )
        for one in result.milestones
    ]


def source_rows(env, outline, code):
    """The sources of one area or milestone."""
    return [_source(env, source) for source in outline.sources if source.about == code]


def sources_of_the_whole(env, outline, result):
    """The sources that are about no area and no milestone of this student."""
    told = {area.code for area in outline.areas} | {one.code for one in result.milestones}
    return [_source(env, source) for source in outline.sources if source.about not in told]


def _source(env, source):
    days = []
    if source.approved_on:
        days.append(env._("approved on %s", day_text(env, source.approved_on)))
    if source.verified_on:
        days.append(env._("last verified on %s", day_text(env, source.verified_on)))
    return SourceRow(source.title, source.link, clauses(env, days))


def _evidence(student):
    """By code of the milestone, what the student showed, oldest first."""
    env = student.env
    verdicts = dict(env["ntue.milestone.evidence"]._fields["verdict"]._description_selection(env))
    rows = {}
    domain = [("student_id", "=", student.id)]
    for one in env["ntue.milestone.evidence"].search(domain, order="id"):
        way = one.milestone_id.sudo()
        amount = plain_number(one.amount) if one.amount else ""
        expires = one.expires_on and env._("holds until %s", day_text(env, one.expires_on))
        parts = (way.way, amount, one.document, day_text(env, one.dated_on), expires)
        rows.setdefault(way.code, []).append(
            EvidenceRow(
                labelled(env, clauses(env, filter(None, parts)), verdicts[one.verdict]),
                one.reason or "",
            )
        )
    return rows
