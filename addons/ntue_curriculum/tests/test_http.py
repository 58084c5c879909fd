from odoo.tests import tagged

from . import records
from . import school as school_of
from .common import SchoolHttpCase

SCRIPT = "<script>alert(1)</script>"


@tagged("post_install", "-at_install")
class TestHttp(SchoolHttpCase):
    """Progress, profile and paper of a student, and who gets them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        records.people(cls)
        cls.account = school_of.account_of(cls.student)

    def test_87_the_progress_page_is_the_students_own(self):
        self.enter(self.account)
        page = self.url_open("/my/progress").text
        for text in ("王大明", "〔0648〕（1092）環境資源調查與規劃（3）", "課程理論研究"):
            self.assertIn(text, page)
        self.assertNotIn("同系同學", page)

    def test_a_paper_of_a_student_comes_to_the_student_and_the_staff_concerned(self):
        address = f"/report/pdf/ntue_curriculum.report_progress_sheet/{self.student.id}"
        for user in (
            school_of.account_of(self.fellow),
            self.other_assistant,
            self.registrar_day,
            self.operator,
        ):
            with self.subTest(user=user.login):
                self.enter(user)
                self.assert_shows_nothing(address, "王大明", "210941001")
        for user, path in ((self.account, "/my/progress/sheet"), (self.assistant, address)):
            self.enter(user)
            answer = self.url_open(path)
            self.assertEqual(answer.headers["Content-Type"], "application/pdf", path)

    def test_the_differences_on_paper_come_to_the_person_who_asked_for_them(self):
        draft = self.framework._start_revision("Meeting 3")
        draft.area_ids[0].min_credits = 9
        both = {"before_id": self.framework.id, "after_id": draft.id}
        asked = self.env["ntue.curriculum.compare"].with_user(self.assistant).create(both)
        address = f"/report/html/ntue_curriculum.report_difference/{asked.id}"
        for user in (self.account, self.other_assistant, self.registrar_day, self.operator):
            with self.subTest(user=user.login):
                self.enter(user)
                self.assert_shows_nothing(address, "研究方法領域", "SRD-E-109")
        self.enter(self.assistant)
        page = self.url_open(address).text
        for text in ("研究方法領域", "SRD-E-109", "Meeting 3"):
            self.assertIn(text, page)

    def test_D6_a_forged_post_of_the_profile_changes_the_profile_only(self):
        self.enter(self.account)
        self.post(
            "/my/profile",
            english_name="wang,ta-ming",
            email="new@mail.example.com",
            mobile="0911-111-111",
            phone="02-0000-0000",
            name="別名",
            student_no="1",
            curriculum_id=str(self.cict_framework.id),
            partner_id=str(self.fellow.partner_id.id),
        )
        self.assertEqual(
            (self.student.english_name, self.student.email, self.student.mobile),
            ("WANG, TA-MING", "new@mail.example.com", "0911-111-111"),
        )
        self.assertEqual((self.student.name, self.student.student_no), ("王大明", "210941001"))
        self.assertEqual(self.student.curriculum_id, self.framework)

    def test_D8_a_name_that_no_passport_has_is_not_saved(self):
        self.enter(self.account)
        before = self.fingerprint()
        self.post("/my/profile", english_name="王大明", email="x", mobile="call me", phone="")
        self.assertEqual(self.fingerprint(), before)

    def test_what_people_type_is_shown_as_text_and_never_run(self):
        row = school_of.enrolment(self.student, "0733")
        vals = {"name": f"研究{SCRIPT}", "correction_reason": f"因為{SCRIPT}"}
        self.rpc(self.registrar, "ntue.enrollment", "write", row.ids, vals)
        self.enter(self.account)
        self.assertNotIn(SCRIPT, self.url_open("/my/progress").text)
        (read,) = self.rpc(
            self.assistant, "ntue.student", "read", self.student.ids, ["audit_panel"]
        )
        self.assertIn("研究", read["audit_panel"])
        self.assertNotIn(SCRIPT, read["audit_panel"])
        told = self.student.correspondence_ids.message_ids[0].body
        self.assertIn("因為", told)
        self.assertNotIn(SCRIPT, told)
