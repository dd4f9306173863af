package org.tidegate.connector.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import org.tidegate.proto.admin.v1.ListProductsRequest;
import org.tidegate.proto.admin.v1.PublishRequest;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code tidegate publish} and {@code products}. */
final class CatalogCommands {
  private static final long PUBLISH_SECONDS = 600;

  private CatalogCommands() {}

  /**
   * Publishes a product.
   *
   * @param file its description in YAML, or a data file whose types are taken as they are
   * @return the node's answer
   */
  static JsonNode publish(NodeClient client, Path file) throws java.io.IOException {
    String name = file.getFileName().toString();
    String yaml;
    if (name.endsWith(".yaml") || name.endsWith(".yml")) {
      yaml = TextFile.read(file);
    } else {
      if (!Files.exists(file)) {
        throw new java.nio.file.NoSuchFileException(file.toString());
      }
      String table = name.contains(".") ? name.substring(0, name.lastIndexOf('.')) : name;
      yaml = "name: " + table + "\nfile: " + Output.mapper().writeValueAsString(name) + "\n";
    }
    PublishRequest request =
        PublishRequest.newBuilder()
            .setProductYaml(yaml)
            .setBaseDir(file.toAbsolutePath().resolveSibling("").toString())
            .build();
    try {
      return NodeClient.parse(
          client.call(PUBLISH_SECONDS, stub -> stub.publish(request)).getJson());
    } catch (CommandException e) {
      throw e.exit() == Exit.USAGE ? e.in(file) : e;
    }
  }

  @CommandLine.Command(
      name = "publish",
      description = "Checks a product's data against its description and offers it to the space.")
  static final class Publish extends NodeCommand {
    @Parameters(
        paramLabel = "FILE",
        description = "The product in YAML; or a CSV or Parquet file, with its types as they are.")
    Path file = Path.of("");

    @Override
    protected int run(Output output, NodeClient client) throws Exception {
      JsonNode product = publish(client, file);
      output.line("Published:");
      Words.product(product).forEach(line -> output.line("%s", line));
      answer("product", product);
      return Exit.OK;
    }
  }

  @CommandLine.Command(name = "products", description = "Lists the space's products.")
  static final class Products extends NodeCommand {
    @Override
    protected int run(Output output, NodeClient client) {
      JsonNode answer =
          NodeClient.parse(
              client
                  .call(60, stub -> stub.listProducts(ListProductsRequest.getDefaultInstance()))
                  .getJson());
      for (JsonNode product : answer.path("products")) {
        Words.product(product).forEach(line -> output.line("%s", line));
      }
      answer("products", answer.path("products"));
      return Exit.OK;
    }
  }
}
