from odoo.addons.ntue_curriculum.tests.access import own_models
from odoo.addons.ntue_curriculum.tests.access_case import AccessCase
from odoo.addons.ntue_curriculum.tests.chosen import ChosenRecords
from odoo.addons.ntue_curriculum.tests.common import crossing
from odoo.addons.ntue_curriculum.tests.records import people
from odoo.tests import tagged

from . import records, test_door_access, test_forgotten_access, test_portal_access

ADDON = "ntue_campus_login"

# Accounts for many are made by the registrar of the students' division, who alone sees what
# came of it; what is made is written by the system.
TABLE = """
                   | public student fellow assistant other_assistant registrar registrar_day operator
accounts for many  | -      -       -      -         -               rsnx      -             -
account among many | -      -       -      -         -               rsnx      -             -
accounts wizard    | -      -       -      -         -               rsnxwcd   c             -
ID number dialog   | -      -       -      -         -               rsnxwcd   -             -
session by the portal | -   -       -      -         -               -         -             -
"""  # noqa: E501

# Public method → record of the table → roles whose call changes anything.
CALLS = {
    "ntue.account.batch.action_start": {"accounts for many": {"registrar"}},
    "ntue.account.wizard.action_look": {"accounts wizard": {"registrar"}},
    # Without a reason nobody.
    "ntue.national.id.dialog.action_keep": {"ID number dialog": set()},
    "ntue.national.id.dialog.action_remove": {"ID number dialog": set()},
}


ASKED = {
    "ntue.account.batch",
    "ntue.account.batch.line",
    "ntue.account.wizard",
    "ntue.national.id.dialog",
    "ntue.sso.session",
}

TABLES = (test_door_access, test_forgotten_access, test_portal_access)
"""The other tables of the addon; each names the models it asks about, and their methods."""


@tagged("post_install", "-at_install")
class TestAccess(ChosenRecords, AccessCase):
    table, calls = TABLE, CALLS

    @classmethod
    def add_people(cls):
        people(cls)
        cls.add_clerk()
        records.invite(cls)

    def rows(self):
        return records.rows(self)

    @crossing
    def test_I9_every_model_answers_every_role_as_the_table_says(self):
        self.assert_table()

    def test_the_tables_ask_about_every_model_of_the_addon(self):
        self.assertEqual(self.models_asked(), ASKED)
        every = ASKED.union(*(table.ASKED for table in TABLES))
        self.assertEqual(every, own_models(self.env, ADDON))

    def test_every_public_method_answers_the_roles_that_the_table_names_only(self):
        self.assert_calls()

    def test_the_tables_name_every_public_method_of_the_addon(self):
        found = self.public_methods(own_models(self.env, ADDON))
        self.assertEqual(found, set(CALLS).union(*(table.CALLS for table in TABLES)))

    @crossing
    def test_nobody_reaches_an_account_by_records_of_their_own_choice(self):
        self.assertEqual(self.taken_accounts(self.rows()), [])
