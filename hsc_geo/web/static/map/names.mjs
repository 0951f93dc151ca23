/* Names of districts, focus districts first; a name that would cover another one waits for the next zoom. With a name
 * stands, in a square, how many initiatives are known to that district or neighbourhood but to no place in it.
 */
import { element } from "./dom.mjs";
import { focusNames, freeSpot, labels } from "./labels.mjs";

export class Names {
  constructor(map, focus) {
    this.map = map;
    this.focus = focus;
    this.names = L.layerGroup().addTo(map);
  }

  /** Write the names that have room beside what is taken: boxes [left, top, right, bottom] in pixels of the map. */
  draw(state, found, features, boxes) {
    const taken = [...boxes];
    const focus = focusNames(this.focus, state.lang);
    this.names.clearLayers();
    for (const label of labels(features, { state, onlyArea: found.onlyArea, focus, zoom: this.map.getZoom() })) {
      const spot = freeSpot(this.map.latLngToContainerPoint(label.anchor), label, taken);
      if (!spot) continue;
      taken.push(spot.box);
      this.names.addLayer(this.marker(spot.at, label));
    }
  }

  marker(at, label) {
    const icon = L.divIcon({ html: written(label), className: "hsc-icon hsc-name-at", iconSize: [0, 0] });
    const options = { pane: "hsc-names", interactive: false, keyboard: false, icon };
    return L.marker(this.map.containerPointToLatLng(at), options);
  }
}

function written({ text, only, sign, focus, district }) {
  const node = element("div", `hsc-name${focus ? " hsc-focus-name" : ""}${district ? "" : " hsc-small-name"}`);
  if (text) node.append(element("span", "", text));
  if (only) node.append(element("b", "hsc-only", String(only)));
  if (sign) node.append(element("b", "hsc-sign", sign));
  return node;
}
