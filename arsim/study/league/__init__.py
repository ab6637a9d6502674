"""A season's figures: what a department sees of itself, what it comes to, and how teams compare."""
