"""Readings of the deck: its playlists."""

from __future__ import annotations

from stalin_study.domain.deck import Deck
from stalin_study.domain.playlists import Contents, Playlist, Track, track_blocks
from stalin_study.domain.reading_steps import reading_steps
from stalin_study.presenters.listening.tape import LoadedTrack, Reading


def playlist_reading(deck: Deck, playlist: Playlist, contents: Contents, gap_ms: int) -> Reading:
    """A playlist, with a rest of `gap_ms` between points."""

    def load(track: Track) -> LoadedTrack:
        blocks = track_blocks(deck, track.id, contents)
        return LoadedTrack(blocks, reading_steps(blocks, gap_ms))

    return Reading(playlist.id, playlist.title, playlist.tracks, load)
