"""The search box of the backend, used so that nothing is lost that was typed."""

from __future__ import annotations

from playwright.sync_api import Page, expect

SHOWN = ".o_data_row, .o_kanban_record:not(.o_kanban_ghost), .o_view_nocontent"


def search(page: Page, words: str) -> None:
    """Look for the words by the first field that the search view offers.

    Enter pressed before the box has its list of fields searches for nothing at all, so the field
    is chosen from the list; on a phone the box is behind its button.
    """
    page.locator(SHOWN).first.wait_for()
    box = page.locator(".o_searchview_input")
    if not box.is_visible():
        page.click(".o_control_panel .fa-search:visible")
    box.fill(words)
    page.locator(".o_searchview_autocomplete .o-dropdown-item").first.click()
    expect(page.locator(".o_searchview_facet", has_text=words)).to_have_count(1)
