"""A suggestion of how a Chinese name is written in a passport, after Wade–Giles (D8).

The notice's own example, TA-MING for 大明, is Wade–Giles, and so are most passports of
Taiwan; whose passport says otherwise, the passport is right. Pure; the readings are those
of the package ``pypinyin``, and without it nothing is suggested.
"""

import re

try:
    from pypinyin import Style, lazy_pinyin
except ImportError:  # a suggestion is a comfort: the page does without
    lazy_pinyin = None  # type: ignore[assignment]

LONGEST = 6
"""Characters; what is longer is hardly a Chinese name."""

IN_ONE = frozenset(
    ["歐陽", "司馬", "上官", "諸葛", "司徒", "夏侯", "皇甫", "尉遲", "公孫", "令狐", "端木"]
)
"""Surnames of two characters that passports write in one word."""

HYPHENED = frozenset(["范姜", "張簡", "張廖", "江謝", "翁林"])
"""Two surnames that families bear as one."""

AS_SURNAME = {
    "曾": "增",
    "單": "善",
    "解": "謝",
    "查": "渣",
    "任": "仁",
    "仇": "求",
    "區": "歐",
    "繆": "妙",
    "樂": "月",
    "覃": "秦",
    "蓋": "葛",
}
"""Characters that are read otherwise in a surname → one that is always read so."""

_CHINESE = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]+")


def suggestion(name: str) -> str:
    """``WANG, TA-MING`` for 王大明; empty where none can be given.

    >>> suggestion("王大明")
    'WANG, TA-MING'
    """
    name = "".join(name.split())
    if lazy_pinyin is None or not 2 <= len(name) <= LONGEST or not _CHINESE.fullmatch(name):
        return ""
    double = name[:2] in IN_ONE | HYPHENED and len(name) > 2
    surname, given = (name[:2], name[2:]) if double else (name[0], name[1:])
    joint = "" if surname in IN_ONE else "-"
    read = _syllables(AS_SURNAME.get(surname, surname))
    return f"{joint.join(read)}, {'-'.join(_syllables(given))}"


def _syllables(characters: str) -> list[str]:
    """Each character's reading in capitals, without tones, apostrophes and diaereses."""
    read = lazy_pinyin(characters, style=Style.WADEGILES)
    return [syllable.replace("'", "").replace("v", "u").upper() for syllable in read]
