"""What an import found and did, for people and programs: the same in every way in."""

from dataclasses import asdict

from ..importer.mapped import with_titles
from ..importer.marked import MOST_ROWS, Words, marked_workbook
from ..importer.repairs import Place, columns_of


def exit_code(report):
    """0: imported; 1: nothing was, an error is to be corrected; 3: all but some students."""
    if not report.ok:
        return 1
    return 3 if report.left_out else 0


def outcome_of(env, report):
    """What became of the files, as values of JSON; sentences in the language of ``env``."""
    return told_to(env, _whole_outcome(env, report))


def masked_outcome_of(env, report):
    """The same without any value of the files, neither names of files nor headers as typed.

    It is kept for good and read by those who may not read the files.
    """
    counts = {report.told_name(file): asdict(one) for file, one in report.counts.items()}
    headers = {
        (spec.name, column.header)
        for spec in env["ntue.importer"]._file_specs()
        for column in spec.columns
    }
    return {
        **_figures_of(report),
        "counts": counts,
        "repairs": [_masked_repair(env, report, one, headers) for one in report.repairs],
        "left_out": len(report.left_out),
    }


def findings_of(env, report):
    """``outcome_of`` with every finding that was kept, one by one."""
    return told_to(env, whole_findings_of(env, report))


def whole_findings_of(env, report):
    """What is kept of an import until its time is over: ``told_to`` says what is shown of it."""
    problems = [
        {
            "severity": problem.severity.value,
            "file": problem.file,
            "row": problem.row,
            "column": problem.column,
            **_said(env, problem.message),
        }
        for problem in report.problems
    ]
    found = {"problems": problems, "mapped": report.mapped, **report.preview}
    return {**_whole_outcome(env, report), **found}


def told_to(env, found):
    """Of ``whole_findings_of`` what ``env.user`` may read.

    What the database has of a student, and no file said, is for those who may read her record.
    """
    repairs = found.get("repairs", ())
    said = [*found.get("problems", ()), *repairs]
    said += [case for repair in repairs for case in repair["cases"]]
    numbers = {number for one in said for number in one.get("students", ())}
    students = env["ntue.student"].with_context(active_test=False)
    mine = students.search([("student_no", "in", list(numbers))]) if numbers else students
    readable = set(mine.mapped("student_no"))

    def told(one):
        rest = {name: value for name, value in one.items() if name not in ("students", "whole")}
        if readable.issuperset(one.get("students", ())) and "whole" in one:
            return {**rest, "message": one["whole"]}
        return rest

    return {
        **found,
        "repairs": [
            {**told(one), "cases": [told(case) for case in one["cases"]]} for one in repairs
        ],
        **({"problems": [told(one) for one in found["problems"]]} if "problems" in found else {}),
    }


def _figures_of(report):
    return {
        "exit_code": exit_code(report),
        "dry_run": report.dry_run,
        "nothing_changes": report.changes_nothing,
        "missing": report.missing,
        "errors": report.errors,
        "warnings": report.warnings,
    }


def _whole_outcome(env, report):
    return {
        **_figures_of(report),
        "counts": {file: asdict(counts) for file, counts in report.counts.items()},
        "repairs": [_repair(env, one) for one in report.repairs],
        "left_out": list(report.left_out),
    }


def _said(env, message):
    """A sentence without what the database has of students, and beside it the whole one."""
    text = env["ntue.importer"]._import_text
    if not (students := message.students):
        return {"message": text(message)}
    return {"message": text(message.discreet), "whole": text(message), "students": students}


def _repair(env, repair):
    cases = [
        {
            **_said(env, case.message),
            "count": case.count,
            "places": [place._asdict() for place in case.places],
        }
        for case in repair.frequent
    ]
    return {
        "severity": repair.severity.value,
        **_said(env, repair.message),
        "count": repair.count,
        "columns": repair.columns,
        "cases": cases,
        "more": repair.more,
    }


def _masked_repair(env, report, repair, headers):
    places = [
        Place(
            report.told_name(place.file),
            None,
            place.column if (report.tables.get(place.file), place.column) in headers else "",
        )
        for place in repair.places
    ]
    return {
        "severity": repair.severity.value,
        "message": env["ntue.importer"]._import_text(repair.masked),
        "count": repair.count,
        "columns": columns_of(places),
    }


def summary_of(env, report):
    """What became of the files, a sentence each."""
    importer = env["ntue.importer"]
    sentences = importer._import_summary(report)
    if report.ok and report.changes_nothing:
        said = env._("Nothing changes: everything is as the files have it.")
        sentences = [said, *sentences]
    return sentences


def findings_book(env, contents, found):
    """The uploaded files with what was found in them, as the content of an xlsx file."""
    _ = env._
    words = Words(
        findings=_("Findings of the import"),
        row=_("Row"),
        summary=_("What to mend"),
        headings=(_("Kind"), _("Number"), _("What is wrong and what to do"), _("Where")),
        weights={"error": _("Error"), "warning": _("Warning"), "note": _("Note")},
        shortened=_("Of more than %s rows only those with a finding are here.", MOST_ROWS),
    )
    titles = {(table, title): name for table, title, name in found.get("mapped", ())}
    specs = with_titles(env["ntue.importer"]._file_specs(), titles)
    return marked_workbook(specs, contents, found, words)
