"""Home and legal pages in English."""

from __future__ import annotations

from portal.demo.pages import Text, bullets, heading, links, text
from portal.demo.pages.legal import STATED


def fill_in(what: str) -> str:
    return f"<b>[To be filled in by the city: {what}]</b>"


HOME = Text(
    slug="home-en",
    title="Paderborn goes digital\N{NO-BREAK SPACE}– and you have a say",
    summary="The City of Paderborn's portal on everything digital: look it up, join in, measure.",
    extra={
        "lead": "Here the city shows what it plans, how it treats your data and what becomes of it. "
        "Ask, disagree, measure with us."
    },
    body=[
        heading("Why “Digital Home”?"),
        text(
            "Technology should make everyday life in Paderborn easier, and for everyone: for people who grew up with a "
            "smartphone, and for those who would rather phone. What works on paper and in person stays.",
            "So the city lays open what it plans, has it reviewed by an ethics council, and asks you before it decides.",
            "Projects and comments are mostly in German. Menus, forms and messages are in English.",
        ),
        links("More", ("Accessibility", "/en/barrierefreiheit/", ""), ("Privacy", "/en/datenschutz/", "")),
    ],
)

NEWS_INDEX = Text(
    slug="aktuelles", title="News", summary="What is happening. Articles without a translation are in German."
)

ACCESSIBILITY = Text(
    slug="barrierefreiheit",
    title="Accessibility statement",
    summary="Everyone should be able to use this portal. Here is how far we are and how to tell us about obstacles.",
    extra={"stated_on": STATED, "feedback_form": True},
    body=[
        text(
            "This statement covers the portal Digitale Heimat PB. The yardsticks are the equality act of North "
            "Rhine-Westphalia (BGG NRW), its regulation (BITVNRW) and EN 301 549, that is WCAG 2.2 at level AA."
        ),
        heading("How far we are"),
        text(
            "The portal is partially conformant. This rests on our own checks, by tools and by keyboard, during development. "
            + fill_in("date and result of an independent audit")
        ),
        heading("What does not work yet"),
        text(
            bullets(
                "PDF files carry no tags. Each has a page with the same content.",
                "Few pages exist in plain German (Leichte Sprache) so far; the sign-language video is missing.",
                "Maps are hard to use with a screen reader. Each has a list with the same content, and the list comes first.",
            )
        ),
        heading("If our answer does not help"),
        text(
            "The ombuds office for accessible information technology of North Rhine-Westphalia helps free of charge: "
            '<a href="mailto:ombudsstelle-barrierefreie-it@mags.nrw.de">ombudsstelle-barrierefreie-it@mags.nrw.de</a> '
            + fill_in("address and telephone, checked before launch")
        ),
    ],
)

PRIVACY = Text(
    slug="datenschutz",
    title="Privacy",
    summary="While you read we do not learn who you are. Here is which data arise when, and what you can ask for.",
    extra={"stated_on": STATED},
    body=[
        heading("Controller"),
        text("Stadt Paderborn, Am Abdinghof 11, 33098 Paderborn. " + fill_in("contact of the data-protection officer")),
        heading("While you read"),
        text(
            "Your first visit sets no cookie. No page loads anything from elsewhere: fonts, maps and scripts come from our own "
            "server. We do not count visitors one by one."
        ),
        heading("When you open a form or sign in"),
        text("Then we set the cookies this needs: one guards the form, one remembers that you are signed in."),
        heading("When you take part"),
        text(
            "An account needs an e-mail address and nothing else. Others see the name you choose. What you write is public. "
            "The legal basis is the city's public task (Article 6(1)(e) GDPR with section 3 DSG NRW)."
        ),
        heading("Your rights"),
        text(
            bullets(
                "Access: download everything stored about you in your account.",
                "Rectification and erasure: in your account. Contributions stay readable without your name.",
                "Complaint: to the data-protection authority of North Rhine-Westphalia (LDI NRW).",
            )
        ),
    ],
)

IMPRINT = Text(
    slug="impressum",
    title="Imprint",
    summary="Who is responsible for this portal.",
    extra={"stated_on": STATED},
    body=[
        heading("Provider"),
        text(
            "Stadt Paderborn<br>Am Abdinghof 11<br>33098 Paderborn, Germany",
            fill_in("representation, telephone, e-mail"),
        ),
        heading("Software"),
        text(
            "The software is free (EUPL 1.2). Typeface: Fira Sans. Design based on KERN UX. Pictures: our own drawings."
        ),
    ],
)

LEGAL = (ACCESSIBILITY, PRIVACY, IMPRINT)
