"""How to reach a person: what is an address or a number, and what only looks like one. Pure."""

import re
import unicodedata
from difflib import get_close_matches

import phonenumbers
from email_validator import EmailNotValidError, ValidatedEmail, validate_email

HOME = "TW"
"""Where a number without a country's prefix belongs."""

EMAIL_LENGTH = 254
"""Characters of an address that mail servers take."""

DOMAINS = (
    "gmail.com",
    "yahoo.com",
    "yahoo.com.tw",
    "hotmail.com",
    "hotmail.com.tw",
    "outlook.com",
    "icloud.com",
    "msn.com",
    "live.com",
    "mail.com",
    "email.com",
    "ymail.com",
    "gmx.com",
    "livemail.tw",
    "pchome.com.tw",
    "seed.net.tw",
    "ms1.hinet.net",
)
"""Where most private addresses of Taiwan end; what is nearly one of these is a slip of the hand."""

_HAS_ONE_FORM = re.compile(r"[A-Za-z0-9._+-]+@[a-z0-9.-]+")
"""What is kept as it is, be it an address or none."""

_EXTENSION = re.compile(r" *(?:轉|分機|#) *")
_NUMBER = re.compile(r"[0-9+() #*,.;extEXT-]+")


def visible(text: str) -> str:
    """``text`` in half width with single blanks, without control, direction and broken marks."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    text = unicodedata.normalize("NFKC", text)
    kept = (" " if mark in "\t\n\r" else mark for mark in text)
    shown = (mark for mark in kept if unicodedata.category(mark) not in ("Cc", "Cf", "Cs", "Cn"))
    return " ".join("".join(shown).split())


def email(text: str) -> str:
    """``text`` as it is kept when it is one address: the domain in small letters, for every
    mail program (xn--…); as it is when it is none.
    """
    text = visible(text)
    if _HAS_ONE_FORM.fullmatch(text):
        return text
    try:
        return _checked(text).ascii_email or text
    except EmailNotValidError:
        return text


def is_email(text: str) -> bool:
    """One address that mail can go to: no name beside it, Latin letters before the ``@``."""
    try:
        _checked(text)
    except EmailNotValidError:
        return False
    return True


def _checked(text: str) -> ValidatedEmail:
    if len(text) > EMAIL_LENGTH:
        raise EmailNotValidError
    return validate_email(text, check_deliverability=False, allow_smtputf8=False)


def nearly(address: str, domains: tuple[str, ...] = DOMAINS) -> str:
    """The address that was probably meant: ``…@gmail.con`` is nearly one of ``domains``.

    Empty when the domain is one of them, or like none of them.
    """
    local, _at, domain = address.rpartition("@")
    domain = domain.lower()
    if not local or domain in domains:
        return ""
    close = get_close_matches(domain, domains, n=1, cutoff=0.88)
    return f"{local}@{close[0]}" if close else ""


def is_mobile(text: str) -> bool:
    """One mobile number, of Taiwan or with its country's prefix."""
    number = _parsed(text)
    kinds = (
        phonenumbers.PhoneNumberType.MOBILE,
        phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE,
    )
    return (
        number is not None
        and not number.extension
        and phonenumbers.is_valid_number(number)
        and phonenumbers.number_type(number) in kinds
    )


def is_phone(text: str) -> bool:
    """One number that can be dialled, with an extension perhaps."""
    number = _parsed(text)
    return number is not None and phonenumbers.is_possible_number(number)


def _parsed(text: str) -> phonenumbers.PhoneNumber | None:
    text = _EXTENSION.sub(" ext. ", text)
    if len(text) > 40 or not _NUMBER.fullmatch(text):
        return None
    try:
        return phonenumbers.parse(text, HOME)
    except phonenumbers.NumberParseException:
        return None
