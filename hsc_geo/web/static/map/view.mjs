/* The part of the city in sight, the height of the frame, and what a screen reader is told. */
import { roomBeside } from "./aim.mjs";

export class View {
  constructor(map, config) {
    this.map = map;
    this.config = config;
    this.box = map.getContainer();
    this.box.setAttribute("role", "region");
    // Leaflet focuses the map at the first press; if the page then scrolled, the press would miss its mark.
    this.box.focus = () => HTMLElement.prototype.focus.call(this.box, { preventScroll: true });
    // One finger scrolls the page, two move the map.
    if (L.Browser.touch && window.innerWidth < 700) map.dragging.disable();
    if (config.hero) map.zoomControl.setPosition("topright"); // at the left lies the legend
    this.fit();
    this.listen();
  }

  listen() {
    this.map.on("resize", () => {
      if (this.map.getSize().x !== this.fitted) this.fit();
    });
    window.addEventListener("resize", () => {
      this.map.invalidateSize({ animate: false });
      this.setHeight();
    });
  }

  /** Show what is aimed at, or the whole city. */
  fit() {
    this.fitted = this.map.getSize().x;
    const room = roomBeside(window.parent.innerWidth, this.config.hero, Boolean(this.aimed));
    this.map.fitBounds(this.aimed || this.config.bounds, { ...room, maxZoom: this.config.nearest || 16, animate: false });
  }

  /** Look at [[south, west], [north, east]], or at the whole city; `key` names it: the same one is not aimed at again. */
  aim(key, bounds) {
    if (key === this.aimedAt) return;
    const first = this.aimedAt === undefined;
    this.aimedAt = key;
    this.aimed = bounds;
    if (first && !bounds) return;
    this.fit();
    if (!first) this.come();
  }

  /** The same for a map that stands beside its list, which stays where it is; no corners for the whole city. */
  look(corners) {
    const key = JSON.stringify(corners);
    if (key === this.aimedAt) return;
    const first = this.aimedAt === undefined;
    this.aimedAt = key;
    this.aimed = corners.length ? corners : undefined;
    if (this.aimed || !first) this.fit();
  }

  /** Into sight, where what is beside the map has changed; on a phone the panel leaves only the upper part of the screen. */
  come() {
    const narrow = window.parent.innerWidth < 700 && this.aimed;
    window.frameElement?.scrollIntoView({ block: narrow ? "start" : "nearest" });
  }

  /** A hero is as high as its page made the frame. On a phone another map is as high as the city needs. */
  setHeight() {
    const wanted = Math.min(this.config.height, Math.round(document.documentElement.clientWidth * 1.3));
    const high = this.config.hero ? window.innerHeight : wanted;
    if (high !== this.high) {
      this.high = high;
      this.box.style.height = `${high}px`;
      this.map.invalidateSize({ animate: false });
      this.fit();
    }
    window.Streamlit?.setFrameHeight(high);
  }

  /** Language, theme, and names of the map and its buttons. */
  speak({ lang, theme, words }) {
    document.documentElement.lang = lang;
    document.documentElement.dataset.theme = theme;
    this.box.setAttribute("aria-label", words.map);
    const zoom = this.map.zoomControl;
    name(zoom._zoomInButton, words.zoomIn);
    name(zoom._zoomOutButton, words.zoomOut);
  }
}

function name(button, text) {
  button.title = text;
  button.setAttribute("aria-label", text);
}
