"""One cell into one value: what each kind of column accepts and how it is put right."""

from .base import TIDIED, CellError, Column, ReadCell
from .choices import OneOf, YesNo
from .dates import Date, Term, Year
from .numbers import Credits, Limit, LimitValue, Number, Score
from .text import Code, CodeOrName, Codes, EnglishName, Name, Text

__all__ = [
    "TIDIED",
    "CellError",
    "Code",
    "CodeOrName",
    "Codes",
    "Column",
    "Credits",
    "Date",
    "EnglishName",
    "Limit",
    "LimitValue",
    "Name",
    "Number",
    "OneOf",
    "ReadCell",
    "Score",
    "Term",
    "Text",
    "Year",
    "YesNo",
]
