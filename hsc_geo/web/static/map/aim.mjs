/* What part of the map is looked at: the whole city, or what is selected from nearby. Pure. */
const AROUND = 0.12; // of the size of an area, on each side of it
const LEAST = 0.004; // degrees from the middle to a side: less shows no street to find a place by
// In pixels: the legend on the map, and the width from which it lies at the left. On less it lies below, and the panel
// comes up over it.
const KEY = { wide: 290, high: 205, covered: 215, left: 1000 };

/** [[south, west], [north, east]] of what is selected with some room around it; null for the whole city. */
export function target(selected, features, people) {
  const feature = features[selected];
  if (feature) return feature.properties.level === "municipality" ? null : around(corners(feature.geometry.coordinates));
  const position = people.ids.indexOf(selected);
  const points = position < 0 ? [] : people.points[position].map(([lat, lng]) => [lng, lat]);
  return points.length ? around(points) : null;
}

/** All [longitude, latitude] of coordinates of GeoJSON, however deep they lie. */
function corners(coordinates) {
  return typeof coordinates[0] === "number" ? [coordinates] : coordinates.flatMap(corners);
}

function around(points) {
  const [west, east] = widened(points.map(([lng]) => lng), 1.6); // a degree of longitude is shorter here
  const [south, north] = widened(points.map(([, lat]) => lat), 1);
  return [[south, west], [north, east]];
}

function widened(values, times) {
  const low = Math.min(...values);
  const high = Math.max(...values);
  const half = Math.max((high - low) * (0.5 + AROUND), LEAST * times);
  return [(low + high) / 2 - half, (low + high) / 2 + half];
}

/** The room to leave around what is looked at, as options of Leaflet's fitBounds: in a hero the legend lies on the map,
 * at the left or, on a screen of less width, below (as in page.css of the map page). near: something is selected. */
export function roomBeside(screen, hero, near) {
  if (!hero) return { padding: [6, 6] };
  if (screen >= KEY.left) return { paddingTopLeft: [KEY.wide, 12], paddingBottomRight: [12, 24] };
  return { paddingTopLeft: [6, 6], paddingBottomRight: [6, near ? KEY.covered : KEY.high] };
}
