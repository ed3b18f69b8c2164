"""The values of columns, brought to one form: dates, numbers, degrees, countries."""

from __future__ import annotations

from bordermap.incidents.dialects.coordinates import degrees
from bordermap.incidents.dialects.country_words import country_codes
from bordermap.incidents.dialects.figures_in_text import numbers, text_of
from bordermap.incidents.dialects.written_dates import Dates, iso_dates

__all__ = ["Dates", "country_codes", "degrees", "iso_dates", "numbers", "text_of"]
