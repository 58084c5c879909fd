"""Further programs beside the main one: on the slip, before the reviewers, on the diploma list."""

import io
import json
from unittest.mock import patch

from odoo.addons.ntue_curriculum.degree_audit import Case
from odoo.addons.ntue_curriculum.tests import school as school_of
from odoo.exceptions import UserError
from odoo.tests import Form, tagged
from openpyxl import load_workbook

from ..further import kept_programs, noted
from ..pages.conditions import conditions
from ..pages.review import review_panel
from ..pages.verdict import Effect
from ..papers.slip import slip_paper
from .common import APPLICATION, forge
from .test_slip import SlipCase, norm, said

OWN = 6
"""Credits of its own that nobody of these students has beside the main program."""


def further(way, code="SRD-M-109", kind="minor", **values):
    """A further program of the student's, which everybody meets who meets the main one."""
    case = way.case
    framework = school_of.minor(
        case.school,
        code,
        case.program,
        **{"kind": kind, "class_name": "輔系課程", "graduation_credits": 25, **values},
    )
    owner = {"student_id": way.student.id, "curriculum_id": framework.id}
    case.env["ntue.student.programme"].create(owner)
    return framework


def double_major(way, code, **values):
    """A double major that asks one course, and without which the student does not graduate."""
    case = way.case
    course = school_of.course(case.school, code, code)
    framework = case.env["ntue.curriculum"].create(
        {
            "code": "SRD-D-109",
            "kind": "double_major",
            "program_id": case.program.id,
            "entry_year": 109,
            "class_name": "雙主修課程",
            "graduation_credits": 3,
            "needed_to_graduate": True,
            "area_ids": [(0, 0, {"code": "A", "name": "雙主修領域", "min_credits": 3})],
            **values,
        }
    )
    line = {"area_id": framework.area_ids.id, "name": code, "credits": 3}
    framework.line_ids = [(0, 0, {"course_id": course.id, "requirement": "elective", **line})]
    owner = {"student_id": way.student.id, "curriculum_id": school_of.publish(framework).id}
    case.env["ntue.student.programme"].create(owner)


def not_proven():
    """As if the best way to share had been searched for in vain."""
    together = Case.together

    def given_up(case, programs, *asked, **more):
        return [one._replace(proven=False) for one in together(case, programs, *asked, **more)]

    return patch.object(Case, "together", given_up)


@tagged("post_install", "-at_install")
class TestFurtherPrograms(SlipCase):
    def diploma_list(self):
        values = {"term_id": self.way.record.term_id.id, "kind": "diploma"}
        roster = self.env["ntue.graduation.roster"].with_user(self.registrar).create(values)
        rows = list(load_workbook(io.BytesIO(roster._file()[1])).active.values)
        head = next(at for at, row in enumerate(rows) if "Student number" in row)
        return dict(zip(rows[head], rows[head + 1], strict=True))

    def test_one_that_is_met_is_on_the_slip_with_what_it_shares_and_on_the_diploma_list(self):
        further(self.way)
        self.way.submitted()
        page = self.page(self.way)
        (row,) = said(page, "//table[contains(@class, 'further')]//tr")
        self.assertIn("輔系「輔系課程」", row)
        self.assertIn("✓", row)
        self.assertIn("另有 0 學分未計入順序在前者", row)
        self.way.receive().decide().pass_first().grade(85).pass_second()
        noted = self.diploma_list()["Further programs to be noted"]
        self.assertEqual(noted, "Minor 輔系課程")

    def completed_with_a_minor(self):
        """Completed with a minor that is met; its framework, revised so that nobody meets it."""
        minor = further(self.way)
        self.program.english_name = "Social Development"
        self.way.second_passed().by_registrar("action_complete")
        draft = minor._start_revision("Meeting 4")
        draft.min_exclusive = OWN
        school_of.publish(draft)
        self.env.cr.cache.clear()

    def test_what_the_diploma_list_notes_is_frozen_with_the_completion(self):
        self.completed_with_a_minor()
        record = self.way.record
        self.assertEqual(noted(record), [])
        self.assertEqual(record.final_programs, "輔系「輔系課程」")
        self.assertIn("加註輔系「輔系課程」", record.event_ids[-1].reason)
        noted_there = self.diploma_list()["Further programs to be noted"]
        self.assertEqual(noted_there, "輔系「輔系課程」")
        english = record.with_context(lang="en_US")
        self.assertEqual(kept_programs(english), ["Minor Social Development"])

    def test_a_completion_that_is_taken_back_notes_what_is_met_then(self):
        self.completed_with_a_minor()
        self.way.by_registrar("action_take_back", "Not yet")
        record = self.way.record
        self.assertFalse(record.final_programs or record.final_programs_english)
        self.assertFalse(self.diploma_list()["Further programs to be noted"])

    def test_a_minor_that_is_missing_stops_nobody_and_is_not_noted(self):
        further(self.way, min_exclusive=OWN)
        self.way.submitted()
        self.assertFalse(self.way.record.is_short)
        self.assertIn("未符合者不加註於學位證書", norm(self.page(self.way).text_content()))
        self.way.receive().decide().pass_first().grade(85).pass_second()
        self.assertEqual(self.way.record.second_review, "passed")
        self.assertFalse(self.diploma_list()["Further programs to be noted"])

    def test_one_that_is_needed_is_missing_as_the_main_program_would_be(self):
        further(self.way, kind="double_major", min_exclusive=OWN, needed_to_graduate=True)
        self.way.drafted()
        with self.assertRaisesRegex(UserError, "Something is still missing"):
            self.way.submit()
        self.way.by_student("write", {"shortfall_acknowledged": True})
        self.way.submit()
        self.assertTrue(self.way.record.is_short)
        self.assertTrue(slip_paper(self.way.record)["slip"]["acknowledged"])
        self.way.receive().decide().pass_first().grade(85)
        self.assertFalse(self.way.record.is_ready)
        with self.assertRaisesRegex(UserError, "Double major 輔系課程 is needed to graduate"):
            self.way.pass_second()
        self.way.by_registrar("write", {"override_reason": "Meeting 3 lets it be completed later"})
        self.way.pass_second()
        self.assertEqual(self.way.record.second_review, "passed")

    def test_139_one_that_is_needed_and_missing_is_short_on_the_form_as_on_the_desk(self):
        further(self.way, kind="double_major", min_exclusive=OWN, needed_to_graduate=True)
        self.way.drafted().by_student("write", {"shortfall_acknowledged": True})
        record = self.way.submit().receive().decide().record.with_user(self.assistant)
        self.assertTrue(record.is_short)
        with Form(record) as form:
            self.assertIn("Double major 輔系課程 is needed to graduate", form.short_text)
        self.assertEqual(record.short_text, " ".join(review_panel(record)["missing"]))
        self.way.pass_first()
        self.assertFalse(record.short_text)

    def test_one_that_is_needed_and_begun_while_the_form_is_open_is_told_to_who_passes_it(self):
        record = self.way.reviewed().record.with_user(self.assistant)
        self.assertFalse(record.short_text)
        call = (self.assistant, APPLICATION, "action_pass_first", record.ids)
        further(self.way, kind="double_major", min_exclusive=OWN, needed_to_graduate=True)
        self.env.cr.cache.clear()
        self.env.invalidate_all()
        told = self.refused(*call, context={"ntue_short": ""})
        self.assertIn("has changed since you opened this page", told)
        self.assertIn("Double major 輔系課程 is needed to graduate", told)
        self.assertEqual(self.way.position(), "submitted/pending/pending")
        self.rpc(*call, context={"ntue_short": record.short_text})
        self.assertEqual(self.way.position(), "submitted/passed/pending")

    def test_one_that_is_needed_and_met_stops_nobody(self):
        further(self.way, kind="double_major", needed_to_graduate=True)
        self.way.second_passed()
        self.assertEqual(self.way.record.second_review, "passed")

    def test_what_is_ticked_counts_in_the_main_program_before_it_is_accepted_too(self):
        double_major(self.way, "CICT101", min_exclusive=3)  # which the main program needs
        self.way.drafted()
        (row,) = slip_paper(self.way.record)["slip"]["further"]
        self.assertFalse(row["met"])
        with self.assertRaisesRegex(UserError, "Something is still missing"):
            self.way.submit()
        self.way.by_student("write", {"shortfall_acknowledged": True})
        self.way.submit().receive().decide()
        self.assertTrue(self.way.record.is_short)
        self.way.pass_first().grade(85)
        with self.assertRaisesRegex(UserError, "Double major 雙主修課程 is needed to graduate"):
            self.way.pass_second()

    def test_what_is_ticked_lets_the_main_program_give_up_a_course(self):
        main = self.student.curriculum_id
        main._set({"state": "draft"})
        main.graduation_credits = 31  # with both ticks it has 34
        main._set({"state": "published"})
        self.program.shortfall_policy = "block"
        double_major(self.way, "SRD010", has_max_shared=True, max_shared=0)
        (found,) = (row for row in conditions(self.student) if row.key == "credits")
        self.assertEqual(found.effect, Effect.NONE)
        self.way.second_passed()
        self.assertEqual(self.way.record.second_review, "passed")

    def test_a_reviewer_sees_it_as_submitted_and_today(self):
        further(self.way)
        record = self.way.submitted().record
        (pair,) = review_panel(record.with_user(self.assistant))["further"]
        self.assertEqual((pair.then, pair.now, pair.differs), ("✓ 28 / 25", "✓ 28 / 25", False))
        self.way.grade(60)
        (pair,) = review_panel(record.with_user(self.assistant))["further"]
        self.assertTrue(pair.differs)
        self.assertIn("✗", pair.now)

    def test_several_are_in_the_order_in_which_they_go_before_each_other(self):
        further(self.way, "SRD-C-109", "certificate", class_name="學程")
        further(self.way, "SRD-D-109", "double_major", class_name="雙主修")
        further(self.way, "SRD-N-109", "minor", class_name="輔系")
        slip = slip_paper(self.way.submitted().record)["slip"]
        self.assertEqual(
            [row["code"] for row in slip["further"]], ["SRD-D-109", "SRD-N-109", "SRD-C-109"]
        )

    def test_a_way_to_share_that_is_not_proven_best_is_a_doubt_and_the_slip_says_so(self):
        further(self.way)
        with not_proven():
            record = self.way.submitted().record
            self.assertTrue(record.is_unproven)
            self.assertIn("Not proven best", record.findings)
            (pair,) = review_panel(record.with_user(self.assistant))["further"]
            self.assertIn("可能有更好的", pair.sharing)
        frozen = slip_paper(record)["slip"]
        self.assertIn("可能有更好的", frozen["further"][0]["note"])
        self.assertIn("Not proven best", frozen["english"]["further"][0]["note"])
        self.env.cr.cache.clear()
        record._restate()
        self.assertFalse(record.is_unproven)

    def test_one_that_was_met_and_is_not_any_more_is_a_change(self):
        minor = further(self.way)
        record = self.way.submitted().record
        self.assertFalse(record.is_changed)
        self.assertTrue(review_panel(record.with_user(self.assistant))["same"])
        draft = minor._start_revision("Meeting 4")
        draft.min_exclusive = OWN
        school_of.publish(draft)
        self.env.cr.cache.clear()
        record._restate()
        self.assertTrue(record.is_changed)
        panel = review_panel(record.with_user(self.assistant))
        self.assertFalse(panel["same"])
        (sentence,) = panel["sentences"]
        self.assertIn("輔系課程", sentence)
        self.assertTrue(sentence.endswith(": Met → Missing."), sentence)

    def test_one_that_is_met_since_is_what_everybody_waits_for(self):
        minor = further(self.way, min_exclusive=OWN)
        record = self.way.submitted().record
        draft = minor._start_revision("Meeting 4")
        draft.min_exclusive = 0
        school_of.publish(draft)
        self.env.cr.cache.clear()
        record._restate()
        self.assertFalse(record.is_changed)
        self.assertIn("Missing → Met", review_panel(record)["sentences"][0])

    def test_one_that_is_begun_since_is_a_change(self):
        record = self.way.submitted().record
        further(self.way)
        self.env.cr.cache.clear()
        panel = review_panel(record.with_user(self.assistant))
        self.assertFalse(panel["same"])
        self.assertIn("was not studied at submission: Met.", panel["sentences"][0])

    def take_away(self):
        """The registrar deletes the further program of the student."""
        rows = self.env["ntue.student.programme"].search([("student_id", "=", self.student.id)])
        self.rpc(self.registrar, rows._name, "unlink", rows.ids)
        self.env.cr.cache.clear()

    def test_one_that_is_taken_away_since_is_a_change_and_the_slip_stays_as_submitted(self):
        further(self.way)
        record = self.way.submitted().record
        frozen = slip_paper(record)["slip"]["further"]
        self.take_away()
        record._restate()
        self.assertTrue(record.is_changed)
        panel = review_panel(record.with_user(self.assistant))
        (pair,) = panel["further"]
        self.assertEqual((pair.then, pair.now, pair.differs), ("✓ 28 / 25", "–", True))
        self.assertFalse(panel["same"])
        self.assertIn("「輔系課程」 is not studied any more.", panel["sentences"][0])
        self.assertEqual(slip_paper(record)["slip"]["further"], frozen)

    def test_one_that_is_needed_and_begun_after_the_first_review_stops_the_second(self):
        record = self.way.first_passed().grade(85).record
        further(self.way, kind="double_major", min_exclusive=OWN, needed_to_graduate=True)
        self.env.cr.cache.clear()
        many = self.env["ntue.graduation.bulk"].with_user(self.registrar)
        numbered = [(record._number(), record.with_env(many.env))]
        self.assertEqual(many._prepare("pass_second", numbered).line_ids.verdict, "single")
        with self.assertRaisesRegex(UserError, "Double major 輔系課程 is needed to graduate"):
            self.way.pass_second()
        self.take_away()
        self.way.pass_second()
        self.assertEqual(record.second_review, "passed")

    def test_one_that_was_needed_and_missing_and_is_taken_away_stops_nobody(self):
        further(self.way, kind="double_major", min_exclusive=OWN, needed_to_graduate=True)
        self.way.drafted().by_student("write", {"shortfall_acknowledged": True})
        record = self.way.submit().receive().decide().pass_first().grade(85).record
        self.assertTrue(record.is_short)
        self.take_away()
        record._restate()
        self.assertFalse(record.is_short)
        self.assertTrue(record.is_changed)
        self.way.pass_second()
        self.assertEqual(record.second_review, "passed")

    def test_a_slip_of_before_that_tells_of_none_marks_no_difference(self):
        further(self.way)
        record = self.way.submitted().record
        frozen = json.loads(record._submission().snapshot)
        del frozen["further"], frozen["english"]["further"]
        text = json.dumps({**frozen, "format": 3}, ensure_ascii=False)
        query = (
            "UPDATE ntue_graduation_event SET snapshot = %s,"
            " snapshot_hash = ENCODE(SHA256(%s::bytea), 'hex') WHERE application_id = %s"
        )
        forge(self.env, query, [text, text.encode(), record.id])
        panel = review_panel(record.with_user(self.assistant))
        (pair,) = panel["further"]
        self.assertEqual((pair.then, pair.now, pair.differs), ("–", "✓ 28 / 25", False))
        self.assertTrue(panel["same"])

    def test_on_the_english_of_a_slip_it_has_its_english_name(self):
        self.program.english_name = "Social Development"
        further(self.way)
        slip = slip_paper(self.way.submitted().record)["slip"]
        self.assertEqual(slip["further"][0]["name"], "輔系「輔系課程」")
        self.assertEqual(slip["english"]["further"][0]["name"], "Minor Social Development")
