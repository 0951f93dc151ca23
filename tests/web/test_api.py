"""The open API as a program meets it: links, pages, faults in words, and who may read it."""

from __future__ import annotations

import io
import json
from typing import Any

import httpx
import pandas as pd
import pytest
from starlette.testclient import TestClient

from hsc_geo.analysis.feature_kinds import KINDS
from hsc_geo.data.load import DataError, Package
from hsc_geo.domain.message import Message
from hsc_geo.register.hsds_pages import LISTS, short
from hsc_geo.web import package as web_package
from hsc_geo.web import register as web_register
from hsc_geo.web.api.limits import MINUTE, Allowance, Limits
from hsc_geo.web.api.openapi import HSDS_LISTS
from tests.shared.hostile import SCRIPT, hostile
from tests.web.conftest import Build

SOME = (
    "",
    "/",
    "/collections",
    "/collections/areas/items?limit=1",
    "/hsds/services",
    "/nothing",
    "/collections/x",
)
CRS84, RD = "http://www.opengis.net/def/crs/OGC/1.3/CRS84", "http://www.opengis.net/def/crs/EPSG/0/28992"


@pytest.fixture
def client(build: Build) -> TestClient:
    return build(api_requests=0, api_mb=0)


def links(content: Any) -> list[dict[str, str]]:
    """Every link in an answer, however deep."""
    if isinstance(content, dict):
        own = content.get("links", []) if isinstance(content.get("links"), list) else []
        return own + [each for value in content.values() for each in links(value)]
    return [each for value in content for each in links(value)] if isinstance(content, list) else []


def test_from_the_landing_page_every_link_leads_somewhere_of_the_kind_it_says(client: TestClient) -> None:
    seen: dict[str, str] = {}
    ahead = ["http://testserver/api"]
    while ahead:
        here = ahead.pop()
        response = client.get(here)
        assert response.status_code == 200, here
        kind = response.headers["content-type"].split(";")[0]
        assert kind == seen.get(here, kind), here
        for each in links(response.json()) if "json" in kind and "openapi" not in kind else []:
            href = each["href"]
            if href.startswith("http://testserver") and href not in seen and "/items" not in here:
                seen[href] = each["type"].split(";")[0]
                ahead.append(href)
    assert len(seen) > 5 * len(KINDS)


def test_the_classes_that_hold_are_told(client: TestClient) -> None:
    told = client.get("/api/conformance").json()["conformsTo"]
    for part in ("features-1/1.0/conf/core", "features-1/1.0/conf/geojson", "features-1/1.0/conf/oas30"):
        assert f"http://www.opengis.net/spec/ogcapi-{part}" in told
    assert "http://www.opengis.net/spec/ogcapi-features-2/1.0/conf/crs" in told


def test_each_collection_tells_where_when_and_whose_it_is(client: TestClient, package: Package) -> None:
    found = {each["id"]: each for each in client.get("/api/collections").json()["collections"]}
    assert found.keys() == KINDS.keys()
    licences = set(package.sources["licence_url"])
    for name, each in found.items():
        assert each == client.get(f"/api/collections/{name}").json()
        assert each["crs"] == [CRS84, RD]
        assert each["storageCrs"] in each["crs"]
        west, south, east, north = each["extent"]["spatial"]["bbox"][0]
        assert 4.2 < west < east < 4.8
        assert 52.0 < south < north < 52.3
        assert {link["href"] for link in each["links"] if link["rel"] == "license"} <= licences
    assert {link["title"] for link in found["observations"]["links"] if link["rel"] == "license"} == {
        "CC BY 4.0"
    }
    assert {each["id"] for each in found["areas"]["sources"]} >= {"BOUNDARIES2016"}
    assert found["observations"]["extent"]["temporal"]["interval"][0][0].startswith("2012-01-01")
    assert (
        "none is known does not mean"
        in client.get("/api/collections/initiatives?lang=en").json()["description"]
    )


def test_words_are_in_the_language_that_is_asked_for(client: TestClient) -> None:
    at = "/api/collections/areas"
    assert client.get(at).json()["title"] == "Gebieden"
    assert client.get(at, headers={"accept-language": "en-GB,en"}).json()["title"] == "Areas"
    assert (
        client.get(at, params={"lang": "nl"}, headers={"accept-language": "en"}).json()["title"] == "Gebieden"
    )
    assert client.get(at, params={"lang": "de"}).status_code == 400
    assert client.get(at, params={"lang": "en"}).headers["content-language"] == "en"
    assert "content-language" not in client.get("/api/hsds/services").headers  # as they are, whoever asks


@pytest.mark.parametrize("collection", ["areas", "initiatives", "places"])
def test_the_links_from_page_to_page_pass_each_feature_once(client: TestClient, collection: str) -> None:
    at: str | None = f"/api/collections/{collection}/items?limit=20&lang=en"
    keys, before = [], None
    while at:
        page = client.get(at).json()
        rels = {link["rel"]: link["href"] for link in page["links"]}
        assert rels.get("prev") == before
        assert page["numberReturned"] == len(page["features"]) <= 20
        keys += [each["id"] for each in page["features"]]
        before, at = rels["self"], rels.get("next")
    assert len(keys) == len(set(keys)) == page["numberMatched"]
    one = client.get(f"/api/collections/{collection}/items/{keys[-1]}").json()
    assert {name: one[name] for name in ("id", "geometry", "properties")} == {
        name: page["features"][-1][name] for name in ("id", "geometry", "properties")
    }


def test_a_venue_is_found_by_its_name(client: TestClient, package: Package) -> None:
    for name in package.venues["venue"]:
        link = client.get("/api/collections/venues/items", params={"venue": name}).json()["features"][0]
        assert link["id"] == name
        found = client.get(
            f"/api/collections/venues/items/{httpx.URL('', path=f'/{name}').raw_path.decode()[1:]}"
        )
        assert found.json()["properties"]["venue"] == name


def test_coordinates_are_in_the_system_that_is_asked_for(client: TestClient) -> None:
    at = "/api/collections/venues/items?limit=1&bbox=4,52,5,53"
    for crs, low, high in ((CRS84, (4.4, 52.1), (4.6, 52.2)), (RD, (90_000, 460_000), (97_000, 467_000))):
        response = client.get(at, params={"crs": crs})
        assert response.headers["content-crs"] == f"<{crs}>"
        x, y = response.json()["features"][0]["geometry"]["coordinates"]
        assert low[0] < x < high[0]
        assert low[1] < y < high[1]
    assert client.get(at).headers["content-crs"] == f"<{CRS84}>"


@pytest.mark.parametrize(
    ("path", "parameter", "told"),
    [
        ("/collections/areas/items?limit=none", "limit", "whole number"),
        ("/collections/areas/items?bbox=1,2", "bbox", "four numbers"),
        ("/collections/areas/items?f=html", "f", "json"),
        ("/collections/areas/items?lvl=district", "lvl", "did you mean level"),
        ("/collections/areas/items/GM0546?crs=x", "crs", "CRS84"),
        ("/collections?limit=3", "limit", "no such parameter"),
        ("/hsds/services?page=0", "page", "from 1"),
        ("/hsds/services?full=yes", "full", "true or false"),
        ("/hsds/services?modified_after=2020-01-01", "modified_after", "no such parameter"),
    ],
)
def test_what_is_wrong_is_told(client: TestClient, path: str, parameter: str, told: str) -> None:
    response = client.get(f"/api{path}", headers={"accept-language": "en"})
    assert (response.status_code, response.headers["content-type"]) == (400, "application/problem+json")
    body = response.json()
    assert body["parameter"] == parameter
    assert told in body["detail"]
    assert body["status"] == 400


@pytest.mark.parametrize(
    ("path", "code", "english", "dutch"),
    [
        (
            "/collections/areas/items?limit=none",
            400,
            "limit='none' cannot be used: write a whole number from 1 up",
            "limit='none' kan niet: schrijf een heel getal vanaf 1",
        ),
        (
            "/collections/areas/items?lvl=district",
            400,
            "lvl='district' cannot be used: there is no such parameter here; did you mean level? /api/openapi.json "
            "has them all",
            "lvl='district' kan niet: die parameter is er hier niet; bedoel je level? In /api/openapi.json staan ze "
            "allemaal",
        ),
        (
            "/collections/x",
            404,
            "there is no collection 'x'; there are areas,",
            "er is geen verzameling 'x'; er zijn: areas,",
        ),
        (
            "/nothing",
            404,
            "there is nothing at this address; begin at /api",
            "op dit adres is niets; begin bij /api",
        ),
    ],
)
def test_faults_are_told_in_the_language_that_is_asked_for(
    client: TestClient, path: str, code: int, english: str, dutch: str
) -> None:
    for told, asked in (
        (("en", english), {"headers": {"accept-language": "en-GB,en;q=0.8,nl;q=0.5"}}),
        (("nl", dutch), {"headers": {"accept-language": "nl"}}),
        (("nl", dutch), {}),
    ):
        response = client.get(f"/api{path}", **asked)
        assert response.status_code == code
        assert response.headers["content-language"] == told[0]
        assert response.json()["detail"].startswith(told[1])
    by_name = client.get(f"/api{path}{'&' if '?' in path else '?'}lang=en", headers={"accept-language": "nl"})
    assert (by_name.headers["content-language"], by_name.json()["detail"][:9]) == ("en", english[:9])


@pytest.mark.parametrize(
    "path",
    [
        *(
            "/x",
            "/collections/x",
            "/collections/x/items",
            "/collections/areas/items/x",
            "/collections/areas/x",
        ),
        *(
            "/hsds/x",
            "/hsds/services/x",
            "/hsds/services/x/y",
            "/collections/",
            "/../hsc/x",
        ),
    ],
)
def test_what_is_not_there_is_told_as_json(client: TestClient, path: str) -> None:
    response = client.get(f"/api{path}")
    if "/hsc/" not in str(response.url):
        assert response.headers["content-type"] == "application/problem+json"
    assert response.status_code == 404


@pytest.mark.parametrize("path", SOME)
def test_any_site_may_read_it_and_no_other_answer_of_ours(client: TestClient, path: str) -> None:
    headers = client.get(f"/api{path}").headers
    assert headers["access-control-allow-origin"] == "*"
    assert headers["cross-origin-resource-policy"] == "cross-origin"
    assert "access-control-allow-credentials" not in headers
    elsewhere = client.get("/hsc/health").headers
    assert "access-control-allow-origin" not in elsewhere
    assert elsewhere["cross-origin-resource-policy"] == "same-origin"


@pytest.mark.parametrize(
    "path", [*SOME[:5], "/collections/observations/items", "/edition.zip", "/figures.parquet"]
)
def test_who_has_it_does_not_get_it_again(client: TestClient, path: str) -> None:
    first = client.get(f"/api{path}")
    assert first.status_code == 200
    again = client.get(f"/api{path}", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    head = client.head(f"/api{path}")
    assert (head.status_code, head.headers["etag"]) == (200, first.headers["etag"])


def test_only_reading(client: TestClient) -> None:
    for method in ("POST", "PUT", "DELETE", "PATCH"):
        assert client.request(method, "/api/collections").status_code == 405


def test_it_is_zipped_for_who_can_read_that(client: TestClient) -> None:
    at = "/api/collections/areas/items"
    zipped, plain = client.get(at), client.get(at, headers={"accept-encoding": "identity"})
    assert zipped.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert zipped.json() == plain.json()
    assert int(zipped.headers["content-length"]) < int(plain.headers["content-length"]) / 2


def test_under_a_path_links_keep_to_it(build: Build) -> None:
    client = build("/kaart", api_requests=0)
    found = client.get("/kaart/api/collections").json()
    own = [link["href"] for link in links(found) if link["rel"] != "license"]
    assert all(href.startswith("http://testserver/kaart/api/") for href in own)
    assert client.get(found["links"][0]["href"]).status_code == 200


@pytest.mark.parametrize("host", ["[", "a b", "x" * 300, 'e"vil.example', "evil.example:99999"])
def test_a_host_that_is_none_breaks_nothing(client: TestClient, host: str) -> None:
    assert client.get("/api/collections", headers={"host": host}).status_code in (200, 400)


def test_one_address_may_not_ask_too_much(build: Build) -> None:
    client = build(api_requests=3, api_mb=0)
    codes = [client.get("/api/conformance").status_code for _ in range(5)]
    assert codes == [200, 200, 200, 429, 429]
    refused = client.get("/api/collections")
    assert 1 <= int(refused.headers["retry-after"]) <= 60
    assert refused.json()["status"] == 429
    assert refused.headers["access-control-allow-origin"] == "*"
    assert client.get("/hsc/health").status_code == 200


def test_one_address_may_not_take_too_much(build: Build) -> None:
    client = build(api_requests=0, api_mb=1)
    plain = {"accept-encoding": "identity"}
    at = "/api/collections/observations/items?limit=1000"
    assert [client.get(at, headers=plain).status_code for _ in range(2)] == [200, 429]


def test_addresses_are_counted_apart_and_a_household_as_one() -> None:
    now = [0.0]
    allowance = Allowance(Limits(requests=2, megabytes=1), lambda: now[0])
    assert [allowance.wait("192.0.2.1") for _ in range(3)] == [0, 0, 60]
    assert allowance.wait("192.0.2.2") == 0
    assert [allowance.wait(f"2001:db8::{number}") for number in range(1, 4)] == [0, 0, 60]
    assert allowance.wait("2001:db8:0:1::1") == 0
    allowance.sent("192.0.2.3", 1_000_000)
    assert allowance.wait("192.0.2.3") == 60
    now[0] = MINUTE
    assert [allowance.wait(each) for each in ("192.0.2.1", "192.0.2.3")] == [0, 0]
    free = Allowance(Limits(0, 0), lambda: 0.0)
    free.sent("192.0.2.1", 10**12)
    assert {free.wait("192.0.2.1") for _ in range(5000)} == {0}


def test_no_address_is_kept() -> None:
    allowance = Allowance(Limits())
    allowance.wait("192.0.2.77")
    assert "192.0.2" not in repr(vars(allowance))


@pytest.mark.parametrize("name", LISTS)
def test_hsds_lists_and_their_things(client: TestClient, name: str) -> None:
    page = client.get(f"/api/hsds/{name}", params={"per_page": 3, "page": 2}).json()
    assert (page["page_number"], page["size"], page["first_page"]) == (2, 3, False)
    for each in page["contents"]:
        one = client.get(f"/api/hsds/{name}/{each['id']}").json()
        assert short(one) == each


def test_hsds_tells_its_version(client: TestClient) -> None:
    about = client.get("/api/hsds").json()
    assert about["version"] == "HSDS 3.0"
    assert client.get(about["openapi_url"]).json()["openapi"].startswith("3.0")
    assert HSDS_LISTS == LISTS


def test_the_dictionary_has_every_column_and_code(client: TestClient, package: Package) -> None:
    told = client.get("/api/dictionary.json").json()
    columns = {(table["name"], column["name"]) for table in told["tables"] for column in table["columns"]}
    assert columns >= {("initiatives", name) for name in package.initiatives.columns}
    codes = {(name, row["code"]) for name, rows in told["vocabularies"].items() for row in rows}
    assert codes == set(zip(package.vocabularies["vocabulary"], package.vocabularies["code"], strict=True))
    assert [row["indicator_id"] for row in told["indicators"]] == list(package.indicators.index)
    assert all(column["description_nl"] for table in told["tables"] for column in table["columns"])


def test_the_figures_are_those_of_the_page(client: TestClient, package: Package) -> None:
    content = client.get("/api/figures.parquet").content
    assert content == client.get("/hsc/figures/figures.parquet").content
    assert len(pd.read_parquet(io.BytesIO(content))) == len(package.observations)
    assert client.get("/api/figures-csv.zip").headers["content-disposition"].endswith('-figures-csv.zip"')


def test_the_description_has_every_parameter_that_is_taken(client: TestClient) -> None:
    told = client.get("/api/openapi.json").json()
    for name, kind in KINDS.items():
        asked = {each["name"] for each in told["paths"][f"/collections/{name}/items"]["get"]["parameters"]}
        queryables = client.get(f"/api/collections/{name}/queryables").json()["properties"].keys()
        common = {"limit", "offset", "bbox", "bbox-crs", "datetime", "crs", "lang", "f"}
        assert asked == common | queryables - {"geometry"}
        assert {field.name for field in kind.fields} == queryables - {"geometry"}
    identifiers = [each["get"]["operationId"] for each in told["paths"].values()]
    assert len(set(identifiers)) == len(identifiers)


def test_a_hostile_package_stays_data(
    client: TestClient, package: Package, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = hostile(package)
    monkeypatch.setattr(web_register, "package", lambda: broken)
    for path in (
        "/collections/initiatives/items?limit=1000",
        "/collections/areas/items",
        "/collections/places/items",
    ):
        response = client.get(f"/api{path}")
        assert response.headers["content-type"] == "application/geo+json"
        assert response.headers["x-content-type-options"] == "nosniff"
        assert SCRIPT in json.dumps(response.json(), ensure_ascii=False)
    assert client.get("/api/hsds/services?full=true").status_code == 200
    assert client.get("/api/edition.zip").status_code == 200
    assert client.get("/api/collections/areas/items", params={"name": SCRIPT}).json()["numberMatched"] == 1


def test_without_data_it_says_so(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    web_package.forget()

    def fails(folder: object) -> None:
        raise DataError("areas.csv", Message("is missing"))

    monkeypatch.setattr(web_package, "load", fails)
    try:
        response = client.get("/api/collections")
        assert (response.status_code, response.headers["content-type"]) == (503, "application/problem+json")
    finally:
        web_package.forget()
