"""Requests that are none, or larger than what is read of them, as the server meets them."""

from email.message import Message

AT_ONCE = 64 * 1024


class Rest:
    """What is left of a request when it has been answered, as the server throws it away.

    It asks for ten megabytes at a time, and waits until they have come or the sender has gone:
    somebody who sends more than is read would keep a thread, and what was sent in memory, for as
    long as they like. Here a piece is what has come.
    """

    def __init__(self, stream):
        self._stream = stream

    def _piece(self, size=-1):
        return self._stream.read1(min(size, AT_ONCE) if size >= 0 else AT_ONCE)

    read = _piece

    def __getattr__(self, name):
        return getattr(self._stream, name)


def put_right(common, threaded):
    """Mend the two handlers of Odoo's servers.

    ``threaded`` asks for headers while it refuses a request line that is too long, when there are
    none yet; a request without Host, as HTTP/1.0 allows, ends in a KeyError. The application gets
    the request by ``wsgi.input`` and is not concerned by what `Rest` reads.
    """
    if not hasattr(threaded, "headers"):
        threaded.headers = Message()
    make_environ = common.make_environ

    def prepared(self):
        environ = make_environ(self)
        environ.setdefault("HTTP_HOST", environ.get("SERVER_NAME") or "localhost")
        self.rfile = Rest(self.rfile)
        return environ

    common.make_environ = prepared
