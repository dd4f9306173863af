package org.tidegate.connector.identity;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.tidegate.ledger.records.CanonicalJson;
import org.tidegate.ledger.records.GradePolicy;
import org.tidegate.ledger.records.GradeRule;
import org.tidegate.ledger.records.Signed;

/**
 * Where a space's authority says what may be done with graded columns. Every version is kept in
 * {@code HOME/authority/policies/VERSION.json}.
 */
public final class PolicyOffice {
  private static final String DIRECTORY = "policies";
  private static final int MAX_BYTES = 1 << 20;

  private final SpaceAuthority authority;
  private final Path directory;
  private final InstantSource clock;

  /** The office of an authority, with the system's clock. */
  public PolicyOffice(SpaceAuthority authority) {
    this.authority = authority;
    this.directory = authority.rootFile().resolveSibling(DIRECTORY);
    this.clock = InstantSource.system();
  }

  /** Signs the next version; the rules of the last one again give that one again. */
  public Signed<GradePolicy> issue(List<GradeRule> rules) {
    int last = 0;
    while (Files.exists(file(last + 1))) {
      last++;
    }
    GradePolicy next = new GradePolicy(authority.space(), last + 1, rules, clock.instant());
    if (last > 0) {
      Signed<GradePolicy> present = load(last);
      if (present.body().rules().equals(next.rules())) {
        return present;
      }
    }
    Signed<GradePolicy> signed = authority.sign(next);
    PrivateFiles.makeHome(directory);
    PrivateFiles.writeSecret(file(last + 1), signed.canonicalBytes());
    return signed;
  }

  private Signed<GradePolicy> load(int version) {
    byte[] bytes =
        PrivateFiles.read(
            file(version),
            MAX_BYTES,
            "It holds a policy of the authority; restore it from a back-up.");
    return GradePolicy.signedFromJson(CanonicalJson.decode(bytes));
  }

  private Path file(int version) {
    return directory.resolve(version + ".json");
  }
}
