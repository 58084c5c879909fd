"""`make load`: what it knows, its exit code, and what the figures of an evening are made of."""

import json
import sys
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

import pytest

from dev import hour, load
from dev.checkout import Checkout
from dev.errors import CommandError

sys.path.append(str(Path(__file__).resolve().parents[2] / "bench" / "hour"))

import enrolling
import figures
import places
import room
from figures import CROWD, DATABASE, PROXY, WORKING

FOLDER = Path(__file__).resolve().parents[2] / hour.FOLDER
PARTS = (WORKING, DATABASE, PROXY, CROWD)


def plan(tmp_path, stages):
    """A plan whose files are below `tmp_path`."""
    checkout = replace(Checkout.here(), cache=tmp_path)
    return hour.new_plan(checkout, "An evening", stages, 40)


def stage(students, rate, used=0.5, seconds=40):
    """A stage of so many requests a second, of which each takes 100 ms."""
    number = round(rate * seconds)
    lines = [
        figures.Line(10 + place * seconds / number, 0, "sign-in", 100.0, 303, True, False)
        for place in range(number)
    ]
    samples = [
        figures.Sample(at, dict.fromkeys(PARTS, used * at), 4, 2**27) for at in range(seconds + 60)
    ]
    planned = {"stages": [{"students": students, "seconds": seconds}], "ramp": 5}
    return figures.Stage(planned, 0, lines, samples)


def test_a_part_that_it_does_not_know_is_named_and_the_others_listed():
    with pytest.raises(CommandError, match="crowd, hour, rush; not night"):
        load.run(Checkout.here(), ["night"])


@pytest.mark.parametrize(("right", "code"), [(True, 0), (False, 1)])
def test_what_is_wrong_is_the_commands_exit_code(monkeypatch, right, code):
    monkeypatch.setattr(load.tasks, "run", lambda _checkout, _tasks: None)
    monkeypatch.setattr(load.tasks, "locked", lambda *_names: nullcontext())
    parts = {"one": lambda _checkout: True, "other": lambda _checkout: right}
    monkeypatch.setattr(load, "PARTS", parts)
    assert load.run(Checkout.here(), []) == code


@pytest.mark.parametrize("words", ["many", "0", "8 x", "5000", ""])
def test_stages_that_are_none_are_refused_and_none_are_the_usual_ones(words):
    checkout = replace(Checkout.here(), environ={"STAGES": words})
    if words:
        with pytest.raises(CommandError, match="STAGES is numbers"):
            hour._hour(checkout)
    else:
        assert [one["students"] for one in hour._hour(checkout)] == [2, 1, 8, 16, 24, 32, 48]


def test_students_are_those_that_are_made_and_nobody_is_in_both_halves(tmp_path):
    made = plan(tmp_path, hour.rush_stages(4, 30))
    assert sorted(made["looking"] + made["fresh"]) == enrolling.names(40)
    assert [one["students"] for one in made["stages"]] == [2, 4, 12, 4]
    assert [one.get("quiet") for one in made["stages"]] == [None, None, None, 30]


def test_when_a_crowd_shrinks_locust_is_told_nothing_and_the_last_ones_stay_away():
    stages = hour.rush_stages(4, 30)
    told = [places.told(stages, number, 5) for number in range(len(stages))]
    assert [students for students, _rate in told] == [2, 4, 12, 12]
    assert told[3] == told[2], "or Locust would begin anew"
    there = [sum(places.has_place(stage, place) for place in range(12)) for stage in stages]
    assert there == [2, 4, 12, 4]


def test_it_bends_where_requests_grow_by_less_than_students_do():
    assert figures.bends([stage(8, 2.0), stage(16, 4.0), stage(32, 8.0)]) == 0
    assert figures.bends([stage(8, 2.0), stage(16, 4.0), stage(32, 4.4)]) == 2


def test_why_it_bends_is_said_by_what_is_used():
    assert "most by the" in figures.why(stage(8, 2.0, 0.5), 2)
    assert figures.why(stage(8, 2.0, 0.1), 2).endswith("the workers wait")


def test_servers_for_ten_times_as_many_are_ten_times_as_many():
    visit = {WORKING: 0.7, DATABASE: 0.1, PROXY: 0.0, "busy": 1.0, "requests": 8.0}
    few, many = (figures.needed(number, visit, 2**28) for number in (10_000, 100_000))
    # 10,000 in an hour are 2.78 visits a second, 8.33 at the peak; 0.7 of what there is is used.
    assert few == {"visits": pytest.approx(8.333, abs=0.001), "web": 9, "primary": 2,
                   "workers": 12, "memory": 3.0}  # fmt: skip
    assert many["web"] == 84
    assert many["workers"] == 120


def test_a_visit_takes_what_its_pages_take_by_how_often_each_kind_comes():
    def line(kind, name, processor=0.0):
        return figures.Line(0.0, 1, name, 1.0, 200, True, False, processor, kind)

    alone = stage(1, 2.0)
    alone.lines = [line("look", "sign-in", 400.0), line("save", "slip", 600.0)]
    lines = [line("look", "sign-in")] * 4 + [line("save", "sign-in"), line("save", "slip")]
    visit = figures.a_visit(alone, lines)
    # Every look and every save signs in (0.80 + 0.15), every save draws a slip (0.15).
    assert visit["requests"] == pytest.approx(1.10)
    assert visit["busy"] == pytest.approx(0.95 * 0.4 + 0.15 * 0.6)
    assert visit[WORKING] + visit[DATABASE] == pytest.approx(visit["busy"])


def test_a_percentile_is_a_time_that_was_measured():
    times = [float(number) for number in range(1, 101)]
    assert [figures.percentile(times, part) for part in (0.5, 0.95, 0.99)] == [50, 95, 99]
    assert figures.percentile([], 0.5) == 0


def written(made, lines, visits=()):
    """The files of a run."""
    for name, rows in (("requests", lines), ("visits", visits)):
        Path(made[name]).write_text("".join(json.dumps(row) + "\n" for row in rows))
    used = dict.fromkeys(PARTS, 0.0)
    samples = ([at, used, 3, 1.0] for at in range(130))
    Path(made["samples"]).write_text("".join(json.dumps(row) + "\n" for row in samples))


def rush(made, *, slow=110.0, outside=(55, 56, 57, 75, 82), ends=113, lost=""):
    """The files of a rush from 40 to 70 after which somebody was outside twice, and its plan."""
    lines = []
    for number, (began, until, took) in enumerate(
        [(0, 10, 90.0), (10, 40, 100.0), (40, 70, slow), (70, ends, 100.0)]
    ):
        lines += [[at, number, "home", took, 200, True, False] for at in range(began, until)]
    for at in outside:
        stage = 1 if at < 40 else 2 if at < 70 else 3
        lines.append([at, stage, "sign-in page", 3.0, 503, False, True])
    written(made, lines, [[0, 1, "310000001", "submit", "", lost, 9.0]])
    file = Path(made["requests"]).with_name("plan.json")
    file.write_text(json.dumps(made))
    return file


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({}, 0),
        ({"outside": (55,)}, 0),
        ({"slow": 400.0}, 1),
        ({"outside": ()}, 1),
        ({"outside": (30, 55)}, 1),
        ({"outside": (55, 75, 99)}, 1),
        ({"outside": (55, *range(75, 279, 20), 279), "ends": 280}, 1),
        ({"outside": (55, *range(75, 256, 20), 251), "ends": 283}, 1),
        ({"lost": "submit: 500"}, 1),
    ],
    ids=[
        "as it has to be",
        "off with the rush",
        "those inside wait",
        "no room",
        "a normal evening has it",
        "the run ends before it is off",
        "it is never off",
        "off too late",
        "somebody is lost",
    ],
)
def test_each_bar_of_the_waiting_room_is_looked_at(tmp_path, change, code):
    made = plan(tmp_path, hour.rush_stages(4, 30))
    assert room.main(rush(made, **change)) == code


def test_a_room_is_off_from_its_last_page_on_and_what_was_before_is_the_rushs(tmp_path):
    made = plan(tmp_path, hour.rush_stages(4, 30))
    found = room.seen(json.loads(rush(made).read_text()))
    assert (found.off, found.quiet, found.bound) == (12, 30, hour.OFF)
    # From 83, the first request after that page, to 112, the last.
    assert (found.after.outside, found.after.seconds) == (0, 29)
    assert found.rush.outside == 3


def test_every_script_that_the_command_runs_is_there():
    scripts = ("locustfile", "places", "students", "enrolling", "figures", "room", "settled")
    for name in scripts:
        assert (FOLDER / f"{name}.py").is_file()
