"""An organisation in words: who it is, its roles as stated, what it does, where and with whom."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from hsc_geo.analysis.partners import LEAD, Companion, Organisation, confirmed
from hsc_geo.analysis.serving import CITY, REGION
from hsc_geo.analysis.together import Active
from hsc_geo.domain.schema_register import ORGANISATION_ITSELF
from hsc_geo.views.kit.html import badge, facts, joined, link, markup, quiet, safe_url
from hsc_geo.views.kit.names import Names, organisation_name, plain
from hsc_geo.views.kit.rows import Column, Listing, Row
from hsc_geo.views.kit.stated import stated
from hsc_geo.views.partners.network import MOST
from hsc_geo.views.wording import initiative, short
from hsc_geo.views.wording.continuity import signs_text
from hsc_geo.views.wording.counted import number
from hsc_geo.views.wording.fields import inferred_names

MOST_SHARED = 3  # initiatives named in one cell


def said(n: Names, found: Organisation) -> str:
    """What it leads and takes part in, and with how many others."""
    w, name = n.w, organisation_name(n, found.organisation_id)
    leads = sum(part.role == LEAD for part in found.parts)
    if not found.parts:
        return w.t("Of {name} no initiative is known in which it takes part.", name=name)
    text = _leads_and_joins(n, name, leads, len(found.parts) - leads)
    others = w.tn(
        "{n} other organisation is in these too.",
        "{n} other organisations are in these too.",
        len(found.companions),
    )
    return f"{text} {others}" if found.companions else text


def _leads_and_joins(n: Names, name: str, leads: int, joins: int) -> str:
    w = n.w
    if not joins:
        return w.t("{name} leads {leads}.", name=name, leads=initiatives_text(n, leads))
    if not leads:
        return w.t("{name} takes part in {joins}.", name=name, joins=initiatives_text(n, joins))
    return w.t(
        "{name} leads {leads} and takes part in {joins} more.",
        name=name,
        leads=initiatives_text(n, leads),
        joins=w.number(joins),
    )


def initiatives_text(n: Names, count: int) -> str:
    """A number of initiatives, never a bare zero."""
    return n.w.tn("{n} initiative", "{n} initiatives", count) if count else n.w.t("no initiative known")


def said_active(n: Names, found: Sequence[Active]) -> str:
    """Before one is chosen: how many lead something."""
    leading = [each for each in found if each.leads]
    led = {key for each in leading for key in each.leads}
    return n.w.t(
        "{n} of {total} organisations of the register lead {led}.",
        n=number(n, len(leading)),
        total=n.w.number(len(n.package.organisations)),
        led=initiatives_text(n, len(led)),
    )


def active_list(n: Names, found: Sequence[Active]) -> Listing:
    """Organisations by how many initiatives they are in."""
    w = n.w
    columns = [
        Column("name", w.t("Organisation"), sortable=False),
        Column("sector", w.t("Sector"), sortable=False, spare=True),
        Column("leads", w.t("Leads"), numeric=True, sortable=False),
        Column("joins", w.t("Partner in"), numeric=True, sortable=False),
    ]
    sector = n.package.organisations["sector"].astype(str)
    rows = [
        Row(
            each.organisation_id,
            [
                organisation_name(n, each.organisation_id),
                n.term("sector", sector[each.organisation_id]),
                number(n, len(each.leads)),
                number(n, len(each.joins)),
            ],
            {},
        )
        for each in found
    ]
    return Listing(w.t("In most initiatives first; choose one to see what it does"), columns, rows)


def head(n: Names, key: str) -> Markup:
    """Who it is, its roles as the sources state them, and its own source."""
    w = n.w
    row: Any = n.package.organisations.loc[key]
    title = markup(
        '<h2 id="panel">{}</h2><p class="hsc-quiet">{} · {}</p><p>{}</p><p>{}</p>',
        row["name"],
        w.pick(row, "organisation_type"),
        key,
        role_badges(n, row),
        w.pick(row, "description"),
    )
    return title + facts(_facts(n, row)) + _source(n, row)


def _source(n: Names, row: Any) -> Markup:
    when = f", {row['source_date']}" if row["source_date"] else ""
    head = markup("<strong>{}</strong>", n.w.t("Source:"))
    if row["source_kind"] == ORGANISATION_ITSELF:
        told = n.w.t("told to us by the organisation itself; no public page confirms it.")
        return quiet(markup("{} {}{}", head, told, when))
    page = link(row["source_url"], row["source_title"] or row["source_url"])
    return quiet(markup("{} {}. {}{}", head, page, row["source_publisher"], when))


def role_badges(n: Names, row: Any) -> Markup:
    """The sector, and the role in the agreement; one that no source confirms is said to be so."""
    w, role = n.w, str(row["agreement_role"])
    said = n.term("agreement_role", role)
    text, css = (said, "") if confirmed(role) else (w.t("{role} (not confirmed)", role=said), "inferred")
    agreement = w.t("Prevention agreement: {role}", role=text)
    return joined([badge(n.term("sector", str(row["sector"]))), badge(agreement, css)])


def _facts(n: Names, row: Any) -> list[tuple[str, object]]:
    w = n.w
    networks = stated(w, row["networks"])
    return [
        (w.t("Role in the agreement"), role_text(n, row)),
        (w.t("Role in the centre"), w.pick(row, "centre_role") or w.t("none known")),
        (w.t("Networks"), networks or w.t("none known")),
        (w.t("Works in"), stated(w, row["district_or_area"])),
        (w.t("Address, as its source states"), row["address"]),
        (w.t("Website"), link(row["website"], row["website"]) if safe_url(row["website"]) else ""),
        (w.t("Contact of the office"), row["public_contact"]),
        (w.t("Inferred, not stated by a source"), ", ".join(inferred_names(w, str(row["inferred_fields"])))),
    ]


def role_text(n: Names, row: Any) -> str:
    """What the sources say of its part in the agreement, and what that means."""
    note, meaning = (
        n.w.pick(row, "agreement_role_note"),
        n.meaning("agreement_role", str(row["agreement_role"])),
    )
    return " ".join(dict.fromkeys(part for part in (note, meaning) if part))


def parts(n: Names, found: Organisation) -> Listing:
    """What it takes part in."""
    caption = n.w.tn(
        "{n} initiative in which it takes part, ended ones too",
        "{n} initiatives in which it takes part, ended ones too",
        len(found.parts),
    )
    return Listing(caption, part_columns(n), part_rows(n, found))


def part_columns(n: Names) -> list[Column]:
    """Columns that go with `part_rows`."""
    w = n.w
    return [
        Column("name", w.t("Initiative"), sortable=False),
        Column("role", w.t("Role"), sortable=False),
        Column("ambition", w.t("Ambition (most are inferred)"), sortable=False),
        Column("serves", w.t("Serves"), sortable=False),
        Column("status", w.t("Status"), sortable=False),
        Column("signs", w.t("Signs that it may end"), sortable=False, wordy=True),
    ]


def part_rows(n: Names, found: Organisation) -> list[Row]:
    """A row per initiative that it takes part in."""
    w, register = n.w, n.package.initiatives
    roles = {True: w.t("leads"), False: w.t("partner")}
    rows = []
    for part in found.parts:
        row: Any = register.loc[part.initiative_id]
        texts = [
            initiative.ambitions_text(n, row),
            initiative.serves_text(n, part.initiative_id),
            short.mark(n, part.initiative_id),
            signs_text(n, part.initiative_id),
        ]
        rows.append(
            Row(part.initiative_id, [n.initiative(part.initiative_id), roles[part.role == LEAD], *texts], {})
        )
    return rows


def places(n: Names, found: Organisation) -> Listing:
    """Where it is active."""
    columns = [
        Column("area", n.w.t("Area"), sortable=False),
        Column("number", n.w.t("Initiatives known"), numeric=True, sortable=False),
        Column("names", n.w.t("Which"), sortable=False, wordy=True),
    ]
    caption = n.w.t("Districts that its initiatives are known to serve")
    return Listing(caption, columns, place_rows(n, found))


def place_rows(n: Names, found: Organisation) -> list[Row]:
    """A row per district, then what is for the city, the region, and what has no known area."""
    w = n.w
    wide = {CITY: w.t("For the whole city"), REGION: w.t("For the region"), "unknown": w.t("Area not known")}
    return [
        Row("", [wide.get(code) or n.area(code), w.number(len(ids)), "; ".join(map(n.initiative, ids))], {})
        for code, ids in found.places.items()
    ]


def companions(n: Names, found: Organisation) -> Listing:
    """With whom it works."""
    columns = [
        Column("name", n.w.t("Organisation"), sortable=False),
        Column("number", n.w.t("Shared initiatives"), numeric=True, sortable=False),
        Column("sector", n.w.t("Sector"), sortable=False),
        Column("names", n.w.t("Which"), sortable=False, wordy=True),
    ]
    caption = n.w.t(
        "Organisations in the same initiatives, most shared first; choose a row to see that organisation"
    )
    return Listing(caption, columns, companion_rows(n, found.companions))


def companion_rows(n: Names, found: Sequence[Companion]) -> list[Row]:
    """A row per organisation that it shares initiatives with; those with a page can be chosen."""
    w, register = n.w, n.package.organisations
    rows = []
    for each in found:
        known = each.organisation_id in register.index
        sector = (
            n.term("sector", str(register.at[each.organisation_id, "sector"])) if known else w.t("not known")
        )
        names = [n.initiative(key) for key in each.initiatives]
        more = [w.t("and {n} more", n=w.number(len(names) - MOST_SHARED))] if len(names) > MOST_SHARED else []
        cells = [plain(each.name), w.number(len(names)), sector, "; ".join([*names[:MOST_SHARED], *more])]
        rows.append(Row(each.organisation_id if known else "", cells, {}))
    return rows


def network_text(n: Names, found: Organisation) -> str:
    """What the picture shows, and what it leaves to the table."""
    w = n.w
    text = w.t(
        "The number is that of shared initiatives; a dashed ring is an organisation of which only the name is known."
    )
    more = len(found.companions) - MOST
    rest = w.tn("{n} more stands in the table only.", "{n} more stand in the table only.", more)
    return f"{text} {rest}" if more > 0 else text
