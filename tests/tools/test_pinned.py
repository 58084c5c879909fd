"""Which Python the environments are made from."""

import subprocess
import sys
import sysconfig

import pytest

from dev import pinned

ABLE, UNABLE = "exit 0", "exit 1"


@pytest.fixture
def system(tmp_path, monkeypatch):
    """Put an interpreter into a folder for a distribution's; what it does is a line of shell."""
    monkeypatch.setattr(sysconfig, "get_config_var", lambda _name: "'--prefix=/opt'")

    def put(line, version=f"{sys.version_info.major}.{sys.version_info.minor}"):
        found = tmp_path / f"python{version}"
        found.write_text(f"#!/bin/sh\n{line}\n")
        found.chmod(0o755)
        pinned.faster.cache_clear()
        return found

    yield put
    pinned.faster.cache_clear()


def test_the_distributions_python_of_this_version_is_taken_where_this_one_is_slow(system, tmp_path):
    found = system(ABLE)
    assert pinned.faster(tmp_path) == found


def test_one_that_makes_no_environments_is_left(system, tmp_path):
    system(UNABLE)
    assert pinned.faster(tmp_path) is None


def test_one_of_another_version_is_left(system, tmp_path):
    system(ABLE, version="2.7")
    assert pinned.faster(tmp_path) is None


def test_a_python_that_was_built_for_speed_is_kept(system, tmp_path, monkeypatch):
    system(ABLE)
    built = "'--prefix=/opt' '--enable-optimizations'"
    monkeypatch.setattr(sysconfig, "get_config_var", lambda _name: built)
    assert pinned.faster(tmp_path) is None


def test_an_environment_answers_as_what_it_was_made_from(tmp_path):
    """Else a command that a test starts would make the environment of the tests anew."""
    pinned.make_environment(tmp_path / "environment", tmp_path / "log")
    ask = "from dev import pinned; print(pinned.faster())"
    inside, outside = (
        subprocess.run([python, "-c", ask], capture_output=True, text=True, check=True).stdout
        for python in (pinned.interpreter(tmp_path / "environment"), sys.executable)
    )
    assert inside == outside == f"{pinned.faster()}\n"
