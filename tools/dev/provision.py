"""What has to be there before Odoo can run: packages, Odoo, database server."""

from collections.abc import Sequence

from dev import formatter, odoo_source, postgres, python_env, system, tasks
from dev.checkout import Checkout

LINT = (python_env.TASK, *formatter.TASKS)
ODOO = (python_env.TASK, odoo_source.TASK, postgres.TASK)
PYTEST = (*ODOO, python_env.SOLVERS)


def _ensure(checkout: Checkout, wanted: Sequence[tasks.Task]) -> None:
    """Run the tasks that are not done; print and wait for nothing when all are."""
    if all(task.done(checkout) for task in wanted):
        return
    with tasks.locked(checkout):
        tasks.run(checkout, wanted)


def for_lint(checkout: Checkout) -> None:
    """Provide what `make lint` needs."""
    _ensure(checkout, LINT)


def for_odoo(checkout: Checkout) -> None:
    """Provide what Odoo's command line needs."""
    _ensure(checkout, ODOO)


def for_pytest(checkout: Checkout) -> None:
    """Provide what tests without a browser need."""
    _ensure(checkout, PYTEST)


def for_precommit(checkout: Checkout, *, engine: bool) -> None:
    """Provide the checkers, and what the engine's tests need where those run too."""
    _ensure(checkout, (*LINT, python_env.SOLVERS) if engine else LINT)


def with_system(*packages: system.SystemPackage) -> list[tasks.Task]:
    """Return the tasks for a working Odoo with the system `packages`."""
    return [system.task(packages), *ODOO]
