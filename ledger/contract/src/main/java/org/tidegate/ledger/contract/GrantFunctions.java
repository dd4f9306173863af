package org.tidegate.ledger.contract;

import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.tidegate.ledger.records.Classification;
import org.tidegate.ledger.records.Grade;
import org.tidegate.ledger.records.Grant;
import org.tidegate.ledger.records.GrantState;
import org.tidegate.ledger.records.JsonObject;
import org.tidegate.ledger.records.LedgerCodes;
import org.tidegate.ledger.records.Product;
import org.tidegate.ledger.records.Revocation;
import org.tidegate.ledger.records.Signed;
import org.tidegate.ledger.records.SignedGrant;

/** Products and grants: each its owner's alone. */
final class GrantFunctions {
  void addTo(TidegateContract contract) {
    contract.add("putProduct", GrantFunctions::putProduct);
    contract.add("putGrant", GrantFunctions::putGrant);
    contract.add("revokeGrant", GrantFunctions::revokeGrant);
    contract.addQuery(
        "getProduct",
        (call, request) ->
            Answers.optional(
                call.get(Keys.product(request.string("owner"), request.string("name")))));
    contract.addQuery(
        "getGrant",
        (call, request) ->
            Answers.optional(call.get(Keys.grant(request.string("owner"), request.string("id")))));
    contract.addQuery("listProducts", (call, request) -> Answers.page(call, Keys.PRODUCT, request));
    contract.addQuery("listGrants", (call, request) -> Answers.page(call, Keys.GRANT, request));
  }

  private static JsonObject putProduct(Call call, JsonObject request) {
    Product product = Product.fromJson(request);
    String name = product.owner() + "." + product.name();
    call.requireOwner("product '" + name + "'", product.owner());
    call.requireActive("product '" + name + "'", product.owner());
    String key = Keys.product(product.owner(), product.name());
    Optional<Product> present = call.get(key).map(Product::fromJson);
    if (present.isPresent() && present.get().equals(product)) {
      return JsonObject.empty();
    }
    int expected = present.map(Product::version).orElse(0) + 1;
    if (product.version() != expected) {
      throw new Refusal(
          LedgerCodes.EXISTS,
          "product '"
              + name
              + "': version "
              + product.version()
              + " cannot be put now; the next one is "
              + expected);
    }
    call.put(key, product);
    return JsonObject.empty();
  }

  private static JsonObject putGrant(Call call, JsonObject request) {
    SignedGrant granted = SignedGrant.fromJson(request);
    Grant grant = granted.body();
    String what = "grant '" + grant.id() + "' of '" + grant.owner() + "'";
    call.requireOwner(what, grant.owner());
    call.requireActive(what, grant.owner());
    call.requireSigned(what, grant.owner(), granted.grant());
    String certificate = call.participant(grant.owner()).receiptCertificate();
    if (!granted.certificate().equals(certificate)) {
      throw new Refusal(
          LedgerCodes.SIGNATURE,
          what + " comes with another certificate than the receipt certificate on the ledger");
    }
    String key = Keys.grant(grant.owner(), grant.id());
    Optional<GrantState> present = call.get(key).map(GrantState::fromJson);
    if (present.isPresent()) {
      if (!present.get().grant().equals(grant)) {
        throw new Refusal(
            LedgerCodes.EXISTS,
            what
                + " stands on the ledger with other content; a grant never changes: revoke it"
                + " (grant revoke) and put another under a new id");
      }
      if (present.get().revocation().isPresent()) {
        throw new Refusal(
            LedgerCodes.GRANT_REVOKED, what + " is revoked and stays so; take a new id");
      }
      return JsonObject.empty();
    }
    Optional<SortedMap<String, Grade>> grades =
        checkProduct(call, grant, what).map(classified -> grades(grant, classified));
    GradeFunctions.check(call, what, grant, grades, grant.columns(), Optional.empty());
    call.put(key, new GrantState(granted, Optional.empty(), grades));
    return JsonObject.empty();
  }

  private static SortedMap<String, Grade> grades(Grant grant, Classification classified) {
    SortedMap<String, Grade> grades = new TreeMap<>(classified.grades());
    grades.keySet().retainAll(grant.columns().columns().keySet());
    return grades;
  }

  /** The product's classification, if it has one. */
  private static Optional<Classification> checkProduct(Call call, Grant grant, String what) {
    String name = grant.owner() + "." + grant.product();
    Product product =
        call.get(Keys.product(grant.owner(), grant.product()))
            .map(Product::fromJson)
            .orElseThrow(() ->
                new Refusal(
                    LedgerCodes.NOT_FOUND,
                    what + " is on product '" + name + "', which is not published"));
    if (!product.digest().equals(grant.productDigest())) {
      throw new Refusal(
          LedgerCodes.EXISTS,
          what
              + " is on version "
              + grant.productDigest()
              + " of product '"
              + name
              + "'; published is version "
              + product.version()
              + ", "
              + product.digest());
    }
    for (String column : grant.columns().columns().keySet()) {
      if (!product.columns().contains(column)) {
        throw new Refusal(
            LedgerCodes.GRANT_COLUMN,
            what + " names column '" + column + "', which product '" + name + "' does not have");
      }
    }
    return product.classification();
  }

  private static JsonObject revokeGrant(Call call, JsonObject request) {
    Signed<Revocation> signed = Revocation.signedFromJson(request);
    Revocation revocation = signed.body();
    String owner = revocation.owner();
    call.requireOwner("grant '" + revocation.grant() + "' of '" + owner + "'", owner);
    GrantState state = requireGrant(call, owner, revocation.grant());
    call.requireSigned("the revocation of grant '" + revocation.grant() + "'", owner, signed);
    if (state.revocation().isEmpty()) {
      call.put(
          Keys.grant(owner, revocation.grant()),
          new GrantState(state.granted(), Optional.of(signed), state.grades()));
    }
    return JsonObject.empty();
  }

  /** The owner's grant of that id, which must be there. */
  static GrantState requireGrant(Call call, String owner, String id) {
    return call.get(Keys.grant(owner, id))
        .map(GrantState::fromJson)
        .orElseThrow(() ->
            new Refusal(
                LedgerCodes.GRANT_MISSING,
                "there is no grant '" + id + "' of '" + owner + "' on the ledger"));
  }
}
