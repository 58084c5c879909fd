from odoo.tests import tagged

from ..degree_audit import FINDING_WORDS, FrameworkFinding
from ..pages.effect import effects_of
from . import school as school_of
from .common import REFUSED, SchoolCase

PUBLISH = "ntue.curriculum.publish"


@tagged("post_install", "-at_install")
class TestPublishing(SchoolCase):
    """What is seen before a framework is published, and what publishing asks (I3, F18)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.student = cls.new_student("210941001", "王大明")
        cls.draft = cls.framework._start_revision("Meeting 3")

    def opened(self, user=None, draft=None):
        """The dialog as ``user`` gets it."""
        user = user or self.registrar
        action = self.rpc(user, "ntue.curriculum", "action_review", (draft or self.draft).ids)
        return self.env[PUBLISH].browse(action["res_id"]).with_user(user)

    def line(self, name, of_framework=None):
        rows = (of_framework or self.draft).line_ids
        return rows.filtered(lambda row: row.name == name)

    def area(self, code):
        return self.draft.area_ids.filtered(lambda row: row.code == code)

    def ask_too_much(self):
        self.area("A").min_credits = 12

    # The check

    def test_a_sound_draft_is_published_from_the_dialog(self):
        wizard = self.opened()
        self.assertFalse(wizard.has_findings)
        self.assertIn("Nothing was found", wizard.findings_panel)
        self.rpc(self.registrar, PUBLISH, "action_publish", wizard.ids)
        self.assertEqual((self.draft.state, self.framework.state), ("published", "archived"))
        self.assertFalse(self.draft.accepted_findings or self.draft.findings_reason)

    def test_F18_a_doubtful_draft_needs_the_tick_and_a_reason_and_keeps_both(self):
        self.ask_too_much()
        wizard = self.opened()
        self.assertIn("12 credits are needed", wizard.findings_panel)
        self.assertIn("add subjects", wizard.findings_panel)
        for vals in ({}, {"accept": True}, {"accept": True, "reason": "  "}, {"reason": "Yes"}):
            with self.subTest(vals=vals):
                wizard.write({"accept": False, "reason": False, **vals})
                told = self.refused(self.registrar, PUBLISH, "action_publish", wizard.ids)
                self.assertIn("Publish all the same", told)
        wizard.write({"accept": True, "reason": "More subjects come in spring"})
        self.rpc(self.registrar, PUBLISH, "action_publish", wizard.ids)
        self.assertEqual(self.draft.state, "published")
        self.assertEqual(self.draft.findings_reason, "More subjects come in spring")
        self.assertIn("12 credits are needed", self.draft.accepted_findings)

    def test_F18_no_other_way_publishes_a_doubtful_draft(self):
        self.ask_too_much()
        for method, *args in (
            ("action_publish", self.draft.ids),
            ("write", self.draft.ids, {"state": "published"}),
        ):
            with self.subTest(method=method):
                told = self.refused(self.registrar, "ntue.curriculum", method, *args)
                self.assertIn("12 credits are needed", told)

    def test_the_kept_reason_is_not_written_by_hand(self):
        for vals in ({"findings_reason": "Forged"}, {"accepted_findings": "Forged"}):
            for user in (self.assistant, self.registrar):
                self.refused(user, "ntue.curriculum", "write", self.draft.ids, vals)

    def test_what_prevents_the_audit_prevents_publishing_whatever_is_ticked(self):
        child = {"curriculum_id": self.draft.id, "code": "A1", "name": "內"}
        self.env["ntue.curriculum.area"].create({**child, "parent_id": self.area("A").id})
        wizard = self.opened()
        self.assertTrue(wizard.has_fatal)
        self.assertFalse(wizard.effect_ids)
        wizard.write({"accept": True, "reason": "Yes"})
        told = self.refused(self.registrar, PUBLISH, "action_publish", wizard.ids)
        self.assertIn("areas of its own", told)

    def test_a_draft_changed_behind_the_dialog_is_not_published(self):
        wizard = self.opened()
        self.area("A").min_credits = 5
        told = self.refused(self.registrar, PUBLISH, "action_publish", wizard.ids)
        self.assertIn("has been changed", told)

    def test_an_assistant_looks_and_does_not_publish(self):
        wizard = self.opened(self.assistant)
        self.assertFalse(wizard.may_publish)
        told = self.refused(self.assistant, PUBLISH, "action_publish", wizard.ids)
        self.assertIn("Only the registrar publishes", told)
        for user in (self.other_assistant, self.operator, school_of.account_of(self.student)):
            found = self.outcome(user, "ntue.curriculum", "action_review", self.draft.ids)
            self.assertEqual(found, REFUSED)

    def test_every_finding_has_a_sentence_and_an_advice(self):
        for kind in FINDING_WORDS:
            finding = FrameworkFinding("SRD-E-109/A", kind, "the engine's own words", fatal=False)
            with self.subTest(kind=kind):
                self.assertNotIn("engine", self.draft._finding_sentence(finding))
                self.assertTrue(self.draft._finding_advice(finding))

    def test_the_form_of_a_draft_says_what_is_wrong_at_any_time(self):
        self.assertIn("Nothing was found", self.draft.findings_panel)
        self.ask_too_much()
        self.draft.invalidate_recordset()
        self.assertIn("A 研究方法領域: 12 credits", self.draft.findings_panel)

    # Whom it affects

    def test_a_revision_that_changes_nothing_affects_nobody(self):
        wizard = self.opened()
        self.assertEqual((wizard.student_total, wizard.student_shown), (1, 1))
        self.assertEqual((wizard.changed_count, len(wizard.effect_ids)), (0, 0))

    def test_an_area_that_asks_more_is_told_for_each_student_before_it_is_done(self):
        self.new_student("210941002", "同系同學")
        self.area("B").min_credits = 9
        wizard = self.opened()
        self.assertEqual((wizard.changed_count, wizard.worse_count), (2, 2))
        effect = wizard.effect_ids[0]
        self.assertEqual((effect.student_id, effect.verdict), (self.student, "worse"))
        self.assertIn("Area B 社會文化領域 is not met: 6/9 credits, 2/2 courses.", effect.summary)

    def test_an_area_that_asks_more_and_stays_met_is_told_too(self):
        self.area("C").min_credits = 12
        effect = self.opened().effect_ids
        self.assertEqual(effect.verdict, "other")
        self.assertIn("asks something else and stays met: 12/12 credits", effect.summary)

    def test_a_dropped_subject_and_other_graduation_credits_are_told(self):
        self.line("觀光與地方創生").unlink()
        self.draft.graduation_credits = 31
        effect = self.opened().effect_ids
        for text in (
            "Credits to graduate: 32 → 31.",
            "Credits that count: 28 → 25.",
            "Credits still missing: 4 → 6.",
            "觀光與地方創生（3）: area C → outside the framework.",
        ):
            self.assertIn(text, effect.summary)
        self.assertEqual((effect.missing_before, effect.missing_after), (4, 6))

    def test_a_gain_is_no_loss(self):
        self.draft.graduation_credits = 28
        effect = self.opened().effect_ids
        self.assertEqual(
            (effect.verdict, effect.met_before, effect.met_after), ("better", False, True)
        )

    def test_A41_a_milestone_that_a_revision_adds_affects_who_has_nothing_to_show(self):
        school_of.milestone(self.draft)
        wizard = self.opened()
        self.assertEqual((wizard.changed_count, wizard.worse_count), (1, 1))
        self.assertIn(
            "Milestone 外語能力 is asked for from now on: Missing. TOEIC: at least a score of 600.",
            wizard.effect_ids.summary,
        )

    def test_A51_a_rule_that_a_revision_adds_affects_who_lacks_its_courses(self):
        self.env["ntue.counting.rule"].create(
            {
                "curriculum_id": self.draft.id,
                "code": "DIST",
                "name": "遠距課程",
                "select_distance": "yes",
                "min_courses": 1,
            }
        )
        wizard = self.opened()
        self.assertEqual((wizard.changed_count, wizard.worse_count), (1, 1))
        self.assertIn("Rule 遠距課程 is not met: 0/1 courses.", wizard.effect_ids.summary)

    def test_only_students_whom_the_user_may_read_are_shown(self):
        self.new_student("210941002", "同系同學")
        self.area("B").min_credits = 9
        wizard = self.opened(self.registrar_day)
        self.assertEqual((wizard.student_total, wizard.student_shown), (2, 0))
        self.assertFalse(wizard.effect_ids or wizard.sudo().effect_ids)

    def test_what_is_told_before_is_what_comes(self):
        self.line("觀光與地方創生").area_id = self.area("B")
        self.line("公民社會與教育專題").unlink()
        self.area("B").min_courses = 3
        ((_student, _now, then, _effect),) = effects_of(self.student, self.draft)
        self.draft.action_publish()
        after = self.student._case().audit()
        self.assertEqual(
            [(row.code, row.taken, row.met) for row in then.areas],
            [(row.code, row.taken, row.met) for row in after.areas],
        )
        self.assertEqual(then.missing_credits, after.missing_credits)
        self.assertEqual(then.enrolments, after.enrolments)

    def test_looking_changes_no_student_no_audit_and_no_framework(self):
        self.student._store_audits()
        self.area("B").min_credits = 9
        self.env.flush_all()
        tables = ("ntue_student", "ntue_audit", "ntue_recognition", "ntue_curriculum")

        def rows():
            found = {}
            for table in tables:
                self.env.cr.execute(f"SELECT * FROM {table} ORDER BY id")  # noqa: S608
                found[table] = self.env.cr.fetchall()
            return found

        before = rows()
        self.opened()
        self.env.flush_all()
        self.assertEqual(rows(), before)

    # Decisions

    def decide(self, kind, **vals):
        return self.env["ntue.recognition"].create(
            {"student_id": self.student.id, "kind": kind, **vals}
        )

    def test_a_decision_on_a_dropped_subject_is_told_before_and_stays_visible_after(self):
        row = school_of.enrolment(self.student, "0733")
        old = self.line("社會統計與資料分析", self.framework)
        decision = self.decide("substituted", enrollment_id=row.id, line_id=old.id)
        self.assertEqual(self.student._case().audit().taken, 31)
        self.line("社會統計與資料分析").unlink()
        wizard = self.opened()
        self.assertEqual(wizard.lost_count, 1)
        self.assertIn("社會統計與資料分析", wizard.lost_panel)
        self.assertIn("loses its ground", wizard.effect_ids.summary)
        self.rpc(self.registrar, PUBLISH, "action_publish", wizard.ids)
        self.env.invalidate_all()
        self.assertEqual(decision.line_id, old)
        self.assertTrue(decision.is_void)
        self.assertEqual(self.student.void_decision_count, 1)
        result = self.student._case().audit()
        self.assertEqual(result.taken, 28)
        outcome = next(found for found in result.enrolments if found.key == row.id)
        self.assertIn("decision_void", outcome.remarks)

    def test_a_mapping_to_a_dropped_area_counts_nowhere_rather_than_anywhere(self):
        """It used to fall into the total when it lost the area it named."""
        row = school_of.enrolment(self.student, "0733")
        old = self.framework.area_ids.filtered(lambda area: area.code == "B")
        decision = self.decide("mapped", enrollment_id=row.id, area_id=old.id)
        self.area("B").line_ids.unlink()
        self.area("B").unlink()
        self.draft.graduation_credits = 30
        self.draft.action_publish()
        self.env.invalidate_all()
        self.assertTrue(decision.is_void)
        outcome = {one.key: one for one in self.student._case().audit().enrolments}[row.id]
        self.assertEqual((outcome.reason.value, outcome.counted_credits), ("outside", 0))

    def test_a_decision_follows_its_subject_into_another_area(self):
        row = school_of.enrolment(self.student, "0733")
        old = self.line("社會統計與資料分析", self.framework)
        vals = {"line_id": old.id, "area_id": old.area_id.id}
        decision = self.decide("mapped", enrollment_id=row.id, **vals)
        self.line("社會統計與資料分析").area_id = self.area("B")
        wizard = self.opened()
        self.assertEqual(wizard.lost_count, 0)
        ((_student, _now, then, _effect),) = effects_of(self.student, self.draft)
        wizard.action_publish()
        self.env.invalidate_all()
        self.assertEqual(
            (decision.line_id, decision.area_id), (self.line("社會統計與資料分析"), self.area("B"))
        )
        self.assertFalse(decision.is_void)
        self.assertEqual(then.enrolments, self.student._case().audit().enrolments)

    def test_a_decision_of_a_student_who_left_the_framework_is_not_taken_along(self):
        row = school_of.enrolment(self.student, "0733")
        area = self.framework.area_ids[0]
        decision = self.decide("mapped", enrollment_id=row.id, area_id=area.id)
        self.student.curriculum_id = self.cict_framework
        self.draft.action_publish()
        self.assertEqual(decision.area_id, area)
        self.assertEqual(self.student.curriculum_id, self.cict_framework)
        self.assertTrue(decision.is_void)
        outcome = {one.key: one for one in self.student._case().audit().enrolments}[row.id]
        self.assertIn("decision_void", outcome.remarks)

    def test_a_dialog_is_nobody_elses(self):
        wizard = self.opened()
        found = self.outcome(self.registrar_day, PUBLISH, "write", wizard.ids, {"reason": "x"})
        self.assertEqual(found, REFUSED)
