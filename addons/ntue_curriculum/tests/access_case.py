"""What the crossings of access of all addons have in common: the people, and how a table is asked.

A case gives its ``table`` and its ``calls`` (public method → title of a row → roles), and the rows
that they are about.
"""

from . import records
from .access import AccessTable, own_methods, tidy
from .common import SchoolCase


class AccessCase(AccessTable, SchoolCase):
    """The school with the students of the table."""

    maxDiff = None
    table = ""
    calls: dict = {}

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.add_people()

    @classmethod
    def add_people(cls):
        """Who and what is there before any row is made; a hook."""
        records.people(cls)

    def rows(self):
        """Title to ``Row``."""
        raise NotImplementedError

    def assert_table(self):
        """Every model answers every role as the table says."""
        self.assertEqual(self.drawn(self.rows()), tidy(self.table))

    def assert_calls(self):
        """Every public method answers the roles that the table names only."""
        rows = self.rows()
        for call, targets in self.calls.items():
            for title, roles in targets.items():
                with self.subTest(call=call, on=title):
                    self.assertEqual(self.callers(call, rows[title].record), roles)

    def models_asked(self):
        """Names of the models that the rows are of."""
        return {row.record._name for row in self.rows().values()}

    def public_methods(self, models):
        """``model.method`` of every public method of ``models`` that one of our addons defines."""
        return {call for call in own_methods(self.env) if call.rsplit(".", 1)[0] in models}
