"""Between flat rows and casebooks, both ways."""
