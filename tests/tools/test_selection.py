"""What `make test ONLY=…` runs, and what of it Odoo's own runner repeats."""

import ast
from pathlib import Path

import pytest

from dev import odoo_tags, selection, testrun
from dev.checkout import Checkout
from dev.errors import CommandError
from dev.product import ADDONS
from dev.selection import Needs
from dev.stages import Settings, Stage

HERE = Checkout(Path(__file__).resolve().parents[2], Path("nowhere"), {})


def test_every_folder_of_tests_is_one_that_a_run_knows() -> None:
    tests = {f"tests/{file.parent.name}" for file in (HERE.root / "tests").glob("*/test_*.py")}
    addons = {f"addons/{addon}" for addon in ADDONS}
    assert set(selection.FOLDERS) | set(selection.APART) == tests | addons


def test_everything_is_every_folder_once() -> None:
    found = [folder for folders in selection.everything().values() for folder in folders]
    assert sorted(found) == sorted(selection.FOLDERS)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("engine", {Needs.NOTHING: ["tests/engine"]}),
        ("curriculum", {Needs.ODOO: ["addons/ntue_curriculum"]}),
        ("policy,e2e", {Needs.ODOO: ["tests/policy"], Needs.SERVERS: ["tests/e2e"]}),
        ("./tests/policy/", {Needs.ODOO: ["tests/policy"]}),
        (
            "addons/ntue_graduation/tests/test_way.py::TestWay",
            {Needs.ODOO: ["addons/ntue_graduation/tests/test_way.py::TestWay"]},
        ),
    ],
)
def test_only_takes_a_name_or_a_path(asked: str, found: dict[Needs, list[str]]) -> None:
    assert selection.only(HERE, asked) == found


@pytest.mark.parametrize("asked", ["nothing", "tests/engine/test_none.py", "docs", "tests"])
def test_what_names_no_tests_is_refused_with_what_there_is(asked: str) -> None:
    with pytest.raises(CommandError, match="engine, tools, curriculum, graduation"):
        selection.only(HERE, asked)


def test_the_words_of_make_test_are_read() -> None:
    assert testrun.settings([]) == ("", Settings())
    asked, how = testrun.settings(["ONLY=engine", "ALL=1", "SEED=7", "WORKERS=3"])
    assert (asked, how) == ("engine", Settings(3, "7", True))


@pytest.mark.parametrize("word", ["ONYL=engine", "WORKERS=two", "engine"])
def test_another_word_is_refused(word: str) -> None:
    with pytest.raises(CommandError, match="make test"):
        testrun.settings([word])


def titles(plan: list[list[list[Stage]]]) -> list[list[list[str]]]:
    """What the stages of a plan are called."""
    return [[[stage.title for stage in lane] for lane in group] for group in plan]


def test_a_part_of_the_tests_runs_without_lint_and_without_odoos_runner() -> None:
    paths = {Needs.NOTHING: ["tests/engine"]}
    part = testrun.plan(paths, Settings(), whole=False)
    assert titles(part) == [[["programs"]], [["tests without a database"]]]
    everything = testrun.plan(selection.everything(), Settings(), whole=True)
    assert titles(everything) == [
        [["databases"], ["lint"], ["programs", "tests without a database"]],
        [
            ["a test of every kind as Odoo runs them"],
            ["tests with Odoo"],
            ["tests with servers and a browser"],
        ],
    ]


def test_a_part_makes_the_databases_that_its_tests_copy_and_no_other() -> None:
    for asked, found in (
        ("engine", []),
        ("policy", ["Database with the addons"]),
        ("e2e", ["Database with the addons", "Sample school"]),
    ):
        needs = tuple(selection.only(HERE, asked))
        assert [task.title for task in testrun.databases_for(needs)] == found


def classes(addon: str) -> dict[tuple[str, str], tuple[tuple[str, ...], bool]]:
    """Base classes of an addon's classes of tests, and whether they set up more of their own.

    By file and name of the class; those that have long tests only are not among them.
    """
    return {
        (file.stem, node.name): (
            tuple(map(ast.unparse, node.bases)),
            bool({"setUp", "setUpClass"} & {getattr(part, "name", "") for part in node.body}),
        )
        for file in (HERE.addons / addon / "tests").glob("test_*.py")
        for node in ast.parse(file.read_text("utf-8")).body
        if isinstance(node, ast.ClassDef)
        and any(
            getattr(part, "name", "").startswith("test_")
            and "crossing" not in map(ast.unparse, part.decorator_list)
            for part in node.body
        )
    }


@pytest.mark.parametrize("addon", ADDONS)
def test_odoos_runner_is_given_one_test_of_every_kind_of_set_up(addon: str) -> None:
    kinds = classes(addon)
    found = []
    for tag in odoo_tags.representatives(HERE).values():
        if tag.startswith(f"/{addon}/tests/"):
            file, name = tag.removeprefix(f"/{addon}/tests/").split(":")
            found.append(kinds[file.removesuffix(".py"), name.partition(".")[0]])
    assert sorted(found) == sorted(set(kinds.values()))
    assert len(found) > 10


@pytest.mark.parametrize("addon", ADDONS)
def test_odoos_runner_finds_every_file_of_tests(addon: str) -> None:
    """It sees what the package imports and no other file."""
    init = HERE.addons / addon / "tests" / "__init__.py"
    imported = {
        alias.name
        for node in ast.walk(ast.parse(init.read_text("utf-8")))
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    assert {file for file, _name in classes(addon)} <= imported
