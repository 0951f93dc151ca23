import assert from "node:assert/strict";
import test from "node:test";

import { HATCH, areaStyle, dots } from "../../hsc_geo/web/static/map/styles.mjs";

const STATE = { level: "district", theme: "light", colors: ["#aaaaaa", "#bbbbbb"], classes: { WK1: 0, WK2: 1 } };
const fill = (state, code, tiles = true) => areaStyle({ ...STATE, ...state }, code, tiles);

test("an area has the colour of its class, the first class too", () => {
  assert.equal(fill({}, "WK1").fillColor, "#aaaaaa");
  assert.equal(fill({}, "WK2").fillColor, "#bbbbbb");
});

test("an area without a class is hatched, never coloured as the lowest", () => {
  assert.equal(fill({}, "WK3").fillColor, HATCH);
  assert.equal(fill({}, "constructor").fillColor, HATCH);
});

test("an area that is not distinguishable from the city has dots over its colour; one without a value stays hatched", () => {
  assert.equal(fill({ doubt: ["WK2", "WK3"] }, "WK2").fillColor, dots(1));
  assert.equal(fill({ doubt: ["WK2", "WK3"] }, "WK1").fillColor, "#aaaaaa");
  assert.equal(fill({ doubt: ["WK2", "WK3"] }, "WK3").fillColor, HATCH);
});

test("without a figure all areas are alike and let the background through", () => {
  const bare = { colors: [], classes: {} };
  assert.deepEqual(fill(bare, "WK1"), fill(bare, "WK3"));
  assert.equal(fill(bare, "WK1").fillOpacity, 0.45);
});

test("a background shines through on a light ground only", () => {
  assert.equal(fill({}, "WK1").fillOpacity, 0.86);
  assert.equal(fill({ theme: "dark" }, "WK1").fillOpacity, 1);
  assert.equal(fill({}, "WK1", false).fillOpacity, 1);
});

test("neighbourhoods have thinner lines", () => {
  assert.ok(fill({ level: "neighbourhood" }, "WK1").weight < fill({}, "WK1").weight);
});
