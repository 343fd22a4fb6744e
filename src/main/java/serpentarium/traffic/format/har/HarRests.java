package serpentarium.traffic.format.har;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;

/// What a HAR said beyond the model, for giving it to others.
public final class HarRests {
    /// Headers, cookies, query and form once more: they are made anew from the model.
    private static final List<String> COPIES = List.of("headers", "cookies", "queryString", "statusText");

    private HarRests() {}

    /// An object without the fields that say once more what the model says; null where it is none.
    public static byte[] withoutCopies(byte[] rest) {
        try {
            var fields = new HarFields(rest);
            COPIES.forEach(fields::drop);
            HarFields post = fields.has("postData") ? fields.inner("postData") : null;
            var out = new ByteArrayOutputStream();
            try (JsonGenerator to = HarRest.JSON.createGenerator(out)) {
                to.writeStartObject();
                if (post != null) {
                    post.drop("params");
                    to.writeObjectFieldStart("postData");
                    post.putRest(to);
                    to.writeEndObject();
                    fields.drop("_paramsOnly");
                }
                fields.putRest(to);
                to.writeEndObject();
            }
            return out.toByteArray();
        } catch (IOException e) {
            return null;
        }
    }
}
