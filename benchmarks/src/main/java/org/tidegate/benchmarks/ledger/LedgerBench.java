package org.tidegate.benchmarks.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.tidegate.benchmarks.Directories;
import org.tidegate.connector.app.LedgerAccess;
import org.tidegate.connector.cli.LocalSpace;
import org.tidegate.connector.cli.Output;
import org.tidegate.ledger.records.Digest;
import org.tidegate.ledger.records.JsonObject;
import org.tidegate.ledger.records.Receipt;
import org.tidegate.ledger.records.Signed;
import org.tidegate.ledger.records.SignedGrant;

/**
 * Transactions per second of a space of two nodes, each a process, over the client that nodes use.
 * What is signed is signed before the clock starts. <i>Raw</i> is a transaction that reads one
 * record and writes nothing, endorsed by the same organisations: what the ledger itself costs.
 */
final class LedgerBench {
  /** Transactions of a phase for one client, and for each of many. */
  private static final int ALONE = 24;

  private static final int TOGETHER = 10;

  private static final Set<String> BOTH = Set.of(BenchJobs.BANK, BenchJobs.REGISTRY);

  private final Settings settings;
  private final Output output;
  private final Map<LedgerRates.Line, List<Double>> rates = new LinkedHashMap<>();

  /**
   * What to measure.
   *
   * @param kind what carries the ledger
   * @param clients how many callers at a time
   * @param grants over how many grants uses are spread
   * @param warm rounds before those that count: for the JIT of client and nodes
   * @param runs of everything
   */
  record Settings(
      LocalSpace.LedgerKind kind,
      List<Integer> clients,
      List<Integer> grants,
      int warm,
      int runs) {}

  LedgerBench(Settings settings, Output output) {
    this.settings = settings;
    this.output = output;
  }

  /** Starts a space, measures, and takes it down. */
  LedgerRates run() throws Exception {
    Path directory = Files.createTempDirectory("tidegate-bench-ledger-");
    try {
      Path data = directory.resolve("data");
      write(data.resolve(BenchJobs.BANK).resolve("accounts.csv"));
      write(data.resolve(BenchJobs.REGISTRY).resolve(BenchJobs.TABLE + ".csv"));
      output.note("starting a space of two nodes, ledger %s", settings.kind().text());
      try (LocalSpace space =
              LocalSpace.up(
                  data, directory.resolve("space"), Optional.empty(), settings.kind(), output);
          LedgerAccess bank = LedgerAccess.open(space.home(BenchJobs.BANK));
          LedgerAccess registry = LedgerAccess.open(space.home(BenchJobs.REGISTRY))) {
        measure(bank, registry);
      }
      return new LedgerRates(settings, rates);
    } finally {
      Directories.delete(directory);
    }
  }

  private static void write(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "code,amount\nA1,10\nB2,20\nC3,30\n");
  }

  private void measure(LedgerAccess bank, LedgerAccess registry) throws Exception {
    BenchJobs jobs = new BenchJobs(bank, registry);
    Map<Integer, List<SignedGrant>> grants = new LinkedHashMap<>();
    for (int count : settings.grants()) {
      output.note("putting %,d grants", count);
      List<SignedGrant> made = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        made.add(jobs.grant(1_000_000 / count));
      }
      perSecond(32, made.size(), i -> registry.client().putGrant(made.get(i)));
      grants.put(count, made);
    }
    for (int run = 1 - settings.warm(); run <= settings.runs(); run++) {
      for (int clients : settings.clients()) {
        String which = run < 1 ? "warming up " + (run + settings.warm()) : "run " + run;
        output.note("%s, %,d clients", which, clients);
        round(jobs, bank, registry, clients, grants, run > 0);
      }
    }
  }

  private void round(
      BenchJobs jobs,
      LedgerAccess bank,
      LedgerAccess registry,
      int clients,
      Map<Integer, List<SignedGrant>> grants,
      boolean counts)
      throws Exception {
    int most = clients == 1 ? ALONE : clients * TOGETHER;
    note(
        new LedgerRates.Line("raw", clients, 0),
        perSecond(clients, most, i -> bank.client().submit("getSpace", empty(), BOTH, true)),
        counts);
    for (Map.Entry<Integer, List<SignedGrant>> entry : grants.entrySet()) {
      List<BenchJobs.Wanted> wanted = new ArrayList<>();
      List<Signed<Receipt>> banks = new ArrayList<>();
      List<Signed<Receipt>> registrys = new ArrayList<>();
      for (int i = 0; i < most; i++) {
        BenchJobs.Wanted job = jobs.wanted(entry.getValue().get(i % entry.getKey()));
        wanted.add(job);
        banks.add(jobs.receipt(job, bank));
        registrys.add(jobs.receipt(job, registry));
      }
      double reserved =
          perSecond(
              clients,
              most,
              i -> bank.client().reserve(wanted.get(i).proposal(), wanted.get(i).acceptances()));
      double receipts =
          perSecond(
              clients,
              2 * most,
              i -> {
                if (i < most) {
                  bank.client().receipt(banks.get(i));
                } else {
                  registry.client().receipt(registrys.get(i - most));
                }
              });
      double settled = perSecond(clients, most, i -> bank.client().settle(settledJob(wanted, i)));
      note(new LedgerRates.Line("reserve", clients, entry.getKey()), reserved, counts);
      note(new LedgerRates.Line("receipt", clients, entry.getKey()), receipts, counts);
      note(new LedgerRates.Line("settle", clients, entry.getKey()), settled, counts);
    }
  }

  private static Digest settledJob(List<BenchJobs.Wanted> wanted, int i) {
    return wanted.get(i).jobId();
  }

  private static JsonObject empty() {
    return JsonObject.empty();
  }

  private void note(LedgerRates.Line line, double rate, boolean counts) {
    if (counts) {
      rates.computeIfAbsent(line, ignored -> new ArrayList<>()).add(rate);
    }
  }

  /** Calls with every number in [0, count) once, from so many threads at a time. */
  private static double perSecond(int clients, int count, IntConsumer call) throws Exception {
    AtomicInteger next = new AtomicInteger();
    Callable<Boolean> client =
        () -> {
          for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
            call.accept(i);
          }
          return true;
        };
    long began = System.nanoTime();
    try (ExecutorService pool = Executors.newFixedThreadPool(clients)) {
      List<Future<Boolean>> all = new ArrayList<>();
      for (int i = 0; i < clients; i++) {
        all.add(pool.submit(client));
      }
      for (Future<Boolean> one : all) {
        one.get();
      }
    }
    return count / ((System.nanoTime() - began) / 1e9);
  }
}
