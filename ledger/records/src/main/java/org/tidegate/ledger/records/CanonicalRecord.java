package org.tidegate.ledger.records;

/** A value with one canonical encoding, which is what gets signed, digested and stored. */
public interface CanonicalRecord {
  /** This record as canonical JSON; the inverse of its type's {@code fromJson}. */
  JsonObject toJson();

  /** The canonical bytes: what is signed. */
  default byte[] canonicalBytes() {
    return CanonicalJson.encode(toJson());
  }

  /** SHA-256 of {@link #canonicalBytes}. */
  default Digest digest() {
    return Digest.of(canonicalBytes());
  }
}
