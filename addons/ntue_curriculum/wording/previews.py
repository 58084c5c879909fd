"""What a check would change, and what was found, as whole sentences for people."""

from ..lists import clauses

OPEN = 2
"""Kinds of records of which the changes are unfolded at once."""


def preview_values(env, found):
    """What the template ``import_preview`` shows of ``found`` (``wording.imports``)."""
    return {
        "outcome": {**found, "repairs": ()},
        "concerns": _concerns(env, found.get("affected") or {}),
        "audits": [_audit(env, row) for row in (found.get("affected") or {}).get("audits", ())],
        "parts": [
            {"title": part["title"], "blocks": _blocks(env, part, is_open=place < OPEN)}
            for place, part in enumerate(found.get("changes") or ())
        ],
    }


def finding_values(env, found, *, book):
    """What the template ``import_findings`` shows; ``book``: where the marked files are."""
    repairs = [
        {
            **repair,
            "cases": [
                {**case, "places": clauses(env, [_place(env, **one) for one in case["places"]])}
                for case in repair.get("cases", ())
            ],
            "more_text": _more_values(env, repair["more"]),
        }
        for repair in found.get("repairs", ())
    ]
    return {"repairs": repairs, "erased": not found, "book": book}


def _place(env, file, row, column):
    """Where a finding is: the file, the row and the column, as far as they are known."""
    return " ".join(filter(None, (file, row and env._("row %s", row), column)))


def _more_values(env, more):
    return more and env._("%s more with other values are not listed here.", more)


def _concerns(env, affected):
    """Whom it concerns: sentences, and whether one asks for care."""
    if not affected.get("students_count"):
        return []
    said = [
        (
            env._(
                "Students whose courses, terms or framework change: %(count)s (new: %(new)s).",
                count=affected["students_count"],
                new=affected["new_count"],
            ),
            False,
        ),
        (
            env._(
                "Audits that come out differently: %(count)s (of %(compared)s that were compared).",
                count=affected["audits_count"],
                compared=affected["compared_count"],
            ),
            False,
        ),
    ]
    if affected["pressing_count"]:
        said.append((_pressing(env, affected), True))
    return [{"text": text, "is_pressing": is_pressing} for text, is_pressing in said]


def _pressing(env, affected):
    if not affected["pressing"]:
        return env._("Applications under review: %s.", affected["pressing_count"])
    return env._(
        "Applications under review: %(count)s (%(students)s).",
        count=affected["pressing_count"],
        students="、".join(affected["pressing"]),
    )


def _audit(env, row):
    """One student's figures, before and after."""

    def both(name):
        return f"{row['before'][name]} → {row['after'][name]}"

    words = {True: env._("Yes"), False: env._("No")}
    met = f"{words[bool(row['before']['met'])]} → {words[bool(row['after']['met'])]}"
    return {
        "student": row["student"],
        "earned": both("earned"),
        "missing": both("missing"),
        "met": met,
    }


def _blocks(env, part, *, is_open):
    """What becomes of the records of one kind, a part for each kind of change."""
    _ = env._
    summaries = (
        ("changed", _("Changed: %s", part["changed_count"]), is_open),
        ("created", _("New: %s", part["created_count"]), False),
        (
            "conflicts",
            _("In conflict with a correction, stays as it is: %s", part["conflicts_count"]),
            True,
        ),
        ("missing", _("Missing in the whole list: %s", part["missing_count"]), True),
    )
    return [
        {
            "summary": summary,
            "is_open": is_unfolded,
            "rows": part[kind] if kind == "changed" else (),
            "text": "、".join(part[kind]) if kind != "changed" else "",
            "more": part[f"{kind}_count"] > len(part[kind])
            and _("The first %s are listed.", len(part[kind])),
        }
        for kind, summary, is_unfolded in summaries
        if part[f"{kind}_count"]
    ]
