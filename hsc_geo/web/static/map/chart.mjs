/* The map of hsc_geo, inside streamlit-folium's frame.
 *
 * The map's own script never changes: it calls hsc.start once. What changes (classes, texts, which initiatives are
 * visible) comes as one small hsc.update. Geometry and initiatives are fetched once from our own host and cached.
 * Text from data only ever becomes a text node, never HTML.
 */
(function () {
  "use strict";

  var CELL = 44; // pixels: places closer than this are drawn as one circle with their number
  var INK = "#1c2530";
  // Where a name may stand round its anchor, in half sizes of the label; the last ones are for an area full of circles.
  var SPOTS = [
    [0, 0], [0, 1], [0, -1], [0.4, 0], [-0.4, 0], [0.4, 1], [-0.4, 1], [0.4, -1], [-0.4, -1], [0.8, 0], [-0.8, 0],
    [0, 1.9], [0, -1.9], [0.8, 1.5], [-0.8, -1.5], [-0.8, 1], [0.8, 1], [-0.8, -1], [0.8, -1],
    [-0.8, 1.9], [0.8, 1.9], [-0.8, -1.9], [0.8, -1.9],
  ];

  function el(tag, className, text) {
    var node = document.createElement(tag);
    if (className) node.className = className;
    if (text !== undefined) node.textContent = text;
    return node;
  }

  function addPatterns() {
    var ns = "http://www.w3.org/2000/svg";
    var svg = document.createElementNS(ns, "svg");
    svg.setAttribute("width", "0");
    svg.setAttribute("height", "0");
    svg.setAttribute("aria-hidden", "true");
    svg.style.position = "absolute";
    var pattern = document.createElementNS(ns, "pattern");
    pattern.id = "hsc-hatch";
    pattern.setAttribute("width", "7");
    pattern.setAttribute("height", "7");
    pattern.setAttribute("patternUnits", "userSpaceOnUse");
    pattern.setAttribute("patternTransform", "rotate(45)");
    var ground = document.createElementNS(ns, "rect");
    ground.setAttribute("width", "7");
    ground.setAttribute("height", "7");
    ground.setAttribute("fill", "#f3f3f1");
    var line = document.createElementNS(ns, "line");
    line.setAttribute("y2", "7");
    line.setAttribute("stroke", "#767676");
    line.setAttribute("stroke-width", "3");
    pattern.appendChild(ground);
    pattern.appendChild(line);
    var defs = document.createElementNS(ns, "defs");
    defs.appendChild(pattern);
    svg.appendChild(defs);
    document.body.appendChild(svg);
  }

  function bits(text) {
    var raw = atob(text || "");
    return function (i) {
      return (raw.charCodeAt(i >> 3) >> (i & 7)) & 1;
    };
  }

  function fill(template, n) {
    return template.replace("{n}", n);
  }

  function HscMap(map, config) {
    this.map = map;
    this.config = config;
    this.state = null;
    this.geo = null;
    this.people = null;
    this.clicks = 0;
    this.byCode = {};
    this.prepare();
    this.fetch();
  }

  HscMap.prototype.prepare = function () {
    var map = this.map;
    var self = this;
    addPatterns();
    if (this.config.font && window.FontFace) {
      var face = new FontFace("Source Sans", "url(" + this.config.font + ")", { weight: "200 900" });
      face.load().then(function (loaded) { document.fonts.add(loaded); }, function () {}); // without it the system's font does
    }
    [["ground", 210], ["areas", 400], ["lines", 410], ["focus", 420], ["names", 450], ["places", 460]].forEach(function (p) {
      map.createPane("hsc-" + p[0]).style.zIndex = p[1];
    });
    map.getPane("hsc-lines").style.pointerEvents = "none";
    map.getPane("hsc-focus").style.pointerEvents = "none";
    map.getPane("hsc-names").style.pointerEvents = "none";
    map.getPane("hsc-ground").style.pointerEvents = "none";
    this.groups = {
      district: this.areaGroup(),
      neighbourhood: this.areaGroup(),
    };
    this.places = L.featureGroup([], { pane: "hsc-places" });
    this.places.toGeoJSON = function () { return { type: "FeatureCollection", features: [] }; };
    this.places.addTo(map);
    this.groups.district.addTo(map);
    this.names = L.layerGroup().addTo(map);
    this.lines = L.layerGroup().addTo(map);
    this.rings = L.layerGroup().addTo(map);
    this.marks = L.layerGroup().addTo(map);
    if (this.config.tiles) {
      L.tileLayer(this.config.tiles, {
        pane: "hsc-ground", minZoom: this.config.zooms[0], maxZoom: this.config.zooms[1],
        bounds: this.config.tileBounds, attribution: this.config.tileAttribution, className: "hsc-tiles",
      }).addTo(map);
    }
    L.control.scale({ imperial: false, maxWidth: 120 }).addTo(map);
    map.attributionControl.setPrefix(false);
    map.attributionControl.addAttribution(this.config.attribution);
    map.on("zoomend", function () { self.drawPlaces(); self.placeNames(); });
    map.on("resize", function () { self.fit(false); });
    if (L.Browser.touch && window.innerWidth < 700) map.dragging.disable(); // one finger scrolls the page, two move the map
    this.fit(true);
    var box = map.getContainer();
    box.setAttribute("role", "region");
    // Leaflet focuses the map at the first press; if the page then scrolled, the press would miss its mark.
    box.focus = function () { HTMLElement.prototype.focus.call(box, { preventScroll: true }); };
    window.addEventListener("resize", function () { map.invalidateSize({ animate: false }); self.height(); });
  };

  /* On a phone the map is as high as the city needs, not as high as on a screen. */
  HscMap.prototype.height = function () {
    var box = this.map.getContainer();
    var high = Math.min(this.config.height, Math.round(document.documentElement.clientWidth * 1.3));
    if (this.high === high) { if (window.Streamlit) window.Streamlit.setFrameHeight(high); return; }
    this.high = high;
    box.style.height = high + "px";
    this.map.invalidateSize({ animate: false });
    this.fit(true);
    if (window.Streamlit) window.Streamlit.setFrameHeight(high);
  };

  HscMap.prototype.fit = function (always) {
    var width = this.map.getSize().x;
    if (!always && width === this.fitted) return;
    this.fitted = width;
    this.map.fitBounds(this.config.bounds, { padding: [6, 6], animate: false });
  };

  HscMap.prototype.areaGroup = function () {
    var self = this;
    return L.geoJSON(null, {
      pane: "hsc-areas",
      style: function (feature) { return self.areaStyle(feature); },
      onEachFeature: function (feature, layer) {
        self.byCode[feature.properties.area_code] = layer;
        layer.toGeoJSON = function () { return self.clicked({ kind: "area", code: feature.properties.area_code }); };
        layer.bindTooltip(function () { return self.areaTip(feature.properties); }, { sticky: true, className: "hsc-tip" });
        // A tooltip listens to focus, which makes a browser stop at each area; the list beside the map is for the keyboard.
        layer.on("add", function () { layer.getElement().setAttribute("tabindex", "-1"); });
        layer.on("mouseover", function () { if (!L.Browser.touch) layer.setStyle({ weight: 3, color: INK }).bringToFront(); });
        layer.on("mouseout", function () { layer.setStyle(self.areaStyle(feature)); });
      },
    });
  };

  HscMap.prototype.clicked = function (properties) {
    this.clicks += 1;
    properties.click = this.clicks + "-" + Date.now(); // the same thing clicked twice is two clicks
    return { type: "Feature", properties: properties, geometry: null };
  };

  HscMap.prototype.fetch = function () {
    var self = this;
    Promise.all([this.config.areas, this.config.initiatives].map(function (url) {
      return window.fetch(url).then(function (answer) {
        if (!answer.ok) throw new Error(url + ": " + answer.status);
        return answer.json();
      });
    })).then(function (parts) {
      self.load(parts[0], parts[1]);
    }).catch(function () {
      var note = el("p", "hsc-failed", self.state ? self.state.words.failed : "");
      self.map.getContainer().appendChild(note);
    });
  };

  HscMap.prototype.load = function (geo, people) {
    var self = this;
    this.people = people;
    this.areas = {};
    geo.features.forEach(function (feature) { self.areas[feature.properties.area_code] = feature; });
    var ofLevel = function (level) {
      return { type: "FeatureCollection", features: geo.features.filter(function (f) { return f.properties.level === level; }) };
    };
    L.geoJSON(ofLevel("surrounding"), {
      pane: "hsc-ground", interactive: false,
      style: { className: "hsc-around", weight: 1, fillOpacity: this.config.tiles ? 0 : 0.6 },
    }).addTo(this.map);
    this.groups.district.addData(ofLevel("district"));
    this.groups.neighbourhood.addData(ofLevel("neighbourhood"));
    this.outlines = L.geoJSON(ofLevel("district"), {
      pane: "hsc-lines", interactive: false, style: { fill: false, color: INK, weight: 1.6, opacity: 0.75 },
    });
    this.drawFocus();
    this.render();
  };

  HscMap.prototype.drawFocus = function () {
    var self = this;
    this.config.focus.forEach(function (focus) {
      var feature = self.areas[focus.code];
      if (!feature) return;
      L.geoJSON(feature, { pane: "hsc-focus", interactive: false, style: { fill: false, color: "#ffffff", weight: 6, opacity: 0.95 } }).addTo(self.map);
      L.geoJSON(feature, { pane: "hsc-focus", interactive: false, style: { fill: false, color: "#b3400a", weight: 3 } }).addTo(self.map);
    });
  };

  HscMap.prototype.update = function (state) {
    this.state = state;
    document.documentElement.lang = state.lang;
    document.documentElement.dataset.theme = state.theme;
    this.map.getContainer().setAttribute("aria-label", state.words.map);
    var zoom = this.map.zoomControl;
    if (zoom) {
      [[zoom._zoomInButton, state.words.zoomIn], [zoom._zoomOutButton, state.words.zoomOut]].forEach(function (pair) {
        pair[0].title = pair[1];
        pair[0].setAttribute("aria-label", pair[1]);
      });
    }
    this.render();
    window.hscUpdates = (window.hscUpdates || 0) + 1;
    window.setTimeout(this.height.bind(this), 0); // after streamlit-folium has set the height that Python asked
  };

  HscMap.prototype.render = function () {
    if (!this.state || !this.areas) return;
    var other = this.state.level === "district" ? "neighbourhood" : "district";
    this.map.removeLayer(this.groups[other]);
    this.groups[this.state.level].addTo(this.map);
    this.groups[this.state.level].setStyle(this.areaStyle.bind(this));
    if (this.state.level === "neighbourhood") this.outlines.addTo(this.map);
    else this.map.removeLayer(this.outlines);
    this.gather();
    this.drawSelection();
    this.drawPlaces();
    this.drawRings();
    this.drawMarks();
    this.placeNames();
    this.map.getContainer().dataset.ready = "yes";
  };

  HscMap.prototype.areaStyle = function (feature) {
    var state = this.state;
    var code = feature.properties.area_code;
    var index = state ? state.classes[code] : undefined;
    var bare = !state || !state.colors.length;
    // On a dark ground a veil would turn the colours into others than those of the legend.
    var veil = this.config.tiles && document.documentElement.dataset.theme !== "dark" ? 0.86 : 1;
    return {
      color: "#ffffff", weight: state && state.level === "neighbourhood" ? 0.8 : 1.4, opacity: 1,
      fillColor: bare ? "#d8dee4" : index === undefined ? "url(#hsc-hatch)" : state.colors[index],
      fillOpacity: bare ? 0.45 : veil,
    };
  };

  HscMap.prototype.areaTip = function (properties) {
    var state = this.state;
    var box = el("div");
    box.appendChild(el("strong", "", properties.name));
    if (state && state.text[properties.area_code]) {
      box.appendChild(el("div", "", state.title + ": " + state.text[properties.area_code]));
    }
    var count = (this.perArea && this.perArea[properties.area_code]) || 0;
    if (!state) return box;
    var words = state.words;
    box.appendChild(el("div", "", count ? fill(count === 1 ? words.servesOne : words.servesMany, count) : words.servesNone));
    if (this.wideCount) box.appendChild(el("div", "", fill(words.besides, this.wideCount)));
    return box;
  };

  /* The areas that an initiative without a place is known to; where only districts are shown, those around it. */
  HscMap.prototype.knownTo = function (i) {
    var self = this;
    if (this.state.level !== "district") return this.people.exact[i];
    return this.people.serves[i].filter(function (code) {
      return self.areas[code] && self.areas[code].properties.level === "district";
    });
  };

  /* Which visible initiatives stand where: places by coordinate, the others by the area they are known to. */
  HscMap.prototype.gather = function () {
    var self = this;
    var people = this.people;
    var shown = bits(this.state.visible);
    var places = {};
    var onlyArea = {};
    var perArea = {};
    var wide = 0; // there for the whole city or the region: beside the number of each area, in none
    for (var i = 0; i < people.ids.length; i += 1) {
      if (!shown(i)) continue;
      if (people.wide[i]) wide += 1;
      people.serves[i].forEach(function (code) { perArea[code] = (perArea[code] || 0) + 1; });
      people.points[i].forEach(function (at) {
        var key = at.join();
        (places[key] = places[key] || { at: at, members: [] }).members.push(i);
      });
      if (!people.points[i].length) {
        self.knownTo(i).forEach(function (code) { (onlyArea[code] = onlyArea[code] || []).push(i); });
      }
    }
    this.placeList = Object.keys(places).map(function (key) { return places[key]; });
    this.onlyArea = onlyArea;
    this.perArea = perArea;
    this.wideCount = wide;
  };

  HscMap.prototype.drawPlaces = function () {
    if (!this.placeList) return;
    var self = this;
    var cells = {};
    this.placeList.forEach(function (place) {
      var p = self.map.project(place.at);
      var key = self.placeList.length < 60 ? place.at.join() : Math.floor(p.x / CELL) + ":" + Math.floor(p.y / CELL);
      (cells[key] = cells[key] || []).push(place);
    });
    this.places.clearLayers();
    Object.keys(cells).forEach(function (key) { self.places.addLayer(self.marker(cells[key])); });
  };

  HscMap.prototype.marker = function (places) {
    var self = this;
    var members = [].concat.apply([], places.map(function (p) { return p.members; })).filter(function (i, at, all) {
      return all.indexOf(i) === at; // an initiative with two places here counts once
    });
    var lat = 0;
    var lng = 0;
    places.forEach(function (p) { lat += p.at[0] / places.length; lng += p.at[1] / places.length; });
    var ids = members.map(function (i) { return self.people.ids[i]; });
    var chosen = this.state.selected && ids.indexOf(this.state.selected) >= 0;
    var size = members.length > 1 ? Math.min(40, 20 + 4 * Math.log2(members.length)) : 16;
    var wide = members.every(function (i) { return self.people.wide[i]; });
    var dot = el("span", "hsc-place" + (wide ? " hsc-wide" : "") + (chosen ? " hsc-chosen" : ""), members.length > 1 ? String(members.length) : "");
    dot.style.width = dot.style.height = size + "px";
    dot.style.lineHeight = size - 4 + "px";
    var layer = L.marker([lat, lng], {
      pane: "hsc-places", keyboard: false, alt: "",
      icon: L.divIcon({ html: dot, className: "hsc-icon", iconSize: [size, size] }),
    });
    layer.toGeoJSON = function () { return self.clicked({ kind: "place", ids: ids.slice(0, 60) }); };
    layer.bindTooltip(function () { return self.placeTip(members); }, { className: "hsc-tip", direction: "top", offset: [0, -size / 2] });
    if (places.length > 1 && this.map.getZoom() < 17) {
      layer.on("click", function () { self.map.fitBounds(places.map(function (p) { return p.at; }), { maxZoom: 17, padding: [40, 40] }); });
    }
    return layer;
  };

  HscMap.prototype.placeTip = function (members) {
    var self = this;
    var box = el("div");
    members.slice(0, 5).forEach(function (i) {
      var row = el("div", "", self.people.names[i].slice(0, 90));
      if (self.people.wide[i]) row.appendChild(el("i", "", " " + self.state.words[self.people.wide[i]]));
      box.appendChild(row);
    });
    if (members.length > 5) box.appendChild(el("div", "", fill(this.state.words.more, members.length - 5)));
    return box;
  };

  /* The distance around each place that is shown, where the view is about distance, and around a mark with its own. */
  HscMap.prototype.drawRings = function () {
    var self = this;
    var radius = this.state.radius;
    this.rings.clearLayers();
    (radius ? this.placeList : []).concat(this.state.marks || []).forEach(function (place) {
      var metres = place.radius || radius;
      if (!metres) return;
      self.rings.addLayer(L.circle(place.at, {
        pane: "hsc-lines", interactive: false, radius: metres, color: INK, weight: 1, opacity: 0.55, fill: false, dashArray: "4 3",
      }));
    });
  };

  /* Places that do not exist: proposed or tried out. Another shape than a known place, with a letter or number in it. */
  HscMap.prototype.drawMarks = function () {
    var self = this;
    this.marks.clearLayers();
    (this.state.marks || []).forEach(function (mark) {
      var dot = el("span", "hsc-mark");
      dot.appendChild(el("b", "", mark.sign));
      self.marks.addLayer(L.marker(mark.at, {
        pane: "hsc-places", keyboard: false, interactive: false, alt: "",
        icon: L.divIcon({ html: dot, className: "hsc-icon", iconSize: [22, 22] }),
      }));
    });
  };

  HscMap.prototype.drawSelection = function () {
    var feature = this.areas[this.state.selected];
    this.lines.clearLayers();
    if (!feature || feature.properties.level === "municipality") return;
    this.lines.addLayer(L.geoJSON(feature, {
      pane: "hsc-focus", interactive: false, style: { color: INK, weight: 4, dashArray: "1 7", lineCap: "round", fill: false },
    }));
  };

  /* Names of districts, focus districts first; a name that would cover another one waits for the next zoom. With a
   * name stands, in a square, how many initiatives are known to that district or neighbourhood but to no place in it. */
  HscMap.prototype.placeNames = function () {
    if (!this.state || !this.areas) return;
    var self = this;
    var focus = {};
    this.config.focus.forEach(function (f) { focus[f.code] = f["label_" + self.state.lang]; });
    this.names.clearLayers();
    var taken = this.placeBoxes();
    this.nameOrder(focus).forEach(function (code) {
      var label = self.nameLabel(code, focus[code]);
      var spot = label && self.freeSpot(code, label, taken);
      if (!spot) return;
      taken.push(spot.box);
      self.names.addLayer(L.marker(self.map.containerPointToLatLng(spot.at), {
        pane: "hsc-names", interactive: false, keyboard: false,
        icon: L.divIcon({ html: label.node, className: "hsc-icon hsc-name-at", iconSize: [0, 0] }),
      }));
    });
  };

  HscMap.prototype.placeBoxes = function () {
    var self = this;
    var boxes = [];
    this.places.eachLayer(function (layer) {
      var at = self.map.latLngToContainerPoint(layer.getLatLng());
      var half = layer.options.icon.options.iconSize[0] / 2;
      boxes.push([at.x - half, at.y - half, at.x + half, at.y + half]);
    });
    return boxes;
  };

  /* The first of a few spots round the anchor where the label covers nothing. */
  HscMap.prototype.freeSpot = function (code, label, taken) {
    var anchor = this.map.latLngToContainerPoint(this.areas[code].properties.anchor);
    var w = Math.min(label.wide, 150) / 2;
    var h = label.high / 2;
    for (var i = 0; i < SPOTS.length; i += 1) {
      var at = anchor.add(L.point(SPOTS[i][0] * w, SPOTS[i][1] * (h + 6)));
      var box = [at.x - w, at.y - h, at.x + w, at.y + h];
      var hit = taken.some(function (t) { return box[0] < t[2] && box[2] > t[0] && box[1] < t[3] && box[3] > t[1]; });
      if (!hit) return { at: at, box: box };
    }
    return null;
  };

  HscMap.prototype.nameOrder = function (focus) {
    var self = this;
    var codes = Object.keys(this.areas).filter(function (code) {
      var feature = self.areas[code];
      return feature.properties.anchor && (feature.properties.level === "district" || self.onlyArea[code] || self.sign(code) || self.map.getZoom() >= 15);
    });
    var rank = function (code) {
      return self.sign(code) ? 0 : focus[code] ? 1 : self.areas[code].properties.level === "district" ? 2 : 3;
    };
    return codes.sort(function (a, b) { return rank(a) - rank(b) || (a < b ? -1 : 1); });
  };

  HscMap.prototype.nameLabel = function (code, focusName) {
    var properties = this.areas[code].properties;
    var district = properties.level === "district";
    if (!district && this.state.level === "district") return null;
    var only = (this.onlyArea[code] || []).length;
    var detail = this.map.getZoom() >= 15;
    var node = el("div", "hsc-name" + (focusName ? " hsc-focus-name" : "") + (district ? "" : " hsc-small-name"));
    var text = focusName || properties.name;
    if (district || detail) node.appendChild(el("span", "", text));
    if (only) node.appendChild(el("b", "hsc-only", String(only)));
    var sign = this.sign(code);
    if (sign) node.appendChild(el("b", "hsc-sign", sign));
    if (!node.firstChild) return null;
    var named = district || detail;
    var lines = named ? Math.ceil((text.length + (only ? 4 : 0)) / 21) : 1;
    var letter = focusName ? 7.2 : 6.3;
    var more = (only ? 20 : 0) + (sign ? 20 : 0);
    return { node: node, wide: named ? (text.length / lines) * letter + more + 6 : more + 4, high: lines * 16 };
  };

  /* What the view says of an area in one sign, so that colour is not the only bearer of it. */
  HscMap.prototype.sign = function (code) {
    var signs = this.state && this.state.signs;
    return (signs && this.areas[code].properties.level === this.state.level && signs[code]) || "";
  };

  window.hsc = {
    start: function (map, config) {
      window.hscMap = new HscMap(map, config);
    },
    update: function (state) {
      if (window.hscMap) window.hscMap.update(state);
    },
  };
})();
