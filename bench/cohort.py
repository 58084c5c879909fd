"""Everybody audited and stored, against the same rows read and the same results written.

Timed is what the cron does once everybody's audit is out of date: ``_make_due``, in
batches, each committed. The floor reads the same rows into Python tuples with the same
queries, and writes the same results with COPY into an empty table with the same indexes.
Both are done in turn; the best round of each counts, since what disturbs only ever adds.
"""

import gc
import io
import resource
import sys
import time

import cohort_data
from odoo_env import environment
from rows import row

ROUNDS = 3
BAR = 3.0

STUDENTS = """
    SELECT id, curriculum_id, program_id, department_id, division, entry_year, active
      FROM ntue_student
"""
TERMS = "SELECT student_id, term_id, status FROM ntue_student_term"


def peak():
    """The most memory that this process ever had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def audited(env):
    """Seconds to audit and store everybody, as the cron does."""
    env.cr.execute("INSERT INTO ntue_audit_due (student_id) SELECT id FROM ntue_student")
    env.cr.commit()
    env.invalidate_all()
    gc.collect()
    started = time.perf_counter()
    env["ntue.audit"]._make_due()
    env.cr.commit()
    return time.perf_counter() - started


def floor(env):
    """Seconds to read what the audits read, and to write what they wrote."""
    from odoo.addons.ntue_curriculum import audit_adapter
    from odoo.addons.ntue_curriculum.clock import taipei_today
    from odoo.addons.ntue_curriculum.models.audit import student_audit_store

    columns = ", ".join(student_audit_store.COLUMNS)
    ids = env["ntue.student"].search([]).ids
    env.cr.execute("CREATE TABLE bench_floor (LIKE ntue_audit INCLUDING ALL)")
    results = io.StringIO()
    env.cr.copy_expert(f"COPY ntue_audit ({columns}) TO STDOUT", results)
    results.seek(0)
    gc.collect()
    started = time.perf_counter()
    for query, parameters in (
        (STUDENTS, ()),
        (TERMS, ()),
        (audit_adapter._ENROLMENTS, {"today": taipei_today(), "students": ids}),
        (audit_adapter._DECISIONS, (ids,)),
    ):
        env.cr.execute(query, parameters)
        env.cr.fetchall()
    env.cr.copy_expert(f"COPY bench_floor ({columns}) FROM STDIN", results)
    env.cr.commit()
    seconds = time.perf_counter() - started
    env.cr.execute("DROP TABLE bench_floor")
    env.cr.commit()
    return seconds


def main(database):
    """Fill the database and print the row."""
    with environment(database) as env:
        cohort_data.build(env)
        before = peak()
        first = audited(env)
        most = peak()
        rounds = [(audited(env), floor(env)) for _ in range(ROUNDS)]
        seconds, least = (min(column) for column in zip(*rounds, strict=True))
        assert env["ntue.audit"].search_count([("is_stale", "=", False)]) == cohort_data.STUDENTS
    what = f"cohort: {cohort_data.STUDENTS:,} students x {cohort_data.ENROLMENTS} enrolments"
    figure = f"{seconds:.1f} s, peak {most:.0f} MB"
    row(f"{what}, audited and stored", figure, f"<= {BAR:g}", f"{seconds / least:.2f}")
    row("  the first time, when no audit is stored yet", f"{first:.1f} s")
    row("  floor: the rows read, the results written with COPY", f"{least:.2f} s")
    row("  memory before the first audit", f"{before:.0f} MB")


if __name__ == "__main__":
    main(sys.argv[1])
