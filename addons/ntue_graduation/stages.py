"""Stages as conditions of a search and of a query: ``workflow`` says what they are."""

from odoo.fields import Domain
from odoo.tools import SQL

from .workflow import FIELD_OF_PAPER


def domain_of(stages):
    """The ``Domain`` of the applications in one of ``stages``."""
    return Domain.OR(_domain(*alternative) for alternative in _alternatives(stages))


def sql_of(stages):
    """The condition of a query on ``ntue_graduation_application``, whose columns it names."""
    return SQL(" OR ").join(_sql(*alternative) for alternative in _alternatives(stages))


def _alternatives(stages):
    """``(conditions, paper)`` of each way to be in one of ``stages``, every one once.

    A step of the desk is two stages that differ in the paper alone: there it decides nothing.
    """
    found = {}
    for stage in stages:
        for place in stage.places:
            found.setdefault(place, set()).add(stage.paper)
    for place, papers in found.items():
        (paper,) = papers if len(papers) == 1 else (None,)
        yield place.conditions(), paper


def _domain(conditions, paper):
    domain = Domain.AND(Domain(name, "=", value) for name, value in conditions.items())
    if paper is not None:
        domain &= Domain(FIELD_OF_PAPER, "=", not paper)
    return domain


def _sql(conditions, paper):
    parts = [SQL("%s = %s", SQL.identifier(name), value) for name, value in conditions.items()]
    if paper is not None:
        column = SQL.identifier(FIELD_OF_PAPER)
        parts.append(SQL("%s IS NOT TRUE", column) if paper else SQL("%s IS TRUE", column))
    return SQL("(%s)", SQL(" AND ").join(parts))
