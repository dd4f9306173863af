package org.tidegate.ledger.embedded;

import io.grpc.Channel;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.shim.Chaincode;
import org.tidegate.ledger.audit.block.ChannelConfig;
import org.tidegate.ledger.contract.TidegateContract;

/**
 * What a node's ledger is made of.
 *
 * @param directory where its files stand; made when missing
 * @param genesis block 0, whose hash the caller has compared with the signed space statement
 * @param mspId the node's organisation
 * @param certificate the node's ledger certificate, issued by its own authority, OU=peer
 * @param key the ledger certificate's private key
 * @param orderer the member whose node orders; this node orders if that is its own organisation
 * @param peers the connection to a member's node; asked again at each call, so that it may
 *     reconnect or change
 * @param chaincode the contract's name
 * @param contract makes the contract, once, of block 0's configuration
 * @param clock the node's clock
 * @param files where bytes go
 */
public record LedgerSettings(
    Path directory,
    Block genesis,
    String mspId,
    X509Certificate certificate,
    PrivateKey key,
    String orderer,
    Function<String, Channel> peers,
    String chaincode,
    Function<ChannelConfig, Chaincode> contract,
    InstantSource clock,
    FileLayer files) {

  /** Settings of a node with our contract, the system's clock and files. */
  public static LedgerSettings of(
      Path directory,
      Block genesis,
      String mspId,
      X509Certificate certificate,
      PrivateKey key,
      String orderer,
      Function<String, Channel> peers) {
    return new LedgerSettings(
        directory,
        genesis,
        mspId,
        certificate,
        key,
        orderer,
        peers,
        TidegateContract.NAME,
        config -> new TidegateContract(Optional.of(config.authorityPin())),
        InstantSource.system(),
        FileLayer.ofSystem());
  }

  /** Whether this node orders. */
  public boolean orders() {
    return mspId.equals(orderer);
  }

  /** The same with another contract. */
  public LedgerSettings withContract(String name, Function<ChannelConfig, Chaincode> made) {
    return new LedgerSettings(
        directory, genesis, mspId, certificate, key, orderer, peers, name, made, clock, files);
  }

  /** The same with another clock. */
  public LedgerSettings withClock(InstantSource other) {
    return new LedgerSettings(
        directory,
        genesis,
        mspId,
        certificate,
        key,
        orderer,
        peers,
        chaincode,
        contract,
        other,
        files);
  }

  /** The same with other files. */
  public LedgerSettings withFiles(FileLayer other) {
    return new LedgerSettings(
        directory,
        genesis,
        mspId,
        certificate,
        key,
        orderer,
        peers,
        chaincode,
        contract,
        clock,
        other);
  }

  /** Everything but the key. */
  @Override
  public String toString() {
    return "LedgerSettings[" + directory + ", " + mspId + ", orderer " + orderer + "]";
  }
}
