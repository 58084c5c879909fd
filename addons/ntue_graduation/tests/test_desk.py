from unittest.mock import patch

from lxml import html
from odoo.addons.ntue_curriculum.tests import school as school_of
from odoo.tests import Form, tagged

from ..pages.review import review_figures
from ..papers.slip import slip
from .common import APPLICATION, TICKABLE, GraduationCase, Way

SCAN = "ntue.graduation.scan"
REASON = "ntue.graduation.reason"


@tagged("post_install", "-at_install")
class TestDesk(GraduationCase):
    """What the desks list: kept figures that say what an audit of today says."""

    def restated(self):
        """What the cron of the stored audits does after data has changed."""
        cron = type(self.env["ir.cron"])
        with patch.object(cron, "_commit_progress", lambda _self, *_args, **_kwargs: 60.0):
            self.env["ntue.audit"]._make_due()
        self.way.record.invalidate_recordset()
        return self.way.record

    def on_desk(self, user, **conditions):
        domain = [(name, "=", value) for name, value in conditions.items()]
        return self.rpc(user, APPLICATION, "search", domain, order="review_due, doubt desc")

    def test_26_the_figures_are_those_of_the_audit_at_submission_and_at_each_decision(self):
        record = self.way.submitted().record
        self.assertEqual((record.known_expected, record.known_required), (34, 32))
        self.assertEqual((record.known_flexible, record.open_rows), ("6 / 6", 2))
        self.assertFalse(record.is_short or record.is_changed or record.is_over_cap)
        row = record.line_ids.filtered("ticked")[:1]
        vals = {"decision": "refused", "decision_reason": "Below level"}
        self.rpc(self.assistant, "ntue.graduation.application.line", "write", row.ids, vals)
        record.invalidate_recordset()
        self.assertEqual((record.known_expected, record.is_short), (31, True))
        self.assertEqual(record.open_rows, 1)

    def test_D30_a_failed_course_flags_short_and_decides_nothing(self):
        record = self.way.first_passed().record
        before = record.event_ids
        self.assertFalse(record.is_short)
        self.way.grade(50)
        record = self.restated()
        self.assertTrue(record.is_short and record.is_changed)
        self.assertEqual(self.way.position(), "submitted/passed/pending")
        self.assertEqual((record.event_ids - before).mapped("action"), ["found_short"])
        told = record.activity_ids.user_id
        self.assertLessEqual(self.assistant | self.registrar, told)
        self.assertFalse(told & (self.other_assistant | self.registrar_day))

    def test_D30_a_passed_course_changes_nothing_but_that_it_is_ready(self):
        record = self.way.first_passed().record
        self.assertFalse(record.is_ready)
        self.way.grade(85)
        record = self.restated()
        self.assertTrue(record.is_ready)
        self.assertFalse(record.is_short or record.is_changed)
        self.assertFalse(record.activity_ids)

    def test_D30_a_draft_has_no_figures_and_tells_nobody(self):
        record = self.way.drafted().record
        self.way.grade(50)
        record = self.restated()
        self.assertFalse(record.known_at or record.is_short or record.activity_ids)

    def test_26_the_desk_shows_first_what_is_due_first_and_then_the_most_doubtful(self):
        clear = Way(self, self.new_student("210941002", "清楚")).submitted().receive()
        doubtful = Way(self, self.new_student("210941003", "可疑")).submitted()
        school_of.enrolment(doubtful.student, "0501").credits = 2
        self.way = doubtful
        self.restated()
        self.assertEqual(
            self.on_desk(self.assistant, step="first"), [doubtful.record.id, clear.record.id]
        )
        self.assertEqual(str(clear.record.review_due), "2025-11-21")
        self.assertEqual(clear.record.days_left, 11)

    def test_I9_an_assistants_desk_has_the_own_departments_only_and_no_draft(self):
        self.way.submitted()
        Way(self, self.new_student("210941002", "草稿")).drafted()
        self.assertEqual(self.on_desk(self.assistant, step="first"), self.way.record.ids)
        self.assertEqual(self.on_desk(self.other_assistant), [])

    def test_115_steps_follow_the_reviews(self):
        record = self.way.submitted().record
        steps = [record.step]
        self.way.receive().decide().pass_first()
        steps.append(record.step)
        self.way.grade(85).pass_second()
        steps.append(record.step)
        self.way.by_registrar("action_complete")
        steps.append(record.step)
        self.assertEqual(steps, ["first", "second", "leaving", "completed"])

    # From one to the next

    def test_after_a_decision_from_the_desk_the_next_that_waits_opens(self):
        other = Way(self, self.new_student("210941002", "下一位")).submitted()
        self.way.reviewed()
        desk = {"ntue_desk": "first"}
        answer = self.way.by_assistant("action_pass_first", context=desk)
        self.assertEqual(
            (answer["params"]["next"], answer["params"]["all"]), (other.record.id, other.record.ids)
        )
        other.receive().decide()
        answer = other.by_assistant("action_pass_first", context=desk)
        self.assertEqual((answer["params"]["next"], answer["params"]["all"]), (False, []))

    def test_elsewhere_a_decision_stays_where_it_was_taken(self):
        Way(self, self.new_student("210941002", "下一位")).submitted()
        values = self.way.reviewed().by_assistant("action_pass_first")["params"]
        self.assertTrue(values["stays"])
        self.assertFalse(values["next"])

    def test_140_all_ticked_rows_are_accepted_by_one_button(self):
        self.way.submitted().by_assistant("action_accept_all")
        ticked = self.way.record.line_ids.filtered("ticked")
        self.assertEqual(set(ticked.mapped("decision")), {"accepted"})
        self.assertEqual(ticked.decided_by_id, self.assistant)
        self.assertEqual(len(self.way.record.event_ids), 3)

    # The number of a slip

    def scan(self, number, method, user=None):
        user = user or self.assistant
        wizard = self.rpc(user, SCAN, "create", {"number": number})
        return self.rpc(user, SCAN, method, [wizard])

    def test_163_the_number_of_a_slip_opens_its_application(self):
        self.way.submitted()
        for number in (
            "1141-210941001",
            " 1141-210941001 ",
            "1141-210941001-1",
            "https://school.example.com/graduation/slip/1141-210941001",
            slip(self.way.record)["document"]["address"],  # what the QR code says
        ):
            with self.subTest(number=number):
                self.assertEqual(self.scan(number, "action_open")["res_id"], self.way.record.id)

    def test_D27_one_slip_after_another_is_taken_in(self):
        self.way.submitted()
        answer = self.scan("1141-210941001", "action_take_paper")
        self.assertEqual(answer["res_model"], SCAN)
        told = self.env[SCAN].browse(answer["res_id"]).message
        self.assertIn("王大明", told)
        self.assertEqual(str(self.way.record.paper_received_on), "2025-11-10")
        answer = self.scan("1141-210941001", "action_take_paper")
        self.assertIn("already", self.env[SCAN].browse(answer["res_id"]).message)

    def test_157_a_paper_from_before_a_return_is_not_taken_in_and_the_valid_one_is_named(self):
        self.way.returned().tick(*TICKABLE).submit()
        for method in ("action_open", "action_take_paper"):
            wizard = self.rpc(self.assistant, SCAN, "create", {"number": "1141-210941001-1"})
            told = self.refused(self.assistant, SCAN, method, [wizard])
            self.assertIn("Ask for slip 1141-210941001-2", told)
        self.assertFalse(self.way.record.paper_received_on)
        self.scan("1141-210941001-2", "action_take_paper")
        self.assertTrue(self.way.record.paper_received_on)

    def test_163_after_the_decision_on_a_scanned_slip_the_next_one_is_asked_for(self):
        Way(self, self.new_student("210941002", "下一位")).submitted()
        self.way.reviewed()
        context = self.scan("1141-210941001", "action_open")["context"]
        answer = self.way.by_assistant("action_pass_first", context=context)
        following = answer["params"]["scan"]
        self.assertEqual((following["res_model"], following["target"]), (SCAN, "new"))
        told = self.env[SCAN].browse(following["res_id"]).message
        self.assertEqual(told, "1141-210941001 王大明: First review passed")

    def test_163_after_a_scanned_slip_was_returned_the_next_one_is_asked_for(self):
        self.way.submitted()
        vals = {
            "application_id": self.way.record.id,
            "action": "return",
            "reason": "English name differs",
        }
        wizard = self.rpc(self.assistant, REASON, "create", vals)
        answer = self.rpc(
            self.assistant, REASON, "action_confirm", [wizard], context={"ntue_scan": True}
        )
        told = self.env[SCAN].browse(answer["params"]["scan"]["res_id"]).message
        self.assertEqual(told, "1141-210941001 王大明: Returned for correction")

    def test_I9_a_number_finds_neither_drafts_nor_other_departments(self):
        self.way.drafted()
        draft = {"number": "1141-210941001"}
        wizard = self.rpc(self.assistant, SCAN, "create", draft)
        self.refused(self.assistant, SCAN, "action_open", [wizard])
        self.way.submit()
        self.rpc(self.assistant, SCAN, "action_open", [wizard])
        wizard = self.rpc(self.other_assistant, SCAN, "create", draft)
        self.refused(self.other_assistant, SCAN, "action_open", [wizard])

    # The figures at the top of the form

    def figures(self):
        self.way.record.invalidate_recordset()
        shown = review_figures(self.way.record.with_user(self.assistant))
        return {row.label: (row.text, row.alarms) for row in shown}

    def test_138_the_form_shows_what_a_decision_rests_on(self):
        self.way.submitted()
        figures = self.figures()
        self.assertEqual(figures["Expected / required"], ("34 / 32", False))
        self.assertEqual(figures["Flexible / limit"], ("6 / 6 · Off campus 3 / 3", False))
        self.assertEqual(figures["Credits earned"], ("24", False))
        self.assertEqual(figures["Days left"], ("11", False))
        refused = {"decision": "refused", "decision_reason": "Below level"}
        self.way.decide(no_0733=refused)
        figures = self.figures()
        self.assertEqual(figures["Expected / required"], ("31 / 32", True))
        self.assertEqual(figures["Flexible / limit"], ("3 / 6 · Off campus 3 / 3", False))

    def test_138_the_figures_follow_what_is_being_decided_before_it_is_saved(self):
        self.way.submitted()
        record = self.way.record.with_user(self.assistant)
        with Form(record) as form:
            self.assertIn("34 / 32", form.review_figures)
            with form.outside_line_ids.edit(0) as row:
                row.decision = "refused"
                row.decision_reason = "Below level"
            self.assertIn("31 / 32", form.review_figures)

    def test_D19_a_row_that_is_mapped_no_more_has_no_area_left_behind(self):
        self.way.submitted()
        record = self.way.record.with_user(self.assistant)
        with Form(record) as form, form.outside_line_ids.edit(0) as row:
            row.decision = "mapped"
            row.mapped_area_id = self.student.curriculum_id.area_ids[:1]
            row.decision = "accepted"
        self.assertEqual(record.outside_line_ids[0].decision, "accepted")
        self.assertFalse(record.outside_line_ids[0].mapped_area_id)

    def test_what_is_missing_is_said_before_completion_too(self):
        record = self.way.second_passed().record.with_user(self.registrar)
        self.assertFalse(record.missing_text)
        self.way.grade(50)
        record.invalidate_recordset()
        self.assertIn("Required subjects not passed: 碩士論文", record.missing_text)

    def test_26_the_desk_opens_on_what_waits_beside_the_counts_of_every_step(self):
        Way(self, self.new_student("210941002", "已通過")).first_passed()
        self.way.submitted()
        action = self.env.ref("ntue_graduation.action_application_desk")
        self.assertIn("'searchpanel_default_step': 'first'", action.context)
        steps = self.rpc(
            self.assistant,
            APPLICATION,
            "search_panel_select_range",
            "step",
            enable_counters=True,
            expand=True,
        )
        counts = {row["id"]: row["__count"] for row in steps["values"]}
        self.assertEqual((counts["first"], counts["second"], counts["lapsed"]), (1, 1, 0))

    def test_26_sign_in_leads_assistants_to_what_waits_and_registrars_to_the_overview(self):
        for user, action in (
            (self.assistant, "action_application_desk"),
            (self.registrar, "action_overview"),
        ):
            menus = self.env["ir.ui.menu"].with_user(user).load_web_menus(False)
            first = menus[menus["root"]["children"][0]]
            action = self.env.ref(f"ntue_graduation.{action}")
            self.assertEqual(first["actionID"], action.id, user.login)

    # Submitted beside today

    def panel(self, block):
        self.way.record.invalidate_recordset()
        record = self.way.record.with_user(self.assistant)
        tree = html.fromstring(str(record.review_panel))
        return " ".join(" ".join(tree.xpath(f"//*[@data-block='{block}']//text()")).split())

    def test_I7_the_panel_says_that_nothing_has_changed(self):
        self.way.submitted()
        self.assertIn("Nothing has changed", self.panel("same") or self.panel_text())

    def panel_text(self):
        return str(self.way.record.with_user(self.assistant).review_panel)

    def test_I7_the_panel_shows_what_has_changed_since_in_words_and_marks_it(self):
        self.way.submitted()
        self.way.grade(50)
        self.assertIn("碩士論文", self.panel("changes"))
        self.assertIn("≠", self.panel("rows"))
        self.assertIn("Required subjects not passed: 碩士論文", self.panel("missing"))
        self.assertIn("≠", self.panel("areas"))

    def test_A41_a_milestone_that_is_lost_since_is_a_change_and_one_that_is_reached_is_told(self):
        english = school_of.milestone(self.student.curriculum_id)
        shown = school_of.evidence(self.student, english, amount=600, verdict="accepted")
        self.way.submitted()
        self.assertFalse(self.restated().is_changed or self.way.record.lacks_milestone)
        shown.with_user(self.assistant).write({"verdict": "rejected", "reason": "Not hers"})
        self.assertIn("Milestone 外語能力: Met → Missing.", self.panel("changes"))
        self.assertTrue(self.restated().is_changed)
        record = self.way.record.id
        self.assertIn(record, self.on_desk(self.assistant, lacks_milestone=True))
        self.assertIn("Milestone missing", self.way.record.findings)

    def test_A41_a_milestone_that_is_reached_since_is_told_and_is_no_doubt(self):
        english = school_of.milestone(self.student.curriculum_id)
        self.way.drafted()
        self.way.by_student("write", {"shortfall_acknowledged": True})
        self.way.submit()
        school_of.evidence(self.student, english, amount=600, verdict="accepted")
        self.assertIn("Milestone 外語能力: Missing → Met.", self.panel("changes"))
        self.assertFalse(self.restated().is_changed)

    def test_A41_a_milestone_that_was_not_asked_at_submission_is_told(self):
        english = school_of.milestone(self.student.curriculum_id, student_kinds="僑生")
        self.way.submitted()
        self.student.student_kind = "僑生"
        told = self.panel("changes")
        self.assertIn("Milestone 外語能力 was not asked for at submission: Missing.", told)
        self.student.student_kind = False
        self.assertEqual(self.panel("changes"), "")
        self.assertEqual(english.student_kinds, "僑生")

    def test_A51_a_rule_across_areas_that_is_lost_since_is_told(self):
        curriculum = self.student.curriculum_id
        curriculum._set({"state": "draft"})
        self.env["ntue.counting.rule"].create(
            {
                "curriculum_id": curriculum.id,
                "code": "DIST",
                "name": "遠距課程",
                "select_distance": "yes",
                "min_courses": 1,
            }
        )
        curriculum._set({"state": "published"})
        course = self.student.enrollment_ids.filtered(lambda row: row.offering_no == "0649")
        course.is_distance = True
        self.way.submitted()
        course.is_distance = False
        self.assertIn("Rule 遠距課程: Met → Missing.", self.panel("changes"))
        self.assertTrue(self.restated().is_changed)

    def lowered_by_waivers(self, graduation_credits):
        """The framework asks for so many credits, and waivers lower what its area A asks."""
        curriculum = self.student.curriculum_id
        curriculum._set({"state": "draft"})
        curriculum.graduation_credits = graduation_credits
        curriculum.area_ids.filtered(lambda area: area.code == "A").waivers_lower = True
        curriculum._set({"state": "published"})
        self.env.registry.clear_cache()

    def waived_before_submission(self):
        """Submitted while 社會科學研究法 is waived and not taken, which lowers what area A asks."""
        curriculum = self.student.curriculum_id
        self.lowered_by_waivers(31)
        school_of.enrolment(self.student, "0501").state = "withdrawn"
        waived = curriculum.line_ids.filtered(lambda line: line.course_id.code == "SRD001")
        values = {"student_id": self.student.id, "kind": "waived", "line_id": waived.id}
        waiver = self.env["ntue.recognition"].create({**values, "reason": "Exempted by a test"})
        self.way.submitted()
        return waiver

    def test_A52_a_waiver_that_is_taken_back_since_submission_is_a_change(self):
        waiver = self.waived_before_submission()
        self.assertFalse(self.restated().is_changed or self.way.record.is_short)
        self.assertEqual(self.panel("changes"), "")
        waiver.unlink()
        told = self.panel("changes")
        self.assertIn("area A asks for at least has changed: credits 3 → 6, courses 1 → 2", told)
        self.assertIn("Areas not met any more: A.", told)
        self.assertIn("Required subjects that are missing since: 社會科學研究法.", told)
        self.assertTrue(self.restated().is_changed)

    def test_A52_a_waiver_given_since_submission_is_told_and_is_no_doubt(self):
        curriculum = self.student.curriculum_id
        self.lowered_by_waivers(32)
        self.way.submitted()
        line = curriculum.line_ids.filtered(lambda line: line.course_id.code == "SRD001")
        values = {"student_id": self.student.id, "kind": "waived", "line_id": line.id}
        self.env["ntue.recognition"].create({**values, "reason": "Exempted by a test"})
        self.assertIn("credits 6 → 3, courses 2 → 1", self.panel("changes"))
        self.assertFalse(self.restated().is_changed)

    def test_I7_a_course_that_was_added_and_one_that_is_gone_are_named(self):
        self.way.submitted()
        school_of.enrol(self.school, self.student, "1102", "0999", "X999", "新課程", 2, 80)
        self.student.enrollment_ids.filtered(lambda row: row.offering_no == "0650").credits = 2
        self.assertIn("新課程", self.panel("changes"))
        self.assertIn("多元文化與族群研究（2）", self.panel("changes"))
