package org.tidegate.connector.identity;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import org.tidegate.ledger.records.CanonicalJson;
import org.tidegate.ledger.records.Ids;
import org.tidegate.ledger.records.SaltedText;
import org.tidegate.ledger.records.Standing;
import org.tidegate.ledger.records.StandingNotice;

/**
 * Where a space's authority suspends and reinstates participants. Every notice is kept in {@code
 * HOME/authority/standings/NAME-NUMBER.json}, with the reason, of which the ledger has a digest.
 */
public final class StandingOffice {
  private static final String DIRECTORY = "standings";
  private static final int MAX_BYTES = 1 << 20;

  private final SpaceAuthority authority;
  private final Path directory;
  private final SecureRandom random;
  private final InstantSource clock;

  /** The office of an authority, with the system's clock. */
  public StandingOffice(SpaceAuthority authority) {
    this.authority = authority;
    this.directory = authority.rootFile().resolveSibling(DIRECTORY);
    this.random = new SecureRandom();
    this.clock = InstantSource.system();
  }

  /**
   * Rules on a participant. Asked for what stands already, it gives the notice of then again, so
   * that one which did not reach the ledger can be handed out anew.
   *
   * @param participant a member of the space
   * @param suspended whether it is to be suspended
   * @param reason for the members; not for the ledger
   * @throws IdentityException if the participant is no member, or is to be reinstated without ever
   *     having been suspended
   */
  public StandingNotice rule(String participant, boolean suspended, String reason) {
    Ids.participant("participant", participant);
    SpaceDescriptor space =
        authority
            .descriptor()
            .orElseThrow(() ->
                new IdentityException(
                    IdentityException.Code.ARGUMENT,
                    "the space "
                        + authority.space()
                        + " has no members yet; admit them with: tidegate space admit"));
    if (!space.memberNames().contains(participant)) {
      throw new IdentityException(
          IdentityException.Code.ARGUMENT,
          "'"
              + participant
              + "' is no member of the space "
              + authority.space()
              + "; its members are "
              + String.join(", ", space.memberNames())
              + ".");
    }
    int last = last(participant);
    if (last > 0 && (last % 2 == 1) == suspended) {
      return load(participant, last);
    }
    if (last == 0 && !suspended) {
      throw new IdentityException(
          IdentityException.Code.ARGUMENT,
          "'" + participant + "' was never suspended here; there is nothing to reinstate.");
    }
    SaltedText text = SaltedText.of(reason, random);
    Standing standing =
        new Standing(
            authority.space(), participant, last + 1, suspended, text.digest(), clock.instant());
    StandingNotice notice = new StandingNotice(authority.sign(standing), text);
    PrivateFiles.makeHome(directory);
    PrivateFiles.writeSecret(file(participant, last + 1), notice.canonicalBytes());
    return notice;
  }

  /** A notice ruled on before, or empty. */
  public Optional<StandingNotice> notice(String participant, int number) {
    return Files.exists(file(participant, number))
        ? Optional.of(load(participant, number))
        : Optional.empty();
  }

  private int last(String participant) {
    int last = 0;
    while (Files.exists(file(participant, last + 1))) {
      last++;
    }
    return last;
  }

  private StandingNotice load(String participant, int number) {
    byte[] bytes =
        PrivateFiles.read(
            file(participant, number),
            MAX_BYTES,
            "It holds a notice of the authority; restore it from a back-up.");
    return StandingNotice.fromJson(CanonicalJson.decode(bytes));
  }

  private Path file(String participant, int number) {
    return directory.resolve(participant + "-" + number + ".json");
  }
}
