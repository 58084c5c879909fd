from odoo.addons.ntue_curriculum.tests.common import CHANGED, REFUSED
from odoo.tests import tagged

from .common import APPLICATION, LINE, TICKABLE, GraduationCase, Way


@tagged("post_install", "-at_install")
class TestRows(GraduationCase):
    """The frozen rows: decided on by the assistant while they wait, never changed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.record = cls.way.submitted().record
        cls.rows = {row.offering_no: row for row in cls.record.line_ids}

    def decide(self, number, **vals):
        return self.outcome(self.assistant, LINE, "write", self.rows[number].ids, vals)

    def test_I7_a_frozen_row_is_decided_on_and_not_changed(self):
        for name, value in (
            ("ticked", False),
            ("credits", 9),
            ("name", "Forged"),
            ("label", "Forged"),
            ("score", "100"),
            ("origin", False),
            ("application_id", self.record.id),
            ("enrollment_id", self.rows["0501"].enrollment_id.id),
            ("decided_by_id", self.registrar.id),
            ("decided_at", "2001-01-01 00:00:00"),
        ):
            with self.subTest(name=name):
                self.assertEqual(self.decide("0733", **{name: value}), REFUSED)
                both = {name: value, "decision": "accepted"}
                self.assertEqual(self.decide("0733", **both), REFUSED)

    def test_D19_a_decision_names_what_it_decides(self):
        area = self.framework.area_ids[0].id
        foreign = self.cict_framework.area_ids[0].id
        for number, vals, expected in (
            ("0733", {"decision": "accepted"}, CHANGED),
            ("0733", {"decision": "mapped", "mapped_area_id": area}, CHANGED),
            ("0733", {"decision": "refused", "decision_reason": "Too far"}, CHANGED),
            ("0733", {"decision": "refused"}, REFUSED),
            ("0733", {"decision": "mapped"}, REFUSED),
            ("0733", {"decision": "mapped", "mapped_area_id": foreign}, REFUSED),
            ("0733", {"decision": "accepted", "mapped_area_id": area}, REFUSED),
            ("0648", {"decision": "accepted"}, REFUSED),
            ("0650", {"decision": "mapped", "mapped_area_id": area}, REFUSED),
        ):
            with self.subTest(number=number, vals=vals):
                self.assertEqual(self.decide(number, **vals), expected)

    def test_an_unticked_course_is_not_accepted_though_it_may_be_mapped(self):
        self.way.send_back()
        self.way.by_student("write", {"shortfall_acknowledged": True})
        self.way.tick("0733").submit()
        self.rows = {row.offering_no: row for row in self.record.line_ids}
        area = self.framework.area_ids[0].id
        self.assertEqual(self.decide("0812", decision="accepted"), REFUSED)
        self.assertEqual(self.decide("0812", decision="mapped", mapped_area_id=area), CHANGED)

    def test_the_decision_list_of_the_form_reaches_its_own_rows_only(self):
        other = Way(self, self.new_student("210941006", "同學")).submitted().record
        foreign = other.line_ids.filtered(lambda row: row.offering_no == "0733")
        elsewhere = self.new_student("210943003", "他系學生", of_framework=self.cict_framework)
        distant = Way(self, elsewhere)
        distant.case.assistant, mine = self.other_assistant, self.assistant
        rows = distant.submitted().record.line_ids.filtered(lambda row: row.offering_no == "0733")
        self.assistant = mine
        new = {"enrollment_id": self.student.enrollment_ids[0].id, "name": "New"}
        accepted = {"decision": "accepted"}
        for commands, expected in (
            ([(1, self.rows["0733"].id, accepted)], CHANGED),
            ([(0, 0, new)], REFUSED),
            ([(2, self.rows["0733"].id)], REFUSED),
            ([(4, foreign.id)], REFUSED),
            ([(1, rows.id, accepted)], REFUSED),
            ([(5,)], REFUSED),
            ([(6, 0, [])], REFUSED),
        ):
            with self.subTest(commands=commands):
                vals = {"outside_line_ids": commands}
                found = self.outcome(self.assistant, APPLICATION, "write", self.record.ids, vals)
                self.assertEqual(found, expected)

    def test_decisions_end_with_the_first_review(self):
        self.way.receive().decide().pass_first()
        self.assertEqual(self.decide("0733", decision="refused", decision_reason="x"), REFUSED)
        self.assertEqual({*TICKABLE}, {row.offering_no for row in self.record.outside_line_ids})
