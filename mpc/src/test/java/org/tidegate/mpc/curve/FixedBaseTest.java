package org.tidegate.mpc.curve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.tidegate.mpc.curve.simd.RistrettoLanes;
import org.tidegate.mpc.field.Scalars;
import org.tidegate.mpc.lane.Lanes;

/** Fixed bases against the multiplication by one scalar, which has its own vectors. */
class FixedBaseTest {
  private static final int SCALAR = Group.SCALAR_BYTES;

  private final Random random = new Random(2014_650);

  static Stream<GroupBatch> kernels() {
    return Stream.of(
            Stream.of(new ScalarRistretto()),
            Lanes.field25519().map(RistrettoLanes::new),
            Lanes.primeFields().map(WeierstrassLanes::new))
        .flatMap(kernel -> kernel);
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void takesAwayASecretMultiple(GroupBatch kernel) {
    Group group = kernel.group();
    BigInteger n = group.order();
    FixedBase base = kernel.fixedBase(multiple(kernel, BigInteger.valueOf(5)));
    List<BigInteger> secrets =
        List.of(
            BigInteger.ONE,
            BigInteger.TWO,
            n.subtract(BigInteger.ONE),
            n.shiftRight(1),
            n.shiftRight(1).add(BigInteger.ONE),
            BigInteger.ONE.shiftLeft(251),
            new BigInteger("8".repeat(62), 16),
            new BigInteger("7".repeat(62), 16),
            scalar(n),
            scalar(n));
    byte[] scalars = new byte[secrets.size() * SCALAR];
    byte[] in = new byte[secrets.size() * group.elementBytes()];
    byte[] expected = new byte[in.length];
    BigInteger c = BigInteger.valueOf(group.carried());
    for (int i = 0; i < secrets.size(); i++) {
      BigInteger x = scalar(n);
      put(scalars, i * SCALAR, Scalars.fromInteger(secrets.get(i)));
      put(in, i * group.elementBytes(), multiple(kernel, x));
      BigInteger left = x.subtract(secrets.get(i).multiply(BigInteger.valueOf(5)));
      put(expected, i * group.elementBytes(), multiple(kernel, left.multiply(c).mod(n)));
    }
    byte[] out = garbage(in.length);
    assertThat(base.unblind(scalars, 0, in, 0, out, 0, secrets.size())).isEqualTo(-1);
    assertThat(out).isEqualTo(expected);
    assertThat(base.unblind(scalars, 0, in, 0, in, 0, secrets.size())).isEqualTo(-1);
    assertThat(in).as("in place").isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void blindsAndUnblinds(GroupBatch kernel) {
    Group group = kernel.group();
    int element = group.elementBytes();
    byte[] key = Scalars.fromInteger(scalar(group.order()));
    byte[] keyOfBase = new byte[element];
    kernel.multiply(key, group.generator(), 0, keyOfBase, 0, 1);
    FixedBase base = kernel.fixedBase(group.generator());
    FixedBase evaluated = kernel.fixedBase(keyOfBase);
    BigInteger c = BigInteger.valueOf(group.carried());
    byte[] whole =
        Scalars.fromInteger(Scalars.toInteger(key).multiply(c).multiply(c).mod(group.order()));
    for (int count : new int[] {1, 7, 8, 9, 300}) {
      byte[] uniform = new byte[3 + count * group.uniformBytes()];
      random.nextBytes(uniform);
      byte[] scalars = new byte[5 + count * SCALAR];
      for (int i = 0; i < count; i++) {
        put(scalars, 5 + i * SCALAR, Scalars.fromInteger(scalar(group.order())));
      }
      byte[] blinded = garbage(7 + count * element);
      base.blind(scalars, 5, uniform, 3, blinded, 7, count);
      byte[] answered = new byte[count * element];
      assertThat(kernel.multiply(key, blinded, 7, answered, 0, count)).isEqualTo(-1);
      byte[] out = garbage(2 + count * element);
      assertThat(evaluated.unblind(scalars, 5, answered, 0, out, 2, count)).isEqualTo(-1);
      byte[] expected = new byte[count * element];
      kernel.multiplyUniform(whole, uniform, 3, expected, 0, count);
      assertThat(Arrays.copyOfRange(out, 2, out.length)).isEqualTo(expected);
      byte[] plain = new byte[count * element];
      kernel.multiplyUniform(Scalars.fromInteger(c), uniform, 3, plain, 0, count);
      assertThat(Arrays.copyOfRange(blinded, 7, blinded.length)).isNotEqualTo(plain);
    }
  }

  @ParameterizedTest
  @EnumSource(Group.class)
  void allKernelsGiveTheSameBytes(Group group) {
    int count = 21;
    byte[] uniform = new byte[count * group.uniformBytes()];
    random.nextBytes(uniform);
    byte[] scalars = new byte[count * SCALAR];
    for (int i = 0; i < count; i++) {
      put(scalars, i * SCALAR, Scalars.fromInteger(scalar(group.order())));
    }
    List<byte[]> results =
        kernels()
            .filter(kernel -> kernel.group() == group)
            .map(kernel -> {
              byte[] out = new byte[count * group.elementBytes()];
              kernel.fixedBase(group.generator()).blind(scalars, 0, uniform, 0, out, 0, count);
              return out;
            })
            .toList();
    assertThat(results)
        .hasSizeGreaterThan(2)
        .allSatisfy(r -> assertThat(r).isEqualTo(results.get(0)));
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void refusesWhatIsNoElement(GroupBatch kernel) {
    Group group = kernel.group();
    int element = group.elementBytes();
    assertThatThrownBy(() -> kernel.fixedBase(new byte[element]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> kernel.fixedBase(new byte[element - 1]))
        .isInstanceOf(IllegalArgumentException.class);
    FixedBase base = kernel.fixedBase(group.generator());
    int count = 20;
    byte[] in = new byte[count * element];
    byte[] scalars = new byte[count * SCALAR];
    for (int i = 0; i < count; i++) {
      put(in, i * element, multiple(kernel, scalar(group.order())));
      put(scalars, i * SCALAR, Scalars.fromInteger(scalar(group.order())));
    }
    Arrays.fill(in, 11 * element, 12 * element, (byte) 0xff);
    Arrays.fill(in, 13 * element, 14 * element, (byte) 0);
    assertThat(base.unblind(scalars, 0, in, 0, new byte[in.length], 0, count)).isEqualTo(11);
    put(scalars, 0, Scalars.fromInteger(group.order()));
    assertThatThrownBy(() -> base.unblind(scalars, 0, in, 0, new byte[in.length], 0, count))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static byte[] multiple(GroupBatch kernel, BigInteger k) {
    byte[] out = new byte[kernel.group().elementBytes()];
    kernel.multiply(Scalars.fromInteger(k), kernel.group().generator(), 0, out, 0, 1);
    return out;
  }

  private BigInteger scalar(BigInteger order) {
    return new BigInteger(300, random).mod(order.subtract(BigInteger.ONE)).add(BigInteger.ONE);
  }

  private byte[] garbage(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private static void put(byte[] to, int at, byte[] from) {
    System.arraycopy(from, 0, to, at, from.length);
  }
}
