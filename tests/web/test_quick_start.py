"""The server looks for no garbage while it starts, and does afterwards."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest

from hsc_geo.web import server


@pytest.fixture(autouse=True)
def collector() -> Iterator[None]:
    yield
    gc.enable()
    gc.unfreeze()


@pytest.mark.parametrize("fails", [False, True])
def test_garbage_is_looked_for_once_it_has_warmed_up_well_or_not(
    monkeypatch: pytest.MonkeyPatch, fails: bool
) -> None:
    def make_ready() -> None:
        assert not gc.isenabled()
        if fails:
            raise RuntimeError("of the work")

    monkeypatch.setattr(server, "_make_ready", make_ready)
    gc.disable()
    if fails:
        with pytest.raises(RuntimeError):
            server.warm_up()
    else:
        server.warm_up()
    assert gc.isenabled()
    assert gc.get_freeze_count() > 0


def test_the_program_puts_it_off_before_it_imports_anything_of_ours() -> None:
    lines = (Path(__file__).parents[2] / "app.py").read_text().splitlines()
    first = next(i for i, line in enumerate(lines) if line.startswith("from hsc_geo"))
    assert any(line.startswith("gc.disable()") for line in lines[:first])
