"""Mail texts as a registrar edits them: fields in words, a preview, a test to oneself."""

from odoo.addons.ntue_curriculum.tests import school as school_of
from odoo.exceptions import ValidationError
from odoo.tests import tagged

from ..mail import words
from ..mail.texts import PLACES, text_of
from .common import APPLICATION, GraduationCase, Way

TEXT, PREVIEW = "mail.template", "ntue.graduation.mail.preview"


@tagged("post_install", "-at_install")
class TestMailTexts(GraduationCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("en_US")
        cls.registrar.lang = "zh_TW"
        cls.student.partner_id.lang = "zh_TW"
        cls.texts = cls.env[TEXT].search([("model", "=", APPLICATION)])
        cls.text = cls.env.ref("ntue_graduation.mail_returned")

    def chinese(self, user=None):
        return self.env(user=user or self.registrar, context={"lang": "zh_TW"})

    def test_every_field_that_a_text_may_name_has_a_word_of_its_own_in_both_languages(self):
        for lang in ("zh_TW", "en_US"):
            known = words.words(self.env(context={"lang": lang}))
            self.assertEqual(set(known), set(PLACES))
            self.assertEqual(len(set(known.values())), len(known))

    def test_no_text_of_the_product_shows_a_code_and_none_changes_by_being_saved(self):
        self.assertGreater(len(self.texts), 10)
        for lang in ("zh_TW", "en_US"):
            for text in self.texts.with_env(self.env(user=self.registrar, context={"lang": lang})):
                with self.subTest(text=text.name, lang=lang):
                    self.assertNotIn("object.", f"{text.ntue_subject} {text.ntue_body}")
                    before = text.subject, text.body_html
                    text.write({"ntue_subject": text.ntue_subject, "ntue_body": text.ntue_body})
                    self.assertEqual((text.subject, text.body_html), before)

    def test_14_what_is_written_in_words_reaches_the_student(self):
        self.rpc(
            self.registrar,
            TEXT,
            "write",
            self.text.ids,
            {
                "ntue_subject": "{學號} 請於 {申請截止日} 前送出",
                "ntue_body": "<p>{學生姓名} 您好：<b>{ 學年期 }</b></p>",
            },
            context={"lang": "zh_TW"},
        )
        self.way.returned()
        subject, body = text_of(self.way.record, "returned")
        self.assertEqual(subject, "210941001 請於 114-12-05 24:00 前送出")
        self.assertEqual(body, "<p>王大明 您好：<b>114-1</b></p>")

    def test_a_word_that_is_none_is_refused_with_those_that_are(self):
        text = self.text.with_env(self.chinese())
        for vals in (
            {"ntue_subject": "{手機}"},
            {"ntue_body": "<p>{object.student_id.mobile}</p>"},
        ):
            with (
                self.subTest(vals=vals),
                self.undone(),
                self.assertRaisesRegex(ValidationError, r"\{學生姓名\}"),
            ):
                text.write(vals)

    def test_a_word_in_a_tag_is_no_field_and_words_bring_no_code(self):
        body = words.body_of_words(self.chinese(), '<a href="/x{學號}">{學號}</a>')
        self.assertEqual(
            body, '<a href="/x{學號}"><t t-out="object.student_id.student_no"></t></a>'
        )

    def preview(self, user, application):
        vals = {"template_id": self.text.id, "application_id": application.id}
        return self.env[PREVIEW].browse(self.rpc(user, PREVIEW, "create", vals))

    def test_a_registrar_sees_the_mail_of_a_real_student_and_sends_it_to_herself_alone(self):
        self.way.submitted()
        before = self.env["mail.mail"].search([])
        (number,) = self.rpc(self.registrar, PREVIEW, "create", [{"template_id": self.text.id}])
        preview = self.env[PREVIEW].browse(number).with_user(self.registrar)
        self.assertEqual(preview.application_id, self.way.record)
        self.assertIn("王大明", preview.body)
        self.assertIn("王大明", preview.plain)
        self.assertNotIn("<p>", preview.plain)
        self.rpc(self.registrar, PREVIEW, "action_send_test", preview.ids)
        (mail,) = self.env["mail.mail"].search([]) - before
        self.assertEqual(mail.email_to, self.registrar.email)
        self.assertFalse(mail.email_cc or mail.recipient_ids)
        self.assertIn(preview.subject, mail.subject)
        self.assertNotEqual(preview.subject, mail.subject, "marked as a test")

    def test_a_preview_has_what_is_added_below_the_text_when_it_is_mailed(self):
        self.way.submitted()
        (mailed,) = self.way.record.correspondence_ids.message_ids
        self.text = self.env.ref("ntue_graduation.mail_step_submitted")
        preview = self.preview(self.registrar, self.way.record)
        for mail in (str(mailed.body), preview.body):
            self.assertEqual(mail.count(self.way.record.line_ids.filtered("ticked")[0].label), 1)
            self.assertEqual(mail.count("o_ntue_next_step"), 1)
        self.text = self.env.ref("ntue_graduation.mail_closing")
        preview = self.preview(self.registrar, self.way.record)
        self.assertNotIn("o_ntue_next_step", preview.body, "a reminder is mailed as it is")

    def test_a_preview_shows_nobody_whom_the_registrar_may_not_see(self):
        self.way.submitted()
        draft = Way(self, self.new_student("210941002", "陳草稿")).drafted().record
        for user, application in (
            (self.registrar, draft),
            (self.registrar_day, self.way.record),
        ):
            with self.subTest(user=user.login):
                self.refused(
                    user,
                    PREVIEW,
                    "create",
                    {"template_id": self.text.id, "application_id": application.id},
                )

    def test_a_preview_makes_no_mail_of_another_models_template(self):
        self.way.submitted()
        other = self.env[TEXT].create(
            {"name": "x", "model_id": self.env["ir.model"]._get_id("res.partner"), "subject": "x"}
        )
        vals = {"template_id": other.id, "application_id": self.way.record.id}
        made = self.rpc(self.registrar, PREVIEW, "create", vals)
        self.refused(self.registrar, PREVIEW, "read", [made], ["body"])

    def test_who_has_no_address_is_told_where_to_enter_one(self):
        self.way.submitted()
        preview = self.preview(self.registrar, self.way.record)
        self.registrar.email = False
        told = self.refused(self.registrar, PREVIEW, "action_send_test", preview.ids)
        self.assertIn("e-mail", told)

    def test_nobody_but_registrars_has_the_words_and_the_preview(self):
        for user in (self.assistant, self.operator, school_of.account_of(self.student)):
            self.refused(user, TEXT, "read", self.text.ids, ["ntue_body"])
            self.refused(user, PREVIEW, "create", {"template_id": self.text.id})
