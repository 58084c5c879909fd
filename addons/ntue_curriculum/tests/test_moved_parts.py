"""Parts of frameworks stay where they are: nothing of a framework changes by way of another one."""

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from . import records
from . import school as school_of
from .access_case import AccessCase
from .common import REFUSED
from .moved_parts import MovedParts

CURRICULUM, AREA = "ntue.curriculum", "ntue.curriculum.area"
RULES = (
    ("all", "courses"),
    ("off_campus", "courses"),
    ("all", "share"),
    ("off_campus", "share"),
    ("other_department", "courses"),
    ("other_department", "share"),
    ("other_entry_year", "credits"),
)
"""Origins and units that the frameworks of the school have no rule for: one for each framework."""


def one_of_each(case, framework, number):
    """A part of every kind, which no other framework has one like, of a published one too."""
    env, own = framework.env, {"curriculum_id": framework.id}
    state = framework.state
    framework._set({"state": "draft"})
    code = f"Z{number}"
    area = env[AREA].create({**own, "code": code, "name": code})
    course = school_of.course(case.school, f"{code}01", code)
    line = {"course_id": course.id, "name": code, "credits": 2, "area_id": area.id}
    origin, unit = RULES[number]
    across = {"code": code, "name": code, "min_courses": 1, "area_id": area.id}
    way = {"code": code, "name": code, "way": "Hours", "measure": "hours", "amount": 8}
    made = {
        "area": area,
        "subject": env["ntue.curriculum.line"].create({**own, **line}),
        "flexible rule": env["ntue.flexible.rule"].create(
            {**own, "origin": origin, "unit": unit, "limit": 1}
        ),
        "rule across areas": env["ntue.counting.rule"].create({**own, **across}),
        "milestone": env["ntue.curriculum.milestone"].create({**own, **way}),
        "source": env["ntue.curriculum.source"].create({**own, "title": code}),
    }
    framework._set({"state": state})
    return made


@tagged("post_install", "-at_install")
class TestMovedParts(MovedParts, AccessCase):
    WHOLE, KEY = CURRICULUM, "curriculum_id"
    TRYING = ("assistant", "registrar")

    @classmethod
    def add_people(cls):
        records.people(cls)
        records.drafts(cls)
        cls.block = school_of.block(cls.school, cls.program)
        cls.parts = {cls.block: one_of_each(cls, cls.block, 0)}
        cls.block._publish("Sample")
        cls.with_block = school_of.framework(cls.school, "SRD-E-115", cls.program, 115)
        for number, framework in enumerate(cls.all_but_the_block().values(), 1):
            cls.parts[framework] = one_of_each(cls, framework, number)
        cls.with_block.block_ids = cls.block
        for name, part in cls.parts[cls.block].items():
            marked = part.search(
                [("curriculum_id", "=", cls.with_block.id), ("block_id", "=", cls.block.id)]
            )
            cls.parts[cls.with_block][f"{name} of the block"] = marked.ensure_one()
        cls.env.flush_all()

    @classmethod
    def all_but_the_block(cls):
        return {
            "the archived framework": cls.archived,
            "the published framework": cls.framework,
            "another department's framework": cls.cict_framework,
            "the draft": cls.draft,
            "another department's draft": cls.cict_draft,
            "the draft with a block": cls.with_block,
        }

    def wholes(self):
        return {**self.all_but_the_block(), "the block": self.block}

    def parts_of(self, whole):
        return self.parts[whole]

    def is_part(self, model):
        """What goes with a framework, and is no student's."""
        field = model._fields.get(self.KEY)
        is_its = field and field.store and field.comodel_name == self.WHOLE
        return bool(is_its and field.ondelete == "cascade" and "student_id" not in model._fields)

    def is_open(self, whole):
        return whole.sudo().state == "draft"

    def test_every_kind_of_part_is_tried_of_every_framework(self):
        for title, whole in self.wholes().items():
            with self.subTest(framework=title):
                tried = {part._name for part in self.parts_of(whole).values()}
                self.assertEqual(tried, set(self.part_models()))

    def test_a_part_stays_in_its_framework_and_keeps_what_is_in_it(self):
        """Between two drafts of one department, too: its subjects would stay behind."""
        area, other = self.parts[self.draft]["area"], self.with_block
        for user in (self.assistant, self.registrar):
            for model, record, vals in (
                (AREA, area, {"curriculum_id": other.id}),
                (CURRICULUM, other, {"area_ids": [Command.link(area.id)]}),
            ):
                with self.subTest(user=user.login, model=model):
                    told = self.refused(user, model, "write", record.ids, vals)
                    self.assertIn("stays where it is", told)
        with self.undone(), self.assertRaisesRegex(UserError, "stays where it is"):
            area.curriculum_id = other  # nor by the code

    def test_an_assistant_gives_no_draft_to_a_program_of_another_department(self):
        vals = {"program_id": self.cict_program.id}
        told = self.refused(self.assistant, CURRICULUM, "write", self.draft.ids, vals)
        self.assertIn("another department", told)
        found = self.outcome(self.other_assistant, CURRICULUM, "write", self.draft.ids, vals)
        self.assertEqual(found, REFUSED)
        self.rpc(self.registrar, CURRICULUM, "write", self.draft.ids, vals)
        self.assertEqual(self.draft.department_id, self.cict, "she keeps all frameworks")
