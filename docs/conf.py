"""Sphinx: the pages of docs/ and the public headers, which are the reference of the API."""

from pathlib import Path

ROOT = Path(__file__).parent.parent

project = "libgovcore"
author = "the libgovcore developers"
version = release = (ROOT / "VERSION").read_text().strip()
extensions = ["myst_parser"]
myst_heading_anchors = 3
html_theme = "alabaster"
html_theme_options = {"description": "Data core of grassroots governance", "page_width": "1100px"}
html_sidebars = {"**": ["about.html", "navigation.html", "searchbox.html"]}
exclude_patterns = ["requirements.txt"]
# Pages link to files of the tree (CONTRIBUTING.md, bindings/README.md) that are not pages here.
suppress_warnings = ["myst.xref_missing"]


def write_reference(app):
    """One page that shows every public header whole."""
    lines = ["# C API", "", "The public headers are the reference: each says what its functions do, in which units,", "what a missing value means and which errors there are.", ""]
    for header in sorted((ROOT / "include" / "govcore").rglob("*.h")):
        name = header.relative_to(ROOT / "include")
        lines += [f"## {name}", "", f"```{{literalinclude}} ../include/{name}", ":language: c", "```", ""]
    Path(app.srcdir, "api.md").write_text("\n".join(lines), encoding="utf-8")


def setup(app):
    app.connect("builder-inited", write_reference)
