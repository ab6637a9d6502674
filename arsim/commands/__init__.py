"""The commands, one file each: their options, and what is printed. What they do lies below."""
