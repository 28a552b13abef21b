"""Why a goal is not met: what stands in the way, in one sentence, by words of the line and of what it is held against."""

from __future__ import annotations

WHY = (
    (
        "whole way",
        "durable",
        "their turn is one append to a flat file in the thread that sends; ours goes to a thread of its own, "
        "into a table with an index, a hash chain and a command id that may not come twice, before anybody is "
        "shown it",
    ),
    (
        "whole way",
        "",
        "these peers keep nothing: here nobody is shown a page before it is on the disk, which costs a "
        "thread, a transaction and a sync whatever the number of tablets; the lines with `durable` give the "
        "peers a sync too",
    ),
    (
        "commit → last",
        "",
        "the C program writes from one array; here each send is a call from Python, and the patch is encoded "
        "and framed first unless that was done while the disk was at work",
    ),
    (
        "p99",
        "",
        "the last tablets wait for the sends to all before them, which take their time one after another",
    ),
    (
        "one not reading",
        "",
        "its socket is full from the first frame on and it is left out; what is left is noise between two runs",
    ),
    (
        "memory a tablet",
        "",
        "the Python objects of a connection: transport, uvicorn's protocol, the library's, its task, its seat",
    ),
    (
        "storm",
        "handshake",
        "on top of a handshake each device has its seat, what is its own made and encoded, and a snapshot sent",
    ),
    (
        "storm",
        "node",
        "Python makes a handshake in three times the time of Node; a hall is back in well under a second",
    ),
    (
        "ballots at once, postgresql",
        "",
        "each batch of ballots is three answers of another process awaited over a socket, beside the sync; in "
        "SQLite it is a call",
    ),
    (
        "ballots at once, sqlite",
        "",
        "each ballot is an entry with its own salt and hash in the chain, made while others wait",
    ),
    (
        "first drawn",
        "",
        "drawing it takes some 50 ms; the rest is taking the paper in, a sandboxed process of its own that opens "
        "it, and waiting for cores that others use",
    ),
    (
        "a kept page",
        "nginx",
        "nginx sends a file and asks nobody; here session, seat and paper are looked at for every page, in "
        "Python, and the bytes are copied once more",
    ),
    (
        "sharpness",
        "",
        "sixteen shades of grey are fewer than pdftoppm's 256; on text nobody sees it",
    ),
    (
        "used of the cores",
        "",
        "the first page is drawn by one worker alone, and the last pages by those that are left",
    ),
)


def why(what: str, against: str) -> str:
    """The sentence for a line of the table."""
    found = (sentence for words, other, sentence in WHY if words in what and other in against)
    return next(found, "nobody has looked into it yet")
