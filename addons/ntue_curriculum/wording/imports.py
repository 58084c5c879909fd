"""What an import found and did, for people and programs: the same in every way in."""

from dataclasses import asdict

from ..importer.marked import MOST_ROWS, Words, marked_workbook


def exit_code(report):
    """0: imported; 1: nothing was, an error is to be corrected; 3: all but some students."""
    if not report.ok:
        return 1
    return 3 if report.left_out else 0


def outcome_of(env, report, *, masked=False):
    """What became of the files, as values of JSON; sentences in the language of ``env``.

    ``masked``: without any value of the files, so that it may be kept and read by those who may
    not read the files.
    """
    return {
        "exit_code": exit_code(report),
        "dry_run": report.dry_run,
        "nothing_changes": report.changes_nothing,
        "counts": {file: asdict(counts) for file, counts in report.counts.items()},
        "missing": report.missing,
        "errors": report.errors,
        "warnings": report.warnings,
        "repairs": [_repair(env, one, masked=masked) for one in report.repairs],
        "left_out": len(report.left_out) if masked else list(report.left_out),
    }


def findings_of(env, report):
    """``outcome_of`` with every finding that was kept, one by one."""
    text = env["ntue.importer"]._import_text
    problems = [
        {
            "severity": problem.severity.value,
            "file": problem.file,
            "row": problem.row,
            "column": problem.column,
            "message": text(problem.message),
        }
        for problem in report.problems
    ]
    return {**outcome_of(env, report), "problems": problems, **report.preview}


def _repair(env, repair, *, masked):
    text = env["ntue.importer"]._import_text
    told = {
        "severity": repair.severity.value,
        "message": text(repair.masked if masked else repair.message),
        "count": repair.count,
        "columns": repair.columns,
    }
    if masked:
        return told
    cases = [
        {
            "message": text(case.message),
            "count": case.count,
            "places": [place._asdict() for place in case.places],
        }
        for case in repair.frequent
    ]
    return {**told, "cases": cases, "more": repair.more}


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
    return marked_workbook(env["ntue.importer"]._file_specs(), contents, found, words)
