"""Stores: a casebook as the bytes of one file, or of a folder; each says what it cannot hold."""
