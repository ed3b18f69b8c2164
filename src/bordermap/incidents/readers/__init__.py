"""Readers: from files to sheets of plain strings that still know on which line they stood."""
