package org.tidegate.ledger.audit.block;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import org.hyperledger.fabric.protos.msp.SerializedIdentity;
import org.tidegate.ledger.records.Signatures;

/**
 * The membership service: which certificates speak for which organisation. An organisation's
 * certificates are issued by its own authority, and only by it; a certificate under another
 * organisation's name is refused. Safe for any number of threads.
 */
public final class Msps {
  private static final int MAX_IDENTITY_BYTES = 16_384;
  private static final int MAX_CACHED = 10_000;

  private final Map<String, List<X509Certificate>> roots;
  // Chain and units never change for the same bytes; validity is checked at every use.
  private final Map<ByteString, Identity> checked = new ConcurrentHashMap<>();

  /**
   * @param roots the authorities of each organisation, by MSP id
   */
  public Msps(Map<String, List<X509Certificate>> roots) {
    this.roots = Map.copyOf(roots);
  }

  /** The organisations. */
  public Set<String> ids() {
    return roots.keySet();
  }

  /**
   * The identity that {@code serialized} (Fabric's {@code SerializedIdentity}) claims, checked.
   *
   * @param at the time at which the certificate must be valid
   * @throws GeneralSecurityException saying why it is refused
   */
  public Identity identify(ByteString serialized, Instant at) throws GeneralSecurityException {
    Identity identity = identifyUndated(serialized);
    identity.certificate().checkValidity(Date.from(at));
    return identity;
  }

  /**
   * The identity that {@code serialized} claims, whatever the time: for signatures which count for
   * as long as the block does.
   *
   * @throws GeneralSecurityException saying why it is refused
   */
  Identity identifyUndated(ByteString serialized) throws GeneralSecurityException {
    Identity identity = checked.get(serialized);
    if (identity == null) {
      identity = check(serialized);
      if (checked.size() < MAX_CACHED) {
        checked.put(serialized, identity);
      }
    }
    return identity;
  }

  /**
   * The identity whose signature over {@code message} this is.
   *
   * @throws GeneralSecurityException if the identity is refused or the signature is not its own
   */
  public Identity verify(ByteString serialized, byte[] message, ByteString signature, Instant at)
      throws GeneralSecurityException {
    Identity identity = identify(serialized, at);
    if (!Signatures.verify(
        identity.certificate().getPublicKey(), message, signature.toByteArray())) {
      throw new GeneralSecurityException(
          "the signature is not that of the named certificate of " + identity.mspId());
    }
    return identity;
  }

  private Identity check(ByteString serialized) throws GeneralSecurityException {
    if (serialized.size() > MAX_IDENTITY_BYTES) {
      throw new GeneralSecurityException("an identity of " + serialized.size() + " bytes");
    }
    SerializedIdentity claimed;
    try {
      claimed = SerializedIdentity.parseFrom(serialized);
    } catch (InvalidProtocolBufferException e) {
      throw new GeneralSecurityException("the identity does not parse", e);
    }
    List<X509Certificate> authorities = roots.get(claimed.getMspid());
    if (authorities == null) {
      throw new GeneralSecurityException(
          "MSP '" + printable(claimed.getMspid()) + "' is none of the channel's");
    }
    X509Certificate certificate = parse(claimed.getIdBytes());
    if (certificate.getBasicConstraints() >= 0) {
      throw new CertificateException("an authority's certificate is no identity");
    }
    for (X509Certificate authority : authorities) {
      if (issued(authority, certificate)) {
        return new Identity(claimed.getMspid(), units(certificate), certificate);
      }
    }
    throw new CertificateException(
        "the certificate was not issued by an authority of MSP '" + claimed.getMspid() + "'");
  }

  private static boolean issued(X509Certificate authority, X509Certificate certificate) {
    if (!authority.getSubjectX500Principal().equals(certificate.getIssuerX500Principal())) {
      return false;
    }
    try {
      certificate.verify(authority.getPublicKey());
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  /** Parses one certificate, PEM or DER. */
  static X509Certificate parse(ByteString bytes) throws CertificateException {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509").generateCertificate(bytes.newInput());
  }

  private static Set<String> units(X509Certificate certificate) throws CertificateException {
    Principal subject = certificate.getSubjectX500Principal();
    try {
      Set<String> units = new HashSet<>();
      for (Rdn part : new LdapName(subject.getName()).getRdns()) {
        if (part.getType().equalsIgnoreCase("OU")) {
          units.add(String.valueOf(part.getValue()));
        }
      }
      return Set.copyOf(units);
    } catch (InvalidNameException e) {
      throw new CertificateException("the certificate's subject does not parse", e);
    }
  }

  private static String printable(String text) {
    String cut = text.length() > 64 ? text.substring(0, 64) + "…" : text;
    return cut.replaceAll("\\p{Cntrl}", "?");
  }
}
