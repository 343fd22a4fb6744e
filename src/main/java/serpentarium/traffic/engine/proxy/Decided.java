package serpentarium.traffic.engine.proxy;

import java.util.List;
import java.util.Optional;
import serpentarium.traffic.analysis.rule.Changed;
import serpentarium.traffic.analysis.rule.Instead;
import serpentarium.traffic.analysis.rule.Passing;
import serpentarium.traffic.analysis.rule.RuleRun;
import serpentarium.traffic.engine.rewrite.LocalFiles;
import serpentarium.traffic.engine.rewrite.ReadyAnswer;

/// What rules said of a request.
///
/// @param changed the request as it goes on
/// @param nothing whether the connection ends without an answer
/// @param answer  what the client gets in the server's place; null where the server is asked
record Decided(Changed changed, boolean nothing, ReadyAnswer answer) {
    /// Asks the rules, and makes the answer that they want. May read files.
    ///
    /// @param came the request's body; null where it is not here
    static Decided of(Passage passage, Crossing exchange, byte[] came) {
        Rewrites rewrites = passage.site().rewrites();
        Passing passing = exchange.passing.with(exchange.came, Rewrites.plain(exchange.came.headers(), came))
                .from(exchange.passing.client(), passage.program(rewrites.asksForProgram()));
        Changed changed = new RuleRun(exchange.book, Rewrites.chance()).request(passing);
        return changed.instead().map(instead -> instead(rewrites, changed, instead)).orElse(new Decided(changed, false, null));
    }

    private static Decided instead(Rewrites rewrites, Changed changed, Instead instead) {
        return switch (instead) {
            case Instead.Nothing _ -> new Decided(changed, true, null);
            case Instead.Made(int status, String type, String text) -> new Decided(changed, false, ReadyAnswer.made(status, type, text));
            case Instead.File(String path) -> new Decided(changed, false, LocalFiles.answer(path, changed.request().path()));
            case Instead.Recorded(String session, boolean onward) -> rewrites.recordings().answer(session, onward, changed.request())
                    .map(found -> new Decided(changed, false, found)).orElseGet(() -> new Decided(withoutLast(changed), false, null));
        };
    }

    /// The server answers, so the last rule did nothing.
    private static Changed withoutLast(Changed changed) {
        List<String> names = changed.applied();
        return new Changed(changed.request(), null, changed.body(), names.subList(0, names.size() - 1), changed.delay(), changed.rate(), Optional.empty(), changed.pause());
    }
}
