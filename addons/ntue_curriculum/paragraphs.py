"""Text that somebody typed, as markup."""

from markupsafe import Markup


def as_paragraphs(text: str) -> Markup:
    """What somebody typed as markup: one paragraph per line, nothing of it read as markup."""
    lines = (line for line in text.splitlines() if line.strip())
    return Markup("").join(Markup("<p>%s</p>") % line for line in lines)
