/* A tile of the nation: its areas on a grid of GRID by GRID, which of them lies at a point, classes by number. Pure. */
export const GRID = 2048;
export const NONE = 255; // in the place of a class: the area has no figure

/** The areas of a tile as {number, rings, box}: rings as [x, y, x, y, ...] on the grid, box as [left, top, right, bottom]. */
export function decode(tile) {
  return tile.areas.map(([number, rings]) => {
    const drawn = rings.map(points);
    return { number, rings: drawn, box: around(drawn) };
  });
}

/** From a first point and steps to points. */
function points(steps) {
  const found = new Int32Array(steps.length);
  for (let i = 0; i < steps.length; i += 1) found[i] = steps[i] + (i > 1 ? found[i - 2] : 0);
  return found;
}

function around(rings) {
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  for (const ring of rings) {
    for (let i = 0; i < ring.length; i += 2) {
      box[0] = Math.min(box[0], ring[i]);
      box[1] = Math.min(box[1], ring[i + 1]);
      box[2] = Math.max(box[2], ring[i]);
      box[3] = Math.max(box[3], ring[i + 1]);
    }
  }
  return box;
}

/** The number of the area at a point of the grid, null for none. */
export function areaAt(areas, x, y) {
  const found = areas.find(({ box, rings }) => x >= box[0] && x <= box[2] && y >= box[1] && y <= box[3] && inside(rings, x, y));
  return found ? found.number : null;
}

/** Whether a point lies within rings, where a ring in a ring is a hole. */
export function inside(rings, x, y) {
  let within = false;
  for (const ring of rings) {
    for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2) {
      if (ring[i + 1] > y === ring[j + 1] > y) continue;
      if (x < ((ring[j] - ring[i]) * (y - ring[i + 1])) / (ring[j + 1] - ring[i + 1]) + ring[i]) within = !within;
    }
  }
  return within;
}

/** Where a point of the world lies, in pixels of a zoom: {x, y} of its tile and {left, top} on the grid of that. */
export function place(point, size) {
  const [x, y] = [Math.floor(point.x / size), Math.floor(point.y / size)];
  return { x, y, left: ((point.x - x * size) / size) * GRID, top: ((point.y - y * size) / size) * GRID };
}

/** The class of each area by its number, from base64 of a byte an area. */
export function classesOf(text) {
  const raw = atob(text);
  return Uint8Array.from(raw, (letter) => letter.charCodeAt(0));
}
