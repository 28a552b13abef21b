"""The demo: a ready meeting with papers, people and, if wanted, simulated delegates."""
