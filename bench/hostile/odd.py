"""Odd values for a parameter, and requests made of them."""

import json
import re
from urllib.parse import quote, urlencode

ODD = (
    "",
    "0",
    "-1",
    "1",
    "99999999999999999999",
    "1e309",
    "NaN",
    "true",
    "None",
    "\x00",
    "a\x00b",
    "\ud800",
    "😀" * 50,
    "\u202egro",
    "x" * 5000,
    "<script>alert(1)</script>",
    "' OR '1'='1",
    "%s%(x)s{0}{{7*7}}${7*7}",
    "../../../etc/passwd",
    "http://127.0.0.1:1/",
    "//example.com",
    "a\r\nX-Odd: 1",
    "[]",
    "{}",
    '{"a": [1, {"b": null}]}',
    "1,2,3,x",
    "[[" * 500,
    "2025-13-45",
    "res.users",
    "ntue.student",
)
OTHERS = (None, True, 7, -1, 1.5, 10**30, [], ["a"], {}, {"a": "b"}, [[6, 0, [1]]], "\x00")
"""What JSON allows besides texts."""

LARGE = "x" * 200_000
PLACE = re.compile(r"<(?:(\w+)(?:\([^)]*\))?:)?(\w+)>")
BOUNDARY = "odd"


def addresses(rng, rule, ids):
    """The address of a route with odd values, or other people's ids, in its places."""

    def value(match):
        converter, name = match.groups()
        if converter == "int" or "id" in name:
            return str(rng.choice((rng.choice(ids), rng.choice(ids), 0, -1, 2**31, 10**25)))
        if converter in ("model", "models"):
            return str(rng.choice(ids))
        return quote(rng.choice(ODD)[:300], safe="", errors="surrogatepass") or "x"

    return PLACE.sub(value, rule)


def value(rng, ids):
    """One odd value for a field of a form."""
    return str(rng.choice(ids)) if rng.random() < 0.3 else rng.choice((*ODD, *ODD, LARGE))


def fields(rng, names, ids):
    """Names with odd values: some missing, some twice, one that nobody asked for."""
    chosen = [name for name in names if rng.random() < 0.8]
    pairs = [(name, value(rng, ids)) for name in chosen]
    if pairs and rng.random() < 0.2:
        pairs.append((rng.choice(pairs)[0], value(rng, ids)))
    if rng.random() < 0.3:
        pairs.append((rng.choice(("debug", "lang", "context", "odd", "domain")), value(rng, ids)))
    return pairs


def request(rng, route, token, ids, reports):
    """Method, address, body and type of one odd request to a route."""
    address = addresses(rng, route["rule"], ids)
    if "<reportname>" in route["rule"] and rng.random() < 0.7:
        address = re.sub(r"<(?:\w+:)?reportname>", rng.choice(reports), route["rule"])
        address = addresses(rng, address, ids)
    method = rng.choice(route["methods"] or ["GET"])
    if rng.random() < 0.05:
        method = rng.choice(("PUT", "DELETE", "OPTIONS", "HEAD", "PATCH"))
    pairs = fields(rng, route["names"], ids)
    if route["type"] in ("jsonrpc", "json2"):
        return ("POST", address, *_json(rng, route, pairs))
    if method != "POST":
        short = [(name, text[:2000]) for name, text in pairs]
        query = urlencode(short, errors="surrogatepass")
        return method, f"{address}?{query}" if query else address, None, None
    pairs.append(("csrf_token", token))
    if rng.random() < 0.25:
        return (method, address, *_multipart(rng, pairs))
    body = urlencode(pairs, errors="surrogatepass").encode()
    return method, address, body, "application/x-www-form-urlencoded"


def _json(rng, route, pairs):
    params = dict(pairs)
    for name in params:
        if rng.random() < 0.5:
            params[name] = rng.choice(OTHERS)
    body = params if route["type"] == "json2" else {"jsonrpc": "2.0", "id": 1, "params": params}
    if rng.random() < 0.05:
        body = rng.choice(([], "x", 7, None, {"params": []}, {"params": "x"}))
    return json.dumps(body).encode(), "application/json"


def _multipart(rng, pairs):
    """A form with fields as files."""
    parts = b""
    for name, text in pairs:
        file = '; filename="odd.png"' if rng.random() < 0.4 and name != "csrf_token" else ""
        head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"{file}\r\n\r\n'
        parts += head.encode() + text.encode(errors="surrogatepass") + b"\r\n"
    return parts + f"--{BOUNDARY}--\r\n".encode(), f"multipart/form-data; boundary={BOUNDARY}"
