/* What tooltips say, as lines {text, strong?, aside?}; dom.mjs makes text nodes of them. Pure. */
const MOST = 5; // names in one tooltip
const LONGEST = 90; // letters of a name

/** A text with a number in the place of its {n}. */
export function withNumber(template, n) {
  return template.replace("{n}", () => String(n));
}

/** Of an area: its name, its figure, how many initiatives are known, and how many beside it for all of the city. */
export function areaLines({ area_code: code, name }, state, found) {
  const figure = state.text[code];
  return [
    { text: name, strong: true },
    ...(figure ? [{ text: `${state.title}: ${figure}` }] : []),
    { text: countLine(found.perArea[code] || 0, state.words) },
    ...(found.wide ? [{ text: withNumber(state.words.besides, found.wide) }] : []),
  ];
}

function countLine(count, words) {
  if (!count) return words.servesNone;
  return withNumber(count === 1 ? words.servesOne : words.servesMany, count);
}

/** Of a circle: the names of its first initiatives, for whom they are when for all, and how many more there are. */
export function placeLines(members, people, words) {
  const lines = members.slice(0, MOST).map((position) => {
    const wide = people.wide[position];
    return { text: people.names[position].slice(0, LONGEST), ...(wide ? { aside: ` ${words[wide]}` } : {}) };
  });
  const more = members.length - MOST;
  return more > 0 ? [...lines, { text: withNumber(words.more, more) }] : lines;
}
