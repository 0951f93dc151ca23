"""Area codes as CBS and RIVM write them."""

import pytest

from hsc_geo.domain.areas import district_of, level_of, municipality_of, normalise_code


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("NL00", "NL00"),
        ("NL01", "NL00"),  # the nation in the tables of RIVM
        ("NL01      ", "NL00"),
        ("GM0546    ", "GM0546"),  # StatLine pads to ten characters
        ("WK054603  ", "WK054603"),
        ("BU05460302", "BU05460302"),
    ],
)
def test_codes_are_written_one_way(written: str, code: str) -> None:
    assert normalise_code(written) == code


@pytest.mark.parametrize(
    "wrong", ["", "NL02", "GM546", "WK05460", "BU054603021", "2316.0", "wk054603", "WK054603x"]
)
def test_what_is_no_code_is_refused_by_name(wrong: str) -> None:
    with pytest.raises(ValueError, match="is not an area code") as told:
        normalise_code(wrong)
    assert repr(wrong) in str(told.value)


def test_levels_and_parents_follow_from_the_code() -> None:
    assert [level_of(code) for code in ("NL00", "GM0546", "WK054603", "BU05460302")] == [
        "country",
        "municipality",
        "district",
        "neighbourhood",
    ]
    assert (
        municipality_of("BU05460302") == municipality_of("WK054603") == municipality_of("GM0546") == "GM0546"
    )
    assert district_of("BU05460302") == district_of("WK054603") == "WK054603"
    with pytest.raises(KeyError):
        level_of("PC2316")
