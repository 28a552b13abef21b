"""Papers on their way: taken in, drawn, read, searched, marked, replaced, taken along."""
