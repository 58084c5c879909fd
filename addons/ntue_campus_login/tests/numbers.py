"""ID numbers for tests: made with the check digit, of nobody in particular."""

from contextlib import contextmanager
from unittest.mock import patch

from .. import id_key, national_id

KEY, NEW_KEY = "a key of the tests, long enough", "a newer key of the tests"
MAILBOX = "a{}@grad.ntue.edu.tw"


def number(seed=0, letter="X", second="2"):
    """A good number: of a national, or of anyone who ``second`` says."""
    stem = f"{letter}{second}{(7_654_321 + seed * 9_973) % 10_000_000:07d}"
    return stem + national_id.check_digit(stem)


def wrong(seed=0):
    """The same with a wrong check digit."""
    good = number(seed)
    return good[:-1] + str((int(good[-1]) + 1) % 10)


@contextmanager
def keys(*given):
    """The server's keys are these."""
    with patch.dict("os.environ", {id_key.VARIABLE: ",".join(given)}):
        yield
