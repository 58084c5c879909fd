"""Damaged sets of import files: only findings, within a time and a memory."""

import json
import resource
import subprocess
import sys
from contextlib import suppress
from time import perf_counter

from rows_kept import Rows

SECONDS, MEGABYTES = 5, 150
"""Bars of one set, and of what a process grows by over all of its sets."""


def look(database, first, number):
    """Read and check the sets ``first`` … and print what they came to, as JSON."""
    from odoo_env import environment

    with environment(database) as env:
        from odoo.addons.ntue_curriculum.importer.problems import Report
        from odoo.addons.ntue_curriculum.importer.reading import read_files
        from odoo.addons.ntue_curriculum.importer.writing.known import (
            DatabaseKnown,
        )
        from odoo.addons.ntue_curriculum.tests import damage
        from odoo.addons.ntue_curriculum.tests.test_bounded_files import (
            workbook_of,
        )
        from odoo.addons.ntue_curriculum.tests.test_import_base import FILES

        specs = env["ntue.importer"]._file_specs()
        fallen, slow, longest, files, findings = [], [], 0.0, 0, 0
        start = 0
        for seed in range(first, first + number):
            contents = damage.damaged(damage.chance(seed), FILES, workbook_of)
            files += len(contents)
            report, began = Report(), perf_counter()
            try:
                read_files(specs, contents, DatabaseKnown(env), report, "Reason")
                findings += len(list(map(str, report.problems)))
            except Exception as error:  # anything at all is what is looked for
                fallen.append(f"set {seed}: {type(error).__name__}: {error}")
            took = perf_counter() - began
            longest = max(longest, took)
            if took > SECONDS:
                slow.append(seed)
            if seed == first + 20:
                start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - start
        env.cr.rollback()
    print("===", json.dumps(
        {"fallen": fallen, "slow": slow, "longest": longest, "files": files,
         "findings": findings, "grown": grown / 1024}
    ))  # fmt: skip


def main(database, number, workers):
    number, workers = int(number), int(workers)
    each = -(-number // workers)
    began = perf_counter()
    running = [
        subprocess.Popen(
            [sys.executable, __file__, "look", database, str(place * each), str(each)],
            stdout=subprocess.PIPE,
            text=True,
        )
        for place in range(workers)
    ]
    came = []
    for process in running:
        output, _ = process.communicate()
        with suppress(StopIteration):
            line = next(line for line in output.splitlines() if line.startswith("==="))
            came.append(json.loads(line.removeprefix("===")))
    assert len(came) == workers, "a process ended early"
    rows = Rows()
    fallen = [line for one in came for line in one["fallen"]]
    for line in fallen[:20]:
        print(f"  {line}")
    rows.say("damaged sets of files", f"{each * workers} in {perf_counter() - began:.0f} s")
    rows.say("  files and findings", f"{sum(one['files'] for one in came)}, "
             f"{sum(one['findings'] for one in came)}")  # fmt: skip
    rows.at_most("  sets that an import falls over", len(fallen), 0)
    longest = max(one["longest"] for one in came)
    rows.at_most("  the longest set", round(longest, 2), SECONDS, "s", f"{longest / SECONDS:.2f}")
    grown = max(one["grown"] for one in came)
    rows.at_most("  memory", round(grown), MEGABYTES, "MB", f"{grown / MEGABYTES:.2f}")
    rows.end()


if __name__ == "__main__":
    if sys.argv[1] == "look":
        look(sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
    else:
        main(*sys.argv[1:])
