package org.tidegate.benchmarks.kernels;

import java.lang.foreign.AddressLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.math.BigInteger;
import java.util.Optional;

/** OpenSSL and GMP by way of the foreign function interface, where they are installed. */
final class NativeLibraries {
  private static final Linker LINKER = Linker.nativeLinker();
  private static final AddressLayout POINTER = ValueLayout.ADDRESS;
  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
  private static final ValueLayout.OfLong SIZE = ValueLayout.JAVA_LONG;

  private NativeLibraries() {}

  /** Whether OpenSSL 3 is there. */
  static boolean hasOpenSsl() {
    return library("libcrypto.so.3").isPresent();
  }

  /** Whether GMP is there. */
  static boolean hasGmp() {
    return library("libgmp.so.10").isPresent();
  }

  private static Optional<SymbolLookup> library(String name) {
    try {
      return Optional.of(SymbolLookup.libraryLookup(name, Arena.global()));
    } catch (IllegalArgumentException absent) {
      return Optional.empty();
    }
  }

  static MethodHandle function(String library, String name, FunctionDescriptor descriptor) {
    SymbolLookup symbols =
        library(library).orElseThrow(() -> new IllegalStateException("no " + library));
    return LINKER.downcallHandle(symbols.find(name).orElseThrow(), descriptor);
  }

  static IllegalStateException failed(Throwable cause) {
    return new IllegalStateException("a native call failed", cause);
  }

  /** X25519 of OpenSSL: what its own {@code speed} measures, a derivation per peer key. */
  static final class OpenSslX25519 {
    private static final int NID = 1034;
    private static final String CRYPTO = "libcrypto.so.3";
    private final MethodHandle newPublic =
        function(
            CRYPTO,
            "EVP_PKEY_new_raw_public_key",
            FunctionDescriptor.of(POINTER, INT, POINTER, POINTER, SIZE));
    private final MethodHandle setPeer =
        function(CRYPTO, "EVP_PKEY_derive_set_peer", FunctionDescriptor.of(INT, POINTER, POINTER));
    private final MethodHandle derive =
        function(CRYPTO, "EVP_PKEY_derive", FunctionDescriptor.of(INT, POINTER, POINTER, POINTER));
    private final MethodHandle free =
        function(CRYPTO, "EVP_PKEY_free", FunctionDescriptor.ofVoid(POINTER));
    private final MemorySegment context;
    private final MemorySegment peer = Arena.global().allocate(32);
    private final MemorySegment secret = Arena.global().allocate(32);
    private final MemorySegment length = Arena.global().allocate(SIZE);

    OpenSslX25519(byte[] scalar) {
      try {
        MethodHandle newPrivate =
            function(
                CRYPTO,
                "EVP_PKEY_new_raw_private_key",
                FunctionDescriptor.of(POINTER, INT, POINTER, POINTER, SIZE));
        MemorySegment raw = Arena.global().allocateFrom(ValueLayout.JAVA_BYTE, scalar);
        MemorySegment key =
            (MemorySegment) newPrivate.invokeExact(NID, MemorySegment.NULL, raw, 32L);
        context =
            (MemorySegment)
                function(
                        CRYPTO,
                        "EVP_PKEY_CTX_new",
                        FunctionDescriptor.of(POINTER, POINTER, POINTER))
                    .invokeExact(key, MemorySegment.NULL);
        int ready =
            (int)
                function(CRYPTO, "EVP_PKEY_derive_init", FunctionDescriptor.of(INT, POINTER))
                    .invokeExact(context);
        if (ready != 1) {
          throw new IllegalStateException("EVP_PKEY_derive_init returned " + ready);
        }
      } catch (Throwable e) {
        throw failed(e);
      }
    }

    void multiply(byte[] in, int inOffset, byte[] out, int outOffset) {
      try {
        MemorySegment.copy(in, inOffset, peer, ValueLayout.JAVA_BYTE, 0, 32);
        MemorySegment key =
            (MemorySegment) newPublic.invokeExact(NID, MemorySegment.NULL, peer, 32L);
        int ok = (int) setPeer.invokeExact(context, key);
        length.set(SIZE, 0, 32);
        ok &= (int) derive.invokeExact(context, secret, length);
        free.invokeExact(key);
        if (ok != 1) {
          throw new IllegalStateException("EVP_PKEY_derive failed");
        }
        MemorySegment.copy(secret, ValueLayout.JAVA_BYTE, 0, out, outOffset, 32);
      } catch (Throwable e) {
        throw failed(e);
      }
    }
  }

  /** {@code mpz_powm} of GMP; operands are converted outside of it. */
  static final class GmpPower {
    private static final String GMP = "libgmp.so.10";
    private final MethodHandle power =
        function(GMP, "__gmpz_powm", FunctionDescriptor.ofVoid(POINTER, POINTER, POINTER, POINTER));
    private final MemorySegment result = number(BigInteger.ZERO);
    private final MemorySegment exponent;
    private final MemorySegment modulus;

    GmpPower(BigInteger exponent, BigInteger modulus) {
      this.exponent = number(exponent);
      this.modulus = number(modulus);
    }

    static MemorySegment number(BigInteger value) {
      try {
        MemorySegment number = Arena.global().allocate(16);
        function(GMP, "__gmpz_init", FunctionDescriptor.ofVoid(POINTER)).invokeExact(number);
        byte[] bytes = value.toByteArray();
        MemorySegment raw = Arena.global().allocateFrom(ValueLayout.JAVA_BYTE, bytes);
        function(
                GMP,
                "__gmpz_import",
                FunctionDescriptor.ofVoid(POINTER, SIZE, INT, SIZE, INT, SIZE, POINTER))
            .invokeExact(number, (long) bytes.length, 1, 1L, 1, 0L, raw);
        return number;
      } catch (Throwable e) {
        throw failed(e);
      }
    }

    void power(MemorySegment base) {
      try {
        power.invokeExact(result, base, exponent, modulus);
      } catch (Throwable e) {
        throw failed(e);
      }
    }
  }
}
