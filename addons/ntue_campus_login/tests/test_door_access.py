from odoo.addons.ntue_curriculum.tests import school as school_of
from odoo.addons.ntue_curriculum.tests.access import Row
from odoo.addons.ntue_curriculum.tests.access_case import AccessCase
from odoo.addons.ntue_curriculum.tests.common import crossing
from odoo.tests import tagged

# Sign-ins are read by their account's owner and by the registrar of the division, locked accounts
# by the registrar. Nobody makes, writes or deletes any; administrators read all of both.
TABLE = """
                            | public student fellow assistant other_assistant registrar registrar_day operator
sign-in own                 | -      rsn     -      -         -               rsnx      -             -
sign-in of the day division | -      -       -      -         -               -         rsnx          -
sign-in of staff            | -      -       -      rsnx      -               -         -             -
sign-in of nobody           | -      -       -      -         -               -         -             -
lock own                    | -      -       -      -         -               rsnx      -             -
lock of the day division    | -      -       -      -         -               -         rsnx          -
lock of a network           | -      -       -      -         -               -         -             -
answered captcha            | -      -       -      -         -               -         -             -
"""  # noqa: E501

CALLS = {
    "ntue.sign.in.limit.action_unlock": {
        "lock own": {"registrar"},
        "lock of the day division": {"registrar_day"},
        "lock of a network": set(),
    },
}

ADDRESS = "203.0.113.7"
ASKED = {"ntue.sign.in.event", "ntue.sign.in.limit", "ntue.captcha.used"}


@tagged("post_install", "-at_install")
class TestDoorAccess(AccessCase):
    table, calls = TABLE, CALLS

    def rows(self):
        events, limits = self.env["ntue.sign.in.event"], self.env["ntue.sign.in.limit"]
        people = {
            "own": school_of.account_of(self.student),
            "of the day division": school_of.account_of(self.undergraduate),
            "of staff": self.assistant,
            "of nobody": self.env["res.users"],
        }
        found = {}
        for title, user in people.items():
            events._record("sign_in", "typed", user, "failure", ADDRESS)
            event = events.search([], order="id desc", limit=1)
            made = {"kind": "sign_in", "outcome": "success", "recorded_at": event.recorded_at}
            made |= {"last_at": event.last_at}
            found[f"sign-in {title}"] = Row(event, {"times": 7}, lambda made=made: made)
        for title in ("own", "of the day division"):
            limits._failed("sign_in", people[title], ADDRESS)
            row = limits.search([("user_id", "=", people[title].id)])
            made = {"key": f"made {title}", "purpose": "sign_in"}
            found[f"lock {title}"] = Row(row, {"failures": 0}, lambda made=made: made)
        network = limits.search([("user_id", "=", False)], limit=1)
        found["lock of a network"] = Row(network, {"failures": 0})
        self.env["ntue.captcha.used"]._is_first("number")
        used = self.env["ntue.captcha.used"].search([])
        made = {"number": "b", "answered_at": used.answered_at}
        found["answered captcha"] = Row(used, {"number": "a"}, lambda: made)
        return found

    @crossing
    def test_every_model_answers_every_role_as_the_table_says(self):
        self.assert_table()

    def test_the_table_asks_about_every_model_of_the_door(self):
        self.assertEqual(self.models_asked(), ASKED)

    def test_every_public_method_answers_the_roles_that_the_table_names_only(self):
        self.assert_calls()

    def test_the_table_names_every_public_method_of_the_door(self):
        self.assertEqual(self.public_methods(ASKED), set(CALLS))

    def test_an_administrator_reads_all_and_changes_none(self):
        admin = school_of.user(self.env, "admin@staff.example.com", "base.group_system")
        for title, row in self.rows().items():
            may = "-" if title == "answered captcha" else self.cell(admin, row).strip("x")
            with self.subTest(title=title):
                self.assertEqual(may, "-" if title == "answered captcha" else "rsn")
