"""What a caller may not give to a new record, no default of theirs gives either."""

from odoo.addons.ntue_curriculum.tests import records as curriculum_records
from odoo.addons.ntue_curriculum.tests import school as school_of
from odoo.addons.ntue_curriculum.tests.common import REFUSED, SchoolCase, crossing
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from . import records
from .common import window

ODD = {
    "boolean": True,
    "char": "Odd value",
    "date": "2031-01-02",
    "datetime": "2031-01-02 03:04:05",
    "float": 7.0,
    "html": "<p>Odd value</p>",
    "integer": 3,
    "text": "Odd value",
}
"""By the kind of the field; relations are asked about in test_seen_by_superuser.py."""


@tagged("post_install", "-at_install")
class TestGivenByDefault(SchoolCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        window(cls.school)
        records.applications(cls)
        curriculum_records.drafts(cls)

    def rows(self):
        """A row of each model that somebody makes records of."""
        every = {**curriculum_records.rows(self), **records.rows(self)}
        found = {}
        for row in every.values():
            if row.make and not row.record._transient:
                found.setdefault(row.record._name, row)
        return found

    def made(self, user, row, given, defaults):
        """What a new record says, by field; ``REFUSED`` when there is none."""
        model = row.record._name
        with self.undone():
            try:
                vals = {**row.make(), **given}
                number = self.rpc(user, model, "create", vals, context=defaults)
            except UserError:
                return REFUSED
            record = self.env[model].browse(number)
            return {name: record[name] for name in self.fields_of(record)} | {"given": set(vals)}

    @staticmethod
    def fields_of(record):
        """Names of the fields that a default may fill in, with a value of their kind."""
        given_by_odoo = ("id", "create_date", "write_date")
        return [
            name
            for name, field in record._fields.items()
            if field.store and field.type in ODD and name not in given_by_odoo
        ]

    @crossing
    @mute_logger("odoo.models", "odoo.orm.models", "odoo.sql_db")
    def test_no_default_gives_a_field_that_the_caller_may_not_give(self):
        users = (self.registrar, self.assistant, school_of.account_of(self.student))
        found, tried = [], 0
        for model, row in self.rows().items():
            for user in users:
                plain = self.made(user, row, {}, {})
                if plain == REFUSED:
                    continue
                for name in set(self.fields_of(row.record)) - plain["given"]:
                    odd = ODD[row.record._fields[name].type]
                    by_default = self.made(user, row, {}, {f"default_{name}": odd})
                    tried += 1
                    if by_default == REFUSED or str(by_default[name]) != str(odd):
                        continue
                    if self.made(user, row, {name: odd}, {}) == REFUSED:
                        found.append(f"{user.login}: {model}.{name}")
        self.assertEqual(found, [])
        self.assertGreater(tried, 50)

    def test_a_default_is_no_longer_than_what_is_typed(self):
        row = self.rows()["ntue.student"]
        context = {"default_keep_reason": "x" * 1001}
        call = (self.registrar, "ntue.student", "create", row.make())
        self.assertIn("1000", self.refused(*call, context=context))
