// The papers of an item: coming, being drawn, ready, or refused with the reason and what to do.

import { html, icon } from "../lib/html.js";
import { attends, byOrder, called, inOrder } from "../lib/people.js";
import { actions, confirmed, openSheet } from "../lib/sheet.js";
import { store } from "../lib/store.js";
import { clock, day, hasWord, t } from "../lib/words.js";
import { factsOf } from "../reader/described.js";
import { address } from "../reader/images.js";
import { order } from "../console/order.js";
import { openPagesOf } from "../tablet/pages-sheet.js";
import { fromField, toField } from "./general-section.js";
import { planned } from "./planning.js";
import { again, forget, isOffice, stop, TAKEN, uploads } from "./uploads.js";

/** @typedef {import("../lib/types").View} View */
/** @typedef {import("../lib/types").Paper} Paper */
/** @typedef {import("../lib/types").Revision} Revision */

/** @param {View} view @param {string} item */
export function drawPapers(view, item) {
  const papers = byOrder(view.papers).filter(([, paper]) => paper.item === item);
  const coming = uploads.filter((one) => (one.paper ? view.papers[one.paper]?.item === item : one.item === item));
  return html`<ul class="papers">
    ${papers.map(([key, paper], place) => drawPaper(key, paper, papers[place - 1]?.[0]))}${coming.map(drawComing)}
  </ul>`;
}

/** @param {import("./uploads.js").Upload} one */
function drawComing(one) {
  const name = html`<b>${one.file.name}</b>`;
  if (one.error) {
    return html`<li data-key="u${one.id}" class="paper bad" role="alert">
      ${icon("info")}<span class="grow">${name}<br />${one.error}</span
      >${one.code === "marked_secret_name" ? onPaper(one.item || (one.paper ?? "")) : ""}<button
        class="btn"
        data-do="again"
        data-upload="${one.id}"
      >
        ${t("secretariat.upload.again")}</button
      ><button class="btn quiet" data-do="forget" data-upload="${one.id}">${t("common.close")}</button>
    </li>`;
  }
  const percent = Math.floor(one.part * 100);
  return html`<li data-key="u${one.id}" class="paper">
    ${icon("upload")}<span class="grow"
      >${name}<progress max="100" value="${percent}" aria-label="${one.file.name}"></progress
      ><span class="small soft num"
        >${t(!one.part ? "secretariat.upload.waits" : percent === 100 && isOffice(one.file.name) ? "secretariat.upload.converting" : "secretariat.upload.sent", { percent })}</span
      ></span
    >${percent < 100 ? html`<button class="btn quiet" data-do="stop" data-upload="${one.id}">${t("upkeep.cancel")}<span class="sr"> ${one.file.name}</span></button>` : ""}
  </li>`;
}

/** @param {string} key @param {Paper} paper @param {string} [above] the paper it may go before */
function drawPaper(key, paper, above) {
  const revisions = Object.entries(paper.revisions ?? {}).sort(([, a], [, b]) => b.no - a.no);
  const preparing = revisions.filter(([, revision]) => revision.state === "preparing");
  const rejected = revisions.filter(([, revision]) => revision.state === "rejected");
  return html`<li data-key="${key}" class="paper ${paper.withdrawn ? "withdrawn" : ""}">
    ${paper.revision ? html`<button class="cover" data-do="look" data-paper="${key}" aria-label="${t("secretariat.look", { name: paper.title })}"><img alt="" loading="lazy" src="${address({ revision: paper.revision, page: 1, width: 270 })}" /></button>` : html`<span class="cover">${icon("paper")}</span>`}
    <span class="grow"
      ><b>${paper.title}</b><br /><span class="small soft"
        >${[paper.kind, paper.issuer].filter(Boolean).join(" · ")}${paper.kind || paper.issuer ? html`<br />` : ""}${about(paper)}</span
      >
      ${factsOf(paper).map((fact) => html`<span class="small described ${fact.kind}">${icon(fact.sign)}${t(fact.key, { n: fact.n })}</span>`)}
      ${preparing.map(([id, revision]) => drawPreparing(id, revision))}${rejected.map(([id, revision]) => drawRejected(key, id, revision))}</span
    >
    ${isPending(key) ? html`<a class="chip warn" href="#ready">${t("papers.not_approved")}</a>` : paper.withdrawn ? html`<span class="chip warn">${t("papers.withdrawn")}</span>` : !paper.released ? html`<span class="chip warn">${t("papers.not_released")}</span>` : paper.revision ? html`<span class="chip good">${t("papers.ready")}</span>` : ""}
    <span class="row tools"
      ><label class="btn"
        >${t("papers.replace")}<input
          type="file"
          accept="${TAKEN}"
          class="sr"
          data-replace="${key}"
          aria-label="${t("papers.replace_of", { name: paper.title })}"
      /></label>
      ${above ? html`<button class="btn quiet icon" data-do="paper-up" data-paper="${key}" data-before="${above}" aria-label="${t("secretariat.up", { name: paper.title })}" title="${t("secretariat.up", { name: paper.title })}">${icon("up")}</button>` : ""}<button
        class="btn quiet icon"
        data-do="paper"
        data-paper="${key}"
        aria-label="${t("secretariat.edit_of", { name: paper.title })}"
        title="${t("secretariat.edit_of", { name: paper.title })}"
      >
        ${icon("edit")}
      </button></span
    >
  </li>`;
}

/** A unit brought it and the office has not let it pass. @param {string} key */
const isPending = (key) =>
  Object.values(store.view?.preparing ?? {}).some((asked) => asked.paper === key && asked.state !== "approved");

/** @param {Paper} paper */
function about(paper) {
  const who =
    paper.readers === "named"
      ? t("papers.named_n", { n: Object.keys(paper.named ?? {}).length })
      : t(`papers.readers.${paper.readers}`);
  const when =
    !paper.released && paper.release_at
      ? t("papers.released_at", { time: `${clock(paper.release_at)}, ${day(paper.release_at)}` })
      : "";
  const guarded = [
    paper.not_kept ? t("papers.not_kept.short") : "",
    paper.watermarked ? t("papers.watermarked.short") : "",
  ];
  return [
    paper.pages ? t("common.pages", { n: paper.pages }) : "",
    paper.revision_no ? t("papers.revision", { no: paper.revision_no, time: clock(paper.updated_at ?? 0) }) : "",
    who,
    when,
    ...guarded,
  ]
    .filter(Boolean)
    .join(" · ");
}

/** @param {string} id @param {Revision} revision */
function drawPreparing(id, revision) {
  const progress = store.rendering[id];
  return html`<span class="small"
    >${revision.file_name}:
    ${progress ? t("papers.drawing_n", { done: progress.done, of: progress.of }) : t("papers.drawing")}<progress
      max="${progress?.of ?? 1}"
      value="${progress?.done ?? 0}"
      aria-label="${revision.file_name}"
    ></progress
  ></span>`;
}

/** @param {string} key @param {string} id @param {Revision} revision */
function drawRejected(key, id, revision) {
  const word = `rejected.${revision.reason}`;
  return html`<span class="refused" role="alert"
    >${icon("info")}<span class="grow"
      ><b>${revision.file_name}</b><br />${t(hasWord(word) ? word : "rejected.damaged", revision.numbers ?? {})}</span
    >${revision.reason === "marked_secret" ? onPaper(key) : ""}<button
      class="btn"
      data-do="discard"
      data-paper="${key}"
      data-revision="${id}"
    >
      ${t("papers.discard")}
    </button></span
  >`;
}

/** State secrets are handed out on paper: the agenda names them by their number. @param {string} place an item or a paper of it */
const onPaper = (place) =>
  html`<button class="btn firm" data-do="on-paper" data-place="${place}">${t("papers.on_paper")}</button>`;

/** @param {string} item */
function addOnPaper(item) {
  openSheet(
    html`<form method="dialog">
      <h2>${t("papers.on_paper")}</h2>
      <div class="field">
        <label for="a-number">${t("papers.on_paper.number")}</label
        ><input id="a-number" name="number" maxlength="100" required autocomplete="off" />
        <p class="hint">${t("papers.on_paper.hint")}</p>
      </div>
      ${actions("add", t("papers.on_paper.do"))}
    </form>`,
    (name, form) =>
      name === "add"
        ? order("agenda.add_item", {
            title: t("papers.on_paper.title", { number: String(form.get("number")).trim() }),
            parent: item,
          })
        : undefined,
  );
}

/** @param {import("../lib/element.js").ViewElement} element */
export function paperActs(element) {
  element.onDo("on-paper", (button) => {
    const place = button.dataset.place ?? "";
    addOnPaper(store.view?.papers[place]?.item ?? place);
  });
  element.onDo("again", (button) => again(button.dataset.upload ?? ""));
  element.onDo("stop", (button) => stop(button.dataset.upload ?? ""));
  element.onDo("forget", (button) => forget(button.dataset.upload ?? ""));
  element.onDo(
    "discard",
    (button) => void order("papers.discard", { paper: button.dataset.paper, revision: button.dataset.revision }),
  );
  element.onDo(
    "paper-up",
    ({ dataset: { paper = "", before } }) =>
      void order("papers.move", { paper, item: store.view?.papers[paper]?.item, before }),
  );
  element.onDo("paper", (button) => edit(button.dataset.paper ?? ""));
  element.onDo("look", (button) => {
    const paper = store.view?.papers[button.dataset.paper ?? ""];
    if (paper)
      openPagesOf(paper, 1, (page) => window.open(address({ revision: paper.revision ?? "", page, width: 1600 })));
  });
}

/** @param {string} key */
function edit(key) {
  const view = store.view;
  const paper = view?.papers[key];
  if (!view || !paper) return;
  const mode = paper.released ? "now" : "at";
  const dialog = openSheet(
    html`<form method="dialog">
      <h2>${t("papers.edit")}</h2>
      <div class="field">
        <label for="a-title">${t("papers.title")}</label
        ><input id="a-title" name="title" value="${paper.title}" maxlength="500" required />
      </div>
      <div class="two">
        <div class="field">
          <label for="a-kind">${t("papers.kind")}</label
          ><input
            id="a-kind"
            name="kind"
            value="${paper.kind ?? ""}"
            maxlength="200"
            list="paper-kinds"
            autocomplete="off"
          /><datalist id="paper-kinds"></datalist>
        </div>
        <div class="field">
          <label for="a-issuer">${t("papers.issuer")}</label
          ><input
            id="a-issuer"
            name="issuer"
            value="${paper.issuer ?? ""}"
            maxlength="200"
            list="paper-issuers"
            autocomplete="off"
          /><datalist id="paper-issuers"></datalist>
        </div>
      </div>
      <fieldset class="field">
        <legend>${t("papers.readers")}</legend>
        ${["everyone", "members", "named"].map((who) => html`<label class="check"><input type="radio" name="readers" value="${who}" ?checked=${who === paper.readers} />${t(`papers.readers.${who}`)}</label>`)}
        <details ?open=${paper.readers === "named"}>
          <summary>${t("papers.choose_named")}</summary>
          <div class="names">
            ${inOrder(view.people)
              .filter(([, person]) => attends(person) && !["chair", "secretary"].includes(person.role))
              .map(
                ([id, person]) =>
                  html`<label class="check"
                    ><input
                      type="checkbox"
                      name="named"
                      value="${id}"
                      ?checked=${Boolean(paper.named?.[id])}
                    />${called(person)}</label
                  >`,
              )}
          </div>
        </details>
      </fieldset>
      <fieldset class="field">
        <legend>${t("papers.release")}</legend>
        <label class="check"
          ><input type="radio" name="release" value="now" ?checked=${mode === "now"} />${t("papers.release.now")}</label
        ><label class="check"
          ><input type="radio" name="release" value="at" ?checked=${mode === "at"} />${t("papers.release.at")}</label
        ><input
          name="release_at"
          type="datetime-local"
          aria-label="${t("papers.release.at")}"
          value="${toField(paper.release_at ?? view.meeting.starts)}"
        />
      </fieldset>
      <fieldset class="field">
        <legend>${t("papers.guard")}</legend>
        <label class="check"
          ><input type="checkbox" name="not_kept" ?checked=${paper.not_kept} />${t("papers.not_kept")}</label
        ><label class="check"
          ><input type="checkbox" name="watermarked" ?checked=${paper.watermarked} />${t("papers.watermarked")}</label
        >
        <p class="hint">${t("papers.guard.hint")}</p>
      </fieldset>
      <div class="field">
        <label for="a-item">${t("papers.item")}</label
        ><select id="a-item" name="item">
          ${byOrder(view.agenda.items).map(([id, item]) => html`<option value="${id}" ?selected=${id === paper.item}>${item.number}. ${item.title}</option>`)}
        </select>
      </div>
      <div class="row wrap">
        ${paper.withdrawn ? html`<button class="btn" type="button" data-act="restore">${t("papers.restore")}</button>` : html`<button class="btn danger" type="button" data-act="withdraw">${t("papers.withdraw")}</button>`}
      </div>
      ${actions("save", t("secretariat.save"))}
    </form>`,
    async (name, form) => {
      if (name === "restore") return order("papers.restore", { paper: key });
      if (name === "withdraw")
        return (await confirmed(t("papers.withdraw"), t("papers.withdraw.text"), t("papers.withdraw")))
          ? order("papers.withdraw", { paper: key })
          : false;
      return name === "save" ? save(key, paper, form) : undefined;
    },
  );
  dialog.classList.add("wide");
  void offer(dialog);
}

/** What an administrator has named, once it is here. @param {HTMLElement} dialog */
async function offer(dialog) {
  const { terms } = await planned();
  for (const [list, names] of [
    ["#paper-kinds", terms?.papers],
    ["#paper-issuers", terms?.issuers],
  ]) {
    dialog.querySelector(String(list))?.replaceChildren(...[names ?? []].flat().map((name) => new Option(name, name)));
  }
}

/** @param {string} key @param {Paper} paper @param {FormData} form */
async function save(key, paper, form) {
  const at = form.get("release") === "at" ? fromField(String(form.get("release_at"))) : 0;
  const changed = await order("papers.change", {
    paper: key,
    title: String(form.get("title")),
    readers: String(form.get("readers")),
    named: form.getAll("named").map(String),
    ...(at ? { release_at: at } : {}),
  });
  const guard = { kept: !form.get("not_kept"), watermarked: Boolean(form.get("watermarked")) };
  if (changed && (guard.kept === Boolean(paper.not_kept) || guard.watermarked !== Boolean(paper.watermarked))) {
    if (!(await order("papers.protect", { paper: key, ...guard }))) return false;
  }
  const said = { kind: String(form.get("kind")).trim(), issuer: String(form.get("issuer")).trim() };
  if (changed && (said.kind !== (paper.kind ?? "") || said.issuer !== (paper.issuer ?? ""))) {
    if (!(await order("papers.classify", { paper: key, ...said }))) return false;
  }
  const item = String(form.get("item"));
  return changed && (item === paper.item || (await order("papers.move", { paper: key, item })));
}
