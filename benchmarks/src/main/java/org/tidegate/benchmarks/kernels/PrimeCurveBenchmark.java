package org.tidegate.benchmarks.kernels;

import java.math.BigInteger;
import java.util.Random;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.tidegate.benchmarks.kernels.OpenSslCurve.Format;
import org.tidegate.mpc.curve.WeierstrassLanes;
import org.tidegate.mpc.lane.PrimeFieldScalar;
import org.tidegate.mpc.lane.SparsePrime;

/**
 * Points of P-256 and SM2 under one scalar: decode compressed points, multiply, encode. {@value
 * #OPENSSL_UNCOMPRESSED} is spared the square root: it gets both coordinates, and gives both.
 */
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init") // JMH sets the fields.
public class PrimeCurveBenchmark {
  /** Points a call. */
  public static final int BATCH = 512;

  /** OpenSSL without compression. */
  public static final String OPENSSL_UNCOMPRESSED = Variants.OPENSSL + "-uncompressed";

  private static final int BYTES = 33;

  /** Who computes. */
  @Param({
    Variants.LANES_512,
    Variants.LANES_256,
    Variants.SCALAR,
    Variants.BOUNCY_CASTLE,
    Variants.OPENSSL,
    Variants.OPENSSL + "-uncompressed"
  })
  public String implementation;

  /** Which curve. */
  @Param({"P256", "SM2"})
  public SparsePrime prime;

  private final byte[] out = new byte[65 * BATCH];
  private Runnable batch;

  /** Prepares the batch. */
  @Setup
  public void prepare() {
    Random random = new Random(5639);
    byte[] scalar = new byte[32];
    random.nextBytes(scalar);
    scalar[31] &= 0x7f;
    byte[] uniform = new byte[96 * BATCH];
    random.nextBytes(uniform);
    byte[] in = new byte[BYTES * BATCH];
    new WeierstrassLanes(new PrimeFieldScalar(prime))
        .multiplyUniform(scalar, uniform, 0, in, 0, BATCH);
    batch =
        switch (implementation) {
          case Variants.BOUNCY_CASTLE -> bouncyCastle(scalar, in);
          case Variants.OPENSSL -> openSsl(scalar, in, Format.COMPRESSED);
          case OPENSSL_UNCOMPRESSED -> openSsl(scalar, in, Format.UNCOMPRESSED);
          default -> {
            WeierstrassLanes lanes =
                new WeierstrassLanes(Variants.primeField(implementation, prime));
            yield () -> lanes.multiply(scalar, in, 0, out, 0, BATCH);
          }
        };
  }

  private Runnable bouncyCastle(byte[] scalar, byte[] in) {
    var curve =
        CustomNamedCurves.getByName(prime == SparsePrime.P256 ? "secp256r1" : "sm2p256v1")
            .getCurve();
    BigInteger k = integer(scalar);
    byte[] encoded = new byte[BYTES];
    return () -> {
      for (int i = 0; i < BYTES * BATCH; i += BYTES) {
        System.arraycopy(in, i, encoded, 0, BYTES);
        byte[] product = curve.decodePoint(encoded).multiply(k).getEncoded(true);
        System.arraycopy(product, 0, out, i, BYTES);
      }
    };
  }

  private Runnable openSsl(byte[] scalar, byte[] in, Format format) {
    OpenSslCurve openSsl = new OpenSslCurve(prime, integer(scalar));
    int bytes = format.bytes();
    byte[] points = new byte[bytes * BATCH];
    for (int i = 0; i < BATCH; i++) {
      openSsl.convert(in, BYTES * i, points, bytes * i, format);
    }
    return () -> {
      for (int i = 0; i < bytes * BATCH; i += bytes) {
        openSsl.multiply(points, i, out, i, format);
      }
    };
  }

  private static BigInteger integer(byte[] little) {
    byte[] big = new byte[32];
    for (int i = 0; i < 32; i++) {
      big[31 - i] = little[i];
    }
    return new BigInteger(1, big);
  }

  /** One batch. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public byte[] primeCurve() {
    batch.run();
    return out;
  }
}
