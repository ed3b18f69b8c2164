"""How much bytes look like writing when read in one encoding: letters, case, script, frequency."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

# Runs in which letters beyond ASCII can stand: no digits, spaces or ASCII punctuation.
_TOKEN: Final = re.compile(r"[A-Za-z\x80-\U0010ffff]+")
_EDGES: Final = (
    "“”‘’„‚«»‹›–—…•·№°§€£©®™،؛؟¿¡ªº´`¨\u00a0\u200c\u200d\u200e\u200f\u3000、。，；：？！（）「」《》"
)
_SCRIPTS: Final = (
    (0x0000, 0x024F, "latin"), (0x0300, 0x036F, "mark"), (0x0370, 0x03FF, "greek"),
    (0x0400, 0x052F, "cyrillic"), (0x0590, 0x05FF, "hebrew"), (0x0600, 0x06FF, "arabic"),
    (0x0E00, 0x0E7F, "thai"), (0x1E00, 0x1EFF, "latin"), (0x3040, 0x30FF, "kana"),
    (0x3400, 0x9FFF, "han"), (0xAC00, 0xD7A3, "hangul"),
)  # fmt: skip
_EAST: Final = frozenset(("kana", "han", "hangul"))
_CASED: Final = frozenset(("latin", "greek", "cyrillic"))
# Letters that make up most of a text in their script; a wrong encoding hits them by chance only.
_COMMON: Final = {
    "cyrillic": "оеаинтсрвлкмдпуязьйыбгчх",
    "arabic": "اینرمدوهتبسلشيكکىعفحقجخةأپگچآز",
    "greek": "αοιετσνηυρπκμλςίόά",
    "hebrew": "יוהלאתמרבשנםדכע",
    "latin": "éèáàäöüßñçóíúãôêâåøæïëî",
    "han": "的一是在不了有和人这這中大为為上个個国國我以要他时時来來用们們地区區年月日"
    "事件发發生军軍部边邊境省市县縣报報道名死亡方向东東西南北山河江新分日本第行出会會对對",
    "hangul": "이다는에의가을를고하지서한로은도사기인리대자정부국경",
    "kana": "のにはをたがでてとしれさいるなもりこくらっンルトスリイアラ",
}
_LESS_COMMON_LATIN: Final = "şğıİŞčćšžđČŠŽłńśźżąęőűřěůâîățșāēīū"
# Western encodings differ in a few letters only: what tells them apart is whether one language has them all.
_ALPHABETS: Final = {
    "cp1252": (
        "éèêëàâçîïôûùœæüÿ", "áéíóúñüªº", "äöüß", "áâãàçéêíóôõú", "åäöæøéüš", "àèéìòùí",
    ),
    "cp1254": ("çğıiöşüâîû",),
    "cp1250": ("ąćęłńóśźż", "áčďéěíňóřšťúůýžľôä", "áéíóöőúüű", "čćđšž", "ăâîșțşţ"),
    "cp1257": ("āčēģīķļņšūž", "ąčęėįšųūž", "õäöüšž"),
}  # fmt: skip
# Letters that are words of their own.
_WORDS: Final = "àáéèóöåаивскоуяіو"
_RARE_LATIN: Final = "ðþÐÞ×÷ƒµ¹²³¼½¾ŸÿÝ"


def plausibility(text: str) -> float:
    """How much the words beyond ASCII look like words: 1 to 2 for writing, below 0 for a wrong decoding.

    Args:
        text: A sample, decoded.

    Example:
        >>> russian = "Обстрел у города Термез".encode("cp1251")
        >>> scores = {codec: plausibility(russian.decode(codec)) for codec in ("cp1251", "cp1252", "koi8-r")}
        >>> max(scores, key=scores.get)
        'cp1251'
    """
    # A letter on its own says little: half of all encodings have some letter in that place.
    scores = [(_score(token), min(len(token), 12) if len(token) > 1 else 0.2) for token in _tokens(text)]
    weight = sum(each for _, each in scores)
    return sum(score * each for score, each in scores) / weight if weight else 0.0


def language_fit(text: str, codec: str) -> float:
    """Which part of the letters beyond ASCII one language of a western encoding accounts for; 0 for others.

    Args:
        text: A sample, decoded.
        codec: The encoding it was decoded from.

    Example:
        >>> language_fit("Łódź, Kraków", "cp1250"), language_fit("£ódŸ, Kraków", "cp1252")
        (1.0, 0.6666666666666666)
    """
    letters = [each for each in text.lower() if not each.isascii() and each.isalpha()]
    fits = [sum(each in alphabet for each in letters) for alphabet in _ALPHABETS.get(codec, ())]
    return max(fits, default=0) / len(letters) if letters else 0.0


def _tokens(text: str) -> list[str]:
    tokens = (token.strip(_EDGES) for token in _TOKEN.findall(text))
    found = [token for token in tokens if token and not token.isascii()]
    # Signs alone (a degree sign, a dash) speak for an encoding in which they are signs and not letters.
    return found or ["°"] * bool(text.strip() and not text.isascii())


@lru_cache(maxsize=20_000)
def _score(token: str) -> float:
    letters = [each for each in token if not each.isascii() or each.isalpha()]
    odd = sum(_is_odd(each) for each in letters)
    if len(token) == 1 and token.isalpha() and script_of(token) not in _EAST:
        return 0.5 if token.lower() in _WORDS else 0.3
    scripts = {script_of(each) for each in letters if each.isalpha()} - {"mark"}
    if odd or not scripts:
        return -2.0 - 2.0 * odd / len(letters) if odd else 0.2
    if scripts & _EAST:
        return _score_east(token, scripts)
    if len(scripts) > 1:
        return -2.0
    script = scripts.pop()
    if script in _CASED and not _natural_case(token):
        return -1.5
    return _score_latin(token) if script == "latin" else _score_script(token, script)


def _score_script(token: str, script: str) -> float:
    if script not in _COMMON:
        return -1.0
    common = sum(each in _COMMON[script] for each in token.lower())
    score = 0.2 + 1.3 * common / len(token) + (0.1 if len(token) > 2 else 0.0)
    return score - _vowels_amiss(token) if script == "cyrillic" else score


def _vowels_amiss(token: str) -> float:
    """How far a word is from the usual share of vowels: letters by chance have too few."""
    share = sum(each in "аеёиоуыэюяіїєў" for each in token.lower()) / len(token)
    return 1.5 * max(0.0, abs(share - 0.42) - 0.08) if len(token) > 3 else 0.0


def _score_latin(token: str) -> float:
    beyond = [each for each in token if not each.isascii()]
    if len(beyond) > 0.6 * len(token) and len(token) > 1:
        return -1.5
    worth = sum(
        1.0 if each.lower() in _COMMON["latin"] else 0.8 if each in _LESS_COMMON_LATIN else _rare(each)
        for each in beyond
    )
    return 1.2 * worth / len(beyond)


def _rare(letter: str) -> float:
    return -0.5 if letter in _RARE_LATIN else 0.4


def _score_east(token: str, scripts: set[str]) -> float:
    """Chinese, Japanese and Korean: common signs, and no Latin letters caught in pairs of bytes."""
    east = [each for each in token if script_of(each) in _EAST]
    if "hangul" in scripts and len(scripts & _EAST) > 1:
        return -1.0
    if len(east) < 3 and len(east) < len(token):
        return -2.0
    known = sum(each in _COMMON[script_of(each)] for each in east) / len(east)
    level = sum(_is_everyday(each) for each in east) / len(east)
    return 2.2 * level - 1.5 + 1.5 * known - (len(scripts - _EAST) > 0) * 0.3


@lru_cache(maxsize=20_000)
def _is_everyday(sign: str) -> bool:
    """Whether a sign stands among the frequent ones of one of the national character sets."""
    if script_of(sign) != "han":
        return True
    for codec, first, last in (("gb2312", 0xB0, 0xD7), ("big5", 0xA4, 0xC6), ("shift_jis", 0x88, 0x97)):
        try:
            if first <= sign.encode(codec)[0] <= last:
                return True
        except UnicodeEncodeError:
            continue
    return False


def _natural_case(token: str) -> bool:
    return token.islower() or token.isupper() or token[1:].islower() or token.upper() == token.lower()


def _is_odd(sign: str) -> bool:
    """A sign that does not stand inside words: controls, box drawing, currency, fractions."""
    if sign.isascii() or (sign.isalpha() and sign not in "ªºµ"):
        return False
    return unicodedata.category(sign)[0] != "M" and sign not in "’‘ʻʼ·\u200c\u200d\u00ad"


@lru_cache(maxsize=20_000)
def script_of(sign: str) -> str:
    """The script of a letter, or an empty text.

    Example:
        >>> script_of("ж"), script_of("a"), script_of("境")
        ('cyrillic', 'latin', 'han')
    """
    code = ord(sign)
    return next((name for first, last, name in _SCRIPTS if first <= code <= last), "")
