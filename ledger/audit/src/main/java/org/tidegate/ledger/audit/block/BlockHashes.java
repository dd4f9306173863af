package org.tidegate.ledger.audit.block;

import com.google.protobuf.ByteString;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.hyperledger.fabric.protos.common.BlockHeader;

/**
 * Hashes as Fabric computes them.
 *
 * <pre>
 *   header hash = SHA-256(DER SEQUENCE{INTEGER number, OCTET STRING previous, OCTET STRING data})
 *   data hash   = SHA-256(envelope 0 ‖ envelope 1 ‖ …)
 *   tx id       = hex SHA-256(nonce ‖ creator)
 * </pre>
 */
public final class BlockHashes {
  private static final int DER_INTEGER = 0x02;
  private static final int DER_OCTET_STRING = 0x04;
  private static final int DER_SEQUENCE = 0x30;

  private BlockHashes() {}

  /** SHA-256 of the concatenation of {@code parts}, 32 bytes. */
  public static byte[] sha256(byte[]... parts) {
    MessageDigest digest = newSha256();
    for (byte[] part : parts) {
      digest.update(part);
    }
    return digest.digest();
  }

  /** The DER form of a header, which is what is hashed and what orderers sign. */
  public static byte[] headerBytes(BlockHeader header) {
    ByteArrayOutputStream body = new ByteArrayOutputStream(96);
    // Numbers are uint64 on the wire; a negative long is a number above 2^63.
    put(body, DER_INTEGER, new BigInteger(Long.toUnsignedString(header.getNumber())).toByteArray());
    put(body, DER_OCTET_STRING, header.getPreviousHash().toByteArray());
    put(body, DER_OCTET_STRING, header.getDataHash().toByteArray());
    ByteArrayOutputStream sequence = new ByteArrayOutputStream(96);
    put(sequence, DER_SEQUENCE, body.toByteArray());
    return sequence.toByteArray();
  }

  /** The hash by which the next block names this one, 32 bytes. */
  public static byte[] headerHash(BlockHeader header) {
    return sha256(headerBytes(header));
  }

  /** The hash over a block's envelopes, 32 bytes. */
  public static byte[] dataHash(List<ByteString> envelopes) {
    MessageDigest digest = newSha256();
    for (ByteString envelope : envelopes) {
      digest.update(envelope.asReadOnlyByteBuffer());
    }
    return digest.digest();
  }

  /** The transaction id that a nonce and a creator make, in lower-case hex. */
  public static String txId(ByteString nonce, ByteString creator) {
    return HexFormat.of().formatHex(sha256(nonce.toByteArray(), creator.toByteArray()));
  }

  private static void put(ByteArrayOutputStream out, int tag, byte[] value) {
    out.write(tag);
    if (value.length < 0x80) {
      out.write(value.length);
    } else {
      byte[] length = BigInteger.valueOf(value.length).toByteArray();
      int from = length[0] == 0 ? 1 : 0;
      out.write(0x80 | (length.length - from));
      out.write(length, from, length.length - from);
    }
    out.writeBytes(value);
  }

  private static MessageDigest newSha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
