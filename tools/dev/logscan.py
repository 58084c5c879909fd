"""Reading Odoo's log: a WARNING or worse, or a traceback, is a fault though every test passes."""

import re
from collections.abc import Iterable
from pathlib import Path

ENTRY = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} \d+ (?P<level>[A-Z]+) \S+ (?P<said>.*)")
STARTING = re.compile(r": Starting (\S+) \.\.\.")
FAULTS = frozenset({"WARNING", "ERROR", "CRITICAL"})
TRACEBACK = "Traceback (most recent call last):"

ALLOWED: dict[str, str] = {
    r'odoo\.sql_db: bad query: .*UPDATE "discuss_channel_member"': (
        "Odoo's page marks a chat as read twice at once; PostgreSQL refuses one, Odoo repeats it"
    ),
    r'odoo\.sql_db: bad query: b\'INSERT INTO "ntue_graduation_application" ': (
        "tests/load has fifty tabs press 新增 at once; PostgreSQL refuses all but one, Odoo repeats"
    ),
    r'sql_db: bad query: .* UPDATE "ntue_graduation_application"\\n +SET "(known_at|write_date)"': (
        "the job of audits meets a step of tests/e2e; PostgreSQL refuses one, Odoo repeats it"
    ),
    r"odoo\.sql_db: bad query: b'INSERT INTO ntue_audit ": (
        "the job of audits meets tests/e2e that store them; PostgreSQL refuses one, it is repeated"
    ),
    r"odoo\.http: <function odoo\.addons\.web\.controllers\.binary\.content_common> called": (
        "Odoo's page downloads a file with two arguments that its own address does not take"
    ),
    r"odoo\.http: 成績尚未登錄：碩士論文": (
        "Odoo logs a refusal; tests/e2e has the registrar pass before the thesis is graded"
    ),
    r"odoo\.http: (錯誤次數過多|帳號或密碼不正確)": (
        "Odoo logs a refusal; tests/load guesses passwords"
    ),
    r"odoo\.http: CSRF validation failed on path '/(my/profile|web/login)'": (
        "Odoo logs a refusal; tests/e2e sends forms with the token of no session"
    ),
    r"odoo\.http: (The description at|\S+/openid-configuration gives no answer|The portal)": (
        "Odoo logs a refusal; tests/sso tries connections to portals that are set up wrongly"
    ),
    r"odoo\.addons\.rpc\.controllers\.(json|xml)rpc: The /xmlrpc, /xmlrpc/2 and /jsonrpc ": (
        "tests/sso and tests/doors ask as programs do that Odoo 19 still answers"
    ),
    r"odoo\.tests\.common: A child process was found, terminating it: .*name='python'": (
        "Odoo's tests end every process beside them; the one that drew a paper waits for the next"
    ),
    r"models\.platform\.site_address: QR codes and mails lead to \S+(localhost|127\.0\.0\.1)": (
        "tests/load has a server behind a proxy, on this machine alone"
    ),
    r"odoo\.http: 您開啟本頁後資料已有變動": (
        "Odoo logs a refusal; tests/e2e has an assistant pass a slip that fell short meanwhile"
    ),
    r"odoo\.http: 以下屬於其他系所，請由該系所助教或註冊單位複製": (
        "Odoo logs a refusal; tests/e2e has an assistant copy another department's framework"
    ),
    r"odoo\.http: 該入學學年度的學分分類僅供參考": (
        "Odoo logs a refusal; tests/e2e has the assistant pass before it is checked by hand"
    ),
}
"""Pattern of a log entry that is no fault of ours → why it cannot be avoided."""


def faults(lines: Iterable[str], allowed: Iterable[str] = ALLOWED) -> list[str]:
    """Return a line for each fault of a log, with the test that ran at the time.

    A traceback below a faulty entry belongs to that one; any other is a fault of its own.
    """
    patterns = list(allowed)
    found: list[str] = []
    test = ""
    faulty = False
    for line in lines:
        entry = ENTRY.match(line)
        starting = STARTING.search(line)
        test = f" [in {starting[1]}]" if starting else test
        if entry:
            excused = any(re.search(pattern, entry["said"]) for pattern in patterns)
            faulty = entry["level"] in FAULTS
            if faulty and not excused:
                found.append(line.rstrip() + test)
        if TRACEBACK in line and not faulty:
            faulty = True
            found.append(line.rstrip() + test)
    return found


def read(file: Path) -> list[str]:
    """Return the faults of one log file, its name before each."""
    with file.open(errors="replace") as lines:
        return [f"{file.name}: {fault}" for fault in faults(lines)]
