/* The circles: where initiatives are. */
import { cells, circle } from "./circles.mjs";
import { element, tipBox } from "./dom.mjs";
import { placeLines } from "./tips.mjs";

const CLOSEST = 17; // the zoom at which a circle of several places opens no further

export class Places {
  constructor(map, group, clicks) {
    this.map = map;
    this.group = group;
    this.clicks = clicks;
  }

  /** Draw what was found, at the zoom of the map. */
  draw(state, found, people) {
    this.group.clearLayers();
    for (const places of cells(found.places, (at) => this.map.project(at))) {
      this.group.addLayer(this.marker(places, circle(places, people, state.selected), people, state.words));
    }
  }

  marker(places, shown, people, words) {
    const { at, size, ids, members } = shown;
    const icon = L.divIcon({ html: dot(shown), className: "hsc-icon", iconSize: [size, size] });
    const layer = L.marker(at, { pane: "hsc-places", keyboard: false, alt: "", icon });
    layer.toGeoJSON = () => this.clicks.feature({ kind: "place", ids: ids.slice(0, 60) });
    const tip = () => tipBox(placeLines(members, people, words));
    layer.bindTooltip(tip, { className: "hsc-tip", direction: "top", offset: [0, -size / 2] });
    if (places.length > 1 && this.map.getZoom() < CLOSEST) layer.on("click", () => this.open(places));
    return layer;
  }

  open(places) {
    this.map.fitBounds(places.map((place) => place.at), { maxZoom: CLOSEST, padding: [40, 40] });
  }

  /** The boxes of the circles, [left, top, right, bottom] in pixels of the map. */
  boxes() {
    return this.group.getLayers().map((layer) => {
      const { x, y } = this.map.latLngToContainerPoint(layer.getLatLng());
      const half = layer.options.icon.options.iconSize[0] / 2;
      return [x - half, y - half, x + half, y + half];
    });
  }
}

function dot({ size, label, wide, chosen }) {
  const node = element("span", `hsc-place${wide ? " hsc-wide" : ""}${chosen ? " hsc-chosen" : ""}`, label);
  Object.assign(node.style, { width: `${size}px`, height: `${size}px`, lineHeight: `${size - 4}px` });
  return node;
}
