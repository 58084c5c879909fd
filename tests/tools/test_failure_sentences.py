"""Every failure a person can mend ends in one sentence that says what to type."""

import ctypes.util
import errno
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from dev import cli, debian, demo, odoo_source, postgres, process, server, shell, system
from dev.checkout import Checkout
from dev.errors import CommandError

TOOLS = Path(__file__).resolve().parents[2] / "tools"


def silent(_text: str) -> None:
    """Hear how far a step is and say nothing."""


def assert_one_sentence(text: str, *parts: str) -> None:
    assert "\n" not in text.strip()
    assert text.strip().endswith(".")
    for part in parts:
        assert part in text


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.socket() as holder:
        holder.bind((process.LOOPBACK, 0))
        holder.listen()
        yield holder.getsockname()[1]


@pytest.mark.parametrize("version", ["3, 6", "3, 10", "3, 14"])
def test_a_wrong_python_is_told_which_one_to_install(version: str) -> None:
    pretend = f"import sys; sys.version_info = ({version}, 0, 'final', 0); import dev"
    ended = subprocess.run(
        [sys.executable, "-c", pretend], cwd=TOOLS, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 1
    assert_one_sentence(
        ended.stderr, f"Python {version.replace(', ', '.')} ", "make demo PYTHON=python3.11"
    )


def test_a_taken_port_is_named_before_anything_is_built(
    checkout: Checkout, taken_port: int
) -> None:
    with pytest.raises(CommandError) as raised:
        demo.run(checkout, taken_port)
    assert_one_sentence(
        str(raised.value), f"Port {taken_port} is taken", f"make demo PORT={taken_port + 1}"
    )
    assert not checkout.logs.exists()


@pytest.mark.parametrize("text", ["eighty", "80", "70000", ""])
def test_what_is_no_port_is_refused(text: str) -> None:
    with pytest.raises(CommandError) as raised:
        server.port_number(text)
    assert_one_sentence(str(raised.value), "make demo PORT=8070")


@pytest.mark.usefixtures("nothing_installed")
def test_without_root_the_missing_packages_are_named_with_the_command(
    checkout: Checkout, monkeypatch: pytest.MonkeyPatch, program: object
) -> None:
    del program  # brings a PATH with the system's apt-get
    monkeypatch.setattr(process, "is_root", lambda: False)
    monkeypatch.setattr(shutil, "which", lambda name, **_: name if name == "apt-get" else None)
    monkeypatch.setattr(ctypes.util, "find_library", lambda _name: None)
    lacking = system.missing(system.PDF)
    with pytest.raises(CommandError) as raised:
        system.install(checkout, lacking, silent)
    typefaces = ["fonts-noto-cjk", "fonts-cns11643-sung", "fonts-hanazono"]
    libraries = ["libpangoft2-1.0-0", "libharfbuzz-subset0"]
    assert lacking == ["wkhtmltopdf", "fontconfig", *libraries, *typefaces]
    assert_one_sentence(str(raised.value), f"sudo apt-get install {' '.join(lacking)}")


@pytest.mark.usefixtures("nothing_installed")
def test_without_apt_the_missing_packages_are_named(checkout: Checkout) -> None:
    with pytest.raises(CommandError) as raised:
        system.install(checkout, ["wkhtmltopdf"], silent)
    assert_one_sentence(str(raised.value), "wkhtmltopdf")


def test_too_little_disk_is_told_before_writing(
    checkout: Checkout, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(9, 8, 10**8))
    with pytest.raises(CommandError) as raised:
        odoo_source.fetch(checkout, silent)
    assert_one_sentence(str(raised.value), "2 GB are needed", "NTUE_CACHE=")


def test_a_program_that_fills_the_disk_is_explained(checkout: Checkout) -> None:
    script = ["sh", "-c", "echo 'write: No space left on device' >&2; exit 1"]
    with pytest.raises(CommandError) as raised:
        shell.run("Unpacking", script, checkout.log("x"))
    assert_one_sentence(str(raised.value), "is full", "NTUE_CACHE=")


def test_a_disk_that_fills_under_our_own_hands_is_explained(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fill(_checkout: Checkout, _arguments: list[str]) -> int:
        Path("/dev/full").write_text("x")
        return 0

    monkeypatch.setitem(cli.COMMANDS, "db", fill)
    assert cli.main(["db"]) == 1
    assert_one_sentence(capsys.readouterr().err, "is full")


def test_a_folder_that_may_not_be_written_is_named() -> None:
    found = shell.foreseen(PermissionError(errno.EACCES, "no", "/somewhere/.cache"))
    assert_one_sentence(str(found), "/somewhere/.cache", "NTUE_CACHE=")


def test_an_unreachable_package_index_is_explained(checkout: Checkout) -> None:
    nobody = f"http://{process.LOOPBACK}:{process.free_port()}/simple"
    options = ["--isolated", "--retries=0", "--disable-pip-version-check", f"--index-url={nobody}"]
    command = [sys.executable, "-m", "pip", "download", *options, "--no-deps", "lxml"]
    with pytest.raises(CommandError) as raised:
        shell.run("Installing Python packages", command, checkout.log("python"))
    assert_one_sentence(str(raised.value), "registry is out of reach", "run it again")


def test_an_unreachable_mirror_is_explained(checkout: Checkout, program, monkeypatch) -> None:
    monkeypatch.setattr(debian, "KEYRINGS", checkout.root)
    (checkout.root / "debian-archive-keyring.gpg").touch()
    program(
        "apt-get",
        """case "$*" in
        *--print-uris*) echo "'http://mirror.invalid/debian/dists/stable/InRelease' x 0" ;;
        *) echo "E: Could not resolve 'mirror.invalid'"; exit 100 ;;
        esac""",
    )
    with pytest.raises(CommandError) as raised:
        odoo_source.fetch(checkout, silent)
    assert_one_sentence(str(raised.value), "registry is out of reach")


def test_a_machine_that_is_not_debian_is_pointed_to_odoo_home(checkout, monkeypatch) -> None:
    monkeypatch.setattr(debian, "KEYRINGS", checkout.root)
    with pytest.raises(CommandError) as raised:
        odoo_source.fetch(checkout, silent)
    assert_one_sentence(str(raised.value), "ODOO_HOME=/path/to/odoo")


def test_an_odoo_home_without_odoo_19_is_refused(checkout: Checkout) -> None:
    elsewhere = Checkout(checkout.root, checkout.cache, {"ODOO_HOME": str(checkout.root)})
    with pytest.raises(CommandError) as raised:
        odoo_source.locate(elsewhere)
    assert_one_sentence(str(raised.value), "odoo-bin")


def test_a_server_named_by_pghost_that_does_not_answer_is_named(checkout: Checkout) -> None:
    elsewhere = Checkout(
        checkout.root, checkout.cache, {"PGHOST": "db.invalid", "PGUSER": "school"}
    )
    with pytest.raises(CommandError) as raised:
        postgres.start(elsewhere, silent)
    assert_one_sentence(str(raised.value), "school", "PGHOST=db.invalid", "PGPASSWORD")


def test_a_cache_among_other_peoples_files_is_refused(tmp_path: Path) -> None:
    (tmp_path / "thesis.odt").touch()
    with pytest.raises(CommandError) as raised:
        Checkout(tmp_path, tmp_path, {}).open_cache()
    assert_one_sentence(str(raised.value), "make clean")


def test_clean_touches_nothing_in_a_folder_that_is_no_cache(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "thesis.odt").touch()
    monkeypatch.setenv("NTUE_CACHE", str(tmp_path))
    assert cli.main(["clean"]) == 1
    assert_one_sentence(capsys.readouterr().err, "holds other things")
    assert (tmp_path / "thesis.odt").exists()


def test_a_missing_program_is_named(checkout: Checkout) -> None:
    with pytest.raises(CommandError) as raised:
        shell.run("Unpacking", ["no-such-program"], checkout.log("x"))
    assert_one_sentence(str(raised.value), "no-such-program")


def test_any_other_failure_quotes_the_line_that_says_most(checkout: Checkout) -> None:
    script = "echo start; echo 'ValueError: no such column'; echo 'Closed 1 connection'; exit 3"
    with pytest.raises(CommandError) as raised:
        shell.run("Installing", ["sh", "-c", script], checkout.log("x"))
    assert_one_sentence(str(raised.value), "ValueError: no such column", str(checkout.log("x")))
    assert "Closed 1 connection" in checkout.log("x").read_text()
