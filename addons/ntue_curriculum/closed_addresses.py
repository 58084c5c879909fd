"""Addresses of Odoo that a student's account has no use for: closed (docs/platform.md).

Chat rooms and calls reach any employee under the school's name, editors put pictures and links
on the server, the rest describes the server to strangers.
"""

from fnmatch import fnmatchcase
from functools import cache

CLOSED_TO_STUDENTS = (
    "/base_import/*",
    "/base_setup/*",
    "/bus/get_model_definitions",
    "/chat/*",
    "/discuss/*",
    "/doc",
    "/doc/*",
    "/google_gmail/*",
    "/html_editor/*",
    "/mail/attachment/*",
    "/mail/guest/*",
    "/mail/link_preview*",
    "/mail/message/*",
    "/mail/partner/from_email",
    "/mail/rtc/*",
    "/mail/set_manual_im_status",
    "/mail/thread/*",
    "/meet/*",
    "/microsoft_outlook/*",
    "/sms/*",
    "/web/become",
    "/web/model/get_definitions",
    "/web/partner/vcard",
    "/web/profile_config/*",
    "/web/session/account",
    "/web/set_profiling",
    "/web/speedscope/*",
    "/web/tests",
    "/web/tests/*",
    "/web/view/edit_custom",
    "/web_editor/*",
    "/web_enterprise/*",
    "/web_unsplash/*",
)
"""Patterns of routes as they are declared; ``*`` is anything."""

OPEN_ALL_THE_SAME = (
    "/html_editor/shape/*",
    "/html_editor/image_shape/*",
    "/web_editor/font_to_img/*",
)
"""Pictures that pages of everybody may show."""


@cache
def is_closed_to_students(route: str) -> bool:
    """Whether the route, as it is declared, is closed to students."""
    if any(fnmatchcase(route, pattern) for pattern in OPEN_ALL_THE_SAME):
        return False
    return any(fnmatchcase(route, pattern) for pattern in CLOSED_TO_STUDENTS)
