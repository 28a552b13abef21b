"""What is kept: journals, accounts and sessions, files by their hash. The only importer of sqlmodel and sqlalchemy."""
