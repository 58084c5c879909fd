"""What an area selects besides what it lists, in words (A35)."""

from ..lists import in_words


def selecting_sentence(env, area):
    """Which courses count in an area of an outline without being listed; empty for none."""
    if not area.selecting:
        return ""
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
    conditions = [
        distance[found[0]] if name == "select_distance" else words[name] % _any(env, found)
        for name, found in area.selecting
    ]
    return _("Also counts here without being listed: %s.", "; ".join(conditions))


def _any(env, words):
    return in_words(env, words, "or")
