from odoo.exceptions import AccessError
from odoo.service.model import get_public_method
from odoo.tests import tagged

from . import records
from . import school as school_of
from .access import own_models, private_methods
from .access_case import AccessCase
from .common import crossing

ADDON = "ntue_curriculum"

# Everybody reads the school's plain data, the registrar keeps them (assistants add courses to
# put into drafts). Students read their own published framework; assistants edit drafts of
# their departments; registrars all of them, and nobody changes what is published. Shared blocks
# that are published every assistant reads, as frameworks of all departments have them. Students'
# data: the student and the staff concerned; corrections by the registrar, with a reason.
TABLE = """
                                      | public student fellow assistant other_assistant registrar registrar_day operator
term                                  | -      rsn     rsn    rsnx      rsnx            rsnxwcd   rsnxwcd       rsnx
department                            | -      rsn     rsn    rsnx      rsnx            rsnxwcd   rsnxwcd       rsnx
program                               | -      rsn     rsn    rsnx      rsnx            rsnxwcd   rsnx          rsnx
course                                | -      rsn     rsn    rsnxc     rsnxc           rsnxwcd   rsnxwcd       rsnx
framework archived                    | -      -       -      rsnxc     -               rsnxc     rsnxc         -
area archived                         | -      -       -      rsnx      -               rsnx      rsnx          -
line archived                         | -      -       -      rsnx      -               rsnx      rsnx          -
rule archived                         | -      -       -      rsnx      -               rsnx      rsnx          -
across archived                       | -      -       -      rsnx      -               rsnx      rsnx          -
milestone archived                    | -      -       -      rsnx      -               rsnx      rsnx          -
source archived                       | -      -       -      rsnx      -               rsnx      rsnx          -
framework published                   | -      rsn     rsn    rsnxc     -               rsnxc     rsnxc         -
area published                        | -      rsn     rsn    rsnx      -               rsnx      rsnx          -
line published                        | -      rsn     rsn    rsnx      -               rsnx      rsnx          -
rule published                        | -      rsn     rsn    rsnx      -               rsnx      rsnx          -
across published                      | -      rsn     rsn    rsnx      -               rsnx      rsnx          -
milestone published                   | -      rsn     rsn    rsnx      -               rsnx      rsnx          -
source published                      | -      rsn     rsn    rsnx      -               rsnx      rsnx          -
framework published, other department | -      -       -      -         rsnxc           rsnxc     rsnxc         -
area published, other department      | -      -       -      -         rsnx            rsnx      rsnx          -
line published, other department      | -      -       -      -         rsnx            rsnx      rsnx          -
rule published, other department      | -      -       -      -         rsnx            rsnx      rsnx          -
across published, other department    | -      -       -      -         rsnx            rsnx      rsnx          -
milestone published, other department | -      -       -      -         rsnx            rsnx      rsnx          -
source published, other department    | -      -       -      -         rsnx            rsnx      rsnx          -
framework draft                       | -      -       -      rsnxwcd   -               rsnxwcd   rsnxwcd       -
area draft                            | -      -       -      rsnxwcd   -               rsnxwcd   rsnxwcd       -
line draft                            | -      -       -      rsnxwcd   -               rsnxwcd   rsnxwcd       -
rule draft                            | -      -       -      rsnxwcd   -               rsnxwcd   rsnxwcd       -
across draft                          | -      -       -      rsnxwcd   -               rsnxwcd   rsnxwcd       -
milestone draft                       | -      -       -      rsnxwcd   -               rsnxwcd   rsnxwcd       -
source draft                          | -      -       -      rsnxwcd   -               rsnxwcd   rsnxwcd       -
framework draft, other department     | -      -       -      -         rsnxwcd         rsnxwcd   rsnxwcd       -
area draft, other department          | -      -       -      -         rsnxwcd         rsnxwcd   rsnxwcd       -
line draft, other department          | -      -       -      -         rsnxwcd         rsnxwcd   rsnxwcd       -
rule draft, other department          | -      -       -      -         rsnxwcd         rsnxwcd   rsnxwcd       -
across draft, other department        | -      -       -      -         rsnxwcd         rsnxwcd   rsnxwcd       -
milestone draft, other department     | -      -       -      -         rsnxwcd         rsnxwcd   rsnxwcd       -
source draft, other department        | -      -       -      -         rsnxwcd         rsnxwcd   rsnxwcd       -
student own                           | -      rsn     -      rsnx      -               rsnxwc    -             -
profile own                           | -      rsnw    -      rsnx      -               rsnx      -             -
passport copy own                     | -      rsncd   -      rsnx      -               rsnx      -             -
change own                            | -      rsn     -      rsnx      -               rsnx      -             -
opening own                           | -      rsn     -      -         -               rsnx      -             -
shared plan own                       | -      rsnwcd -      rsnx      -               rsnx      -             -
plan own                              | -      rsnwcd -      -         -               -         -             -
term of student own                   | -      rsn     -      rsnx      -               rsnxwc    -             -
enrolment own                         | -      rsn     -      rsnx      -               rsnxwc    -             -
recognition own                       | -      rsn     -      rsnxcd    -               rsnxcd    -             -
program own                           | -      rsn     -      rsnx      -               rsnxwcd   -             -
evidence own                          | -      rsn     -      rsnxwcd   -               rsnxwcd   -             -
conflict own                          | -      -       -      rsnx      -               rsnxw        -             -
register own                          | -      -       -      rsnx      -               rsnx      -             -
failed mail own                       | -      -       -      rsnx      -               rsnx      -             -
messages own                          | -      -       -      rsnx      -               rsnx      -             -
student of another department         | -      -       -      -         rsnx            rsnxwc    -             -
profile of another department         | -      -       -      -         rsnx            rsnx      -             -
passport copy of another department   | -      -       -      -         rsnx            rsnx      -             -
change of another department          | -      -       -      -         rsnx            rsnx      -             -
opening of another department         | -      -       -      -         -               rsnx      -             -
shared plan of another department     | -      -      -      -         rsnx            rsnx      -             -
plan of another department            | -      -      -      -         -               -         -             -
term of student of another department | -      -       -      -         rsnx            rsnxwc    -             -
enrolment of another department       | -      -       -      -         rsnx            rsnxwc    -             -
recognition of another department     | -      -       -      -         rsnxcd          rsnxcd    -             -
program of another department         | -      -       -      -         rsnx            rsnxwcd   -             -
evidence of another department        | -      -       -      -         rsnxwcd         rsnxwcd   -             -
conflict of another department        | -      -       -      -         rsnx            rsnxw        -             -
register of another department        | -      -       -      -         rsnx            rsnx      -             -
failed mail of another department     | -      -       -      -         rsnx            rsnx      -             -
messages of another department        | -      -       -      -         rsnx            rsnx      -             -
student of the day division           | -      -       -      rsnx      -               -         rsnxwc        -
profile of the day division           | -      -       -      rsnx      -               -         rsnx          -
passport copy of the day division     | -      -       -      rsnx      -               -         rsnx          -
change of the day division            | -      -       -      rsnx      -               -         rsnx          -
opening of the day division           | -      -       -      -         -               -         rsnx          -
shared plan of the day division       | -      -      -      rsnx      -               -         rsnx          -
plan of the day division              | -      -      -      -         -               -         -             -
term of student of the day division   | -      -       -      rsnx      -               -         rsnxwc        -
enrolment of the day division         | -      -       -      rsnx      -               -         rsnxwc        -
recognition of the day division       | -      -       -      rsnxcd    -               -         rsnxcd        -
program of the day division           | -      -       -      rsnx      -               -         rsnxwcd       -
evidence of the day division          | -      -       -      rsnxwcd   -               -         rsnxwcd       -
conflict of the day division          | -      -       -      rsnx      -               -            rsnxw         -
register of the day division          | -      -       -      rsnx      -               -         rsnx          -
failed mail of the day division       | -      -       -      rsnx      -               -         rsnx          -
messages of the day division          | -      -       -      rsnx      -               -         rsnx          -
audit own                             | -      -       -      rsnx      -               rsnx      -             -
audit of another department           | -      -       -      -         rsnx            rsnx      -             -
audit of the day division             | -      -       -      rsnx      -               -         rsnx          -
audit that is due                     | -      -       -      -         -               -         -             -
audit run                             | -      -       -      -         -               rsnxc     rsnxc         -
password request                      | -      -       -      -         -               -         -             -
printed paper                         | -      -       -      -         -               -         -             -
revise wizard                         | -      -       -      -         -               rsnxwcd   c             -
import wizard                         | -      -       -      -         -               -         -             rsnxwcd
export wizard                         | -      -       -      rsnxwcd   c               c         c             -
import problem                        | -      -       -      -         -               -         -             rsnxwcd
import mapping                        | -      -       -      -         -               -         -             rsnxwcd
mapped header                         | -      -       -      -         -               -         -             rsnxwcd
import                                | -      -       -      -         -               rsnx      rsnx          rsnx
import progress                       | -      -       -      -         -               -         -             -
import file                           | -      -       -      -         -               rsnx      rsnx          rsnx
publish dialog                        | -      -       -      c         -               rsnxwcd   c             -
effect on a student                   | -      -       -      -         -               rsnx      -             -
copy dialog                           | -      -       -      rsnxwcd   c               c         c             -
copy                                  | -      -       -      rsnxwcd   -               -         -             -
compare dialog                        | -      -       -      rsnxwcd   -               c         c             -
what-if dialog                        | -      -       -      rsnxwcd   -               c         -             -
change of a setting                   | -      -       -      -         -               rsnx      rsnx          -
erasure dialog                        | -      -       -      -         -               rsnxwcd   -             -
text erasure dialog                   | -      -       -      -         -               rsnxwcd   c             -
retention plan                        | -      -       -      -         -               rsnxwcd   c             -
block, other department               | -      -       -      rsnx      rsnxc           rsnxc     rsnxc         -
area of block, other department       | -      -       -      rsnx      rsnx            rsnx      rsnx          -
line of block, other department       | -      -       -      rsnx      rsnx            rsnx      rsnx          -
rule of block, other department       | -      -       -      rsnx      rsnx            rsnx      rsnx          -
across of block, other department     | -      -       -      rsnx      rsnx            rsnx      rsnx          -
milestone of block, other department  | -      -       -      rsnx      rsnx            rsnx      rsnx          -
source of block, other department     | -      -       -      rsnx      rsnx            rsnx      rsnx          -
block draft                           | -      -       -      -         rsnxwcd         rsnxwcd   rsnxwcd       -
area of block draft                   | -      -       -      -         rsnxwcd         rsnxwcd   rsnxwcd       -
line of block draft                   | -      -       -      -         rsnxwcd         rsnxwcd   rsnxwcd       -
rule of block draft                   | -      -       -      -         rsnxwcd         rsnxwcd   rsnxwcd       -
across of block draft                 | -      -       -      -         rsnxwcd         rsnxwcd   rsnxwcd       -
milestone of block draft              | -      -       -      -         rsnxwcd         rsnxwcd   rsnxwcd       -
source of block draft                 | -      -       -      -         rsnxwcd         rsnxwcd   rsnxwcd       -
"""  # noqa: E501

REGISTRARS = {"registrar", "registrar_day"}

# Public method → record of the table → roles whose call changes anything. Anyone who is not
# named here is refused, or nothing happens.
CALLS = {
    "ntue.curriculum.action_publish": {
        "framework draft": REGISTRARS,
        "framework draft, other department": REGISTRARS,
        "framework published": set(),
        "framework archived": set(),
    },
    "ntue.curriculum.action_review": {
        "framework draft": {"assistant", *REGISTRARS},
        "framework draft, other department": {"other_assistant", *REGISTRARS},
        "framework published": set(),
        "framework archived": set(),
    },
    "ntue.curriculum.action_next_year": {
        "framework draft": set(),
        "framework published": {"assistant", *REGISTRARS},
        "framework published, other department": {"other_assistant", *REGISTRARS},
        "framework archived": set(),
        "block, other department": {"other_assistant", *REGISTRARS},
    },
    "ntue.curriculum.action_compare": {"framework published": set()},
    "ntue.curriculum.copy": {
        "framework draft": {"assistant", *REGISTRARS},
        "framework published": {"assistant", *REGISTRARS},
        "framework archived": {"assistant", *REGISTRARS},
        "framework published, other department": {"other_assistant", *REGISTRARS},
        "block, other department": {"other_assistant", *REGISTRARS},
    },
    "ntue.curriculum.publish.action_publish": {"publish dialog": {"registrar"}},
    "ntue.curriculum.copy.action_copy": {"copy dialog": {"assistant"}},
    "ntue.curriculum.copy.line.action_open": {"copy": set()},
    "ntue.curriculum.compare.action_print": {"compare dialog": set()},
    "ntue.student.action_what_if": {"student own": set()},
    "ntue.student.action_decide": {"student own": set()},
    "ntue.student.action_erasure": {"student own": set()},
    # Nothing happens without a reason, and to nobody who is enrolled: see test_erasure.
    "ntue.student.erasure.action_erase": {"erasure dialog": set()},
    # Nothing happens without a reason, and to nobody's own entry: see test_erased_texts.
    "ntue.log.erasure.action_erase": {"text erasure dialog": set()},
    "ntue.student.what.if.action_rebind": {"what-if dialog": set()},
    "ntue.audit.action_open_student": {"audit own": set()},
    "ntue.curriculum.revise.action_revise": {"revise wizard": {"registrar"}},
    "ntue.import.conflict.action_keep": {
        "conflict own": {"registrar"},
        "conflict of another department": {"registrar"},
        "conflict of the day division": {"registrar_day"},
    },
    "ntue.import.conflict.action_take": {
        "conflict own": {"registrar"},
        "conflict of another department": {"registrar"},
        "conflict of the day division": {"registrar_day"},
    },
    "ntue.export.wizard.action_download": {"export wizard": set()},
    # A call without files is none: see test_import_feed.
    "ntue.import.receive": {"import": set()},
    "ntue.import.action_stop": {"import": {"operator"}},
    # It was not sent by a dialog: see test_import_job.
    "ntue.import.action_dialog": {"import": set()},
    # Without the dialog of an import there is nothing to go back to.
    "ntue.import.mapping.action_use": {"import mapping": set()},
    "ntue.import.wizard.action_map": {"import wizard": {"operator"}},
    "ntue.import.wizard.action_check": {"import wizard": {"operator"}},
    "ntue.import.wizard.action_import": {"import wizard": {"operator"}},
    # What changes is a mail of Odoo's: see test_failed_mails.
    "ntue.failed.mail.action_send_again": {"failed mail own": set()},
    "ntue.student.correspondence.message_post": {
        "messages own": {"assistant", "registrar"},
        "messages of another department": {"other_assistant", "registrar"},
        "messages of the day division": {"assistant", "registrar_day"},
    },
    # Whom to tell or to subscribe is said with the call.
    "ntue.student.correspondence.message_notify": {"messages own": set()},
    "ntue.student.correspondence.message_mail_with_source": {"messages own": set()},
    "ntue.student.correspondence.message_subscribe": {"messages own": set()},
    "ntue.student.correspondence.message_unsubscribe": {"messages own": set()},
    # Mail comes in by an administrator's hand only.
    "ntue.student.correspondence.message_parse": {"messages own": set()},
    "ntue.student.correspondence.message_process": {"messages own": set()},
    "ntue.student.correspondence.message_route": {"messages own": set()},
}


@tagged("post_install", "-at_install")
class TestAccess(AccessCase):
    table, calls = TABLE, CALLS

    @classmethod
    def add_people(cls):
        records.people(cls)
        records.drafts(cls)
        records.block(cls)

    def rows(self):
        return {**records.rows(self), **records.block_rows(self)}

    @crossing
    def test_I9_every_model_answers_every_role_as_the_table_says(self):
        self.assert_table()

    def test_an_import_is_its_operators_own(self):
        colleague = school_of.user(
            self.env, "operator2@staff.example.com", school_of.GROUPS["operator"]
        )
        rows = self.rows()
        for title in ("import wizard", "import problem"):
            with self.subTest(title=title):
                self.assertEqual(self.cell(colleague, rows[title]).strip("c-"), "")

    def test_the_table_asks_about_every_model_of_the_addon(self):
        self.assertEqual(self.models_asked(), own_models(self.env, ADDON))

    def test_every_public_method_answers_the_roles_that_the_table_names_only(self):
        self.assert_calls()

    def test_the_table_names_every_public_method_of_the_addon(self):
        self.assertEqual(self.public_methods(own_models(self.env, ADDON)), set(CALLS))

    def test_no_private_method_can_be_called_remotely(self):
        found = private_methods(self.env)
        self.assertIn(("ntue.curriculum", "_set"), found)
        for model, method in found:
            with self.assertRaises(AccessError, msg=f"{model}.{method}"):
                get_public_method(self.env[model], method)
