"""A changed copy of the package: rows that try to break a page, a file or a spreadsheet."""

from __future__ import annotations

from dataclasses import replace

from hsc_geo.data.load import Package

LONG = "x" * 100_000
SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(2)>"
# What a spreadsheet takes for a formula at the start of a cell.
FORMULAS = ("=cmd()|' /C calc'!A0", "+1", "-1", "@x", "\t=1+1", "\r=1+1")
NAMES = (
    *FORMULAS,
    SCRIPT,
    "lone \ud800 surrogate",
    "nul \x00 and bell \x07 and \x0b",
    LONG,
    "#N/A",
    'half a row", "and\nmore',
    "\u202eright to left\u202c \u2028 new line \ufffe",
    "</script><!--",
    "%s {0} {name} $x ${x} {{7*7}} {% raw %}",
    "a carriage\r=cmd()|'!A0 return",
    "{{ 7 * 7 }}",
)
ORGANISATION = 'Stichting "De\nRegel", \'s\r\nAvonds; <b>vet</b>|=HYPERLINK("http://x")'
LINK = "javascript:alert(document.domain)"


def hostile(package: Package) -> Package:
    """The package with a hostile name, organisation, description and link in as many initiatives as there are names."""
    texts = package.initiatives.select_dtypes("str").columns
    register = package.initiatives.astype(
        dict.fromkeys(texts, object)
    )  # Arrow text cannot hold a lone surrogate
    keys = register.index[: len(NAMES)]
    register.loc[keys, "name"] = list(NAMES)
    register.loc[keys, "organisation"] = ORGANISATION
    register.loc[keys, "description_nl"] = [f"{name} {SCRIPT}" for name in NAMES]
    register.loc[keys, "description_en"] = [f"{name} {SCRIPT}" for name in NAMES]
    for column in ("partners", "target_group_nl", "target_group_en", "note_nl", "note_en", "contact"):
        register.loc[keys, column] = SCRIPT
    for column in ("status_note_nl", "status_note_en", "source_title", "source_publisher", "inferred_fields"):
        register.loc[keys, column] = SCRIPT
    for column in ("schedule", "cost", "how_to_join"):
        register.loc[keys, [f"{column}_nl", f"{column}_en"]] = [SCRIPT, "=1+1"]
    register.loc[keys, ["source_url", "source2_url"]] = LINK
    areas = package.areas.astype({"name": object})
    areas.loc["WK054603", "name"] = SCRIPT
    areas.loc["WK054605", "name"] = "=1+1"
    places = package.initiative_places.astype(
        dict.fromkeys(("venue", "address", "coordinate_source", "coordinate_note"), object)
    )
    theirs = places["initiative_id"].isin(keys)
    places.loc[theirs, ["venue", "address"]] = [SCRIPT, "=1+1"]
    places.loc[theirs, ["coordinate_source", "coordinate_note"]] = [SCRIPT, "=1+1"]
    return replace(package, initiatives=register, areas=areas, initiative_places=places)


def carried(text: str) -> str:
    """What of a text every screen and file can carry: a new line for each line end, and a sign in place of what is no
    character (control characters, halves of a surrogate pair)."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join("\ufffd" if no_character(c) else c for c in plain)


def no_character(c: str) -> bool:
    code = ord(c)
    return (
        (code < 32 and c not in "\t\n") or code == 127 or 0xD800 <= code <= 0xDFFF or code in (0xFFFE, 0xFFFF)
    )


def keys(package: Package) -> list[str]:
    """Ids of the hostile initiatives, in the order of `NAMES`."""
    return [str(key) for key in package.initiatives.index[: len(NAMES)]]
