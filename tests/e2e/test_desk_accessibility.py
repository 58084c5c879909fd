"""What the desks of assistants and registrars say of themselves, and what is listed as Odoo's."""

from __future__ import annotations

from .desk_walk import OF_THE_DEVICE, listed

ASSISTANT = "ta.srd"


def test_what_is_listed_as_odoos_is_no_part_of_this_product():
    assert listed()
    assert [part for parts in listed().values() for part in parts if "ntue" in part] == []


def test_the_desks_are_light_whatever_the_device_is_set_to(enter):
    """So what is found in the light holds in the dark as well."""
    page = enter(ASSISTANT).page
    page.emulate_media(color_scheme="dark")
    page.goto("/odoo")
    page.locator(".o_main_navbar").wait_for()
    assert page.evaluate(OF_THE_DEVICE) == []


def test_the_desks_say_their_language_and_may_be_made_larger(enter):
    page = enter(ASSISTANT).page
    page.goto("/odoo")
    assert page.locator("html").get_attribute("lang") == "zh-TW"
    assert "user-scalable" not in page.locator("meta[name=viewport]").get_attribute("content")
