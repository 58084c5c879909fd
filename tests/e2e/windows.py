"""Browser windows that serve one person after another.

In a new one Chromium has compiled none of Odoo's scripts, which takes most of a second for a page.
A window that is used again keeps those, and loses all that it knows of a person.
"""

from collections import defaultdict

from playwright.sync_api import Browser, BrowserContext

SIZE = {"width": 1280, "height": 900}


class Windows:
    """The windows of a browser on one server; pages are given up after `patience` milliseconds."""

    def __init__(self, browser: Browser, url: str, patience: int) -> None:
        self.browser = browser
        self.url = url
        self.patience = patience
        self._free: dict[bool, list[BrowserContext]] = defaultdict(list)

    def take(self, *, scripts: bool = True) -> BrowserContext:
        """Return a window in which nobody is signed in."""
        return self._free[scripts].pop() if self._free[scripts] else self._new(scripts=scripts)

    def _new(self, *, scripts: bool) -> BrowserContext:
        window = self.browser.new_context(
            locale="zh-TW",
            timezone_id="Asia/Taipei",
            viewport=SIZE,
            base_url=self.url,
            java_script_enabled=scripts,
            reduced_motion="reduce",  # a colour that is on its way has no contrast to be measured
        )
        window.set_default_timeout(self.patience)
        return window

    def give_back(self, window: BrowserContext, *, scripts: bool = True) -> None:
        """Clear what a person left in `window`, and keep it for the next one."""
        for page in window.pages:
            page.close()
        window.clear_cookies()
        page = window.new_page()
        devtools = window.new_cdp_session(page)
        stored = {"origin": self.url, "storageTypes": "all"}
        devtools.send("Storage.clearDataForOrigin", stored)
        page.close()
        self._free[scripts].append(window)
