"""Faults of opening files, of archives, encodings and delimited text."""

from __future__ import annotations

from typing import Final

from bordermap.explanations.fault import table

FAULTS: Final = table(
    # The file.
    ("BM210", "there is no such file",
     "bordermap check acled.cvs, where there is only acled.csv",
     "Check the spelling and the folder; - reads standard input."),
    ("BM211", "a folder that is not a casebook",
     "bordermap check downloads/",
     "Name one of its files; a casebook is a folder that holds incidents.csv and its sister tables."),
    ("BM212", "the file is larger than may be read",
     "a file of 5 GB", "Raise the limit with --max-size, or split the file."),
    # Archives.
    ("BM213", "the archive unpacks to more than may be read",
     "a .zip of 1 MB that holds 10 GB",
     "Raise the limit with --max-size if you trust the file, or unpack and split it yourself."),
    ("BM214", "the archive unpacks to far more than its size, as archives made to do harm do",
     "a .gz of 100 kB that holds 100 MB of zeros",
     "Raise the limit with --max-ratio if you trust the file, or unpack it yourself."),
    ("BM215", "the archive has more members than may be read",
     "a .zip of a million files",
     "Raise the limit with --max-members if you trust the file, or name a smaller archive."),
    ("BM216", "the archive is damaged or cut off",
     "a download that stopped half-way", "Get the file again."),
    ("BM217", "the file is encrypted",
     "a .zip or workbook with a password", "Unpack or save it without a password."),
    ("BM218", "a member of the archive points out of it",
     "../../events.csv, /etc/passwd, C:\\events.csv, or a symbolic link",
     "Unpack the archive with care and give the file you need."),
    ("BM219", "two members of the archive have one name",
     "events.csv twice", "Unpack the archive and give the file you need."),
    ("BM220", "an archive inside an archive",
     "a .zip that holds a .zip", "Unpack the outer archive and give the inner one."),
    ("BM221", "an archive of a kind that is not read",
     "events.tar.gz, or events.7z", "Unpack it first; zip and gz are read as they are."),
    ("BM222", "nothing in it is a table or a layer",
     "a .zip that holds a README only",
     "Give a file with rows: CSV, XLSX, ODS, JSON, GeoJSON, GeoPackage, Shapefile, FlatGeobuf, KML, GPX or "
     "Parquet."),
    ("BM224", "a part of a shapefile without its .shp",
     "events.dbf alone", "Give the .shp, with .dbf, .shx, .prj and .cpg beside it."),
    # Encodings.
    ("BM225", "some bytes are not letters of the text's encoding",
     "one row pasted from a file in another encoding",
     "Name the encoding with --encoding, for example --encoding cp1251, or save the file as UTF-8."),
    ("BM226", "there is no such encoding",
     "--encoding cp12511",
     "Use a name that Python knows: utf-8, utf-16, cp1251, cp1252, cp1256, koi8-r, gb18030."),
    ("BM227", "the text's encoding cannot be told",
     "a text in an encoding that is not among the usual ones",
     "Name it with --encoding, for example --encoding cp1251."),
    # Delimited text.
    ("BM228", "the header row does not exist or is blank",
     "--header-row 7 in a file whose row 7 is blank",
     "Give --header-row the number of the row that holds the column names, or leave it out."),
    ("BM229", "the table has more columns than may be read",
     "a file of commas", "Raise the limit with --max-columns, or name another delimiter with --delimiter."),
    ("BM231", "not a delimiter",
     "--delimiter '::'", "Give one character, for example --delimiter ';', or tab."),
)  # fmt: skip
