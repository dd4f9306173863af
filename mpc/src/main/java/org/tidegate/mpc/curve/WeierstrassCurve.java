package org.tidegate.mpc.curve;

import java.math.BigInteger;
import java.util.HexFormat;
import org.tidegate.mpc.lane.SparsePrime;

/** A curve y² = x³ − 3·x + b of prime order over a {@link SparsePrime}. */
enum WeierstrassCurve {
  /** SP 800-186, 3.2.1.3. */
  P256(
      SparsePrime.P256,
      "5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b",
      "6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296",
      "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5",
      "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551",
      -10),

  /** GB/T 32918.5-2017. */
  SM2(
      SparsePrime.SM2,
      "28e9fa9e9d9f5e344d5a9e4bcf6509a7f39789f515ab8f92ddbcbd414d940e93",
      "32c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7",
      "bc3736a2f4f6779c59bdcee36b692153d0a9877cc62a474002df32e52139f0a0",
      "fffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123",
      -9);

  private final SparsePrime prime;
  private final BigInteger b;
  private final BigInteger generatorX;
  private final BigInteger generatorY;
  private final BigInteger order;
  private final BigInteger z;

  WeierstrassCurve(
      SparsePrime prime, String b, String generatorX, String generatorY, String order, int z) {
    this.prime = prime;
    this.b = new BigInteger(b, 16);
    this.generatorX = new BigInteger(generatorX, 16);
    this.generatorY = new BigInteger(generatorY, 16);
    this.order = new BigInteger(order, 16);
    this.z = BigInteger.valueOf(z);
  }

  static WeierstrassCurve over(SparsePrime prime) {
    return prime == SparsePrime.P256 ? P256 : SM2;
  }

  SparsePrime prime() {
    return prime;
  }

  BigInteger b() {
    return b;
  }

  BigInteger generatorX() {
    return generatorX;
  }

  BigInteger generatorY() {
    return generatorY;
  }

  /** The generator, compressed [SEC 1, 2.3.3], in hexadecimal digits. */
  String compressedGenerator() {
    return (generatorY.testBit(0) ? "03" : "02")
        + HexFormat.of().toHexDigits(generatorX.shiftRight(192).longValue())
        + HexFormat.of().toHexDigits(generatorX.shiftRight(128).longValue())
        + HexFormat.of().toHexDigits(generatorX.shiftRight(64).longValue())
        + HexFormat.of().toHexDigits(generatorX.longValue());
  }

  /** n, the number of points. */
  BigInteger order() {
    return order;
  }

  /** Z of the simplified SWU map, found as RFC 9380, appendix H.2, says. */
  BigInteger z() {
    return z;
  }
}
