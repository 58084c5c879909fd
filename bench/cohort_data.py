"""A university of invented students in a database, as an import would leave it.

10,000 students with 40 enrolments each, in four frameworks of 48 subjects and 8 areas; in
the last framework three courses of ten are listed in two or three areas. Most areas are not met,
which is the harder case for the search. Written with COPY, because the making is not what
is measured.
"""

import io
import random

STUDENTS, ENROLMENTS = 10_000, 40
SUBJECTS, AREAS, FRAMEWORKS = 48, 8, 4
TERMS = [f"{year}{digit}" for year in range(110, 115) for digit in (1, 2)]

draw = random.Random(114)


def ordinary(env):
    """Terms, department, program and courses."""
    for code in TERMS:
        year, half = int(code[:3]) + 1911, code[3]
        days = (f"{year}-08-01", f"{year + 1}-01-31")
        if half == "2":
            days = (f"{year + 1}-02-01", f"{year + 1}-07-31")
        env["ntue.term"].create({"code": code, "date_start": days[0], "date_end": days[1]})
    department = env["ntue.department"].create({"code": "BEN", "name": "測量學系"})
    program = env["ntue.program"].create(
        {
            "code": "BEN-B",
            "name": "測量學系學士班",
            "department_id": department.id,
            "division": "day",
            "kind": "day",
            "degree": "bachelor",
            "pass_mark": 60,
            "max_years": 6,
        }
    )
    courses = env["ntue.course"].create(
        [{"code": f"BEN{n:03d}", "name": f"測量學{n:03d}"} for n in range(SUBJECTS + 12)]
    )
    return program, courses


def framework(env, number, program, courses):
    """A published framework; every area asks five courses of its six."""
    made = env["ntue.curriculum"].create(
        {
            "code": f"BEN-B-{110 + number}",
            "program_id": program.id,
            "entry_year": 110 + number,
            "graduation_credits": 100,
            "flexible_rule_ids": [(0, 0, {"origin": "all", "unit": "credits", "limit": 12})],
        }
    )
    areas = env["ntue.curriculum.area"].create(
        [
            {
                "curriculum_id": made.id,
                "sequence": n,
                "code": f"A{n}",
                "name": f"第{n}領域",
                "min_credits": 12,
                "min_courses": 5,
            }
            for n in range(AREAS)
        ]
    )
    lines = []
    for n, course in enumerate(courses[:SUBJECTS]):
        listed = [n % AREAS]
        if number == FRAMEWORKS - 1 and draw.random() < 0.3:
            others = [a for a in range(AREAS) if a not in listed]
            listed += draw.sample(others, draw.choice((1, 2)))
        lines += [
            {
                "curriculum_id": made.id,
                "area_id": areas[place].id,
                "course_id": course.id,
                "name": course.name,
                "credits": 2 + n % 2,
                "requirement": "required" if n < 2 else "elective",
            }
            for place in listed
        ]
    env["ntue.curriculum.line"].create(lines)
    made.action_publish()
    return made


def copied(cr, table, columns, rows):
    """Write ``rows`` into ``table`` with COPY."""
    text = "".join("\t".join(map(str, row)) + "\n" for row in rows)
    names = ", ".join(columns)
    cr.copy_expert(f"COPY {table} ({names}) FROM STDIN", io.StringIO(text))


def students(cr, frameworks):
    """Ids of the students, in the order of their frameworks."""
    rows = []
    for n in range(STUDENTS):
        made = frameworks[n % FRAMEWORKS]
        program = made.program_id
        department = program.department_id.id
        row = [f"{made.entry_year}9{n:05d}", f"測試{n:05d}", made.id, program.id]
        rows.append([*row, department, program.division, made.entry_year, "t"])
    names = "student_no name curriculum_id program_id department_id division entry_year active"
    copied(cr, "ntue_student", names.split(), rows)
    cr.execute("SELECT id, entry_year FROM ntue_student ORDER BY id")
    return cr.fetchall()


def enrolment(student, number, course, term, department, last):
    """One row: four of five passed, the others failed, withdrawn or in progress."""
    state, score = "passed", draw.randint(60, 100)
    if term == last:
        state, score = "in_progress", r"\N"
    elif draw.random() < 0.05:
        state, score = draw.choice((("failed", draw.randint(20, 59)), ("withdrawn", r"\N")))
    graded = "f" if score == r"\N" else "t"
    size = 2 + int(course.code[3:]) % 2
    row = [student, term.id, term.number, course.id, course.name, size, state, score, graded]
    return [*row, f"{number:04d}", department]


def transcripts(env, people, terms, courses):
    """36 courses of the framework or repeats of them, and four from elsewhere, a student."""
    department = env["ntue.department"].search([]).id
    rows = []
    for student, year in people:
        own = [term for term in terms if term.number // 10 >= year][:8]
        picked = [*draw.sample(range(SUBJECTS), 34), 0, 1]
        picked += draw.sample(range(SUBJECTS, SUBJECTS + 12), ENROLMENTS - len(picked))
        draw.shuffle(picked)
        rows += [
            enrolment(
                student, n, courses[course], own[n * len(own) // ENROLMENTS], department, terms[-1]
            )
            for n, course in enumerate(picked)
        ]
    names = "student_id term_id term_number course_id name credits state score is_graded"
    copied(
        env.cr, "ntue_enrollment", [*names.split(), "offering_no", "offering_department_id"], rows
    )
    copied(
        env.cr,
        "ntue_student_term",
        ("student_id", "term_id", "status"),
        [(student, term.id, "enrolled") for student, year in people for term in terms
         if 0 <= term.number // 10 - year < 4],
    )  # fmt: skip


def recognised(env):
    """Of every fifth student, one course from elsewhere is recognised as flexible."""
    env.cr.execute(
        """INSERT INTO ntue_recognition
                  (student_id, enrollment_id, kind, author_id, decided_on, term_id)
           SELECT DISTINCT ON (e.student_id) e.student_id, e.id, 'flexible', %s, now(), e.term_id
             FROM ntue_enrollment e JOIN ntue_course c ON c.id = e.course_id
            WHERE e.student_id %% 5 = 0 AND e.state = 'passed' AND c.code >= %s
         ORDER BY e.student_id, e.id""",
        (env.uid, f"BEN{SUBJECTS:03d}"),
    )


def build(env):
    """The whole of it, committed."""
    program, courses = ordinary(env)
    terms = list(env["ntue.term"].search([], order="number"))
    frameworks = [framework(env, n, program, courses) for n in range(FRAMEWORKS)]
    env.flush_all()
    transcripts(env, students(env.cr, frameworks), terms, courses)
    recognised(env)
    for table in ("ntue_student", "ntue_enrollment", "ntue_student_term", "ntue_recognition"):
        env.cr.execute(f"ANALYZE {table}")
    env.cr.commit()
    env.invalidate_all()
