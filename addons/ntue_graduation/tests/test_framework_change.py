from odoo.tests import tagged

from .common import GraduationCase


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
