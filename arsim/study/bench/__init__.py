"""How fast the engines are, side by side within one run: what ``arsim bench`` measures."""
