"""Tables packed into columns of bytes: what a page carries of its incidents, and what its client unpacks."""
