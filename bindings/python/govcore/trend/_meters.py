"""Very many meters of people who live alone, reading by reading.

An episode is a reason to ring or to knock, never a statement about a person; a silent meter says nothing about anyone.
Times are local civil time, as datetimes without a zone or seconds since 1970.
"""

from __future__ import annotations

import os

from .. import _govcore as c
from .._run import Progress, run
from .._table import Table
from ._sensors import Moment, WatchRules, seconds_of

__all__ = ["Meters"]


class Meters:
    """Cumulative registers (water, power) of homes, and the rules over them.

    The episodes are those of ``Slots.of_register(...).watch(...)`` over all of a meter's readings, in whatever portions
    they came; of old half hours no more is kept than the rules look back on. ``rules`` is a preset's name or your own.
    """

    __slots__ = ("_native",)

    def __init__(self, rules: WatchRules | str, *, register_size: float = 0.0, offline_hours: int = 6) -> None:
        r = WatchRules.preset(rules) if isinstance(rules, str) else rules
        self._native = c.meters_new(r.no_use_limit, r.no_use_hours, r.too_much_limit, r.too_much_hours, r.leak_hours,
                                    r.silence_p, r.silence_weeks, r.clear_hours, register_size, offline_hours)

    @classmethod
    def open(cls, path: str | os.PathLike[str]) -> Meters:
        """Meters that were saved. A damaged, foreign or newer file is refused."""
        meters = object.__new__(cls)
        meters._native = c.meters_open(os.fspath(path))
        return meters

    def save(self, path: str | os.PathLike[str]) -> None:
        """Writes beside ``path`` and renames. The file tells when somebody was at home: keep it as sensitive."""
        c.meters_save(self._native, os.fspath(path))

    def add(self, readings: object, *, threads: int = 1, progress: Progress | None = None) -> Table:
        """Takes a table with the columns meter, time and reading, in any order.

        Returns the rows that could not be used: row, meter, reason (missing, number, late).
        """
        native = Table(readings)._native
        return Table._of(run(lambda native_run: c.meters_add(self._native, native, threads, native_run), progress))

    def exempt(self, exempts: object) -> None:
        """Takes explained times: a table with the columns meter, from, to and kind (away, cleaning)."""
        c.meters_exempt(self._native, Table(exempts)._native)

    def episodes(self, now: Moment = 0, *, since: Moment = 0, threads: int = 1,
                 progress: Progress | None = None) -> Table:
        """What lasts at ``now`` (default: each meter's last reading) or ended after ``since`` (default: all).

        Columns: meter, rule, about, began, raised, ended, amount, limit, text_zh, text_en.
        """
        at, after = seconds_of(now), seconds_of(since)
        return Table._of(run(lambda native: c.meters_episodes(self._native, at, after, threads, native), progress))

    def forget(self, before: Moment) -> None:
        """Forgets the episodes that ended up to ``before``."""
        c.meters_forget(self._native, seconds_of(before))

    def __len__(self) -> int:
        return int(c.meters_count(self._native))

    def __repr__(self) -> str:
        return f"<govcore.Meters {len(self)}>"
