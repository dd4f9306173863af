package org.tidegate.connector.job;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import org.tidegate.ledger.records.Digest;
import org.tidegate.mpc.bytes.IntegerColumn;
import org.tidegate.mpc.bytes.PackedBytes;
import org.tidegate.mpc.psi.sum.IntersectionSumParameters;

/**
 * What this node brings into one leg of a plan: one run of the intersection-sum with the peer.
 *
 * @param label the leg's lane, such as {@code leg0}
 * @param peer the participant at the other end
 * @param matcher whether this node brings keys only; else it is the value owner
 * @param parameters what both ends agreed on
 * @param keys canonical keys, distinct
 * @param columns per slot one column, row i belonging to key i; none at the matcher
 */
public record LegInputs(
    String label,
    String peer,
    boolean matcher,
    IntersectionSumParameters parameters,
    PackedBytes keys,
    List<IntegerColumn> columns) {
  /** Copies the list. */
  public LegInputs {
    columns = List.copyOf(columns);
  }

  /**
   * The commitment: SHA-256 over salt, label, keys with their offsets, and columns with their
   * widths, each with its length before it.
   *
   * @param salt 32 random bytes
   */
  Digest commitment(byte[] salt) {
    MessageDigest hash;
    try {
      hash = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java runtime has no SHA-256", e);
    }
    update(hash, "tidegate.commitment.inputs/1".getBytes(StandardCharsets.US_ASCII));
    update(hash, salt);
    update(hash, label.getBytes(StandardCharsets.US_ASCII));
    ByteBuffer offsets = ByteBuffer.allocate(4 * keys.offsets().length);
    offsets.asIntBuffer().put(keys.offsets());
    update(hash, offsets.array());
    hash.update(keys.data(), 0, keys.offsets()[keys.rows()]);
    for (IntegerColumn column : columns) {
      hash.update(ByteBuffer.allocate(4).putInt(column.widthBytes()).flip());
      update(hash, column.data());
    }
    return Digest.ofHash(hash.digest());
  }

  private static void update(MessageDigest hash, byte[] field) {
    hash.update(ByteBuffer.allocate(4).putInt(field.length).flip());
    hash.update(field);
  }
}
