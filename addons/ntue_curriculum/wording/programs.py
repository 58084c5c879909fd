"""Further programs in words: their names, how much is shared, and what is missing (A45)."""

from ..labels import plain_number
from ..languages import reads_chinese
from .missing import missing_everywhere


def kind_and_title(env, curriculum):
    """What a further program is, and what it is called: ``("Minor", "Computer Science")``.

    In another language than Chinese by the English name of the program, where it has one, with the
    class behind it where that does not tell it from another one.
    """
    kinds = dict(curriculum._fields["kind"]._description_selection(env))
    title = english = not reads_chinese(env) and curriculum.program_id.english_name
    if not english:
        title = curriculum.class_name or curriculum.program_id.name
    elif curriculum.class_name and _is_called_like_another(curriculum):
        title = f"{english} ({curriculum.class_name})"
    return kinds[curriculum.kind], title


def _is_called_like_another(curriculum):
    """Whether another one of that kind, with another class, has the same English name."""
    # Which further programs there are is no secret, and a student reads the own framework only.
    return bool(
        curriculum.sudo().search_count(
            [
                ("state", "=", "published"),
                ("kind", "=", curriculum.kind),
                ("program_id.english_name", "=", curriculum.program_id.english_name),
                ("class_name", "!=", curriculum.class_name),
            ],
            limit=1,
        )
    )


def program_name(env, curriculum):
    """Both in one, as lists and sentences have them."""
    kind, title = kind_and_title(env, curriculum)
    return env._("%(kind)s %(title)s", kind=kind, title=title)


def sharing_sentences(env, standing):
    """How much counts in the programs before it too, and how much may; a sentence each."""
    stands, sharing = standing.stands, standing.sharing
    sentences = [
        env._(
            "%(shared)s credits count in a program before it, too, and %(exclusive)s in none "
            "before it.",
            shared=plain_number(stands.shared),
            exclusive=plain_number(stands.exclusive),
        )
    ]
    if sharing.max_shared is not None:
        most = plain_number(sharing.max_shared)
        sentences.append(
            env._("At most %s credits may count in the programs before it, too.", most)
        )
    if sharing.min_exclusive:
        least = plain_number(sharing.min_exclusive)
        sentences.append(env._("At least %s credits must count in none before it.", least))
    return sentences


def missing_of_program(env, standing):
    """All that a further program lacks, a sentence each."""
    stands, result = standing.stands, standing.stands.further
    missing = [] if result.met else missing_everywhere(env, result, standing.curriculum._outline())
    if stands.missing_exclusive:
        missing.append(
            env._(
                "%s credits are missing that count in no program before it.",
                plain_number(stands.missing_exclusive),
            )
        )
    return missing


def lacking_sentences(env, found):
    """Of the ``found`` standings those without which one does not graduate, a sentence each."""
    return [
        env._(
            "%(program)s is needed to graduate and not met: %(missing)s",
            program=program_name(env, one.curriculum),
            missing=" ".join(missing_of_program(env, one)),
        )
        for one in found
        if one.is_lacking
    ]
