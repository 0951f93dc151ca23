/* The map of the country: tiles to areas, which one lies at a point, classes, words, how long a tile is kept, and what
 * becomes of tiles, layers and clicks whose answer comes late or not at all. */
import assert from "node:assert/strict";
import test from "node:test";

import { Kept } from "../../hsc_geo/web/static/map/fetching.mjs";
import { Chart } from "../../hsc_geo/web/static/map/nation.mjs";
import { Geometry, canvasLayer } from "../../hsc_geo/web/static/map/nation_layer.mjs";
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

test("a tile is asked once, nothing stands where the server has nothing, and a failure is tried again after a rest", async () => {
  const asked = [];
  let now = 0;
  const answers = { "/d/6/1/2": { status: 200, ok: true, json: async () => TILE }, "/d/6/1/3": { status: 204, ok: true } };
  const ask = async (address) => {
    asked.push(address);
    return answers[address] || { status: 500, ok: false };
  };
  const geometry = new Geometry("/{level}/{z}/{x}/{y}", ask, () => now);
  assert.equal((await geometry.get("d", { z: 7, x: 1, y: 2 })).length, 3); // of Leaflet's zoom 7, tile zoom 6
  await geometry.get("d", { z: 7, x: 1, y: 2 });
  assert.deepEqual(await geometry.get("d", { z: 7, x: 1, y: 3 }), []);
  await assert.rejects(geometry.get("d", { z: 7, x: 9, y: 9 }));
  await assert.rejects(geometry.get("d", { z: 7, x: 9, y: 9 }));
  assert.deepEqual(asked, ["/d/6/1/2", "/d/6/1/3", "/d/6/9/9"]);
  now = 60_000;
  await assert.rejects(geometry.get("d", { z: 7, x: 9, y: 9 }));
  assert.deepEqual(asked.slice(3), ["/d/6/9/9"]);
});

test("of what is kept the longest unasked goes", async () => {
  const kept = new Kept(2);
  for (const key of ["a", "b", "a", "c"]) await kept.get(key, async () => key);
  assert.deepEqual(kept.keys(), ["a", "c"]);
});

/** A layer of Leaflet's as far as ours uses it: what it is told, and that it forgets its tiles when it goes. */
class Layer {
  constructor() {
    this.heard = {};
    this.canvases = [];
    this._map = { getZoom: () => 7, getZoomScale: () => 1 };
  }
  on(name, listener) {
    this.heard[name] = listener;
  }
  fire(name, event) {
    this.heard[name]?.(event);
  }
  addTo(map) {
    map.layers.push(this);
  }
  remove() {
    this.map.layers = this.map.layers.filter((each) => each !== this);
    for (const tile of this.canvases) this.fire("tileunload", { tile });
  }
  add(coords) {
    const done = (fault, tile) => fault && this.fire("tileerror", { tile });
    this.canvases.push(this.createTile(coords, done));
    return this.canvases.at(-1);
  }
}

class Box {
  constructor() {
    this.children = [];
    this.dataset = {};
  }
  append(child) {
    if (!this.children.includes(child)) this.children.push(child);
    child.remove = () => (this.children = this.children.filter((each) => each !== child));
  }
}

const COORDS = { z: 7, x: 1, y: 2 };
const later = () => new Promise((go) => setTimeout(go, 0));
const brush = () => ({ scale: () => {} });

function stage() {
  const map = { layers: [], box: new Box(), getZoom: () => 7, getContainer: () => map.box };
  globalThis.L = { gridLayer: () => Object.assign(new Layer(), { map }) };
  globalThis.window = {};
  globalThis.document = { createElement: () => ({ getContext: brush }) };
  return map;
}

/** The map of the country at a level, its tiles empty; with what is given in the place of its own. */
function chartOn(map, own = {}) {
  const state = { level: "municipality", areas: "/areas", values: "/values", words: { failed: "Mislukt" } };
  const parts = { map, state, stale: [], hovered: null, config: { own: { bounds: [] } }, tip: { remove() {} } };
  const geometry = { get: async () => [] };
  const chart = Object.assign(Object.create(Chart.prototype), { ...parts, geometry, get: async () => ({ codes: ["GM1"] }) }, own);
  chart.change();
  return chart;
}

function to(chart, level) {
  chart.state = { ...chart.state, level };
  chart.change();
}

test("levels that were left before they were painted go with the others, once the newest is painted", () => {
  const map = stage();
  const chart = chartOn(map);
  const first = chart.layer;
  to(chart, "district");
  const second = chart.layer;
  to(chart, "neighbourhood");
  assert.equal(map.layers.length, 6);
  second.fire("load");
  assert.ok(map.layers.includes(first), "the newest is not painted yet");
  chart.layer.fire("load");
  assert.deepEqual(map.layers, [chart.layer, chart.over]);
});

test("a tile that comes after its level was left is not painted in the classes of another", async () => {
  const map = stage();
  const painted = [];
  const area = { get number() { painted.push("drawn"); return 0; }, rings: [], path: {} };
  const chart = chartOn(map, { geometry: { get: async () => [area] } });
  const canvas = chart.layer.add(COORDS);
  const over = chart.over.add(COORDS);
  to(chart, "district");
  await later();
  assert.deepEqual([canvas.width, over.width, painted], [0, 0, []]);
});

test("a tile that was unloaded before it came is forgotten, and none is painted before it is there", async () => {
  stage();
  const painted = [];
  const waiting = [];
  const load = () => new Promise((come) => waiting.push(come));
  const layer = canvasLayer({ load, blank: () => false, paint: (_, shown) => painted.push(shown) });
  const gone = layer.add(COORDS);
  layer.add(COORDS);
  layer.again();
  layer.fire("tileunload", { tile: gone });
  waiting.forEach((come, i) => come([i]));
  await later();
  layer.again();
  assert.deepEqual(painted, [[1], [1]]);
});

test("a tile that failed is asked again, and its word stands until none is missing, in the language of now", async () => {
  const map = stage();
  const answers = [Promise.reject(new Error("no tile")), Promise.resolve([])];
  const chart = chartOn(map, { geometry: { get: () => answers.shift() } });
  chart.layer.add(COORDS);
  await later();
  chart.layer.fire("load");
  assert.deepEqual(map.box.children.map((each) => each.textContent), ["Mislukt"]);
  Object.assign(chart, { view: { speak() {}, aim() {}, setHeight() {} }, write() {} });
  chart.update({ ...chart.state, classes: "", sight: [], words: { failed: "Failed" } }); // asks again
  assert.deepEqual(map.box.children.map((each) => each.textContent), ["Failed"]);
  await later();
  chart.layer.fire("load");
  assert.deepEqual(map.box.children, []);
});

test("a click whose level is left meanwhile chooses nothing", async () => {
  const map = stage();
  const heard = [];
  const own = { numberAt: async () => 0, clicks: { feature: (each) => each }, group: { fire: (_, { layer }) => heard.push(layer.toGeoJSON().code) } };
  const chart = chartOn(map, own);
  await chart.click({ latlng: [] });
  const late = chart.click({ latlng: [] });
  to(chart, "district");
  await late;
  assert.deepEqual(heard, ["GM1"]);
});

test("a click that finds no answer is told, a pointer over it only sees nothing", async () => {
  const map = stage();
  map.box.style = {};
  const chart = chartOn(map, { numberAt: () => Promise.reject(new Error("no tile")) });
  await chart.hover({ latlng: [] });
  assert.deepEqual(map.box.children, []);
  await chart.click({ latlng: [] });
  assert.equal(map.box.children[0].textContent, "Mislukt");
  Object.assign(chart, { numberAt: async () => 0, get: () => Promise.reject(new Error("no areas")) });
  await chart.hover({ latlng: [] });
  assert.equal(chart.hovered, null);
});
