"""What the diploma is made with."""

from ...pages.profile import differs
from ..registry import guard


@guard
def profile_complete(application):
    return "\n".join(application.student_id._diploma_problems(application.term_id).values()) or None


@guard
def profile_differs(application):
    if not differs(application):
        return application.env._(
            "The diploma is made with what the profile says already. Reload the page."
        )
    return None
