"""What the desks of assistants and registrars say of themselves, and what is listed as Odoo's."""

from __future__ import annotations

import re

from dev.checkout import Checkout

PAGE = "docs/accessibility.md"
HEADING = "### Odoo's own, on the desks"
ASSISTANT = "ta.srd"

OF_THE_DEVICE = """() => [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules])
    .filter((rule) => rule.media && rule.conditionText.includes("prefers-color-scheme"))
    .map((rule) => rule.cssText.slice(0, 200))"""
"""What is drawn otherwise on a device that is set to dark."""


def listed():
    """Selectors of Odoo's parts by rule, from the page."""
    text = (Checkout.here().root / PAGE).read_text(encoding="utf-8").partition(HEADING)[2]
    rows = re.findall(r"^\| `([\w-]+)` \| (.+?) \|", text, re.MULTILINE)
    return {rule: re.findall(r"`([^`]+)`", where) for rule, where in rows}


def test_what_is_listed_as_odoos_is_no_part_of_this_product():
    assert listed()
    assert [part for parts in listed().values() for part in parts if "ntue" in part] == []


def test_the_desks_are_light_whatever_the_device_is_set_to(enter):
    """So what is found in the light holds in the dark as well."""
    page = enter(ASSISTANT).page
    page.goto("/odoo")
    page.locator(".o_main_navbar").wait_for()
    assert page.evaluate(OF_THE_DEVICE) == []


def test_the_desks_say_their_language_and_may_be_made_larger(enter):
    page = enter(ASSISTANT).page
    page.goto("/odoo")
    assert page.locator("html").get_attribute("lang") == "zh-TW"
    assert "user-scalable" not in page.locator("meta[name=viewport]").get_attribute("content")
