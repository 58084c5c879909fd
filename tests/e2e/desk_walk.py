"""A desk that is walked through: every menu, view, tab and dialog, in a page loaded once."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from playwright.sync_api import Page

from dev.checkout import Checkout

from . import axe

DOCUMENT = "docs/accessibility.md"
HEADING = "### Odoo's own, on the desks"
ROOT = "ntue_curriculum.menu_root"
WALK = Path(__file__).with_suffix(".mjs")

AT_A_DESK = [
    "app_ids",
    "counting_rule_ids",
    "flexible_rule_ids",
    "milestone_ids",
    "schedule_ids",
    "source_ids",
]
"""Lists in forms that are typed in row by row, at a desk: a phone moves them sideways."""

MOST = 12
"""Records of a list that are looked at."""

PATIENCE = 120_000
"""Milliseconds after which a page is given up, and the walk with it."""

OF_THE_DEVICE = """() => {
    const rules = (list) => [...list].flatMap((rule) => [rule, ...rules(rule.cssRules || [])]);
    const found = [...document.styleSheets]
        .flatMap((sheet) => rules(sheet.cssRules))
        .filter((rule) => rule.media && rule.conditionText.includes("prefers-color-scheme"))
        .map((rule) => rule.cssText.slice(0, 200));
    const { colorScheme } = getComputedStyle(document.documentElement);
    return colorScheme.includes("dark") ? [...found, colorScheme] : found;
}"""
"""What is drawn otherwise on a device that is set to dark."""

Found = dict[str, list[str]]
"""What axe finds, by the page's name."""


class Menu(NamedTuple):
    """A menu that leads somewhere."""

    section: str
    name: str
    action: int


def listed() -> dict[str, list[str]]:
    """Selectors of Odoo's parts by axe's rule, from the page that gives the reason of each."""
    text = (Checkout.here().root / DOCUMENT).read_text(encoding="utf-8").partition(HEADING)[2]
    rows = re.findall(r"^\| `([\w-]+)` \| (.+?) \|", text, re.MULTILINE)
    return {rule: re.findall(r"`([^`]+)`", where) for rule, where in rows}


class Desk:
    """Somebody's desk on a screen of one width. A walk that ``begins`` is told of by ``found``.

    Odoo's client chooses much of what it draws by the width that it was loaded with: a page that
    is only made narrower is not what a phone shows.
    """

    def __init__(self, page: Page, width: int, own: Mapping[str, Sequence[int]]) -> None:
        """Load the client in ``page``; ``own`` has the records to look at, by model."""
        self.page = page
        page.set_viewport_size({"width": width, "height": 900})
        page.goto("/odoo")
        page.locator(".o_main_navbar").wait_for()
        axe.load(page)
        page.add_script_tag(content=WALK.read_text(encoding="utf-8"))
        given = {
            "axeOptions": axe.OPTIONS,
            "ofOdoo": {rule: ", ".join(parts) for rule, parts in listed().items()},
            "atADesk": AT_A_DESK,
            "own": own,
            "most": MOST,
            "patience": PATIENCE,
        }
        self.walk = page.evaluate_handle("given => window.ntueWalk(given)", given)

    def menus(self) -> list[Menu]:
        """Every menu of this product that is shown."""
        rows = self.walk.evaluate("(walk, root) => walk.menus(root)", ROOT)
        return [Menu(*row) for row in rows]

    def abouts(self, menus: Sequence[Menu]) -> dict[str, dict[str, Any]]:
        """What each menu opens: ``model``, whether in a ``dialog``, ``archs`` by kind of view."""
        actions = [menu.action for menu in menus]
        rows = self.walk.evaluate("(walk, ids) => walk.abouts(ids)", actions)
        return dict(zip((menu.name for menu in menus), rows, strict=True))

    def begins(self, rows: Sequence[tuple[str, Mapping[str, Any]]]) -> None:
        """Begin a walk without waiting: ``page``, ``press`` or ``settings``, and of what."""
        self.walk.evaluate("(walk, rows) => { walk.found = walk.walk(rows); }", list(rows))

    def found(self) -> Found:
        """What axe found on each page of the walk that was begun, when it has ended."""
        found: Found = self.walk.evaluate("walk => walk.found")
        return found
