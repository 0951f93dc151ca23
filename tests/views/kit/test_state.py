"""The state of a page and its address: read, written, refused, and taken over from a link or the back button."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hsc_geo.data.load import Package
from hsc_geo.views.data import page as data_page
from hsc_geo.views.kit.state import PageState, Param, Refused, read, write
from hsc_geo.views.map import choices
from tests.shared.hostile import carried
from tests.views.query import Query

LEVEL = Param("level", "district", frozenset({"district", "neighbourhood"}))
AMBITION = Param("amb", "", frozenset({"A1", "A2", "A3"}), many=True)
TEXT = Param("q")
PARAMS = (LEVEL, AMBITION, TEXT)


def page(session: dict[str, Any], query: Query, name: str = "map") -> PageState:
    state = PageState(name, PARAMS, session, query)
    state.pull()
    return state


def test_an_empty_address_gives_the_defaults() -> None:
    assert read({}, PARAMS) == ({"level": "district", "amb": [], "q": ""}, [])


def test_known_values_are_taken() -> None:
    values, refused = read({"level": ["neighbourhood"], "amb": ["A2", "A1"], "q": ["é & ü"]}, PARAMS)
    assert values == {"level": "neighbourhood", "amb": ["A2", "A1"], "q": "é & ü"}
    assert refused == []


def test_wrong_and_old_values_are_refused_with_key_and_value() -> None:
    values, refused = read({"level": ["street"], "amb": ["A2", "A9", "a1"]}, PARAMS)
    assert values == {"level": "district", "amb": ["A2"], "q": ""}
    assert refused == [Refused("level", "street"), Refused("amb", "A9"), Refused("amb", "a1")]


def test_an_empty_value_is_no_value_and_no_fault() -> None:
    assert read({"level": [""], "amb": ["", "A1"]}, PARAMS) == (
        {"level": "district", "amb": ["A1"], "q": ""},
        [],
    )


def test_of_several_values_for_one_choice_the_last_good_one_counts() -> None:
    values, refused = read({"level": ["neighbourhood", "district", "street"]}, PARAMS)
    assert values["level"] == "district"
    assert refused == [Refused("level", "street")]


def test_a_value_given_twice_counts_once() -> None:
    assert read({"amb": ["A1", "A1", "A3"]}, PARAMS)[0]["amb"] == ["A1", "A3"]


@pytest.mark.parametrize("length", [200, 201, 100_000])
def test_long_values_are_cut(length: int) -> None:
    values, refused = read({"q": ["x" * length], "level": ["y" * length]}, PARAMS)
    assert values["q"] == "x" * 200
    assert refused == [Refused("level", "y" * 200)]
    assert write({"q": "x" * length}, PARAMS) == {"q": ["x" * 200]}


def test_other_parameters_are_not_ours_to_refuse() -> None:
    assert read({"lang": ["xx"], "utm": ["1"]}, PARAMS)[1] == []


def test_defaults_are_left_out_of_the_address() -> None:
    assert write({"level": "district", "amb": [], "q": ""}, PARAMS) == {}
    assert write({}, PARAMS) == {}
    assert write({"level": None, "amb": None, "q": None}, PARAMS) == {}


@settings(max_examples=60, deadline=None, derandomize=True, database=None)
@given(
    level=st.sampled_from(["district", "neighbourhood"]),
    amb=st.lists(st.sampled_from(["A1", "A2", "A3"]), unique=True),
    q=st.text(max_size=200).map(carried),
)
def test_what_is_written_is_read_again(level: str, amb: list[str], q: str) -> None:
    values: dict[str, object] = {"level": level, "amb": amb, "q": q}
    assert read(write(values, PARAMS), PARAMS) == (values, [])


@pytest.mark.parametrize("page_of", [choices, data_page])
def test_every_valid_value_of_every_choice_of_a_page_survives_the_address(
    package: Package, page_of: Any
) -> None:
    params = page_of.parameters(package)
    for param in params:
        for option in param.options or ():
            value: object = [option] if param.many else option
            values, refused = read(write({param.key: value}, params), params)
            assert (values[param.key], refused) == (value, []), param.key


@pytest.mark.parametrize("page_of", [choices, data_page])
def test_every_default_is_valid_and_keys_differ(package: Package, page_of: Any) -> None:
    params = page_of.parameters(package)
    assert len({param.key for param in params}) == len(params)
    for param in params:
        assert param.options is None or param.many or param.default in param.options or param.default == ""


# --- the state in a session -------------------------------------------------------------------------------------


def test_a_link_is_taken_over() -> None:
    state = page({}, Query(level=["neighbourhood"], amb=["A1", "A2"]))
    assert (state["level"], state.many("amb"), state["q"]) == ("neighbourhood", ["A1", "A2"], "")


def test_a_choice_goes_into_the_address_and_others_stay_there() -> None:
    query = Query(lang=["en"])
    state = page({}, query)
    state.set("level", "neighbourhood")
    state.set("amb", ["A2", "A3"])
    state.push()
    assert query == {"lang": ["en"], "level": ["neighbourhood"], "amb": ["A2", "A3"]}


def test_an_address_that_says_it_already_is_not_written_again() -> None:
    query = Query(level=["neighbourhood"])
    page({}, query).push()
    assert query.writes == 0


def test_a_refused_value_leaves_the_address_and_is_told() -> None:
    session: dict[str, Any] = {}
    query = Query(level=["street"], amb=["A1", "A9"])
    state = page(session, query)
    assert state.refused == [Refused("level", "street"), Refused("amb", "A9")]
    state.push()
    assert query == {"amb": ["A1"]}
    again = page(session, query)
    assert again.refused == [Refused("level", "street"), Refused("amb", "A9")]
    again.set("q", "x")
    assert again.refused == []


def test_what_the_session_holds_stays_when_the_address_did_not_change() -> None:
    session: dict[str, Any] = {}
    query = Query()
    state = page(session, query)
    state.set("q", "typed")
    assert page(session, query)["q"] == "typed"


def test_the_back_button_brings_the_choice_before_back() -> None:
    session: dict[str, Any] = {}
    query = Query()
    state = page(session, query)
    state.set("level", "neighbourhood")
    state.push()
    query.from_dict({})  # what the browser does on going back
    state = page(session, query)
    assert state["level"] == "district"
    query.from_dict({"level": ["neighbourhood"]})  # and forward
    assert page(session, query)["level"] == "neighbourhood"


def test_two_pages_do_not_mix_their_choices() -> None:
    session: dict[str, Any] = {}
    one, other = page(session, Query(q=["een"]), "map"), page(session, Query(q=["twee"]), "data")
    assert (one["q"], other["q"]) == ("een", "twee")


def test_two_visitors_do_not_mix_their_choices() -> None:
    one, other = page({}, Query()), page({}, Query())
    one.set("amb", ["A1"])
    assert other.many("amb") == []


def test_clear_brings_the_defaults_back() -> None:
    state = page({}, Query(level=["neighbourhood"], amb=["A1"], q=["x"]))
    state.clear(["amb", "level"])
    assert (state["level"], state.many("amb"), state["q"]) == ("district", [], "x")


def test_seed_sets_the_widget_and_take_takes_its_choice() -> None:
    session: dict[str, Any] = {}
    state = page(session, Query(amb=["A1"], level=["neighbourhood"]))
    assert (state.seed("level"), state.seed("amb")) == ("w_level", "w_amb")
    assert (session["w_level"], session["w_amb"]) == ("neighbourhood", ["A1"])
    session.update(w_level="district", w_amb=["A3", "A2"])
    state.take("level")
    state.take("amb")
    assert (state["level"], state.many("amb")) == ("district", ["A3", "A2"])


@pytest.mark.parametrize("nothing", [None, [], ""])
def test_a_widget_without_a_choice_gives_none(nothing: object) -> None:
    session: dict[str, Any] = {}
    state = page(session, Query(amb=["A1"], q=["x"]))
    session.update(w_amb=nothing, w_q=nothing)
    state.take("amb")
    state.take("q")
    assert (state.many("amb"), state["q"]) == ([], "")


def test_the_list_that_a_widget_holds_is_not_the_list_of_the_state() -> None:
    session: dict[str, Any] = {}
    state = page(session, Query(amb=["A1"]))
    state.seed("amb")
    session["w_amb"].append("A2")
    assert state.many("amb") == ["A1"]
    state.take("amb")
    session["w_amb"].append("A3")
    assert state.many("amb") == ["A1", "A2"]
