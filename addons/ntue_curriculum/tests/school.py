"""The school that the tests take place in: SRD-E-109 and anyone who belongs to it (invented).

Plain functions over an environment, so that every kind of test case can use them; what
they make is made by the superuser, as an import would.
"""

from types import SimpleNamespace

TERMS = {
    "1081": ("2019-08-01", "2020-01-31"),
    "1091": ("2020-08-01", "2021-01-31"),
    "1092": ("2021-02-01", "2021-07-31"),
    "1101": ("2021-08-01", "2022-01-31"),
    "1102": ("2022-02-01", "2022-07-31"),
    "1111": ("2022-08-01", "2023-01-31"),
    "1131": ("2024-08-01", "2025-01-31"),
    "1132": ("2025-02-01", "2025-07-31"),
    "1141": ("2025-08-01", "2026-01-31"),
}
ENROLLED = ("1091", "1092", "1101", "1102", "1131", "1132", "1141")
LEAVE = ("1111",)

# area, name, minimum credits, minimum courses
AREAS = (
    ("A", "研究方法領域", 6, 2),
    ("B", "社會文化領域", 6, 2),
    ("C", "區域發展與環境規劃領域", 9, 3),
    ("D", "論文領域", 4, 1),
)
# area, course, name, credits, required
SUBJECTS = (
    ("A", "SRD001", "社會科學研究法", 3, True),
    ("A", "SRD002", "質性研究與田野調查", 3, False),
    ("A", "SRD003", "社會統計與資料分析", 3, False),
    ("B", "SRD004", "社會變遷與社區發展", 3, False),
    ("B", "SRD005", "多元文化與族群研究", 3, False),
    ("B", "SRD006", "公民社會與教育專題", 3, False),
    ("C", "SRD007", "區域發展理論", 3, True),
    ("C", "SRD008", "環境資源調查與規劃", 3, False),
    ("C", "SRD009", "地理資訊系統應用", 3, False),
    ("C", "SRD010", "觀光與地方創生", 3, False),
    ("D", "SRD011", "碩士論文", 4, True),
)
# term, offering number, course, name, credits, score
TAKEN = (
    ("1091", "0501", "SRD001", "社會科學研究法", 3, 85),
    ("1091", "0502", "SRD004", "社會變遷與社區發展", 3, 88),
    ("1091", "0503", "SRD007", "區域發展理論", 3, 80),
    ("1092", "0648", "SRD008", "環境資源調查與規劃", 3, 90),
    ("1092", "0649", "SRD002", "質性研究與田野調查", 3, 82),
    ("1092", "0650", "SRD005", "多元文化與族群研究", 3, 65),
    ("1101", "0511", "SRD009", "地理資訊系統應用", 3, 78),
    ("1101", "0512", "SRD006", "公民社會與教育專題", 3, 91),
    ("1101", "0733", "CICT101", "課程理論研究", 3, 86),
    ("1102", "0655", "SRD010", "觀光與地方創生", 3, 84),
    ("1102", "0812", "X812", "都市治理專題", 3, 89),
    ("1141", "0901", "SRD011", "碩士論文", 4, None),
)
OTHER_SCHOOL = {"0812": "他校大學"}
REQUIRED = {code for _area, code, _name, _size, required in SUBJECTS if required}

# unit, limit and origin of rule F1; F2 and F3 are the other kinds of rule of the samples
RULE_F1 = (
    {"origin": "all", "unit": "credits", "limit": 6},
    {"origin": "off_campus", "unit": "credits", "limit": 3},
)
RULE_F2 = ({"origin": "all", "unit": "courses", "limit": 2, "prior_approval": True},)
RULE_F3 = (
    {"origin": "all", "unit": "share", "limit": 0.25},
    {"origin": "off_campus", "unit": "courses", "limit": 1},
    {"origin": "other_entry_year", "unit": "credits", "has_limit": False, "exempt": True},
)

PORTAL = "base.group_portal"
STAFF = "base.group_user,base.group_allow_export"
GROUPS = {
    "assistant": f"{STAFF},ntue_curriculum.group_assistant",
    "registrar": f"{STAFF},ntue_curriculum.group_registrar_continuing",
    "registrar_day": f"{STAFF},ntue_curriculum.group_registrar_day",
    "operator": f"{STAFF},ntue_curriculum.group_operator",
}


def build(env):
    """The whole school: terms, two departments, three programs, frameworks and staff."""
    terms = env["ntue.term"].create(
        [
            {"code": code, "date_start": start, "date_end": end}
            for code, (start, end) in TERMS.items()
        ]
    )
    school = SimpleNamespace(env=env, terms=dict(zip(TERMS, terms, strict=True)))
    _add_staff(school)
    srd, cict = (
        _department(school, *row)
        for row in (
            ("SRD", "社會與區域發展學系", school.assistant),
            ("CICT", "課程與教學傳播科技研究所", school.other_assistant),
        )
    )
    school.srd, school.cict = srd, cict
    school.courses = courses(school, {row[2]: row[3] for row in TAKEN})
    school.program = program(school, "SRD-E", srd)
    school.day_program = program(
        school, "SRD-B", srd, division="day", kind="day", degree="bachelor"
    )
    school.cict_program = program(school, "CICT-W", cict, kind="weekend")
    school.framework = publish(framework(school, "SRD-E-109", school.program))
    school.day_framework = publish(framework(school, "SRD-B-109", school.day_program))
    school.cict_framework = publish(framework(school, "CICT-W-109", school.cict_program))
    return school


STAFF_OF_SCHOOL = {
    "assistant": "assistant",
    "other_assistant": "assistant",
    "registrar": "registrar",
    "registrar_day": "registrar_day",
    "operator": "operator",
}
"""The group of each, by the name that tests use."""


def _add_staff(school):
    logins = {f"{name}@staff.example.com": GROUPS[key] for name, key in STAFF_OF_SCHOOL.items()}
    made = users(school.env, logins)
    for name, member in zip(STAFF_OF_SCHOOL, made, strict=True):
        setattr(school, name, member)


def users(env, groups_of):
    """Users who sign in with their login as the password (to eight letters); groups by login.

    All at once: one by one takes three times as long, for each of some hundred classes.
    """
    quiet = env["res.users"].with_context(no_reset_password=True, tracking_disable=True)
    return quiet.create(
        [
            {
                "login": login,
                "password": login.ljust(8, "x"),
                "name": login.split("@")[0],
                "email": login,
                "lang": "en_US",
                "tz": "Asia/Taipei",
                "group_ids": [(6, 0, [env.ref(group).id for group in groups.split(",")])],
            }
            for login, groups in groups_of.items()
        ]
    )


def user(env, login, groups):
    return users(env, {login: groups})


def _department(school, code, name, assistant):
    return school.env["ntue.department"].create(
        {"code": code, "name": name, "assistant_ids": [(6, 0, assistant.ids)]}
    )


def program(school, code, department, **values):
    return school.env["ntue.program"].create(
        {
            "code": code,
            "name": f"{department.name}碩士在職專班",
            "department_id": department.id,
            "division": "continuing",
            "kind": "evening",
            "degree": "master",
            **values,
        }
    )


def course(school, code, name):
    """The course of this code, made if there is none."""
    return courses(school, {code: name})[code]


def courses(school, names):
    """The courses by code, made where there is none; ``names`` by code."""
    model = school.env["ntue.course"]
    found = {row.code: row for row in model.search([("code", "in", list(names))])}
    new = {code: name for code, name in names.items() if code not in found}
    made = model.create([{"code": code, "name": name} for code, name in new.items()])
    return {**found, **dict(zip(new, made, strict=True))}


def framework(school, code, of_program, entry_year=109, rules=RULE_F1):
    """A draft framework with the areas and subjects of SRD-E-109."""
    draft = school.env["ntue.curriculum"].create(
        {
            "code": code,
            "program_id": of_program.id,
            "entry_year": entry_year,
            "class_name": f"社發碩專{entry_year}（夜）",
            "graduation_credits": 32,
            "flexible_rule_ids": [(0, 0, rule) for rule in rules],
        }
    )
    _add_subjects(school, draft, _areas(school, draft))
    return draft


def block(school, of_program, code="GE-109"):
    """A draft of a shared block for general education, without parts."""
    return school.env["ntue.curriculum"].create(
        {
            "code": code,
            "kind": "block",
            "program_id": of_program.id,
            "entry_year": 109,
            "class_name": "通識",
            "graduation_credits": 2,
        }
    )


def _areas(school, draft):
    """The areas of SRD-E-109 by code; as the subjects, made at once, as a form does."""
    made = school.env["ntue.curriculum.area"].create(
        [
            {
                "curriculum_id": draft.id,
                "code": code,
                "name": name,
                "min_credits": min_credits,
                "min_courses": min_courses,
            }
            for code, name, min_credits, min_courses in AREAS
        ]
    )
    return {area.code: area for area in made}


def _add_subjects(school, draft, areas):
    named = courses(school, {code: name for _area, code, name, *_rest in SUBJECTS})
    school.env["ntue.curriculum.line"].create(
        [
            {
                "curriculum_id": draft.id,
                "area_id": areas[area].id,
                "course_id": named[code].id,
                "name": name,
                "credits": size,
                "requirement": "required" if required else "elective",
            }
            for area, code, name, size, required in SUBJECTS
        ]
    )


def publish(draft):
    draft.action_publish()
    return draft


def student(school, number, name, of_framework=None, taken=TAKEN, enrolled=ENROLLED, **values):
    """A student with a portal user; by default worked student 1 under another number."""
    of_framework = of_framework or school.framework
    login = f"{number}@student.example.com"
    account = user(school.env, login, PORTAL)
    record = school.env["ntue.student"].create(
        {
            "student_no": number,
            "name": name,
            "english_name": "WANG, TA-MING",
            "email": f"a{number}@mail.example.com",
            "mobile": "0900-000-000",
            "curriculum_id": of_framework.id,
            "entry_year": of_framework.entry_year,
            "partner_id": account.partner_id.id,
            "term_ids": [
                (0, 0, {"term_id": school.terms[code].id, "status": status})
                for status, codes in (("enrolled", enrolled), ("leave", LEAVE))
                for code in codes
            ],
            **values,
        }
    )
    named = courses(school, {row[2]: row[3] for row in taken})
    school.env["ntue.enrollment"].create(
        [_enrolment_values(school, record, named[row[2]], row) for row in taken]
    )
    return record


def account_of(record):
    """The portal user of a student."""
    return record.partner_id.user_ids


def enrol(school, record, term, number, code, name, size, score, **values):
    """One enrolment as the old system would export it; a blank score is in progress."""
    row = (term, number, code, name, size, score)
    vals = _enrolment_values(school, record, course(school, code, name), row)
    return school.env["ntue.enrollment"].create({**vals, **values})


def _enrolment_values(school, record, of_course, row):
    term, number, code, name, size, score = row
    outside = code.startswith("CICT")
    state = "in_progress" if score is None else "passed" if score >= 70 else "failed"
    return {
        "student_id": record.id,
        "term_id": school.terms[term].id,
        "offering_no": number,
        "course_id": of_course.id,
        "name": name,
        "credits": size,
        "requirement": "required" if code in REQUIRED else "elective",
        "offering_department_id": (school.cict if outside else school.srd).id,
        "school": OTHER_SCHOOL.get(number, False),
        "is_graded": score is not None,
        "score": score or 0,
        "grade_locked": score is not None,
        "state": state,
    }


def enrolment(record, number):
    """The enrolment of ``record`` with this offering number."""
    return record.enrollment_ids.filtered(lambda row: row.offering_no == number)


def milestone(curriculum, code="ENG", **values):
    """A way to a milestone that the framework asks from now on, a published one too."""
    usual = {"name": "外語能力", "way": "TOEIC", "measure": "score", "amount": 600}
    return _part(curriculum, "ntue.curriculum.milestone", {"code": code, **usual, **values})


def counting_rule(curriculum, code, **values):
    """A rule across areas that the framework has from now on, a published one too."""
    return _part(curriculum, "ntue.counting.rule", {"code": code, "name": code, **values})


def _part(curriculum, model, values):
    state = curriculum.state
    curriculum._set({"state": "draft"})
    made = curriculum.env[model].create({"curriculum_id": curriculum.id, **values})
    curriculum._set({"state": state})
    return made


def evidence(student, way, **values):
    """What a student showed for a milestone; not checked yet."""
    return student.env["ntue.milestone.evidence"].create(
        {"student_id": student.id, "milestone_id": way.id, **values}
    )


def minor(school, code, of_program, **values):
    """A published minor with the areas and subjects of SRD-E-109."""
    draft = framework(school, code, of_program)
    draft.write({"kind": "minor", **values})
    return publish(draft)
