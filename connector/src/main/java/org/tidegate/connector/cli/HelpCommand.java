package org.tidegate.connector.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;

/** {@code tidegate help}: how to use a command, on standard output. */
@CommandLine.Command(name = "help", description = "Says how to use a command.")
final class HelpCommand extends Command {
  @Parameters(
      arity = "0..*",
      paramLabel = "COMMAND",
      description = "Such as: query, or: space up. Without it, all commands.")
  List<String> words = new ArrayList<>();

  @Override
  protected int run(Output output) {
    CommandLine command = spec().root().commandLine();
    for (String word : words) {
      CommandLine next = command.getSubcommands().get(word);
      if (next == null) {
        throw new CommandException(
            Exit.USAGE, "cli.usage", Streams.noCommand(command.getCommandSpec(), word));
      }
      command = next;
    }
    String text = command.getUsageMessage(CommandLine.Help.Ansi.OFF);
    output.line("%s", text.stripTrailing());
    answer("text", text);
    return Exit.OK;
  }
}
