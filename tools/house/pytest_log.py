"""A pytest plugin: Odoo's log says which test runs, so that a fault in it has an address."""

import logging

_logger = logging.getLogger("house.tests")


def pytest_runtest_logstart(nodeid: str) -> None:
    """Log the start of a test in the words of Odoo's own runner."""
    _logger.info("Starting %s ...", nodeid)
