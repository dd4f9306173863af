package org.tidegate.benchmarks.kernels;

import java.util.Random;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.digests.SM3Digest;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.tidegate.mpc.hash.BatchHash;
import org.tidegate.mpc.hash.ScalarSha256;
import org.tidegate.mpc.hash.ScalarSm3;
import org.tidegate.mpc.hash.simd.HashLanes;
import org.tidegate.mpc.lane.simd.Sha256Lanes256;
import org.tidegate.mpc.lane.simd.Sha256Lanes512;
import org.tidegate.mpc.lane.simd.Sm3Lanes256;
import org.tidegate.mpc.lane.simd.Sm3Lanes512;

/** SHA-256 and SM3 of many messages of 16 bytes. Our scalar SHA-256 is the JDK's. */
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init") // JMH sets the fields.
public class HashBenchmark {
  /** Messages a call. */
  public static final int BATCH = 4096;

  private static final int MESSAGE_BYTES = 16;

  /** Who computes. */
  @Param({Variants.LANES_512, Variants.LANES_256, Variants.SCALAR, Variants.BOUNCY_CASTLE})
  public String implementation;

  private final byte[] in = new byte[MESSAGE_BYTES * BATCH];
  private final byte[] out = new byte[32 * BATCH];
  private BatchHash sha256;
  private BatchHash sm3;

  /** Prepares the batch. */
  @Setup
  public void prepare() {
    new Random(16).nextBytes(in);
    switch (implementation) {
      case Variants.LANES_512 -> {
        sha256 = new HashLanes(new Sha256Lanes512());
        sm3 = new HashLanes(new Sm3Lanes512());
      }
      case Variants.LANES_256 -> {
        sha256 = new HashLanes(new Sha256Lanes256());
        sm3 = new HashLanes(new Sm3Lanes256());
      }
      case Variants.SCALAR -> {
        sha256 = new ScalarSha256();
        sm3 = new ScalarSm3();
      }
      case Variants.BOUNCY_CASTLE -> {
        sha256 = bouncyCastle(new SHA256Digest());
        sm3 = bouncyCastle(new SM3Digest());
      }
      default -> throw Variants.unknown(implementation);
    }
  }

  private static BatchHash bouncyCastle(Digest digest) {
    return (in, inOffset, messageBytes, out, outOffset, count) -> {
      for (int i = 0; i < count; i++) {
        digest.update(in, inOffset + i * messageBytes, messageBytes);
        digest.doFinal(out, outOffset + 32 * i);
      }
    };
  }

  /** One batch of SHA-256. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public byte[] sha256Short() {
    sha256.hash(in, 0, MESSAGE_BYTES, out, 0, BATCH);
    return out;
  }

  /** One batch of SM3. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public byte[] sm3Short() {
    sm3.hash(in, 0, MESSAGE_BYTES, out, 0, BATCH);
    return out;
  }
}
