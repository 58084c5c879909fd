"""What Odoo's own Duplicate makes of a framework: a draft with all that it asks (I3, A54)."""

from odoo.tests import tagged

from . import school as school_of
from .common import SchoolCase
from .test_moved_parts import one_of_each

CURRICULUM = "ntue.curriculum"
PARTS = (
    "area_ids",
    "line_ids",
    "counting_rule_ids",
    "flexible_rule_ids",
    "milestone_ids",
    "source_ids",
)


@tagged("post_install", "-at_install")
class TestDuplicated(SchoolCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.block = school_of.block(cls.school, cls.program)
        one_of_each(cls, cls.block, 0)
        cls.block._publish("Sample")
        cls.source = school_of.framework(cls.school, "SRD-E-115", cls.program, 115)
        one_of_each(cls, cls.source, 1)
        cls.source.block_ids = cls.block
        cls.source._publish("Sample")
        cls.env.flush_all()

    def duplicated(self, user, frameworks, *default):
        made = self.rpc(user, CURRICULUM, "copy", frameworks.ids, *default)
        return self.env[CURRICULUM].browse(made)

    def test_a_published_framework_becomes_a_draft_that_asks_the_same(self):
        for user in (self.assistant, self.registrar):
            with self.subTest(user=user.login), self.undone():
                draft = self.duplicated(user, self.source)
                self.assertEqual((draft.code, draft.state), ("SRD-E-115-COPY", "draft"))
                self.assertEqual((draft.revision, draft.revises_id.id), (1, False))
                self.assertFalse(draft.published_on or draft.findings_reason)
                self.assertEqual(draft._difference_groups(self.source), [])

    def test_what_it_has_of_a_shared_block_it_has_once_and_of_the_block(self):
        draft = self.duplicated(self.registrar, self.source)
        self.assertEqual(draft.block_ids, self.block)
        for name in PARTS:
            with self.subTest(name=name):
                self.assertEqual(len(draft[name]), len(self.source[name]))
                self.assertFalse(draft[name] & self.source[name])
                of_block = draft[name].filtered("block_id")
                self.assertEqual((len(of_block), of_block.block_id), (1, self.block))
        told = "shared block GE-109"
        milestone = draft.milestone_ids.filtered("block_id")
        self.assertIn(told, self.refused(self.registrar, milestone._name, "unlink", milestone.ids))
        own = draft.milestone_ids - milestone
        self.rpc(self.registrar, own._name, "write", own.ids, {"amount": 4})

    def test_an_archived_revision_comes_with_the_block_as_it_is_now(self):
        revision = self.block._start_revision("Meeting 5")
        revision.milestone_ids.amount = 16
        revision._publish("Sample")
        self.assertEqual(self.source.state, "archived")
        draft = self.duplicated(self.registrar, self.source)
        self.assertEqual(draft.block_ids, revision)
        self.assertEqual(draft.milestone_ids.filtered("block_id").amount, 16)

    def test_a_block_is_duplicated_too(self):
        draft = self.duplicated(self.registrar, self.block)
        self.assertEqual((draft.kind, draft.code), ("block", "GE-109-COPY"))
        self.assertFalse(any(draft[name].block_id for name in PARTS))
        self.assertEqual(draft._difference_groups(self.block), [])

    def test_each_copy_has_a_code_of_its_own_and_people_may_give_it(self):
        both = self.duplicated(self.registrar, self.source | self.framework)
        self.assertEqual(both.mapped("code"), ["SRD-E-115-COPY", "SRD-E-109-COPY"])
        again = self.duplicated(self.assistant, self.source)
        self.assertEqual(again.code, "SRD-E-115-COPY2")
        named = {"code": "SRD-N-116", "entry_year": 116}
        draft = self.duplicated(self.assistant, self.source, named)
        self.assertEqual((draft.code, draft.entry_year), ("SRD-N-116", 116))
        self.assertEqual(len(draft.line_ids), len(self.source.line_ids))

    def test_a_copy_is_no_way_past_what_a_draft_is_and_whose(self):
        for user, default in (
            (self.registrar, {"state": "published"}),
            (self.registrar, {"revises_id": self.source.id}),
            (self.assistant, {"program_id": self.cict_program.id}),
            (self.assistant, {"copied_from_id": self.cict_framework.id}),
            (self.other_assistant, {}),
            (self.other_assistant, {"program_id": self.cict_program.id}),
            (self.operator, {}),
        ):
            with self.subTest(user=user.login, default=default):
                self.refused(user, CURRICULUM, "copy", self.source.ids, default)

    def test_code_with_all_rights_gets_the_whole_draft_too(self):
        draft = self.source.sudo().copy()
        self.assertEqual((draft.code, draft.state), ("SRD-E-115-COPY", "draft"))
        self.assertEqual(draft._difference_groups(self.source), [])
        named = self.source.sudo().copy({"code": "SRD-N-116", "entry_year": 116})
        self.assertEqual((named.code, named.entry_year), ("SRD-N-116", 116))
        for name in PARTS:
            self.assertEqual(len(draft[name]), len(self.source[name]), name)
        self.assertEqual(draft.block_ids, self.block)

    def test_revisions_that_are_copied_together_have_codes_of_their_own(self):
        later = self.source._start_revision("Meeting 5")
        later._publish("Sample")
        self.env.flush_all()
        both = self.duplicated(self.registrar, self.source | later)
        self.assertEqual(both.mapped("code"), ["SRD-E-115-COPY", "SRD-E-115-COPY2"])
        self.assertEqual(both.mapped("revision"), [1, 1])

    def test_what_another_addon_adds_to_a_copy_holds_for_every_copy(self):
        frameworks, lines = type(self.source), type(self.source.line_ids)
        of_framework, of_line = frameworks.copy_data, lines.copy_data

        def whole(records, default=None):
            return [{**vals, "class_name": "Ours"} for vals in of_framework(records, default)]

        def part(records, default=None):
            return [{**vals, "planned_year": 4} for vals in of_line(records, default)]

        self.patch(frameworks, "copy_data", whole)
        self.patch(lines, "copy_data", part)
        revision = self.source._start_revision("Meeting 5")
        year = {"code": "SRD-E-116", "class_name": "", "entry_year": 116}
        drafts = {
            "Duplicate": self.duplicated(self.registrar, self.source),
            "by code": self.source.copy({"code": "SRD-N-115"}),
            "a revision": revision,
            "for the next year": self.source.with_user(self.registrar)._copy_to_next_year(year),
        }
        for title, draft in drafts.items():
            with self.subTest(copy=title):
                self.assertEqual(draft.class_name, "Ours")
                self.assertEqual(set(draft.line_ids.mapped("planned_year")), {4})

    def test_a_student_who_reads_it_duplicates_nothing(self):
        student = self.new_student("210941009", "新生", of_framework=self.source)
        account = school_of.account_of(student)
        self.assertTrue(self.rpc(account, CURRICULUM, "read", self.source.ids, ["code"]))
        self.refused(account, CURRICULUM, "copy", self.source.ids)
