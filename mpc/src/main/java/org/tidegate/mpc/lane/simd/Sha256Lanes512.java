package org.tidegate.mpc.lane.simd;

import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.ROR;
import static jdk.incubator.vector.VectorOperators.XOR;

import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;
import org.tidegate.mpc.lane.Compression;

/**
 * The compression function of SHA-256 (FIPS 180-4, 6.2.2), one message per 32-bit lane of 512-bit
 * vectors.
 */
public final class Sha256Lanes512 implements Compression {
  private static final VectorSpecies<Integer> I = IntVector.SPECIES_512;
  private static final int W = I.length();
  private static final int ROUNDS = 64;
  private static final int[] INITIAL = {
    0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19
  };
  private static final int[] K = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2
  };

  /** Round constants, one copy per lane: adding from memory is cheaper than broadcasting. */
  private static final int[] CONSTANTS = new int[ROUNDS * W];

  static {
    for (int i = 0; i < ROUNDS * W; i++) {
      CONSTANTS[i] = K[i / W];
    }
  }

  @Override
  public int lanes() {
    return W;
  }

  @Override
  public int scheduleWords() {
    return ROUNDS;
  }

  @Override
  public int initial(int word) {
    return INITIAL[word];
  }

  @Override
  public void compress(int[] state, int[] schedule) {
    for (int t = 16 * W; t < ROUNDS * W; t += W) {
      IntVector w15 = IntVector.fromArray(I, schedule, t - 15 * W);
      IntVector w2 = IntVector.fromArray(I, schedule, t - 2 * W);
      IntVector s0 =
          w15.lanewise(ROR, 7)
              .lanewise(XOR, w15.lanewise(ROR, 18))
              .lanewise(XOR, w15.lanewise(LSHR, 3));
      IntVector s1 =
          w2.lanewise(ROR, 17)
              .lanewise(XOR, w2.lanewise(ROR, 19))
              .lanewise(XOR, w2.lanewise(LSHR, 10));
      IntVector.fromArray(I, schedule, t - 16 * W)
          .add(IntVector.fromArray(I, schedule, t - 7 * W))
          .add(s0)
          .add(s1)
          .intoArray(schedule, t);
    }
    rounds(state, schedule);
  }

  /** Eight rounds a turn, after which the variables have their names again. */
  private static void rounds(int[] state, int[] schedule) {
    IntVector a = IntVector.fromArray(I, state, 0);
    IntVector b = IntVector.fromArray(I, state, 1 * W);
    IntVector c = IntVector.fromArray(I, state, 2 * W);
    IntVector d = IntVector.fromArray(I, state, 3 * W);
    IntVector e = IntVector.fromArray(I, state, 4 * W);
    IntVector f = IntVector.fromArray(I, state, 5 * W);
    IntVector g = IntVector.fromArray(I, state, 6 * W);
    IntVector h = IntVector.fromArray(I, state, 7 * W);
    for (int t = 0; t < ROUNDS; t += 8) {
      int at = t * W;
      h = h.add(IntVector.fromArray(I, schedule, at)).add(IntVector.fromArray(I, CONSTANTS, at));
      h =
          h.add(
              e.lanewise(ROR, 6)
                  .lanewise(XOR, e.lanewise(ROR, 11))
                  .lanewise(XOR, e.lanewise(ROR, 25)));
      h = h.add(g.lanewise(XOR, e.and(f.lanewise(XOR, g))));
      d = d.add(h);
      h =
          h.add(
              a.lanewise(ROR, 2)
                  .lanewise(XOR, a.lanewise(ROR, 13))
                  .lanewise(XOR, a.lanewise(ROR, 22)));
      h = h.add(a.and(b).or(c.and(a.or(b))));
      g =
          g.add(IntVector.fromArray(I, schedule, at + 1 * W))
              .add(IntVector.fromArray(I, CONSTANTS, at + 1 * W));
      g =
          g.add(
              d.lanewise(ROR, 6)
                  .lanewise(XOR, d.lanewise(ROR, 11))
                  .lanewise(XOR, d.lanewise(ROR, 25)));
      g = g.add(f.lanewise(XOR, d.and(e.lanewise(XOR, f))));
      c = c.add(g);
      g =
          g.add(
              h.lanewise(ROR, 2)
                  .lanewise(XOR, h.lanewise(ROR, 13))
                  .lanewise(XOR, h.lanewise(ROR, 22)));
      g = g.add(h.and(a).or(b.and(h.or(a))));
      f =
          f.add(IntVector.fromArray(I, schedule, at + 2 * W))
              .add(IntVector.fromArray(I, CONSTANTS, at + 2 * W));
      f =
          f.add(
              c.lanewise(ROR, 6)
                  .lanewise(XOR, c.lanewise(ROR, 11))
                  .lanewise(XOR, c.lanewise(ROR, 25)));
      f = f.add(e.lanewise(XOR, c.and(d.lanewise(XOR, e))));
      b = b.add(f);
      f =
          f.add(
              g.lanewise(ROR, 2)
                  .lanewise(XOR, g.lanewise(ROR, 13))
                  .lanewise(XOR, g.lanewise(ROR, 22)));
      f = f.add(g.and(h).or(a.and(g.or(h))));
      e =
          e.add(IntVector.fromArray(I, schedule, at + 3 * W))
              .add(IntVector.fromArray(I, CONSTANTS, at + 3 * W));
      e =
          e.add(
              b.lanewise(ROR, 6)
                  .lanewise(XOR, b.lanewise(ROR, 11))
                  .lanewise(XOR, b.lanewise(ROR, 25)));
      e = e.add(d.lanewise(XOR, b.and(c.lanewise(XOR, d))));
      a = a.add(e);
      e =
          e.add(
              f.lanewise(ROR, 2)
                  .lanewise(XOR, f.lanewise(ROR, 13))
                  .lanewise(XOR, f.lanewise(ROR, 22)));
      e = e.add(f.and(g).or(h.and(f.or(g))));
      d =
          d.add(IntVector.fromArray(I, schedule, at + 4 * W))
              .add(IntVector.fromArray(I, CONSTANTS, at + 4 * W));
      d =
          d.add(
              a.lanewise(ROR, 6)
                  .lanewise(XOR, a.lanewise(ROR, 11))
                  .lanewise(XOR, a.lanewise(ROR, 25)));
      d = d.add(c.lanewise(XOR, a.and(b.lanewise(XOR, c))));
      h = h.add(d);
      d =
          d.add(
              e.lanewise(ROR, 2)
                  .lanewise(XOR, e.lanewise(ROR, 13))
                  .lanewise(XOR, e.lanewise(ROR, 22)));
      d = d.add(e.and(f).or(g.and(e.or(f))));
      c =
          c.add(IntVector.fromArray(I, schedule, at + 5 * W))
              .add(IntVector.fromArray(I, CONSTANTS, at + 5 * W));
      c =
          c.add(
              h.lanewise(ROR, 6)
                  .lanewise(XOR, h.lanewise(ROR, 11))
                  .lanewise(XOR, h.lanewise(ROR, 25)));
      c = c.add(b.lanewise(XOR, h.and(a.lanewise(XOR, b))));
      g = g.add(c);
      c =
          c.add(
              d.lanewise(ROR, 2)
                  .lanewise(XOR, d.lanewise(ROR, 13))
                  .lanewise(XOR, d.lanewise(ROR, 22)));
      c = c.add(d.and(e).or(f.and(d.or(e))));
      b =
          b.add(IntVector.fromArray(I, schedule, at + 6 * W))
              .add(IntVector.fromArray(I, CONSTANTS, at + 6 * W));
      b =
          b.add(
              g.lanewise(ROR, 6)
                  .lanewise(XOR, g.lanewise(ROR, 11))
                  .lanewise(XOR, g.lanewise(ROR, 25)));
      b = b.add(a.lanewise(XOR, g.and(h.lanewise(XOR, a))));
      f = f.add(b);
      b =
          b.add(
              c.lanewise(ROR, 2)
                  .lanewise(XOR, c.lanewise(ROR, 13))
                  .lanewise(XOR, c.lanewise(ROR, 22)));
      b = b.add(c.and(d).or(e.and(c.or(d))));
      a =
          a.add(IntVector.fromArray(I, schedule, at + 7 * W))
              .add(IntVector.fromArray(I, CONSTANTS, at + 7 * W));
      a =
          a.add(
              f.lanewise(ROR, 6)
                  .lanewise(XOR, f.lanewise(ROR, 11))
                  .lanewise(XOR, f.lanewise(ROR, 25)));
      a = a.add(h.lanewise(XOR, f.and(g.lanewise(XOR, h))));
      e = e.add(a);
      a =
          a.add(
              b.lanewise(ROR, 2)
                  .lanewise(XOR, b.lanewise(ROR, 13))
                  .lanewise(XOR, b.lanewise(ROR, 22)));
      a = a.add(b.and(c).or(d.and(b.or(c))));
    }
    a.add(IntVector.fromArray(I, state, 0)).intoArray(state, 0);
    b.add(IntVector.fromArray(I, state, 1 * W)).intoArray(state, 1 * W);
    c.add(IntVector.fromArray(I, state, 2 * W)).intoArray(state, 2 * W);
    d.add(IntVector.fromArray(I, state, 3 * W)).intoArray(state, 3 * W);
    e.add(IntVector.fromArray(I, state, 4 * W)).intoArray(state, 4 * W);
    f.add(IntVector.fromArray(I, state, 5 * W)).intoArray(state, 5 * W);
    g.add(IntVector.fromArray(I, state, 6 * W)).intoArray(state, 6 * W);
    h.add(IntVector.fromArray(I, state, 7 * W)).intoArray(state, 7 * W);
  }
}
