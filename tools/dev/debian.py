"""Debian packages unpacked into a folder, without touching the system.

Private apt folders, signatures checked with the keyring that Debian installed; the mirror is
the one that this machine's apt is set up for.
"""

import re
from collections.abc import Sequence
from pathlib import Path

from dev import console, shell
from dev.errors import CommandError

KEYRINGS = Path("/usr/share/keyrings")
ELSEWHERE = (
    "Odoo 19 comes as a Debian package and this machine is not Debian: "
    "get an Odoo 19 checkout and name it with `ODOO_HOME=/path/to/odoo`."
)


def keyring() -> Path:
    """Return Debian's own keyring; raise CommandError where there is none."""
    for name in ("debian-archive-keyring.gpg", "debian-archive-keyring.pgp"):
        if (KEYRINGS / name).exists():
            return KEYRINGS / name
    raise CommandError(ELSEWHERE)


def mirror(log: Path) -> str:
    """Return the address of the Debian mirror that apt is set up for.

    `apt-get indextargets` lists nothing before the first update, this lists always.
    """
    listing = shell.run("Asking apt", ["apt-get", "--print-uris", "update"], log)
    for address in re.findall(r"'(\S+?)/dists/[^']*'", listing):
        if address.rstrip("/").endswith("/debian"):
            return str(address)
    raise CommandError(ELSEWHERE)


def options(work: Path, suite: str, log: Path) -> list[str]:
    """Return apt's options for folders below `work` and a source list for `suite` alone."""
    sources = work / "sources.list"
    for folder in ("lists/partial", "cache/archives/partial"):
        (work / folder).mkdir(parents=True, exist_ok=True)
    sources.write_text(f"deb [signed-by={keyring()}] {mirror(log)} {suite} main\n")
    settings = {
        "Dir::Etc::SourceList": sources,
        "Dir::Etc::SourceParts": "/dev/null",
        "Dir::State::Lists": work / "lists",
        "Dir::Cache": work / "cache",
        "APT::Sandbox::User": "root",
        "APT::Status-Fd": "1",
    }
    return [part for key, value in settings.items() for part in ("-o", f"{key}={value}")]


def unpack(
    packages: Sequence[str],
    suite: str,
    work: Path,
    prefix: Path,
    log: Path,
    progress: console.Progress,
) -> list[str]:
    """Download `packages` of `suite` below `work`, unpack them into `prefix`, name the files."""
    files = download(packages, suite, work, log, progress)
    for number, file in enumerate(files, 1):
        progress(f"unpacking {number}/{len(files)}: {file.name}")
        shell.run(f"Unpacking {file.name}", ["dpkg-deb", "-x", file, prefix], log)
    return [file.name for file in files]


def download(
    packages: Sequence[str], suite: str, work: Path, log: Path, progress: console.Progress
) -> list[Path]:
    """Download `packages` of `suite` below `work`; return the files.

    Files that an interrupted run finished are kept: apt checks their hash and goes on.
    """
    archive = work / "archives"
    archive.mkdir(parents=True, exist_ok=True)
    settings = options(work, suite, log)

    def percent(text: str) -> None:
        found = re.match(r"dlstatus:\d+:(\d+)[\d.]*:(.*)", text)
        if found:
            progress(f"{found[1]} %: {found[2]}")

    progress("reading the package list")
    shell.run("Reading the package list", ["apt-get", *settings, "update"], log)
    command = ["apt-get", *settings, "download", *packages]
    shell.run(f"Downloading {packages[0]}", command, log, cwd=archive, on_line=percent)
    return sorted(archive.glob("*.deb"))
