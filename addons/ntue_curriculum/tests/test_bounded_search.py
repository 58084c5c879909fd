"""Searches as a remote call may send them: dear ones are refused in words, pages' ones are not."""

import inspect
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..models.guarded import bounded_search
from ..models.guarded.bounded_search import MOST_CONDITIONS, MOST_CONDITIONS_STAFF, conditions
from . import records
from . import school as school_of
from .common import SchoolCase, SchoolHttpCase

COURSES = "ntue.course"
SPECIFICATION = {"display_name": {}}

SEARCHES = {
    "formatted_read_group": {"groupby": ["name"]},
    "formatted_read_grouping_sets": {"grouping_sets": [["name"], []]},
    "name_search": {},
    "read_group": {"fields": ["name"], "groupby": ["name"]},
    "read_progress_bar": {
        "group_by": "name",
        "progress_bar": {"field": "name", "colors": {"x": "success"}},
    },
    "search": {},
    "search_count": {},
    "search_read": {},
    "web_name_search": {"name": "", "specification": SPECIFICATION},
    "web_read_group": {"groupby": ["name"]},
    "web_search_read": {"specification": SPECIFICATION},
}
"""What each public method that takes a domain is sent besides it."""


def alternatives(number):
    """A domain with so many conditions, one of which has to hold."""
    return ["|"] * (number - 1) + [("name", "ilike", f"%a%{n}%") for n in range(number)]


@tagged("post_install", "-at_install")
class TestConditions(SchoolCase):
    """How many conditions there are, however they are written."""

    def test_a_condition_a_step_a_negation_and_what_is_inside_count(self):
        cases = {
            1: [("a", "=", 1)],
            3: ["|", ("a", "=", 1), "!", ("b", "=", 2)],
            4: [("a.b.c.d", "=", 1)],
            5: [("a", "any", ["&", ("b", "=", 1), ("c.d", "=", 1)]), ("e", "in", [1, 2, 3])],
            0: [],
        }
        for number, domain in cases.items():
            self.assertEqual(conditions(domain), number, domain)
        self.assertEqual(conditions(Domain("a", "any", [("b", "=", 1)]) & Domain("c.d", "=", 1)), 4)
        self.assertEqual([conditions(nothing) for nothing in (None, True, 7, "x")], [0] * 4)

    def test_domains_inside_of_each_other_are_counted_as_deep_as_they_go(self):
        domain = [("a", "=", 1)]
        for _ in range(5000):
            domain = [("a", "any", domain)]
        self.assertEqual(conditions(domain), 5001)


@tagged("post_install", "-at_install")
class TestBoundedSearch(SchoolCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        records.people(cls)
        cls.account = school_of.account_of(cls.student)

    def searches(self):
        """The public methods of every model that take a domain, by introspection."""
        model = self.env[COURSES]
        found = set()
        for name, method in inspect.getmembers(type(model), inspect.isroutine):
            if name.startswith("_") or getattr(method, "_api_private", False):
                continue
            if "domain" in inspect.signature(method).parameters:
                found.add(name)
        return found

    def ask(self, user, name, domain, **more):
        return self.rpc(user, COURSES, name, domain=domain, **SEARCHES[name], **more)

    def test_every_way_to_search_refuses_a_student_hundreds_of_conditions(self):
        self.assertEqual(self.searches() - set(SEARCHES), set(), "try this one too")
        for name in sorted(self.searches()):
            with self.subTest(name=name), mute_logger("odoo.addons.base.models.ir_rule"):
                said = self.refused(
                    self.account,
                    COURSES,
                    name,
                    domain=alternatives(MOST_CONDITIONS + 1),
                    **SEARCHES[name],
                )
                self.assertIn(str(MOST_CONDITIONS), said)
                self.ask(self.account, name, alternatives(20))

    def test_staff_send_more_conditions_and_not_any_number(self):
        domain = alternatives(MOST_CONDITIONS + 1)
        self.ask(self.assistant, "search", domain)
        self.refused(
            self.assistant, COURSES, "search", domain=alternatives(MOST_CONDITIONS_STAFF + 1)
        )
        self.env[COURSES].search(alternatives(MOST_CONDITIONS_STAFF + 1))

    def test_steps_and_an_order_without_end_are_refused(self):
        deep = [(f"department_id{'.create_uid.company_id' * 60}.name", "=", "x")]
        self.refused(self.account, COURSES, "search", domain=deep)
        order = ", ".join(["name desc"] * 100)
        self.refused(self.account, COURSES, "search", domain=[], order=order)
        self.ask(self.account, "search", [], order="name desc, code")

    def test_a_student_is_given_so_many_records_at_a_time_and_staff_all(self):
        everything = self.env[COURSES].search([])
        few = len(everything) - 1
        ways = [
            ("search_read", {"domain": []}),
            ("web_search_read", {"domain": [], "specification": SPECIFICATION}),
            ("name_search", {"limit": 0}),
            ("formatted_read_group", {"domain": [], "groupby": ["code"]}),
        ]
        for name, sent in ways:
            with patch.object(bounded_search, "MOST_RECORDS", few), self.subTest(name=name):
                for limit in (0, None, few + 1, 10**9):
                    self.refused(self.account, COURSES, name, **{**sent, "limit": limit})
                self.assertTrue(self.rpc(self.account, COURSES, name, **{**sent, "limit": few}))
                self.assertTrue(self.rpc(self.assistant, COURSES, name, **{**sent, "limit": 0}))
        for name, sent in (("read", ["name"]), ("web_read", SPECIFICATION)):
            with patch.object(bounded_search, "MOST_RECORDS", few), self.subTest(name=name):
                self.refused(self.account, COURSES, name, everything.ids, sent)
                self.rpc(self.account, COURSES, name, everything[:few].ids, sent)
                self.rpc(self.assistant, COURSES, name, everything.ids, sent)
        with patch.object(bounded_search, "MOST_RECORDS", few), self.assertRaises(UserError):
            everything.with_user(self.account).export_data(["name"])


@tagged("post_install", "-at_install")
class TestBoundedTime(SchoolHttpCase):
    """How long the database may work on a statement."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        records.people(cls)
        cls.account = school_of.account_of(cls.student)

    def asking(self, query):
        """A context in which counting courses is this query."""

        def search_count(model, *_args, **_kwargs):
            model.env.cr.execute(query, log_exceptions=False)
            return model.env.cr.fetchone()[0]

        search_count._api_model = True
        return patch.object(self.env.registry[COURSES], "search_count", search_count, create=True)

    def count(self):
        return self.call_aloud(COURSES, "search_count", [])

    def test_a_students_call_has_seconds_in_the_database_and_a_visitors_page_too(self):
        with self.asking("SHOW statement_timeout"):
            self.enter(self.account)
            self.assertEqual(self.count()["result"], f"{bounded_search.SECONDS}s")

    def test_staff_have_as_long_as_it_takes(self):
        with self.asking("SHOW statement_timeout"):
            self.enter(self.assistant)
            self.assertEqual(self.count()["result"], "0")

    def test_a_call_that_brings_its_account_has_seconds_too(self):
        sent = [self.env.cr.dbname, self.account.id, self.account.login]
        params = {
            "service": "object",
            "method": "execute_kw",
            "args": [*sent, COURSES, "search_count", [[]]],
        }
        with self.asking("SHOW statement_timeout"), mute_logger("odoo.addons.rpc"):
            answer = self.url_open("/jsonrpc", json={"jsonrpc": "2.0", "params": params}).json()
        self.assertEqual(answer.get("result"), f"{bounded_search.SECONDS}s", answer)

    def test_what_takes_too_long_is_refused_in_words(self):
        self.enter(self.account)
        with (
            self.asking("SELECT pg_sleep(30)"),
            patch.object(bounded_search, "SECONDS", 0.05),
            mute_logger("odoo.http", "odoo.sql_db"),
        ):
            error = self.count()["error"]
        self.assertEqual(error["data"]["name"], "odoo.exceptions.UserError")
        self.assertNotIn("statement", error["data"]["message"])
