package org.tidegate.ledger.records;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An immutable JSON object of the canonical subset: values are {@link JsonObject}, {@link List} (of
 * such values), {@link String}, {@link Boolean} and {@link Long} with |n| &lt; 2^53. Null does not
 * exist: a field is there or absent. Keys iterate in code-unit order.
 *
 * <p>The typed getters throw {@link RecordException} naming the field that is missing or of another
 * type, so a record's {@code fromJson} is a list of getters.
 */
public final class JsonObject {
  /** The first integer that is too large for canonical JSON; larger numbers are strings. */
  public static final long NUMBER_LIMIT = 1L << 53;

  private static final JsonObject EMPTY = new JsonObject(new TreeMap<>());

  private final SortedMap<String, Object> fields;

  private JsonObject(SortedMap<String, Object> fields) {
    this.fields = Collections.unmodifiableSortedMap(fields);
  }

  /** The object without fields. */
  public static JsonObject empty() {
    return EMPTY;
  }

  /** A new builder. */
  public static Builder builder() {
    return new Builder();
  }

  /** The keys, in code-unit order. */
  public Set<String> keys() {
    return fields.keySet();
  }

  /** The fields, in code-unit order of their keys. */
  public SortedMap<String, Object> fields() {
    return fields;
  }

  /** Whether {@code key} is there. */
  public boolean has(String key) {
    return fields.containsKey(key);
  }

  /** The raw value at {@code key}, or empty. */
  public Optional<Object> get(String key) {
    return Optional.ofNullable(fields.get(key));
  }

  /** The string at {@code key}. */
  public String string(String key) {
    return typed(key, String.class, "a string");
  }

  /** The string at {@code key}, or empty where it is absent. */
  public Optional<String> optionalString(String key) {
    return has(key) ? Optional.of(string(key)) : Optional.empty();
  }

  /** The integer at {@code key}. */
  public long number(String key) {
    return typed(key, Long.class, "an integer");
  }

  /**
   * The integer at {@code key}, which must lie in {@code low..high}.
   *
   * @param low least value allowed
   * @param high greatest value allowed
   */
  public long number(String key, long low, long high) {
    long value = number(key);
    if (value < low || value > high) {
      throw new RecordException(
          "field '" + key + "' is " + value + "; expected " + low + " to " + high);
    }
    return value;
  }

  /** The boolean at {@code key}. */
  public boolean bool(String key) {
    return typed(key, Boolean.class, "true or false");
  }

  /** The object at {@code key}, or empty where it is absent. */
  public Optional<JsonObject> optionalObject(String key) {
    return has(key) ? Optional.of(object(key)) : Optional.empty();
  }

  /** The object at {@code key}. */
  public JsonObject object(String key) {
    return typed(key, JsonObject.class, "an object");
  }

  /** The list at {@code key}; its elements are canonical values. */
  public List<?> list(String key) {
    return typed(key, List.class, "a list");
  }

  /** The list of strings at {@code key}. */
  public List<String> strings(String key) {
    return elements(key, String.class, Function.identity());
  }

  /** The list of objects at {@code key}, each through {@code parse}. */
  public <T> List<T> objects(String key, Function<JsonObject, T> parse) {
    return elements(key, JsonObject.class, parse);
  }

  /** The list of integers at {@code key}. */
  public List<Long> numbers(String key) {
    return elements(key, Long.class, Function.identity());
  }

  /** The digest at {@code key}. */
  public Digest digest(String key) {
    return at(key, () -> Digest.parse(string(key)));
  }

  /** The digest at {@code key}, or empty where it is absent. */
  public Optional<Digest> optionalDigest(String key) {
    return has(key) ? Optional.of(digest(key)) : Optional.empty();
  }

  /** The time at {@code key}: ISO-8601, UTC, milliseconds. */
  public Instant time(String key) {
    return at(key, () -> Times.parse(string(key)));
  }

  /** The time at {@code key}, or empty where it is absent. */
  public Optional<Instant> optionalTime(String key) {
    return has(key) ? Optional.of(time(key)) : Optional.empty();
  }

  /**
   * Refuses keys other than those listed.
   *
   * @return this object, for chaining
   */
  public JsonObject allowOnly(String... keys) {
    Set<String> allowed = Set.of(keys);
    for (String key : fields.keySet()) {
      if (!allowed.contains(key)) {
        throw new RecordException(
            "unknown field '"
                + RecordException.excerpt(key)
                + "'; known are "
                + allowed.stream().sorted().toList());
      }
    }
    return this;
  }

  /**
   * Refuses another record type than {@code type} and keys other than {@code type} and {@code
   * keys}.
   *
   * @param type what the field {@code type} must hold, such as {@code tidegate.grant/1}
   * @return this object, for chaining
   */
  public JsonObject expect(String type, String... keys) {
    String actual = string("type");
    if (!actual.equals(type)) {
      throw new RecordException(
          "record of type '"
              + RecordException.excerpt(actual)
              + "' where '"
              + type
              + "' is expected");
    }
    List<String> all = new ArrayList<>(List.of(keys));
    all.add("type");
    return allowOnly(all.toArray(String[]::new));
  }

  private <T> T typed(String key, Class<T> type, String expected) {
    Object value = fields.get(key);
    if (value == null) {
      throw new RecordException("field '" + key + "' is missing; expected " + expected);
    }
    if (!type.isInstance(value)) {
      throw new RecordException("field '" + key + "' is not " + expected);
    }
    return type.cast(value);
  }

  private <E, T> List<T> elements(String key, Class<E> type, Function<E, T> parse) {
    List<T> result = new ArrayList<>();
    for (Object element : list(key)) {
      if (!type.isInstance(element)) {
        throw new RecordException(
            "field '" + key + "', element " + result.size() + ", is not a " + type.getSimpleName());
      }
      result.add(at(key, () -> parse.apply(type.cast(element))));
    }
    return List.copyOf(result);
  }

  private static <T> T at(String key, java.util.function.Supplier<T> read) {
    try {
      return read.get();
    } catch (RecordException e) {
      throw new RecordException("field '" + key + "': " + e.getMessage(), e);
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof JsonObject that && fields.equals(that.fields);
  }

  @Override
  public int hashCode() {
    return fields.hashCode();
  }

  /** The canonical text. */
  @Override
  public String toString() {
    return CanonicalJson.encodeText(this);
  }

  /** Collects fields; a key that is put twice is an error of the caller. */
  public static final class Builder {
    private final TreeMap<String, Object> fields = new TreeMap<>();

    private Builder() {}

    /**
     * Puts a field.
     *
     * @param value a String, Boolean, Long, Integer, JsonObject, Digest, Instant, CanonicalRecord,
     *     or a list of those
     */
    public Builder put(String key, Object value) {
      if (fields.putIfAbsent(key, canonical(value)) != null) {
        throw new RecordException("field '" + key + "' is there twice");
      }
      return this;
    }

    /** Puts a field where {@code value} is present, else nothing. */
    public Builder put(String key, Optional<?> value) {
      value.ifPresent(present -> put(key, (Object) present));
      return this;
    }

    /** The object built so far. */
    public JsonObject build() {
      return new JsonObject(new TreeMap<>(fields));
    }

    private static Object canonical(Object value) {
      return switch (value) {
        case String string -> string;
        case Boolean bool -> bool;
        case Integer number -> Long.valueOf(number);
        case Long number -> {
          if (Math.abs(number) >= NUMBER_LIMIT || number == Long.MIN_VALUE) {
            throw new RecordException(
                "integer " + number + " is too large for canonical JSON; write it as a string");
          }
          yield number;
        }
        case BigInteger number ->
            throw new RecordException("big integer " + number + ": write it as a string");
        case JsonObject object -> object;
        case CanonicalRecord record -> record.toJson();
        case Digest digest -> digest.text();
        case Instant time -> Times.format(time);
        case List<?> list -> list.stream().map(Builder::canonical).toList();
        case Map<?, ?> map -> {
          Builder nested = new Builder();
          map.forEach((key, element) -> nested.put((String) key, (Object) element));
          yield nested.build();
        }
        default ->
            throw new RecordException(
                "a " + value.getClass().getSimpleName() + " has no canonical JSON");
      };
    }
  }
}
