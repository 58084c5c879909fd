"""Images that stand in for the official ones, of Debian's packages; see tests/compose/images."""

import shutil
import subprocess
from pathlib import Path

from dev import console, containers, databases, debian, shell
from dev.checkout import Checkout
from dev.tasks import Task

IMAGES = "tests/compose/images"
BASE = "localhost/ntue-stand-in/base"
OFFICIAL = {"odoo": "odoo:19", "postgres": "postgres:17", "nginx": "nginx:1.28"}
"""Folder of a stand-in, and the image that it stands in for."""

LABEL = "ntue.digest"
GIGABYTES = 6.0
DATABASE, PRODUCT = "ntue-postgres:17", "ntue-graduation:19.0"
OURS = {DATABASE: "docker/postgres/Dockerfile", PRODUCT: "docker/Dockerfile"}
"""Our own images, as docker-compose.yml builds them on those."""

SETTINGS_OF_PIP = ("/etc/pip.conf", "/etc/ssl/certs/ca-certificates.crt")
"""Of this machine, seen while an image is built and not kept in it."""


def name(folder: str) -> str:
    """Return what the image of a folder is called here."""
    return f"localhost/ntue-stand-in/{folder}:{OFFICIAL[folder].split(':')[1]}"


def _digest(checkout: Checkout, folder: str) -> str:
    return databases.folder_digest(checkout.root / IMAGES / folder)


def _podman(checkout: Checkout, what: str, *arguments: str, progress: console.Progress) -> str:
    log = checkout.log("containers")
    env = containers.environment(checkout)
    return shell.run(what, ["podman", *arguments], log, env=env, on_line=progress)


def _has(checkout: Checkout, image: str, digest: str) -> bool:
    """Whether an image is there and was made of what `digest` says."""
    asked = ["podman", "image", "inspect", "--format", f'{{{{index .Labels "{LABEL}"}}}}', image]
    env = containers.environment(checkout)
    found = subprocess.run(asked, env=env, capture_output=True, text=True, check=False)
    return found.returncode == 0 and found.stdout.strip() == digest


def _base(checkout: Checkout, progress: console.Progress) -> None:
    """Make a root of Debian's smallest set of packages."""
    shell.need_space(checkout.cache, GIGABYTES)
    work, log = checkout.cache / "base.part", checkout.log("containers")
    root, packed = work / "root", work / "root.tar"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    command = [
        "debootstrap",
        "--variant=minbase",
        "--include=ca-certificates",
        f"--keyring={debian.keyring()}",
        containers.SUITE,
        str(root),
        debian.mirror(log),
    ]
    shell.run("debootstrap", command, log, on_line=progress)
    progress("packing")
    left_out = ("./var/cache/apt/archives/*.deb", "./var/lib/apt/lists/*_*", "./dev/*")
    excluded = [f"--exclude={pattern}" for pattern in left_out]
    shell.run("Packing", ["tar", *excluded, "-C", root, "-cf", packed, "."], log)
    arguments = ("import", "--change", f"LABEL {LABEL}={containers.SUITE}", str(packed), BASE)
    _podman(checkout, "Importing", *arguments, progress=progress)
    shutil.rmtree(work)


def _build(checkout: Checkout, folder: str, progress: console.Progress) -> None:
    context = checkout.root / IMAGES / folder
    if folder == "odoo":
        context = _with_odoo(checkout, context, progress)
    label, network = f"{LABEL}={_digest(checkout, folder)}", "--network=host"
    arguments = ("--label", label, network, "--tag", name(folder), str(context))
    _podman(checkout, f"Building {folder}", "build", *arguments, progress=progress)
    if folder == "odoo":
        shutil.rmtree(context)


def _with_odoo(checkout: Checkout, folder: Path, progress: console.Progress) -> Path:
    """Return a copy of `folder` with Debian's package of Odoo in it."""
    work, context = checkout.cache / "odoo-image.part", checkout.cache / "odoo-context.part"
    (file,) = debian.download(["odoo-19"], "sid", work, checkout.log("odoo"), progress)
    shutil.rmtree(context, ignore_errors=True)
    shutil.copytree(folder, context)
    shutil.move(file, context / "odoo.deb")
    shutil.rmtree(work)
    return context


def build_ours(checkout: Checkout, progress: console.Progress) -> None:
    """Build our own images on the stand-ins, by our own files."""
    for image in OURS:
        build(checkout, image, image, progress)


def build(
    checkout: Checkout,
    image: str,
    named: str,
    progress: console.Progress,
    root: Path | None = None,
) -> None:
    """Build one of OURS, called `named`, as `docker compose build` does elsewhere.

    `root` is another release's checkout than this one.
    """
    root = root or checkout.root
    file = root / OURS[image]
    seen = (f"--volume={own}:{own}:ro" for own in SETTINGS_OF_PIP if Path(own).exists())
    arguments = (
        "build",
        "--network=host",
        f"--build-arg=ODOO_IMAGE={name('odoo')}",
        f"--build-arg=POSTGRES_IMAGE={name('postgres')}",
        *seen,
        f"--ignorefile={file}.dockerignore",
        f"--file={file}",
        f"--tag=localhost/{named}",
        str(root),
    )
    _podman(checkout, f"Building {named}", *arguments, progress=progress)


VARIABLES = {
    "odoo": "NTUE_ODOO_IMAGE",
    "postgres": "NTUE_POSTGRES_IMAGE",
    "nginx": "NTUE_PROXY_IMAGE",
}


def variables() -> dict[str, str]:
    """Return what `.env` says for the stand-ins to be taken."""
    return {variable: name(folder) for folder, variable in VARIABLES.items()}


def _task(folder: str) -> Task:
    return Task(
        f"Stand-in for {OFFICIAL[folder]}",
        lambda checkout: _has(checkout, name(folder), _digest(checkout, folder)),
        lambda checkout, progress: _build(checkout, folder, progress),
    )


TASKS = (
    Task(
        f"Debian {containers.SUITE} as an image",
        lambda checkout: _has(checkout, BASE, containers.SUITE),
        _base,
    ),
    *(_task(folder) for folder in OFFICIAL),
    Task("Images of docker-compose.yml", lambda _checkout: False, build_ours),
)
