"""Shared blocks: written once, in many frameworks, with revisions of their own (A54)."""

from contextlib import closing

from lxml import etree
from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged
from odoo.tools.safe_eval import safe_eval

from ..pages.progress import progress
from . import school as school_of
from .common import REFUSED, SchoolCase
from .test_import_base import FILES, ImportCase

CURRICULUM, AREA = "ntue.curriculum", "ntue.curriculum.area"


@tagged("post_install", "-at_install")
class TestBlocks(SchoolCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.block = school_of.block(cls.school, cls.program)
        area = {"curriculum_id": cls.block.id, "min_credits": 2}
        outer = cls.env[AREA].create({**area, "code": "G", "name": "通識"})
        inner = {**area, "code": "G1", "name": "人文", "select_domains": "人文"}
        cls.env[AREA].create({**inner, "parent_id": outer.id})
        school_of.publish(cls.block)
        cls.draft = school_of.framework(cls.school, "SRD-E-110", cls.program, 110)
        cls.draft.block_ids = cls.block

    def codes(self, framework):
        return framework.area_ids.sorted("sequence").mapped("code")

    def revised(self, **values):
        """The block with another minimum, published."""
        draft = self.block._start_revision("Meeting 5")
        draft.area_ids.write(values)
        draft.graduation_credits = values["min_credits"]
        return school_of.publish(draft)

    def test_a_framework_has_what_its_block_asks_behind_its_own(self):
        self.assertEqual(self.codes(self.draft), ["A", "B", "C", "D", "G", "G1"])
        inner = self.draft.area_ids.filtered(lambda area: area.code == "G1")
        self.assertEqual((inner.parent_id.code, inner.block_id), ("G", self.block))
        school_of.publish(self.draft)
        student = self.new_student("210941009", "新生", of_framework=self.draft)
        result = student._case().audit()
        self.assertEqual([row.code for row in result.areas if not row.met], ["G", "G1"])

    def test_what_is_a_blocks_is_changed_in_the_block_only(self):
        area = self.draft.area_ids.filtered(lambda row: row.code == "G")
        for method, args in (("write", ({"min_credits": 0},)), ("unlink", ())):
            with (
                self.subTest(method=method),
                self.undone(),
                self.assertRaisesRegex(UserError, "shared block GE-109"),
            ):
                self.rpc(self.registrar, AREA, method, area.ids, *args)
        self.rpc(self.registrar, AREA, "write", area.ids, {"sequence": 3})
        values = {"curriculum_id": self.draft.id, "code": "X", "name": "X"}
        with self.undone(), self.assertRaisesRegex(UserError, "shared block GE-109"):
            self.rpc(self.registrar, AREA, "create", {**values, "block_id": self.block.id})

    def test_nothing_of_the_frameworks_own_is_put_into_a_blocks_area(self):
        area = self.draft.area_ids.filtered(lambda row: row.code == "G1")
        own = self.draft.area_ids.filtered(lambda row: row.code == "A")
        course = self.env["ntue.course"].search([], limit=1)
        line = {"curriculum_id": self.draft.id, "course_id": course.id, "area_id": area.id}
        line |= {"name": course.name, "credits": 2}
        refused = "Area G1 is of the shared block GE-109"
        for user in (self.registrar, self.env.ref("base.user_root")):
            with self.subTest(user=user.login):
                with self.undone(), self.assertRaisesRegex(UserError, refused):
                    own.with_user(user).write({"parent_id": area.id})
                with self.undone(), self.assertRaisesRegex(UserError, refused):
                    self.env["ntue.curriculum.line"].with_user(user).create(line)

    def test_taken_out_it_is_gone_and_what_is_the_frameworks_own_stays(self):
        number = self.draft.id
        self.rpc(self.registrar, CURRICULUM, "write", [number], {"block_ids": [(5,)]})
        self.assertEqual(self.codes(self.draft), ["A", "B", "C", "D"])

    def test_a_revision_of_the_block_is_one_of_every_framework_that_has_it(self):
        school_of.publish(self.draft)
        student = self.new_student("210941009", "新生", of_framework=self.draft)
        self.revised(min_credits=4)
        now = student.curriculum_id
        self.assertEqual((now.code, now.revision, self.draft.state), ("SRD-E-110", 2, "archived"))
        self.assertIn("Meeting 5", now.revision_reason)
        asked = {row.code: row.min_credits for row in student._case().audit().areas}
        self.assertEqual((asked["G1"], asked["A"]), (4, 6))

    def with_subject(self, name):
        """A decision on a subject that a framework has of the block, and a draft of the block."""
        draft = self.block._start_revision("Meeting 2")
        self.env["ntue.curriculum.line"].create(
            {
                "curriculum_id": draft.id,
                "area_id": draft.area_ids.filtered(lambda area: area.code == "G1").id,
                "course_id": school_of.course(self.school, "GE1", name).id,
                "name": name,
                "credits": 2,
                "requirement": "elective",
            }
        )
        school_of.publish(draft)
        school_of.publish(self.draft)
        student = self.new_student("210941009", "新生", of_framework=self.draft)
        decision = self.env["ntue.recognition"].create(
            {
                "student_id": student.id,
                "kind": "substituted",
                "enrollment_id": school_of.enrolment(student, "0733").id,
                "line_id": self.draft.line_ids.filtered(lambda line: line.name == name).id,
            }
        )
        self.env.flush_all()
        return decision, draft._start_revision("Meeting 3")

    def told(self, block):
        action = self.rpc(self.registrar, CURRICULUM, "action_review", block.ids)
        return self.env[action["res_model"]].browse(action["res_id"]).with_user(self.registrar)

    def revising(self, **values):
        """A draft of the block that asks otherwise, of a framework that has students."""
        school_of.publish(self.draft)
        self.student = self.new_student("210941009", "新生", of_framework=self.draft)
        self.env.flush_all()
        draft = self.block._start_revision("Meeting 5")
        draft.area_ids.write(values)
        return draft

    def test_what_changes_for_each_student_is_told_before_a_blocks_revision_is_published(self):
        draft = self.revising(min_credits=4)
        values = ("1091", "0601", "GE9", "文學", 2, 85)
        school_of.enrol(self.school, self.student, *values).domain = "人文"
        wizard = self.told(draft)
        self.assertEqual((wizard.student_total, wizard.changed_count), (1, 1))
        effect = wizard.effect_ids
        self.assertEqual((effect.student_id, effect.verdict), (self.student, "worse"))
        self.assertIn("Area G1 人文 is not met: 2/4 credits.", effect.summary)
        self.assertFalse(effect.program)

    def asking_too_much(self):
        """A draft of the block that is sound by itself, and not in the framework that has it."""
        draft = self.revising(min_credits=2)
        draft.area_ids.write({"min_credits": 30})
        draft.graduation_credits = 30
        self.assertEqual(draft._finding_rows(), [])
        return draft

    def test_what_is_doubtful_in_the_frameworks_that_have_a_block_is_told_before(self):
        draft = self.asking_too_much()
        wizard = self.told(draft)
        self.assertTrue(wizard.has_findings)
        self.assertIn("Framework SRD-E-110 with it: The areas ask", wizard.findings_panel)
        for values in ({"accept": False}, {"accept": True, "reason": " "}):
            wizard.write(values)
            told = self.refused(self.registrar, wizard._name, "action_publish", wizard.ids)
            self.assertIn("Publish all the same", told)
        told = self.refused(self.registrar, CURRICULUM, "action_publish", draft.ids)
        self.assertIn("Framework SRD-E-110 with it", told)
        wizard.write({"accept": True, "reason": "The total is raised in spring"})
        self.rpc(self.registrar, wizard._name, "action_publish", wizard.ids)
        self.assertIn("SRD-E-110 with it", draft.accepted_findings)
        now = self.student.curriculum_id
        self.assertEqual((now.revision, now.state), (2, "published"))
        self.assertIn("The areas ask", now.accepted_findings)

    def test_a_block_is_not_published_when_a_framework_that_has_it_was_changed_since(self):
        draft = self.revising(min_credits=2)
        wizard = self.told(draft)
        self.assertFalse(wizard.has_findings)
        other = self.draft._start_revision("Meeting 6")
        other.graduation_credits = 1
        other._publish("Asked")
        self.env.flush_all()
        for values in ({}, {"accept": True, "reason": "Whatever is found"}):
            wizard.write(values)
            told = self.refused(self.registrar, wizard._name, "action_publish", wizard.ids)
            self.assertIn("A framework that has this shared block", told)
        self.assertTrue(self.told(draft).has_findings)

    def test_a_finding_in_a_blocks_flexible_rule_names_the_rule(self):
        """Of the framework as it will be: the published one has no such rule yet."""
        draft = self.revising(min_credits=2)
        rule = {"origin": "other_entry_year", "unit": "share", "limit": 3}
        draft.flexible_rule_ids = [(0, 0, rule)]
        told = [row["text"] for row in draft._rows_to_publish() if "SRD-E-110" in row["text"]]
        self.assertIn("a share of 3 is more than the whole", "\n".join(told))

    def test_a_blocks_revision_that_asks_less_is_a_gain_and_what_is_told_is_what_comes(self):
        draft = self.revising(min_credits=0)
        effect = self.told(draft).effect_ids
        self.assertEqual(effect.verdict, "better")
        (coming,) = draft._coming().values()
        case = self.student._case().under(coming.prepared, coming.succession)
        then = case.audit()
        school_of.publish(draft)
        self.env.invalidate_all()
        after = self.student._case().audit()
        self.assertEqual(
            [(row.code, row.taken, row.met) for row in then.areas],
            [(row.code, row.taken, row.met) for row in after.areas],
        )
        self.assertEqual(then.missing_credits, after.missing_credits)
        for row, other in zip(then.enrolments, after.enrolments, strict=True):
            self.assertEqual((row.reason, row.areas), (other.reason, other.areas))

    def test_who_has_the_block_by_a_further_program_is_counted_and_told(self):
        minor = {"kind": "minor", "class_name": "輔系", "graduation_credits": 27}
        self.draft.write(minor)
        school_of.publish(self.draft)
        student = self.new_student("210941001", "王大明")
        values = {"student_id": student.id, "curriculum_id": self.draft.id}
        self.env["ntue.student.programme"].create(values)
        self.env.flush_all()
        draft = self.block._start_revision("Meeting 5")
        draft.area_ids.write({"min_credits": 0})
        wizard = self.told(draft)
        self.assertEqual((wizard.student_total, wizard.changed_count), (1, 1))
        effect = wizard.effect_ids
        self.assertEqual((effect.program, effect.verdict), ("Minor 輔系", "better"))
        self.assertIn("The program is met then, and not as it is now.", effect.summary)

    def test_a_code_that_a_framework_has_itself_is_refused_with_its_name(self):
        draft = self.revising(min_credits=2)
        draft.area_ids.filtered(lambda area: area.code == "G1").code = "B"
        with (
            self.undone(),
            self.assertRaisesRegex(UserError, r"GE-109 has codes .* SRD-E-110 \(B\)"),
        ):
            school_of.publish(draft)
        self.assertEqual(self.told(draft).changed_count, 0)
        other = school_of.framework(self.school, "SRD-E-111", self.program, 111)
        self.env[AREA].create({"curriculum_id": other.id, "code": "G", "name": "自訂"})
        with self.undone(), self.assertRaisesRegex(UserError, r"SRD-E-111 \(G\)"):
            other.block_ids = self.block

    def test_decisions_on_what_a_blocks_revision_drops_are_told_before_it_is_published(self):
        decision, draft = self.with_subject("文學")
        self.assertEqual(self.told(draft).lost_count, 0)
        draft.line_ids.unlink()
        wizard = self.told(draft)
        self.assertEqual((wizard.lost_count, wizard.student_total), (1, 1))
        self.assertIn("文學", wizard.lost_panel)
        self.rpc(self.registrar, wizard._name, "action_publish", wizard.ids)
        self.env.invalidate_all()
        self.assertTrue(decision.is_void)

    def test_a_decision_whose_subject_the_framework_has_itself_goes_on_and_is_not_told(self):
        decision, draft = self.with_subject("文學")
        other = self.draft._start_revision("Meeting 4")
        area = other.area_ids.filtered(lambda row: row.code == "A")
        other.line_ids[:1].copy(
            {
                "curriculum_id": other.id,
                "block_id": False,
                "area_id": area.id,
                "course_id": decision.line_id.course_id.id,
                "name": "文學",
                "requirement": "elective",
            }
        )
        school_of.publish(other)
        self.env.flush_all()
        draft.line_ids.unlink()
        self.assertEqual(self.told(draft).lost_count, 0)
        school_of.publish(draft)
        self.env.invalidate_all()
        self.assertFalse(decision.is_void)

    def test_a_framework_that_is_being_edited_tells_it_in_its_own_draft(self):
        _decision, draft = self.with_subject("文學")
        edited = self.draft._start_revision("Meeting 4")
        draft.line_ids.unlink()
        wizard = self.told(draft)
        self.assertEqual((wizard.lost_count, wizard.student_total), (0, 0))
        school_of.publish(draft)
        self.assertEqual(self.told(edited).lost_count, 1)

    def test_a_draft_takes_the_revision_over(self):
        self.revised(min_credits=4)
        area = self.draft.area_ids.filtered(lambda row: row.code == "G1")
        self.assertEqual((area.min_credits, self.draft.block_ids.revision), (4, 2))

    def test_a_draft_without_the_block_keeps_nothing_from_being_published(self):
        school_of.publish(self.draft)
        self.env.flush_all()
        other = self.draft._start_revision("Meeting 6")
        other.block_ids = False
        self.revised(min_credits=4)
        self.assertEqual((self.draft.state, self.codes(other)), ("published", ["A", "B", "C", "D"]))

    def test_a_framework_whose_draft_was_deleted_has_the_next_revision(self):
        school_of.publish(self.draft)
        self.env.flush_all()
        self.draft._start_revision("Meeting 6").unlink()
        other = self.draft._start_revision("Meeting 7")
        self.revised(min_credits=3)
        other.unlink()
        self.assertEqual(self.draft.state, "published", "it waited for its draft")
        self.block = self.block._in_force()
        self.revised(min_credits=4)
        self.assertEqual(self.draft.state, "archived")

    def test_what_a_framework_has_itself_is_named_when_its_block_comes_to_ask_it(self):
        school_of.publish(self.draft)
        self.env.flush_all()
        draft = self.block._start_revision("Meeting 9")
        area = {"curriculum_id": draft.id, "code": "A", "name": "語文"}
        self.env[AREA].create({**area, "select_domains": "語文"})
        with self.assertRaises(UserError) as refused:
            draft._publish("Asked")
        for text in ("Shared block GE-109 has", "SRD-E-110 (A)"):
            self.assertIn(text, str(refused.exception))

    def test_a_block_is_not_put_where_its_names_are_taken(self):
        way = {"code": "ENG", "name": "外語能力", "way": "TOEIC", "measure": "score", "amount": 600}
        rule = {"origin": "other_entry_year", "unit": "courses", "limit": 1}
        draft = self.block._start_revision("Meeting 9")
        draft.write({"milestone_ids": [(0, 0, way)], "flexible_rule_ids": [(0, 0, rule)]})
        draft._publish("Asked")
        bare = school_of.framework(self.school, "SRD-E-111", self.program, 111)
        for name, values in (("milestone_ids", way), ("flexible_rule_ids", rule)):
            with self.subTest(name=name), self.undone():
                bare[name] = [(0, 0, values)]
                with self.assertRaisesRegex(UserError, r"something else: SRD-E-111 \("):
                    self.rpc(
                        self.registrar,
                        CURRICULUM,
                        "write",
                        bare.ids,
                        {"block_ids": [(4, draft.id)]},
                    )

    def of_another_department(self):
        """A published block that the other department keeps, as a center for 通識 would."""
        block = school_of.block(self.school, self.cict_program, "CICT-GE-109")
        area = {"curriculum_id": block.id, "code": "K", "name": "核心", "min_credits": 2}
        self.env[AREA].create({**area, "select_domains": "核心"})
        return school_of.publish(block)

    def test_an_assistant_puts_another_departments_block_into_her_draft(self):
        block = self.of_another_department()
        offered = [("kind", "=", "block"), ("state", "=", "published")]
        found = self.rpc(self.assistant, CURRICULUM, "search", offered)
        self.assertEqual(set(found), {self.block.id, block.id})
        values = {"block_ids": [(4, block.id)]}
        self.rpc(self.assistant, CURRICULUM, "write", self.draft.ids, values)
        self.assertEqual(self.codes(self.draft)[4:], ["K", "G", "G1"])
        (row,) = self.rpc(self.assistant, CURRICULUM, "read", self.draft.ids, ["block_ids"])
        self.assertEqual(set(row["block_ids"]), {self.block.id, block.id})
        values = {"code": "SRD-E-116", "program_id": self.program.id, "entry_year": 116}
        values |= {"graduation_credits": 2, "block_ids": [(6, 0, block.ids)]}
        made = self.rpc(self.assistant, CURRICULUM, "create", values)
        self.assertEqual(self.codes(self.draft.browse(made)), ["K"])

    def test_another_departments_block_is_read_and_not_changed(self):
        block = self.of_another_department()
        draft = block._start_revision("Meeting 8")
        area = block.area_ids
        self.rpc(self.assistant, AREA, "read", area.ids, ["code", "min_credits"])
        for record, method, args in (
            (block, "write", ({"class_name": "Ours"},)),
            (block, "unlink", ()),
            (area, "write", ({"min_credits": 0},)),
            (draft, "read", (["code"],)),
            (draft, "write", ({"class_name": "Ours"},)),
            (draft.area_ids, "read", (["code"],)),
            (draft.area_ids, "unlink", ()),
        ):
            with self.subTest(
                model=record._name, method=method, state=record.mapped("display_name")
            ):
                self.refused(self.assistant, record._name, method, record.ids, *args)
        draft_in_hers = {"block_ids": [(4, draft.id)]}
        self.refused(self.assistant, CURRICULUM, "write", self.draft.ids, draft_in_hers)

    def test_another_departments_block_is_copied_by_that_department(self):
        block = self.of_another_department()
        told = self.refused(self.assistant, CURRICULUM, "copy", block.ids)
        self.assertIn("belongs to another department", told)
        self.rpc(self.other_assistant, CURRICULUM, "copy", block.ids)

    def test_who_may_copy_is_who_is_offered_it(self):
        theirs = self.of_another_department()
        both = self.block | theirs
        arch = etree.fromstring(both.get_view(view_type="form")["arch"])
        (hidden,) = arch.xpath("//button[@name='action_next_year']/@invisible")
        for user, allowed in (
            (self.assistant, self.block),
            (self.other_assistant, theirs),
            (self.registrar, both),
            (self.operator, both.browse()),
        ):
            for block in both:
                read = block.with_user(user)
                with self.subTest(user=user.login, code=block.code):
                    if read.has_access("read"):
                        values = {"state": "published", "may_copy": read.may_copy}
                        self.assertEqual(not safe_eval(hidden, values), block in allowed)
                    for method in ("copy", "action_next_year"):
                        found = self.outcome(user, CURRICULUM, method, block.ids)
                        self.assertEqual(found != REFUSED, block in allowed, method)

    def test_of_several_those_are_named_that_another_department_copies(self):
        theirs = self.of_another_department()
        both = (self.block | theirs).ids
        told = self.refused(self.assistant, CURRICULUM, "action_next_year", both)
        self.assertIn("belongs to another department", told)
        self.assertTrue(told.endswith(f": {theirs.code}."), told)

    def test_a_student_reads_no_block(self):
        school_of.publish(self.draft)
        student = self.new_student("210941009", "新生", of_framework=self.draft)
        account = school_of.account_of(student)
        for model, records in ((CURRICULUM, self.block), (AREA, self.block.area_ids)):
            self.refused(account, model, "read", records.ids, ["code"])

    def test_a_block_that_frameworks_read_is_not_set_back_archived_or_deleted(self):
        school_of.publish(self.draft)
        root = self.env.ref("base.user_root")
        for vals in ({"state": "draft"}, {"state": "archived"}, {"state": "draft", "code": "X"}):
            for user in (self.assistant, self.registrar):
                with self.subTest(user=user.login, vals=vals):
                    self.refused(user, CURRICULUM, "write", self.block.ids, vals)
            with self.undone(), self.assertRaises(UserError):
                self.block.with_user(root).sudo().write(vals)
        for user in (self.assistant, self.registrar):
            self.refused(user, CURRICULUM, "unlink", self.block.ids)
        with self.undone(), self.assertRaises(UserError):
            self.block.with_user(root).sudo().unlink()
        self.assertEqual(self.block.state, "published")

    def test_what_a_published_framework_has_of_an_archived_block_is_read_on(self):
        """It is being edited, so that the block's revision comes with its own draft only."""
        school_of.publish(self.draft)
        student = self.new_student("210941009", "新生", of_framework=self.draft)
        self.env.flush_all()
        edited = self.draft._start_revision("Meeting 6")
        self.revised(min_credits=4)
        self.assertEqual((self.block.state, self.draft.state), ("archived", "published"))
        asked = {row.code: row.min_credits for row in student._case().audit().areas}
        self.assertEqual(asked["G1"], 2)
        own = student.with_user(school_of.account_of(student))
        self.assertEqual(progress(own)["result"].areas, student._case().audit().areas)
        self.assertEqual(self.codes(edited), self.codes(self.draft))
        school_of.publish(edited)
        asked = {row.code: row.min_credits for row in student._case().audit().areas}
        self.assertEqual(asked["G1"], 4)

    def test_a_block_stays_a_block(self):
        draft = self.block._start_revision("Meeting 8")
        draft.kind = "main"
        with self.assertRaisesRegex(UserError, "published as another kind"):
            school_of.publish(draft)

    def test_a_revision_of_the_framework_has_the_block_once(self):
        school_of.publish(self.draft)
        self.env.flush_all()  # of one code there is one draft at a time
        again = self.draft._start_revision("Meeting 6")
        self.assertEqual(self.codes(again), self.codes(self.draft))
        self.assertEqual(again.block_ids, self.block)

    def test_a_framework_is_no_block_and_a_block_no_program_and_in_no_block(self):
        with self.undone(), self.assertRaisesRegex(UserError, "no shared block"):
            self.draft.block_ids = self.framework
        draft = self.block._start_revision("Meeting 7")
        with self.undone(), self.assertRaises(UserError):
            draft.block_ids = self.block
        student = self.new_student("210941009", "新生")
        with self.undone(), self.assertRaises(ValidationError):
            student.curriculum_id = self.block
        values = {"student_id": student.id, "curriculum_id": self.block.id}
        with self.undone(), self.assertRaises(ValidationError):
            self.env["ntue.student.programme"].create(values)


@tagged("post_install", "-at_install")
class TestBlocksInFiles(ImportCase):
    AREAS = [*FILES["framework_areas"], "ZQ-GE,G,,通識,2,,,,"]

    def frameworks(self, block="ZQ-GE"):
        head, first = FILES["frameworks"]
        return [
            f"{head},修讀類別,共用區塊代碼",
            f"{first},主修,{block}",
            "ZQ-GE,ZQ-E,113,通識,2,共用區塊,",
        ]

    def files(self, **more):
        line = "ZQ-GE,G,ZQ900,文學,2,選修,,,,"
        return {
            "frameworks": self.frameworks(),
            "framework_areas": self.AREAS,
            "framework_courses": [*FILES["framework_courses"], line],
            **more,
        }

    def test_they_are_imported_and_come_in_again_without_a_difference(self):
        self.import_set(**self.files())
        made = self.env[CURRICULUM].search([("code", "=", "ZQ-E-113")])
        self.assertEqual(made.area_ids.sorted("sequence").mapped("code"), ["A", "B", "G"])
        self.assertEqual(made.line_ids.filtered("block_id").course_id.code, "ZQ900")
        again = self.import_set(**self.files())
        for name in ("frameworks", "framework_areas", "framework_courses"):
            counts = again.counts_of(f"{name}.csv")
            self.assertEqual((counts.created, counts.updated), (0, 0), name)

    def test_what_a_block_asks_is_written_in_the_blocks_own_rows_only(self):
        rule = "ZQ-GE,全部,學分,6,否,否"
        for name, line, column in (
            ("framework_areas", "ZQ-E-113,G,,我的通識,9,,,,", "領域代碼"),
            ("framework_areas", "ZQ-E-113,H,G,我的領域,3,,,,", "上層領域代碼"),
            ("framework_courses", "ZQ-E-113,G,ZQ003,專題乙,3,選修,,,,", "領域代碼"),
        ):
            with self.subTest(line=line):
                files = self.files()
                lines = [*files[name], line]
                contents = self.contents(**{**files, name: lines})
                self.assert_refused(contents, (f"{name}.csv", len(lines), column))
        head, own = FILES["flexible_rules"]
        contents = self.contents(**self.files(flexible_rules=[head, rule, own]))
        self.assert_refused(contents, ("flexible_rules.csv", 3, "單位"))

    def test_a_block_that_comes_to_ask_what_a_framework_has_names_it(self):
        self.import_set(**self.files())
        rule = "ZQ-GE,全部,學分,6,否,否"
        contents = self.contents(flexible_rules=[FILES["flexible_rules"][0], rule])
        report = self.assert_refused(
            contents, ("frameworks.csv", 2, "共用區塊代碼"), revision_reason="Asked"
        )
        self.assertIn("is in the shared block ZQ-GE too", self.texts(report)[0])

    def test_equivalents_that_change_for_both_make_one_revision_of_each(self):
        self.import_set(**self.files())
        lines = [*FILES["course_equivalents"], "ZQ900,ZQ902", "ZQ002,ZQ901"]
        contents = self.contents(**self.files(course_equivalents=lines))
        report = self.run_import(contents, revision_reason="Meeting 9")
        self.assertTrue(report.ok, self.texts(report))
        for code in ("ZQ-E-113", "ZQ-GE"):
            now = self.framework(code)
            self.assertEqual(now.revision, 2, code)
            self.assertLessEqual({"ZQ900", "ZQ002"}, set(now._equivalents()), code)

    def areas_of(self, code):
        """The names of a published framework's areas by their codes."""
        return {area.code: area.name for area in self.framework(code).area_ids}

    def test_a_block_and_a_framework_that_change_in_one_file_make_one_revision_of_each(self):
        self.import_set(**self.files())
        head = self.AREAS[0]
        changed = ["ZQ-GE,G,,通識課程,2,,,,", "ZQ-E-113,B,,專題研究,3,1,,,"]
        for order in (changed, changed[::-1]):
            with self.subTest(order=order), closing(self.env.cr.savepoint()):
                contents = self.only(framework_areas=[head, *order])
                report = self.run_import(contents, revision_reason="Meeting 9")
                self.assertTrue(report.ok, self.texts(report))
                for code in ("ZQ-E-113", "ZQ-GE"):
                    now = self.framework(code)
                    self.assertEqual((now.revision, now.revision_reason), (2, "Meeting 9"))
                areas = {"A": "方法領域", "B": "專題研究", "G": "通識課程"}
                self.assertEqual(self.areas_of("ZQ-E-113"), areas)
                self.assertEqual(self.framework().block_ids, self.framework("ZQ-GE"))
                self.assertEqual(self.student().curriculum_id, self.framework())

    def test_a_framework_that_changes_by_its_rows_and_its_block_by_an_equivalent_alone(self):
        self.import_set(**self.files())
        report = self.run_import(
            self.only(
                framework_areas=[self.AREAS[0], "ZQ-E-113,B,,專題研究,3,1,,,"],
                course_equivalents=[FILES["course_equivalents"][0], "ZQ900,ZQ902"],
            ),
            revision_reason="Meeting 9",
        )
        self.assertTrue(report.ok, self.texts(report))
        for code in ("ZQ-E-113", "ZQ-GE"):
            now = self.framework(code)
            self.assertEqual(now.revision, 2, code)
            self.assertIn("ZQ900", now._equivalents(), code)
        self.assertEqual(self.areas_of("ZQ-E-113")["B"], "專題研究")

    def test_a_check_of_both_tells_them_and_revises_nothing(self):
        self.import_set(**self.files())
        changed = ["ZQ-GE,G,,通識課程,2,,,,", "ZQ-E-113,B,,專題研究,3,1,,,"]
        contents = self.only(framework_areas=[self.AREAS[0], *changed])
        report = self.run_import(contents, revision_reason="Meeting 9", dry_run=True)
        self.assertTrue(report.ok, self.texts(report))
        self.assertEqual(self.counts(report)["framework_areas"], (0, 2, 0))
        self.assertEqual(self.framework().revision, 1)

    def test_a_block_that_is_none_is_told_by_row_and_column(self):
        files = self.files(frameworks=self.frameworks("ZQ-NO"))
        self.assert_refused(self.contents(**files), ("frameworks.csv", 2, "共用區塊代碼"))

    def test_a_code_that_block_and_framework_share_is_told_by_row_and_column(self):
        areas = [*self.AREAS, "ZQ-E-113,G,,自訂,0,,,,"]
        contents = self.contents(**self.files(framework_areas=areas))
        report = self.assert_refused(contents, ("framework_areas.csv", 5, "領域代碼"))
        self.assertIn("“G” is in the shared block ZQ-GE too", self.texts(report)[0])

    def test_a_block_in_the_files_that_takes_a_code_of_another_framework_names_it(self):
        self.import_set(**self.files())
        taken = ["課架代碼,領域代碼,上層領域代碼,領域名稱,最低學分", "ZQ-GE,A,,通識二,0"]
        report = self.run_import(self.only(framework_areas=taken), revision_reason="Meeting 5")
        self.assertFalse(report.ok)
        self.assertIn("ZQ-E-113 (A)", self.texts(report)[0])

    def test_nobody_studies_a_block(self):
        students = [row.replace("ZQ-E-113,113,否", "ZQ-GE,113,否") for row in FILES["students"]]
        contents = self.contents(**self.files(students=students))
        self.assert_refused(contents, ("students.csv", 2, "課架代碼"))
