"""The commands that `make` and the executables in tools/ call."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable

from house import (
    access_page,
    bench,
    databases,
    demo,
    errors,
    guide,
    hostile,
    lint,
    odoo,
    postgres,
    product,
    provision,
    pytest_command,
    quick,
    say,
    server,
    shell,
    steps,
    system,
    testrun,
)
from house.place import Place
from house.selection import Needs


def run_demo(place: Place, arguments: list[str]) -> int:
    """`demo PORT`."""
    demo.run(place, server.port_number(arguments[0] if arguments else str(product.DEFAULT_PORT)))
    return 0


def run_test(place: Place, arguments: list[str]) -> int:
    """`test [ONLY=engine] [ALL=1] [SEED=number] [WORKERS=number]`."""
    return testrun.run(place, arguments)


def run_lint(place: Place, _arguments: list[str]) -> int:
    """`lint`."""
    provision.for_lint(place)
    lint.run(place)
    return 0


def run_quick(place: Place, arguments: list[str]) -> int:
    """`quick FILE …`: what pre-commit runs on the files of a commit."""
    if not all(step.done(place) for step in provision.LINT):
        with steps.locked(place):
            steps.run(place, provision.LINT)
    quick.run(place, arguments)
    return 0


def run_bench(place: Place, arguments: list[str]) -> int:
    """`bench [engine] [cohort] [pages]`: all of them unless some are named."""
    bench.run(place, arguments)
    return 0


def run_hostile(place: Place, arguments: list[str]) -> int:
    """`hostile [routes] [files] [minute]`: all of them unless some are named."""
    return hostile.run(place, arguments)


def make_database(place: Place, arguments: list[str]) -> int:
    """`db NAME`: a fresh database with the addons and the language, no demo data."""
    if not arguments:
        raise errors.MissingError("Name the database: `make db DB=name`.")
    name = databases.check_name(arguments[0])
    make = steps.Step(
        f"Database {name}",
        lambda _place: False,
        lambda place, tell: databases.fresh(place, name, tell),
    )
    with steps.locked(place):
        steps.run(place, [*provision.with_system(*system.PDF), make])
    say.line(
        f"Database {name} stands: `tools/odoo -d {name}` serves it; admin's password is admin."
    )
    return 0


def stop(place: Place, _arguments: list[str]) -> int:
    """`stop`: servers and the embedded PostgreSQL of this checkout."""
    for stopped in server.stop_all(place):
        say.line(f"Stopped the server on port {stopped.port}.")
    if postgres.stop(place):
        say.line("Stopped the embedded PostgreSQL.")
    return 0


def clean(place: Place, arguments: list[str]) -> int:
    """`clean`: stop, then remove databases and cache."""
    place.open_cache()
    stop(place, arguments)
    if postgres.external(place) and postgres.answers(place):
        for name in databases.names(place, databases.house_name(place, "")):
            say.line(f"Removing the database {name} from {place.environ['PGHOST']}")
            databases.drop(place, name)
    for folder in (postgres.home(place), postgres.socket_folder(place), place.cache):
        if folder.exists():
            say.line(f"Removing {folder}")
            shutil.rmtree(folder)
    return 0


def run_load(place: Place, _arguments: list[str]) -> int:
    """`load`: everybody presses at once; says what each request came to."""
    with steps.locked(place):
        steps.run(place, testrun.all_steps([Needs.SERVERS]))
    return subprocess.run(
        pytest_command.command(place, ["-q", "-s", "tests/load"]),
        cwd=place.root,
        env=pytest_command.environment(place),
        check=False,
    ).returncode


def become_odoo(place: Place, arguments: list[str]) -> int:
    """Become Odoo's own command line."""
    provision.for_odoo(place)
    command = odoo.command(place, *arguments)
    os.umask(odoo.PRIVATE)
    os.execve(command[0], command, odoo.environment(place))


def become_pytest(place: Place, arguments: list[str]) -> int:
    """Become pytest as `make test` runs it; `--odoo-database=NAME` for tests that need Odoo."""
    provision.for_odoo(place)
    command = pytest_command.command(place, arguments)
    os.execve(command[0], command, pytest_command.environment(place))


def draw_access(place: Place, _arguments: list[str]) -> int:
    """`access`: draw docs/access.md from the tests' tables."""
    access_page.write(place)
    say.line(f"Drawn: {access_page.PAGE}")
    return 0


def renew_guide(place: Place, _arguments: list[str]) -> int:
    """`guide`: take the pictures of the guide anew, by the test that compares them."""
    with steps.locked(place):
        steps.run(place, provision.with_system(*system.PDF, *system.TESTING))
    command = pytest_command.command(place, ["-q", guide.TEST])
    os.execve(command[0], command, {**pytest_command.environment(place), guide.RENEW: "1"})


COMMANDS: dict[str, Callable[[Place, list[str]], int]] = {
    "access": draw_access,
    "bench": run_bench,
    "clean": clean,
    "db": make_database,
    "demo": run_demo,
    "guide": renew_guide,
    "hostile": run_hostile,
    "lint": run_lint,
    "load": run_load,
    "odoo": become_odoo,
    "pytest": become_pytest,
    "quick": run_quick,
    "stop": stop,
    "test": run_test,
}


def main(arguments: list[str]) -> int:
    """Run the command that `arguments` begin with; say what is missing in one sentence."""
    try:
        return COMMANDS[arguments[0]](Place.here(), arguments[1:])
    except errors.MissingError as missing:
        print(missing, file=sys.stderr)
    except BrokenPipeError:
        # Whoever read along has gone; Python would complain once more at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        print(shell.foreseen(error), file=sys.stderr)
    except KeyboardInterrupt:
        print("\nInterrupted; run it again and it goes on where it stopped.", file=sys.stderr)
        return 130
    return 1
