"""A page that needs neither database nor style sheets: where those are what failed, or too dear.

It looks like the pages in the frame: their colours and buttons, dark where the device is, with
targets for a thumb. Pure.
"""

from collections.abc import Iterable
from typing import NamedTuple

from markupsafe import Markup

STYLE = Markup("""
:root { color-scheme: light dark; --paper: #fff; --ground: #f3f5f8; --ink: #212529;
  --blue: #0b4fa8; --on-blue: #fff; --line: #ced4da; }
@media (prefers-color-scheme: dark) { :root { --paper: #1f2733; --ground: #151b23;
  --ink: #e6e9ed; --blue: #8fbcff; --on-blue: #10151c; --line: #46505e; } }
body { margin: 0; padding: 1rem; background: var(--ground); color: var(--ink);
  font: 1rem/1.6 system-ui, "Noto Sans TC", "Noto Sans CJK TC", "PingFang TC",
  "Microsoft JhengHei", sans-serif; overflow-wrap: break-word; }
main { max-width: 38rem; margin: 8vh auto 0; padding: 1.5rem; background: var(--paper);
  border: 1px solid var(--line); border-top: .25rem solid var(--blue); border-radius: .5rem; }
h1 { margin: 0 0 .75rem; font-size: 1.5rem; line-height: 1.3; }
.ways { display: flex; flex-wrap: wrap; gap: .75rem; margin: 1.25rem 0 0; }
a { display: inline-block; padding: .625rem 1.25rem; border: 1px solid var(--blue);
  border-radius: .375rem; color: var(--blue); text-decoration: none; }
a:first-child { background: var(--blue); color: var(--on-blue); }
""")

PAGE = Markup("""<!DOCTYPE html>
<html lang="{code}">
<head>
<meta charset="utf-8"/>
<meta name="viewport" content="width=device-width, initial-scale=1"/>
{head}<title>{title}</title>
<style>{style}</style>
</head>
<body>
<main {mark}>
<h1>{title}</h1>
{said}
<p class="ways">
{ways}
</p>
</main>
</body>
</html>
""")

PARAGRAPH = Markup("<p>{}</p>")
WAY = Markup('<a href="{address}">{label}</a>')


class Way(NamedTuple):
    """A way on from the page; an empty address is the page itself."""

    label: str
    address: str


def page(
    lang: str,
    title: str,
    said: Iterable[str],
    ways: Iterable[Way],
    *,
    head: str = "",
    mark: str = "",
) -> str:
    """The whole page as text; the first of ``ways`` is the one that most will take.

    ``lang`` is a code of Odoo's; ``said`` and all else is text, but ``head`` and ``mark`` (the
    attributes of the content), which are HTML where they are ``Markup``.
    """
    return PAGE.format(
        code=lang.replace("_", "-"),
        title=title,
        style=STYLE,
        head=head,
        mark=mark,
        said=Markup("\n").join(PARAGRAPH.format(text) for text in said),
        ways=Markup("\n").join(WAY.format(address=address, label=label) for label, address in ways),
    )
