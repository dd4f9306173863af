package org.tidegate.connector.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tidegate.ledger.fabric.FabricBinaries;
import org.tidegate.ledger.fabric.FabricException;
import org.tidegate.ledger.fabric.FabricNetwork;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** {@code tidegate fabric up|down|status}: a real Fabric network as a space's ledger. */
final class FabricCommands {
  private FabricCommands() {}

  @CommandLine.Command(
      name = "fabric",
      description = "A Fabric network on this machine, as a space's ledger.",
      subcommands = {Up.class, Down.class, Status.class},
      synopsisSubcommandLabel = "(up | down | status)")
  static final class Fabric extends Group {}

  /** What the three commands share. */
  abstract static class OfHome extends Command {
    @Option(
        names = "--home",
        paramLabel = "DIR",
        required = true,
        description = "The directory of the space.")
    Path home = Path.of("");

    void requireNetwork() {
      if (!LocalFabric.isIn(home)) {
        throw new CommandException(
            Exit.USAGE,
            "cli.home",
            "there is no Fabric network in "
                + home
                + "; make one with 'tidegate fabric up --members A,B,C', or with a space on it by"
                + " 'tidegate space up --ledger fabric'");
      }
    }
  }

  @CommandLine.Command(
      name = "up",
      description = {
        "Starts the Fabric network of a space.",
        "An orderer, and for each member a peer and the service that runs the contract.",
        "With --members: makes a new space on one first, without data; 'tidegate start' then"
            + " starts",
        "its nodes. Needs the programs peer and orderer of Fabric 2.5 LTS or 3.x: in FABRIC_BIN,",
        "on the PATH, or in ~/.tidegate/fabric/bin."
      })
  static final class Up extends OfHome {
    @Option(
        names = "--members",
        split = ",",
        paramLabel = "NAME",
        description = "The members of a new space; the first one orders.")
    List<String> members = new ArrayList<>();

    @Override
    protected int run(Output output) throws IOException {
      FabricNetwork network;
      if (members.isEmpty()) {
        requireNetwork();
        network = LocalFabric.resume(home, output);
      } else {
        network = make(output);
      }
      show(network, output);
      if (!members.isEmpty()) {
        output.line("Start a node: tidegate start --home %s", home.resolve(members.getFirst()));
      }
      output.line("Stop: tidegate fabric down --home %s", home);
      return Exit.OK;
    }

    private FabricNetwork make(Output output) throws IOException {
      if (Files.exists(home.resolve("authority"))) {
        throw new CommandException(
            Exit.USAGE,
            "cli.home",
            "there is a space in "
                + home
                + " already; choose a new --home, or leave --members"
                + " away to start its network again");
      }
      FabricBinaries binaries = LocalFabric.binaries();
      List<Path> before = LocalSpace.entries(home);
      try {
        LocalHomes homes = LocalHomes.make(home, members, Optional.of(binaries));
        FabricNetwork network = homes.network().orElseThrow();
        LocalFabric.begin(network, homes.nodes(), output);
        return network;
      } catch (RuntimeException | IOException e) {
        List<String> unused = LocalFabric.stop(home);
        LocalSpace.removeAllBut(before, home);
        throw e;
      }
    }

    private void show(FabricNetwork network, Output output) {
      List<Map<String, Object>> processes = new ArrayList<>();
      for (FabricNetwork.ProcessState process : network.processes()) {
        output.line("%s  pid %d  %s", process.name(), process.pid(), process.address());
        processes.add(toMap(process));
      }
      answer("processes", processes);
    }
  }

  @CommandLine.Command(
      name = "down",
      description = "Stops a space's Fabric network; it keeps its chain.")
  static final class Down extends OfHome {
    @Override
    protected int run(Output output) {
      requireNetwork();
      List<String> stopped = LocalFabric.stop(home);
      output.line(
          stopped.isEmpty()
              ? "Nothing of the Fabric network was running."
              : "Stopped " + String.join(", ", stopped) + ".");
      answer("stopped", stopped);
      return Exit.OK;
    }
  }

  @CommandLine.Command(
      name = "status",
      description = {
        "Says which processes of a space's Fabric network run, and how many blocks each peer has.",
        "Exit code 1: not all of it runs and answers."
      })
  static final class Status extends OfHome {
    @Override
    protected int run(Output output) {
      requireNetwork();
      FabricNetwork network = FabricNetwork.openOnly(LocalFabric.directory(home));
      boolean well = true;
      List<Map<String, Object>> processes = new ArrayList<>();
      for (FabricNetwork.ProcessState process : network.processes()) {
        output.line(
            "%s  %s  %s",
            process.name(),
            process.isRunning() ? "pid " + process.pid() : "does not run",
            process.address());
        well &= process.isRunning();
        processes.add(toMap(process));
      }
      Map<String, Object> blocks = new LinkedHashMap<>();
      for (String organisation : network.organisations()) {
        try {
          long height = network.height(organisation);
          blocks.put(organisation, height);
          output.line("the peer of %s has %d blocks", organisation, height);
        } catch (FabricException e) {
          well = false;
          output.line("%s", String.valueOf(e.getMessage()));
        }
      }
      answer("processes", processes);
      answer("blocks", blocks);
      return well ? Exit.OK : Exit.DOES_NOT_HOLD;
    }
  }

  private static Map<String, Object> toMap(FabricNetwork.ProcessState process) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("name", process.name());
    map.put("pid", process.pid());
    map.put("address", process.address());
    return map;
  }
}
