"""Streets and buildings that bear a title are places, people with the same title are asked back; and one page is one
page, however its address was passed on. All names are made up or those of streets."""

from __future__ import annotations

import pytest

from hsc_geo.data.load import Package
from hsc_geo.register import likely_duplicates
from hsc_geo.register.duplicates import page_of
from hsc_geo.register.personal import personal_data
from tests.register.samples import new


@pytest.mark.parametrize(
    "place",
    [
        "Mr. Dr. Van der Lelyplein 3",
        "Ds. Talmalaan",
        "Dominee Heldringstraat 5",
        "Pastoor Hendriksstraat",
        "Zuster Meijboomstraat",
        "Professor Lorentzlaan",
        "Dr. Schaepmanstr. 3",
        "Prof. Dondersln 12",
        "Dr. van der Stamstraat-Oost",
        "Mr. Treublaan-zuid",
        "gebouw Dr. Van der Horst-zaal",
        "Mr. Jan Jansen-school",
        "Dr. Pieter Pauwflat",
        "Dr. Poelsoord",
        "Mgr. Broerestraat",
    ],
)
def test_a_place_with_a_title_is_no_person(place: str) -> None:
    assert personal_data(f"Elke week in {place}.") == ()
    assert personal_data(place) == ()


@pytest.mark.parametrize(
    "text",
    [
        "Dominee De Vries leidt de groep",
        "Ds. Jansen leidt de groep",
        "Pastoor Jansen is aanwezig",
        "Zuster Maria geeft les",
        "Professor Jansen spreekt",
        "Mr. dr. Pietersen",
        "Bel dr. Straatman",
        "Juf Anna",
        "jan.jansen (at) voorbeeld.nl",
        "jansen [at] voorbeeld.nl",
        "j.jansen @ voorbeeld.nl",
        "jan\uff20voorbeeld.nl",
        "06\u201112345678",
        "06\u201312345678",
        "\uff10\uff16-12345678",
    ],
)
def test_a_person_is_noticed_however_it_is_written(text: str) -> None:
    assert personal_data(text)


@pytest.mark.parametrize(
    "text", ["Open van 10 @ 12 uur", "info (at) voorbeeld.nl", "2019\u20132023", "Meester in de tuin"]
)
def test_what_only_looks_so_is_left_alone(text: str) -> None:
    assert personal_data(text) == ()


@pytest.mark.parametrize(
    "address",
    [
        "http://www.voorbeeld.nl/a/",
        "https://voorbeeld.nl//a?utm_source=mail&utm_medium=x",
        "https://voorbeeld.nl/a?fbclid=1#kop",
        "https://voorbeeld.nl./a/index.html",
        "https://voorbeeld.nl:443/%61",
    ],
)
def test_the_same_page_however_it_was_passed_on(address: str) -> None:
    assert page_of(address) == "voorbeeld.nl/a"


@pytest.mark.parametrize(
    "address", ["https://voorbeeld.nl/a?id=5", "https://voorbeeld.nl/b", "https://a.voorbeeld.nl/a"]
)
def test_another_page_stays_another(address: str) -> None:
    assert page_of(address) != "voorbeeld.nl/a"


@pytest.mark.parametrize(
    "name", ["De Betovertuin", "Stichting Betovertuin", "\uff22\uff45tovertuin", "het betover tuin"]
)
def test_an_article_or_other_letters_make_no_other_name(package: Package, name: str) -> None:
    assert "LEI-030" in [each.entity_id for each in likely_duplicates(new(name=name), package)]
