/* Places close to each other become one circle with their number. Pure. */
const CELL = 44; // pixels: places in one square of this size are drawn as one circle
const FEW = 60; // fewer places than this each have a circle of their own

/** The places of each circle. project: [latitude, longitude] -> {x, y} in pixels at the zoom of the map. */
export function cells(places, project) {
  if (places.length < FEW) return places.map((place) => [place]);
  const found = new Map();
  for (const place of places) {
    const { x, y } = project(place.at);
    const key = `${Math.floor(x / CELL)}:${Math.floor(y / CELL)}`;
    if (!found.has(key)) found.set(key, []);
    found.get(key).push(place);
  }
  return [...found.values()];
}

/** The initiatives at some places; one with two places among them counts once. */
export function membersOf(places) {
  return [...new Set(places.flatMap((place) => place.members))];
}

/** [latitude, longitude] of the middle of some places. */
export function middle(places) {
  const mean = (axis) => places.reduce((sum, place) => sum + place.at[axis] / places.length, 0);
  return [mean(0), mean(1)];
}

/** The width in pixels of a circle for so many initiatives. */
export function diameter(count) {
  return count > 1 ? Math.min(40, 20 + 4 * Math.log2(count)) : 16;
}

/** What the circle of some places shows. people: the initiatives as columns; selected: the id in the panel, or ''. */
export function circle(places, people, selected) {
  const members = membersOf(places);
  const ids = members.map((position) => people.ids[position]);
  return {
    at: middle(places),
    members,
    ids,
    size: diameter(members.length),
    label: members.length > 1 ? String(members.length) : "",
    wide: members.every((position) => people.wide[position]),
    chosen: ids.includes(selected),
  };
}
