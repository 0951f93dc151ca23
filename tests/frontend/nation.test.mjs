/* The map of the country: tiles to areas, which one lies at a point, classes, words, and how long a tile is kept. */
import assert from "node:assert/strict";
import test from "node:test";

import { Geometry } from "../../hsc_geo/web/static/map/nation_layer.mjs";
import { NONE, areaAt, classesOf, decode, inside, place } from "../../hsc_geo/web/static/map/nation_tile.mjs";
import { figureText, linesAt, namesAt, nationLines } from "../../hsc_geo/web/static/map/nation_words.mjs";

// A square of 100 with a hole of 20 in it, in which another area lies, and a square in another corner of the tile.
const RING = [100, 100, 100, 0, 0, 100, -100, 0];
const HOLE = [140, 140, 20, 0, 0, 20, -20, 0];
const TILE = { areas: [[7, [RING, HOLE]], [3, [HOLE]], [9, [[-20, 1900, 60, 0, 0, 60, -60, 0]]]] };
const TOLD = { lang: "nl", decimals: 1, suffix: "%", missing: { not_published: "niet gepubliceerd", suppressed: "geheim" } };

test("the steps of a ring become its corners, with the box around them", () => {
  const [area] = decode(TILE);
  assert.equal(area.number, 7);
  assert.deepEqual([...area.rings[0]], [100, 100, 200, 100, 200, 200, 100, 200]);
  assert.deepEqual(area.box, [100, 100, 200, 200]);
});

test("an area is found within its ring, another one in its hole, none beside them", () => {
  const areas = decode(TILE);
  assert.equal(areaAt(areas, 110, 110), 7);
  assert.equal(areaAt(areas, 150, 150), 3);
  assert.equal(areaAt(areas, 0, 1950), 9);
  assert.equal(areaAt(areas, 250, 150), null);
  assert.equal(areaAt([], 1, 1), null);
});

test("within is as a count along the other axis has it, at every point of a star", () => {
  const corners = [50, 0, 61, 35, 98, 35, 68, 57, 79, 91, 50, 70, 21, 91, 32, 57, 2, 35, 39, 35];
  const turned = corners.map((_, i) => corners[i % 2 ? i - 1 : i + 1]);
  let found = 0;
  for (let x = 0.5; x < 100; x += 3) {
    for (let y = 0.25; y < 100; y += 3) {
      assert.equal(inside([corners], x, y), inside([turned], y, x), `${x} ${y}`);
      found += inside([corners], x, y);
    }
  }
  assert.ok(found > 200 && found < 500, String(found));
});

test("a point of the world lies in a tile, at a place of its grid", () => {
  assert.deepEqual(place({ x: 512 * 33 + 128, y: 512 * 20 + 511.75 }, 512), { x: 33, y: 20, left: 512, top: 2047 });
});

test("a byte an area is its class, 255 none", () => {
  assert.deepEqual([...classesOf(btoa(String.fromCharCode(0, 4, 255)))], [0, 4, NONE]);
});

test("a figure is written with its unit by language, and a missing one says why", () => {
  assert.equal(figureText(1234.5, "present", TOLD), "1.234,5%");
  assert.equal(figureText(-0.25, "present", { ...TOLD, lang: "en", decimals: 2, suffix: " points" }), "\u22120.25 points");
  assert.equal(figureText(null, "suppressed", TOLD), "geheim");
  assert.equal(figureText(null, "unheard of", TOLD), "niet gepubliceerd");
});

test("a tooltip tells the municipality of an area, but not of itself", () => {
  const lines = nationLines({ name: "Groenoord", within: "Leiden" }, "Eenzaam", "50,2%");
  assert.deepEqual(lines.map((line) => line.text), ["Groenoord", "Leiden", "Eenzaam: 50,2%"]);
  assert.deepEqual(nationLines({ name: "Leiden", within: "Leiden" }, "Eenzaam", "").map((line) => line.text), ["Leiden"]);
});

test("lines between areas wait for the zoom that bears them, and names too", () => {
  assert.ok(linesAt("municipality", 6).width > 0);
  assert.equal(linesAt("neighbourhood", 8).width, 0);
  assert.ok(linesAt("neighbourhood", 11).width > 0);
  assert.ok(namesAt(6) === 0 && namesAt(7) < namesAt(9.5));
});

test("a tile is asked once, nothing stands where the server has nothing, and a failure is tried again", async () => {
  const asked = [];
  const answers = { "/d/6/1/2": { status: 200, ok: true, json: async () => TILE }, "/d/6/1/3": { status: 204, ok: true } };
  const geometry = new Geometry("/{level}/{z}/{x}/{y}", async (address) => {
    asked.push(address);
    return answers[address] || { status: 500, ok: false };
  });
  assert.equal((await geometry.get("d", { z: 7, x: 1, y: 2 })).length, 3); // of Leaflet's zoom 7, tile zoom 6
  await geometry.get("d", { z: 7, x: 1, y: 2 });
  assert.deepEqual(await geometry.get("d", { z: 7, x: 1, y: 3 }), []);
  await assert.rejects(geometry.get("d", { z: 7, x: 9, y: 9 }));
  await assert.rejects(geometry.get("d", { z: 7, x: 9, y: 9 }));
  assert.deepEqual(asked, ["/d/6/1/2", "/d/6/1/3", "/d/6/9/9", "/d/6/9/9"]);
});
