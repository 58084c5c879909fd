"""What is missing, in words: in the whole, and in an area (A1, 110, 111)."""

from odoo.tools.i18n import format_list

from ..labels import plain_number
from ..lists import in_words
from .counting import missing_rules
from .milestones import missing_milestones


def missing_credits(env, result):
    """How many credits are missing in the whole, as a list of one sentence or none."""
    if not result.missing_credits:
        return []
    number = plain_number(result.missing_credits)
    return [env._("%s credits are missing to the graduation credits.", number)]


def missing_subjects(env, result, outline):
    """The required subjects that are missing, for students; one sentence or none."""
    return _required_sentence(env, result.missing_lines, outline)


def _required_sentence(env, keys, outline):
    subjects = outline.by_key()
    names = [subjects[key].name for key in keys]
    return [env._("Required subjects not taken yet: %s.", in_words(env, names))] if names else []


def missing_in_whole(env, result, outline):
    """What is missing in the whole, a sentence each, for the student."""
    sentences = missing_credits(env, result)
    if sentences and any(outcome.tickable for outcome in result.enrolments):
        sentences.append(
            env._(
                "Courses from elsewhere count after the first review of your graduation "
                "application has passed."
            )
        )
    return [
        *sentences,
        *missing_subjects(env, result, outline),
        *missing_rules(env, result),
        *missing_milestones(env, result),
    ]


def missing_everywhere(env, result, outline):
    """All that is missing, for the student: a sentence each, and each lack once.

    A required subject is named with the area that lacks it; the credits of the whole say
    whether those of the areas are among them.
    """
    found = {area.code: area for area in result.areas}
    told, sentences = set(), []
    for area in outline.of(result).areas:
        missing = missing_in_area(env, found[area.code])
        if missing:
            own = [row for row in area.subjects if row.key in result.missing_lines]
            told.update(row.key for row in own)
            sentences.append(_missing_of_area(env, area, missing, [row.name for row in own]))
    left = [key for key in result.missing_lines if key not in told]
    return [
        *_credits_beside_areas(env, result),
        *sentences,
        *_required_sentence(env, left, outline),
        *missing_rules(env, result),
        *missing_milestones(env, result),
    ]


def _credits_beside_areas(env, result):
    """The credits missing in the whole; nothing where filling the areas fills them too."""
    in_areas = sum(area.missing_credits for area in result.areas if not area.children)
    if not in_areas:
        return missing_credits(env, result)
    if result.missing_credits <= in_areas:
        return []
    return [
        env._(
            "%s credits are missing to the graduation credits, those of the areas below among "
            "them.",
            plain_number(result.missing_credits),
        )
    ]


def _missing_of_area(env, area, missing, required):
    values = {"code": area.code, "name": area.name, "missing": missing}
    if not required:
        return env._("Area %(code)s %(name)s: still missing %(missing)s.", **values)
    return env._(
        "Area %(code)s %(name)s: still missing %(missing)s, the required %(subjects)s among them.",
        subjects=in_words(env, required),
        **values,
    )


def missing_for_reviewers(env, result):
    """All that is missing, in short: reviewers know the areas by their codes."""
    sentences = missing_credits(env, result)
    areas = [area.code for area in result.areas if not area.met]
    if areas:
        sentences.append(env._("Areas not met: %s.", format_list(env, areas)))
    lines = env["ntue.curriculum.line"].browse(result.missing_lines)
    if lines:
        names = format_list(env, lines.mapped("name"))
        sentences.append(env._("Required subjects not passed: %s.", names))
    return sentences + missing_rules(env, result) + missing_milestones(env, result)


def missing_in_area(env, area):
    """What an area of a result still lacks, as a list in words; empty when it is met."""
    if area.met:
        return ""
    parts = []
    if area.missing_credits:
        parts.append(env._("%s credits", plain_number(area.missing_credits)))
    if area.missing_courses:
        parts.append(env._("%s courses", area.missing_courses))
    if area.missing_children:
        parts.append(env._("%s of the areas inside it", area.missing_children))
    return in_words(env, parts) if parts else env._("an area inside it")


def area_figures(env, area):
    """What an area holds of each thing it asks for: credits, courses, or both."""
    parts = []
    if area.min_credits or not area.min_courses:
        taken, needed = plain_number(area.taken), plain_number(area.min_credits)
        parts.append(env._("%(taken)s/%(needed)s credits", taken=taken, needed=needed))
    if area.min_courses:
        values = {"taken": area.courses, "needed": area.min_courses}
        parts.append(env._("%(taken)s/%(needed)s courses", **values))
    return parts


def missing_and_fills(env, missing, fills, subjects):
    """What an area lacks and the courses that would fill it, in one sentence.

    One course more: every one that will do; several: the best set as an example.
    """
    ways = [[subjects[key].label for key in keys] for keys in fills]
    if not ways:
        return env._(
            "Still missing: %s. No subject of this area was found that would fill it; "
            "ask the assistant of your department.",
            missing,
        )
    if len(ways[0]) == 1:
        return env._(
            "Still missing: %(missing)s. This would fill it: %(courses)s.",
            missing=missing,
            courses=in_words(env, [way[0] for way in ways], "or"),
        )
    return env._(
        "Still missing: %(missing)s. %(count)s subjects would fill it, for example %(courses)s.",
        missing=missing,
        count=len(ways[0]),
        courses=in_words(env, ways[0]),
    )
