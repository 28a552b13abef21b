"""Saying no: `Refused` and every code it may carry. The sentences stand in the catalogue under `refusal.<code>`."""

from __future__ import annotations

CODES = frozenset(
    {
        "not_permitted",
        "malformed",
        "unknown_command",
        "meeting.needs_title",
        "meeting.not_draft",
        "meeting.not_published",
        "meeting.not_in_session",
        "meeting.not_adjourned",
        "meeting.closed",
        "meeting.no_quorum",
        "meeting.vote_open",
        "people.unknown",
        "people.needs_office",
        "people.seat_taken",
        "people.account_taken",
        "people.last_secretary",
        "people.in_open_vote",
        "people.cannot_vote",
        "agenda.unknown",
        "agenda.needs_title",
        "agenda.inside_itself",
        "agenda.too_deep",
        "agenda.has_papers",
        "agenda.is_current",
        "agenda.has_votes",
        "papers.unknown",
        "papers.unknown_revision",
        "papers.not_ready",
        "papers.needs_title",
        "papers.is_current_revision",
        "stage.empty",
        "stage.moved_on",
        "stage.no_such_page",
        "stage.not_presenter",
        "stage.named_paper",
        "floor.already_waiting",
        "floor.list_closed",
        "floor.not_present",
        "floor.needs_person",
        "floor.no_limit",
        "floor.limit_by_item",
        "floor.no_such_unit",
        "floor.no_budgets",
        "floor.no_request",
        "floor.nobody_speaks",
        "floor.not_paused",
        "floor.not_running",
        "floor.cannot_speak",
        "attendance.cannot_attend",
        "replies.needs_reason",
        "replies.ends_before_it_begins",
        "replies.not_asked",
        "voting.unknown",
        "voting.needs_question",
        "voting.not_prepared",
        "voting.not_open",
        "voting.not_closed",
        "voting.already_open",
        "voting.nobody_present",
        "voting.not_entitled",
        "voting.no_such_choice",
        "voting.finished",
        "marks.too_many",
        "voting.needs_options",
        "voting.too_many_options",
        "voting.options_alike",
        "voting.impossible_choice",
        "voting.no_such_rule",
        "voting.impossible_rule",
        "voting.hands_are_seen",
        "voting.nothing_chosen",
        "voting.wrong_number",
        "voting.incomplete",
        "voting.needs_text",
        "voting.text_too_long",
        "voting.not_asked",
        "voting.no_quorum",
        "voting.needs_note",
        "voting.needs_reason",
        "voting.already_voted",
        "voting.not_present",
        "voting.excused",
        "voting.suspended",
        "voting.not_suspended",
        "voting.by_hand",
        "voting.not_by_hand",
        "voting.needs_count",
        "voting.more_than_entitled",
        "voting.more_returned_than_issued",
        "voting.valid_and_invalid",
        "voting.counts_do_not_fit",
        "voting.box_differs",
        "notices.needs_text",
        "notices.unknown",
        "minutes.approved",
        "minutes.not_closed",
        "minutes.not_submitted",
        "minutes.unknown_section",
        "minutes.changed_meanwhile",
    }
)


class Refused(Exception):
    """A command was understood and is not carried out. `params` fill the placeholders of the sentence."""

    def __init__(self, code: str, **params: str | int) -> None:
        assert code in CODES, code
        super().__init__(code)
        self.code = code
        self.params = params


def require(condition: object, code: str, **params: str | int) -> None:
    """Raise Refused(code) unless the condition holds."""
    if not condition:
        raise Refused(code, **params)
