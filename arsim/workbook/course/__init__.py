"""The course: lessons with questions typed in and shown again, items that are marked, tests, timetable, guide."""
