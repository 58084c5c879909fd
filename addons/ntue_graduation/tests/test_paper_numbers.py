"""A printed slip is found by its number, whatever became of the student's number since."""

from urllib.parse import unquote, urlsplit

from odoo.addons.ntue_curriculum.erasing import erasing
from odoo.addons.ntue_curriculum.tests import school as school_of
from odoo.tests import freeze_time, tagged

from ..papers.slip import document_number, slip
from .common import APPLICATION, TICKABLE, GraduationCase, Way, upgraded
from .test_slip_routes import RoutesCase

BULK, COMPLETION, SCAN = (
    "ntue.graduation.bulk",
    "ntue.graduation.completion",
    "ntue.graduation.scan",
)
MARKED = ("21-094.1", "21_0941", "21/0941", "21-0941-1")
"""Numbers of students with the marks that codes may have (F25)."""


def marked(case, number):
    """The way of a new student with such a number, whose address has none of the marks."""
    email = f"a{number.encode().hex()}@mail.example.com"
    return Way(case, case.new_student(number, "同學", email=email))


class PaperCase(GraduationCase):
    def corrected(self, student, number):
        student.student_no = number
        self.env.flush_all()
        self.env.invalidate_all()

    def scan(self, number, method="action_open"):
        wizard = self.rpc(self.assistant, SCAN, "create", {"number": number})
        return self.rpc(self.assistant, SCAN, method, [wizard])

    def refusal(self, number):
        wizard = self.rpc(self.assistant, SCAN, "create", {"number": number})
        return self.refused(self.assistant, SCAN, "action_take_paper", [wizard])

    def listed(self, text):
        wizard = self.rpc(self.registrar, COMPLETION, "create", {"numbers": text})
        answer = self.rpc(self.registrar, COMPLETION, "action_check", [wizard])
        return self.env[BULK].browse(answer["res_id"]).line_ids


@tagged("post_install", "-at_install")
class TestPaperNumbers(PaperCase):
    def test_163_a_paper_is_taken_in_after_the_students_number_was_put_right(self):
        record = self.way.submitted().record
        self.corrected(self.student, "210941009")
        self.scan("1141-210941001-1", "action_take_paper")
        record.invalidate_recordset()
        self.assertTrue(record.paper_received_on)

    def test_163_old_and_new_number_of_the_application_open_it(self):
        self.way.submitted()
        self.corrected(self.student, "210941009")
        for number in ("1141-210941001", "1141-210941009", "210941009", "1141-210941001-1"):
            with self.subTest(number=number):
                self.assertEqual(self.scan(number)["res_id"], self.way.record.id)

    def test_157_a_paper_from_before_a_return_stays_refused_after_the_number_was_put_right(self):
        self.way.returned().tick(*TICKABLE).submit()
        self.corrected(self.student, "210941009")
        self.assertIn("Ask for slip 1141-210941001-2", self.refusal("1141-210941001-1"))

    def test_157_so_it_does_where_the_number_was_put_right_in_between(self):
        self.way.returned()
        self.corrected(self.student, "210941009")
        self.way.tick(*TICKABLE).submit()
        self.assertEqual(document_number(self.way.record), "1141-210941009-2")
        self.assertIn("Ask for slip 1141-210941009-2", self.refusal("1141-210941009-1"))

    def test_no_paper_has_a_number_that_another_students_paper_has(self):
        """Two numbers were interchanged, and put right after one paper was printed."""
        self.way.submitted()
        self.corrected(self.student, "210941009")
        student = self.new_student("210941008", "真的學號")
        self.corrected(student, "210941001")
        other = Way(self, student).submitted()
        self.assertNotEqual(document_number(other.record), document_number(self.way.record))
        for way in (self.way, other):
            number = document_number(way.record)
            self.assertEqual(self.scan(number)["res_id"], way.record.id)

    def test_F25_a_number_with_every_mark_is_scanned_typed_and_taken_in(self):
        for number in MARKED:
            way = marked(self, number).submitted()
            address = slip(way.record)["document"]["address"]
            texts = (number, f"1141-{number}", f"1141-{number}-1", address)
            for text in texts:
                with self.subTest(text=text):
                    self.assertEqual(self.scan(text)["res_id"], way.record.id)
            self.scan(address, "action_take_paper")
            way.record.invalidate_recordset()
            self.assertTrue(way.record.paper_received_on, number)

    def test_F25_of_a_number_with_a_count_behind_no_other_students_paper_is_taken_for(self):
        """21-0941-1 is a student, and 1141-21-0941-1 may be a paper of student 21-0941."""
        short = marked(self, "21-0941").submitted()
        long = marked(self, "21-0941-1").submitted()
        for way in (short, long):
            self.assertEqual(self.scan(document_number(way.record))["res_id"], way.record.id)

    def test_184_a_list_completes_by_papers_whose_number_was_put_right_or_has_marks(self):
        way = self.way.second_passed()
        self.corrected(self.student, "21-0941")
        address = slip(way.record)["document"]["address"]
        for text in (address, "1141-210941001-1", "21-0941", "1141-21-0941", "21-0941 王大明"):
            with self.subTest(text=text):
                self.assertEqual(self.listed(text).application_id, way.record)

    def test_184_two_papers_of_one_application_are_one_line(self):
        way = self.way.second_passed()
        lines = self.listed("1141-210941001\n1141-210941001-1")
        self.assertEqual(lines.mapped("number"), [way.record._number()])

    def test_what_was_submitted_is_erased_and_its_paper_still_counts(self):
        record = self.way.submitted().record
        record._empty_snapshots()
        self.assertEqual(document_number(record), "1141-210941001-1")
        self.scan("1141-210941001-1", "action_take_paper")
        record.invalidate_recordset()
        self.assertTrue(record.paper_received_on)

    def test_erasing_a_student_takes_the_number_off_the_application(self):
        record = self.way.submitted().record
        erasing(self.student)._erase_identity()
        self.assertFalse(record.document_number)

    def test_the_desk_finds_an_application_by_what_is_printed_on_its_slip(self):
        self.way.submitted()
        arch = self.env[APPLICATION].get_view(view_type="search")["arch"]
        self.assertIn("('document_number', 'ilike', self)", arch)

    def test_an_upgrade_keeps_the_number_of_what_was_submitted_before(self):
        kept = self.way.submitted().record
        emptied = Way(self, self.new_student("210941002", "同學")).returned().tick(*TICKABLE)
        emptied.submit().record._empty_snapshots()
        draft = Way(self, self.new_student("210941003", "同學")).drafted().record
        rows = kept | emptied.record | draft
        for row in rows:
            row._set({"document_number": False})
        self.corrected(self.student, "210941009")
        upgraded(self.env, "document_numbers")
        self.assertEqual(
            rows.mapped("document_number"), ["1141-210941001-1", "1141-210941002-2", False]
        )


@tagged("post_install", "-at_install")
class TestPaperAddresses(RoutesCase):
    """The address in the QR code."""

    def leads(self, way, address):
        answer = self.get(address, self.assistant)
        self.assertEqual(answer.status_code, 303, address)
        form = f"/odoo/ntue.graduation.application/{way.record.id}"
        self.assertTrue(answer.headers["Location"].endswith(form), answer.headers["Location"])

    def test_it_leads_on_after_the_students_number_was_put_right(self):
        self.way.submitted()
        address = urlsplit(slip(self.way.record)["document"]["address"]).path
        self.student.student_no = "210941009"
        self.leads(self.way, address)

    def test_F25_it_leads_on_with_every_mark_that_a_number_may_have(self):
        for number in MARKED:
            with self.subTest(number=number):
                way = marked(self, number).submitted()
                address = urlsplit(slip(way.record)["document"]["address"]).path
                self.assertIn(number, unquote(address))
                self.leads(way, address)

    @freeze_time("2025-11-10 04:00:00")
    def test_it_leads_on_when_what_was_submitted_is_erased(self):
        self.way.submitted().record._empty_snapshots()
        self.leads(self.way, "/graduation/slip/1141-210941001-1")

    def test_a_paper_of_before_is_told_after_the_number_was_put_right(self):
        self.way.returned().tick("0733", "0812").submit()
        self.student.student_no = "210941009"
        answer = self.get("/graduation/slip/1141-210941001-1", self.assistant)
        self.assertIn("1141-210941001-2", answer.text)
        self.assertEqual(answer.status_code, 200)

    def test_I9_nobody_else_learns_of_it(self):
        way = marked(self, "21/0941").submitted()
        address = urlsplit(slip(way.record)["document"]["address"]).path
        for user in (school_of.account_of(self.fellow), self.other_assistant, None):
            self.assertEqual(self.get(address, user).status_code, 404)
