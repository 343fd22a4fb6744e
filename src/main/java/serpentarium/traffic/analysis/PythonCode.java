package serpentarium.traffic.analysis;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import serpentarium.base.Strings;
import serpentarium.traffic.Headers;

/// A Python script that sends the request.
///
/// @param library what it sends it with
record PythonCode(Library library) implements CodeWriter {
    private static final Strings STRINGS = Strings.of(PythonCode.class);

    /// A client for Python.
    enum Library {
        /// The third-party `requests`.
        REQUESTS,
        /// The third-party `httpx`.
        HTTPX,
        /// The third-party `aiohttp`.
        AIOHTTP,
        /// `urllib.request` of the standard library.
        URLLIB
    }

    @Override public String id() {
        return library.name().toLowerCase(Locale.ROOT);
    }

    @Override public String write(HttpCall call) {
        var lines = new StringBuilder();
        int left = call.left() + (library == Library.AIOHTTP ? call.headers().fields().size() - texts(call).size() : 0);
        if (left > 0) lines.append("# ").append(STRINGS.get("code.left", left)).append('\n');
        if (PythonText.base64(call.body())) lines.append("import base64\n");
        switch (library) {
            case REQUESTS -> requests(call, lines);
            case HTTPX -> httpx(call, lines);
            case AIOHTTP -> aiohttp(call, lines);
            case URLLIB -> urllib(call, lines);
        }
        return lines.toString();
    }

    private static boolean capitals(HttpCall call) {
        return call.method().equals(call.method().toUpperCase(Locale.ROOT));
    }

    private static void requests(HttpCall call, StringBuilder lines) {
        lines.append("import requests\n\n");
        body(call, lines);
        boolean exact = !capitals(call) || UrlText.dotted(call.url(true));
        if (!exact) lines.append("response = requests.request(\n");
        else lines.append("session = requests.Session()\nrequest = session.prepare_request(requests.Request(\n");
        arguments(call, lines, dict(call, "    "), call.sized() ? "data=body" : null, exact ? null : "allow_redirects=False");
        if (!exact) lines.append(")\n");
        else {
            lines.append("))\n").append("request.method = ").append(PythonText.string(call.method())).append('\n');
            lines.append("request.url = ").append(PythonText.string(call.url(true))).append('\n');
            lines.append("response = session.send(request, allow_redirects=False)\n");
        }
        lines.append("print(response.status_code, response.reason)\nprint(response.text)\n");
    }

    private static void httpx(HttpCall call, StringBuilder lines) {
        lines.append("import httpx\n\n");
        body(call, lines);
        boolean exact = !capitals(call);
        lines.append(exact ? "client = httpx.Client()\nrequest = client.build_request(\n" : "response = httpx.request(\n");
        arguments(call, lines, list(call.headers().fields(), "    "), call.sized() ? "content=body" : null, null);
        lines.append(")\n");
        if (exact) lines.append("request.method = ").append(PythonText.string(call.method())).append("\nresponse = client.send(request)\n");
        lines.append("print(response.status_code, response.reason_phrase)\nprint(response.text)\n");
    }

    /// Lines of the arguments that requests and httpx share. The URL is encoded so that no client takes anything out of it.
    private static void arguments(HttpCall call, StringBuilder lines, String headers, String body, String more) {
        lines.append("    ").append(PythonText.string(call.method().toUpperCase(Locale.ROOT))).append(",\n");
        lines.append("    ").append(PythonText.string(UrlText.undotted(call.url(true)))).append(",\n");
        if (headers != null) lines.append("    headers=").append(headers).append(",\n");
        if (body != null) lines.append("    ").append(body).append(",\n");
        if (more != null) lines.append("    ").append(more).append(",\n");
    }

    private static List<Headers.Field> texts(HttpCall call) {
        return call.headers().fields().stream().filter(field -> !lone(field.value())).toList();
    }

    private static boolean lone(String value) {
        return value.codePoints().anyMatch(c -> c >= 0xdc80 && c <= 0xdcff);
    }

    private static void aiohttp(HttpCall call, StringBuilder lines) {
        lines.append("import asyncio\n\nimport aiohttp\nfrom yarl import URL\n\n");
        body(call, lines);
        if (!capitals(call)) lines.append("# ").append(STRINGS.get("code.capitals")).append('\n');
        lines.append("\nasync def main():\n    async with aiohttp.ClientSession() as session:\n        async with session.request(\n");
        String at = "            ";
        lines.append(at).append(PythonText.string(call.method())).append(",\n");
        lines.append(at).append("URL(").append(PythonText.string(call.url(true))).append(", encoded=True),\n");
        if (!texts(call).isEmpty()) {
            lines.append(at).append("headers=[\n");
            for (Headers.Field field : texts(call))
                lines.append(at).append("    (").append(PythonText.string(first(call, field.name()))).append(", ").append(PythonText.string(field.value())).append("),\n");
            lines.append(at).append("],\n");
        }
        if (call.sized()) lines.append(at).append("data=body,\n");
        if (call.sized() && call.header("content-type") == null) lines.append(at).append("skip_auto_headers=['Content-Type'],\n");
        lines.append(at).append("allow_redirects=False,\n        ) as response:\n            print(response.status, response.reason)\n");
        lines.append("            print(await response.text(errors='replace'))\n\n\nasyncio.run(main())\n");
    }

    /// aiohttp keeps fields of one name only where all are written in the same case.
    private static String first(HttpCall call, String name) {
        return call.headers().fields().stream().map(Headers.Field::name).filter(name::equalsIgnoreCase).findFirst().orElse(name);
    }

    private static void urllib(HttpCall call, StringBuilder lines) {
        lines.append("import urllib.error\nimport urllib.request\n\n");
        body(call, lines);
        if (call.sized() && call.header("content-type") == null) lines.append("# ").append(STRINGS.get("code.urllib-type")).append('\n');
        lines.append("request = urllib.request.Request(\n    ").append(PythonText.string(call.url(true))).append(",\n");
        String headers = dict(call, "    ");
        if (headers != null) lines.append("    headers=").append(headers).append(",\n");
        if (call.sized()) lines.append("    data=body,\n");
        lines.append("    method=").append(PythonText.string(call.method())).append(",\n)\n");
        lines.append("try:\n    response = urllib.request.urlopen(request)\nexcept urllib.error.HTTPError as error:\n    response = error\n");
        lines.append("print(response.status, response.reason)\nprint(response.read())\n");
    }

    private static void body(HttpCall call, StringBuilder lines) {
        if (call.sized()) lines.append("body = ").append(PythonText.body(call.body())).append('\n');
    }

    /// Fields as a dict: those of one name are joined, as RFC 9110 section 5.3 allows; null for none.
    static String dict(HttpCall call, String indent) {
        Map<String, List<Headers.Field>> byName = new LinkedHashMap<>();
        for (Headers.Field field : call.headers().fields()) byName.computeIfAbsent(field.name().toLowerCase(Locale.ROOT), _ -> new ArrayList<>()).add(field);
        if (byName.isEmpty()) return null;
        var dict = new StringBuilder("{\n");
        byName.forEach((name, fields) -> {
            String value = String.join(name.equals("cookie") ? "; " : ", ", fields.stream().map(Headers.Field::value).toList());
            dict.append(indent).append("    ").append(PythonText.string(fields.getFirst().name())).append(": ").append(PythonText.field(value)).append(",\n");
        });
        return dict.append(indent).append("}").toString();
    }

    /// Fields as a list of pairs; null for none.
    static String list(List<Headers.Field> fields, String indent) {
        if (fields.isEmpty()) return null;
        var list = new StringBuilder("[\n");
        for (Headers.Field field : fields) list.append(indent).append("    (").append(name(field)).append(", ").append(PythonText.field(field.value())).append("),\n");
        return list.append(indent).append("]").toString();
    }

    private static String name(Headers.Field field) {
        return PythonText.string(field.name());
    }
}
