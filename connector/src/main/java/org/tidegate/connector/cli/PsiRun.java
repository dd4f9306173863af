package org.tidegate.connector.cli;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tidegate.connector.identity.Endpoint;
import org.tidegate.connector.pairing.Pairing;
import org.tidegate.connector.pairing.Party;
import org.tidegate.connector.psi.KeyedFile;
import org.tidegate.connector.psi.LocalPsi;
import org.tidegate.connector.psi.PsiExchange;
import org.tidegate.connector.psi.PsiInputException;
import org.tidegate.connector.psi.PsiWish;
import org.tidegate.mpc.channel.Channel;
import org.tidegate.mpc.channel.MeteredChannel;
import org.tidegate.mpc.security.Adversary;
import org.tidegate.mpc.session.Cancellation;
import org.tidegate.mpc.session.SessionOptions;
import org.tidegate.mpc.session.Workers;
import org.tidegate.mpc.suite.KernelChoice;

/**
 * One run of {@code tidegate psi}.
 *
 * @param key the key's columns
 * @param wish how to run
 * @param output for words
 * @param answer takes machine output
 */
record PsiRun(List<String> key, Wish wish, Output output, BiConsumer<String, Object> answer) {
  private static final Duration DEADLINE = Duration.ofHours(12);
  private static final Pattern ANY_PORT = Pattern.compile("(.+):0");

  /**
   * How two sides find each other.
   *
   * @param listen where to listen, or empty
   * @param connect where to connect to, or empty; one of both is there
   * @param peer the other side's fingerprint or name
   * @param node a node's home whose identity to use
   * @param identity where this side's own identity is otherwise
   * @param patience how long to wait for the other side
   */
  record Meeting(
      Optional<String> listen,
      Optional<String> connect,
      String peer,
      Optional<Path> node,
      Path identity,
      Duration patience) {
    Party party(SecureRandom random) {
      return node.map(home -> Party.member(home, peer))
          .orElseGet(() -> Party.pinned(identity, peer, random));
    }

    Pairing pairing(Party party) {
      if (connect.isPresent()) {
        return Pairing.connect(party, Endpoint.parse(connect.get()), patience, DEADLINE);
      }
      String where = listen.orElseThrow();
      Matcher any = ANY_PORT.matcher(where);
      // An endpoint has a port; a listener may leave it to the system.
      Endpoint at = Endpoint.parse(any.matches() ? any.group(1) + ":1" : where);
      return Pairing.listen(party, at.host(), any.matches() ? 0 : at.port(), patience, DEADLINE);
    }
  }

  /**
   * How to run, whatever the role.
   *
   * @param protocol as {@code --protocol} says
   * @param adversary against whom
   * @param bothLearn as {@code --both} says
   * @param padTo as {@code --pad-to} says
   * @param bucketRows rows of a bucket
   * @param work as {@code --work} says
   */
  record Wish(
      String protocol,
      Adversary adversary,
      boolean bothLearn,
      OptionalInt padTo,
      int bucketRows,
      Optional<Path> work) {
    PsiWish of(boolean receives) {
      return new PsiWish(receives, protocol, adversary, bothLearn, padTo, bucketRows, work);
    }

    /** With both sides here, each in a directory of its own. */
    PsiWish local(boolean receives) {
      String name = receives ? "left" : "right";
      return new PsiWish(
          receives,
          protocol,
          adversary,
          bothLearn,
          padTo,
          bucketRows,
          work.map(directory -> directory.resolve(name)));
    }
  }

  /** Both sides here. */
  void local(Path left, Path right, Path out, Optional<Path> rightOut) throws InterruptedException {
    KeyedFile.checkTarget(out);
    rightOut.ifPresent(KeyedFile::checkTarget);
    try (KeyedFile leftFile = KeyedFile.open(left, key);
        KeyedFile rightFile = KeyedFile.open(right, key);
        ProgressLine progress = new ProgressLine(output.err())) {
      leftFile.requireMatches(rightFile.kinds(), right.toString());
      try (PsiExchange receiver = PsiExchange.open(leftFile, wish.local(true));
          PsiExchange sender = PsiExchange.open(rightFile, wish.local(false))) {
        LocalPsi.Outcome outcome =
            LocalPsi.run(receiver, sender, new SecureRandom(), DEADLINE, progress::update);
        PsiExchange.Outcome mine = outcome.left();
        leftFile.write(mine.rows(), out);
        rightOut.ifPresent(target -> rightFile.write(outcome.right().rows(), target));
        receiver.complete();
        sender.complete();
        progress.close();
        int rightRows = outcome.right().fileRows();
        output.line(
            "%d of %d rows of %s have their key in %s (%d rows); they are in %s.",
            mine.rows().length, mine.fileRows(), left, right, rightRows, out);
        answer.accept("protocol", mine.protocol());
        answer.accept("security", wish.adversary.text());
        answer.accept("rows", pair("left", mine.fileRows(), "right", rightRows));
        answer.accept("matches", mine.rows().length);
        answer.accept("out", out.toString());
        rightOut.ifPresent(target -> {
          output.line(
              "%d rows of %s have their key in %s; they are in %s.",
              outcome.right().rows().length, right, left, target);
          answer.accept("rightMatches", outcome.right().rows().length);
          answer.accept("rightOut", target.toString());
        });
        cost(mine, mine.meter().sentBytes(), mine.meter().receivedBytes(), outcome.millis());
      }
    }
  }

  /** One side here: left, with a result, or right. */
  void paired(Meeting meeting, Optional<Path> left, Optional<Path> right, Optional<Path> out) {
    out.ifPresent(KeyedFile::checkTarget);
    SecureRandom random = new SecureRandom();
    Party party = meeting.party(random);
    Path path = left.or(() -> right).orElseThrow();
    try (KeyedFile file = KeyedFile.open(path, key);
        ProgressLine progress = new ProgressLine(output.err())) {
      progress.update("reading keys", 0, 0);
      try (PsiExchange exchange = PsiExchange.open(file, wish.of(left.isPresent()));
          Pairing pairing = meeting.pairing(party)) {
        output.note("this side is %s", party.self());
        meeting
            .listen()
            .ifPresent(where ->
                output.note(
                    "listening on %s",
                    where.endsWith(":0") ? where.replaceFirst("0$", "" + pairing.port()) : where));
        progress.update("waiting for the other side", 0, 0);
        Channel channel = pairing.channel();
        long start = System.nanoTime();
        PsiExchange.Outcome outcome =
            run(agree(exchange, pairing, channel, party, random), channel, random, progress);
        pairing.part(channel);
        long millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
        out.ifPresent(target -> {
          progress.update("writing rows", 0, 0);
          file.write(outcome.rows(), target);
        });
        exchange.complete();
        progress.close();
        tell(outcome, path, left.isPresent(), out);
        answer.accept("peer", party.peer());
        MeteredChannel.Meter meter = outcome.meter();
        boolean receives = left.isPresent();
        cost(
            outcome,
            receives ? meter.sentBytes() : meter.receivedBytes(),
            receives ? meter.receivedBytes() : meter.sentBytes(),
            millis);
      }
    }
  }

  private PsiExchange.Agreed agree(
      PsiExchange exchange, Pairing pairing, Channel channel, Party party, SecureRandom random) {
    try {
      PsiExchange.Agreed agreed = exchange.agree(channel, party.self(), random);
      if (agreed.goesOn()) {
        output.note("going on where the earlier run broke off");
      }
      return agreed;
    } catch (PsiInputException e) {
      // The other side finds the same; let it read the offer first.
      pairing.part(channel);
      throw e;
    }
  }

  private static PsiExchange.Outcome run(
      PsiExchange.Agreed agreed, Channel control, SecureRandom random, ProgressLine progress) {
    try (Workers workers = Workers.of(Runtime.getRuntime().availableProcessors())) {
      SessionOptions options =
          new SessionOptions(
              workers,
              KernelChoice.best().kernels(),
              DEADLINE,
              new Cancellation(),
              progress::update);
      return agreed.run(control.fork("run"), random, options);
    }
  }

  private void tell(PsiExchange.Outcome outcome, Path path, boolean isLeft, Optional<Path> out) {
    answer.accept("protocol", outcome.protocol());
    answer.accept("security", wish.adversary.text());
    String role = isLeft ? "left" : "right";
    answer.accept("role", role);
    answer.accept("rows", Map.of(role, outcome.fileRows()));
    if (out.isEmpty()) {
      output.line(
          "The other side has learned which of its rows have their key in %s (%d rows).",
          path, outcome.fileRows());
      return;
    }
    int matches = outcome.rows().length;
    output.line(
        "%d of %d rows of %s have their key at the other side; they are in %s.",
        matches, outcome.fileRows(), path, out.get());
    answer.accept("matches", matches);
    answer.accept("out", out.get().toString());
  }

  private void cost(PsiExchange.Outcome outcome, long leftToRight, long rightToLeft, long millis) {
    output.note(
        "%s, %s%s: %d ms, %d bytes left to right, %d bytes right to left.",
        outcome.protocol(),
        wish.adversary.text(),
        outcome.buckets() > 1 ? ", in " + outcome.buckets() + " buckets" : "",
        millis,
        leftToRight,
        rightToLeft);
    if (wish.adversary == Adversary.MALICIOUS) {
      output.note(
          "a left side that departs from the protocol can ask about up to %d keys of its choice",
          outcome.chosenKeys());
      answer.accept("chosenKeys", outcome.chosenKeys());
    }
    answer.accept("bytes", pair("leftToRight", leftToRight, "rightToLeft", rightToLeft));
    answer.accept("rounds", outcome.meter().rounds());
    answer.accept("buckets", outcome.buckets());
    answer.accept("firstBucket", outcome.firstBucket());
    answer.accept("millis", millis);
  }

  private static Map<String, Long> pair(String a, long x, String b, long y) {
    Map<String, Long> map = new LinkedHashMap<>();
    map.put(a, x);
    map.put(b, y);
    return map;
  }
}
