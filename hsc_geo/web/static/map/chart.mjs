/* The map as a whole: what it fetched, the state that it shows, and the parts that draw.
 *
 * The map's own script never changes: it calls hsc.start once. What changes (classes, texts, which initiatives are
 * visible) comes as one small hsc.update. Geometry and initiatives are fetched once from our own host and cached.
 * Text from data only ever becomes a text node, never HTML.
 */
import { target } from "./aim.mjs";
import { Areas } from "./areas.mjs";
import { Clicks } from "./clicks.mjs";
import { element } from "./dom.mjs";
import { fetchAll } from "./fetching.mjs";
import { byCode, gather } from "./gathering.mjs";
import { dot, furnish } from "./ground.mjs";
import { Marks } from "./marks.mjs";
import { Names } from "./names.mjs";
import { Outlines } from "./outlines.mjs";
import { Places } from "./places.mjs";
import { View } from "./view.mjs";

export class Chart {
  /**
   * @param {L.Map} map the empty map
   * @param {object} config what no choice changes: bounds, addresses, focus areas, credits
   * @param {{areas: L.FeatureGroup, places: L.FeatureGroup}} groups on the map already, empty: clicks on them are heard
   */
  constructor(map, config, groups) {
    this.map = map;
    this.config = config;
    this.state = null;
    this.people = null; // the initiatives, as columns
    this.updates = 0;
    furnish(map, config);
    this.addParts(groups);
    map.on("zoomend", () => this.rearrange());
    fetchAll([config.areas, config.initiatives]).then((parts) => this.load(...parts), () => this.tellFailure());
  }

  addParts(groups) {
    const { map, config } = this;
    const clicks = new Clicks();
    this.view = new View(map, config);
    this.areas = new Areas(groups.areas, clicks, Boolean(config.tiles));
    this.outlines = new Outlines(map, config);
    this.places = new Places(map, groups.places, clicks);
    this.marks = new Marks(map);
    this.names = new Names(map, config.focus);
  }

  /** Take what was fetched, and draw it when there is a state. */
  load(geo, people) {
    this.people = people;
    this.features = byCode(geo);
    this.areas.load(geo);
    this.outlines.load(geo, this.features);
    this.render();
  }

  /** Show a state. */
  update(state) {
    this.state = state;
    this.view.speak(state);
    this.render();
    this.updates += 1;
    setTimeout(() => this.view.setHeight(), 0); // after streamlit-folium has set the height that Python asked
  }

  render() {
    const { state, people, features } = this;
    if (!state || !people) return;
    if (this.config.hero) this.view.aim(state.selected, target(state.selected, features, people));
    else this.view.look(state.sight || []);
    this.found = gather(people, state, features);
    dot((state.doubt || []).length ? state.colors : []);
    this.areas.draw(state, this.found);
    this.outlines.draw(state, features);
    this.places.draw(state, this.found, people);
    this.marks.draw(state, this.found);
    this.names.draw(state, this.found, features, this.places.boxes());
    this.map.getContainer().dataset.ready = "yes";
  }

  /** After a zoom: what stands close together, and which names have room, is another. */
  rearrange() {
    const { state, found, people, features } = this;
    if (!found) return;
    this.places.draw(state, found, people);
    this.names.draw(state, found, features, this.places.boxes());
  }

  tellFailure() {
    this.map.getContainer().append(element("p", "hsc-failed", this.state ? this.state.words.failed : ""));
  }
}
