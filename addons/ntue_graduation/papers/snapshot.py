"""What is frozen at submission: values and words of the slip (I7, I12)."""

from typing import NamedTuple

from odoo.addons.ntue_curriculum.languages import as_kept

from ..frozen import frozen
from .slip import next_document
from .values import slip_values


class Frozen(NamedTuple):
    """A snapshot: canonical JSON, its SHA-256, the number of the slip, and values of lines."""

    text: str
    digest: str
    number: str
    lines: list[dict]


def freeze(application):
    """The snapshot of what is being submitted, ``Frozen``; nothing is written."""
    values = today(application)
    values["document"] = next_document(application)._asdict()
    kept = frozen(values)
    return Frozen(
        kept["snapshot"],
        kept["snapshot_hash"],
        values["document"]["number"],
        [_line_values(application, row) for row in values["rows"]],
    )


def today(application):
    """What would be submitted today, in the words of the snapshot, decisions included."""
    return slip_values(as_kept(application), *application._case_and_audit())


def _line_values(application, row):
    return {
        "application_id": application.id,
        "enrollment_id": row["enrollment"],
        "label": row["label"],
        "term_code": row["term"],
        "offering_no": row["offering_no"],
        "course_code": row["code"],
        "name": row["name"],
        "credits": float(row["credits"]),
        "score": row["score"],
        "department_name": row["department"],
        "origin": row["origin"] or False,
        "area_codes": ", ".join(row["areas"]),
        "ticked": row["ticked"],
        # Given, so that nobody's own defaults decide.
        "decision": "pending",
        "mapped_area_id": False,
        "mapped_line_id": False,
        "decision_reason": False,
        "decided_by_id": False,
        "decided_at": False,
    }
