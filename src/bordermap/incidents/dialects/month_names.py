"""Names of the months in the languages of the field, full and short, for reading written dates."""

from __future__ import annotations

from typing import Final

from bordermap.text import fold_name

# One line a month: English, Russian, German, French, Spanish, Tajik and Uzbek, Dari and Pashto, Persian.
_NAMES: Final = (
    "january jan январь января янв januar janvier janv enero ene январ yanvar جنوری ژانویه",
    "february feb февраль февраля фев февр februar fevrier fevr febrero феврал fevral فبروری فوریه",
    "march mar март марта мар marz mars marzo mart مارچ مارس",
    "april apr апрель апреля апр avril avr abril abr апрел aprel اپریل آوریل",
    "may май мая mai mayo مه می",
    "june jun июнь июня июн juni juin junio iyun جون ژوئن",
    "july jul июль июля июл juli juillet juil julio iyul جولای ژوئیه",
    "august aug август августа авг aout agosto ago avgust اگست اوت",
    "september sep sept сентябрь сентября сен сент septembre septiembre сентябр sentabr sentyabr سپتمبر "
    "سپتامبر",
    "october oct октябрь октября окт oktober okt octobre octubre октябр oktabr oktyabr اکتوبر اکتبر",
    "november nov ноябрь ноября ноя нояб novembre noviembre ноябр noyabr نومبر نوامبر",
    "december dec декабрь декабря дек dezember dez decembre diciembre dic декабр dekabr دسمبر دسامبر",
)  # fmt: skip
#: The number of each month by its folded name.
MONTHS: Final = {fold_name(name): at for at, line in enumerate(_NAMES, 1) for name in line.split()}


def month_of(word: str) -> int:
    """The month that a word names, 1 to 12; 0 if it names none.

    Example:
        >>> month_of("Sept."), month_of("мая"), month_of("Fructidor")
        (9, 5, 0)
    """
    return MONTHS.get(fold_name(word), 0)
