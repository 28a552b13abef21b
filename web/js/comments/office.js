// The draft of the minutes and its members, at the office: sending it round, who has answered, what they say, taking it or not.

import { order } from "../console/order.js";
import { dueField, dueOf } from "../conclusions/due.js";
import { html, icon } from "../lib/html.js";
import { byOrder, called } from "../lib/people.js";
import { actions, confirmed, openSheet } from "../lib/sheet.js";
import { store } from "../lib/store.js";
import { moment, t } from "../lib/words.js";
import { answerLine, stateChip } from "./show.js";

/** @typedef {import("../lib/types").View} View */

const DAY = 86_400_000;
const USUAL = 3; // days to read it

/** Comments nobody has taken or declined yet. @param {View} view */
export const unanswered = (view) =>
  Object.values(view.comments.said ?? {}).filter((each) => each.state === "waiting").length;

/** Where the round of the draft stands. @param {View} view */
export function drawRound(view) {
  const { comments, meeting, minutes } = view;
  if (meeting.phase !== "closed" || minutes.state === "approved") return "";
  if (!comments.sent_at)
    return html`<section class="card pad row wrap">
      <span class="grow">${t("comments.round.lead")}</span
      ><button class="btn firm" data-do="circulate">${icon("mail")}${t("comments.send")}</button>
    </section>`;
  const silent = Object.keys(comments.silent ?? {});
  const waiting = unanswered(view);
  return html`<section class="card pad stack comment-round">
    <div class="row wrap">
      <span class="grow"
        ><b
          >${t(comments.open ? "comments.round.open" : "comments.round.over", { time: moment(comments.due ?? 0) })}</b
        ></span
      >${waiting ? html`<span class="chip warn">${t("comments.round.waiting", { n: waiting })}</span>` : ""}
    </div>
    <p>
      ${t("comments.round.answered", { answered: (comments.asked ?? 0) - silent.length, asked: comments.asked ?? 0, agreed: Object.keys(comments.agreed ?? {}).length })}
    </p>
    ${
      silent.length
        ? html`<details>
            <summary>${t("comments.round.silent", { n: silent.length })}</summary>
            <p class="soft">${silent.map((key) => called(view.people[key])).join("; ")}</p>
          </details>`
        : ""
    }
    <div class="row wrap">
      <button class="btn" data-do="comments-day">${t("comments.round.day")}</button
      >${comments.open ? html`<button class="btn" data-do="comments-end">${t("comments.round.end")}</button>` : ""}<button
        class="btn"
        data-do="circulate"
      >
        ${icon("mail")}${t("comments.send_again")}
      </button>
    </div>
  </section>`;
}

/** What was said to a section. @param {View} view @param {string} section @param {boolean} locked */
export function drawSaid(view, section, locked) {
  const said = byOrder(view.comments.said ?? {}).filter(([, each]) => each.section === section);
  if (!said.length) return "";
  return html`<h4 class="small soft">${t("comments.title")}</h4>
    <ul class="stack said-list">
      ${said.map(
        ([key, each]) =>
          html`<li class="stack" data-key="${key}">
            <p class="row wrap">
              <span class="grow"
                ><b>${called(view.people[each.participant])}</b>
                <span class="small soft">${moment(each.at)}</span></span
              >${stateChip(each)}
            </p>
            <p class="prose">${each.text}</p>
            ${answerLine(each)}
            ${locked ? "" : html`<p class="row wrap">${each.state === "taken" ? "" : html`<button class="btn" data-do="take-comment" data-comment="${key}">${icon("check")}${t("comments.take")}</button>`}${each.state === "declined" ? "" : html`<button class="btn quiet" data-do="decline-comment" data-comment="${key}">${t("comments.decline")}</button>`}</p>`}
          </li>`,
      )}
    </ul>`;
}

/** @param {string} comment @param {boolean} taken */
export function answer(comment, taken) {
  const found = store.view?.comments.said?.[comment];
  openSheet(
    html`<form method="dialog">
      <h2>${t(taken ? "comments.take" : "comments.decline")}</h2>
      <p class="prose">${found?.text ?? ""}</p>
      <div class="field">
        <label for="c-answer">${t(taken ? "comments.answer.taken" : "comments.answer.declined")}</label
        ><textarea id="c-answer" name="answer" rows="3" maxlength="500" ?required=${!taken}>
${found?.answer ?? ""}</textarea>
      </div>
      ${actions("answer", t(taken ? "comments.take" : "comments.decline"))}
    </form>`,
    async (name, form) =>
      name === "answer"
        ? order("comments.answer", { comment, taken, answer: String(form.get("answer") ?? "").trim() })
        : undefined,
  );
}

/** Asks until when; gives the end of that day to `send`. @param {string} title @param {string} text @param {string} act @param {(due: number) => void | Promise<boolean>} send */
export function askDay(title, text, act, send) {
  openSheet(
    html`<form method="dialog">
      <h2>${title}</h2>
      <p>${text}</p>
      <div class="field">
        <label for="c-day">${t("comments.day")}</label
        ><input
          id="c-day"
          name="day"
          type="date"
          required
          value="${dueField(store.now() + USUAL * DAY)}"
          min="${dueField(store.now())}"
        />
      </div>
      ${actions("send", act)}
    </form>`,
    async (name, form) => {
      const due = dueOf(String(form.get("day") ?? ""));
      return name === "send" ? (due === undefined ? false : send(due)) : undefined;
    },
  );
}

export const changeDay = () =>
  askDay(t("comments.round.day"), "", t("secretariat.save"), (due) => order("comments.change_day", { due }));

export async function endComments() {
  if (await confirmed(t("comments.round.end"), t("comments.round.end.text"), t("comments.round.end"), "strong"))
    await order("comments.end");
}
