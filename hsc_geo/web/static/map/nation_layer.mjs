/* Tiles of the nation on the map: fetched once, kept, and painted anew where what they show changes. */
import { Kept } from "./fetching.mjs";
import { decode } from "./nation_tile.mjs";
import { ground, sideOf } from "./nation_paint.mjs";

export const SIZE = 512; // pixels of a tile at its own zoom
export const ZOOMS = { minNativeZoom: 6, maxNativeZoom: 12 };
const KEPT = 96; // tiles

/** The geometry of tiles by level and place, the latest kept. template: their address with {level}, {z}, {x} and {y}. */
export class Geometry {
  constructor(template, ask = (address) => fetch(address), now = Date.now) {
    this.template = template;
    this.ask = ask;
    this.kept = new Kept(KEPT, now);
  }

  /** The areas of a tile, once they are there. coords: of Leaflet, whose zoom is one more than that of a tile of 512. */
  get(level, { z, x, y }) {
    return this.kept.get([level, z, x, y].join("/"), () => this.fetched(level, z - 1, x, y));
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
 * `again()` paints all that are there once more, `retry()` asks again for those that failed, `whole()` says whether none
 * did; `settled` is what to do when every tile in sight is painted or has failed.
 */
export function canvasLayer({ pane, load, paint, blank, settled = () => {} }) {
  const tiles = new Map(); // canvas -> {coords, done, shown: null until it is there, failed}
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

  function ask(canvas) {
    const tile = tiles.get(canvas);
    const come = (shown, fault) => {
      if (!tiles.has(canvas)) return; // it was unloaded meanwhile
      Object.assign(tile, { shown, failed: Boolean(fault) });
      if (shown) draw(canvas, tile);
      tile.done(fault, canvas);
    };
    tile.failed = false;
    load(tile.coords).then(
      (shown) => come(shown, null),
      (fault) => come(null, fault),
    );
  }

  layer.createTile = (coords, done) => {
    const canvas = document.createElement("canvas");
    tiles.set(canvas, { coords, done, shown: null, failed: false });
    ask(canvas);
    return canvas;
  };
  layer.again = () => tiles.forEach((tile, canvas) => tile.shown && draw(canvas, tile));
  layer.retry = () => tiles.forEach((tile, canvas) => tile.failed && ask(canvas));
  layer.whole = () => ![...tiles.values()].some((tile) => tile.failed);
  layer.sharpen = () => {
    for (const [canvas, tile] of tiles) {
      const other = tile.shown && canvas.width && canvas.width !== sideOf(widthOf(tile.coords));
      if (other && tile.coords.z === layer._tileZoom) draw(canvas, tile);
    }
  };
  layer.on("tileunload", ({ tile }) => tiles.delete(tile));
  layer.on("load", settled);
  return layer;
}
