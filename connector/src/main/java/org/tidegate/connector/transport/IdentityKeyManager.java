package org.tidegate.connector.transport;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;
import org.tidegate.connector.identity.Credential;
import org.tidegate.connector.identity.Pem;

/** Presents the certificate that is current at the moment of the handshake. */
final class IdentityKeyManager extends X509ExtendedKeyManager {
  private final Supplier<Credential> source;
  private volatile @Nullable Credential current;
  private volatile @Nullable Credential previous;

  IdentityKeyManager(Supplier<Credential> source) {
    this.source = source;
  }

  /**
   * The alias is the certificate's digest, so that a handshake that began before a replacement gets
   * the key that goes with the chain it was given.
   */
  private synchronized String alias() {
    Credential fresh = source.get();
    if (fresh != current) {
      previous = current;
      current = fresh;
    }
    return Pem.digest(fresh.certificate());
  }

  private @Nullable Credential find(String alias) {
    for (Credential credential : new @Nullable Credential[] {current, previous}) {
      if (credential != null && Pem.digest(credential.certificate()).equals(alias)) {
        return credential;
      }
    }
    return null;
  }

  @Override
  public X509Certificate @Nullable [] getCertificateChain(String alias) {
    Credential credential = find(alias);
    return credential == null ? null : new X509Certificate[] {credential.certificate()};
  }

  @Override
  public @Nullable PrivateKey getPrivateKey(String alias) {
    Credential credential = find(alias);
    return credential == null ? null : credential.privateKey();
  }

  @Override
  public @Nullable String chooseEngineClientAlias(
      String[] keyTypes, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
    return choose(keyTypes);
  }

  @Override
  public @Nullable String chooseEngineServerAlias(
      String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
    return choose(keyType);
  }

  @Override
  public @Nullable String chooseClientAlias(
      String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return choose(keyTypes);
  }

  @Override
  public @Nullable String chooseServerAlias(
      String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return choose(keyType);
  }

  @Override
  public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
    return aliases(keyType);
  }

  @Override
  public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
    return aliases(keyType);
  }

  private String @Nullable [] aliases(String keyType) {
    String alias = choose(keyType);
    return alias == null ? null : new String[] {alias};
  }

  private @Nullable String choose(String... keyTypes) {
    for (String type : keyTypes) {
      if (type.startsWith("EC")) {
        return alias();
      }
    }
    return null;
  }
}
