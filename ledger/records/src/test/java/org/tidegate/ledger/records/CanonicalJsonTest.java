package org.tidegate.ledger.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalJsonTest {
  @Test
  void theEncodingIsSortedAndTight() {
    JsonObject object =
        JsonObject.builder()
            .put("z", List.of(1, true, "x"))
            .put("a", JsonObject.builder().put("é", -5).build())
            .put("\u20ac", "tab\t quote\" slash/ back\\ \u0001 \ud83d\ude00")
            .build();
    assertThat(CanonicalJson.encodeText(object))
        .isEqualTo(
            "{\"a\":{\"é\":-5},\"z\":[1,true,\"x\"],\"€\":\"tab\\t quote\\\" slash/ back\\\\"
                + " \\u0001 😀\"}");
  }

  @Test
  void keysSortByCodeUnitNotByCodePoint() {
    // U+FB33 sorts after the surrogates of U+1F600, as in RFC 8785.
    JsonObject object = JsonObject.builder().put("\ufb33", 1).put("\ud83d\ude00", 2).build();
    assertThat(CanonicalJson.encodeText(object)).isEqualTo("{\"😀\":2,\"\ufb33\":1}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"b\":1,\"a\":2}",
        "{\"a\":1 }",
        " {}",
        "{\"a\":1}\n",
        "{\"a\":\"\\u0041\"}",
        "{\"a\":\"\\/\"}",
        "{\"a\":-0}",
        "{\"a\":\"\\u00e9\"}",
        "{\"a\":\"\\u000A\"}"
      })
  void whatReencodesDifferentlyIsRefused(String text) {
    assertThatThrownBy(() -> CanonicalJson.decodeText(text))
        .isInstanceOf(RecordException.class)
        .hasMessageContaining("canonical");
    assertThat(CanonicalJson.decodeLenient(text)).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "1",
        "{\"a\":null}",
        "{\"a\":1.5}",
        "{\"a\":1e3}",
        "{\"a\":01}",
        "{\"a\":9007199254740992}",
        "{\"a\":99999999999999999999}",
        "{\"a\":1,\"a\":1}",
        "{\"a\":\"\ud800\"}",
        "{\"a\":\"\\ud800\"}",
        "{\"a\":\"\n\"}",
        "{\"a\":\"\\x\"}",
        "{\"a\":tru}",
        "{\"a\":[1,]}",
        "{\"a\":1,}",
        "{\"a\"}",
        "{a:1}",
        "{\"a\":\"",
        "{\"a\":-}",
        "{}{}"
      })
  void whatIsNoJsonOfTheSubsetIsRefused(String text) {
    assertThatThrownBy(() -> CanonicalJson.decodeText(text)).isInstanceOf(RecordException.class);
  }

  @Test
  void bytesThatAreNoUtf8AreRefused() {
    byte[] bytes = {'{', '"', (byte) 0xc0, (byte) 0x80, '"', ':', '1', '}'};
    assertThatThrownBy(() -> CanonicalJson.decode(bytes))
        .isInstanceOf(RecordException.class)
        .hasMessageContaining("UTF-8");
  }

  @Test
  void depthAndSizeAreBounded() {
    String deep = "{\"a\":" + "[".repeat(200_000) + "]".repeat(200_000) + "}";
    assertThatThrownBy(() -> CanonicalJson.decodeText(deep))
        .isInstanceOf(RecordException.class)
        .hasMessageContaining("deeper");
    assertThatThrownBy(() -> CanonicalJson.decode(new byte[11], 10))
        .isInstanceOf(RecordException.class)
        .hasMessageContaining("at most 10");
  }

  @Test
  void theMessageSaysWhere() {
    assertThatThrownBy(() -> CanonicalJson.decodeLenient("{\n  \"a\": 1,\n  \"b\": nul\n}"))
        .hasMessageContaining("line 3, column 8");
  }

  @Test
  void anythingEncodedDecodesToItself() {
    Random random = new Random(7);
    for (int i = 0; i < 500; i++) {
      JsonObject object = object(random, 0);
      byte[] bytes = CanonicalJson.encode(object);
      assertThat(CanonicalJson.decode(bytes)).isEqualTo(object);
    }
  }

  @Test
  void oneAlteredByteNeverPassesUnseen() {
    Random random = new Random(8);
    JsonObject object = object(random, 0);
    byte[] bytes = CanonicalJson.encode(object);
    for (int i = 0; i < bytes.length; i++) {
      byte[] altered = bytes.clone();
      altered[i] ^= (byte) (1 << random.nextInt(8));
      try {
        assertThat(CanonicalJson.decode(altered)).isNotEqualTo(object);
      } catch (RecordException refused) {
        assertThat(refused.getMessage()).isNotEmpty();
      }
    }
  }

  private static JsonObject object(Random random, int depth) {
    JsonObject.Builder builder = JsonObject.builder();
    int fields = random.nextInt(6);
    for (int i = 0; i < fields; i++) {
      builder.put(string(random) + i, value(random, depth));
    }
    return builder.build();
  }

  private static Object value(Random random, int depth) {
    return switch (random.nextInt(depth > 4 ? 3 : 5)) {
      case 0 -> string(random);
      case 1 -> random.nextBoolean();
      case 2 ->
          random.nextBoolean()
              ? random.nextLong() % JsonObject.NUMBER_LIMIT
              : List.of(0L, -1L, JsonObject.NUMBER_LIMIT - 1, 1 - JsonObject.NUMBER_LIMIT)
                  .get(random.nextInt(4));
      case 3 -> object(random, depth + 1);
      default -> {
        List<Object> list = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
          list.add(value(random, depth + 1));
        }
        yield list;
      }
    };
  }

  private static String string(Random random) {
    StringBuilder out = new StringBuilder();
    for (int i = random.nextInt(8); i > 0; i--) {
      int point =
          random.nextBoolean()
              ? random.nextInt(0x80)
              : random.nextInt(Character.MAX_CODE_POINT + 1);
      if (point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE) {
        out.appendCodePoint(point);
      }
    }
    return new String(out.toString().getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }
}
