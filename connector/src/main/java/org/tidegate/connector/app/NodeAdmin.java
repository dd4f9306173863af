package org.tidegate.connector.app;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tidegate.connector.catalog.CatalogException;
import org.tidegate.connector.catalog.Product;
import org.tidegate.connector.identity.Credential;
import org.tidegate.connector.identity.NodeHome;
import org.tidegate.connector.identity.Pem;
import org.tidegate.connector.job.JobException;
import org.tidegate.connector.job.JobListener;
import org.tidegate.connector.job.JobService;
import org.tidegate.connector.job.JobStore;
import org.tidegate.connector.job.QueryRequest;
import org.tidegate.connector.rpc.AdminEndpoint;
import org.tidegate.connector.rpc.AdminException;
import org.tidegate.connector.rpc.Administration;
import org.tidegate.connector.source.SourceException;
import org.tidegate.connector.store.DocumentTables;
import org.tidegate.ledger.client.LedgerClient;
import org.tidegate.ledger.records.CanonicalJson;
import org.tidegate.ledger.records.Digest;
import org.tidegate.ledger.records.Grant;
import org.tidegate.ledger.records.GrantState;
import org.tidegate.ledger.records.JsonObject;
import org.tidegate.ledger.records.Page;
import org.tidegate.ledger.records.Revocation;
import org.tidegate.ledger.records.Signed;
import org.tidegate.ledger.records.SignedGrant;

/** What the institution's own people ask of their node. */
final class NodeAdmin implements Administration {
  private static final Duration LEDGER_PATIENCE = Duration.ofSeconds(90);

  private final Wiring wiring;
  private final RecordDesk records;

  /**
   * What it works with.
   *
   * @param home whose node it is, and its keys
   * @param minimumGroup for grants that say none
   * @param stop stops the node
   */
  record Wiring(
      NodeHome home,
      long minimumGroup,
      LedgerClient ledger,
      JobService jobs,
      Products products,
      DocumentTables tables,
      Registration registration,
      Exporter exporter,
      java.util.function.Supplier<Optional<String>> trouble,
      Runnable stop) {}

  NodeAdmin(Wiring wiring) {
    this.wiring = wiring;
    RecordSigner signer = new RecordSigner(wiring.home());
    Notes notes = new Notes(wiring.tables());
    this.records =
        new RecordDesk()
            .with(notes)
            .with(new DemandRecords(wiring.ledger(), signer, notes))
            .with(new DisputeRecords(wiring.ledger(), signer, notes))
            .with(new ParticipantRecords(wiring.ledger(), wiring.tables()))
            .with(new PolicyRecords(wiring.ledger()));
  }

  @Override
  public String participant() {
    return wiring.home().participant();
  }

  private void requireRegistered() {
    wiring.registration().await(LEDGER_PATIENCE);
  }

  @Override
  public String query(QueryRequest request, JobListener listener, JobService.Cancel cancel) {
    requireRegistered();
    return ReportJson.of(wiring.jobs().query(request, listener, cancel));
  }

  @Override
  public String explain(QueryRequest request) {
    requireRegistered();
    try {
      return text(wiring.jobs().explain(request).explanation());
    } catch (JobException e) {
      throw refused(e);
    }
  }

  @Override
  public String showJob(String id) {
    Digest jobId = AdminEndpoint.jobId(id);
    JobStore.Entry entry =
        wiring
            .jobs()
            .find(jobId)
            .orElseThrow(() ->
                new AdminException(
                    AdminException.Kind.BAD_INPUT,
                    "job.unknown",
                    "the node of " + participant() + " knows no job " + jobId,
                    null));
    List<JsonObject> history =
        wiring.jobs().history(jobId).stream()
            .map(change ->
                JsonObject.builder()
                    .put("state", change.state().name())
                    .put("at", change.at())
                    .build())
            .toList();
    JsonObject.Builder json =
        JsonObject.builder()
            .put("jobId", jobId)
            .put("role", entry.role().name().toLowerCase(java.util.Locale.ROOT))
            .put("state", entry.state().name())
            .put("history", history)
            .put("outcome", entry.outcome().map(outcome -> outcome.kind().text()))
            .put("expires", entry.expires());
    entry
        .outcome()
        .filter(outcome -> !outcome.code().isEmpty())
        .ifPresent(outcome -> json.put("error", ReportJson.error(outcome)));
    return text(json.build());
  }

  @Override
  public String publish(String yaml, Path baseDir) {
    requireRegistered();
    try {
      Product product = wiring.products().publish(yaml, baseDir.toAbsolutePath().normalize());
      return text(describe(product));
    } catch (CatalogException e) {
      throw new AdminException(
          AdminException.Kind.BAD_INPUT, "product.description", String.valueOf(e.getMessage()), e);
    } catch (SourceException e) {
      throw new AdminException(
          AdminException.Kind.BAD_INPUT, e.code(), String.valueOf(e.getMessage()), e);
    }
  }

  private static JsonObject describe(Product product) {
    return JsonObject.builder()
        .put("owner", product.owner())
        .put("name", product.name())
        .put("version", product.version())
        .put("rows", product.rows())
        .put("digest", product.digest())
        .put(
            "columns",
            product.columns().stream()
                .map(column ->
                    JsonObject.builder()
                        .put("name", column.name())
                        .put("type", column.type())
                        .build())
                .toList())
        .build();
  }

  @Override
  public String listProducts() {
    requireRegistered();
    return text(
        JsonObject.builder()
            .put(
                "products",
                wiring.products().catalog().products().stream().map(NodeAdmin::describe).toList())
            .build());
  }

  @Override
  public String putGrants(String yaml) {
    requireRegistered();
    List<Grant> grants =
        new GrantFile(
                participant(),
                name -> wiring.products().newest(name),
                wiring.home().space().memberNames(),
                wiring.minimumGroup(),
                Instant.now())
            .parse(yaml);
    List<JsonObject> put = new ArrayList<>();
    for (Grant grant : grants) {
      wiring
          .tables()
          .keepGrant(grant.id(), grant.digest(), CanonicalJson.encodeText(grant.toJson()));
      Credential receipt = wiring.home().receipt();
      wiring
          .ledger()
          .putGrant(
              SignedGrant.sign(grant, Pem.encode(receipt.certificate()), receipt.privateKey()));
      put.add(brief(grant).build());
    }
    return text(JsonObject.builder().put("grants", put).build());
  }

  private static JsonObject.Builder brief(Grant grant) {
    JsonObject.Builder json =
        JsonObject.builder()
            .put("id", grant.id())
            .put("owner", grant.owner())
            .put("product", grant.product())
            .put("columns", grant.columns())
            .put("purpose", grant.purpose())
            .put("recipients", grant.recipients())
            .put("from", grant.from())
            .put("until", grant.until())
            .put("count", grant.count())
            .put("minimumGroup", grant.minimumGroup());
    return grant.terms().addTo(json);
  }

  @Override
  public String revokeGrant(String grantId, String reason) {
    requireRegistered();
    wiring
        .ledger()
        .revokeGrant(
            Signed.sign(
                new Revocation(participant(), grantId, reason, Instant.now()),
                wiring.home().receipt().privateKey()));
    GrantState state = wiring.ledger().grant(participant(), grantId).orElseThrow();
    return text(JsonObject.builder().put("grants", List.of(withState(state))).build());
  }

  private static JsonObject withState(GrantState state) {
    JsonObject.Builder json = brief(state.grant());
    state.revocation().ifPresent(revocation -> json.put("revoked", revocation.body().reason()));
    return json.build();
  }

  @Override
  public String listGrants() {
    requireRegistered();
    List<JsonObject> grants = new ArrayList<>();
    String after = "";
    do {
      Page<GrantState> page = wiring.ledger().grants(after, Page.MAX_LIMIT);
      page.entries().forEach(state -> grants.add(withState(state)));
      after = page.next();
    } while (!after.isEmpty());
    return text(JsonObject.builder().put("grants", grants).build());
  }

  @Override
  public String record(String function, String json) {
    requireRegistered();
    return text(records.answer(function, CanonicalJson.decodeText(json)));
  }

  @Override
  public String status() {
    Registration registration = wiring.registration();
    return text(
        JsonObject.builder()
            .put("participant", participant())
            .put("ready", registration.isDone())
            .put(
                "trouble",
                wiring.trouble().get().or(() -> Optional.ofNullable(registration.trouble())))
            .build());
  }

  @Override
  public void exportBlocks(long from, FileSink sink) {
    wiring.exporter().export(Math.max(0, from), sink);
  }

  @Override
  public void shutdown() {
    wiring.stop().run();
  }

  private static AdminException refused(JobException e) {
    return new AdminException(
        e.isRefusal() ? AdminException.Kind.REFUSED : AdminException.Kind.ABORTED,
        e.outcome().code(),
        e.outcome().line(),
        e.outcome().column(),
        e.getMessage(),
        e);
  }

  private static String text(JsonObject json) {
    return CanonicalJson.encodeText(json);
  }
}
