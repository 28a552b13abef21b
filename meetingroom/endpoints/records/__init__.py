"""After a meeting: minutes, official documents, tasks, archives, statistics, and finding all of it again."""
