import assert from "node:assert/strict";
import test from "node:test";

import { bits, byCode, gather, knownTo, ofLevel } from "../../hsc_geo/web/static/map/gathering.mjs";

const area = (code, level) => ({ properties: { area_code: code, level } });
const GEO = {
  type: "FeatureCollection",
  features: [
    area("WK1", "district"),
    area("WK2", "district"),
    area("BU11", "neighbourhood"),
    area("GM", "municipality"),
  ],
};
const HERE = [52.1, 4.4];
const THERE = [52.2, 4.5];
// One with a place, one with two, one known to a neighbourhood only, one to a district only, one for the whole city.
const PEOPLE = {
  ids: ["a", "b", "c", "d", "e"],
  points: [[HERE], [HERE, THERE], [], [], []],
  wide: ["", "", "", "", "city"],
  serves: [["WK1"], ["WK1", "WK2"], ["WK1", "BU11"], ["WK2"], []],
  exact: [[], [], ["BU11"], ["WK2"], []],
};
const mask = (...positions) => Buffer.from([positions.reduce((sum, at) => sum + 2 ** at, 0)]).toString("base64");
const gathered = (level, ...positions) => gather(PEOPLE, { level, visible: mask(...positions) }, byCode(GEO));

test("the first bit is the lowest of the first byte", () => {
  const set = bits(Buffer.from([0b00000101, 0b10000000]).toString("base64"));
  assert.deepEqual([...Array(17).keys()].filter(set), [0, 2, 15]);
});

test("an empty mask shows nothing, and no position beyond its end is set", () => {
  assert.equal(bits("")(0), false);
  assert.equal(bits(undefined)(3), false);
  assert.equal(bits("/w==")(8), false);
});

test("features are found by their code and by their level", () => {
  assert.equal(byCode(GEO).BU11, GEO.features[2]);
  assert.deepEqual(ofLevel(GEO, "district").features, GEO.features.slice(0, 2));
  assert.deepEqual(ofLevel(GEO, "region"), { type: "FeatureCollection", features: [] });
});

test("initiatives at one point are one place, and one with two points stands at both", () => {
  const { places } = gathered("district", 0, 1);
  assert.deepEqual(places, [{ at: HERE, members: [0, 1] }, { at: THERE, members: [1] }]);
});

test("what has no place is counted with its neighbourhood, or with the district around it", () => {
  assert.deepEqual(gathered("neighbourhood", 2, 3).onlyArea, { BU11: [2], WK2: [3] });
  assert.deepEqual(gathered("district", 2, 3).onlyArea, { WK1: [2], WK2: [3] });
});

test("what has a place is in no square", () => {
  assert.deepEqual(gathered("district", 0, 1).onlyArea, {});
});

test("an area that is not drawn holds nothing", () => {
  const people = { ...PEOPLE, serves: [["WK9", "GM"]] };
  assert.deepEqual(knownTo(people, 0, "district", byCode(GEO)), []);
});

test("each area has the number that serves it, and what is for all is beside it", () => {
  const found = gathered("district", 0, 1, 2, 3, 4);
  assert.deepEqual(found.perArea, { WK1: 3, WK2: 2, BU11: 1 });
  assert.equal(found.wide, 1);
});

test("what is not visible is nowhere", () => {
  assert.deepEqual(gathered("district"), { places: [], onlyArea: {}, perArea: {}, wide: 0 });
});
