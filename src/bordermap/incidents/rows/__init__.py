"""Rows of a flat table: mapped, placed, checked; what is faulty set apart."""
