package org.govcore;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class CodesTest {
    @Test
    void theExamplesOfTheStandardsAreRead() {
        Codes.CitizenId id = Codes.citizenId("11010519491231002X");
        assertEquals("110105", id.division());
        assertEquals(LocalDate.of(1949, 12, 31), id.birth());
        assertEquals(2, id.sex());
        Codes.CreditCode code = Codes.creditCode("91350100M000100Y43");
        assertEquals("350100", code.division());
        assertEquals("M000100Y4", code.organisation());
        Codes.Division street = Codes.division("310104003000");
        assertEquals("310104003", street.code());
        assertEquals("310104", street.parent());
        assertEquals(4, street.level());
        assertEquals("310104003001", Codes.gridParent("310104003001002", Codes.GridProfile.CELL15));
    }

    @Test
    void aRefusalSaysWhereAndNeverRepeatsTheCode() {
        GovException error = assertThrows(GovException.class, () -> Codes.citizenId("110105194912310021"));
        assertEquals(GovException.Code.CHECK_DIGIT, error.code());
        assertEquals(18, error.column().getAsLong());
        assertEquals("citizen_id", error.name());
        assertFalse(error.toString().contains("110105194912310021"));
        assertEquals(GovException.Code.MISSING, assertThrows(GovException.class, () -> Codes.division("")).code());
    }

    @Test
    void aColumnIsJudgedWhole() {
        try (Table.Builder builder = Table.builder();
                Table ids = builder.add("id", "11010519491231002X", null, "110105194912310021").build();
                Table verdicts = Codes.check(ids, "id", Codes.Kind.CITIZEN_ID, false);
                Table refused = Codes.check(ids, "id", Codes.Kind.CITIZEN_ID, true)) {
            assertArrayEquals(new boolean[] {true, false, true}, verdicts.valid("valid"));
            assertArrayEquals(new long[] {1, 0, 0}, verdicts.longs("valid"));
            assertArrayEquals(new long[] {2}, refused.longs("row"));
            assertArrayEquals(new String[] {"check_digit"}, refused.texts("reason"));
        }
    }

    @Test
    void smallCountsAreHiddenWithWhatWouldRevealThem() {
        try (Table.Builder builder = Table.builder();
                Table cells = builder.add("grid", "A", "A", "B", "B", "C", "C").add("tier", "x", "y", "x", "y", "x", "y")
                        .add("n", new long[] {3, 20, 10, 30, 15, 40}).build();
                Table out = Codes.suppress(cells, "grid", "tier", "n", 0);
                Table alike = Codes.anonymity(cells, "tier", "grid")) {
            assertArrayEquals(new long[] {0, 0, 23, 0, 0, 40, 15, 40, 55, 28, 90, 118}, out.longs("count"));
            assertArrayEquals(new long[] {2, 2, 2, 2, 2, 2}, alike.longs("distinct"));
            assertEquals("310104003001007", Codes.cell("310104003001", 7));
            assertThrows(GovException.class, () -> Codes.cell("310104003001", 1000));
            assertThrows(GovException.class, () -> Codes.suppress(cells, "grid", "tier", "tier", 0));
        }
    }

    @Test
    void setsAndMasks() {
        try (Table sets = Codes.sets(); Table sex = Codes.items("sex")) {
            assertTrue(sets.rows() > 5);
            assertEquals("男性", sex.texts("zh")[1]);
        }
        assertEquals("138****5678", Codes.mask("phone", "13812345678"));
        assertEquals(GovException.Code.UNKNOWN_NAME,
                assertThrows(GovException.class, () -> Codes.items("nothing")).code());
    }

    @Test
    void aPseudonymIsTheHmacThatTheHeaderDescribes() throws Exception {
        byte[] key = new byte[32];
        for (int i = 0; i < key.length; i++) {
            key[i] = (byte) i;
        }
        byte[] label = "govcore pseudonym 1\0".getBytes(StandardCharsets.US_ASCII);
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        mac.update(label);
        mac.update(new byte[] {0, 0, 0, 0, 0, 0, 0, 5});
        mac.update("event𠮷".substring(0, 5).getBytes(StandardCharsets.UTF_8));
        mac.update("𠮷".getBytes(StandardCharsets.UTF_8));
        assertEquals(base32(mac.doFinal(), 16), Codes.pseudonym(key, "event", "𠮷"));
        assertThrows(GovException.class, () -> Codes.pseudonym(new byte[5], "event", "x"));
    }

    /** RFC 4648 without padding. */
    private static String base32(byte[] bytes, int size) {
        StringBuilder text = new StringBuilder();
        int bits = 0;
        int count = 0;
        for (int i = 0; i < size; i++) {
            bits = bits << 8 | bytes[i] & 0xFF;
            count += 8;
            while (count >= 5) {
                text.append("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".charAt(bits >> count - 5 & 31));
                count -= 5;
            }
        }
        return count > 0 ? text.append("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".charAt(bits << 5 - count & 31)).toString()
                : text.toString();
    }
}
