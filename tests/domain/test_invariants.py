"""What holds for every meeting, tried with random commands of random people. Story.tell checks it at each event."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, get_args, get_origin

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from meetingroom.domain import meeting as domain
from meetingroom.domain.audience import Audience
from meetingroom.domain.messages import COMMANDS, Between, Command, Id, read, shape
from meetingroom.domain.people import SERVER
from meetingroom.domain.refusals import Refused
from meetingroom.domain.voting.ballot import Answer
from tests.domain.test_voting import open_vote, say
from tests.stories import MEMBERS, PEOPLE, SCREEN, Story

ACTORS = [person.id for person in PEOPLE] + [SERVER.id]


def arguments(kind: type[Command], ids: list[str]) -> st.SearchStrategy[dict[str, Any]]:
    fields = {name: value(annotation, ids) for name, (annotation, _) in shape(kind).items()}
    return st.fixed_dictionaries(fields)


def value(annotation: Any, ids: list[str]) -> st.SearchStrategy[Any]:
    if annotation is Id:
        return st.sampled_from(ids)
    if isinstance(annotation, type) and issubclass(annotation, StrEnum):
        return st.sampled_from([member.value for member in annotation])
    parts = get_args(annotation)
    if get_origin(annotation) is tuple:
        return st.lists(value(parts[0], ids), max_size=2) if parts[-1] is Ellipsis else fixed(parts, ids)
    if type(None) in parts:
        return st.none() | value(parts[0], ids)
    between = [part for part in parts if isinstance(part, Between)]
    if between:
        return st.integers(between[0].least, min(between[0].most, 5))
    return {bool: st.booleans(), int: st.integers(1, 5), float: st.just(1.0)}.get(
        annotation, st.sampled_from(["", "một", "hai"])
    )


def fixed(parts: tuple[Any, ...], ids: list[str]) -> st.SearchStrategy[Any]:
    return st.tuples(*(value(part, ids) for part in parts)).map(list)


def known_ids(story: Story) -> list[str]:
    meeting = story.meeting
    revisions = [key for paper in meeting.papers.values() for key in paper.revisions]
    nouns = (
        meeting.people,
        meeting.agenda.items,
        meeting.papers,
        meeting.voting,
        meeting.notices,
        meeting.conclusions,
        meeting.reports,
        meeting.preparing,
        meeting.opinions,
        meeting.drawings,
        meeting.comments.said,
        meeting.comments.sections,
        meeting.floor.requests,
        meeting.seating.places,
    )
    options, rules = ("q", "1", "2"), ("ubnd", "custom")
    return [*(key for noun in nouns for key in noun), *revisions, *options, *rules, "nobody"]


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_newcomers_see_what_patches_show(data: st.DataObject) -> None:
    story = Story.in_session() if data.draw(st.booleans()) else Story.of_a_committee(written=data.draw(st.booleans()))
    for _ in range(data.draw(st.integers(5, 30))):
        kind = data.draw(st.sampled_from(list(COMMANDS.values())))
        command = read(kind, data.draw(arguments(kind, known_ids(story))))
        actor = data.draw(
            st.sampled_from([actor for actor in ACTORS if actor in story.meeting.people or actor == SERVER.id])
        )
        try:
            story.give(actor, command)
        except Refused:
            continue
    assert domain.replay(story.events) == story.meeting


@settings(max_examples=25, deadline=None)
@given(
    secret=st.booleans(),
    choices=st.lists(st.sampled_from(["yes", "no", "abstain"]), min_size=5, max_size=5),
    data=st.data(),
)
def test_no_view_depends_on_a_choice_while_the_vote_is_open(
    secret: bool, choices: list[str], data: st.DataObject
) -> None:
    """The same people vote in the same order with permuted choices: nobody is shown a different byte."""
    other = data.draw(st.permutations(choices))
    one, two = open_vote(secret=secret), open_vote(secret=secret)
    again = data.draw(st.lists(st.sampled_from(range(5)), max_size=3))
    for index in [*range(5), *again]:
        one.give(MEMBERS[index], say(Answer(choices[index])))
        two.give(MEMBERS[index], say(Answer(other[index])))
        assert all(one.view(audience) == two.view(audience) for audience in Audience)
        assert one.own(SCREEN) == two.own(SCREEN)
        assert len(one.events) == len(two.events), "the versions tell nothing either"
