package org.tidegate.benchmarks.kernels;

import java.util.Random;
import org.bouncycastle.crypto.BlockCipher;
import org.bouncycastle.crypto.engines.SM4Engine;
import org.bouncycastle.crypto.modes.SICBlockCipher;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithIV;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.tidegate.mpc.bytes.SecretBytes;
import org.tidegate.mpc.cipher.ScalarSm4Vartime;
import org.tidegate.mpc.cipher.Sm4;
import org.tidegate.mpc.cipher.Sm4Kernel;
import org.tidegate.mpc.cipher.simd.Sm4Lanes256;
import org.tidegate.mpc.cipher.simd.Sm4Lanes512;

/** SM4 over 64 KiB; an operation is a byte. */
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init") // JMH sets the fields.
public class Sm4Benchmark {
  /** Bytes a call. */
  public static final int BYTES = 65_536;

  /** Who computes. */
  @Param({Variants.LANES_512, Variants.LANES_256, Variants.SCALAR, Variants.BOUNCY_CASTLE})
  public String implementation;

  private final byte[] key = new byte[Sm4.BLOCK_BYTES];
  private final byte[] in = new byte[BYTES];
  private final byte[] out = new byte[BYTES];
  private Runnable blocks;
  private Runnable counter;

  /** Prepares the cipher. */
  @Setup
  public void prepare() {
    new Random(4).nextBytes(in);
    switch (implementation) {
      case Variants.LANES_512 -> ours(new Sm4Lanes512());
      case Variants.LANES_256 -> ours(new Sm4Lanes256());
      case Variants.SCALAR -> ours(new ScalarSm4Vartime());
      case Variants.BOUNCY_CASTLE -> bouncyCastle();
      default -> throw Variants.unknown(implementation);
    }
  }

  private void ours(Sm4Kernel kernel) {
    Sm4 cipher = new Sm4(kernel, SecretBytes.copyOf(key));
    blocks = () -> cipher.encrypt(in, 0, out, 0, BYTES / Sm4.BLOCK_BYTES);
    counter = () -> cipher.counterMode(key, in, 0, out, 0, BYTES);
  }

  private void bouncyCastle() {
    BlockCipher engine = new SM4Engine();
    engine.init(true, new KeyParameter(key));
    blocks =
        () -> {
          for (int i = 0; i < BYTES; i += Sm4.BLOCK_BYTES) {
            engine.processBlock(in, i, out, i);
          }
        };
    var mode = SICBlockCipher.newInstance(new SM4Engine());
    mode.init(true, new ParametersWithIV(new KeyParameter(key), key));
    counter = () -> mode.processBytes(in, 0, BYTES, out, 0);
  }

  /** Block by block. */
  @Benchmark
  @OperationsPerInvocation(BYTES)
  public byte[] sm4Blocks() {
    blocks.run();
    return out;
  }

  /** Counter mode. */
  @Benchmark
  @OperationsPerInvocation(BYTES)
  public byte[] sm4Counter() {
    counter.run();
    return out;
  }
}
