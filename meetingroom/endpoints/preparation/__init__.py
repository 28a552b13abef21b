"""Before a meeting: founding and planning it, letters, reminders, what is carried over."""
