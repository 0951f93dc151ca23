"""Why the register does not do something, and what is wrong with what it was given, in words."""

from __future__ import annotations

from collections.abc import Sequence

from hsc_geo.register import (
    AlreadyDecided,
    AmendedSince,
    ChangedSince,
    Fault,
    NotTaken,
    RegisterError,
    RegisterUnavailable,
)
from hsc_geo.views.kit.words import Words
from hsc_geo.views.review.words import batch_text
from hsc_geo.views.wording.field_words import FILLED_FROM, field_text


def error_text(w: Words, error: RegisterError, entity: str = "") -> str:
    """Why the register did not do it, in one sentence, and what to do. entity: as of `fault_text`."""
    if isinstance(error, NotTaken):
        faults = "; ".join(dict.fromkeys(fault_text(w, each, entity) for each in to_mend(error.faults)))
        return w.t("Nothing was changed. {faults}.", faults=faults)
    if isinstance(error, RegisterUnavailable):
        return unavailable_text(w, error.code)
    if isinstance(error, AlreadyDecided):
        return w.t(
            "Proposal {number} was decided already, by someone else or in another window; nothing was "
            "changed.",
            number=error.number,
        )
    if isinstance(error, AmendedSince):
        return w.t(
            "Who sent proposal {number} changed it meanwhile; nothing was decided. Read it again.",
            number=error.number,
        )
    if isinstance(error, ChangedSince) and not error.batch:
        return w.t(
            "Cannot be undone: {field} of {entry} stands elsewhere since a new version of the register. Correct the "
            "entry instead.",
            field=field_text(w, error.field),
            entry=error.entity_id,
        )
    if isinstance(error, ChangedSince):
        return w.t(
            "Cannot be undone: {field} of {entry} was changed later, in batch {batch}. Undo that one first.",
            field=field_text(w, error.field),
            entry=error.entity_id,
            batch=batch_text(w, error.batch),
        )
    texts = {
        "not_allowed": w.t("You are not, or no longer, signed in as steward; nothing was changed."),
        "unknown": w.t("That is not in the register, or not any more; nothing was changed."),
        "import_refused": w.t("The file has faults; nothing was taken over."),
        "not_filled": w.t("The register holds no entries yet; try again in a moment."),
    }
    return texts.get(error.code, w.t("The register did not do it; nothing was changed."))


def to_mend(faults: Sequence[Fault]) -> list[Fault]:
    """The faults without those of fields that the register fills in from a field which has a fault itself."""
    wrong = {fault.field for fault in faults}
    return [fault for fault in faults if FILLED_FROM.get(fault.field) not in wrong]


def unavailable_text(w: Words, code: str) -> str:
    """Why there is no register to be had; code: as of RegisterUnavailable, or `off`."""
    texts = {
        "full": w.t("The disk of the register is full; nothing was changed. Tell the administrator."),
        "read_only": w.t("The register cannot be written; nothing was changed. Tell the administrator."),
        "busy": w.t("The register is busy; nothing was changed. Try again in a moment."),
        "damaged": w.t("The register is damaged; nothing was changed. Tell the administrator."),
        "elsewhere": w.t(
            "The register is that of another municipality than the data. Tell the administrator."
        ),
        "newer": w.t("The register was made by a later version of this program. Tell the administrator."),
        "off": w.t("This site has no register: the administrator switched it off."),
    }
    return texts.get(
        code, w.t("The register cannot be reached just now; nothing was changed. Try again in a moment.")
    )


def fault_text(w: Words, fault: Fault, entity: str = "") -> str:
    """One fault of a proposal or decision: the field, what is wrong, and the words that it is about. entity: the kind
    of entry, where the name of the field depends on it."""
    named = f"{field_text(w, fault.field, entity)}: {_fault(w, fault.code)}"
    return f'{named} ("{fault.value}")' if fault.value else named


def _fault(w: Words, code: str) -> str:
    texts = {
        "required": w.t("this is needed"),
        "unknown_kind": w.t("no such kind"),
        "unknown_entry": w.t("no such entry"),
        "unknown_field": w.t("no such field"),
        "nothing_proposed": w.t("nothing is proposed"),
        "about_nothing": w.t("no entry, figure or area is named"),
        "too_long": w.t("too long"),
        "personal_data": w.t("looks like personal data"),
        "link": w.t("no address of a public web page"),
        "no_place": w.t("no place or area is given"),
        "place_unknown": w.t("no known area"),
        "unknown_code": w.t("not in the list"),
        "unknown_area": w.t("no known area"),
        "type": w.t("no number"),
        "limits": w.t("out of bounds"),
        "form": w.t("not in the form that is asked, such as 2024 or 2024-05-31"),
        "day": w.t("no day in the calendar"),
        "years_order": w.t("ends before it starts"),
        "status_dates": w.t("status and years contradict each other"),
        "no_name": w.t("a name without a letter or digit"),
        "half_a_point": w.t("one coordinate without the other"),
        "swapped": w.t("latitude and longitude are swapped"),
        "rd_as_degrees": w.t("metres of the Dutch grid where degrees are needed"),
        "outside": w.t("outside the municipality"),
        "coordinates": w.t("no place in the municipality"),
        "one_language": w.t("said in one language and not in the other"),
        "twice": w.t("is in the register already"),
        "same_entry": w.t("the same entry twice; choose two different ones"),
        "other_kind": w.t("the two entries are not of one kind"),
        "no_change": w.t("this kind of proposal changes no entry"),
        "future": w.t("lies in the future, where only what has been can be meant"),
        "source_kind": w.t("the kind of source, its web page and the level of evidence do not fit"),
        "known_there": w.t("an initiative is known there for this ambition"),
    }
    return texts.get(code) or _of_text(w).get(code, code)


def _of_text(w: Words) -> dict[str, str]:
    """What can be wrong with a text as such."""
    return {
        "html": w.t("plain text is asked, without HTML"),
        "misread": w.t("holds letters that a program read in a wrong encoding"),
        "unprintable": w.t("holds characters that cannot be printed"),
        "broken_cell": w.t("is what a spreadsheet shows for a cell that it could not work out"),
    }
