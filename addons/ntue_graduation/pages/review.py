"""What was submitted beside what holds today, with the differences marked (I7)."""

from typing import NamedTuple

from odoo.addons.ntue_curriculum.audit_adapter import standing_on_slip
from odoo.addons.ntue_curriculum.labels import plain_number
from odoo.addons.ntue_curriculum.wording.limits import origin_names, used_of_limit
from odoo.addons.ntue_curriculum.wording.milestones import status_words
from odoo.addons.ntue_curriculum.wording.reasons import standing_text
from odoo.tools.i18n import format_list

from ..further import short_of
from ..papers.snapshot import today
from ..snapshot_difference import Kind, asks_more, differences, reached
from .certainty import sureness_of_whole

TOTALS = (
    "graduation_credits",
    "taken",
    "earned",
    "in_progress",
    "ticked",
    "expected",
    "missing",
)


class Figure(NamedTuple):
    """A figure at the top of the form; ``alarms``: something is wrong with it."""

    label: str
    text: str
    alarms: bool


class Pair(NamedTuple):
    """A total as submitted and as it is."""

    label: str
    then: str
    now: str
    differs: bool


class AreaPair(NamedTuple):
    """An area as submitted and as it is; None on the side that does not have it."""

    code: str
    name: str
    then: dict | None
    now: dict | None
    differs: bool


class ProgramPair(NamedTuple):
    """A further program as submitted and as it is; empty on the side that does not have it."""

    name: str
    then: str
    now: str
    sharing: str
    differs: bool


class CoursePair(NamedTuple):
    """A course: where it counted and counts, with its scores; ``alarms``: look at it."""

    label: str
    then: str
    now: str
    then_score: str
    now_score: str
    differs: bool
    alarms: bool


class FlexibleUse(NamedTuple):
    """How much of a limit is used, as ``used / limit``; of all origins ``origin`` is empty."""

    origin: str
    figure: str
    exceeded: bool


def short_text(application):
    """What is not met with what is decided so far, for reviewers; blank where nothing is."""
    return " ".join(short_of(application))


def review_figures(application):
    """The few figures at the top of the form, as they are now."""
    _ = application.env._
    result = application._audit()
    credits_of = f"{plain_number(result.expected)} / {plain_number(result.graduation_credits)}"
    figures = [
        Figure(_("Expected / required"), credits_of, not result.met),
        Figure(_("Credits earned"), plain_number(result.earned), False),
        Figure(_("In progress"), plain_number(result.in_progress), False),
    ]
    if uses := flexible_uses(application, result):
        text = " · ".join(f"{use.origin} {use.figure}".strip() for use in uses)
        over = any(use.exceeded for use in uses)
        figures.insert(1, Figure(_("Flexible / limit"), text, over))
    if application.review_due:
        left = application.days_left
        figures.append(Figure(_("Days left"), str(left), left < 0))
    return figures


def flexible_uses(application, result):
    """Every limit of ``result``: what is passed first, then the widest."""
    curriculum = application.student_id.sudo().curriculum_id
    rules = curriculum.flexible_rule_ids.sorted("sequence")
    origins = origin_names(application.env)
    uses = [(rules[use.rule].origin, use) for use in result.flexible if use.limit is not None]
    uses.sort(key=lambda pair: (not pair[1].exceeded, pair[0] != "all"))
    return [
        FlexibleUse(
            "" if origin == "all" else origins[origin],
            used_of_limit(use),
            use.exceeded,
        )
        for origin, use in uses
    ]


def is_as_submitted(snapshot, now):
    """Nothing differs but grades that came in as passes, and what was reached by them or shown."""
    return (
        differences(snapshot, now).is_expected
        and snapshot["framework"]["revision"] == now["framework"]["revision"]
        and snapshot["framework"]["code"] == now["framework"]["code"]
    )


def review_panel(application):
    """Everything the panel shows; None for what was never submitted."""
    snapshot = application._snapshot()
    if not snapshot:
        return None
    env, now, result = application.env, today(application), application._audit()
    changes = differences(snapshot, now)
    return {
        "sentences": review_sentences(env, snapshot, now, changes),
        "totals": _totals(env, snapshot["totals"], now["totals"]),
        "areas": _areas(snapshot["areas"], now["areas"]),
        "rows": _courses(env, snapshot["rows"], now["rows"], changes.rows),
        "same": is_as_submitted(snapshot, now),
        "missing": short_of(application),
        "further": _further(snapshot.get("further"), now["further"]),
        "proven": result.proven,
        "sureness": sureness_of_whole(application),
    }


def _totals(env, then, now):
    _ = env._
    labels = {
        "graduation_credits": _("Credits to graduate"),
        "taken": _("Taken"),
        "earned": _("Earned"),
        "in_progress": _("In progress"),
        "ticked": _("Ticked, not decided"),
        "expected": _("Expected"),
        "missing": _("Missing"),
    }
    values = [(name, then.get(name, ""), now[name]) for name in TOTALS]
    return [Pair(labels[name], was, is_now, was != is_now) for name, was, is_now in values]


def _areas(then, now):
    old = {area["code"]: area for area in then}
    new = {area["code"]: area for area in now}
    return [
        AreaPair(
            code,
            (new.get(code) or old[code])["name"],
            old.get(code),
            new.get(code),
            old.get(code) != new.get(code),
        )
        for code in {**old, **new}
    ]


def _further(then, now):
    """Each further program: what it was, what it is, and how much it shares today.

    ``then`` None: the snapshot is of a format that does not tell, so none differs.
    """
    old, new = ({row["code"]: row for row in rows or ()} for rows in (then, now))
    return [
        ProgramPair(
            (new.get(code) or old[code])["name"],
            _program_text(old.get(code)),
            _program_text(new.get(code)),
            " ".join([*new[code]["sharing"], new[code]["note"]]) if code in new else "",
            then is not None and _program_text(old.get(code)) != _program_text(new.get(code)),
        )
        for code in {**old, **new}
    ]


def _program_text(row):
    return f"{'✓' if row['met'] else '✗'} {row['taken']} / {row['needed']}" if row else "–"


def _courses(env, then, now, changes):
    """Each course once: what it was, what it is, and whether that differs."""
    old = {row["enrollment"]: row for row in then}
    new = {row["enrollment"]: row for row in now}
    changed = {(change.before or change.after)["enrollment"]: change for change in changes}
    rows = []
    for key in {**old, **new}:
        before, after = old.get(key), new.get(key)
        there, here = _where(env, before), _where(env, after)
        kind = changed[key].kind if key in changed else None
        rows.append(
            CoursePair(
                label=(after or before)["label"],
                then=there,
                now=here,
                then_score=(before or {}).get("score", ""),
                now_score=(after or {}).get("score", ""),
                differs=there != here or kind is not None,
                alarms=kind is not None and kind is not Kind.GRADED,
            )
        )
    return sorted(rows, key=lambda row: (not row.alarms, not row.differs))


def _where(env, row):
    """Where a course of a slip counts, in a few words."""
    if row is None:
        return "–"
    return standing_text(env, standing_on_slip(row))


# In words


def review_sentences(env, snapshot, now, changes):
    """What is not as it was submitted, a sentence each; empty when nothing differs.

    ``changes``: ``Differences``, or as many of them as are to be told.
    """
    _ = env._
    sentences = [_change_sentence(env, change) for change in changes.rows]
    sentences += [_milestone_sentence(env, change) for change in changes.milestones]
    sentences += [_rule_sentence(env, change) for change in changes.rules]
    sentences += [_program_sentence(env, change) for change in changes.further]
    old, new = snapshot["framework"], now["framework"]
    if (old["code"], old["revision"]) != (new["code"], new["revision"]):
        sentences.append(
            _(
                "The framework was %(old)s, revision %(before)s, and is %(new)s, revision "
                "%(after)s.",
                old=old["code"],
                before=old["revision"],
                new=new["code"],
                after=new["revision"],
            )
        )
    return sentences + _area_sentences(env, changes)


def _area_sentences(env, changes):
    """What of the areas and of the required subjects is not as it was (A2, A52)."""
    _ = env._
    sentences = []
    for change in changes.areas:
        before, after = change.before, change.after
        if after is None:
            sentences.append(_("Area %s is not asked for any more.", before["code"]))
        elif before is None:
            sentences.append(_("Area %s was not asked for at submission.", after["code"]))
        elif asks_more(before, after) or asks_more(after, before):
            sentences.append(
                _(
                    "What area %(code)s asks for at least has changed: credits %(old_credits)s → "
                    "%(new_credits)s, courses %(old_courses)s → %(new_courses)s.",
                    code=after["code"],
                    old_credits=before["min_credits"],
                    new_credits=after["min_credits"],
                    old_courses=before["min_courses"],
                    new_courses=after["min_courses"],
                )
            )
    both = [change for change in changes.areas if change.before and change.after]
    lost = [row.after["code"] for row in both if row.before["met"] and not row.after["met"]]
    if lost:
        sentences.append(_("Areas not met any more: %s.", format_list(env, lost)))
    if changes.subjects:
        names = format_list(env, changes.subjects)
        sentences.append(_("Required subjects that are missing since: %s.", names))
    return sentences


def _change_sentence(env, change):
    _ = env._
    row = change.after or change.before
    states = dict(env["ntue.enrollment"]._fields["state"]._description_selection(env))
    if change.kind is Kind.ADDED:
        return _("%s was not there at submission.", row["label"])
    if change.kind is Kind.REMOVED:
        return _("%s is not there any more.", row["label"])
    old, new = states[change.before["state"]], states[change.after["state"]]
    values = {"course": change.before["label"], "score": change.after["score"]}
    if change.kind is Kind.GRADED:
        return _("%(course)s has been graded: %(score)s, passed.", **values)
    if old != new:
        return _("%(course)s: %(old)s → %(new)s.", course=values["course"], old=old, new=new)
    if change.before["score"] != change.after["score"]:
        return _(
            "%(course)s: score %(old)s → %(new)s.",
            course=values["course"],
            old=change.before["score"],
            new=change.after["score"],
        )
    return _("%(old)s is now %(new)s.", old=change.before["label"], new=change.after["label"])


def _milestone_sentence(env, change):
    _ = env._
    words = status_words(env)
    if change.kind is Kind.REMOVED:
        return _("Milestone %s is not asked for any more.", change.before["name"])
    values = {"name": change.after["name"], "new": words[change.after["reached"]]}
    if change.kind is Kind.ADDED:
        return _("Milestone %(name)s was not asked for at submission: %(new)s.", **values)
    old = words[change.before["reached"]]
    return _("Milestone %(name)s: %(old)s → %(new)s.", old=old, **values)


def _rule_sentence(env, change):
    _ = env._
    words = status_words(env)
    if change.kind is Kind.REMOVED:
        return _("Rule %s is not asked for any more.", change.before["name"])
    values = {"name": change.after["name"], "new": words[change.after["reached"]]}
    if change.kind is Kind.ADDED:
        return _("Rule %(name)s was not asked for at submission: %(new)s.", **values)
    old = words[change.before["reached"]]
    return _("Rule %(name)s: %(old)s → %(new)s.", old=old, **values)


def _program_sentence(env, change):
    _ = env._
    words = status_words(env)
    if change.kind is Kind.REMOVED:
        return _("Further program %s is not studied any more.", change.before["name"])
    values = {"name": change.after["name"], "new": words[reached(change.after)]}
    if change.kind is Kind.ADDED:
        return _("Further program %(name)s was not studied at submission: %(new)s.", **values)
    old = words[reached(change.before)]
    return _("Further program %(name)s: %(old)s → %(new)s.", old=old, **values)
