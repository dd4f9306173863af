package org.tidegate.mpc.oprf.vole;

import org.tidegate.mpc.okvs.Okvs;
import org.tidegate.mpc.okvs.OkvsParameters;
import org.tidegate.mpc.oprf.KeyTokens;
import org.tidegate.mpc.session.Session;

/** The function, as its sender holds it: F(y) = H°(Decode(B', y) + Δ·H^B(y) + w, y). */
public final class VoleOprf {
  private static final int PIECE = 4096;

  private final Session session;
  private final OkvsParameters shape;
  private final byte[] seed;
  private final long[] store;
  private final long[] delta;
  private final long[] w;

  VoleOprf(
      Session session, OkvsParameters shape, byte[] seed, long[] store, long[] delta, long[] w) {
    this.session = session;
    this.shape = shape;
    this.seed = seed;
    this.store = store;
    this.delta = delta;
    this.w = w;
  }

  /**
   * Evaluates the function.
   *
   * @param tokens {@code count} tokens of {@link KeyTokens#BYTES} bytes
   * @param outputBytes how much of each output is wanted, 8 to 32
   * @return the outputs in the order of the tokens
   */
  public byte[] evaluate(byte[] tokens, int count, int outputBytes) {
    byte[] keys = TokenParts.storeKeys(tokens, count);
    Okvs okvs = new Okvs(shape, session.kernels().gf128(), seed, keys, count);
    long[] values = new long[2 * count];
    session
        .workers()
        .forRange(
            shape.clusters(),
            1,
            (from, to) -> {
              session.checkAlive();
              okvs.decode(store, values, from, to);
            });
    byte[] out = new byte[Math.multiplyExact(count, outputBytes)];
    Multiples.Elements inner =
        new Multiples.Elements() {
          @Override
          public long low(int i) {
            return TokenParts.low(tokens, i);
          }

          @Override
          public long high(int i) {
            return TokenParts.high(shape.field(), tokens, i);
          }
        };
    session
        .workers()
        .forRange(
            count,
            PIECE,
            (from, to) -> {
              session.checkAlive();
              new Multiples(session.kernels().gf128(), delta).add(values, inner, from, to);
              OprfHash.hash(
                  session.kernels().sha256(), values, w, tokens, outputBytes, out, from, to);
            });
    return out;
  }
}
