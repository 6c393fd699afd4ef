"""What editors build pages from. Every block renders its own template below `cms/blocks/`."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.images.blocks import ImageBlock

RICH_TEXT = ["h3", "h4", "bold", "italic", "ol", "ul", "link", "document-link"]
PLAIN_TEXT = ["bold", "italic", "ol", "ul", "link"]


class LinkBlock(blocks.StructBlock):
    """One link: to a page of this site, or to an address."""

    label = blocks.CharBlock(label=_("Linktext"), max_length=120)
    page = blocks.PageChooserBlock(label=_("Seite"), required=False)
    url = blocks.CharBlock(
        label=_("oder Adresse"), required=False, max_length=300, help_text=_("Beginnt mit / oder https://")
    )
    text = blocks.CharBlock(label=_("Erklärung"), required=False, max_length=240)

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if bool(cleaned["page"]) == bool(cleaned["url"]):
            raise StructBlockValidationError(
                block_errors={"url": ValidationError(_("Wählen Sie eine Seite oder geben Sie eine Adresse ein."))}
            )
        if cleaned["url"] and not cleaned["url"].startswith(("/", "https://", "mailto:", "tel:")):
            raise StructBlockValidationError(
                block_errors={"url": ValidationError(_("Die Adresse beginnt mit /, https://, mailto: oder tel:."))}
            )
        return cleaned

    class Meta:
        label = _("Link")
        icon = "link"


class PictureBlock(blocks.StructBlock):
    """A picture. Without alternative text it can be saved, but not published, unless it is marked as decorative."""

    image = ImageBlock(label=_("Bild"))
    caption = blocks.CharBlock(label=_("Bildunterschrift"), required=False, max_length=240)
    credit = blocks.CharBlock(label=_("Bildnachweis"), required=False, max_length=120)

    class Meta:
        label = _("Bild")
        icon = "image"
        template = "cms/blocks/picture.html"


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("Zitat"), max_length=600)
    source = blocks.CharBlock(label=_("Quelle"), required=False, max_length=160)

    class Meta:
        label = _("Zitat")
        icon = "openquote"
        template = "cms/blocks/quote.html"


class FactBlock(blocks.StructBlock):
    value = blocks.CharBlock(label=_("Zahl oder Wort"), max_length=40)
    label = blocks.CharBlock(label=_("Was sie bedeutet"), max_length=160)
    source = blocks.CharBlock(label=_("Beleg"), required=False, max_length=160)

    class Meta:
        label = _("Zahl")
        icon = "order"


class AccordionItemBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Überschrift"), max_length=160)
    text = blocks.RichTextBlock(label=_("Text"), features=PLAIN_TEXT)

    class Meta:
        label = _("Abschnitt")
        icon = "list-ul"


class LinkListBlock(blocks.StructBlock):
    heading = blocks.CharBlock(label=_("Überschrift"), required=False, max_length=120)
    links = blocks.ListBlock(LinkBlock(), label=_("Links"), min_num=1)

    class Meta:
        label = _("Linkliste")
        icon = "link"
        template = "cms/blocks/links.html"


class MilestoneBlock(blocks.StructBlock):
    when = blocks.CharBlock(label=_("Wann"), max_length=40)
    title = blocks.CharBlock(label=_("Was"), max_length=160)
    text = blocks.TextBlock(label=_("Erklärung"), required=False, max_length=600)

    class Meta:
        label = _("Wegmarke")
        icon = "date"


class VideoBlock(blocks.StructBlock):
    """A place for a video: nothing is loaded from elsewhere; whoever wants to see it follows a link."""

    title = blocks.CharBlock(label=_("Titel"), max_length=160)
    text = blocks.TextBlock(label=_("Was zu sehen und zu hören ist"), max_length=1000)
    url = blocks.URLBlock(label=_("Adresse des Videos"), required=False)
    duration = blocks.CharBlock(label=_("Dauer"), required=False, max_length=40)

    class Meta:
        label = _("Platz für ein Video")
        icon = "media"
        template = "cms/blocks/video.html"


class CalloutBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Überschrift"), required=False, max_length=160)
    text = blocks.RichTextBlock(label=_("Text"), features=PLAIN_TEXT)

    class Meta:
        label = _("Hervorgehoben")
        icon = "info-circle"
        template = "cms/blocks/callout.html"


class BodyBlock(blocks.StreamBlock):
    """The body of an editorial page."""

    heading = blocks.CharBlock(
        label=_("Überschrift"), icon="title", max_length=160, template="cms/blocks/heading.html", form_classname="title"
    )
    text = blocks.RichTextBlock(label=_("Text"), icon="pilcrow", features=RICH_TEXT, template="cms/blocks/text.html")
    picture = PictureBlock()
    quote = QuoteBlock()
    facts = blocks.ListBlock(FactBlock(), label=_("Zahlen"), icon="order", template="cms/blocks/facts.html")
    accordion = blocks.ListBlock(
        AccordionItemBlock(), label=_("Zum Aufklappen"), icon="list-ul", template="cms/blocks/accordion.html"
    )
    links = LinkListBlock()
    milestones = blocks.ListBlock(
        MilestoneBlock(), label=_("Wegmarken"), icon="date", template="cms/blocks/milestones.html"
    )
    callout = CalloutBlock()
    video = VideoBlock()

    class Meta:
        label = _("Inhalt")
