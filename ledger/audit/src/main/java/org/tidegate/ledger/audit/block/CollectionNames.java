package org.tidegate.ledger.audit.block;

import com.google.protobuf.ByteString;
import java.util.HexFormat;
import java.util.Optional;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.HashedRWSet;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVRWSet;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVRead;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVReadHash;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVWrite;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVWriteHash;

/**
 * Private collections as blocks show them: hashes of keys and values. They are versioned like any
 * other key, so they are looked at as keys (the hash in hexadecimal) of the namespace {@code
 * CONTRACT$$hCOLLECTION}, Fabric's own name for it.
 */
final class CollectionNames {
  private static final String HASHED = "$$h";

  /** The collection that every organisation has without anybody defining it. */
  private static final String IMPLICIT = "_implicit_org_";

  private CollectionNames() {}

  static String namespace(String contract, String collection) {
    return contract + HASHED + collection;
  }

  /** The contract to which a namespace belongs, public or a collection. */
  static String contract(String namespace) {
    int at = namespace.indexOf(HASHED);
    return at < 0 ? namespace : namespace.substring(0, at);
  }

  static boolean isCollection(String namespace) {
    return namespace.contains(HASHED);
  }

  /** The organisation whose implicit collection a namespace is, if it is one. */
  static Optional<String> implicitOwner(String namespace) {
    int at = namespace.indexOf(HASHED + IMPLICIT);
    return at < 0
        ? Optional.empty()
        : Optional.of(namespace.substring(at + HASHED.length() + IMPLICIT.length()));
  }

  static KVRWSet readWriteSet(HashedRWSet hashed) {
    KVRWSet.Builder set = KVRWSet.newBuilder();
    for (KVReadHash read : hashed.getHashedReadsList()) {
      KVRead.Builder plain = KVRead.newBuilder().setKey(hex(read.getKeyHash()));
      if (read.hasVersion()) {
        plain.setVersion(read.getVersion());
      }
      set.addReads(plain);
    }
    for (KVWriteHash write : hashed.getHashedWritesList()) {
      set.addWrites(
          KVWrite.newBuilder()
              .setKey(hex(write.getKeyHash()))
              .setIsDelete(write.getIsDelete())
              .setValue(write.getValueHash()));
    }
    return set.build();
  }

  private static String hex(ByteString bytes) {
    return HexFormat.of().formatHex(bytes.toByteArray());
  }
}
