package serpentarium.log.engine.receive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import serpentarium.task.ChildProcess;

/// What the guide tells to paste is pasted and run.
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class GuideCodeTest {
    @TempDir Path folder;

    @Test void everyPieceOfCodeSendsItsRecord() throws IOException, InterruptedException {
        Path python = Path.of(System.getProperty("user.home"), ".pyenv", "versions", "3.13.0", "bin", "python");
        assumeTrue(Files.isExecutable(python), "no Python 3.13 here");
        String guide = Files.readString(Path.of("docs/guide/receiving.md"));
        List<String> pieces = Pattern.compile("```python\n(.*?)```", Pattern.DOTALL).matcher(guide).results().map((MatchResult match) -> match.group(1)).toList();
        assertEquals(5, pieces.size());
        var want = new ArrayList<String>();
        try (var fixture = new ServerFixture(folder.resolve("store"), ReceiveOptions.USUAL)) {
            for (String piece : pieces) {
                String code = piece.replace("9020", "" + fixture.tcp).replace("9021", "" + fixture.udp).replace("9022", "" + fixture.http).replace("5140", "" + fixture.syslog);
                Path program = Files.writeString(folder.resolve("piece.py"), code);
                var said = new ArrayList<String>();
                ChildProcess child = ChildProcess.start(ChildProcess.Spec.of(python.toString(), program.toString()).lines(line -> said.add(line.text())));
                assertEquals(0, child.await(), said::toString);
                want.add(piece.replaceAll("(?s).*logging.info\\('(.*?)'\\).*", "$1"));
                fixture.await(want.size());
                assertEquals(List.of(), said);
            }
            assertEquals(want, fixture.records().stream().map(record -> record.getOrDefault("message", record.get("msg"))).toList());
        }
    }
}
