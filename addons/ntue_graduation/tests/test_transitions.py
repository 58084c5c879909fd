"""The life of an application as a table: every step at every position by every role, over RPC."""

import itertools

from odoo.addons.ntue_curriculum.tests.access import ROLES, draw, tidy
from odoo.addons.ntue_curriculum.tests.common import CHANGED
from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from .. import workflow
from ..workflow import Position
from .common import APPLICATION, LINE, TICKABLE, GraduationCase, Way

EXCEPTION = "ntue.graduation.exception"

LETTERS = dict(zip(ROLES, "-sfaordx", strict=True))
"""s student, f fellow, a assistant of the department, o of another, r registrar of the
division, d of the day division, x operator; the public user shares the dash."""

# A cell names who may take the step there; "-" is nobody.
TABLE = """
                    | draft returned submitted supplement first_passed first_failed second_passed second_failed completed lapsed
save                | s     s        -         -          -            -            -             -             -         -
discard             | s     -        -         -          -            -            -             -             -         -
submit              | s     s        -         -          -            -            -             -             -         -
receive_paper       | -     -        a         a          -            -            -             -             -         -
decide              | -     -        a         a          -            -            -             -             -         -
except              | -     -        a         a          -            -            -             -             -         -
ask_supplement      | -     -        a         -          -            -            -             -             -         -
supplement_received | -     -        -         a          -            -            -             -             -         -
withdraw_supplement | -     -        -         a          -            -            -             -             -         -
pass_first          | -     -        a         -          -            -            -             -             -         -
fail_first          | -     -        a         a          -            -            -             -             -         -
return              | -     -        a         a          -            -            -             -             -         -
take_back           | -     -        -         -          a            a            r             r             -         -
hand_back           | -     -        -         -          r            -            -             -             -         -
override            | -     -        -         -          r            -            r             -             -         -
pass_second         | -     -        -         -          r            -            -             -             -         -
fail_second         | -     -        -         -          r            -            -             -             -         -
complete            | -     -        -         -          -            -            r             -             -         -
accept_profile      | -     -        -         -          r            -            r             -             r         -
"""  # noqa: E501

REASON = "Seen with the student"

# Step → what a client calls for it.
CALLS = {
    "save": ("write", {"shortfall_acknowledged": True}),
    "discard": ("unlink",),
    "submit": ("action_submit",),
    "receive_paper": ("action_receive_paper",),
    "ask_supplement": ("action_ask_supplement", REASON, "2025-12-05"),
    "supplement_received": ("action_supplement_received",),
    "withdraw_supplement": ("action_withdraw_supplement", REASON),
    "pass_first": ("action_pass_first",),
    "fail_first": ("action_fail_first",),
    "return": ("action_return",),
    "take_back": ("action_take_back", REASON),
    "hand_back": ("action_hand_back",),
    "override": ("write", {"override_reason": REASON}),
    "pass_second": ("action_pass_second",),
    "fail_second": ("action_fail_second",),
    "complete": ("action_complete",),
    "accept_profile": ("action_accept_profile",),
}

TELLING = {"review_reason": REASON, "return_deadline": "2025-12-05"}
"""What a return and a refusal ask for besides."""


def failed(way):
    way.submitted().by_assistant("write", {"review_reason": REASON})
    way.by_assistant("action_fail_first")


def ready(way):
    way.reviewed().by_assistant("write", TELLING)


def supplement(way):
    ready(way)
    way.by_assistant("action_ask_supplement", REASON, "2025-12-05")


def first_passed(way):
    way.first_passed().grade(85).by_registrar("write", {"review_reason": REASON})


def second_failed(way):
    first_passed(way)
    way.by_registrar("action_fail_second")


def completed(way):
    way.second_passed().by_registrar("action_complete")


def lapsed(way):
    way.first_passed()
    with freeze_time("2026-03-01 04:00:00"):
        way.case.env[APPLICATION]._lapse_overdue()


# Where an application may stand, with all that any step from there asks for.
STANDS = {
    "draft": lambda way: way.drafted(),
    "returned": lambda way: way.returned().tick(*TICKABLE),
    "submitted": ready,
    "supplement": supplement,
    "first_passed": first_passed,
    "first_failed": failed,
    "second_passed": lambda way: way.second_passed(),
    "second_failed": second_failed,
    "completed": completed,
    "lapsed": lapsed,
}

POSITIONS = {
    "draft": "draft/pending/pending",
    "returned": "draft/returned/pending",
    "submitted": "submitted/pending/pending",
    "supplement": "submitted/pending/pending",
    "first_passed": "submitted/passed/pending",
    "first_failed": "submitted/failed/pending",
    "second_passed": "submitted/passed/passed",
    "second_failed": "submitted/passed/failed",
    "completed": "completed/passed/passed",
    "lapsed": "lapsed/passed/pending",
}


class TransitionCase(GraduationCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.fellow = cls.new_student("210941002", "同系同學")

    def users(self):
        people = {role: getattr(self, role) for role in ROLES if role != "public"}
        found = {
            role: person.partner_id.user_ids if "student_no" in person else person
            for role, person in people.items()
        }
        return {"public": self.env.ref("base.public_user"), **found}

    def stand(self, name):
        STANDS[name](self.way)
        self.assertEqual(self.way.position(), POSITIONS[name])
        self.student.mobile = "0911-111-111"  # changed since submission (D6)

    def call_of(self, step):
        """Model, method and arguments of the call for ``step``."""
        record = self.way.record
        if step == "decide":
            rows = record.line_ids.filtered("ticked")
            vals = {"decision": "refused", "decision_reason": REASON}
            return LINE, "write", rows.ids, vals
        if step == "except":
            line = self.framework.line_ids.filtered(lambda row: row.course_id.code == "SRD011")
            vals = {"application_id": record.id, "line_id": line.id, "reason": REASON}
            return EXCEPTION, "create", {**vals, "kind": "waived"}
        method, *args = CALLS[step]
        return APPLICATION, method, record.ids, *args


@tagged("post_install", "-at_install")
class TestTransitions(TransitionCase):
    maxDiff = None

    def test_every_step_at_every_position_by_every_role_is_as_the_table_says(self):
        steps = [row.split("|")[0].strip() for row in TABLE.strip("\n").splitlines()][1:]
        users, cells = self.users(), {}
        for name in STANDS:
            with self.undone():
                self.way = Way(self, self.student)
                self.stand(name)
                for step in steps:
                    call = self.call_of(step)
                    who = [role for role in ROLES if self.outcome(users[role], *call) == CHANGED]
                    cells[step, name] = "".join(LETTERS[role] for role in who) or "-"
        lines = [
            ["", *STANDS],
            *([step, *(cells[step, name] for name in STANDS)] for step in steps),
        ]
        self.assertEqual(draw(lines), tidy(TABLE))

    def test_every_step_of_the_workflow_stands_in_the_table(self):
        named = {row.split("|")[0].strip() for row in TABLE.strip("\n").splitlines()}
        steps = {row.action for row in (*workflow.TRANSITIONS, *workflow.IN_PLACE)}
        steps = {
            step.replace("_first", "").replace("_second", "") if "back" in step else step
            for step in steps
        }
        self.assertLessEqual(steps - {"lapse"}, named)

    def test_a_state_written_by_hand_goes_where_a_step_goes_and_nowhere_else(self):
        """Every position, every role, every other position; a step that asks why is refused."""
        users = self.users()
        roles = {"student": "student", "assistant": "assistant", "registrar": "registrar"}
        targets = {Position(*text.split("/")) for text in POSITIONS.values()}
        for name in STANDS:
            with self.undone():
                self.way = Way(self, self.student)
                self.stand(name)
                source = Position(*POSITIONS[name].split("/"))
                for role, target in itertools.product(ROLES, sorted(targets - {source})):
                    mine = {workflow.Role(roles[role])} if role in roles else set()
                    step = workflow.find(source, target, mine)
                    asks = step and ("step_reason_given" in step.guards or name == "supplement")
                    allowed = step and not (asks and step.action not in ("fail_first", "return"))
                    with self.subTest(stands=name, role=role, target=target):
                        self.assertEqual(self.moves(users[role], target), bool(allowed))

    def moves(self, user, target):
        vals = dict(zip(("state", "first_review", "second_review"), target, strict=True))
        try:
            with self.undone():
                self.rpc(user, APPLICATION, "write", self.way.record.ids, vals)
                return self.way.position() == "/".join(target)
        except UserError:
            return False

    def test_nobody_takes_any_step_on_their_own_application(self):
        """The good case stands in the table; here the reviewer is the student."""
        reviewers = {"a": self.assistant, "r": self.registrar}
        rows = [row.split("|") for row in TABLE.strip("\n").splitlines()][1:]
        for step, cells in ((title.strip(), cells.split()) for title, cells in rows):
            for name, letter in zip(STANDS, cells, strict=True):
                if letter not in reviewers:
                    continue
                with self.subTest(step=step, stands=name), self.undone():
                    self.way = Way(self, self.student)
                    self.stand(name)
                    self.student.partner_id = reviewers[letter].partner_id
                    told = self.refused(reviewers[letter], *self.call_of(step))
                    self.assertIn("Nobody reviews their own application", told)

    def test_D31_the_system_alone_lets_lapse_and_after_the_day_only(self):
        for name in STANDS:
            if name in ("completed", "lapsed"):
                continue
            with self.subTest(stands=name), self.undone():
                self.way = Way(self, self.student)
                self.stand(name)
                with freeze_time("2026-03-01 04:00:00"):
                    for user in self.users().values():
                        self.refused(
                            user, APPLICATION, "write", self.way.record.ids, {"state": "lapsed"}
                        )
                    self.way.record.write({"state": "lapsed"})
                self.assertEqual(self.way.record.state, "lapsed")
