"""The false discovery rate over many series."""

from __future__ import annotations

from typing import Literal

from .. import _govcore as c
from ._series import choice, doubles, zeros

__all__ = ["bh"]


def bh(p: object, *, method: Literal["bh", "by"] = "bh") -> list[float | None]:
    """Adjusted p-values (Benjamini-Hochberg, or Benjamini-Yekutieli); ``None`` is a test that gave no p."""
    values, valid = doubles(p)
    out = zeros(len(values))
    c.trend_bh(values, valid, choice({"bh": 0, "by": 1}, method, "method"), out)
    return [q if valid is None or valid[i] else None for i, q in enumerate(out)]
