"""What runs in the child: open one paper, look at it, draw its pages, send what came of it.

A task is {"do": "inspect"}, {"do": "draw", "first", "last", "widths", "words", "watermark"?, "refuse_marked"?},
{"do": "tile", "page", "width", "column", "row"}, {"do": "outline"}, {"do": "portrait"} or {"do": "emblem"}. Answers are frames;
{"is": "document", "pages", "sizes"} · {"is": "image", "page", "width"} with its bytes · {"is": "words", "page"} with
JSON · {"is": "drawn", "page"} · {"is": "looked", "page"} · {"is": "outline"} with JSON · {"is": "picture"} with its
bytes · {"is": "refused", "code", "params"} · {"is": "end"}.
"""

import itertools
import json
import mmap
from typing import Any

import pymupdf
from PIL import Image

from meetingroom.domain import marks, secrecy
from meetingroom.rendering import annotations, emblem, images, portrait, tiles
from meetingroom.rendering.frames import send
from meetingroom.rendering.limits import Limits
from meetingroom.rendering.outline import outline
from meetingroom.rendering.unreadable import Reason, Unreadable
from meetingroom.rendering.watermark import watermarked
from meetingroom.rendering.words import page_text, words

pymupdf.TOOLS.mupdf_display_errors(False)
pymupdf.TOOLS.mupdf_display_warnings(False)

LONGEST_EDGE = 4_096  # pixels
TALLEST = 4  # times the width
PICTURES = {"portrait": portrait.portrait, "emblem": emblem.emblem}  # made anew of what was sent


def work(task: dict[str, Any], limits: Limits, paper: mmap.mmap | bytes, pipe: int) -> None:
    try:
        if task["do"] in PICTURES:
            send(pipe, {"is": "picture"}, PICTURES[task["do"]](bytes(paper)))
            send(pipe, {"is": "end"})
            return
        if task["do"] == "annotate":
            annotate(task, paper, pipe)
            return
        document = open_paper(paper)
        if task["do"] == "inspect":
            send(pipe, {"is": "document", **inspect(document, limits)})
        elif task["do"] == "outline":
            send(pipe, {"is": "outline"}, outline(document, lambda page: send(pipe, {"is": "looked", "page": page})))
        elif task["do"] == "tile":
            draw_tile(document, task["page"], tiles.Tile(task["width"], task["column"], task["row"]), pipe)
        else:
            draw(document, task, pipe)
    except Unreadable as unreadable:
        send(pipe, {"is": "refused", "code": unreadable.code, "params": unreadable.params})
    send(pipe, {"is": "end"})


def open_paper(paper: mmap.mmap | bytes) -> pymupdf.Document:
    """MuPDF opens pictures, HTML, e-books and archives whatever type it is told, so the type is asked twice."""
    if not paper:
        raise Unreadable("empty")
    if b"%PDF-" not in paper[:1024]:
        raise Unreadable("not_pdf")
    try:
        document = pymupdf.open(stream=memoryview(paper), filetype="pdf")
    except Exception as error:
        raise Unreadable(reason(error)) from error
    if not document.is_pdf:
        raise Unreadable("not_pdf")
    if document.needs_pass:
        raise Unreadable("encrypted")
    return document


def annotate(task: dict[str, Any], paper: mmap.mmap | bytes, pipe: int) -> None:
    content, written, *behind = annotations.read(task, paper)
    document = open_paper(content)
    try:
        found, author = [marks.read(mark) for mark in json.loads(written)], task["author"]
        if heading := task.get("heading"):
            made = annotations.excerpt(document, found, author, heading)
        else:
            made = annotations.annotated(document, found, author, behind)
    except Exception as error:
        raise Unreadable(reason(error)) from error
    for part in annotations.parts(made):
        send(pipe, {"is": "part"}, part)
    send(pipe, {"is": "end"})


def inspect(document: pymupdf.Document, limits: Limits) -> dict[str, Any]:
    """How many pages, and their sizes as displayed, in runs of (pages, width, height)."""
    try:
        count = document.page_count
    except Exception as error:
        raise Unreadable(reason(error)) from error
    if count < 1:
        raise Unreadable("no_pages")
    if count > limits.pages:
        raise Unreadable("too_many_pages", pages=count, most=limits.pages)
    runs = itertools.groupby(measure(document, number, limits) for number in range(1, count + 1))
    return {"pages": count, "sizes": [[len(list(same)), *size] for size, same in runs]}


def measure(document: pymupdf.Document, number: int, limits: Limits) -> tuple[float, float]:
    box = load(document, number).rect
    if max(box.width, box.height) > limits.longest_side:
        raise Unreadable("page_too_large", page=number)
    if not min(box.width, box.height) >= limits.shortest_side:
        raise Unreadable("page_too_small", page=number)
    return round(box.width, 2), round(box.height, 2)


def load(document: pymupdf.Document, number: int) -> pymupdf.Page:
    try:
        page: pymupdf.Page = document.load_page(number - 1)
        return page
    except Exception as error:
        raise Unreadable(reason(error)).on(number) from error


def draw(document: pymupdf.Document, task: dict[str, Any], pipe: int) -> None:
    for number in range(task["first"], min(task["last"], document.page_count) + 1):
        try:
            page = load(document, number)
            drawing = page.get_displaylist()
            # Scans have no words: what is stamped on them is not seen.
            if task.get("refuse_marked") and number <= secrecy.PAGES and secrecy.is_marked_page(words(page)):
                raise Unreadable("marked_secret", page=number)
            for width in task["widths"]:
                drawn = picture(drawing, width)
                if text := task.get("watermark"):
                    drawn = watermarked(drawn, text)
                send(pipe, {"is": "image", "page": number, "width": width}, images.encode(drawn))
            if task["words"]:
                send(pipe, {"is": "words", "page": number}, page_text(page))
        except Unreadable:
            raise
        except Exception as error:
            raise Unreadable(reason(error)).on(number) from error
        send(pipe, {"is": "drawn", "page": number})


def draw_tile(document: pymupdf.Document, number: int, tile: tiles.Tile, pipe: int) -> None:
    if number > document.page_count:
        return
    try:
        part = part_of(load(document, number).get_displaylist(), tile)
        if part:
            send(pipe, {"is": "image", "page": number, "width": tile.width}, images.encode(part))
    except Unreadable:
        raise
    except Exception as error:
        raise Unreadable(reason(error)).on(number) from error


def part_of(drawing: pymupdf.DisplayList, tile: tiles.Tile) -> Image.Image | None:
    """The square of the drawing; None where the page has no such part."""
    box = drawing.rect
    scale = tile.width / box.width
    left, top = tile.column * tiles.SIDE, tile.row * tiles.SIDE
    right, bottom = min(left + tiles.SIDE, tile.width), min(top + tiles.SIDE, round(box.height * scale))
    if right <= left or bottom <= top:
        return None
    clip = pymupdf.Rect(left, top, right, bottom) / scale + (box.x0, box.y0, box.x0, box.y0)
    pixels = drawing.get_pixmap(matrix=pymupdf.Matrix(scale, scale), colorspace=pymupdf.csRGB, alpha=False, clip=clip)
    return Image.frombuffer("RGB", (pixels.width, pixels.height), pixels.samples_mv, "raw", "RGB", pixels.stride, 1)


def picture(drawing: pymupdf.DisplayList, width: int) -> Image.Image:
    """Scaled to pixels, never to an assumed density: a page may be as small as a stamp or as long as a banner."""
    box = drawing.rect
    tallest = min(LONGEST_EDGE, TALLEST * width)
    scale = min(width / box.width, tallest / box.height)
    pixels = drawing.get_pixmap(matrix=pymupdf.Matrix(scale, scale), colorspace=pymupdf.csRGB, alpha=False)
    return Image.frombuffer("RGB", (pixels.width, pixels.height), pixels.samples_mv, "raw", "RGB", pixels.stride, 1)


def reason(error: Exception) -> Reason:
    text = str(error).lower()
    if isinstance(error, MemoryError) or "malloc" in text or "limit" in type(error).__name__.lower():
        return "too_complex"
    return "damaged"


def warm_up() -> None:
    """Do everything once, so that children find fonts and codecs loaded: behind the walls no file can be opened."""
    document = pymupdf.open()
    page = document.new_page()
    page.insert_htmlbox(page.rect, "<p>Một <b>phiên họp</b></p>")
    drawn = pymupdf.open(stream=document.tobytes(), filetype="pdf")
    inspect(drawn, Limits())
    grey = picture(drawn[0].get_displaylist(), 270)
    images.encode(watermarked(grey, "Nguyễn Văn Ả"))
    images.palette_png(grey)
    images.jpeg(grey)
    page_text(drawn[0])
    outline(drawn, lambda page: None)
    for kind, body in annotations.SAMPLES:
        annotations.annotated(drawn, [marks.Mark("m", "p", "r", 1, kind, body, 0)], "Nguyễn Văn Ả")
    annotations.excerpt(drawn, [marks.Mark("m", "p", "r", 1, kind, body, 0)], "Nguyễn Văn Ả", "Trang {page}")
    portrait.warm_up()
    emblem.warm_up()
