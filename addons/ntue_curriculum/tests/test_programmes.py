"""Further programs beside the main one (A45), and a draft previewed with one student."""

from lxml import html
from odoo.exceptions import ValidationError
from odoo.tests import tagged

from ..pages.progress import progress
from . import school as school_of
from .common import SchoolCase
from .test_import_base import FILES, ImportCase

PROGRAMME = "ntue.student.programme"


@tagged("post_install", "-at_install")
class TestProgrammes(SchoolCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.student = cls.new_student("210941001", "王大明")
        cls.minor = school_of.minor(
            cls.school, "SRD-M-109", cls.program, class_name="輔系課程", graduation_credits=25
        )

    def begin(self, curriculum=None):
        curriculum = curriculum or self.minor
        values = {"student_id": self.student.id, "curriculum_id": curriculum.id}
        return self.rpc(self.registrar, PROGRAMME, "create", values)

    def rows(self):
        account = school_of.account_of(self.student)
        return progress(self.student.with_user(account))["programmes"]

    def test_a_student_reads_how_a_further_programme_stands(self):
        self.assertEqual(self.rows(), [])
        self.begin()
        (row,) = self.rows()
        self.assertEqual((row.heading, row.needed), ("Minor: 輔系課程", "25"))
        self.assertEqual(len(row.areas), 4)
        self.assertTrue(row.met)
        self.assertIn(
            "credits count in a program before it, too, and 0 in none before it.", row.sharing[0]
        )

    def page(self, **values):
        """The body of the progress page as the student reads it, with its jump list."""
        account = school_of.account_of(self.student)
        values |= {"fold": True, **progress(self.student.with_user(account))}
        body = self.env["ir.qweb"]._render("ntue_curriculum.progress_body", values)
        return html.fromstring(f"<div>{body}</div>")

    def test_the_page_leads_to_all_that_is_shown_and_to_nothing_that_is_not(self):
        self.begin()
        school_of.milestone(self.framework)
        school_of.counting_rule(self.framework, "FEW", min_courses=1)
        school_of.counting_rule(self.framework, "MANY", min_courses=99)
        blocks = ["milestones", "cross", "rules", "programmes", "totals", "what_if"]
        for only_missing, left, rules in (
            (False, blocks, ["FEW", "MANY"]),
            (True, [name for name in blocks if name != "programmes"], ["MANY"]),
        ):
            with self.subTest(only_missing=only_missing):
                tree = self.page(only_missing=only_missing)
                links = [link.get("href")[1:] for link in tree.cssselect("#jump li a")]
                self.assertEqual([name for name in links if not name.startswith("area")], left)
                shown = {part.get("id") for part in tree.cssselect("[id]")} | {"what_if"}
                self.assertEqual(set(links) - shown, set())
                names = [one.text for one in tree.cssselect("#rules strong")]
                self.assertEqual(names, rules)

    def test_for_who_reads_no_chinese_it_is_called_by_the_english_name_of_its_program(self):
        self.program.english_name = "Social Development"
        self.begin()
        reader = self.student.with_user(school_of.account_of(self.student))
        for language, called in (
            ("en_US", "Minor: Social Development"),
            ("zh_TW", "輔系：輔系課程"),
        ):
            (row,) = progress(reader.with_context(lang=language))["programmes"]
            self.assertEqual(row.heading, called)

    def test_two_of_one_program_are_told_apart_in_english_as_well(self):
        self.program.english_name = "Social Development"
        other = {"class_name": "社區輔系", "graduation_credits": 25}
        self.begin()
        self.begin(school_of.minor(self.school, "SRD-N-109", self.program, **other))
        reader = self.student.with_user(school_of.account_of(self.student))
        rows = progress(reader.with_context(lang="en_US"))["programmes"]
        self.assertEqual(
            [row.heading for row in rows],
            ["Minor: Social Development (輔系課程)", "Minor: Social Development (社區輔系)"],
        )

    def told(self, draft):
        """The dialog about a draft, as the registrar opens it."""
        action = self.rpc(self.registrar, "ntue.curriculum", "action_review", draft.ids)
        return self.env[action["res_model"]].browse(action["res_id"]).with_user(self.registrar)

    def test_before_a_revision_is_published_who_studies_it_as_a_further_one_is_told(self):
        self.begin()
        self.env.flush_all()
        draft = self.minor._start_revision("Meeting 3")
        wizard = self.told(draft)
        self.assertEqual((wizard.student_total, wizard.student_shown), (1, 1))
        self.assertEqual((wizard.changed_count, len(wizard.effect_ids)), (0, 0))
        draft.min_exclusive = 6
        wizard = self.told(draft)
        self.assertEqual((wizard.changed_count, wizard.worse_count), (1, 1))
        effect = wizard.effect_ids
        self.assertEqual((effect.student_id, effect.program), (self.student, "Minor 輔系課程"))
        self.assertEqual((effect.met_before, effect.met_after), (True, False))
        self.assertEqual((effect.missing_before, effect.missing_after), (0, 6))
        self.assertIn("The program is met as it is now, and then not any more.", effect.summary)
        self.assertIn("Credits of its own still missing: 0 → 6.", effect.summary)

    def test_what_a_further_programs_revision_gains_is_told(self):
        strict = {"graduation_credits": 25, "min_exclusive": 6}
        minor = school_of.minor(self.school, "SRD-Y-109", self.program, **strict)
        self.begin(minor)
        self.env.flush_all()
        draft = minor._start_revision("Meeting 3")
        draft.min_exclusive = 0
        effect = self.told(draft).effect_ids
        self.assertEqual((effect.verdict, effect.missing_after), ("better", 0))

    def test_a_limit_on_what_is_shared_is_told_and_kept(self):
        values = {"has_max_shared": True, "max_shared": 0, "graduation_credits": 25}
        strict = school_of.minor(self.school, "SRD-X-109", self.program, **values)
        self.begin(strict)
        (row,) = self.rows()
        self.assertFalse(row.met)
        self.assertIn("At most 0 credits may count in the programs before it, too.", row.sharing)
        # The main program needs what it has, so nothing is left for the other one.
        self.assertIn("0 credits count in a program before it", row.sharing[0])

    def test_credits_of_its_own_that_are_missing_are_told(self):
        values = {"min_exclusive": 6, "graduation_credits": 25}
        own = school_of.minor(self.school, "SRD-Y-109", self.program, **values)
        self.begin(own)
        (row,) = self.rows()
        self.assertIn("6 credits are missing that count in no program before it.", row.missing)

    def test_a_main_programme_is_no_further_one_and_the_other_way_round(self):
        with self.undone(), self.assertRaises(ValidationError):
            self.begin(self.framework)
        with self.undone(), self.assertRaises(ValidationError):
            self.student.curriculum_id = self.minor

    def test_a_revision_takes_who_studies_it_along(self):
        number = self.begin()
        revised = school_of.publish(self.minor._start_revision("Meeting 1"))
        self.assertEqual(self.env[PROGRAMME].browse(number).curriculum_id, revised)

    def test_an_assistant_reads_and_does_not_enter(self):
        self.begin()
        values = {"student_id": self.student.id, "curriculum_id": self.minor.id}
        self.refused(self.assistant, PROGRAMME, "create", values)


@tagged("post_install", "-at_install")
class TestPreview(SchoolCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.student = cls.new_student("210941001", "王大明")
        cls.draft = school_of.framework(cls.school, "SRD-E-115", cls.program, 115)
        school_of.milestone(cls.draft)

    def panel(self):
        action = self.env.ref("ntue_curriculum.action_framework_preview")
        values = {"curriculum_id": self.draft.id, "student_id": self.student.id}
        wizard = self.env[action.res_model].with_user(self.registrar).create(values)
        return wizard.panel

    def test_a_draft_is_seen_with_one_student_before_it_is_published(self):
        panel = self.panel()
        self.assertIn("Milestone 外語能力 is still missing", panel)
        self.assertEqual((self.draft.state, self.draft.student_count), ("draft", 0))

    def test_a_draft_of_a_minor_is_seen_beside_the_main_program(self):
        self.draft.write({"kind": "minor", "has_max_shared": True, "max_shared": 9})
        self.draft.milestone_ids.unlink()
        panel = self.panel()
        self.assertIn("At most 9 credits may count in the programs before it", panel)
        self.assertIn("You can graduate without it", panel)

    def test_a_draft_that_nobody_can_be_audited_against_says_what_is_wrong(self):
        self.draft.milestone_ids.write({"measure": "courses", "amount": 2})
        self.assertIn("asks for courses and does not say for which", self.panel())


@tagged("post_install", "-at_install")
class TestImportProgrammes(ImportCase):
    FRAMEWORKS = [
        f"{FILES['frameworks'][0]},修讀類別,共計上限學分,不重複最低學分,未完成不得畢業",
        f"{FILES['frameworks'][1]},主修,,,",
        "ZQ-M-113,ZQ-E,113,輔系,3,輔系,3,0,是",
    ]
    COURSES = [*FILES["framework_courses"], "ZQ-M-113,,ZQ001,研究法,3,選修,,,,"]
    STUDIED = ["學號,課架代碼", "Z211,ZQ-M-113"]

    def files(self, **more):
        return {
            "frameworks": self.FRAMEWORKS,
            "framework_courses": self.COURSES,
            "student_programmes": self.STUDIED,
            **more,
        }

    def test_further_programmes_are_imported_and_come_in_again_without_a_difference(self):
        self.import_set(**self.files())
        student = self.env["ntue.student"].search([("student_no", "=", "Z211")])
        made = student.programme_ids.curriculum_id
        self.assertEqual((made.code, made.kind), ("ZQ-M-113", "minor"))
        self.assertEqual((made.has_max_shared, made.max_shared), (True, 3))
        self.assertTrue(made.needed_to_graduate)
        again = self.import_set(**self.files())
        counts = again.counts_of("student_programmes.csv")
        self.assertEqual((counts.created, counts.unchanged), (0, 1))
        self.import_set()  # files of before, without the columns
        self.assertEqual(made.kind, "minor")
        self.assertTrue(student.programme_ids)

    def test_a_framework_stands_in_the_file_of_its_kind(self):
        contents = self.contents(
            **self.files(student_programmes=["學號,課架代碼", "Z211,ZQ-E-113"])
        )
        self.assert_refused(contents, ("student_programmes.csv", 2, "課架代碼"))
        students = [
            line.replace("ZQ-E-113,113,否", "ZQ-M-113,113,否") for line in FILES["students"]
        ]
        contents = self.contents(**self.files(students=students, student_programmes=None))
        self.assert_refused(contents, ("students.csv", 2, "課架代碼"))
