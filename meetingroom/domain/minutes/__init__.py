"""Minutes: what the journal says happened (course), and the text people make of it until the chair approves (record)."""

from meetingroom.domain.minutes.course import Course, Fact, Happened, course_of
from meetingroom.domain.minutes.record import (
    FORM,
    SEES,
    Approve,
    ChangeSection,
    Minutes,
    MinutesApproved,
    MinutesCommand,
    NoteSpeech,
    Section,
    State,
    Submit,
    decide,
    evolve,
    speech_key,
    view,
)

__all__ = [
    "FORM",
    "SEES",
    "Approve",
    "ChangeSection",
    "Course",
    "Fact",
    "Happened",
    "Minutes",
    "MinutesApproved",
    "MinutesCommand",
    "NoteSpeech",
    "Section",
    "State",
    "Submit",
    "course_of",
    "decide",
    "evolve",
    "speech_key",
    "view",
]
