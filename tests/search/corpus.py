"""A small library of invented practice, and questions whose answers are known."""

DOCUMENTS = {
    "hebammen": (
        "Familienhebammen kommen nach Hause",
        "Nach der Geburt besucht eine Familienhebamme die Eltern bis zum ersten Geburtstag.",
    ),
    "begruessung": (
        "Willkommen, kleines Menschenkind",
        "Ein Babybegrüßungsdienst bringt Eltern eine Tasche mit Adressen der Stadt.",
    ),
    "bewegungskita": (
        "Bewegungskita am Stadtwald",
        "Erzieher:innen bauen jeden Tag eine Stunde Toben und Klettern ein.",
    ),
    "kindergarten": (
        "Gesundes Frühstück im Kindergarten Regenbogen",
        "Die Kinder schneiden Obst und Gemüse, die Ernährungsberaterin begleitet das Team.",
    ),
    "fruehe-hilfen": (
        "Frühe Hilfen: ein Netzwerk für den ganzen Landkreis",
        "Geburtsklinik, Jugendamt und Beratungsstellen treffen sich alle sechs Wochen.",
    ),
    "kette": (
        "Präventionskette vom Säugling bis zum Schulabschluss",
        "Ein Lenkungskreis führt Ämter und freie Träger zusammen.",
    ),
    "quartier": (
        "Quartiersmanagement im Nordend",
        "Eine Anlaufstelle im Stadtteil verbindet Nachbarinnen, Vereine und Wohnungsbau.",
    ),
    "senioren": (
        "Gemeinsam statt einsam: Mittagstisch für alte Menschen",
        "Ehrenamtliche holen Hochbetagte ab und kochen zusammen im Gemeindehaus.",
    ),
    "sturz": (
        "Sicher zu Fuß ab 65",
        "Übungsgruppen stärken Kraft und Gleichgewicht, damit niemand stürzt.",
    ),
    "hitze": (
        "Hitzeaktionsplan für Pflegeheime",
        "Kühle Räume, Trinkpläne und ein Telefondienst an heißen Tagen.",
    ),
    "zahn": (
        "Zahnputzwerkstatt an der Grundschule",
        "Der zahnärztliche Dienst übt mit den Klassen das Putzen und gibt Bürsten aus.",
    ),
    "sucht": (
        "Kinder aus suchtbelasteten Familien stärken",
        "Gruppenstunden, in denen Kinder über den Alkohol der Eltern sprechen dürfen.",
    ),
    "cannabis": (
        "Klar im Kopf: Parcours zu Cannabis und Tabak",
        "Jugendliche probieren an Stationen, wie Rausch das Fahren verändert.",
    ),
    "lotsen": (
        "Gesundheitslotsinnen sprechen zwölf Sprachen",
        "Zugewanderte erklären Landsleuten das Gesundheitswesen und begleiten zu Arztbesuchen.",
    ),
    "gefluechtete": (
        "Sprechstunde in der Unterkunft",
        "Für Geflüchtete kommt einmal in der Woche eine Kinderärztin ins Wohnheim.",
    ),
    "alleinerziehend": (
        "Atempause für Alleinerziehende",
        "Ein Wochenende mit Kinderbetreuung, Beratung und Zeit für sich.",
    ),
    "kita-sozial": (
        "Kita-Sozialarbeit in drei Einrichtungen",
        "Eine Fachkraft berät Eltern zwischen Tür und Angel.",
    ),
    "uebergang": (
        "Gut ankommen: von der Kita in die Grundschule",
        "Patenkinder, gemeinsame Elternabende und ein Übergabebogen.",
    ),
    "einschulung": (
        "Schuleingangsuntersuchung als Türöffner",
        "Nach dem Termin lädt das Gesundheitsamt zur Sprachförderung ein.",
    ),
    "vorlage": (
        "Ratsvorlage Gesundheitsstrategie",
        "Eine Beschlussvorlage mit Zielen, Kosten und Zuständigkeiten für den Kreistag.",
    ),
    "finanzierung": (
        "So bezahlen wir die Netzwerkkoordination dauerhaft",
        "Finanzierung aus Mitteln der Krankenkassen, des Kreises und einer Stiftung.",
    ),
    "vereinbarung": (
        "Kooperationsvertrag zwischen Klinik und Jugendamt",
        "Muster mit Schweigepflicht, Rückmeldung und Kündigung.",
    ),
    "fragebogen": (
        "Elternbefragung zum Wohnumfeld",
        "Ein kurzer Bogen in fünf Sprachen und die Auswertung als Tabelle.",
    ),
    "bericht": (
        "Gesundheitsbericht in Bildern",
        "Die Berichterstattung zeigt Daten aus der Einschulung nach Sozialräumen.",
    ),
    "konferenz": (
        "Kommunale Gesundheitskonferenz neu belebt",
        "Mit Arbeitsgruppen, klaren Aufträgen und einem festen Budget.",
    ),
    "garten": (
        "Essbarer Schulhof",
        "Hochbeete, Kräuter und ein Bienenhotel laden zum Ernten ein.",
    ),
    "rad": (
        "Radfahren lernen für Frauen",
        "Trainerinnen üben auf dem Verkehrsübungsplatz, am Ende steht eine Tour.",
    ),
    "spielplatz": (
        "Spielplatzpaten schauen hin",
        "Nachbarn melden Schäden und veranstalten Feste.",
    ),
    "familienzentrum": (
        "Vom Hort zum Familienzentrum",
        "Elterncafé, Beratung und Kurse unter einem Dach.",
    ),
    "psychisch": (
        "Wenn Eltern seelisch krank sind",
        "Patenfamilien und eine Gruppe für Kinder psychisch erkrankter Eltern.",
    ),
    "obdachlos": (
        "Arztmobil für Wohnungslose",
        "Ein umgebauter Bus hält dreimal wöchentlich am Bahnhof.",
    ),
    "jobcenter": (
        "Gesund in den Beruf",
        "Jobcenter und Krankenkassen bieten Arbeitslosen Kurse zu Stress und Bewegung an.",
    ),
    "beteiligung": (
        "Kinder planen mit: Beteiligung am Spielraum",
        "Stadtspaziergänge, Modelle aus Karton und eine Sprechstunde beim Bürgermeister.",
    ),
    "demenz": (
        "Demenzfreundliche Gemeinde",
        "Schulungen für Polizei, Bank und Bäckerei.",
    ),
    "pflege": (
        "Auszeit für pflegende Angehörige",
        "Gesprächskreis und Urlaub ohne Koffer.",
    ),
    "sprache": (
        "Rucksack: Sprachbildung mit Müttern",
        "Stadtteilmütter leiten Gruppen in der Familiensprache.",
    ),
    "evaluation": (
        "Wirkung zeigen mit wenig Aufwand",
        "Ein Leitfaden zur Selbstevaluation kleiner Vorhaben.",
    ),
    "oegd": (
        "Pakt für den öffentlichen Gesundheitsdienst",
        "Neue Stellen im Gesundheitsamt für die Planung.",
    ),
    "schwanger": (
        "Lotsendienst in der Geburtsklinik",
        "Werdende Eltern finden in der Schwangerschaft den Weg zu passender Hilfe.",
    ),
    "gewalt": (
        "Kinderschutz braucht Verfahren",
        "Schutzkonzepte gegen Gewalt in Vereinen und Einrichtungen.",
    ),
}

# What somebody types, and what must be among the first three results.
QUESTIONS = [
    ("Hebammen", "hebammen"),
    ("familienhebame", "hebammen"),
    ("FAMILIENHEBAMMEN", "hebammen"),
    ("Hausbesuch nach der Geburt durch Hebamme", "hebammen"),
    ("Babybegrüßung", "begruessung"),
    ("Babybegruessung", "begruessung"),
    ("baby begrüßungsdienst", "begruessung"),
    ("Bewegung Kita", "bewegungskita"),
    ("bewegungskitas", "bewegungskita"),
    ("Bewegungskindergarten", "bewegungskita"),
    ("Erzieherinnen klettern", "bewegungskita"),
    ("Frühstück Kita", "kindergarten"),
    ("gesundes Essen Kindertagesstätte", "kindergarten"),
    ("Ernährungsberatung", "kindergarten"),
    ("fruehe hilfen", "fruehe-hilfen"),
    ("frühe hilfe", "fruehe-hilfen"),
    ('"Frühe Hilfen"', "fruehe-hilfen"),
    ("Netzwerke Kreis", "fruehe-hilfen"),
    ("Prävnetionskette", "kette"),
    ("Präventionsketten", "kette"),
    ("Ketten der Prävention", "kette"),
    ("Quartiersmanagment", "quartier"),
    ("Stadtteilmanagement", "quartier"),
    ("Wohnungsbau Nachbarn", "quartier"),
    ("Senioren Mittagstisch", "senioren"),
    ("ältere Menschen kochen", "senioren"),
    ("Einsamkeit", "senioren"),
    ("Sturz", "sturz"),
    ("Hitze", "hitze"),
    ("Hitzeaktionspläne", "hitze"),
    ("Pflegeheim heiße Tage", "hitze"),
    ("Zähne putzen Schule", "zahn"),
    ("Zahnarzt Grundschulen", "zahn"),
    ("Suchtbelastung", "sucht"),
    ("Alkohol Kinder", "sucht"),
    ("Canabis", "cannabis"),
    ("Gesundheitslotsen", "lotsen"),
    ("Lotsinnen Gesundheit", "lotsen"),
    ("Flüchtlinge Arzt", "gefluechtete"),
    ("Kinderarzt", "gefluechtete"),
    ("Ein-Eltern-Familie", "alleinerziehend"),
    ("Alleinerziehender", "alleinerziehend"),
    ("Kitasozialarbeit", "kita-sozial"),
    ("Sozialarbeiter in der Kita", "kita-sozial"),
    ("Übergang Kita Grundschule", "uebergang"),
    ("Einschulungsuntersuchung", "einschulung"),
    ("ESU", "einschulung"),
    ("Beschlussvorlage", "vorlage"),
    ("Wie finanzieren wir die Netzwerkkoordination?", "finanzierung"),
    ("Kooperationsvereinbarung Klinik", "vereinbarung"),
    ("Fragebogen Eltern", "fragebogen"),
    ("Gesundheitsberichterstattung", "bericht"),
    ("KGK", "konferenz"),
    ("Schulgarten", "garten"),
    ("Fahrrad lernen", "rad"),
    ("Paten Spielplatz", "spielplatz"),
    ("Familienzentren", "familienzentrum"),
    ("Eltern-Café", "familienzentrum"),
    ("psychisch kranke Mütter", "psychisch"),
    ("Obdachlosigkeit", "obdachlos"),
    ("Obdachlose Bus", "obdachlos"),
    ("Erwerbslose Stress", "jobcenter"),
    ("Kinderbeteiligung", "beteiligung"),
    ("Partizipation", "beteiligung"),
    ("Demenz Gemeinde", "demenz"),
    ("Angehörigenpflege", "pflege"),
    ("Sprachförderung Mütter", "sprache"),
    ("Selbst-Evaluation", "evaluation"),
    ("ÖGD", "oegd"),
    ("Schwangere Klinik", "schwanger"),
    ("Schutzkonzept Verein", "gewalt"),
]

# What must not be found, because it only looks alike.
STRANGERS = [
    ("Termin", "vorlage"),
    ("Kita -Sozialarbeit", "kita-sozial"),
    ('"Hilfen Frühe"', "fruehe-hilfen"),
    ("Rausch", "hitze"),
]
