"""Pairs of incidents that may be one: found, decided on, merged; nothing unasked."""
