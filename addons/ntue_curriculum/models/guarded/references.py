"""What values name is read with the rights of the user who sends them.

Odoo fills in a form by superuser: the name behind a many2one, fields related to it and what is
computed and stored are shown for whatever number a client sends along. So that nobody learns of
a record by its number, every record that values name has to be one that the user may read.
"""

from collections import defaultdict
from typing import NamedTuple

from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Command

X2MANY = frozenset({"one2many", "many2many"})
RELATIONAL = X2MANY | {"many2one"}
SAID_OF_A_ROW = frozenset({"id", "display_name"})
CONTEXT_DEFAULT = "default_"


class Named(NamedTuple):
    """Records that values give to the relational ``field`` of ``owner`` (empty: a new one)."""

    owner: models.BaseModel
    field: object
    model: str
    ids: frozenset


class ReadableReferences(models.AbstractModel):
    """Records whose values name only what the user may read; all models of these addons are.

    Whether a number is of a record kept from the user or of none, the answer is the same.
    """

    _name = "ntue.readable.references"
    _description = "Values name only what the user may read"

    @api.model_create_multi
    def create(self, vals_list):
        self._check_references(vals_list)
        self._check_defaults(vals_list)
        return super().create(vals_list)

    def write(self, vals):
        self._check_references([vals])
        return super().write(vals)

    def onchange(self, values, field_names, fields_spec):
        self._check_references([values])
        self._check_defaults([values])
        self._check_filled_in([values])
        return super().onchange(values, field_names, fields_spec)

    @api.model
    def default_get(self, fields):
        """Defaults of the caller's context are checked; others that may not be read are left out.

        The latter are what somebody once stored as default for everybody or for themselves.
        """
        if self.env.su:
            return super().default_get(fields)
        self._check_defaults([dict.fromkeys(self._fields.keys() - set(fields))])
        found = super().default_get(fields)
        return {
            name: value
            for name, value in found.items()
            if not self._unreadable(_named_in(self.browse(), {name: value}))
        }

    def _check_references(self, vals_list):
        """AccessError unless the user may read every record that values name.

        Models that look at what values name before they call ``super`` call this first.
        """
        if not self.env.su:
            self._raise_unreadable([found for vals in vals_list for found in _named_in(self, vals)])

    @api.model
    def _check_defaults(self, vals_list):
        """The same for defaults of the caller's context, for what ``vals_list`` leave out."""
        if self.env.su:
            return
        defaults = {
            name: self.env.context[key]
            for key in self.env.context
            if key.startswith(CONTEXT_DEFAULT)
            and (name := key.removeprefix(CONTEXT_DEFAULT)) in self._fields
        }
        left_out = {name for name in defaults if any(name not in vals for vals in vals_list)}
        taken = {name: defaults[name] for name in left_out}
        self._raise_unreadable(_named_in(self.browse(), taken))
        self._check_filled_in([taken])

    def _check_filled_in(self, vals_list):
        """AccessError unless the user may write each row that values fill in, or make one.

        What is computed of a row would say what it says of a record with these values, which
        may be more than the row itself says to the user.
        """
        if self.env.su:
            return
        for row in {row for vals in vals_list for row in _filled_in(self, vals)}:
            row.sudo(False).check_access("write" if row else "create")

    @api.model
    def _raise_unreadable(self, named):
        for found in self._unreadable(named)[:1]:
            raise AccessError(
                self.env._(
                    "“%s” names a record that is not there, or that you may not read. "
                    "Choose one from the list.",
                    found.field._description_string(self.env) or found.field.name,
                )
            )

    @api.model
    def _unreadable(self, named):
        """Those of ``named`` with records that the user may not read; one query per model.

        A record that is in the field already is not named anew: a user who may read the
        owner has its number.
        """
        wanted = defaultdict(set)
        for found in named:
            wanted[found.model] |= found.ids
        readable = {model: self._readable_ids(model, ids) for model, ids in wanted.items()}
        return [
            found
            for found in named
            if (left := found.ids - readable[found.model]) and not left <= _standing(found)
        ]

    @api.model
    def _readable_ids(self, model, ids):
        records = self.env[model].sudo(False).with_context(active_test=False)
        if not records.has_access("read"):
            found = set()
        else:
            found = set(records.search([("id", "in", list(ids))], order="id").ids)
        if model == "res.users":
            found.add(self.env.uid)  # students may not read accounts, but act as their own
        return found


def _standing(found):
    """Numbers that already are in the field of every owner, if the user may read these."""
    owner = found.owner.filtered("id").sudo(False)
    if not owner or len(owner._filtered_access("read")) < len(owner):
        return set()
    return set.intersection(*(set(record[found.field.name].ids) for record in owner.sudo()))


def _named_in(owner, vals):
    """``Named`` for all that ``vals`` of ``owner`` name, in rows of x2many fields too."""
    named = []
    for name, value in vals.items():
        field = owner._fields.get(name)
        if field is None or not value:
            continue
        if field.type == "reference":
            model, _comma, number = str(value).partition(",")
            if model in owner.env and number.isdecimal():
                named.append(Named(owner, field, model, frozenset({int(number)})))
        elif field.type == "many2one":
            named += _named_by(owner, field, [value])
        elif field.type in X2MANY:
            named += _named_by(owner, field, value)
    return named


def _named_by(owner, field, values):
    """What a many2one's value, or the commands of an x2many field, name."""
    ids, named = set(), []
    comodel = owner.env[field.comodel_name]
    for value in _commands(field, values):
        number, vals = value
        ids |= _numbers(number)
        row = comodel.browse(_numbers(number))
        named += _named_in(row, vals or {})
    if ids:
        named.append(Named(owner, field, field.comodel_name, frozenset(ids)))
    return named


def _filled_in(owner, vals):
    """Records in relational fields of ``owner`` that values fill in; an empty one for a new row."""
    for name, value in vals.items():
        field = owner._fields.get(name)
        if field is None or field.type not in RELATIONAL or not value:
            continue
        values = value if field.type in X2MANY else [value]
        for number, row_values in _commands(field, values):
            row = owner.env[field.comodel_name].browse(_numbers(number))
            if (row_values or {}).keys() - SAID_OF_A_ROW:
                yield row
            yield from _filled_in(row, row_values or {})


def _commands(field, values):
    """``(number or numbers, values of the row)`` for each value of a relational field."""
    if isinstance(values, models.BaseModel):
        yield values.ids, None
        return
    if not isinstance(values, list | tuple):
        return
    for value in values:
        if isinstance(value, models.BaseModel):
            yield value.ids, None
        elif isinstance(value, dict):  # a row as a form holds it
            yield value.get("id"), value
        elif isinstance(value, list | tuple):
            if field.type in X2MANY:
                yield _of_command(*value[:3])
            else:  # a number and a name
                yield value[:1], None
        else:
            yield value, None


def _of_command(command=None, number=None, value=None):
    if command == Command.SET:
        return value, None
    if command in (Command.CREATE, Command.UPDATE):
        return (number if command == Command.UPDATE else None), value
    return number, None


def _numbers(value):
    """The record numbers in what a client sent for one or several; marks of new rows are none."""
    values = value if isinstance(value, list | tuple) else [value]
    return {
        int(number)
        for number in values
        if number
        and (isinstance(number, int | float) or (isinstance(number, str) and number.isdecimal()))
    }
