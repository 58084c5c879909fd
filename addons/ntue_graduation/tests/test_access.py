from odoo.addons.ntue_curriculum.tests import records as curriculum_records
from odoo.addons.ntue_curriculum.tests.access import ROLES, AccessTable, own_methods, own_models
from odoo.addons.ntue_curriculum.tests.access_case import AccessCase
from odoo.addons.ntue_curriculum.tests.common import CHANGED, crossing
from odoo.tests import tagged

from . import records
from .common import APPLICATION, LINE, TICKABLE, GraduationCase, Way, window

ADDON = "ntue_graduation"

# ``student`` owns what is submitted, ``fellow`` of the same department the draft. Nobody but
# its owner sees a draft, returned ones too; submitted and later: the assistants of the
# department and the registrar of the division. What is frozen is decided on by assistants
# (``w`` of a row) and changed by nobody; nobody makes or deletes a row or an event.
TABLE = """
                                         | public student fellow assistant other_assistant registrar registrar_day operator
window continuing                        | -      rsn     rsn    rsnx      rsnx            rsnxwcd   -             -
schedule continuing                      | -      rsn     rsn    rsnx      rsnx            rsnxwcd   -             -
window day                               | -      -       -      rsnx      rsnx            -         rsnxwcd       -
schedule day                             | -      -       -      rsnx      rsnx            -         rsnxwcd       -
window of another kind                   | -      -       -      rsnx      rsnx            rsnxwcd   -             -
schedule of another kind                 | -      -       -      rsnx      rsnx            rsnxwcd   -             -
window wizard                            | -      -       -      -         -               rsnxwcd   -             -
extension wizard                         | -      -       -      -         -               rsnxwcd   -             -
mail preview                             | -      -       -      -         -               rsnxwcd   -             -
late permit                              | -      rsn     -      rsnxwc    -               rsnxwc    -             -
late permit of other department          | -      -       -      -         rsnxwc          rsnxwc    -             -
late permit of day division              | -      -       -      rsnxwc    -               -         rsnxwc        -
reminder                                 | -      -       -      -         -               -         -             -
application, draft                       | -      -       rsnwcd -         -               -         -             -
application, returned                    | -      -       -      -         -               -         -             -
application, submitted                   | -      rsn     -      rsnxw     -               rsnx      -             -
application, submitted, other department | -      -       -      -         rsnxw           rsnx      -             -
application, submitted, day division     | -      -       -      rsnxw     -               -         rsnx          -
row of submitted                         | -      rsn     -      rsnxw     -               rsnx      -             -
event of submitted                       | -      rsn     -      rsnx      -               rsnx      -             -
messages of submitted                    | -      -       -      rsnx      -               rsnx      -             -
row of returned                          | -      -       -      -         -               -         -             -
event of returned                        | -      -       -      -         -               -         -             -
messages of returned                     | -      -       -      -         -               -         -             -
row of other department                  | -      -       -      -         rsnxw           rsnx      -             -
event of other department                | -      -       -      -         rsnx            rsnx      -             -
messages of other department             | -      -       -      -         rsnx            rsnx      -             -
row of day division                      | -      -       -      rsnxw     -               -         rsnx          -
event of day division                    | -      -       -      rsnx      -               -         rsnx          -
messages of day division                 | -      -       -      rsnx      -               -         rsnx          -
exception of submitted                   | -      rsn     -      rsnxcd    -               rsnx      -             -
exception of returned                    | -      -       -      -         -               -         -             -
exception of other department            | -      -       -      -         rsnxcd          rsnx      -             -
exception of day division                | -      -       -      rsnxcd    -               -         rsnx          -
raised limit                             | -      rsn     -      rsnxwc    -               rsnxwc    -             -
raised limit of other department         | -      -       -      -         rsnxwc          rsnxwc    -             -
raised limit of day division             | -      -       -      rsnxwc    -               -         rsnxwc        -
take back wizard                         | -      -       -      -         -               rsnxwcd   c             -
step for many                            | -      -       -      -         -               rsnx      -             -
step for many, row                       | -      -       -      -         -               rsnx      -             -
scan wizard                              | -      -       -      rsnxwcd   c               c         c             -
completion wizard                        | -      -       -      -         -               rsnxwcd   c             -
reason wizard                            | -      -       -      rsnxwcd   -               c         -             -
reason wizard on a draft                 | -      -       -      rsnxd     -               -         -             -
deferral, own                            | -      rsn     -      rsnxwc    -               rsnxwc    -             -
deferral, other department               | -      -       -      -         rsnxwc          rsnxwc    -             -
deferral, day division                   | -      -       -      rsnxwc    -               -         rsnxwc        -
statistics, own department               | -      -       -      rsnx      -               rsnx      -             -
statistics, other department             | -      -       -      -         rsnx            rsnx      -             -
statistics, day division                 | -      -       -      rsnx      -               -         rsnx          -
overview, other department               | -      -       -      -         rsnx            rsnx      -             -
with the student                         | -      -       -      rsnx      -               rsnx      -             -
roster wizard                            | -      -       -      rsnxwcd   c               c         c             -
"""  # noqa: E501

# Where an application may stand, with all that its next step asks for; by whom it is moved on.
POSITIONS = {
    "draft": lambda way: way.drafted(),
    "returned": lambda way: way.returned().tick(*TICKABLE),
    "submitted": lambda way: ready(way.reviewed()),
    "first passed": lambda way: because(way.first_passed().grade(85), way.by_registrar),
    "second passed": lambda way: way.second_passed(),
    "completed": lambda way: complete(way.second_passed()),
}

# Public method of the application → (position, role) of everyone whose call does anything.
STEPS = {
    "action_submit": {("draft", "student"), ("returned", "student")},
    # The paper has come there, and comes once; tests/test_mass_steps.py has it to come.
    "action_receive_paper": {("submitted", "assistant")},
    "action_pass_first": {("submitted", "assistant")},
    "action_fail_first": {("submitted", "assistant")},
    "action_return": {("submitted", "assistant")},
    "action_hand_back": {("first passed", "registrar")},
    "action_pass_second": {("first passed", "registrar")},
    "action_fail_second": {("first passed", "registrar")},
    "action_complete": {("second passed", "registrar")},
    # Nothing is left to accept there; tests/test_desk.py has it to accept.
    "action_accept_all": set(),
    "action_prepare_bulk": {
        (position, "registrar")
        for position in ("submitted", "first passed", "second passed", "completed")
    },
    # These open something.
    "action_next": set(),
    "action_see_as_student": set(),
    "action_see_progress": set(),
    "action_accept_profile": {
        (position, "registrar") for position in ("first passed", "second passed", "completed")
    },
}

# Those that are told why with the call; tests/test_transitions.py has every one everywhere.
WITH_REASON = {
    "action_take_back",
    "action_ask_supplement",
    "action_supplement_received",
    "action_withdraw_supplement",
}

# Public methods of the other models, on a record whose next step they take.
OTHER_CALLS = {
    f"{LINE}.action_accept": {"assistant"},
    "ntue.graduation.reason.action_confirm": {"assistant"},
    "ntue.graduation.window.copy.action_copy": {"registrar"},
    "ntue.graduation.window.extend.action_extend": {"registrar"},
    "ntue.graduation.mail.preview.action_send_test": {"registrar"},
    "ntue.graduation.window.action_close_diploma_list": {"registrar"},
    "ntue.graduation.take.back.action_check": {"registrar"},
    "ntue.graduation.late.permit.action_revoke": {"assistant", "registrar"},
    "ntue.graduation.deferral.action_revoke": set(),  # it asks for the reason
    "ntue.graduation.roster.action_download": set(),
    "ntue.graduation.overview.action_open": set(),
    "ntue.graduation.statistics.action_open": set(),
    "ntue.graduation.cap.exception.action_revoke": {"assistant", "registrar"},
    "ntue.graduation.scan.action_enter": set(),  # it opens, unless the choice is otherwise
    "ntue.graduation.scan.action_open": set(),
    "ntue.graduation.scan.action_take_paper": {"assistant"},
    "ntue.graduation.completion.action_check": {"registrar"},
    "ntue.graduation.bulk.action_start": {"registrar"},
    "ntue.graduation.correspondence.message_post": {"assistant", "registrar"},
    "ntue.graduation.correspondence.message_notify": set(),
    "ntue.graduation.correspondence.message_mail_with_source": set(),
    "ntue.graduation.correspondence.message_subscribe": set(),
    "ntue.graduation.correspondence.message_unsubscribe": set(),
    # Mail comes in by an administrator's hand only.
    "ntue.graduation.correspondence.message_parse": set(),
    "ntue.graduation.correspondence.message_process": set(),
    "ntue.graduation.correspondence.message_route": set(),
}


# Public methods of Odoo's models that this product narrows (test_messages_of_odoo,
# test_mail_template, test_bounded_papers).
NARROWED = {
    "action_archive",  # of an account: test_tasks
    "barcode",
    "message_notify",
    "message_parse",
    "message_post",
    "message_process",
    "message_route",
    "message_subscribe",
    "message_unsubscribe",
    "send_mail_batch",
}


def is_odoos(env, call):
    """Whether Odoo itself has the method: this product adds none then."""
    model, method = call.rsplit(".", 1)
    return any(
        method in vars(part)
        for part in env.registry[model].mro()
        if not part.__module__.startswith("odoo.addons.ntue_")
    )


def because(way, by):
    by("write", {"review_reason": "Seen"})
    return way


def ready(way):
    """Paper and decisions are there; and what a return asks for besides."""
    way.by_assistant("write", {"review_reason": "Seen", "return_deadline": "2025-12-05"})
    return way


def complete(way):
    way.by_registrar("action_complete")
    return way


OF_CAMPUS_LOGIN = {
    "auth.oauth.provider.action_ntue_test_connection",
    "res.config.settings.action_ntue_campus_portal",
}
"""Buttons of administrators, where the addon for signing in is there, which tries them itself."""


@tagged("post_install", "-at_install")
class TestAccess(AccessCase):
    table = TABLE

    @classmethod
    def add_people(cls):
        window(cls.school)
        records.applications(cls)

    def rows(self):
        return records.rows(self)

    @crossing
    def test_I9_every_model_answers_every_role_as_the_table_says(self):
        self.assert_table()

    def test_the_tables_ask_about_every_model_of_both_addons(self):
        """The removable sign-in addon has a table of its own."""
        curriculum_records.drafts(self)
        rows = curriculum_records.rows(self).values()
        own = own_models(self.env, "ntue_curriculum") | own_models(self.env, ADDON)
        self.assertEqual(self.models_asked() | {row.record._name for row in rows}, own)

    def test_the_tables_name_every_public_method_of_the_addon(self):
        found = self.public_methods(own_models(self.env, ADDON))
        named = {*(f"{APPLICATION}.{step}" for step in (*STEPS, *WITH_REASON)), *OTHER_CALLS}
        self.assertEqual(found, named)

    def test_no_model_of_odoo_gets_a_public_method_from_the_house(self):
        """Those would be callable by everybody on records that no table here asks about.

        Odoo's own that this product narrows are tried on every model with messages elsewhere.
        """
        found = {call for call in own_methods(self.env) if not call.startswith("ntue.")}
        added = {call for call in found if not is_odoos(self.env, call)}
        self.assertEqual(added - OF_CAMPUS_LOGIN, set())
        narrowed = {call.rsplit(".", 1)[1] for call in found - added}
        self.assertEqual(narrowed, NARROWED)

    def test_every_other_public_method_answers_the_roles_that_the_table_names_only(self):
        rows = self.rows()
        targets = {
            LINE: self.submitted.record.line_ids.filtered(lambda row: row.offering_no == "0733"),
            "ntue.graduation.reason": rows["reason wizard"].record,
            "ntue.graduation.window.copy": rows["window wizard"].record,
            "ntue.graduation.window.extend": rows["extension wizard"].record,
            "ntue.graduation.mail.preview": rows["mail preview"].record,
            "ntue.graduation.late.permit": rows["late permit"].record,
            "ntue.graduation.deferral": rows["deferral, own"].record,
            "ntue.graduation.roster": rows["roster wizard"].record,
            "ntue.graduation.correspondence": rows["messages of submitted"].record,
            "ntue.graduation.overview": rows["overview, other department"].record,
            "ntue.graduation.statistics": rows["statistics, own department"].record,
        }
        for model, title in (
            ("ntue.graduation.cap.exception", "raised limit"),
            ("ntue.graduation.scan", "scan wizard"),
            ("ntue.graduation.completion", "completion wizard"),
            ("ntue.graduation.take.back", "take back wizard"),
            ("ntue.graduation.window", "window continuing"),
            ("ntue.graduation.bulk", "step for many"),
        ):
            targets[model] = rows[title].record
        targets["ntue.graduation.reason"].sudo().deadline = "2025-12-05"
        targets["ntue.graduation.window.copy"].sudo().write(
            {"date_open": "2025-03-01", "date_close": "2025-03-31", "date_leave": "2025-07-31"}
        )
        for model in ("ntue.graduation.late.permit", "ntue.graduation.cap.exception"):
            targets[model].sudo()._set({"revoke_reason": "Well"})
        for call, roles in OTHER_CALLS.items():
            with self.subTest(call=call):
                self.assertEqual(self.callers(call, targets[call.rsplit(".", 1)[0]]), roles)


@tagged("post_install", "-at_install")
class TestSteps(AccessTable, GraduationCase):
    """Every button at every position by every role: only who is in the table moves it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.fellow = cls.new_student("210941002", "同系同學")

    def assert_steps(self, position):
        POSITIONS[position](self.way)
        self.student.mobile = "0911-111-111"  # changed since submission (D6)
        users = self.users()
        for method, expected in STEPS.items():
            with self.subTest(method=method):
                found = {
                    (position, role)
                    for role in ROLES
                    if self.outcome(users[role], APPLICATION, method, self.way.record.ids)
                    == CHANGED
                }
                self.assertEqual(found, {cell for cell in expected if cell[0] == position})

    def test_148_a_draft_is_moved_by_its_student_only(self):
        self.assert_steps("draft")

    def test_D11_a_returned_application_is_moved_by_its_student_only(self):
        self.assert_steps("returned")

    def test_182_a_submitted_application_is_moved_by_the_departments_assistant_only(self):
        self.assert_steps("submitted")

    def test_183_after_the_first_review_the_registrar_of_the_division_moves_it_only(self):
        self.assert_steps("first passed")

    def test_184_after_the_second_review_the_registrar_of_the_division_completes_it(self):
        self.assert_steps("second passed")

    def test_184_a_completed_application_is_moved_by_nobody_and_its_e_mail_kept_up(self):
        self.assert_steps("completed")

    def test_every_position_of_the_table_is_tried(self):
        self.assertLessEqual(
            {cell[0] for cells in STEPS.values() for cell in cells}, set(POSITIONS)
        )

    def test_the_way_of_a_position_ends_there(self):
        for position, name in (
            ("draft", "draft/pending/pending"),
            ("returned", "draft/returned/pending"),
            ("submitted", "submitted/pending/pending"),
            ("first passed", "submitted/passed/pending"),
            ("second passed", "submitted/passed/passed"),
            ("completed", "completed/passed/passed"),
        ):
            with self.subTest(position=position), self.undone():
                way = Way(self, self.student)
                POSITIONS[position](way)
                self.assertEqual(way.position(), name)
