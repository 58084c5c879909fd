"""The commands hang together: Makefile, executables, CI, lock file."""

import json
import re
import subprocess
from pathlib import Path

import pytest

from dev import (
    bench,
    cli,
    console,
    databases,
    demo,
    lint,
    odoo_source,
    pinned,
    postgres,
    provision,
    python_env,
    sample_school,
    server,
    tasks,
    testrun,
)
from dev.checkout import Checkout
from dev.errors import CommandError
from dev.product import ADDONS
from dev.selection import Needs

ROOT = Path(__file__).resolve().parents[2]
PIN = re.compile(r"(?m)^([A-Za-z0-9._-]+)==\S+")


def test_every_target_of_the_makefile_is_a_command() -> None:
    makefile = (ROOT / "Makefile").read_text()
    targets = re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)
    assert targets
    assert set(targets[1].split()) <= set(cli.COMMANDS)


def test_ci_runs_what_a_person_types() -> None:
    lines = (ROOT / ".ci" / "run").read_text().splitlines()
    assert lines[-1] == "make test"


@pytest.mark.parametrize("name", ["odoo", "pytest", "run"])
def test_the_executables_may_be_executed(name: str) -> None:
    assert (ROOT / "tools" / name).stat().st_mode & 0o111


@pytest.mark.parametrize(
    ("name", "least"),
    [("dev", 90), ("solvers", 8), ("providers", 20), ("node", 1), ("load", 20)],
)
def test_every_package_of_a_lock_file_is_pinned_with_its_hash(name: str, least: int) -> None:
    lock = (ROOT / "requirements" / f"{name}.lock").read_text()
    blocks = re.split(r"(?m)^(?=\S+==)", lock)[1:]
    assert len(blocks) >= least
    assert all("--hash=sha256:" in block for block in blocks)


@pytest.mark.parametrize("name", ["dev", "solvers", "providers", "node", "load"])
def test_every_package_we_ask_for_is_in_its_lock_file(name: str) -> None:
    def plain(package: str) -> str:
        return re.sub(r"[-_.]+", "-", package).lower()

    folder = ROOT / "requirements"
    locked = {plain(package) for package in PIN.findall((folder / f"{name}.lock").read_text())}
    asked = re.findall(r"(?m)^([A-Za-z0-9._-]+)", (folder / f"{name}.in").read_text())
    assert {plain(package) for package in asked} <= locked


def test_the_solvers_are_added_once_and_again_when_their_list_changes(
    checkout: Checkout,
) -> None:
    requirements = checkout.root / "requirements"
    requirements.mkdir()
    (requirements / "solvers.lock").write_text("x==1")
    folder = python_env.folder(checkout)
    assert not python_env.solvers_done(checkout)
    folder.mkdir(parents=True)
    pinned.finish(folder, [requirements / "solvers.lock"], python_env.WITH_SOLVERS)
    assert python_env.solvers_done(checkout)
    (requirements / "solvers.lock").write_text("x==2")
    assert not python_env.solvers_done(checkout)


def test_the_solvers_come_with_the_engine_s_tests_and_neither_with_demo_nor_with_odoo() -> None:
    assert python_env.SOLVERS in testrun.all_tasks([Needs.NOTHING])
    assert python_env.SOLVERS in testrun.all_tasks(list(Needs))
    assert python_env.SOLVERS not in testrun.all_tasks([Needs.ODOO])
    assert python_env.SOLVERS not in provision.with_system()
    locked = PIN.findall((ROOT / "requirements" / "dev.lock").read_text())
    assert {"ortools", "numpy", "pandas"} & set(locked) == set()


def test_two_lock_files_of_one_environment_agree_in_their_versions() -> None:
    folder = ROOT / "requirements"
    dev, solvers = (
        dict(re.findall(r"(?m)^([A-Za-z0-9._-]+)==(\S+)", (folder / f"{name}.lock").read_text()))
        for name in ("dev", "solvers")
    )
    both = dev.keys() & solvers.keys()
    assert both
    assert {name: dev[name] for name in both} == {name: solvers[name] for name in both}


def test_a_row_that_nobody_measures_is_told_with_those_there_are(checkout: Checkout) -> None:
    known = (
        "engine, stress, double_major, cases, cohort, pages, desks, steps, night, sign_in, "
        "forgotten, import"
    )
    with pytest.raises(CommandError, match=f"{known}; not slip"):
        bench.run(checkout, ["engine", "slip"])


@pytest.mark.parametrize(
    "folder", ["tools", "bench", "requirements", "docker", ".ci", "tests/sso/provider"]
)
def test_no_file_names_a_package_host(folder: str) -> None:
    # ntue_…: names that a configuration gives itself; a host has no underscore.
    hosts = re.compile(r"https?://(?!127\.0\.0\.1|\{|ntue_)[\w.-]+|pypi\.|debian\.org|npmjs")
    files = [
        file for file in (ROOT / folder).rglob("*") if file.is_file() and file.suffix != ".pyc"
    ]
    assert files
    assert [file for file in files if hosts.search(file.read_text())] == []


def test_odoo_home_takes_the_place_of_the_package(checkout: Checkout) -> None:
    home = checkout.root / "odoo"
    (home / "odoo" / "addons").mkdir(parents=True)
    (home / "addons").mkdir()
    (home / "odoo-bin").touch()
    (home / "odoo" / "release.py").write_text("version_info = (19, 0, 0, FINAL, 0, '')\n")
    elsewhere = Checkout(checkout.root, checkout.cache, {"ODOO_HOME": str(home)})
    source = odoo_source.locate(elsewhere)
    assert odoo_source.done(elsewhere)
    assert source.script == home / "odoo-bin"
    assert source.addons == (home / "odoo" / "addons", home / "addons")


def test_a_server_named_by_pghost_is_used_as_it_is(checkout: Checkout) -> None:
    env = {"PGHOST": "db", "PGUSER": "school", "PGPASSWORD": "x", "HOME": "/home/x"}
    elsewhere = Checkout(checkout.root, checkout.cache, env)
    assert postgres.environment(elsewhere) == {
        "PGHOST": "db",
        "PGUSER": "school",
        "PGPASSWORD": "x",
    }


def test_what_we_start_takes_our_own_server_for_ours(checkout: Checkout) -> None:
    inner = Checkout(checkout.root, checkout.cache, postgres.client_environment(checkout))
    assert not postgres.external(inner)
    assert databases.own_name(inner, "x") == databases.own_name(checkout, "x")


def test_the_embedded_server_is_not_led_astray_by_other_variables(checkout: Checkout) -> None:
    env = {"PGPORT": "1", "PGPASSWORD": "x", "PGDATABASE": "y", "HOME": "/home/x"}
    found = postgres.client_environment(Checkout(checkout.root, checkout.cache, env))
    assert found["PGPORT"] == postgres.PORT
    assert not {"PGPASSWORD", "PGDATABASE"} & set(found)
    assert found["HOME"] == "/home/x"


def test_checkouts_that_share_a_server_have_databases_of_their_own(tmp_path: Path) -> None:
    shared = {"PGHOST": "db"}
    one, other = (Checkout(tmp_path, tmp_path / name, shared) for name in ("one", "other"))
    assert demo.database_name(one, 8069) != demo.database_name(other, 8069)


@pytest.mark.parametrize("env", [{}, {"PGHOST": "db.school.example.com"}])
def test_a_database_that_is_there_is_not_dropped_without_a_word(
    checkout: Checkout, env: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    here, said = Checkout(checkout.root, checkout.cache, env), []

    def psql(_checkout: Checkout, statement: str, **_values: str) -> str:
        said.append(statement.split()[0])
        return "1"

    monkeypatch.setattr(postgres, "psql", psql)
    monkeypatch.setattr(databases, "_ready", lambda *_arguments: "ready")
    with pytest.raises(CommandError, match="DB=school REPLACE=1") as refused:
        databases.fresh(here, "school", console.ProgressLine(), replace=False)
    assert env.get("PGHOST", "this checkout") in str(refused.value)
    assert said == ["SELECT"]
    databases.fresh(here, "school", console.ProgressLine())
    assert said == ["SELECT", "DROP", "CREATE"]


@pytest.mark.parametrize(
    ("arguments", "replace"),
    [(["school"], False), (["school", "REPLACE=1"], True), (["school", "REPLACE=0"], False)],
)
def test_make_db_replaces_a_database_only_when_told(
    checkout: Checkout,
    arguments: list[str],
    replace: bool,  # one of the table's columns
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[tuple[str, bool]] = []

    def fresh(_checkout: Checkout, name: str, _progress: object, *, replace: bool) -> None:
        asked.append((name, replace))

    monkeypatch.setattr(databases, "fresh", fresh)
    monkeypatch.setattr(provision, "with_system", lambda *_packages: [])
    assert cli.make_database(checkout, arguments) == 0
    assert asked == [("school", replace)]
    line = next(row for row in (ROOT / "Makefile").read_text().splitlines() if "(RUN) db" in row)
    assert "REPLACE=$(REPLACE)" in line


def test_a_demos_links_lead_to_its_own_port(
    checkout: Checkout, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str | None] = []

    def add_sign_ins(there: Checkout, _name: str) -> list[list[str]]:
        told.append(there.environ.get("NTUE_ADDRESS"))
        return [["student", "B1", "pw"]]

    monkeypatch.setattr(sample_school, "add_sign_ins", add_sign_ins)
    monkeypatch.setattr(sample_school, "users_digest", lambda _checkout: "x")
    monkeypatch.setattr(databases, "exists", lambda *_arguments: False)
    monkeypatch.setattr(databases, "write_note", lambda *_arguments: None)
    (task,) = [task for task in demo.Demo(checkout, 8070).tasks() if task.title == "Sign-ins"]
    task.do(checkout, console.ProgressLine())
    assert told == ["http://127.0.0.1:8070"]
    script = (ROOT / sample_school.USERS_SCRIPT).read_text()
    assert 'set_param("web.base.url", os.environ["NTUE_ADDRESS"])' in script


def test_demos_on_two_ports_have_databases_of_their_own(checkout: Checkout) -> None:
    assert demo.database_name(checkout, 8069) != demo.database_name(checkout, 8070)


def test_a_change_of_an_addon_is_noticed_and_one_of_its_tests_is_not(checkout: Checkout) -> None:
    model = checkout.addons / ADDONS[0] / "models" / "school" / "term.py"
    test = checkout.addons / ADDONS[0] / "tests" / "test_term.py"
    for name in ADDONS:
        (checkout.addons / name).mkdir(parents=True)
    for file in (model, test):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("1")
    before = databases.addons_digest(checkout)
    test.write_text("2")
    assert databases.addons_digest(checkout) == before
    model.write_text("2")
    assert databases.addons_digest(checkout) != before


def test_the_sign_ins_are_read_from_between_the_markers() -> None:
    noise = "2026-11-22 INFO a\tb\tc\n"
    printed = f"{sample_school.BEGIN}\nstudent\tB1\tpw\nnot a row\n{sample_school.END}\n"
    assert sample_school.sign_ins(noise + printed + noise) == [["student", "B1", "pw"]]


def test_columns_are_straight_under_chinese_names() -> None:
    drawn = console.table(("role", "login"), [("學生 王大明", "b1"), ("TA", "ta.srd")])
    columns = {
        console.width(line[: line.index(word)])
        for line, word in zip(drawn.splitlines(), ("login", "b1", "ta.srd"), strict=True)
    }
    assert columns == {15}


def test_servers_listen_on_loopback_only() -> None:
    assert "--http-interface=127.0.0.1" in server.arguments("school", 8069, 0)


def test_a_server_whose_number_another_program_has_now_is_not_ours(checkout: Checkout) -> None:
    state = checkout.cache / "servers" / "8069.json"
    state.parent.mkdir()
    state.write_text(json.dumps({"pid": 1, "port": 8069, "database": "x", "log": "y"}))
    assert server.find(checkout, 8069) is None


def test_a_second_command_waits_for_the_first(checkout: Checkout) -> None:
    program = (
        "import sys, pathlib, dev.tasks, dev.checkout\n"
        "checkout = dev.checkout.Checkout(pathlib.Path(), pathlib.Path(sys.argv[1]), {})\n"
        "with dev.tasks.locked(checkout): print('in')"
    )
    with tasks.locked(checkout):
        second = subprocess.Popen(
            ["python3", "-c", program, str(checkout.cache)],
            cwd=ROOT / "tools",
            stdout=subprocess.PIPE,
            text=True,
        )
        assert second.stdout
        assert second.stdout.readline().startswith("Another command works")
    assert second.communicate()[0] == "in\n"


def test_every_checker_looks_at_every_addon() -> None:
    commands = lint.commands(Checkout.here())
    addons = [f"addons/{name}" for name in ADDONS]
    assert commands["pylint-odoo"][-len(addons) :] == addons
    assert set(lint.TYPED) <= set(commands["mypy, the product's core"])
