"""Areas in a file: by their name in the data, and whether they are in a focus district."""

from __future__ import annotations

from hsc_geo.views.kit.names import Names


def in_focus(n: Names, code: str) -> bool:
    """Whether an area is a focus district, or a neighbourhood in one."""
    return code in n.focus() or str(n.package.areas.at[code, "parent_code"]) in n.focus()


def official(n: Names, code: str) -> str:
    """The name of an area as the data have it, in whatever language."""
    return str(n.package.areas.at[code, "name"])
