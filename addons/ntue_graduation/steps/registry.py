"""Guards and effects by the names that the table has for them.

A guard is a function of an application: a sentence on what to do, or None when it holds. It
changes nothing. An effect is a function of a ``Step``; it acts with all rights, because the
guards were asked with the caller's.

Another addon adds one in two moves. It decorates a function with ``@guard`` or ``@effect``: the
function's name is what a row calls it by, and a name that is taken is an error. Then it names it
for the databases in which the addon is installed: ``_guards_of(transition)`` and
``_effects_of(transition)`` of ``ntue.graduation.application`` return the names of a row, and are
extended like any method of Odoo.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

from ..workflow import Position


class Step(NamedTuple):
    """A step that is being taken: its guards hold, and the application is at ``target``.

    ``application``: one ``ntue.graduation.application``, with all rights; ``env.user`` is who
    acts. ``action``: what the log calls it. ``source`` is where the application was.
    """

    application: Any
    action: str
    source: Position
    target: Position


Guard = Callable[[Any], str | None]
Effect = Callable[[Step], None]

GUARDS: dict[str, Guard] = {}
EFFECTS: dict[str, Effect] = {}


def guard(function: Guard) -> Guard:
    """Enter ``function`` under its name."""
    return _entered(GUARDS, function)


def effect(function: Effect) -> Effect:
    """Enter ``function`` under its name."""
    return _entered(EFFECTS, function)


def _entered(registry, function):
    if function.__name__ in registry:
        raise ValueError(f"There is a {function.__name__} already; choose another name.")
    registry[function.__name__] = function
    return function
