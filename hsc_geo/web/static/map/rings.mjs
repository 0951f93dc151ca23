/* The distance around places. Pure. */

/**
 * The rings of a state, as {at, radius} in metres: around each place where the view is about distance, and around a
 * mark (a place that does not exist) with a distance of its own.
 */
export function rings(places, { radius, marks = [] }) {
  const around = [...(radius ? places : []), ...marks];
  return around.map((each) => ({ at: each.at, radius: each.radius || radius })).filter((ring) => ring.radius);
}
