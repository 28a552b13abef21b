// <side-nav>: the sections, each with how much is in it or left to do.

import { ViewElement } from "../lib/element.js";
import { html } from "../lib/html.js";
import { store } from "../lib/store.js";
import { t } from "../lib/words.js";
import { desk } from "../support/desk.js";
import { open } from "../support/threads.js";
import { leftToDo } from "./readiness.js";
import { attends } from "../lib/people.js";

const SECTIONS = [
  "general",
  "people",
  "seating",
  "agenda",
  "votes",
  "circulation",
  "attendance",
  "speaking",
  "support",
  "ready",
  "conclusions",
  "minutes",
  "documents",
];

const WRITTEN = ["general", "people", "agenda", "votes", "circulation", "documents"];

const TEMPLATE = ["general", "people", "seating", "agenda", "votes", "ready"];

/** The sections of a sitting, or of questions that are only sent round. @param {import("../lib/types").View | null | undefined} view */
const sections = (view) =>
  view?.meeting.template
    ? TEMPLATE
    : view?.meeting.written
      ? WRITTEN
      : SECTIONS.filter((name) => name !== "circulation");

export const section = () => (SECTIONS.includes(location.hash.slice(1)) ? location.hash.slice(1) : "agenda");

/** Shows the section of the address, hides the others. */
export function showSection() {
  for (const name of SECTIONS) {
    const element = document.querySelector(`${name}-section`);
    if (element instanceof HTMLElement) element.hidden = name !== section();
  }
  document.querySelector("side-nav")?.dispatchEvent(new Event("changed"));
}

export class SideNav extends ViewElement {
  static watch = [
    "people",
    "agenda",
    "papers",
    "voting",
    "meeting",
    "floor",
    "minutes",
    "attendance",
    "conclusions",
    "seating",
    "preparing",
    "desk",
  ];

  started() {
    this.addEventListener("changed", () => this.update(true), { signal: this.signal });
  }

  /** @param {import("../lib/types").View} view */
  draw(view) {
    const tasks = leftToDo(view, store.now()).length;
    const waiting = open(store.desk.errands).length + desk.unread;
    /** @type {Record<string, string | number>} */
    const counts = {
      people: Object.values(view.people).filter((person) => attends(person)).length,
      seating: Object.keys(view.seating.places).length || "",
      agenda: Object.keys(view.agenda.items).length,
      votes: Object.keys(view.voting).length,
      conclusions: Object.keys(view.conclusions).length || "",
      minutes: view.minutes.state === "approved" ? "✓" : "",
      attendance: `${view.attendance.members_present} / ${view.attendance.total_members}`,
      support: waiting || "",
      speaking: Object.keys(view.floor.turns ?? {}).length,
      ready: tasks ? t("secretariat.tasks", { n: tasks }) : "✓",
    };
    return html`${sections(view).map((name) => html`<a href="#${name}" aria-current="${name === section() ? "page" : "false"}"><span class="grow">${t(`secretariat.${name}`)}</span><span class="num small ${(name === "ready" && tasks) || (name === "support" && waiting) ? "left" : ""}">${counts[name] ?? ""}</span></a>`)}`;
  }
}
