"""The paperless meeting room: agenda, papers as page images, and live voting for a room full of tablets."""

__version__ = "0.1.0"
