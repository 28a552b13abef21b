// <page-thumb revision page>: a page as a small picture, also without a network. Brought when it comes into sight.

import { kept } from "./images.js";

const WIDTH = 270; // px
const NEAR = "400px"; // around what is in sight

/** @type {IntersectionObserver | undefined} */
let sight;

/** @param {Element} thumb */
function watch(thumb) {
  sight ??= new IntersectionObserver(
    (entries) =>
      entries.forEach(
        ({ isIntersecting, target }) => isIntersecting && void (/** @type {PageThumb} */ (target).bring()),
      ),
    { rootMargin: NEAR },
  );
  sight.observe(thumb);
}

export class PageThumb extends HTMLElement {
  static observedAttributes = ["revision", "page"];
  /** @type {HTMLImageElement | undefined} */
  image = undefined;

  connectedCallback() {
    this.image ??= this.appendChild(Object.assign(new Image(), { alt: "" }));
    watch(this);
  }

  disconnectedCallback() {
    sight?.unobserve(this);
    this.let();
  }

  attributeChangedCallback() {
    this.let();
    if (!this.isConnected || !this.image) return;
    sight?.unobserve(this); // observed anew, it is told again whether it is in sight
    watch(this);
  }

  /** Gives back the memory of the picture. */
  let() {
    if (this.image?.src) URL.revokeObjectURL(this.image.src);
    this.image?.removeAttribute("src");
  }

  async bring() {
    const [revision, page] = [this.getAttribute("revision") ?? "", Number(this.getAttribute("page"))];
    if (!revision || !this.image || this.image.src) return;
    const blob = await kept.get({ revision, page, width: WIDTH }).catch(() => null); // one that cannot be had now stays grey
    const same = this.getAttribute("revision") === revision && Number(this.getAttribute("page")) === page;
    if (blob && same && this.isConnected && !this.image.src) this.image.src = URL.createObjectURL(blob);
  }
}

customElements.define("page-thumb", PageThumb); // here, because several pages have sheets with small pictures
