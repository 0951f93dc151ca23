"""Makes the two small fonts that the server sends in the place of Streamlit's: the same drawings, of what is used.

`./start` and `./test` run it once, with the tools of requirements-fonts.txt; the fonts stand in the environment, under
share/hsc_geo/fonts. Streamlit's font of text holds 2,500 signs in 170 kB, that of icons 4,300 in 375 kB. Kept are the
signs of the languages of western Europe (a browser takes Streamlit's own font for others), and the icons that
Streamlit's program or our pages name. The text is Adobe's Source Sans, under the SIL Open Font License 1.1, with a
name of its own; the icons are Google's Material Symbols, under the Apache License 2.0.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

import streamlit
from fontTools import subset
from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parents[1]
FONTS = Path(sys.prefix) / "share" / "hsc_geo" / "fonts"
STREAMLITS = Path(streamlit.__file__).parent / "static" / "static"
NUMBERS = ["tnum", "lnum", "pnum"]  # figures that stand under each other
NAMES = {1: "HSC Sans", 3: "HSC Sans", 4: "HSC Sans", 6: "HSCSans", 16: "HSC Sans", 25: "HSCSans"}
SIGNS = "abcdefghijklmnopqrstuvwxyz0123456789_"


def save(font: TTFont, subsetter: subset.Subsetter, name: str) -> None:
    """Leave out of a font what was not asked for, and keep it."""
    subsetter.subset(font)
    font.flavor = "woff2"
    font.save(FONTS / name)


def signs_of_text() -> list[int]:
    """The signs that the server's styles take from the font of text (TEXT_RANGE)."""
    source = (ROOT / "hsc_geo" / "web" / "bundle.py").read_text(encoding="utf-8")
    told = re.search(r"TEXT_RANGE = \((.*?)\)", source, re.DOTALL)
    assert told
    ranges = re.findall(r"U\+([0-9A-F]+)(?:-([0-9A-F]+))?", told[1])
    return [code for first, last in ranges for code in range(int(first, 16), int(last or first, 16) + 1)]


def text() -> None:
    """The font of text; its licence keeps the word Source for the font as it was made."""
    (source,) = STREAMLITS.glob("media/SourceSansVF-Upright*.woff2")
    font = TTFont(source, recalcTimestamp=False)
    for record in font["name"].names:
        if record.nameID in NAMES:
            record.string = NAMES[record.nameID]
    options = subset.Options(hinting=False, name_IDs=["*"])
    options.layout_features = [*options.layout_features, *NUMBERS]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=signs_of_text())
    save(font, subsetter, "sans.woff2")


def named() -> set[str]:
    """The icons that Streamlit's program and our pages name."""
    files = [*STREAMLITS.glob("js/*.js"), *(ROOT / "hsc_geo").rglob("*.py")]
    texts = (path.read_text(encoding="utf-8") for path in files)
    return {name for found in texts for name in re.findall(r":material/([a-z0-9_]+)", found)}


def glyphs(font: TTFont) -> dict[str, str]:
    """Icon -> its glyph: the font draws the icon in the place of the letters of its name."""
    sign = {glyph: chr(code) for code, glyph in font.getBestCmap().items() if chr(code) in SIGNS}
    found = {}
    for lookup in font["GSUB"].table.LookupList.Lookup:
        for table in (getattr(each, "ExtSubTable", each) for each in lookup.SubTable):
            for first, ligatures in getattr(table, "ligatures", {}).items():
                for each in ligatures:
                    signs = [sign.get(glyph, "?") for glyph in (first, *each.Component)]
                    found["".join(signs)] = each.LigGlyph
    return found


def icons() -> None:
    """The font of icons, and the names of those that are in it."""
    (source,) = STREAMLITS.glob("media/MaterialSymbols-Rounded*.woff2")
    font = TTFont(source, recalcTimestamp=False)
    known = glyphs(font)
    kept = sorted(name for name in named() if name in known)
    subsetter = subset.Subsetter(subset.Options(layout_closure=False, layout_features=["*"], hinting=False))
    subsetter.populate(glyphs=[known[name] for name in kept], unicodes=[ord(sign) for sign in SIGNS])
    save(font, subsetter, "icons.woff2")
    (FONTS / "icons.txt").write_text("\n".join(kept) + "\n", encoding="utf-8")
    print(f"{len(kept)} icons; not in the font: {', '.join(sorted(named() - set(known))) or 'none'}")


if __name__ == "__main__":
    FONTS.mkdir(parents=True, exist_ok=True)
    text()
    sys.exit(icons())
