package org.tidegate.ledger.fabric;

import java.nio.file.Path;

/**
 * The settings files of Fabric's two programs, {@code core.yaml} and {@code orderer.yaml}: all that
 * differs from the programs' defaults, or has none.
 */
final class ProgramSettings {
  private ProgramSettings() {}

  /** A peer's settings. */
  static String peer(NetworkLayout layout, String organisation) {
    Path home = layout.peerHome(organisation);
    NetworkLayout.PeerPorts ports = layout.ports(organisation);
    return """
    peer:
      id: %1$s
      networkId: %2$s
      listenAddress: %3$s
      address: %3$s
      chaincodeListenAddress: %4$s
      addressAutoDetect: false
      localMspId: %1$s
      localMspType: bccsp
      mspConfigPath: %5$s
      fileSystemPath: %6$s
      gateway: {enabled: true, endorsementTimeout: 30s, broadcastTimeout: 30s, dialTimeout: 10s}
      keepalive:
        interval: 7200s
        timeout: 20s
        minInterval: 20s
        client: {interval: 60s, timeout: 20s}
        deliveryClient: {interval: 60s, timeout: 20s}
      gossip:
        bootstrap: %3$s
        externalEndpoint: %3$s
        useLeaderElection: false
        orgLeader: true
        # An organisation's only peer finds the others quickly, and again after an outage.
        reconnectInterval: 2s
        publishStateInfoInterval: 1s
        requestStateInfoInterval: 1s
        pvtData:
          implicitCollectionDisseminationPolicy: {requiredPeerCount: 0, maxPeerCount: 1}
        state: {enabled: false}
      tls:
        enabled: true
        clientAuthRequired: false
        cert: {file: %7$s}
        key: {file: %8$s}
        rootcert: {file: %9$s}
      authentication: {timewindow: 15m}
      client: {connTimeout: 3s}
      deliveryclient:
        reconnectTotalTimeThreshold: 86400s
        connTimeout: 3s
        reConnectBackoffThreshold: 2s
        policy: simple
      BCCSP: {Default: SW, SW: {Hash: SHA2, Security: 256}}
      handlers:
        authFilters: [{name: DefaultAuth}, {name: ExpirationCheck}]
        decorators: [{name: DefaultDecorator}]
        endorsers: {escc: {name: DefaultEndorsement}}
        validators: {vscc: {name: DefaultValidation}}
      discovery:
        enabled: true
        authCacheEnabled: true
        authCacheMaxSize: 1000
        authCachePurgeRetentionRatio: 0.75
        orgMembersAllowedAccess: false
      limits: {concurrency: {endorserService: 2500, deliverService: 2500, gatewayService: 500}}
      maxRecvMsgSize: 104857600
      maxSendMsgSize: 104857600
    vm: {endpoint: ""}
    chaincode:
      mode: net
      keepalive: 0
      installTimeout: 60s
      startuptimeout: 60s
      executetimeout: 30s
      system: {_lifecycle: enable, cscc: enable, lscc: enable, qscc: enable}
      externalBuilders: [{name: service, path: %10$s}]
      logging: {level: warning, shim: warning}
    ledger:
      state: {stateDatabase: goleveldb, totalQueryLimit: 100000}
      history: {enableHistoryDatabase: true}
      pvtdataStore:
        collElgProcMaxDbBatchSize: 5000
        collElgProcDbBatchesInterval: 1000
        deprioritizedDataReconcilerInterval: 60m
        purgeInterval: 100
      snapshots: {rootDir: %11$s}
    operations: {listenAddress: "%12$s:0", tls: {enabled: false}}
    metrics: {provider: disabled}
    """
        .formatted(
            quoted(organisation),
            quoted(layout.space()),
            quoted(NetworkLayout.at(ports.peer())),
            quoted(NetworkLayout.at(ports.chaincode())),
            quoted(home.resolve("msp")),
            quoted(home.resolve("data")),
            quoted(home.resolve("tls/server.crt")),
            quoted(home.resolve("tls/server.key")),
            quoted(home.resolve("tls/ca.crt")),
            quoted(layout.builder()),
            quoted(home.resolve("data/snapshots")),
            NetworkLayout.HOST);
  }

  /** The orderer's settings. */
  static String orderer(NetworkLayout layout, boolean version2) {
    Path home = layout.ordererHome();
    return """
    General:
      ListenAddress: %1$s
      ListenPort: %2$d
      LocalMSPID: %3$s
      LocalMSPDir: %4$s
    %5$s\
      TLS:
        Enabled: true
        PrivateKey: %6$s
        Certificate: %7$s
        RootCAs: [%8$s]
      Cluster:
        ClientCertificate: %7$s
        ClientPrivateKey: %6$s
        RootCAs: [%8$s]
      Keepalive: {ServerMinInterval: 20s, ServerInterval: 7200s, ServerTimeout: 20s}
      BCCSP: {Default: SW, SW: {Hash: SHA2, Security: 256}}
      Authentication: {TimeWindow: 15m}
    FileLedger: {Location: %9$s}
    Consensus: {WALDir: %10$s, SnapDir: %11$s}
    ChannelParticipation: {Enabled: true, MaxRequestBodySize: 4 MB}
    Admin:
      ListenAddress: "%1$s:%12$d"
      TLS:
        Enabled: true
        Certificate: %7$s
        PrivateKey: %6$s
        ClientAuthRequired: true
        ClientRootCAs: [%8$s]
    Operations: {ListenAddress: "%1$s:0", TLS: {Enabled: false}}
    Metrics: {Provider: disabled}
    """
        .formatted(
            NetworkLayout.HOST,
            layout.ordererPort(),
            quoted(layout.orderer()),
            quoted(home.resolve("msp")),
            // The system channel, which 3.0 left behind, is not wanted.
            version2 ? "  BootstrapMethod: none\n" : "",
            quoted(home.resolve("tls/server.key")),
            quoted(home.resolve("tls/server.crt")),
            quoted(home.resolve("tls/ca.crt")),
            quoted(home.resolve("data")),
            quoted(home.resolve("data/etcdraft/wal")),
            quoted(home.resolve("data/etcdraft/snapshot")),
            layout.adminPort());
  }

  /** A YAML string, whatever stands in a path. */
  private static String quoted(Object text) {
    return "\"" + text.toString().replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }
}
