"""Statements that the database works on while Python goes on: one after the other, in a thread.

They share the transaction, which only one can use at a time: whoever needs the database besides
has to ``settle`` first.
"""

from collections import deque
from concurrent.futures import ThreadPoolExecutor

MOST = 2
"""Statements that wait or are worked on; what would be more waits until one of them is done."""


class Aside:
    """Works off what it is given to ``do``, in this order; left, it has done everything."""

    def __init__(self):
        self._thread = ThreadPoolExecutor(1, "import")
        self._waiting = deque()

    def __enter__(self):
        return self

    def __exit__(self, kind, _error, _trace):
        try:
            if kind is None:
                self.settle()
        finally:
            # What fails while something else has failed is taken back with all of it.
            self._thread.shutdown(wait=True, cancel_futures=True)

    def do(self, function, *arguments):
        """The future of what ``function`` answers."""
        while len(self._waiting) >= MOST:
            self._waiting.popleft().result()
        self._waiting.append(self._thread.submit(function, *arguments))
        return self._waiting[-1]

    def answer(self, future):
        """What this statement answered, or raise what failed before it."""
        while future in self._waiting:
            self._waiting.popleft().result()
        return future.result()

    def settle(self):
        """Wait until all is done, or raise what has failed."""
        while self._waiting:
            self._waiting.popleft().result()
