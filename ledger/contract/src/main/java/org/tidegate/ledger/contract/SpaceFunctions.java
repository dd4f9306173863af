package org.tidegate.ledger.contract;

import java.security.cert.X509Certificate;
import java.util.Optional;
import org.tidegate.ledger.records.Digest;
import org.tidegate.ledger.records.JsonObject;
import org.tidegate.ledger.records.LedgerCodes;
import org.tidegate.ledger.records.Member;
import org.tidegate.ledger.records.Participant;
import org.tidegate.ledger.records.ParticipantState;
import org.tidegate.ledger.records.Signatures;
import org.tidegate.ledger.records.Signed;
import org.tidegate.ledger.records.SpaceStatement;

/** Who is in the space: the authority's statement, then each member's own entry. */
final class SpaceFunctions {
  private final Optional<Digest> authorityPin;

  SpaceFunctions(Optional<Digest> authorityPin) {
    this.authorityPin = authorityPin;
  }

  void addTo(TidegateContract contract) {
    contract.add("putSpace", this::putSpace);
    contract.add("putParticipant", this::putParticipant);
    contract.addQuery("getSpace", (call, request) -> Answers.optional(call.get(Keys.SPACE)));
    contract.addQuery(
        "getParticipant",
        (call, request) -> Answers.optional(call.get(Keys.participant(request.string("name")))));
    contract.addQuery(
        "listParticipants", (call, request) -> Answers.page(call, Keys.PARTICIPANT, request));
  }

  private JsonObject putSpace(Call call, JsonObject request) {
    Signed<SpaceStatement> statement = SpaceStatement.signedFromJson(request);
    SpaceStatement space = statement.body();
    Optional<Signed<SpaceStatement>> present =
        call.get(Keys.SPACE).map(SpaceStatement::signedFromJson);
    if (present.isPresent()) {
      if (present.get().equals(statement)) {
        return JsonObject.empty();
      }
      if (!space.renews(present.get().body())) {
        throw new Refusal(
            LedgerCodes.SPACE,
            "this ledger has its space statement, version "
                + present.get().body().version()
                + "; only a higher version by the same authority with the same members replaces"
                + " it");
      }
    }
    if (!space.space().equals(call.space())) {
      throw new Refusal(
          LedgerCodes.SPACE,
          "the statement is for space '"
              + space.space()
              + "', this channel is '"
              + call.space()
              + "'");
    }
    X509Certificate authority = space.authorityCertificate();
    Digest fingerprint = Signatures.digest(authority);
    if (authorityPin.isPresent() && !authorityPin.get().equals(fingerprint)) {
      throw new Refusal(
          LedgerCodes.SPACE,
          "the statement is by authority " + fingerprint + ", block 0 pins " + authorityPin.get());
    }
    if (!statement.verify(authority.getPublicKey())) {
      throw new Refusal(
          LedgerCodes.SIGNATURE, "the space statement does not verify under its authority's key");
    }
    call.requireMember(space);
    call.put(Keys.SPACE, statement);
    return JsonObject.empty();
  }

  private JsonObject putParticipant(Call call, JsonObject request) {
    Participant participant = Participant.fromJson(request);
    String name = participant.name();
    if (!call.caller().equals(name)) {
      throw new Refusal(
          LedgerCodes.NOT_OWNER,
          "the entry of '" + name + "' is its own to write, not '" + call.caller() + "''s");
    }
    Member member =
        call.spaceStatement()
            .member(name)
            .orElseThrow(() ->
                new Refusal(
                    LedgerCodes.NOT_MEMBER,
                    "'" + name + "' is not a member of the space the authority signed"));
    checkReceiptCertificate(call, participant, member.ca());
    Optional<ParticipantState> present =
        call.get(Keys.participant(name)).map(ParticipantState::fromJson);
    if (present.isEmpty() || !present.get().entry().equals(participant)) {
      // New keys do not change what the authority has said.
      call.put(
          Keys.participant(name),
          new ParticipantState(participant, present.flatMap(ParticipantState::standing)));
    }
    return JsonObject.empty();
  }

  private static void checkReceiptCertificate(
      Call call, Participant participant, X509Certificate ca) {
    X509Certificate certificate = participant.certificate();
    String what = "receipt certificate of '" + participant.name() + "'";
    if (!Signatures.isReceiptCertificate(certificate, ca)) {
      throw new Refusal(
          LedgerCodes.SIGNATURE,
          what + " is not issued by the CA that the space authority admitted, with OU=receipt");
    }
    if (!participant.isCurrent(call.time())) {
      throw new Refusal(
          LedgerCodes.SIGNATURE,
          what
              + " is valid from "
              + certificate.getNotBefore().toInstant()
              + " to "
              + certificate.getNotAfter().toInstant()
              + ", not at "
              + call.time());
    }
  }
}
