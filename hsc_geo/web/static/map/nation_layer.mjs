/* Tiles of the nation on the map: fetched once, kept, and painted anew where what they show changes. */
import { decode } from "./nation_tile.mjs";
import { ground, sideOf } from "./nation_paint.mjs";

export const SIZE = 512; // pixels of a tile at its own zoom
export const ZOOMS = { minNativeZoom: 6, maxNativeZoom: 12 };
const KEPT = 96; // tiles

/** The geometry of tiles by level and place, the latest kept. template: their address with {level}, {z}, {x} and {y}. */
export class Geometry {
  constructor(template, ask = (address) => fetch(address)) {
    this.template = template;
    this.ask = ask;
    this.kept = new Map();
  }

  /** The areas of a tile, once they are there. coords: of Leaflet, whose zoom is one more than that of a tile of 512. */
  get(level, { z, x, y }) {
    const key = [level, z, x, y].join("/");
    const found = this.kept.get(key) || this.fetched(level, z - 1, x, y);
    this.kept.delete(key);
    this.kept.set(key, found); // the last one is the latest
    found.catch(() => this.kept.delete(key));
    for (const old of [...this.kept.keys()].slice(0, -KEPT)) this.kept.delete(old);
    return found;
  }

  async fetched(level, z, x, y) {
    const values = { level, z, x, y };
    const answer = await this.ask(this.template.replace(/\{(\w+)\}/g, (_, name) => values[name]));
    if (answer.status === 204 || answer.status === 404) return [];
    if (!answer.ok) throw new Error(`tile ${level} ${z}/${x}/${y}: ${answer.status}`);
    return decode(await answer.json());
  }
}

/**
 * A layer of canvases. load(coords): what a tile shows, as a promise; paint(brush, shown): draws it; blank(shown):
 * whether there is nothing to draw, so that its canvas takes no memory.
 * `again()` paints all that are there once more; `settled` is what to do when every tile in sight is painted.
 */
export function canvasLayer({ pane, load, paint, blank, settled = () => {} }) {
  const tiles = new Map(); // canvas -> {coords, shown}
  const layer = L.gridLayer({ pane, tileSize: SIZE, ...ZOOMS, keepBuffer: 1, updateWhenZooming: false });

  function draw(canvas, { coords, shown }) {
    if (blank(shown)) {
      canvas.width = canvas.height = 0;
      return;
    }
    const wide = widthOf(coords);
    paint(ground(canvas, sideOf(wide), wide), shown);
  }

  /** How wide a tile stands on the page, in pixels. */
  function widthOf({ z }) {
    return SIZE * layer._map.getZoomScale(layer._map.getZoom(), z);
  }

  layer.createTile = (coords, done) => {
    const canvas = document.createElement("canvas");
    load(coords).then(
      (shown) => {
        if (!layer._map) return;
        tiles.set(canvas, { coords, shown });
        draw(canvas, tiles.get(canvas));
        done(null, canvas);
      },
      (fault) => done(fault, canvas),
    );
    return canvas;
  };
  layer.again = () => tiles.forEach((tile, canvas) => draw(canvas, tile));
  layer.sharpen = () => {
    for (const [canvas, tile] of tiles) {
      const other = canvas.width && canvas.width !== sideOf(widthOf(tile.coords));
      if (other && tile.coords.z === layer._tileZoom) draw(canvas, tile);
    }
  };
  layer.on("tileunload", ({ tile }) => tiles.delete(tile));
  layer.on("load", settled);
  return layer;
}
