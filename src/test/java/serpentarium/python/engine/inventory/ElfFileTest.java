package serpentarium.python.engine.inventory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ElfFileTest {
    @Test void saysWhatAModuleIsLinkedWith(@TempDir Path folder) throws IOException {
        assumeTrue(!RealPythons.pyenv().isEmpty(), "no pyenv version is installed here");
        Path library = Layout.under(RealPythons.pyenv().getLast(), Optional.empty()).orElseThrow().library().resolve("lib-dynload");
        Path module = Layout.entries(library).stream().filter(each -> each.getFileName().toString().startsWith("_ssl.")).findFirst().orElseThrow();
        ElfFile elf = ElfFile.read(module).orElseThrow();
        assertTrue(elf.needed().stream().anyMatch(each -> each.startsWith("libssl.so")), elf::toString);
        assertTrue(elf.searchPaths().stream().anyMatch(each -> each.endsWith("/lib")), elf::toString);
        byte[] whole = Files.readAllBytes(module);
        Path file = folder.resolve("damaged.so");
        for (int seed = 0; seed < 2_000; seed++) {
            var random = new Random(seed);
            byte[] bytes = Arrays.copyOf(whole, random.nextInt(4) == 0 ? random.nextInt(2_000) + 1 : 0x31000 < whole.length ? 0x31000 : whole.length);
            for (int i = 0; i < 6; i++) bytes[random.nextInt(Math.min(bytes.length, 900))] = (byte) random.nextInt();
            Files.write(file, bytes);
            ElfFile.read(file).ifPresent(each -> assertTrue(each.needed().size() < 5_000));
        }
    }

    @Test void textIsFoundAcrossPieces(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("library");
        Pattern pattern = Pattern.compile("(3\\.12\\.\\d+)\0");
        for (int at : new int[] {0, 100, (256 << 10) - 3, 256 << 10, (256 << 10) + 197, 600_000}) {
            byte[] bytes = new byte[at + 7];
            "3.12.7\0".chars().forEach(new java.util.function.IntConsumer() {
                private int next = at;

                @Override public void accept(int c) {
                    bytes[next++] = (byte) c;
                }
            });
            Files.write(file, bytes);
            assertEquals(Optional.of("3.12.7"), BinaryText.find(file, "3.12.", pattern), () -> "at " + at);
        }
        Files.write(file, "3.12.7".getBytes());
        assertEquals(Optional.empty(), BinaryText.find(file, "3.12.", pattern));
    }
}
