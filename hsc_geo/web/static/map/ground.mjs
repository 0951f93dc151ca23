/* What lies under and beside everything: panes, font, hatch, dots, background, scale, credits. */
import { svgElement } from "./dom.mjs";
import { dotsId, INK } from "./styles.mjs";

const PANES = { ground: 210, areas: 400, lines: 410, focus: 420, names: 450, places: 460 };
const LETTING_THROUGH = ["lines", "focus", "names", "ground"]; // a click goes to what is below

/** Make an empty map ready to be drawn on. */
export function furnish(map, config) {
  document.body.append(hatch());
  addFont(config.font);
  addPanes(map);
  if (config.tiles) addTiles(map, config);
  L.control.scale({ imperial: false, maxWidth: 120 }).addTo(map);
  map.attributionControl.setPrefix(false);
  map.attributionControl.addAttribution(config.attribution);
}

function addPanes(map) {
  for (const [name, height] of Object.entries(PANES)) {
    const { style } = map.createPane(`hsc-${name}`);
    style.zIndex = height;
    if (LETTING_THROUGH.includes(name)) style.pointerEvents = "none";
  }
}

function addTiles(map, config) {
  const [minZoom, maxZoom] = config.zooms;
  const credits = { attribution: config.tileAttribution, className: "hsc-tiles" };
  L.tileLayer(config.tiles, { pane: "hsc-ground", minZoom, maxZoom, bounds: config.tileBounds, ...credits }).addTo(map);
}

function addFont(address) {
  if (!address || !window.FontFace) return;
  const face = new FontFace("Source Sans", `url(${address})`, { weight: "200 900" });
  face.load().then((loaded) => document.fonts.add(loaded), () => {}); // without it the system's font does
}

/** Make the dotted pattern of each colour anew; areas that are not distinguishable from the city are filled with it. */
export function dot(colors) {
  document.querySelector("#hsc-dots").replaceChildren(...colors.map(dotted));
}

function dotted(fill, number) {
  const size = { width: 10, height: 10, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" };
  const point = { cx: 5, cy: 5, r: 2, fill: INK, stroke: "#ffffff", "stroke-width": 0.9 };
  const ground = svgElement("rect", { width: 10, height: 10, fill });
  return svgElement("pattern", { id: dotsId(number), ...size }, ground, svgElement("circle", point));
}

function hatch() {
  const ground = svgElement("rect", { width: 7, height: 7, fill: "#f3f3f1" });
  const line = svgElement("line", { y2: 7, stroke: "#767676", "stroke-width": 3 });
  const size = { width: 7, height: 7, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" };
  const pattern = svgElement("pattern", { id: "hsc-hatch", ...size }, ground, line);
  const svg = svgElement("svg", { width: 0, height: 0, "aria-hidden": "true" }, svgElement("defs", {}, pattern), svgElement("defs", { id: "hsc-dots" }));
  svg.style.position = "absolute";
  return svg;
}
