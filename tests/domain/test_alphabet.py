"""People and units in the order in which a Vietnamese list has them."""

from meetingroom.domain.alphabet import by_given_name, in_alphabet


def test_people_are_listed_by_their_given_names() -> None:
    wanted = ["Lê An", "Trần An", "Vũ Bình", "Hồ Sỹ Dũng", "Đỗ Văn Đông", "Hoàng Hà", "Lý Hai", "Tạ Thu", "Bùi Thư", ""]
    assert sorted(wanted, key=by_given_name) == ["", *wanted[:-1]]


def test_units_are_listed_by_the_alphabet() -> None:
    wanted = ["Ban Dân tộc", "Công an", "Dân phòng", "Đài", "Sở Tài chính", "Sở Y tế", "Ủy ban", "Văn phòng"]
    assert sorted(reversed(wanted), key=in_alphabet) == wanted
