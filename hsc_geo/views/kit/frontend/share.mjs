/* The bar with which a view is shared. What it gives is read from the address of the browser when it is pressed, so that
   a change of the page costs it nothing. */
const ICONS = {
  link: "M9 15l6-6M11 6l1.5-1.5a4.9 4.9 0 0 1 7 7L18 13M13 18l-1.5 1.5a4.9 4.9 0 0 1-7-7L6 11",
  pdf: "M14 3H6v18h12V7zM14 3v4h4M9 12h6M9 16h6",
  image: "M4 4h16v16H4zM4 16l4.5-4.5 4 4 2.5-2.5 5 5M15 8.5h.01",
  qr: "M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h2v2h-2zM20 14v6M17 20h-3M18 17h.01",
  full: "M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5",
  more: "M5 12h.01M12 12h.01M19 12h.01",
  print: "M7 9V3h10v6M7 18H4V9h16v9h-3M7 14h10v7H7z",
  close: "M6 6l12 12M18 6L6 18",
};
const SVG = "http://www.w3.org/2000/svg";
const WIDEST = 340; // pixels that a panel takes
const FULL = "hsc-full"; // on the document, while the answer alone is shown

/** The address of the view with what a shared one carries: the language, and the day from which it counts. */
export function sharedAddress(href, carried) {
  const url = new URL(href);
  url.hash = "";
  Object.entries(carried).forEach(([key, value]) => url.searchParams.set(key, value));
  return url;
}

/** The address on this host of a page, with the choices of the view and `more`. */
export function pageAddress(site, page, view, more) {
  const query = new URLSearchParams(more);
  [...view.searchParams].filter(([key]) => !(key in more)).forEach(([key, value]) => query.append(key, value));
  return `${site}${page}?${query}`;
}

/** The name that an answer gives to its file. */
export function fileName(disposition) {
  const found = /filename="([^"]+)"/.exec(disposition || "");
  return found ? found[1] : "";
}

function make(tag, className, text) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text) node.textContent = text;
  return node;
}

function icon(name) {
  const drawing = document.createElementNS(SVG, "svg");
  drawing.setAttribute("viewBox", "0 0 24 24");
  drawing.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", ICONS[name]);
  drawing.append(path);
  return drawing;
}

function button(sign, label, word, act) {
  const node = make("button");
  node.type = "button";
  node.title = label;
  node.setAttribute("aria-label", label);
  node.append(icon(sign), make("span", "word", word));
  if (act) node.onclick = act;
  return node;
}

/* A panel that opens under the bar; the browser closes it at Escape and at a press beside it. */
function panel(root, className) {
  const node = make("div", className);
  node.popover = "auto";
  node.addEventListener("beforetoggle", () => {
    const at = root.getBoundingClientRect();
    const wide = document.documentElement.clientWidth;
    const atLeft = at.right < WIDEST;
    node.style.top = `${at.bottom + 4}px`;
    node.style.left = atLeft ? "8px" : "auto";
    node.style.right = atLeft ? "auto" : `${Math.max(8, wide - at.right)}px`;
  });
  return node;
}

class Bar {
  constructor(root, data) {
    this.root = root;
    this.data = data;
    this.words = data.words;
    this.said = make("span", "said");
    this.said.setAttribute("role", "status");
    this.sheet = panel(root, "sheet");
    this.menu = panel(root, "menu");
    this.leave = button("close", this.words.leave, this.words.leave, () => this.full(false));
    this.leave.classList.add("leave");
    const parts = this.actions().map(([name, sign, label, word, act]) => {
      const node = button(sign, label, word, act);
      node.classList.add(name);
      return node;
    });
    this.more = button("more", this.words.more, "");
    this.more.classList.add("more");
    this.more.popoverTargetElement = this.menu;
    this.menu.addEventListener("beforetoggle", () => this.fill());
    root.replaceChildren(...parts, this.more, this.leave, this.said, this.menu, this.sheet);
  }

  /** What can be done: name, sign, label, word and deed of each. */
  actions() {
    const { data, words } = this;
    const file = (form) => () => this.take(form);
    return [
      ["link", "link", words.copy, words.copy, () => this.copy()],
      ...(data.kind ? [["pdf", "pdf", words.pdf, "PDF", file("pdf")]] : []),
      ...(data.picture ? [["png", "image", words.png, "PNG", file("png")], ["svg", "image", words.svg, "SVG", file("svg")]] : []),
      ["qr", "qr", words.qr, words.qr, () => this.code()],
      ["full", "full", words.full, words.full, () => this.full(true)],
    ];
  }

  address() {
    return sharedAddress(location.href, this.data.carried);
  }

  tell(text) {
    this.said.textContent = text;
  }

  async copy() {
    const { href } = this.address();
    try {
      await navigator.clipboard.writeText(href); // not there on plain http
      this.tell(this.words.copied);
    } catch {
      this.open(this.words.choose, this.field(href));
      this.sheet.querySelector("input").select();
    }
  }

  async take(form) {
    this.tell(this.words.making);
    try {
      const answer = await fetch(`${this.data.site}hsc/paper/${this.data.kind}.${form}${this.address().search}`);
      if (!answer.ok) throw new Error(String(answer.status));
      const link = make("a");
      link.href = URL.createObjectURL(await answer.blob());
      link.download = fileName(answer.headers.get("content-disposition"));
      link.click();
      this.tell("");
    } catch {
      this.tell(this.words.failed);
    }
  }

  code() {
    const { href } = this.address();
    const picture = make("img");
    picture.alt = this.words.scan;
    picture.onerror = () => this.open(this.words.long, this.field(href));
    picture.src = `${this.data.site}hsc/qr.svg?to=${encodeURIComponent(href)}`;
    this.open(this.words.scan, picture, this.field(href));
  }

  field(href) {
    const node = make("input");
    node.readOnly = true;
    node.value = href;
    node.setAttribute("aria-label", this.words.choose);
    node.onfocus = () => node.select();
    return node;
  }

  open(text, ...parts) {
    this.tell("");
    const close = button("close", this.words.close, "", () => this.sheet.hidePopover());
    close.classList.add("close");
    this.sheet.replaceChildren(close, make("p", "", text), ...parts);
    this.sheet.showPopover();
  }

  /** The rest of the bar: where the screen is narrow all but the first two, and the papers. */
  fill() {
    const { data, words } = this;
    const view = new URL(data.kind ? location.href : location.origin);
    const narrow = this.actions().filter(([name]) => !["link", "pdf"].includes(name));
    const deeds = narrow.map(([, sign, label, , act]) => {
      const node = button(sign, label, label, () => {
        this.menu.hidePopover();
        act();
      });
      node.classList.add("narrow");
      return node;
    });
    const links = [
      ...(data.prints ? [] : data.kind ? [["print", words.print, { kind: data.kind }]] : []),
      ["pdf", words.meeting, data.kind ? { from: data.kind } : {}],
    ].map(([sign, word, more]) => {
      const node = make("a");
      node.append(icon(sign), make("span", "word", word));
      node.href = pageAddress(data.site, "stuk", view, { ...more, ...data.kept });
      return node;
    });
    const print = data.prints ? [button("print", words.printing, words.printing, () => window.print())] : links;
    this.menu.replaceChildren(...deeds, ...print);
  }

  /** The answer alone, on a projector; Escape and a button lead back. */
  full(on) {
    const leave = () => {
      if (document.fullscreenElement) return;
      this.full(false);
    };
    const key = (event) => {
      if (event.key === "Escape") this.full(false);
    };
    const page = document.documentElement;
    if (on === page.classList.contains(FULL)) return;
    page.classList.toggle(FULL, on);
    this.root.classList.toggle("full", on);
    if (on) {
      Bar.listens = { leave, key };
      document.addEventListener("fullscreenchange", leave);
      document.addEventListener("keydown", key);
      page.requestFullscreen?.().catch(() => undefined); // not on every phone: then the window is all that it fills
      this.leave.focus();
    } else {
      document.removeEventListener("fullscreenchange", Bar.listens.leave);
      document.removeEventListener("keydown", Bar.listens.key);
      if (document.fullscreenElement) document.exitFullscreen();
    }
    window.dispatchEvent(new Event("resize"));
  }
}

export default function (component) {
  const { data, parentElement } = component;
  const root = parentElement.querySelector(".hsc-share");
  const told = JSON.stringify(data);
  if (root.dataset.told === told) return;
  root.dataset.told = told;
  root.setAttribute("aria-label", data.words.share);
  root.classList.toggle("full", document.documentElement.classList.contains(FULL));
  new Bar(root, data);
}
