"""Codes and names of countries as datasets write them: ISO 3166-1, and what they write in its place."""

from __future__ import annotations

from typing import Final

# ISO 3166-1: alpha-3, alpha-2 and the number of each country, written together.
_CODES: Final = """
    ABWAW533 AFGAF004 AGOAO024 AIAAI660 ALAAX248 ALBAL008 ANDAD020 AREAE784 ARGAR032 ARMAM051 ASMAS016
    ATAAQ010 ATFTF260 ATGAG028 AUSAU036 AUTAT040 AZEAZ031 BDIBI108 BELBE056 BENBJ204 BESBQ535 BFABF854
    BGDBD050 BGRBG100 BHRBH048 BHSBS044 BIHBA070 BLMBL652 BLRBY112 BLZBZ084 BMUBM060 BOLBO068 BRABR076
    BRBBB052 BRNBN096 BTNBT064 BVTBV074 BWABW072 CAFCF140 CANCA124 CCKCC166 CHECH756 CHLCL152 CHNCN156
    CIVCI384 CMRCM120 CODCD180 COGCG178 COKCK184 COLCO170 COMKM174 CPVCV132 CRICR188 CUBCU192 CUWCW531
    CXRCX162 CYMKY136 CYPCY196 CZECZ203 DEUDE276 DJIDJ262 DMADM212 DNKDK208 DOMDO214 DZADZ012 ECUEC218
    EGYEG818 ERIER232 ESHEH732 ESPES724 ESTEE233 ETHET231 FINFI246 FJIFJ242 FLKFK238 FRAFR250 FROFO234
    FSMFM583 GABGA266 GBRGB826 GEOGE268 GGYGG831 GHAGH288 GIBGI292 GINGN324 GLPGP312 GMBGM270 GNBGW624
    GNQGQ226 GRCGR300 GRDGD308 GRLGL304 GTMGT320 GUFGF254 GUMGU316 GUYGY328 HKGHK344 HMDHM334 HNDHN340
    HRVHR191 HTIHT332 HUNHU348 IDNID360 IMNIM833 INDIN356 IOTIO086 IRLIE372 IRNIR364 IRQIQ368 ISLIS352
    ISRIL376 ITAIT380 JAMJM388 JEYJE832 JORJO400 JPNJP392 KAZKZ398 KENKE404 KGZKG417 KHMKH116 KIRKI296
    KNAKN659 KORKR410 KWTKW414 LAOLA418 LBNLB422 LBRLR430 LBYLY434 LCALC662 LIELI438 LKALK144 LSOLS426
    LTULT440 LUXLU442 LVALV428 MACMO446 MAFMF663 MARMA504 MCOMC492 MDAMD498 MDGMG450 MDVMV462 MEXMX484
    MHLMH584 MKDMK807 MLIML466 MLTMT470 MMRMM104 MNEME499 MNGMN496 MNPMP580 MOZMZ508 MRTMR478 MSRMS500
    MTQMQ474 MUSMU480 MWIMW454 MYSMY458 MYTYT175 NAMNA516 NCLNC540 NERNE562 NFKNF574 NGANG566 NICNI558
    NIUNU570 NLDNL528 NORNO578 NPLNP524 NRUNR520 NZLNZ554 OMNOM512 PAKPK586 PANPA591 PCNPN612 PERPE604
    PHLPH608 PLWPW585 PNGPG598 POLPL616 PRIPR630 PRKKP408 PRTPT620 PRYPY600 PSEPS275 PYFPF258 QATQA634
    REURE638 ROURO642 RUSRU643 RWARW646 SAUSA682 SDNSD729 SENSN686 SGPSG702 SGSGS239 SHNSH654 SJMSJ744
    SLBSB090 SLESL694 SLVSV222 SMRSM674 SOMSO706 SPMPM666 SRBRS688 SSDSS728 STPST678 SURSR740 SVKSK703
    SVNSI705 SWESE752 SWZSZ748 SXMSX534 SYCSC690 SYRSY760 TCATC796 TCDTD148 TGOTG768 THATH764 TJKTJ762
    TKLTK772 TKMTM795 TLSTL626 TONTO776 TTOTT780 TUNTN788 TURTR792 TUVTV798 TWNTW158 TZATZ834 UGAUG800
    UKRUA804 UMIUM581 URYUY858 USAUS840 UZBUZ860 VATVA336 VCTVC670 VENVE862 VGBVG092 VIRVI850 VNMVN704
    VUTVU548 WLFWF876 WSMWS882 YEMYE887 ZAFZA710 ZMBZM894 ZWEZW716
"""
#: Alpha-3 by alpha-2.
BY_ALPHA2: Final = {code[3:5]: code[:3] for code in _CODES.split()}
#: Alpha-3 by number.
BY_NUMBER: Final = {int(code[5:]): code[:3] for code in _CODES.split()}
#: Every alpha-3 code.
ALPHA3: Final = frozenset(BY_ALPHA2.values())

#: Names in datasets and in other languages, as ``text.fold_name`` folds them, without a leading "the".
OTHER_NAMES: Final = {
    "afg oniston": "AFG", "afganistan": "AFG", "afghanistan islamic emirate of": "AFG",
    "afghanistan islamic republic of": "AFG", "afgoniston": "AFG", "bahamas the": "BHS",
    "bailiwick of guernsey": "GGY", "bailiwick of jersey": "JEY", "bolivia plurinational state of": "BOL",
    "bonaire sint eustatius and saba": "BES", "bosnia": "BIH", "bosnia herzegovina": "BIH",
    "brunei darussalam": "BRN", "burkina faso upper volta": "BFA", "cambodia kampuchea": "KHM",
    "caribbean netherlands": "BES", "china people s republic of": "CHN", "chine": "CHN",
    "cocos keeling islands": "CCK", "congo": "COG", "congo brazzaville": "COG", "congo dem rep": "COD",
    "congo democratic republic": "COD", "congo democratic republic of": "COD",
    "congo democratic republic of the": "COD", "congo kinshasa": "COD", "congo rep": "COG",
    "congo republic": "COG", "cote d ivoire": "CIV", "cote divoire": "CIV",
    "democratic people s republic of korea": "PRK", "democratic peoples republic of korea": "PRK",
    "democratic republic of congo": "COD", "dr congo": "COD", "dr congo zaire": "COD",
    "east germany gdr": "DEU", "east timor": "TLS", "england": "GBR", "estados unidos": "USA",
    "etats unis": "USA", "falkland islands malvinas": "FLK", "federated states of micronesia": "FSM",
    "gambia the": "GMB", "gaza strip": "PSE", "germany federal republic": "DEU", "holy see": "VAT",
    "hong kong sar": "HKG", "inde": "IND", "indien": "IND", "iran islamic republic of": "IRN",
    "islamic emirate of afghanistan": "AFG", "islamic republic of afghanistan": "AFG",
    "islamic republic of iran": "IRN", "islamic republic of pakistan": "PAK", "italy sardinia": "ITA",
    "kasachstan": "KAZ", "kazajistan": "KAZ", "kazajstan": "KAZ", "kazakhstan republic of": "KAZ",
    "kazakstan": "KAZ", "kingdom of eswatini": "SWZ", "kingdom of eswatini swaziland": "SWZ",
    "kirghizia": "KGZ", "kirghizistan": "KGZ", "kirghizstan": "KGZ", "kirgisistan": "KGZ",
    "kirgizia": "KGZ", "kirgizstan": "KGZ", "kirguistan": "KGZ",
    "korea democratic people s republic of": "PRK", "korea democratic peoples republic of": "PRK",
    "korea north": "PRK", "korea republic of": "KOR", "korea south": "KOR", "kosovo": "XKX",
    "kyrgyz republic": "KGZ", "lao pdr": "LAO", "lao people s democratic republic": "LAO",
    "lao peoples democratic republic": "LAO", "libyan arab jamahiriya": "LBY", "macau": "MAC",
    "macedonia fyr": "MKD", "madagascar malagasy": "MDG", "micronesia federated states of": "FSM",
    "moldova republic of": "MDA", "mongolei": "MNG", "mongolie": "MNG", "myanmar burma": "MMR",
    "north yemen": "YEM", "o zbekiston": "UZB", "occupied palestinian territory": "PSE",
    "ouzbekistan": "UZB", "ozbekiston": "UZB", "palestine state of": "PSE",
    "palestinian territories": "PSE", "palestinian territory": "PSE", "people s republic of china": "CHN",
    "people s republic of the congo": "COG", "peoples republic of china": "CHN",
    "peoples republic of the congo": "COG", "prc": "CHN", "qirg iziston": "KGZ", "qirgiziston": "KGZ",
    "qozog iston": "KAZ", "qozogiston": "KAZ", "republic of congo": "COG", "republic of kazakhstan": "KAZ",
    "republic of korea": "KOR", "republic of kosovo": "XKX", "republic of moldova": "MDA",
    "republic of south sudan": "SSD", "republic of tajikistan": "TJK", "republic of uzbekistan": "UZB",
    "rhodesia": "ZWE", "rumania": "ROU", "rusia": "RUS", "russia soviet union": "RUS", "russie": "RUS",
    "russland": "RUS", "saint helena ascension and tristan da cunha": "SHN",
    "saint martin french part": "MAF", "sao tome": "STP", "serbia yugoslavia": "SRB",
    "sint maarten dutch part": "SXM", "slovak republic": "SVK", "south sudan republic of": "SSD",
    "south yemen": "YEM", "soviet russia": "RUS", "sri lanka ceylon": "LKA", "st kitts and nevis": "KNA",
    "st lucia": "LCA", "st vincent": "VCT", "st vincent and the grenadines": "VCT",
    "state of palestine": "PSE", "syria arab republic": "SYR", "syrian arab republic": "SYR",
    "tadjikistan": "TJK", "tadschikistan": "TJK", "tadzhikistan": "TJK", "taiwan province of china": "TWN",
    "taiwan republic of china": "TWN", "tajikstan": "TJK", "tanzania united republic of": "TZA",
    "tanzania zanzibar": "TZA", "tayikistan": "TJK", "tojikiston": "TJK", "trinidad tobago": "TTO",
    "turkey ottoman empire": "TUR", "turkmaniston": "TKM", "turkmenia": "TKM",
    "turkmenistan republic of": "TKM", "turkmeniston": "TKM", "u s": "USA", "u s a": "USA",
    "united kingdom of great britain and northern ireland": "GBR", "united republic of tanzania": "TZA",
    "us": "USA", "us virgin islands": "VIR", "usbekistan": "UZB", "uzbekstan": "UZB", "vatican city": "VAT",
    "vatican city state": "VAT", "venezuela bolivarian republic of": "VEN", "viet nam": "VNM",
    "vietnam north vietnam": "VNM", "virgin islands british": "VGB", "virgin islands u s": "VIR",
    "west bank": "PSE", "west bank and gaza": "PSE", "west bank and gaza strip": "PSE",
    "west germany frg": "DEU", "yemen arab republic": "YEM", "yemen north yemen": "YEM", "zaire": "COD",
    "zimbabwe rhodesia": "ZWE", "азербаиджан": "AZE", "армения": "ARM", "афганистан": "AFG",
    "афғонистон": "AFG", "беларусь": "BLR", "белоруссия": "BLR", "грузия": "GEO", "израиль": "ISR",
    "индия": "IND", "ирак": "IRQ", "иран": "IRN", "исламская республика афганистан": "AFG",
    "казахстан": "KAZ", "киргизия": "KGZ", "киргизстан": "KGZ", "китаи": "CHN", "кнр": "CHN",
    "кыргызстан": "KGZ", "монголия": "MNG", "пакистан": "PAK", "покистон": "PAK",
    "россииская федерация": "RUS", "россия": "RUS", "рф": "RUS", "сирия": "SYR", "сша": "USA",
    "таджикистан": "TJK", "тожикистон": "TJK", "тоҷикистон": "TJK", "туркманистон": "TKM",
    "туркменистан": "TKM", "туркмения": "TKM", "турция": "TUR", "узбекистан": "UZB", "узбекистон": "UZB",
    "украина": "UKR", "чин": "CHN", "эрон": "IRN", "қирғизистон": "KGZ", "ازبکستان": "UZB",
    "ازبیکستان": "UZB", "افغانستان": "AFG", "اوزبیکستان": "UZB", "ایران": "IRN", "تاجكستان": "TJK",
    "تاجیکستان": "TJK", "ترکمنستان": "TKM", "روسیه": "RUS", "قرقیزستان": "KGZ", "قزاقستان": "KAZ",
    "مغولستان": "MNG", "هند": "IND", "هندوستان": "IND", "پاكستان": "PAK", "پاکستان": "PAK", "چین": "CHN",
}  # fmt: skip
