from odoo.tests import tagged

from .common import GraduationCase
from .records import excepted


@tagged("post_install", "-at_install")
class TestFrameworkChange(GraduationCase):
    """A revision of a framework while applications are open: those students are first."""

    def setUp(self):
        super().setUp()
        self.fellow = self.new_student("210941000", "同系同學")
        self.draft = self.framework._start_revision("Meeting 3")
        self.draft.graduation_credits = 34

    def shown(self, user):
        """The students of the dialog in its order, and whether each is marked."""
        action = self.rpc(user, "ntue.curriculum", "action_review", self.draft.ids)
        wizard = self.env["ntue.curriculum.publish"].browse(action["res_id"])
        return [(row.student_id, row.pressing) for row in wizard.effect_ids]

    def test_a_student_with_an_open_application_stands_first_and_is_marked(self):
        self.way.submitted()
        for user in (self.registrar, self.assistant):
            with self.subTest(user=user.login), self.undone():
                expected = [(self.student, True), (self.fellow, False)]
                self.assertEqual(self.shown(user), expected)

    def test_148_a_draft_of_an_application_marks_nobody(self):
        self.way.drafted()
        for user in (self.registrar, self.assistant):
            with self.subTest(user=user.login), self.undone():
                self.assertNotIn(True, [marked for _student, marked in self.shown(user)])


@tagged("post_install", "-at_install")
class TestRevisedMeanwhile(GraduationCase):
    """What a first review has decided goes on when the framework is revised before it passes."""

    def decided(self):
        """A course that counts in area A, and the thesis waived."""
        area = self.framework.area_ids.filtered(lambda row: row.code == "A")
        self.way.submitted().receive()
        self.way.decide(no_0733={"decision": "mapped", "mapped_area_id": area.id})
        self.exception = excepted(self.way, self.assistant)
        return self.way.record

    def revise(self, times=1, without=()):
        """The framework as it is after so many revisions, ``without`` areas of these codes."""
        for number in range(times):
            draft = self.student.curriculum_id._start_revision(f"Meeting {number}")
            draft.area_ids.filtered(lambda area: area.code in without).unlink()
            draft._publish("Asked")
            self.env.flush_all()
        self.env.invalidate_all()
        return self.student.curriculum_id

    @staticmethod
    def figures(record):
        areas = record._audit().areas
        return [(area.code, area.met, area.taken, area.courses) for area in areas]

    def recognised(self):
        found = self.env["ntue.recognition"].search([("student_id", "=", self.student.id)])
        return {row.kind: row for row in found}

    def assert_recognised_in(self, framework):
        found = self.recognised()
        self.assertFalse(any(row.is_void for row in found.values()))
        self.assertEqual(found["mapped"].area_id.code, "A")
        self.assertEqual(found["waived"].line_id.name, "碩士論文")
        named = found["mapped"].area_id.curriculum_id | found["waived"].line_id.curriculum_id
        self.assertEqual(named, framework)

    def test_it_counts_as_before_and_is_recognised_in_the_revision(self):
        for times in (1, 2):
            with self.subTest(revisions=times), self.undone():
                record = self.decided()
                before = self.figures(record)
                framework = self.revise(times)
                self.assertEqual(self.figures(record), before)
                self.way.pass_first()
                self.assert_recognised_in(framework)

    def test_a_student_reads_her_application_as_before(self):
        record = self.decided()
        self.revise()
        self.assertEqual(self.figures(record.with_user(self.way.account)), self.figures(record))

    def test_what_was_handed_back_after_a_revision_is_recognised_in_it_again(self):
        self.decided()
        self.way.pass_first()
        framework = self.revise()
        self.way.by_registrar("write", {"review_reason": "Look at 0733 again"})
        self.way.by_registrar("action_hand_back")
        self.assertFalse(self.recognised())
        self.way.pass_first()
        self.assert_recognised_in(framework)

    def test_what_has_no_place_any_more_is_named_before_the_review_passes(self):
        record = self.decided()
        self.revise(without=("A", "D"))
        told = self.refused(self.assistant, record._name, "action_pass_first", record.ids)
        for name in ("課程理論研究", "碩士論文"):
            self.assertIn(name, told)
        self.way.decide(no_0733={"decision": "accepted", "mapped_area_id": False})
        self.rpc(self.assistant, self.exception._name, "unlink", self.exception.ids)
        self.way.pass_first()
        self.assertEqual(set(self.recognised()), {"flexible"})
