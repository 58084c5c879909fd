"""`make demo`: the product with the sample school in it, served on loopback."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from dev import console, databases, odoo, process, provision, sample_school, server, system, tasks
from dev.checkout import Checkout
from dev.product import ADDONS, SAMPLES
from dev.tasks import Task


@dataclass
class DemoState:
    """How far a demo database is: digests of what was put into it.  Kept as its comment."""

    addons: str = ""
    samples: str = ""
    users: str = ""
    sign_ins: list[list[str]] = field(default_factory=list)

    @classmethod
    def read(cls, checkout: Checkout, name: str) -> "DemoState | None":
        """Return how far the database `name` is; None when there is none that is ours."""
        text = databases.note(checkout, name) if databases.exists(checkout, name) else ""
        return cls(**json.loads(text)) if text.startswith("{") else None

    def write(self, checkout: Checkout, name: str) -> None:
        """Keep it with the database."""
        databases.write_note(checkout, name, json.dumps(self.__dict__))


def database_name(checkout: Checkout, port: int) -> str:
    """Return the name of the demo's database: one for each port."""
    return databases.own_name(checkout, f"demo_{port}")


class Demo:
    """The tasks that bring up the demo on one port."""

    def __init__(self, checkout: Checkout, port: int) -> None:
        self.port = port
        self.name = database_name(checkout, port)

    def tasks(self) -> list[Task]:
        """Return the tasks that follow provisioning."""
        return [
            Task(f"Database {self.name}", self._has("addons", databases.addons_digest), self._fill),
            Task("Sample school", self._has("samples", sample_school.digest), self._import),
            Task("Sign-ins", self._has("users", sample_school.users_digest), self._sign_in),
            Task(f"Server on port {self.port}", self._serving, self._serve),
        ]

    def _state(self, checkout: Checkout) -> DemoState:
        return DemoState.read(checkout, self.name) or DemoState()

    def _has(self, part: str, digest: Callable[[Checkout], str]) -> Callable[[Checkout], bool]:
        return lambda checkout: getattr(self._state(checkout), part) == digest(checkout)

    def _fill(self, checkout: Checkout, progress: console.Progress) -> None:
        """Make the database, or bring an older one to the addons as they are now."""
        state = DemoState.read(checkout, self.name)
        addons = databases.addons_digest(checkout)
        running = server.find(checkout, self.port)
        if running:
            server.stop(checkout, running)
        if state and state.addons:
            progress("upgrading the addons")
            modules = ",".join(ADDONS)
            options = ("--init", modules, "--update", modules, "--stop-after-init", "--no-http")
            odoo.run(
                checkout,
                "Upgrading the addons",
                "--database",
                self.name,
                *options,
                progress=progress,
            )
        else:
            databases.fresh(checkout, self.name, progress)
            state = DemoState()
        state.addons = addons
        state.write(checkout, self.name)

    def _import(self, checkout: Checkout, progress: console.Progress) -> None:
        progress(f"importing {SAMPLES}")
        sample_school.add(checkout, self.name)
        state = self._state(checkout)
        state.samples = sample_school.digest(checkout)
        state.write(checkout, self.name)

    def _sign_in(self, checkout: Checkout, progress: console.Progress) -> None:
        progress("making a user for each role")
        # What mails and slips of this demo lead to is this demo, not one on another port.
        address = {"NTUE_ADDRESS": f"http://{process.LOOPBACK}:{self.port}"}
        here = replace(checkout, environ={**checkout.environ, **address})
        made = sample_school.add_sign_ins(here, self.name)
        state = self._state(checkout)
        state.users, state.sign_ins = sample_school.users_digest(checkout), made
        state.write(checkout, self.name)

    def _serving(self, checkout: Checkout) -> bool:
        running = server.find(checkout, self.port)
        return running is not None and server.healthy(running)

    def _serve(self, checkout: Checkout, progress: console.Progress) -> None:
        progress("starting")
        running = server.find(checkout, self.port)
        if running:
            server.stop(checkout, running)
        server.start(checkout, self.name, self.port)


def run(checkout: Checkout, port: int) -> None:
    """Bring the demo up on `port` and print where it is and who may sign in."""
    if not server.find(checkout, port) and not process.port_is_free(port):
        raise server.port_taken(port)
    demo = Demo(checkout, port)
    with tasks.locked(checkout):
        tasks.run(checkout, [*provision.with_system(*system.PDF), *demo.tasks()])
    state = DemoState.read(checkout, demo.name) or DemoState()
    rows = [tuple(row) for row in state.sign_ins]
    console.line(
        f"\nhttp://{process.LOOPBACK}:{port} serves the database {demo.name}. Sign in as:\n"
    )
    console.line(console.table(("role", "login", "password"), rows))
    console.line("\n`make stop` ends it; `make demo` brings it back.")
