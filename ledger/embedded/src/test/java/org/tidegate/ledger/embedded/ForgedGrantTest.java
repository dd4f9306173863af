package org.tidegate.ledger.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hyperledger.fabric.shim.ChaincodeBase;
import org.hyperledger.fabric.shim.ChaincodeStub;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidegate.ledger.audit.Finding;
import org.tidegate.ledger.audit.LedgerAudit;
import org.tidegate.ledger.audit.LedgerExport;
import org.tidegate.ledger.contract.Keys;
import org.tidegate.ledger.contract.TestJobs;
import org.tidegate.ledger.contract.TestSpace;
import org.tidegate.ledger.contract.TidegateContract;
import org.tidegate.ledger.records.CanonicalJson;
import org.tidegate.ledger.records.Grant;
import org.tidegate.ledger.records.GrantState;
import org.tidegate.ledger.records.JsonObject;
import org.tidegate.ledger.records.SignedGrant;

/**
 * Two of three members endorse a grant in the third one's name. The ledger takes it, as a majority
 * is its policy; the owner sees that it did not sign it, and the audit names it.
 */
class ForgedGrantTest {
  /** Puts whatever grant anybody sends; else honest. */
  private static final class Forging extends ChaincodeBase {
    private final TidegateContract honest;

    Forging(TidegateContract honest) {
      this.honest = honest;
    }

    @Override
    public Response init(ChaincodeStub stub) {
      return honest.init(stub);
    }

    @Override
    public Response invoke(ChaincodeStub stub) {
      List<byte[]> arguments = stub.getArgs();
      if (!new String(arguments.getFirst(), StandardCharsets.UTF_8).equals("putGrant")) {
        return honest.invoke(stub);
      }
      SignedGrant granted = SignedGrant.fromJson(CanonicalJson.decode(arguments.get(1)));
      stub.putState(
          Keys.grant(granted.body().owner(), granted.body().id()),
          new GrantState(granted, Optional.empty()).canonicalBytes());
      return newSuccessResponse(CanonicalJson.encode(JsonObject.empty()));
    }
  }

  @Test
  void aForgedGrantIsNamed(@TempDir Path directory) throws IOException {
    TestSpace space = new TestSpace();
    try (EmbeddedNetwork network =
        new EmbeddedNetwork(
            space,
            directory.resolve("network"),
            settings ->
                settings.mspId().equals("tax")
                    ? settings
                    : settings.withContract(
                        TidegateContract.NAME,
                        config ->
                            new Forging(
                                new TidegateContract(Optional.of(config.authorityPin())))))) {
      space.names().forEach(network::start);
      TestJobs jobs = new TestJobs(space, network);
      jobs.prepare();
      Grant grant = jobs.grant(1_000);
      network
          .client("bank")
          .submit(
              "putGrant", space.get("bank").grant(grant).toJson(), Set.of("bank", "trade"), true);
      network.level();
      GrantState forged = network.client("tax").grant("tax", grant.id()).orElseThrow();
      assertThat(forged.granted().isBy(space.get("tax").caCertificate())).isFalse();

      List<Finding> findings = audit(network, space, directory.resolve("export"));
      assertThat(findings).hasSize(1);
      assertThat(findings.getFirst().code()).isEqualTo("contract.refused");
      assertThat(findings.getFirst().message()).contains("'" + grant.id() + "' of 'tax'");
    }
  }

  private static List<Finding> audit(EmbeddedNetwork network, TestSpace space, Path directory)
      throws IOException {
    LedgerExport export = LedgerExport.create(directory);
    long height = network.ledger("tax").height();
    for (long number = 0; number < height; number++) {
      Files.write(
          directory.resolve("blocks/%06d.block".formatted(number)),
          network.ledger("tax").block(number).toByteArray());
    }
    export.write(List.of(network.ledger("tax").head(), network.ledger("bank").head()));
    return new LedgerAudit(export, space.root(), Optional.empty()).report().findings();
  }
}
