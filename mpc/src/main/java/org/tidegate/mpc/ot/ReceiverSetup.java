package org.tidegate.mpc.ot;

import java.util.Arrays;
import org.tidegate.mpc.curve.DoubledElements;
import org.tidegate.mpc.curve.FixedElement;
import org.tidegate.mpc.curve.SecretScalars;
import org.tidegate.mpc.random.SecretRandom;
import org.tidegate.mpc.session.Session;

/** The party that chooses, before it has spoken. */
public final class ReceiverSetup {
  private static final int ELEMENT = BaseHashes.ELEMENT;
  private static final int UNIFORM = BaseHashes.UNIFORM;

  private final Session session;
  private final BaseOtParameters parameters;
  private final String use;

  /**
   * Transfers of one use.
   *
   * @param use what they are for; each use once per session
   */
  public ReceiverSetup(Session session, BaseOtParameters parameters, String use) {
    this.session = session;
    this.parameters = parameters;
    this.use = use;
  }

  /**
   * Draws the elements; says nothing to the peer yet.
   *
   * @param choices choice i is bit i mod 64 of word i/64; others are ignored
   */
  public Receiver prepare(long[] choices) {
    int count = parameters.transfers();
    if (choices.length < (count + 63) / 64) {
      throw new IllegalArgumentException(
          "%d words hold fewer than %d choices".formatted(choices.length, count));
    }
    byte[] scalars = new byte[count * ELEMENT];
    byte[] uniform;
    try (SecretRandom random = session.random().fork("ot.base.receiver/" + use)) {
      for (int i = 0; i < count; i++) {
        System.arraycopy(SecretScalars.random(random), 0, scalars, i * ELEMENT, ELEMENT);
      }
      uniform = random.nextBytes(count * UNIFORM);
    }
    BaseHashes hashes = new BaseHashes(session, parameters, use);
    byte[] elements = new byte[2 * count * ELEMENT];
    FixedElement generator = FixedElement.generator();
    session
        .workers()
        .forRange(
            count,
            BaseHashes.PIECE,
            (from, to) -> draw(hashes, generator, choices, scalars, uniform, elements, from, to));
    return new Receiver(session, hashes, choices.clone(), scalars, elements);
  }

  private static void draw(
      BaseHashes hashes,
      FixedElement generator,
      long[] choices,
      byte[] scalars,
      byte[] uniform,
      byte[] elements,
      int from,
      int to) {
    int size = to - from;
    DoubledElements doubled = new DoubledElements();
    byte[] other = new byte[size * ELEMENT];
    doubled.map(uniform, from * UNIFORM, other, 0, size);
    byte[] masks = new byte[size * UNIFORM];
    BaseHashes.Masks mask = hashes.masks();
    for (int i = 0; i < size; i++) {
      mask.uniform(
          from + i, Receiver.choice(choices, from + i), other, i * ELEMENT, masks, i * UNIFORM);
    }
    byte[] chosen = new byte[size * ELEMENT];
    doubled.multiplyMasked(generator, scalars, from * ELEMENT, masks, 0, chosen, 0, size);
    for (int i = 0; i < size; i++) {
      byte swap = (byte) -Receiver.choice(choices, from + i);
      int at = 2 * (from + i) * ELEMENT;
      for (int j = 0; j < ELEMENT; j++) {
        byte c = chosen[i * ELEMENT + j];
        byte o = other[i * ELEMENT + j];
        byte difference = (byte) ((c ^ o) & swap);
        elements[at + j] = (byte) (c ^ difference);
        elements[at + ELEMENT + j] = (byte) (o ^ difference);
      }
    }
    Arrays.fill(chosen, (byte) 0);
  }
}
