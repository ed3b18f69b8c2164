"""Names of places: what two spellings have in common, in one script and across scripts.

Three forms, each coarser than the one before:

- ``plain_key`` drops case, accents, apostrophes, spaces and hyphens, and unites letters that readers and
  keyboards interchange (Arabic and Persian yeh and kaf, Tajik қ and Russian к);
- ``search_key`` drops ezafe and articles too: it is the key of the shipped gazetteer;
- ``sound``, of a name in Latin letters, unites what transliterations interchange (kh, x and h; o and a).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

#: Longer names are cut: none in the gazetteer comes near this.
MAX_LENGTH = 200

_LETTERS = str.maketrans(
    {
        # Arabic script: one letter, several code points.
        "ي": "ی", "ى": "ی", "ې": "ی", "ۍ": "ی", "ے": "ی", "ك": "ک", "ګ": "گ", "ة": "ه", "ۀ": "ه", "ہ": "ه",
        "ھ": "ه", "ە": "ه", "ٱ": "ا", "ء": "", "ـ": "",
        # Cyrillic letters of Tajik, Uzbek and Kazakh that Russian keyboards lack; signs without a sound.
        "ғ": "г", "қ": "к", "ҳ": "х", "ҷ": "ч", "ң": "н", "ө": "о", "ү": "у", "ұ": "у", "һ": "х", "ә": "а",
        "ъ": "", "ь": "",
        # Latin letters that do not decompose.
        "ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "ə": "a", "ħ": "h",
        "ŋ": "ng", "ŧ": "t", "ɓ": "b", "ɗ": "d", "ɛ": "e", "ɔ": "o", "ƙ": "k", "ŝ": "s",
    }
)  # fmt: skip
# The voicing marks of kana change the letter; every other combining mark is decoration.
_KEPT_MARKS = "\u3099\u309a"
_LINKS = {"i", "e", "ye", "yi", "и"}
_ARTICLES = {"al", "the"}

# Order matters: digraphs before their letters.
_SOUNDS = (
    ("dzh", "j"), ("dj", "j"), ("zh", "j"), ("kh", "h"), ("gh", "g"), ("ph", "f"), ("th", "t"), ("dh", "z"),
    ("sch", "s"), ("tch", "c"), ("ch", "c"), ("sh", "s"), ("ck", "k"), ("ou", "u"), ("oo", "u"), ("ee", "i"),
    ("x", "h"), ("q", "k"), ("w", "v"), ("y", "i"), ("e", "i"), ("o", "a"),
)  # fmt: skip
_DOUBLED = "abcdfghijklmnprstuvz"

# Words that say what a place is, not which; as plain_key folds them.
_GENERIC = frozenset(
    (
        "province", "region", "oblast", "oblasti", "oblasty", "viloyati", "viloyat", "velayat",
        "velayate", "wilayat", "wilayate", "ostan", "ostane", "district", "welayaty", "city", "town",
        "village", "county", "valley", "river", "tumani", "shahri", "sheng", "область", "облысы",
        "провинция", "район", "вилояти", "вилоят", "нохияи", "туман", "долина", "шахри", "ولایت",
        "ولسوالی", "استان", "شهر", "دره", "raion", "rayon", "nohiya", "nohiyai", "uluswali", "woluswali",
            "wuleswali", "shahrestan", "shahristan", "municipality", "subdistrict", "governorate", "raiony",
            "раион", "раиона", "раионе", "области", "провинции", "село", "кишлак", "кишлоги", "город", "деха",
            "дехаи", "вилоятининг", "اولسوالی", "شهرستان", "قریه", "روستای", "کلی", "ښار", "هولسوالی",
    )
)  # fmt: skip


# Endings of Russian adjectives made from names, and of names in another case.
_ADJECTIVE = re.compile(r"(ск|цк)(ий|ая|ое|ого|ому|ом|ой|ую|им)$", flags=re.IGNORECASE)
_CASE = re.compile(r"(ом|ем|ой|[аеуяюыи])$", flags=re.IGNORECASE)


def plain_key(text: str) -> str:
    """A name without case, accents, apostrophes, spaces and punctuation; letters often swapped are one.

    Args:
        text: A name in any script. Only its first 200 characters count.

    Returns:
        Lower-case letters and digits; empty when the name has none. Folding a key again changes nothing.

    Example:
        >>> plain_key("Doʻstlik koʻprigi"), plain_key("Қундуз") == plain_key("Кундуз")
        ('dostlikkoprigi', True)
        >>> plain_key("مزار شريف") == plain_key("مزارشریف")
        True
    """
    return "".join(_words(text))


def search_key(text: str) -> str:
    """As ``plain_key``, but ezafe between words and a leading article count for nothing.

    Example:
        >>> search_key("Mazar-i-Sharif"), search_key("Mazar-e Sharif"), search_key("Al Hillah")
        ('mazarsharif', 'mazarsharif', 'hillah')
    """
    words = _words(text)
    if len(words) > 1 and words[0] in _ARTICLES:
        words = words[1:]
    return "".join(word for at, word in enumerate(words) if at in (0, len(words) - 1) or word not in _LINKS)


def bare(text: str) -> str:
    """The name without words such as "province", "район" or "ولایت"; as it is where nothing would remain.

    Example:
        >>> bare("Takhar Province"), bare("ولایت پنجشیر"), bare("City")
        ('Takhar', 'پنجشیر', 'City')
    """
    words = [word for word in re.split(r"[\s\u200c]+", text.strip()) if word]
    kept = [word for word in words if plain_key(word) not in _GENERIC]
    return " ".join(kept) or text


def unglossed(text: str) -> str:
    """What stands before a bracket, comma or slash; as it is where that is nothing.

    Example:
        >>> unglossed("Ishkashim (Tajikistan)"), unglossed("Termez, Uzbekistan"), unglossed("(?)")
        ('Ishkashim', 'Termez', '(?)')
    """
    return re.split(r"[(\[,،/;]", text, maxsplit=1)[0].strip() or text


def stems(text: str) -> tuple[str, ...]:
    """What a Russian adjective or an inflected Cyrillic name may be made from; nothing for other words.

    Args:
        text: One word, or several of which the last is inflected.

    Example:
        >>> stems("Термезский"), stems("Термеза"), stems("Termez")
        (('Термез',), ('Термез',), ())
    """
    if script(text) != "CYRILLIC":
        return ()
    match = _ADJECTIVE.search(text) or _CASE.search(text)
    stem = text[: match.start()] if match else ""
    return (stem,) if len(stem) >= 4 else ()


def latin(text: str) -> str:
    """A name in plain Latin letters without spaces.

    Example:
        >>> latin("Ҳайратон"), latin("Qizil Qalʻah")
        ('hayraton', 'qizilqalah')
    """
    from anyascii import anyascii

    return plain_key(anyascii(unicodedata.normalize("NFC", text[:MAX_LENGTH])))


def sound(text: str) -> str:
    """What the transliterations of a name have in common. Works on one name or on many, one a line.

    Args:
        text: Lower-case Latin letters, as ``latin`` gives them.

    Example:
        >>> sound("khayraton"), sound("hairatan"), sound("termez") == sound("tirmiz")
        ('hairatan', 'hairatan', True)
    """
    for written, heard in _SOUNDS:
        text = text.replace(written, heard)
    for letter in _DOUBLED:
        text = text.replace(letter + letter, letter)
    return text


def script(text: str) -> str:
    """The script of the first letter, as Unicode names it; empty where there is no letter.

    Example:
        >>> script("Хайратон"), script("حیرتان"), script("1234")
        ('CYRILLIC', 'ARABIC', '')
    """
    letter = next((c for c in text if c.isalpha()), "")
    return unicodedata.name(letter, "").partition(" ")[0] if letter else ""


@lru_cache(maxsize=32768)
def _words(text: str) -> tuple[str, ...]:
    folded = text[:MAX_LENGTH]
    for _ in range(4):  # Some letters fold to letters that fold again.
        once = _fold(folded)
        if once == folded:
            break
        folded = once
    return tuple(word for word in folded.split(" ") if word)


def _fold(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(c for c in letters if not unicodedata.combining(c) or c in _KEPT_MARKS)
    return "".join(map(_letter, unicodedata.normalize("NFC", kept).translate(_LETTERS)))


@lru_cache(maxsize=4096)
def _letter(character: str) -> str:
    kind = unicodedata.category(character)
    # Modifier letters stand for apostrophes; format characters (ZWNJ, right-to-left mark) for nothing.
    if kind in ("Lm", "Sk", "Cf", "Cn", "Co", "Cs") and character not in "ーゝ々ゞ":
        return ""
    if character in "'’‘`´":
        return ""
    return character if kind[0] in "LMN" else " "
