import assert from "node:assert/strict";
import test from "node:test";

import { areaLines, placeLines, withNumber } from "../../hsc_geo/web/static/map/tips.mjs";

const SCRIPT = "<script>window.__hacked=1</script>{n} $& $1";
const WORDS = {
  servesOne: "{n} initiative known",
  servesMany: "{n} initiatives known",
  servesNone: "no initiative known",
  besides: "beside it: {n}",
  city: "(for the whole city)",
  more: "and {n} more",
};
const STATE = { title: "Overweight, 2024", text: { WK1: "50% – about 4,000 adults" }, words: WORDS };
const NOORD = { area_code: "WK1", name: "Noord" };
const said = (properties, state, found) => areaLines(properties, state, found).map((line) => line.text);

test("a number takes the place of {n}, once", () => {
  assert.equal(withNumber("and {n} more", 12), "and 12 more");
  assert.equal(withNumber("{n} {n}", 1), "1 {n}");
  assert.equal(withNumber("none", 1), "none");
  assert.equal(withNumber("{n}", "$&"), "$&");
});

test("an area tells its name, its figure, and what is known", () => {
  assert.deepEqual(areaLines(NOORD, STATE, { perArea: { WK1: 2 }, wide: 3 }), [
    { text: "Noord", strong: true },
    { text: "Overweight, 2024: 50% – about 4,000 adults" },
    { text: "2 initiatives known" },
    { text: "beside it: 3" },
  ]);
});

test("one, none, and nothing beside it", () => {
  assert.deepEqual(said(NOORD, STATE, { perArea: { WK1: 1 }, wide: 0 }).slice(2), ["1 initiative known"]);
  assert.deepEqual(said(NOORD, STATE, { perArea: {}, wide: 0 }).slice(2), ["no initiative known"]);
});

test("an area without a figure has no line for one", () => {
  assert.deepEqual(said(NOORD, { ...STATE, text: {} }, { perArea: {}, wide: 0 }), ["Noord", "no initiative known"]);
});

test("hostile names and figures stay the text that they are", () => {
  const state = { ...STATE, title: SCRIPT, text: { WK1: SCRIPT } };
  assert.deepEqual(said({ ...NOORD, name: SCRIPT }, state, { perArea: {}, wide: 0 }).slice(0, 2), [
    SCRIPT,
    `${SCRIPT}: ${SCRIPT}`,
  ]);
});

const people = (...names) => ({ names, wide: names.map(() => "") });

test("a circle names five, and tells how many more", () => {
  const seven = people("a", "b", "c", "d", "e", "f", "g");
  const lines = placeLines([6, 0, 1, 2, 3, 4, 5], seven, WORDS).map((line) => line.text);
  assert.deepEqual(lines, ["g", "a", "b", "c", "d", "and 2 more"]);
  assert.equal(placeLines([0, 1, 2, 3, 4], seven, WORDS).length, 5);
});

test("what is for the whole city says so beside its name", () => {
  assert.deepEqual(placeLines([0], { names: ["Food bank"], wide: ["city"] }, WORDS), [
    { text: "Food bank", aside: " (for the whole city)" },
  ]);
});

test("a long name is cut at 90 letters, a hostile one stays text", () => {
  assert.equal(placeLines([0], people("x".repeat(200)), WORDS)[0].text.length, 90);
  assert.equal(placeLines([0], people(SCRIPT), WORDS)[0].text, SCRIPT);
});
