/* Rings of distance, and places that do not exist: proposed or tried out. These have another shape than a known place,
 * with a letter or number in it.
 */
import { element } from "./dom.mjs";
import { rings } from "./rings.mjs";
import { INK } from "./styles.mjs";

const RING_LINE = { color: INK, weight: 1, opacity: 0.55, fill: false, dashArray: "4 3" };

export class Marks {
  constructor(map) {
    this.rings = L.layerGroup().addTo(map);
    this.marks = L.layerGroup().addTo(map);
  }

  /** Draw the rings and marks of a state. */
  draw(state, found) {
    this.rings.clearLayers();
    for (const each of rings(found.places, state)) this.rings.addLayer(ring(each));
    this.marks.clearLayers();
    for (const mark of state.marks || []) this.marks.addLayer(marker(mark));
  }
}

function ring({ at, radius }) {
  return L.circle(at, { pane: "hsc-lines", interactive: false, radius, ...RING_LINE });
}

function marker({ at, sign }) {
  const dot = element("span", "hsc-mark");
  dot.append(element("b", "", sign));
  const icon = L.divIcon({ html: dot, className: "hsc-icon", iconSize: [22, 22] });
  return L.marker(at, { pane: "hsc-places", keyboard: false, interactive: false, alt: "", icon });
}
