"""Text that people send to Odoo's own models: short enough, whole, and with nothing unseen in it.

Our models say for themselves what they take (``ntue.typed``). Odoo's take any length, and everybody
who signs in here may write some of them: a message, a task, the name of a file or of a filter, a
signature. Lengths come first, because everything else takes the longer the longer a text is:
models that do much with a text before it is written ask for the bounds by themselves, and all
others by what every model inherits.
"""

from odoo import SUPERUSER_ID
from odoo.exceptions import ValidationError

from ...marks import BROKEN, UNSEEN

MOST = {"char": 1000, "text": 20_000, "html": 60_000}
"""Characters by the kind of the field."""

GROUPS = (
    "ntue_curriculum.group_assistant",
    "ntue_curriculum.group_registrar",
    "ntue_curriculum.group_operator",
)
"""Users with one of these are bound, besides everybody from outside; others are not ours."""


def bounded(model, vals):
    """``vals`` for ``model`` with every text short enough and whole; ValidationError otherwise.

    Asked of the person, whatever rights the code was given. The system is not bound.
    """
    if model.env.uid == SUPERUSER_ID or not isinstance(vals, dict):
        return vals
    changed = {}
    for name, value in vals.items():
        field = model._fields.get(name)
        if field is None or field.type not in MOST or not isinstance(value, str):
            continue
        if (bound := _bounded_text(model.env, field, value)) is not value:
            changed[name] = bound
    return {**vals, **changed} if changed else vals


def _bounded_text(env, field, value):
    label = field._description_string(env)
    if len(value) > MOST[field.type] and _is_bound(env.user):
        raise ValidationError(
            env._(
                "%(label)s: the text has %(length)s characters, at most %(most)s fit. Shorten it.",
                label=label,
                length=len(value),
                most=MOST[field.type],
            )
        )
    if BROKEN.search(value):
        raise ValidationError(
            env._("%s: the text holds a mark that cannot be kept. Write it anew.", label)
        )
    if field.type == "char" and UNSEEN.search(value) and _is_bound(env.user):
        return UNSEEN.sub("", value)
    return value


def _is_bound(user):
    """Whether the user is from outside or works with this product, and no administrator."""
    return not user._is_internal() or (
        not user.has_group("base.group_system") and any(map(user.has_group, GROUPS))
    )
