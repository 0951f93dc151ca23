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


# What people type, paste and import, by kind, for every door through which text comes into the register. A name, a
# day, a year, a coordinate and a link are each tried with all of it.
TYPED = {
    "markup": (
        SCRIPT,
        "<svg/onload=alert(1)",
        "<!-- x",
        "</td></tr>",
        "Soep & <3",
        "a < b en c > d",
        "&lt;b&gt;",
        "&#0;",
        "]]><x/>",
        "<![CDATA[x]]>",
        "{{7*7}} ${x} %s {0} {% x %}",
    ),
    "not composed": ("Cafe\u0301", "\u1112\u1161\u11ab", "\u212b", "\ufb01ets", "Z" + "\u0301" * 40),
    "unseen": (
        "Wandel\u200bclub",
        "\u202eabc\u202c",
        "\u2066abc\u2069",
        "\ufeffabc",
        "wan\u00addel",
        "x\U000e0041\U000e007f",
        "a\u200cb \U0001f469\u200d\U0001f467",
        "a\u2028b\u2029c",
    ),
    "digits of other scripts": (
        "\u0662\u0660\u0662\u0662",
        "\uff12\uff10\uff12\uff12",
        "\U0001d7d0\U0001d7ce\U0001d7d0\U0001d7d0",
        "20\u00b2",
        "\u216b",
        "\u0665\u0662.\u0661\u0666",
    ),
    "nothing": (
        "\u3164",
        "\u2800",
        "\u00a0",
        "\u115f\u1160",
        "\ufe0f",
        "\u0301",
        "...",
        "- . -",
        "\u0085",
        "|",
        " | ",
    ),
    "days": (
        "2026-02-30",
        "31-11",
        "31-11-2025",
        "31-2-2022",
        "2026-13-01",
        "0000-00-00",
        "99999-01-01",
        "29.02.2023",
        "29-2-2024",
        "5-2024",
        "13-2024",
        "1/2/2024",
        "2024-5-1",
        "2024-05-01T10:00",
        "2024-05-01 00:00:00",
        "8-11-2022 0:00",
        "1 mei 2024",
    ),
    "years": (
        " 2024 ",
        "20 24",
        "2024.0",
        "2024,0",
        "2e3",
        "+2024",
        "-2024",
        "1_000",
        "0x7e8",
        "9" * 400,
        "2999",
    ),
    "coordinates": (
        "nan",
        "inf",
        "-Infinity",
        "1e999",
        "5_2.16",
        "52,16",
        "52.16",
        "+52.16",
        "52.16\u00b0",
        "52.",
        ".5",
        "5 2.16",
        "1.234,5",
        "4.49",
        "463800",
    ),
    "links": (
        "https://www.voorbeeld-leiden.nl/a?b=c#d",
        "www.example.org",
        "www.example.org/a b",
        "example.org/wandelen",
        "flyer.pdf",
        "jan@example.org",
        "www.example.org@evil.example.org",
        "//example.org",
        "https://me:secret@leiden.nl/",
        "https://leiden.nl\\@example.org",
        "https:\\\\example.org",
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\tscript:alert(1)",
        "\x01javascript:alert(1)",
        "data:text/html,x",
        "https://lei den.nl",
        "https://leiden.nl/\nx",
        'https://leiden.nl/"x=1',
        "http://127.0.0.1/",
        "http://[::1]/",
        "http://2130706433/",
        "https://[x/",
        "https://leiden.nl:99999/",
        "https://leiden.nl:x/",
        "https://%6ceiden.nl/",
        "https://a..nl/",
        "https://a\u2100b.nl/",
        "HTTPS://LEIDEN.NL/",
    ),
    "formulas": (
        "=1+1",
        "+1",
        "-1",
        "@x",
        "=cmd()|' /C calc'!A0",
        "'=1+1",
        "'x",
        "\uff1d1+1",
        "_x000D_",
        "_x005F_x000D_",
    ),
    "long": ("n" * 201, "n" * 1001, "n" * 4001, "n" * 5000),
    "no characters": ("a\x00b", "a\x07b\x0b", "a\x7fb", "a\x85b\x92", "a\ufffdb", "a\uffffb"),
    "scripts": (
        "\U0001f3c3 Hardlopen",
        "\u0645\u0631\u062d\u0628\u0627",
        "\u05e9\u05dc\u05d5\u05dd",
        "\u6f22\u5b57",
    ),
    "code": (
        "'; DROP TABLE initiatives; --",
        "' OR '1'='1",
        "%_%",
        'a";"b',
        'x","y\n"z',
        "a\r\nb",
        "a\tb",
        "a;b",
        '{"a":[1,"}',
        '"}]',
        "\\",
        "a|b",
        "a||b|",
        "null",
        "NaN",
        "None",
        "TRUE",
    ),
    "persons": ("Bel 06-12345678", "jan.jansen@gmail.com", "dhr. Jansen"),
}
SURROGATES = ("a\ud800b", "\udfff", "\ud83d")  # which JSON and a workbook can hold, and UTF-8 cannot
BROKEN_CELLS = ("#N/A", "#VERW!")
