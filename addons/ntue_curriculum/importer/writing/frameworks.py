"""Writing step of the importer: curriculum frameworks, published at once (docs/readings.md F5)."""

from contextlib import contextmanager

from odoo.exceptions import UserError

from ...counting import SOURCES
from ...languages import as_kept
from ...selecting import SELECTING, selector_words
from ..problems import Message, _
from ..rules_milestones import SELECTING as WAY_SELECTING
from .run import number


def write_frameworks(run):
    """Publish what is new, revise what changed, and leave alone what did not.

    What is revised has its draft before anything is published: a shared block that changes in the
    same files comes into the drafts of the frameworks that have it, so that each of them is revised
    once (A54). So are those for whose courses other ones stand now.
    """
    plans = [plan for plan in run.plans.values() if plan.changes or (plan.reordered and run.reason)]
    drafts = {plan.code: _begin(run, plan) for plan in plans if plan.stored}
    behind = _revised_for_equivalents(run)
    for are_blocks in (True, False):  # others have the parts of blocks, as they will be then
        for plan in plans:
            if _is_block(plan) is are_blocks:
                _bring(run, plan, drafts.get(plan.code))
        for draft in behind:
            if (draft.kind == "block") is are_blocks:
                _publish(draft)
    for plan in run.plans.values():
        _count(run, plan)


def _is_block(plan):
    header = plan.header.row if plan.header else plan.stored.header
    return header.kind == "block"


@contextmanager
def _telling(run, plan):
    """What forbids what is done inside is an error of one of the rows of the framework."""
    try:
        yield
    except UserError as error:
        name, row = _row_that_changes(plan)
        spec = run.context.tables[name].spec
        message = Message("%(code)s: %(error)s", {"code": plan.code, "error": error.args[0]})
        run.report.error(run.file(name), message, row.number, spec.header(spec.key[0]))


def _row_that_changes(plan):
    """The file and the row to name where a framework cannot be brought to what the plan says."""
    if plan.header:
        return "frameworks", plan.header.row
    if plan.changes:
        name, entry = plan.changes[0]
        return name, entry.row
    return "framework_areas", plan.reordered


def _begin(run, plan):
    """The draft of the revision of a published framework; None where one is refused."""
    curricula = run.env["ntue.curriculum"]
    with _telling(run, plan):
        published = curricula.search([("code", "=", plan.code), ("state", "=", "published")])
        return published._start_revision(run.reason)
    return None


def _bring(run, plan, draft):
    """Bring a framework to what the plan says. ``draft``: of its revision, if it is one.

    What is doubtful only is published and kept with it (F18).
    """
    if plan.stored and not draft:
        return  # why there is none is told
    with _telling(run, plan):
        draft = _with_header(run, plan, draft)
        if not _says_what_blocks_say(run, plan, draft):
            _write_parts(run, plan, draft)
            _publish(draft)


def _publish(draft):
    draft._publish(reason=as_kept(draft).env._("Imported as the file has it."))


def _says_what_blocks_say(run, plan, draft):
    """Whether rows are about what the draft has of a shared block (A54); each is an error."""
    areas = set(draft.area_ids.filtered("block_id").mapped("code"))
    marked = _stored_parts(draft, of_blocks=True)
    found = [
        (name, entry.row)
        for name, entry in plan.from_files
        if name in ONCE
        if {getattr(entry.row, "area", ""), getattr(entry.row, "parent", "")} & areas
        or MODELS[name][1](entry.row) in marked[name]
    ]
    for name, row in found:
        table = run.context.tables[name]
        message = _(
            "This is of a shared block of framework %(code)s (%(blocks)s): write it there.",
            code=plan.code,
            blocks=", ".join(draft.block_ids.mapped("code")),
        )
        run.context.error(table, row, table.spec.key[1], message)
    return bool(found)


def _with_header(run, plan, draft):
    """The draft to write into, with what the file says of the framework itself."""
    header = plan.header.row if plan.header else None
    values = header and {
        "code": plan.code,
        "program_id": run.ids("ntue.program", [header.program])[header.program],
        "entry_year": header.entry_year,
        "class_name": header.class_name,
        "graduation_credits": number(header.graduation_credits),
        "kind": header.kind,
        "has_max_shared": header.max_shared is not None,
        "max_shared": number(header.max_shared),
        "min_exclusive": number(header.min_exclusive),
        "needed_to_graduate": header.needed_to_graduate,
        "block_ids": [(6, 0, _blocks(run, header.blocks))],
    }
    if not draft:
        return run.env["ntue.curriculum"].create(values)
    if values:
        run.upsert("ntue.curriculum", [(plan.code, values)], {plan.code: draft})
    return draft


def _blocks(run, codes):
    """Ids of the shared blocks of these codes, as they are published."""
    domain = [("code", "in", selector_words(codes)), ("state", "=", "published")]
    return run.env["ntue.curriculum"].search(domain).ids


def _write_parts(run, plan, draft):
    """Bring the parts of ``draft`` to what the plan says, in its order."""
    stored = _stored_parts(draft)
    areas = stored["framework_areas"]
    for created in _upsert_part(run, plan, "framework_areas", draft, areas, _area_values):
        areas[created.code] = created
    for row in plan.areas():
        parent = areas[row.parent] if row.parent else run.env["ntue.curriculum.area"]
        if areas[row.area].parent_id != parent:
            areas[row.area].parent_id = parent
    ids = run.ids("ntue.course", [row.course for row in plan.lines()])

    def within(row):
        return areas[row.area].id if row.area else False

    for name, values_of in (
        ("framework_courses", lambda row: _line_values(row, within(row), ids[row.course])),
        ("flexible_rules", _rule_values),
        ("counting_rules", lambda row: _counting_values(row, within(row))),
        ("framework_milestones", _way_values),
        ("framework_sources", _source_values),
    ):
        _upsert_part(run, plan, name, draft, stored[name], values_of)


def _stored_parts(draft, *, of_blocks=False):
    """The draft's own parts by file and key of a row, or those that it has of shared blocks."""
    return {
        name: {key_of(part): part for part in draft[field] if bool(part.block_id) == of_blocks}
        for name, (field, key_of) in STORED.items()
    }


STORED = {
    "framework_areas": ("area_ids", lambda part: part.code),
    "framework_courses": (
        "line_ids",
        lambda part: (part.area_id.code or "", part.course_id.code),
    ),
    "flexible_rules": ("flexible_rule_ids", lambda part: (part.origin, part.unit)),
    "counting_rules": ("counting_rule_ids", lambda part: part.code),
    "framework_milestones": ("milestone_ids", lambda part: (part.code, part.way)),
    "framework_sources": ("source_ids", lambda part: (part.about or "", part.title)),
}
"""Field and key of what a framework has of each file; the key is that of ``MODELS``."""

ONCE = frozenset(STORED) - {"framework_sources"}
"""Files of whose rows a framework has one of each key."""

MODELS = {
    "framework_areas": ("ntue.curriculum.area", lambda row: row.area),
    "framework_courses": ("ntue.curriculum.line", lambda row: (row.area, row.course)),
    "flexible_rules": ("ntue.flexible.rule", lambda row: (row.origin, row.unit)),
    "counting_rules": ("ntue.counting.rule", lambda row: row.code),
    "framework_milestones": ("ntue.curriculum.milestone", lambda row: (row.code, row.way)),
    "framework_sources": ("ntue.curriculum.source", lambda row: (row.about, row.title)),
}


def _upsert_part(run, plan, name, draft, stored, values_of):
    model, key_of = MODELS[name]
    rows = [entry.row for entry in plan.parts[name]]
    wanted = [
        (
            key_of(row),
            {**values_of(row), "curriculum_id": draft.id, "sequence": place},
        )
        for place, row in enumerate(rows, start=1)
    ]
    return run.upsert(model, wanted, stored)


def _area_values(row):
    return {
        "code": row.area,
        "name": row.name,
        "min_credits": number(row.min_credits),
        "min_courses": int(row.min_courses),
        "min_children": int(row.min_children),
        "max_children": int(row.max_children),
        "waivers_lower": row.waivers_lower,
        "has_cap": row.max_credits is not None,
        "max_credits": number(row.max_credits),
        "has_floor": row.min_score is not None,
        "min_score": number(row.min_score),
        **{name: getattr(row, name) or False for name in SELECTING},
        "student_kinds": row.student_kinds or False,
        "entry_years": row.entry_years or False,
        "departments": row.departments or False,
    }


def _line_values(row, area_id, course_id):
    return {
        "area_id": area_id,
        "course_id": course_id,
        "name": row.name,
        "credits": number(row.credits),
        "requirement": row.requirement,
        "planned_year": int(row.planned_year),
        "planned_term": row.planned_term,
        "counts_in_total": row.counts_in_total,
        "shareable": row.shareable,
        "repeats": int(row.repeats),
    }


def _rule_values(row):
    return {
        "origin": row.origin,
        "unit": row.unit,
        "has_limit": row.limit is not None,
        "limit": number(row.limit),
        "prior_approval": row.prior_approval,
        "exempt": row.exempt,
    }


def _counting_values(row, area_id):
    return {
        "code": row.code,
        "name": row.name,
        "kind": row.kind,
        "courses": row.courses or False,
        "area_id": area_id,
        "per": row.per,
        "min_credits": number(row.min_credits),
        "min_courses": int(row.min_courses),
        "has_cap": row.max_credits is not None,
        "max_credits": number(row.max_credits),
        "has_course_cap": row.max_courses is not None,
        "max_courses": int(row.max_courses or 0),
        "max_share": number(row.max_share),
        "has_floor": row.min_score is not None,
        "min_score": number(row.min_score),
        **{name: getattr(row, name) or False for name in SELECTING},
        **{name: getattr(row, name) for name in SOURCES},
    }


def _way_values(row):
    return {
        "code": row.code,
        "name": row.name,
        "way": row.way,
        "measure": row.measure,
        "amount": number(row.amount),
        "min_credits": number(row.min_credits),
        "student_kinds": row.student_kinds or False,
        **{name: getattr(row, name) or False for name in WAY_SELECTING},
    }


def _source_values(row):
    return {
        "about": row.about or False,
        "title": row.title,
        "link": row.link or False,
        "approved_on": row.approved_on or False,
        "verified_on": row.verified_on or False,
    }


def _behind(run):
    """The published frameworks for whose courses other ones stand now than then (F3).

    As ``(frameworks with the codes of these courses, what stands for which now)``.
    """
    published = run.env["ntue.curriculum"].search([("state", "=", "published")])
    now = published._standing_now()
    return {row: codes for row in published if (codes := row._codes_standing_otherwise(now))}, now


def _revised_for_equivalents(run):
    """Drafts of revisions of the frameworks for whose courses other ones stand now (F3, F5).

    Without those that are being edited, by people or by this run, which follow the courses.
    """
    if not (run.reason and run.rows("course_equivalents")):
        return []
    frameworks, _now = _behind(run)
    return [row._start_revision(run.reason) for row in frameworks if not row._open_draft()]


def tell_of_equivalents(run):
    """Warn of equivalents that published frameworks do not have (F3, F5).

    They keep what they were published with unless the run says why they are revised.
    """
    rows = run.rows("course_equivalents")
    if not rows:
        return
    behind, now = _behind(run)
    for row in rows:
        left = [
            curriculum.code
            for curriculum, codes in behind.items()
            if any(row.course in (code, *now.get(code, ())) for code in codes)
        ]
        if left:
            run.warn(
                "course_equivalents",
                row,
                "equivalent",
                _(
                    "Published frameworks keep the equivalents they were published with: "
                    "%(codes)s. To take this row over, give a reason for the revision, and "
                    "publish or delete their drafts first.",
                    codes=", ".join(left),
                ),
            )


def _count(run, plan):
    """Tell what became of each row of the files."""
    for name, entry in plan.from_files:
        counts = run.counts(name)
        setattr(counts, entry.change, getattr(counts, entry.change) + 1)
