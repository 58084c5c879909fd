"""What is said of a course that is mapped: what it would change, and why it cannot be (D19)."""

from ..labels import plain_number


def effect_of(trial, kind, area, subject):
    """What a decision of ``kind`` changes, in a few words."""
    env = trial.env
    before, after = trial.undecided(), trial.decided(kind, subject.area_id or area, subject)
    text = env._(
        "Expected credits %(before)s → %(after)s",
        before=plain_number(before.expected),
        after=plain_number(after.expected),
    )
    if before.met and not after.met:
        return env._("%s: not enough to graduate any more.", text)
    if after.met and not before.met:
        return env._("%s: enough to graduate.", text)
    return text


def refusal(env, course, place):
    """That the course named ``course`` cannot be mapped to the record ``place``."""
    return env._(
        "%(course)s cannot count in %(place)s: the area does not take it, or another "
        "course stands for the subject. Choose one of those that the list offers.",
        course=course,
        place=place.display_name,
    )
