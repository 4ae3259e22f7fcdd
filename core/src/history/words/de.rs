//! German.

use super::Words;

pub static WORDS: Words = Words {
    joint: " ",
    praise: &[
        "Liegt wirklich flach, ab der ersten Seite.",
        "Endlich ein Notizbuch, das ich auch vollschreibe.",
        "Mein Füller und dieses Papier verstehen sich.",
        "Die Heftung ist ein Gedicht.",
        "Mein zweites, und sicher nicht das letzte.",
        "Der handgeschriebene Zettel war eine schöne Überraschung.",
        "Sehr sauber verarbeitet, man sieht die Arbeit.",
        "Antwort innerhalb einer Stunde, danke!",
        "Ein Geschenk, das wirklich benutzt wird.",
        "Der Stoff wird mit der Zeit immer schöner.",
        "Hat sechs Wochen Rucksack überlebt.",
    ],
    complaint: &[
        "Die Ecken stoßen sich schnell ab.",
        "Das Gummiband ist mir zu straff.",
        "Für den Preis hätte ich mehr Seiten erwartet.",
        "Der Stoff zieht Staub an.",
        "Kam mit einer Delle im Rücken an.",
        "Drei Wochen gewartet statt vier Tage.",
        "Die Punkte sind mir zu dunkel.",
    ],
    soft_paper: &[
        "Die Tinte schlägt durch, das war früher nie so.",
        "Das Papier ist plötzlich ganz weich, wie Löschpapier.",
        "Charge 14: jede Linie verläuft.",
        "Nur noch einseitig benutzbar. Schade.",
    ],
    lost_design: &[
        "Mein Entwurf war am nächsten Tag weg.",
        "Gespeichert und trotzdem verschwunden.",
        "Seit der neuen Version geht das Speichern nicht mehr.",
        "Ich musste alles zweimal auswählen.",
    ],
    wish: &[
        "Bitte auch kariert, 4 mm.",
        "Eine Stiftschlaufe wäre schön.",
        "Ein Querformat!",
        "Seitenzahlen und vorne ein Inhaltsverzeichnis.",
        "Die Fadenfarbe einzeln wählen können.",
        "Ein Einschubfach hinten.",
        "Zahlung per Überweisung.",
    ],
    smooth: &[
        "Bestellung ging schnell und ohne Konto.",
        "Alles klar und verständlich.",
        "In zwei Minuten fertig.",
        "Schöne Danke-Seite.",
    ],
    rough: &[
        "Das Porto sieht man erst ganz am Ende.",
        "Ein Feld für eine Grußkarte fehlt.",
        "Ich hätte gern vorher gewusst, wann verschickt wird.",
        "Die Postleitzahl musste ich zweimal eingeben.",
    ],
    question: &[
        "Verschickst du auch in die Schweiz?",
        "Kann ich meinen eigenen Stoff schicken?",
        "Gibt es Kurse?",
        "Bindest du auch ältere Bücher neu?",
    ],
    sought: &[
        "Zollkosten für die Schweiz",
        "wie ich die Bestellung ändere",
        "Reparatur nach zwei Jahren",
        "Lieferung vor Weihnachten",
        "eine Werkzeugliste",
    ],
    uses: &["Kochrezepte", "Traumtagebuch", "Chorproben", "Messwerte", "Skizzen im Zug"],
    reasons: &["noch unentschlossen", "warte auf das Gehalt", "suche B5"],
    payments: &["PayPal", "Rechnung", "Überweisung"],
};
