"""Everything that must stand before Odoo can run: packages, Odoo, database server."""

from collections.abc import Sequence

from dev import odoo_source, postgres, python_env, system, tasks
from dev.checkout import Checkout

LINT = (python_env.TASK,)
ODOO = (python_env.TASK, odoo_source.TASK, postgres.TASK)


def _bring(checkout: Checkout, wanted: Sequence[tasks.Task]) -> None:
    """Bring the steps to their end; silent, and waiting for nobody, when they already are."""
    if all(task.done(checkout) for task in wanted):
        return
    with tasks.locked(checkout):
        tasks.run(checkout, wanted)


def for_lint(checkout: Checkout) -> None:
    """Make the checkers work."""
    _bring(checkout, LINT)


def for_odoo(checkout: Checkout) -> None:
    """Make Odoo's command line work."""
    _bring(checkout, ODOO)


def with_system(*packages: system.SystemPackage) -> list[tasks.Task]:
    """Return the steps to a working Odoo with the system `packages`."""
    return [system.task(packages), *ODOO]
