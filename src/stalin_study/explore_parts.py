"""Makes the Explore page and what belongs to it, when it is first needed."""

from __future__ import annotations

from dataclasses import dataclass

from stalin_study.domain.deck import Deck
from stalin_study.domain.timeline_view import span_of, weights
from stalin_study.presenters.explore.presenter import ExplorePresenter
from stalin_study.study_app import StudyApp
from stalin_study.ui.pages.explore.page import ExplorePage


@dataclass(frozen=True, slots=True)
class ExploreParts:
    """The Explore page and its presenter."""

    explore: ExplorePresenter
    page: ExplorePage


def make_explore(app: StudyApp, deck: Deck) -> ExploreParts:
    """The page with its presenter, connected; cards and tests are wished of the presenter."""
    explore = ExplorePresenter(deck, app.listening, app.window)
    events = span_of(deck.timeline), weights(deck)
    page = ExplorePage(app.appearance, *events, explore.groups, deck.sources)
    page.view_chosen.connect(explore.show_view)
    page.query_changed.connect(explore.search)
    page.category_toggled.connect(explore.toggle_category)
    page.entry_chosen.connect(explore.choose)
    page.card_requested.connect(explore.show_card)
    page.listen_requested.connect(explore.listen)
    page.test_requested.connect(explore.test)
    explore.state_changed.connect(page.render_state)
    page.render_state(explore.state)
    return ExploreParts(explore, page)
