"""The life of an application as a table: every step at every position by every role, over RPC."""

import itertools

from odoo.addons.ntue_curriculum.tests import access
from odoo.addons.ntue_curriculum.tests import school as school_of
from odoo.addons.ntue_curriculum.tests.access import draw, tidy
from odoo.addons.ntue_curriculum.tests.common import CHANGED, crossing, unexplained
from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from .. import workflow
from ..workflow import Position
from .common import APPLICATION, LINE, GraduationCase, Way
from .records import waiver
from .stands import ENDS, POSITIONS, REASON, STANDS, at_each, lapse

EXCEPTION = "ntue.graduation.exception"

ROLES = (*access.ROLES, "stranger", "clerk", "manager")
LETTERS = dict(zip(ROLES, "psfaordxtcm", strict=True))
"""p public, s student, f fellow of the department, a assistant of the department, o of
another, r registrar of the division, d of the day division, x operator, t student of another
department, c staff of no group, m who sets Odoo up. Anyone who reviews and studies here, too, has
a test of their own."""

# A cell names who may take the step there; "-" is nobody.
TABLE = """
                    | draft returned submitted supplement first_passed first_failed second_passed second_failed completed lapsed
start               | -     -        -         -          -            -            -             -             -         -
save                | s     s        -         -          -            -            -             -             -         -
discard             | s     -        -         -          -            -            -             -             -         -
submit              | s     s        -         -          -            -            -             -             -         -
receive_paper       | -     -        a         a          -            -            -             -             -         -
decide              | -     -        a         a          -            -            -             -             -         -
except              | -     -        a         a          -            -            -             -             -         -
withdraw_exception  | -     -        a         a          -            -            -             -             -         -
check_by_hand       | -     -        a         a          -            -            -             -             -         -
give_reason         | -     -        a         a          r            -            -             -             -         -
give_deadline       | -     -        a         a          -            -            -             -             -         -
ask_supplement      | -     -        a         -          -            -            -             -             -         -
supplement_received | -     -        -         a          -            -            -             -             -         -
withdraw_supplement | -     -        -         a          -            -            -             -             -         -
pass_first          | -     -        a         -          -            -            -             -             -         -
fail_first          | -     -        a         a          -            -            -             -             -         -
return              | -     -        a         a          -            -            -             -             -         -
take_back           | -     -        -         -          a            a            r             r             r         r
hand_back           | -     -        -         -          r            -            -             -             -         -
override            | -     -        -         -          r            -            r             -             -         -
pass_second         | -     -        -         -          r            -            -             -             -         -
fail_second         | -     -        -         -          r            -            -             -             -         -
leave_on            | -     -        -         -          -            -            r             -             -         -
complete            | -     -        -         -          -            -            r             -             -         -
lapse               | -     -        -         -          -            -            -             -             -         -
accept_profile      | -     -        -         -          r            -            r             -             r         -
"""  # noqa: E501

# Step → what a client calls for it.
CALLS = {
    "save": ("write", {"shortfall_acknowledged": True}),
    "discard": ("unlink",),
    "submit": ("action_submit",),
    "receive_paper": ("write", {"paper_received_on": "2025-11-08"}),
    "check_by_hand": ("write", {"hand_checked": True}),
    "give_reason": ("write", {"review_reason": "Another reason"}),
    "give_deadline": ("write", {"return_deadline": "2025-12-06"}),
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
    "leave_on": ("write", {"left_on": "2025-11-08"}),
    "complete": ("action_complete",),
    "lapse": ("write", {"state": "lapsed"}),
    "accept_profile": ("action_accept_profile",),
}


class TransitionCase(GraduationCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.fellow = cls.new_student("210941002", "同系同學")
        cls.stranger = cls.new_student("010943003", "他系學生", of_framework=cls.cict_framework)
        for name, groups in (("clerk", school_of.STAFF), ("manager", "base.group_system")):
            setattr(cls, name, school_of.user(cls.env, f"{name}@staff.example.com", groups))

    def users(self):
        people = {role: getattr(self, role) for role in ROLES if role != "public"}
        found = {
            role: person.partner_id.user_ids if "student_no" in person else person
            for role, person in people.items()
        }
        return {"public": self.env.ref("base.public_user"), **found}

    def stand(self, name):
        STANDS[name](self.way)
        self.assert_stands(name)

    def assert_stands(self, name):
        self.assertEqual(self.way.position(), POSITIONS[name])
        self.student.mobile = "0911-111-111"  # changed since submission (D6)

    def at_each_stand(self, look, names=tuple(STANDS)):
        """Call ``look(name)`` with ``self.way`` at each of the stands; see ``stands.at_each``."""

        def there(name):
            self.assert_stands(name)
            look(name)

        self.way = Way(self, self.student)
        at_each(self.way, there, names)

    @staticmethod
    def cells(name):
        """The letters of whoever may take each step where the application is, by step."""
        place = list(STANDS).index(name)
        rows = [row.split("|") for row in TABLE.strip("\n").splitlines()][1:]
        return {title.strip(): cells.split()[place].strip("-") for title, cells in rows}

    def call_of(self, step):
        """Model, method and arguments of the call for ``step``."""
        record = self.way.record
        if step == "decide":
            rows = record.line_ids.filtered("ticked")
            vals = {"decision": "refused", "decision_reason": REASON}
            return LINE, "write", rows.ids, vals
        if step == "except":
            return EXCEPTION, "create", waiver(self.way, "SRD001")
        if step == "withdraw_exception":
            return EXCEPTION, "unlink", record.exception_ids.ids
        if step == "start":
            return APPLICATION, "create", {"student_id": self.student.id}
        method, *args = CALLS[step]
        return APPLICATION, method, record.ids, *args


@tagged("post_install", "-at_install")
class TestTransitions(TransitionCase):
    maxDiff = None

    def steps(self):
        """The titles of the table's rows."""
        return [row.split("|")[0].strip() for row in TABLE.strip("\n").splitlines()][1:]

    def who(self, step, users):
        """The letters of everybody whose call takes ``step`` where the application is."""
        call = self.call_of(step)
        taken = [role for role in ROLES if self.outcome(users[role], *call) == CHANGED]
        return "".join(LETTERS[role] for role in taken) or "-"

    @crossing
    def test_every_step_at_every_position_by_every_role_is_as_the_table_says(self):
        cells, users = {}, self.users()

        def look(name):
            cells.update({(step, name): self.who(step, users) for step in self.steps()})

        self.at_each_stand(look)
        lines = [
            ["", *STANDS],
            *([step, *(cells[step, name] for name in STANDS)] for step in self.steps()),
        ]
        self.assertEqual(draw(lines), tidy(TABLE))

    @crossing
    def test_D31_whatever_has_lapsed_is_taken_back_by_the_registrar_and_moved_by_nobody(self):
        """A draft that was never submitted is taken back by nobody either (I9)."""
        befores, users = [name for name in STANDS if name not in ENDS], self.users()
        sources = {step.source for step in workflow.TRANSITIONS if step.action == "lapse"}
        self.assertEqual({Position(*POSITIONS[name].split("/")) for name in befores}, sources)

        def look(name):
            lapse(self.way)
            self.assertEqual(self.way.record.state, "lapsed")
            for step in self.steps():
                with self.subTest(stood=name, step=step):
                    is_back = step == "take_back" and name != "draft"
                    self.assertEqual(self.who(step, users), "r" if is_back else "-")

        self.at_each_stand(look, befores)

    def test_every_step_of_the_workflow_stands_in_the_table(self):
        steps = {row.action for row in (*workflow.TRANSITIONS, *workflow.IN_PLACE)}
        steps = {"take_back" if step.startswith("take_back") else step for step in steps}
        self.assertLessEqual(steps, set(self.steps()))

    def test_every_field_that_somebody_may_fill_in_stands_in_the_table(self):
        """Those that are filled in by steps are named here."""
        written = {name for call in CALLS.values() if call[0] == "write" for name in call[1]}
        by_steps = {
            "outside_line_ids",  # decide
            "exception_ids",  # except
            "profile_accepted_at",  # accept_profile
            "tick_ids",  # save, with the rest of a draft
            "teacher_ed_answer",
            "teacher_ed_confirmed",
        }
        fillable = frozenset().union(*workflow.WRITABLE.values())
        self.assertEqual(fillable - written, by_steps)

    @crossing
    def test_a_state_written_by_hand_goes_where_a_step_goes_and_nowhere_else(self):
        """Every position, every role, every other position; a step that asks why is refused."""
        users = self.users()
        roles = {"student": "student", "assistant": "assistant", "registrar": "registrar"}
        targets = {Position(*text.split("/")) for text in POSITIONS.values()}

        def look(name):
            source = Position(*POSITIONS[name].split("/"))
            for role, target in itertools.product(ROLES, sorted(targets - {source})):
                mine = {workflow.Role(roles[role])} if role in roles else set()
                step = workflow.find(source, target, mine)
                asks = step and ("step_reason_given" in step.guards or name == "supplement")
                allowed = step and not (asks and step.action not in ("fail_first", "return"))
                with self.subTest(stands=name, role=role, target=target):
                    self.assertEqual(self.moves(users[role], target), bool(allowed))

        self.at_each_stand(look)

    def moves(self, user, target):
        vals = dict(zip(("state", "first_review", "second_review"), target, strict=True))
        try:
            with self.undone(), unexplained():
                self.rpc(user, APPLICATION, "write", self.way.record.ids, vals)
                return self.way.position() == "/".join(target)
        except UserError:
            return False

    @crossing
    def test_nobody_takes_any_step_on_their_own_application(self):
        """The good case is in the table; here the reviewer is the student."""
        reviewers = {"a": self.assistant, "r": self.registrar}

        def look(name):
            for step, letter in self.cells(name).items():
                if letter not in reviewers:
                    continue
                with self.subTest(step=step, stands=name), self.undone():
                    self.student.partner_id = reviewers[letter].partner_id
                    told = self.refused(reviewers[letter], *self.call_of(step))
                    self.assertIn("Nobody reviews their own application", told)

        self.at_each_stand(look)

    def test_D31_the_system_alone_lets_lapse_and_after_the_day_only(self):

        def look(name):
            with self.subTest(stands=name), freeze_time("2026-03-01 04:00:00"):
                for user in self.users().values():
                    self.refused(
                        user, APPLICATION, "write", self.way.record.ids, {"state": "lapsed"}
                    )
                self.way.record.write({"state": "lapsed"})
                self.assertEqual(self.way.record.state, "lapsed")

        self.at_each_stand(look, [name for name in STANDS if name not in ENDS])
