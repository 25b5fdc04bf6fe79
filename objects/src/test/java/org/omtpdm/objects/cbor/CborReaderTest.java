package org.omtpdm.objects.cbor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.upokecenter.cbor.CBORObject;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CborReaderTest {

    @Test
    void numbers_are_those_the_library_reads() throws Exception {
        Random random = new Random(17);
        for (int i = 0; i < 20_000; i++) {
            long value = random.nextLong() >> random.nextInt(64);
            byte[] ours = new CborWriter().integer(value).toBytes();
            assertThat(ours).isEqualTo(CBORObject.FromObject(value).EncodeToBytes());
            CborReader in = new CborReader(ours, 9);
            assertThat(in.integer("value", Long.MIN_VALUE, Long.MAX_VALUE)).isEqualTo(value);
            in.end();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"07", "1807", "190007", "1a00000007", "1b0000000000000007"})
    void a_number_may_be_longer_than_needed(String hex) throws Exception {
        assertThat(reader(hex).unsigned("value", 0, 10)).isEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1bffffffffffffffff",
                "1b8000000000000000",
                "0b",
                "20",
                "47",
                "f6",
                "f97e00",
                "c107",
                "1c",
                "1f",
                "ff"
            })
    void what_is_not_a_small_number_is_refused(String hex) {
        assertThatThrownBy(() -> reader(hex).unsigned("value", 0, 10))
                .isInstanceOf(MalformedDocumentException.class);
    }

    @Test
    void indefinite_lengths_are_refused_by_name() {
        assertThatThrownBy(() -> reader("9f01ff").array("list", 0, 9))
                .isInstanceOf(MalformedDocumentException.class)
                .hasMessageContaining("indefinite length");
        assertThatThrownBy(() -> reader("5f4101ff").bytes("list", 0, 9))
                .isInstanceOf(MalformedDocumentException.class);
        assertThatThrownBy(() -> reader("7f6161ff").text("list", 0, 9))
                .isInstanceOf(MalformedDocumentException.class);
        assertThatThrownBy(() -> reader("bf0101ff").map("list", 0, 9))
                .isInstanceOf(MalformedDocumentException.class);
    }

    @Test
    void texts_are_utf8_or_nothing() throws Exception {
        assertThat(reader("64f09f9880").text("text", 0, 4)).isEqualTo("\uD83D\uDE00");
        for (String hex : new String[] {"61ff", "62c080", "63eda080", "62c3", "64f0", "63e282"}) {
            assertThatThrownBy(() -> reader(hex).text("text", 0, 10))
                    .isInstanceOf(MalformedDocumentException.class);
        }
    }

    @Test
    void a_message_names_the_place_and_keeps_the_content_to_itself() {
        assertThatThrownBy(
                        () -> {
                            CborReader in = reader("826673656372657405");
                            in.array("pair", 2, 2);
                            in.unsigned("number", 0, 9);
                        })
                .isInstanceOf(MalformedDocumentException.class)
                .hasMessage("Byte 1: number: expected an unsigned integer, found a text string");
        assertThatThrownBy(() -> new CborReader(new byte[11], 10))
                .isInstanceOf(MalformedDocumentException.class)
                .hasMessage("Document of 11 bytes, at most 10 allowed");
    }

    private static CborReader reader(String hex) throws MalformedDocumentException {
        return new CborReader(HexFormat.of().parseHex(hex), 100);
    }
}
