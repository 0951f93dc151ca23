/* The areas of the level that is shown: colours, tooltips, clicks. */
import { tipBox } from "./dom.mjs";
import { ofLevel } from "./gathering.mjs";
import { UNDER_POINTER, areaStyle } from "./styles.mjs";
import { areaLines } from "./tips.mjs";

const LEVELS = ["district", "neighbourhood"];

export class Areas {
  constructor(group, clicks, tiles) {
    this.group = group;
    this.clicks = clicks;
    this.tiles = tiles;
    this.byCode = {}; // area code -> its layer
    this.shown = "";
  }

  /** Make a layer of each area; none is drawn yet. */
  load(geo) {
    this.levels = Object.fromEntries(LEVELS.map((level) => [level, this.layers(ofLevel(geo, level))]));
  }

  layers(features) {
    const onEachFeature = ({ properties }, layer) => this.attend(properties, layer);
    return L.geoJSON(features, { pane: "hsc-areas", onEachFeature });
  }

  attend(properties, layer) {
    const code = properties.area_code;
    this.byCode[code] = layer;
    layer.toGeoJSON = () => this.clicks.feature({ kind: "area", code }); // streamlit-folium asks for it at a click
    const tip = () => tipBox(areaLines(properties, this.state, this.found));
    layer.bindTooltip(tip, { sticky: true, className: "hsc-tip" });
    // A tooltip listens to focus, which makes a browser stop at each area; the list beside the map is for the keyboard.
    layer.on("add", () => layer.getElement().setAttribute("tabindex", "-1"));
    layer.on("mouseover", () => {
      if (!L.Browser.touch) layer.setStyle(UNDER_POINTER).bringToFront();
    });
    layer.on("mouseout", () => layer.setStyle(this.style(code)));
  }

  style(code) {
    return areaStyle(this.state, code, this.tiles);
  }

  /** Draw the level of the state in its classes. */
  draw(state, found) {
    this.state = state;
    this.found = found;
    this.levels[state.level].setStyle(({ properties }) => this.style(properties.area_code));
    if (state.level !== this.shown) this.show(state.level);
  }

  show(level) {
    this.shown = level;
    this.group.clearLayers();
    this.levels[level].eachLayer((layer) => this.group.addLayer(layer));
  }
}
