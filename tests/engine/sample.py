"""SRD-E-109 and worked student 1 of the sample data (invented but for one course)."""

from decimal import Decimal

from degree_audit import Area, Enrolment, FlexibleRule, Framework, Line, Origin, State

AREAS = (
    (
        "A",
        "研究方法領域",
        6,
        2,
        (
            ("社會科學研究法", 3, True),
            ("質性研究與田野調查", 3, False),
            ("社會統計與資料分析", 3, False),
        ),
    ),
    (
        "B",
        "社會文化領域",
        6,
        2,
        (
            ("社會變遷與社區發展", 3, False),
            ("多元文化與族群研究", 3, False),
            ("公民社會與教育專題", 3, False),
        ),
    ),
    (
        "C",
        "區域發展與環境規劃領域",
        9,
        3,
        (
            ("區域發展理論", 3, True),
            ("環境資源調查與規劃", 3, False),
            ("地理資訊系統應用", 3, False),
            ("觀光與地方創生", 3, False),
        ),
    ),
    ("D", "論文領域", 4, 1, (("碩士論文", 4, True),)),
)
TAKEN = (
    (1091, "0501", "社會科學研究法", 3, 85),
    (1091, "0502", "社會變遷與社區發展", 3, 88),
    (1091, "0503", "區域發展理論", 3, 80),
    (1092, "0648", "環境資源調查與規劃", 3, 90),
    (1092, "0649", "質性研究與田野調查", 3, 82),
    (1092, "0650", "多元文化與族群研究", 3, 65),
    (1101, "0511", "地理資訊系統應用", 3, 78),
    (1101, "0512", "公民社會與教育專題", 3, 91),
    (1101, "0733", "課程理論研究", 3, 86),
    (1102, "0655", "觀光與地方創生", 3, 84),
    (1102, "0812", "都市治理專題", 3, 89),
    (1141, "0901", "碩士論文", 4, None),
)
CODES: dict[str, str] = {}


def srd_e_109() -> Framework:
    """The framework: 32 credits, areas A–D, rule F1 (6 credits, 3 of them off campus)."""
    areas, lines = [], []
    for code, name, least, courses, subjects in AREAS:
        areas.append(Area(code, name, min_credits=Decimal(least), min_courses=courses))
        for subject, size, required in subjects:
            CODES[subject] = f"SRD{len(lines) + 1:03d}"
            lines.append(
                Line(len(lines) + 1, CODES[subject], subject, Decimal(size), code, required)
            )
    rules = (
        FlexibleRule(limit=Decimal(6)),
        FlexibleRule(origin=Origin.OFF_CAMPUS, limit=Decimal(3)),
    )
    return Framework(
        "SRD-E-109", "SRD", Decimal(32), tuple(areas), tuple(lines), flexible_rules=rules
    )


def student_1() -> tuple[Enrolment, ...]:
    """王大明's enrolments; key = offering number, so 733 and 812 are the two outside."""
    srd_e_109()
    return tuple(
        Enrolment(
            key=int(number),
            term=term,
            code=CODES.get(name, f"X{number}"),
            name=name,
            credits=Decimal(size),
            state=_state(score),
            score=None if score is None else Decimal(score),
            offering_no=number,
            department="CICT" if number == "0733" else "SRD",
            school="某大學" if number == "0812" else "",
        )
        for term, number, name, size, score in TAKEN
    )


def _state(score: int | None) -> State:
    if score is None:
        return State.IN_PROGRESS
    return State.PASSED if score >= 70 else State.FAILED
