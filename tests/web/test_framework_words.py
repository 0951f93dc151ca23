"""The words in Streamlit's program: each stands where we look for it, and what is made of it is still a program."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
import streamlit

from hsc_geo.web.framework_words import WORDS, in_language, words_of

SCRIPTS = Path(streamlit.__file__).parent / "static" / "static" / "js"


def scripts(stem: str) -> dict[str, str]:
    """File name -> text of each script with this first part of its name."""
    return {path.name: path.read_text(encoding="utf-8") for path in SCRIPTS.glob(f"{stem}.*.js")}


@pytest.mark.parametrize("stem", WORDS)
def test_every_word_stands_in_the_program(stem: str) -> None:
    """Where this fails Streamlit has moved or changed a text: look it up in its scripts, and change the table."""
    texts = scripts(stem).values()
    missing = [
        f"{before}`{english}`"
        for before, english, _ in WORDS[stem]
        if not any(f"{before}`{english}`" in text for text in texts)
    ]
    assert missing == []


@pytest.mark.node
@pytest.mark.parametrize("stem", WORDS)
def test_what_is_made_of_it_is_a_program(stem: str, tmp_path: Path) -> None:
    node = shutil.which("node")
    assert node
    for name, text in scripts(stem).items():
        changed = tmp_path / f"{name}.mjs"
        changed.write_text(in_language(name, text), encoding="utf-8")
        done = subprocess.run([node, "--check", str(changed)], capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, done.stderr


def test_a_word_is_chosen_by_the_language_of_the_document() -> None:
    made = in_language("Selectbox.x1.js", "r(Ae,{children:`No results`})")
    assert made == "r(Ae,{children:(document.documentElement.lang===`nl`?`Niets gevonden`:`No results`)})"
    assert in_language("Other.x1.js", "children:`No results`") == "children:`No results`"
    assert words_of("css/index.x1.css") == ()
