from __future__ import annotations

import json
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from bordermap import text

nasty = st.text() | st.sampled_from(
    [
        "</script><script>alert(1)</script>",
        "<!--<script>",
        "${alert(1)}",
        "{{ 7*7 }}",
        "{% raw %}",
        "C:\\path\\2019",
        "\u2028",
    ]
)


@given(nasty)
def test_json_in_a_script_ends_nothing_and_says_the_same(value: str) -> None:
    written = text.json_for_script({"a": [value]})
    assert not set(written) & set("<>&\u2028\u2029")
    assert json.loads(written) == {"a": [value]}


@given(nasty)
def test_escaped_html_is_one_text(value: str) -> None:
    class Reader(HTMLParser):
        tags: list[str] = []  # noqa: RUF012

        def handle_starttag(self, tag: str, attrs: object) -> None:
            self.tags.append(tag)

    reader = Reader()
    reader.feed(f'<p title="{text.escape_html(value)}">{text.escape_html(value)}</p>')
    assert set(reader.tags) <= {"p"}


@given(nasty)
def test_plain_text_is_one_line_without_controls(value: str) -> None:
    shown = text.plain(value)
    assert all(ord(c) >= 32 and not 127 <= ord(c) < 160 for c in shown)
    assert not set(shown) & set("\u202e\u2066\u200f")


@given(nasty)
def test_a_name_is_folded_once(value: str) -> None:
    assert text.fold_name(text.fold_name(value)) == text.fold_name(value)


@given(st.sampled_from("=+-@\t\r\n"), st.text())
def test_a_formula_is_neutralised(start: str, rest: str) -> None:
    cell = text.spreadsheet_cell(start + rest)
    assert cell[0] == "'" or float(cell) is not None


@given(st.text())
def test_only_web_addresses_are_addresses(value: str) -> None:
    assert text.safe_url("javascript:" + value) == ""
    assert text.safe_url("data:" + value) == ""
    assert "\n" not in text.safe_url("https://a.example/" + value)
