package org.tidegate.ledger.embedded;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import java.time.Instant;
import java.util.Random;
import org.hyperledger.fabric.protos.common.ChannelHeader;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.Header;
import org.hyperledger.fabric.protos.common.HeaderType;
import org.hyperledger.fabric.protos.common.Payload;
import org.hyperledger.fabric.protos.common.SignatureHeader;
import org.tidegate.ledger.audit.block.BlockHashes;
import org.tidegate.ledger.contract.TestParticipant;
import org.tidegate.ledger.contract.TestSpace;

/** Envelopes that an orderer takes, which no peer finds valid: cheap food for files. */
final class Envelopes {
  private final NodeIdentity self;
  private final Random random;

  Envelopes(TestParticipant participant, Random random) {
    self =
        new NodeIdentity(
            participant.name(), participant.ledgerCertificate(), participant.ledgerKey());
    this.random = random;
  }

  Envelope next() {
    byte[] nonce = new byte[24];
    random.nextBytes(nonce);
    byte[] filler = new byte[random.nextInt(600)];
    random.nextBytes(filler);
    ByteString nonceBytes = ByteString.copyFrom(nonce);
    Instant now = Instant.now();
    Header header =
        Header.newBuilder()
            .setChannelHeader(
                ChannelHeader.newBuilder()
                    .setType(HeaderType.ENDORSER_TRANSACTION_VALUE)
                    .setChannelId(TestSpace.NAME)
                    .setTxId(BlockHashes.txId(nonceBytes, self.serialized()))
                    .setTimestamp(Timestamp.newBuilder().setSeconds(now.getEpochSecond()))
                    .build()
                    .toByteString())
            .setSignatureHeader(
                SignatureHeader.newBuilder()
                    .setCreator(self.serialized())
                    .setNonce(nonceBytes)
                    .build()
                    .toByteString())
            .build();
    ByteString payload =
        Payload.newBuilder()
            .setHeader(header)
            .setData(ByteString.copyFrom(filler))
            .build()
            .toByteString();
    return Envelope.newBuilder().setPayload(payload).setSignature(self.sign(payload)).build();
  }
}
