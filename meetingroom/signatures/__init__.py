"""Digital signatures in PDFs: who signed, when, what it covers, and what came after. Read in a process of their own."""
