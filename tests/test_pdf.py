"""PDF files: tagged, with our fonts, without the network, within limits."""

import subprocess
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest
from flask import current_app

from inforo import pdf
from tests import pdf_checks

DOCUMENT = """
{% extends "documents/base.html" %}
{% block title %}Größe & Übermut{% endblock %}
{% block kicker %}Probe{% endblock %}
{% block lead %}<p>Worum es geht, mit Umlauten: äöüß – „so“.</p>{% endblock %}
{% block content %}
  <section><h2>Erstens</h2><p>Łódź, Škoda und <a href="https://inforo.example/">ein Ziel</a></p>
    <ul><li>eins</li><li>zwei</li></ul></section>
  <section><h2>Tabelle</h2><table><caption>Zahlen</caption>
    <thead><tr><th scope="col">Was</th><th scope="col">Wie viel</th></tr></thead>
    <tbody><tr><th scope="row">Kinder</th><td>12</td></tr></tbody></table></section>
  {{ more | safe }}
{% endblock %}
{% block sources %}<p>Quelle: ausgedacht</p>{% endblock %}
"""


def page(more: str = "") -> str:
    template = current_app.jinja_env.from_string(DOCUMENT)
    return template.render(locale="de", more=more)


def change_setting(app, monkeypatch, **changed):
    settings = app.extensions["settings"]
    values = {name: getattr(settings, name) for name in settings.__dataclass_fields__}
    monkeypatch.setitem(app.extensions, "settings", type(settings)(**values | changed))


def test_a_document_is_tagged_and_passes_the_checker(app):
    sheet = pdf_checks.check(pdf.from_html(page()))

    assert sheet.title == "Größe & Übermut"
    assert sheet.tags["/H1"] == 1
    assert sheet.tags["/H2"] == 2
    assert sheet.tags["/TH"] == 3
    assert sheet.bookmarks[0] == "Größe & Übermut"
    assert "Łódź, Škoda" in sheet.text
    assert "Seite 1 von 1" in sheet.text


def test_all_letters_of_european_names_come_from_our_fonts(app):
    sheet = pdf_checks.check(pdf.from_html(page()))

    names = {str(item.BaseFont) for item in sheet.pdf.objects if pdf_checks.is_font(item)}
    assert all("Figtree" in name for name in names), names


def test_nothing_is_fetched_from_elsewhere(app):
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_response(404)
            self.end_headers()

    server = HTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}/spion.png"

    made = pdf.from_html(
        page(
            f'<p><img src="{address}" alt="außen"><img src="file:///etc/hostname" alt="innen">'
            f'<img src="asset:../../../etc/hostname" alt="daneben"></p>'
        )
    )
    server.shutdown()
    server.server_close()

    assert made.startswith(b"%PDF")
    assert not asked


def test_a_document_beyond_the_time_limit_is_refused(app, monkeypatch):
    change_setting(app, monkeypatch, pdf_seconds=1)

    with pytest.raises(pdf.TooLarge, match="zu umfangreich"):
        pdf.from_html(page("<p>Wort</p>" * 40_000))


def test_a_document_beyond_the_memory_limit_is_refused(app, monkeypatch):
    change_setting(app, monkeypatch, pdf_memory_mb=120)

    with pytest.raises(pdf.TooLarge, match="zu umfangreich"):
        pdf.from_html(page("<p>Wort</p>" * 40_000))


def test_a_document_of_too_many_characters_is_refused(app, monkeypatch):
    change_setting(app, monkeypatch, pdf_max_characters=1_000)

    with pytest.raises(pdf.TooLarge):
        pdf.from_html(page("x" * 1_000))


def test_without_the_extra_a_sentence_says_what_to_do(app, monkeypatch):
    monkeypatch.setattr(pdf, "is_available", lambda: False)

    with pytest.raises(pdf.Unavailable, match="Druckansicht"):
        pdf.from_html(page())


def test_the_web_process_never_loads_the_layout_program(app):
    loaded = subprocess.run(
        [sys.executable, "-c", "import sys, inforo.app; print('weasyprint' in sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )

    assert loaded.stdout.strip() == "False"
