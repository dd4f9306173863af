import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Derives the 256-bit vector kernels from the 512-bit ones: every class {@code simd/*512.java} is
 * written again as {@code *256} with each 512 in its text a 256. Run by the build:
 *
 * <pre>java WidthVariants.java SOURCE_ROOT OUTPUT_ROOT</pre>
 */
public final class WidthVariants {
  public static void main(String[] arguments) throws IOException {
    Path sources = Path.of(arguments[0]);
    Path output = Path.of(arguments[1]);
    List<Path> templates;
    try (Stream<Path> files = Files.walk(sources)) {
      templates = files.filter(WidthVariants::isTemplate).sorted().toList();
    }
    for (Path template : templates) {
      Path variant = output.resolve(sources.relativize(template).toString().replace("512", "256"));
      String text = Files.readString(template).replace("512", "256");
      // Unchanged files keep their time, so that the compiler has nothing to do.
      if (!Files.exists(variant) || !Files.readString(variant).equals(text)) {
        Files.createDirectories(variant.getParent());
        Files.writeString(variant, text);
      }
    }
  }

  private static boolean isTemplate(Path file) {
    return file.getParent().endsWith("simd") && file.getFileName().toString().endsWith("512.java");
  }
}
