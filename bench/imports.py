"""The files of a university imported, against the same rows sent by COPY into bare tables.

The floor copies the rows that the import has made into empty tables with the same columns and
indexes. Memory is that of the process beyond what it had before the import, with the registry
loaded as an idle server has it. The second run finds everything as it is.
"""

import gc
import io
import sys
import tempfile
import time
from pathlib import Path

import imports_data
from odoo_env import environment
from rows import row

BAR, AGAIN, MEMORY = 8.0, 0.25, 400

TABLES = ("ntue_student", "ntue_student_term", "ntue_enrollment")

FOREIGN_KEYS = """
    SELECT pg_get_constraintdef(oid) FROM pg_constraint
     WHERE contype = 'f' AND conrelid = %s::regclass ORDER BY oid
"""


def memory(name):
    """A figure of this process in MB: ``VmRSS`` now, ``VmHWM`` the most there was."""
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith(name):
            return int(line.split()[1]) / 1024
    raise ValueError(name)


def imported(env, folder):
    """Seconds that an import of the folder takes until it is committed, and its report."""
    from odoo.addons.ntue_curriculum.cli.ntue_import import import_folder

    gc.collect()
    started = time.perf_counter()
    report = import_folder(env, folder, False, None, lambda _line: None)
    env.cr.commit()
    assert report.ok, [str(problem.message) for problem in report.problems][:5]
    return time.perf_counter() - started, report


def floor(env, *, keys=False):
    """Seconds to COPY the same rows into bare tables with the same indexes.

    ``keys``: with the same foreign keys besides, of which an enrolment has six.
    """
    seconds = 0
    for table in TABLES:
        env.cr.execute(f"CREATE TABLE bench_floor (LIKE {table} INCLUDING ALL)")
        env.cr.execute(FOREIGN_KEYS, [table])
        for number, (key,) in enumerate(env.cr.fetchall() if keys else ()):
            env.cr.execute(f"ALTER TABLE bench_floor ADD CONSTRAINT bench_{number} {key}")
        env.cr.commit()
        rows = io.StringIO()
        env.cr.copy_expert(f"COPY {table} TO STDOUT", rows)
        rows.seek(0)
        started = time.perf_counter()
        env.cr.copy_expert("COPY bench_floor FROM STDIN", rows)
        env.cr.commit()
        seconds += time.perf_counter() - started
        env.cr.execute("DROP TABLE bench_floor")
        env.cr.commit()
    return seconds


def main(database, students):
    """Import into the empty database, import again, and print the rows."""
    with tempfile.TemporaryDirectory() as name, environment(database) as env:
        folder = Path(name)
        count = imports_data.write(folder, students)
        idle = memory("VmRSS")
        first, _report = imported(env, folder)
        most = memory("VmHWM") - idle
        again, report = imported(env, folder)
        changed = sum(found.created + found.updated for found in report.counts.values())
        assert not changed, report.counts
        least, checked = floor(env), floor(env, keys=True)
    what = f"import: {students:,} students x {imports_data.ENROLMENTS} enrolments"
    figure = f"{first:.1f} s, {count / first:,.0f} rows/s"
    row(what, figure, f"<= {BAR:g}", f"{first / least:.2f}")
    row("  floor: the same rows with COPY", f"{least:.2f} s, {count / least:,.0f} rows/s")
    figure = f"{checked:.2f} s, {count / checked:,.0f} rows/s"
    row("  the same with the foreign keys of the tables", figure, "", f"{first / checked:.2f}")
    row("  again, changes nothing", f"{again:.1f} s", f"<= {AGAIN:g}", f"{again / first:.2f}")
    row("  memory above the idle server's", f"{most:.0f} MB", f"<= {MEMORY} MB")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
