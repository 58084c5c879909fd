"""What stands for a person where there is no picture. Pure."""

import re
import unicodedata

HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]")
BETWEEN = re.compile(r"[\s,.\-]+")


def initials(name: str) -> str:
    """Two characters at most: the given name of a Chinese name, the first letters of another.

    >>> initials("王大明"), initials("歐陽明"), initials("李四")
    ('大明', '陽明', '李四')
    >>> initials("WANG, TA-MING"), initials("Anna Maria Lee"), initials("Cher"), initials(" ")
    ('WM', 'AL', 'C', '')
    """
    name = unicodedata.normalize("NFKC", name).strip()
    if HAN.search(name):
        return "".join(name.split())[-2:]
    words = [word for word in BETWEEN.split(name) if word]
    return "".join(word[0] for word in dict.fromkeys((*words[:1], *words[-1:]))).upper()
