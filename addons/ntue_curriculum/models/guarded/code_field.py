"""The field of a code: one form for whatever way it is written in."""

from odoo import fields
from odoo.exceptions import ValidationError

from ... import codes


class Code(fields.Char):
    """A code that tells records apart, kept and searched in one form (docs/readings.md F25)."""

    def convert_to_cache(self, value, record, validate=True):
        # Validated is what is written; what the database gives is in that form already.
        value = super().convert_to_cache(value, record, validate)
        return self._tidied(value, record) if validate else value

    def condition_to_sql(self, field_expr, operator, value, model, alias, query):
        if operator in ("in", "not in"):
            value = {codes.tidy(one) if isinstance(one, str) else one for one in value}
        return super().condition_to_sql(field_expr, operator, value, model, alias, query)

    def _tidied(self, value, record):
        """The one form of ``value``; ValidationError when it cannot be a code."""
        if not isinstance(value, str):
            return value
        code = codes.tidy(value)
        if marks := codes.other_marks(code):
            raise ValidationError(
                record.env._(
                    "%(label)s: “%(marks)s” cannot be part of a code. Take letters, digits, "
                    "and the marks - _ . /",
                    label=self._description_string(record.env),
                    marks=marks,
                )
            )
        return code or None
