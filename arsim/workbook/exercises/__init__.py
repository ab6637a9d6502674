"""Exercises: a task with numbers of the trainee's own, one reference answer in code, and a name for every usual mistake."""
