package org.govcore;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.apache.arrow.c.ArrowArrayStream;
import org.apache.arrow.c.Data;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;
import org.junit.jupiter.api.Test;

/** Tables to and from Arrow's own Java library, by addresses. Closing an allocator fails if anything is left in it. */
class ArrowTest {
    @Test
    void arrowReadsWhatATableWrites() throws Exception {
        try (BufferAllocator allocator = new RootAllocator();
                ArrowArrayStream stream = ArrowArrayStream.allocateNew(allocator)) {
            try (Table table = TableTest.sample()) {
                table.exportArrowStream(stream.memoryAddress());
            }
            try (ArrowReader reader = Data.importArrayStream(allocator, stream)) {
                VectorSchemaRoot root = reader.getVectorSchemaRoot();
                assertTrue(reader.loadNextBatch());
                assertEquals(3, root.getRowCount());
                assertEquals("0012", root.getVector("code").getObject(0).toString());
                assertTrue(root.getVector("code").isNull(1));
                assertEquals("𠮷野", root.getVector("code").getObject(2).toString());
                assertEquals(Long.MIN_VALUE, root.getVector("count").getObject(2));
                assertEquals(-2.25, root.getVector("share").getObject(2));
                assertEquals(false, root.getVector("flag").getObject(1));
                assertEquals(18809, root.getVector("day").getObject(1));
                assertTrue(root.getVector("day").isNull(2));
            }
        }
    }

    @Test
    void aTableReadsTheBatchesThatArrowWrites() throws Exception {
        try (BufferAllocator allocator = new RootAllocator();
                ArrowReader reader = new ArrowStreamReader(new ByteArrayInputStream(batches(allocator)), allocator);
                ArrowArrayStream stream = ArrowArrayStream.allocateNew(allocator)) {
            Data.exportArrayStream(allocator, reader, stream);
            try (Table table = Table.ofArrowStream(stream.memoryAddress())) {
                assertEquals(6, table.rows());
                assertArrayEquals(new String[] {"街道0", null, "街道2", "街道0", null, "街道2"}, table.texts("name"));
                assertArrayEquals(new long[] {0, 10, 20, 100, 110, 120}, table.longs("n"));
            }
        }
    }

    /** Two batches of three rows, as bytes. */
    private static byte[] batches(BufferAllocator allocator) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (VarCharVector names = new VarCharVector("name", allocator); BigIntVector numbers = new BigIntVector("n", allocator);
                VectorSchemaRoot root = VectorSchemaRoot.of(names, numbers);
                ArrowStreamWriter writer = new ArrowStreamWriter(root, null, out)) {
            for (int batch = 0; batch < 2; batch++) {
                for (int row = 0; row < 3; row++) {
                    names.setSafe(row, ("街道" + row).getBytes(StandardCharsets.UTF_8));
                    numbers.setSafe(row, 100L * batch + 10L * row);
                }
                names.setNull(1);
                root.setRowCount(3);
                writer.writeBatch();
            }
            writer.end();
        }
        return out.toByteArray();
    }
}
