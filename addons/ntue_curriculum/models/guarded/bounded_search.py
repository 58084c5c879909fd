"""What a search may cost that somebody sends: so many conditions, so many records, so long.

Access rights say what is found, not how dear the finding is. A page asks with a few conditions for
some dozens of records; a remote call could send thousands, or ask for all that everybody may read.
Code that acts with the rights of the system is not bound.
"""

from odoo.exceptions import UserError
from odoo.fields import Domain

MOST_CONDITIONS = 100
"""Conditions of a search from outside. Each may search by itself; a step to another record
(``student_id.program_id.name``) counts like one."""

MOST_CONDITIONS_STAFF = 1000

MOST_RECORDS = 1000
"""Records that somebody from outside is given at a time; the longest page shows some hundred."""

MOST_ORDER = 200
"""Characters of an order."""

SECONDS = 10
"""Seconds that one statement of a request from outside may take in the database."""

SUB = ("any", "not any")


def conditions(domain):
    """How many conditions a domain has, those of domains inside of it too; steps count."""
    if isinstance(domain, Domain):
        return sum(map(_cost, domain.iter_conditions()))
    count, open_lists = 0, [domain]
    while open_lists:
        found = open_lists.pop()
        if not isinstance(found, list | tuple):
            continue
        for item in found:
            if not isinstance(item, list | tuple):
                count += item == "!"
                continue
            if len(item) == 3 and isinstance(item[0], str):
                count += 1 + item[0].count(".")
                if item[1] in SUB:
                    open_lists.append(item[2])
            else:
                count += 1
    return count


def _cost(condition):
    inside = condition.value if condition.operator.removesuffix("!") in SUB else None
    steps = 1 + condition.field_expr.count(".")
    return steps + (conditions(inside) if isinstance(inside, Domain | list | tuple) else 0)


def _comes_from_outside(env):
    return not env.su and not env.user._is_internal()


def check_search(env, domain, order):
    """UserError for a search that no page sends."""
    if env.su:
        return
    count, most = conditions(domain), MOST_CONDITIONS
    if count > most and not _comes_from_outside(env):
        most = MOST_CONDITIONS_STAFF
    if count > most:
        raise UserError(
            env._(
                "The search has %(count)s conditions, at most %(most)s are answered. Ask for "
                "it in parts.",
                count=count,
                most=most,
            )
        )
    if isinstance(order, str) and len(order) > MOST_ORDER:
        raise UserError(env._("The order is too long. Name fewer fields."))


def most_records(env, limit):
    """``limit``, or one more than somebody from outside is given."""
    if not _comes_from_outside(env):
        return limit
    asked = limit if isinstance(limit, int) and limit > 0 else MOST_RECORDS + 1
    return min(asked, MOST_RECORDS + 1)


def check_records(env, found):
    """``found``; UserError where it is more than somebody from outside is given."""
    if len(found) > MOST_RECORDS and _comes_from_outside(env):
        raise UserError(
            env._(
                "These are more than %s records. Ask for them in parts, with a limit and an "
                "offset.",
                MOST_RECORDS,
            )
        )
    return found


def bound_time(cr):
    """No statement of this transaction takes longer than `SECONDS`."""
    cr.execute("SET LOCAL statement_timeout = %s", [int(SECONDS * 1000)])
