"""What is said about a character that no paper can show."""


def unprintable_problem(env, text, marks):
    """The sentence about ``marks``, characters in ``text`` that cannot be printed (F26)."""
    named = ", ".join(f"{mark} (U+{ord(mark):04X})" for mark in marks)
    return env._(
        "“%(text)s” cannot be printed: no typeface of this server has %(named)s, and a paper must "
        "not lose a character. If the character is right, the operator installs a typeface that "
        "has it; if it is a stand-in of another system, the registrar replaces it.",
        text=text,
        named=named,
    )
