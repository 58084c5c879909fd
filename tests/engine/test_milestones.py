"""Milestones (A41): one way is enough, what waits for a reviewer is undecided, never met."""

import random
from dataclasses import replace
from decimal import Decimal

import pytest
import reference
from degree_audit import (
    Background,
    Case,
    Certainty,
    DuplicateWay,
    Enrolment,
    Evidence,
    Framework,
    How,
    Line,
    Measure,
    Milestone,
    Reached,
    Reading,
    Selector,
    SelectsNothing,
    State,
    Verdict,
    Way,
    difference,
    prepare,
)

D = Decimal
ENGLISH = Milestone(
    "ENG",
    "外語能力",
    (
        Way("TOEFL iBT", Measure.SCORE, D(61)),
        Way("TOEIC", Measure.SCORE, D(600)),
        Way("英語課程", Measure.COURSES, D(2), D(4), Selector(prefixes=("EN",))),
    ),
)
SERVICE = Milestone("SRV", "服務學習", (Way("時數", Measure.HOURS, D(16)),))
THESIS = Milestone("ART", "作品展演", (Way("展演", Measure.REVIEWER),))


def framework(*milestones):
    line = Line(1, "C1", "課程", D(2), required=True)
    return Framework("F", "D", D(2), lines=(line,), milestones=milestones)


def taken(code, size=2, state=State.PASSED, key=1):
    return Enrolment(key, 1131, code, code, D(size), state)


DONE = (taken("C1"),)


def of(made, *evidence, kind="", courses=DONE, reading=Reading.FINAL):
    return Case(made, courses, background=Background(kind, evidence)).audit(reading=reading)


def accepted(milestone, way, amount=0, **more):
    return Evidence(milestone, way, D(amount), Verdict.ACCEPTED, **more)


def test_without_its_milestone_the_whole_is_not_met_and_with_it_it_is():
    made = framework(ENGLISH)
    assert not of(made).met
    assert of(made, accepted("ENG", "TOEIC", 600)).met
    assert not of(made, accepted("ENG", "TOEIC", 599)).met
    assert of(made, accepted("ENG", "TOEFL iBT", 61)).met


def test_a_milestone_rests_on_the_courses_without_whose_grades_it_is_not_met():
    first, second = taken("EN1", key=2), taken("EN2", state=State.IN_PROGRESS, key=3)
    third = taken("EN3", key=4)
    made = framework(ENGLISH)

    def pending(*courses, shown=(), reading=Reading.EXPECTED):
        (one,) = of(made, *shown, courses=(*DONE, *courses), reading=reading).milestones
        return one.pending

    assert pending(first, second) == (3,)
    assert pending(first, second, reading=Reading.FINAL) == ()
    assert pending(first, second, third) == ()
    assert pending(second) == ()  # missing in any case
    assert pending(first, second, shown=(accepted("ENG", "TOEIC", 600),)) == ()
    exempted = Evidence("ENG", "TOEIC", D(0), Verdict.ACCEPTED, exempts=True)
    assert pending(first, second, shown=(exempted,)) == ()


def test_scores_do_not_add_up_and_hours_do():
    assert not of(framework(ENGLISH), *[accepted("ENG", "TOEIC", 300)] * 2).met
    assert of(framework(SERVICE), *[accepted("SRV", "時數", 8)] * 2).met
    assert not of(framework(SERVICE), accepted("SRV", "時數", 15)).met


def test_courses_are_counted_wherever_they_stand_and_one_code_once():
    made = framework(ENGLISH)
    two = (*DONE, taken("EN1", key=2), taken("EN2", key=3))
    assert of(made, courses=two).met
    assert not of(made, courses=(*DONE, taken("EN1", key=2), taken("EN1", key=3))).met
    assert not of(made, courses=(*two[:2], replace(two[2], state=State.FAILED))).met
    less = (*two[:2], replace(two[2], credits=D(1)))
    assert not of(made, courses=less).met


def test_a_course_in_progress_counts_as_expected_only():
    two = (*DONE, taken("EN1", key=2), taken("EN2", key=3, state=State.IN_PROGRESS))
    made = framework(ENGLISH)
    assert of(made, courses=two, reading=Reading.EXPECTED).met
    assert not of(made, courses=two).met


def test_what_would_be_enough_once_it_is_checked_is_undecided_and_not_met():
    waiting = Evidence("SRV", "時數", D(16))
    result = of(framework(SERVICE), waiting)
    assert (result.met, result.undecided[0].code) == (False, "SRV")
    little = of(framework(SERVICE), replace_amount(waiting, 5))
    assert (little.met, little.undecided) == (False, ())


def replace_amount(evidence, amount):
    return evidence._replace(amount=D(amount))


def test_what_no_machine_checks_is_undecided_until_a_reviewer_decides():
    made = framework(THESIS)
    assert of(made).milestones[0].reached is Reached.UNDECIDED
    assert not of(made).met
    assert of(made, accepted("ART", "展演")).met
    refused = of(made, Evidence("ART", "展演", verdict=Verdict.REJECTED))
    assert (refused.met, refused.undecided) == (False, ())


def test_a_reviewers_way_beside_others_is_open_only_when_something_was_shown():
    beside = replace(ENGLISH, ways=(*ENGLISH.ways, Way("同等測驗", Measure.REVIEWER)))
    assert of(framework(beside)).milestones[0].reached is Reached.MISSING
    shown = of(framework(beside), Evidence("ENG", "同等測驗"))
    assert shown.milestones[0].reached is Reached.UNDECIDED


def test_evidence_that_has_expired_or_was_rejected_counts_for_nothing():
    made = framework(SERVICE)
    assert not of(made, accepted("SRV", "時數", 16, expired=True)).met
    rejected = of(made, Evidence("SRV", "時數", D(16), Verdict.REJECTED))
    assert rejected.milestones[0].reached is Reached.MISSING


def test_who_is_exempted_needs_it_not_and_not_before_that_is_accepted():
    made = framework(SERVICE)
    assert of(made, accepted("SRV", "時數", exempts=True)).met
    open_ = of(made, Evidence("SRV", "時數", exempts=True))
    assert (open_.met, open_.milestones[0].reached) == (False, Reached.UNDECIDED)


def test_only_the_kinds_of_students_that_it_names_are_asked():
    chinese = Milestone(
        "ZH", "華語", (Way("TOCFL", Measure.SCORE, D(3), student_kinds=("外國學生", "僑生")),)
    )
    made = framework(chinese)
    assert of(made).milestones == ()
    assert of(made, kind="本國生").met
    assert not of(made, kind="僑生").met
    assert of(made, accepted("ZH", "TOCFL", 3), kind="外國學生").met


def test_a_milestone_that_is_missing_keeps_the_whole_open_and_no_grade_decides_it():
    made = framework(SERVICE)
    whole = Case(made, DONE).outlook()[-1]
    assert whole.certainty is Certainty.OPEN
    shown = Background(evidence=(accepted("SRV", "時數", 16),))
    assert Case(made, DONE, background=shown).outlook()[-1].certainty is Certainty.CERTAIN


def test_a_case_under_another_framework_keeps_what_is_known_of_the_student():
    shown = Background(evidence=(accepted("SRV", "時數", 16),))
    case = Case(framework(), DONE, background=shown)
    assert case.under(framework(SERVICE)).audit().met
    assert case.taking([taken("X", key=9)]).background == shown


@pytest.mark.parametrize(
    ("way", "error"),
    [
        (Way("時數", Measure.HOURS, D(1)), DuplicateWay),
        (Way("課", Measure.COURSES, D(1)), SelectsNothing),
    ],
)
def test_a_milestone_that_nobody_can_read_is_refused(way, error):
    with pytest.raises(error):
        prepare(framework(replace(SERVICE, ways=(*SERVICE.ways, way))))


def test_a_revision_says_how_its_milestones_differ():
    after = replace(SERVICE, ways=(Way("時數", Measure.HOURS, D(20)),))
    (change,) = difference(framework(SERVICE), framework(after))
    assert (change.how, change.field, change.before, change.after) == (
        How.CHANGED,
        "amount",
        D(16),
        D(20),
    )
    assert [one.how for one in difference(framework(), framework(SERVICE))] == [How.ADDED]
    assert [one.how for one in difference(framework(SERVICE), framework())] == [How.DROPPED]


def drawn(rng):
    """A framework of milestones of all measures, and what a student showed for them."""
    measures = [*Measure]
    milestones = tuple(
        Milestone(
            f"M{number}",
            f"M{number}",
            tuple(
                Way(
                    f"W{place}",
                    measure,
                    D(rng.choice((1, 2, 5))),
                    D(rng.choice((0, 3))),
                    Selector(prefixes=("EN",)) if measure is Measure.COURSES else None,
                    rng.choice(((), (), ("甲",), ("甲", "乙"))),
                )
                for place, measure in enumerate(rng.sample(measures, rng.choice((1, 1, 2, 3))))
            ),
        )
        for number in range(rng.choice((1, 2)))
    )
    evidence = tuple(
        Evidence(
            f"M{rng.choice((0, 1))}",
            f"W{rng.choice((0, 1, 2))}",
            D(rng.choice((0, 1, 2, 5))),
            rng.choice([*Verdict]),
            rng.random() < 0.2,
            rng.random() < 0.1,
        )
        for _ in range(rng.choice((0, 1, 2, 4)))
    )
    courses = tuple(
        taken(rng.choice(("EN1", "EN2", "C1")), rng.choice((1, 2)), rng.choice([*State]), key)
        for key in range(rng.choice((0, 1, 3)))
    )
    background = Background(rng.choice(("", "甲", "乙", "丙")), evidence)
    return framework(*milestones), courses, background


def test_milestones_are_what_the_sentences_say_on_random_cases():
    for seed in range(2000):
        made, courses, background = drawn(random.Random(seed))
        for reading in Reading:
            result = Case(made, courses, background=background).audit(reading=reading)
            found = {one.code: one.reached.value for one in result.milestones}
            assert found == reference.milestones(made, courses, background, reading), seed
            told = all(value == "met" for value in found.values())
            assert result.milestones_met == told
            assert told or not result.met
