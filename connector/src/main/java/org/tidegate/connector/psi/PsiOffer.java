package org.tidegate.connector.psi;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.tidegate.connector.psi.PsiWork.Unfinished;
import org.tidegate.mpc.channel.Channel;
import org.tidegate.mpc.channel.ProtocolAbortException;
import org.tidegate.mpc.channel.Step;
import org.tidegate.mpc.hash.DomainHash;
import org.tidegate.mpc.security.Adversary;
import org.tidegate.mpc.security.SecurityLevel;

/**
 * What a side says before anything else: which role it wants, how, and the shape of its keys. Both
 * derive the same terms from both offers, or both refuse.
 *
 * @param receives whether this side wants to learn its matching rows; the other must not
 * @param protocol one of {@link PsiProtocols#names}
 * @param adversary against whom; the same on both sides
 * @param rows how many rows it has at most, see {@link #bound}
 * @param bothLearn whether the sending side too is to get its matching rows; the same on both
 * @param hidden whether both sides fill up to these numbers, if either asks for it
 * @param bucketRows rows of a bucket, where sets are divided; the smaller number holds
 * @param unfinished a run that this side can go on with
 * @param kinds of the columns of its key, which must be able to match the other's
 */
record PsiOffer(
    boolean receives,
    String protocol,
    Adversary adversary,
    int rows,
    boolean bothLearn,
    boolean hidden,
    int bucketRows,
    Optional<Unfinished> unfinished,
    List<KeyKind> kinds) {
  private static final Step OFFER = new Step(1, "offer");
  private static final int MAX_BYTES = 4096;
  private static final int MAX_COLUMNS = 64;
  private static final int NONCE_BYTES = 16;
  private static final int RUN_ID_BYTES = 32;

  /**
   * What both sides derive from their offers.
   *
   * @param side of the run
   * @param runId of the whole run, earlier parts included: 32 bytes
   * @param firstBucket the first that neither, or only one of them, has finished
   */
  @SuppressWarnings("ArrayRecordComponent") // handed over once, compared by nobody
  record Agreement(PsiSide side, byte[] runId, int firstBucket) {}

  /** The offer of a side. */
  static PsiOffer of(
      PsiWish wish, PsiInput input, Optional<Unfinished> unfinished, List<KeyKind> kinds) {
    if (wish.padTo().isPresent() && wish.padTo().getAsInt() < input.most()) {
      throw new PsiInputException(
          "psi.size",
          "--pad-to is %d, and the file has %d rows; give at least that"
              .formatted(wish.padTo().getAsInt(), input.most()));
    }
    return new PsiOffer(
        wish.receives(),
        wish.protocol(),
        wish.adversary(),
        wish.padTo().orElseGet(() -> bound(input.most())),
        wish.bothLearn(),
        wish.padTo().isPresent(),
        wish.bucketRows(),
        unfinished,
        kinds);
  }

  /** Copies the kinds. */
  public PsiOffer {
    kinds = List.copyOf(kinds);
    if (kinds.isEmpty() || kinds.size() > MAX_COLUMNS) {
      throw new PsiInputException(
          "psi.key", "a key of " + kinds.size() + " columns; 1 to " + MAX_COLUMNS + " are taken");
    }
  }

  /**
   * The number of rows as it is told: rounded up to six binary digits, so that it does not show how
   * many rows have no key or the same one.
   */
  static int bound(int rows) {
    int step = Math.max(1, Integer.highestOneBit(Math.max(1, rows)) >> 5);
    return (int) Math.min(Integer.MAX_VALUE - 16, (rows + (long) step - 1) / step * step);
  }

  /**
   * Exchanges offers and derives the run.
   *
   * @param channel to the other side, before each run once
   * @param self this side's name
   * @param file this side's, for messages and to compare kinds
   * @param entropy for this side's half of the session id
   * @throws PsiInputException if the offers do not fit; the other side finds the same
   */
  Agreement agree(Channel channel, String self, KeyedFile file, SecureRandom entropy) {
    byte[] nonce = new byte[NONCE_BYTES];
    entropy.nextBytes(nonce);
    byte[] mine = encode(nonce);
    channel.send(OFFER, mine);
    byte[] theirs = channel.receive(OFFER, MAX_BYTES);
    PsiOffer other = decode(theirs);
    requireRoles(other);
    if (adversary != other.adversary) {
      throw differ("--security", adversary.text(), other.adversary.text());
    }
    if (bothLearn != other.bothLearn) {
      throw new PsiInputException(
          "psi.terms",
          "--both is given on one side only; both sides have to agree that both learn");
    }
    String name = protocol.equals(PsiProtocols.AUTO) ? other.protocol : protocol;
    if (!other.protocol.equals(PsiProtocols.AUTO) && !other.protocol.equals(name)) {
      throw differ("--protocol", protocol, other.protocol);
    }
    file.requireMatches(other.kinds, "the other side");
    PsiTerms terms =
        new PsiTerms(
            adversary,
            SecurityLevel.STANDARD,
            receives ? other.rows : rows,
            receives ? rows : other.rows,
            hidden || other.hidden,
            bothLearn);
    byte[] id =
        new DomainHash("tidegate.psi.session/1")
            .bytes(receives ? theirs : mine)
            .bytes(receives ? mine : theirs)
            .finish();
    PsiMethod method = PsiProtocols.choose(name, terms, Math.min(bucketRows, other.bucketRows));
    PsiSide side =
        new PsiSide(
            method,
            "psi-" + HexFormat.of().formatHex(id),
            receives ? channel.peer() : self,
            receives ? self : channel.peer());
    if (unfinished.isPresent()
        && unfinished.map(Unfinished::runId).equals(other.unfinished.map(Unfinished::runId))) {
      requireSame(method);
      return new Agreement(
          side,
          unfinished.get().runIdBytes(),
          Math.min(unfinished.get().finished(), other.unfinished.orElseThrow().finished()));
    }
    return new Agreement(side, id, 0);
  }

  /** The buckets on the disk are those of these terms and no others. */
  private void requireSame(PsiMethod method) {
    if (!unfinished.map(Unfinished::method).equals(Optional.of(method.words()))) {
      throw new PsiInputException(
          "psi.work",
          "the unfinished run was on other terms; ask for the same on both sides, or delete --work"
              + " on both");
    }
  }

  private void requireRoles(PsiOffer other) {
    if (receives && other.receives) {
      throw new PsiInputException(
          "psi.roles",
          "both sides want the matching rows; one gives --left and --out, the other --right");
    }
    if (!receives && !other.receives) {
      throw new PsiInputException(
          "psi.roles",
          "neither side wants the matching rows; one gives --left and --out, the other --right");
    }
  }

  private static PsiInputException differ(String option, String mine, String theirs) {
    return new PsiInputException(
        "psi.terms",
        option + " is " + mine + " here and " + theirs + " on the other side; agree on one");
  }

  private byte[] encode(byte[] nonce) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.write(nonce);
      out.writeBoolean(receives);
      out.writeUTF(protocol);
      out.writeUTF(adversary.text());
      out.writeInt(rows);
      out.writeBoolean(bothLearn);
      out.writeBoolean(hidden);
      out.writeInt(bucketRows);
      out.writeBoolean(unfinished.isPresent());
      if (unfinished.isPresent()) {
        out.write(unfinished.get().runIdBytes());
        out.writeInt(unfinished.get().finished());
      }
      out.writeByte(kinds.size());
      for (KeyKind kind : kinds) {
        out.writeUTF(kind.name());
      }
    } catch (IOException e) {
      throw new IllegalStateException("arrays in memory do not fail", e);
    }
    return bytes.toByteArray();
  }

  private static PsiOffer decode(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      in.skipNBytes(NONCE_BYTES);
      boolean receives = in.readBoolean();
      String protocol = in.readUTF();
      if (!PsiProtocols.names().contains(protocol)) {
        throw new PsiInputException(
            "psi.protocol",
            "the other side asks for a protocol that this release does not have; run the same"
                + " release on both sides");
      }
      Adversary adversary = PsiProtocols.adversary(in.readUTF());
      int rows = in.readInt();
      boolean bothLearn = in.readBoolean();
      boolean hidden = in.readBoolean();
      int bucketRows = in.readInt();
      if (rows < 0 || rows > Integer.MAX_VALUE - 16 || bucketRows < PsiMethod.MIN_BUCKET_ROWS) {
        throw malformed();
      }
      Optional<Unfinished> unfinished = in.readBoolean() ? unfinished(in) : Optional.empty();
      int columns = in.readUnsignedByte();
      List<KeyKind> kinds = new ArrayList<>();
      for (int i = 0; i < columns; i++) {
        kinds.add(KeyKind.valueOf(in.readUTF()));
      }
      if (in.available() > 0) {
        throw malformed();
      }
      return new PsiOffer(
          receives, protocol, adversary, rows, bothLearn, hidden, bucketRows, unfinished, kinds);
    } catch (IOException | IllegalArgumentException e) {
      throw malformed();
    }
  }

  private static Optional<Unfinished> unfinished(DataInputStream in) throws IOException {
    String runId = HexFormat.of().formatHex(in.readNBytes(RUN_ID_BYTES));
    int finished = in.readInt();
    if (runId.length() != 2 * RUN_ID_BYTES || finished < 0) {
      throw malformed();
    }
    return Optional.of(new Unfinished(runId, "", finished));
  }

  private static ProtocolAbortException malformed() {
    return new ProtocolAbortException("the other side's offer is malformed");
  }
}
