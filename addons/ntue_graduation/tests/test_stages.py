from pathlib import Path

from lxml import etree
from odoo.fields import Domain
from odoo.tests import tagged
from odoo.tools import SQL
from odoo.tools.safe_eval import safe_eval

from .. import workflow
from ..models.lists.overview import BEHIND
from ..models.lists.statistics import COLUMNS
from ..stages import domain_of, sql_of
from ..wizard.roster import CHOICES
from .common import APPLICATION, GraduationCase
from .stands import at_each

VIEWS = sorted((Path(__file__).parents[1] / "views").glob("*.xml"))
SEEN = {stage.name: stage.step for stage in workflow.STAGES if stage.step}
"""Stages that reviewers see, with their step of the desk."""


def steps_in(domain):
    """The steps of the desk that a domain of a view names."""
    for leaf in Domain(safe_eval(domain)).iter_conditions():
        if leaf.field_expr == "step":
            yield from [leaf.value] if isinstance(leaf.value, str) else leaf.value


@tagged("post_install", "-at_install")
class TestStages(GraduationCase):
    """Where an application is is said once, and desks, counts, lists and views agree."""

    def found(self, stages):
        """Whether a search and whether a query finds the application in ``stages``."""
        record = self.way.record
        self.env.flush_all()
        query = SQL("SELECT id FROM ntue_graduation_application WHERE %s", sql_of(stages))
        self.env.cr.execute(query)
        by_query = {number for (number,) in self.env.cr.fetchall()}
        by_search = self.env[APPLICATION].search(domain_of(stages))
        return record in by_search, record.id in by_query

    def test_search_and_query_find_an_application_at_its_stage_and_at_no_other(self):
        def look(name):
            record = self.way.record
            paper = bool(record.paper_received_on)
            here = workflow.stage_of(record._position(), paper=paper)
            self.assertEqual(record.step or "", here.step)
            for stage in workflow.STAGES:
                is_here = stage == here
                self.assertEqual(self.found([stage]), (is_here, is_here), (name, stage.name))

        at_each(self.way, look)

    def test_a_step_of_the_desk_is_found_with_and_without_the_paper(self):
        for stand in (self.way.submitted, self.way.receive):
            stand()
            self.assertEqual(self.found(workflow.stages_of("first")), (True, True))

    def test_counts_lists_and_the_desk_have_every_stage_that_reviewers_see(self):
        counts = set(workflow.counted())
        self.assertEqual(set(BEHIND), counts)
        self.assertLessEqual(counts, set(self.env["ntue.graduation.overview"]._fields))
        self.assertEqual(set(COLUMNS), counts)
        self.assertLessEqual(set(COLUMNS), set(self.env["ntue.graduation.statistics"]._fields))
        steps = dict(self.env[APPLICATION]._fields["step"].selection)
        self.assertEqual(set(steps), set(SEEN.values()))
        choices = dict(self.env["ntue.graduation.roster"]._fields["stand"].selection)
        self.assertEqual(set(choices), set(CHOICES))

    def test_views_that_repeat_a_step_or_a_count_name_one_that_there_is(self):
        steps, counts = set(), set()
        for file in VIEWS:
            for node in etree.parse(file).iter(etree.Element):
                if "'step'" in (domain := node.get("domain") or ""):
                    steps.update(steps_in(domain))
                if (context := node.get("context") or "").startswith("{'step'"):
                    counts.add(safe_eval(context)["step"])
        self.assertTrue(steps)
        self.assertLessEqual(steps, set(SEEN.values()))
        self.assertEqual(counts, {*BEHIND, "applied"})
