import assert from "node:assert/strict";
import { test } from "node:test";
import { roomBeside, target } from "../../hsc_geo/web/static/map/aim.mjs";

const square = (level, low, high) => ({
  properties: { level },
  geometry: { type: "Polygon", coordinates: [[[low, low], [high, low], [high, high], [low, high], [low, low]]] },
});
const FEATURES = {
  GM: square("municipality", 0, 10),
  WK: square("district", 1, 2),
  TWO: { properties: { level: "neighbourhood" }, geometry: { type: "MultiPolygon",
    coordinates: [square("", 1, 2).geometry.coordinates, square("", 4, 5).geometry.coordinates] } },
};
const PEOPLE = { ids: ["A", "B", "C"], points: [[[52.1, 4.5]], [[52.1, 4.5], [52.2, 4.6]], []] };

const holds = ([[south, west], [north, east]], lat, lng) => south < lat && lat < north && west < lng && lng < east;

test("an area is shown with a little room around it", () => {
  const bounds = target("WK", FEATURES, PEOPLE);
  assert.ok(holds(bounds, 1, 1) && holds(bounds, 2, 2));
  assert.ok(!holds(bounds, 0.5, 0.5) && !holds(bounds, 3, 3));
});

test("an area of several parts is shown whole", () => {
  const bounds = target("TWO", FEATURES, PEOPLE);
  assert.ok(holds(bounds, 1, 1) && holds(bounds, 5, 5));
});

test("an initiative is shown with all its places, one place with the streets around it", () => {
  const one = target("A", FEATURES, PEOPLE);
  assert.ok(holds(one, 52.1, 4.5) && holds(one, 52.103, 4.505));
  const both = target("B", FEATURES, PEOPLE);
  assert.ok(holds(both, 52.1, 4.5) && holds(both, 52.2, 4.6));
});

test("the city, what has no place and what is not known show the whole city", () => {
  for (const selected of ["GM", "C", "", "nobody"]) assert.equal(target(selected, FEATURES, PEOPLE), null);
});

test("the legend lies at the left of a wide screen and below on a narrow one, where the panel covers more", () => {
  assert.deepEqual(roomBeside(1280, false, false), { padding: [6, 6] });
  const wide = roomBeside(1280, true, false);
  assert.ok(wide.paddingTopLeft[0] > 250 && wide.paddingBottomRight[1] < 50);
  const [narrow, near] = [roomBeside(390, true, false), roomBeside(390, true, true)];
  assert.ok(narrow.paddingTopLeft[0] < 10 && narrow.paddingBottomRight[1] > 100);
  assert.ok(near.paddingBottomRight[1] >= narrow.paddingBottomRight[1]);
});
