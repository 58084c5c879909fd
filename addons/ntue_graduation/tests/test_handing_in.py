"""A supplement is uploaded where it is asked for, and reaches the assistant who asked (190)."""

import io
import zipfile

from lxml import html
from odoo.addons.ntue_curriculum.tests import papers
from odoo.addons.ntue_curriculum.tests import school as school_of
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from ..pages.next_steps import next_steps
from ..papers.calendar import application_calendar
from ..tasks import UPLOADED
from .common import GraduationHttpCase

ASKED = ("action_ask_supplement", "Copy of the passport", "2025-11-13")


@tagged("post_install", "-at_install")
class TestHandingIn(GraduationHttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.way.submitted().receive().by_assistant(*ASKED)

    def setUp(self):
        super().setUp()
        self.enter(self.way.account)

    def send(self, content=papers.PDF, name="passport.pdf"):
        address = f"/my/graduation/{self.way.record.id}/supplement"
        return self.post(address, files={"supplement": (name, content)})

    def files(self):
        return self.way.record.correspondence_ids.message_ids.attachment_ids

    def uploaded_tasks(self):
        kind = self.env.ref(UPLOADED)
        return self.way.record.activity_ids.filtered(lambda row: row.activity_type_id == kind)

    def with_student(self):
        self.env.flush_all()
        listed = self.env["ntue.graduation.with.student"].with_user(self.assistant)
        return listed.search_count([("slip_number", "=", self.way.record._number())])

    def keys(self):
        own = self.way.record.with_user(self.way.account)
        return [row.key for row in next_steps(own)]

    def test_190_it_is_uploaded_from_home_and_from_the_application(self):
        for address in ("/my", f"/my/graduation/{self.way.record.id}"):
            tree = html.fromstring(self.url_open(address).text)
            (form,) = tree.cssselect("#supplement details[open] form")
            self.assertEqual(
                form.get("action"), f"/my/graduation/{self.way.record.id}/supplement", address
            )
            self.assertEqual(form.get("enctype"), "multipart/form-data")

    def test_190_what_was_uploaded_waits_for_the_assistant_and_is_open_to_her(self):
        self.assertEqual(self.with_student(), 1)
        answer = self.send()
        self.assertEqual(answer.status_code, 200)
        self.assertIn('id="handed_in"', answer.text)
        (box,) = html.fromstring(answer.text).cssselect("#supplement details")
        self.assertIsNone(box.get("open"), "it is done; another file may be sent all the same")
        self.assertEqual(self.keys(), ["supplement_sent", "first"])
        self.assertEqual(self.with_student(), 0, "it waits for the assistant")
        (file,) = self.files()
        self.assertEqual(file.raw, papers.PDF)
        self.assertEqual(file.name, f"supplement-{self.way.record._number()}.pdf")
        self.assertIn(file.name, answer.text)
        self.assertEqual(self.uploaded_tasks().user_id, self.assistant)
        record = self.way.record.with_user(self.assistant).with_context(lang="en_US")
        self.assertIn("Supplement uploaded", record.findings)
        self.assertEqual(file.with_user(self.assistant).raw, papers.PDF)
        self.way.by_assistant("action_supplement_received")
        self.assertEqual(self.keys(), ["first"])
        self.assertFalse(self.uploaded_tasks())

    def test_190_a_wrong_file_is_followed_by_the_right_one(self):
        self.send(papers.PDF + b"\n")
        self.assertEqual(self.send().status_code, 200)
        self.assertEqual(set(self.files().mapped("raw")), {papers.PDF, papers.PDF + b"\n"})

    def test_190_what_was_uploaded_is_no_day_of_the_calendar_any_more(self):
        before = application_calendar(self.way.record)
        self.send()
        after = application_calendar(self.way.record)
        self.assertEqual((before.count(b"UID:supplement"), after.count(b"UID:supplement")), (1, 0))

    def test_190_that_the_department_was_notified_is_said_only_when_somebody_was(self):
        address = f"/my/graduation/{self.way.record.id}?told=handed_in"
        self.assertNotIn('id="handed_in"', self.url_open(address).text, "nothing was uploaded")
        self.assertIn('data-cell="notified"', self.send().text)
        self.way.by_assistant("action_withdraw_supplement", "The wrong page")
        self.way.by_assistant(*ASKED)
        department = self.student.department_id
        nobody = {"assistant_ids": [(5,)], "email": False, "phone": "02-2732-1104"}
        department.write({**nobody, "change_reason": "Nobody left"})
        self.enter(self.way.account)
        answer = self.send()
        self.assertIn(
            "02-2732-1104", answer.text.partition('id="handed_in"')[2].partition("</p>")[0]
        )
        self.assertNotIn('data-cell="notified"', answer.text)

    def test_190_a_file_is_opened_by_nobody_else(self):
        self.send()
        (file,) = self.files()
        for user in (school_of.account_of(self.fellow), self.other_assistant, self.registrar_day):
            with self.subTest(user.login), self.assertRaises(AccessError):
                file.with_user(user).read(["raw"])
            self.enter(user)
            self.assert_shows_nothing(f"/web/content/{file.id}", papers.PDF.decode("latin-1"))

    def test_190_asked_again_it_is_to_be_uploaded_again(self):
        self.send()
        self.way.by_assistant("action_withdraw_supplement", "The wrong page")
        self.way.by_assistant(*ASKED)
        self.assertEqual(self.keys(), ["supplement"])

    def test_190_a_file_that_will_not_do_is_refused_in_words_and_not_kept(self):
        for content in (b"", b"MZ" + papers.PDF, papers.PDF[:20], b"<html>"):
            with self.subTest(content[:10]):
                answer = self.send(content)
                self.assertEqual(answer.status_code, 422)
                self.assertIn('id="problems"', answer.text)
        self.env["ir.config_parameter"].set_param("ntue_curriculum.passport_copy_max_mb", 1)
        self.assertIn("1 MB", self.send(papers.PDF + b"\n" * 1024 * 1024).text)
        self.assertFalse(self.files())
        self.assertFalse(self.way.record.supplement_uploaded_at)

    def test_190_nothing_is_uploaded_unasked_or_to_somebody_elses_application(self):
        self.enter(school_of.account_of(self.fellow))
        self.assertEqual(self.send().status_code, 404)
        self.way.by_assistant("action_supplement_received")
        self.enter(self.way.account)
        self.assertEqual(self.send().status_code, 422)
        self.assertFalse(self.files())
        with self.assertRaises(UserError):
            self.way.record.with_user(self.assistant)._hand_in(papers.PDF)

    def test_190_the_sixth_file_of_a_day_is_refused(self):
        for _number in range(5):
            self.assertEqual(self.send().status_code, 200)
        self.assertEqual(self.send().status_code, 422)
        self.assertEqual(len(self.files()), 5)
        self.way.record.with_user(self.way.account)._answer("May I send a sixth?")

    def test_190_the_file_is_in_the_students_own_copy_and_in_nobody_elses(self):
        self.send()
        own = self.student.with_user(self.way.account)._kept_file()
        names = zipfile.ZipFile(io.BytesIO(own)).namelist()
        self.assertEqual(sum("supplement-" in name for name in names), 1)
        by_staff = self.student.with_user(self.registrar)._kept_files()
        self.assertFalse(by_staff)

    def test_190_the_file_goes_with_the_messages(self):
        self.send()
        (file,) = self.files()
        self.assertIn(file.res_model, self.env["ntue.retention"]._correspondences())
        self.env["ntue.retention"]._erase_messages(self.student.sudo()._messages_about())
        self.assertFalse(file.exists())

    def test_2_home_names_the_last_day_and_an_answer_of_the_office(self):
        place = self.way.record.correspondence_ids.with_user(self.assistant)
        told = {"message_type": "comment", "subtype_xmlid": "mail.mt_comment"}
        place.message_post(body="Room 201", partner_ids=self.student.partner_id.ids, **told)
        self.enter(self.way.account)
        (row,) = html.fromstring(self.url_open("/my").text).cssselect("[data-cell=answered]")
        self.assertEqual(
            row.cssselect("a")[0].get("href"), f"/my/graduation/{self.way.record.id}#answers"
        )
        self.way.record.with_user(self.way.account)._answer("Thank you")
        self.assertNotIn('data-cell="answered"', self.url_open("/my").text)
        other = self.way_of(self.fellow).drafted()
        with freeze_time("2025-11-21 04:00:00"):
            (row,) = next_steps(other.record.with_user(other.account).with_context(lang="en_US"))
        self.assertTrue(row.text.startswith("Today is the last day."), row.text)
