"""A pytest plugin beside pytest-odoo: a database for each worker, and a log that names the test.

Under pytest-xdist every worker works in a copy of the database that `--odoo-database` names, with
attachments of its own (hard links), because Odoo removes the files that its database does not
know.  Without workers the tests run in the named database itself.
"""

import gc
import logging
import os
import threading
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from typing import Any

import odoo
import pytest
from odoo.orm import registry as registries
from odoo.orm.registry import Registry
from odoo.tests.common import Opener
from odoo.tools.lru import LRU

from dev import databases, workers
from dev.checkout import Checkout

_logger = logging.getLogger("dev.tests")

GARBAGE = (50_000, 20, 20)
"""Objects, and generations of them, after which Python's collector looks again."""

PATIENCE = 120.0
"""Seconds, at least, that a test waits for a page; Odoo's 12 are short while browsers go first."""

KEPT = ("templates", "assets", "routing")
"""Caches of a registry that hold nothing of what a test usually writes."""

WORKER = "{worker}"
"""Replaced by the worker's name in the options for Odoo, so that each has its own log file."""


def _worker() -> str:
    """Return the name that pytest-xdist gave this process; empty in the one that is no worker."""
    return os.environ.get("PYTEST_XDIST_WORKER", "")


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_cmdline_main(config: pytest.Config) -> Iterator[None]:
    """Fill the worker into Odoo's options before pytest-odoo reads them."""
    options = config.option.odoo_extra
    config.option.odoo_extra = [text.replace(WORKER, _worker() or "main") for text in options]
    return (yield)


def pytest_runtest_logstart(nodeid: str) -> None:
    """Log the start of a test in the words of Odoo's own runner: a fault in it has an address."""
    _logger.info("Starting %s ...", nodeid)


def _speakable(text: str) -> str:
    return text.encode("utf-8", "backslashreplace").decode()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Make what a worker reports text that can be sent: tests send halves of characters too."""
    report = yield
    report.sections = [(name, _speakable(text)) for name, text in report.sections]
    said = str(report.longrepr or "")
    if _speakable(said) != said:
        report.longrepr = _speakable(said)
    return report


@contextmanager
def _own_database(source: str) -> Iterator[str]:
    """Give a worker a copy of `source` for the time of its tests."""
    if not _worker():
        yield source
        return
    checkout = Checkout.here()
    name = workers.database(checkout, "test")
    databases.copy(checkout, source, name)
    odoo.tools.config["db_name"] = [name]
    odoo.tools.config["dbfilter"] = f"^{name}$"
    try:
        yield name
    finally:
        odoo.sql_db.close_db(name)
        databases.drop(checkout, name)


@contextmanager
def _templates_kept() -> Iterator[None]:
    """Keep compiled templates, asset bundles and routes from test to test.

    Odoo clears all of a registry's caches after each test, and the next page compiles its
    templates again, which takes longer than the page.  What a test itself has invalidated is not
    kept: it may hold what is rolled back.
    """
    invalidated: set[str] = set()
    clear_cache, clear_all_caches = Registry.clear_cache, Registry.clear_all_caches

    def clear(self: Registry, *names: str) -> None:
        invalidated.update(names or ("default",))
        clear_cache(self, *names)

    def clear_all(self: Registry) -> None:
        caches = self._Registry__caches
        stale = {cache for name in invalidated for cache in registries._CACHES_BY_KEY[name]}
        kept = {name: caches[name] for name in KEPT if name not in stale}
        caches.update({name: LRU(1) for name in kept})
        clear_all_caches(self)
        caches.update(kept)
        invalidated.clear()

    Registry.clear_cache, Registry.clear_all_caches = clear, clear_all
    try:
        yield
    finally:
        Registry.clear_cache, Registry.clear_all_caches = clear_cache, clear_all_caches


@contextmanager
def _pages_awaited() -> Iterator[None]:
    """Wait longer for pages: how long one takes here says how busy the processors are.

    No proxy and no password of whoever runs the tests is looked for each time.
    """
    request = Opener.request

    def patient(self: Opener, *args: Any, **options: Any) -> Any:  # requests' own signature
        self.trust_env = False
        options["timeout"] = max(options.get("timeout") or 0.0, PATIENCE)
        return request(self, *args, **options)

    Opener.request = patient
    try:
        yield
    finally:
        Opener.request = request


def _collect_seldom() -> None:
    """Look for garbage seldom: most of what there is, Odoo's registry, stays until the end.

    Otherwise a seventh of the processor's time goes into walking it again and again.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*GARBAGE)


@pytest.fixture(scope="session", autouse=True)
def load_registry() -> Iterator[None]:
    """Load the registry before the first test; in place of pytest-odoo's fixture of that name."""
    threading.current_thread().testing = True  # type: ignore[attr-defined]
    with _own_database(odoo.tests.common.get_db_name()) as name:
        Registry(name)
        _collect_seldom()
        with _templates_kept(), _pages_awaited():
            yield
