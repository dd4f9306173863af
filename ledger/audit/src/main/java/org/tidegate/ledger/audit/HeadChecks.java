package org.tidegate.ledger.audit;

import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import org.tidegate.ledger.records.Head;
import org.tidegate.ledger.records.Member;
import org.tidegate.ledger.records.Signatures;
import org.tidegate.ledger.records.SignedHead;
import org.tidegate.ledger.records.SpaceStatement;

/**
 * Whether the export ends where the chain ended: two participants' signed heads must name its last
 * block. A head of a longer chain shows a dropped tail, one of another hash a second chain.
 */
final class HeadChecks {
  private static final int SIGNERS = 2;

  private final SpaceStatement space;
  private final HeaderHashes hashes;
  private final List<HeadWord> words = new ArrayList<>();
  private Optional<Instant> latest = Optional.empty();

  /**
   * @param space the statement the authority signed
   * @param hashes header hashes of the exported blocks, by number
   */
  HeadChecks(SpaceStatement space, HeaderHashes hashes) {
    this.space = space;
    this.hashes = hashes;
  }

  /** Who signed what, after {@link #findings}. */
  List<HeadWord> words() {
    return words;
  }

  /** The latest time at which a member signed that the chain ends here, after {@link #findings}. */
  Optional<Instant> latest() {
    return latest;
  }

  List<Finding> findings(List<SignedHead> heads) {
    List<Finding> findings = new ArrayList<>();
    Set<String> atTheEnd = new TreeSet<>();
    for (SignedHead signed : heads) {
      Head head = signed.head().body();
      Optional<String> unsigned = unsigned(signed);
      int before = findings.size();
      if (unsigned.isPresent()) {
        findings.add(
            finding(
                "head.signature",
                hashes.size() - 1,
                "the head in the name of '" + head.participant() + "': " + unsigned.get()));
      } else if (head.height() > hashes.size()) {
        findings.add(
            finding(
                "head.droppedTail",
                hashes.size(),
                "'%s' signed at %s that the chain has %d blocks; the export ends after %d, block %d on is missing"
                    .formatted(
                        head.participant(),
                        head.at(),
                        head.height(),
                        hashes.size(),
                        hashes.size())));
      } else if (!hashes.get(head.height() - 1).equals(head.hash())) {
        findings.add(
            finding(
                "head.fork",
                head.height() - 1,
                "'%s' signed %s as the hash of this block, in the export it is %s"
                    .formatted(head.participant(), head.hash(), hashes.get(head.height() - 1))));
      } else if (head.height() == hashes.size()) {
        atTheEnd.add(head.participant());
        if (latest.isEmpty() || latest.get().isBefore(head.at())) {
          latest = Optional.of(head.at());
        }
      }
      words.add(
          new HeadWord(head.participant(), head.height(), head.at(), findings.size() == before));
    }
    int wanted = Math.min(SIGNERS, space.members().size());
    if (atTheEnd.size() < wanted && findings.isEmpty()) {
      findings.add(
          finding(
              "head.unsigned",
              hashes.size() - 1,
              "%s signed that the chain ends here; it takes %d members to see that nothing is missing after it"
                  .formatted(
                      switch (atTheEnd.size()) {
                        case 0 -> "nobody";
                        case 1 -> "only " + atTheEnd.iterator().next();
                        default -> "only " + String.join(", ", atTheEnd);
                      },
                      wanted)));
    }
    return findings;
  }

  private Optional<String> unsigned(SignedHead signed) {
    Head head = signed.head().body();
    if (!head.space().equals(space.space())) {
      return Optional.of("it is of space '" + head.space() + "'");
    }
    Optional<Member> member = space.member(head.participant());
    if (member.isEmpty()) {
      return Optional.of("it is no member of the space");
    }
    X509Certificate signer = signed.signer();
    try {
      signer.verify(member.get().ca().getPublicKey());
    } catch (GeneralSecurityException e) {
      return Optional.of("its certificate is not issued by that participant's authority");
    }
    if (!Signatures.hasUnit(signer, "peer")) {
      return Optional.of("its certificate is no ledger certificate (OU=peer)");
    }
    try {
      signer.checkValidity(Date.from(head.at()));
    } catch (CertificateException e) {
      return Optional.of("its certificate is not valid at " + head.at());
    }
    return signed.head().verify(signer.getPublicKey())
        ? Optional.empty()
        : Optional.of("its signature does not verify");
  }

  private static Finding finding(String code, long block, String message) {
    return new Finding(code, block, OptionalInt.empty(), Optional.empty(), message);
  }
}
