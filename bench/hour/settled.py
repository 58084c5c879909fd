"""After an evening: each application is there once and whole, and the chain of the log is sound.

``settled.py DATABASE VISITS``: what the students were told is compared with what is there.
"""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1]))

from figures import read_visits
from odoo_env import environment
from rows import row

STEPS = ("", "in", "begun", "saved", "submitted")


def expected(visits):
    """How far each student was told to be, and whether more may have happened than was told.

    More only where the last request was not answered as it has to be, or was cut off at the end.
    """
    told = {}
    for visit in visits:
        unsure = bool(visit.fault) or visit.reached != visit.kind_ends
        told[visit.login] = (visit.reached, unsure)
    return told


def wrong(env, login, reached, unsure):
    """What is not as ``login`` was told, in words; nothing where all is."""
    student = env["ntue.student"].search([("student_no", "=", login)])
    found = env["ntue.graduation.application"].search([("student_id", "=", student.id)])
    submissions = found.event_ids.filtered(lambda event: event.action == "submit")
    if len(found) > 1 or len(submissions) > 1:
        return f"{len(found)} applications, {len(submissions)} submissions"
    is_submitted = found.state == "submitted"
    if is_submitted != bool(submissions) or not all(submissions.mapped("snapshot")):
        return f"{found.state}, with {len(submissions)} submissions in the log"
    if is_submitted and len(found.line_ids) != len(student.enrollment_ids):
        return f"{len(found.line_ids)} courses of {len(student.enrollment_ids)}"
    there = "submitted" if is_submitted else "saved" if found.saved_at else "begun" if found else ""
    least = STEPS.index(reached) if reached != "in" else 0
    most = least if not unsure else len(STEPS)
    if not least <= STEPS.index(there) <= most:
        return f"told {reached or 'nothing'}, and is {there or 'without an application'}"
    return ""


def main(database, path):
    """Print what is there and what is wrong; 1 where something is."""
    told = expected(read_visits(path))
    with environment(database) as env:
        faults = []
        for login, (reached, unsure) in told.items():
            problem = wrong(env, login, reached, unsure)
            faults += [f"{login}: {problem}"] if problem else []
        applications = env["ntue.graduation.application"].search_count([])
        submitted = sum(reached == "submitted" for reached, _unsure in told.values())
        chains = env["ntue.chained"]._chains()
        broken = [problem for chain in chains for problem in chain._check_log()]
        entries = sum(chain._last(env.cr)[0] for chain in chains)
    for problem in (*faults, *broken):
        print(f"  {problem}")
    row("students who were told that they have submitted", str(submitted))
    row("applications that are there", str(applications))
    row("  doubled, lost or half done", str(len(faults)), "<= 0", str(len(faults)))
    row(
        f"entries of the logs: {entries}, not as written",
        str(len(broken)),
        "<= 0",
        str(len(broken)),
    )
    return 1 if faults or broken else 0


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
