/* An accessible table: sortable headers, a button in each row that selects it, pages. Text only, never HTML. */
function make(tag, className, text) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text !== undefined && text !== null) node.textContent = text;
  return node;
}

/** How a table stands by a column: the word of aria-sort, its arrow, and whether a press sorts from high to low. */
export function orderOf(column, data) {
  if (data.sort !== column.key) return { now: "none", arrow: "⇅", next: Boolean(column.numeric) };
  if (data.descending) return { now: "descending", arrow: "▼", next: false };
  return { now: "ascending", arrow: "▲", next: true };
}

/** Whether an address may become a link: only one of the web, never a script. */
export function isWeb(address) {
  return /^https?:\/\//i.test(address);
}

function header(column, data, send) {
  const cell = make("th", column.numeric ? "number" : "");
  cell.classList.toggle("spare", Boolean(column.spare));
  cell.scope = "col";
  if (!column.sortable) {
    cell.textContent = column.label;
    return cell;
  }
  const order = orderOf(column, data);
  cell.setAttribute("aria-sort", order.now);
  const button = make("button", "sort", column.label);
  button.type = "button";
  button.dataset.focus = "sort-" + column.key;
  button.append(make("span", "arrow", ` ${order.arrow}`));
  button.lastChild.setAttribute("aria-hidden", "true");
  button.onclick = () => send("sort", { key: column.key, descending: order.next });
  cell.append(button);
  return cell;
}

/** How strong the colour of a cell is, and where the bar under its number begins and ends: parts of 1, within 0 and 1. */
export function drawnOf(value) {
  const within = (part) => Math.min(1, Math.max(0, part));
  const [low, high] = (value?.range || []).map(within);
  return { heat: value?.heat === undefined ? null : within(value.heat), range: low === undefined ? null : [low, high] };
}

/** Colour and bar are for the eye only: the number beside them says the same. */
function drawn(cell, value) {
  const { heat, range } = drawnOf(value);
  if (heat !== null) {
    cell.classList.add("heat");
    cell.style.setProperty("--heat", heat);
  }
  if (!range) return;
  const bar = make("span", "range");
  bar.setAttribute("aria-hidden", "true");
  const part = make("i");
  Object.assign(part.style, { left: `${100 * range[0]}%`, right: `${100 - 100 * range[1]}%` });
  bar.append(part);
  cell.append(bar);
}

function body(value, column, row, data, send, first) {
  const cell = make(first ? "th" : "td", column.numeric ? "number" : column.wordy ? "wordy" : "");
  cell.classList.toggle("spare", Boolean(column.spare));
  if (first) cell.scope = "row";
  inside(cell, value, row, data, send, first);
  drawn(cell, value);
  return cell;
}

function inside(cell, value, row, data, send, first) {
  if (first && row.id) {
    const button = make("button", "pick", value);
    button.type = "button";
    button.dataset.focus = "row-" + row.id;
    if (row.id === data.selected) button.setAttribute("aria-current", "true");
    button.onclick = () => send("pick", row.id);
    cell.append(button);
  } else if (value && value.pick) {
    const button = make("button", "pick", value.text);
    button.type = "button";
    button.dataset.focus = "cell-" + value.pick;
    if (value.pick === data.selected) button.setAttribute("aria-current", "true");
    button.onclick = () => send("pick", value.pick);
    cell.append(button);
  } else if (value && value.href !== undefined) {
    const link = make("a", "", value.text);
    if (isWeb(value.href)) {
      link.href = value.href;
      link.target = "_blank";
      link.rel = "noopener noreferrer";
    }
    cell.append(link);
  } else {
    cell.textContent = value?.text ?? value ?? "";
  }
}

function pager(data, send) {
  const nav = make("nav", "pager");
  nav.setAttribute("aria-label", data.words.pages);
  const step = (label, page, enabled) => {
    const button = make("button", "", label);
    button.type = "button";
    button.disabled = !enabled;
    button.dataset.focus = "page-" + label;
    button.onclick = () => send("page", page);
    return button;
  };
  nav.append(step(data.words.previous, data.page - 1, data.page > 1));
  nav.append(make("span", "", data.words.range));
  nav.append(step(data.words.next, data.page + 1, data.page < data.pages));
  return nav;
}

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  const root = parentElement.querySelector(".hsc-table");
  const focused = root.getRootNode().activeElement;
  const keep = focused && focused.dataset ? focused.dataset.focus : null;
  const send = (name, value) => setTriggerValue(name, value);
  root.replaceChildren();
  const scroll = make("div", "scroll");
  scroll.tabIndex = 0;
  scroll.setAttribute("role", "region");
  scroll.setAttribute("aria-label", data.caption);
  const table = make("table", data.compact ? "compact" : "");
  table.style.setProperty("--wordy", Math.max(1, data.columns.filter((column) => column.wordy).length));
  table.append(make("caption", "", data.caption));
  const head = make("tr");
  data.columns.forEach((column) => head.append(header(column, data, send)));
  const thead = make("thead");
  thead.append(head);
  const tbody = make("tbody");
  data.rows.forEach((row) => {
    const line = make("tr", row.id && row.id === data.selected ? "chosen" : "");
    data.columns.forEach((column, i) => line.append(body(row.cells[i], column, row, data, send, i === 0)));
    tbody.append(line);
  });
  table.append(thead, tbody);
  scroll.append(table);
  root.append(scroll);
  if (data.pages > 1) root.append(pager(data, send));
  if (keep) {
    const again = root.querySelector('[data-focus="' + CSS.escape(keep) + '"]');
    if (again) again.focus({ preventScroll: true });
  }
}
