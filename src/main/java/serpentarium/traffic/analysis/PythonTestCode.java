package serpentarium.traffic.analysis;

import java.util.List;
import java.util.Locale;
import serpentarium.traffic.Headers;

/// A test for pytest: that the server still answers so, or that a program is answered so without a server.
///
/// @param kind which of these
record PythonTestCode(Kind kind) implements CodeWriter {
    /// What kind of test.
    enum Kind {
        /// Sends the request with `requests` and compares the response.
        PYTEST,
        /// A stub of the package `responses`, for programs that use `requests`.
        RESPONSES,
        /// A stub of the package `respx`, for programs that use `httpx`.
        RESPX
    }

    @Override public String id() {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    @Override public boolean needsResponse() {
        return true;
    }

    @Override public String write(HttpCall call) {
        var lines = new StringBuilder();
        boolean json = kind == Kind.PYTEST && json(call);
        if (PythonText.base64(call.body()) || PythonText.base64(call.answer())) lines.append("import base64\n");
        if (json) lines.append("import json\n");
        lines.append(switch (kind) {
            case PYTEST -> "import requests\n";
            case RESPONSES -> "import requests\nimport responses\n";
            case RESPX -> "import httpx\nimport respx\n";
        });
        lines.append('\n');
        if (kind == Kind.PYTEST && call.sized()) lines.append("BODY = ").append(PythonText.body(call.body())).append('\n');
        lines.append("ANSWER = ").append(PythonText.body(call.answer())).append("\n\n\n");
        switch (kind) {
            case PYTEST -> pytest(call, lines, json);
            case RESPONSES -> responses(call, lines);
            case RESPX -> respx(call, lines);
        }
        return lines.toString();
    }

    private static boolean json(HttpCall call) {
        String type = call.answered().first("content-type").orElse("").toLowerCase(Locale.ROOT);
        return type.contains("json") && call.answer().length > 0 && JsonPaths.of(call.answer()).isPresent();
    }

    /// A stub stands for what a client asks for, which is the URL without `..`; the test of a server asks for what was asked for.
    private String url(HttpCall call) {
        String url = UrlText.canonical(call.url(true));
        return PythonText.string(kind == Kind.PYTEST ? UrlText.undotted(url) : UrlText.resolved(url));
    }

    private static String method(HttpCall call) {
        return PythonText.string(call.method().toUpperCase(Locale.ROOT));
    }

    private void pytest(HttpCall call, StringBuilder lines, boolean json) {
        lines.append("def ").append(PythonText.testName(call)).append("():\n    response = requests.request(\n        ").append(method(call)).append(",\n        ");
        lines.append(url(call)).append(",\n");
        String headers = PythonCode.dict(call, "        ");
        if (headers != null) lines.append("        headers=").append(headers).append(",\n");
        if (call.sized()) lines.append("        data=BODY,\n");
        lines.append("        allow_redirects=False,\n    )\n    assert response.status_code == ").append(call.status()).append('\n');
        call.answered().first("content-type").filter(type -> type.chars().allMatch(c -> c < 0x80)).ifPresent(type ->
                lines.append("    assert response.headers['Content-Type'] == ").append(PythonText.string(type)).append('\n'));
        if (!call.method().equals("HEAD")) lines.append(json ? "    assert response.json() == json.loads(ANSWER)\n" : "    assert response.content == ANSWER\n");
    }

    private void responses(HttpCall call, StringBuilder lines) {
        lines.append("@responses.activate\ndef ").append(PythonText.testName(call)).append("():\n    responses.add(responses.Response(\n        method=");
        lines.append(method(call)).append(",\n        url=").append(url(call)).append(",\n        status=").append(call.status()).append(",\n        body=ANSWER,\n");
        String type = call.answered().first("content-type").filter(text -> text.chars().allMatch(c -> c < 0x80)).map(PythonText::string).orElse("None");
        lines.append("        content_type=").append(type).append(",\n");
        List<Headers.Field> more = call.answered().fields().stream().filter(field -> !field.name().equalsIgnoreCase("content-type")
                && field.value().chars().allMatch(c -> c < 0x80)).toList();
        String headers = PythonCode.list(more, "        ");
        if (headers != null) lines.append("        headers=").append(headers).append(",\n");
        lines.append("    ))\n\n    response = requests.request(").append(method(call)).append(", ").append(url(call)).append(", allow_redirects=False)\n");
        check(call, lines);
    }

    private void respx(HttpCall call, StringBuilder lines) {
        lines.append("@respx.mock\ndef ").append(PythonText.testName(call)).append("():\n    respx.route(\n        method=").append(method(call));
        lines.append(",\n        url=").append(url(call)).append(",\n    ).mock(return_value=httpx.Response(\n        ").append(call.status()).append(",\n");
        String headers = PythonCode.list(call.answered().fields(), "        ");
        if (headers != null) lines.append("        headers=").append(headers).append(",\n");
        lines.append("        content=ANSWER,\n    ))\n\n    response = httpx.request(").append(method(call)).append(", ").append(url(call)).append(")\n");
        check(call, lines);
    }

    private static void check(HttpCall call, StringBuilder lines) {
        lines.append("    assert response.status_code == ").append(call.status()).append("\n    assert response.content == ANSWER\n");
    }
}
