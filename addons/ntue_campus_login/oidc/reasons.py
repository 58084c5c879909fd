"""Why something of a provider is not believed."""

from enum import StrEnum


class Reason(StrEnum):
    """Why something was refused; for the log and for anyone who sets the connection up."""

    TOKEN = "no readable token"  # noqa: S105  # a reason
    KIND = "a token of another kind"
    ALGORITHM = "an algorithm that does not count"
    UNKNOWN_KEY = "a key that the provider does not publish"
    SIGNATURE = "a signature that is not the provider's"
    ISSUER = "another issuer"
    AUDIENCE = "made for somebody else"
    PARTY = "handed out to somebody else"
    SUBJECT = "no subject"
    EXPIRED = "expired"
    EARLY = "made in the future"
    TIME = "no time that can be read"
    NONCE = "not for this sign-in"
    ACCESS_TOKEN = "not of this access token"  # noqa: S105  # a reason
    EVENT = "not the end of a session"
    METADATA = "a description that cannot be used"
    ADDRESS = "an address that may not be asked"
    ANSWER = "an answer that cannot be used"
    UNREACHABLE = "no answer"
    CODE = "the code is not accepted"
    STATE = "no sign-in was begun here"
    DENIED = "the provider let nobody in"
    NUMBER = "no student number"
    ACCOUNT = "no account of that student number"


class Refused(Exception):  # noqa: N818  # says what happened
    """Something is not as it must be; ``detail`` holds nothing of a token or a person."""

    def __init__(self, reason: Reason, detail: str = "") -> None:
        super().__init__(f"{reason} ({detail})" if detail else str(reason))
        self.reason = reason
        self.detail = detail
