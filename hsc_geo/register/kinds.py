"""What a file is, by what stands in it: people bring files of many programs, under any name."""

from __future__ import annotations

from collections.abc import Collection

from hsc_geo.domain.message import Message

_PACKED = (
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"PK\x07\x08",
)  # a zip: usual, of nothing, and in one part of several
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED = "EncryptedPackage".encode("utf-16-le")  # the part of an old file in which a locked workbook lies
_XLSX, _ZIP = Message("XLSX"), Message("zip")
# How a file of other programs begins -> what it is, and as what it can be given.
_SIGNS = (
    ((b"%PDF-",), Message("a PDF"), _XLSX),
    ((b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF"), Message("a picture"), _XLSX),
    (
        (b"7z\xbc\xaf", b"Rar!", b"\x1f\x8b", b"BZh", b"\xfd7zXZ"),
        Message("an archive that is no zip, such as 7z or RAR"),
        _ZIP,
    ),
    ((b"{\\rtf",), Message("a document of a word processor"), _XLSX),
)
_PAGES = (b"<!doctype html", b"<html", b"<table", b"<head", b"<body", b"<meta")
# A part that only one kind of packed file has -> what that is.
_PARTS = (
    ("xl/workbook.bin", Message("a workbook in binary form (XLSB)")),
    ("Index/Document.iwa", Message("a document of Numbers, Pages or Keynote")),
    ("Index.zip", Message("a document of Numbers, Pages or Keynote")),
    ("word/document.xml", Message("a document of a word processor")),
    ("ppt/presentation.xml", Message("a presentation")),
    ("mimetype", Message("an OpenDocument file, such as ODS")),
)


def is_packed(content: bytes) -> bool:
    """Whether it is a zip, as workbooks are too."""
    return content.startswith(_PACKED)


def is_workbook(parts: Collection[str]) -> bool:
    """Whether a zip with these parts is a workbook (XLSX)."""
    return "xl/workbook.xml" in parts or "[Content_Types].xml" in parts


def unreadable(content: bytes) -> Message | None:
    """Why a file that is no zip cannot be read, when its beginning tells of another program."""
    if not content.strip(b"\0 \t\r\n\xef\xbb\xbf\xff\xfe"):
        return Message("the file is empty; save it again")
    if content.startswith(_OLD_OFFICE):
        locked = Message("a workbook that is locked with a password")
        return _told(locked if _LOCKED in content else Message("a workbook of before 2007 (XLS)"), _XLSX)
    for signs, what, give in _SIGNS:
        if content.startswith(signs):
            return _told(what, give)
    if content[257:262] == b"ustar":
        return _told(Message("an archive that is no zip, such as 7z or RAR"), _ZIP)
    start = content[:1000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(_PAGES):
        return _told(Message("a web page (HTML)"), _XLSX)
    return _told(Message("XML"), _XLSX) if start.startswith(b"<?xml") else None


def other_than_tables(parts: Collection[str]) -> Message | None:
    """Why a zip with these parts cannot be read, when it is the file of another program."""
    return next((_told(what, _XLSX) for part, what in _PARTS if part in parts), None)


def _told(what: Message, give: Message) -> Message:
    return Message("this is {what}, which cannot be read here; give it as {form}", what=what, form=give)
