"""What was reported: the casebook, its claims and the status that follows from them."""
