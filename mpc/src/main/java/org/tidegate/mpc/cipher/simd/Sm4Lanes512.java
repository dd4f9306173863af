package org.tidegate.mpc.cipher.simd;

import static jdk.incubator.vector.VectorOperators.ROL;
import static jdk.incubator.vector.VectorOperators.XOR;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;
import org.tidegate.mpc.cipher.Sm4Kernel;
import org.tidegate.mpc.cipher.Sm4Tables;

/**
 * {@link Sm4Kernel} in 512-bit vectors: a lane of 32 bits per block, four vectors for the words of
 * so many blocks, and three such groups side by side. The S-box stands in vector registers and is
 * read by permutations, so neither time nor memory accesses depend on data.
 */
public final class Sm4Lanes512 implements Sm4Kernel {
  private static final VectorSpecies<Integer> I = IntVector.SPECIES_512;
  private static final VectorSpecies<Byte> B = ByteVector.SPECIES_512;
  private static final int W = I.length();
  private static final int BYTES = B.length();

  /** Blocks that are worked on together. */
  private static final int GROUP = 3 * W;

  private static final int BLOCK_BYTES = 16;

  // Twice, so that narrow and wide vectors alike can load eight parts.
  private static final byte[] BOX = doubled(Sm4Tables.box());

  // Words in big-endian order.
  private static final ByteVector SWAP = bytes(i -> i ^ 3);
  // Blocks to words, and back: of two vectors the even and odd lanes; the inverse interleaves.
  private static final IntVector EVEN = ints(i -> 2 * i);
  private static final IntVector ODD = ints(i -> 2 * i + 1);
  private static final IntVector ZIP_LOW = ints(i -> i / 2 + W * (i % 2));
  private static final IntVector ZIP_HIGH = ints(i -> (W + i) / 2 + W * (i % 2));

  private static byte[] doubled(byte[] box) {
    byte[] twice = Arrays.copyOf(box, 2 * box.length);
    System.arraycopy(box, 0, twice, box.length, box.length);
    return twice;
  }

  private static ByteVector bytes(IntUnaryOperator of) {
    byte[] lanes = new byte[BYTES];
    for (int i = 0; i < BYTES; i++) {
      lanes[i] = (byte) of.applyAsInt(i);
    }
    return ByteVector.fromArray(B, lanes, 0);
  }

  private static IntVector ints(IntUnaryOperator of) {
    int[] lanes = new int[W];
    Arrays.setAll(lanes, of);
    return IntVector.fromArray(I, lanes, 0);
  }

  @Override
  public void crypt(
      int[] roundKeys, byte[] in, int inOffset, byte[] out, int outOffset, int blocks) {
    int[] words = new int[4 * GROUP];
    int done = 0;
    for (; done + GROUP <= blocks; done += GROUP) {
      load(in, inOffset + BLOCK_BYTES * done, words, 0);
      load(in, inOffset + BLOCK_BYTES * (done + W), words, 4 * W);
      load(in, inOffset + BLOCK_BYTES * (done + 2 * W), words, 8 * W);
      rounds(roundKeys, words);
      store(words, 0, out, outOffset + BLOCK_BYTES * done);
      store(words, 4 * W, out, outOffset + BLOCK_BYTES * (done + W));
      store(words, 8 * W, out, outOffset + BLOCK_BYTES * (done + 2 * W));
    }
    if (done < blocks) {
      byte[] last = new byte[GROUP * BLOCK_BYTES];
      int length = BLOCK_BYTES * (blocks - done);
      System.arraycopy(in, inOffset + BLOCK_BYTES * done, last, 0, length);
      load(last, 0, words, 0);
      load(last, BLOCK_BYTES * W, words, 4 * W);
      load(last, BLOCK_BYTES * 2 * W, words, 8 * W);
      rounds(roundKeys, words);
      store(words, 0, last, 0);
      store(words, 4 * W, last, BLOCK_BYTES * W);
      store(words, 8 * W, last, BLOCK_BYTES * 2 * W);
      System.arraycopy(last, 0, out, outOffset + BLOCK_BYTES * done, length);
    }
    Arrays.fill(words, 0);
  }

  /** W blocks become four vectors: their first, second, third and fourth words. */
  private static void load(byte[] in, int from, int[] words, int to) {
    IntVector a = swap(ByteVector.fromArray(B, in, from));
    IntVector b = swap(ByteVector.fromArray(B, in, from + BYTES));
    IntVector c = swap(ByteVector.fromArray(B, in, from + 2 * BYTES));
    IntVector d = swap(ByteVector.fromArray(B, in, from + 3 * BYTES));
    IntVector abEven = EVEN.selectFrom(a, b);
    IntVector cdEven = EVEN.selectFrom(c, d);
    IntVector abOdd = ODD.selectFrom(a, b);
    IntVector cdOdd = ODD.selectFrom(c, d);
    EVEN.selectFrom(abEven, cdEven).intoArray(words, to);
    EVEN.selectFrom(abOdd, cdOdd).intoArray(words, to + W);
    ODD.selectFrom(abEven, cdEven).intoArray(words, to + 2 * W);
    ODD.selectFrom(abOdd, cdOdd).intoArray(words, to + 3 * W);
  }

  /** The reverse of {@link #load}. */
  private static void store(int[] words, int from, byte[] out, int to) {
    IntVector first = IntVector.fromArray(I, words, from);
    IntVector second = IntVector.fromArray(I, words, from + W);
    IntVector third = IntVector.fromArray(I, words, from + 2 * W);
    IntVector fourth = IntVector.fromArray(I, words, from + 3 * W);
    IntVector abEven = ZIP_LOW.selectFrom(first, third);
    IntVector cdEven = ZIP_HIGH.selectFrom(first, third);
    IntVector abOdd = ZIP_LOW.selectFrom(second, fourth);
    IntVector cdOdd = ZIP_HIGH.selectFrom(second, fourth);
    swapped(ZIP_LOW.selectFrom(abEven, abOdd)).intoArray(out, to);
    swapped(ZIP_HIGH.selectFrom(abEven, abOdd)).intoArray(out, to + BYTES);
    swapped(ZIP_LOW.selectFrom(cdEven, cdOdd)).intoArray(out, to + 2 * BYTES);
    swapped(ZIP_HIGH.selectFrom(cdEven, cdOdd)).intoArray(out, to + 3 * BYTES);
  }

  private static IntVector swap(ByteVector x) {
    return SWAP.selectFrom(x).reinterpretAsInts();
  }

  private static ByteVector swapped(IntVector x) {
    return SWAP.selectFrom(x.reinterpretAsBytes());
  }

  /** All rounds over three groups; the words come out in reverse order. */
  private static void rounds(int[] roundKeys, int[] words) {
    ByteVector t0 = ByteVector.fromArray(B, BOX, 0);
    ByteVector t1 = ByteVector.fromArray(B, BOX, BYTES);
    ByteVector t2 = ByteVector.fromArray(B, BOX, 2 * BYTES);
    ByteVector t3 = ByteVector.fromArray(B, BOX, 3 * BYTES);
    ByteVector t4 = ByteVector.fromArray(B, BOX, 4 * BYTES);
    ByteVector t5 = ByteVector.fromArray(B, BOX, 5 * BYTES);
    ByteVector t6 = ByteVector.fromArray(B, BOX, 6 * BYTES);
    ByteVector t7 = ByteVector.fromArray(B, BOX, 7 * BYTES);
    IntVector a = IntVector.fromArray(I, words, 0 * W);
    IntVector b = IntVector.fromArray(I, words, 1 * W);
    IntVector c = IntVector.fromArray(I, words, 2 * W);
    IntVector d = IntVector.fromArray(I, words, 3 * W);
    IntVector e = IntVector.fromArray(I, words, 4 * W);
    IntVector f = IntVector.fromArray(I, words, 5 * W);
    IntVector g = IntVector.fromArray(I, words, 6 * W);
    IntVector h = IntVector.fromArray(I, words, 7 * W);
    IntVector i = IntVector.fromArray(I, words, 8 * W);
    IntVector j = IntVector.fromArray(I, words, 9 * W);
    IntVector k = IntVector.fromArray(I, words, 10 * W);
    IntVector l = IntVector.fromArray(I, words, 11 * W);
    for (int roundKey : roundKeys) {
      IntVector key = IntVector.broadcast(I, roundKey);
      ByteVector x = b.lanewise(XOR, c).lanewise(XOR, d.lanewise(XOR, key)).reinterpretAsBytes();
      ByteVector y = f.lanewise(XOR, g).lanewise(XOR, h.lanewise(XOR, key)).reinterpretAsBytes();
      ByteVector z = j.lanewise(XOR, k).lanewise(XOR, l.lanewise(XOR, key)).reinterpretAsBytes();
      IntVector u = substitute(x, t0, t1, t2, t3, t4, t5, t6, t7).reinterpretAsInts();
      IntVector v = substitute(y, t0, t1, t2, t3, t4, t5, t6, t7).reinterpretAsInts();
      IntVector w = substitute(z, t0, t1, t2, t3, t4, t5, t6, t7).reinterpretAsInts();
      a =
          a.lanewise(XOR, u)
              .lanewise(XOR, u.lanewise(ROL, 2).lanewise(XOR, u.lanewise(ROL, 10)))
              .lanewise(XOR, u.lanewise(ROL, 18).lanewise(XOR, u.lanewise(ROL, 24)));
      e =
          e.lanewise(XOR, v)
              .lanewise(XOR, v.lanewise(ROL, 2).lanewise(XOR, v.lanewise(ROL, 10)))
              .lanewise(XOR, v.lanewise(ROL, 18).lanewise(XOR, v.lanewise(ROL, 24)));
      i =
          i.lanewise(XOR, w)
              .lanewise(XOR, w.lanewise(ROL, 2).lanewise(XOR, w.lanewise(ROL, 10)))
              .lanewise(XOR, w.lanewise(ROL, 18).lanewise(XOR, w.lanewise(ROL, 24)));
      u = a;
      a = b;
      b = c;
      c = d;
      d = u;
      v = e;
      e = f;
      f = g;
      g = h;
      h = v;
      w = i;
      i = j;
      j = k;
      k = l;
      l = w;
    }
    d.intoArray(words, 0 * W);
    c.intoArray(words, 1 * W);
    b.intoArray(words, 2 * W);
    a.intoArray(words, 3 * W);
    h.intoArray(words, 4 * W);
    g.intoArray(words, 5 * W);
    f.intoArray(words, 6 * W);
    e.intoArray(words, 7 * W);
    l.intoArray(words, 8 * W);
    k.intoArray(words, 9 * W);
    j.intoArray(words, 10 * W);
    i.intoArray(words, 11 * W);
  }

  /** The S-box of each byte: two registers hold 128 entries, or 64 of narrow vectors. */
  private static ByteVector substitute(
      ByteVector x,
      ByteVector t0,
      ByteVector t1,
      ByteVector t2,
      ByteVector t3,
      ByteVector t4,
      ByteVector t5,
      ByteVector t6,
      ByteVector t7) {
    VectorMask<Byte> upper = x.lt((byte) 0);
    if (BYTES == 64) {
      return x.selectFrom(t0, t1).blend(x.selectFrom(t2, t3), upper);
    }
    VectorMask<Byte> odd = x.and((byte) 64).eq((byte) 64);
    ByteVector low = x.selectFrom(t0, t1).blend(x.selectFrom(t2, t3), odd);
    ByteVector high = x.selectFrom(t4, t5).blend(x.selectFrom(t6, t7), odd);
    return low.blend(high, upper);
  }
}
