"""`make demo`: the product with the sample school in it, served on loopback."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field

from house import databases, odoo, process, provision, sample_school, say, server, steps, system
from house.place import Place
from house.product import ADDONS, SAMPLES
from house.steps import Step


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


class Demo:
    """The steps to the demo on one port."""

    def __init__(self, place: Place, port: int) -> None:
        self.port = port
        self.name = database_name(place, port)

    def steps(self) -> list[Step]:
        """Return the steps that follow provisioning."""
        return [
            Step(f"Database {self.name}", self._has("addons", databases.addons_digest), self._fill),
            Step("Sample school", self._has("samples", sample_school.digest), self._import),
            Step("Sign-ins", self._has("users", sample_school.users_digest), self._sign_in),
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
        sample_school.add(place, self.name)
        progress = self._progress(place)
        progress.samples = sample_school.digest(place)
        progress.write(place, self.name)

    def _sign_in(self, place: Place, tell: say.Tell) -> None:
        tell("making a user for each role")
        made = sample_school.add_sign_ins(place, self.name)
        progress = self._progress(place)
        progress.users, progress.sign_ins = sample_school.users_digest(place), made
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
