"""Long calls: progress that is polled, and a KeyboardInterrupt that cancels."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TypeVar

from . import _govcore

__all__ = ["Progress", "run"]

Progress = Callable[[int, "int | None"], object]
"""Called from time to time with the steps done and their total, ``None`` while it is not known."""

_T = TypeVar("_T")
_POLL_SECONDS = 0.05


def run(call: Callable[[_govcore.NativeRun], _T], progress: Progress | None = None) -> _T:
    """Gives ``call`` a run and waits for it, so that the interpreter stays awake.

    The work goes on in a thread of its own, without the interpreter lock. An exception here (Ctrl-C, or one
    that ``progress`` raises) cancels the run, waits until the library has let go, and goes on its way.
    """
    native = _govcore.run_new()
    results: list[_T] = []
    errors: list[BaseException] = []

    def work() -> None:
        try:
            results.append(call(native))
        except BaseException as error:  # handed over to the caller's thread
            errors.append(error)

    thread = threading.Thread(target=work, name="govcore", daemon=True)
    thread.start()
    try:
        while thread.is_alive():
            thread.join(_POLL_SECONDS)
            if progress is not None:
                total = _govcore.run_total(native)
                progress(_govcore.run_done(native), total if total >= 0 else None)
    except BaseException:
        _govcore.run_cancel(native)
        thread.join()
        raise
    if errors:
        raise errors[0]
    return results[0]
