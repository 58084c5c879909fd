from odoo.tests import tagged

from ..next_year import in_next_year
from . import school as school_of
from .common import SchoolCase


@tagged("post_install", "-at_install")
class TestNextYear(SchoolCase):
    """A published framework copied for those who enter a year later."""

    def opened(self, user, frameworks):
        """The dialog's lines as ``user`` gets them for ``frameworks``."""
        action = self.rpc(user, "ntue.curriculum", "action_next_year", frameworks.ids)
        wizard = self.env["ntue.curriculum.copy"].browse(action["res_id"])
        return wizard.with_user(user)

    def copied(self, user, frameworks):
        action = self.rpc(
            user, "ntue.curriculum.copy", "action_copy", self.opened(user, frameworks).ids
        )
        found = [action["res_id"]] if "res_id" in action else action["domain"][0][2]
        return self.env["ntue.curriculum"].browse(found)

    def test_the_year_in_a_code_is_raised_where_it_stands_by_itself(self):
        for text, year, expected in (
            ("SRD-E-109", 109, "SRD-E-110"),
            ("社發碩專109（夜）", 109, "社發碩專110（夜）"),
            ("109SRD109", 109, "110SRD110"),
            ("SRD-099", 99, "SRD-100"),
            ("SRD-98", 98, "SRD-99"),
            ("SRD-1091", 109, ""),
            ("SRD-2109", 109, ""),
            ("SRD-E", 109, ""),
            ("", 109, ""),
        ):
            with self.subTest(text=text):
                self.assertEqual(in_next_year(text, year), expected)

    def test_I3_the_copy_asks_the_same_of_the_next_entry_year(self):
        draft = self.copied(self.assistant, self.framework)
        self.assertEqual((draft.code, draft.entry_year), ("SRD-E-110", 110))
        self.assertEqual((draft.class_name, draft.state), ("社發碩專110（夜）", "draft"))
        self.assertEqual((draft.copied_from_id, draft.revision), (self.framework, 1))
        self.assertEqual(draft._difference_groups(self.framework), [])
        self.assertEqual(len(draft.line_ids), len(self.framework.line_ids))
        self.assertFalse(draft.line_ids & self.framework.line_ids)
        self.assertEqual(draft.area_ids.curriculum_id, draft)

    def test_the_assistant_may_edit_what_she_copied(self):
        draft = self.copied(self.assistant, self.framework)
        vals = {"area_ids": [(1, draft.area_ids[0].id, {"min_credits": 9})]}
        self.rpc(self.assistant, "ntue.curriculum", "write", draft.ids, vals)
        self.assertEqual(draft.area_ids[0].min_credits, 9)

    def test_a_copy_without_a_code_opens_no_framework_and_breaks_nothing(self):
        line = self.opened(self.assistant, self.framework).line_ids
        line.code = False
        action = self.rpc(self.assistant, line._name, "action_open", line.ids)
        self.assertEqual(action["domain"], [("id", "in", [])])

    def test_more_than_two_frameworks_are_not_compared(self):
        """Of three, nobody would see which two are."""
        two = self.framework | self.cict_framework
        self.rpc(self.registrar, "ntue.curriculum", "action_compare", two.ids)
        three = (two | self.day_framework).ids
        told = self.refused(self.registrar, "ntue.curriculum", "action_compare", three)
        self.assertIn("Choose two frameworks", told)

    def test_several_are_copied_at_once(self):
        drafts = self.copied(self.registrar, self.framework | self.cict_framework)
        self.assertEqual(set(drafts.mapped("code")), {"SRD-E-110", "CICT-W-110"})

    def test_code_and_class_may_be_corrected_before(self):
        wizard = self.opened(self.assistant, self.framework)
        wizard.line_ids.write({"code": "SRD-N-110", "class_name": "新班"})
        wizard.action_copy()
        made = self.env["ntue.curriculum"].search([("code", "=", "SRD-N-110")])
        self.assertEqual((made.class_name, made.copied_from_id), ("新班", self.framework))

    def test_a_code_that_does_not_hold_the_year_is_asked_for(self):
        other = school_of.framework(self.school, "EVENING", self.program)
        other.class_name = False
        school_of.publish(other)
        wizard = self.opened(self.assistant, other)
        self.assertFalse(wizard.line_ids.code)
        told = self.refused(self.assistant, wizard._name, "action_copy", wizard.ids)
        self.assertIn("EVENING", told)
        wizard.line_ids.code = "EVENING-110"
        wizard.action_copy()
        self.assertTrue(self.env["ntue.curriculum"].search([("code", "=", "EVENING-110")]))

    def test_what_exists_already_is_said_left_out_and_opened(self):
        first = self.copied(self.assistant, self.framework)
        wizard = self.opened(self.assistant, self.framework)
        self.assertTrue(wizard.line_ids.exists_already)
        told = self.refused(self.assistant, wizard._name, "action_copy", wizard.ids)
        self.assertIn("SRD-E-110", told)
        self.assertEqual(wizard.line_ids.action_open()["res_id"], first.id)
        with self.undone():
            both = self.copied(self.registrar, self.framework | self.cict_framework)
            self.assertEqual(both.code, "CICT-W-110")

    def test_a_copy_is_made_of_published_frameworks_only(self):
        draft = school_of.framework(self.school, "SRD-E-114", self.program, 114)
        self.refused(self.assistant, "ntue.curriculum", "action_next_year", draft.ids)
        line = {"source_id": draft.id, "code": "SRD-E-115", "entry_year": 115}
        vals = {"line_ids": [(0, 0, line)]}
        wizard = self.rpc(self.assistant, "ntue.curriculum.copy", "create", vals)
        told = self.refused(self.assistant, "ntue.curriculum.copy", "action_copy", [wizard])
        self.assertIn("Only a published framework", told)

    def test_somebody_who_has_nothing_to_do_with_the_department_copies_nothing(self):
        line = {"source_id": self.framework.id, "code": "STOLEN-110", "entry_year": 110}
        student = school_of.account_of(self.new_student("210941001", "王大明"))
        for user in (self.other_assistant, self.operator, student):
            with self.subTest(user=user.login):
                self.refused(user, "ntue.curriculum", "action_next_year", self.framework.ids)
                self.refused(user, "ntue.curriculum.copy", "create", {"line_ids": [(0, 0, line)]})

    def test_where_a_copy_comes_from_is_not_written_by_hand(self):
        draft = self.copied(self.assistant, self.framework)
        vals = {"copied_from_id": self.cict_framework.id}
        for user in (self.assistant, self.registrar):
            self.refused(user, "ntue.curriculum", "write", draft.ids, vals)

    def test_the_form_shows_what_the_copy_changed(self):
        draft = self.copied(self.assistant, self.framework)
        self.assertIn("No difference", draft.difference_panel)
        draft.area_ids[0].min_credits = 9
        draft.line_ids[1].unlink()
        draft.invalidate_recordset()
        for text in ("研究方法領域", "Minimum credits", "質性研究與田野調查", "Dropped", "Changed"):
            self.assertIn(text, draft.difference_panel)
