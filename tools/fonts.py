"""Makes the two small fonts that the server sends in the place of Streamlit's: the same drawings, of what is used.

uv run --with 'fonttools==4.68.0' --with 'brotli==1.2.1' --with 'streamlit==1.67.0' tools/fonts.py

Streamlit's font of text holds 2,500 signs in 170 kB, that of icons 4,300 in 375 kB. Kept are the signs of the languages
of western Europe (a browser takes Streamlit's own font for others), and the icons that Streamlit's program or our pages
name, with a stock for pages to come (STOCK). Run it again after an upgrade of Streamlit, or for an icon that is not in
it: a test says so. The text is Adobe's Source Sans, under the SIL Open Font License 1.1, with another name for that;
the icons are Google's Material Symbols, under the Apache License 2.0.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

import streamlit
from fontTools import subset
from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parents[1]
FONTS = ROOT / "hsc_geo" / "web" / "static" / "fonts"
STREAMLITS = Path(streamlit.__file__).parent / "static" / "static"
NUMBERS = ["tnum", "lnum", "pnum"]  # figures that stand under each other
NAMES = {1: "HSC Sans", 3: "HSC Sans", 4: "HSC Sans", 6: "HSCSans", 16: "HSC Sans", 25: "HSCSans"}
SIGNS = "abcdefghijklmnopqrstuvwxyz0123456789_"
STOCK = """
accessibility account_circle add_circle apps arrow_back arrow_circle_right arrow_drop_down arrow_forward article
bookmark campaign cancel category chat check_circle child_care code contact_mail content_paste crop_free
data_table delete description directions_bike directions_walk done download draft edit elderly email event
explore family_restroom file_download file_save filter_alt filter_alt_off filter_list fit_screen flag forum
fullscreen fullscreen_exit group groups health_and_safety help history home hub insights ios_share language
layers lightbulb link list_alt location_city location_on lock login logout mail map my_location neighborhood
new_releases north_east note open_in_full open_in_new pan_tool payments pending person picture_as_pdf pin_drop
place play_arrow present_to_all preview print public publish qr_code qr_code_2 question_mark rate_review refresh
remove restart_alt sanitizer save schedule school search send settings share smoke_free sort square_foot star
stop swap_vert sync table table_chart target thumb_up timeline travel_explore trending_down trending_flat
trending_up tune undo update verified view_list volunteer_activism warning zoom_in zoom_out
"""


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
    kept = sorted(name for name in named() | set(STOCK.split()) if name in known)
    subsetter = subset.Subsetter(subset.Options(layout_closure=False, layout_features=["*"], hinting=False))
    subsetter.populate(glyphs=[known[name] for name in kept], unicodes=[ord(sign) for sign in SIGNS])
    save(font, subsetter, "icons.woff2")
    (FONTS / "icons.txt").write_text("\n".join(kept) + "\n", encoding="utf-8")
    print(f"{len(kept)} icons; not in the font: {', '.join(sorted(named() - set(known))) or 'none'}")


if __name__ == "__main__":
    text()
    sys.exit(icons())
