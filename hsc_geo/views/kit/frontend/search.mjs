/* The one search: a field with a list of results (the combobox pattern of ARIA). It asks the server by itself; only a
   result that is chosen goes to the page. Text only, never HTML. */
const WAIT = 120; // milliseconds without a key before the server is asked
const OF = ["edition", "asof"]; // of which data, and of which day
const KEPT = ["lang", ...OF, "ownareas"]; // what an address carries from page to page

function make(tag, className, text) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text) node.textContent = text;
  return node;
}

function carried(keys, search) {
  const now = new URLSearchParams(search);
  return keys.filter((key) => now.get(key)).map((key) => [key, now.get(key)]);
}

/** The choices of a result as pairs, with what the address of now carries along. */
export function pairsOf(item, search) {
  return [...item.query, ...carried(KEPT, search)];
}

/** What the server is asked: the text, in a language, of the edition and on the day that the page shows. */
export function questionOf(text, lang, search) {
  return new URLSearchParams([["q", text], ["lang", lang], ...carried(OF, search)]);
}

/** The address of a result on this host. */
export function hrefOf(item, base, search) {
  const query = new URLSearchParams(pairsOf(item, search)).toString();
  return `${base}/${item.page}${query ? "?" + query : ""}`;
}

/** All that can be chosen, in the order of the screen. */
export function itemsOf(answer) {
  return [...answer.groups.flatMap((group) => group.items), ...(answer.more ? [answer.more] : [])];
}

/** Where an arrow goes to from the option at `now` (-1: the field) of so many. */
export function stepTo(key, now, count) {
  if (!count) return -1;
  if (key === "ArrowDown") return now + 1 >= count ? 0 : now + 1;
  return now <= 0 ? count - 1 : now - 1;
}

class Box {
  constructor(root) {
    this.root = root;
    this.text = "";
    this.items = [];
    this.at = -1;
    this.search = make("search", "box");
    this.field = make("input");
    Object.assign(this.field, { type: "search", autocomplete: "off", spellcheck: false, id: "field" });
    const attributes = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": "list" };
    for (const [name, value] of Object.entries(attributes)) this.field.setAttribute(name, value);
    this.list = make("div", "list");
    this.list.id = "list";
    this.list.setAttribute("role", "listbox");
    this.list.hidden = true;
    this.none = make("p", "none");
    this.none.hidden = true;
    this.status = make("p", "said");
    this.status.setAttribute("role", "status");
    this.panel = make("div", "panel");
    this.panel.append(this.none, this.list);
    this.search.append(this.field, this.panel, this.status);
    root.append(this.search);
    this.field.oninput = () => this.ask();
    this.field.onkeydown = (event) => this.key(event);
    this.field.onfocus = () => this.text && this.open(this.items.length > 0);
    root.onfocusout = (event) => root.contains(event.relatedTarget) || this.open(false);
    // A press on a result leaves the field its focus, so that the list stays until the press is done.
    this.panel.onmousedown = (event) => event.button === 0 && event.preventDefault();
  }

  update(data, send) {
    this.data = data;
    this.send = send;
    this.field.placeholder = data.words.label;
    this.field.maxLength = data.most;
    this.field.setAttribute("aria-label", data.words.label);
    this.list.setAttribute("aria-label", data.words.results);
  }

  ask(now = false) {
    clearTimeout(this.timer);
    this.asking?.abort();
    this.text = this.field.value.trim();
    this.first = false;
    if (this.text.length < 2) return this.show({ said: "", groups: [], more: null });
    this.waiting = true;
    this.timer = setTimeout(() => this.fetch(this.text), now ? 0 : WAIT);
  }

  async fetch(text) {
    this.asking = new AbortController();
    try {
      const query = questionOf(text, this.data.lang, location.search);
      const answer = await fetch(`${this.data.address}?${query}`, { signal: this.asking.signal });
      if (!answer.ok) throw new Error(answer.status);
      const found = await answer.json();
      if (text === this.text) this.show(found);
    } catch (fault) {
      if (fault.name !== "AbortError") this.show({ said: this.data.words.fault, groups: [], more: null });
    }
  }

  show(answer) {
    this.waiting = false;
    this.at = -1;
    this.items = itemsOf(answer);
    const groups = answer.groups.map((group, i) => this.group(group, i));
    if (answer.more) groups.push(this.option(answer.more));
    this.list.replaceChildren(...groups);
    this.options = [...this.list.querySelectorAll("[role=option]")];
    this.options.forEach((node, i) => (node.id = `option-${i}`));
    this.none.textContent = answer.groups.length ? "" : answer.said;
    this.none.hidden = !this.none.textContent;
    this.say(answer.said);
    this.open(this.items.length > 0 || !this.none.hidden);
    if (this.first && this.items.length) this.choose(0);
  }

  group(group, i) {
    const node = make("div", "group");
    node.setAttribute("role", "group");
    const name = make("div", "name", group.name);
    name.id = `group-${i}`;
    node.setAttribute("aria-labelledby", name.id);
    node.append(name, ...group.items.map((item) => this.option(item)));
    return node;
  }

  option(item) {
    const node = make("a", "option");
    node.setAttribute("role", "option");
    node.setAttribute("aria-selected", "false");
    node.tabIndex = -1;
    node.href = hrefOf(item, this.data.base, location.search);
    node.append(make("span", "label", item.label));
    if (item.detail) node.append(make("span", "detail", item.detail));
    node.onclick = (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      this.choose(this.items.indexOf(item));
    };
    return node;
  }

  key(event) {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      this.open(true);
      this.mark(stepTo(event.key, this.at, this.items.length));
    } else if (event.key === "Enter" && !event.isComposing) {
      event.preventDefault();
      if (this.waiting) this.first = true; // taken as soon as it comes
      else if (this.items.length) this.choose(Math.max(0, this.at));
    } else if (event.key === "Escape") {
      event.preventDefault();
      if (this.list.hidden && this.none.hidden) this.clear();
      this.open(false);
    }
  }

  mark(at) {
    this.options.forEach((node, i) => node.setAttribute("aria-selected", String(i === at)));
    this.at = at;
    if (at < 0) this.field.removeAttribute("aria-activedescendant");
    else {
      this.field.setAttribute("aria-activedescendant", this.options[at].id);
      this.options[at].scrollIntoView({ block: "nearest" });
    }
  }

  open(wanted) {
    const open = wanted && (this.items.length > 0 || Boolean(this.none.textContent));
    this.panel.classList.toggle("open", open);
    this.list.hidden = !(open && this.items.length);
    this.none.hidden = !(open && this.none.textContent);
    this.field.setAttribute("aria-expanded", String(!this.list.hidden));
    if (!open && this.options) this.mark(-1);
  }

  choose(i) {
    const item = this.items[i];
    this.clear();
    this.field.blur(); // so that a phone puts its keys away; Tab begins here all the same
    this.say(this.data.words.opens.replace("{name}", item.label));
    this.send("go", { page: item.page, query: pairsOf(item, location.search) });
  }

  clear() {
    this.field.value = this.text = "";
    this.first = this.waiting = false;
    this.items = [];
    this.none.textContent = "";
    this.list.replaceChildren();
    this.options = [];
    this.open(false);
  }

  say(text) {
    this.status.textContent = text;
  }
}

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  const root = parentElement.querySelector(".hsc-search");
  root.box ??= new Box(root);
  root.box.update(data, setTriggerValue);
}
