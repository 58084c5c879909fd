"""Run in Odoo's shell: two imports of one file at once, each in a connection of its own.

Environment: FOLDER of the file. Prints what each was told and did, as JSON on the last line.
"""

import json
import os
from functools import partial
from pathlib import Path

from odoo import api
from odoo.exceptions import UserError
from odoo.modules.registry import Registry
from odoo.service.model import retrying

FILES = {path.name: path.read_bytes() for path in Path(os.environ["FOLDER"]).iterdir()}
registry = Registry(env.cr.dbname)  # noqa: F821
told = {}


def importer(cr):
    """The importer of a transaction that has begun: it sees what is there now."""
    found = api.Environment(cr, 1, {})["ntue.importer"]
    found.env["ntue.term"].search_count([])
    return found


def done(report):
    return {
        "ok": report.ok,
        "created": sum(one.created for one in report.counts.values()),
        "nothing_changes": report.changes_nothing,
    }


with registry.cursor() as one, registry.cursor() as other:
    mine, theirs = importer(one), importer(other)
    told["first"] = done(mine._import(FILES, way="feed"))
    mine.env.flush_all()
    try:
        theirs._import(FILES, way="wizard")
    except UserError as error:
        told["meanwhile"] = str(error)
    one.commit()
    # The picture of the second is older than what the first has written.
    told["second"] = done(retrying(partial(theirs._import, FILES, way="wizard"), theirs.env))
    other.commit()
print("\n" + json.dumps(told, ensure_ascii=False))
