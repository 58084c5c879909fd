"""Text that people type by themselves, whichever door it comes in by."""

from odoo import api, models
from odoo.exceptions import ValidationError

from ... import addresses

LONGEST = {"char": 255, "text": 4000}
"""Characters by the kind of the field; a line is what the files may have too (F17)."""


class Typed(models.AbstractModel):
    """A record with text fields that portal users may write.

    A page bounds what is typed into it, a remote call does not: so the model does. The length
    comes first, because everything else takes the longer the longer a text is. A model calls
    ``_typed`` as the first thing that its ``create`` and ``write`` do.
    """

    _name = "ntue.typed"
    _description = "Text that people type"

    @api.model
    def _typed(self, vals):
        """``vals`` with every text short enough, whole and visible; ValidationError otherwise."""
        found = {}
        for name, value in vals.items():
            field = self._fields.get(name)
            if field is not None and field.type in LONGEST:
                found[name] = self._typed_value(field, value)
        return {**vals, **found}

    @api.model
    def _typed_value(self, field, value):
        if value is None or value is False:
            return value
        if not isinstance(value, str):
            raise ValidationError(self.env._("“%s” is a text.", self._label_of(field)))
        self._check_length(field, value)
        lines = value.splitlines() if field.type == "text" else [value]
        value = "\n".join(map(addresses.visible, lines))
        self._check_length(field, value)  # one mark may stand for a whole sentence
        return value

    @api.model
    def _check_length(self, field, value):
        if problem := self._length_problem(field.name, value):
            raise ValidationError(problem)

    @api.model
    def _length_problem(self, name, value):
        """The sentence about a text that is too long; None when it is not."""
        field = self._fields[name]
        most = LONGEST[field.type]
        if len(value) <= most:
            return None
        return self.env._(
            "%(label)s: the text has %(length)s characters, at most %(most)s fit. Shorten it.",
            label=self._label_of(field),
            length=len(value),
            most=most,
        )

    @api.model
    def _label_of(self, field):
        return field._description_string(self.env)
