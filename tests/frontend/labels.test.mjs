import assert from "node:assert/strict";
import test from "node:test";

import { focusNames, freeSpot, labels, overlap, signOf, sizeOf } from "../../hsc_geo/web/static/map/labels.mjs";

const area = (code, level, name = code) => ({ properties: { area_code: code, level, name, anchor: [52, 4] } });
const FEATURES = {
  WK2: area("WK2", "district", "Roodenburgerdistrict"),
  WK1: area("WK1", "district", "Noord"),
  BU1: area("BU1", "neighbourhood", "Groenoord"),
  GM: { properties: { area_code: "GM", level: "municipality", name: "Leiden" } },
};
const context = (more = {}) => ({ state: { level: "district" }, onlyArea: {}, focus: {}, zoom: 12, ...more });
const texts = (more) => labels(FEATURES, context(more)).map((label) => [label.code, label.text]);

test("districts are named, by code; an area without an anchor is not", () => {
  assert.deepEqual(texts(), [["WK1", "Noord"], ["WK2", "Roodenburgerdistrict"]]);
});

test("a focus district comes first, by the name of its own", () => {
  const focus = focusNames([{ code: "WK2", label_nl: "Leiden Zuid", label_en: "Leiden South" }], "en");
  assert.deepEqual(texts({ focus }), [["WK2", "Leiden South"], ["WK1", "Noord"]]);
});

test("an area with a sign comes before a focus district", () => {
  const state = { level: "district", signs: { WK1: "▲" } };
  const found = labels(FEATURES, context({ state, focus: { WK2: "Zuid" } }));
  assert.deepEqual(found.map(({ code, sign }) => [code, sign]), [["WK1", "▲"], ["WK2", ""]]);
});

test("a sign is for the level that is shown, and is no property that every object has", () => {
  assert.equal(signOf({ level: "district", signs: { BU1: "▲" } }, FEATURES.BU1.properties), "");
  assert.equal(signOf({ level: "district" }, FEATURES.WK1.properties), "");
});

test("neighbourhoods are named from near, and only where neighbourhoods are drawn", () => {
  const state = { level: "neighbourhood" };
  assert.deepEqual(texts({ state, zoom: 14.75 }).map(([code]) => code), ["WK1", "WK2"]);
  assert.deepEqual(texts({ state, zoom: 15 }).at(-1), ["BU1", "Groenoord"]);
  assert.deepEqual(texts({ zoom: 17 }).map(([code]) => code), ["WK1", "WK2"]);
});

test("from far a neighbourhood has its number without a name", () => {
  const found = labels(FEATURES, context({ state: { level: "neighbourhood" }, onlyArea: { BU1: [4, 7] } }));
  assert.deepEqual([found.at(-1).text, found.at(-1).only, found.at(-1).wide], ["", 2, 24]);
});

test("a name stays text, whatever it holds", () => {
  const name = '<img src=x onerror="alert(1)">';
  const [label] = labels({ WK3: area("WK3", "district", name) }, context());
  assert.equal(label.text, name);
});

test("a label is as wide as its longest line, about, and what stands beside the name needs room", () => {
  const size = (more) => sizeOf({ text: "Noord", only: 0, sign: "", focus: false, ...more });
  assert.deepEqual(size(), { wide: 5 * 6.3 + 6, high: 16 });
  assert.deepEqual(size({ focus: true }), { wide: 5 * 7.2 + 6, high: 16 });
  assert.deepEqual(size({ only: 3, sign: "▲" }), { wide: 5 * 6.3 + 46, high: 16 });
  assert.equal(size({ text: "x".repeat(22) }).high, 32);
  assert.equal(size({ text: "x".repeat(18), only: 1 }).high, 32);
  assert.equal(size({ sign: "onzeker" }).wide, size({ sign: "▲" }).wide + 6 * 7);
  assert.equal(size({ text: "Binnenstad-Noord", sign: "onzeker" }).high, 32);
  assert.deepEqual(size({ text: "", sign: "▲" }), { wide: 24, high: 16 });
});

const SMALL = { wide: 20, high: 16 };

test("a label stands on its anchor when nothing is there", () => {
  assert.deepEqual(freeSpot({ x: 100, y: 50 }, SMALL, []), { at: [100, 50], box: [90, 42, 110, 58] });
});

test("a label goes below what is in its way, and above when that is taken too", () => {
  const onAnchor = [95, 45, 105, 55];
  assert.deepEqual(freeSpot({ x: 100, y: 50 }, SMALL, [onAnchor]).at, [100, 64]);
  assert.deepEqual(freeSpot({ x: 100, y: 50 }, SMALL, [onAnchor, [95, 60, 105, 65]]).at, [100, 36]);
});

test("where all is taken a label has no spot", () => {
  assert.equal(freeSpot({ x: 100, y: 50 }, SMALL, [[0, 0, 200, 100]]), null);
});

test("no label is wider than the styles let it be", () => {
  assert.deepEqual(freeSpot({ x: 0, y: 0 }, { wide: 400, high: 16 }, []).box, [-75, -8, 75, 8]);
});

test("boxes that touch do not cover each other", () => {
  assert.equal(overlap([0, 0, 10, 10], [10, 0, 20, 10]), false);
  assert.equal(overlap([0, 0, 10, 10], [9, 9, 20, 20]), true);
  assert.equal(overlap([0, 0, 10, 10], [2, 2, 3, 3]), true);
  assert.equal(overlap([0, 0, 10, 10], [2, 11, 3, 12]), false);
});
