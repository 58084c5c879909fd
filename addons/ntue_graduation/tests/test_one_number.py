from collections import defaultdict

from lxml import etree
from odoo.fields import Domain
from odoo.tests import tagged
from odoo.tools.safe_eval import safe_eval

from .common import APPLICATION, GraduationCase, Way
from .stands import STANDS

COUNTS = {
    "With the student": "state = 'draft' AND first_review = 'returned'",
    "Paper missing": "state = 'submitted' AND first_review = 'pending' "
    "AND paper_received_on IS NULL AND is_paperless IS NOT TRUE",
    "Waiting for first review": "state = 'submitted' AND first_review = 'pending' "
    "AND (paper_received_on IS NOT NULL OR is_paperless IS TRUE)",
    "Waiting for second review": "state = 'submitted' AND first_review = 'passed' "
    "AND second_review = 'pending'",
    "Passed, leaving not completed": "state = 'submitted' AND second_review = 'passed'",
    "Not passed": "state = 'submitted' AND 'failed' IN (first_review, second_review)",
    "Completed": "state = 'completed'",
    "Lapsed": "state = 'lapsed'",
}
"""What each word means, said once more and in SQL."""

STEPS = {
    "1 First review": ("Paper missing", "Waiting for first review"),
    "2 Second review": ("Waiting for second review",),
    "3 Leaving": ("Passed, leaving not completed",),
    "4 Not passed": ("Not passed",),
    "5 Completed": ("Completed",),
    "6 Lapsed": ("Lapsed",),
}
"""Steps of the desk, which columns of the kanban and the panel beside the list count."""


@tagged("post_install", "-at_install")
class TestOneNumber(GraduationCase):
    """One word, one number: whatever counts applications counts what the database has."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.stranger = cls.new_student("210943003", "他系學生", of_framework=cls.cict_framework)
        cls.cict.is_paperless = True
        students = {
            name: cls.new_student(f"21094110{place}", f"學生{place}")
            for place, name in enumerate(STANDS)
        }
        for name, stand in STANDS.items():
            if name != "lapsed":  # the night lets everything lapse that waits
                stand(Way(cls, students[name]))
        way = Way(cls, students["lapsed"]).first_passed()
        way.record._set({"state": "lapsed"})
        Way(cls, cls.student).submitted()  # no paper
        Way(cls, cls.stranger).submitted()  # none is asked for
        cls.env.flush_all()
        cls.env.invalidate_all()
        cls.expected = {word: cls.in_sql(where) for word, where in COUNTS.items()}

    @classmethod
    def in_sql(cls, where):
        cls.env.cr.execute(
            f"SELECT COUNT(*) FROM ntue_graduation_application application "  # noqa: S608  # ours
            f"JOIN ntue_department department ON department.id = application.department_id "
            f"WHERE {where}"
        )
        return cls.env.cr.fetchone()[0]

    def as_registrar(self, model):
        return self.env[model].with_user(self.registrar).with_context(lang="en_US")

    def shown(self):
        """``(word, number, where)`` of everything that is counted, by introspection."""
        yield from self.of_columns("ntue.graduation.overview")
        yield from self.of_columns("ntue.graduation.statistics")
        yield from self.of_filters()
        yield from self.of_lists()

    def of_columns(self, model):
        rows = self.as_registrar(model).search([])
        for name, field in rows._fields.items():
            if field.type == "integer" and field.aggregator == "sum" and field.store:
                yield field._description_string(rows.env), sum(rows.mapped(name)), model

    def of_filters(self):
        for model in (APPLICATION, "ntue.graduation.with.student"):
            records = self.as_registrar(model)
            arch = etree.fromstring(records.get_view(view_type="search")["arch"])
            for node in arch.iter("filter"):
                if node.get("domain"):
                    found = records.search_count(safe_eval(node.get("domain")))
                    yield node.get("string"), found, f"filter of {model}"

    def of_lists(self):
        rosters = self.as_registrar("ntue.graduation.roster")
        for stand, word in rosters._fields["stand"]._description_selection(rosters.env):
            roster = rosters.create({"term_id": self.terms["1141"].id, "stand": stand})
            yield word, roster.count, "list as a file"

    def test_each_word_has_one_number_wherever_it_stands_and_it_is_the_databases(self):
        self.assertTrue(all(self.expected.values()), self.expected)
        places = defaultdict(list)
        for word, number, where in self.shown():
            places[word].append((where, number))
        for word, found in places.items():
            numbers = {number for _where, number in found}
            self.assertEqual(len(numbers), 1, (word, found))
            if word in COUNTS:
                self.assertEqual(numbers, {self.expected[word]}, (word, found))
        self.assertLessEqual(set(COUNTS), set(places))
        self.assert_applied()

    def assert_applied(self):
        """What has applied is what was ever submitted, and each is at one place."""
        rows = self.as_registrar("ntue.graduation.overview").search([])
        submitted = self.in_sql("submitted_at IS NOT NULL")
        self.assertEqual(sum(rows.mapped("applied")), submitted)
        self.assertEqual(sum(self.expected.values()), submitted)

    def test_the_steps_of_the_kanban_and_of_the_panel_count_what_their_words_say(self):
        found = self.as_registrar(APPLICATION)
        steps = dict(found._fields["step"]._description_selection(found.env))
        groups = found.formatted_read_group([], ["step"], ["__count"])
        kanban = {steps[row["step"]]: row["__count"] for row in groups}
        panel = found.search_panel_select_range("step", enable_counters=True, expand=True)
        beside = {row["display_name"]: row["__count"] for row in panel["values"]}
        expected = {
            step: sum(self.expected[word] for word in words) for step, words in STEPS.items()
        }
        self.assertEqual(kanban, expected)
        self.assertEqual(beside, expected)
        for xmlid, step in (
            ("action_application_desk", "1 First review"),
            ("action_application_registrar", "2 Second review"),
        ):
            action = self.env.ref(f"ntue_graduation.{xmlid}")
            named = safe_eval(action.context)["searchpanel_default_step"]
            found = self.as_registrar(APPLICATION).search_count(Domain("step", "=", named))
            self.assertEqual(found, sum(self.expected[word] for word in STEPS[step]))
