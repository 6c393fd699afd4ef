/* Words and figures of charts: German or English, in the city's time. */
export const english = document.documentElement.lang.startsWith("en");
export const say = (de, en) => (english ? en : de);

const locale = english ? "en-GB" : "de-DE";
export const ZONE = "Europe/Berlin";
export const DAY = 86400;
export const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });
const format = (options) => new Intl.DateTimeFormat(locale, { timeZone: ZONE, ...options });
const clock = format({ hour: "2-digit", minute: "2-digit" });
const day = format({ day: "numeric", month: "numeric" });
const month = format({ month: "short", year: "numeric" });
const moment = format({ weekday: "short", day: "numeric", month: "long", hour: "2-digit", minute: "2-digit" });
const date = format({ day: "numeric", month: "long", year: "numeric" });
const whole = format({ day: "numeric", month: "long", hour: "2-digit", minute: "2-digit" });
const utcDay = new Intl.DateTimeFormat(locale, { timeZone: "UTC", weekday: "short", day: "numeric", month: "long", year: "numeric" });

export const ticks = (u, splits, axis, space, step) =>
  splits.map((second) => {
    const at = new Date(second * 1000);
    if (step >= 28 * DAY) return month.format(at);
    if (step >= DAY) return day.format(at);
    const words = clock.format(at);
    return words === "00:00" ? day.format(at) : words;
  });

/** When a value was: means of days say no hour. */
export const when = (data, second) =>
  (data.resolution === "day" ? utcDay : moment).format(new Date(second * 1000));

/** A stretch of time in words, both in seconds. */
export const stretch = (from, to) => {
  const words = to - from > 3 * DAY ? date : whole;
  return `${words.format(new Date(from * 1000))} – ${words.format(new Date(to * 1000))}`;
};

export const words = (series, value) =>
  value === null || value === undefined
    ? say("kein Wert", "no value")
    : `${number.format(value)}${series.unit ? ` ${series.unit}` : ""}`;

export const element = (tag, className, text) => {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text !== undefined) node.textContent = text;
  return node;
};
