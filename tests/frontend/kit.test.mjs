/* The pure parts of the components of the page: the table, the search, and what keeps a draft. */
import assert from "node:assert/strict";
import test from "node:test";

import { draftOf, linesOf, notBack } from "../../hsc_geo/views/kit/frontend/kept.mjs";
import { fileName, pageAddress, sharedAddress } from "../../hsc_geo/views/kit/frontend/share.mjs";
import { hrefOf, itemsOf, pairsOf, questionOf, stepTo } from "../../hsc_geo/views/kit/frontend/search.mjs";
import { drawnOf, isWeb, orderOf } from "../../hsc_geo/views/kit/frontend/table.mjs";

const NAME = { key: "name", numeric: false };
const COUNT = { key: "count", numeric: true };

test("a first press sorts words from A, numbers from the highest", () => {
  assert.deepEqual(orderOf(NAME, { sort: "count" }), { now: "none", arrow: "⇅", next: false });
  assert.deepEqual(orderOf(COUNT, { sort: "" }), { now: "none", arrow: "⇅", next: true });
});

test("the next press turns the order round", () => {
  assert.deepEqual(orderOf(NAME, { sort: "name", descending: false }), { now: "ascending", arrow: "▲", next: true });
  const falling = orderOf(COUNT, { sort: "count", descending: true });
  assert.deepEqual(falling, { now: "descending", arrow: "▼", next: false });
});

test("only an address of the web becomes a link", () => {
  assert.ok(["https://leiden.nl", "http://leiden.nl/a?b=c", "HTTPS://LEIDEN.NL"].every(isWeb));
  const others = ["javascript:alert(1)//https://x", "java\nscript:https://x", "data:text/html,https://x", "//x", "", null];
  assert.deepEqual(others.filter(isWeb), []);
});

test("colour and bar of a cell stay within their bounds, and most cells have none", () => {
  assert.deepEqual(drawnOf({ text: "9", heat: 0.5 }), { heat: 0.5, range: null });
  assert.deepEqual(drawnOf({ text: "0", heat: -1 }), { heat: 0, range: null });
  assert.deepEqual(drawnOf({ text: "12 – 45%", range: [0.12, 1.4] }), { heat: null, range: [0.12, 1] });
  for (const plain of ["9", null, undefined, { text: "9" }]) assert.deepEqual(drawnOf(plain), { heat: null, range: null });
});

test("a kept draft is read as it was written", () => {
  const item = { visit: "v", about: "", texts: { name: "<b>Wandelclub</b>" } };
  assert.deepEqual(draftOf(JSON.stringify(item)), item);
});

test("what another wrote into the storage is no draft", () => {
  const others = ["", "{", "null", "7", '"texts"', "[]", "{}", '{"texts": "all"}', '{"texts": null}'];
  assert.deepEqual(others.filter((text) => draftOf(text) !== null), []);
});

test("a draft that is too long is left alone", () => {
  const long = (letters) => JSON.stringify({ texts: { name: "x".repeat(letters) } });
  assert.equal(draftOf(long(400_000)), null);
  assert.equal(draftOf(long(390_000)).texts.name.length, 390_000);
});

test("lines become parts, without the empty ones", () => {
  assert.equal(linesOf(" Wandelclub \n\n  GGD\r\n"), "Wandelclub|GGD");
  assert.equal(linesOf("\n \n"), "");
});

test("what came back from the server is no longer held, what differs still is", () => {
  const typed = { name: "Wandelclub", goal: "meer bewegen" };
  assert.deepEqual(notBack(typed, { name: "Wandelclub", goal: "meer" }), { goal: "meer bewegen" });
  assert.deepEqual(notBack(typed, {}), typed);
  assert.equal(Object.keys(typed).length, 2);
});

test("a shared address carries language and day beside every choice", () => {
  const shared = sharedAddress("https://x.nl/kaart?amb=A1&amb=A2&lang=en#map", { lang: "nl", asof: "2026-11-29" });
  assert.equal(shared.href, "https://x.nl/kaart?amb=A1&amb=A2&lang=nl&asof=2026-11-29");
});

test("a page opened from a view keeps its choices, and its own kind is the only one", () => {
  const view = new URL("https://x.nl/kaart?kind=z&amb=A1&amb=A2");
  assert.equal(pageAddress("/gezond/", "stuk", view, { kind: "map" }), "/gezond/stuk?kind=map&amb=A1&amb=A2");
});

test("a file has the name that its answer gives", () => {
  assert.equal(fileName('attachment; filename="hsc-geo-roken.pdf"'), "hsc-geo-roken.pdf");
  assert.equal(fileName(null), "");
});

const ANSWER = {
  groups: [{ name: "A", items: [{ label: "a" }, { label: "b" }] }, { name: "B", items: [{ label: "c" }] }],
  more: null,
};

test("a result carries along what an address keeps from page to page, and nothing else", () => {
  const item = { page: "kaart", query: [["amb", "A3"], ["amb", "A&4"]] };
  assert.equal(hrefOf(item, "/leiden", "?lang=en&sel=X&asof=2026-01-02"), "/leiden/kaart?amb=A3&amb=A%264&lang=en&asof=2026-01-02");
  assert.equal(hrefOf({ page: "", query: [] }, "", "?sel=X"), "/");
  assert.deepEqual(pairsOf(item, "?asof="), item.query);
});

test("the server is asked of the edition and the day that the page shows", () => {
  assert.equal(questionOf("de kooi", "nl", "?sel=X&edition=E&asof=2026-01-02&lang=en").toString(), "q=de+kooi&lang=nl&edition=E&asof=2026-01-02");
  assert.equal(questionOf("a b", "en", "").toString(), "q=a+b&lang=en");
});

test("arrows go round all that can be chosen, also what comes after the groups", () => {
  assert.deepEqual(itemsOf(ANSWER).map((item) => item.label), ["a", "b", "c"]);
  assert.deepEqual(itemsOf({ groups: [], more: { label: "m" } }), [{ label: "m" }]);
  const down = [-1, 0, 1, 2].map((now) => stepTo("ArrowDown", now, 3));
  const up = [-1, 0, 1, 2].map((now) => stepTo("ArrowUp", now, 3));
  assert.deepEqual([down, up, stepTo("ArrowDown", -1, 0)], [[0, 1, 2, 0], [2, 2, 0, 1], -1]);
});
