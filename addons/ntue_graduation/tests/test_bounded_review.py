"""Work without a bound, at the review: what is not proven is a doubt; a slip is printed once."""

import base64
import io
from unittest.mock import patch

from odoo.addons.ntue_curriculum.printing import KEPT
from odoo.addons.ntue_curriculum.tests.papers import PDF
from odoo.addons.ntue_curriculum.tests.test_import_base import xlsx_bytes
from odoo.addons.ntue_curriculum.tests.test_not_proven import (
    few_steps,
    own_search_alone,
    sharing,
    who_took,
)
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import TICKABLE, GraduationCase, forge

SLIP = "ntue_graduation.report_slip"
PRINTED = "odoo.addons.ntue_curriculum.models.platform.ir_actions_report.IrActionsReport._printed"


@tagged("post_install", "-at_install")
class TestBoundedReview(GraduationCase):
    def printed(self, application, user=None):
        """How often a slip had to be drawn for ``user`` to have it, by the numbers of them."""
        drawn = []

        def draw(_self, _ref, _data, part, _report, _record):
            drawn.extend(part)
            return PDF

        reports = self.env["ir.actions.report"].with_user(user or self.assistant)
        with patch(PRINTED, draw):
            streams = reports._render_qweb_pdf_prepare_streams(SLIP, {}, application.ids)
        self.assertIsInstance(streams[application.id]["stream"], io.BytesIO)
        return len(drawn)

    def test_a_placement_that_is_not_proven_best_is_a_doubt_on_the_desk(self):
        student = who_took(self.school, sharing(self.school, "SRD-S-109", subjects=4), subjects=4)
        way = self.way_of(student)
        with few_steps(), own_search_alone():
            way.start().tick().submit()
            found = way.record
            self.assertTrue(found.is_unproven)
            self.assertEqual(found.has_doubt, "doubt")
            self.assertIn("Not proven best", found.findings)
            self.assertIn("Not proven best", found.with_user(self.assistant).review_panel)
        self.env.cr.cache.clear()  # a later request: within one the budget is what it is
        found._restate()
        self.assertFalse(found.is_unproven)

    def test_an_official_slip_is_drawn_once_and_a_draft_copy_each_time(self):
        KEPT.clear()
        way = self.way.drafted()
        self.assertEqual([self.printed(way.record, way.account) for _ in range(2)], [1, 1])
        way.submit()
        drawn = [self.printed(way.record, user) for user in (way.account, self.assistant)]
        self.assertEqual(drawn, [1, 0])
        way.send_back().tick(*TICKABLE).submit()
        self.assertEqual([self.printed(way.record) for _ in range(2)], [1, 0])

    def test_an_official_slip_is_drawn_once_whichever_process_is_asked(self):
        KEPT.clear()
        way = self.way.submitted()
        drawn = [self.printed(way.record, way.account)]
        KEPT.clear()  # as in another process, or after a start
        drawn.append(self.printed(way.record))
        KEPT.clear()
        views = self.env["ir.ui.view"].search([("key", "=", "ntue_graduation.report_slip")])
        self.env.cr.execute(
            "UPDATE ir_ui_view SET write_date = '2099-01-01' WHERE id IN %s", [tuple(views.ids)]
        )
        drawn.append(self.printed(way.record))
        self.assertEqual(drawn, [1, 0, 1], "a layout that was changed is drawn by")

    def test_a_print_goes_with_what_it_was_drawn_from_and_when_the_season_is_over(self):
        papers = self.env["ntue.kept.paper"].sudo()
        for gone in ("erased", "old"):
            with self.subTest(gone), self.undone():
                KEPT.clear()
                way = self.way_of(self.student)
                way.submitted()
                self.printed(way.record)
                files = self.env["ir.attachment"].sudo()
                own = [("res_model", "=", papers._name), ("res_field", "=", "content")]
                self.assertEqual((len(papers.search([])), files.search_count(own)), (1, 1))
                if gone == "erased":
                    way.record._empty_snapshots()
                else:
                    papers.search([]).write({"made_on": "2025-01-01"})
                    papers._gc_old()
                self.assertEqual((len(papers.search([])), files.search_count(own)), (0, 0))
        KEPT.clear()

    def test_nobody_reads_a_print_past_the_report(self):
        KEPT.clear()
        self.printed(self.way.submitted().record)
        own = [("res_model", "=", "ntue.kept.paper"), ("res_field", "=", "content")]
        number = self.env["ir.attachment"].sudo().search(own).id
        self.assertTrue(number)
        people = (self.way.account, self.assistant, self.registrar, self.operator)
        for user in people:
            with self.subTest(user.login), self.undone():
                found = self.env["ir.attachment"].with_user(user)
                with self.assertRaises(AccessError):
                    found.browse(number).read(["datas"])
                with self.assertRaises(AccessError):
                    found.search(own)

    def test_a_slip_that_is_kept_is_given_to_somebody_who_may_read_it_and_only_while_it_is_whole(
        self,
    ):
        way = self.way.submitted()
        self.printed(way.record)
        with self.assertRaises(UserError):
            self.printed(way.record, self.other_assistant)
        forge(
            self.env,
            "UPDATE ntue_graduation_event SET snapshot = snapshot || ' ' "
            "WHERE application_id = %s AND action = 'submit'",
            [way.record.id],
        )
        with self.assertRaises(UserError):
            self.printed(way.record)

    def test_a_list_of_leavers_is_read_within_bounds(self):
        wizard = self.env["ntue.graduation.completion"].with_user(self.registrar)
        numbers = [["學號"], *[[str(number)] for number in range(210_000_000, 210_006_000)]]
        for name, data in (("a.xlsx", xlsx_bytes(numbers)), ("a.xlsx", b"PK\x03\x04 broken")):
            one = wizard.create({"file": base64.b64encode(data), "file_name": name})
            with self.assertRaises(UserError):
                one.action_check()
