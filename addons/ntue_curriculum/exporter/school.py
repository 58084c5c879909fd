"""The plain data of the school as rows of their files: ``rows(export)``, each a dict by column."""

from ..importer.writing.known import (
    area_row,
    counting_row,
    in_order,
    line_row,
    milestone_row,
    rule_row,
    source_row,
)
from ..languages import as_kept


def terms(export):
    for term in export.env["ntue.term"].search([], order="number"):
        yield {"code": term.code, "date_start": term.date_start, "date_end": term.date_end}


def departments(export):
    for row in export.env["ntue.department"].search(export.reach.departments(), order="code"):
        yield {
            "code": row.code,
            "name": row.name,
            "english_name": row.english_name,
            "phone": row.phone,
            "email": row.email,
            "assistants": sorted(row.assistant_ids.mapped("login")),
            "counter": as_kept(row).counter,
            "english_counter": row.with_context(lang="en_US").counter,
        }


PROGRAM = (
    "code",
    "name",
    "english_name",
    "division",
    "kind",
    "degree",
    "pass_mark",
    "min_enrolled_terms",
    "normal_terms",
    "max_years",
    "deferral_year",
    "shortfall_policy",
    "average_counts",
    "average_decimals",
)


def programs(export):
    domain = export.reach.departments("department_id.")
    for row in export.env["ntue.program"].search(domain, order="code"):
        yield {name: row[name] for name in PROGRAM} | {"department": row.department_id.code}


def courses(export):
    for row in export.env["ntue.course"].search([], order="code"):
        yield {"code": row.code, "name": row.name, "in_average": row.in_average}


def _published(export):
    """The frameworks that hold: a file knows no drafts, and what was replaced is history."""
    domain = export.reach.departments("program_id.department_id.") & export.published
    return export.env["ntue.curriculum"].search(domain, order="code")


def frameworks(export):
    for row in _published(export):
        yield {
            "code": row.code,
            "program": row.program_id.code,
            "entry_year": row.entry_year,
            "class_name": row.class_name,
            "graduation_credits": row.graduation_credits,
            "kind": row.kind,
            "max_shared": row.max_shared if row.has_max_shared else None,
            "min_exclusive": row.min_exclusive,
            "needed_to_graduate": row.needed_to_graduate,
            "blocks": ";".join(sorted(row.block_ids.mapped("code"))),
        }


def _parts(field, row_of):
    def rows(export):
        for curriculum in _published(export):
            for part in in_order(curriculum[field]):
                yield row_of(part)._asdict()

    return rows


framework_areas = _parts("area_ids", area_row)
framework_courses = _parts("line_ids", line_row)
flexible_rules = _parts("flexible_rule_ids", rule_row)
counting_rules = _parts("counting_rule_ids", counting_row)
framework_milestones = _parts("milestone_ids", milestone_row)
framework_sources = _parts("source_ids", source_row)


def course_equivalents(export):
    for course in export.env["ntue.course"].search([("equivalent_ids", "!=", False)], order="code"):
        for equivalent in course.equivalent_ids.sorted("code"):
            yield {"course": course.code, "equivalent": equivalent.code}
