package serpentarium.traffic.engine.proxy;

import io.netty.buffer.ByteBuf;
import java.util.List;
import serpentarium.traffic.Side;

/// What a client of a reverse listener speaks is seen by its first words: TLS, HTTP/2 with prior knowledge, or HTTP/1.
final class ReverseStart implements Stage {
    private static final String PREFACE = "PRI ";

    private final Passage passage;
    private final ListenerSpec.Reverse spec;
    private final Password password;
    private final Gather unread = new Gather();

    ReverseStart(Passage passage, ListenerSpec.Reverse spec) {
        this.passage = passage;
        this.spec = spec;
        password = passage.listener().password();
    }

    @Override public void read(ByteBuf bytes) {
        unread.add(bytes);
        ByteBuf there = unread.bytes();
        if (ClientHello.begins(there)) {
            ClientHello hello = ClientHello.of(there);
            if (hello != null) {
                leave();
                passage.suspend();
                sealed(hello);
            } else if (unread.size() > Head.LONGEST) passage.close(false);
            return;
        }
        int same = 0;
        while (same < PREFACE.length() && same < there.readableBytes() && there.getByte(there.readerIndex() + same) == PREFACE.charAt(same)) same++;
        if (same == there.readableBytes() && same < PREFACE.length()) return;
        leave();
        passage.tap().fact(link -> link.scheme("http"));
        begin(same == PREFACE.length(), false);
    }

    private void leave() {
        passage.client().stage(null);
        passage.client().hold(unread.all());
    }

    /// Begins with what is inside, now that it can be read.
    private void begin(boolean http2, boolean secure) {
        boolean asItIs = spec.keepHost() && spec.base().isEmpty() && password == null;
        if (passage.server() == null && passage.rewrites(null, 0)) {
            var route = new ReverseRoute(spec, password, secure);
            if (http2) Http2Askers.begin(passage, route, null, secure);
            else passage.client().stage(new Rewriting(passage, route, null, secure));
            return;
        }
        if (!http2 && !asItIs) {
            passage.client().stage(new Requests(passage, new ReverseRoute(spec, password, secure)));
            return;
        }
        if (password != null) {
            passage.tap().fail(Route.STRINGS.get("refused.password"));
            passage.close(false);
            return;
        }
        passage.suspend();
        connect(http2 ? List.of("h2") : List.of("http/1.1"), _ -> {
            if (http2 && !asItIs) ReverseHeads.begin(passage, spec, secure);
            else passage.splice();
        });
    }

    private void connect(List<String> protocols, java.util.function.Consumer<String> then) {
        passage.site().connector().open(passage, spec.origin(), false, new Connector.Outcome() {
            @Override public void connected(End server) {
                if (passage.closed()) {
                    server.channel().close();
                    return;
                }
                passage.server(server);
                if (!spec.origin().tls()) then.accept("");
                else passage.site().secrets().server(passage, server, spec.origin(), spec.origin().host(), protocols, this, then);
            }

            @Override public void failed(Failure why) {
                fail(why, protocols);
            }
        });
    }

    private void fail(Failure why, List<String> protocols) {
        if (passage.closed()) return;
        if (protocols.contains("http/1.1") || protocols.isEmpty()) passage.client().stage(new Apology(passage, why));
        else {
            passage.client().stage(new Splice(passage, Side.REQUEST));
            passage.tap().fail(why.detail());
            passage.close(false);
        }
        passage.resume();
    }

    private void sealed(ClientHello hello) {
        String name = hello.name() == null ? passage.listener().address().getHostString() : hello.name();
        List<String> wanted = hello.protocols();
        boolean two = wanted.contains("h2") && !wanted.contains("http/1.1");
        boolean rewrites = passage.rewrites(null, 0) && (wanted.isEmpty() || wanted.contains("http/1.1") || two);
        if (rewrites && two) {
            open(name, "h2");
            return;
        }
        List<String> offered = password != null || rewrites || !spec.origin().tls() ? wanted.stream().filter("http/1.1"::equals).toList() : wanted;
        // Where rules act, the server is only connected to when a request goes there.
        if (rewrites || !spec.origin().tls()) {
            open(name, offered.isEmpty() ? "" : "http/1.1");
            return;
        }
        // What the server agrees to speak is what the client is to speak; so it is asked first.
        passage.site().connector().open(passage, spec.origin(), false, new Connector.Outcome() {
            @Override public void connected(End server) {
                if (passage.closed()) {
                    server.channel().close();
                    return;
                }
                passage.server(server);
                passage.site().secrets().server(passage, server, spec.origin(), spec.origin().host(), offered, this, protocol -> open(name, protocol));
            }

            @Override public void failed(Failure why) {
                if (passage.closed()) return;
                passage.site().secrets().client(passage, name, java.util.Optional.empty(), offered.contains("http/1.1") ? "http/1.1" : "",
                        () -> passage.client().stage(new Apology(passage, why)), _ -> {
                            passage.tap().fail(why.detail());
                            passage.close(false);
                        });
            }
        });
    }

    private void open(String name, String protocol) {
        Unsealing secrets = passage.site().secrets();
        secrets.client(passage, name, secrets.certificate(passage), protocol, () -> {
            boolean asItIs = spec.keepHost() && spec.base().isEmpty() && password == null;
            if (passage.server() == null) begin(protocol.equals("h2"), true);
            else if (asItIs) passage.splice();
            else if (protocol.equals("h2")) ReverseHeads.begin(passage, spec, true);
            else passage.client().stage(new Requests(passage, new ReverseRoute(spec, password, true), spec.origin()));
        }, cause -> {
            passage.tap().fail(Unsealing.refusal(cause));
            passage.close(false);
        });
    }

    @Override public void end() {
        passage.close(false);
    }

    @Override public void gone(boolean reset) {
        unread.all().release();
        passage.close(reset);
    }
}
