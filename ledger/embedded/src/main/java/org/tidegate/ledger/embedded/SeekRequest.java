package org.tidegate.ledger.embedded;

import com.google.protobuf.InvalidProtocolBufferException;
import java.security.GeneralSecurityException;
import java.time.Instant;
import org.hyperledger.fabric.protos.common.ChannelHeader;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.Payload;
import org.hyperledger.fabric.protos.common.SignatureHeader;
import org.hyperledger.fabric.protos.common.Status;
import org.hyperledger.fabric.protos.orderer.SeekInfo;
import org.hyperledger.fabric.protos.orderer.SeekPosition;
import org.tidegate.ledger.audit.block.ChannelConfig;
import org.tidegate.ledger.audit.block.Identity;

/**
 * A checked request for blocks.
 *
 * @param start the first block
 * @param stop the last block, Long.MAX_VALUE for no end
 * @param follow whether to wait for blocks that are not there yet
 * @param reader who asked
 */
record SeekRequest(long start, long stop, boolean follow, Identity reader) {
  /** A request that is refused with a status of Fabric's. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1;
    private final Status status;

    Refused(Status status) {
      super(status.name());
      this.status = status;
    }

    Status status() {
      return status;
    }
  }

  /** Checks the envelope's form, signature and positions. */
  static SeekRequest parse(Envelope envelope, ChannelConfig config, long height, Instant now)
      throws Refused {
    try {
      Payload payload = Payload.parseFrom(envelope.getPayload());
      ChannelHeader header = ChannelHeader.parseFrom(payload.getHeader().getChannelHeader());
      if (!header.getChannelId().equals(config.channel())) {
        throw new Refused(Status.NOT_FOUND);
      }
      Identity reader =
          config
              .members()
              .verify(
                  SignatureHeader.parseFrom(payload.getHeader().getSignatureHeader()).getCreator(),
                  envelope.getPayload().toByteArray(),
                  envelope.getSignature(),
                  now);
      if (!reader.isMember()) {
        throw new Refused(Status.FORBIDDEN);
      }
      SeekInfo seek = SeekInfo.parseFrom(payload.getData());
      if (!seek.hasStart() || !seek.hasStop()) {
        throw new Refused(Status.BAD_REQUEST);
      }
      long start = position(seek.getStart(), height);
      long stop = position(seek.getStop(), height);
      if (start < 0 || stop < start) {
        throw new Refused(Status.BAD_REQUEST);
      }
      return new SeekRequest(
          start, stop, seek.getBehavior() == SeekInfo.SeekBehavior.BLOCK_UNTIL_READY, reader);
    } catch (InvalidProtocolBufferException e) {
      throw new Refused(Status.BAD_REQUEST);
    } catch (GeneralSecurityException e) {
      throw new Refused(Status.FORBIDDEN);
    }
  }

  /** The block that a position means; specified numbers are unsigned. */
  static long position(SeekPosition position, long height) {
    return switch (position.getTypeCase()) {
      case OLDEST -> 0;
      case NEWEST -> height - 1;
      case NEXT_COMMIT -> height;
      case SPECIFIED -> {
        long number = position.getSpecified().getNumber();
        yield number < 0 ? Long.MAX_VALUE : number;
      }
      case TYPE_NOT_SET -> -1;
    };
  }
}
