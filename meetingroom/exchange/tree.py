"""XML as a tree of local names. What comes is from a network: no document type, no entity, no more than a measured size."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from meetingroom.exchange.letter import Unreadable

DEEPEST = 40
MOST_ELEMENTS = 20_000


@dataclass(slots=True)
class Element:
    """`name` without its namespace: senders differ in it."""

    name: str
    parts: list[Element] = field(default_factory=list)
    text: str = ""

    def find(self, *names: str) -> Element | None:
        """The first part of one of these names, whatever its case."""
        wanted = {name.lower() for name in names}
        return next((part for part in self.parts if part.name.lower() in wanted), None)

    def all(self, name: str) -> list[Element]:
        return [part for part in self.parts if part.name.lower() == name.lower()]

    def below(self, name: str) -> Iterator[Element]:
        """Of this name at any depth, in order."""
        for part in self.parts:
            if part.name.lower() == name.lower():
                yield part
            else:
                yield from part.below(name)

    def said(self, *names: str) -> str:
        """The text of the first such part; empty where there is none."""
        part = self.find(*names)
        return " ".join(part.text.split()) if part else ""


def parsed(body: bytes) -> Element:
    """Raises Unreadable."""
    root = Element("")
    open_: list[Element] = [root]
    texts: list[list[str]] = [[]]
    count = 0

    def start(name: str, _attributes: object) -> None:
        nonlocal count
        count += 1
        if len(open_) > DEEPEST or count > MOST_ELEMENTS:
            raise Unreadable("too_much")
        element = Element(name.rsplit(" ", 1)[-1])
        open_[-1].parts.append(element)
        open_.append(element)
        texts.append([])

    def end(_name: str) -> None:
        open_.pop().text = "".join(texts.pop())

    def refuse(*_: object) -> None:
        raise Unreadable("entities")  # what a document type can define can fill memory or read files

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = lambda text: texts[-1].append(text)
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    try:
        parser.Parse(body, True)
    except (expat.ExpatError, LookupError, ValueError) as error:  # the latter of encodings expat does not know
        raise Unreadable("no_xml") from error
    return root.parts[0]
