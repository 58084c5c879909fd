"""`make hostile`: what it knows, and that its exit code shows a missed bar."""

from contextlib import nullcontext

import pytest

from dev import hostile
from dev.checkout import Checkout
from dev.errors import CommandError


def test_a_part_that_it_does_not_know_is_named_and_the_others_listed():
    with pytest.raises(CommandError, match="routes, files, readers, minute, guessing; not rooms"):
        hostile.run(Checkout.here(), ["rooms"])


@pytest.fixture
def without_steps(monkeypatch):
    """Nothing is provisioned, and nothing else of this checkout is waited for."""
    monkeypatch.setattr(hostile.tasks, "run", lambda _checkout, _tasks: None)
    monkeypatch.setattr(hostile.tasks, "locked", lambda *_names: nullcontext())


@pytest.mark.usefixtures("without_steps")
@pytest.mark.parametrize(("kept", "code"), [(True, 0), (False, 1)])
def test_a_missed_bar_is_the_commands_exit_code(monkeypatch, kept, code):
    parts = {"one": lambda _checkout: True, "other": lambda _checkout: kept}
    monkeypatch.setattr(hostile, "PARTS", parts)
    assert hostile.run(Checkout.here(), []) == code


def test_a_traceback_in_the_servers_log_misses_the_bar(tmp_path, capsys):
    log = tmp_path / "log"
    said = "2026-01-01 00:00:00,000 1 WARNING db odoo.http: Refused\n"
    log.write_text(said)
    assert hostile._quiet(log)
    fault = "2026-01-01 00:00:00,000 1 ERROR db odoo.http: Exception during request handling.\n"
    log.write_text(f"{said}{fault}Traceback (most recent call last):\n")
    assert not hostile._quiet(log)
    assert "Exception during" in capsys.readouterr().out


def test_every_script_that_the_command_runs_is_there():
    folder = Checkout.here().root / hostile.FOLDER
    for name in (*hostile.PARTS, "describe"):
        assert (folder / f"{name}.py").is_file()
