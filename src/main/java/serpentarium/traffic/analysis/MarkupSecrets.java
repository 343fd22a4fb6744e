package serpentarium.traffic.analysis;

import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Takes secrets out of XML and HTML: the text of an element and the value of an attribute whose name [Secrets] knows, and the `value` of a tag
/// whose `name` it knows. Nothing is parsed that could be followed; everything else stays as it was written.
///
/// @param secrets what counts as one
/// @param stand   gives what stands for one
public record MarkupSecrets(Secrets secrets, UnaryOperator<String> stand) {
    private static final Pattern TAG = Pattern.compile("<(?:[\\w-]{1,60}:)?([\\w.-]{1,80}+)([^<>]{0,8000}+)>(?:([^<]{1,100000}+)(?=</))?");
    private static final Pattern ATTRIBUTE = Pattern.compile("(?:[\\w-]{1,60}:)?([\\w.-]{1,80}+)\\s{0,20}+=\\s{0,20}+(?:\"([^\"]*+)\"|'([^']*+)')");

    /// The text without its secrets.
    public String masked(String text) {
        Matcher tag = TAG.matcher(text);
        var out = new StringBuilder(text.length() + 64);
        int at = 0;
        while (tag.find()) {
            out.append(text, at, tag.start(2)).append(attributes(tag.group(2)));
            at = tag.end(2);
            if (tag.group(3) != null && secrets.field(tag.group(1)) && !tag.group(2).endsWith("/")) {
                out.append('>').append(tag.group(3).isBlank() ? tag.group(3) : stand.apply(tag.group(3)));
                at = tag.end(3);
            }
        }
        return out.append(text, at, text.length()).toString();
    }

    private String attributes(String text) {
        if (text.indexOf('=') < 0) return text;
        Matcher each = ATTRIBUTE.matcher(text);
        boolean named = false;
        while (!named && each.find()) named = each.group(1).equalsIgnoreCase("name") && (secrets.field(value(each)) || secrets.header(value(each)));
        each.reset();
        var out = new StringBuilder(text.length());
        int at = 0;
        while (each.find()) {
            String name = each.group(1).toLowerCase(java.util.Locale.ROOT);
            int group = each.group(2) != null ? 2 : 3;
            boolean secret = secrets.field(name) && !each.group(group).isEmpty() || named && (name.equals("value") || name.equals("content"));
            out.append(text, at, each.start(group)).append(secret ? stand.apply(each.group(group)) : secrets.url(each.group(group), stand));
            at = each.end(group);
        }
        return out.append(text, at, text.length()).toString();
    }

    private static String value(Matcher attribute) {
        return attribute.group(2) != null ? attribute.group(2) : attribute.group(3);
    }
}
