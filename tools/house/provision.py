"""Everything that must stand before Odoo can run: packages, Odoo, database server."""

from house import odoo_source, postgres, python_env, steps, system
from house.place import Place

LINT = (python_env.STEP,)
ODOO = (python_env.STEP, odoo_source.STEP, postgres.STEP)


def for_odoo(place: Place) -> None:
    """Make Odoo's command line work; silent when it already does."""
    if all(step.done(place) for step in ODOO):
        return
    with steps.locked(place):
        steps.run(place, ODOO)


def with_system(*packages: system.SystemPackage) -> list[steps.Step]:
    """Return the steps to a working Odoo with the system `packages`."""
    return [system.step(packages), *ODOO]
