"""Requests that are none, as the server meets them before Odoo: answered, not fallen over."""

from email.message import Message


def put_right(common, threaded):
    """Mend the two handlers of Odoo's servers.

    ``threaded`` asks for headers while it refuses a request line that is too long, when there are
    none yet; a request without Host, as HTTP/1.0 allows, ends in a KeyError.
    """
    if not hasattr(threaded, "headers"):
        threaded.headers = Message()
    make_environ = common.make_environ

    def with_host(self):
        environ = make_environ(self)
        environ.setdefault("HTTP_HOST", environ.get("SERVER_NAME") or "localhost")
        return environ

    common.make_environ = with_host
