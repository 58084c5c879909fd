"""Containers of this checkout, for tests: podman, and Docker Compose that speaks to it.

`docker` of the folder that `environment` puts on the path is both: `docker compose` is Docker's
own Compose of Debian's package, everything else podman. So a runbook's commands run as they stand.
"""

import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from dev import console, debian, shell, system
from dev.checkout import Checkout
from dev.errors import CommandError
from dev.tasks import Task

SUITE = "trixie"
"""Debian's release that Docker Compose and the stand-ins for images are of."""

START_SECONDS = 30
LOOK_AT_HEALTH = 2.0
"""Seconds between two looks. podman leaves that to systemd, which need not be here."""

GIVEN = "3"
"""Of a hardware address: given by somebody, and not the system's choice."""

CONFIGURATION = """\
[containers]
# As Docker's own service has them; this machine may forbid podman's higher ones.
default_ulimits = ["nofile=1024:1024", "nproc=1000:1000"]
log_driver = "k8s-file"
[engine]
runtime = "runc"
cgroup_manager = "cgroupfs"
events_logger = "file"
[network]
network_backend = "netavark"
network_config_dir = "{home}/networks"
"""

STORAGE = """\
[storage]
driver = "overlay"
graphroot = "{home}/storage"
runroot = "{run}"
"""

DOCKER = """\
#!/bin/sh
# Written by tools/dev/containers.py.
if [ "$1" = compose ]; then
    shift
    # Images are built by podman before: see tools/dev/stand_ins.py.
    case " $* " in *" build "*) exit 0 ;; esac
    exec {compose} "$@"
fi
exec podman "$@"
"""


def home(checkout: Checkout) -> Path:
    """Return the folder of this checkout's containers, images and volumes."""
    return checkout.cache / "containers"


def _running(checkout: Checkout) -> Path:
    """Return the folder of what runs: short, for the limit of a socket's path."""
    return Path(f"/run/ntue-{checkout.mark}")


def _socket(checkout: Checkout) -> Path:
    return _running(checkout) / "podman.sock"


def _compose(checkout: Checkout) -> Path:
    return home(checkout) / "compose/usr/libexec/docker/cli-plugins/docker-compose"


def environment(checkout: Checkout) -> dict[str, str]:
    """Return the environment in which `docker`, `docker compose` and `podman` are this checkout's.

    No setting of the product comes in by it: those are read from the `.env` that a test wrote.
    """
    own = {key: text for key, text in checkout.environ.items() if not key.startswith("NTUE_")}
    return {
        **own,
        "PATH": f"{home(checkout) / 'bin'}{os.pathsep}{own.get('PATH', os.defpath)}",
        "CONTAINERS_CONF": str(home(checkout) / "containers.conf"),
        "CONTAINERS_STORAGE_CONF": str(home(checkout) / "storage.conf"),
        "DOCKER_HOST": f"unix://{_socket(checkout)}",
        "DOCKER_BUILDKIT": "0",
        # podman would ask systemd to look at health; `_look_at_health` does.
        "DISABLE_HC_SYSTEMD": "true",
    }


def _ready(checkout: Checkout) -> bool:
    return _compose(checkout).exists() and (home(checkout) / "bin/docker").exists()


def _provide(checkout: Checkout, progress: console.Progress) -> None:
    """Write the configuration and bring Docker Compose into the cache."""
    place = home(checkout)
    (place / "bin").mkdir(parents=True, exist_ok=True)
    (place / "networks").mkdir(exist_ok=True)
    run = _running(checkout)
    for name, text in (("containers.conf", CONFIGURATION), ("storage.conf", STORAGE)):
        (place / name).write_text(text.format(home=place, run=run / "storage"), encoding="utf-8")
    if not _compose(checkout).exists():
        work = checkout.cache / "compose.part"
        log = checkout.log("containers")
        debian.unpack(
            ["docker-compose"], SUITE, work, place / "compose", checkout.log("containers"), progress
        )
        shutil.rmtree(work)
        shell.run("Docker Compose", [_compose(checkout), "version"], log)
    script = place / "bin/docker"
    script.write_text(DOCKER.format(compose=_compose(checkout)), encoding="utf-8")
    script.chmod(0o755)


TASKS = (system.task(system.CONTAINERS), Task("Docker Compose over podman", _ready, _provide))


class _Asked(http.client.HTTPConnection):
    """A connection to podman's service by its socket."""

    def __init__(self, path: Path) -> None:
        super().__init__("podman", timeout=60)
        self._path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(self.timeout)
        self.sock.connect(str(self._path))


def _ask(path: Path, address: str) -> bytes:
    connection = _Asked(path)
    try:
        connection.request("GET", f"/v4.0.0/libpod/{address}")
        return connection.getresponse().read()
    finally:
        connection.close()


def _keep_addresses() -> None:
    """Have each bridge keep the hardware address that it has.

    Else it takes the lowest of those at it, another one whenever a container comes or goes, and who
    came shortly before speaks to the former for half a minute: no name is found. Docker's has one.
    """
    for bridge in Path("/sys/class/net").glob("podman*"):
        if (bridge / "addr_assign_type").read_text().strip() != GIVEN:
            own = (bridge / "address").read_text().strip()
            command = ["ip", "link", "set", "dev", bridge.name, "address", own]
            subprocess.run(command, check=False, capture_output=True)


def _look_at_health(path: Path, ended: threading.Event) -> None:
    """Have podman run the health check of each running container, over and over."""
    while not ended.wait(LOOK_AT_HEALTH):
        with suppress(OSError):
            _keep_addresses()
        with suppress(OSError, http.client.HTTPException, ValueError):
            for container in json.loads(_ask(path, "containers/json")):
                _ask(path, f"containers/{container['Id']}/healthcheck")


@contextmanager
def service(checkout: Checkout) -> Iterator[dict[str, str]]:
    """Run podman's service for Docker Compose; yield the environment to use it in."""
    env, path = environment(checkout), _socket(checkout)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    ended = threading.Event()
    with (
        checkout.log("podman-service").open("ab") as log,
        subprocess.Popen(
            ["podman", "system", "service", "--time=0", f"unix://{path}"],
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        ) as child,
    ):
        looking = threading.Thread(target=_look_at_health, args=(path, ended), daemon=True)
        try:
            _wait_for(path, child)
            looking.start()
            yield env
        finally:
            ended.set()
            child.send_signal(signal.SIGTERM)


def _wait_for(path: Path, child: "subprocess.Popen[bytes]") -> None:
    limit = time.monotonic() + START_SECONDS
    while not path.exists():
        if child.poll() is not None or time.monotonic() > limit:
            raise CommandError(
                "podman's service does not start: see .cache/log/podman-service.log."
            )
        time.sleep(0.05)


def remove(checkout: Checkout) -> None:
    """Remove all containers, volumes, networks and images of this checkout."""
    if not (home(checkout) / "storage.conf").exists():
        return
    command = ["podman", "system", "reset", "--force"]
    shell.run("Removing containers", command, checkout.log("containers"), env=environment(checkout))
    shutil.rmtree(_running(checkout), ignore_errors=True)
