"""Anchoring: which words of one revision are which words of the next, what changed, and where marks belong. Pure, and slow
on long papers: the server runs it in a process of its own (apart.py), where the words of both revisions are at hand."""
