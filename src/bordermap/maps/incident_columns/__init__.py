"""The columns that a page has of its incidents, with claims or of flat tables of any length."""
