/* Which names stand on the map, how large they are, and where there is room for one. Pure; sizes are in pixels. */
const DETAIL = 15; // from this zoom on, neighbourhoods have names too
const LINE = 21; // letters in a line, about
const HIGH = 16; // of a line
const WIDEST = 150; // as in map.css
// Where a name may stand round its anchor, in half sizes of the label; the last ones are for an area full of circles.
const SPOTS = [
  [0, 0], [0, 1], [0, -1], [0.4, 0], [-0.4, 0], [0.4, 1], [-0.4, 1], [0.4, -1], [-0.4, -1], [0.8, 0], [-0.8, 0],
  [0, 1.9], [0, -1.9], [0.8, 1.5], [-0.8, -1.5], [-0.8, 1], [0.8, 1], [-0.8, -1], [0.8, -1],
  [-0.8, 1.9], [0.8, 1.9], [-0.8, -1.9], [0.8, -1.9],
];

/** The names of focus areas in a language, by area code. */
export function focusNames(focus, lang) {
  return Object.fromEntries(focus.map((each) => [each.code, each[`label_${lang}`]]));
}

/** What the view says of an area in a sign or a word, so that colour is not the only bearer of it; '' for nothing. */
export function signOf(state, properties) {
  return (properties.level === state.level && state.signs?.[properties.area_code]) || "";
}

/**
 * What is to be written for each area that may have a name, what matters most first: a sign, a focus district, a
 * district, the rest. context: {state, onlyArea, focus, zoom}, focus by area code.
 */
export function labels(features, context) {
  return Object.entries(features)
    .filter(([, feature]) => feature.properties.anchor)
    .map(([code, { properties }]) => label(code, properties, context))
    .filter((each) => each && (each.text || each.only || each.sign))
    .sort((a, b) => a.rank - b.rank || (a.code < b.code ? -1 : 1));
}

function label(code, properties, { state, onlyArea, focus, zoom }) {
  const district = properties.level === "district";
  if (!district && state.level === "district") return null;
  const only = onlyArea[code]?.length || 0;
  const sign = signOf(state, properties);
  const text = district || zoom >= DETAIL ? focus[code] || properties.name : "";
  const rank = sign ? 0 : focus[code] ? 1 : district ? 2 : 3;
  const own = { code, anchor: properties.anchor, text, only, sign, rank, district, focus: Boolean(focus[code]) };
  return { ...own, ...sizeOf(own) };
}

/** The width and height that a label takes, about: before it is drawn nobody knows. */
export function sizeOf({ text, only, sign, focus }) {
  const word = sign.length > 1 ? sign.length : 0; // a word in place of a sign
  const more = (only ? 20 : 0) + (sign ? 20 + 6 * word : 0);
  if (!text) return { wide: more + 4, high: HIGH };
  const lines = Math.ceil((text.length + (only ? 4 : 0) + word) / LINE);
  return { wide: (text.length / lines) * (focus ? 7.2 : 6.3) + more + 6, high: lines * HIGH };
}

/** The first of a few spots round an anchor where a label covers no box: {at: [x, y], box}, or null. */
export function freeSpot(anchor, { wide, high }, taken) {
  const w = Math.min(wide, WIDEST) / 2;
  const h = high / 2;
  for (const [right, down] of SPOTS) {
    const at = [anchor.x + right * w, anchor.y + down * (h + 6)];
    const box = [at[0] - w, at[1] - h, at[0] + w, at[1] + h];
    if (!taken.some((other) => overlap(box, other))) return { at, box };
  }
  return null;
}

/** Whether two boxes [left, top, right, bottom] cover each other; touching is not covering. */
export function overlap(a, b) {
  return a[0] < b[2] && a[2] > b[0] && a[1] < b[3] && a[3] > b[1];
}
