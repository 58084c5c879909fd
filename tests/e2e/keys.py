"""Nothing but keys: somebody who moves no pointer."""

from __future__ import annotations

from contextlib import suppress

from playwright.sync_api import Page, expect
from playwright.sync_api import TimeoutError as WaitedTooLong

from .searching import SHOWN

MOST_TABS, MOST_ROWS = 150, 5
ATTEMPTS, ONCE_MORE = 3, 20_000
"""How often a row is opened, and milliseconds after which it is tried again."""

RESTING = ".o_ntue_rests"
"""A form of another application, whose buttons do not act at once."""


class Keys:
    """A page that is worked by keyboard alone."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def reach(self, selector: str) -> None:
        """Tab to what ``selector`` finds; AssertionError where no tab leads."""
        self.page.locator(selector).first.wait_for()
        for _ in range(MOST_TABS):
            if self.page.evaluate("s => document.activeElement.matches(s)", selector):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"no tab leads to {selector} on {self.page.url}")

    def press(self, selector: str, key: str = "Enter") -> None:
        """Tab to a button and press it; in a row of a list Enter opens the row, Space presses."""
        self.reach(selector)
        self.page.locator(RESTING).wait_for(state="detached")
        self.page.keyboard.press(key)

    def follow(self, selector: str, to: str) -> None:
        """Press what leads to the page ``to``, and wait for it."""
        self.press(selector)
        self.page.wait_for_url(to)
        self.page.locator("body[is-ready=true]").wait_for()

    def search(self, words: str) -> None:
        """Look for the words by the first field that the search offers; one row has them."""
        self.page.locator(SHOWN).first.wait_for()
        self.reach(".o_searchview_input")
        self.page.keyboard.type(words)
        self.page.locator(".o_searchview_autocomplete .o-dropdown-item").first.wait_for()
        self.page.keyboard.press("Enter")
        expect(self.page.locator(".o_searchview_facet", has_text=words)).to_have_count(1)
        expect(self.page.locator(".o_data_row")).to_have_count(1)

    def open_found(self) -> None:
        """From the search box down to the only row that was found, and into it.

        Odoo's client draws rows that it remembers, and again those that the server answers: a key
        pressed between them is lost with the row, and whoever pressed it presses once more.
        """
        title = self.page.locator(".o_form_view .oe_title")
        for _attempt in range(ATTEMPTS):
            self.reach(".o_searchview_input")
            self._down_to_a_row()
            self.page.keyboard.press("Enter")
            with suppress(WaitedTooLong):
                return title.wait_for(timeout=ONCE_MORE)
        return title.wait_for()

    def _down_to_a_row(self) -> None:
        for _ in range(MOST_ROWS):
            self.page.keyboard.press("ArrowDown")
            if self.page.evaluate("() => !!document.activeElement.closest('.o_data_row')"):
                break
