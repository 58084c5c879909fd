"""How much from elsewhere may count, in words (113, 114, 138, D17)."""

from odoo.tools.i18n import format_list

from ..audit_adapter import origin_of
from ..degree_audit import Unit
from ..labels import plain_number


def amount(env, unit, number):
    """``number`` in the unit of a flexible rule: “6 credits”, “2 courses”.

    ``unit``: the engine's ``Unit``, or the value in a record, which is the same word. The only
    place that knows how units are called; what has no words of its own comes down to credits.
    """
    text = plain_number(number)
    if unit == Unit.COURSES:
        return env._("%s courses", text)
    return env._("%s credits", text)


def origin_names(env):
    """The origins that a rule may speak of, by their value."""
    return dict(env["ntue.flexible.rule"]._fields["origin"]._description_selection(env))


def limit_sentence(env, rule, limit):
    """What a rule of the engine allows, for a student who ticks under it."""
    text = env._(
        "%(origin)s: at most %(limit)s.",
        origin=origin_names(env)[origin_of(rule)],
        limit=amount(env, rule.unit, limit),
    )
    if rule.prior_approval:
        text += " " + env._("Each must have been approved by the department beforehand.")
    return text


def limit_sentences(env, prepared, result):
    """What the rules allow and how much of it ``result`` uses, a sentence each."""
    names = origin_names(env)
    sentences = []
    for use in result.flexible:
        rule = prepared.framework.flexible_rules[use.rule]
        origin = names[origin_of(rule)]
        if rule.exempt:
            sentences.append(env._("%(origin)s: without limit.", origin=origin))
        elif use.limit is not None:
            sentences.append(
                env._(
                    "%(origin)s: at most %(limit)s, %(used)s used.",
                    origin=origin,
                    limit=amount(env, rule.unit, use.limit),
                    used=amount(env, rule.unit, use.used),
                )
            )
        if rule.prior_approval:
            sentences.append(
                env._("%(origin)s: each course needs an approval beforehand.", origin=origin)
            )
    return sentences


def why_not_tickable(env, prepared, result):
    """Why a course can never be ticked, in one sentence; ``result``: with it alone ticked."""
    if result.ticks_without_approval:
        return env._(
            "Cannot be ticked: your department has not approved it beforehand. Ask the "
            "assistant of your department for the approval."
        )
    exceeded = next(use for use in result.flexible if use.exceeded)
    rule = prepared.framework.flexible_rules[exceeded.rule]
    return env._(
        "Cannot be ticked: with it %(used)s would count (%(origin)s), and at most %(limit)s may.",
        used=amount(env, rule.unit, exceeded.used),
        origin=origin_names(env)[origin_of(rule)],
        limit=amount(env, rule.unit, exceeded.limit),
    )


def used_of_limit(use):
    """How much of a limit is used, in figures."""
    return f"{plain_number(use.used)} / {plain_number(use.limit)}"


def tick_problems(env, framework, result):
    """Why the ticks of ``result`` may not be saved: sentences; empty when they may.

    ``framework``: the record that ``result`` is of.
    """
    rules = framework.sudo().flexible_rule_ids.sorted("sequence")
    names = origin_names(env)
    sentences = [
        env._(
            "%(used)s are ticked (%(origin)s), and at most %(limit)s may be. Untick some.",
            used=amount(env, rules[use.rule].unit, use.used),
            origin=names[rules[use.rule].origin],
            limit=amount(env, rules[use.rule].unit, use.limit),
        )
        for use in result.flexible
        if use.exceeded
    ]
    if result.ticks_without_approval:
        courses = env["ntue.enrollment"].browse(result.ticks_without_approval)
        sentences.append(
            env._(
                "Your department has not approved %s beforehand. Untick it, or ask the "
                "assistant of your department for the approval.",
                format_list(env, courses.mapped("name")),
            )
        )
    return sentences
