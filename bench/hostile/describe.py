"""Writes down, for the attack, what the server answers to and whose data is whose.

Routes come from the routing map: another version or dependency is in it by itself.
"""

import inspect
import json
import sys
import threading
from pathlib import Path

from odoo_env import environment

ROLES = {
    "student": "210941001",
    "other": "210941003",
    "assistant": "ta.srd",
    "registrar": "registrar.continuing",
}


def routes(env):
    """Every route: address, methods, type, whether a token is asked for, names of parameters."""
    threading.current_thread().dbname = env.cr.dbname
    found = []
    for rule in env["ir.http"].routing_map().iter_rules():
        routing = rule.endpoint.routing
        function = inspect.unwrap(rule.endpoint.func)
        names = [
            name
            for name, one in inspect.signature(function).parameters.items()
            if one.kind in (one.POSITIONAL_OR_KEYWORD, one.KEYWORD_ONLY) and name != "self"
        ]
        found.append(
            {
                "rule": rule.rule,
                "methods": sorted((rule.methods or {"GET", "POST"}) & {"GET", "POST"}),
                "type": routing["type"],
                "names": [name for name in names if name not in rule.arguments],
                "files": list(routing.get("ntue_files", ())),
            }
        )
    return found


def hidden_from(env, login):
    """Marks of students whose record the account does not see: number, name, e-mail."""
    students = env["ntue.student"].search([])
    if login:
        user = env["res.users"].search([("login", "=", login)])
        students -= env["ntue.student"].with_user(user).search([]).sudo()
    marks = set()
    for student in students:
        marks |= {student.student_no, student.partner_id.email, student.name}
    return sorted(mark for mark in marks if mark and len(mark) > 2)


def ids(env):
    """Some ids of every model of ours, and of people."""
    found = {}
    for name in sorted(env.registry):
        model = env[name]
        if (name.startswith("ntue.") or name in ("res.partner", "res.users")) and model._auto:
            found[name] = model.sudo().search([], limit=50).ids
    return found


def main(database, notes):
    with environment(database) as env:
        people = {"visitor": "", **ROLES}
        described = {
            "routes": routes(env),
            "roles": ROLES,
            "hidden": {role: hidden_from(env, login) for role, login in people.items()},
            "ids": ids(env),
            "reports": env["ir.actions.report"].search([]).mapped("report_name"),
        }
    Path(notes).write_text(json.dumps(described))


if __name__ == "__main__":
    main(*sys.argv[1:])
