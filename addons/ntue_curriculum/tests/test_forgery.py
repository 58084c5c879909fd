from odoo.tests import tagged

from . import records
from . import school as school_of
from .common import CHANGED, REFUSED, SchoolCase

CONTEXTS = (
    {},
    {"tracking_disable": True, "mail_notrack": True, "mail_create_nolog": True},
    {"active_test": False, "install_mode": True, "import_file": True, "no_validate": True},
    {"default_correction_reason": "Asked", "default_active": False},
    {"su": True, "uid": 1, "bin_size": True, "recompute": False, "lang": "zh_TW"},
)
"""What a hostile client may send along; none of it opens anything."""


@tagged("post_install", "-at_install")
class TestForgery(SchoolCase):
    """Values that no page sends, over RPC: refused, and nothing is changed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        records.people(cls)
        cls.student_user = school_of.account_of(cls.student)
        cls.own = school_of.enrolment(cls.student, "0650")
        cls.other = school_of.enrolment(cls.fellow, "0650")

    def assert_powerless(self, user, model, ids, values):
        """No write of any of ``values`` does anything, whatever the context says."""
        for vals in values:
            for context in CONTEXTS:
                with self.subTest(vals=vals, context=context):
                    found = self.outcome(user, model, "write", ids, vals, context=context)
                    self.assertNotEqual(found, CHANGED)

    def test_D6_a_student_changes_the_five_fields_of_the_profile_and_nothing_else(self):
        decided = {"kind": "waived", "line_id": self.framework.line_ids[0].id}
        self.assert_powerless(
            self.student_user,
            "ntue.student",
            self.student.ids,
            [
                {"name": "別名"},
                {"student_no": "1"},
                {"curriculum_id": self.cict_framework.id},
                {"entry_year": 114},
                {"is_teacher_ed": True},
                {"active": False},
                {"partner_id": self.fellow.partner_id.id},
                {"mobile": "0911-111-111", "name": "別名"},
                {"mobile": "0911-111-111", "correction_reason": "Asked"},
                {"message_follower_ids": [(5,)]},
            ],
        )
        self.assert_powerless(
            self.student_user,
            "ntue.student",
            self.student.ids,
            [
                {"enrollment_ids": [(1, self.own.id, {"score": 100, "state": "passed"})]},
                {"enrollment_ids": [(2, self.own.id)]},
                {"enrollment_ids": [(4, self.other.id)]},
                {"term_ids": [(0, 0, {"term_id": self.terms["1081"].id})]},
                {"term_ids": [(2, self.student.term_ids[0].id)]},
                {"recognition_ids": [(0, 0, decided)]},
                {"program_id": self.cict_program.id},
            ],
        )

    def test_a_student_changes_nobody_elses_profile(self):
        self.assert_powerless(
            self.student_user, "ntue.student", self.fellow.ids, [{"mobile": "0911-111-111"}]
        )
        both = (self.student | self.fellow).ids
        self.assert_powerless(self.student_user, "ntue.student", both, [{"mobile": "0911-111-111"}])

    def test_a_name_behind_a_reference_is_shown_to_readers_only(self):
        """Odoo shows the name of a many2one by superuser rights: names guard themselves."""
        for user, field, record, seen in (
            (self.assistant, "student_id", self.student, True),
            (self.assistant, "enrollment_id", self.own, True),
            (self.other_assistant, "student_id", self.student, False),
            (self.other_assistant, "enrollment_id", self.own, False),
            (self.registrar_day, "student_id", self.student, False),
            (self.registrar_day, "enrollment_id", self.own, False),
        ):
            with self.subTest(user=user.login, field=field):
                spec = {field: {"fields": {"display_name": {}}}}
                call = (user, "ntue.recognition", "onchange", [], {field: record.id}, [], spec)
                if not seen:
                    self.assertNotIn(record.name, self.refused(*call))
                    continue
                name = self.rpc(*call)["value"][field]["display_name"]
                self.assertIn(record.name, name)
                self.assertEqual("210941001" in name, field == "student_id")

    def test_staff_correct_grades_with_a_reason_and_within_their_own_only(self):
        better = {"score": 95, "state": "passed"}
        reasoned = {**better, "correction_reason": "Typed wrongly"}
        for user, vals, expected in (
            (self.assistant, reasoned, False),
            (self.registrar, better, False),
            (self.registrar, {**better, "correction_reason": "  "}, False),
            (self.registrar_day, reasoned, False),
            (self.operator, reasoned, False),
            (self.registrar, reasoned, True),
        ):
            with self.subTest(user=user.login, vals=vals):
                found = self.outcome(user, "ntue.enrollment", "write", self.own.ids, vals)
                self.assertEqual(found == CHANGED, expected)

    def test_a_correction_is_told_on_the_students_page_with_what_changed(self):
        vals = {"score": 95, "state": "passed", "correction_reason": "Typed wrongly"}
        self.rpc(self.registrar, "ntue.enrollment", "write", self.own.ids, vals)
        told = self.student.correspondence_ids.message_ids[0]
        self.assertEqual(told.author_id, self.registrar.partner_id)
        for text in ("Typed wrongly", "65.0", "95.0", "Failed", "Passed"):
            self.assertIn(text, told.body)
        self.assertFalse(self.own.correction_reason)
        self.assertTrue(told.is_internal or told.subtype_id.internal)

    def test_staff_correct_a_student_with_a_reason(self):
        vals = {"name": "王大民", "correction_reason": "Misread"}
        self.rpc(self.registrar, "ntue.student", "write", self.student.ids, vals)
        self.assertEqual(self.student.partner_id.name, "王大民")
        self.assertTrue(
            any(
                "Misread" in body
                for body in self.student.correspondence_ids.message_ids.mapped("body")
            )
        )

    def test_nobody_names_another_author_or_another_day_for_a_decision(self):
        vals = {
            "student_id": self.student.id,
            "enrollment_id": school_of.enrolment(self.student, "0733").id,
            "kind": "prior_approval",
            "author_id": self.registrar.id,
            "decided_on": "2001-01-01 00:00:00",
        }
        context = {
            "default_author_id": self.registrar.id,
            "default_decided_on": "2001-01-01 00:00:00",
        }
        for given in (vals, {key: vals[key] for key in ("student_id", "enrollment_id", "kind")}):
            with self.subTest(given=sorted(given)), self.undone():
                number = self.rpc(
                    self.assistant, "ntue.recognition", "create", given, context=context
                )
                made = self.env["ntue.recognition"].browse(number)
                self.assertEqual(made.author_id, self.assistant)
                self.assertEqual(str(made.decided_on), "2025-11-10 04:00:00")

    def test_a_call_that_odoo_repeats_finds_its_values_as_they_were(self):
        """After a serialization failure a request is tried again with the same objects."""
        new = {
            "student_no": "210999999",
            "name": "New",
            "curriculum_id": self.framework.id,
            "entry_year": 109,
        }
        for _again in range(2):
            with self.undone():
                self.rpc(self.registrar, "ntue.student", "create", new)

    def test_a_decision_is_about_the_students_own_course_and_framework(self):
        base = {"student_id": self.student.id, "kind": "mapped"}
        area = self.framework.area_ids[0].id
        for vals in (
            {**base, "enrollment_id": self.other.id, "area_id": area},
            {**base, "enrollment_id": self.own.id, "area_id": self.cict_framework.area_ids[0].id},
            {**base, "enrollment_id": self.own.id},
            {**base, "kind": "waived"},
            {**base, "kind": "flexible"},
            {**base, "kind": "substituted", "enrollment_id": self.own.id},
        ):
            with self.subTest(vals=vals):
                self.refused(self.assistant, "ntue.recognition", "create", vals)

    def test_an_assistant_does_not_name_herself_for_another_department(self):
        for vals in (
            {"assistant_ids": [(4, self.assistant.id)]},
            {"email": "other@example.com"},
        ):
            self.refused(self.assistant, "ntue.department", "write", self.cict.ids, vals)
        course = self.courses["SRD001"].id
        for vals in (
            {"code": "C7", "name": "New", "equivalent_ids": [(1, course, {"code": "C8"})]},
            {"code": "C7", "name": "New", "equivalent_ids": [(2, course)]},
        ):
            self.refused(self.assistant, "ntue.course", "create", vals)

    def test_an_assistant_decides_nothing_about_herself(self):
        """Staff may study here: their own record stays with a colleague."""
        self.student.partner_id = False
        self.student.partner_id = self.assistant.partner_id
        vals = {
            "student_id": self.student.id,
            "enrollment_id": school_of.enrolment(self.student, "0733").id,
            "kind": "flexible",
        }
        self.refused(self.assistant, "ntue.recognition", "create", vals)

    def test_a_registrar_corrects_nothing_about_themselves(self):
        """Staff may study here: they keep their own four fields like any student."""
        self.student.partner_id = False
        self.student.partner_id = self.registrar.partner_id
        reason = {"correction_reason": "Typed wrongly"}
        owner = {"student_id": self.student.id}
        term = {**owner, "term_id": self.terms["1081"].id}
        course = {**term, "course_id": self.courses["X812"].id, "name": "New", "credits": 2}
        decision = {**owner, "enrollment_id": self.own.id, "kind": "refused", "reason": "x"}
        for model, method, *args in (
            ("ntue.student", "write", self.student.ids, {"name": "別名", **reason}),
            ("ntue.student", "write", self.student.ids, {"entry_year": 98, **reason}),
            ("ntue.enrollment", "write", self.own.ids, {"score": 95, "state": "passed", **reason}),
            ("ntue.enrollment", "create", course),
            (
                "ntue.student.term",
                "write",
                self.student.term_ids[0].ids,
                {"status": "leave", **reason},
            ),
            ("ntue.student.term", "create", term),
            ("ntue.recognition", "create", decision),
        ):
            with self.subTest(model=model, method=method, args=args):
                self.assertEqual(self.outcome(self.registrar, model, method, *args), REFUSED)
        vals = {"mobile": "0911-111-111"}
        found = self.outcome(self.registrar, "ntue.student", "write", self.student.ids, vals)
        self.assertEqual(found, CHANGED)

    def test_an_employee_without_a_role_sees_no_student_and_no_framework(self):
        employee = school_of.user(self.env, "employee@staff.example.com", school_of.STAFF)
        no_division = school_of.user(
            self.env,
            "nodivision@staff.example.com",
            f"{school_of.STAFF},ntue_curriculum.group_registrar",
        )
        for model in ("ntue.student", "ntue.student.term", "ntue.enrollment", "ntue.recognition"):
            for user in (employee, no_division):
                with self.subTest(model=model, user=user.login):
                    self.assertEqual(self.rpc(user, model, "search_count", []), 0)
        self.assertEqual(self.rpc(employee, "ntue.curriculum", "search_count", []), 0)
        self.assertTrue(self.rpc(employee, "ntue.term", "search_count", []))
