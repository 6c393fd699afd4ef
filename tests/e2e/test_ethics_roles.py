"""What each role of the Ethikrat does besides the way of a case: a DPIA up to its register, a case in writing that
a member brings into a meeting, templates in labelled fields, questions from the city."""

from __future__ import annotations

import json
import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browser import step
from tests.e2e.test_ethics import press, sign_in

pytestmark = pytest.mark.e2e
DPIA = "Zählung an der Paderhalle"
CASE = "Besucherzählung auf dem Wochenmarkt (Beispiel)"
OUTSIDE = "Aus Sicht des Instituts reicht eine Zählung ohne Funksignale."
QUESTION = "Wer entscheidet am Ende, ob in unserer Stadt Kameras hängen?"
ANSWER = "Die Stadt entscheidet; der Rat sagt vorher öffentlich, was er davon hält."


def path_of(page: Page) -> str:
    return re.sub(r"^https?://[^/]+", "", page.url).split("#")[0]


def rate(page: Page, stage: str, severity: int, likelihood: int) -> None:
    """A click into a field of the matrix."""
    page.locator(f"#matrix-{stage} input[value='{severity}-{likelihood}']").check()


def disclose(page: Page, title: str) -> None:
    page.locator("summary", has_text=re.compile(f"^{re.escape(title)}$")).click()


def test_a_dpia_goes_from_the_first_word_into_the_register(person, tmp_path):
    lead, dpo, head, guest = person(), person(), person(), person()

    with step("Folgenabschätzung beginnen"):
        page = sign_in(lead, "projektleitung@demo.example")
        page.goto("/ethikrat/buero/dsfa/")
        page.get_by_role("link", name="Folgenabschätzung beginnen").click()
        page.get_by_label("Titel").fill(DPIA)
        lead.check("Folgenabschätzung beginnen")
        press(page, "Speichern")
        page.get_by_label("Warum schätzen Sie die Folgen ab?").fill("Zwei Kriterien treffen zu.")
        press(page, "Beginnen")
        dpia = path_of(page)

    with step("Abschnitte schreiben"):
        for key in ("D1", "D2", "D3", "D4"):
            page.goto(f"{dpia}abschnitt/{key}/")
            page.get_by_label("Ihr Text").fill(f"Zu {key} steht hier, was geplant ist und warum.")
            page.get_by_label("Wer ist zuständig?").fill("Veranstaltungsamt (Beispiel)")
            press(page, "Speichern")
        expect(page.get_by_text("Zu D4 steht hier")).to_be_visible()

    with step("Risiko einstufen"):
        page.get_by_role("link", name="Risiko hinzufügen").click()
        page.get_by_label("Welches Risiko?").fill("Wege einzelner Menschen werden sichtbar")
        page.get_by_label("aus der Verarbeitung selbst").check()
        rate(page, "inherent", 4, 4)
        rate(page, "planned", 4, 3)
        rate(page, "residual", 4, 4)
        lead.check("Risikomatrix")
        press(page, "Speichern")
        row = page.get_by_role("row", name="Wege einzelner Menschen werden sichtbar")
        expect(row.get_by_text("hoch").first).to_be_visible()
        expect(page.get_by_role("heading", name="Risiken")).to_be_visible()
        expect(page.locator("table.matrix--small")).to_have_count(3)

    with step("Maßnahme festhalten"):
        page.get_by_role("link", name="Maßnahme hinzufügen").click()
        page.get_by_label("Welche Maßnahme?").fill("Kennungen sofort kürzen")
        page.get_by_label("Wege einzelner Menschen werden sichtbar").check()
        page.get_by_label("Wer setzt sie um?").fill("Anbieter (Beispiel)")
        page.get_by_label("Bis wann?").fill("2027-01-31")
        page.get_by_label("Nachweis").fill("Prüfbericht liegt bei.")
        press(page, "Speichern")
        lead.check("Folgenabschätzung")

    with step("Fassung abgeben"):
        page.get_by_label("Wer entscheidet?").select_option(label="Amtsleitung (Beispiel)")
        press(page, "Fassung abgeben")
        expect(page.get_by_text("Bei der datenschutzbeauftragten Person").first).to_be_visible()

    with step("Rat geben"):
        desk = sign_in(dpo, "dsb@demo.example")
        desk.goto(dpia)
        desk.get_by_label("Hinweise", exact=True).check()
        desk.get_by_label("Ihr Rat").fill("Das Risiko bleibt hoch. Fragen Sie vorher die Aufsicht.")
        dpo.check("Rat zur Folgenabschätzung")
        press(desk, "Rat abgeben")

    with step("Konsultation festhalten"):
        deciding = sign_in(head, "amtsleitung@demo.example")
        deciding.goto(dpia)
        deciding.get_by_label("Freigeben", exact=True).check()
        deciding.locator("#schritt-entscheiden").get_by_label("Begründung").fill("Der Nutzen überwiegt das Risiko.")
        press(deciding, "Entscheidung festhalten")
        expect(deciding.get_by_text("Zuerst muss die Aufsicht konsultiert sein").first).to_be_visible()
        today = date.today().isoformat()
        desk.goto(dpia)
        desk.get_by_label("Gesendet am").fill(today)
        press(desk, "Festhalten")
        desk.get_by_label("Was hat die Aufsicht geantwortet?").fill("Keine Bedenken, wenn sofort gekürzt wird.")
        desk.get_by_label("Antwort vom").fill(today)
        press(desk, "Festhalten")
        expect(desk.get_by_text("Keine Bedenken, wenn sofort gekürzt wird.")).to_be_visible()

    with step("Entscheiden"):
        deciding.goto(dpia)
        deciding.get_by_label("Freigeben mit Auflagen", exact=True).check()
        deciding.locator("#schritt-entscheiden").get_by_label("Begründung").fill("Der Nutzen überwiegt das Risiko.")
        deciding.locator("#schritt-entscheiden").get_by_role("textbox", name="Auflagen").fill(
            "Nach einem Jahr erneut prüfen."
        )
        press(deciding, "Entscheidung festhalten")
        expect(deciding.get_by_text("Freigegeben mit Auflagen").first).to_be_visible()

    with step("In das Register eintragen"):
        deciding.get_by_role("textbox", name="In einfachen Worten").fill(
            "An der Paderhalle wird gezählt, wie viele Menschen kommen. Niemand wird dabei erkannt."
        )
        head.check("Freigegebene Folgenabschätzung")
        press(deciding, "Veröffentlichen")
        public = guest.page
        public.goto("/ethikrat/folgenabschaetzungen/")
        guest.check("Register der Folgenabschätzungen")
        public.get_by_role("link", name=DPIA).click()
        expect(public.get_by_text("Niemand wird dabei erkannt.")).to_be_visible()
        expect(public.get_by_text("Fragen Sie vorher die Aufsicht")).to_have_count(0)
        guest.check("Eintrag im Register")
        guest.has_no_cookie()

    with step("Fassungen vergleichen"):
        page.goto(f"{dpia}abschnitt/D1/")
        page.get_by_label("Ihr Text").fill("Zu D1 steht hier jetzt etwas Neues, nämlich eine zweite Zählstelle.")
        press(page, "Speichern")
        expect(page.get_by_text("In Bearbeitung").first).to_be_visible()
        page.get_by_role("link", name="Fassungen vergleichen").click()
        expect(page.get_by_text("eine zweite Zählstelle")).to_be_visible()
        lead.check("Fassungen vergleichen")

    with step("Ausgeben und einlesen"):
        page.goto(dpia)
        page.get_by_role("link", name="Für die PIA-Software ausgeben").click()
        lead.check("Ausgeben")
        with page.expect_download() as download:
            page.get_by_role("link", name="Datei laden (JSON)").click()
        file = tmp_path / "pia.json"
        download.value.save_as(file)
        document = json.loads(file.read_text(encoding="utf-8"))
        document["comments"] = [{"description": "Das hat hier keinen Platz."}]
        file.write_text(json.dumps(document), encoding="utf-8")
        page.goto("/ethikrat/buero/dsfa/einlesen/")
        page.get_by_label("Datei").set_input_files(file)
        press(page, "Nur prüfen, nichts speichern")
        expect(page.get_by_text("1 Kommentare")).to_be_visible()
        lead.check("Einlesen")
        page.get_by_label("Datei").set_input_files(file)
        press(page, "Einlesen")
        expect(page.get_by_text("1 Kommentare")).to_be_visible()
        page.get_by_role("link", name="Zur Folgenabschätzung").click()
        expect(page.get_by_text("eine zweite Zählstelle")).to_be_visible()


def test_a_case_in_writing_goes_into_a_meeting_when_one_member_objects(person, tmp_path):
    lead, office = person(), person()
    chair, second, third = person(), person(), person()
    paper = tmp_path / "papier.pdf"
    paper.write_bytes(b"%PDF-1.4 Papier")
    desk = sign_in(office, "geschaeftsstelle@demo.example")
    desk.get_by_role("link", name=CASE).first.click()
    case = path_of(desk)

    with step("Anlage hinzufügen"):
        page = sign_in(lead, "projektleitung@demo.example")
        page.goto(case)
        disclose(page, "Anlage hinzufügen")
        page.get_by_label("Bezeichnung").fill("Datenblatt des Zählgeräts")
        page.locator("#akt-anlage input[type=file]").set_input_files(paper)
        press(page, "Hochladen")
        expect(page.get_by_text("Datenblatt des Zählgeräts").first).to_be_visible()

    with step("Frist beenden"):
        desk.goto(case)
        disclose(desk, "Frist jetzt beenden")
        desk.locator("#akt-frist-beenden").get_by_label("Begründung").fill("Alle übrigen sind verreist.")
        press(desk, "Frist beenden")
        press(desk, "Begutachtung beginnen")

    with step("Frage an das Projekt stellen"):
        member = sign_in(second, "ethik2@demo.example")
        member.goto(case)
        disclose(member, "Frage an das Projekt stellen")
        member.get_by_label("Ihre Frage").fill("Geht es auch ohne Funksignale?")
        press(member, "Frage stellen")

    with step("Frage beantworten"):
        page.goto(case)
        page.get_by_label("Ihre Antwort").fill("Ja, mit Lichtschranken, aber ungenauer.")
        press(page, "Antwort senden")
        expect(page.get_by_text("mit Lichtschranken")).to_be_visible()

    with step("Stellung nehmen"):
        for somebody, address in ((chair, "ethik1@demo.example"), (second, ""), (third, "ethik3@demo.example")):
            own = sign_in(somebody, address) if address else somebody.page
            own.goto(case)
            own.get_by_label("Was schlagen Sie dem Rat vor?").select_option("klaerungsbedarf")
            own.get_by_role("textbox", name="Ihre Stellungnahme").fill("Mir fehlt der Vergleich mit Lichtschranken.")
            press(own, "Stellungnahme abgeben")

    with step("Stellungnahme von außen aufnehmen"):
        desk.goto(case)
        disclose(desk, "Stellungnahme von außen aufnehmen")
        taken = desk.locator("#akt-aussen")
        taken.get_by_label("Wer hat sie geschrieben?").fill("Institut für Technikfolgen (Beispiel)")
        taken.get_by_label("Eingegangen am").fill(date.today().isoformat())
        taken.get_by_label("Was wird vorgeschlagen?").select_option("bedenken")
        taken.get_by_label("Wortlaut").fill(OUTSIDE)
        taken.locator("input[type=file]").set_input_files(paper)
        office.check("Stellungnahme von außen")
        press(desk, "Aufnehmen")
        expect(desk.get_by_text(OUTSIDE)).to_be_visible()
        member.goto(case)
        expect(member.get_by_text(OUTSIDE)).to_have_count(0)

    with step("Offenlegen"):
        disclose(desk, "Frist jetzt beenden")
        desk.locator("#akt-frist-beenden").get_by_label("Begründung").fill("Die Sache eilt.")
        press(desk, "Frist beenden")
        press(desk, "Alle zugleich offenlegen")
        member.goto(case)
        expect(member.get_by_text(OUTSIDE)).to_be_visible()
        second.check("Fall nach der Offenlegung")

    with step("Zur Beratung beitragen"):
        disclose(member, "Zur Beratung beitragen")
        member.get_by_label("Wozu?").select_option("technik")
        member.get_by_label("Ihr Beitrag").fill("Lichtschranken gibt es schon am Bahnhof.")
        press(member, "Beitrag speichern")
        expect(member.get_by_text("Lichtschranken gibt es schon am Bahnhof.")).to_be_visible()

    with step("Umlaufverfahren eröffnen"):
        lead_seat = chair.page
        lead_seat.goto(case)
        draft = lead_seat.locator("#akt-vorlage")
        draft.get_by_label("Art der Empfehlung").select_option("klaerungsbedarf")
        draft.get_by_label("Empfehlung in einem Satz").fill("Der Rat bittet um einen Vergleich mit Lichtschranken.")
        draft.get_by_label("Begründung").fill("Ohne Funksignale wäre niemand betroffen.")
        press(lead_seat, "Vorlage speichern")
        disclose(lead_seat, "Im Umlaufverfahren abstimmen")
        press(lead_seat, "Umlaufverfahren eröffnen")

    with step("Im Umlauf abstimmen"):
        member.goto(case)
        member.locator("#akt-stimme").get_by_label("Ja", exact=True).check()
        second.check("Umlaufverfahren")
        press(member, "Stimme abgeben")

    with step("Dem Umlaufverfahren widersprechen"):
        other = third.page
        other.goto(case)
        press(other, "Widersprechen")
        expect(other.get_by_text("Ein Mitglied hat widersprochen").first).to_be_visible()

    with step("Meine Sitzungsmappe"):
        desk.goto("/ethikrat/buero/sitzungen/neu/")
        begin = datetime.now(ZoneInfo("Europe/Berlin")) + timedelta(days=14)
        desk.get_by_label("Beginn").fill(begin.strftime("%Y-%m-%dT%H:%M"))
        press(desk, "Anlegen und einladen")
        meeting = path_of(desk)
        desk.goto(case)
        desk.get_by_label("Sitzung", exact=True).select_option(value=meeting.strip("/").rsplit("/", 1)[-1])
        press(desk, "Auf die Tagesordnung")
        member.goto(f"{meeting}mappe/")
        member.get_by_role("textbox", name="Eigene Notiz").fill("Nach dem Preis fragen.")
        second.check("Sitzungsmappe")
        press(member, "Notiz speichern")
        expect(member.get_by_role("textbox", name="Eigene Notiz")).to_have_value("Nach dem Preis fragen.")
        with member.expect_download() as download:
            member.get_by_role("link", name="Als PDF mitnehmen").evaluate("link => link.download = 'mappe.pdf'")
            member.get_by_role("link", name="Als PDF mitnehmen").click()
        assert download.value.path().read_bytes().startswith(b"%PDF")


def test_the_office_edits_templates_and_the_city_asks(person):
    office, citizen, guest = person(), person(), person()

    with step("Vorlagen ändern"):
        desk = sign_in(office, "geschaeftsstelle@demo.example")
        desk.goto("/ethikrat/buero/vorlagen/")
        desk.locator("summary", has_text="Ethische Kriterien").click()
        office.check("Vorlagen")
        desk.get_by_role("link", name="E1", exact=True).click()
        expect(desk.locator("textarea", has_text="{")).to_have_count(0)
        desk.get_by_role("textbox", name="Hilfe").fill("Denken Sie auch an Menschen, die nicht gefragt wurden.")
        office.check("Kriterium ändern")
        press(desk, "Als neue Fassung speichern")
        desk.locator("summary", has_text="Ethische Kriterien").click()
        desk.get_by_role("link", name="E1", exact=True).click()
        expect(desk.get_by_role("textbox", name="Hilfe")).to_have_value(
            "Denken Sie auch an Menschen, die nicht gefragt wurden."
        )

    with step("Frag den Ethikrat"):
        page = citizen.page
        page.goto("/konto/login/?next=/ethikrat/fragen/")
        page.get_by_label("E-Mail-Adresse").first.fill("buergerin@demo.example")
        page.locator("input[type=password]").fill("Paderquelle-2026")
        page.locator("form:has(input[type=password]) button[type=submit]").first.click()
        page.get_by_role("textbox", name="Ihre Frage").fill(QUESTION)
        citizen.check("Frag den Ethikrat")
        press(page, "Frage stellen")
        expect(page.get_by_text(QUESTION).first).to_be_visible()

    with step("Frage aus der Stadt beantworten"):
        desk.goto("/ethikrat/fragen/")
        asked = desk.locator("article.inquiry", has_text=QUESTION)
        asked.get_by_role("link", name="Antworten").click()
        desk.get_by_role("textbox", name="Antwort des Ethikrats").fill(ANSWER)
        office.check("Frage beantworten")
        press(desk, "Antwort veröffentlichen")

    with step("Antwort lesen"):
        public = guest.page
        public.goto("/ethikrat/fragen/")
        expect(public.get_by_text(ANSWER)).to_be_visible()
        guest.has_no_cookie()

    with step("Folgen"):
        page.goto("/ethikrat/")
        page.locator(".follow a").first.click()
        citizen.check("Ethikrat folgen")
        press(page, "Folgen")
        page.goto("/ethikrat/")
        expect(page.get_by_role("link", name="Sie folgen")).to_be_visible()

    with step("Echtheit prüfen"):
        public.goto("/ethikrat/")
        public.get_by_role("link", name=re.compile("Baumsensoren im Riemekepark")).first.click()
        public.locator("summary", has_text="Echtheit prüfen").click()
        public.get_by_role("link", name="Diese Prüfsumme nachschlagen").click()
        expect(public.get_by_text("Stimmt überein.").first).to_be_visible()
        guest.check("Echtheit prüfen")
