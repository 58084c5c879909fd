"""A student who may graduate, and the steps of the way as the people concerned take them."""

import copy

from odoo.addons.ntue_curriculum.tests import school as school_of
from odoo.addons.ntue_curriculum.tests.common import SchoolCase, SchoolHttpCase
from odoo.addons.ntue_curriculum.tests.upgrades import upgrade

APPLICATION = "ntue.graduation.application"
LINE = "ntue.graduation.application.line"
EVENT = "ntue.graduation.event"

TICKABLE = ("0733", "0812")
"""Offering numbers of the two courses from outside the framework."""


def window(school, **values):
    """The window of 1141 as the notice gives it; a later final leaving date."""
    return school.env["ntue.graduation.window"].create(
        {
            "term_id": school.terms["1141"].id,
            "division": "continuing",
            "date_open": "2025-10-27",
            "date_close": "2025-11-21",
            "date_leave": "2026-02-13",
            **values,
        }
    )


def forge(env, query, values):
    """Change the log as a superuser of the database could, past the guard that is there."""
    env.flush_all()
    env.cr.execute("ALTER TABLE ntue_graduation_event DISABLE TRIGGER USER")
    env.cr.execute(query, values)
    env.cr.execute("ALTER TABLE ntue_graduation_event ENABLE TRIGGER USER")
    env.invalidate_all()


def upgraded(env, topic, version="19.0.1.3.0"):
    """Run the script of an upgrade, as when the addon comes to ``version``."""
    upgrade(env, "ntue_graduation", version, f"post-{topic}")


class Way:
    """Steps of one application, each by anyone who takes it; refusals come as they are.

    ``case`` is a test, or the class of tests where its ``setUpClass`` takes the steps.
    """

    def __init__(self, case, student):
        self.case = case
        self.student = student
        self.account = school_of.account_of(student)
        self.record = case.env[APPLICATION]

    def in_test(self, test):
        """A copy that goes on from here in ``test``: its steps leave this one where it is."""
        way = copy.copy(self)
        way.case = test
        return way

    def call(self, user, method, *args, **kwargs):
        result = self.case.rpc(user, APPLICATION, method, self.record.ids, *args, **kwargs)
        self.record.invalidate_recordset()
        return result

    def by_student(self, method, *args, **kwargs):
        return self.call(self.account, method, *args, **kwargs)

    def by_assistant(self, method, *args, **kwargs):
        return self.call(self.case.assistant, method, *args, **kwargs)

    def by_registrar(self, method, *args, **kwargs):
        return self.call(self.case.registrar, method, *args, **kwargs)

    def start(self):
        vals = {"student_id": self.student.id}
        number = self.case.rpc(self.account, APPLICATION, "create", vals)
        self.record = self.case.env[APPLICATION].browse(number)
        return self

    def ticks(self, *numbers):
        rows = self.student.enrollment_ids.filtered(lambda row: row.offering_no in numbers)
        return [(6, 0, rows.ids)]

    def tick(self, *numbers):
        self.by_student("write", {"tick_ids": self.ticks(*numbers)})
        return self

    def submit(self):
        self.by_student("action_submit")
        return self

    def receive(self):
        self.by_assistant("action_receive_paper")
        return self

    def decide(self, **decisions):
        """Decide the ticked rows: accepted, or as given by offering number."""
        for row in self.record.line_ids.filtered("ticked"):
            vals = decisions.get(f"no_{row.offering_no}", {"decision": "accepted"})
            self.case.rpc(self.case.assistant, LINE, "write", row.ids, vals)
        return self

    def pass_first(self):
        self.by_assistant("action_pass_first")
        return self

    def grade(self, score, number="0901"):
        """The grade comes in from the old system."""
        school_of.enrolment(self.student, number).write(
            {
                "is_graded": True,
                "score": score,
                "grade_locked": True,
                "state": "passed" if score >= 70 else "failed",
            }
        )
        return self

    def pass_second(self):
        self.by_registrar("action_pass_second")
        return self

    def send_back(self, deadline="2025-12-05", reason="English name differs"):
        self.by_assistant("write", {"review_reason": reason, "return_deadline": deadline})
        self.by_assistant("action_return")
        return self

    # Where a test may begin

    def drafted(self):
        return self.start().tick(*TICKABLE)

    def submitted(self):
        return self.drafted().submit()

    def reviewed(self):
        """Everything the first review asks for is there."""
        return self.submitted().receive().decide()

    def first_passed(self):
        return self.reviewed().pass_first()

    def second_passed(self):
        return self.first_passed().grade(85).pass_second()

    def returned(self):
        return self.submitted().send_back()

    def position(self):
        self.record.invalidate_recordset()
        return "/".join((self.record.state, self.record.first_review, self.record.second_review))


class InWindow:
    """The school with its window of 1141 and worked student 1, who has done nothing yet.

    Where all tests of a class begin further on, its ``setUpClass`` takes ``cls.way`` there.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.window = window(cls.school)
        cls.student = cls.new_student("210941001", "王大明")
        cls.way = Way(cls, cls.student)

    def setUp(self):
        super().setUp()
        self.way = self.way.in_test(self)

    def way_of(self, student):
        return Way(self, student)


class GraduationCase(InWindow, SchoolCase):
    """In the window, by calls."""


class GraduationHttpCase(InWindow, SchoolHttpCase):
    """The same, by the door that browsers come in, and a fellow student who tries it too."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.fellow = cls.new_student("210941002", "同系同學")
