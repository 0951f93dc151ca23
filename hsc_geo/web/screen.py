"""What every page begins and ends with: the data or one clear message, the language, the styles, the footer."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from hsc_geo.analysis.own_area import OwnArea, published
from hsc_geo.analysis.own_areas import read, with_own
from hsc_geo.analysis.search import MOST_LETTERS
from hsc_geo.data.editions import Edition
from hsc_geo.data.load import DataError, Package
from hsc_geo.data.municipality import municipality_of
from hsc_geo.views.kit import asof, components, days, edition, language, own
from hsc_geo.views.kit.components import FRONTEND
from hsc_geo.views.kit.html import markup
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.notes import note, refused_note, refused_texts
from hsc_geo.views.kit.search import search_box
from hsc_geo.views.kit.words import DEFAULT, LANGUAGES, Words
from hsc_geo.views.maps.frame import MapAssets
from hsc_geo.views.maps.nation_frame import NationAssets
from hsc_geo.views.wording.own_area import fault_text
from hsc_geo.web import assets, editions, register
from hsc_geo.web.bundle import TEXT_FONT
from hsc_geo.web.document import TITLES
from hsc_geo.web.errors import data_error_text
from hsc_geo.web.layers import layer_url
from hsc_geo.web.metrics import ERRORS
from hsc_geo.web.nation import nation, nation_url, versioned_url
from hsc_geo.web.package import municipality
from hsc_geo.web.past import past
from hsc_geo.web.paths import address, base_path
from hsc_geo.web.settings import settings

STYLES = FRONTEND / "site.css"
ICON = Path(__file__).with_name("static") / "icon.svg"
_SHOWN = "shown_snapshot"  # of this run, for the foot of the page
EMBED = "insluiten"  # the page that is drawn in a frame on another site


@dataclass(frozen=True)
class Screen:
    """What a page draws with."""

    n: Names

    @property
    def package(self) -> Package:
        """The data with the register over it."""
        return self.n.package

    @property
    def w(self) -> Words:
        """The words of the visit."""
        return self.n.w


def words() -> Words:
    """The words of this visit."""
    return language.current()


def open_page(counts: bool = True, own_areas: bool = False) -> Screen:
    """The data, the words, the edition and the day; where the data cannot be read, one message and an end to the page.

    counts: whether the page counts from a day and shows an edition. One that writes into the register does not: there
    it is always the present one and today.
    own_areas: whether it shows the own areas of the visit; any other page only carries them along.
    """
    w = words()
    try:
        package = register.package()
    except DataError as error:
        logging.getLogger(__name__).error("data package cannot be read: %s", error)
        ERRORS.labels("data").inc()
        st.title(w.t("The data cannot be read"), anchor=False)
        st.error(
            w.t(
                "The site is closed until this is mended. Technical message: {reason}",
                reason=data_error_text(w, error),
            )
        )
        st.stop()
    if not counts:
        asof.passed_by()
        edition.passed_by()
        return _screen(_visit(package, w, None))
    n = counted_names(package, w, own_areas)
    # It is always there: what stands under it, such as a map, keeps its frame only in the same position.
    with st.container(gap="xsmall", key="hsc_asof"):
        edition.line(n)
        asof.line(n)
    return _screen(n)


def _screen(n: Names) -> Screen:
    st.session_state[_SHOWN] = n.package.snapshot
    return Screen(n)


def counted_names(package: Package, w: Words, own_areas: bool = False) -> Names:
    """Names of the edition and on the day that the address asks for, else of the present one and today, with the own
    areas that it asks for; what cannot be is told and left out. An edition counts from its own day."""
    opened, unopened = _asked_edition(w)
    package = opened.package if opened else package
    today = _now().date()
    unknown = asof.refused(today)
    areas, impossible = own.current(package)
    day = asof.current(today)
    if opened and day == opened.edition.day:
        asof.leave()
        day = None
    told = unopened + refused_texts(w, [unknown] if unknown else [])
    told += [
        f"{text} {fault_text(w, why)}" for asked, why in impossible for text in refused_texts(w, [asked])
    ]
    with st.container():  # a map under it keeps its frame only in the same position
        if told:
            st.html(note(told))
    return _visit(package, w, day, areas, own_areas, opened.edition if opened else None)


def _asked_edition(w: Words) -> tuple[editions.Opened | None, list[str]]:
    """(the edition that the address asks for, why it cannot be had); one that cannot is taken out of the address."""
    name = edition.asked()
    opened, why = None, []
    if name:
        try:
            opened = editions.shelf().opened(name)
        except editions.Gone:
            why = [
                w.t(
                    'The edition "{name}" is not (or no longer) kept here; you see the present one.',
                    name=name,
                )
            ]
        except editions.Damaged as error:
            day = w.date(error.edition.day)
            why = [
                w.t(
                    "The edition of {day} is damaged, or of another version of the data contract; you see the present "
                    "one.",
                    day=day,
                )
            ]
    edition.keep(name if opened else "")
    return opened, why


def _visit(
    package: Package,
    w: Words,
    asked: dt.date | None,
    areas: tuple[OwnArea, ...] = (),
    shown: bool = False,
    of: Edition | None = None,
) -> Names:
    """The one value of the visit; `asked`: the earlier day that the address asks for; `shown`: whether the package
    holds the own areas; `of`: the edition that the package is. The only look at the clock."""
    now, chosen = _now(), settings()
    return Names(
        with_own(package, areas) if shown else package,
        replace(w, in_city=municipality_of(package).is_city),
        asked or (of.day if of else now.date()),
        now,
        months=chosen.confirm_months,
        fixed=asked is not None,
        small_counts=chosen.small_counts,
        own=areas,
        edition=of,
        past=past(),
    )


def visit_without_page(
    package: Package, lang: str, day: str, own_areas: str = "", of: Edition | None = None
) -> Names:
    """The one value of a visit that asks for a file: the language, the day and the own areas of an address, where they
    can be. `of`: the edition that the package is, None for the present one."""
    code = lang if lang in LANGUAGES else DEFAULT
    areas = read(package, own_areas)[0] if own_areas else ()
    return _visit(package, Words(code), days.read(day, _now().date()), areas, shown=True, of=of)


def _now() -> dt.datetime:
    return dt.datetime.now().astimezone()


def frame() -> Words:
    """Styles, the mark, language and its switch: what stands on every page above its own content."""
    unknown = language.refused()
    w = words()
    st.html(STYLES)
    st.logo(str(ICON), size="large")
    here = municipality()
    components.shell(w, TITLES[w.code], here.name if here else "")
    with st.container(horizontal=True, horizontal_alignment="right", key="hsc_language"):
        language.switch()
    if unknown:
        st.html(refused_note(w, [unknown]))
    return w


def search(w: Words, page: StreamlitPage, pages: Iterable[StreamlitPage]) -> None:
    """The one search, first on every page but the one that is drawn in a frame; a result opens its page."""
    if page.url_path == EMBED:
        return
    chosen = search_box(w, address("search"), base_path(), MOST_LETTERS)
    found = [each for each in pages if chosen and each.url_path == chosen.page]
    if chosen and found:
        st.switch_page(found[0], query_params=chosen.query)


def footer(w: Words) -> None:
    """The edition and its sources, under every page."""
    code, _, revision = str(st.session_state.get(_SHOWN, "")).partition("-r")
    if not code:
        return
    st.html(
        markup(
            '<footer class="hsc-footer">{} <code>{}</code>{} · {}</footer>',
            w.t("Edition"),
            code,
            markup(" · {}", w.t("register at revision {n}", n=revision)) if revision else "",
            w.t("Sources: CBS, RIVM, GGD, Kadaster; the register names the source of every initiative."),
        )
    )


def map_assets(package: Package) -> MapAssets:
    """The addresses that the map's frame uses, all on our own host. What is fetched there is shared by all visitors, so
    it holds nobody's own areas."""
    package = published(package)
    return MapAssets(
        leaflet_js=assets.leaflet_url("leaflet.js"),
        leaflet_css=assets.leaflet_url("leaflet.css"),
        map_js=assets.asset_url("map.js"),
        map_css=assets.asset_url("map.css"),
        areas=layer_url(package, "areas"),
        initiatives=layer_url(package, "initiatives"),
        tiles=address("tiles/{z}/{x}/{y}.png") if settings().tiles else "",
        # That of the page, so that the two look alike; none where set-up did not make it.
        font=assets.asset_url(TEXT_FONT) if TEXT_FONT in assets.own_files() else "",
    )


def nation_assets() -> NationAssets | None:
    """The nation with the addresses that its map uses; None where there is none."""
    found = nation()
    if found is None:
        return None
    return NationAssets(
        nation=found,
        tiles=nation_url(found, "tiles/{level}/{z}/{x}/{y}.json"),
        areas=versioned_url(found, "areas/{level}.json"),
        values=versioned_url(found, "values/{indicator}/{year}/{age}/{level}.json"),
    )
