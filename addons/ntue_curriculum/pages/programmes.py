"""Further programs on the progress page, each beside the main one (A45)."""

from typing import NamedTuple

from ..audit_adapter import sharing_of
from ..labels import plain_number
from ..wording.missing import missing_everywhere


class ProgrammeArea(NamedTuple):
    """An area of a further program, in figures."""

    name: str
    taken: str
    needed: str
    met: bool


class ProgrammeRow(NamedTuple):
    """A further program: ``sharing``: how much counts in both, a sentence each."""

    kind: str
    title: str
    met: bool
    proven: bool
    taken: str
    needed: str
    areas: list[ProgrammeArea]
    sharing: list[str]
    missing: list[str]


def programme_rows(student, case):
    """The further programs of a student, as they stand beside ``case``."""
    programmes = student.env["ntue.student.programme"].search(
        [("student_id", "=", student.id)], order="id"
    )
    # A student reads the own main framework only; what a program asks is no secret.
    return [_row(student.env, case, one.sudo().curriculum_id) for one in programmes]


def _row(env, case, curriculum):
    sharing = sharing_of(curriculum)
    stands = case.beside(curriculum._prepared()[0], sharing)
    result, outline = stands.further, curriculum._outline()
    names = {area.code: area.name for area in outline.areas}
    kinds = dict(curriculum._fields["kind"]._description_selection(env))
    missing = [] if result.met else missing_everywhere(env, result, outline)
    if stands.missing_exclusive:
        missing.append(
            env._(
                "%s credits are missing that do not count in the main program.",
                plain_number(stands.missing_exclusive),
            )
        )
    return ProgrammeRow(
        kinds[curriculum.kind],
        curriculum.class_name or curriculum.program_id.name,
        stands.met,
        stands.proven,
        plain_number(result.taken),
        plain_number(result.graduation_credits),
        [
            ProgrammeArea(
                f"{area.code} {names[area.code]}",
                plain_number(area.taken),
                plain_number(area.min_credits),
                area.met,
            )
            for area in result.areas
        ],
        _sharing(env, stands, sharing),
        missing,
    )


def _sharing(env, stands, sharing):
    sentences = [
        env._(
            "%(shared)s credits count in the main program, too, and %(exclusive)s here alone.",
            shared=plain_number(stands.shared),
            exclusive=plain_number(stands.exclusive),
        )
    ]
    if sharing.max_shared is not None:
        most = plain_number(sharing.max_shared)
        sentences.append(env._("At most %s credits may count in both.", most))
    if sharing.min_exclusive:
        least = plain_number(sharing.min_exclusive)
        sentences.append(env._("At least %s credits must count here alone.", least))
    return sentences
