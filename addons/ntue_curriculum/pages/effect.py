"""What would change for students under another framework: audits made to be looked at only."""

from decimal import Decimal
from typing import NamedTuple

from odoo.tools.i18n import format_list

from ..degree_audit import compare
from ..further_programs import standings
from ..labels import plain_number
from ..lists import in_words
from ..wording.milestones import status_words, way_sentence
from ..wording.missing import area_figures
from ..wording.programs import program_name
from ..wording.reasons import standing_text


class Told(NamedTuple):
    """What publishing a draft changes for one student.

    ``program``: the further program that it is about, by name; empty for the main one. ``verdict``:
    ``worse``, ``better`` or ``other``. The figures are the program's: credits missing, and whether
    it is met.
    """

    student: object
    program: str
    verdict: str
    missing_before: Decimal
    missing_after: Decimal
    met_before: bool
    met_after: bool
    sentences: list[str]


def effects_of_publishing(students, draft):
    """Yields ``Told`` for each of ``students`` and programs of theirs that ``draft`` changes.

    The draft is of a framework or of a shared block, which comes in many frameworks at once (A54);
    students may have it as the main program or as a further one (A45). Nothing is written.
    """
    students.check_access("read")
    draft.check_access("read")
    # Past the rules of frameworks: those of further programs are other departments'.
    coming = draft.sudo()._coming()
    tables = [one.prepared for one in coming.values()]
    subjects = _subjects_of([*(old._prepared()[0] for old in coming), *tables])
    for student, case in students._cases():
        there = case
        if main := coming.get(student.curriculum_id):
            there = case.under(main.prepared, main.succession)
            effect = compare(case.audit(), there.audit(), subjects)
            if not effect.same:
                yield _told_of_main(student, draft, effect)
        yield from _told_of_further(student, draft, (case, there), coming, subjects)


def _told_of_main(student, draft, effect):
    before, after = effect.before, effect.after
    return Told(
        student,
        "",
        "worse" if effect.worse else "better" if effect.better else "other",
        before.missing_credits,
        after.missing_credits,
        before.met,
        after.met,
        effect_sentences(student.env, _named(student.curriculum_id, draft), effect),
    )


def _named(framework, draft):
    """The records that areas are named by, the last first: of a block's the framework's own too."""
    return framework.sudo() | draft if draft.kind == "block" else draft


def _told_of_further(student, draft, cases, coming, subjects):
    """``Told`` of the further programs that stand otherwise; ``cases``: as it is, as it will be."""
    if not coming or not student.programme_ids:
        return
    case, there = cases
    instead = {old: (new.prepared, new.sharing) for old, new in coming.items()}
    before, after = standings(student, case), standings(student, there, instead=instead)
    for was, will in zip(before, after, strict=True):
        effect = compare(was.stands.further, will.stands.further, subjects)
        sentences = _program_sentences(student.env, (was, will), draft, effect)
        if sentences:
            yield Told(
                student,
                program_name(student.env, was.curriculum),
                _verdict_on(was.stands, will.stands, effect),
                was.stands.missing,
                will.stands.missing,
                was.stands.met,
                will.stands.met,
                sentences,
            )


def _verdict_on(was, will, effect):
    """Whether a further program stands better or worse than it did."""
    worse = (was.met and not will.met) or will.missing > was.missing or effect.worse
    better = (will.met and not was.met) or will.missing < was.missing or effect.better
    return "worse" if worse else "better" if better else "other"


def _program_sentences(env, standings_of_both, draft, effect):
    """In what a further program stands otherwise, a sentence each; empty when in nothing."""
    _ = env._
    was, will = standings_of_both
    sentences = []
    if was.stands.met and not will.stands.met:
        sentences.append(_("The program is met as it is now, and then not any more."))
    elif will.stands.met and not was.stands.met:
        sentences.append(_("The program is met then, and not as it is now."))
    old, new = was.stands.missing_exclusive, will.stands.missing_exclusive
    if old != new:
        sentences.append(
            _(
                "Credits of its own still missing: %(old)s → %(new)s.",
                old=plain_number(old),
                new=plain_number(new),
            )
        )
    if not effect.same:
        sentences += _sentences_below(env, _named(was.curriculum, draft), effect)
    return sentences


def effects_of(students, curriculum, ticks=()):
    """Compare the audits of ``students`` with those under ``curriculum``; nothing is written.

    Yields ``(student, now, then, Comparison)`` in order. ``ticks``: enrolments ticked in
    ``then``, as far as they may be ticked there. Decisions are carried as publishing a
    revision would carry them; what names a part of another framework is void.
    Frameworks are prepared once; enrolments and decisions are read in bulk.
    """
    students.check_access("read")
    curriculum.check_access("read")
    homes = students.curriculum_id
    other = curriculum._prepared()[0]
    successions = {home: curriculum._succession(home) for home in homes}
    subjects = _subjects_of([*(home._prepared()[0] for home in homes), other])
    for student, case in students._cases():
        there = case.under(other, successions[student.curriculum_id])
        now, then = case.audit(), there.audit(there.allowed(ticks.ids if ticks else ()))
        yield student, now, then, compare(now, then, subjects)


def _subjects_of(frameworks):
    """Course code by key of the line, of prepared frameworks."""
    return {line.key: line.code for each in frameworks for line in each.framework.lines}


def effect_sentences(env, curriculum, effect):
    """What a ``Comparison`` says, a sentence each, the weightiest first."""
    _ = env._
    before, after = effect.before, effect.after
    sentences = []
    if before.met and not after.met:
        sentences.append(_("Would graduate as it is now, and then not any more."))
    elif after.met and not before.met:
        sentences.append(_("Would graduate then, and not as it is now."))
    return sentences + _sentences_below(env, curriculum, effect)


def _sentences_below(env, curriculum, effect):
    """What a ``Comparison`` says of credits, areas, subjects, rules, milestones and courses."""
    _ = env._
    sentences = _total_sentences(env, effect.before, effect.after)
    sentences += _area_sentences(env, curriculum, effect)
    lines = env["ntue.curriculum.line"].sudo()
    for keys, text in (
        (effect.required_now_missing, _("Required subjects missing from now on: %s.")),
        (effect.required_no_longer_missing, _("Required subjects not missing any more: %s.")),
    ):
        if keys:
            names = format_list(env, lines.browse(keys).mapped("name"))
            sentences.append(text % names)
    return [
        *sentences,
        *_rule_sentences(env, effect),
        *_milestone_sentences(env, effect),
        *_course_sentences(env, effect),
    ]


def _total_sentences(env, before, after):
    _ = env._
    texts = {
        "graduation_credits": _("Credits to graduate: %(old)s → %(new)s."),
        "taken": _("Credits that count: %(old)s → %(new)s."),
        "missing_credits": _("Credits still missing: %(old)s → %(new)s."),
    }
    changed = {
        name: (getattr(before, name), getattr(after, name))
        for name in texts
        if getattr(before, name) != getattr(after, name)
    }
    return [
        texts[name] % {"old": plain_number(old), "new": plain_number(new)}
        for name, (old, new) in changed.items()
    ]


def _area_sentences(env, curriculum, effect):
    _ = env._
    names = {area.code: area.display_name for one in curriculum for area in one.area_ids}
    sentences = []
    for change in effect.areas:
        name = names.get(change.code, change.code)
        if change.after is None:
            sentences.append(_("Area %s is not asked for any more.", name))
            continue
        figures = ", ".join(area_figures(env, change.after))
        if change.becomes_unmet:
            sentences.append(
                _("Area %(name)s is not met: %(figures)s.", name=name, figures=figures)
            )
        elif change.becomes_met:
            sentences.append(
                _("Area %(name)s becomes met: %(figures)s.", name=name, figures=figures)
            )
        elif not change.after.met:
            sentences.append(
                _(
                    "Area %(name)s, not met, has other figures: %(figures)s.",
                    name=name,
                    figures=figures,
                )
            )
        elif change.asks_otherwise:
            sentences.append(
                _(
                    "Area %(name)s asks something else and stays met: %(figures)s.",
                    name=name,
                    figures=figures,
                )
            )
    return sentences


def _rule_sentences(env, effect):
    """Of rules across areas that ask for something (A51)."""
    _ = env._
    sentences = []
    for change in effect.rules:
        if change.after is None:
            sentences.append(_("Rule %s is not asked for any more.", change.name))
            continue
        figures = in_words(env, area_figures(env, change.after))
        values = {"name": change.name, "figures": figures}
        if change.becomes_unmet:
            sentences.append(_("Rule %(name)s is not met: %(figures)s.", **values))
        elif change.becomes_met:
            sentences.append(_("Rule %(name)s becomes met: %(figures)s.", **values))
        elif not change.after.met:
            sentences.append(_("Rule %(name)s, not met, has other figures: %(figures)s.", **values))
        elif change.before is None:
            sentences.append(_("Rule %(name)s is new and met: %(figures)s.", **values))
        else:
            sentences.append(
                _("Rule %(name)s has other figures and stays met: %(figures)s.", **values)
            )
    return sentences


def _milestone_sentences(env, effect):
    """Of what is asked beside courses (A41)."""
    _ = env._
    words = status_words(env)
    sentences = []
    for change in effect.milestones:
        if change.after is None:
            sentences.append(_("Milestone %s is not asked for any more.", change.name))
            continue
        new = words[change.after.reached]
        ways = in_words(env, [way_sentence(env, way) for way in change.after.ways], "or")
        values = {"name": change.name, "new": new, "ways": ways}
        if change.before is None:
            sentences.append(
                _("Milestone %(name)s is asked for from now on: %(new)s. %(ways)s.", **values)
            )
        elif change.before.reached is change.after.reached:
            sentences.append(_("Milestone %(name)s, %(new)s, has changed: %(ways)s.", **values))
        else:
            old = words[change.before.reached]
            sentences.append(
                _("Milestone %(name)s: %(old)s → %(new)s. %(ways)s.", old=old, **values)
            )
    return sentences


def _course_sentences(env, effect):
    _ = env._
    enrollments = env["ntue.enrollment"].browse([row.key for row in effect.courses])
    sentences = []
    for row, enrollment in zip(effect.courses, enrollments, strict=True):
        values = {
            "course": enrollment._label(),
            "old": standing_text(env, row.before),
            "new": standing_text(env, row.after),
        }
        text = _("%(course)s: %(old)s → %(new)s.", **values)
        if row.loses_decision:
            text += " " + _("A reviewer's decision on it loses its ground.")
        sentences.append(text)
    return sentences
