/* The part of the city in sight, the height of the frame, and what a screen reader is told. */

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

  /** Show the whole city. */
  fit() {
    this.fitted = this.map.getSize().x;
    this.map.fitBounds(this.config.bounds, { padding: [6, 6], animate: false });
  }

  /** On a phone the map is as high as the city needs, not as high as on a screen. */
  setHeight() {
    const high = Math.min(this.config.height, Math.round(document.documentElement.clientWidth * 1.3));
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
