from odoo.tests import tagged

from .. import workflow
from ..steps import registry
from ..steps.effects.telling import SENTENCES
from .common import APPLICATION, GraduationCase
from .stands import at_each

ROWS = (*workflow.TRANSITIONS, *workflow.IN_PLACE)


def named_guards():
    """Every guard that the table has a name for."""
    rows = [row.guards for row in ROWS]
    of_fields = (*workflow.FIELD_GUARDS.values(), *workflow.FIELD_CHECKS.values())
    return {name for names in (*rows, *of_fields) for name in names}


def named_effects():
    fields = (*workflow.FIELD_EFFECTS.values(), *workflow.FIELD_CLEARING.values())
    rows = [row.effects for row in ROWS] + [(*row.effects, *row.at_first) for row in fields]
    return {name for names in rows for name in names}


@tagged("post_install", "-at_install")
class TestStepNames(GraduationCase):
    """What the table names is there, and what is there is named."""

    def test_every_guard_of_the_table_is_a_function_and_every_function_is_in_the_table(self):
        self.assertEqual(set(registry.GUARDS), named_guards())

    def test_every_effect_of_the_table_is_a_function_and_every_function_is_in_the_table(self):
        self.assertEqual(set(registry.EFFECTS), named_effects())

    def test_whatever_tells_the_student_has_a_sentence_and_a_name_in_the_log(self):
        telling = {row.action for row in ROWS if "tell_student" in row.effects}
        for following in (*workflow.FIELD_EFFECTS.values(), *workflow.FIELD_CLEARING.values()):
            if "tell_student" in (*following.effects, *following.at_first):
                telling.add(following.action)
        self.assertEqual(set(SENTENCES), telling)
        actions = dict(self.env["ntue.graduation.event"]._fields["action"].selection)
        self.assertLessEqual(telling, set(actions))

    def test_a_name_is_taken_once(self):
        def not_own(_application):
            return None

        with self.assertRaises(ValueError):
            registry.guard(not_own)

    def test_a_guard_asks_and_changes_nothing(self):
        def look(name):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.fingerprint()
            for guard in registry.GUARDS.values():
                guard(self.way.record)
            self.env.flush_all()
            self.assertEqual(self.fingerprint(), before, name)

        at_each(self.way, look)

    def test_another_addon_adds_a_guard_and_an_effect_to_a_row(self):
        seen = []

        def dean_agrees(application):
            return None if seen else application.env._("Not graded yet: %s.", "?")

        def note(step):
            seen.append((step.action, step.application.state))

        model = type(self.env[APPLICATION])
        guards, effects = model._guards_of, model._effects_of
        self.patch(model, "_guards_of", lambda one, row: (*guards(one, row), "dean_agrees"))
        self.patch(model, "_effects_of", lambda one, row: (*effects(one, row), "note"))
        registry.guard(dean_agrees)
        registry.effect(note)
        self.addCleanup(registry.GUARDS.pop, "dean_agrees")
        self.addCleanup(registry.EFFECTS.pop, "note")
        self.way.drafted()
        refused = self.refused(self.way.account, APPLICATION, "action_submit", self.way.record.ids)
        self.assertEqual(refused, "Not graded yet: ?.")
        seen.append("agreed")
        self.way.submit()
        self.assertEqual(seen, ["agreed", ("submit", "submitted")])

    def test_a_guard_outside_of_the_model_speaks_the_language_of_who_asks(self):
        self.env["res.lang"]._activate_lang("zh_TW")
        self.way.start()
        chinese = self.way.record.with_context(lang="zh_TW")
        sentence = registry.GUARDS["draft_saved"](chinese)
        self.assertNotEqual(sentence, registry.GUARDS["draft_saved"](self.way.record))
        self.assertTrue(any("\u4e00" <= sign <= "\u9fff" for sign in sentence))
