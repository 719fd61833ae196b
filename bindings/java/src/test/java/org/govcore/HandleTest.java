package org.govcore;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What a Java program may do wrong, or in an odd order, without harm. */
class HandleTest {
    @Test
    void useAfterCloseIsAnException() {
        Table table = TableTest.sample();
        table.close();
        table.close();
        IllegalStateException error = assertThrows(IllegalStateException.class, table::rows);
        assertEquals("Table is closed", error.getMessage());
        assertThrows(IllegalStateException.class, () -> table.texts("code"));
        assertThrows(IllegalStateException.class, () -> table.slice(0, 1));
        assertThrows(IllegalStateException.class, table::toCsv);
        assertThrows(IllegalStateException.class, () -> table.exportArrowStream(1));

        Run run = new Run();
        run.close();
        assertThrows(IllegalStateException.class, run::cancel);
        Table.Builder builder = Table.builder();
        builder.close();
        assertThrows(IllegalStateException.class, () -> builder.add("a", 1L));
        CsvOptions options = CsvOptions.builder().run(run).build();
        assertThrows(IllegalStateException.class, () -> Table.readCsv(java.nio.file.Path.of("x"), options));
    }

    @Test
    void closingInAnyOrderIsSafe() {
        Table table = TableTest.sample();
        Table part = table.slice(0, 2);
        Table partOfPart = part.select("code");
        part.close();
        table.close();
        assertArrayEquals(new String[] {"0012", null}, partOfPart.texts("code"));
        partOfPart.close();
    }

    @Test
    void aCollectedParentTakesNothingAway() {
        List<Table> parts = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            parts.add(TableTest.sample().slice(0, 2));
        }
        collect();
        for (Table part : parts) {
            assertArrayEquals(new String[] {"0012", null}, part.texts("code"));
        }
        parts.clear();
        collect();
    }

    @Test
    void forgottenHandlesAreFreed() throws Exception {
        AtomicLong freed = new AtomicLong();
        for (int i = 0; i < 50; i++) {
            new Handle(i + 1, address -> freed.incrementAndGet()) {
            };
        }
        for (int i = 0; i < 100 && freed.get() < 50; i++) {
            collect();
        }
        assertEquals(50, freed.get());
    }

    @Test
    void closeFreesOnceAndWaitsForTheCallInFlight() {
        AtomicLong freed = new AtomicLong();
        Handle handle = new Handle(7, address -> freed.addAndGet(address)) {
        };
        long address = Handle.enter(handle);
        handle.close();
        assertEquals(0, freed.get());
        assertThrows(IllegalStateException.class, () -> Handle.enter(handle));
        Handle.leave(handle, address);
        assertEquals(7, freed.get());
        handle.close();
        assertEquals(7, freed.get());
    }

    @Test
    void aRefusedCallLeavesTheOtherHandlesUsable() {
        Table table = TableTest.sample();
        Run run = new Run();
        run.close();
        assertThrows(IllegalStateException.class, () -> Codes.check(closed(), "code", Codes.Kind.DIVISION, false));
        assertEquals(3, table.rows());
        table.close();
        assertThrows(IllegalStateException.class, table::rows);
    }

    private static Table closed() {
        Table table = TableTest.sample();
        table.close();
        return table;
    }

    @Test
    void threadsReadOneTableWhileAnotherClosesIt() throws Exception {
        for (int round = 0; round < 20; round++) {
            Table table = TableTest.sample();
            CountDownLatch started = new CountDownLatch(4);
            AtomicReference<Throwable> wrong = new AtomicReference<>();
            List<Thread> readers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                Thread reader = new Thread(() -> {
                    started.countDown();
                    try {
                        while (true) {
                            assertArrayEquals(new String[] {"0012", null, "𠮷野"}, table.texts("code"));
                        }
                    } catch (IllegalStateException closed) {
                        // The end that is expected.
                    } catch (Throwable other) {
                        wrong.set(other);
                    }
                });
                reader.start();
                readers.add(reader);
            }
            started.await();
            Thread.sleep(2);
            table.close();
            for (Thread reader : readers) {
                reader.join();
            }
            assertEquals(null, wrong.get());
        }
    }

    @Test
    void nothingGrowsWithTheNumberOfCalls() {
        for (int i = 0; i < 20_000; i++) {
            try (Table table = Table.parseCsv("a,b\n1,x\n")) {
                assertTrue(table.rows() == 1);
            }
            assertThrows(GovException.class, () -> Table.parseCsv("a\n1,2\n"));
        }
    }

    private static void collect() {
        System.gc();
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
