"""The answer to a page's captcha, read from the server's own sessions: for programs that test."""

import json
import re

from dev.checkout import Checkout

NUMBER = re.compile(r'name="captcha_number" value="([^"]+)"')
SESSION = "ntue_captcha"
"""Key of the session under which models/door/captcha.py keeps the challenges."""


def answered(checkout: Checkout, session_id: str, page: str) -> dict[str, str]:
    """Return the fields that answer the captcha of `page`; none where it asks for none.

    `session_id` is the cookie of the visitor, whose session the server has saved.
    """
    found = NUMBER.search(page)
    if not found:
        return {}
    file = checkout.data / "sessions" / session_id[:2] / session_id
    challenge = json.loads(file.read_text(encoding="utf-8"))[SESSION][found[1]]
    return {"captcha_number": found[1], "captcha": challenge["text"]}
