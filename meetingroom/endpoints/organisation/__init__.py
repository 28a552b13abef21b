"""The house outside any meeting: units, people, circles, rooms, and everybody's calendar."""
