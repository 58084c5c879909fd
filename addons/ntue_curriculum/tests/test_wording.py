from types import SimpleNamespace

from odoo.tests import tagged

from ..degree_audit import CourseStanding, Origin, Reason, Remark, Unit
from ..degree_audit import FlexibleRule as Rule
from ..wording import limits, reasons
from .common import SchoolCase


@tagged("post_install", "-at_install")
class TestWording(SchoolCase):
    """Whatever the engine may answer can be said, in the one place for it, in both languages."""

    def in_chinese(self):
        return self.env(context={**self.env.context, "lang": "zh_TW"})

    def standings(self, env):
        return {
            reason: reasons.standing_text(env, CourseStanding(reason, (), 0, void=False))
            for reason in Reason
        }

    def test_every_reason_and_every_remark_of_the_engine_has_its_sentence(self):
        sentences = reasons.reason_sentences(self.env)
        self.assertEqual({key for key in sentences if isinstance(key, Reason)}, set(Reason))
        self.assertEqual(set(reasons.remark_sentences(self.env)), set(Remark))

    def test_every_reason_can_be_said_inside_a_sentence(self):
        self.assertTrue(all(self.standings(self.env).values()))

    def test_a_limit_is_said_in_every_unit_with_its_amount(self):
        for unit in Unit:
            with self.subTest(unit=unit):
                for known in (unit, unit.value):  # the engine's, and a record's
                    self.assertRegex(limits.amount(self.env, known, 2), r"^2 (credits|courses)$")
                rule = Rule(Origin.OFF_CAMPUS, unit, 2, prior_approval=True)
                said = limits.limit_sentence(self.env, rule, 2)
                self.assertIn(f"at most {limits.amount(self.env, unit, 2)}.", said)
                self.assertIn("approved by the department", said)

    def test_a_failed_course_is_called_the_same_on_page_and_slip(self):
        env = self.in_chinese()
        label = reasons.reason_labels(env)[Reason.FAILED]
        self.assertEqual(label, "未通過")
        self.assertEqual(reasons.reason_cells(env)[Reason.FAILED], label)

    def test_functions_of_a_package_speak_the_readers_language(self):
        """``env._`` finds the addon by the file that calls it, not by the model."""
        env = self.in_chinese()
        for words in (
            reasons.reason_sentences,
            reasons.remark_sentences,
            reasons.reason_labels,
            reasons.reason_cells,
            self.standings,
        ):
            english, chinese = words(self.env), words(env)
            same = [key for key, text in english.items() if chinese[key] == text]
            self.assertEqual(same, [], words.__name__)
        use = SimpleNamespace(used=2, limit=3)
        self.assertEqual(limits.used_of_limit(use), "2 / 3")
