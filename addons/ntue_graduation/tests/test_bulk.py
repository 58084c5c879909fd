import base64
import io
from unittest.mock import patch

from odoo.addons.ntue_curriculum.tests import school as school_of
from odoo.tests import tagged
from openpyxl import Workbook

from ..papers.slip import slip
from .common import APPLICATION, GraduationCase, Way

BULK = "ntue.graduation.bulk"
COMPLETION = "ntue.graduation.completion"


class BulkCase(GraduationCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        numbers = [f"2109410{number}" for number in range(11, 15)]
        students = [cls.new_student(number, f"學生{number}") for number in numbers]
        cls.passed = [Way(cls, student).first_passed().grade(85) for student in students]

    def ways(self):
        return [way.in_test(self) for way in self.passed]

    def look(self, ways, user=None):
        ids = [way.record.id for way in ways]
        answer = self.rpc(user or self.registrar, APPLICATION, "action_prepare_bulk", ids)
        return self.env[BULK].browse(answer["res_id"])

    def run_cron(self):
        """The cron's work; a test's transaction cannot be committed."""
        cron = type(self.env["ir.cron"])
        with patch.object(cron, "_commit_progress", lambda _self, *_args, **_kwargs: 60.0):
            self.env[BULK]._run_due()

    def run_all(self, bulk):
        self.rpc(bulk.requested_by_id, BULK, "action_start", bulk.ids)
        self.run_cron()
        bulk.invalidate_recordset()
        return bulk


@tagged("post_install", "-at_install")
class TestBulk(BulkCase):
    """複審 of many: looked at, told, and then taken one by one (D28)."""

    def test_D28_what_is_clean_passes_in_one_action_and_each_has_its_event(self):
        ways = self.ways()
        bulk = self.look(ways)
        self.assertEqual((bulk.total, bulk.ready, bulk.not_ready), (4, 4, 0))
        self.assertEqual({way.position() for way in ways}, {"submitted/passed/pending"})
        bulk = self.run_all(bulk)
        self.assertEqual((bulk.state, bulk.done, bulk.percent), ("done", 4, 100))
        for way in ways:
            self.assertEqual(way.position(), "submitted/passed/passed")
            event = way.record.event_ids[-1]
            self.assertEqual((event.action, event.user_id), ("pass_second", self.registrar))

    def test_D28_wherever_its_time_ends_the_cron_comes_back_until_the_end_is_written(self):
        bulk = self.look(self.ways())
        self.rpc(self.registrar, BULK, "action_start", bulk.ids)
        left = [0]

        def out_of_time(_cron, processed=0, *, remaining=None):
            left[0] = left[0] - processed if remaining is None else remaining
            return 0.0

        with patch.object(type(self.env["ir.cron"]), "_commit_progress", out_of_time):
            runs = 1
            self.env[BULK]._run_due()
            while left[0]:
                runs += 1
                self.env[BULK]._run_due()
        self.assertEqual((bulk.state, bulk.done, runs), ("done", 4, 5))
        self.assertTrue(bulk.ended_at)

    def test_D28_what_is_not_clean_is_left_and_the_summary_says_why(self):
        ways = self.ways()
        school_of.enrolment(ways[0].student, "0901").write(
            {"state": "in_progress", "is_graded": False}
        )
        school_of.enrolment(ways[1].student, "0501").score = 90
        ways[2].student.mobile = "0911-111-111"
        bulk = self.look(ways)
        self.assertEqual((bulk.ready, bulk.not_ready), (1, 3))
        why = {line.application_id: line.why for line in bulk.line_ids}
        self.assertIn("Not graded yet: 碩士論文", why[ways[0].record])
        self.assertIn("社會科學研究法（3）: score 85 → 90", why[ways[1].record])
        self.assertIn("profile has changed", why[ways[2].record])
        self.run_all(bulk)
        self.assertEqual(
            [way.position() for way in ways],
            ["submitted/passed/pending"] * 3 + ["submitted/passed/passed"],
        )

    def test_D28_an_override_is_a_decision_of_its_own(self):
        way = self.ways()[0]
        way.by_registrar("write", {"override_reason": "By the dean's decision"})
        self.assertIn("override", self.look([way]).line_ids.why)

    def test_what_changed_after_the_summary_is_not_passed_by_it(self):
        ways = self.ways()
        bulk = self.look(ways)
        ways[0].grade(50)
        bulk = self.run_all(bulk)
        self.assertEqual((bulk.done, bulk.refused), (3, 1))
        self.assertEqual(ways[0].position(), "submitted/passed/pending")
        line = bulk.line_ids.filtered(lambda row: row.application_id == ways[0].record)
        self.assertIn("Areas not met: D", line.message)

    def test_183_only_what_passed_the_first_review_is_passed(self):
        way = Way(self, self.student).reviewed()
        bulk = self.look([way])
        self.assertEqual((bulk.ready, bulk.not_ready), (0, 1))

    def test_nobody_passes_their_own_among_many(self):
        ways = self.ways()
        ways[0].student.partner_id = self.registrar.partner_id
        bulk = self.look(ways)
        self.assertIn(
            "Nobody reviews their own", "".join(filter(None, bulk.line_ids.mapped("why")))
        )
        self.assertEqual(bulk.ready, 3)

    def test_a_registrar_who_is_none_any_more_passes_nobody(self):
        ways = self.ways()
        bulk = self.look(ways)
        self.rpc(self.registrar, BULK, "action_start", bulk.ids)
        self.registrar.group_ids -= self.env.ref("ntue_curriculum.group_registrar_continuing")
        self.run_cron()
        self.assertEqual({way.position() for way in ways}, {"submitted/passed/pending"})

    def test_beginning_twice_passes_once(self):
        ways = self.ways()
        bulk = self.run_all(self.look(ways))
        before = ways[0].record.event_ids
        self.run_all(bulk)
        self.assertEqual(ways[0].record.event_ids, before)

    def test_I9_an_assistant_begins_nothing_and_sees_nothing_of_it(self):
        ways = self.ways()
        ids = [way.record.id for way in ways]
        self.refused(self.assistant, APPLICATION, "action_prepare_bulk", ids)
        self.refused(self.registrar_day, APPLICATION, "action_prepare_bulk", ids)
        bulk = self.look(ways)
        for user in (self.assistant, self.registrar_day):
            self.refused(user, BULK, "action_start", bulk.ids)


@tagged("post_install", "-at_install")
class TestCompletion(BulkCase):
    """完成離校 by a list of numbers: a result for every line of it (184)."""

    def check(self, **values):
        wizard = self.rpc(self.registrar, COMPLETION, "create", values)
        answer = self.rpc(self.registrar, COMPLETION, "action_check", [wizard])
        return self.env[BULK].browse(answer["res_id"])

    def test_184_a_list_of_numbers_completes_who_may_leave(self):
        ways = self.ways()
        for way in ways[:2]:
            way.pass_second()
        numbers = [way.student.student_no for way in ways]
        text = "\n".join([*numbers[:2], f"1141-{numbers[2]}", "999999999", numbers[0]])
        bulk = self.check(numbers=text, left_on="2025-11-08")
        self.assertEqual((bulk.total, bulk.ready), (4, 2))
        why = {line.number: line.why for line in bulk.line_ids}
        self.assertIn("nothing that waits", why["999999999"])
        self.assertIn("not possible at the present step", why[f"1141-{numbers[2]}"])
        self.run_all(bulk)
        for way in ways[:2]:
            self.assertEqual(way.position(), "completed/passed/passed")
            self.assertEqual(str(way.record.left_on), "2025-11-08")
            self.assertEqual(way.record.final_credits, 34)
            self.assertIn("114-11-08", way.record.event_ids[-1].reason)
        self.assertEqual(ways[2].position(), "submitted/passed/pending")

    def test_184_a_day_of_leaving_that_is_to_come_is_refused_before_anything_is_looked_at(self):
        way = self.ways()[0].pass_second()
        values = {"numbers": way.student.student_no, "left_on": "2025-11-11"}
        wizard = self.rpc(self.registrar, COMPLETION, "create", values)
        before = self.env[BULK].search_count([])
        told = self.refused(self.registrar, COMPLETION, "action_check", [wizard])
        self.assertIn("not in the future", told)
        self.assertEqual(self.env[BULK].search_count([]), before)
        bulk = self.run_all(self.check(**{**values, "left_on": "2025-11-10"}))
        self.assertEqual(bulk.done, 1)

    def test_184_a_day_that_is_noted_for_a_student_goes_before_the_day_of_all(self):
        ways = [way.pass_second() for way in self.ways()[:3]]
        noted, blank, later = ways
        noted.by_registrar("write", {"left_on": "2025-11-03"})
        numbers = "\n".join(way.student.student_no for way in ways)
        bulk = self.check(numbers=numbers, left_on="2025-11-08")
        shown = {line.application_id: str(line.left_on) for line in bulk.line_ids}
        self.assertEqual(shown.pop(noted.record), "2025-11-03")
        self.assertEqual(set(shown.values()), {"2025-11-08"})
        later.by_registrar("write", {"left_on": "2025-11-05"})  # after it was looked at
        self.run_all(bulk)
        for way, day in ((noted, "11-03"), (blank, "11-08"), (later, "11-05")):
            self.assertEqual(str(way.record.left_on), f"2025-{day}")
            self.assertIn(f"114-{day}", way.record.event_ids[-1].reason)

    def test_184_two_numbers_of_one_application_are_one_line(self):
        way = self.ways()[0].pass_second()
        number = way.student.student_no
        bulk = self.check(numbers=f"{number}\n1141-{number}\n{number}")
        self.assertEqual((bulk.total, bulk.line_ids.number), (1, number))
        bulk = self.run_all(bulk)
        self.assertEqual((bulk.done, bulk.refused), (1, 0))

    def test_184_a_scanner_reads_a_slips_qr_code_into_the_list(self):
        way = self.ways()[0].pass_second()
        address = slip(way.record)["document"]["address"]
        number = f"1141-{way.student.student_no}"
        for text in (address, f"{number}-1", f"  {number}\t"):
            with self.subTest(text=text):
                bulk = self.check(numbers=text)
                self.assertEqual(bulk.line_ids.mapped("number"), [number])
                self.assertEqual(bulk.line_ids.application_id, way.record)

    def test_184_the_final_audit_is_made_again_at_leaving(self):
        way = self.ways()[0].pass_second()
        way.grade(50)
        bulk = self.check(numbers=way.student.student_no)
        self.assertIn("Areas not met: D", bulk.line_ids.why)

    def test_184_a_spreadsheet_a_table_and_a_text_say_the_same(self):
        ways = self.ways()[:2]
        numbers = [way.pass_second().student.student_no for way in ways]
        book = Workbook()
        for row in (["姓名", "學號"], ["甲", numbers[0]], ["乙", int(numbers[1])]):
            book.active.append(row)
        stream = io.BytesIO()
        book.save(stream)
        table = "\n".join(["姓名,學號", f"甲,{numbers[0]}", f"乙,{numbers[1]}"])
        for name, data in (
            ("list.xlsx", stream.getvalue()),
            ("list.csv", table.encode("utf-8-sig")),
            ("list.txt", "\r\n".join(numbers).encode()),
        ):
            with self.subTest(name=name):
                file = base64.b64encode(data).decode()
                bulk = self.check(file=file, file_name=name)
                self.assertEqual(bulk.line_ids.mapped("number"), numbers)
                self.assertEqual(bulk.ready, 2)

    def test_184_a_file_that_is_none_is_refused_in_words(self):
        file = base64.b64encode(b"\xff\xfe\x00no").decode()
        for name in ("list.xlsx", "list.csv"):
            vals = {"file": file, "file_name": name}
            wizard = self.rpc(self.registrar, COMPLETION, "create", vals)
            self.refused(self.registrar, COMPLETION, "action_check", [wizard])
