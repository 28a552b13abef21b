"""The wording of the minutes: the sections of Mẫu 1.9 in its order, and what the journal says in each."""

from meetingroom.domain.attendance import CheckIn, Leave
from meetingroom.domain.floor import End, Give
from meetingroom.domain.minutes import ChangeSection, NoteSpeech
from meetingroom.domain.replies import AskAbsence, DecideAbsence, RecordReply
from meetingroom.domain.sitting import Open
from meetingroom.domain.voting.electors import Elector
from meetingroom.export.times import day, hour, lasted, named
from meetingroom.export.wording import abbreviated, parts
from tests.export.stories import held, held_story, legal_words
from tests.stories import CHAIR, FINANCE, HEALTH, HOME, JUSTICE, SECRETARY, Story

WORDS = legal_words()


def texts(story: Story) -> dict[str, str]:
    return {part.key: part.text for part in parts(story.meeting, WORDS)}


def test_the_sections_stand_in_the_order_of_the_form() -> None:
    keys = [part.key for part in parts(held(), WORDS)]
    assert keys[:3] == ["form.superior", "form.issuer", "form.number"]
    assert keys[3:] == [
        "form.begins", "form.place", "form.attendees", "form.chair", "form.secretary", "form.opening",
        "one", "two", "two_one", "form.close",
    ]  # fmt: skip


def test_times_are_written_as_the_decree_says() -> None:
    at = 1_580_778_300_000  # 4 February 2020, 08:05 in Vietnam
    assert (hour(WORDS, at), day(WORDS, at)) == ("08 giờ 05 phút", "ngày 04 tháng 02 năm 2020")
    assert day(WORDS, at + 60 * 86_400_000) == "ngày 04 tháng 4 năm 2020"
    assert (lasted(WORDS, 180_000), lasted(WORDS, 9_000)) == ("3 phút", "dưới 1 phút")


def test_attendance_names_who_came_late_and_who_left() -> None:
    attendees = texts(held_story())["form.attendees"].splitlines()
    assert attendees[0] == "Thành viên: có mặt 5 trên tổng số 5 thành viên."
    assert attendees[1] == "- Chủ tịch UBND tỉnh"
    assert "- Giám đốc Sở Y tế (rời cuộc họp lúc 19 giờ 30 phút)" in attendees
    assert any(line.startswith("- Giám đốc Sở Nội vụ (đến lúc ") for line in attendees)
    assert attendees[-2:] == ["Khách mời, đại biểu dự họp: 1 người.", "- Chánh Văn phòng Hội Nông dân"]


def test_who_never_came_is_absent() -> None:
    attendees = texts(Story.in_session(present=("chair", "finance")))["form.attendees"]
    assert "Vắng mặt 3 thành viên:\n- Giám đốc Sở Y tế\n- Giám đốc Sở Tư pháp\n- Giám đốc Sở Nội vụ" in attendees


def test_why_somebody_was_away_and_who_came_for_them() -> None:
    story = Story.of_a_committee()
    story.give(FINANCE, AskAbsence(reason="họp tại Bộ Tài chính", substitute="Phó Giám đốc Sở Tài chính"))
    story.give(CHAIR, DecideAbsence(participant=FINANCE, consent=True), made="deputy")
    story.give(HEALTH, AskAbsence(reason="việc riêng"))
    story.give(CHAIR, DecideAbsence(participant=HEALTH, consent=False))
    story.give(SECRETARY, RecordReply(participant=HOME, coming=False))
    for person in (CHAIR, JUSTICE, "deputy"):
        story.give(person, CheckIn())
    story.give(CHAIR, Open(regardless=True))
    story.give(JUSTICE, AskAbsence(reason="tiếp đoàn công tác", since=story.now))
    story.give(CHAIR, DecideAbsence(participant=JUSTICE, consent=True))
    story.give(JUSTICE, Leave())
    lines = texts(story)["form.attendees"].splitlines()
    assert "- Giám đốc Sở Tài chính (vắng có lý do: họp tại Bộ Tài chính)" in lines
    assert "- Giám đốc Sở Y tế (xin vắng: việc riêng; chưa được đồng ý)" in lines
    assert "- Giám đốc Sở Nội vụ (vắng có lý do)" in lines
    assert "- Phó Giám đốc Sở Tài chính (dự thay Giám đốc Sở Tài chính)" in lines
    (justice,) = [line for line in lines if "Tư pháp" in line]
    assert "rời cuộc họp lúc" in justice and "vắng có lý do: tiếp đoàn công tác" in justice


def test_speeches_and_votes_stand_under_their_item_with_time_rule_and_figures() -> None:
    told = texts(held_story())
    assert told["form.opening"].startswith("Khi khai mạc có mặt 4 trên tổng số 5 thành viên, đủ")
    assert told["one"].splitlines()[0] == "Tài liệu: report."
    assert "Giám đốc Sở Tài chính phát biểu (lúc 19 giờ 26 phút, 3 phút): …" in told["one"]
    assert "Thông qua dự thảo?" in told["two"]
    assert "3 tán thành, 1 không tán thành, 0 không biểu quyết" in told["two"]
    assert "4 trên 5 người có quyền" in told["two"]
    assert "5 thành viên, cần ít nhất 3; có mặt 5; tán thành 3 – thông qua" in told["two"]
    assert told["two_one"] == "Chưa tiến hành nội dung này."
    assert told["form.close"].endswith("ngày 13 tháng 9 năm 2020./.")


def test_an_open_meeting_leaves_the_end_blank_and_no_quorum_is_said() -> None:
    told = texts(Story.in_session(present=("chair",)))
    assert "chưa đủ số thành viên" in told["form.opening"]
    assert "…. giờ …." in told["form.close"]
    assert told["two"] == ""


def test_what_was_written_stands_and_the_journal_s_text_beside_it() -> None:
    story = Story.in_session()
    story.give(SECRETARY, ChangeSection(section="one", text="Viết tay"))
    part = next(part for part in parts(story.meeting, WORDS) if part.key == "one")
    assert (part.text, part.draft) == ("Viết tay", "Tài liệu: report.")


def test_the_sign_of_an_agency() -> None:
    assert abbreviated("Ủy ban nhân dân tỉnh") == "UBND"
    assert abbreviated("Hội đồng nhân dân tỉnh") == "HĐND"
    assert abbreviated("Ban Chỉ đạo Chuyển đổi số") == "BCĐC"


def test_what_the_secretary_noted_beside_a_speech_stands_in_the_minutes() -> None:
    story = Story.in_session()
    story.give(CHAIR, Give(participant=FINANCE))
    at = story.now
    story.refuses(SECRETARY, NoteSpeech(participant=HEALTH, at=at, text="x"), "minutes.no_such_speech")
    story.give(SECRETARY, NoteSpeech(participant=FINANCE, at=at, text="Đề nghị bổ sung kinh phí."))
    story.give(FINANCE, End())
    assert any(text.endswith("): Đề nghị bổ sung kinh phí.") for text in texts(story).values())
    story.give(SECRETARY, NoteSpeech(participant=FINANCE, at=at))
    assert any(text.endswith("): …") for text in texts(story).values())


def test_a_bare_office_stands_with_its_unit() -> None:
    assert named(Elector("a", "Lê An", "Giám đốc", "Sở Y tế", 1)) == "Lê An, Giám đốc, Sở Y tế"
    assert named(Elector("a", "Lê An", "Giám đốc Sở Y tế", "Sở Y tế", 1)) == "Lê An, Giám đốc Sở Y tế"
    assert named(Elector("a", "", "Giám đốc Sở Y tế", "Sở Y tế", 1)) == "Giám đốc Sở Y tế"
