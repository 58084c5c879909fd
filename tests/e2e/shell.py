"""The scripts that act on the running product from Odoo's shell.

One shell is started for all of them, because it takes seconds to load Odoo; each script runs in a
transaction of its own, with the environment variables that it names.
"""

import json
import os
import subprocess
import tempfile
from multiprocessing.connection import Listener
from pathlib import Path

from house import cheap_passwords, odoo

SCRIPTS = Path(__file__).parent / "scripts"
ONE_AFTER_THE_OTHER = SCRIPTS / "one_after_the_other.py"


def _start(school, script, **values):
    place = school.place
    cheap = cheap_passwords.options(place)
    command = odoo.command(place, "shell", "--database", school.database, "--no-http", *cheap)
    environment = {**os.environ, **odoo.environment(place)}
    environment |= {name: str(value) for name, value in values.items()}
    with script.open() as text:
        return subprocess.Popen(
            command, stdin=text, stdout=subprocess.PIPE, env=environment, cwd=place.root, text=True
        )


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
        with tempfile.TemporaryDirectory() as folder:
            address = f"{folder}/socket"
            with Listener(address, "AF_UNIX") as listener:
                self.process = _start(self.school, ONE_AFTER_THE_OTHER, SCRIPTS_SOCKET=address)
                self.connection = listener.accept()

    def close(self):
        """End the shell."""
        if self.process is not None:
            self.connection.close()
            self.process.communicate()


def begin(school, script, **values):
    """Odoo's shell with one of the scripts, on its way: a process of its own."""
    return _start(school, SCRIPTS / f"{script}.py", **values)


def run(school, script, **values):
    """What one of the scripts found out."""
    return json.loads(school.shell.output(SCRIPTS / f"{script}.py", **values).split("\n")[-2])
