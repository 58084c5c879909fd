"""The diploma list (3, I20), and who finds what where (I9): every file is opened and read."""

import io
import json

from odoo.addons.ntue_curriculum.tests import papers
from odoo.addons.ntue_graduation.tests.common import APPLICATION, EVENT, LINE, Way
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger
from openpyxl import load_workbook

from .paper import paper_of, plain
from .reviewing import ReviewCase

ROSTER = "ntue.graduation.roster"
OWN, OTHER, DAY, DRAFT = "210941001", "010943003", "411243001", "210941004"
NAMES = {OWN: "王大明", OTHER: "李他系", DAY: "林日間", DRAFT: "陳草稿"}


class ListCase(ReviewCase):
    """An application of each department and division, and a draft."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.window.copy({"division": "day"})
        cls.program.english_name = "Master of Social and Regional Development"
        cls.students = {
            number: cls.new_student(number, NAMES[number], of_framework=framework)
            for number, framework in (
                (OTHER, cls.cict_framework),
                (DAY, cls.day_framework),
                (DRAFT, cls.framework),
            )
        }
        cls.way.submitted()
        cls.ways = {number: Way(cls, student) for number, student in cls.students.items()}
        for number in (OTHER, DAY):
            cls.ways[number].submitted()
        cls.ways[DRAFT].drafted()

    def download(self, user, kind, **values):
        """The rows of the workbook as the browser of ``user`` gets it."""
        vals = {"term_id": self.window.term_id.id, "kind": kind, **values}
        roster = self.rpc(user, ROSTER, "create", vals)
        action = self.rpc(user, ROSTER, "action_download", [roster])
        self.enter(user)
        answer = self.url_open(action["url"])
        self.assertEqual(answer.status_code, 200)
        return self.rows(answer.content)

    def rows(self, content):
        book = load_workbook(io.BytesIO(content))
        (name,) = book.sheetnames
        return [[cell.value for cell in row] for row in book[name].iter_rows()]

    def numbers_in(self, found):
        """The students who are in ``found`` by number or by name, whatever it is."""
        text = plain(str(found))
        return {key for key, name in NAMES.items() if key in text or plain(name) in text}

    def diploma(self):
        """The line of worked student 1 in the registrar's list, by title."""
        title, *rows = self.download(self.registrar, "diploma")
        (row,) = [row for row in rows if OWN in row]
        return dict(zip(title, row, strict=True))


@tagged("post_install", "-at_install")
class TestDiplomas(ListCase):
    def test_003_I20_the_list_is_there_as_soon_as_it_is_submitted(self):
        self.assertEqual(
            self.diploma(),
            {
                "學號": OWN,
                "姓名": "王大明",
                "英文姓名": "WANG, TA-MING",
                "護照別名": None,
                "護照影本": None,
                "電子信箱": f"a{OWN}@mail.example.com",
                "學程": self.program.name,
                "學程英文名稱": "Master of Social and Regional Development",
                "初審": "待審核",
                "複審": "待審核",
                "申請狀態": "已送出",
                "畢業成績（平均）": 83.45,
                "應加註之其他修讀課程": None,
                "班排名": None,
                "班級人數": None,
            },
        )

    def test_003_diplomas_are_made_before_the_second_review(self):
        self.way.receive().decide().pass_first()
        line = self.diploma()
        self.assertEqual((line["初審"], line["複審"]), ("通過", "待審核"))

    def test_003_somebody_who_does_not_apply_is_not_in_it(self):
        rows = self.download(self.registrar, "diploma")
        self.assertEqual(self.numbers_in(rows), {OWN, OTHER})

    def test_I20_an_alias_and_whether_its_copy_came_stand_in_it(self):
        self.way.send_back()
        self.student.alias_name = "WANG, DAVID"
        papers.upload(self.student)
        self.way.tick("0733", "0812").submit()
        line = self.diploma()
        self.assertEqual(line["護照別名"], "WANG, DAVID")
        self.assertEqual(line["護照影本"], "✓")

    def test_I20_D6_what_the_registrar_accepted_since_stands_in_it_and_nothing_before(self):
        self.way.receive().decide().pass_first()
        self.student.write({"english_name": "WANG, DA-MING", "email": "new@mail.example.com"})
        self.assertEqual(self.diploma()["英文姓名"], "WANG, TA-MING")
        self.way.by_registrar("action_accept_profile")
        line = self.diploma()
        self.assertEqual(line["英文姓名"], "WANG, DA-MING")
        self.assertEqual(line["電子信箱"], "new@mail.example.com")


@tagged("post_install", "-at_install")
class TestSight(ListCase):
    """Whom each of the staff finds: a draft nobody, a submitted application the own only."""

    def sights(self):
        """User and the students who are to be found."""
        return (
            (self.assistant, {OWN, DAY}),
            (self.other_assistant, {OTHER}),
            (self.registrar, {OWN, OTHER}),
            (self.registrar_day, {DAY}),
            (self.operator, set()),
        )

    def of(self, model, numbers):
        """Ids of all the records of ``model`` that the students ``numbers`` have."""
        student = "student_id" if model == APPLICATION else "application_id.student_id"
        return set(self.env[model].search([(f"{student}.student_no", "in", list(numbers))]).ids)

    def seen(self, user, model, method, *args):
        """What ``user`` finds that way; nothing where it is refused."""
        try:
            return self.rpc(user, model, method, *args)
        except UserError:
            return []

    def test_I9_searches_counts_and_names_find_the_own_and_no_draft(self):
        for user, found in self.sights():
            for model in (APPLICATION, LINE, EVENT):
                with self.subTest(user=user.login, model=model):
                    mine = self.of(model, found)
                    self.assertEqual(set(self.seen(user, model, "search", [])), mine)
                    groups = self.seen(user, model, "formatted_read_group", [], [], ["__count"])
                    self.assertEqual(sum(row["__count"] for row in groups), len(mine))
            named = self.seen(user, APPLICATION, "name_search", "")
            self.assertEqual({key for key, _name in named}, self.of(APPLICATION, found))

    def test_I9_what_is_said_of_an_application_is_found_by_nobody_else(self):
        """Messages and activities go with their record; a draft has none at all."""
        for user, found in self.sights():
            if not found:
                continue
            with self.subTest(user=user.login):
                place = "ntue.graduation.correspondence"
                keys = self.rpc(user, "mail.message", "search", [("model", "=", place)])
                records = set(self.env["mail.message"].browse(keys).mapped("res_id"))
                students = self.env[place].browse(records).student_id
                self.assertEqual(set(students.mapped("student_no")), found)
        draft = self.ways[DRAFT].record
        self.assertFalse(draft.correspondence_ids or draft.activity_ids)
        files = [("res_model", "=", APPLICATION), ("res_id", "=", draft.id)]
        self.assertFalse(self.env["ir.attachment"].search(files))

    def test_I9_every_workbook_holds_the_own_only(self):
        for user, found in self.sights():
            if not found:
                continue
            for kind in ("diploma", "roster", "courses"):
                with self.subTest(user=user.login, kind=kind):
                    self.assertEqual(self.numbers_in(self.download(user, kind)), found)
        everything = [way.record.id for way in (self.way, *self.ways.values())]
        chosen = ",".join(map(str, everything))
        rows = self.download(self.assistant, "roster", chosen=chosen)
        self.assertEqual(self.numbers_in(rows), {OWN, DAY})

    def test_I9_odoos_own_export_is_a_workbook_with_the_own_only(self):
        for user, found in self.sights():
            if not found:
                continue
            for model, path in (
                (APPLICATION, "student_id"),
                (LINE, "application_id/student_id"),
                (EVENT, "application_id/student_id"),
            ):
                with self.subTest(user=user.login, model=model):
                    answer = self.export(user, model, [f"{path}/student_no", f"{path}/name"])
                    self.assertEqual(self.numbers_in(self.rows(answer.content)[1:]), found)

    def export(self, user, model, names, ids=False):
        fields = [{"name": name, "label": name, "type": "char"} for name in names]
        asked = {"model": model, "fields": fields, "ids": ids, "domain": [], "import_compat": False}
        asked |= {"groupby": [], "context": {"lang": "zh_TW"}}
        self.enter(user)
        with mute_logger("odoo.http", "odoo.addons.web.controllers.export"):
            return self.post("/web/export/xlsx", data=json.dumps(asked))

    def test_I9_records_of_others_are_exported_by_no_number(self):
        names = ["student_id/student_no", "student_id/name"]
        for key in (OTHER, DRAFT):
            answer = self.export(self.assistant, APPLICATION, names, self.ways[key].record.ids)
            self.assertNotEqual(answer.status_code, 200)
            self.assertEqual(self.numbers_in(answer.text), set())

    def test_I9_the_paper_for_signature_holds_the_own_only(self):
        for user, found in self.sights():
            if not found:
                continue
            vals = {"term_id": self.window.term_id.id, "kind": "summary"}
            roster = self.env[ROSTER].browse(self.rpc(user, ROSTER, "create", vals))
            with self.subTest(user=user.login):
                paper = paper_of(user, "ntue_graduation.report_summary", roster)
                self.assertEqual(self.numbers_in(paper), found)

    def test_I9_slips_and_progress_sheets_of_others_are_no_paper(self):
        own = paper_of(self.assistant, "ntue_graduation.report_slip", self.way.record)
        self.assertEqual(self.numbers_in(own), {OWN})
        sheet = paper_of(self.assistant, "ntue_curriculum.report_progress_sheet", self.student)
        self.assertIn(OWN, self.numbers_in(sheet))
        for report, records in (
            ("ntue_graduation.report_slip", self.ways[OTHER].record),
            ("ntue_graduation.report_slip", self.ways[DRAFT].record),
            ("ntue_curriculum.report_progress_sheet", self.students[OTHER]),
        ):
            for user in (self.assistant, self.registrar_day):
                with self.subTest(user=user.login, report=report), self.assertRaises(UserError):
                    paper_of(user, report, records)
