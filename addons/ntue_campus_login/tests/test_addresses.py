"""By which network somebody counts: what a visitor writes into a request changes nothing."""

from unittest.mock import patch

from odoo.addons.ntue_campus_login.models.door import sign_in_limit
from odoo.tests import tagged
from odoo.tools import config

from .sign_in import SignInCase

FORGED = (
    {"X-Forwarded-For": "198.51.100.9"},
    {"X-Forwarded-For": "198.51.100.9", "X-Forwarded-Host": "desk.example.edu"},
    {"X-Real-IP": "198.51.100.9", "Forwarded": "for=198.51.100.9"},
    {"X-Client-IP": "198.51.100.9", "True-Client-IP": "198.51.100.9"},
    {"Remote-Addr": "198.51.100.9", "Client-IP": "198.51.100.9"},
)


@tagged("post_install", "-at_install")
class TestAddresses(SignInCase):
    def address_of(self, headers):
        """By which address a try with these headers is counted and entered."""
        self.visit()
        self.opener.headers.update(headers)
        self.sign_in("210941001", "wrong")
        for name in headers:
            del self.opener.headers[name]
        event = self.events.search([("outcome", "=", "failure")], order="id desc", limit=1)
        row = self.limits.search([("user_id", "=", False)], order="last_failure desc", limit=1)
        self.limits._unlock(self.account)
        self.assertEqual(row.address, event.address)
        return event.address

    def test_without_a_proxy_no_header_makes_another_network(self):
        with patch.dict(config.options, {"proxy_mode": False}):
            for headers in FORGED:
                with self.subTest(headers=headers):
                    self.assertEqual(self.address_of(headers), "127.0.0.1")
        networks = self.limits.search([("user_id", "=", False)])
        self.assertEqual(networks.mapped("failures"), [float(len(FORGED))])

    def test_behind_a_proxy_the_last_address_counts_that_the_proxy_wrote(self):
        """What is before it the visitor wrote, to be another network, or somebody else's."""
        host = {"X-Forwarded-Host": "desk.example.edu"}
        with patch.dict(config.options, {"proxy_mode": True}):
            for before in ("198.51.100.9", "198.51.100.10", "nonsense", "::1, 10.0.0.1"):
                seen = {**host, "X-Forwarded-For": f"{before}, 203.0.113.7"}
                with self.subTest(before=before):
                    self.assertEqual(self.address_of(seen), "203.0.113.7")

    def test_what_is_no_address_is_one_network_however_it_is_written(self):
        network = sign_in_limit.network_of
        self.assertEqual({network(text) for text in ("unknown", "made-up", "", None)}, {""})
