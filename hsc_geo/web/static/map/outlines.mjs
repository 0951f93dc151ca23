/* Lines over the areas, and the land around: focus districts, districts over neighbourhoods, the area in the panel. */
import { ofLevel } from "./gathering.mjs";
import { DISTRICT_LINE, FOCUS_LINES, SELECTED_LINE } from "./styles.mjs";

export class Outlines {
  constructor(map, config) {
    this.map = map;
    this.config = config;
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
  draw({ level, selected }, features) {
    if (level === "neighbourhood") this.districts.addTo(this.map);
    else this.districts.remove();
    this.selected.clearLayers();
    const area = features[selected];
    if (!area || area.properties.level === "municipality") return;
    this.selected.addLayer(lines(area, "hsc-focus", SELECTED_LINE));
  }
}

function lines(geo, pane, style) {
  return L.geoJSON(geo, { pane, interactive: false, style });
}
