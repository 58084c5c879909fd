"""A plain browser for attacks: sends what no real one would, and follows nothing."""

import html
import re
from http.client import HTTPConnection, HTTPException
from urllib.parse import quote, urlencode

TOKEN = re.compile(r'csrf_token: "([^"]+)"')
"""Every page of the website's frame has it for its scripts."""

HOME = "/my"
"""A page that everybody who is signed in may open."""

PATIENCE = 60


class Answer:
    """Status, headers and body; status 0 when nothing came."""

    def __init__(self, status, headers=None, body=b""):
        self.status, self.headers, self.body = status, headers or {}, body

    @property
    def text(self):
        return html.unescape(self.body.decode(errors="replace"))


class Browser:
    """One session of somebody, or a visitor's."""

    def __init__(self, port, login="", password=""):
        self.port, self.login, self.password = port, login, password
        self.cookies, self.token = {}, ""
        self.enter()

    def enter(self):
        """Sign in anew, and take the form token."""
        self.cookies.clear()
        page = self.ask("GET", "/web/login")
        self.token = TOKEN.findall(page.text)[0]
        if self.login:
            form = {"login": self.login, "password": self.password, "csrf_token": self.token}
            answer = self.ask("POST", "/web/login", form=form)
            assert answer.status == 303, f"{self.login} is not let in: {answer.status}"
            self.token = TOKEN.findall(self.ask("GET", HOME).text)[0]

    def is_in(self):
        """Whether the session still is that of the login."""
        return self.ask("GET", HOME).status == 200

    def ask(self, method, address, form=None, body=None, kind=None):
        """Send a request as it is; whatever comes back is an answer."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        headers = {"Cookie": "; ".join(f"{key}={text}" for key, text in self.cookies.items())}
        if form is not None:
            body = urlencode(form, errors="surrogatepass", doseq=True).encode()
            kind = "application/x-www-form-urlencoded"
        if kind:
            headers["Content-Type"] = kind
        try:
            connection.request(method, quote(address, safe="/?&=%+,:;@"), body, headers)
            answer = connection.getresponse()
            self._keep(answer)
            return Answer(answer.status, dict(answer.headers), answer.read())
        except (HTTPException, OSError) as error:
            return Answer(0, {"error": repr(error)})
        finally:
            connection.close()

    def _keep(self, answer):
        for cookie in answer.headers.get_all("Set-Cookie") or ():
            key, value = cookie.split(";", 1)[0].split("=", 1)
            self.cookies[key] = value
