import io
import json
import zipfile
from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..erasing import KEY
from ..models.passport import passport_reading
from . import papers, records
from . import school as school_of
from .common import SchoolCase, SchoolHttpCase

COPY, OPENING = "ntue.passport.copy", "ntue.passport.opening"


class OpeningMixin:
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        records.people(cls)
        cls.account = school_of.account_of(cls.student)
        cls.copy = papers.upload(cls.student)

    def openings(self):
        self.env.invalidate_all()
        rows = self.env[OPENING].search([], order="id")
        return [(row.student_id, row.user_id, row.role, row.way) for row in rows]


@tagged("post_install", "-at_install")
class TestPassportOpening(OpeningMixin, SchoolCase):
    """Each opening of a passport copy leaves an entry, whichever way it is read."""

    def ways(self):
        """Calls that answer with the content, by name; a way that comes later is tried below."""
        ids, domain = self.copy.ids, [("student_id", "=", self.student.id)]
        inside = {"passport_copy_ids": {"fields": {"content": {}}}}
        return {
            "read": (COPY, "read", ids, ["content"]),
            "read of everything": (COPY, "read", ids),
            "web_read": (COPY, "web_read", ids, {"content": {}}),
            "search_read": (COPY, "search_read", domain, ["content"]),
            "web_search_read": (COPY, "web_search_read", domain, {"content": {}}),
            "through the student": ("ntue.student", "web_read", self.student.ids, inside),
            "export_data": (COPY, "export_data", ids, ["content"]),
            "export through the student": (
                "ntue.student",
                "export_data",
                self.student.ids,
                ["passport_copy_ids/content"],
            ),
        }

    def test_every_way_of_reading_a_copy_leaves_an_entry_of_who_and_whose(self):
        sent = papers.sent(papers.PDF)
        for name, call in self.ways().items():
            with self.subTest(way=name), self.undone():
                answer = str(self.rpc(self.registrar, *call))
                self.assertIn(sent, answer)
                self.assertEqual(
                    self.openings(), [(self.student, self.registrar, "registrar", "server")]
                )

    def test_each_person_is_entered_in_the_part_they_had(self):
        for user, role in (
            (self.account, "owner"),
            (self.assistant, "department"),
            (self.registrar, "registrar"),
        ):
            with self.subTest(role=role), self.undone():
                self.rpc(user, COPY, "read", self.copy.ids, ["content"])
                self.assertEqual(self.openings(), [(self.student, user, role, "server")])

    def test_the_size_and_the_day_are_read_without_an_opening(self):
        context = {"bin_size": True}
        for user in (self.account, self.registrar):
            read = self.rpc(
                user, COPY, "read", self.copy.ids, ["content", "purge_on"], context=context
            )
            self.assertNotIn(papers.sent(papers.PDF), str(read))
            self.rpc(user, COPY, "read", self.copy.ids, ["name", "size", "uploaded_at"])
        self.assertEqual(self.openings(), [])

    def test_no_condition_order_or_group_tells_of_a_content(self):
        """What is not read cannot be guessed byte by byte, and no group gathers contents."""
        guess = [("content", ">=", "JVBERi")]
        for call in (
            (COPY, "search", guess),
            (COPY, "search_count", guess),
            (COPY, "search", [], 0, 1, "content"),
            (COPY, "search", [("content", "=", papers.sent(papers.PDF))]),
            (COPY, "search", [("content", "=like", "JVBERi%")]),
            ("ntue.student", "search", [("passport_copy_ids.content", "<", "JVBERi")]),
            ("ntue.student", "search", [("passport_copy_ids", "any", guess)]),
            (COPY, "formatted_read_group", [], [], ["content:array_agg"]),
            (COPY, "formatted_read_group", [], [], ["content:max"]),
            (COPY, "formatted_read_group", [], ["content"], ["__count"]),
        ):
            for user in (self.account, self.assistant, self.registrar):
                for context in ({}, {passport_reading.READING: True}):
                    with self.subTest(call=call, user=user.login, context=context):
                        answer = self.unanswered(user, *call, context=context)
                        self.assertIn(answer, ("refused", "no such question"))
        self.assertEqual(self.openings(), [])

    def unanswered(self, user, *call, context):
        with self.undone():
            try:
                self.rpc(user, *call, context=context)
            except AccessError:
                return "refused"
            except (ValueError, NotImplementedError):  # Odoo itself knows no such thing
                return "no such question"
        return "answered"

    def test_no_context_of_a_caller_keeps_an_opening_out_of_the_record(self):
        for context in (
            {passport_reading.READING: True},
            {"prefetch_fields": False},
            {"bin_size_name": True},
            {"active_test": False, KEY: True},
        ):
            with self.subTest(context=context), self.undone():
                self.rpc(self.registrar, COPY, "read", self.copy.ids, ["content"], context=context)
                self.assertEqual(len(self.openings()), 1)

    def test_an_entry_is_made_changed_and_deleted_by_nobody(self):
        self.rpc(self.registrar, COPY, "read", self.copy.ids, ["content"])
        entry = self.env[OPENING].search([])
        for user in (self.account, self.assistant, self.registrar, self.operator):
            for method, *args in (
                ("write", entry.ids, {"way": "page"}),
                ("unlink", entry.ids),
                ("create", {"student_id": self.student.id, "user_id": user.id}),
            ):
                self.refused(user, OPENING, method, *args)
        context = {KEY: True}
        self.refused(self.registrar, OPENING, "unlink", entry.ids, context=context)
        for changed in (lambda: entry.write({"way": "page"}), entry.unlink):
            with self.assertRaises(AccessError):
                changed()

    def test_a_student_reads_offices_and_no_names_of_employees(self):
        self.rpc(self.assistant, COPY, "read", self.copy.ids, ["content"])
        self.rpc(self.account, COPY, "read", self.copy.ids, ["content"])
        mine = self.student.with_user(self.account)
        rows = mine._passport_openings()
        self.assertEqual([row["who"] for row in rows], ["You", "The department"])
        entry = self.env[OPENING].search([], limit=1)
        self.refused(self.account, OPENING, "read", entry.ids, ["user_id"])

    def test_the_entry_is_there_before_the_content_is(self):
        """Without an entry nothing is given away: the read fails with it."""
        with (
            patch.object(
                type(self.env[COPY]), "_note_opening", side_effect=AccessError("Disk full")
            ),
            self.assertRaises(AccessError),
        ):
            self.rpc(self.registrar, COPY, "read", self.copy.ids, ["content"])


@tagged("post_install", "-at_install")
class TestPassportOpeningByHttp(OpeningMixin, SchoolHttpCase):
    """The same by every address, and where people see it."""

    def test_every_address_of_a_copy_leaves_an_entry_with_its_way(self):
        place = f"{COPY}/{self.copy.id}/content"
        for user, address, way in (
            (self.account, "/my/profile/passport", "page"),
            (self.account, "/my/profile/export", "export"),
            (self.account, f"/web/content/{place}", "file"),
            (self.registrar, f"/web/content/{place}", "file"),
            (self.registrar, f"/web/content?model={COPY}&id={self.copy.id}&field=content", "file"),
            (self.registrar, f"/web/image/{place}", "file"),
        ):
            with self.subTest(address=address):
                before = len(self.openings())
                self.enter(user)
                with self.assertNoLogs("odoo.http", "WARNING"):  # begun in no readonly cursor
                    self.assertEqual(self.url_open(address).status_code, 200)
                self.assertEqual([row[1::2] for row in self.openings()[before:]], [(user, way)])

    def test_a_remote_call_is_entered_as_one(self):
        self.enter(self.registrar)
        for model, ids, spec in (
            (COPY, self.copy.ids, {"content": {}}),
            (
                "ntue.student",
                self.student.ids,
                {"passport_copy_ids": {"fields": {"content": {}}}},
            ),
        ):
            before = len(self.openings())
            with self.assertNoLogs("odoo.http", "WARNING"):
                answer = self.call_aloud(model, "web_read", ids, spec)
            self.assertIn(papers.sent(papers.PDF), json.dumps(answer))
            self.assertEqual([row[3] for row in self.openings()[before:]], ["call"])

    def test_the_students_own_export_names_the_openings(self):
        self.rpc(self.assistant, COPY, "read", self.copy.ids, ["content"])
        self.enter(self.account)
        archive = zipfile.ZipFile(io.BytesIO(self.url_open("/my/profile/export").content))
        data = json.loads(archive.read("data.json"))
        rows = data["護照影本開啟紀錄"]
        self.assertIn("系所", str(rows))
        self.assertNotIn(self.assistant.login, str(data))
