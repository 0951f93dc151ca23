/* Keeps what is typed into a proposal in this tab of the visitor's own browser, so that a reload or a server that forgot
   loses nothing; and brings what a button leads to into view and focus. */
const ITEM = "hsc-proposal";
const LONGEST = 400000;
const TRIES = 100;
let now = null; // the component as the server drew it last
let typed = {}; // what stands in a field and has not come back from the server, by key of the draft
let asked = ""; // the visit that was given what an earlier one left
let seen = "";

/** What a kept text says, or null where it is none of ours: too long, broken, or without texts. */
export function draftOf(text) {
  try {
    const item = text.length > LONGEST ? null : JSON.parse(text);
    return item && item.texts && typeof item.texts === "object" ? item : null;
  } catch {
    return null;
  }
}

/** The value of a field with a line for each part: the lines that hold something, with | between them. */
export function linesOf(text) {
  return text.split("\n").map((line) => line.trim()).filter(Boolean).join("|");
}

/** What was typed and has not come back from the server. */
export function notBack(typed, texts) {
  return Object.fromEntries(Object.entries(typed).filter(([key, text]) => texts[key] !== text));
}

function left() {
  try {
    return draftOf(sessionStorage.getItem(ITEM) || "");
  } catch {
    return null; // a browser that keeps nothing
  }
}

function write(item) {
  try {
    if (Object.keys(item.texts).length) sessionStorage.setItem(ITEM, JSON.stringify(item));
    else sessionStorage.removeItem(ITEM);
  } catch {
    // A browser that keeps nothing, or no more: the visit still does.
  }
}

function keep() {
  const { data, setTriggerValue } = now;
  const item = left();
  if (!item || item.visit === data.visit || data.taken) {
    write({ visit: data.visit, about: data.about, texts: { ...data.texts, ...typed } });
  } else if (data.ask && asked !== data.visit) {
    asked = data.visit;
    setTriggerValue("kept", { about: item.about, texts: item.texts });
  }
}

function type(event) {
  const holder = event.target.closest('[class*="st-key-w_p_"]');
  const name = holder && /st-key-w_p_(\w+)/.exec(holder.className)[1];
  if (!name || !Object.hasOwn(now.data.fields, name)) return;
  const { value } = event.target;
  typed[now.data.fields[name]] = now.data.lines.includes(name) ? linesOf(value) : value;
  keep();
}

function look(number, tries) {
  const target = document.querySelector(`[data-go="${number}"]`);
  if (target) {
    target.scrollIntoView({ block: "start" });
    target.focus({ preventScroll: true });
  } else if (tries) setTimeout(() => look(number, tries - 1), 30);
}

function forget(data, before) {
  const cleared = before && before.visit === data.visit && before.cleared !== data.cleared;
  typed = cleared ? {} : notBack(typed, data.texts);
}

export default function (component) {
  const { data } = component;
  forget(data, now && now.data);
  now = component;
  keep();
  const move = `${data.visit}/${data.go}`;
  if (data.go && move !== seen) look(data.go, TRIES);
  seen = move;
  document.addEventListener("input", type, true);
  return () => document.removeEventListener("input", type, true);
}
