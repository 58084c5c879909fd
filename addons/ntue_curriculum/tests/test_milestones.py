"""Milestones with evidence (A41) and sources of rules (A42): who records, what is read."""

from odoo.exceptions import UserError, ValidationError
from odoo.tests import freeze_time, tagged

from ..degree_audit import Reading
from ..pages.progress import progress
from . import school as school_of
from .common import SchoolCase

EVIDENCE = "ntue.milestone.evidence"


@tagged("post_install", "-at_install")
class TestMilestones(SchoolCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.student = cls.new_student("210941001", "王大明")
        cls.account = school_of.account_of(cls.student)

    def met(self):
        self.env.flush_all()
        return self.student._case().audit(reading=Reading.FINAL).milestones_met

    def row(self):
        (row,) = progress(self.student.with_user(self.account))["milestones"]
        return row

    def test_a_framework_without_milestones_asks_for_none_and_one_with_one_does(self):
        self.assertTrue(self.met())
        self.assertEqual(progress(self.student)["milestones"], [])
        school_of.milestone(self.framework)
        self.assertFalse(self.met())

    def test_what_another_request_caches_before_the_commit_is_forgotten_with_it(self):
        ways = self.env["ntue.curriculum.milestone"]
        school_of.milestone(self.framework)
        self.assertTrue(ways._exist())
        # It sees none yet, and this cache is everybody's in the process.
        type(ways)._exist.__cache__.add_value(ways, cache_value=False)
        self.assertFalse(ways._exist())
        self.env.cr.postcommit.run()
        self.assertTrue(ways._exist())

    def test_what_is_cached_of_a_framework_whose_publishing_fails_is_forgotten(self):
        draft = self.framework._start_revision("Meeting 1")
        school_of.publish(draft)
        _prepared, digest = draft._prepared()
        cached = type(draft)._cached_prepared.__cache__
        cached.add_value(draft, cache_value=(None, "old"))
        self.assertEqual(draft._prepared()[1], "old")
        self.env.cr.postrollback.run()
        self.assertEqual(draft._prepared()[1], digest)

    def test_a_student_reads_what_is_missing_and_what_would_be_enough(self):
        school_of.milestone(self.framework)
        school_of.milestone(self.framework, way="TOEFL iBT", amount=61)
        self.assertEqual(self.row().word, "Missing")
        self.assertEqual(
            self.row().ways,
            ["TOEIC: at least a score of 600", "TOEFL iBT: at least a score of 61"],
        )
        missing = " ".join(progress(self.student)["missing"])
        for words in (
            "Milestone 外語能力 is still missing: TOEIC (at least a score of 600)",
            "TOEFL iBT (at least a score of 61).",
        ):
            self.assertIn(words, missing)

    def test_an_assistant_records_and_accepts_and_is_named_as_who_checked(self):
        way = school_of.milestone(self.framework)
        vals = {"student_id": self.student.id, "milestone_id": way.id, "amount": 650}
        number = self.rpc(self.assistant, EVIDENCE, "create", vals)
        self.assertFalse(self.met())
        self.assertEqual(self.row().word, "To be decided")
        forged = {"verdict": "accepted", "checked_by_id": self.registrar.id}
        self.rpc(self.assistant, EVIDENCE, "write", [number], forged)
        self.assertTrue(self.met())
        shown = self.env[EVIDENCE].browse(number)
        self.assertEqual(shown.checked_by_id, self.assistant)
        self.assertTrue(shown.checked_on)
        (told,) = self.row().evidence
        self.assertTrue(told.words.endswith(": Accepted"), told.words)

    def test_a_verdict_is_given_by_no_default(self):
        vals = {"student_id": self.student.id, "milestone_id": self.milestone().id, "amount": 650}
        by_default = {"default_verdict": "accepted"}
        number = self.rpc(self.assistant, EVIDENCE, "create", vals, context=by_default)
        self.assertEqual(self.env[EVIDENCE].browse(number).verdict, "unchecked")

    def test_who_changes_what_was_accepted_answers_for_it(self):
        shown = school_of.evidence(
            self.student, self.milestone(), amount=650, verdict="accepted", document="A1"
        )
        for vals in ({"document": "B2"}, {"reason": "Seen"}, {"dated_on": "2025-01-01"}):
            self.rpc(self.assistant, EVIDENCE, "write", shown.ids, vals)
            self.assertEqual(shown.checked_by_id, self.assistant)
            self.rpc(self.registrar, EVIDENCE, "write", shown.ids, {"amount": 700})
            self.assertEqual(shown.checked_by_id, self.registrar)

    def test_nobody_moves_a_classmates_evidence_to_themselves(self):
        classmate = self.new_student("210941002", "同系同學")
        shown = school_of.evidence(classmate, self.milestone(), amount=650, verdict="accepted")
        self.student.partner_id = self.assistant.partner_id
        mine = {"student_id": self.student.id}
        told = self.refused(self.assistant, EVIDENCE, "write", shown.ids, mine)
        self.assertIn("Nobody decides about themselves", told)
        self.assertEqual(shown.student_id, classmate)

    def test_nobody_moves_a_classmates_enrolment_to_themselves(self):
        classmate = self.new_student("210941002", "同系同學")
        row = classmate.enrollment_ids[0]
        self.student.partner_id = self.registrar.partner_id
        vals = {"student_id": self.student.id, "correction_reason": "Mine"}
        self.refused(self.registrar, "ntue.enrollment", "write", row.ids, vals)

    def milestone(self):
        return school_of.milestone(self.framework)

    def test_a_verdict_that_is_taken_back_names_nobody(self):
        shown = school_of.evidence(
            self.student, school_of.milestone(self.framework), amount=650, verdict="accepted"
        )
        shown.verdict = "unchecked"
        self.assertFalse(shown.checked_by_id)
        self.assertFalse(self.met())

    def test_evidence_that_holds_no_longer_counts_for_nothing(self):
        shown = school_of.evidence(
            self.student,
            school_of.milestone(self.framework),
            amount=650,
            verdict="accepted",
            expires_on="2026-06-30",
        )
        self.assertTrue(self.met())
        with freeze_time("2026-07-02 04:00:00"):
            self.assertFalse(self.met())
        shown.expires_on = False
        with freeze_time("2026-07-02 04:00:00"):
            self.assertTrue(self.met())

    def test_a_judgement_has_a_reason_and_a_measure_needs_none(self):
        show = school_of.milestone(
            self.framework, "ART", name="作品展演", way="展演", measure="reviewer", amount=0
        )
        for verdict in ("accepted", "rejected"):
            with self.subTest(verdict=verdict), self.assertRaises(ValidationError), self.undone():
                school_of.evidence(self.student, show, verdict=verdict)
        school_of.evidence(self.student, show, verdict="accepted", reason="Seen by the jury")
        self.assertTrue(self.met())
        test = school_of.milestone(self.framework)
        with self.undone(), self.assertRaises(ValidationError):
            school_of.evidence(self.student, test, exempts=True, verdict="accepted")
        school_of.evidence(self.student, test, exempts=True, verdict="accepted", reason="Native")
        self.assertTrue(self.met())

    def test_what_no_machine_checks_is_told_as_open_and_is_not_met(self):
        values = {"name": "作品展演", "way": "展演", "measure": "reviewer", "amount": 0}
        school_of.milestone(self.framework, "ART", **values)
        self.assertEqual(self.row().word, "To be decided")
        self.assertIn(
            "Milestone 作品展演: a reviewer has still to decide on it.",
            progress(self.student)["missing"],
        )
        self.assertFalse(self.met())

    def test_nobody_records_for_courses_nor_for_another_framework(self):
        courses = school_of.milestone(
            self.framework, measure="courses", amount=2, select_prefixes="SRD"
        )
        with self.undone(), self.assertRaises(ValidationError):
            school_of.evidence(self.student, courses, amount=2)
        self.assertTrue(self.met())
        elsewhere = school_of.milestone(self.cict_framework)
        with self.undone(), self.assertRaises(ValidationError):
            school_of.evidence(self.student, elsewhere, amount=700)

    def test_a_student_who_works_here_records_nothing_about_herself(self):
        way = school_of.milestone(self.framework)
        self.student.partner_id = self.assistant.partner_id
        vals = {"student_id": self.student.id, "milestone_id": way.id, "amount": 650}
        self.refused(self.assistant, EVIDENCE, "create", vals)

    def test_a_revision_keeps_what_was_shown(self):
        way = school_of.milestone(self.framework)
        school_of.evidence(self.student, way, amount=650, verdict="accepted")
        draft = self.framework._start_revision("Meeting 1")
        self.assertEqual(draft.milestone_ids.mapped("way"), ["TOEIC"])
        school_of.publish(draft)
        self.assertEqual(self.student.curriculum_id, draft)
        self.assertTrue(self.met())

    def test_stored_audits_are_out_of_date_when_something_is_shown(self):
        way = school_of.milestone(self.framework)
        self.student._store_audits()
        self.assertFalse(self.student.audit_ids.is_stale)
        school_of.evidence(self.student, way, amount=650, verdict="accepted")
        self.assertTrue(self.student.audit_ids.is_stale)

    def test_a_stored_audit_is_out_of_date_the_day_after_evidence_has_expired(self):
        school_of.evidence(
            self.student, self.milestone(), amount=650, verdict="accepted", expires_on="2025-11-10"
        )
        self.student._store_audits()
        self.env["ntue.audit"]._outdate_expired()
        self.assertFalse(self.student.audit_ids.is_stale)
        with freeze_time("2025-11-11 04:00:00"):
            self.env["ntue.audit"]._outdate_expired()
        self.assertTrue(self.student.audit_ids.is_stale)

    def test_only_the_kinds_of_students_that_it_names_are_asked(self):
        school_of.milestone(self.framework, student_kinds="外國學生；僑生")
        self.assertTrue(self.met())
        self.student.student_kind = "僑生"
        self.assertFalse(self.met())

    def test_the_ways_to_one_milestone_give_it_one_name(self):
        school_of.milestone(self.framework)
        with self.undone(), self.assertRaises(ValidationError):
            school_of.milestone(self.framework, way="TOEFL", name="英文")

    def test_a_published_framework_asks_for_no_other_milestone(self):
        way = school_of.milestone(self.framework)
        for change in (lambda: way.write({"amount": 1}), way.unlink):
            with self.undone(), self.assertRaises(UserError):
                change()

    def test_a_revision_says_in_words_how_its_milestones_differ(self):
        school_of.milestone(self.framework)
        draft = self.framework._start_revision("Meeting 1")
        draft.milestone_ids.amount = 650
        school_of.milestone(draft, "SRV", name="服務學習", way="時數", measure="hours", amount=16)
        (group,) = draft._difference_groups(self.framework)
        self.assertEqual(group["title"], "Milestones")
        told = [(row["word"], row["to"], row["before"], row["after"]) for row in group["rows"]]
        self.assertEqual(
            told,
            [
                ("Changed", "ENG 外語能力: TOEIC", "600", "650"),
                ("Added", "SRV 服務學習: 時數", "", "at least 16 hours"),
            ],
        )


@tagged("post_install", "-at_install")
class TestSources(SchoolCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.student = cls.new_student("210941001", "王大明")
        draft = cls.framework._start_revision("Meeting 1")
        cls.source(draft, about="A", title="研究方法要點", link="https://srd.example.edu.tw/a")
        cls.source(draft, title="學則", approved_on="2024-06-12", verified_on="2025-09-01")
        school_of.publish(draft)

    @classmethod
    def source(cls, curriculum, **values):
        made = cls.env["ntue.curriculum.source"]
        return made.create({"curriculum_id": curriculum.id, **values})

    def test_a_student_reads_the_source_beside_the_rule_and_the_others_at_the_end(self):
        reader = self.student.with_user(school_of.account_of(self.student))
        page = progress(reader.with_context(lang="en_US"))
        first, second = page["areas"][:2]
        self.assertEqual([row.title for row in first.sources], ["研究方法要點"])
        self.assertEqual(first.sources[0].link, "https://srd.example.edu.tw/a")
        self.assertEqual(second.sources, [])
        (whole,) = page["sources"]
        self.assertEqual(whole.title, "學則")
        self.assertEqual(
            whole.days,
            "approved on 113-06-12 (2024-06-12); last verified on 114-09-01 (2025-09-01)",
        )

    def test_a_link_that_could_run_in_a_browser_is_refused(self):
        draft = self.student.curriculum_id._start_revision("Meeting 2")
        for link in ("javascript:alert(1)", "data:text/html,x", "www.example.org"):
            with self.subTest(link=link), self.undone(), self.assertRaises(ValidationError):
                self.source(draft, title="X", link=link)
