"""What an area selects besides what it lists, in words (A35)."""

from ..lists import clauses, in_words
from ..selecting import SELECTOR_WORDS


def selecting_sentence(env, area):
    """Which courses count in an area of an outline without being listed; empty for none."""
    if not area.selecting:
        return ""
    return env._(
        "Also counts here without being listed: %s.",
        clauses(env, _conditions(env, area.selecting)),
    )


def selected_words(env, selector):
    """The conditions of an engine's ``Selector`` in words, each by itself."""
    pairs = [(f"select_{name}", getattr(selector, name)) for name in SELECTOR_WORDS]
    pairs.append(("select_distance", (selector.distance,) if selector.distance else ()))
    return _conditions(env, [(name, found) for name, found in pairs if found])


def _conditions(env, selecting):
    _ = env._
    words = {
        "select_domains": _("general education domain %s"),
        "select_departments": _("offered by %s"),
        "select_levels": _("level %s"),
        "select_languages": _("taught in %s"),
        "select_prefixes": _("code beginning with %s"),
        "select_names": _("name with %s"),
        "select_exceptions": _("but not %s"),
    }
    distance = {"yes": _("distance learning only"), "no": _("no distance learning")}
    return [
        distance[found[0]] if name == "select_distance" else words[name] % _any(env, found)
        for name, found in selecting
    ]


def _any(env, words):
    return in_words(env, words, "or")
