"""A PDF becomes pages: images in several widths, and the words on them.

The flow: `renderer` is what the server talks to. It looks in `memory`, then on the `shelf` (disk), and otherwise asks
`workers` for a process. `workers` holds the line to the `zygote`, a warm process that forks one child a job. The child
(`worker`) locks itself in (`sandbox`), opens the PDF, draws pages (`images` picks the encoding) and sends `frames`
back. A paper that cannot be read is `unreadable` with a code; `limits` says how much it may cost.

Only `worker`, `images` and what they run in import PyMuPDF and Pillow; the server process never does.
"""
