// The view as the server sends it; meetingroom/domain/*.py `view` is the truth.
export type Phase = "draft" | "published" | "in_session" | "adjourned" | "circulating" | "closed";
export type Choice = "yes" | "no" | "abstain" | "other" | "high" | "trust" | "low";
export type Marks = Record<string, Choice>; // option → what is said to it

export interface Sitting {
  id: string;
  title: string;
  kind: string;
  room: string;
  organisation: string;
  starts: number;
  ends?: number;
  phase: Phase;
  address: string;
  opened_at?: number;
  adjourned_at?: number;
  resumes_at?: number;
  closed_at?: number;
  without_quorum?: boolean;
  written?: boolean;
  template?: boolean;
  rule?: string;
  circle?: string;
}
export interface Circulation {
  questions: Record<string, number>;
  sent_at?: number;
  due?: number;
  recalled?: string;
}
export interface Called {
  name?: string;
  office: string;
  unit?: string;
  rank: number;
}
export interface Person extends Called {
  seat?: string;
  role: string;
  member?: boolean;
  account?: string;
}
export interface Item {
  number: string;
  order: number;
  level: number;
  parent?: string;
  title: string;
  presenter?: string;
  minutes: number;
  kind: "information" | "discussion" | "decision";
  state: "waiting" | "current" | "done";
  started_at?: number;
  spent_ms?: number;
}
export interface Revision {
  no: number;
  state: "preparing" | "ready" | "rejected";
  reason?: string;
  numbers?: { page: number; pages: number; most: number };
  file_name: string;
  bytes: number;
  received_at: number;
  pages?: number;
}
export interface Paper {
  item: string;
  title: string;
  order: number;
  readers: "everyone" | "members" | "named";
  kind?: string;
  issuer?: string;
  revision?: string;
  revision_no?: number;
  waiting_no?: number;
  former?: Former;
  earlier?: Record<string, Former>;
  not_kept?: true;
  watermarked?: true;
  silent?: number;
  signed?: "intact" | "doubtful";
  pages?: number;
  sizes?: [number, number, number][];
  updated_at?: number;
  named?: Record<string, true>;
  release_at?: number;
  released?: boolean;
  withdrawn?: boolean;
  revisions?: Record<string, Revision>;
}
export interface Asked {
  item: string;
  title: string;
  order: number;
  state: "draft" | "submitted" | "returned" | "approved";
  unit?: string;
  participant?: string;
  due?: number;
  paper?: string;
  submitted_at?: number;
  reason?: string;
  approved_by?: string;
}
export interface Former {
  revision: string;
  no: number;
  pages: number;
  sizes: [number, number, number][];
}
export interface Brought extends Asked {
  of: string;
  file?: {
    title: string;
    revision?: string;
    pages?: number;
    sizes?: [number, number, number][];
    revisions: Record<string, Revision>;
  };
}
export interface Opinion {
  item: string;
  participant: string;
  text: string;
  public?: true;
  at: number;
  order: number;
}
export interface Stage {
  paper?: string;
  revision?: string;
  page?: number;
  item?: string;
  presenter?: string;
  turned_at?: number;
}
export type RequestKind = "speak" | "question" | "reply" | "debate" | "order";
export interface FloorRequest {
  participant: string;
  kind: RequestKind;
  topic?: string;
  item?: string;
  to?: string;
  asked_at: number;
  order: number;
}
export interface Clock {
  seconds: number;
  spent_ms: number;
  running: boolean;
  resumed_at?: number;
}
export interface Speech extends Clock {
  id: string;
  participant: string;
  kind: RequestKind;
  topic?: string;
  item?: string;
  to?: string;
  started_at: number;
}
export interface Turn {
  participant: string;
  kind: RequestKind;
  item?: string;
  started_at: number;
  spent_ms: number;
}
export interface FloorRules {
  open: boolean;
  present_only: boolean;
  sound: boolean;
  seconds: number;
  limits?: Record<RequestKind, number>;
  budgets?: Record<string, number>;
  person?: number;
}
export interface Floor {
  discussion?: Clock & { item: string };
  requests: Record<string, FloorRequest>;
  speech?: Speech;
  interrupted: Record<string, Speech>;
  rules: FloorRules;
  turns?: Record<string, Turn>;
}
export interface Attendance {
  present: Record<string, { at: number }>;
  total_members: number;
  members_present: number;
  quorum: number;
  quorate: boolean;
  votes?: { present: number; total: number };
  rule: { numerator: number; denominator: number; exceed: boolean };
}
export interface Outcome {
  carried: boolean;
  by: string;
  of: number;
  needed: number;
}
export interface Report {
  counts: Record<string, Partial<Record<Choice, number>>>;
  issued: number;
  returned: number;
  valid: number;
  invalid: number;
  blank: number;
  tellers: string;
}
export interface Stay {
  arrived_at: number;
  left_at?: number;
}
export interface Movements {
  stays?: Record<string, Record<string, Stay>>;
  quorum_lost_at?: number;
}
export interface Reply {
  standing: "confirmed" | "asked" | "excused" | "refused";
  at: number;
  reason?: string;
  since?: number;
  until?: number;
  substitute?: string;
  answer?: string;
}
export interface Replies {
  substitutes: Record<string, string>;
  answers?: Record<string, Reply>;
}
export interface Result {
  tally: Record<string, Partial<Record<Choice, number>>>;
  outcomes: Record<string, Outcome>;
  blank: number;
  total_members: number;
  invited: number;
  present: number;
  entitled: number;
  voted: number;
  names: Record<string, Marks>;
  called: Record<string, Called>;
  texts: Record<string, string>;
  report?: Report;
  weighed?: { total: number; present: number; entitled: number; cast: number };
  weights?: Record<string, number>;
  cast_by?: Record<string, string>;
  entered?: Record<string, string>;
  casting?: Marks;
  casting_by?: string;
  not_voted: Record<string, true>;
  given?: Record<string, Record<string, number>>;
}
export interface Rule {
  name: string;
  law: string;
  base: "total_members" | "present" | "entitled" | "cast" | "yes_no";
  numerator: number;
  denominator: number;
  exceed: boolean;
  tie: "rejected" | "chairs_side" | "casting" | "repeat";
  quorum_base: "total_members" | "entitled";
  quorum_numerator: number;
  quorum_denominator: number;
  of?: number;
  needed?: number;
  quorum?: number;
  quorum_exceed?: true;
  weighted?: true;
  by_proxy?: true;
}
export interface Vote {
  item: string;
  question: string;
  rule: Rule;
  phase: "prepared" | "open" | "suspended" | "counting" | "closed" | "announced" | "cancelled";
  kind: "question" | "questions" | "choice" | "election" | "confidence" | "straw";
  wording: "approve" | "agree";
  method: "devices" | "hands" | "paper";
  secret: boolean;
  changeable: boolean;
  when_complete: boolean;
  blank: boolean;
  least: number;
  most: number;
  places: number;
  each_least: number;
  each: number;
  answers: Choice[];
  options: Record<string, { order: number; text: string; note?: string; photo?: number }>;
  seconds?: number;
  opened_at?: number;
  closes_at?: number;
  closed_at?: number;
  left?: number;
  reason?: string;
  void?: boolean;
  without_quorum?: boolean;
  sent_round?: true;
  again?: string;
  expected?: number;
  ready_asked_at?: number;
  ready?: number;
  ready_by?: Record<string, boolean>;
  electorate?: number;
  voted?: number;
  excused?: Record<string, string>;
  admitted?: Record<string, true>;
  electors?: Record<string, true>;
  voted_by?: Record<string, true>;
  report?: Report;
  result?: Result;
  asked?: number;
  strength?: number;
  holders?: Record<string, string>;
  entered?: Record<string, string>;
}
export interface Rights {
  weights?: Record<string, number>;
  proxies?: Record<string, { holder: string; note?: string }>;
}
export interface Held {
  weight: number;
  ballot?: OwnBallot;
}
export interface OwnBallot {
  marks?: Marks;
  votes?: Record<string, number>;
  text?: string;
  receipt?: string;
  in_urn?: boolean;
  entered?: string;
}
export interface Screen {
  scene: string;
  shows: "welcome" | "agenda" | "stage" | "speaker" | "vote";
  vote?: string;
}
export interface Minutes {
  state?: "draft" | "submitted" | "approved";
  facts?: number;
  sections?: Record<string, { by: string; at: number }>;
  revisions?: Record<string, number>;
  notes?: Record<string, string>;
  reason?: string;
  approved_at?: number;
  approved_by?: string;
}
export interface Comment {
  section: string;
  participant: string;
  text: string;
  at: number;
  order: number;
  state: "waiting" | "taken" | "declined";
  answer?: string;
}
export interface Comments {
  sent_at?: number;
  due?: number;
  open?: true;
  said?: Record<string, Comment>;
  agreed?: Record<string, number>;
  silent?: Record<string, true>;
  asked?: number;
}
export interface Conclusion {
  text: string;
  state: "draft" | "published" | "done";
  order: number;
  item?: string;
  lead?: string;
  supporting?: string;
  due?: number;
  published_at?: number;
  settled_at?: number;
  note?: string;
  progress?: Record<string, { at: number; note: string; done: boolean; by?: string }>;
}
export interface Issued {
  kind: string;
  at: number;
  order: number;
  about?: string;
  title?: string;
  number?: string;
  corrects?: string;
  reason?: string;
  signed_at?: number;
  signers?: Record<string, string>;
}
export interface OwnDevice {
  what: string;
  at: number;
  unknown?: boolean;
}
export interface View {
  devices: { disowned?: Record<string, number> };
  meeting: Sitting;
  people: Record<string, Person>;
  agenda: { items: Record<string, Item>; current?: string };
  papers: Record<string, Paper>;
  stage: Stage;
  floor: Floor;
  attendance: Attendance;
  movements: Movements;
  replies: Replies;
  voting: Record<string, Vote>;
  opinions?: Record<string, Opinion>;
  preparing?: Record<string, Asked>;
  rights: Rights;
  notices: Record<string, { text: string; sent_at: number }>;
  screen: Screen;
  minutes: Minutes;
  comments: Comments;
  signing: { at?: number; signers?: Record<string, string> };
  issuing: Record<string, Issued>;
  reports: { waiting?: Record<string, number> };
  conclusions: Record<string, Conclusion>;
  seating: Seating;
  circulation: Circulation;
  reminders?: { taken?: Record<string, true> };
  support: { chat: boolean };
  drawings: Record<string, { paper: string; page: number; kept_at: number }>;
}
export interface Me {
  id: string;
  role: string;
  member: boolean;
  present: boolean;
  presenting: boolean;
  requests: Partial<Record<RequestKind, string>>;
  reply?: Reply;
  speaking?: boolean;
  allowance_ms?: number;
  budget_ms?: number;
  interrupted?: boolean;
  declined?: { request: string; kind: RequestKind; reason: string };
  devices: Record<string, OwnDevice>;
  ballots: Record<string, OwnBallot>;
  electors: Record<string, true>;
  weights: Record<string, number>;
  held: Record<string, Record<string, Held>>;
  entrusted: Record<string, string>;
  ready: Record<string, boolean>;
  excused: Record<string, true>;
  papers: Record<string, Paper>;
  preparing?: Record<string, Brought>;
  opinions?: Record<string, Opinion>;
  comments?: Record<string, Comment>;
  agreed?: number;
}
export interface Errand {
  id: string;
  participant: string;
  need: "water" | "stationery" | "technician" | "secretary" | "telephone" | "other";
  text: string;
  at: number;
  state: "asked" | "taken" | "done" | "withdrawn";
  by: string;
  changed_at: number;
}
export interface Message {
  id: string;
  from: string;
  to: string;
  desk: boolean;
  text: string;
  at: number;
}
export interface Desk {
  errands: Errand[];
  messages: Message[];
  loaded?: boolean;
} // not of the view: asked for by each person
export type SeatShape = "rows" | "classroom" | "u" | "round";
export interface Seating {
  shape?: SeatShape;
  places: Record<string, { x: number; y: number; order: number }>;
} // of a plan 1600 wide, 1000 deep
export interface Presence {
  connected: Record<string, number>;
  following: Record<string, true>;
}
export interface Answer {
  done?: string;
  made?: string;
  refused?: string;
  code?: string;
  text?: string;
  again?: boolean;
  dropped?: boolean;
}
export interface Delivered {
  kind: "ipad" | "android" | "windows" | "other";
  kept: Record<string, number>;
  opened: Record<string, true>;
  secure?: true;
  here?: true;
  delay?: number;
}
export type Deliveries = Record<string, Record<string, Delivered>>; // participant → device
