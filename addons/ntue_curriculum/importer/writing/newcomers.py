"""New students by the thousand: two are made by the models, the others sent by COPY like them.

A new student is a record, a contact, and a place for messages. What is the same in each of them is
taken from the first; what is a student's own is worked out here. Where the second is not what comes
of that, or somebody else has a say in making them, the models make them all.
"""

import io

from odoo.tools import SQL, email_normalize

from ...models.account import remembered_contacts
from . import bulk
from .makers import decided_by, made_by_known
from .run import QUIET

OF_CONTACT = (
    "id",
    "name",
    "complete_name",
    "email",
    "email_normalized",
    "commercial_partner_id",
)
OF_FRAMEWORK = ("program_id", "department_id", "division")
OF_PLACE = ("id", "student_id")
"""Columns that are a student's own, besides those of the file."""

ALWAYS_EMPTY = frozenset({"commercial_company_name"})
"""What depends on those, but says something of companies only."""


class Like:
    """New rows of a model: the columns ``own`` of each, and all others as in an example."""

    def __init__(self, example, own):
        self.records = example.browse()
        fields = example._fields
        columns = {name for name, field in fields.items() if field.store and field.column_type}
        self.own = own
        self.names = (*own, *sorted(columns - {*own}))
        self._alike = "\t".join(self.texts_of(example)[len(own) :])

    def texts_of(self, record):
        """The columns ``names`` of a record, as COPY has them."""
        text, columns = io.StringIO(), SQL(", ").join(map(SQL.identifier, self.names))
        row = SQL.identifier(record._table), SQL(str(record.id))
        query = SQL("COPY (SELECT %s FROM %s WHERE id = %s) TO STDOUT", columns, *row)
        record.env.cr.copy_expert(query.code, text)
        return text.getvalue().removesuffix("\n").split("\t")

    def line(self, values):
        """The line of a new row. ``values``: as ``create`` takes them, by name."""
        fields = self.records._fields
        own = [self._text(fields[name], values.get(name)) for name in self.own]
        return "\t".join([*own, self._alike])

    def _text(self, field, value):
        if value is None:
            return bulk.NULL
        value = field.convert_to_column_insert(value, self.records)
        if isinstance(value, bool):
            return "t" if value else "f"
        return bulk.NULL if value is None else str(value).translate(bulk.ESCAPED)

    def send(self, rows):
        """Add rows, of which each has the values for ``line``; the new records, as sound ones."""
        bulk.copy_in(self.records, self.names, "\n".join(map(self.line, rows)))
        made = self.records.browse([values["id"] for values in rows])
        made._validate_fields(self.own)
        return made


class Newcomers:
    """New students of one run. ``names``: the fields that a file says something of."""

    def __init__(self, run, names):
        self.run = run
        self.students = run.env["ntue.student"].with_context(**QUIET)
        self.own = {
            "res.partner": OF_CONTACT,
            "ntue.student": ("id", "partner_id", *OF_FRAMEWORK, *names),
            "ntue.student.correspondence": OF_PLACE,
        }
        self._defaults = self.students.default_get([*names])
        self._of_frameworks = {}
        self._examples = self.students.browse()
        self._like = []
        self._by_models_only = not self._is_known()

    def make(self, vals_list):
        """The students of these values, in their order."""
        made = self.students.browse()
        if not self._like and not self._by_models_only:
            missing = 2 - len(self._examples)
            first, vals_list = vals_list[:missing], vals_list[missing:]
            made = self.by_models(first)
            self._examples |= made
            if len(self._examples) > 1:
                self._learn(first[-1])
        if vals_list:
            made |= self._sent(vals_list) if self._like else self.by_models(vals_list)
        return made.with_env(self.run.env)

    def by_models(self, vals_list):
        return self.students.create(vals_list)

    def _is_known(self):
        """Whether nothing is to be done for a new student but what is done here.

        Who had a contact before the addons were uninstalled gets that one back, for instance.
        """
        env = self.run.env
        return not env["ir.config_parameter"].get_param(remembered_contacts.KEY) and all(
            made_by_known(env[model]) and not decided_by(env[model], own) - {*own, *ALWAYS_EMPTY}
            for model, own in self.own.items()
        )

    def _learn(self, vals):
        """Take the first example for others, if the second, of these values, is like it."""
        self.students.env.flush_all()
        first, second = map(_parts, self._examples)
        like = [Like(part, own) for part, own in zip(first, self.own.values(), strict=True)]
        told = self._rows(self._kept(vals), *(part.id for part in second))
        if all(
            one.line(values).split("\t") == one.texts_of(part)
            for one, values, part in zip(like, told, second, strict=True)
        ):
            self._like = like
        else:
            self._by_models_only = True

    def _sent(self, vals_list):
        """The students of these values, sent to the database."""
        vals_list = [self._kept(vals) for vals in vals_list]
        numbers = [_next_numbers(like.records, len(vals_list)) for like in self._like]
        rows = map(self._rows, vals_list, *numbers)
        parts = zip(*rows, strict=True)
        _contacts, students, _places = map(Like.send, self._like, parts)
        self.run.env["ntue.audit"]._outdate(students)
        students._follow_revisions()
        return students

    def _kept(self, vals):
        """The values of a new student as they are kept; as ``create`` it refuses what is wrong."""
        self.students._check_erased_by_erasing(vals)
        return {**self._defaults, **self.students._kept_of_new(vals)}

    def _rows(self, vals, contact, student, place):
        """What is a student's own of the contact, the student and the place for messages.

        All of these have their numbers.
        """
        name, email = vals["name"], vals["email"]
        return (
            {
                "id": contact,
                "name": name,
                "complete_name": name.strip(),
                "email": email,
                "email_normalized": email_normalize(email, strict=False),
                "commercial_partner_id": contact,
            },
            {
                **vals,
                **self._of_framework(vals["curriculum_id"]),
                "id": student,
                "partner_id": contact,
            },
            {"id": place, "student_id": student},
        )

    def _of_framework(self, number):
        """What a student's record repeats of the framework, by name."""
        found = self._of_frameworks.get(number)
        if found is None:
            program = self.run.env["ntue.curriculum"].browse(number).program_id
            values = (program.id, program.department_id.id, program.division)
            found = dict(zip(OF_FRAMEWORK, values, strict=True))
            self._of_frameworks[number] = found
        return found


def _parts(student):
    """The contact of a student, the record itself, and the place for messages."""
    return student.partner_id, student, student._correspondence()


def _next_numbers(records, count):
    """So many numbers of new records, in order."""
    query = SQL(
        "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
        records._table,
        count,
    )
    records.env.cr.execute(query)
    return [number for (number,) in records.env.cr.fetchall()]
