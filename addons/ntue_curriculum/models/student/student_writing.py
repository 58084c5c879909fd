"""What is written into a student record: by whom, and in which form it is kept."""

from odoo import api, models
from odoo.exceptions import AccessError, ValidationError

from ... import addresses
from ... import english_name as english

NORMALISE = {
    "english_name": english.normalise,
    "alias_name": english.normalise,
    "email": addresses.email,
    "mobile": addresses.visible,
    "phone": addresses.visible,
}
"""How what a person typed is brought into the form that is kept; in the order of the page."""

TYPED = tuple(NORMALISE)
PROFILE_FIELDS = frozenset(TYPED)
"""What a student edits; all else is the school's (D6, D9)."""


class StudentWriting(models.AbstractModel):
    """What is typed is checked before anything else; students write their profile only."""

    _name = "ntue.student.writing"
    _description = "Writing of a student record"
    _inherit = ["ntue.typed"]

    @api.model_create_multi
    def create(self, vals_list):
        # Copies, since Odoo may repeat the call with what it was given.
        vals_list = [self._kept_of_new(vals) for vals in vals_list]
        alone = [vals for vals in vals_list if not vals.get("partner_id")]
        for vals, partner in zip(alone, self._create_contacts(alone), strict=True):
            vals["partner_id"] = partner.id
        return super().create(vals_list)

    @api.model
    def _kept_of_new(self, vals):
        """``vals`` of a new record in the form that is kept; ValidationError where it has none."""
        # Given, so that no default of a caller fills them in without being checked.
        blank = dict.fromkeys(PROFILE_FIELDS, False)
        return self._normalised(self._typed({**blank, **vals}))

    def write(self, vals):
        vals = self._normalised(self._typed(vals))
        if not self.env.su:
            self._check_may_write(set(vals))
        others = self._accepted_other_than(vals["english_name"]) if "english_name" in vals else None
        result = super().write(vals)
        if others:
            others.sudo().write({"english_name_accepted": False})
        return result

    def _accepted_other_than(self, name):
        """Those whose accepted English name is another: a student's own change ends that."""
        me = self.env.user.partner_id
        return self.filtered(
            lambda student: (
                student.english_name_accepted
                and student.partner_id == me
                and (student.english_name or "") != (name or "")
            )
        )

    def _check_may_write(self, names):
        """AccessError unless the user may write the fields ``names`` (D6).

        Of themselves everybody writes the profile only, a registrar who studies here too.
        """
        me = self.env.user
        own = self.filtered(lambda student: student.partner_id == me.partner_id)
        of_others = self - own
        if of_others and me.has_group("ntue_curriculum.group_registrar"):
            of_others = of_others.browse()
        if of_others or (own and names - PROFILE_FIELDS):
            raise AccessError(
                self.env._(
                    "You may change the English name, alias, e-mail and phone numbers only. "
                    "Ask the registrar about anything else."
                )
            )

    def _needs_reason(self, names):
        """A student's own profile needs no reason; a correction by staff does."""
        own = all(student.partner_id == self.env.user.partner_id for student in self)
        return not (own and names <= PROFILE_FIELDS)

    @api.model
    def _normalised(self, vals):
        """``vals`` with what people type in the form that the diploma prints (D8)."""
        found = {
            key: NORMALISE[key](vals[key]) or False
            for key in PROFILE_FIELDS
            if isinstance(vals.get(key), str)
        }
        return {**vals, **found}

    @api.model
    def _typed(self, vals):
        """An address or a number that a user types has to be one; a file's is asked about (D7)."""
        vals = super()._typed(vals)
        typed = {name: vals[name] for name in PROFILE_FIELDS & set(vals) if vals[name]}
        if typed and not self.env.su:
            problems = self._contact_problems(typed)
            if problems:
                raise ValidationError("\n".join(problems.values()))
        return vals
