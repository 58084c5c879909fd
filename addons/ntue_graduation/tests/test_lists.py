import base64
import io
from datetime import datetime
from unittest.mock import patch

from odoo.addons.ntue_curriculum.degree_audit import Case
from odoo.addons.ntue_curriculum.tests import school as school_of
from odoo.addons.ntue_curriculum.tests.common import SchoolHttpCase
from odoo.addons.ntue_curriculum.tests.papers import PDF
from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged
from openpyxl import load_workbook

from ..pages import final_result as results
from ..pages.final_result import final_result
from ..wizard import roster as rosters
from .common import APPLICATION, LINE, GraduationCase, Way, window
from .test_further_programs import further

ROSTER = "ntue.graduation.roster"
FILES = "/ntue_graduation/roster"


def sheet(content):
    """The only sheet of an xlsx file."""
    book = load_workbook(io.BytesIO(content))
    (name,) = book.sheetnames
    return book[name]


def column(page, title):
    """The cells under ``title``, by its place in the header."""
    (place,) = [cell.column for cell in page[1] if cell.value == title]
    return [row[place - 1] for row in page.iter_rows(min_row=2)]


class ListCase(GraduationCase):
    """Two departments have an application each, a third student keeps a draft."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.stranger = cls.new_student(
            "010943003", "=1+1", of_framework=cls.cict_framework, email="@x"
        )
        cls.stranger.write({"email": "a@mail.example.com", "english_name": "LEE, SIAO-CING"})
        cls.fellow = cls.new_student("210941002", "同系同學")
        for program, name in ((cls.program, "Master of X"), (cls.cict_program, "+Master of Y")):
            program.english_name = name
        cls.way.submitted().receive()
        cls.other = Way(cls, cls.stranger).submitted()
        Way(cls, cls.fellow).drafted()

    def roster(self, user, **values):
        vals = {"term_id": self.terms["1141"].id, **values}
        key = self.rpc(user, ROSTER, "create", vals)
        return self.env[ROSTER].browse(key).with_user(user)

    def page(self, user, **values):
        return sheet(self.roster(user, **values)._file()[1])

    def numbers(self, user, **values):
        title = "Student number"
        return [cell.value for cell in column(self.page(user, **values), title)]


@tagged("post_install", "-at_install")
class TestWorkbooks(ListCase):
    def test_I20_the_diploma_list_has_what_a_diploma_is_made_from(self):
        page = self.page(self.registrar, kind="diploma")
        self.assertEqual(
            [cell.value for cell in page[1]],
            [
                "Student number",
                "Full name",
                "English name",
                "Passport alias",
                "Passport copy",
                "E-mail",
                "Program",
                "Program in English",
                "Further programs to be noted",
                "First review",
                "Second review",
                "Application state",
                "Graduation average",
                "Rank in class",
                "Students in class",
            ],
        )
        rows = [tuple(cell.value for cell in row) for row in page.iter_rows(min_row=2)]
        self.assertIn(
            (
                "210941001",
                "王大明",
                "WANG, TA-MING",
                None,
                None,
                "a210941001@mail.example.com",
                "社會與區域發展學系碩士在職專班",
                "Master of X",
                None,
                "Waiting for review",
                "Waiting for review",
                "Submitted",
                *self.result_now(),
            ),
            rows,
        )

    def audits_of(self, kind="diploma"):
        """How many audits the list makes, and how often a result is worked out."""
        self.env.flush_all()
        self.env.invalidate_all()
        self.env.cr.cache.clear()
        audit, together, worked_out = Case.audit, Case.together, results.final_result
        with (
            patch.object(Case, "audit", autospec=True, side_effect=audit) as audits,
            patch.object(Case, "together", autospec=True, side_effect=together) as beside,
            patch.object(results, "final_result", side_effect=worked_out) as made,
        ):
            self.page(self.registrar, kind=kind)
        return audits.call_count, beside.call_count, made.call_count

    def test_the_diploma_list_audits_nobody_without_a_further_program(self):
        self.assertEqual(self.audits_of(), (0, 0, 2))
        further(self.way)
        _audits, beside, made = self.audits_of()
        self.assertEqual((beside, made), (1, 2))

    def result_now(self):
        """What the list has of the result before it is frozen (184)."""
        result = final_result(self.way.record)
        return float(result.average), None, None

    def test_43_an_alias_stands_in_the_diploma_list_with_whether_its_copy_is_there(self):
        record = self.way.record
        record._set({"alias_name": "WANG, DAVID"})
        page = self.page(self.assistant, kind="diploma")
        self.assertEqual([cell.value for cell in column(page, "Passport alias")], ["WANG, DAVID"])
        self.assertEqual([cell.value for cell in column(page, "Passport copy")], ["✗"])
        content = base64.b64encode(PDF)
        self.env["ntue.passport.copy"].with_user(self.way.account).create(
            {"student_id": self.student.id, "content": content}
        )
        page = self.page(self.assistant, kind="diploma")
        self.assertEqual([cell.value for cell in column(page, "Passport copy")], ["✓"])

    def test_D6_the_diploma_list_has_what_the_registrar_accepted_since(self):
        self.way.decide().pass_first()
        self.student.write({"english_name": "WANG, DA-MING", "email": "new@mail.example.com"})
        before = self.page(self.registrar, kind="diploma", department_ids=[(6, 0, self.srd.ids)])
        self.assertEqual(column(before, "English name")[0].value, "WANG, TA-MING")
        self.way.by_registrar("action_accept_profile")
        after = self.page(self.registrar, kind="diploma", department_ids=[(6, 0, self.srd.ids)])
        self.assertEqual(column(after, "English name")[0].value, "WANG, DA-MING")
        self.assertEqual(column(after, "E-mail")[0].value, "new@mail.example.com")

    def test_a_registrar_finds_the_division_an_assistant_the_department_and_nobody_a_draft(self):
        for kind in ("diploma", "roster"):
            with self.subTest(kind=kind):
                found = self.numbers(self.registrar, kind=kind)
                self.assertEqual(sorted(found), ["010943003", "210941001"])
                self.assertEqual(self.numbers(self.assistant, kind=kind), ["210941001"])
                self.assertEqual(self.numbers(self.other_assistant, kind=kind), ["010943003"])
                self.assertEqual(self.numbers(self.registrar_day, kind=kind), [])
        found = set(self.numbers(self.assistant, kind="courses"))
        self.assertEqual(found, {"210941001"})

    def test_chosen_applications_are_found_by_the_same_rights(self):
        draft = self.fellow._applications()
        chosen = f"{self.way.record.id},{self.other.record.id},{draft.id}"
        for user, expected in (
            (self.assistant, ["210941001"]),
            (self.registrar, ["010943003", "210941001"]),
        ):
            found = self.numbers(user, kind="diploma", chosen=chosen)
            self.assertEqual(sorted(found), expected)
            count = self.roster(user, chosen=chosen).count
            self.assertEqual(count, len(expected))

    def test_what_is_chosen_is_numbers(self):
        for chosen in ("x", "1,x", "1;2", "0) OR (1=1"):
            self.refused(self.assistant, ROSTER, "create", {"chosen": chosen})

    def test_a_list_is_narrowed_by_department_and_stand(self):
        only = {"department_ids": [(6, 0, self.cict.ids)]}
        self.assertEqual(self.numbers(self.registrar, **only), ["010943003"])
        self.assertEqual(self.numbers(self.registrar, stand="waiting_first"), ["210941001"])
        self.assertEqual(self.numbers(self.registrar, stand="waiting_paper"), ["010943003"])
        self.assertEqual(self.numbers(self.registrar, stand="waiting_second"), [])
        self.way.decide().pass_first()
        for stand in ("waiting_second", "first_passed"):
            self.assertEqual(self.numbers(self.registrar, stand=stand), ["210941001"])
        for stand in ("second_passed", "completed", "lapsed", "failed"):
            self.assertEqual(self.numbers(self.registrar, stand=stand), [])

    def test_numbers_of_students_and_offerings_are_text_and_keep_their_zeros(self):
        page = self.page(self.registrar, kind="courses")
        for title in ("Student number", "Offering number", "Term", "Course code", "Score"):
            for cell in column(page, title):
                self.assertEqual((cell.data_type, cell.number_format), ("s", "@"), title)
        self.assertEqual({cell.value for cell in column(page, "Offering number")}, {"0733", "0812"})

    def test_a_text_keeps_its_distance_from_the_number_before_it(self):
        page = self.page(self.registrar, kind="courses")
        for cell in column(page, "Score"):
            self.assertEqual(cell.alignment.indent, 1)

    def test_credits_are_numbers_and_days_are_dates(self):
        page = self.page(self.assistant, kind="roster")
        for title, value in (
            ("Graduation credits", 32),
            ("Expected credits", 34),
            ("Credits earned", 24),
            ("Courses to decide", 2),
        ):
            (cell,) = column(page, title)
            self.assertEqual((cell.data_type, cell.value), ("n", value), title)
        for title in ("Submitted on", "Paper received"):
            (cell,) = column(page, title)
            self.assertEqual((cell.is_date, cell.value), (True, datetime(2025, 11, 10)), title)  # noqa: DTZ001  # a day has no zone
        (cell,) = column(page, "Second review on")
        self.assertIsNone(cell.value)

    def test_F17_what_looks_like_a_formula_is_text(self):
        page = self.page(self.other_assistant, kind="diploma")
        for title, value in (("Full name", "=1+1"), ("Program in English", "+Master of Y")):
            (cell,) = column(page, title)
            self.assertEqual((cell.data_type, cell.value), ("s", value))
            self.assertTrue(cell.quotePrefix)

    def test_figures_read_in_bulk_are_those_of_each_application(self):
        fellow = self.fellow._applications()
        fellow.with_user(self.way_of(self.fellow).account).action_submit()
        self.way.decide().pass_first()
        records = self.way.record | self.other.record | fellow

        def figures():
            self.env.invalidate_all()
            return [(row, result.expected, result.earned) for row, result in records._audits()]

        def singly():
            results = [(row, row._audit()) for row in records]
            return [(row, result.expected, result.earned) for row, result in results]

        self.assertEqual(sorted(figures(), key=str), sorted(singly(), key=str))
        enrolment = school_of.enrolment(self.fellow, "0733")
        enrolment.write({"state": "failed", "score": 10})  # a tick that is allowed no more
        self.assertEqual(sorted(figures(), key=str), sorted(singly(), key=str))

    def test_the_header_stays_in_sight_and_filters(self):
        page = self.page(self.registrar, kind="roster")
        self.assertEqual(page.freeze_panes, "A2")
        self.assertEqual(page.auto_filter.ref, "A1:P3")
        self.assertTrue(all(page.column_dimensions[name].width > 7 for name in "ABC"))

    def test_a_list_without_rows_is_said_and_not_downloaded(self):
        roster = self.roster(self.registrar_day)
        with self.assertRaises(UserError):
            roster.action_download()

    def test_the_wizard_begins_with_the_latest_term_of_which_there_is_an_application(self):
        """The window of the next term is made before this term's lists are: nobody wants it yet."""
        later = self.env["ntue.term"].search([("code", "=", "1142")]) or self.env[
            "ntue.term"
        ].create({"code": "1142", "date_start": "2026-02-01", "date_end": "2026-07-31"})
        days = {"date_open": "2025-12-01", "date_close": "2025-12-20", "date_leave": "2026-07-31"}
        for division in ("continuing", "day"):
            window(self.school, term_id=later.id, division=division, **days)
        self.assertEqual(self.begins(self.registrar, self.assistant), ["1141", "1141"])
        self.assertEqual(self.begins(self.registrar_day), ["1142"], "nobody has applied there")
        with freeze_time("2025-12-02 04:00:00"):
            draft = Way(self, self.new_student("210941009", "下學期")).drafted()
            self.assertEqual(self.begins(self.registrar), ["1141"])
            draft.submit()
            users = (self.registrar, self.assistant, self.other_assistant)
            self.assertEqual(self.begins(*users), ["1142", "1142", "1141"])

    def begins(self, *users):
        """The term that the wizard begins with, for each of these users."""
        return [self.env[ROSTER].with_user(user).new().term_id.code for user in users]

    def test_the_wizard_begins_with_the_latest_term_of_the_window(self):
        self.assertEqual(self.env[ROSTER].with_user(self.registrar).new().term_id.code, "1141")


@tagged("post_install", "-at_install")
class TestSummary(ListCase):
    def text(self, user, **values):
        roster = self.roster(user, kind="summary", **values)
        report = self.env["ir.actions.report"].with_user(user)
        html, _kind = report._render_qweb_html("ntue_graduation.report_summary", roster.ids)
        return html.decode()

    def test_the_summary_has_a_page_a_department_and_a_line_to_sign(self):
        both = self.text(self.registrar)
        self.assertEqual(both.count('class="sign keep"'), 2)
        for text in ("210941001", "010943003", "34 / 32", "=1+1"):
            self.assertIn(text, both)

    def test_the_summary_of_an_assistant_has_the_own_department_only(self):
        own = self.text(self.assistant)
        self.assertIn("210941001", own)
        for text in ("010943003", "=1+1", "210941002"):
            self.assertNotIn(text, own)

    def test_a_summary_that_is_too_long_is_refused_before_it_is_read(self):
        both = self.roster(self.registrar, kind="summary")
        with patch.object(rosters, "MOST_ON_PAPER", 1):
            for ask in (both.action_download, lambda: self.text(self.registrar)):
                with self.assertRaisesRegex(UserError, "Choose departments|請選擇系所"):
                    ask()
            one = self.text(self.registrar, department_ids=[(6, 0, self.srd.ids)])
            self.assertIn("210941001", one)
            workbook = self.roster(self.registrar, kind="roster").action_download()
            self.assertEqual(workbook["type"], "ir.actions.act_url")

    def test_nobody_prints_anothers_list(self):
        roster = self.roster(self.registrar, kind="summary")
        self.env.invalidate_all()  # a request begins with an empty cache
        report = self.env["ir.actions.report"].with_user(self.assistant)
        with self.assertRaises(UserError):
            report._render_qweb_html("ntue_graduation.report_summary", roster.ids)


@tagged("post_install", "-at_install")
class TestDoors(SchoolHttpCase):
    """Files as browsers get them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        window(cls.school)
        cls.student = cls.new_student("210941001", "王大明")
        cls.stranger = cls.new_student("010943003", "他系學生", of_framework=cls.cict_framework)
        cls.records = cls.env[APPLICATION]
        for student in (cls.student, cls.stranger):
            cls.records |= Way(cls, student).submitted().record

    def chosen_by(self, user, action):
        self.enter(user)
        answer = self.call(
            "ir.actions.server",
            "run",
            self.env.ref(f"ntue_graduation.{action}").ids,
            context={"active_model": APPLICATION, "active_ids": self.records.ids},
        )
        return answer["result"]

    def test_the_menu_of_a_list_gives_the_chosen_ones_as_a_file(self):
        action = self.chosen_by(self.assistant, "action_list_diploma")
        self.assertEqual(action["type"], "ir.actions.act_url")
        answer = self.url_open(action["url"])
        self.assertIn("attachment", answer.headers["Content-Disposition"])
        page = sheet(answer.content)
        self.assertEqual([row[0].value for row in page.iter_rows(min_row=2)], ["210941001"])

    def test_the_summary_of_a_list_is_a_paper(self):
        action = self.chosen_by(self.registrar, "action_list_summary")
        self.assertEqual(action["report_name"], "ntue_graduation.report_summary")
        (key,) = self.env[ROSTER].search([], order="id desc", limit=1).ids
        answer = self.url_open(f"/report/pdf/ntue_graduation.report_summary/{key}")
        self.assertEqual(answer.headers["Content-Type"], "application/pdf")

    def test_a_file_is_nobody_elses(self):
        action = self.chosen_by(self.registrar, "action_list_roster")
        for user in (self.assistant, self.other_assistant, school_of.account_of(self.student)):
            self.enter(user)
            self.assert_shows_nothing(action["url"], "010943003", "210941001")
        self.authenticate(None, None)
        self.assert_shows_nothing(action["url"], "010943003", "210941001")

    def test_odoos_own_export_by_an_assistant_holds_no_other_department(self):
        fields = ["student_id/student_no", "student_id/name", "state"]
        ids = self.records.ids
        for model, names in (
            (APPLICATION, fields),
            (LINE, ["application_id/student_id/student_no", "offering_no"]),
            ("ntue.graduation.event", ["application_id/student_id/student_no", "action"]),
        ):
            self.enter(self.assistant)
            found = self.call(model, "search_read", [], ["id"])["result"]
            keys = [row["id"] for row in found]
            rows = self.call(model, "export_data", keys, names)["result"]["datas"]
            self.assertEqual({row[0] for row in rows}, {"210941001"}, model)
        self.assert_refused(APPLICATION, "export_data", ids, fields)
        self.enter(self.registrar)
        rows = self.call(APPLICATION, "export_data", ids, fields)["result"]["datas"]
        self.assertEqual({row[0] for row in rows}, {"210941001", "010943003"})
