"""Writing step of the importer: curriculum frameworks, published at once (docs/readings.md F5)."""

from odoo.exceptions import UserError

from ...counting import SOURCES
from ...languages import as_kept
from ...selecting import SELECTING, selector_words
from ..problems import Message, _
from ..rules_milestones import SELECTING as WAY_SELECTING
from .run import number


def write_frameworks(run):
    """Publish what is new, revise what changed, and leave alone what did not."""
    blocks_first = sorted(run.plans.values(), key=lambda plan: not _is_block(plan))
    for plan in blocks_first:
        is_changed = plan.changes or (plan.reordered and run.reason)
        if is_changed:
            draft = _draft_of(run, plan)
            _write_parts(run, plan, draft)
            _publish(run, plan, draft)
        _count(run, plan)


def _is_block(plan):
    """Others have its parts, as they will be then."""
    header = plan.header.row if plan.header else plan.stored.header
    return header.kind == "block"


def _draft_of(run, plan):
    """A draft to write into: a new framework, or a revision of the published one."""
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
    curricula = run.env["ntue.curriculum"]
    if not plan.stored:
        return curricula.create(values)
    published = curricula.search([("code", "=", plan.code), ("state", "=", "published")])
    draft = published._start_revision(run.reason)
    if values:
        run.upsert("ntue.curriculum", [(plan.code, values)], {plan.code: draft})
    return draft


def _blocks(run, codes):
    """Ids of the shared blocks of these codes, as they are published."""
    domain = [("code", "in", selector_words(codes)), ("state", "=", "published")]
    return run.env["ntue.curriculum"].search(domain).ids


def _write_parts(run, plan, draft):
    """Bring the parts of ``draft`` to what the plan says, in its order."""
    areas = {area.code: area for area in own(draft.area_ids)}
    for created in _upsert_part(run, plan, "framework_areas", draft, areas, _area_values):
        areas[created.code] = created
    for row in plan.areas():
        parent = areas[row.parent] if row.parent else run.env["ntue.curriculum.area"]
        if areas[row.area].parent_id != parent:
            areas[row.area].parent_id = parent
    ids = run.ids("ntue.course", [row.course for row in plan.lines()])
    lines = {(line.area_id.code or "", line.course_id.code): line for line in own(draft.line_ids)}
    _upsert_part(
        run,
        plan,
        "framework_courses",
        draft,
        lines,
        lambda row: _line_values(row, areas[row.area].id if row.area else False, ids[row.course]),
    )
    rules = {(rule.origin, rule.unit): rule for rule in own(draft.flexible_rule_ids)}
    _upsert_part(run, plan, "flexible_rules", draft, rules, _rule_values)
    across = {rule.code: rule for rule in own(draft.counting_rule_ids)}
    _upsert_part(
        run,
        plan,
        "counting_rules",
        draft,
        across,
        lambda row: _counting_values(row, areas[row.area].id if row.area else False),
    )
    ways = {(way.code, way.way): way for way in own(draft.milestone_ids)}
    _upsert_part(run, plan, "framework_milestones", draft, ways, _way_values)
    sources = {(source.about or "", source.title): source for source in own(draft.source_ids)}
    _upsert_part(run, plan, "framework_sources", draft, sources, _source_values)


def own(parts):
    """Those that are the framework's own: a shared block's come with it alone (A54)."""
    return parts.filtered(lambda part: not part.block_id)


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


def _publish(run, plan, draft):
    """Publish; what the audit cannot work with is an error of the framework's row.

    What is doubtful only is published and kept with it (F18).
    """
    try:
        draft._publish(reason=as_kept(draft).env._("Imported as the file has it."))
    except UserError as error:
        name, entry = ("frameworks", plan.header) if plan.header else plan.changes[0]
        spec = run.context.tables[name].spec
        message = Message("%(code)s: %(error)s", {"code": plan.code, "error": error.args[0]})
        run.report.error(run.file(name), message, entry.row.number, spec.header(spec.key[0]))


def take_equivalents_over(run):
    """Revise the published frameworks for whose courses other ones stand now (F3, F5).

    They keep what they were published with unless the run says why they are revised.
    """
    rows = run.rows("course_equivalents")
    if not rows:
        return
    published = run.env["ntue.curriculum"].search([("state", "=", "published")])
    now = published._standing_now()
    behind = {row: codes for row in published if (codes := row._codes_standing_otherwise(now))}
    for curriculum in behind:
        # A shared block's revision has revised those that have it by now (A54).
        is_behind = curriculum.state == "published"
        if run.reason and is_behind and not curriculum._open_draft():
            draft = curriculum._start_revision(run.reason)
            draft._publish(reason=as_kept(draft).env._("Imported as the file has it."))
    for row in rows:
        left = [
            curriculum.code
            for curriculum, codes in behind.items()
            if curriculum.state == "published"
            and any(row.course in (code, *now.get(code, ())) for code in codes)
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
