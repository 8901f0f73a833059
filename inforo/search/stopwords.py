"""Words that search passes over: they stand in every text, or only make a question of it.

All are written folded (see `german.fold`), one theme per paragraph.
"""

ARTICLES_AND_PRONOUNS = """
der die das dem den des ein eine einem einen einer eines kein keine keinem keinen keiner
dieser diese dieses diesem diesen jener jede jeder jedes jedem jeden alle allem allen
aller alles ich du er sie es wir ihr mich mir dich dir ihn ihm uns euch ihnen man jemand
jemanden etwas nichts mein meine meinem meinen meiner dein deine sein seine seinem seinen
seiner ihre ihrem ihren ihrer unser unsere unserem unseren unserer euer eure eurem euren
eurer sich selbst dies deren dessen denen derjenige diejenigen solche solchen solcher
"""

PREPOSITIONS_AND_CONJUNCTIONS = """
ab am an ans auf aufs aus bei beim bis durch fur gegen hinter im in ins mit nach neben
ohne seit statt trotz uber um unter vom von vor wahrend wegen zu zum zur zwischen aber als
also dass denn doch falls ob obwohl oder sobald sondern sowie und weil wenn entweder weder
sowohl beziehungsweise bzw ggf etc usw evtl vs via pro je
"""

ADVERBS = """
auch bereits da dabei dafur dagegen daher damit dann daran darauf daraus darin daruber
darum davon dazu dort eben ebenfalls eher einmal erst etwa fast ganz gar genau gerade gern
gerne hier hierzu immer insbesondere ja jetzt kaum mal mehr meist nein nicht noch nur oft
schon sehr so sogar sonst uberhaupt viel viele vielen wieder wohl zudem zwar andere
anderem anderen anderer anderes derzeit bitte danke hallo eigentlich irgendwie vielleicht
beispielsweise zb eure eurem euren ihr insofern insoweit
"""

VERBS = """
bin bist ist sind seid war waren warst ware waren gewesen werde wird werden wurde wurden
worden habe hast hat haben hatte hatten gehabt hab kann kannst konnen konnt konnte konnten
muss musst mussen musste mussten soll sollen sollte sollten will willst wollen wollte
wollten darf durfen durfte mag mochte mochten gibt gab geht ging macht machen machst tun
tut sagt kommt lasst lassen bekommen bekommt finde finden findet suche suchen gesucht
brauche brauchen braucht weiss kennt kennen habt hilft gelingt gelingen klappt funktioniert
kommen bringt bringen lauft komme kommst bekomme kriege kriegen mache machst bringe
"""

QUESTION_WORDS = """
wer was wen wem wessen wie wo wohin woher wann warum wieso weshalb welche welchem welchen
welcher welches wieviel womit wofur wodurch woran worauf woraus woruber wovon wozu
inwiefern inwieweit
"""

STOP_WORDS = frozenset(
    (
        ARTICLES_AND_PRONOUNS + PREPOSITIONS_AND_CONJUNCTIONS + ADVERBS + VERBS + QUESTION_WORDS
    ).split()
)
