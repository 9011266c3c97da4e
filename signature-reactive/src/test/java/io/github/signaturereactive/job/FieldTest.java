package io.github.signaturereactive.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FieldTest {

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t\n", "\u2003"})
    void rejectsBlankText(String blank) {
        assertThatThrownBy(() -> Field.text("title", blank, 80))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("title")
                .hasMessageContaining("1 to 80");
    }

    @Test
    void acceptsTextUpToTheLimit() {
        assertThat(Field.text("title", "å".repeat(80), 80)).hasSize(80);
        assertThat(Field.optionalText("description", "", 220)).isEmpty();
    }

    @Test
    void rejectsTooLongTextWithoutQuotingIt() {
        assertThatThrownBy(() -> Field.text("title", "secret".repeat(14), 80))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("title must have at most 80 characters, but has 84");
    }

    @Test
    void countsAnEmojiAsTwoCharacters() {
        assertThatCode(() -> Field.text("title", "😀".repeat(40), 80)).doesNotThrowAnyException();
        assertThatThrownBy(() -> Field.text("title", "😀".repeat(41), 80))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("has 82");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"secret\u0000", "secret\u0008", "secret\u001f", "secret\ufffe", "secret\uffff", "secret\ud83d"})
    void rejectsCharactersNotAllowedInXml(String value) {
        assertThatThrownBy(() -> Field.optionalText("description", value, 220))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("description")
                .hasMessageContaining(String.format("U+%04X", (int) value.charAt(6)))
                .hasMessageContaining("index 6")
                .hasMessageNotContaining("secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\t\n\r", "]]>", "<&\"'", "æøå", "\u0085\u2028", "😀", "\ufffd"})
    void acceptsCharactersAllowedInXml(String value) {
        assertThat(Field.optionalText("description", value, 220)).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "12345678", "1234567890", "12345678a", " 123456789", "१२३४५६७८९"})
    void rejectsOrganizationNumberThatIsNotNineDigits(String number) {
        assertThatThrownBy(() -> new Sender(number))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("organization number of the sender must be nine digits (0-9), but the given value with "
                        + number.length() + " characters is not");
    }

    @Test
    void rejectsBlankQueueName() {
        assertThatThrownBy(() -> PollingQueue.of(" "))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("polling queue must not be blank; it must have at least 1 character");
    }

    @Test
    void onlyTheQueueWithoutNameIsTheDefault() {
        assertThat(PollingQueue.of("queue").isDefault()).isFalse();
        assertThat(PollingQueue.DEFAULT.isDefault()).isTrue();
        assertThat(new Sender("123456789")).isEqualTo(new Sender("123456789", PollingQueue.DEFAULT));
    }
}
