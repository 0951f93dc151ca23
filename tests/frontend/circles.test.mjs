import assert from "node:assert/strict";
import test from "node:test";

import { cells, circle, diameter, membersOf, middle } from "../../hsc_geo/web/static/map/circles.mjs";

const place = (x, y, ...members) => ({ at: [x, y], members });
const asPixels = ([x, y]) => ({ x, y });
const many = (count) => Array.from({ length: count }, (_, i) => place(i / 100, 0, i));

test("few places each have a circle of their own, however close", () => {
  assert.equal(cells(many(59), asPixels).length, 59);
});

test("of many places those in one square of 44 pixels share a circle", () => {
  const close = many(60); // all within one pixel
  const found = cells([...close, place(43.9, 43.9, 60), place(44, 0, 61), place(-0.1, 0, 62)], asPixels);
  assert.deepEqual(found.map((places) => places.length), [61, 1, 1]);
});

test("squares are those of the pixels, not of the degrees", () => {
  const far = ([x, y]) => ({ x: Math.round(x * 100) * 44, y });
  assert.equal(cells(many(60), far).length, 60);
});

test("without places there is no circle", () => {
  assert.deepEqual(cells([], asPixels), []);
});

test("an initiative with two places in a circle counts once", () => {
  assert.deepEqual(membersOf([place(0, 0, 3, 1), place(1, 1, 1, 2)]), [3, 1, 2]);
});

test("a circle stands in the middle of its places, and each place counts once", () => {
  assert.deepEqual(middle([place(52, 4, 1, 2, 3), place(54, 5, 4)]), [53, 4.5]);
});

test("a circle grows with the logarithm of its number, to 40 pixels", () => {
  assert.deepEqual([1, 2, 4, 32, 1000].map(diameter), [16, 24, 28, 40, 40]);
});

const PEOPLE = { ids: ["LEI-1", "LEI-2", "<b>3</b>"], wide: ["", "city", "region"] };

test("a circle of one has no number, one of several has", () => {
  assert.equal(circle([place(0, 0, 0)], PEOPLE, "").label, "");
  assert.equal(circle([place(0, 0, 0, 1)], PEOPLE, "").label, "2");
});

test("only a circle of what is for all has the double ring", () => {
  assert.equal(circle([place(0, 0, 1, 2)], PEOPLE, "").wide, true);
  assert.equal(circle([place(0, 0, 0, 1)], PEOPLE, "").wide, false);
});

test("the circle that holds the chosen initiative is chosen, and no other", () => {
  assert.equal(circle([place(0, 0, 0, 1)], PEOPLE, "LEI-2").chosen, true);
  assert.equal(circle([place(0, 0, 0, 1)], PEOPLE, "LEI").chosen, false);
  assert.equal(circle([place(0, 0, 0, 1)], PEOPLE, "").chosen, false);
});

test("ids go along as they are", () => {
  assert.deepEqual(circle([place(0, 0, 2)], PEOPLE, "").ids, ["<b>3</b>"]);
});
