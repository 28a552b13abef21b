// Recomputing a published vote in the reader's own browser: the same as meetingroom/verifier.py. No DOM here.

/** @typedef {Record<string, any>} Published the file of a vote */
/** @typedef {{carried: boolean, by: string}} Decided */

/** What does not agree, as keys of the catalogue; empty when everything does. @param {Published} vote @param {string} [receipt] @returns {string[]} */
export function faults(vote, receipt = "") {
  if (!["meetingroom vote 1", "meetingroom vote 2"].includes(vote.format)) return ["verify.unknown"];
  /** @type {Set<string>} */
  const found = new Set([...ballotFaults(vote), ...rightFaults(vote), ...countFaults(vote)]);
  const decided = outcomes(vote);
  const said = vote.result.outcomes;
  const agrees =
    Object.keys(decided).length === Object.keys(said).length &&
    Object.entries(decided).every(
      ([option, each]) => said[option]?.carried === each.carried && said[option]?.by === each.by,
    );
  const cast = Object.keys(vote.result.casting ?? {});
  const ties = Object.values(decided).filter(({ by }) => by === "casting").length;
  if (!agrees || cast.length !== ties) found.add("verify.other_outcome");
  if (receipt && !vote.urn.map(plain).includes(plain(receipt))) found.add("verify.no_receipt");
  return [...found];
}

/** @param {string} receipt */
const plain = (receipt) => receipt.toUpperCase().replace(/[^0-9A-Z]/g, "");

/** @param {Published} vote */
function* ballotFaults(vote) {
  if (vote.method !== "devices") return;
  const { ballots, voters, urn, choices } = vote;
  if (
    ballots.length !== voters.length ||
    new Set(voters).size !== voters.length ||
    voters.some((/** @type {string} */ voter) => !(voter in vote.electors))
  )
    yield "verify.other_voters";
  if (vote.secret && (urn.length !== ballots.length || new Set(urn).size !== urn.length))
    yield "verify.other_envelopes";
  const names = ballots
    .map((/** @type {Published} */ ballot) => ballot.voter)
    .sort()
    .join();
  if (!vote.secret && names !== [...voters].sort().join()) yield "verify.other_voters";
  const options = vote.options.map((/** @type {{id: string}} */ option) => option.id);
  const { each_least: fewest = 1, each: most = 1 } = choices;
  for (const { marks, votes = {} } of ballots) {
    const marked = Object.keys(marks);
    const given = marked.map((option) => votes[option] ?? 1);
    const all = given.reduce((sum, number) => sum + number, 0);
    const blank = !marked.length && vote.blank_allowed;
    const enough =
      vote.decides === "places"
        ? all >= choices.least && all <= choices.most && given.every((number) => number >= fewest && number <= most)
        : marked.length === options.length;
    if (
      !marked.every((option) => options.includes(option) && vote.answers.includes(marks[option])) ||
      !(enough || blank)
    )
      yield "verify.invalid_ballot";
  }
}

/** Votes of a weight, and rights cast by others: only where the rule allows it, and without chains. @param {Published} vote */
function* rightFaults(vote) {
  const { rule, electors, weights = {}, proxies = {} } = vote;
  const weighed = Object.keys(weights);
  if (
    Boolean(weighed.length) !== Boolean(rule.weighted) ||
    (weighed.length && (vote.secret || weighed.length !== Object.keys(electors).length))
  )
    yield "verify.other_rights";
  if (
    weighed.some((elector) => !(elector in electors) || !Number.isSafeInteger(weights[elector]) || weights[elector] < 1)
  )
    yield "verify.other_rights";
  const given = Object.keys(proxies);
  if (
    (given.length && !rule.by_proxy) ||
    given.some((elector) => !(elector in electors) || proxies[elector].holder in proxies)
  )
    yield "verify.other_rights";
}

/** @param {Published} vote @param {string} elector @returns {number} */
const weightOf = (vote, elector) => vote.weights?.[elector] ?? 1;

/** @param {Published} vote @param {string[]} electors */
const sum = (vote, electors) => electors.reduce((all, elector) => all + weightOf(vote, elector), 0);

/** What fractions are taken of: votes where they are weighed, else heads. @param {Published} vote @returns {Record<string, number>} */
const numbersOf = ({ result }) =>
  result.weighed ?? {
    total: result.total_members,
    present: result.present,
    entitled: result.entitled,
    cast: result.voted,
  };

/** @param {Published} vote */
function* countFaults(vote) {
  const { result, ballots } = vote;
  const tally = vote.method === "devices" ? counted(vote) : result.report.counts;
  const same = Object.entries(tally).every(([option, by]) =>
    Object.entries(/** @type {Record<string, number>} */ (by)).every(
      ([answer, number]) => result.tally[option]?.[answer] === number,
    ),
  );
  if (!same || Object.keys(tally).length !== Object.keys(result.tally).length) yield "verify.other_count";
  if (vote.method !== "devices") return;
  const blank = ballots.filter((/** @type {Published} */ ballot) => !Object.keys(ballot.marks).length).length;
  if (
    ballots.length !== result.voted ||
    blank !== result.blank ||
    Object.keys(vote.electors).length !== result.entitled
  )
    yield "verify.other_numbers";
  const { total, present, entitled, cast } = numbersOf(vote);
  if (cast > entitled || cast > present || (result.weighed && present > total)) yield "verify.other_numbers";
  if (result.weighed && (sum(vote, Object.keys(vote.electors)) !== entitled || sum(vote, vote.voters) !== cast))
    yield "verify.other_numbers";
}

/** @param {Published} vote */
function counted(vote) {
  /** @type {Record<string, Record<string, number>>} */
  const tally = Object.fromEntries(
    vote.options.map((/** @type {{id: string}} */ { id }) => [
      id,
      Object.fromEntries(vote.answers.map((/** @type {string} */ answer) => [answer, 0])),
    ]),
  );
  for (const { voter = "", marks, votes = {} } of vote.ballots)
    for (const [option, answer] of Object.entries(marks))
      if (tally[option]?.[answer] !== undefined) tally[option][answer] += weightOf(vote, voter) * (votes[option] ?? 1);
  return tally;
}

/** What became of each option by the published rule. @param {Published} vote @returns {Record<string, Decided>} */
export function outcomes(vote) {
  if (vote.decides === "nothing") return {};
  const chair = vote.secret
    ? undefined
    : vote.ballots.find((/** @type {Published} */ ballot) => ballot.voter === vote.chair);
  const found = Object.fromEntries(
    Object.entries(vote.result.tally).map(([option, by]) => [option, outcome(vote, option, by, chair?.marks[option])]),
  );
  return vote.decides === "places" ? placed(vote, found) : found;
}

/** @param {Published} vote @param {string} option @param {Record<string, number>} by @param {string | undefined} chair @returns {Decided} */
function outcome(vote, option, by, chair) {
  const { rule, result } = vote;
  const { total, present, entitled, cast } = numbersOf(vote);
  const [yes, no] = [by.yes ?? 0, by.no ?? 0];
  const bases = { total_members: total, present, entitled, cast, yes_no: yes + no };
  const needed = least(
    bases[/** @type {keyof typeof bases} */ (rule.base)] * (vote.choices.each ?? 1),
    rule.numerator,
    rule.denominator,
    rule.exceed,
  );
  const [there, all] = rule.quorum_base === "total_members" ? [present, total] : [cast, entitled];
  if (
    rule.quorum_numerator &&
    there < least(all, rule.quorum_numerator, rule.quorum_denominator, Boolean(rule.quorum_exceed))
  )
    return { carried: false, by: "no_quorum" };
  if (yes >= needed) return { carried: true, by: "majority" };
  if (!yes || yes !== no) return { carried: false, by: "short" };
  if (rule.tie === "chairs_side" && (chair === "yes" || chair === "no"))
    return { carried: chair === "yes", by: "chair" };
  const said = result.casting?.[option];
  if (rule.tie === "casting")
    return ["yes", "no"].includes(said) ? { carried: said === "yes", by: "casting" } : { carried: false, by: "awaits" };
  return { carried: false, by: rule.tie === "repeat" ? "repeat" : "tie" };
}

/** The least whole number that reaches or exceeds a fraction; votes of a company are too many for ordinary numbers. @param {number} of @param {number} numerator @param {number} denominator @param {boolean} exceed */
function least(of, numerator, denominator, exceed) {
  const [share, parts] = [BigInt(of) * BigInt(numerator), BigInt(denominator)];
  const whole = share / parts;
  const needed = exceed || whole * parts < share ? whole + 1n : whole;
  return Number(needed > 0n ? needed : 1n);
}

/** The most votes win the places; equal votes for the last place win it not. @param {Published} vote @param {Record<string, Decided>} found */
function placed(vote, found) {
  const votes = (/** @type {string} */ option) => vote.result.tally[option].yes;
  const enough = Object.keys(found)
    .filter((option) => found[option].carried)
    .sort((a, b) => votes(b) - votes(a));
  const { places } = vote.choices;
  if (enough.length <= places) return found;
  const last = votes(enough[places - 1]);
  const contested = votes(enough[places]) === last;
  for (const option of enough) {
    if (votes(option) < last) found[option] = { carried: false, by: "outranked" };
    else if (votes(option) === last && contested) found[option] = { carried: false, by: "tied_places" };
  }
  return found;
}

/** The first entry of a journal that does not fit its chain of hashes; 0 if all do. @param {Published} journal @returns {Promise<number>} */
export async function brokenAt(journal) {
  let last = new Uint8Array(32);
  for (const [place, row] of journal.entries.entries()) {
    const salt = bytes(row.salt);
    const digest = hex(await sha(join(salt, utf8(row.body))));
    const line = { actor: row.actor, at: row.at, command: row.command, digest, name: row.name, version: row.version };
    last = await sha(join(last, utf8(JSON.stringify(line))));
    if (row.version !== place + 1 || row.hash !== hex(last)) return place + 1;
  }
  return 0;
}

/** @param {Uint8Array} content */
const sha = async (content) =>
  new Uint8Array(await crypto.subtle.digest("SHA-256", /** @type {Uint8Array<ArrayBuffer>} */ (content)));
/** @param {string} text */
const utf8 = (text) => new TextEncoder().encode(text);
/** @param {string} text */
const bytes = (text) => new Uint8Array((text.match(/../g) ?? []).map((pair) => parseInt(pair, 16)));
/** @param {Uint8Array} content */
const hex = (content) => [...content].map((byte) => byte.toString(16).padStart(2, "0")).join("");
/** @param {Uint8Array} one @param {Uint8Array} other */
const join = (one, other) => new Uint8Array([...one, ...other]);
