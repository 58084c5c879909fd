"""The commands that `make` and the executables in tools/ call."""

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

from dev import (
    access_page,
    bench,
    commit_message,
    console,
    containers,
    databases,
    demo,
    errors,
    formatter,
    guide,
    hostile,
    lint,
    load,
    odoo,
    postgres,
    precommit,
    product,
    provision,
    pytest_command,
    server,
    shell,
    size,
    stack,
    system,
    tasks,
    testrun,
)
from dev.checkout import Checkout


def run_demo(checkout: Checkout, arguments: list[str]) -> int:
    """`demo PORT`."""
    demo.run(checkout, server.port_number(arguments[0] if arguments else str(product.DEFAULT_PORT)))
    return 0


def run_test(checkout: Checkout, arguments: list[str]) -> int:
    """`test [ONLY=engine] [ALL=1] [SEED=number] [WORKERS=number]`."""
    return testrun.run(checkout, arguments)


def run_lint(checkout: Checkout, _arguments: list[str]) -> int:
    """`lint`."""
    provision.for_lint(checkout)
    lint.run(checkout)
    return 0


def run_size(checkout: Checkout, _arguments: list[str]) -> int:
    """`size`: counts methods, lines and complexity; 1 when a number is above its bar."""
    provision.for_lint(checkout)
    return size.run(checkout)


def run_format(checkout: Checkout, _arguments: list[str]) -> int:
    """`format`: brings every file into its form."""
    provision.for_lint(checkout)
    formatter.run(checkout)
    return 0


def check_commit_message(_checkout: Checkout, arguments: list[str]) -> int:
    """`commit-message FILE`: what pre-commit runs on the message of a commit."""
    commit_message.check(Path(arguments[0]))
    return 0


def run_precommit(checkout: Checkout, arguments: list[str]) -> int:
    """`precommit FILE …`: what pre-commit runs on the files of a commit."""
    provision.for_precommit(checkout, engine=precommit.ENGINE in precommit.tests(arguments))
    precommit.run(checkout, arguments)
    return 0


def run_bench(checkout: Checkout, arguments: list[str]) -> int:
    """`bench [ROWS …]`: measures all rows unless some are named."""
    bench.run(checkout, arguments)
    return 0


def run_hostile(checkout: Checkout, arguments: list[str]) -> int:
    """`hostile [ROWS …]`: tries all parts unless some are named."""
    return hostile.run(checkout, arguments)


def make_database(checkout: Checkout, arguments: list[str]) -> int:
    """`db NAME [REPLACE=1]`: a fresh database with the addons and the language, no demo data.

    One that is there already may be a school's own: it is dropped only when told so.
    """
    named = [argument for argument in arguments if "=" not in argument]
    if not named:
        raise errors.CommandError("Name the database: `make db DB=name`.")
    name, replace = databases.check_name(named[0]), "REPLACE=1" in arguments
    make = tasks.Task(
        f"Database {name}",
        lambda _checkout: False,
        lambda checkout, progress: databases.fresh(checkout, name, progress, replace=replace),
    )
    with tasks.locked(checkout):
        tasks.run(checkout, [*provision.with_system(*system.PDF), make])
    console.line(
        f"Database {name} is ready: `tools/odoo -d {name}` serves it; admin's password is admin."
    )
    return 0


def stop(checkout: Checkout, _arguments: list[str]) -> int:
    """`stop`: servers and the embedded PostgreSQL of this checkout."""
    for stopped in server.stop_all(checkout):
        console.line(f"Stopped the server on port {stopped.port}.")
    if postgres.stop(checkout):
        console.line("Stopped the embedded PostgreSQL.")
    return 0


def clean(checkout: Checkout, arguments: list[str]) -> int:
    """`clean`: stop, then remove databases and cache."""
    checkout.open_cache()
    stop(checkout, arguments)
    containers.remove(checkout)
    if postgres.external(checkout) and postgres.answers(checkout):
        for name in databases.names(checkout, databases.own_name(checkout, "")):
            console.line(f"Removing the database {name} from {checkout.environ['PGHOST']}")
            databases.drop(checkout, name)
    for folder in (postgres.home(checkout), postgres.socket_folder(checkout), checkout.cache):
        if folder.exists():
            console.line(f"Removing {folder}")
            shutil.rmtree(folder)
    return 0


def run_load(checkout: Checkout, arguments: list[str]) -> int:
    """`load [ROWS …]`: many students at once; all parts unless some are named."""
    return load.run(checkout, arguments)


def run_compose_test(checkout: Checkout, arguments: list[str]) -> int:
    """`compose-test [KEEP=1] [PATH …]`: docker-compose.yml run whole, as its runbooks say."""
    return stack.test(checkout, arguments)


def become_odoo(checkout: Checkout, arguments: list[str]) -> int:
    """Replace this process by Odoo's command line."""
    provision.for_odoo(checkout)
    command = odoo.command(checkout, *arguments)
    os.umask(odoo.PRIVATE)
    os.execve(command[0], command, odoo.environment(checkout))


def become_pytest(checkout: Checkout, arguments: list[str]) -> int:
    """Replace this process by pytest as `make test` runs it.

    Tests that need Odoo take `--odoo-database=NAME`.
    """
    provision.for_pytest(checkout)
    command = pytest_command.command(checkout, arguments)
    os.execve(command[0], command, pytest_command.environment(checkout))


def draw_access(checkout: Checkout, _arguments: list[str]) -> int:
    """`access`: draw docs/access.md from the tests' tables."""
    access_page.write(checkout)
    console.line(f"Drawn: {access_page.PAGE}")
    return 0


def renew_guide(checkout: Checkout, _arguments: list[str]) -> int:
    """`guide`: take the guide's pictures again, by the test that compares them."""
    with tasks.locked(checkout):
        tasks.run(checkout, provision.with_system(*system.PDF, *system.TESTING))
    command = pytest_command.command(checkout, ["-q", guide.TEST])
    os.execve(command[0], command, {**pytest_command.environment(checkout), guide.RENEW: "1"})


COMMANDS: dict[str, Callable[[Checkout, list[str]], int]] = {
    "access": draw_access,
    "bench": run_bench,
    "clean": clean,
    "commit-message": check_commit_message,
    "compose-test": run_compose_test,
    "db": make_database,
    "demo": run_demo,
    "format": run_format,
    "guide": renew_guide,
    "hostile": run_hostile,
    "lint": run_lint,
    "load": run_load,
    "odoo": become_odoo,
    "pytest": become_pytest,
    "precommit": run_precommit,
    "size": run_size,
    "stop": stop,
    "test": run_test,
}


def main(arguments: list[str]) -> int:
    """Run the command named first in `arguments`; print a failure as one sentence."""
    try:
        return COMMANDS[arguments[0]](Checkout.here(), arguments[1:])
    except errors.CommandError as missing:
        print(missing, file=sys.stderr)
    except BrokenPipeError:
        # The reader of the pipe is gone; without this Python would complain again at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        print(shell.foreseen(error), file=sys.stderr)
    except KeyboardInterrupt:
        print("\nInterrupted; run it again and it goes on where it stopped.", file=sys.stderr)
        return 130
    return 1
