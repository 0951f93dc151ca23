"""Texts that can be told again in another language."""

from __future__ import annotations

import copy
import json
import pickle
from dataclasses import asdict

import pytest

from hsc_geo.domain.message import Meaning, Message, MessageError, no_json
from hsc_geo.domain.problems import Problem, as_json

MOST = Message(
    "at most {n} rows, {width} m, in {year}: {why}", n=20_000, width=0.05, year="2026", why=Message("full")
)


def test_it_is_the_english_text() -> None:
    assert MOST == "at most 20,000 rows, 0.05 m, in 2026: full"
    assert Message("write {a} or {b}") == "write {a} or {b}"  # nothing to fill in


def test_braces_in_a_value_stay() -> None:
    assert Message("the form {form}", form=r"\d{4}") == r"the form \d{4}"


def test_a_value_that_lacks_is_noticed() -> None:
    with pytest.raises(KeyError):
        Message("{n} of {total}", n=1)


@pytest.mark.parametrize("again", [copy.copy, copy.deepcopy, lambda text: pickle.loads(pickle.dumps(text))])
def test_a_copy_still_knows_its_template(again: object) -> None:
    made = again(MOST)  # type: ignore[operator]
    assert (made, made.template, made.values) == (MOST, MOST.template, MOST.values)
    assert isinstance(made.values["why"], Message)
    both = again(Meaning("street", "straat"))  # type: ignore[operator]
    assert (both, both.nl) == ("street", "straat")


def test_in_a_problem_it_is_told_as_any_text() -> None:
    problem = Problem("a.csv", 2, "b", "c", MOST)
    assert json.loads(as_json([problem]))[0]["mend"] == str(MOST)
    assert isinstance(asdict(problem)["mend"], Message)
    assert {problem, Problem("a.csv", 2, "b", "c", str(MOST))} == {problem}


def test_an_error_keeps_what_is_told() -> None:
    error = MessageError(MOST)
    assert (error.told, str(error)) == (MOST, str(MOST))


def test_json_that_breaks_off_is_told_with_its_place() -> None:
    with pytest.raises(ValueError) as broken:
        json.loads('{"a": 1,\n "b" 2}')
    assert no_json(broken.value) == "is no JSON from line 2, column 6 on"
    assert no_json(ValueError("too many digits")) == "is no JSON"
