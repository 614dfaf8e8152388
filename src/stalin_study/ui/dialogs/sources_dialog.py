"""Where the facts of a card come from: each point with its note and sources."""

from __future__ import annotations

from stalin_study.domain.card import Card
from stalin_study.domain.deck import Deck
from stalin_study.domain.markup import plain
from stalin_study.ui.dialogs.text_dialog import Paragraph


def source_paragraphs(card: Card, deck: Deck) -> tuple[Paragraph, ...]:
    """Every point of the card with its editor's note, claims and sources."""
    said = {claim.id: claim.said for claim in deck.claims}
    lines = [
        Paragraph(card.title, "title"),
        Paragraph(f"This card replaces number {card.source_card} of the original cards.", "small"),
    ]
    for section in card.sections:
        lines.append(Paragraph(section.heading, "heading"))
        for point in section.points:
            lines.append(Paragraph("• " + plain(point.text).text))
            if point.note:
                lines.append(Paragraph("Note: " + point.note))
            lines += (
                Paragraph(f"Original card, {claim}: {said[claim]}", "small")
                for claim in point.claims
                if claim in said
            )
            for name in point.sources:
                source = deck.sources.get(name)
                if source is not None:
                    text = f"{source.title}. {source.url}" if source.url else source.title
                    lines.append(Paragraph(f"{name}: {text}", "small"))
    return tuple(lines)
