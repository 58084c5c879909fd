"""Milestones in words: what is asked, how far it is, and what is still to be done (A41)."""

from ..degree_audit import Measure, Reached
from ..labels import plain_number
from ..lists import clauses, in_words


def amount_text(env, measure, number):
    """So much of what a way counts, in words."""
    text = plain_number(number)
    words = {
        Measure.HOURS: env._("%s hours", text),
        Measure.POINTS: env._("%s points", text),
        Measure.PIECES: env._("%s pieces", text),
        Measure.SCORE: env._("a score of %s", text),
        Measure.COURSES: env._("%s courses", text),
    }
    return words[measure]


def asked(env, way):
    """What one way asks for."""
    if way.measure is Measure.REVIEWER:
        return env._("decided by a reviewer")
    if way.measure is not Measure.COURSES or not way.credits:
        return env._("at least %s", amount_text(env, way.measure, way.amount))
    size = env._("%s credits", plain_number(way.credits))
    if not way.amount:
        return env._("courses of at least %s", size)
    return env._(
        "at least %(courses)s of together %(credits)s",
        courses=amount_text(env, way.measure, way.amount),
        credits=size,
    )


def status_words(env):
    """One word for how far a milestone is, by ``Reached``."""
    return {
        Reached.MET: env._("Met"),
        Reached.UNDECIDED: env._("To be decided"),
        Reached.MISSING: env._("Missing"),
    }


def way_sentence(env, result):
    """One way with what is there of it, for a list."""
    way = result.way
    text = env._("%(way)s: %(asked)s", way=way.name, asked=asked(env, way))
    if way.measure is Measure.REVIEWER:
        return text
    parts = [text]
    if result.held:
        parts.append(env._("so far %s", amount_text(env, way.measure, result.held)))
    if result.waiting > result.held:
        parts.append(env._("with what is to be checked %s", plain_number(result.waiting)))
    if result.credits and way.credits:
        parts.append(env._("%s credits", plain_number(result.credits)))
    return clauses(env, parts)


def missing_milestones(env, result):
    """A sentence for each milestone that is not met: missing, or waiting for a reviewer."""
    sentences = []
    for one in result.milestones:
        if one.reached is Reached.UNDECIDED:
            sentences.append(env._("Milestone %s: a reviewer has still to decide on it.", one.name))
        elif one.reached is Reached.MISSING:
            ways = [
                env._("%(way)s (%(asked)s)", way=each.way.name, asked=asked(env, each.way))
                for each in one.ways
            ]
            sentences.append(
                env._(
                    "Milestone %(name)s is still missing: %(ways)s.",
                    name=one.name,
                    ways=in_words(env, ways, "or"),
                )
            )
    return sentences
