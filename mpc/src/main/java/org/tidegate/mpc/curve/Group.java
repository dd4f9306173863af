package org.tidegate.mpc.curve;

import java.math.BigInteger;
import java.util.HexFormat;
import org.tidegate.mpc.field.Scalars;
import org.tidegate.mpc.hash.ExpandMessageXmd;

/** The groups of prime order in which protocols run. Scalars are 32 little-endian bytes in all. */
public enum Group {
  /** RFC 9496. */
  RISTRETTO255(
      "ristretto255",
      32,
      64,
      Scalars.ORDER,
      "e2f2ae0a6abc4e71a884a961c500515f58e30b6aa582dd8db6a65945e08d2d76",
      2,
      ExpandMessageXmd.Hash.SHA_512,
      "ristretto255_XMD:SHA-512_R255MAP_RO_"),

  /** SP 800-186, 3.2.1.3; elements are compressed points of SEC 1, 2.3.3. */
  P256(
      "P-256",
      33,
      96,
      WeierstrassCurve.P256.order(),
      WeierstrassCurve.P256.compressedGenerator(),
      1,
      ExpandMessageXmd.Hash.SHA_256,
      "P256_XMD:SHA-256_SSWU_RO_"),

  /**
   * GB/T 32918.5-2017; elements are compressed points of SEC 1, 2.3.3. The hashing suite is built
   * by RFC 9380, sections 8 and 8.10: there is no registered one.
   */
  SM2(
      "SM2",
      33,
      96,
      WeierstrassCurve.SM2.order(),
      WeierstrassCurve.SM2.compressedGenerator(),
      1,
      ExpandMessageXmd.Hash.SM3,
      "SM2_XMD:SM3_SSWU_RO_");

  /** The length of a scalar in all groups. */
  public static final int SCALAR_BYTES = 32;

  private final String title;
  private final int elementBytes;
  private final int uniformBytes;
  private final BigInteger order;
  private final String generator;
  private final int carried;
  private final ExpandMessageXmd.Hash hash;
  private final String suite;

  Group(
      String title,
      int elementBytes,
      int uniformBytes,
      BigInteger order,
      String generator,
      int carried,
      ExpandMessageXmd.Hash hash,
      String suite) {
    this.title = title;
    this.elementBytes = elementBytes;
    this.uniformBytes = uniformBytes;
    this.order = order;
    this.generator = generator;
    this.carried = carried;
    this.hash = hash;
    this.suite = suite;
  }

  /** The name for people, contracts and receipts. */
  public String title() {
    return title;
  }

  /** The length of an encoded element. */
  public int elementBytes() {
    return elementBytes;
  }

  /** The length of the expanded message from which an element is made. */
  public int uniformBytes() {
    return uniformBytes;
  }

  /** How many elements the group has. */
  public BigInteger order() {
    return order;
  }

  /** The standard generator, encoded. */
  public byte[] generator() {
    return HexFormat.of().parseHex(generator);
  }

  /**
   * The factor c that a {@link FixedBase} multiplies with: 2 in Ristretto255, where doubles are
   * encoded with one inversion for many and others with a square root each; 1 elsewhere.
   */
  public int carried() {
    return carried;
  }

  /** The name of the hashing suite [RFC 9380], part of domain separation tags. */
  public String suite() {
    return suite;
  }

  /** The suite's expansion of messages to uniform bytes, for one thread. */
  public ExpandMessageXmd expander(String tag) {
    return new ExpandMessageXmd(hash, tag);
  }
}
