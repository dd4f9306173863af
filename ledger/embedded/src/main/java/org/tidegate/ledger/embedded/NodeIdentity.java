package org.tidegate.ledger.embedded;

import com.google.protobuf.ByteString;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import org.hyperledger.fabric.protos.msp.SerializedIdentity;
import org.tidegate.ledger.records.Signatures;

/** The node's ledger identity: signs endorsements, blocks, requests and checkpoints. */
final class NodeIdentity {
  private final String mspId;
  private final X509Certificate certificate;
  private final PrivateKey key;
  private final ByteString serialized;

  NodeIdentity(String mspId, X509Certificate certificate, PrivateKey key) {
    this.mspId = mspId;
    this.certificate = certificate;
    this.key = key;
    this.serialized =
        SerializedIdentity.newBuilder()
            .setMspid(mspId)
            .setIdBytes(ByteString.copyFromUtf8(Genesis.pem(certificate)))
            .build()
            .toByteString();
  }

  String mspId() {
    return mspId;
  }

  X509Certificate certificate() {
    return certificate;
  }

  /** Fabric's serialised identity. */
  ByteString serialized() {
    return serialized;
  }

  /** Low-S DER ECDSA over SHA-256 of {@code message}. */
  byte[] sign(byte[] message) {
    return Signatures.sign(key, message);
  }

  ByteString sign(ByteString message) {
    return ByteString.copyFrom(sign(message.toByteArray()));
  }
}
