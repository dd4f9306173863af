package org.tidegate.mpc.bigint.simd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tidegate.mpc.lane.Montgomery;
import org.tidegate.mpc.lane.MontgomeryScalar;

class PowerLanesTest {
  private final Random random = new Random(2048);

  @ParameterizedTest
  @MethodSource("org.tidegate.mpc.lane.Lanes#montgomery")
  void raisesAsBigIntegerDoes(Montgomery montgomery) {
    for (int bits : new int[] {17, 521, 1024}) {
      BigInteger n = new BigInteger(bits, random).setBit(bits - 1).setBit(0);
      PowerLanes powers = new PowerLanes(montgomery, n);
      int width = (bits + 7) / 8 + 1;
      int count = 9;
      byte[] bases = new byte[3 + count * width];
      BigInteger[] x = new BigInteger[count];
      for (int i = 0; i < count; i++) {
        x[i] =
            switch (i) {
              case 0 -> BigInteger.ZERO;
              case 1 -> n.subtract(BigInteger.ONE);
              default -> new BigInteger(bits + 8, random).mod(n);
            };
        byte[] big = x[i].toByteArray();
        System.arraycopy(big, 0, bases, 3 + (i + 1) * width - big.length, big.length);
      }
      for (BigInteger exponent :
          new BigInteger[] {
            BigInteger.ZERO, BigInteger.ONE, BigInteger.valueOf(65537), new BigInteger(130, random)
          }) {
        byte[] out = new byte[1 + count * width];
        random.nextBytes(out);
        powers.powersVartime(exponent, bases, 3, out, 1, width, count);
        for (int i = 0; i < count; i++) {
          assertThat(new BigInteger(1, out, 1 + i * width, width))
              .isEqualTo(x[i].modPow(exponent, n));
        }
      }
    }
  }

  @Test
  void refusesANegativeExponent() {
    PowerLanes powers = new PowerLanes(new MontgomeryScalar(), BigInteger.valueOf(101));
    assertThatThrownBy(() ->
            powers.powersVartime(BigInteger.ONE.negate(), new byte[1], 0, new byte[1], 0, 1, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
