package org.tidegate.examples.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.tidegate.connector.app.NodeSpace;
import org.tidegate.connector.job.JobContent;
import org.tidegate.connector.job.ProductRef;
import org.tidegate.connector.store.NodeDatabase;
import org.tidegate.connector.transport.PeerConnections;
import org.tidegate.ledger.records.CanonicalJson;
import org.tidegate.ledger.records.Digest;
import org.tidegate.ledger.records.GrantNeed;
import org.tidegate.ledger.records.JsonObject;
import org.tidegate.ledger.records.Proposal;
import org.tidegate.ledger.records.Signed;
import org.tidegate.proto.job.v1.JobServiceGrpc;
import org.tidegate.proto.job.v1.ProposeRequest;
import org.tidegate.proto.job.v1.ProposeResponse;
import org.tidegate.proto.job.v1.StartRequest;
import tools.jackson.databind.JsonNode;

/**
 * A liar with everything that its own node has: a member's real certificate and keys, and a client
 * written by hand.
 */
record Liar(NodeSpace space, String name, String victim, Proposal honest, JobContent content) {
  /** Asks honestly, and takes what was said to the other owner. */
  static Liar of(NodeSpace space, Path directory, String name, String sql, String security)
      throws Exception {
    JsonNode answer = space.query(name, sql, security);
    assertThat(answer.path("status").asString()).describedAs("%s", answer).isEqualTo("answered");
    String job = answer.path("jobId").asString();
    return new Liar(
        space,
        name,
        name.equals("bank") ? "tax" : "bank",
        Proposal.signedFromJson(document(directory.resolve(name), job, "PROPOSAL")).body(),
        JobContent.fromJson(document(directory.resolve(name), job, "CONTENT")));
  }

  private static JsonObject document(Path home, String job, String kind) throws SQLException {
    try (Connection store =
            DriverManager.getConnection("jdbc:sqlite:" + home.resolve(NodeDatabase.FILE));
        var query =
            store.prepareStatement(
                "SELECT body FROM job_documents WHERE job_id = ? AND kind = ?")) {
      query.setString(1, job);
      query.setString(2, kind);
      return CanonicalJson.decodeText(query.executeQuery().getString(1));
    }
  }

  /** The honest proposal with other digests, dated now. */
  Proposal with(Digest plan, Digest contentDigest, List<GrantNeed> needs) {
    Instant now = Instant.now();
    return new Proposal(
        honest.space(),
        honest.proposer(),
        honest.recipient(),
        honest.purpose(),
        honest.participants(),
        needs,
        plan,
        contentDigest,
        now,
        now.plusSeconds(600));
  }

  Proposal with(JobContent altered) {
    return with(honest.planDigest(), altered.digest(), honest.needs());
  }

  JobContent content(String sql, List<ProductRef> products, JsonObject numbers) {
    return new JobContent(
        sql, content.recipient(), content.security(), products, numbers, content.salt());
  }

  ProposeResponse propose(Proposal proposal, JobContent said) {
    return propose(proposal, said, space.home(name).receipt().privateKey());
  }

  ProposeResponse propose(Proposal proposal, JobContent said, PrivateKey key) {
    return sendSigned(Signed.sign(proposal, key), said);
  }

  ProposeResponse sendSigned(Signed<Proposal> signed, JobContent said) {
    ProposeRequest request =
        ProposeRequest.newBuilder()
            .setProtocolVersion(1)
            .setProposal(
                org.tidegate.proto.job.v1.Signed.newBuilder()
                    .setBody(ByteString.copyFrom(signed.body().canonicalBytes()))
                    .setSignature(ByteString.copyFrom(HexFormat.of().parseHex(signed.signature()))))
            .setContent(ByteString.copyFrom(said.canonicalBytes()))
            .build();
    try (PeerConnections own = PeerConnections.ofNode(space.home(name))) {
      return stub(own).propose(request);
    }
  }

  String start(Digest job) {
    try (PeerConnections own = PeerConnections.ofNode(space.home(name))) {
      return stub(own)
          .start(StartRequest.newBuilder().setJobId(ByteString.copyFrom(job.bytes())).build())
          .getRefusal()
          .getCode();
    }
  }

  private JobServiceGrpc.JobServiceBlockingStub stub(PeerConnections own) {
    return JobServiceGrpc.newBlockingStub(own.to(victim)).withDeadlineAfter(30, TimeUnit.SECONDS);
  }

  void refused(String code, Proposal proposal, JobContent said) {
    ProposeResponse response = propose(proposal, said);
    assertThat(response.hasAcceptance()).isFalse();
    assertThat(response.getRefusal().getCode())
        .describedAs(response.getRefusal().getMessage())
        .isEqualTo(code);
    assertThat(response.getRefusal().getMessage()).isNotBlank();
  }
}
