from odoo.addons.ntue_curriculum.tests.access import own_methods
from odoo.addons.ntue_curriculum.tests.access_case import AccessCase
from odoo.addons.ntue_curriculum.tests.common import crossing
from odoo.tests import tagged

from . import portal_records as records

# The list of applications is the school's, kept by the registrars; what a student opened is the
# student's alone, who may delete it and not make it up.
TABLE = """
                                    | public student fellow assistant other_assistant registrar registrar_day operator
group of applications               | -      rsn     rsn    rsnx      rsnx            rsnxwcd   rsnxwcd       rsnx
application                         | -      rsn     rsn    rsnx      rsnx            rsnxwcd   rsnxwcd       rsnx
use of an application, own          | -      rsnd    -      -         -               -         -             -
use of an application, of a stranger | -      -       -      -         -               -         -             -
"""  # noqa: E501

ASKED = {"ntue.portal.app", "ntue.portal.app.group", "ntue.portal.recent"}
CALLS: dict = {}


@tagged("post_install", "-at_install")
class TestPortalAccess(AccessCase):
    table = TABLE

    @classmethod
    def add_people(cls):
        records.people(cls)

    def rows(self):
        return records.rows(self)

    @crossing
    def test_every_model_of_the_frame_answers_every_role_as_the_table_says(self):
        self.assert_table()

    def test_the_table_asks_about_every_model_of_the_frame(self):
        self.assertEqual(self.models_asked(), ASKED)

    def test_no_model_of_the_frame_has_a_public_method(self):
        ours = ("ntue.portal.", "ntue.frame.")
        self.assertEqual([call for call in own_methods(self.env) if call.startswith(ours)], [])
