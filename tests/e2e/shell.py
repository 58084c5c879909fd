"""The scripts that act on the running product from Odoo's shell.

One shell is started for all of them, because it takes seconds to load Odoo; each script runs in a
transaction of its own, with the environment variables that it names.
"""

import json
import os
import socket
import subprocess
import tempfile
import time
from multiprocessing.connection import Connection
from pathlib import Path

from dev import cheap_passwords, odoo

SCRIPTS = Path(__file__).parent / "scripts"
ONE_AFTER_THE_OTHER = SCRIPTS / "one_after_the_other.py"

PATIENCE = 180
"""Seconds that Odoo's shell may take until it is ready; it takes five when nothing is wrong."""


def _start(school, script, output=subprocess.PIPE, **values):
    checkout = school.checkout
    cheap = cheap_passwords.options(checkout)
    command = odoo.command(checkout, "shell", "--database", school.database, "--no-http", *cheap)
    environment = {**os.environ, **odoo.environment(checkout)}
    environment |= {name: str(value) for name, value in values.items()}
    with script.open() as text:
        return subprocess.Popen(
            command,
            stdin=text,
            stdout=output,
            stderr=None if output is subprocess.PIPE else subprocess.STDOUT,
            env=environment,
            cwd=checkout.root,
            text=True,
        )


def accepted(listener, process, said, patience=PATIENCE):
    """The connection to ``process``; AssertionError with what it wrote to ``said`` without one."""
    listener.settimeout(0.2)
    end = time.monotonic() + patience
    while time.monotonic() < end and process.poll() is None:
        try:
            handle, _address = listener.accept()
        except TimeoutError:
            continue
        handle.settimeout(None)
        return Connection(handle.detach())
    ended = process.poll()
    process.kill()
    process.wait()
    why = f"ended with {ended}" if ended is not None else f"was not ready in {patience} seconds"
    text = said.read_text(errors="replace").strip() or "nothing"
    raise AssertionError(f"Odoo's shell {why}. It said (in {said}):\n{text[-4000:]}")


class Shell:
    """Odoo's shell on the database of a school, started when the first script is to run."""

    def __init__(self, school):
        self.school = school
        self.process = self.connection = None

    def output(self, script, **values):
        """What the script prints; raises what went wrong in it as an error with its traceback."""
        if self.process is None:
            self._open()
        self.connection.send((str(script), {name: str(text) for name, text in values.items()}))
        done, said = self.connection.recv()
        assert done, said
        return said

    def _open(self):
        said = self.school.checkout.log("shell-of-tests")
        with tempfile.TemporaryDirectory() as folder, socket.socket(socket.AF_UNIX) as listener:
            address = f"{folder}/socket"
            listener.bind(address)
            listener.listen(1)
            with said.open("w") as output:
                process = _start(
                    self.school, ONE_AFTER_THE_OTHER, output=output, SCRIPTS_SOCKET=address
                )
            self.connection = accepted(listener, process, said)
            self.process = process

    def close(self):
        """End the shell."""
        if self.process is not None:
            self.connection.close()
            self.process.wait()


def begin(school, script, **values):
    """Odoo's shell with one of the scripts, on its way: a process of its own."""
    return _start(school, SCRIPTS / f"{script}.py", **values)


def run(school, script, **values):
    """What one of the scripts found out."""
    return json.loads(school.shell.output(SCRIPTS / f"{script}.py", **values).split("\n")[-2])


def import_files(school, folder):
    """Import the files of ``folder`` as `ntue_import` does, without loading Odoo for it."""
    school.shell.output(SCRIPTS / "brought_in.py", FOLDER=folder)
