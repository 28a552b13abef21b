// What worker.js uses of the service worker's own world, which the types of a page do not know.
export interface Extendable extends Event {
  waitUntil(work: Promise<unknown>): void;
}
export interface Fetching extends Extendable {
  request: Request;
  respondWith(answer: Promise<Response>): void;
}
export interface Told extends Extendable {
  data: { keep?: string } | null;
}
export interface Worker {
  location: Location;
  clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(type: "install" | "activate", act: (event: Extendable) => void): void;
  addEventListener(type: "message", act: (event: Told) => void): void;
  addEventListener(type: "fetch", act: (event: Fetching) => void): void;
}
