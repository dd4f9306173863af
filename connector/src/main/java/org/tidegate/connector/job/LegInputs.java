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
import org.tidegate.mpc.suite.Intersection;

/** What this node brings into one leg of a plan: one run of a protocol with the peer. */
public sealed interface LegInputs {
  /** The leg's lane, such as {@code leg0}. */
  String label();

  /** The participant at the other end. */
  String peer();

  /** Canonical keys, distinct. */
  PackedBytes keys();

  /** Per value one column, row i belonging to key i. */
  List<IntegerColumn> columns();

  /** Whether this node has the protocol's first role, which its binding names first. */
  boolean first();

  /**
   * Into an intersection-sum.
   *
   * @param matcher whether this node brings keys only; else it is the value owner
   * @param parameters what both ends agreed on
   * @param columns none at the matcher
   */
  record Sum(
      String label,
      String peer,
      boolean matcher,
      IntersectionSumParameters parameters,
      PackedBytes keys,
      List<IntegerColumn> columns)
      implements LegInputs {
    /** Copies the list. */
    public Sum {
      columns = List.copyOf(columns);
    }

    @Override
    public boolean first() {
      return matcher;
    }
  }

  /**
   * Into a set intersection.
   *
   * @param receiver whether this node learns which of its keys match; else it learns nothing
   * @param intersection the protocol and what both ends agreed on
   */
  record Match(
      String label, String peer, boolean receiver, Intersection intersection, PackedBytes keys)
      implements LegInputs {
    @Override
    public List<IntegerColumn> columns() {
      return List.of();
    }

    @Override
    public boolean first() {
      return !receiver;
    }
  }

  /**
   * The commitment: SHA-256 over salt, label, keys with their offsets, and columns with their
   * widths, each with its length before it.
   *
   * @param salt 32 random bytes
   */
  default Digest commitment(byte[] salt) {
    MessageDigest hash;
    try {
      hash = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java runtime has no SHA-256", e);
    }
    update(hash, "tidegate.commitment.inputs/1".getBytes(StandardCharsets.US_ASCII));
    update(hash, salt);
    update(hash, label().getBytes(StandardCharsets.US_ASCII));
    ByteBuffer offsets = ByteBuffer.allocate(4 * keys().offsets().length);
    offsets.asIntBuffer().put(keys().offsets());
    update(hash, offsets.array());
    hash.update(keys().data(), 0, keys().offsets()[keys().rows()]);
    for (IntegerColumn column : columns()) {
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
