// What the help of each page explains, in the order in which people ask; the words are help.<page>.<topic> and ….text.

/** @type {Record<string, string[]>} */
export const TOPICS = {
  tablet: ["follow", "read", "mark", "ask", "vote", "support", "leave", "line", "size"],
  console: ["open", "stage", "floor", "seats", "vote", "screen", "close"],
  secretariat: ["order", "people", "seating", "papers", "support", "revision", "codes", "minutes"],
  door: ["check_in"],
};

/** The part of the guide that is for whom a page is made. @type {Record<string, string>} */
export const PARTS = { tablet: "delegate", console: "chair", secretariat: "secretary", door: "secretary" };

/**
 * The steps of the tour: what is pointed at, and the name of its words (tour.<name>, tour.<name>.text). Steps whose place
 * is not on the page now, because the tablet is held otherwise, are left out.
 * @type {{name: string, at: string}[]}
 */
export const STEPS = [
  { name: "where", at: "top-bar .where" },
  { name: "turn", at: "paper-view" },
  { name: "follow", at: "bottom-bar [data-do=follow]" },
  { name: "papers", at: "bottom-bar [data-do=papers]" },
  { name: "agenda", at: "agenda-list .drawer header" },
  { name: "pages", at: "bottom-bar [data-do=pages]" },
  { name: "mark", at: "bottom-bar [data-do=mark]" },
  { name: "support", at: "bottom-bar [data-do=support]" },
  { name: "ask", at: "bottom-bar [data-do=ask]" },
  { name: "vote", at: "main" },
  { name: "line", at: "top-bar time" },
  { name: "size", at: "top-bar [data-do=settings]" },
];
