/* The map of the whole country: its areas as tiles on canvases, what lies over them, names, tooltips and clicks.
 *
 * Geometry comes in tiles for the zoom and the part in sight and is kept; a change of figure, year or classes brings a
 * byte for each area, and the canvases are painted again from what is there. Loaded only where it is shown.
 */
import { Clicks } from "./clicks.mjs";
import { element, tipBox } from "./dom.mjs";
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
const UNDER_POINTER = [{ color: INK, weight: 2 }];

export class Chart {
  constructor(map, config, groups) {
    this.map = map;
    this.config = config;
    this.group = groups.areas; // streamlit-folium hears of its clicks
    this.clicks = new Clicks();
    this.geometry = new Geometry(config.nationTiles);
    this.fetched = new Map(); // address -> promise
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
    this.ready();
  }

  /** Another level: its layers come over those of the one before, which go once all of it is painted. */
  change() {
    const old = [this.layer, this.over];
    const { level } = this.state;
    const gone = () => old.forEach((layer) => layer?.remove());
    this.layer = canvasLayer({
      pane: "hsc-areas",
      load: (coords) => this.geometry.get(level, coords),
      blank: (areas) => !areas.length,
      paint: (brush, areas) => fill(brush, areas, this.state, linesAt(level, this.map.getZoom())),
      settled: () => {
        gone();
        this.ready();
      },
    });
    this.layer.on("tileerror", () => this.tellFailure());
    this.over = canvasLayer({
      pane: "hsc-focus",
      load: (coords) => Promise.all([this.geometry.get(level, coords), this.ownTile(coords)]),
      blank: ([areas, own]) => !this.lines(areas, own).length,
      paint: (brush, [areas, own]) => this.lines(areas, own).forEach((each) => outline(brush, ...each)),
    });
    this.layer.addTo(this.map);
    this.over.addTo(this.map);
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
    if (!this.fetched.has(address)) {
      const found = fetch(address).then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error(address))));
      found.catch(() => this.fetched.delete(address));
      this.fetched.set(address, found);
      for (const old of [...this.fetched.keys()].slice(0, -8)) this.fetched.delete(old);
    }
    return this.fetched.get(address);
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
    const number = await this.numberAt(latlng);
    if (this.pointer !== latlng) return; // it went on meanwhile
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
    const areas = await this.get(state.areas);
    const figures = await this.get(state.values).catch(() => null);
    if (this.hovered !== number || this.state !== state) return;
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
    if (!this.state) return;
    const number = await this.numberAt(latlng);
    if (number === null) return;
    const { codes } = await this.get(this.state.areas);
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
    if (this.told) return;
    this.told = true;
    this.map.getContainer().append(element("p", "hsc-failed", this.state.words.failed));
  }
}
