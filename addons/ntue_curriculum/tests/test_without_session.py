"""Programs without a session behind a replica, and counts of processes that have ended."""

from pathlib import Path
from tempfile import TemporaryDirectory

from odoo.tests import TransactionCase, tagged

from ..observing import metrics

GONE = "4194305"
"""No number of a process: above the most that Linux gives."""


@tagged("post_install", "-at_install")
class TestWithoutSession(TransactionCase):
    def test_what_a_program_reads_after_it_wrote_is_never_a_replicas(self):
        """It has a key and no session, in which others remember that they have written."""
        http = self.env["ir.http"]
        modules = sorted(self.env.registry._init_modules | {"base", "rpc", "web"})
        rules = dict(http._generate_routing_rules(modules, converters=http._get_converters()))
        by_key = {
            url: endpoint.routing["readonly"]
            for url, endpoint in rules.items()
            if endpoint.routing.get("auth") == "bearer"
        }
        self.assertTrue(any(url.startswith("/json/2/") for url in by_key), sorted(rules)[:5])
        self.assertEqual([url for url, reads in by_key.items() if reads], [])
        others = [endpoint.routing.get("readonly") for endpoint in rules.values()]
        self.assertTrue(any(callable(reads) for reads in others))

    def test_counts_of_a_worker_that_ended_stay_as_long_as_another_goes_on(self):
        """A sum that goes down would be taken for one that began anew."""
        folder = Path(self.enterContext(TemporaryDirectory()))
        ended, goes_on = folder / f"histogram_{GONE}.db", folder / "histogram_1.db"
        for file in (ended, goes_on):
            file.touch()
        metrics.begin_anew(folder)
        self.assertTrue(ended.exists() and goes_on.exists())
        goes_on.unlink()
        metrics.begin_anew(folder)
        self.assertFalse(ended.exists())
