"""Everything that must stand before Odoo can run: packages, Odoo, database server."""

from collections.abc import Sequence

from house import odoo_source, postgres, python_env, steps, system
from house.place import Place

LINT = (python_env.STEP,)
ODOO = (python_env.STEP, odoo_source.STEP, postgres.STEP)


def _bring(place: Place, wanted: Sequence[steps.Step]) -> None:
    """Bring the steps to their end; silent, and waiting for nobody, when they already are."""
    if all(step.done(place) for step in wanted):
        return
    with steps.locked(place):
        steps.run(place, wanted)


def for_lint(place: Place) -> None:
    """Make the checkers work."""
    _bring(place, LINT)


def for_odoo(place: Place) -> None:
    """Make Odoo's command line work."""
    _bring(place, ODOO)


def with_system(*packages: system.SystemPackage) -> list[steps.Step]:
    """Return the steps to a working Odoo with the system `packages`."""
    return [system.step(packages), *ODOO]
