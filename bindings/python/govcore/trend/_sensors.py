"""Meters and sensors of people who live alone: half hours, and rules over them.

An episode is a reason to ring or to knock, never a statement about a person; a silent meter says nothing about anyone.
Times are local civil time, as datetimes without a zone or seconds since 1970.
"""

from __future__ import annotations

import datetime as dt
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from .. import _govcore as c
from .._table import Table
from ._series import zeros

__all__ = ["Exempt", "Moment", "Slots", "WatchRules", "seconds_of"]

_EPOCH = dt.datetime(1970, 1, 1)
_KINDS: dict[str, int] = {"away": c.GOV_EXEMPT_AWAY, "cleaning": c.GOV_EXEMPT_CLEANING}
Moment = dt.datetime | int


def seconds_of(moment: Moment) -> int:
    return moment if isinstance(moment, int) else (moment - _EPOCH) // dt.timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Exempt:
    """A time that is explained: nobody at home, or more use than usual is expected."""

    start: Moment
    end: Moment
    kind: Literal["away", "cleaning"] = "away"


@dataclass(frozen=True, slots=True)
class WatchRules:
    """Limits and windows; hours of -1 switch a rule off, 0 is the default. ``preset`` gives published rules."""

    no_use_limit: float = 0.0
    no_use_hours: int = 0
    too_much_limit: float = 0.0
    too_much_hours: int = 0
    leak_hours: int = 0
    silence_p: float = 0.0
    silence_weeks: int = 0
    clear_hours: int = 0

    @classmethod
    def preset(cls, name: str) -> WatchRules:
        """jiangsulu, daning, longgang, taicang, liaocheng, door or infrared."""
        out = c.NativeWatchRules()
        c.watch_preset(name, out)
        return cls(out.no_use_limit, out.no_use_hours, out.too_much_limit, out.too_much_hours, out.leak_hours,
                   out.silence_p, out.silence_weeks, out.clear_hours)


class Slots:
    """Half hours, one after another, each with the amount used in it and whether it is known."""

    __slots__ = ("_native",)

    def __init__(self, native: c.NativeSlots) -> None:
        self._native = native

    @classmethod
    def of_register(cls, times: Sequence[Moment], readings: Sequence[float], *, register_size: float = 0.0,
                    offline_hours: int = 6, now: Moment = 0) -> Slots:
        """From a cumulative register (a water meter) read at irregular times."""
        return cls(c.slots_of_register([seconds_of(t) for t in times], readings, register_size, offline_hours,
                                       seconds_of(now)))

    @classmethod
    def of_events(cls, events: Iterable[Moment], *, alive: Iterable[Moment] = (), offline_hours: int = 6,
                  now: Moment = 0) -> Slots:
        """From events (a door opened, movement); ``alive`` are the heartbeats of the device."""
        return cls(c.slots_of_events([seconds_of(t) for t in events], [seconds_of(t) for t in alive], offline_hours,
                                     seconds_of(now)))

    def __len__(self) -> int:
        return int(c.slots_count(self._native))

    @property
    def first(self) -> dt.datetime:
        """When the first half hour begins."""
        return _EPOCH + dt.timedelta(seconds=c.slots_first(self._native))

    @property
    def resets(self) -> int:
        """Falls of the register that were not rollovers."""
        return int(c.slots_resets(self._native))

    @property
    def amounts(self) -> list[float | None]:
        """What was used in each half hour; ``None`` where it is not known."""
        amounts, known = zeros(len(self)), bytearray(len(self))
        c.slots_copy(self._native, amounts, known)
        return [amount if ok else None for amount, ok in zip(amounts, known)]

    def watch(self, rules: WatchRules | str, *, exempts: Sequence[Exempt] = ()) -> Table:
        """Episodes in order of their beginning: rule, about, began, raised, ended, amount, limit, text_zh, text_en."""
        r = WatchRules.preset(rules) if isinstance(rules, str) else rules
        starts = array("q", (seconds_of(e.start) for e in exempts))
        ends = array("q", (seconds_of(e.end) for e in exempts))
        kinds = bytes(_KINDS[e.kind] for e in exempts)
        return Table._of(c.slots_watch(self._native, starts, ends, kinds, r.no_use_limit, r.no_use_hours,
                                       r.too_much_limit, r.too_much_hours, r.leak_hours, r.silence_p, r.silence_weeks,
                                       r.clear_hours))
