"""Headers and leftovers: what a page, a cookie and a field tell beside what they should."""

from odoo.addons.ntue_curriculum.tests import school as school_of
from odoo.addons.ntue_curriculum.tests.common import NOISY
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..models.application.desk import FOR_STAFF
from ..workflow import WRITABLE, Role
from .common import APPLICATION, EVENT, LINE, GraduationCase, GraduationHttpCase
from .test_typed_text import routes_of


@tagged("post_install", "-at_install")
class TestLeftovers(GraduationCase):
    """No field that a student reads names somebody of the staff, or says what they weigh."""

    def models_read(self):
        """Our models of which the student reads a record, and one that is read."""
        for name in sorted(self.env.registry):
            model = self.env[name].with_user(self.way.account)
            if not name.startswith("ntue.") or model._abstract or not model.has_access("read"):
                continue
            if found := model.search([], limit=3):
                yield name, found

    def test_no_field_names_a_member_of_the_staff_to_a_student(self):
        people = self.assistant | self.registrar | self.env.ref("base.user_root")
        staff = [f"承辦同仁 {number}" for number in people.ids]  # no words that a paper has
        for person, name in zip(people, staff, strict=True):
            person.name = name
        self.way.second_passed()
        told, read = [], set()
        for name, found in self.models_read():
            for field in found._fields:
                try:
                    rows = self.rpc(self.way.account, name, "read", found.ids, [field])
                except UserError:
                    continue
                read.add(name)
                told += [
                    (name, field) for row in rows if any(who in str(row[field]) for who in staff)
                ]
        self.assertGreater(len(read), 12)
        self.assertEqual(told, [])

    def test_what_reviewers_note_and_weigh_is_not_the_students_to_read(self):
        self.way.second_passed()
        open_to = []
        for field in sorted(FOR_STAFF):
            for method, args in (
                ("read", (self.way.record.ids, [field])),
                ("search", ([(field, "!=", False)],)),
                ("formatted_read_group", ([], [field])),
            ):
                try:
                    self.rpc(self.way.account, APPLICATION, method, *args)
                except (UserError, ValueError):
                    continue
                open_to.append((field, method))
        self.assertEqual(open_to, [])
        (row,) = self.rpc(self.assistant, APPLICATION, "read", self.way.record.ids, ["findings"])
        self.assertIn("findings", row)


SHOWN_AT_ONCE = {
    "left_on": "the day on which the student left",
    "paper_received_on": "the student handed the slip in, and the page says that it arrived",
    "profile_accepted_at": "the student asked for it",
    "outside_line_ids": "a row is decided by writing it; the page shows each decision",
    "exception_ids": "what was granted; the reason is the staff's",
}
"""What staff fill in that is no preparation of a later step, and why."""


@tagged("post_install", "-at_install")
class TestPrepared(GraduationCase):
    """What staff prepare for a step is not the student's to read before the step is taken."""

    maxDiff = None

    def prepared(self):
        """Position and field of everything that staff fill in beside the steps themselves."""
        return sorted(
            (role, position, name)
            for (role, position), names in WRITABLE.items()
            for name in names - set(SHOWN_AT_ONCE)
            if role in (Role.ASSISTANT, Role.REGISTRAR)
        )

    def value(self, name):
        field = self.way.record._fields[name]
        return {"date": "2025-12-24", "boolean": True}.get(field.type, "Prepared so far")

    def seen(self):
        """All that the student reads of the application and its rows, by model and field."""
        found = {}
        for records in (self.way.record, self.way.record.line_ids, self.way.record.event_ids):
            for name in records._fields:
                try:
                    rows = self.rpc(self.way.account, records._name, "read", records.ids, [name])
                except UserError:
                    continue
                found[records._name, name] = [row[name] for row in rows]
        return found

    @staticmethod
    def tells(model, before, field, value):
        """Whether what is read now tells of it; that there is an entry more is the log's to say."""
        if model == EVENT or field == "event_ids":
            return "Prepared so far" in str(value)
        return value != before.get((model, field))

    def test_what_is_prepared_for_a_step_changes_nothing_that_the_student_reads(self):
        moments = {"write_date", "write_uid", "__last_update"}
        starts = {
            "submitted/pending/pending": lambda: self.way.reviewed(),
            "submitted/passed/pending": lambda: self.way.first_passed(),
            "submitted/passed/passed": lambda: self.way.second_passed(),
        }
        shown, tried = [], set()
        for position, begin in starts.items():
            with self.undone():
                begin()
                before = self.seen()
                self.assertIn((LINE, "decision"), before)
                for role, start, name in self.prepared():
                    if "/".join(start) != position:
                        continue
                    tried.add((role, start, name))
                    by = self.way.by_assistant if role is Role.ASSISTANT else self.way.by_registrar
                    with self.undone():
                        by("write", {name: self.value(name)})
                        shown += [
                            (position, name, model, field)
                            for (model, field), value in self.seen().items()
                            if field not in moments and self.tells(model, before, field, value)
                        ]
            self.way = self.way_of(self.student)
        self.assertEqual(shown, [])
        self.assertEqual(tried, set(self.prepared()))

    def test_what_a_return_and_a_refusal_say_is_the_students_to_read_from_then_on(self):
        told = ["shown_reason", "shown_deadline"]
        self.way.submitted()
        self.way.by_assistant("write", {"review_reason": "Name", "return_deadline": "2025-12-05"})
        (row,) = self.rpc(self.way.account, APPLICATION, "read", self.way.record.ids, told)
        self.assertEqual((row["shown_reason"], row["shown_deadline"]), (False, False))
        own = self.way.record.with_user(self.way.account)
        forged = own.new({"first_review": "returned"}, origin=own)
        self.assertEqual((forged.shown_reason, forged.shown_deadline), (False, False))
        self.way.by_assistant("action_return")
        (row,) = self.rpc(self.way.account, APPLICATION, "read", self.way.record.ids, told)
        self.assertEqual((row["shown_reason"], str(row["shown_deadline"])), ("Name", "2025-12-05"))


@tagged("post_install", "-at_install")
class TestHeaders(GraduationHttpCase):
    def test_no_personal_page_or_paper_is_kept_framed_or_sent_with_a_loose_cookie(self):
        way = self.way.submitted()
        numbers = {"application_id": way.record.id, "document": "1141-210941001-1", "roster_id": 1}
        addresses = ["/my", "/my/home", "/my/account", "/web/login"]
        for rule in routes_of(self):
            # Odoo's address of papers, which ours bound, is asked for with real papers below.
            if "GET" in (rule.methods or ("GET",)) and "converter" not in rule.arguments:
                build = {name: numbers.get(name, 1) for name in rule.arguments}
                addresses.append(rule.build(build, append_unknown=False)[1])
        slip = f"ntue_graduation.report_slip/{way.record.id}"
        addresses += [f"/report/pdf/{slip}", f"/report/html/{slip}"]
        self.enter(school_of.account_of(self.student))
        wrong = []
        for address in addresses:
            with mute_logger(*NOISY):
                answer = self.url_open(address, allow_redirects=False)
            if answer.headers.get("Cache-Control") != "no-store":
                wrong.append((address, answer.headers.get("Cache-Control")))
            kind = answer.headers.get("Content-Type", "")
            policy = answer.headers.get("Content-Security-Policy", "")
            if kind.startswith(("text/html", "application/pdf")) and (
                "frame-ancestors" not in policy or not answer.headers.get("X-Frame-Options")
            ):
                wrong.append((address, policy))
        self.assertGreater(len(addresses), 20)
        self.assertEqual(wrong, [])

    def test_the_sessions_cookie_goes_with_no_form_of_another_site(self):
        self.opener.cookies.clear()
        answer = self.url_open("/web/login", allow_redirects=False)
        cookies = [
            value for name, value in answer.raw.headers.items() if name.lower() == "set-cookie"
        ]
        found = [cookie for cookie in cookies if cookie.startswith("session_id=")]
        self.assertTrue(found)
        for cookie in found:
            self.assertIn("SameSite=Lax", cookie)
            self.assertIn("HttpOnly", cookie)
