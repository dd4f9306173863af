package org.tidegate.benchmarks.kernels;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.security.spec.XECPrivateKeySpec;
import java.util.HexFormat;
import java.util.Random;
import javax.crypto.KeyAgreement;
import org.bouncycastle.math.ec.rfc7748.X25519;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.tidegate.benchmarks.kernels.NativeLibraries.OpenSslX25519;
import org.tidegate.mpc.curve.simd.X25519Lanes;

/** X25519 of a batch of coordinates under one scalar. */
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init") // JMH sets the fields.
public class X25519Benchmark {
  /** Points a call. */
  public static final int BATCH = 512;

  /** Who computes. */
  @Param({
    Variants.LANES_512,
    Variants.LANES_256,
    Variants.BOUNCY_CASTLE,
    Variants.JDK,
    Variants.OPENSSL
  })
  public String implementation;

  private final byte[] out = new byte[32 * BATCH];
  private Runnable batch;

  /** Prepares the batch. */
  @Setup
  public void prepare() throws GeneralSecurityException {
    Random random = new Random(7748);
    byte[] scalar = new byte[32];
    random.nextBytes(scalar);
    byte[] in = new byte[32 * BATCH];
    random.nextBytes(in);
    batch =
        switch (implementation) {
          case Variants.LANES_512, Variants.LANES_256 -> {
            X25519Lanes lanes = new X25519Lanes(Variants.field25519(implementation));
            yield () -> lanes.multiply(scalar, in, 0, out, 0, BATCH);
          }
          case Variants.BOUNCY_CASTLE ->
              () -> {
                for (int i = 0; i < 32 * BATCH; i += 32) {
                  X25519.scalarMult(scalar, 0, in, i, out, i);
                }
              };
          case Variants.OPENSSL -> {
            OpenSslX25519 openSsl = new OpenSslX25519(scalar);
            yield () -> {
              for (int i = 0; i < 32 * BATCH; i += 32) {
                openSsl.multiply(in, i, out, i);
              }
            };
          }
          case Variants.JDK -> jdk(scalar, in);
          default -> throw Variants.unknown(implementation);
        };
  }

  private Runnable jdk(byte[] scalar, byte[] in) throws GeneralSecurityException {
    KeyFactory factory = KeyFactory.getInstance("X25519");
    PrivateKey key =
        factory.generatePrivate(new XECPrivateKeySpec(NamedParameterSpec.X25519, scalar));
    byte[] prefix = HexFormat.of().parseHex("302a300506032b656e032100");
    PublicKey[] peers = new PublicKey[BATCH];
    for (int i = 0; i < BATCH; i++) {
      byte[] encoded = new byte[44];
      System.arraycopy(prefix, 0, encoded, 0, 12);
      System.arraycopy(in, 32 * i, encoded, 12, 32);
      peers[i] = factory.generatePublic(new X509EncodedKeySpec(encoded));
    }
    KeyAgreement agreement = KeyAgreement.getInstance("X25519");
    return () -> {
      try {
        for (int i = 0; i < BATCH; i++) {
          agreement.init(key);
          agreement.doPhase(peers[i], true);
          agreement.generateSecret(out, 32 * i);
        }
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    };
  }

  /** One batch. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public byte[] x25519() {
    batch.run();
    return out;
  }
}
