/* What the map of the nation writes: an area with its figure, and which names stand on it. Pure. */
const LOCALES = { nl: "nl-NL", en: "en-GB" };
const NAMED = [[7, 5], [8, 12], [9, 30], [10, 90]]; // from each zoom on so many names at most

/** A value with its unit, or why there is none. told: {lang, decimals, suffix, missing} of the state. */
export function figureText(value, status, { lang, decimals, suffix, missing }) {
  if (value === null || value === undefined) return missing[status] || missing.not_published;
  const digits = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
  return `${new Intl.NumberFormat(LOCALES[lang], digits).format(value).replace("-", "\u2212")}${suffix}`;
}

/** Lines of a tooltip, as in tips.mjs. about: {name, within} of the area; figure: '' as long as it is not known. */
export function nationLines({ name, within }, title, figure) {
  const where = within && within !== name ? [{ text: within }] : [];
  return [{ text: name, strong: true }, ...where, ...(figure ? [{ text: `${title}: ${figure}` }] : [])];
}

/** How many names the map has room for at a zoom. */
export function namesAt(zoom) {
  return NAMED.reduce((most, [from, many]) => (zoom >= from ? many : most), 0);
}

/** The lines of a level at a zoom, in pixels: how wide those between areas are (0 where they would cover what they part),
 * and how far those of the hatching lie apart. */
export function linesAt(level, zoom) {
  const [thin, wide] = { municipality: [0, 8], district: [8.5, 10.5], neighbourhood: [10.5, 12] }[level];
  return { width: zoom < thin ? 0 : zoom < wide ? 0.6 : 1.1, hatch: zoom < 9 ? 3.5 : 7 };
}
