"""What leaves the system: minutes and other official documents as DOCX and PDF."""
