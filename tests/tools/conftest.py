"""A checkout of its own for every test, and programs that only pretend."""

from collections.abc import Callable
from pathlib import Path

import pytest

from dev.checkout import Checkout

FakeProgram = Callable[[str, str], None]


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    """An empty checkout with an opened, empty cache."""
    root = tmp_path / "checkout"
    root.mkdir()
    checkout = Checkout(root, root / ".cache", {"PATH": "/usr/bin:/bin"})
    checkout.open_cache()
    return checkout


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FakeProgram:
    """Put a shell script on PATH under a name, before every program of that name."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")

    def put(name: str, script: str) -> None:
        file = folder / name
        file.write_text(f"#!/bin/sh\n{script}\n")
        file.chmod(0o755)

    return put


@pytest.fixture
def nothing_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A PATH on which no program is found."""
    monkeypatch.setenv("PATH", str(tmp_path / "nowhere"))
