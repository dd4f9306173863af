package org.tidegate.ledger.records;

import java.security.SecureRandom;

/**
 * A text for people that stays off the ledger: the ledger has its {@link #digest}, which a random
 * salt keeps from being guessed. Whoever holds text and salt can show what the digest stands for.
 *
 * @param salt lower-case hex of 32 random bytes
 * @param text 1 to 2,000 characters
 */
public record SaltedText(String salt, String text) implements CanonicalRecord {
  private static final int SALT_BYTES = 32;
  private static final int MAX_LENGTH = 2_000;

  /** Checks lengths. */
  public SaltedText {
    Ids.hex("salt", salt, SALT_BYTES, SALT_BYTES);
    Ids.text("text", text, MAX_LENGTH);
  }

  /** A text with a salt of its own. */
  public static SaltedText of(String text, SecureRandom random) {
    byte[] salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    return new SaltedText(Ids.hex(salt), text);
  }

  /** Reads a text. */
  public static SaltedText fromJson(JsonObject json) {
    json.allowOnly("salt", "text");
    return new SaltedText(json.string("salt"), json.string("text"));
  }

  @Override
  public JsonObject toJson() {
    return JsonObject.builder().put("salt", salt).put("text", text).build();
  }
}
