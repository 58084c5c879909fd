"""Whether an address may be on a page for people to follow. Pure."""

from urllib.parse import urlsplit

LONGEST = 2000


def is_page(text: str) -> bool:
    """As ``is_secure``, over HTTP too: the home page of a school that has no other.

    >>> is_page("http://www.example.edu.tw/"), is_page("javascript:alert(1)"), is_page("http://")
    (True, False, False)
    """
    plain = "http://"
    return is_secure(f"https://{text[len(plain) :]}" if text.startswith(plain) else text)


def is_secure(text: str) -> bool:
    """Whether ``text`` leads over HTTPS to a page of a host, and names nobody's password.

    >>> is_secure("https://library.example.edu.tw/search?lang=zh#top")
    True
    >>> any(map(is_secure, ("http://a.example", "javascript:alert(1)", "//a.example", "/my",
    ...     "https://", "https://me@a.example", "https://a.example/a b", "https://a.example:x")))
    False
    """
    try:
        parts = urlsplit(text)
        port_is_right = parts.port is None or parts.port > 0
    except ValueError:
        return False
    return bool(
        port_is_right
        and parts.scheme == "https"
        and parts.hostname
        and not (parts.username or parts.password)
        and len(text) <= LONGEST
        and text.isascii()
        and text.isprintable()
        and not {" ", "\\"} & set(text)
    )
