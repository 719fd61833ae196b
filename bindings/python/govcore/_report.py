"""One page for people: need by area, its reasons, what is not known, and series that rise."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Mapping

from . import _govcore as c
from ._store import Store
from ._table import Table
from .need import Measures, NeedModel
from .trend import Panel

__all__ = ["report"]

_PARTS = ("grids", "scores", "findings", "series", "sources", "facts")


def report(store_or_tables: Store | Mapping[str, object], path: str | os.PathLike[str], *,
           title: tuple[str, str] = ("治理底数报告", "Governance report"), model: NeedModel | None = None,
           by_area: Measures | None = None, by_grid: Measures | None = None, level: str = "street",
           k: str | None = None, as_of: dt.date | str | None = None, panel: Panel | None = None,
           series_title: tuple[str, str] | None = None, synthetic: tuple[str, str] | None = None,
           fewest: int = 10, lang: str | None = "zh") -> None:
    """Writes one HTML file without scripts and without a network.

    Tables by name: grids and scores (with ``model`` and ``by_area``), findings (with ``panel``), series, sources, facts.
    A store gives its grids and, scored as of the day and not recorded, its scores. Texts are pairs (Chinese, English);
    ``lang`` is "zh", "en" or None, which shows Chinese with English beside it.
    ``synthetic`` says how the data were made up, if they were. Areas with fewer than ``fewest`` households are not shown.
    """
    day = as_of.isoformat() if isinstance(as_of, dt.date) else as_of
    if isinstance(store_or_tables, Store):
        view = store_or_tables.as_of(day)
        tables: dict[str, object] = {"grids": view.query("grid")}
        if model is not None and day is not None:
            tables["scores"] = store_or_tables.score(model, as_of=day, write=False)
    else:
        tables = dict(store_or_tables)
    unknown = sorted(set(tables) - set(_PARTS))
    if unknown:
        raise ValueError(f"the page has no part {unknown[0]!r}; its parts are {', '.join(_PARTS)}")
    grids, scores, findings, series, sources, facts = (
        Table(tables[name])._native if name in tables else None for name in _PARTS)
    texts = [*title, *(synthetic or (None, None)), day, level if by_area is not None else None, k,
             *(series_title or (None, None)), lang]
    page = c.report_html(texts, fewest, model._native if model else None, grids, scores,
                         by_area._native if by_area else None, by_grid._native if by_grid else None,
                         panel._native if panel else None, findings, series, sources, facts)
    with open(path, "w", encoding="utf-8") as file:
        file.write(page)
