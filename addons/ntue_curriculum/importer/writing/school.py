"""Writing steps of the importer: terms, departments, programs and courses."""

from odoo.fields import Command

from ...languages import as_kept
from ...models.school.program import DEFERRAL_YEAR, SUMMERS
from .run import number

ENGLISH = "en_US"


def write_terms(run):
    rows = run.rows("terms")
    stored = records_by(run, "ntue.term", [row.code for row in rows])
    wanted = (
        (
            row.code,
            {"code": row.code, "date_start": row.date_start, "date_end": row.date_end},
        )
        for row in rows
    )
    counts, absent = rows and run.counts("terms"), run.absent("terms")
    run.upsert("ntue.term", wanted, stored, counts, absent)


def write_departments(run):
    rows = run.rows("departments")
    stored = records_by(run, "ntue.department", [row.code for row in rows])
    wanted = ((row.code, _department_values(run, row, stored.get(row.code))) for row in rows)
    counts, absent = rows and run.counts("departments"), run.absent("departments")
    run.upsert("ntue.department", wanted, stored, counts, absent)
    _write_counters(run, rows)


def _write_counters(run, rows):
    """Where papers are handed in, in the language of the papers and in English."""
    departments = records_by(run, "ntue.department", [row.code for row in rows])
    for column, language in (
        ("counter", as_kept(run.env["ntue.department"]).env.lang),
        ("english_counter", ENGLISH),
    ):
        said = {row.code: value for row in rows if (value := getattr(row, column))}
        stored = {code: departments[code].with_context(lang=language) for code in said}
        wanted = [(code, {"counter": value}) for code, value in said.items()]
        run.upsert("ntue.department", wanted, stored)


def _department_values(run, row, stored):
    values = {
        "code": row.code,
        "name": row.name,
        "english_name": row.english_name,
        "phone": row.phone,
        "email": row.email,
    }
    users = [run.context.stored("users", (login,)) for login in row.assistants]
    found = [user for user in users if user]
    # A file that names none, or none that exists, takes nobody's desk away.
    if found:
        closed = stored and stored.assistant_ids.filtered(lambda user: not user.active)
        values["assistant_ids"] = [Command.set([*found, *(closed.ids if closed else ())])]
    return values


def write_programs(run):
    rows = run.rows("programs")
    departments = run.ids("ntue.department", [row.department for row in rows])
    stored = records_by(run, "ntue.program", [row.code for row in rows])
    wanted = ((row.code, _program_values(row, departments)) for row in rows)
    counts, absent = rows and run.counts("programs"), run.absent("programs")
    run.upsert("ntue.program", wanted, stored, counts, absent)


def _program_values(row, departments):
    """Values of a program; what the file leaves out is the notice's own rule (9, 192)."""
    later = SUMMERS if row.kind == "summer" else DEFERRAL_YEAR
    usual = {
        "min_enrolled_terms": 2,
        "normal_terms": 8 if row.degree == "bachelor" else 4,
        "max_years": 0,
        "deferral_year": later,
    }
    given = {name: getattr(row, name) for name in usual}
    return {
        "code": row.code,
        "name": row.name,
        "english_name": row.english_name,
        "department_id": departments[row.department],
        "division": row.division,
        "kind": row.kind,
        "degree": row.degree,
        "pass_mark": number(row.pass_mark),
        **{name: usual[name] if value is None else int(value) for name, value in given.items()},
        # What an empty cell takes away from no program.
        **{
            name: value
            for name in ("shortfall_policy", "average_counts")
            if (value := getattr(row, name))
        },
        **({} if row.average_decimals is None else {"average_decimals": int(row.average_decimals)}),
    }


def write_courses_file(run):
    """What the school says of courses themselves; an empty cell takes nothing away."""
    rows = run.rows("courses")
    stored, wanted = records_by(run, "ntue.course", [row.code for row in rows]), []
    for row in rows:
        values = {"code": row.code}
        if row.name or row.code not in stored:
            values["name"] = row.name or row.code
        if row.in_average is not None:
            values["in_average"] = row.in_average
        wanted.append((row.code, values))
    counts, absent = rows and run.counts("courses"), run.absent("courses")
    run.upsert("ntue.course", wanted, stored, counts, absent - {"name"})


def write_courses(run):
    """Make the courses that frameworks and enrolments name for the first time (F4).

    One that only an equivalence names has its code for a name until it appears (F31).
    """
    names = {}
    for file in ("framework_courses", "enrollments"):
        table = run.context.tables.get(file)
        for block in table.rows.blocks() if table else ():
            for code, name in dict.fromkeys(block.keys(("course", "name"))):
                names.setdefault(code, name)
    for row in run.rows("course_equivalents"):
        names.setdefault(row.equivalent, row.equivalent)
    stored = records_by(run, "ntue.course", names)
    for code, course in stored.items():
        if course.name == code != names[code]:
            course.write({"name": names[code]})
    run.upsert(
        "ntue.course",
        (
            (code, {"code": code, "name": name})
            for code, name in names.items()
            if code not in stored
        ),
        {},
    )


def write_course_equivalents(run):
    rows = run.rows("course_equivalents")
    if not rows:
        return
    counts = run.counts("course_equivalents")
    ids = run.ids("ntue.course", {code for row in rows for code in (row.course, row.equivalent)})
    for row in rows:
        course = run.env["ntue.course"].browse(ids[row.course])
        if ids[row.equivalent] in course.equivalent_ids.ids:
            counts.unchanged += 1
        else:
            course.write({"equivalent_ids": [Command.link(ids[row.equivalent])]})
            counts.created += 1


def records_by(run, model, values, field="code"):
    """Records of ``model`` by code."""
    records = run.env[model].search([(field, "in", list(values))])
    return {record[field]: record for record in records}
