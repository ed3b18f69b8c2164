"""Dialects: how the files of known datasets say what our columns say."""
