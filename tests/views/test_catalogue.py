"""The Dutch catalogue is complete: every text of the code is in it, translated; and no text stands outside it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[2]
VIEWS = ROOT / "hsc_geo" / "views"
CATALOGUE = ROOT / "locale" / "nl" / "LC_MESSAGES" / "hsc_geo.po"
KEYWORDS = {"t": None, "tn": (1, 2), "Message": None}
FOLDERS = ("hsc_geo", "pages")
MessageId = str | tuple[str, ...]


@cache
def extracted() -> dict[MessageId, str]:
    """Every message of the code -> where it stands first."""
    found: dict[MessageId, str] = {}
    for folder in FOLDERS:
        for file, line, message, _, _ in extract_from_dir(
            ROOT / folder, [("**.py", "python")], keywords=KEYWORDS
        ):
            found.setdefault(message, f"{folder}/{file}:{line}")
    return found


def trees() -> Iterator[tuple[str, ast.Module]]:
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield str(path.relative_to(ROOT)), ast.parse(path.read_text(encoding="utf-8"))


def calls(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    """(last name of what is called, call)."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            yield name, node


@cache
def written() -> dict[MessageId, str]:
    """The same by Python's own parser, which also reads what stands inside an f-string."""
    found: dict[MessageId, str] = {}
    for file, tree in trees():
        for name, call in calls(tree):
            texts = [
                arg.value
                for arg in call.args[:2]
                if isinstance(arg, ast.Constant) and isinstance(arg.value, str)
            ]
            if name in ("t", "Message") and texts:
                found.setdefault(texts[0], f"{file}:{call.lineno}")
            if name == "tn" and len(texts) == 2:
                found.setdefault((texts[0], texts[1]), f"{file}:{call.lineno}")
    return found


@cache
def dutch() -> Catalog:
    with CATALOGUE.open("rb") as stream:
        return read_po(stream, locale="nl", abort_invalid=True)


def entries() -> dict[MessageId, Message]:
    return {message.id: message for message in dutch() if message.id}


def strings(message: Message) -> tuple[str, ...]:
    return message.string if isinstance(message.string, tuple) else (message.string,)


def placeholders(text: str) -> set[str]:
    return set(re.findall(r"\{(\w*)\}", text))


def test_the_code_has_texts() -> None:
    assert len(extracted()) > 150
    assert "Map" in extracted()
    assert ("{n} district", "{n} districts") in extracted()


def test_babel_finds_every_text() -> None:
    """Before Python 3.12 Babel does not look inside an f-string."""
    assert {message: place for message, place in written().items() if message not in extracted()} == {}


def test_every_text_of_the_code_is_in_the_catalogue() -> None:
    texts = {**extracted(), **written()}
    assert {message: place for message, place in texts.items() if message not in entries()} == {}


def test_every_text_is_translated() -> None:
    assert [message.id for message in entries().values() if not all(strings(message))] == []


def test_plural_texts_have_two_forms() -> None:
    assert [m.id for m in entries().values() if isinstance(m.id, tuple) and len(strings(m)) != 2] == []


def test_no_translation_is_a_guess() -> None:
    assert [message.id for message in entries().values() if message.fuzzy] == []


def test_nothing_is_kept_that_the_code_no_longer_says() -> None:
    assert [message for message in entries() if message not in {**extracted(), **written()}] == []
    assert list(dutch().obsolete) == []


def test_every_translation_has_the_same_placeholders() -> None:
    wrong = []
    for message in entries().values():
        forms = [message.id] if isinstance(message.id, str) else message.id
        pairs = zip(forms, strings(message), strict=True)
        wrong += [(form, text) for form, text in pairs if placeholders(text) != placeholders(form)]
    assert wrong == []


def test_one_text_is_not_both_single_and_plural() -> None:
    singles = {message for message in written() if isinstance(message, str)}
    assert [message for message in written() if isinstance(message, tuple) and message[0] in singles] == []


def test_no_translation_brings_markup() -> None:
    """Texts are escaped where they become HTML, so a tag in one would show."""
    assert [
        text for message in entries().values() for text in strings(message) if re.search(r"[<>]|&\w+;", text)
    ] == []


# --- no text outside the catalogue --------------------------------------------------------------------------------


def is_text(node: ast.expr) -> bool:
    """Whether a literal holds words that a visitor would read."""
    if isinstance(node, ast.JoinedStr):
        return any(is_text(part) for part in node.values)
    return (
        isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and bool(re.search(r"[^\W\d_]{2}", node.value))
    )


def test_every_call_for_words_gives_the_text_itself() -> None:
    """A text in a variable is found by no extraction, so it would never be translated."""
    wrong = []
    for file, tree in trees():
        for name, call in calls(tree):
            of_words = name == "Message" or (isinstance(call.func, ast.Attribute) and name in KEYWORDS)
            given = call.args[: 2 if name == "tn" else 1]
            if of_words and not all(
                isinstance(arg, ast.Constant) and isinstance(arg.value, str) for arg in given
            ):
                wrong.append(f"{file}:{call.lineno}")
    assert wrong == []


# Of Streamlit's calls these show no words of their own, only where things stand.
SILENT = {
    "set_page_config",
    "navigation",
    "columns",
    "container",
    "stop",
    "fragment",
    "component",
    "get_option",
}
# Arguments of Streamlit's calls that no visitor reads.
UNREAD = {
    "key",
    "type",
    "position",
    "visibility",
    "format",
    "layout",
    "url_path",
    "page_icon",
    "initial_sidebar_state",
    "gap",
    "width",
    "height",
    "vertical_alignment",
    "horizontal_alignment",
    "label_visibility",
    "selection_mode",
    "icon",
    "icon_position",
    "mime",
    "file_name",
    "on_click",
    "on_change",
    "language",
    "border",
}
# The same in both languages, or both languages at once.
NAMES = {"Taal / Language", "–"}


def literal_words(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Words given literally to a call of Streamlit (`st.x(...)`, `row.button(...)`)."""
    for name, call in calls(tree):
        owner = getattr(call.func, "value", None)
        if (
            not (isinstance(owner, ast.Name) and owner.id in ("st", "row", "column", "left", "right"))
            or name in SILENT
        ):
            continue
        given = call.args[1:] if name == "Page" else call.args
        given = given + [word.value for word in call.keywords if word.arg not in UNREAD]
        yield from (
            (call.lineno, ast.unparse(arg))
            for arg in given
            if is_text(arg) and not (isinstance(arg, ast.Constant) and arg.value in NAMES)
        )


@pytest.mark.parametrize("file", sorted(path.name for path in (ROOT / "pages").glob("*.py")))
def test_a_page_holds_no_text_of_its_own(file: str) -> None:
    tree = ast.parse((ROOT / "pages" / file).read_text(encoding="utf-8"))
    assert list(literal_words(tree)) == []


@pytest.mark.parametrize("file", sorted(path.relative_to(VIEWS).as_posix() for path in VIEWS.rglob("*.py")))
def test_a_view_gives_streamlit_no_text_of_its_own(file: str) -> None:
    tree = ast.parse((VIEWS / file).read_text(encoding="utf-8"))
    assert list(literal_words(tree)) == []


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("st.title('A heading')", 1),
        ("st.write(f'{n} areas')", 1),
        ("st.button(label='Press', key='k')", 1),
        ("st.Page('start.py', title='Start')", 1),
        ("st.Page('start.py', title=w.t('Start'), url_path='start')", 0),
        ("st.title(w.t('A heading'))", 0),
        ("st.session_state['w_level'] = 'x'", 0),
    ],
)
def test_the_search_for_literal_words_finds_them(code: str, found: int) -> None:
    assert len(list(literal_words(ast.parse(code)))) == found
