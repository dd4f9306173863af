package org.tidegate.benchmarks.kernels;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.openjdk.jmh.util.Statistics;
import org.tidegate.benchmarks.Machine;
import org.tidegate.connector.cli.Output;
import org.tidegate.mpc.lane.simd.VectorWidth;

/** Runs the kernels' benchmarks and sets our rates beside those of the rivals. */
public final class KernelBench {
  private static final List<Class<?>> BENCHMARKS =
      List.of(
          X25519Benchmark.class,
          RistrettoBenchmark.class,
          PrimeCurveBenchmark.class,
          ModularPowerBenchmark.class,
          PaillierBenchmark.class,
          HashBenchmark.class,
          Gf128Benchmark.class,
          Gf64Benchmark.class,
          BitTransposeBenchmark.class,
          NttBenchmark.class,
          Sm4Benchmark.class,
          OkvsBenchmark.class,
          CorrelationBenchmark.class);
  private static final String IMPLEMENTATION = "implementation";

  private final int simdBits;
  private final List<Measurement> measurements = new ArrayList<>();
  private final Map<String, List<String>> absent = new LinkedHashMap<>();

  /**
   * One implementation of one kernel.
   *
   * @param kernel the kernel
   * @param parameters what else was set, such as a length
   * @param implementation who computed
   * @param value operations a second, the median of all iterations
   * @param low the slowest iteration
   * @param high the fastest: other work on the machine only ever slows one down, so ratios compare
   *     these
   */
  private record Measurement(
      String kernel,
      Map<String, String> parameters,
      String implementation,
      double value,
      double low,
      double high) {
    boolean isSameTask(Measurement other) {
      return kernel.equals(other.kernel) && parameters.equals(other.parameters);
    }
  }

  private KernelBench(int simdBits) {
    this.simdBits = simdBits;
  }

  /**
   * Measures.
   *
   * @param filter a kernel runs if its name contains a match
   * @param runs JVMs per kernel and implementation
   * @param output hears about progress
   */
  public static KernelBench run(Pattern filter, int runs, Output output) throws RunnerException {
    KernelBench bench = new KernelBench(VectorWidth.bits());
    List<String> missing = Variants.absent(bench.simdBits);
    for (Class<?> benchmark : BENCHMARKS) {
      List<String> declared = declared(benchmark);
      List<String> present = declared.stream().filter(name -> !missing.contains(name)).toList();
      for (String kernel : kernels(benchmark)) {
        if (filter.matcher(kernel).find()) {
          output.note("measuring %s: %s", kernel, String.join(", ", present));
          bench.absent.put(kernel, declared.stream().filter(missing::contains).toList());
          bench.measure(benchmark, kernel, present, runs);
        }
      }
    }
    return bench;
  }

  private static List<String> declared(Class<?> benchmark) {
    try {
      return List.of(benchmark.getField(IMPLEMENTATION).getAnnotation(Param.class).value());
    } catch (NoSuchFieldException e) {
      throw new IllegalStateException(benchmark + " names no implementations", e);
    }
  }

  private static List<String> kernels(Class<?> benchmark) {
    return Arrays.stream(benchmark.getMethods())
        .filter(method -> method.isAnnotationPresent(Benchmark.class))
        .map(java.lang.reflect.Method::getName)
        .sorted()
        .toList();
  }

  private void measure(Class<?> benchmark, String kernel, List<String> implementations, int runs)
      throws RunnerException {
    var options =
        new OptionsBuilder()
            .include(Pattern.quote(benchmark.getName() + "." + kernel) + "$")
            .param(IMPLEMENTATION, implementations.toArray(String[]::new))
            .mode(Mode.Throughput)
            .timeUnit(TimeUnit.SECONDS)
            .threads(1)
            .forks(runs)
            .warmupIterations(6)
            .warmupTime(TimeValue.milliseconds(500))
            .measurementIterations(20)
            .measurementTime(TimeValue.milliseconds(100))
            .shouldFailOnError(true)
            .verbosity(VerboseMode.SILENT)
            .build();
    for (RunResult run : new Runner(options).run()) {
      Map<String, String> parameters = new LinkedHashMap<>();
      for (String key : run.getParams().getParamsKeys()) {
        parameters.put(key, run.getParams().getParam(key));
      }
      parameters.remove(IMPLEMENTATION);
      String implementation = run.getParams().getParam(IMPLEMENTATION);
      Statistics rates = run.getPrimaryResult().getStatistics();
      measurements.add(
          new Measurement(
              kernel,
              parameters,
              implementation,
              rates.getPercentile(50),
              rates.getMin(),
              rates.getMax()));
    }
  }

  /** Whether nothing was measured. */
  public boolean isEmpty() {
    return measurements.isEmpty();
  }

  /** The results for people: a line per implementation, with the lanes' best rate over each. */
  public List<String> table() {
    List<String> lines = new ArrayList<>();
    lines.add("%-18s %-12s %-13s %14s %9s".formatted("kernel", "", "by", "best per s", "lanes/it"));
    for (Measurement measurement : measurements) {
      lines.add(
          "%-18s %-12s %-13s %14s %9s"
              .formatted(
                  measurement.kernel,
                  String.join(" ", measurement.parameters.values()),
                  measurement.implementation,
                  "%,.0f".formatted(measurement.high),
                  ratio(best(measurement) / measurement.high)));
    }
    absent.forEach((kernel, names) -> {
      if (!names.isEmpty()) {
        lines.add(kernel + ": not on this machine: " + String.join(", ", names));
      }
    });
    return lines;
  }

  /** Kernels without lanes have no ratio. */
  private static String ratio(double ratio) {
    return Double.isNaN(ratio) ? "" : "%.2f".formatted(ratio);
  }

  private double best(Measurement of) {
    return measurements.stream()
        .filter(other -> other.isSameTask(of) && other.implementation.startsWith("lanes"))
        .mapToDouble(Measurement::high)
        .max()
        .orElse(Double.NaN);
  }

  /**
   * The results as in {@code interfaces.md}; a ratio is this one's best rate over the named one's.
   */
  public Map<String, ?> json() {
    List<Map<String, Object>> results = new ArrayList<>();
    for (Measurement measurement : measurements) {
      Map<String, String> parameters = new LinkedHashMap<>(measurement.parameters);
      parameters.put(IMPLEMENTATION, measurement.implementation);
      Map<String, Double> ratios = new LinkedHashMap<>();
      for (Measurement other : measurements) {
        if (other != measurement && other.isSameTask(measurement)) {
          ratios.put(other.implementation, measurement.high / other.high);
        }
      }
      Map<String, Object> result = new LinkedHashMap<>();
      result.put("name", measurement.kernel);
      result.put("params", parameters);
      result.put("unit", "1/s");
      result.put("value", measurement.value);
      result.put("low", measurement.low);
      result.put("high", measurement.high);
      result.put("ratios", ratios);
      result.put("absent", absent.getOrDefault(measurement.kernel, List.of()));
      results.add(result);
    }
    return Map.of("machine", Machine.json(), "results", results);
  }
}
