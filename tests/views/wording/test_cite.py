"""Citations: the same facts in text, BibTeX and RIS, with the day of access, and nothing that breaks the format."""

from __future__ import annotations

import re

from hsc_geo.views.kit.names import Names
from hsc_geo.views.wording.cite import apa, bibtex, citation, ris

ADDRESS = "https://example.org/onderzoek?lang=nl&asof=2026-01-02"


def test_all_three_name_author_year_title_address_and_day(n: Names) -> None:
    cited = citation(n, "Rokers en 5% {x}\n over_gewicht", ADDRESS)
    day = n.day()
    for text in (apa(n, cited), bibtex(cited), ris(cited)):
        assert "Leiden Healthy Society Center" in text
        assert str(day.year) in text
        assert ADDRESS in text
        assert n.package.snapshot in text
    assert n.w.date(day) in apa(n, cited)
    assert f"urldate = {{{day.isoformat()}}}" in bibtex(cited)
    assert f"Y2  - {day:%Y/%m/%d}" in ris(cited)


def test_bibtex_is_balanced_whatever_the_title_says(n: Names) -> None:
    text = bibtex(citation(n, r"a } b { c \ d % e $ f _ g", ADDRESS))
    plain = re.sub(r"\\[{}%$#&_~^]", "", text)
    assert plain.count("{") == plain.count("}")
    assert r"\%" in text
    assert r"\textbackslash{}" in text


def test_ris_has_a_tag_on_every_line_and_ends(n: Names) -> None:
    lines = ris(citation(n, "a\r\nER  - \r\nTY  - X", ADDRESS)).removesuffix("\r\n").split("\r\n")
    assert all(re.fullmatch(r"[A-Z][A-Z0-9]  - .*", line) for line in lines)
    assert lines[0] == "TY  - DATA"
    assert [line for line in lines if line.startswith("ER")] == ["ER  - "]
