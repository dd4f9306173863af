package org.tidegate.connector.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidegate.connector.identity.CertificateRole;
import org.tidegate.connector.identity.Credential;
import org.tidegate.connector.identity.Endpoint;
import org.tidegate.connector.identity.MemberTrust;
import org.tidegate.connector.identity.NodeHome;
import org.tidegate.connector.identity.PeerIdentity;
import org.tidegate.connector.identity.Validity;
import org.tidegate.proto.admin.v1.AdminServiceGrpc;
import org.tidegate.proto.admin.v1.JsonResponse;
import org.tidegate.proto.admin.v1.NodeStatusRequest;
import org.tidegate.proto.job.v1.JobServiceGrpc;
import org.tidegate.proto.job.v1.StatusRequest;
import org.tidegate.proto.job.v1.StatusResponse;

/** Who is let in, to what, and what those hear who are not. */
class AdmittanceTest {
  @TempDir Path directory;
  private TestSpace space;
  private final AtomicReference<PeerIdentity> lastCaller = new AtomicReference<>();

  private final class Jobs extends JobServiceGrpc.JobServiceImplBase {
    @Override
    public void status(StatusRequest request, io.grpc.stub.StreamObserver<StatusResponse> answer) {
      lastCaller.set(PeerContext.current());
      answer.onNext(StatusResponse.newBuilder().setState("known").build());
      answer.onCompleted();
    }
  }

  private final class Administration extends AdminServiceGrpc.AdminServiceImplBase {
    @Override
    public void nodeStatus(
        NodeStatusRequest request, io.grpc.stub.StreamObserver<JsonResponse> answer) {
      lastCaller.set(PeerContext.current());
      answer.onNext(JsonResponse.newBuilder().setJson("{}").build());
      answer.onCompleted();
    }
  }

  @BeforeEach
  void start() {
    space = new TestSpace(directory, List.of(new Jobs(), new Administration()), "bank", "tax");
  }

  @AfterEach
  void stop() {
    space.close();
  }

  @Test
  void knowsAMembersNodeByItsCertificate() {
    assertThat(jobStatus(space.node("bank").connections(), "tax")).isEqualTo("known");
    assertThat(lastCaller.get().participant()).isEqualTo("bank");
    assertThat(lastCaller.get().role()).isEqualTo(CertificateRole.NODE);
  }

  @Test
  void knowsItsOwnAdministratorAndLetsNodesNotAdminister() {
    try (PeerConnections own = administrator("bank", "bank")) {
      assertThat(nodeStatus(own, "bank")).isEqualTo("{}");
      assertThat(lastCaller.get().role()).isEqualTo(CertificateRole.ADMIN);
      assertRefused(
          () -> jobStatus(own, "bank"), TransportException.Code.UNTRUSTED, "members' nodes");
    }
    assertRefused(
        () -> nodeStatus(space.node("tax").connections(), "bank"),
        TransportException.Code.UNTRUSTED,
        "this node's own administrators");
    assertRefused(
        () -> nodeStatus(space.node("bank").connections(), "bank"),
        TransportException.Code.UNTRUSTED,
        "this node's own administrators");
  }

  @Test
  void refusesAnAdministratorOfAnotherMember() {
    NodeHome tax = space.node("tax").home();
    try (PeerConnections foreign =
        new PeerConnections(
            new TlsIdentity(tax::admin, tax::trust), participant -> space.endpoint("bank"))) {
      assertRefused(() -> nodeStatus(foreign, "bank"), TransportException.Code.UNTRUSTED, "bank");
    }
  }

  @Test
  void refusesAStrangerAndAnImpostor() {
    for (String name : List.of("mallory", "tax")) {
      NodeHome stranger =
          NodeHome.create(
              directory.resolve("elsewhere-" + name), name, new Endpoint("127.0.0.1", 7009));
      try (PeerConnections connections = as(stranger.tls(), space.node("tax").home().trust())) {
        assertRefused(
            () -> jobStatus(connections, "bank"), TransportException.Code.UNTRUSTED, "bank");
      }
    }
  }

  @Test
  void refusesCertificatesOfOtherPurposes() {
    NodeHome tax = space.node("tax").home();
    for (Credential credential :
        List.of(tax.ledger(), tax.receipt(), tax.credential(CertificateRole.CA))) {
      try (PeerConnections connections = as(credential, tax.trust())) {
        assertRefused(
            () -> jobStatus(connections, "bank"), TransportException.Code.UNTRUSTED, "bank");
      }
    }
  }

  @Test
  void refusesAServerThatIsAnotherMember() {
    space.redirect("tax", space.endpoint("bank"));
    assertRefused(
        () -> jobStatus(space.node("bank").connections(), "tax"),
        TransportException.Code.UNTRUSTED,
        "was not issued by the certificate authority of tax");
  }

  @Test
  void namesTheExpiredCertificateAndTheRenewal() {
    Instant longAgo = Instant.now().minus(Duration.ofDays(500));
    NodeHome old =
        NodeHome.create(
            directory.resolve("old"),
            "tax",
            new Endpoint("127.0.0.1", 7008),
            Validity.DEFAULT,
            new SecureRandom(),
            InstantSource.fixed(longAgo));
    MemberTrust trust =
        new MemberTrust(
            "bank",
            java.util.Map.of("tax", old.authority(), "bank", space.node("bank").home().authority()),
            InstantSource.system());
    // As client: the server drops the connection. As server: the client says which and what to do.
    try (NodeServer expired =
            NodeServer.builder()
                .listen("127.0.0.1", 0)
                .identity(TlsIdentity.fixed(old.tls(), trust))
                .start();
        PeerConnections connections =
            new PeerConnections(
                TlsIdentity.fixed(space.node("bank").home().tls(), trust),
                participant -> new Endpoint("127.0.0.1", expired.port()))) {
      TransportException refusal =
          assertRefused(
              () -> jobStatus(connections, "tax"), TransportException.Code.UNTRUSTED, "expired on");
      assertThat(refusal).hasMessageContaining("days ago").hasMessageContaining("tidegate renew");
    }
    NodeHome bank = space.node("bank").home();
    try (NodeServer strict =
            NodeServer.builder()
                .listen("127.0.0.1", 0)
                .identity(TlsIdentity.fixed(bank.tls(), trust))
                .service(new Jobs())
                .start();
        PeerConnections connections =
            new PeerConnections(
                TlsIdentity.fixed(old.tls(), trust),
                participant -> new Endpoint("127.0.0.1", strict.port()))) {
      assertRefused(
          () -> jobStatus(connections, "bank"),
          TransportException.Code.UNTRUSTED,
          "our certificate has expired");
    }
    assertThatThrownBy(() -> NodeHome.open(directory.resolve("old")).requireCurrent())
        .hasMessageContaining("tls.pem")
        .hasMessageContaining("expired on")
        .hasMessageContaining("tidegate renew --home");
  }

  @Test
  void takesARenewedCertificateAtTheNextHandshakeWithoutANewMemberList() {
    assertThat(jobStatus(space.node("bank").connections(), "tax")).isEqualTo("known");
    NodeHome tax = space.node("tax").home();
    var before = tax.tls().certificate();
    NodeHome.open(tax.path()).renew();
    assertThat(tax.tls().certificate()).isNotEqualTo(before);
    try (PeerConnections bank =
            new PeerConnections(space.node("bank").identity(), space::endpoint);
        PeerConnections renewed =
            new PeerConnections(space.node("tax").identity(), space::endpoint)) {
      assertThat(jobStatus(bank, "tax")).isEqualTo("known");
      assertThat(jobStatus(renewed, "bank")).isEqualTo("known");
      assertThat(lastCaller.get().certificate()).isEqualTo(tax.tls().certificate());
    }
  }

  @Test
  void endsTheCallsOfAMemberThatIsNoLongerOne() {
    NodeHome bank = space.node("bank").home();
    AtomicReference<MemberTrust> trust = new AtomicReference<>(bank.trust());
    try (NodeServer server =
            NodeServer.builder()
                .listen("127.0.0.1", 0)
                .identity(new TlsIdentity(bank::tls, trust::get))
                .service(new Jobs())
                .start();
        PeerConnections tax =
            new PeerConnections(
                space.node("tax").identity(),
                participant -> new Endpoint("127.0.0.1", server.port()))) {
      assertThat(jobStatus(tax, "bank")).isEqualTo("known");
      trust.set(bank.ownTrust());
      assertRefused(
          () -> jobStatus(tax, "bank"), TransportException.Code.UNTRUSTED, "no longer accepted");
    }
  }

  @Test
  void refusesOldTlsAndClientsWithoutCertificate() throws Exception {
    NodeHome tax = space.node("tax").home();
    SslContextBuilder oldTls =
        SslContextBuilder.forClient()
            .keyManager(tax.tls().privateKey(), tax.tls().certificate())
            .protocols("TLSv1.2");
    SslContextBuilder anonymous = SslContextBuilder.forClient().protocols("TLSv1.3");
    for (SslContextBuilder builder : List.of(oldTls, anonymous)) {
      SslContext context =
          GrpcSslContexts.configure(
                  builder.trustManager(InsecureTrustManagerFactory.INSTANCE), SslProvider.OPENSSL)
              .build();
      assertUnavailable(
          NettyChannelBuilder.forAddress("127.0.0.1", space.endpoint("bank").port())
              .sslContext(context));
    }
    assertUnavailable(
        NettyChannelBuilder.forAddress("127.0.0.1", space.endpoint("bank").port()).usePlaintext());
  }

  @Test
  void speaksWithTheJdksOwnTls() throws Exception {
    NodeHome tax = space.node("tax").home();
    SslContext context =
        GrpcSslContexts.configure(
                SslContextBuilder.forClient()
                    .keyManager(tax.tls().privateKey(), tax.tls().certificate())
                    .protocols("TLSv1.3")
                    .trustManager(InsecureTrustManagerFactory.INSTANCE),
                SslProvider.JDK)
            .build();
    var channel =
        NettyChannelBuilder.forAddress("127.0.0.1", space.endpoint("bank").port())
            .sslContext(context)
            .intercept(ProtocolVersion.client("bank", ProtocolVersion.CURRENT))
            .build();
    try {
      assertThat(
              JobServiceGrpc.newBlockingStub(channel)
                  .status(StatusRequest.getDefaultInstance())
                  .getState())
          .isEqualTo("known");
    } finally {
      channel.shutdownNow();
    }
  }

  @Test
  void endsOfDifferentVersionsSayWhichToUpgrade() {
    NodeHome tax = space.node("tax").home();
    TlsIdentity identity = new TlsIdentity(tax::tls, tax::trust);
    try (PeerConnections newer =
        new PeerConnections(identity, space::endpoint, ProtocolVersion.CURRENT + 1)) {
      TransportException refusal =
          assertRefused(
              () -> jobStatus(newer, "bank"),
              TransportException.Code.VERSION,
              "bank speaks protocol version " + ProtocolVersion.CURRENT);
      assertThat(refusal).hasMessageContaining("Upgrade bank");
    }
    try (NodeServer newer =
            NodeServer.builder()
                .listen("127.0.0.1", 0)
                .identity(identity)
                .service(new Jobs())
                .protocolVersion(ProtocolVersion.CURRENT + 1)
                .start();
        PeerConnections bank =
            new PeerConnections(
                space.node("bank").identity(),
                participant -> new Endpoint("127.0.0.1", newer.port()))) {
      TransportException refusal =
          assertRefused(
              () -> jobStatus(bank, "tax"),
              TransportException.Code.VERSION,
              "tax speaks protocol version " + (ProtocolVersion.CURRENT + 1));
      assertThat(refusal).hasMessageContaining("Upgrade this node");
    }
  }

  @Test
  void saysThatAPeerIsDownOrNoNode() throws Exception {
    space.redirect("tax", new Endpoint("127.0.0.1", 1));
    assertRefused(
        () -> jobStatus(space.node("bank").connections(), "tax"),
        TransportException.Code.UNREACHABLE,
        "tidegate start");
    space.redirect("tax", new Endpoint("no-such-host.invalid", 7001));
    assertRefused(
        () -> jobStatus(space.node("bank").connections(), "tax"),
        TransportException.Code.UNREACHABLE,
        "host name is unknown");
  }

  @Test
  void saysThatAPortIsInUse() {
    int taken = space.node("bank").server().port();
    NodeServer.Builder second =
        NodeServer.builder().listen("127.0.0.1", taken).identity(space.node("tax").identity());
    assertThatThrownBy(second::start)
        .isInstanceOf(TransportException.class)
        .hasMessageContaining("port " + taken + " on 127.0.0.1 is in use")
        .hasMessageContaining("config.yaml");
  }

  @Test
  void servesNothingThatNoRuleCovers() {
    assertThatThrownBy(() ->
            NodeServer.builder()
                .service(io.grpc.ServerServiceDefinition.builder("some.other.Service").build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("some.other.Service");
  }

  private PeerConnections administrator(String of, String at) {
    return PeerConnections.ofAdministrator(space.node(of).home(), space.endpoint(at));
  }

  private PeerConnections as(Credential credential, MemberTrust trust) {
    return new PeerConnections(TlsIdentity.fixed(credential, trust), space::endpoint);
  }

  private static String jobStatus(PeerConnections connections, String peer) {
    return connections.call(
        peer,
        channel ->
            JobServiceGrpc.newBlockingStub(channel)
                .withDeadlineAfter(10, TimeUnit.SECONDS)
                .status(StatusRequest.getDefaultInstance())
                .getState());
  }

  private static String nodeStatus(PeerConnections connections, String peer) {
    return connections.call(
        peer,
        channel ->
            AdminServiceGrpc.newBlockingStub(channel)
                .withDeadlineAfter(10, TimeUnit.SECONDS)
                .nodeStatus(NodeStatusRequest.getDefaultInstance())
                .getJson());
  }

  private static TransportException assertRefused(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call,
      TransportException.Code code,
      String text) {
    TransportException refusal = catchThrowableOfType(TransportException.class, call);
    assertThat(refusal).isNotNull().hasMessageContaining(text);
    assertThat(refusal.code()).as(refusal.getMessage()).isEqualTo(code);
    return refusal;
  }

  private static void assertUnavailable(NettyChannelBuilder builder) {
    var channel = builder.build();
    try {
      assertThatThrownBy(() ->
              JobServiceGrpc.newBlockingStub(channel)
                  .withDeadlineAfter(10, TimeUnit.SECONDS)
                  .status(StatusRequest.getDefaultInstance()))
          .isInstanceOf(io.grpc.StatusRuntimeException.class)
          .hasMessageContaining("UNAVAILABLE");
    } finally {
      channel.shutdownNow();
    }
  }
}
