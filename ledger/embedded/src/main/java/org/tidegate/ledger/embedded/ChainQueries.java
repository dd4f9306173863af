package org.tidegate.ledger.embedded;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.util.List;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.BlockchainInfo;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.peer.ProcessedTransaction;
import org.hyperledger.fabric.protos.peer.Response;
import org.tidegate.ledger.audit.block.BlockHashes;
import org.tidegate.ledger.audit.block.ChannelConfig;

/**
 * Fabric's system chaincode {@code qscc}: GetChainInfo, GetBlockByNumber, GetBlockByTxID,
 * GetTransactionByID.
 */
final class ChainQueries {
  static final String NAME = "qscc";

  private static final int OK = 200;
  private static final int ERROR = 500;

  private final ChannelConfig config;
  private final CommittedChain chain;

  ChainQueries(ChannelConfig config, CommittedChain chain) {
    this.config = config;
    this.chain = chain;
  }

  /** The answer to function name, channel name and at most one more argument. */
  Response answer(List<ByteString> arguments) {
    try {
      if (arguments.size() < 2) {
        return error("missing 2nd argument: channel name");
      }
      String function = arguments.get(0).toStringUtf8();
      if (!arguments.get(1).toStringUtf8().equals(config.channel())) {
        return error("Invalid chain ID, " + arguments.get(1).toStringUtf8());
      }
      if (function.equals("GetChainInfo")) {
        return found(chainInfo().toByteString());
      }
      if (arguments.size() < 3) {
        return error("missing 3rd argument for " + function);
      }
      String argument = arguments.get(2).toStringUtf8();
      return switch (function) {
        case "GetBlockByNumber" -> block(Long.parseUnsignedLong(argument));
        case "GetBlockByTxID" -> blockOf(argument);
        case "GetTransactionByID" -> transaction(argument);
        default -> error("Requested function " + function + " not found.");
      };
    } catch (NumberFormatException e) {
      return error("Failed to parse block number: " + e.getMessage());
    } catch (IOException e) {
      return error("the block cannot be read: " + e.getMessage());
    }
  }

  private BlockchainInfo chainInfo() throws IOException {
    CommittedChain.Head head = chain.head();
    BlockchainInfo.Builder info =
        BlockchainInfo.newBuilder()
            .setHeight(head.height())
            .setCurrentBlockHash(ByteString.copyFrom(head.hash()));
    if (head.height() > 1) {
      info.setPreviousBlockHash(
          ByteString.copyFrom(BlockHashes.headerHash(chain.read(head.height() - 2).getHeader())));
    }
    return info.build();
  }

  private Response block(long number) throws IOException {
    long height = chain.gate().height();
    long wanted = number < 0 ? height - 1 : number;
    return wanted < height
        ? found(chain.read(wanted).toByteString())
        : error("Failed to get block number " + number + ", error no such block number");
  }

  private Response blockOf(String txId) throws IOException {
    CommittedChain.Location location = chain.find(txId);
    return location == null
        ? error("Failed to get block for txID " + txId + ", error no such transaction ID")
        : found(chain.read(location.block()).toByteString());
  }

  private Response transaction(String txId) throws IOException {
    CommittedChain.Location location = chain.find(txId);
    if (location == null) {
      return error("Failed to get transaction with id " + txId + ", error no such transaction ID");
    }
    Block block = chain.read(location.block());
    try {
      return found(
          ProcessedTransaction.newBuilder()
              .setTransactionEnvelope(Envelope.parseFrom(block.getData().getData(location.index())))
              .setValidationCode(location.code().getNumber())
              .build()
              .toByteString());
    } catch (InvalidProtocolBufferException e) {
      return error("transaction " + txId + " does not parse");
    }
  }

  private static Response found(ByteString payload) {
    return Response.newBuilder().setStatus(OK).setPayload(payload).build();
  }

  private static Response error(String message) {
    return Response.newBuilder().setStatus(ERROR).setMessage(message).build();
  }
}
