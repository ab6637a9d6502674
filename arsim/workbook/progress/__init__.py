"""How far a trainee has come, from their diaries; a summary in numbers for the instructor; the instructor's view of a class."""
