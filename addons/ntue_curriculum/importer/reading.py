"""All files of one run, read and checked: what the writing starts from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from .context import Context, Known, check
from .frameworks import Plan, check_plans
from .leaving_out import without_faulty_students
from .problems import Report, _
from .rows import read_table
from .sources import sort_files
from .spec import FileSpec
from .stages import Progress, rows_checked, rows_read


@dataclass
class ReadFiles:
    """The files of a run without a fault (when the report is ``ok``), ready to be written."""

    context: Context
    plans: dict[str, Plan]


def read_files(
    specs: Iterable[FileSpec],
    contents: Mapping[str, bytes],
    known: Known,
    report: Report,
    revision_reason: str | None = None,
    progress: Progress = lambda _message: None,
    *,
    leave_out: bool = False,
) -> ReadFiles:
    """Read and check every file of ``contents``; each fault in each of them is reported.

    ``leave_out``: students with a wrong row are left out instead of refusing all (F29).
    """
    specs = tuple(specs)
    files = sort_files(contents, (spec.name for spec in specs), report)
    tables = {}
    for spec in specs:
        if spec.name in files:
            source = files[spec.name]
            report.tables[source.name] = spec.name
            table = read_table(spec, source, contents[source.file], report)
            tables[spec.name] = table
            progress(rows_read(table.file, len(table.rows)))
    if not files and report.ok:
        report.error("", _("None of the files has a name that is expected, as students.csv."))
    context = Context(specs, tables, known, report)
    check(context)
    if leave_out and tables:
        context = without_faulty_students(context)
    for table in tables.values():
        progress(rows_checked(table.file, len(table.rows)))
    return ReadFiles(context, check_plans(context, revision_reason))
