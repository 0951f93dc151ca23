"""Results kept with what they were made from: the one cache of all that is computed from a package."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import wraps
from inspect import signature
from itertools import count
from threading import Lock
from typing import Any, Concatenate, ParamSpec, TypeVar

Owner = TypeVar("Owner")
Rest = ParamSpec("Rest")
Result = TypeVar("Result")
Function = Callable[Concatenate[Owner, Rest], Result]

_BY_NAME = object()  # stands in a key between what was given by place and what by name
_lock = Lock()
_numbers = count(1)


def per_package(maxsize: int) -> Callable[[Function[Owner, Rest, Result]], Function[Owner, Rest, Result]]:
    """A decorator: what the function makes of its first argument is kept with that object, and goes when it goes.

    The first argument is a package, or a thing that is made once a package (an index of need); it is told apart by
    identity, and `dataclasses.replace` of it begins without results. The other arguments are told apart by value, so
    they must be hashable. Of each object the function keeps `maxsize` results, the newest made. Two threads that ask
    the same at the same time may both compute; both get one of the two. What is raised is not kept.
    Results are shared by all who ask: not to be changed.
    """
    if maxsize < 1:
        raise ValueError(f"a cache of {maxsize} results keeps none; expected at least 1")

    def decorate(function: Function[Owner, Rest, Result]) -> Function[Owner, Rest, Result]:
        alone = len(signature(function).parameters) == 1
        return _of_owner(function) if alone else _of_owner_and_rest(function, maxsize)

    return decorate


def _of_owner(function: Callable[..., Any]) -> Callable[..., Any]:
    place = _place(function)

    @wraps(function)
    def kept(owner: Any) -> Any:
        try:
            return owner.__dict__[place]
        except KeyError:
            pass
        return vars(owner).setdefault(place, function(owner))

    return kept


def _of_owner_and_rest(function: Callable[..., Any], maxsize: int) -> Callable[..., Any]:
    place = _place(function)

    @wraps(function)
    def kept(owner: Any, *args: Hashable, **named: Hashable) -> Any:
        key = (*args, _BY_NAME, *named.items()) if named else args
        try:
            return owner.__dict__[place][key]
        except KeyError:
            pass
        made = function(owner, *args, **named)
        return _keep(vars(owner).setdefault(place, {}), key, made, maxsize)

    return kept


def _place(function: Callable[..., Any]) -> str:
    """Under what name an object keeps the results of a function: in itself, so that also a result that knows the
    object goes with it; a name of its own for each function, as fast as a look-up can be."""
    return f"kept result {next(_numbers)} of {function.__qualname__}"


def _keep(results: dict[Hashable, Any], key: Hashable, made: object, maxsize: int) -> Any:
    with _lock:
        first = results.setdefault(key, made)
        while len(results) > maxsize:
            del results[next(iter(results))]
    return first
