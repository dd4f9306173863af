package org.tidegate.connector.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher, in a checkout of its own that is built already: with this test's class path. */
final class LauncherTest {
  @TempDir private Path directory;

  private Path checkout = Path.of("");
  private String javaOptions = "";

  @BeforeEach
  void checkout() throws IOException {
    Path repository = Path.of("..").toAbsolutePath().normalize();
    // In a path with a space, where a script that forgets its quotes fails.
    checkout = Files.createDirectories(directory.resolve("a checkout"));
    Files.createDirectories(checkout.resolve(".ci"));
    copy(repository, "tidegate");
    copy(repository, ".ci/find-jdk");
    Path target = Files.createDirectories(checkout.resolve("connector/target"));
    Files.writeString(
        target.resolve("classpath.txt"),
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    Files.createDirectories(checkout.resolve("target/launcher"));
    Files.createFile(checkout.resolve("target/launcher/built"));
  }

  private void copy(Path repository, String file) throws IOException {
    Path copy = Files.copy(repository.resolve(file), checkout.resolve(file));
    assertThat(copy.toFile().setExecutable(true)).isTrue();
  }

  private CommandLineRun run(Path script, String... args) throws Exception {
    List<String> command = new ArrayList<>(List.of(script.toString()));
    command.addAll(List.of(args));
    Path out = directory.resolve("out");
    Path err = directory.resolve("err");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(Files.createDirectories(directory.resolve("else where")).toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().put("TIDEGATE_JAVA_OPTS", javaOptions);
    builder.environment().put("JAVA25_HOME", System.getProperty("java.home"));
    builder.environment().keySet().removeAll(List.of("JAVA_HOME", "LANG", "LC_ALL", "LC_CTYPE"));
    builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
    Process process = builder.start();
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("ends").isTrue();
    } finally {
      process.destroyForcibly();
    }
    return new CommandLineRun(process.exitValue(), Files.readString(out), Files.readString(err));
  }

  @Test
  void helpThroughASymbolicLinkFromElsewhere() throws Exception {
    Path link = directory.resolve("else where").resolve("tidegate link");
    Files.createDirectories(link.getParent());
    Files.createSymbolicLink(link, Path.of("../a checkout/tidegate"));
    CommandLineRun run = run(link, "help");
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out()).startsWith("Usage: tidegate ").contains("  query ");
    assertThat(run.err()).as("nothing of the JVM's own").isEmpty();
  }

  @Test
  void exitCodesAndTextInAnyScriptComeThrough() throws Exception {
    CommandLineRun run =
        run(checkout.resolve("tidegate"), "query", "--node", "银行", "--json", "-", "SELECT 1");
    assertThat(run.exit()).isEqualTo(Exit.USAGE);
    assertThat(run.err()).contains("银行").hasLineCount(1);
    assertThat(run.json().path("error").path("message").asString()).contains("银行");
  }

  @Test
  void aNodesTemporaryFilesLieInItsHome() throws Exception {
    Path home = directory.resolve("bank");
    assertThat(
            CommandLineRun.of(
                    "init",
                    "--home",
                    home.toString(),
                    "--name",
                    "bank",
                    "--endpoint",
                    "127.0.0.1:1")
                .exit())
        .isZero();
    Path left = Files.createDirectories(home.resolve("tmp")).resolve("libduckdb_java1.so");
    Files.writeString(left, "of a node that was killed");
    javaOptions = "-XshowSettings:properties";
    CommandLineRun run = run(checkout.resolve("tidegate"), "start", "--home", home.toString());
    assertThat(run.exit()).as(run.err()).isEqualTo(Exit.USAGE);
    assertThat(run.err()).contains("has joined no space yet");
    assertThat(left).doesNotExist();
    assertThat(run.err()).contains("java.io.tmpdir = " + home.resolve("tmp"));
    javaOptions = "-XshowSettings:properties -Djava.io.tmpdir=/given";
    run = run(checkout.resolve("tidegate"), "start", "--home=" + home);
    assertThat(run.err()).contains("java.io.tmpdir = /given");
  }

  @Test
  void withoutAJdkItSaysWhatToInstall() throws Exception {
    Files.writeString(checkout.resolve(".ci/find-jdk"), "#!/usr/bin/env bash\nexit 1\n");
    CommandLineRun run = run(checkout.resolve("tidegate"), "help");
    assertThat(run.exit()).isEqualTo(Exit.USAGE);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .startsWith("tidegate: no JDK 25 found.")
        .contains("JAVA25_HOME (" + System.getProperty("java.home") + ")")
        .contains("JAVA_HOME (not set)")
        .contains("export JAVA25_HOME=/path/to/jdk-25");
  }

  @Test
  void anotherJdkIsPassedOver() throws Exception {
    Path old = directory.resolve("jdk-21");
    Files.createDirectories(old.resolve("bin"));
    Files.writeString(old.resolve("release"), "JAVA_VERSION=\"21.0.4\"\n");
    Path javac = Files.createFile(old.resolve("bin/javac"));
    assertThat(javac.toFile().setExecutable(true)).isTrue();
    ProcessBuilder builder = new ProcessBuilder(checkout.resolve(".ci/find-jdk").toString());
    builder.environment().put("JAVA_HOME", old.toString());
    builder.environment().put("JAVA25_HOME", System.getProperty("java.home"));
    Process process = builder.start();
    String found =
        new String(
            process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    assertThat(found.strip()).isEqualTo(System.getProperty("java.home"));
  }
}
