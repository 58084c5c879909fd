"""What axe finds on a page of this product: it is loaded once, and tells of faults alone."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

OF_ODOO = {"#bottom", ".o_portal_submenu"}
"""Odoo's own frame around each page, which this product does not draw."""

SERIOUS = ("serious", "critical")

OPTIONS: dict[str, Any] = {
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations"],
    "preload": {"assets": ["media"]},
}
"""Axe's own rules of every weight, and that a finger has 24 pixels.

To describe all that is right takes longer than to look at it, and style sheets would be read for a
rule that is off.
"""

LOOK = """async ([context, options]) => {
    const { violations } = await axe.run(context, options);
    return violations.flatMap(({ id, impact, nodes }) =>
        nodes.map(({ html }) => [impact, `${id}: ${html}`])
    );
}"""


def load(page: Page) -> None:
    """Put axe into the page, unless it is there since it was opened."""
    if not page.evaluate("() => Boolean(window.axe)"):
        page.evaluate(AXE_SCRIPT)


def faults(page: Page, context: dict[str, Any] | None = None) -> list[tuple[str, str]]:
    """(weight, what) of everything that axe finds on a page of this product.

    ``context`` says where it looks, if not at everything that this product draws.
    """
    load(page)
    context = context or {"exclude": [[part] for part in sorted(OF_ODOO)]}
    found: list[tuple[str, str]] = page.evaluate(LOOK, [context, OPTIONS])
    return [(weight, what) for weight, what in found]


def serious_faults(page: Page, context: dict[str, Any] | None = None) -> list[str]:
    """What axe finds that shuts somebody out."""
    return [what for weight, what in faults(page, context) if weight in SERIOUS]
