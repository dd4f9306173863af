package org.tidegate.mpc.psi.rr22;

import org.tidegate.mpc.hash.DomainHash;
import org.tidegate.mpc.lpn.LpnCode;
import org.tidegate.mpc.okvs.StoreField;
import org.tidegate.mpc.oprf.vole.VoleOprfParameters;
import org.tidegate.mpc.security.Adversary;
import org.tidegate.mpc.security.Knob;
import org.tidegate.mpc.security.KnobClass;
import org.tidegate.mpc.security.SecurityLevel;

/**
 * What both parties agree on before a run; the handshake compares a digest of it.
 *
 * @param security κ and λ
 * @param adversary against whom
 * @param code the code under the linear evaluation
 * @param maxSenderRows the most rows that the sender may bring
 * @param maxReceiverRows the most rows that the receiver may bring
 * @param sizes whether each party sees how many keys its peer has
 * @param field over which the store is linear: the smaller one sends fewer bytes, in semi-honest
 *     runs
 * @param output who learns its matching rows
 */
public record Rr22Parameters(
    @Knob(KnobClass.SECURITY) SecurityLevel security,
    @Knob(KnobClass.SECURITY) Adversary adversary,
    @Knob(KnobClass.AGREED) LpnCode code,
    @Knob(KnobClass.AGREED) int maxSenderRows,
    @Knob(KnobClass.AGREED) int maxReceiverRows,
    @Knob(KnobClass.AGREED) Sizes sizes,
    @Knob(KnobClass.AGREED) StoreField field,
    @Knob(KnobClass.AGREED) Output output) {
  /** The largest set: 2^24 rows. */
  public static final int ROWS_CEILING = 1 << 24;

  /** Tags on the wire, 8 bytes at least. */
  static final int MIN_TAG_BYTES = 8;

  /** Whether sizes are seen. */
  public enum Sizes {
    /** Each party learns how many distinct keys its peer has. */
    SHOWN,
    /** Both fill up to the agreed most with keys that match nothing. */
    HIDDEN
  }

  /** Who learns which of its rows match. */
  public enum Output {
    /** The receiver alone. */
    RECEIVER,
    /** The receiver tells the sender, which has to believe it: for semi-honest parties. */
    BOTH
  }

  /** Checks the ranges. */
  public Rr22Parameters {
    if (output == Output.BOTH && adversary == Adversary.MALICIOUS) {
      throw new IllegalArgumentException(
          "only semi-honest parties both learn their matching rows: a receiver that lies could tell"
              + " the sender anything");
    }
    check(maxSenderRows, "sender");
    check(maxReceiverRows, "receiver");
    if (!suffices(field, security, maxSenderRows)) {
      throw new IllegalArgumentException(
          "values of %d bits are too short for %d rows of the sender at λ = %d"
              .formatted(field.valueBits(), maxSenderRows, security.statisticalBits()));
    }
  }

  private static void check(int rows, String role) {
    if (rows < 0 || rows > ROWS_CEILING) {
      throw new IllegalArgumentException(
          "at most %d rows of the %s is not within 0 and %d".formatted(rows, role, ROWS_CEILING));
    }
  }

  /** Standard security, Expand-Convolute 21×24, sizes shown. */
  public static Rr22Parameters of(Adversary adversary, int maxSenderRows, int maxReceiverRows) {
    return new Rr22Parameters(
        SecurityLevel.STANDARD,
        adversary,
        LpnCode.EXPAND_CONVOLUTE_21_24,
        maxSenderRows,
        maxReceiverRows,
        Sizes.SHOWN,
        StoreField.GF128,
        Output.RECEIVER);
  }

  /**
   * Whether values are long enough: that one fits a key by chance at any of the sender's rows has
   * probability at most 2^−λ.
   */
  public static boolean suffices(StoreField field, SecurityLevel security, int senderRows) {
    return field == StoreField.GF128
        || security.statisticalBits() + ceilLog2(senderRows) <= field.valueBits();
  }

  /** The same with the shortest values that go with its adversary, its λ and its sizes. */
  public Rr22Parameters leanest() {
    return adversary == Adversary.SEMI_HONEST && suffices(StoreField.GF2, security, maxSenderRows)
        ? with(StoreField.GF2)
        : this;
  }

  /** The same with a store over another field. */
  public Rr22Parameters with(StoreField other) {
    return new Rr22Parameters(
        security, adversary, code, maxSenderRows, maxReceiverRows, sizes, other, output);
  }

  /** The parameters of the oblivious pseudorandom function. */
  VoleOprfParameters oprf() {
    return new VoleOprfParameters(security, adversary, code, field);
  }

  /**
   * How many keys a party announces and works on.
   *
   * @param keys how many it has
   * @param max how many were agreed for it
   */
  public int padded(int keys, int max) {
    // The store of an empty list would be empty: one key that matches nothing hides nothing.
    return Math.max(1, sizes == Sizes.HIDDEN ? max : keys);
  }

  /** Slots of the store for so many keys of the receiver. */
  public int storeSlots(int receiverKeys) {
    return oprf().store(receiverKeys).slots();
  }

  /** Bytes of a slot. */
  public int slotBytes() {
    return field.valueBits() / Byte.SIZE;
  }

  /** Bytes from the sender before the store, for so many slots. */
  public long setupSenderBytes(int slots) {
    return oprf().vole().senderBytes(slots);
  }

  /** Bytes from the receiver before the store, for so many slots. */
  public long setupReceiverBytes(int slots) {
    return oprf().vole().receiverBytes(slots);
  }

  /**
   * Bytes of a tag: κ bits against a malicious party, which may look for collisions; else λ +
   * log2(n_s·n_r), so that by chance no two that differ have the same.
   */
  public int tagBytes(int senderKeys, int receiverKeys) {
    if (adversary == Adversary.MALICIOUS) {
      return security.computationalBits() / 8;
    }
    int bits = security.statisticalBits() + ceilLog2(senderKeys) + ceilLog2(receiverKeys);
    return Math.max(MIN_TAG_BYTES, (bits + 7) / 8);
  }

  private static int ceilLog2(int n) {
    return n <= 1 ? 0 : 32 - Integer.numberOfLeadingZeros(n - 1);
  }

  /** What both parties must have in common: 32 bytes. */
  public byte[] digest() {
    DomainHash hash =
        new DomainHash("tidegate.psi.rr22.parameters/1")
            .bytes(oprf().digest())
            .number(maxSenderRows)
            .number(maxReceiverRows)
            .text(sizes.name());
    return (output == Output.RECEIVER ? hash : hash.text(output.name())).finish();
  }
}
