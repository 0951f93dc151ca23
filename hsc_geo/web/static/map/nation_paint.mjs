/* How a tile of the nation is painted on a canvas. */
import { GRID, NONE } from "./nation_tile.mjs";

const SEAM = 0.8; // pixels: what an area is wider than its shape, so that no ground shows between two
const MOST = 1536; // pixels of a side of a canvas
const HATCH = { ground: "#f3f3f1", line: "#767676" };

/** The pixels of a side of a tile that is shown as wide as `shown` pixels of the page. */
export function sideOf(shown) {
  return Math.min(MOST, Math.round(shown * (window.devicePixelRatio || 1)));
}

/** A clean canvas of so many pixels a side, on which is drawn in units of the grid; unit: a pixel of the page, in these. */
export function ground(canvas, side, shown) {
  canvas.width = side; // also wipes it
  canvas.height = side;
  const context = canvas.getContext("2d");
  context.scale(side / GRID, side / GRID);
  context.lineJoin = "round";
  return { context, unit: GRID / shown };
}

/** The outline of an area, made once. */
export function pathOf(area) {
  if (!area.path) {
    area.path = new Path2D();
    for (const ring of area.rings) {
      area.path.moveTo(ring[0], ring[1]);
      for (let i = 2; i < ring.length; i += 2) area.path.lineTo(ring[i], ring[i + 1]);
      area.path.closePath();
    }
  }
  return area.path;
}

/** Fill every area in the colour of its class, hatched without one; then the lines between, `width` pixels wide.
 * hatch: how far its lines are apart, in pixels. */
export function fill({ context, unit }, areas, { colors, classes }, { width, hatch: size }) {
  const hatch = hatching(context, unit, size);
  context.lineWidth = SEAM * unit;
  for (const area of areas) {
    const number = classes[area.number];
    const style = number === NONE || number === undefined ? hatch : colors[number];
    context.fillStyle = style;
    context.strokeStyle = style;
    context.fill(pathOf(area), "evenodd");
    context.stroke(pathOf(area));
  }
  if (!width) return;
  context.strokeStyle = "#ffffff";
  context.lineWidth = width * unit;
  for (const area of areas) context.stroke(pathOf(area));
}

/** Lines round some areas: {color, weight, dash} from below to above. */
export function outline({ context, unit }, areas, lines) {
  for (const { color, weight, dash } of lines) {
    context.strokeStyle = color;
    context.lineWidth = weight * unit;
    context.lineCap = dash ? "round" : "butt";
    context.setLineDash((dash || []).map((part) => part * unit));
    for (const area of areas) context.stroke(pathOf(area));
  }
  context.setLineDash([]);
}

function hatching(context, unit, size) {
  const scale = window.devicePixelRatio || 1;
  const cell = document.createElement("canvas");
  cell.width = cell.height = Math.round(size * 1.414 * scale);
  const brush = cell.getContext("2d");
  brush.fillStyle = HATCH.ground;
  brush.fillRect(0, 0, cell.width, cell.width);
  brush.strokeStyle = HATCH.line;
  brush.lineWidth = size * 0.3 * scale;
  for (const from of [-1, 0, 1]) {
    brush.beginPath();
    brush.moveTo(from * cell.width - 2, cell.width + 2);
    brush.lineTo((from + 1) * cell.width + 2, -2);
    brush.stroke();
  }
  const pattern = context.createPattern(cell, "repeat");
  pattern.setTransform(new DOMMatrix().scale(unit / scale));
  return pattern;
}
