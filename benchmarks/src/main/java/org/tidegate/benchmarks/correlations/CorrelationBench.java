package org.tidegate.benchmarks.correlations;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.tidegate.mpc.lpn.LpnCode;
import org.tidegate.mpc.ot.BaseOtParameters;
import org.tidegate.mpc.ot.ReceiverSetup;
import org.tidegate.mpc.ot.SenderSetup;
import org.tidegate.mpc.ot.extension.ExtensionParameters;
import org.tidegate.mpc.security.Adversary;
import org.tidegate.mpc.security.SecurityLevel;
import org.tidegate.mpc.session.Session;
import org.tidegate.mpc.vole.VoleParameters;
import org.tidegate.mpc.vole.VoleReceiverSetup;
import org.tidegate.mpc.vole.VoleSenderSetup;

/** Base transfers, extension and linear evaluations, one after the other. */
public final class CorrelationBench {
  private static final int BASE_TRANSFERS = 256;
  private static final int[] FIELD_BITS = {1, 2, 4, 8};

  private final int size;
  private final int threads;
  private final int runs;

  /**
   * A benchmark.
   *
   * @param size transfers and elements
   * @param threads workers of each party
   * @param runs measured runs of each protocol, after as many to warm up
   */
  public CorrelationBench(int size, int threads, int runs) {
    this.size = size;
    this.threads = threads;
    this.runs = runs;
  }

  /**
   * What was measured.
   *
   * @param name of protocol and parameters
   * @param items made
   * @param bestMillis the fastest run, both parties
   * @param medianMillis the run in the middle
   * @param senderBytes that the sender sent
   * @param receiverBytes that the receiver sent
   */
  public record Result(
      String name,
      int items,
      double bestMillis,
      double medianMillis,
      long senderBytes,
      long receiverBytes) {
    /** For people. */
    public String line() {
      return String.format(
          Locale.ROOT,
          "%-42s %,11d  best %8.1f ms  median %8.1f ms  sender %,11d B  receiver %,11d B",
          name,
          items,
          bestMillis,
          medianMillis,
          senderBytes,
          receiverBytes);
    }

    /** For machines. */
    public Map<String, Object> json() {
      return Map.of(
          "name", name,
          "items", items,
          "bestMillis", bestMillis,
          "medianMillis", medianMillis,
          "senderBytes", senderBytes,
          "receiverBytes", receiverBytes);
    }
  }

  /** Runs all of them. */
  public List<Result> run() {
    List<Result> results = new ArrayList<>();
    try (TwoEnds ends = new TwoEnds(threads)) {
      results.add(base(ends));
      for (Adversary adversary : Adversary.values()) {
        for (int fieldBits : FIELD_BITS) {
          results.add(extension(ends, adversary, fieldBits));
        }
      }
      for (LpnCode code : LpnCode.values()) {
        for (Adversary adversary : Adversary.values()) {
          results.add(evaluation(ends, adversary, code));
        }
      }
    }
    return results;
  }

  private Result base(TwoEnds ends) {
    BaseOtParameters parameters = new BaseOtParameters(SecurityLevel.STANDARD, BASE_TRANSFERS);
    return measure(
        ends,
        "base transfers",
        BASE_TRANSFERS,
        session -> new SenderSetup(session, parameters, "bench").prepare().run(),
        session ->
            new ReceiverSetup(session, parameters, "bench")
                .prepare(new long[BASE_TRANSFERS / Long.SIZE])
                .run());
  }

  private Result extension(TwoEnds ends, Adversary adversary, int fieldBits) {
    ExtensionParameters parameters =
        new ExtensionParameters(SecurityLevel.STANDARD, adversary, fieldBits);
    long[] choices = new long[size / Long.SIZE + 1];
    return measure(
        ends,
        "transfers, k = %d, %s".formatted(fieldBits, adversary.text()),
        size,
        session ->
            new org.tidegate.mpc.ot.extension.SenderSetup(session, parameters, "bench")
                .connect(size)
                .run(),
        session ->
            new org.tidegate.mpc.ot.extension.ReceiverSetup(session, parameters, "bench")
                .connect(size)
                .run(choices));
  }

  private Result evaluation(TwoEnds ends, Adversary adversary, LpnCode code) {
    VoleParameters parameters =
        new VoleParameters(SecurityLevel.STANDARD, adversary, code, VoleParameters.ELEMENT_BITS);
    return measure(
        ends,
        "%s, %s".formatted(code.text(), adversary.text()),
        size,
        session -> new VoleSenderSetup(session, parameters).connect(size).run(),
        session -> new VoleReceiverSetup(session, parameters).connect(size).run());
  }

  private Result measure(
      TwoEnds ends, String name, int items, Consumer<Session> sender, Consumer<Session> receiver) {
    for (int i = 0; i < runs; i++) {
      ends.run(i, sender, receiver);
    }
    long[] nanos = new long[runs];
    TwoEnds.Run last = null;
    for (int i = 0; i < runs; i++) {
      last = ends.run(i, sender, receiver);
      nanos[i] = last.nanos();
    }
    if (last == null) {
      throw new IllegalStateException("nothing was measured");
    }
    Arrays.sort(nanos);
    return new Result(
        name, items, nanos[0] / 1e6, nanos[runs / 2] / 1e6, last.firstBytes(), last.secondBytes());
  }
}
