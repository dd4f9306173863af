package org.tidegate.ledger.contract;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.hyperledger.fabric.protos.peer.ChaincodeEvent;
import org.hyperledger.fabric.protos.peer.SignedProposal;
import org.hyperledger.fabric.shim.Chaincode;
import org.hyperledger.fabric.shim.ChaincodeStub;
import org.hyperledger.fabric.shim.ledger.CompositeKey;
import org.hyperledger.fabric.shim.ledger.KeyModification;
import org.hyperledger.fabric.shim.ledger.KeyValue;
import org.hyperledger.fabric.shim.ledger.QueryResultsIterator;
import org.hyperledger.fabric.shim.ledger.QueryResultsIteratorWithMetadata;

/**
 * The part of Fabric's stub that {@link TidegateContract} uses is left to subclasses: state by key
 * and by range. Everything else of the interface throws, so a contract that begins to use more
 * fails at once wherever it runs without a Fabric peer.
 */
public abstract class ContractStub implements ChaincodeStub {
  private final String channel;
  private final String txId;
  private final byte[] creator;
  private final Instant time;
  private final List<byte[]> arguments;

  /**
   * @param channel the channel's name
   * @param txId the transaction's id
   * @param creator the serialized identity that signed the transaction
   * @param time the transaction's time
   * @param arguments function name and arguments
   */
  protected ContractStub(
      String channel, String txId, byte[] creator, Instant time, List<byte[]> arguments) {
    this.channel = channel;
    this.txId = txId;
    this.creator = creator.clone();
    this.time = time;
    this.arguments = List.copyOf(arguments);
  }

  @Override
  public final String getChannelId() {
    return channel;
  }

  @Override
  public final String getTxId() {
    return txId;
  }

  @Override
  public final byte[] getCreator() {
    return creator.clone();
  }

  @Override
  public final Instant getTxTimestamp() {
    return time;
  }

  @Override
  public final List<byte[]> getArgs() {
    return arguments;
  }

  @Override
  public final List<String> getStringArgs() {
    return arguments.stream()
        .map(argument -> new String(argument, StandardCharsets.UTF_8))
        .toList();
  }

  @Override
  public final String getFunction() {
    return getStringArgs().getFirst();
  }

  @Override
  public final List<String> getParameters() {
    return getStringArgs().subList(1, arguments.size());
  }

  private static UnsupportedOperationException unused(String what) {
    return new UnsupportedOperationException("the contract does not use " + what);
  }

  @Override
  public final Chaincode.Response invokeChaincode(
      String name, List<byte[]> args, String channelName) {
    throw unused("other chaincodes");
  }

  @Override
  public final byte[] getStateValidationParameter(String key) {
    throw unused("key-level endorsement");
  }

  @Override
  public final void setStateValidationParameter(String key, byte[] value) {
    throw unused("key-level endorsement");
  }

  @Override
  public final QueryResultsIteratorWithMetadata<KeyValue> getStateByRangeWithPagination(
      String startKey, String endKey, int pageSize, String bookmark) {
    throw unused("paginated ranges");
  }

  @Override
  public final QueryResultsIterator<KeyValue> getStateByPartialCompositeKey(String compositeKey) {
    throw unused("composite keys");
  }

  @Override
  public final QueryResultsIterator<KeyValue> getStateByPartialCompositeKey(
      String objectType, String... attributes) {
    throw unused("composite keys");
  }

  @Override
  public final QueryResultsIterator<KeyValue> getStateByPartialCompositeKey(
      CompositeKey compositeKey) {
    throw unused("composite keys");
  }

  @Override
  public final QueryResultsIteratorWithMetadata<KeyValue>
      getStateByPartialCompositeKeyWithPagination(
          CompositeKey compositeKey, int pageSize, String bookmark) {
    throw unused("composite keys");
  }

  @Override
  public final CompositeKey createCompositeKey(String objectType, String... attributes) {
    throw unused("composite keys");
  }

  @Override
  public final CompositeKey splitCompositeKey(String compositeKey) {
    throw unused("composite keys");
  }

  @Override
  public final QueryResultsIterator<KeyValue> getQueryResult(String query) {
    throw unused("rich queries");
  }

  @Override
  public final QueryResultsIteratorWithMetadata<KeyValue> getQueryResultWithPagination(
      String query, int pageSize, String bookmark) {
    throw unused("rich queries");
  }

  @Override
  public final QueryResultsIterator<KeyModification> getHistoryForKey(String key) {
    throw unused("key history");
  }

  @Override
  public final byte[] getPrivateData(String collection, String key) {
    throw unused("private data");
  }

  @Override
  public final byte[] getPrivateDataHash(String collection, String key) {
    throw unused("private data");
  }

  @Override
  public final byte[] getPrivateDataValidationParameter(String collection, String key) {
    throw unused("private data");
  }

  @Override
  public final void putPrivateData(String collection, String key, byte[] value) {
    throw unused("private data");
  }

  @Override
  public final void setPrivateDataValidationParameter(String collection, String key, byte[] value) {
    throw unused("private data");
  }

  @Override
  public final void delPrivateData(String collection, String key) {
    throw unused("private data");
  }

  @Override
  public final void purgePrivateData(String collection, String key) {
    throw unused("private data");
  }

  @Override
  public final QueryResultsIterator<KeyValue> getPrivateDataByRange(
      String collection, String startKey, String endKey) {
    throw unused("private data");
  }

  @Override
  public final QueryResultsIterator<KeyValue> getPrivateDataByPartialCompositeKey(
      String collection, String compositeKey) {
    throw unused("private data");
  }

  @Override
  public final QueryResultsIterator<KeyValue> getPrivateDataByPartialCompositeKey(
      String collection, CompositeKey compositeKey) {
    throw unused("private data");
  }

  @Override
  public final QueryResultsIterator<KeyValue> getPrivateDataByPartialCompositeKey(
      String collection, String objectType, String... attributes) {
    throw unused("private data");
  }

  @Override
  public final QueryResultsIterator<KeyValue> getPrivateDataQueryResult(
      String collection, String query) {
    throw unused("private data");
  }

  @Override
  public void setEvent(String name, byte[] payload) {
    throw unused("events");
  }

  @Override
  public final ChaincodeEvent getEvent() {
    throw unused("events");
  }

  @Override
  public final SignedProposal getSignedProposal() {
    throw unused("the signed proposal");
  }

  @Override
  public final Map<String, byte[]> getTransient() {
    throw unused("transient data");
  }

  @Override
  public final byte[] getBinding() {
    throw unused("the binding");
  }

  @Override
  public final String getMspId() {
    throw unused("the peer's own organisation");
  }
}
