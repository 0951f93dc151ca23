"""The words in Streamlit's own program, which has no setting for its language, in that of the page.

Each stands in one of Streamlit's scripts as a text between backquotes. It becomes a choice by the language of the
document, made when it is drawn: nothing looks for texts while a page changes.
"""

from __future__ import annotations

from pathlib import PurePath

# Script (the first part of its name) -> (what stands before the text, the text, in Dutch).
WORDS: dict[str, tuple[tuple[str, str, str], ...]] = {
    "index": (
        ('"aria-label":', "App pages", "Pagina’s"),
        ('"aria-label":', "Navigate to home page", "Naar de startpagina"),
        ("alt:", "Logo", "Logo"),
        ('"aria-label":', "Sidebar", "Menu"),
        ('"aria-label":', "Collapse sidebar", "Menu sluiten"),
        ('"aria-label":', "Expand sidebar", "Menu openen"),
        ('"aria-label":', "Close", "Sluiten"),
        ('"aria-label":', "Main menu", "Instellingen"),
        ('"aria-label":', "Running...", "Bezig"),
        ('"aria-label":', "Notifications", "Meldingen"),
        ('"aria-label":', "Scroll tabs left", "Schuif de tabs naar links"),
        ('"aria-label":', "Scroll tabs right", "Schuif de tabs naar rechts"),
        ("children:", "Skip to main content", "Naar de inhoud"),
        ("children:", "(opens in new tab)", "(in een nieuw tabblad)"),
        ("=", "${i.flat().length} more", "nog ${i.flat().length}"),
        (":", "View ${x-m} more", "Nog ${x-m} tonen"),
        ("?", "View less", "Minder tonen"),
        (":", "view more", "meer tonen"),
        ("?", "view less", "minder tonen"),
    ),
    "utils": (
        (":", "Choose an option", "Kies"),
        ("?", "Choose options", "Kies"),
        ("?", "Choose or add options", "Kies of voeg toe"),
        (":", "Choose or add an option", "Kies of voeg toe"),
        ("?", "Add options", "Voeg toe"),
        (":", "Add an option", "Voeg toe"),
        ("=", "No options to select", "Niets om te kiezen"),
    ),
    "Selectbox": (
        ("children:", "No results", "Niets gevonden"),
        ('"aria-label":', "Clear value", "Keuze wissen"),
        ('"aria-label":', "Open", "Openen"),
        ("??", "Selectbox options", "Keuzes"),
        ("locale:", "en-US", "nl-NL"),  # of what is said aloud of the list
    ),
    "Multiselect": (
        ("return", "No results", "Niets gevonden"),
        ("label:", "Select all", "Alles kiezen"),
        ("label:", "Select ${p.length} matches", "Deze ${p.length} kiezen"),
        ("label:", "Add: ${n}", "Toevoegen: ${n}"),
        ('"aria-label":', "Clear all", "Alles wissen"),
        ('"aria-label":', "Open", "Openen"),
        ('"aria-label":', "Selected values", "Gekozen"),
        ('"aria-label":', "Remove ${e}", "${e} weghalen"),
        ("||", "Multiselect options", "Keuzes"),
        ("locale:", "en-US", "nl-NL"),
    ),
    "NumberInput": (
        ('"aria-label":', "Clear value", "Getal wissen"),
        ('"aria-label":', "Decrement", "Lager"),
        ('"aria-label":', "Increment", "Hoger"),
    ),
    "InputInstructions": (
        ("f(", "Press Enter to ${e}", "Druk op Enter om ${e}"),
        ("f(", "Press ${r()?`⌘`:`Ctrl`}+Enter to ${e}", "Druk op ${r()?`⌘`:`Ctrl`}+Enter om ${e}"),
        ("?", "submit form", "te versturen"),
        (":", "apply", "te bevestigen"),
    ),
    "TextInput": (('"aria-label":', "Clear entry", "Tekst wissen"),),
    "DateInput": (
        ('"aria-label":', "Choose date", "Kies een dag"),
        ("?", "Choose date", "Kies een dag"),
        ('"aria-label":', "Clear date", "Dag wissen"),
        (
            "children:",
            "Use arrow keys to navigate dates. Enter to select. Escape to close.",
            "Loop met de pijltjes door de dagen. Enter kiest, Escape sluit.",
        ),
    ),
    "FileUploader": (
        (":", "Upload", "Kies een bestand"),
        (":", "Drag and drop a file here", "Sleep een bestand hierheen"),
        ("?", "Drag and drop files here", "Sleep bestanden hierheen"),
        ("[", "${T(t,D.Byte,0)} per file", "${T(t,D.Byte,0)} per bestand"),
        ('"aria-label":', "Add files", "Bestanden toevoegen"),
    ),
    "StreamlitMarkdown": (
        ('"aria-label":', "Link to heading", "Link naar deze kop"),
        (":", "Help for ${t.replaceAll(/\\s+/g,` `)}", "Uitleg bij ${t.replaceAll(/\\s+/g,` `)}"),
        ("?", "Help", "Uitleg"),
    ),
    "Toolbar": (
        ("label:", "Fullscreen", "Volledig scherm"),
        ("label:", "Close fullscreen", "Volledig scherm sluiten"),
    ),
    "useCopyToClipboard": (("?", "Copied", "Gekopieerd"), (":", "Copy to clipboard", "Kopieer")),
    "DownloadButton": ((":", "Download failed", "Downloaden lukt niet"),),
}
_DUTCH = "document.documentElement.lang===`nl`"


def in_language(name: str, text: str) -> str:
    """A script of Streamlit's with its words in the language of the page. A word that is not found is left out, so that
    a newer Streamlit still works; tests/web/test_framework_words.py then says which."""
    for before, english, dutch in words_of(name):
        text = text.replace(f"{before}`{english}`", f"{before}({_DUTCH}?`{dutch}`:`{english}`)")
    return text


def words_of(name: str) -> tuple[tuple[str, str, str], ...]:
    """The words that a script has, by its file's name."""
    return WORDS.get(PurePath(name).name.partition(".")[0], ()) if name.endswith(".js") else ()
