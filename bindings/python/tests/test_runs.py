"""Long calls: threads, progress, cancelling."""

import _thread
import threading
import time

import pytest

import govcore as gov
from govcore import _govcore as c
from govcore._run import run


@pytest.fixture(scope="module")
def big_csv(tmp_path_factory):
    path = tmp_path_factory.mktemp("runs") / "big.csv"
    path.write_text("code,n,x\n" + "".join(f"31010{i % 10},{i},{i / 7!r}\n" for i in range(600_000)), encoding="utf-8")
    return path


def test_a_cancelled_run_stops_the_call(big_csv):
    native = c.run_new()
    c.run_cancel(native)
    with pytest.raises(gov.GovCancelled) as caught:
        c.table_read_csv(str(big_csv), "auto", ord(","), None, native)
    assert caught.value.code == "GOV_E_CANCELLED"


def test_an_interrupt_cancels_and_comes_through(big_csv):
    timer = threading.Timer(0.02, _thread.interrupt_main)
    timer.start()
    with pytest.raises(KeyboardInterrupt):
        for _ in range(100):
            gov.read_csv(big_csv)
    timer.join()


def test_an_exception_of_progress_cancels_and_comes_through(big_csv):
    class Enough(Exception):
        pass

    def progress(done, total):
        raise Enough

    with pytest.raises(Enough):
        gov.read_csv(big_csv, progress=progress)


def test_progress_is_told_and_does_not_go_back(big_csv):
    seen = []
    gov.read_csv(big_csv, progress=lambda done, total: seen.append((done, total)))
    assert seen and all(total is None or 0 <= done <= total for done, total in seen)
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)


def test_an_import_is_told_of_and_cancelled_whole(tmp_path):
    grids = {"code": ["d", *(f"g{i}" for i in range(50_000))], "name": ["n"] * 50_001, "level": ["grid"] * 50_001,
             "parent": [None] + ["d"] * 50_000}
    seen = []

    def enough(done, total):
        seen.append((done, total))
        if done > 4096:
            raise KeyboardInterrupt

    with gov.Store.open(tmp_path / "s.gov", actor="li", create=True) as store:
        with pytest.raises(KeyboardInterrupt):
            store.import_table("grid", grids, progress=enough)
        assert seen[-1][0] > 4096 and seen[-1][1] == 50_001
        assert len(store.query("grid")) == 0
        store.import_table("grid", grids)
        assert len(store.query("grid")) == 50_001


def test_other_threads_go_on_while_the_library_works(big_csv):
    """The interpreter's lock is free during a call: a thread of Python counts meanwhile."""
    native, counted, stop = c.run_new(), [0], threading.Event()

    def count():
        while not stop.is_set():
            counted[0] += 1
            time.sleep(0.001)

    thread = threading.Thread(target=count)
    thread.start()
    before = counted[0]
    c.table_read_csv(str(big_csv), "auto", ord(","), None, native)
    during = counted[0] - before
    stop.set()
    thread.join()
    assert during > 0


def test_many_threads_share_one_table():
    table = gov.Table({"a": list(range(5000)), "t": [f"行{i}" for i in range(5000)]})
    failures = []

    def read():
        try:
            for _ in range(20):
                assert table["a"].to_list() == list(range(5000))
                assert table[100:200]["t"][0] == "行100"
                assert len(gov.Table(table.to_arrow())) == 5000
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=read) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures


def test_an_error_in_the_working_thread_is_raised_here():
    def work(native):
        raise LookupError("from there")

    with pytest.raises(LookupError, match="from there"):
        run(work)
