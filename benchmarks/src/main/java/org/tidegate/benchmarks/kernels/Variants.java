package org.tidegate.benchmarks.kernels;

import java.util.ArrayList;
import java.util.List;
import org.tidegate.mpc.lane.Field25519;
import org.tidegate.mpc.lane.Montgomery;
import org.tidegate.mpc.lane.PrimeField;
import org.tidegate.mpc.lane.PrimeFieldScalar;
import org.tidegate.mpc.lane.SparsePrime;
import org.tidegate.mpc.lane.simd.Field25519Lanes256;
import org.tidegate.mpc.lane.simd.Field25519Lanes512;
import org.tidegate.mpc.lane.simd.Montgomery256;
import org.tidegate.mpc.lane.simd.Montgomery512;
import org.tidegate.mpc.lane.simd.P256Lanes256;
import org.tidegate.mpc.lane.simd.P256Lanes512;
import org.tidegate.mpc.lane.simd.Sm2Lanes256;
import org.tidegate.mpc.lane.simd.Sm2Lanes512;

/** Names of implementations, as they stand in results. */
final class Variants {
  static final String LANES_512 = "lanes512";
  static final String LANES_256 = "lanes256";
  static final String SCALAR = "scalar";
  static final String JDK = "jdk";
  static final String BOUNCY_CASTLE = "bouncycastle";
  static final String BIG_INTEGER = "biginteger";
  static final String OPENSSL = "openssl";
  static final String GMP = "gmp";

  private Variants() {}

  /** Those that this machine cannot run. */
  static List<String> absent(int simdBits) {
    List<String> absent = new ArrayList<>();
    if (simdBits < 512) {
      absent.add(LANES_512);
    }
    if (simdBits < 256) {
      absent.add(LANES_256);
    }
    if (!NativeLibraries.hasOpenSsl()) {
      absent.add(OPENSSL);
      absent.add(PrimeCurveBenchmark.OPENSSL_UNCOMPRESSED);
    }
    if (!NativeLibraries.hasGmp()) {
      absent.add(GMP);
    }
    return absent;
  }

  static Field25519 field25519(String name) {
    return name.equals(LANES_512) ? new Field25519Lanes512() : new Field25519Lanes256();
  }

  static PrimeField primeField(String name, SparsePrime prime) {
    boolean nist = prime == SparsePrime.P256;
    return switch (name) {
      case LANES_512 -> nist ? new P256Lanes512() : new Sm2Lanes512();
      case LANES_256 -> nist ? new P256Lanes256() : new Sm2Lanes256();
      case SCALAR -> new PrimeFieldScalar(prime);
      default -> throw unknown(name);
    };
  }

  static Montgomery montgomery(String name) {
    return name.equals(LANES_512) ? new Montgomery512() : new Montgomery256();
  }

  static IllegalArgumentException unknown(String name) {
    return new IllegalArgumentException("no implementation is called " + name);
  }
}
