package org.tidegate.benchmarks.kernels;

import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.tidegate.mpc.bytes.SecretBytes;
import org.tidegate.mpc.lane.Gf128;
import org.tidegate.mpc.lane.Gf128Scalar;
import org.tidegate.mpc.okvs.Okvs;
import org.tidegate.mpc.okvs.OkvsParameters;
import org.tidegate.mpc.okvs.StoreField;
import org.tidegate.mpc.random.SecretRandom;

/** A store of 2^20 pairs at λ = 40, with hashing; an operation is a pair. There are no vectors. */
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init") // JMH sets the fields.
public class OkvsBenchmark {
  /** Pairs. */
  public static final int PAIRS = 1 << 20;

  private static final int STATISTICAL_BITS = 40;

  /** Who computes. */
  @Param(Variants.SCALAR)
  public String implementation;

  private final OkvsParameters parameters =
      OkvsParameters.of(PAIRS, STATISTICAL_BITS, StoreField.GF128);
  private final Gf128 field = new Gf128Scalar();
  private final byte[] seed = new byte[Okvs.SEED_BYTES];
  private final byte[] keys = new byte[PAIRS * Okvs.KEY_BYTES];
  private final long[] values = new Random(20).longs(2L * PAIRS).toArray();
  private final long[] decoded = new long[2 * PAIRS];
  private final long[] store = new long[2 * parameters.slots()];

  /** Draws keys, and encodes once for decoding. */
  @Setup
  public void prepare() {
    if (!implementation.equals(Variants.SCALAR)) {
      throw Variants.unknown(implementation);
    }
    new Random(40).nextBytes(keys);
    okvsEncode();
  }

  /** Encoding. */
  @Benchmark
  @OperationsPerInvocation(PAIRS)
  public final long[] okvsEncode() {
    try (SecretRandom free =
        SecretRandom.of(SecretBytes.copyOf(new byte[SecretRandom.SEED_BYTES]))) {
      new Okvs(parameters, field, seed, keys, PAIRS)
          .encode(values, free, store, 0, parameters.clusters());
    }
    return store;
  }

  /** Decoding. */
  @Benchmark
  @OperationsPerInvocation(PAIRS)
  public long[] okvsDecode() {
    new Okvs(parameters, field, seed, keys, PAIRS).decode(store, decoded, 0, parameters.clusters());
    return decoded;
  }
}
