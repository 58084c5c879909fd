import re

from lxml import html
from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .. import english_name
from . import papers, records
from . import school as school_of
from .common import CHANGED, REFUSED, SchoolCase, SchoolHttpCase

CHANGE = "ntue.student.change"
STUDENT = "ntue.student"

GOOD = {
    "english_name": "WANG, TA-MING",
    "email": "new@mail.example.com",
    "mobile": "0911-111-111",
    "phone": "02-0000-0000",
}
"""What a student may well type; saved as it is."""


def saved_as(page):
    """The lines of the page that tell what something was saved as."""
    return "".join(re.findall(r'<li class="o_ntue_saved_as">.*?</li>', page, re.DOTALL))


class TestEnglishName(SchoolCase):
    """The rule of the diploma's name, without a page (44, D8)."""

    def test_D8_case_blanks_and_marks_are_put_in_order(self):
        for typed in (
            "wang,ta-ming",
            "Wang ,  Ta-Ming ",
            "ＷＡＮＧ，ＴＡ－ＭＩＮＧ",
            "WANG, TA\N{EN DASH}MING",
            " wang，ta\N{NON-BREAKING HYPHEN}ming",
        ):
            with self.subTest(typed=typed):
                self.assertEqual(english_name.normalise(typed), "WANG, TA-MING")

    def test_D8_a_curly_apostrophe_becomes_that_of_a_passport(self):
        name = english_name.normalise("Ou\N{RIGHT SINGLE QUOTATION MARK}yang, Mei")
        self.assertEqual(name, "OU'YANG, MEI")

    def test_44_what_a_passport_writes_is_taken_and_nothing_else(self):
        for name in ("WANG, TA-MING", "WANG, TA MING", "OU YANG, MEI", "O'HARA, TA-MING"):
            self.assertTrue(english_name.is_valid(name), name)
        for name in (
            "",
            "王大明",
            "WANG TA-MING",
            "WANG,TA-MING",
            "WANG, TA--MING",
            "WANG, ",
            ", TA-MING",
            "WANG, TA-MING, JR",
            "WANG, TA-MING2",
            "wang, ta-ming",
            "WANG, TA-MING\n",
        ):
            self.assertFalse(english_name.is_valid(name), name)

    def test_D8_a_passport_has_room_for_39_characters(self):
        longest = "WANG, " + "A" * 33
        self.assertTrue(english_name.is_valid(longest))
        self.assertFalse(english_name.is_valid(longest + "A"))


@tagged("post_install", "-at_install")
class TestHistory(SchoolCase):
    """Every change of a profile is kept: who, when, what it was, what it is (D6)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        records.people(cls)
        cls.account = school_of.account_of(cls.student)

    def change(self, user, **vals):
        self.rpc(user, STUDENT, "write", self.student.ids, vals)

    def told(self):
        return [
            (row.field, row.old or "", row.new or "", row.user_id, row.reason or "")
            for row in self.student.change_ids.sorted("id")
        ]

    def test_D6_a_students_own_changes_are_kept_one_by_one(self):
        self.change(self.account, mobile="0911-111-111", phone="02-0000-0000")
        self.change(self.account, english_name="wang, da-ming", alias_name="Wang,David")
        self.change(self.account, email=False)
        self.assertEqual(
            self.told(),
            [
                ("mobile", "0900-000-000", "0911-111-111", self.account, ""),
                ("phone", "", "02-0000-0000", self.account, ""),
                ("alias_name", "", "WANG, DAVID", self.account, ""),
                ("english_name", "WANG, TA-MING", "WANG, DA-MING", self.account, ""),
                ("email", "a210941001@mail.example.com", "", self.account, ""),
            ],
        )
        moments = {str(row.changed_at) for row in self.student.change_ids}
        self.assertEqual(moments, {"2025-11-10 04:00:00"})

    def test_D6_a_correction_by_staff_is_kept_with_its_reason(self):
        self.change(self.registrar, mobile="0911-111-111", correction_reason="Phoned")
        kept = ("mobile", "0900-000-000", "0911-111-111", self.registrar, "Phoned")
        self.assertEqual(self.told(), [kept])

    def test_what_stays_the_same_is_no_change(self):
        self.change(self.account, mobile=" 0900-000-000 ", english_name="Wang,Ta-Ming")
        self.assertEqual(self.told(), [])

    def test_a_change_of_a_profile_is_told_to_nobody_by_mail_or_message(self):
        self.student._correspondence().message_subscribe(self.assistant.partner_id.ids)
        before = self.env["mail.message"].search_count([]), self.env["mail.mail"].search_count([])
        self.change(self.account, mobile="0911-111-111", alias_name="Wang,David")
        self.change(self.registrar, phone="02-0000-0000", correction_reason="Phoned")
        after = self.env["mail.message"].search_count([]), self.env["mail.mail"].search_count([])
        self.assertEqual(after, before)

    def test_a_change_of_the_email_is_told_to_its_owner_only(self):
        self.student._correspondence().message_subscribe(self.assistant.partner_id.ids)
        partner = self.student.partner_id
        old = partner.email
        of_records = [("model", "!=", False)]
        before = self.env["mail.message"].search_count(of_records)
        self.change(self.account, email="new@mail.example.com")
        self.assertEqual(self.env["mail.message"].search_count(of_records), before)
        mails = self.env["mail.mail"].search([])
        self.assertEqual(set(mails.mapped("email_to")), {old, "new@mail.example.com"})
        self.assertFalse(mails.recipient_ids)
        self.assertEqual(partner.email, old, "until the owner confirms it")

    def test_a_correction_of_more_than_the_profile_tells_the_rest_on_the_students_page(self):
        vals = {"name": "王大民", "mobile": "0911-111-111", "correction_reason": "Misread"}
        self.rpc(self.registrar, STUDENT, "write", self.student.ids, vals)
        body = self.student.correspondence_ids.message_ids[0].body
        self.assertIn("王大民", body)
        self.assertNotIn("0911-111-111", body)

    def test_nobody_writes_changes_or_deletes_the_history(self):
        self.change(self.account, mobile="0911-111-111")
        row = self.student.change_ids
        forged = {"student_id": self.student.id, "field": "email", "old": "a", "new": "b"}
        inside = {"change_ids": [(0, 0, {"field": "email", "new": "b"})]}
        for user in (self.account, self.assistant, self.registrar, self.operator):
            with self.subTest(user=user.login):
                for method, *args in (
                    ("create", forged),
                    ("write", row.ids, {"new": "b"}),
                    ("unlink", row.ids),
                ):
                    self.assertEqual(self.outcome(user, CHANGE, method, *args), REFUSED)
                for vals in (inside, {"change_ids": [(2, row.id)]}, {"change_ids": [(5,)]}):
                    vals = {**vals, "correction_reason": "Asked"}
                    found = self.outcome(user, STUDENT, "write", self.student.ids, vals)
                    self.assertNotEqual(found, CHANGED)
        for act in (row.sudo().unlink, lambda: row.sudo().write({"new": "b"})):
            with self.undone(), self.assertRaises(AccessError):
                act()

    def test_a_persons_own_defaults_do_not_speak_in_the_history(self):
        for field, value in (
            ("changed_at", "2001-01-01 00:00:00"),
            ("reason", "Forged"),
            ("action", "purged"),
        ):
            self.rpc(self.registrar, "ir.default", "set", CHANGE, field, value, True)
        self.change(self.registrar, mobile="0911-111-111", correction_reason="Phoned")
        row = self.student.change_ids
        self.assertEqual(str(row.changed_at), "2025-11-10 04:00:00")
        self.assertEqual((row.reason, row.action), ("Phoned", "changed"))

    def test_the_history_goes_with_the_student(self):
        guest = school_of.student(self.school, "210941099", "離開學生", taken=(), enrolled=())
        self.rpc(
            school_of.account_of(guest), STUDENT, "write", guest.ids, {"phone": "02-0000-0000"}
        )
        papers.upload(guest)
        rows, copy = guest.change_ids, guest.passport_copy_ids
        self.assertEqual(len(rows), 2)
        guest.unlink()
        self.assertFalse(rows.exists())
        self.assertFalse(copy.exists())

    def test_a_student_reads_who_changed_what(self):
        self.change(self.account, mobile="0911-111-111")
        self.change(self.registrar, mobile="0922-222-222", correction_reason="Phoned")
        latest, first = self.student.with_user(self.account)._profile_history()
        self.assertEqual((latest["who"], latest["new"]), ("School", "0922-222-222"))
        self.assertEqual(latest["reason"], "Phoned")
        self.assertEqual((first["who"], first["when"]), ("You", "114-11-10 12:00"))


@tagged("post_install", "-at_install")
class TestAcceptedName(SchoolCase):
    """Names of another form: the registrar accepts what no pattern can know (D7, D8)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        records.people(cls)
        cls.account = school_of.account_of(cls.student)

    def accept(self, name="YUMIN", **vals):
        vals = {"english_name": name, "english_name_accepted": True, **vals}
        vals["correction_reason"] = "Passport seen"
        self.rpc(self.registrar, STUDENT, "write", self.student.ids, vals)

    def test_D8_a_name_of_one_part_stands_when_the_registrar_accepts_it(self):
        self.refused(self.account, STUDENT, "write", self.student.ids, {"english_name": "YUMIN"})
        self.accept()
        self.assertEqual(self.student.english_name, "YUMIN")
        self.assertEqual(self.student._diploma_problems(), {})

    def test_D7_a_blank_name_will_do_when_the_registrar_accepts_it(self):
        self.student.english_name = False
        self.assertIn("english_name", self.student._diploma_problems())
        self.accept(False)
        self.assertEqual(self.student._diploma_problems(), {})

    def test_D8_a_diploma_bears_latin_letters_no_matter_who_accepts_what(self):
        vals = {"english_name": "王大明", "english_name_accepted": True, "correction_reason": "x"}
        self.refused(self.registrar, STUDENT, "write", self.student.ids, vals)

    def test_D8_a_students_own_change_ends_what_was_accepted(self):
        self.accept()
        self.rpc(self.account, STUDENT, "write", self.student.ids, {"english_name": "yumin"})
        self.assertTrue(self.student.english_name_accepted, "the same name once more")
        self.refused(self.account, STUDENT, "write", self.student.ids, {"english_name": "KWALI"})
        vals = {"english_name": "WANG, TA-MING"}
        self.rpc(self.account, STUDENT, "write", self.student.ids, vals)
        self.assertFalse(self.student.english_name_accepted)

    def test_D8_nobody_but_the_registrar_of_the_division_accepts(self):
        vals = {"english_name_accepted": True, "correction_reason": "Asked"}
        for user in (self.account, self.assistant, self.registrar_day, self.operator):
            found = self.outcome(user, STUDENT, "write", self.student.ids, vals)
            self.assertEqual(found, REFUSED, user.login)

    def test_38_a_diploma_before_term_1132_bears_no_english_name(self):
        self.student.english_name = False
        self.assertEqual(self.student._diploma_problems(self.terms["1131"]), {})
        for code in ("1132", "1141"):
            self.assertIn("english_name", self.student._diploma_problems(self.terms[code]))


@tagged("post_install", "-at_install")
class TestProfilePage(SchoolHttpCase):
    """學生基本資料 in the browser."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        records.people(cls)
        cls.account = school_of.account_of(cls.student)

    def setUp(self):
        super().setUp()
        self.enter(self.account)

    def send(self, files=None, **fields):
        return self.post("/my/profile", files=files, **{**GOOD, "action": "save", **fields})

    def test_44_the_example_and_51_the_ministrys_address_stand_beside_the_field(self):
        page = self.url_open("/my/profile").text
        for text in (
            "王大明",
            "WANG, TA-MING",
            "https://www.boca.gov.tw/sp-natr-singleform-1.html",
        ):
            self.assertIn(text, page)

    def test_D8_a_blank_name_is_suggested_and_never_filled_in_unasked(self):
        self.assertNotIn("suggested_name", self.url_open("/my/profile").text)
        self.student.english_name = False
        field = 'name="english_name" value="'
        page = self.url_open("/my/profile").text
        self.assertIn("suggested_name", page)
        self.assertNotIn(f'{field}WANG, TA-MING"', page)
        before = self.fingerprint()
        page = self.send(action="suggest", english_name="", phone="02-0000-0001").text
        self.assertIn(f'{field}WANG, TA-MING"', page)
        self.assertIn('name="phone" value="02-0000-0001"', page)
        self.assertEqual(self.fingerprint(), before)

    def test_the_enter_key_saves_and_deletes_no_passport_copy(self):
        self.student.alias_name = "WANG, DAVID"
        papers.upload(self.student)
        page = html.fromstring(self.url_open("/my/profile").text)
        first = page.cssselect("form.o_ntue_profile [type=submit]")[0]
        self.assertEqual((first.get("name"), first.get("value")), ("action", "save"))
        self.assertTrue(page.cssselect("form.o_ntue_profile button[value=delete_copy]"))

    def test_D8_the_page_tells_what_a_name_was_saved_as(self):
        answer = self.send(english_name="wang ,ta-ming", email=" new@mail.example.com ")
        self.assertIn("<strong>WANG, TA-MING</strong>", saved_as(answer.text))
        self.assertNotIn("new@mail.example.com", saved_as(answer.text))
        self.assertEqual(self.student.english_name, "WANG, TA-MING")

    def test_nothing_is_said_of_what_was_saved_as_typed(self):
        self.assertEqual(saved_as(self.send().text), "")
        self.assertEqual(self.student.phone, "02-0000-0000")

    def test_each_wrong_field_is_told_above_and_beside_it_and_nothing_is_saved(self):
        wrong = {
            "english_name": "WANG TA-MING",
            "email": "Wang <a@mail.example.com>",
            "mobile": "call me",
            "phone": "never",
        }
        before = self.fingerprint()
        page = self.send(**wrong).text
        self.assertEqual(self.fingerprint(), before)
        self.assertIn('id="profile_errors"', page)
        for key, value in wrong.items():
            with self.subTest(key=key):
                self.assertIn(f'href="#profile_{key}"', page)
                self.assertIn(f'id="profile_{key}_error"', page)
                self.assertIn(value.replace("<", "&lt;").replace(">", "&gt;"), page)

    def test_D49_a_profile_without_mobile_is_saved_and_will_not_do_for_applying(self):
        self.send(mobile="")
        self.assertFalse(self.student.mobile)
        self.assertIn("mobile", self.student._diploma_problems())

    def test_the_contact_phone_is_a_courtesy(self):
        self.send(phone="")
        self.assertEqual(self.student._diploma_problems(), {})
        for phone in (
            "(02)0000-0000",
            "02-0000-0000 轉 123",
            "0200000000#82203",
            "+886-2-0000-0000",
        ):
            self.send(phone=phone)
            self.assertEqual(self.student.phone, phone)

    def test_D6_the_history_stands_on_the_page(self):
        self.send(mobile="0922-222-222")
        page = self.url_open("/my/profile").text
        for text in ("0900-000-000", "0922-222-222", "114-11-10 12:00"):
            self.assertIn(text, page)

    def test_a_name_with_script_in_the_address_is_not_shown(self):
        page = self.url_open("/my/profile?saved=1&as=<script>alert(1)</script>,name").text
        self.assertNotIn("<script>alert(1)</script>", page)
        self.assertEqual(saved_as(page), "")

    def test_a_post_without_the_sessions_token_saves_nothing(self):
        before = self.fingerprint()
        with mute_logger("odoo.http"):
            answer = self.url_open("/my/profile", data={**GOOD, "csrf_token": "0" * 40})
        self.assertEqual(answer.status_code, 400)
        self.env.invalidate_all()
        self.assertEqual(self.fingerprint(), before)
