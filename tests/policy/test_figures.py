"""Every figure on every page, of every student of the sample: one fact has one number."""

import csv
from pathlib import Path

from lxml import html
from odoo.addons.ntue_curriculum.importer.problems import Report
from odoo.addons.ntue_curriculum.importer.sources import read_folder
from odoo.addons.ntue_curriculum.labels import plain_number
from odoo.addons.ntue_curriculum.tests import school as school_of
from odoo.addons.ntue_curriculum.tests.common import InSchool, SchoolHttpCase, crossing
from odoo.addons.ntue_graduation.pages.conditions import missing_conditions
from odoo.addons.ntue_graduation.papers.slip import slip
from odoo.tests import tagged

from .desk import text_of

SAMPLE = Path(__file__).parents[2] / "data" / "samples" / "ntue"
CREDITS, COURSES = "學分", ("科", "門")

OF_THE_WHOLE = {
    "taken": (CREDITS, lambda result: result.taken),
    "earned": (CREDITS, lambda result: result.earned),
    "in_progress": (CREDITS, lambda result: result.in_progress),
    "required": (CREDITS, lambda result: result.taken_required),
    "elective": (CREDITS, lambda result: result.taken_elective),
    "graduation": (CREDITS, lambda result: result.graduation_credits),
    "needed": (CREDITS, lambda result: result.graduation_credits),
    "expected": (CREDITS, lambda result: result.foreseen),
    "records": ("筆", lambda result: len(result.enrolments)),
}
"""Figures of the whole: the unit beside each on every page, and the one place that knows it."""

OF_AN_AREA = {
    "min": (CREDITS, lambda area: area.min_credits),
    "taken": (CREDITS, lambda area: area.taken),
    "in_progress": (CREDITS, lambda area: area.in_progress),
    "courses": (COURSES, lambda area: area.courses),
    "min_courses": (COURSES, lambda area: area.min_courses),
}
"""The same of an area."""

OF_A_FRAMEWORK = {"min_children": "領域", "children": "領域", "cap": CREDITS, "floor": "分"}
"""What a framework asks besides: figures with a unit, which no audit has."""


@tagged("post_install", "-at_install")
class TestFigures(SchoolHttpCase):
    @classmethod
    def setUpClass(cls):
        super(InSchool, cls).setUpClass()  # the school of the sample, and no other
        read = read_folder(SAMPLE, Report())
        report = cls.env["ntue.importer"]._import(read)
        assert report.ok, report.problems
        with (SAMPLE / "students.csv").open(encoding="utf-8-sig") as text:
            numbers = [row["學號"] for row in csv.DictReader(text)]
        cls.students = cls.env["ntue.student"].search([("student_no", "in", numbers)])
        assert len(cls.students) == len(numbers) >= 14
        portal = cls.env.ref("base.group_portal")
        for student in cls.students:
            login = f"{student.student_no}@student.example.com"
            cls.env["res.users"].with_context(no_reset_password=True).create(
                {
                    "login": login,
                    "password": login,
                    "partner_id": student.partner_id.id,
                    "group_ids": [(6, 0, portal.ids)],
                    "lang": "zh_TW",
                }
            )

    def each_student(self):
        for student in self.students:
            with self.subTest(student=student.student_no):
                self.enter(school_of.account_of(student))
                yield student

    def each_draft(self):
        """Everybody who may apply, with the form just opened."""
        for student in self.each_student():
            if not missing_conditions(student):
                self.post("/my/graduation/new")
                yield student, student._applications().filtered(lambda row: row.state == "draft")

    def page(self, address):
        answer = self.url_open(address)
        self.assertEqual(answer.status_code, 200, address)
        self.env.invalidate_all()
        return html.fromstring(answer.content)

    def case_of(self, application):
        return application.student_id._case(application.term_id)

    def compare(self, tree, result):
        """Every figure of a page with that of ``result``, its unit beside it."""
        found = tree.cssselect("[data-figure]")
        self.assertTrue(found)
        areas = {area.code: area for area in result.areas}
        for figure in found:
            name, shown = figure.get("data-figure"), text_of(figure).split(" / ")[0]
            place = next(iter(figure.xpath("ancestor::*[@data-area][1]/@data-area")), "")
            with self.subTest(figure=name, area=place):
                beside = text_of(figure.getparent())
                if name in OF_A_FRAMEWORK:
                    unit = OF_A_FRAMEWORK[name]
                else:
                    unit, told = OF_AN_AREA[name] if place else OF_THE_WHOLE[name]
                    number = told(areas[place] if place else result)
                    self.assertEqual(shown, plain_number(number))
                units = (unit,) if isinstance(unit, str) else unit
                self.assertTrue(beside.endswith(units), beside)

    @crossing
    def test_098_106_the_progress_page_tells_the_figures_of_the_audit_with_their_units(self):
        for student in self.each_student():
            self.compare(self.page("/my/progress"), student._case().audit())

    @crossing
    def test_128_143_144_the_form_tells_the_figures_of_the_audit_with_their_units(self):
        for _student, application in self.each_draft():
            tree = self.page(f"/my/graduation/{application.id}")
            self.compare(tree, self.case_of(application).audit())

    @crossing
    def test_129_every_record_is_in_one_kind_and_those_that_count_make_the_credits(self):
        for _student, application in self.each_draft():
            result = self.case_of(application).audit()
            counted = sum(
                row.reason in ("counts", "mapped", "flexible") for row in result.enrolments
            )
            elsewhere = sum(row.tickable for row in result.enrolments)
            left = len(result.enrolments) - counted - elsewhere
            tree = self.page(f"/my/graduation/{application.id}")
            (told,) = tree.cssselect("[data-block=records]")
            self.assertIn(
                f"採計於實修學分者 {counted} 筆、課架外須勾選者 {elsewhere} 筆、不採計者 {left} 筆",
                text_of(told),
            )
            self.assertTrue(result.courses <= counted or not left, "courses are among them")

    @crossing
    def test_137_138_no_open_box_is_refused_and_every_closed_one_says_why(self):
        for _student, application in self.each_draft():
            tree = self.page(f"/my/graduation/{application.id}")
            for box in tree.cssselect("input[name=tick]"):
                with self.subTest(box=box.get("value")):
                    closed = box.get("disabled") is not None
                    (about,) = tree.cssselect(f"#{box.get('aria-describedby')}")
                    self.assertEqual("不能勾選" in text_of(about), closed)
                    page = self.page(f"/my/graduation/{application.id}")
                    (version,) = page.cssselect("input[name=version]")
                    answer = self.post(
                        f"/my/graduation/{application.id}/save",
                        action="save",
                        version=version.get("value"),
                        tick=[box.get("value")],
                    )
                    self.assertEqual(answer.status_code, 422 if closed else 200)

    @crossing
    def test_141_as_many_may_be_ticked_as_the_page_says_and_no_more(self):
        for _student, application in self.each_draft():
            case = self.case_of(application)
            tree = self.page(f"/my/graduation/{application.id}")
            boxes = tree.cssselect("input[name=tick]:not([disabled])")
            keys = [int(box.get("value")) for box in boxes]
            most = max(
                sum(mask >> n & 1 for n in range(len(keys)))
                for mask in range(1 << len(keys))
                if case.audit([key for n, key in enumerate(keys) if mask >> n & 1]).ticks_allowed
            )
            for told in tree.cssselect("#ntue_tick_count"):
                self.assertEqual(text_of(told), f"已勾選彈性課程 0 筆（可供勾選 {most} 筆）")

    @crossing
    def test_138_what_is_expected_never_counts_what_cannot_be_saved(self):
        for student, application in self.each_draft():
            case = self.case_of(application)
            # Nothing is advised where nothing is missing: then no tick is made.
            advised = case.suggestion if case.audit().missing_credits else ()
            best = case.audit(advised).expected
            everything = [("tick", key) for key in sorted(case.tickable)]
            query = "&".join(f"{name}={key}" for name, key in everything)
            trial = self.page(f"/my/progress/what-if?try=1&{query}")
            now = student._case()
            self.compare(trial, now.audit(now.tickable))
            answer = self.post(
                f"/my/graduation/{application.id}/save",
                action="suggest",
            )
            tree = html.fromstring(answer.content)
            (expected,) = tree.cssselect("#ntue_expected")
            self.assertEqual(text_of(expected), plain_number(best))

    @crossing
    def test_049_the_check_page_and_the_slip_tell_the_same_as_the_form(self):
        for student, application in self.each_draft():
            case = self.case_of(application)
            vals = {"tick_ids": [(6, 0, list(case.suggestion))]}
            account = school_of.account_of(student)
            self.rpc(account, application._name, "write", application.ids, vals)
            result = case.audit(case.suggestion)
            check = self.page(f"/my/graduation/{application.id}/check")
            (figure,) = check.cssselect("#check_credits strong")
            needed = plain_number(result.graduation_credits)
            told = f"{plain_number(result.foreseen)} / {needed} 學分"
            self.assertEqual(text_of(figure), told)
            drawn = slip(application.with_user(school_of.account_of(student)))
            self.assertEqual(drawn["totals"]["expected"], plain_number(result.foreseen))
            form = self.page(f"/my/graduation/{application.id}")
            (line,) = form.xpath("//*[@id='ntue_expected']/..")
            self.assertEqual(text_of(line), told)
