"""The rules of a meeting: pure and synchronous, standard library only; no clock, no randomness, no await."""
