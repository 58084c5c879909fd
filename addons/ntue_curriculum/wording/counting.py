"""What holds across the areas of a framework, in words, and how far it is met (A51)."""

from typing import NamedTuple

from ..degree_audit import CourseSource, Per, RuleKind
from ..labels import plain_number
from ..lists import clauses, in_words
from .selecting import selected_words


class RuleRow(NamedTuple):
    """One counting rule: ``sentence`` says what it asks, ``state`` what there is; ``met``: None
    where it is neither met nor unmet."""

    name: str
    sentence: str
    state: str
    met: object


def rule_rows(env, prepared, result):
    """The counting rules of a prepared framework, with what ``result`` says of them."""
    framework = prepared.framework
    names = {line.code: line.name for line in framework.lines}
    held = {row.rule: row for row in result.rules}
    return [
        RuleRow(
            rule.name,
            _limit_sentence(env, framework, rule, names)
            if rule.kind is RuleKind.LIMIT
            else _group_sentence(env, rule, names),
            _state(env, rule, held.get(number)),
            _is_met(rule, held.get(number)),
        )
        for number, rule in enumerate(framework.counting_rules)
    ]


def missing_rules(env, result):
    """What limits across areas still ask, a sentence each."""
    return [
        env._("%(name)s: still missing %(missing)s.", name=row.name, missing=_missing(env, row))
        for row in result.rules
        if not row.met
    ]


def _missing(env, row):
    parts = []
    if row.missing_credits:
        parts.append(env._("%s credits", plain_number(row.missing_credits)))
    if row.missing_courses:
        parts.append(env._("%s courses", row.missing_courses))
    return in_words(env, parts)


def _is_met(rule, row):
    if row is None or not (rule.min_credits or rule.min_courses):
        return None
    return row.met


def _state(env, rule, row):
    if row is None:
        return ""
    if rule.min_credits or rule.max_credits is not None or rule.max_share is not None:
        return env._("%s credits count.", plain_number(row.taken))
    return env._("%s courses count.", row.courses)


def _limit_sentence(env, framework, rule, names):
    """How much counts, of which courses."""
    _ = env._
    least = _amounts(env, rule.min_credits or None, rule.min_courses or None)
    share = rule.max_share and rule.max_share * framework.graduation_credits
    numbers = [number for number in (rule.max_credits, share) if number is not None]
    most = _amounts(env, min(numbers, default=None), rule.max_courses)
    parts = []
    if least:
        parts.append(_("at least %s", least))
    if most:
        scope = {
            Per.WHOLE: _("at most %s count"),
            Per.TERM: _("at most %s of each term count"),
            Per.NAME: _("at most %s of each name count"),
        }
        parts.append(scope[rule.per] % most)
    about = clauses(env, _about(env, rule, names))
    amount = in_words(env, parts)
    return _("%(courses)s: %(amount)s.", courses=about or _("All courses"), amount=amount)


def _amounts(env, credits_, courses):
    parts = []
    if credits_ is not None:
        parts.append(env._("%s credits", plain_number(credits_)))
    if courses is not None:
        parts.append(env._("%s courses", courses))
    return in_words(env, parts) if parts else ""


def _about(env, rule, names):
    """The conditions under which a course is one that a limit is about."""
    _ = env._
    words = {
        CourseSource.TRANSFERRED: _("credited"),
        CourseSource.MOOC: _("MOOC"),
        CourseSource.OFF_CAMPUS: _("of other schools"),
        CourseSource.OTHER_DEPARTMENT: _("of other departments"),
    }
    found = []
    if rule.area:
        found.append(_("in area %s", rule.area))
    if rule.courses:
        found.append(in_words(env, [names.get(code, code) for code in rule.courses], "or"))
    if rule.sources:
        found.append(in_words(env, [words[source] for source in rule.sources], "or"))
    return [*found, *selected_words(env, rule.selector)]


def _group_sentence(env, rule, names):
    _ = env._
    courses = [names.get(code, code) for code in rule.courses]
    if rule.kind is RuleKind.ALL_OR_NONE:
        return _("%s count only if all of them do.", in_words(env, courses))
    order = " → ".join(courses)
    if rule.kind is RuleKind.IN_ORDER:
        return _("%s: to be taken in this order, in different terms.", order)
    if rule.min_score is None:
        return _("%s: each is to be passed before the next is taken.", order)
    score = plain_number(rule.min_score)
    return _(
        "%(courses)s: the next is taken with a score of %(score)s or more only.",
        courses=order,
        score=score,
    )
