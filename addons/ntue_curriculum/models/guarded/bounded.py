"""Text that people send to Odoo's own models: short enough, whole, and with nothing unseen in it.

Our models say for themselves what they take (``ntue.typed``). Odoo's take any length, and everybody
who signs in here may write some of them: a message, a task, the name of a file or of a filter, a
signature. Lengths come first, because everything else takes the longer the longer a text is:
models that do much with a text before it is written ask for the bounds by themselves, and all
others by what every model inherits.
"""

import re

from odoo import SUPERUSER_ID, api, models
from odoo.exceptions import ValidationError

MOST = {"char": 1000, "text": 20_000, "html": 60_000}
"""Characters by the kind of the field."""

GROUPS = (
    "ntue_curriculum.group_assistant",
    "ntue_curriculum.group_registrar",
    "ntue_curriculum.group_operator",
)
"""Users with one of these are bound, besides everybody from outside; others are not ours."""

BROKEN = re.compile("[\0\ud800-\udfff]")
"""What no database keeps: NUL, and halves of a mark."""

UNSEEN = re.compile(
    "[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]"
)
"""Control marks and marks that turn the direction of what follows, or are nothing at all."""


class Base(models.AbstractModel):
    _inherit = "base"

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            vals_list = [self._ntue_bounded(vals) for vals in vals_list]
            context = self.env.context
            self._ntue_bounded(
                {
                    name.removeprefix("default_"): value
                    for name, value in context.items()
                    if name.startswith("default_")
                }
            )
        return super().create(vals_list)

    def write(self, vals):
        if not self.env.su:
            vals = self._ntue_bounded(vals)
        return super().write(vals)

    @api.model
    def _ntue_bounded(self, vals):
        """``vals`` with every text short enough and whole; ValidationError otherwise.

        Asked of the person, whatever rights the code was given. The system is not bound.
        """
        if self.env.uid == SUPERUSER_ID or not isinstance(vals, dict):
            return vals
        changed = {}
        for name, value in vals.items():
            field = self._fields.get(name)
            if field is None or field.type not in MOST or not isinstance(value, str):
                continue
            if (bound := self._ntue_bounded_text(field, value)) is not value:
                changed[name] = bound
        return {**vals, **changed} if changed else vals

    @api.model
    def _ntue_bounded_text(self, field, value):
        label = field._description_string(self.env)
        if len(value) > MOST[field.type] and self._ntue_is_bound():
            raise ValidationError(
                self.env._(
                    "%(label)s: the text has %(length)s characters, at most %(most)s fit. "
                    "Shorten it.",
                    label=label,
                    length=len(value),
                    most=MOST[field.type],
                )
            )
        if BROKEN.search(value):
            raise ValidationError(
                self.env._("%s: the text holds a mark that cannot be kept. Write it anew.", label)
            )
        if field.type == "char" and UNSEEN.search(value) and self._ntue_is_bound():
            return UNSEEN.sub("", value)
        return value

    @api.model
    def _ntue_is_bound(self):
        """Whether the user is from outside or works with this product, and no administrator."""
        user = self.env.user
        return not user._is_internal() or (
            not user.has_group("base.group_system") and any(map(user.has_group, GROUPS))
        )


class IrAttachment(models.Model):
    """Names of files come by forms, too, where Odoo writes with the rights of the system."""

    _inherit = "ir.attachment"

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._ntue_bounded(vals) for vals in vals_list])

    def write(self, vals):
        return super().write(self._ntue_bounded(vals))


class ResUsers(models.Model):
    """What people change of their own account is written with the rights of the system."""

    _inherit = "res.users"

    def write(self, vals):
        return super().write(self._ntue_bounded(vals))


class ResPartner(models.Model):
    """Addresses are read and compared before they are written."""

    _inherit = "res.partner"

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._ntue_bounded(vals) for vals in vals_list])

    def write(self, vals):
        return super().write(self._ntue_bounded(vals))


class MailActivity(models.Model):
    """A task is mailed to the user who gets it."""

    _inherit = "mail.activity"

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._ntue_bounded(vals) for vals in vals_list])

    def _action_done(self, feedback=False, attachment_ids=None):
        self.env["mail.message"]._ntue_bounded({"body": feedback})
        return super()._action_done(feedback=feedback, attachment_ids=attachment_ids)
