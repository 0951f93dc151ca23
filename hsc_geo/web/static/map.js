/* The map of hsc_geo, inside streamlit-folium's frame: what is called there before the map's module is loaded.
 *
 * streamlit-folium adds this as a classic script, calls hsc.start at once and hsc.update at every change, and listens
 * to clicks on the groups that are on the map when that call returns. So the groups that can be clicked are made here,
 * still empty. Of the updates that come before the module the newest is kept: each says all.
 */
(() => {
  "use strict";

  // Beside this script: its address has the same version. What follows a # in that says that the map is of the country.
  const module = document.currentScript.src.endsWith("#nation") ? import("./map/nation.mjs") : import("./map/chart.mjs");
  module.catch(() => {}); // told on the map, once it is started
  let chart = null;
  let newest = null;

  function tellFailure(map) {
    const note = document.createElement("p");
    note.className = "hsc-failed";
    note.textContent = newest ? newest.words.failed : "";
    map.getContainer().append(note);
  }

  window.hsc = {
    /** Start the map. config: what `map_config` and `base_map` in Python make. */
    start(map, config) {
      const groups = { areas: L.featureGroup().addTo(map), places: L.featureGroup().addTo(map) };
      const draw = ({ Chart }) => {
        chart = window.hscMap = new Chart(map, config, groups);
        if (newest) chart.update(newest);
      };
      module.then(draw, () => tellFailure(map));
    },

    /** Show a state: a `MapUpdate` or `NationUpdate` of Python's. */
    update(state) {
      newest = state;
      if (chart) chart.update(state);
    },
  };
})();
