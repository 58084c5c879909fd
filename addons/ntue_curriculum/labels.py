"""How courses and credits are written for people (94–96), and what they typed is read. Pure."""

from decimal import Decimal


def plain_number(value: Decimal | float) -> str:
    """The shortest decimal form: ``3``, ``2.5``, never ``3.0`` (docs/readings.md A25)."""
    number = value if isinstance(value, Decimal) else Decimal(str(value))
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def trimmed(value: object) -> str:
    """What was typed, without blanks around it; empty where a program sends what is no text."""
    return value.strip() if isinstance(value, str) else ""


def course_label(offering_no: str, term_code: str, name: str, credit: Decimal | float) -> str:
    """〔開課號〕（開課學年期）課程名稱（學分數）, with full-width brackets (95, 96).

    A course without an offering number (transferred credit) starts with its term.
    """
    number = f"〔{offering_no}〕" if offering_no else ""
    return f"{number}（{term_code}）{name}（{plain_number(credit)}）"
