"""`make demo`: the product with the sample school in it, served on loopback."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from house import databases, odoo, process, provision, say, server, shell, steps, system
from house.place import Place
from house.product import ADDONS, SAMPLES
from house.steps import Step

USERS_SCRIPT = "tools/demo_users.py"
"""Run in Odoo's shell; prints `role<TAB>login<TAB>password` lines between the two markers."""

BEGIN, END = "=== sign-ins", "=== end of sign-ins"


@dataclass
class Progress:
    """How far a demo database is: digests of what was put into it.  Kept as its comment."""

    addons: str = ""
    samples: str = ""
    users: str = ""
    sign_ins: list[list[str]] = field(default_factory=list)

    @classmethod
    def read(cls, place: Place, name: str) -> "Progress | None":
        """Return how far the database `name` is; None when there is none that is ours."""
        text = databases.note(place, name) if databases.exists(place, name) else ""
        return cls(**json.loads(text)) if text.startswith("{") else None

    def write(self, place: Place, name: str) -> None:
        """Keep it with the database."""
        databases.write_note(place, name, json.dumps(self.__dict__))


def database_name(place: Place, port: int) -> str:
    """Return the name of the demo's database: one for each port."""
    return databases.house_name(place, f"demo_{port}")


def _samples_digest(place: Place) -> str:
    return databases.folder_digest(place.root / SAMPLES)


def _users_digest(place: Place) -> str:
    script = (place.root / USERS_SCRIPT).read_bytes()
    return databases.digest(script, _samples_digest(place))


def sign_ins(output: str) -> list[list[str]]:
    """Return the role, login and password of each line that the script printed."""
    lines = output.split(BEGIN, 1)[-1].split(END, 1)[0].splitlines()
    return [line.split("\t") for line in lines if line.count("\t") == 2]


class Demo:
    """The steps to the demo on one port."""

    def __init__(self, place: Place, port: int) -> None:
        self.port = port
        self.name = database_name(place, port)

    def steps(self) -> list[Step]:
        """Return the steps that follow provisioning."""
        return [
            Step(f"Database {self.name}", self._has("addons", databases.addons_digest), self._fill),
            Step("Sample school", self._has("samples", _samples_digest), self._import),
            Step("Sign-ins", self._has("users", _users_digest), self._sign_in),
            Step(f"Server on port {self.port}", self._serving, self._serve),
        ]

    def _progress(self, place: Place) -> Progress:
        return Progress.read(place, self.name) or Progress()

    def _has(self, part: str, digest: Callable[[Place], str]) -> Callable[[Place], bool]:
        return lambda place: getattr(self._progress(place), part) == digest(place)

    def _fill(self, place: Place, tell: say.Tell) -> None:
        """Make the database, or bring an older one to the addons as they are now."""
        progress = Progress.read(place, self.name)
        addons = databases.addons_digest(place)
        running = server.find(place, self.port)
        if running:
            server.stop(place, running)
        if progress and progress.addons:
            tell("upgrading the addons")
            modules = ",".join(ADDONS)
            options = ("--init", modules, "--update", modules, "--stop-after-init", "--no-http")
            odoo.run(place, "Upgrading the addons", "--database", self.name, *options, tell=tell)
        else:
            databases.fresh(place, self.name, tell)
            progress = Progress()
        progress.addons = addons
        progress.write(place, self.name)

    def _import(self, place: Place, tell: say.Tell) -> None:
        tell(f"importing {SAMPLES}")
        folder = str(place.root / SAMPLES)
        odoo.run(place, "Importing the samples", "ntue_import", "-d", self.name, folder)
        progress = self._progress(place)
        progress.samples = _samples_digest(place)
        progress.write(place, self.name)

    def _sign_in(self, place: Place, tell: say.Tell) -> None:
        tell("making a user for each role")
        script: Path = place.root / USERS_SCRIPT
        shell_command = ("shell", "--database", self.name, "--no-http")
        output = odoo.run(place, "Making the sign-ins", *shell_command, script=script)
        progress = self._progress(place)
        progress.users, progress.sign_ins = _users_digest(place), sign_ins(output)
        if not progress.sign_ins:
            raise shell.explain("Making the sign-ins", output, place.log("odoo-runs"))
        progress.write(place, self.name)

    def _serving(self, place: Place) -> bool:
        running = server.find(place, self.port)
        return running is not None and server.healthy(running)

    def _serve(self, place: Place, tell: say.Tell) -> None:
        tell("starting")
        running = server.find(place, self.port)
        if running:
            server.stop(place, running)
        server.start(place, self.name, self.port)


def run(place: Place, port: int) -> None:
    """Bring the demo up on `port` and print where it is and who may sign in."""
    if not server.find(place, port) and not process.port_is_free(port):
        raise server.port_taken(port)
    demo = Demo(place, port)
    with steps.locked(place):
        steps.run(place, [*provision.with_system(*system.PDF), *demo.steps()])
    progress = Progress.read(place, demo.name) or Progress()
    rows = [tuple(row) for row in progress.sign_ins]
    say.line(f"\nhttp://{process.LOOPBACK}:{port} serves the database {demo.name}. Sign in as:\n")
    say.line(say.table(("role", "login", "password"), rows))
    say.line("\n`make stop` ends it; `make demo` brings it back.")
