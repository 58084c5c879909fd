"""The files of a university of invented students, as its student system would send them."""

import csv
import random

ENROLMENTS, TERMS_ENROLLED = 40, 8
SUBJECTS, AREAS, FRAMEWORKS, ELSEWHERE = 48, 8, 4, 12
YEARS = range(110, 115)
TERMS = [f"{year}{digit}" for year in YEARS for digit in (1, 2)]

HEADERS = {
    "terms": "學年期,開始日,結束日",
    "departments": "系所代碼,系所名稱",
    "programs": "學程代碼,學程名稱,系所代碼,學制,班別,學位,及格分數,最高修業年限",
    "frameworks": "課架代碼,學程代碼,入學學年度,班級名稱,畢業學分數",
    "framework_areas": "課架代碼,領域代碼,領域名稱,最低學分,最低科目數",
    "framework_courses": "課架代碼,領域代碼,科目代碼,科目名稱,學分,必選修",
    "students": "學號,姓名,英文姓名,電子信箱,行動電話,聯絡電話,課架代碼,入學學年度,教程生",
    "student_terms": "學號,學年期,在學狀態",
    "enrollments": "學號,學年期,開課號,科目代碼,科目名稱,學分,必選修,開課系所代碼,開課學校,"
    "成績,成績鎖定,狀態,停修日",
}


def write(folder, students):
    """Write the files of so many students into ``folder``; returns the number of their rows."""
    draw = random.Random(114)
    rows = {
        "terms": map(_term, TERMS),
        "departments": [("BEN", "測量學系")],
        "programs": [("BEN-B", "測量學系學士班", "BEN", "日間", "日間", "學士", 60, 6)],
        "frameworks": [(_framework(n), "BEN-B", 110 + n, "", 100) for n in range(FRAMEWORKS)],
        "framework_areas": [
            (_framework(n), f"A{area}", f"第{area}領域", 12, 5)
            for n in range(FRAMEWORKS)
            for area in range(AREAS)
        ],
        "framework_courses": [
            (_framework(n), f"A{course % AREAS}", *_course(course), 2 + course % 2, "選修")
            for n in range(FRAMEWORKS)
            for course in range(SUBJECTS)
        ],
        "students": map(_student, range(students)),
        "student_terms": (
            (_number(n), term, "在學") for n in range(students) for term in _terms_of(n)
        ),
        "enrollments": (row for n in range(students) for row in _enrolments(draw, n)),
    }
    return sum(_file(folder / f"{name}.csv", name, found) for name, found in rows.items())


def _file(path, name, rows):
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(HEADERS[name].split(","))
        count = 0
        for row in rows:
            writer.writerow(row)
            count += 1
    return count


def _term(code):
    year = int(code[:3]) + 1911
    if code[3] == "1":
        return code, f"{year}-08-01", f"{year + 1}-01-31"
    return code, f"{year + 1}-02-01", f"{year + 1}-07-31"


def _framework(number):
    return f"BEN-B-{110 + number}"


def _course(number):
    return f"BEN{number:03d}", f"測量學{number:03d}"


def _number(student):
    return f"{110 + student % FRAMEWORKS}9{student:05d}"


def _student(n):
    year = 110 + n % FRAMEWORKS
    address, mobile = f"s{n:05d}@example.com", f"0900-{n // 1000:03d}-{n % 1000:03d}"
    return (
        _number(n),
        f"測試{n:05d}",
        "",
        address,
        mobile,
        "",
        _framework(n % FRAMEWORKS),
        year,
        "否",
    )


def _terms_of(student):
    first = 2 * (student % FRAMEWORKS)
    return TERMS[first : first + TERMS_ENROLLED]


def _enrolments(draw, student):
    """36 subjects of the framework or repeats of them, and four from elsewhere."""
    own = _terms_of(student)
    picked = draw.sample(range(SUBJECTS), 36)
    picked += draw.sample(range(SUBJECTS, SUBJECTS + ELSEWHERE), ENROLMENTS - len(picked))
    for n, course in enumerate(picked):
        term = own[n * len(own) // ENROLMENTS]
        score = "" if term == TERMS[-1] else draw.randint(50, 100)
        size = 2 + course % 2
        yield (
            _number(student), term, f"{course:04d}", *_course(course), size, "選修", "BEN", "",
            score, "是" if score else "否", "", "",
        )  # fmt: skip
