"""What the engines are measured against: the same rules, and a toy, as simulation textbooks would write them. Nothing else uses them."""
