"""What is written for good is in one language, in whatever language somebody acts."""

import itertools

from odoo.addons.ntue_curriculum.tests.common import crossing
from odoo.tests import tagged

from .common import EVENT
from .stands import STANDS
from .test_transitions import CALLS, LETTERS, TransitionCase

LANGUAGES = ("en_US", "zh_TW")
STEPS = ("start", "decide", "except", "withdraw_exception", *CALLS)
KEPT = {
    EVENT: ("action", "reason"),
    "ntue.register.entry": ("action", "label", "changes", "reason"),
}
"""What each log says in words."""


@tagged("post_install", "-at_install")
class TestLanguageOfTheLog(TransitionCase):
    maxDiff = None

    def entered(self, act, *args):
        """What ``act`` leaves in the logs, word by word."""
        before = {model: self.env[model].sudo().search([]) for model in KEPT}
        act(*args)
        self.env.flush_all()
        return [
            (model, *(row[name] for name in names))
            for model, names in KEPT.items()
            for row in (self.env[model].sudo().search([]) - before[model]).sorted("number")
        ]

    def taken_by(self, user, step, lang):
        model, method, *args = self.call_of(step)
        with self.undone():
            return self.entered(
                lambda: self.rpc(user, model, method, *args, context={"lang": lang})
            )

    @crossing
    def test_every_step_is_logged_in_the_same_words_whatever_language_its_taker_has(self):
        self.env["res.lang"]._activate_lang("en_US")
        self.student.write({"class_rank": 3, "class_size": 21})
        users = {LETTERS[role]: user for role, user in self.users().items()}
        different, walked = {}, set()

        def look(stand):
            turn = list(STANDS).index(stand) % 2
            languages = LANGUAGES[:: -1 if turn else 1]  # each is the first by turns
            cells = self.cells(stand)
            for step, letter in itertools.product(STEPS, "ars"):  # by whoever may take it
                if letter in cells[step]:
                    one, *others = (self.taken_by(users[letter], step, lang) for lang in languages)
                    walked.update([step] if one else [])
                    if others != [one]:
                        different[stand, step] = (languages, one, others)

        self.at_each_stand(look)
        self.assertEqual(different, {})
        self.assertLessEqual(
            {"complete", "decide", "except", "accept_profile", "lapse"} - walked, {"lapse"}
        )

    def test_what_is_registered_of_a_record_is_in_the_same_words_in_every_language(self):
        self.env["res.lang"]._activate_lang("en_US")
        self.stand("completed")
        register = self.env["ntue.register.entry"]
        different, found = {}, set()
        for model in register._registered_models():
            record = self.env[model].sudo().with_context(active_test=False).search([], limit=1)
            if not record:
                continue
            found.add(model)
            with self.undone():
                english, chinese = (
                    self.entered(record.with_context(lang=lang)._enter_as_it_is, "Because")
                    for lang in LANGUAGES
                )
            if english != chinese:
                different[model] = (english, chinese)
        self.assertEqual(different, {})
        self.assertIn("ntue.graduation.window", found)
        self.assertIn("ntue.recognition", found)

    def test_a_completion_says_in_the_language_of_the_papers_when_and_with_what(self):
        self.stand("second_passed")
        self.rpc(
            self.registrar,
            self.way.record._name,
            "action_complete",
            self.way.record.ids,
            context={"lang": "en_US"},
        )
        reason = self.way.record.event_ids[-1].reason
        self.assertRegex(reason, "[\u4e00-\u9fff]{2}")
        self.assertNotRegex(reason, "[A-Za-z]{4}")
