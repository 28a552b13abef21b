// The quorum in words: members, or the votes they hold where the meeting counts those.

import { figure, t } from "../lib/words.js";
import { percent } from "../voting/marks.js";

/** @typedef {import("../lib/types").Attendance} Attendance */

/** Who is here, of all. @param {Attendance} attendance */
export const hereWords = ({ votes, members_present: present, total_members: total }) =>
  votes
    ? t("attendance.sum.votes", { present: figure(votes.present), total: figure(votes.total) })
    : t("attendance.sum", { present, total });

/** What is lacking. @param {Attendance} attendance */
export const lackingWords = ({ votes, members_present: present, quorum }) =>
  votes
    ? t("attendance.lost.votes", { present: figure(votes.present), quorum: figure(quorum) })
    : t("attendance.lost.count", { present, quorum });

/** As short as it can be said. @param {Attendance} attendance */
export const hereShort = ({ votes, members_present: present, total_members: total }) =>
  votes ? t("attendance.votes.short", { share: percent(votes.present, votes.total) }) : `${present} / ${total}`;
