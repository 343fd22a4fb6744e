package serpentarium.traffic.format.har;

/// Under which names a flow keeps what a HAR says beyond the model: JSON objects with the fields that are to be written back.
public final class HarExtras {
    /// Fields of the log beside its entries; at the first flow of a file.
    public static final String LOG = "har.log";
    /// Fields of the entry.
    public static final String ENTRY = "har.entry";
    /// Fields of the request.
    public static final String REQUEST = "har.request";
    /// Fields of the response.
    public static final String RESPONSE = "har.response";
    /// The URL where its parts do not say it as it stood; a text, no JSON.
    public static final String URL = "har.url";

    private HarExtras() {}
}
