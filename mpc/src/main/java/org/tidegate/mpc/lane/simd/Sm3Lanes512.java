package org.tidegate.mpc.lane.simd;

import static jdk.incubator.vector.VectorOperators.ROL;
import static jdk.incubator.vector.VectorOperators.XOR;

import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;
import org.tidegate.mpc.lane.Compression;

/**
 * The compression function of SM3 (GB/T 32905-2016, 5.3), one message per 32-bit lane of 512-bit
 * vectors.
 */
public final class Sm3Lanes512 implements Compression {
  private static final VectorSpecies<Integer> I = IntVector.SPECIES_512;
  private static final int W = I.length();
  private static final int ROUNDS = 64;
  private static final int[] INITIAL = {
    0x7380166f, 0x4914b2b9, 0x172442d7, 0xda8a0600, 0xa96f30bc, 0x163138aa, 0xe38dee4d, 0xb0fb0e4e
  };

  /**
   * The rotated round constants, one copy per lane: adding from memory is cheaper than
   * broadcasting.
   */
  private static final int[] CONSTANTS = new int[ROUNDS * W];

  /** Where the schedule keeps the state that goes in. */
  private static final int BEFORE = (ROUNDS + 4) * W;

  static {
    for (int i = 0; i < ROUNDS * W; i++) {
      int t = i / W;
      CONSTANTS[i] = Integer.rotateLeft(t < 16 ? 0x79cc4519 : 0x7a879d8a, t);
    }
  }

  @Override
  public int lanes() {
    return W;
  }

  @Override
  public int scheduleWords() {
    return ROUNDS + 4 + STATE_WORDS;
  }

  @Override
  public int initial(int word) {
    return INITIAL[word];
  }

  @Override
  public void compress(int[] state, int[] schedule) {
    for (int t = 16 * W; t < BEFORE; t += W) {
      IntVector w3 = IntVector.fromArray(I, schedule, t - 3 * W).lanewise(ROL, 15);
      IntVector w =
          IntVector.fromArray(I, schedule, t - 16 * W)
              .lanewise(XOR, IntVector.fromArray(I, schedule, t - 9 * W))
              .lanewise(XOR, w3);
      w = w.lanewise(XOR, w.lanewise(ROL, 15)).lanewise(XOR, w.lanewise(ROL, 23));
      IntVector w13 = IntVector.fromArray(I, schedule, t - 13 * W).lanewise(ROL, 7);
      w.lanewise(XOR, w13)
          .lanewise(XOR, IntVector.fromArray(I, schedule, t - 6 * W))
          .intoArray(schedule, t);
    }
    System.arraycopy(state, 0, schedule, BEFORE, STATE_WORDS * W);
    early(state, schedule);
    late(state, schedule);
    for (int i = 0; i < STATE_WORDS * W; i += W) {
      IntVector.fromArray(I, state, i)
          .lanewise(XOR, IntVector.fromArray(I, schedule, BEFORE + i))
          .intoArray(state, i);
    }
  }

  /** Rounds 0 to 15, four a turn, after which the variables have their names again. */
  private static void early(int[] state, int[] schedule) {
    IntVector a = IntVector.fromArray(I, state, 0);
    IntVector b = IntVector.fromArray(I, state, 1 * W);
    IntVector c = IntVector.fromArray(I, state, 2 * W);
    IntVector d = IntVector.fromArray(I, state, 3 * W);
    IntVector e = IntVector.fromArray(I, state, 4 * W);
    IntVector f = IntVector.fromArray(I, state, 5 * W);
    IntVector g = IntVector.fromArray(I, state, 6 * W);
    IntVector h = IntVector.fromArray(I, state, 7 * W);
    for (int t = 0; t < 16; t += 4) {
      int at = t * W;
      IntVector r;
      IntVector s;
      IntVector w;
      IntVector x;
      r = a.lanewise(ROL, 12);
      s = r.add(e).add(IntVector.fromArray(I, CONSTANTS, at)).lanewise(ROL, 7);
      w = IntVector.fromArray(I, schedule, at);
      x = w.lanewise(XOR, IntVector.fromArray(I, schedule, at + 4 * W));
      d = d.add(a.lanewise(XOR, b).lanewise(XOR, c)).add(s.lanewise(XOR, r)).add(x);
      h = h.add(e.lanewise(XOR, f).lanewise(XOR, g)).add(s).add(w);
      h = h.lanewise(XOR, h.lanewise(ROL, 9)).lanewise(XOR, h.lanewise(ROL, 17));
      b = b.lanewise(ROL, 9);
      f = f.lanewise(ROL, 19);
      r = d.lanewise(ROL, 12);
      s = r.add(h).add(IntVector.fromArray(I, CONSTANTS, at + 1 * W)).lanewise(ROL, 7);
      w = IntVector.fromArray(I, schedule, at + 1 * W);
      x = w.lanewise(XOR, IntVector.fromArray(I, schedule, at + 5 * W));
      c = c.add(d.lanewise(XOR, a).lanewise(XOR, b)).add(s.lanewise(XOR, r)).add(x);
      g = g.add(h.lanewise(XOR, e).lanewise(XOR, f)).add(s).add(w);
      g = g.lanewise(XOR, g.lanewise(ROL, 9)).lanewise(XOR, g.lanewise(ROL, 17));
      a = a.lanewise(ROL, 9);
      e = e.lanewise(ROL, 19);
      r = c.lanewise(ROL, 12);
      s = r.add(g).add(IntVector.fromArray(I, CONSTANTS, at + 2 * W)).lanewise(ROL, 7);
      w = IntVector.fromArray(I, schedule, at + 2 * W);
      x = w.lanewise(XOR, IntVector.fromArray(I, schedule, at + 6 * W));
      b = b.add(c.lanewise(XOR, d).lanewise(XOR, a)).add(s.lanewise(XOR, r)).add(x);
      f = f.add(g.lanewise(XOR, h).lanewise(XOR, e)).add(s).add(w);
      f = f.lanewise(XOR, f.lanewise(ROL, 9)).lanewise(XOR, f.lanewise(ROL, 17));
      d = d.lanewise(ROL, 9);
      h = h.lanewise(ROL, 19);
      r = b.lanewise(ROL, 12);
      s = r.add(f).add(IntVector.fromArray(I, CONSTANTS, at + 3 * W)).lanewise(ROL, 7);
      w = IntVector.fromArray(I, schedule, at + 3 * W);
      x = w.lanewise(XOR, IntVector.fromArray(I, schedule, at + 7 * W));
      a = a.add(b.lanewise(XOR, c).lanewise(XOR, d)).add(s.lanewise(XOR, r)).add(x);
      e = e.add(f.lanewise(XOR, g).lanewise(XOR, h)).add(s).add(w);
      e = e.lanewise(XOR, e.lanewise(ROL, 9)).lanewise(XOR, e.lanewise(ROL, 17));
      c = c.lanewise(ROL, 9);
      g = g.lanewise(ROL, 19);
    }
    a.intoArray(state, 0);
    b.intoArray(state, 1 * W);
    c.intoArray(state, 2 * W);
    d.intoArray(state, 3 * W);
    e.intoArray(state, 4 * W);
    f.intoArray(state, 5 * W);
    g.intoArray(state, 6 * W);
    h.intoArray(state, 7 * W);
  }

  /** Rounds 16 to 63. */
  private static void late(int[] state, int[] schedule) {
    IntVector a = IntVector.fromArray(I, state, 0);
    IntVector b = IntVector.fromArray(I, state, 1 * W);
    IntVector c = IntVector.fromArray(I, state, 2 * W);
    IntVector d = IntVector.fromArray(I, state, 3 * W);
    IntVector e = IntVector.fromArray(I, state, 4 * W);
    IntVector f = IntVector.fromArray(I, state, 5 * W);
    IntVector g = IntVector.fromArray(I, state, 6 * W);
    IntVector h = IntVector.fromArray(I, state, 7 * W);
    for (int t = 16; t < ROUNDS; t += 4) {
      int at = t * W;
      IntVector r;
      IntVector s;
      IntVector w;
      IntVector x;
      r = a.lanewise(ROL, 12);
      s = r.add(e).add(IntVector.fromArray(I, CONSTANTS, at)).lanewise(ROL, 7);
      w = IntVector.fromArray(I, schedule, at);
      x = w.lanewise(XOR, IntVector.fromArray(I, schedule, at + 4 * W));
      d = d.add(a.and(b).or(c.and(a.or(b)))).add(s.lanewise(XOR, r)).add(x);
      h = h.add(g.lanewise(XOR, e.and(f.lanewise(XOR, g)))).add(s).add(w);
      h = h.lanewise(XOR, h.lanewise(ROL, 9)).lanewise(XOR, h.lanewise(ROL, 17));
      b = b.lanewise(ROL, 9);
      f = f.lanewise(ROL, 19);
      r = d.lanewise(ROL, 12);
      s = r.add(h).add(IntVector.fromArray(I, CONSTANTS, at + 1 * W)).lanewise(ROL, 7);
      w = IntVector.fromArray(I, schedule, at + 1 * W);
      x = w.lanewise(XOR, IntVector.fromArray(I, schedule, at + 5 * W));
      c = c.add(d.and(a).or(b.and(d.or(a)))).add(s.lanewise(XOR, r)).add(x);
      g = g.add(f.lanewise(XOR, h.and(e.lanewise(XOR, f)))).add(s).add(w);
      g = g.lanewise(XOR, g.lanewise(ROL, 9)).lanewise(XOR, g.lanewise(ROL, 17));
      a = a.lanewise(ROL, 9);
      e = e.lanewise(ROL, 19);
      r = c.lanewise(ROL, 12);
      s = r.add(g).add(IntVector.fromArray(I, CONSTANTS, at + 2 * W)).lanewise(ROL, 7);
      w = IntVector.fromArray(I, schedule, at + 2 * W);
      x = w.lanewise(XOR, IntVector.fromArray(I, schedule, at + 6 * W));
      b = b.add(c.and(d).or(a.and(c.or(d)))).add(s.lanewise(XOR, r)).add(x);
      f = f.add(e.lanewise(XOR, g.and(h.lanewise(XOR, e)))).add(s).add(w);
      f = f.lanewise(XOR, f.lanewise(ROL, 9)).lanewise(XOR, f.lanewise(ROL, 17));
      d = d.lanewise(ROL, 9);
      h = h.lanewise(ROL, 19);
      r = b.lanewise(ROL, 12);
      s = r.add(f).add(IntVector.fromArray(I, CONSTANTS, at + 3 * W)).lanewise(ROL, 7);
      w = IntVector.fromArray(I, schedule, at + 3 * W);
      x = w.lanewise(XOR, IntVector.fromArray(I, schedule, at + 7 * W));
      a = a.add(b.and(c).or(d.and(b.or(c)))).add(s.lanewise(XOR, r)).add(x);
      e = e.add(h.lanewise(XOR, f.and(g.lanewise(XOR, h)))).add(s).add(w);
      e = e.lanewise(XOR, e.lanewise(ROL, 9)).lanewise(XOR, e.lanewise(ROL, 17));
      c = c.lanewise(ROL, 9);
      g = g.lanewise(ROL, 19);
    }
    a.intoArray(state, 0);
    b.intoArray(state, 1 * W);
    c.intoArray(state, 2 * W);
    d.intoArray(state, 3 * W);
    e.intoArray(state, 4 * W);
    f.intoArray(state, 5 * W);
    g.intoArray(state, 6 * W);
    h.intoArray(state, 7 * W);
  }
}
