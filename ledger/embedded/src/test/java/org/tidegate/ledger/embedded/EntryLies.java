package org.tidegate.ledger.embedded;

import com.google.protobuf.ByteString;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVRWSet;
import org.hyperledger.fabric.protos.peer.lifecycle.CommitChaincodeDefinitionArgs;
import org.tidegate.ledger.contract.Keys;
import org.tidegate.ledger.contract.TestParticipant;
import org.tidegate.ledger.contract.TestSpace;
import org.tidegate.ledger.contract.TidegateContract;
import org.tidegate.ledger.embedded.Plot.Told;
import org.tidegate.ledger.records.CanonicalJson;
import org.tidegate.ledger.records.ColumnUses;
import org.tidegate.ledger.records.Digest;
import org.tidegate.ledger.records.Grant;
import org.tidegate.ledger.records.GrantState;
import org.tidegate.ledger.records.JsonObject;
import org.tidegate.ledger.records.Operation;
import org.tidegate.ledger.records.Participant;
import org.tidegate.ledger.records.Product;
import org.tidegate.ledger.records.Revocation;
import org.tidegate.ledger.records.Signed;
import org.tidegate.ledger.records.SignedGrant;
import org.tidegate.ledger.records.SpaceStatement;

/** Lies about the space, who is in it, products, grants and their revocation. */
final class EntryLies {
  private EntryLies() {}

  static Map<String, Function<Plot, Told>> kinds() {
    Map<String, Function<Plot, Told>> kinds = new TreeMap<>();
    kinds.put(
        "a grant that its owner did not sign",
        plot -> grant(plot, "tax", plot.life.space.get("bank").grant(fresh(plot, 9))));
    kinds.put(
        "a grant that another puts",
        plot -> grant(plot, "bank", plot.life.space.get("tax").grant(fresh(plot, 9))));
    kinds.put(
        "a grant with more uses than before",
        plot -> {
          Grant raised = copy(plot.life.narrow, "narrow", plot.life.narrow.count() + 90);
          return grant(plot, "tax", plot.life.space.get("tax").grant(raised));
        });
    kinds.put(
        "a revoked grant given again",
        plot -> grant(plot, "tax", plot.life.space.get("tax").grant(plot.life.revoked)));
    kinds.put("a grant on a product that nobody published", EntryLies::noProduct);
    kinds.put(
        "a grant on an old version of its product",
        plot -> grant(plot, "tax", plot.life.space.get("tax").grant(fresh(plot, 3))));
    kinds.put("a grant of a column that its product lacks", EntryLies::noColumn);
    kinds.put(
        "a revocation that the owner did not sign",
        plot -> {
          Signed<Revocation> forged =
              plot.life.space.get("trade").sign(revocation(plot, "tax", "wide"));
          return revoke(plot, "tax", forged);
        });
    kinds.put(
        "a revocation by another",
        plot ->
            revoke(plot, "bank", plot.life.space.get("tax").sign(revocation(plot, "tax", "wide"))));
    kinds.put(
        "a product version left out",
        plot -> product(plot, "tax", plot.life.jobs.product(plot.between(4, 9))));
    kinds.put(
        "a product version twice",
        plot -> {
          Product second = plot.life.jobs.product(2);
          return product(plot, "tax", second);
        });
    kinds.put("a product of another", plot -> product(plot, "bank", plot.life.jobs.product(3)));
    kinds.put(
        "an entry with a receipt key of another authority",
        plot -> participant(plot, "trade", new TestSpace().get("trade").entry()));
    kinds.put(
        "an entry that another writes",
        plot -> participant(plot, "bank", plot.life.space.get("trade").entry()));
    kinds.put(
        "an entry with an expired certificate",
        plot ->
            participant(
                plot,
                "trade",
                plot.life
                    .space
                    .get("trade")
                    .entryUntil(plot.life.now().minus(Duration.ofDays(plot.between(1, 9))))));
    kinds.put("an entry with a certificate for other things", EntryLies::otherUnit);
    kinds.put(
        "a statement by another authority",
        plot ->
            space(plot, "bank", new TestSpace().signedStatement(plot.life.chain.genesisHash())));
    kinds.put(
        "an older statement of the space",
        plot ->
            space(plot, "bank", plot.life.space.signedStatement(plot.life.chain.genesisHash())));
    kinds.put("a statement without a member", EntryLies::withoutMember);
    kinds.put("a statement that the authority did not sign", EntryLies::unsignedSpace);
    kinds.put("another policy for the contract", EntryLies::definition);
    return kinds;
  }

  private static Grant fresh(Plot plot, int count) {
    return copy(plot.life.wide, "forged-" + plot.between(1, 999), count);
  }

  private static Grant copy(Grant of, String id, int count) {
    return copy(of, id, of.product(), of.columns(), count);
  }

  private static Grant copy(Grant of, String id, String product, ColumnUses columns, int count) {
    return new Grant(
        id,
        of.owner(),
        product,
        of.productDigest(),
        columns,
        of.purpose(),
        of.recipients(),
        of.from(),
        of.until(),
        count,
        of.minimumGroup());
  }

  static Told forged(
      Plot plot, String caller, String function, JsonObject request, String key, JsonObject value) {
    TxDraft draft = plot.life.chain.refused(caller, function, request, plot.life.now());
    draft.set =
        draft.set.toBuilder()
            .addWrites(ReservationLies.write(key, ByteString.copyFrom(CanonicalJson.encode(value))))
            .build();
    return plot.append(draft, "contract.refused");
  }

  private static Told grant(Plot plot, String caller, SignedGrant grant) {
    return forged(
        plot,
        caller,
        "putGrant",
        grant.toJson(),
        Keys.grant(grant.body().owner(), grant.body().id()),
        new GrantState(grant, Optional.empty()).toJson());
  }

  private static Told noProduct(Plot plot) {
    Grant of = plot.life.wide;
    return grant(
        plot,
        "tax",
        plot.life
            .space
            .get("tax")
            .grant(copy(of, "houses", "houses", of.columns(), plot.between(1, 9))));
  }

  private static Told noColumn(Plot plot) {
    Grant of = plot.life.wide;
    Grant more =
        new Grant(
            "more",
            of.owner(),
            of.product(),
            TestProducts.secondVersion(plot),
            ColumnUses.of(Map.of("salary", Set.of(Operation.SUM))),
            of.purpose(),
            of.recipients(),
            of.from(),
            of.until(),
            1,
            of.minimumGroup());
    return grant(plot, "tax", plot.life.space.get("tax").grant(more));
  }

  private static Revocation revocation(Plot plot, String owner, String grant) {
    return new Revocation(owner, grant, "no reason", plot.life.now());
  }

  private static Told revoke(Plot plot, String caller, Signed<Revocation> revocation) {
    SignedGrant standing = plot.life.space.get("tax").grant(plot.life.wide);
    return forged(
        plot,
        caller,
        "revokeGrant",
        revocation.toJson(),
        Keys.grant("tax", "wide"),
        new GrantState(standing, Optional.of(revocation)).toJson());
  }

  private static Told product(Plot plot, String caller, Product product) {
    return forged(
        plot,
        caller,
        "putProduct",
        product.toJson(),
        "product~" + product.owner() + "~" + product.name(),
        product.toJson());
  }

  private static Told participant(Plot plot, String caller, Participant entry) {
    return forged(
        plot,
        caller,
        "putParticipant",
        entry.toJson(),
        "participant~" + entry.name(),
        entry.toJson());
  }

  private static Told otherUnit(Plot plot) {
    TestParticipant trade = plot.life.space.get("trade");
    Participant entry = trade.entry();
    return participant(
        plot,
        "trade",
        new Participant(
            "trade", Genesis.pem(trade.ledgerCertificate()), entry.ledgerCertificate()));
  }

  private static Told space(Plot plot, String caller, Signed<SpaceStatement> statement) {
    return forged(plot, caller, "putSpace", statement.toJson(), Keys.SPACE, statement.toJson());
  }

  private static Told withoutMember(Plot plot) {
    SpaceStatement of = plot.life.space.statement(plot.life.chain.genesisHash());
    return space(
        plot,
        "bank",
        Signed.sign(
            new SpaceStatement(
                of.space(),
                plot.between(3, 9),
                of.authority(),
                of.orderer(),
                of.members().subList(0, 2),
                of.genesisHash()),
            plot.life.space.rootKey()));
  }

  private static Told unsignedSpace(Plot plot) {
    SpaceStatement of = plot.life.space.statement(plot.life.chain.genesisHash());
    return space(
        plot,
        "bank",
        Signed.sign(
            new SpaceStatement(
                of.space(),
                plot.between(3, 9),
                of.authority(),
                of.orderer(),
                of.members(),
                of.genesisHash()),
            plot.life.space.get("bank").caKey()));
  }

  /** A definition under which one organisation's endorsement would do. */
  private static Told definition(Plot plot) {
    CommitChaincodeDefinitionArgs.Builder definition =
        CommitChaincodeDefinitionArgs.newBuilder()
            .setSequence(plot.between(2, 9))
            .setName(plot.random.nextBoolean() ? TidegateContract.NAME : "hedge")
            .setValidationParameter(ByteString.copyFromUtf8("policy"));
    TxDraft draft =
        plot.life.chain.refused("bank", "getSpace", JsonObject.empty(), plot.life.now());
    draft.chaincode = "_lifecycle";
    draft.namespace = "_lifecycle";
    draft.arguments =
        List.of(
            ByteString.copyFromUtf8("CommitChaincodeDefinition"),
            definition.build().toByteString());
    draft.set =
        KVRWSet.newBuilder()
            .addWrites(
                ReservationLies.write("namespaces/fields", ByteString.copyFromUtf8("defined")))
            .build();
    return plot.append(draft, "contract.definition");
  }

  /** Digests of products on the honest chain. */
  private static final class TestProducts {
    private TestProducts() {}

    static Digest secondVersion(Plot plot) {
      return Product.fromJson(
              HonestLife.request(
                  plot.place(draft ->
                          draft.function().equals("putProduct")
                              && HonestLife.request(draft).number("version") == 2)
                      .draft()))
          .digest();
    }
  }
}
