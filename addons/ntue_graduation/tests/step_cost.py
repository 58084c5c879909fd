"""What the steps of one application cost: audits that the engine works out, and queries.

The test holds each to its bar, and ``make bench ROWS=steps`` prints them.
"""

from contextlib import contextmanager
from typing import NamedTuple
from unittest.mock import patch

from lxml import etree
from odoo.addons.ntue_curriculum.degree_audit import Case
from odoo.sql_db import Cursor

from ..pages.check import check_page, check_version, submit_checked
from .common import APPLICATION


class Bar(NamedTuple):
    """What a step may cost; ``queries`` None: whatever it takes."""

    audits: int
    queries: int | None = None


class Cost(NamedTuple):
    audits: int
    queries: int


BARS = {
    "check page": Bar(1),
    "submit": Bar(2, 70),
    "paper recorded": Bar(0),
    "first review passed": Bar(1),
    "registrar's form": Bar(2),
}


@contextmanager
def counted():
    """Yields a list that holds the ``Cost`` of what is inside, once it is over."""
    found, audits, queries = [], [], []
    audited, execute = Case._audited, Cursor.execute

    def audited_counted(case, *args):
        audits.append(args)
        return audited(case, *args)

    def execute_counted(cursor, query, *args, **kwargs):
        queries.append(str(getattr(query, "code", query)))
        return execute(cursor, query, *args, **kwargs)

    with (
        patch.object(Case, "_audited", audited_counted),
        patch.object(Cursor, "execute", execute_counted),
    ):
        yield found
    found.append(Cost(len(audits), len(queries)))


def form_of(case, user):
    """What the client asks for when ``user`` opens the form: every field of the view."""
    views = case.rpc(user, APPLICATION, "get_views", [[False, "form"]])
    arch = etree.fromstring(views["views"]["form"]["arch"])
    own = [node for node in arch.iter("field") if not list(node.iterancestors("field"))]
    return {node.get("name"): {} for node in own}


def costs(way):
    """``(step, Cost)`` of each step of ``BARS``, taken one after the other from a saved draft."""
    case = way.case
    way.drafted()
    shown = case.env[APPLICATION].with_user(way.account).browse(way.record.id)

    def taken(step, call, *args):
        """Take it as a request does, which knows nothing of those before it."""
        case.env.cr.flush()
        case.env.invalidate_all()
        case.env.cr.cache.clear()
        with counted() as found:
            call(*args)
            case.env.cr.flush()
        return step, *found

    yield taken("check page", check_page, shown)
    yield taken("submit", submit_checked, shown, check_version(shown), False)
    yield taken("paper recorded", way.by_assistant, "action_receive_paper")
    way.decide()
    yield taken("first review passed", way.by_assistant, "action_pass_first")
    spec = form_of(case, case.registrar)
    yield taken("registrar's form", way.by_registrar, "web_read", spec)
