/* The map of the whole country: its areas as tiles on canvases, what lies over them, names, tooltips and clicks.
 *
 * Geometry comes in tiles for the zoom and the part in sight and is kept; a change of figure, year or classes brings a
 * byte for each area, and the canvases are painted again from what is there. Loaded only where it is shown.
 */
import { Clicks } from "./clicks.mjs";
import { element, tipBox } from "./dom.mjs";
import { Kept, fetchOne } from "./fetching.mjs";
import { furnish } from "./ground.mjs";
import { freeSpot, sizeOf } from "./labels.mjs";
import { Geometry, SIZE, ZOOMS, canvasLayer } from "./nation_layer.mjs";
import { fill, outline } from "./nation_paint.mjs";
import { areaAt, classesOf, place } from "./nation_tile.mjs";
import { figureText, linesAt, namesAt, nationLines } from "./nation_words.mjs";
import { INK } from "./styles.mjs";
import { View } from "./view.mjs";

const OWN = "municipality"; // the level of the tiles that have the outline of the municipality
const OWN_LINES = [{ color: "#ffffff", weight: 5 }, { color: "#b3400a", weight: 2.5 }];
const CHOSEN_LINES = [{ color: "#ffffff", weight: 5 }, { color: INK, weight: 3, dash: [0.5, 5] }];
const ABOVE = 12; // pixels: the name of the municipality stands over its outline
const ANSWERS = 8; // of names and figures that are kept
const UNDER_POINTER = [{ color: INK, weight: 2 }];

export class Chart {
  constructor(map, config, groups) {
    this.map = map;
    this.config = config;
    this.group = groups.areas; // streamlit-folium hears of its clicks
    this.clicks = new Clicks();
    this.geometry = new Geometry(config.nationTiles);
    this.fetched = new Kept(ANSWERS); // by address
    this.stale = []; // layers of levels before, which go once the newest is painted
    this.state = null;
    this.hovered = null;
    this.updates = 0;
    furnish(map, config);
    this.view = new View(map, config);
    this.names = L.layerGroup().addTo(map);
    this.tip = L.tooltip({ className: "hsc-tip", direction: "top", offset: [0, -6] });
    this.listen();
  }

  listen() {
    const { map } = this;
    map.on("zoomend", () => {
      this.layer?.sharpen();
      this.over?.sharpen();
      this.write();
    });
    map.on("moveend", () => this.retry());
    map.on("click", (event) => this.click(event));
    map.on("movestart mouseout", () => this.leave());
    if (!L.Browser.mobile) map.on("mousemove", (event) => this.hover(event));
  }

  /** Show a state: a `NationUpdate` of Python's. */
  update(state) {
    const before = this.state;
    this.state = { ...state, classes: classesOf(state.classes) };
    this.leave();
    this.view.speak(state);
    if (this.failure) this.failure.textContent = state.words.failed;
    this.view.aim(state.selected, state.sight.length ? state.sight : null);
    if (before?.level !== state.level) this.change();
    else this.again();
    this.write();
    this.updates += 1;
    setTimeout(() => this.view.setHeight(), 0); // after streamlit-folium has set the height that Python asked
  }

  again() {
    this.layer.again();
    this.over.again();
    this.retry();
    this.ready();
  }

  /** Ask again for the tiles that failed. */
  retry() {
    this.layer?.retry();
    this.over?.retry();
  }

  /** Another level: its layers come over those before, which go once all of it is painted. */
  change() {
    this.stale.push(...[this.layer, this.over].filter(Boolean));
    this.layer = this.areasOf(this.state.level);
    this.over = this.linesOf(this.state.level);
    this.layer.addTo(this.map);
    this.over.addTo(this.map);
  }

  /** The layer of a level's areas. Classes are those of the state: once that has another level, it paints no more. */
  areasOf(level) {
    const layer = canvasLayer({
      pane: "hsc-areas",
      load: (coords) => this.geometry.get(level, coords),
      blank: (areas) => level !== this.state.level || !areas.length,
      paint: (brush, areas) => fill(brush, areas, this.state, linesAt(level, this.map.getZoom())),
      settled: () => {
        if (layer === this.layer) this.settle();
      },
    });
    layer.on("tileerror", () => {
      if (layer === this.layer) this.tellFailure();
    });
    return layer;
  }

  /** The layer of what lies over a level's areas. */
  linesOf(level) {
    return canvasLayer({
      pane: "hsc-focus",
      load: (coords) => Promise.all([this.geometry.get(level, coords), this.ownTile(coords)]),
      blank: ([areas, own]) => level !== this.state.level || !this.lines(areas, own).length,
      paint: (brush, [areas, own]) => this.lines(areas, own).forEach((each) => outline(brush, ...each)),
    });
  }

  /** The newest layer is painted. */
  settle() {
    this.stale.splice(0).forEach((layer) => layer.remove());
    this.tellNoFailure();
    this.ready();
  }

  /** What lies over the areas of a tile: the municipality, the area that is chosen, the one under the pointer. */
  lines(areas, own) {
    const found = [
      [own.filter((area) => area.number === this.state.own), OWN_LINES],
      [areas.filter((area) => area.number === this.state.chosen), CHOSEN_LINES],
      [areas.filter((area) => area.number === this.hovered), UNDER_POINTER],
    ];
    return found.filter(([each]) => each.length);
  }

  /** The municipalities of a tile where the own one can lie in it. */
  ownTile(coords) {
    if (!this.config.own.bounds.length) return Promise.resolve([]);
    const corners = [0, 1].map((step) => this.map.unproject([(coords.x + step) * SIZE, (coords.y + step) * SIZE], coords.z));
    const near = L.latLngBounds(corners).pad(0.05).intersects(this.config.own.bounds);
    return near ? this.geometry.get(OWN, coords) : Promise.resolve([]);
  }

  ready() {
    this.map.getContainer().dataset.ready = "yes";
    this.get(this.state.areas).catch(() => {});
    this.get(this.state.values).catch(() => {});
  }

  /** The JSON at an address, fetched once; the latest few are kept. */
  get(address) {
    return this.fetched.get(address, () => fetchOne(address));
  }

  /** The number of the area at a place of the map, null for none. */
  async numberAt(latlng) {
    const zoom = Math.min(ZOOMS.maxNativeZoom, Math.max(ZOOMS.minNativeZoom, Math.round(this.map.getZoom())));
    const { x, y, left, top } = place(this.map.project(latlng, zoom), SIZE);
    return areaAt(await this.geometry.get(this.state.level, { z: zoom, x, y }), left, top);
  }

  async hover({ latlng }) {
    if (!this.state) return;
    this.pointer = latlng;
    const number = await this.numberAt(latlng).catch(() => null);
    if (this.pointer !== latlng) return; // it went on meanwhile, or another state came
    if (number !== this.hovered) {
      this.hovered = number;
      this.over.again();
    }
    this.map.getContainer().style.cursor = number === null ? "" : "pointer";
    if (number === null) this.tip.remove();
    else await this.tell(number, latlng);
  }

  async tell(number, latlng) {
    const { state } = this;
    const asked = [state.areas, state.values].map((address) => this.get(address).catch(() => null));
    const [areas, figures] = await Promise.all(asked);
    if (this.hovered !== number || this.state !== state) return;
    if (!areas) {
      this.leave();
      return;
    }
    const figure = figures ? figureText(figures.values[number], figures.status[number], state) : "";
    const about = { name: areas.names[number], within: areas.within[number] };
    this.tip.setLatLng(latlng).setContent(tipBox(nationLines(about, state.title, figure))).addTo(this.map);
  }

  leave() {
    this.pointer = null;
    this.tip.remove();
    if (this.hovered === null) return;
    this.hovered = null;
    this.over?.again();
  }

  async click({ latlng }) {
    const { state } = this;
    if (!state) return;
    const found = await Promise.all([this.numberAt(latlng), this.get(state.areas)]).catch(() => null);
    if (this.state.level !== state.level) return; // what was clicked is not on the map any more
    if (!found) {
      this.tellFailure();
      return;
    }
    this.tellNoFailure();
    const [number, { codes }] = found;
    if (number === null) return;
    const toGeoJSON = () => this.clicks.feature({ kind: "area", code: codes[number] });
    this.group.fire("click", { latlng, layer: { toGeoJSON } });
  }

  /** The names that have room: the own municipality, then those with most residents. */
  write() {
    if (!this.state) return;
    const { own, towns } = this.config;
    const taken = [];
    this.names.clearLayers();
    if (own.at.length) this.name({ text: own.name, at: own.at, focus: true }, taken, ABOVE);
    for (const [text, ...at] of towns.slice(0, namesAt(this.map.getZoom()))) this.name({ text, at, focus: false }, taken);
  }

  name({ text, at, focus }, taken, above = 0) {
    const spot = freeSpot(this.map.latLngToContainerPoint(at).subtract([0, above]), sizeOf({ text, only: 0, sign: "", focus }), taken);
    if (!spot) return;
    taken.push(spot.box);
    const node = element("div", `hsc-name ${focus ? "hsc-focus-name" : "hsc-small-name"}`);
    node.append(element("span", "", text));
    const icon = L.divIcon({ html: node, className: "hsc-icon hsc-name-at", iconSize: [0, 0] });
    L.marker(this.map.containerPointToLatLng(spot.at), { pane: "hsc-names", interactive: false, keyboard: false, icon }).addTo(this.names);
  }

  tellFailure() {
    this.failure ||= element("p", "hsc-failed");
    this.failure.textContent = this.state.words.failed;
    this.map.getContainer().append(this.failure);
  }

  /** Something came: the word of a failure goes, unless a tile is still missing. */
  tellNoFailure() {
    if (this.layer.whole()) this.failure?.remove();
  }
}
