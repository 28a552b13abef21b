// Documents that left the house: each one file that changes no more; it comes back signed, and is put right by a new one.

import { html, icon } from "../lib/html.js";
import { byOrder } from "../lib/people.js";
import { actions, openSheet, say } from "../lib/sheet.js";
import { store } from "../lib/store.js";
import { moment, t } from "../lib/words.js";

/** @typedef {import("../lib/types").View} View */
/** @typedef {import("../lib/types").Issued} Issued */

const ALONE = ["invitation", "conclusions", "result", "attendance"];

/** What it is, as a person says it. @param {View} view @param {Issued} issued */
function named(view, issued) {
  if (issued.kind === "other") return issued.title ?? "";
  const question = issued.about ? view.voting[issued.about]?.question : "";
  return question ? `${t(`issuing.kind.${issued.kind}`)}: ${question}` : t(`issuing.kind.${issued.kind}`);
}

/** @param {View} view @param {string} base @param {boolean} busy */
export function drawIssued(view, base, busy) {
  const issued = byOrder(view.issuing);
  const replaced = new Set(
    issued.filter(([, each]) => each.corrects && each.kind !== "correction").map(([, each]) => each.corrects),
  );
  return html`<section class="stack" aria-label="${t("issuing.title")}">
    <h3>${t("issuing.title")}</h3>
    <p class="soft">${t("issuing.text")}</p>
    ${
      issued.length
        ? html`<ul class="card documents">
            ${issued.map(([key, each]) => drawOne(view, base, busy, key, each, replaced.has(key)))}
          </ul>`
        : ""
    }
    <div class="row wrap">
      <button class="btn" data-do="issue">${icon("edit")}${t("issuing.issue")}</button
      ><button class="btn" data-do="other">${icon("upload")}${t("issuing.other")}</button>
    </div>
  </section>`;
}

/** @param {View} view @param {string} base @param {boolean} busy @param {string} key @param {Issued} each @param {boolean} replaced */
function drawOne(view, base, busy, key, each, replaced) {
  const name = named(view, each);
  const known = each.corrects ? view.issuing[each.corrects] : undefined;
  const former = known
    ? [named(view, known), known.number].filter(Boolean).join(" ")
    : each.corrects
      ? t("documents.minutes")
      : "";
  const facts = [
    each.number ? t("issuing.number_is", { number: each.number }) : "",
    t("issuing.at", { time: moment(each.at) }),
    former ? t("issuing.puts_right", { former }) : "",
  ];
  const signers = Object.values(each.signers ?? {}).join("; ");
  return html`<li data-key="${key}">
    <span class="grow" role="status"
      ><b>${name}</b>
      ${replaced ? html`<span class="chip warn">${t("issuing.replaced")}</span>` : signers ? html`<span class="chip good">${t("signing.signed")}</span>` : ""}<br /><span
        class="soft small"
        >${facts.filter(Boolean).join(" · ")}</span
      >${signers ? html`<br /><span class="soft small">${signers}</span>` : ""}</span
    >
    <a class="btn" href="${base}/issued/${key}.pdf" target="_blank"
      >${icon("open")}PDF<span class="sr"> ${name}</span></a
    >
    ${replaced ? "" : html`<label class="btn">${icon("upload")}${t(busy ? "signing.reading" : signers ? "signing.another" : "signing.choose")}<span class="sr"> ${name}</span><input type="file" accept="application/pdf,.pdf" class="sr" data-signed="${key}" ?disabled=${busy} /></label><button class="btn" data-do="issue" data-corrects="${key}">${t("issuing.put_right")}<span class="sr"> ${name}</span></button>`}
  </li>`;
}

/** What may be issued now, as [value, words]; the value is kind|about|corrects. @param {View} view @param {string} corrects @returns {[string, string][]} */
function choices(view, corrects) {
  const known = view.issuing[corrects];
  if (known) {
    /** @type {[string, string][]} */
    const correction = [[`correction||${corrects}`, t("issuing.as_correction")]];
    return ALONE.includes(known.kind)
      ? [[`${known.kind}|${known.about ?? ""}|${corrects}`, t("issuing.as_replacement")], ...correction]
      : correction;
  }
  const issued = new Set(Object.values(view.issuing).map((each) => `${each.kind}|${each.about ?? ""}|`));
  const ready = [
    view.meeting.phase !== "draft" && "invitation||",
    view.meeting.opened_at !== undefined && "attendance||",
    Object.values(view.conclusions).some((each) => each.state !== "draft") && "conclusions||",
    ...Object.entries(view.voting).map(([key, vote]) => vote.result && `result|${key}|`),
  ].filter((each) => typeof each === "string" && !issued.has(each));
  return [
    ...ready.map((value) => /** @type {[string, string]} */ ([String(value), named(view, asIssued(String(value)))])),
    ...(view.minutes.state === "approved"
      ? [/** @type {[string, string]} */ (["correction||minutes", t("issuing.correct_minutes")])]
      : []),
  ];
}

/** @param {string} value @returns {Issued} */
function asIssued(value) {
  const [kind = "", about = "", corrects = ""] = value.split("|");
  return { kind, about, corrects, at: 0, order: 0 };
}

/** Prints one as it is now. @param {string} base @param {string} corrects the one it puts right, or none */
export function issueOne(base, corrects) {
  if (!store.view) return;
  const offered = choices(store.view, corrects);
  if (!offered.length) return say(t("issuing.nothing"), "warn");
  const id = crypto.getRandomValues(new Uint32Array(4)).join("-");
  const asksWhy = Boolean(corrects) || offered.some(([value]) => value.endsWith("|minutes"));
  openSheet(
    html`<form method="dialog">
      <h2>${t(corrects ? "issuing.put_right" : "issuing.issue")}</h2>
      <div class="field">
        <label for="i-what">${t("issuing.what")}</label
        ><select id="i-what" name="what">
          ${offered.map(([value, words]) => html`<option value="${value}">${words}</option>`)}
        </select>
      </div>
      <div class="field">
        <label for="i-number">${t("issuing.number")}</label
        ><span class="hint" id="i-number-hint">${t("issuing.number.hint")}</span
        ><input id="i-number" name="number" maxlength="60" autocomplete="off" aria-describedby="i-number-hint" />
      </div>
      ${asksWhy ? html`<div class="field"><label for="i-reason">${t("issuing.reason")}</label><span class="hint" id="i-reason-hint">${t("issuing.reason.hint")}</span><textarea id="i-reason" name="reason" rows="4" maxlength="4000" aria-describedby="i-reason-hint"></textarea></div>` : ""}
      <p class="note">${t("issuing.final")}</p>
      ${actions("issue", t("issuing.issue.do"))}
    </form>`,
    async (name, form) => {
      if (!name) return undefined;
      const { kind, about, corrects: former } = asIssued(String(form.get("what")));
      const body = new URLSearchParams({
        id,
        kind,
        about: about ?? "",
        corrects: former ?? "",
        number: String(form.get("number") ?? ""),
        reason: former ? String(form.get("reason") ?? "") : "",
      });
      return told(
        await fetch(`${base}/issued`, { method: "POST", body, headers: { accept: "application/json" } }).catch(
          () => null,
        ),
      );
    },
  );
}

/** Takes one that was made and signed elsewhere. @param {string} base */
export function takeOther(base) {
  const id = crypto.getRandomValues(new Uint32Array(4)).join("-");
  openSheet(
    html`<form method="dialog">
      <h2>${t("issuing.other")}</h2>
      <p>${t("issuing.other.text")}</p>
      <div class="field">
        <label for="o-title">${t("issuing.other.title")}</label
        ><input id="o-title" name="title" required maxlength="300" autocomplete="off" />
      </div>
      <div class="field">
        <label for="o-number">${t("issuing.number")}</label
        ><input id="o-number" name="number" maxlength="60" autocomplete="off" />
      </div>
      <div class="field">
        <label for="o-file">${t("issuing.other.file")}</label
        ><input id="o-file" name="file" type="file" accept="application/pdf,.pdf" required />
      </div>
      ${actions("take", t("issuing.other.do"))}
    </form>`,
    async (name, form) => {
      if (!name) return undefined;
      const file = form.get("file");
      if (!(file instanceof File) || !file.size) return false;
      const said = new URLSearchParams({
        id,
        title: String(form.get("title") ?? ""),
        number: String(form.get("number") ?? ""),
      });
      return told(
        await fetch(`${base}/issued?${said}`, {
          method: "PUT",
          body: file,
          headers: { accept: "application/json" },
        }).catch(() => null),
      );
    },
  );
}

/** @param {Response | null} answer */
async function told(answer) {
  if (answer?.ok) return undefined;
  say(answer ? (await answer.json()).text : t("common.dropped"), "warn");
  return false;
}
