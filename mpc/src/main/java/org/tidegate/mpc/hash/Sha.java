package org.tidegate.mpc.hash;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The hash functions of the Java runtime, which every runtime must have. */
public final class Sha {
  private Sha() {}

  /** A fresh SHA-256. */
  public static MessageDigest sha256() {
    return named("SHA-256");
  }

  /** A fresh SHA-512. */
  public static MessageDigest sha512() {
    return named("SHA-512");
  }

  private static MessageDigest named(String name) {
    try {
      return MessageDigest.getInstance(name);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java runtime has no " + name, e);
    }
  }
}
