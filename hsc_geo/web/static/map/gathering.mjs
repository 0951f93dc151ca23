/* Which visible initiatives stand where. Pure: the initiatives come as columns of equal length (`initiative_features`
 * in Python) and are named here by their position in them.
 */

/** Whether the bit of a position is set in a mask in base64, the first in the lowest bit of the first byte. */
export function bits(text) {
  const raw = atob(text || "");
  return (position) => ((raw.charCodeAt(position >> 3) >> (position & 7)) & 1) === 1;
}

/** The features of a collection by the code of their area. */
export function byCode(geo) {
  return Object.fromEntries(geo.features.map((feature) => [feature.properties.area_code, feature]));
}

/** The features of one level, as a collection. */
export function ofLevel(geo, level) {
  return { type: "FeatureCollection", features: geo.features.filter((each) => each.properties.level === level) };
}

/** The areas that an initiative without a place is known to; where only districts are drawn, those around it. */
export function knownTo(people, position, level, features) {
  if (level !== "district") return people.exact[position];
  return people.serves[position].filter((code) => features[code]?.properties.level === "district");
}

/**
 * What the visible initiatives come to.
 * places: each point with the initiatives at it. onlyArea: area code -> initiatives known to it and to no place.
 * perArea: area code -> how many serve it. wide: how many are for the whole city or region, which count in no area.
 */
export function gather(people, state, features) {
  const found = { places: new Map(), onlyArea: {}, perArea: {}, wide: 0 };
  const visible = bits(state.visible);
  people.ids.forEach((_, position) => {
    if (visible(position)) add(found, people, position, knownTo(people, position, state.level, features));
  });
  return { ...found, places: [...found.places.values()] };
}

function add(found, people, position, areas) {
  if (people.wide[position]) found.wide += 1;
  for (const code of people.serves[position]) found.perArea[code] = (found.perArea[code] || 0) + 1;
  for (const at of people.points[position]) addAt(found.places, at, position);
  if (people.points[position].length) return;
  for (const code of areas) (found.onlyArea[code] ||= []).push(position);
}

function addAt(places, at, position) {
  const key = at.join();
  if (!places.has(key)) places.set(key, { at, members: [] });
  places.get(key).members.push(position);
}
