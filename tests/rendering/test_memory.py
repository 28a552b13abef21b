from meetingroom.rendering.memory import PNG, Memory, PageImage


def image(size: int) -> PageImage:
    return PageImage.of(PNG.ljust(size, b"\0"))


def test_memory_keeps_what_was_asked_for_lately_and_no_more_than_it_has_room_for() -> None:
    memory = Memory(room=250)
    memory.put(("a", 1, 1600), image(100))
    memory.put(("a", 2, 1600), image(100))
    assert memory.get(("a", 1, 1600))
    memory.put(("a", 3, 1600), image(100))
    assert memory.get(("a", 2, 1600)) is None
    assert memory.get(("a", 1, 1600)) and memory.get(("a", 3, 1600))
    assert memory.used == 200


def test_an_image_put_twice_counts_once() -> None:
    memory = Memory(room=250)
    memory.put(("a", 1, 1600), image(100))
    memory.put(("a", 1, 1600), image(120))
    assert memory.used == 120


def test_an_image_larger_than_the_room_is_not_kept() -> None:
    memory = Memory(room=50)
    memory.put(("a", 1, 1600), image(100))
    assert memory.get(("a", 1, 1600)) is None and memory.used == 0


def test_equal_images_have_equal_tags_and_others_have_not() -> None:
    assert image(100).etag == image(100).etag != image(101).etag
