package serpentarium.app.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import serpentarium.base.Problem;
import serpentarium.python.Because;
import serpentarium.python.Effect;
import serpentarium.python.Headers;
import serpentarium.python.Installed;
import serpentarium.python.Launch;
import serpentarium.python.Resolution;
import serpentarium.python.Rule;
import serpentarium.python.engine.Explanation;
import serpentarium.python.engine.inventory.Release;

/// The JSON document of `versions --json`.
record VersionsJson(VersionsDocument document) implements Json.Body {
    @Override public void write(JsonGenerator json) throws IOException {
        json.writeStartObject();
        Json.text(json, "root", document.root().toString());
        json.writeArrayFieldStart("installed");
        for (Installed installed : document.installed()) installed(json, installed, document.release(installed));
        json.writeEndArray();
        applies(json, document.applies());
        strings(json, "warnings", Stream.concat(Explanation.warnings(document.applies()).stream(), document.problems().stream().map(Problem::line)).toList());
        json.writeEndObject();
    }

    private void installed(JsonGenerator json, Installed installed, Optional<Release> release) throws IOException {
        json.writeStartObject();
        Json.text(json, "name", installed.name());
        Json.text(json, "implementation", installed.implementation());
        Json.text(json, "version", installed.version());
        Json.text(json, "prefix", installed.prefix().toString());
        path(json, "executable", installed.executable());
        Json.text(json, "origin", installed.origin().id());
        Json.text(json, "base", installed.base().orElse(null));
        if (installed.size().isPresent()) json.writeNumberField("size", installed.size().getAsLong());
        else json.writeNullField("size");
        Json.text(json, "eol", release.map(each -> each.endOfLife().toString()).orElse(null));
        if (release.isPresent()) json.writeBooleanField("supported", release.get().on(document.today()) != Release.Support.ENDED);
        else json.writeNullField("supported");
        headers(json, installed.headers());
        json.writeEndObject();
    }

    private static void headers(JsonGenerator json, Headers headers) throws IOException {
        json.writeObjectFieldStart("headers");
        path(json, "include", headers.include());
        json.writeBooleanField("python_h", headers.pythonH());
        path(json, "library", headers.library());
        Json.text(json, "abi", headers.abi().orElse(null));
        Json.text(json, "ext_suffix", headers.extSuffix().orElse(null));
        json.writeEndObject();
    }

    private static void applies(JsonGenerator json, Resolution applies) throws IOException {
        Rule winner = applies.winner();
        json.writeObjectFieldStart("applies");
        Json.text(json, "dir", applies.dir().toString());
        strings(json, "names", applies.names());
        Json.text(json, "because", winner.because().id());
        path(json, "file", winner.file());
        strings(json, "missing", applies.missing());
        json.writeArrayFieldStart("overridden");
        for (Rule rule : applies.chain()) {
            if (rule.effect() != Effect.SHADOWED || rule.because() == Because.DEFAULT) continue;
            json.writeStartObject();
            Json.text(json, "because", rule.because().id());
            path(json, "file", rule.file());
            strings(json, "names", rule.names());
            strings(json, "missing", rule.missing());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeObjectFieldStart("starts");
        for (Map.Entry<String, Launch> each : applies.launches().entrySet()) path(json, each.getKey(), each.getValue().executable());
        json.writeEndObject();
        json.writeBooleanField("asked_pyenv", applies.asked());
        json.writeEndObject();
    }

    private static void path(JsonGenerator json, String name, Optional<Path> path) throws IOException {
        Json.text(json, name, path.map(Path::toString).orElse(null));
    }

    private static void strings(JsonGenerator json, String name, Collection<String> texts) throws IOException {
        json.writeArrayFieldStart(name);
        for (String text : List.copyOf(texts)) json.writeString(text);
        json.writeEndArray();
    }
}
