/* How areas and lines are drawn, as options of Leaflet's paths. Pure. */
export const INK = "#1c2530";
export const HATCH = "url(#hsc-hatch)"; // of an area without a figure: the pattern of ground.mjs
export const UNDER_POINTER = { weight: 3, color: INK };
export const DISTRICT_LINE = { fill: false, color: INK, weight: 1.6, opacity: 0.75 };
export const SELECTED_LINE = { color: INK, weight: 4, dashArray: "1 7", lineCap: "round", fill: false };
export const FOCUS_LINES = [
  { fill: false, color: "#ffffff", weight: 6, opacity: 0.95 },
  { fill: false, color: "#b3400a", weight: 3 },
];
// A double line, so that it differs from the others by more than its colour.
export const OWN_LINES = [
  { fill: false, color: "#5f3b94", weight: 6 },
  { fill: false, color: "#ffffff", weight: 2 },
];
const NO_FIGURE = "#d8dee4"; // of all areas when no figure is drawn

/** The pattern of ground.mjs of an area that is not distinguishable from the city, over the colour of its class. */
export const dots = (number) => `url(#${dotsId(number)})`;
export const dotsId = (number) => `hsc-dots-${number}`;

/** The style of an area. tiles: whether a background lies under it. */
export function areaStyle(state, code, tiles) {
  const weight = state.level === "neighbourhood" ? 0.8 : 1.4;
  return { color: "#ffffff", weight, opacity: 1, ...fillOf(state, code, tiles) };
}

function fillOf({ colors, classes, doubt, theme }, code, tiles) {
  if (!colors.length) return { fillColor: NO_FIGURE, fillOpacity: 0.45 };
  const known = Object.hasOwn(classes, code);
  const dotted = known && (doubt || []).includes(code);
  const fillColor = dotted ? dots(classes[code]) : known ? colors[classes[code]] : HATCH;
  // On a dark ground a veil would turn the colours into others than those of the legend.
  return { fillColor, fillOpacity: tiles && theme !== "dark" ? 0.86 : 1 };
}
