package org.tidegate.connector.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tidegate.connector.rpc.AdminEndpoint;
import org.tidegate.ledger.records.JsonObject;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code tidegate request put|close|list} and {@code tidegate product rate|ratings}. */
final class DemandCommands {
  private DemandCommands() {}

  @CommandLine.Command(
      name = "request",
      description = "What participants look for: demand beside supply.",
      subcommands = {Put.class, Close.class, ListAll.class},
      synopsisSubcommandLabel = "(put | close | list)")
  static final class Request extends Group {}

  @CommandLine.Command(name = "put", description = "Says on the ledger that data is looked for.")
  static final class Put extends NodeCommand {
    @Parameters(paramLabel = "ID", description = "The request's id, of one's own choice.")
    String id = "";

    @Option(
        names = "--purpose",
        paramLabel = "WORD",
        required = true,
        description = "The purpose, as in grants.")
    String purpose = "";

    @Option(
        names = "--until",
        paramLabel = "TIME",
        description = "Such as 2027-01-01T00:00:00Z; by default in 90 days.")
    @Nullable String until;

    @Mixin TextOption said = new TextOption();

    @Override
    protected int run(Output output, NodeClient client) {
      JsonNode request =
          client.record(
              "request.put",
              JsonObject.builder()
                  .put("id", id)
                  .put("purpose", purpose)
                  .put("text", said.read())
                  .put("until", time(until))
                  .build());
      tell(output, request);
      answer("request", request);
      return Exit.OK;
    }

    private static Instant time(@Nullable String text) {
      if (text == null) {
        return Instant.now().plus(Duration.ofDays(90));
      }
      try {
        return Instant.parse(text);
      } catch (DateTimeParseException e) {
        throw new CommandException(
            Exit.USAGE,
            "cli.usage",
            "--until '" + text + "' is no time such as 2027-01-01T00:00:00Z");
      }
    }
  }

  @CommandLine.Command(name = "close", description = "Ends an own request.")
  static final class Close extends NodeCommand {
    @Parameters(paramLabel = "ID", description = "The request's id.")
    String id = "";

    @Override
    protected int run(Output output, NodeClient client) {
      JsonNode request = client.record("request.close", JsonObject.builder().put("id", id).build());
      tell(output, request);
      answer("request", request);
      return Exit.OK;
    }
  }

  @CommandLine.Command(name = "list", description = "Lists the requests on the ledger.")
  static final class ListAll extends NodeCommand {
    @Override
    protected int run(Output output, NodeClient client) {
      JsonNode answer = client.record("request.list", JsonObject.empty());
      answer.path("requests").forEach(request -> tell(output, request));
      answer("requests", answer.path("requests"));
      return Exit.OK;
    }
  }

  private static void tell(Output output, JsonNode request) {
    output.line(
        "%s of %s, for '%s', until %s%s",
        request.path("id").asString(),
        request.path("owner").asString(),
        request.path("purpose").asString(),
        request.path("until").asString(),
        request.path("closed").asBoolean() ? ": CLOSED" : "");
    output.line("  %s", Words.note(request));
  }

  @CommandLine.Command(
      name = "product",
      description = "How products were found by those who used them.",
      subcommands = {Rate.class, Ratings.class},
      synopsisSubcommandLabel = "(rate | ratings)")
  static final class Product extends Group {}

  @CommandLine.Command(
      name = "rate",
      description = "Rates a product that a settled job of this participant used.")
  static final class Rate extends NodeCommand {
    @Parameters(index = "0", paramLabel = "PRODUCT", description = "owner.table")
    String product = "";

    @Option(
        names = "--job",
        paramLabel = "ID",
        required = true,
        description = "The job that used it.")
    String job = "";

    @Option(
        names = "--score",
        paramLabel = "ASPECT=N",
        required = true,
        description = "1 (poor) to 5 (excellent), such as accuracy=4; up to eight of them.")
    Map<String, Integer> scores = new LinkedHashMap<>();

    @Mixin TextOption said = new TextOption();

    @Override
    protected int run(Output output, NodeClient client) {
      JsonObject.Builder request =
          JsonObject.builder()
              .put("jobId", AdminEndpoint.jobId(job))
              .put("product", product)
              .put("scores", scores);
      String text = said.given();
      if (text != null) {
        request.put("text", text);
      }
      JsonNode rating = client.record("rating.put", request.build());
      tellRating(output, rating);
      answer("rating", rating);
      return Exit.OK;
    }
  }

  @CommandLine.Command(name = "ratings", description = "Lists the ratings on the ledger.")
  static final class Ratings extends NodeCommand {
    @Override
    protected int run(Output output, NodeClient client) {
      JsonNode answer = client.record("rating.list", JsonObject.empty());
      answer.path("ratings").forEach(rating -> tellRating(output, rating));
      answer("ratings", answer.path("ratings"));
      return Exit.OK;
    }
  }

  private static void tellRating(Output output, JsonNode rating) {
    StringBuilder scores = new StringBuilder();
    rating
        .path("scores")
        .properties()
        .forEach(score ->
            scores
                .append(scores.isEmpty() ? "" : ", ")
                .append(score.getKey())
                .append(' ')
                .append(score.getValue().asString()));
    output.line(
        "%s by %s at %s: %s",
        rating.path("product").asString(),
        rating.path("by").asString(),
        rating.path("at").asString(),
        scores);
    if (rating.has("textDigest")) {
      output.line("  %s", Words.note(rating));
    }
  }
}
