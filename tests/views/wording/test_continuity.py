"""How far an initiative has come, signs that it may end and that it is to be confirmed, on every list that shows it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from hsc_geo.analysis.continuity import what_may_end
from hsc_geo.analysis.export import to_csv
from hsc_geo.analysis.near import NOTHING, AddressAnswer
from hsc_geo.analysis.transfer import focus_initiatives, transfer
from hsc_geo.data.load import Package
from hsc_geo.views.coverage.answers.elsewhere import Elsewhere
from hsc_geo.views.coverage.words import elsewhere as elsewhere_words
from hsc_geo.views.kit.names import Names
from hsc_geo.views.paper import blocks
from hsc_geo.views.partners.words import ending
from hsc_geo.views.wording import continuity, freshness, initiative
from hsc_geo.web import addresses
from hsc_geo.web import package as web_package
from tests.shared import naive
from tests.shared.hostile import SCRIPT
from tests.views.screens import components, text, visit, whole

OLD, FRESH, ENDED, UNDATED = "LEI-067", "LEI-114", "LEI-001", "LEI-027"
SIGN = "to be confirmed: last source 2022"


@pytest.fixture(autouse=True)
def committed(package: Package, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web_package, "_package", package)
    monkeypatch.setattr(addresses, "look_up", lambda package, text: AddressAnswer(NOTHING))


def rows(app: AppTest, key: str) -> dict[str, str]:
    """Id -> all cells of its row as one text."""
    found = components(app)[key]["rows"]
    return {row["id"]: " | ".join(str(cell) for cell in row["cells"]) for row in found}


# --- the sign of an old entry -------------------------------------------------------------------------------------


def test_the_sign_says_of_when_the_last_source_is(en: Names) -> None:
    assert freshness.sign(en, OLD) == SIGN
    assert freshness.sign(en, UNDATED) == "to be confirmed: no date"
    assert freshness.sign(en, FRESH) == freshness.sign(en, ENDED) == ""


@pytest.mark.parametrize(
    ("page", "query", "table"),
    [
        ("kaart", {"table": "initiatives", "q": "Bontekoe"}, "table_initiatives"),
        ("kaart", {"table": "citywide", "q": "inventarisatie"}, "table_initiatives"),
        ("kaart", {"sel": "WK054603", "tab": "initiatives"}, "panel_initiatives"),
        ("dekking", {"area": "WK054603"}, "coverage_list"),
        ("wijkprofiel", {"area": "WK054603", "amb": "A2"}, "profile_list"),
        ("partners", {"part": "organisation", "org": "ORG-001"}, "organisation_parts"),
        ("partners", {"part": "near", "at": "52.1600,4.4900", "k": "50"}, "near"),
        ("partners", {"part": "neighbours", "one": "LEI-067"}, "neighbours"),
        ("partners", {"part": "ending"}, "may_end"),
    ],
)
def test_old_entries_are_marked_in_every_list(
    page: str, query: dict[str, str], table: str, en: Names
) -> None:
    app = whole(visit(page, lang="en", **query))
    found = rows(app, table)
    assert found
    for key, cells in found.items():
        sign = freshness.sign(en, key.split("|")[0])
        word = "ask again" if table in SHORT else "to be confirmed"
        assert (word in cells) == bool(sign), key
        assert sign in cells or table in SHORT
        assert sign[-4:] in cells or sign.endswith("no date")


SHORT = ("organisation_parts", "near", "neighbours", "coverage_list")  # lists with a mark, a word and a year


def test_old_entries_are_marked_in_the_list_on_another_site() -> None:
    app = whole(visit("insluiten", lang="en", what="list", q="Bontekoe"))
    assert [SIGN in str(row["cells"]) for row in components(app)["embed_list"]["rows"]] == [True]


def test_old_entries_are_marked_where_only_names_stand(package: Package, en: Names) -> None:
    assert freshness.named(en, OLD) == f"{en.initiative(OLD)} ({SIGN})"
    assert freshness.named(en, FRESH) == en.initiative(FRESH)
    found = Elsewhere((), (), tuple(transfer(package, focus_initiatives(package), k=1)))
    rows = elsewhere_words.transfer_table(en, found).rows
    shown = [row.cells[0] for row in rows]
    assert shown == [freshness.named(en, row.id) for row in rows]
    assert any("to be confirmed" in cell for cell in shown)


def test_old_entries_are_marked_in_a_brief(en: Names) -> None:
    table = blocks.initiatives_table(en, [OLD, FRESH], "")
    assert [row[-1] for row in table.rows] == ["2022; to be confirmed", "2026"]


# --- the ladder ---------------------------------------------------------------------------------------------------


def test_the_ladder_is_a_filter_with_its_state_in_the_address() -> None:
    app = whole(visit("kaart", lang="en", ladder="pilot", table="initiatives", ended="1"))
    wanted = {key for key, row in naive.initiatives().items() if row["ladder"] == "pilot"}
    assert set(rows(app, "table_initiatives")) == wanted
    options = app.multiselect(key="w_ladder").options
    assert [re.sub(r" \(\d+\)", "", option) for option in options] == [
        "Plan",
        "Pilot",
        "Running",
        "Evaluated",
        "not known",
    ]
    assert app.query_params["ladder"] in ("pilot", ["pilot"])


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("LEI-026", "Pilot (The source calls it a pilot of eight weeks)"),
        ("LEI-010", "Running (inferred by us from the status)"),
        ("LEI-098", "no source says"),
    ],
)
def test_the_panel_says_how_far_it_is_and_on_what_that_rests(en: Names, key: str, said: str) -> None:
    assert f"<dt>How far it has come</dt><dd>{said}</dd>" in initiative.initiative(en, key)


def test_a_list_names_the_step_only_where_a_source_states_it(en: Names) -> None:
    assert "pilot" in initiative.listed_status(en, "LEI-026")
    assert "running" not in initiative.listed_status(en, "LEI-010").lower()


# --- signs that it may end ----------------------------------------------------------------------------------------


def test_the_panel_says_signs_and_what_no_source_says(en: Names) -> None:
    shown = initiative.initiative(en, OLD)
    assert "<dt>Signs that it may end</dt><dd>volunteers run it</dd>" in shown
    assert "<dt>No source says</dt><dd>who pays, until when</dd>" in shown
    assert "Signs that it may end" not in initiative.initiative(en, ENDED)


def test_the_list_has_its_caveat_and_each_sign(package: Package) -> None:
    app = whole(visit("partners", lang="en", part="ending", soon="24"))
    found = what_may_end(package, date.today(), 24)
    shown = rows(app, "may_end")
    assert set(shown) <= {each.initiative_id for each in found}
    assert components(app)["may_end"]["caption"].startswith(f"{len(found)} ")
    running = [row for row in naive.initiatives().values() if row["status"] != "ended"]
    unpaid = sum(not row["funders"] for row in running)
    assert f"Of {len(running)} initiatives" in text(app)
    assert f"who pays for {unpaid}," in text(app)


def test_another_span_is_kept_in_the_address() -> None:
    app = whole(visit("partners", lang="en", part="ending"))
    app.session_state["chip_soon"] = True
    whole(app.run()).selectbox(key="w_soon").set_value("24")
    whole(app.run())
    assert app.query_params["soon"] in ("24", ["24"])


def test_an_organisation_shows_the_signs_of_its_initiatives(en: Names) -> None:
    app = whole(visit("partners", lang="en", part="organisation", org="ORG-001"))
    for key, cells in rows(app, "organisation_parts").items():
        assert continuity.signs_text(en, key) in cells


def test_the_file_holds_the_list_and_hostile_text_stays_text(package: Package, en: Names) -> None:
    register = package.initiatives.copy()
    register.loc[OLD, ["name", "continuity_basis_nl", "continuity_basis_en"]] = ["=1+1", SCRIPT, SCRIPT]
    hostile = replace(package, initiatives=register)
    n, found = replace(en, package=hostile), what_may_end(hostile, date(2026, 11, 21))
    lines = to_csv(ending.table(n, found)).decode("utf-8-sig").splitlines()
    assert len(lines) == len(found) + 1
    assert any('"\'=1+1"' in line for line in lines)
    assert SCRIPT not in str(initiative.initiative(n, OLD))


def test_without_any_sign_it_says_so(package: Package, en: Names, monkeypatch: pytest.MonkeyPatch) -> None:
    register = package.initiatives.assign(status="unknown", funders="", run_by="")
    register["end_year"] = pd.array([pd.NA] * len(register), dtype="Int64")
    monkeypatch.setattr(web_package, "_package", replace(package, initiatives=register))
    app = whole(visit("partners", lang="en", part="ending"))
    assert "may_end" not in components(app)
    assert "No initiative in the register has a sign" in text(app)
