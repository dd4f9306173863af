package org.tidegate.ledger.records;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The one byte encoding of everything that is signed or digested, a strict subset of JSON in the
 * manner of RFC 8785: UTF-8, keys sorted by UTF-16 code unit, no white space, only objects, lists,
 * strings, booleans and integers |n| &lt; 2^53; no null. Strings escape {@code "}, {@code \} and
 * control characters only.
 *
 * <p>Decoding refuses any bytes that do not re-encode to themselves, so a record has exactly one
 * encoding and comparing digests is comparing records. Size and depth are bounded before anything
 * is built.
 */
public final class CanonicalJson {
  /** The greatest size decoded, in bytes, where the caller states none. */
  public static final int MAX_BYTES = 4 << 20;

  /** The greatest nesting of objects and lists. */
  public static final int MAX_DEPTH = 64;

  private CanonicalJson() {}

  /** The canonical bytes of {@code object}. */
  public static byte[] encode(JsonObject object) {
    return encodeText(object).getBytes(StandardCharsets.UTF_8);
  }

  /** The canonical text of {@code object}; its UTF-8 form is {@link #encode}. */
  public static String encodeText(JsonObject object) {
    StringBuilder out = new StringBuilder(256);
    write(out, object, 0);
    return out.toString();
  }

  /**
   * Reads canonical bytes of at most {@link #MAX_BYTES}.
   *
   * @throws RecordException when the bytes are not canonical JSON, saying where
   */
  public static JsonObject decode(byte[] bytes) {
    return decode(bytes, MAX_BYTES);
  }

  /**
   * Reads canonical bytes.
   *
   * @param maxBytes greatest size accepted
   * @throws RecordException when the bytes are too many or not canonical JSON, saying where
   */
  public static JsonObject decode(byte[] bytes, int maxBytes) {
    if (bytes.length > maxBytes) {
      throw new RecordException(
          "record of " + bytes.length + " bytes; at most " + maxBytes + " are accepted");
    }
    String text;
    try {
      text =
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(bytes))
              .toString();
    } catch (CharacterCodingException e) {
      throw new RecordException("record is not UTF-8", e);
    }
    JsonObject object = new JsonParser(text).parse();
    if (!Arrays.equals(encode(object), bytes)) {
      throw new RecordException(
          "record is JSON but not canonical: keys sorted, no white space, minimal escapes");
    }
    return object;
  }

  /** Reads canonical text of at most {@link #MAX_BYTES}; see {@link #decode(byte[])}. */
  public static JsonObject decodeText(String text) {
    JsonObject object = decode(text.getBytes(StandardCharsets.UTF_8));
    if (!encodeText(object).equals(text)) {
      // A lone surrogate has no UTF-8; Java's conversion would have put a question mark there.
      throw new RecordException("text is not Unicode: it has half of a surrogate pair");
    }
    return object;
  }

  /**
   * Reads any JSON of the supported subset, whatever its white space and key order: for files that
   * people edit. What is signed goes through {@link #decode(byte[])}.
   *
   * @throws RecordException when the text is not JSON of the subset, saying where
   */
  public static JsonObject decodeLenient(String text) {
    if (text.length() > MAX_BYTES) {
      throw new RecordException(
          "text of " + text.length() + " characters; at most " + MAX_BYTES + " are accepted");
    }
    return new JsonParser(text).parse();
  }

  private static void write(StringBuilder out, Object value, int depth) {
    if (depth > MAX_DEPTH) {
      throw new RecordException("record is nested deeper than " + MAX_DEPTH);
    }
    switch (value) {
      case JsonObject object -> {
        char separator = '{';
        for (Map.Entry<String, Object> field : object.fields().entrySet()) {
          out.append(separator);
          separator = ',';
          writeString(out, field.getKey());
          out.append(':');
          write(out, field.getValue(), depth + 1);
        }
        out.append(separator == '{' ? "{}" : "}");
      }
      case List<?> list -> {
        char separator = '[';
        for (Object element : list) {
          out.append(separator);
          separator = ',';
          write(out, element, depth + 1);
        }
        out.append(separator == '[' ? "[]" : "]");
      }
      case String string -> writeString(out, string);
      case Long number -> out.append(number.longValue());
      case Boolean bool -> out.append(bool.booleanValue());
      default ->
          throw new IllegalStateException("not a canonical value: " + value.getClass().getName());
    }
  }

  private static void writeString(StringBuilder out, String string) {
    out.append('"');
    if (isPlain(string)) {
      out.append(string).append('"');
      return;
    }
    for (int i = 0; i < string.length(); i++) {
      char c = string.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\b' -> out.append("\\b");
        case '\t' -> out.append("\\t");
        case '\n' -> out.append("\\n");
        case '\f' -> out.append("\\f");
        case '\r' -> out.append("\\r");
        default -> {
          if (c < 0x20) {
            out.append("\\u00").append(c < 0x10 ? '0' : '1').append(Character.forDigit(c & 15, 16));
          } else if (Character.isSurrogate(c)) {
            boolean paired =
                Character.isHighSurrogate(c)
                    && i + 1 < string.length()
                    && Character.isLowSurrogate(string.charAt(i + 1));
            if (!paired) {
              throw new RecordException("string with a lone surrogate at position " + i);
            }
            out.append(c).append(string.charAt(++i));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }

  /** Whether nothing in it is escaped and nothing is a surrogate: true of nearly all. */
  private static boolean isPlain(String string) {
    for (int i = 0; i < string.length(); i++) {
      char c = string.charAt(i);
      if (c < 0x20 || c == '"' || c == '\\' || c >= 0x7f) {
        return false;
      }
    }
    return true;
  }
}
