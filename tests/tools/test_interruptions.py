"""A step that was cut short is done again, and what it left is never taken for the whole."""

import os
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from dev import databases, debian, odoo, odoo_source, postgres, python_env, shell, tasks
from dev.checkout import Checkout
from dev.errors import CommandError
from dev.product import DATABASE_ROLE

UPDATE_AND_DOWNLOAD = """case "$*" in
*--print-uris*) echo "'http://mirror.invalid/debian/dists/stable/InRelease' x 0" ;;
*update) ;;
*) {download} ;;
esac"""

UNPACK = """lib="$3/usr/lib/python3/dist-packages/odoo"
mkdir -p "$lib/addons" "$3/usr/bin"
echo "version_info = ({series}, FINAL, 0, '')" > "$lib/release.py"
touch "$3/usr/bin/odoo"
"""


def silent(_text: str) -> None:
    """Hear how far a step is and say nothing."""


@pytest.fixture
def mirror(checkout: Checkout, program, monkeypatch: pytest.MonkeyPatch):
    """A Debian whose apt-get runs a script for the download, and dpkg-deb another."""
    monkeypatch.setattr(debian, "KEYRINGS", checkout.root)
    (checkout.root / "debian-archive-keyring.gpg").touch()

    def serve(download: str, series: str = "19, 0") -> None:
        program("apt-get", UPDATE_AND_DOWNLOAD.format(download=download))
        program("dpkg-deb", UNPACK.format(series=series))

    return serve


def test_a_cut_download_is_not_odoo_and_the_next_run_keeps_what_came_whole(
    checkout: Checkout, mirror
) -> None:
    mirror("touch odoo-19_19.0_all.deb; kill -9 $$")
    with pytest.raises(CommandError):
        odoo_source.fetch(checkout, silent)
    assert not odoo_source.done(checkout)

    mirror("test -f odoo-19_19.0_all.deb && touch fonts.deb")
    odoo_source.fetch(checkout, silent)
    assert odoo_source.done(checkout)
    assert odoo_source.locate(checkout).release == "19.0"
    assert not (checkout.cache / "odoo.part").exists()


def test_a_half_unpacked_odoo_does_not_get_into_the_whole_one(checkout: Checkout, mirror) -> None:
    leftover = checkout.cache / "odoo.part" / "prefix" / "usr" / "bin" / "half"
    leftover.parent.mkdir(parents=True)
    leftover.touch()
    mirror("touch odoo-19_19.0_all.deb")
    odoo_source.fetch(checkout, silent)
    assert sorted(os.listdir(checkout.cache / "odoo" / "usr" / "bin")) == ["odoo"]


def test_a_package_of_another_series_is_refused(checkout: Checkout, mirror) -> None:
    mirror("touch odoo-19_20.0_all.deb", series="20, 0")
    with pytest.raises(CommandError, match=r"Odoo 20\.0.*ODOO_HOME"):
        odoo_source.fetch(checkout, silent)
    assert not odoo_source.done(checkout)


def test_the_python_environment_counts_only_with_its_marker(
    checkout: Checkout, monkeypatch: pytest.MonkeyPatch
) -> None:
    python_env.lock_file(checkout).parent.mkdir()
    python_env.lock_file(checkout).write_text("six==1.0\n")
    said: list[str] = []

    def interrupted(what: str, command: list[str], *_rest: object, **_options: object) -> str:
        said.append(what)
        if "pip" in command:
            raise CommandError("cut")
        python_env.interpreter(checkout).parent.mkdir(parents=True)
        python_env.interpreter(checkout).touch()
        return ""

    monkeypatch.setattr(shell, "run", interrupted)
    with pytest.raises(CommandError):
        python_env.make(checkout, silent)
    assert said == ["Making the Python environment", "Installing Python packages"]
    assert python_env.interpreter(checkout).exists()
    assert not python_env.done(checkout)


def test_another_lock_file_makes_the_environment_anew(
    checkout: Checkout, monkeypatch: pytest.MonkeyPatch
) -> None:
    python_env.lock_file(checkout).parent.mkdir()
    python_env.lock_file(checkout).write_text("six==1.0\n")
    python_env.interpreter(checkout).parent.mkdir(parents=True)
    monkeypatch.setattr(shell, "run", lambda *_, **__: "")
    monkeypatch.setattr(shutil, "rmtree", lambda *_, **__: None)
    python_env.interpreter(checkout).touch()
    python_env.make(checkout, silent)
    assert python_env.done(checkout)
    python_env.lock_file(checkout).write_text("six==1.1\n")
    assert not python_env.done(checkout)


@pytest.fixture
def with_programs(checkout: Checkout) -> Iterator[Checkout]:
    """A checkout with PostgreSQL's programs and no server."""
    ours = python_env.folder(Checkout.here())
    python_env.folder(checkout).symlink_to(ours)
    yield checkout
    postgres.stop(checkout)
    shutil.rmtree(postgres.home(checkout), ignore_errors=True)
    shutil.rmtree(postgres.socket_folder(checkout), ignore_errors=True)


def test_postgresql_comes_up_after_a_killed_initdb_and_after_a_killed_server(
    with_programs: Checkout,
) -> None:
    checkout = with_programs
    half = postgres.data_folder(checkout).with_suffix(".part")
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("half")
    postgres.start(checkout, silent)
    assert postgres.answers(checkout)
    assert not half.exists()

    pid_file = postgres.data_folder(checkout) / "postmaster.pid"
    os.kill(int(pid_file.read_text().split()[0]), signal.SIGKILL)
    postgres.start(checkout, silent)
    assert postgres.answers(checkout)

    assert postgres.stop(checkout)
    # A number that another process has now: this one.
    pid_file.write_text(f"{os.getpid()}\n")
    postgres.start(checkout, silent)
    assert postgres.psql(checkout, "SELECT current_user") == DATABASE_ROLE


def test_the_socket_of_a_deep_checkout_is_short_enough(tmp_path: Path) -> None:
    deep = tmp_path.joinpath(*["a-long-folder-name"] * 12)
    socket = postgres.socket_folder(Checkout(deep, deep / ".cache", {}))
    assert len(str(socket / ".s.PGSQL.5432.lock")) < 107


def test_two_checkouts_have_sockets_of_their_own(tmp_path: Path) -> None:
    deep = tmp_path.joinpath(*["a-long-folder-name"] * 12)
    one, other = (Checkout(deep, deep / name, {}) for name in ("one", "other"))
    assert postgres.socket_folder(one) != postgres.socket_folder(other)


def test_a_template_whose_installation_failed_never_gets_the_templates_name(
    checkout: Checkout, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []

    def psql(_checkout: Checkout, statement: str, **values: str) -> str:
        said.append(statement.split()[0] + " " + " ".join(values.values()))
        return ""

    def fail(*_arguments: object, **_options: object) -> str:
        raise CommandError("cut")

    monkeypatch.setattr(postgres, "psql", psql)
    monkeypatch.setattr(odoo, "run", fail)
    with pytest.raises(CommandError):
        databases.bare(checkout, "school", silent)
    assert said[0] == f"SELECT {databases.template_name(checkout)}"
    assert said[1:] == ["DROP ntue_part_template", "CREATE ntue_part_template"]


def test_a_step_that_is_done_is_not_done_again(
    checkout: Checkout, capsys: pytest.CaptureFixture[str]
) -> None:
    ran: list[str] = []
    tasks.run(
        checkout,
        [
            tasks.Task("First", lambda _: True, lambda *_: ran.append("first")),
            tasks.Task("Second", lambda _: False, lambda *_: ran.append("second")),
        ],
    )
    assert ran == ["second"]
    assert capsys.readouterr().out.splitlines()[:2] == ["[1/2] First: ready", "[2/2] Second …"]


def test_a_database_that_is_being_vacuumed_is_dropped_a_moment_later(
    checkout: Checkout, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter([CommandError(f"PostgreSQL failed: Only roles with {databases.VACUUMING}"), ""])

    def psql(*_arguments: object, **_values: str) -> str:
        answer = next(answers)
        if isinstance(answer, CommandError):
            raise answer
        return answer

    monkeypatch.setattr(postgres, "psql", psql)
    monkeypatch.setattr(databases.time, "sleep", lambda _seconds: None)
    databases.drop(checkout, "ntue_test")
    assert next(answers, None) is None


def test_another_refusal_to_drop_a_database_is_told_at_once(
    checkout: Checkout, monkeypatch: pytest.MonkeyPatch
) -> None:
    def psql(*_arguments: object, **_values: str) -> str:
        raise CommandError("PostgreSQL failed: it is gone")

    monkeypatch.setattr(postgres, "psql", psql)
    with pytest.raises(CommandError, match="it is gone"):
        databases.drop(checkout, "ntue_test")
