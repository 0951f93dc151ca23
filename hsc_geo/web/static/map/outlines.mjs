/* Lines over the areas, and the land around: focus districts, districts over neighbourhoods, the area in the panel, the
   own areas of the visit. */
import { ofLevel } from "./gathering.mjs";
import { DISTRICT_LINE, FOCUS_LINES, OWN_LINES, SELECTED_LINE } from "./styles.mjs";

export class Outlines {
  constructor(map, config) {
    this.map = map;
    this.config = config;
    this.own = L.layerGroup().addTo(map);
    this.selected = L.layerGroup().addTo(map);
  }

  /** Draw what no choice changes. */
  load(geo, features) {
    const around = { className: "hsc-around", weight: 1, fillOpacity: this.config.tiles ? 0 : 0.6 };
    lines(ofLevel(geo, "surrounding"), "hsc-ground", around).addTo(this.map);
    this.districts = lines(ofLevel(geo, "district"), "hsc-lines", DISTRICT_LINE);
    for (const { code } of this.config.focus) {
      if (!features[code]) continue;
      for (const style of FOCUS_LINES) lines(features[code], "hsc-focus", style).addTo(this.map);
    }
  }

  /** Draw the lines of a state. */
  draw({ level, selected, own }, features) {
    this._drawOwn(own || [], features);
    if (level === "neighbourhood") this.districts.addTo(this.map);
    else this.districts.remove();
    this.selected.clearLayers();
    const area = features[selected];
    if (!area || area.properties.level === "municipality") return;
    this.selected.addLayer(lines(area, "hsc-focus", SELECTED_LINE));
  }

  _drawOwn(own, features) {
    this.own.clearLayers();
    for (const codes of own) {
      const around = rim(codes.map((code) => features[code]).filter(Boolean));
      for (const style of OWN_LINES) {
        this.own.addLayer(L.polyline(around, { pane: "hsc-focus", interactive: false, ...style }));
      }
    }
  }
}

/** The lines that only one of the areas has: the outline of them together, for neighbours share their corners. */
function rim(areas) {
  const found = new Map();
  const polygons = areas.flatMap(({ geometry: { type, coordinates } }) => (type === "Polygon" ? [coordinates] : coordinates));
  for (const ring of polygons.flat()) {
    for (let i = 1; i < ring.length; i += 1) {
      const ends = [ring[i - 1], ring[i]];
      const key = ends.map(String).sort().join(" ");
      found.set(key, found.has(key) ? null : ends);
    }
  }
  return [...found.values()].filter(Boolean).map((ends) => ends.map(([x, y]) => [y, x]));
}

function lines(geo, pane, style) {
  return L.geoJSON(geo, { pane, interactive: false, style });
}
