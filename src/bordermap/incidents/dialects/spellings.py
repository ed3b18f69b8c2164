"""How tables of the field call their columns: our columns, and the names that stand for each."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from bordermap.text import fold_name

# Each line: our column (or a part that one is made of), then its spellings: strong ones first, then after
# a bar weak ones, which count only where no strong one is there. Spaces, case, accents and signs do not
# matter. English, Russian, French, Spanish, German, Uzbek, Tajik, Dari.
_SPELLINGS: Final = """
event_id: event_id incident_id eventid incidentid id event_id_cnty globaleventid uid uuid guid ид код
  شناسه civid
  | objectid fid ogc_fid gid record_id row_id nr no num number №
title: title headline event_title event_name incident_title incident_name heading заголовок titre titulo
  titel عنوان
  | subject event incident событие evento ereignis название
name: name nom nombre имя_объекта label نام nomi ном
latitude: latitude lat latitud breite breitengrad geographische_breite широта lat_dd latdd latitude_dd
  decimal_latitude decimallatitude lat_deg latdeg latitude_deg lat_wgs84 latitude_wgs84 wgs84_lat lat_wgs
  gps_lat gps_latitude gpslatitude geo_lat geolat point_lat latitude_n lat_n lat_dms latitude_dms
  latitude_y _gps_latitude location_latitude geolocation_latitude location_lat kenglik kengligi арз عرض
  عرض_جغرافیایی
  | y y_coord ycoord coord_y y_coordinate point_y pointy lat_y y_wgs84 lat1 latitude1
longitude: longitude lon long lng longitud laenge lange langengrad geographische_lange долгота lon_dd
  londd long_dd longdd longitude_dd lng_dd decimal_longitude decimallongitude lon_deg londeg long_deg
  longitude_deg lon_wgs84 long_wgs84 longitude_wgs84 wgs84_lon lon_wgs gps_lon gps_long gps_lng
  gps_longitude gpslongitude geo_lon geolon geo_long geo_lng point_lon longitude_e lon_e long_e lon_dms
  long_dms longitude_dms longitude_x _gps_longitude location_longitude geolocation_longitude location_lon
  location_lng uzunlik uzunligi тул طول طول_جغرافیایی
  | x x_coord xcoord coord_x x_coordinate point_x pointx lon_x x_wgs84 lon1 longitude1
latlon: latlon lat_lon lat_long lat_lng latlong latlng latitude_longitude lat_and_lon широта_долгота
  latitudelongitude lat_and_long gps_latlon breite_lange coordinates_lat_lon coordinates_lat_long
  coordinates_latitude_longitude gps_lat_lon gps_lat_long координаты_широта_долгота coords_lat_lon
  coordinates_lat_lng
lonlat: lonlat lon_lat long_lat lnglat lng_lat longitude_latitude longlat xy coordinates_lon_lat
  coordinates_long_lat coordinates_longitude_latitude coords_lon_lat
pair: coordinates coordinate coords coord gps gps_coordinates gps_coords geo_coordinates координаты
  coordonnees coordenadas koordinaten koordinatalar مختصات geolocation geo_point geopoint
  latlon_coordinates location_coordinates координаты_места
  | position
geometry: wkt geom geometry the_geom geometria geometrie wkt_geom geom_wkt geometry_wkt shape_wkt
  the_geom_wkt wkb geom_wkb geojson
easting: easting eastings utm_e utm_east utm_easting utm_x e_utm x_utm east_m x_m rechtswert este
northing: northing northings utm_n utm_north utm_northing utm_y n_utm y_utm north_m y_m hochwert norte
date_start: date_start event_date start_date date_from incident_date date_of_event date_of_incident
  eventdate startdate incidentdate date begin_date date_begin started start begin begin_day start_day
  datetime date_time occurred occurred_on occurred_at event_datetime when date_event date_incident дата
  дата_события дата_инцидента дата_начала дата_происшествия date_occurred date_of_attack attack_date
  date_happened incident_day fecha fecha_inicio fecha_evento datum startdatum date_debut sana сана تاریخ
  | day timestamp event_time time_start eventtime from jour dia tag день
date_end: date_end end_date enddate end date_to finish_date finished until to_date end_day дата_окончания
  дата_конца fecha_fin date_fin enddatum
  | to
source_date: source_date published date_published publication_date published_at publish_date pub_date
  pubdate report_date reported_date date_reported date_of_report reported_on reported_at дата_публикации
  fecha_publicacion
year: year event_year iyear год ano annee jahr yil сол سال yyyy
month: month event_month imonth месяц mes mois monat oy моҳ ماه mm
day_of_month: day iday event_day день dia jour tag kun рӯз روز dd
time: time event_time clock_time time_of_day local_time hour_minute время hora heure uhrzeit vaqt вақт
  زمان ساعت time_local
time_zone: time_zone timezone tz
location: location place location_name place_name placename locality settlement populated_place town city
  village site hamlet loc site_name where_happened where place_of_incident incident_location
  event_location place_desc nearest_settlement nearest_town nearest_village toponym место населенный_пункт
  место_происшествия town_village village_town city_town city_village location_village location_town
  place_village loc_name location_details населённый_пункт нп город село кишлак посёлок место_события lieu
  localite ville village_name city_name town_name lugar localidad ciudad ort stadt joy shahar qishloq ҷой
  шаҳр деҳа محل مکان شهر قریه منطقه
  | area address_locality venue spot
country: country iso3 iso_a3 country_iso3 iso_3 country_code iso_code countryname country_name adm0 admin0
  adm0_en adm0_name admin0name adm0_a3 iso2 iso_a2 iso country_iso countrycode nation страна государство
  pays pais land mamlakat davlat кишвар кишвари کشور country_txt actiongeo_countrycode
admin1: admin1 adm1 adm_1 admin_1 admin1name admin1_name adm1_name adm1_en adm1name adm1_ref province
  provincia provinz oblast oblast_name viloyat viloyati velayat welayat wilayat wilaya governorate
  governorate_name departement bundesland область провинция вилоят вилояти велаят استان ولایت provstate
  province_name state_province prov province_state admin1_province adm1_province oblast_province
  область_провинция
  | region state state_name region_name регион estado
admin2: admin2 adm2 adm_2 admin_2 admin2name admin2_name adm2_name adm2_en adm2name district district_name
  rayon raion tuman tumani county uluswali woluswali woleswali distrito kreis landkreis район ноҳия нохия
  туман ولسوالی شهرستان municipality municipio cercle arrondissement district_county admin2_district
admin1_code: admin1_code
bank: bank river_bank
event_type: event_type type incident_type category event_category incident_category kind class event_class
  attack_type attacktype1_txt тип вид категория тип_события type_evenement tipo categoria typ kategorie
  turi намуд نوع
  | classification nature
sub_event_type: sub_event_type subtype sub_type subcategory sub_category подтип
notes: notes note description desc summary details event_description incident_description narrative
  remarks comment comments text body account описание примечание примечания комментарий подробности сводка
  resume descripcion detalles beschreibung bemerkung tavsif izoh тавсиф шарҳ توضیحات شرح یادداشت cmt
source: source sources source_name reported_by reporter publisher outlet media news_source source_title
  источник источники fuente fuentes quelle quellen manba манбаъ منبع source_org news_outlet
source_url: source_url url link links source_link source_links urls sourceurl web_link weblink href
  website permalink web_address reference_url ссылка ссылки источник_url enlace lien verweis havola لینک
fatalities_best: fatalities_best fatalities fatality killed deaths dead death_toll deaths_total
  total_deaths total_killed nkill number_killed num_killed number_of_deaths no_killed people_killed
  affected_killed no_of_deaths number_of_killed number_of_people_killed no_of_killed num_deaths kia
  total_fatalities best best_est погибло погибшие погибших убито убитые жертвы tues morts muertos
  fallecidos tote getotet getotete olganlar кушташуда کشته کشته_شدگان تلفات kills
fatalities_low: fatalities_low deaths_low killed_min fatalities_min min_killed low_est killed_low
fatalities_high: fatalities_high deaths_high killed_max fatalities_max max_killed high_est killed_high
fatalities_civilians: fatalities_civilians deaths_civilians civilians_killed civilian_deaths
  civilian_fatalities civilian_killed погибло_гражданских
fatalities_a: fatalities_a deaths_a
fatalities_b: fatalities_b deaths_b
fatalities_unknown: fatalities_unknown deaths_unknown
wounded: wounded injured injuries nwound number_wounded number_injured num_injured people_injured hurt
  affected_injured wia number_of_injured number_of_wounded no_of_injured no_of_wounded
  number_of_people_injured total_injured total_wounded ранено раненые раненых пострадавшие blesses heridos
  verletzt verletzte yaradorlar маҷрӯҳ زخمی زخمی_ها
actor1: actor1 actor actor_1 perpetrator perpetrators attacker perpetrator_group group_name gname
  armed_group side_a responsible responsible_party исполнитель сторона_а auteur autor tater attributed_to
  | group party faction группа
actor2: actor2 actor_2 side_b opponent second_actor сторона_б
role: role
date_kind: date_kind
date_precision: date_precision
date_basis: date_basis
location_basis: location_basis
reported_precision: reported_precision
responsibility_claimed: responsibility_claimed
sensitive: sensitive
geo_precision: geo_precision geoprecision location_precision precision_geo geographic_precision
  точность_места
  | precision spatial_precision accuracy_class
time_precision: time_precision date_accuracy temporal_precision
radius_km: radius_km uncertainty_km accuracy_km precision_km error_km radiuskm radius_in_km
radius_m: radius_m uncertainty_m accuracy_m precision_m error_m coordinateuncertaintyinmeters
  horizontal_accuracy_m gps_precision_m hdop_m
"""

_PERSONAL: Final = re.compile(
    r"\b(?:first|last|full|family|given|middle|maiden|victim|person|people|casualty|suspect|accused|witness|"
    r"contact|father|mother|informant|interviewee|respondent|author)s?\s?names?|names?\s?of\s?"
    r"(?:the\s)?(?:victim|person|suspect|deceased|killed|wounded|injured|witness)s?|surname|forename|"
    r"^names$|phone|telephone|\btel\b|\bmobile|\bcell\s?(?:no|number|phone)|whats\s?app|e\s?mail|"
    r"home\s?address|\bstreet|postal\s?address|house\s?(?:no|number)|\baddress\b|passport|national\s?id|tazkira|"
    r"social\s?security|\bssn\b|date\s?of\s?birth|birth\s?date|\bdob\b|фамили|отчеств|^имя$|имя\s(?:жертв|погиб|пострад|задерж)|\bфио\b|телефон|"
    r"почта|адрес|паспорт|\bинн\b|apellido|telefono|direccion|correo|prenom|adresse|telefon|vorname|"
    r"nachname|geburt|نام\s?خانوادگی|تلفن|تلیفون|آدرس|پاسپورت|تذکره"
)

_FORM: Final = re.compile(r"_.*_(latitude|longitude)$")


def key_of(name: str) -> str:
    """A column's name without what varies: case, accents, signs, spaces.

    Example:
        >>> key_of("LAT_DD"), key_of("Latitude (°)"), key_of("Дата события")
        ('latdd', 'latitude', 'датасобытия')
    """
    return fold_name(name[:200]).replace(" ", "")


@cache
def spellings() -> dict[str, tuple[str, bool, int]]:
    """What each spelling may stand for: our columns, in the order of :func:`meanings`.

    Returns:
        By folded spelling and our column joined with ``>``: our column, whether the spelling is a strong one,
        and its rank.

    Example:
        >>> spellings()["lat>latitude"][:2], spellings()["y>latitude"][:2]
        (('latitude', True), ('latitude', False))
    """
    table: dict[str, tuple[str, bool, int]] = {}
    for ours, line in _lines():
        strong, _, weak = line.partition("|")
        ranked = [(word, True) for word in strong.split()] + [(word, False) for word in weak.split()]
        for rank, (word, is_strong) in enumerate(ranked):
            table.setdefault(f"{key_of(word)}>{ours}", (ours, is_strong, rank))
    return table


def _lines() -> list[tuple[str, str]]:
    joined = re.sub(r"\n  ", " ", _SPELLINGS.strip())
    return [(line.partition(":")[0], line.partition(":")[2]) for line in joined.splitlines()]


@cache
def our_columns() -> tuple[str, ...]:
    """Every column of ours, and every part that one can be made of, in the order of the table.

    Example:
        >>> "latitude" in our_columns(), "easting" in our_columns()
        (True, True)
    """
    return tuple(ours for ours, _ in _lines())


@cache
def meanings(name: str) -> tuple[tuple[str, bool, int], ...]:
    """What a column's name may stand for.

    Args:
        name: As the file writes it; of ``location.lat`` the last part counts, of ``lat (WGS84)`` the first.

    Returns:
        For each of our columns that it may be: the column, whether the name is a strong sign of it, and the
        rank of the spelling (the smaller the likelier).

    Example:
        >>> [(ours, strong) for ours, strong, _ in meanings("Широта")]
        [('latitude', True)]
        >>> [ours for ours, _, _ in meanings("day")]
        ['date_start', 'day_of_month']
    """
    table = spellings()
    for key in _keys(name):
        found = [table[f"{key}>{ours}"] for ours in our_columns() if f"{key}>{ours}" in table]
        if found:
            return tuple(found)
    return ()


def _keys(name: str) -> list[str]:
    """A name folded; then without brackets, units and what stands before its last point.

    Forms of KoboToolbox and ODK call the parts of a place ``_`` and its question and ``_latitude``.
    """
    if form := _FORM.match(name):
        return [key_of(form[1])]
    bare = re.sub(r"[(\[{].*", "", name)
    unit = re.sub(r"(?i)[ _-]*(?:wgs ?_?84|epsg:? ?4326|decimal(?: degrees)?|degrees|deg|dd|dms)$", "", bare)
    return [key_of(each) for each in (name, bare, unit, name.rpartition(".")[2])]


def is_personal(name: str) -> bool:
    """Whether a column looks as if it held names, telephone numbers or addresses of people.

    Example:
        >>> is_personal("Victim name"), is_personal("phone_number"), is_personal("place_name")
        (True, True, False)
    """
    folded = fold_name(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name[:200]))
    return bool(_PERSONAL.search(folded))
