"""How mail programs begin quotes, signatures and disclaimers, in German and English."""

import re

I = re.IGNORECASE  # noqa: E741 (as short as the flag it stands for)

# A line that says: from here on, the mail that is answered. Everything below it is quoted.
DIVIDERS = re.compile(
    r"^\W*(-{2,}\s*)(ursprüngliche (nachricht|mail|e-mail)|original[- ]?nachricht"
    r"|original[- ]?mail|original message|original-e?-?mail|weitergeleitete nachricht"
    r"|forwarded message"
    r"|anfang der weitergeleiteten nachricht)\W*.*$",
    I,
)
LINE = re.compile(r"^[_\-=]{10,}$")

# "Von: … Gesendet: … An: … Betreff: …": two more of these within the next lines.
FIRST_FIELD = re.compile(
    r"^\W{0,3}(von|from|gesendet|sent|datum|date|de|absender)\W{0,3}:\W{0,3}", I
)
FIELD = re.compile(
    r"^\W{0,3}(von|from|gesendet|sent|datum|date|an|to|cc|kopie|betreff|subject|thema"
    r"|antwort an|reply-to|empfänger|priorität)\W{0,3}:",
    I,
)

# "Am … schrieb …:", broken over up to four lines.
INTROS = tuple(
    re.compile(pattern, I | re.DOTALL)
    for pattern in (
        r"^\W{0,3}am\b[^:]{4,40}\d.{0,200}\bschrieb\b.{0,200}:$",
        r"^\W{0,3}am\b.{4,120}\d.{0,120}\bhat\b.{0,200}geschrieben:$",
        r"^\W{0,3}.{1,160}\bschrieb am\b.{4,200}\d.{0,60}:$",
        r"^\W{0,3}.{1,160}\bhat am\b.{4,120}\d.{0,60}geschrieben:$",
        r"^\W{0,3}\d{1,4}[.\-/]\d{1,2}[.\-/]\d{2,4}.{0,160}\bschrieb\b.{0,160}:$",
        r"^\W{0,3}on\b.{4,160}\d.{0,200}\bwrote:$",
        r"^\W{0,3}zitat von\b.{1,200}:$",
        r"^\W{0,3}quoting\b.{1,200}:$",
        r"^>{3}\s.{1,160}\d.{0,80}>{3}$",
    )
)

SIGNATURE = re.compile(r"^--\s*$|^—\s*$")
SENT_FROM = re.compile(
    r"^\W{0,2}(von (meinem|mein|unterwegs)\b.{0,60}(gesendet|geschickt)"
    r"|von meinem iphone|gesendet von\b|gesendet (mit|über|aus|vom)\b"
    r"|von .{2,30} (mobile?|handy|galaxy.{0,20}) gesendet"
    r"|diese (nachricht|e-?mail) wurde (von|mit) (meinem|meiner|der|dem)\b.{0,80}"
    r"(gesendet|geschickt)"
    r"|sent (from|with|via)\b|get outlook for|holen sie sich outlook|outlook für (ios|android)"
    r"|laden sie outlook|sent by\b|von yahoo mail|virenfrei\.|virus-free"
    r"|diese e-?mail wurde (von|auf) .{0,60}viren)",
    I,
)
DISCLAIMER = re.compile(
    r"^\W{0,3}((wichtiger |rechtlicher )?hinweis: .{0,40}(vertraulich|e-?mail)"
    r"|(diese|die) (e-?mail|nachricht|mail|information).{0,90}vertraulich"
    r"|der inhalt dieser (e-?mail|nachricht)"
    r"|(vertraulichkeits|datenschutz|haftungs)(hinweis|erklärung|ausschluss)"
    r"|disclaimer\b"
    r"|(hinweise?|informationen?) (zum|zur) (datenschutz|verarbeitung|umgang)"
    r"|unsere (datenschutz|informationen zum)"
    r"|(bitte )?(prüfen|denken|überlegen|schonen|schützen) sie.{0,90}(umwelt|druck|papier)"
    r"|(vor dem ausdrucken|denken sie an die umwelt)"
    r"|please consider the environment"
    r"|this (e-?mail|message).{0,90}(confidential|privileged|intended)"
    r"|the information (contained )?in this)",
    I,
)
GREETING = re.compile(
    r"^\W{0,2}(mit (den )?(besten|freundlichen|herzlichen|vielen|lieben|kollegialen|sonnigen"
    r"|freundlichem|herzlichem) gr(ü|ue)(ß|ss)(en)?|mit freundlichem gru(ß|ss)|mfg|vg|lg"
    r"|(viele|beste|herzliche|liebe|freundliche|schöne|sonnige) gr(ü|ue)(ß|ss)e"
    r"|(herzlichst|freundlichst)|best regards|kind regards)\b.{0,40}$",
    I,
)
CONTACT = re.compile(
    r"(\btel(efon)?\b\W|\bfon\b\W|\bfax\b|\bmobil\b\W|\be-?mail\b\s*:|\bhttps?://|\bwww\.|@\w"
    r"|\b\d{5} [A-ZÄÖÜ]|stra(ß|ss)e \d|str\. \d|\bplatz \d|\+49\b|\b0\d{2,5}[ /\-]\d)",
    I,
)
