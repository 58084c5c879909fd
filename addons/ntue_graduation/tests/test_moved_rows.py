"""What belongs to an application or a window stays with it: nothing becomes another one's."""

from odoo.addons.ntue_curriculum.tests.access_case import AccessCase
from odoo.addons.ntue_curriculum.tests.common import crossing
from odoo.addons.ntue_curriculum.tests.moved_parts import MovedParts
from odoo.tests import tagged

from . import records
from .common import APPLICATION, Way, window


@tagged("post_install", "-at_install")
class TestMovedRows(MovedParts, AccessCase):
    WHOLE, KEY = APPLICATION, "application_id"
    TRYING = ("student", "fellow", "assistant", "registrar")

    @classmethod
    def add_people(cls):
        window(cls.school)
        records.applications(cls)
        cls.passed = Way(cls, cls.new_student("210941006", "初審學生")).first_passed()
        for way, assistant in (
            (cls.submitted, cls.assistant),
            (cls.elsewhere, cls.other_assistant),
            (cls.by_day, cls.assistant),
        ):
            records.excepted(way, assistant)
        record, many = cls.passed.record, cls.env["ntue.graduation.bulk"].with_user(cls.registrar)
        many._prepare("pass_second", [(record._number(), record.with_env(many.env))])
        cls.env.flush_all()

    def wholes(self):
        ways = {
            "a draft": self.draft_way,
            "the returned application": self.returned,
            "the submitted application": self.submitted,
            "the application in the second review": self.passed,
            "another department's application": self.elsewhere,
            "another division's application": self.by_day,
        }
        return {title: way.record for title, way in ways.items()}

    def parts_of(self, whole):
        mine = [(self.KEY, "=", whole.id)]
        found = {name: self.env[name].search(mine, limit=1) for name in self.part_models()}
        return {name: part for name, part in found.items() if part}

    def is_part(self, model):
        field = model._fields.get(self.KEY)
        return bool(field and field.store and field.comodel_name == self.WHOLE)

    @crossing
    def test_nothing_of_an_application_becomes_another_ones(self):
        self.assertEqual(self.moved(), [])

    def test_every_model_whose_records_are_an_applications_is_tried(self):
        tried = {name for whole in self.wholes().values() for name in self.parts_of(whole)}
        self.assertEqual(tried, set(self.part_models()))


@tagged("post_install", "-at_install")
class TestMovedSchedules(MovedParts, AccessCase):
    WHOLE, KEY = "ntue.graduation.window", "window_id"
    TRYING = ("registrar", "registrar_day")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.windows = {
            "the window": window(cls.school),
            "the window of one kind": window(cls.school, kind="weekend"),
            "another division's window": window(cls.school, division="day"),
        }

    def wholes(self):
        return self.windows

    def parts_of(self, whole):
        return {"row": whole.schedule_ids[:1]}

    def is_part(self, model):
        field = model._fields.get(self.KEY)
        return bool(field and field.store and field.ondelete == "cascade")

    @crossing
    def test_nothing_of_a_window_becomes_another_ones(self):
        self.assertEqual(self.moved(), [])

    def test_every_model_whose_records_are_a_windows_is_tried(self):
        self.assertEqual(self.part_models(), ["ntue.graduation.schedule"])
