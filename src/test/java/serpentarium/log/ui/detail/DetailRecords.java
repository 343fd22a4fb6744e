package serpentarium.log.ui.detail;

import java.nio.charset.StandardCharsets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import serpentarium.base.Source;
import serpentarium.log.LogRecord;
import serpentarium.log.format.Clock;
import serpentarium.log.format.LogSource;
import serpentarium.log.format.RecordScanner;
import serpentarium.task.TaskContext;

/// Records as the readers make them of text.
final class DetailRecords {
    static final ZoneId ZONE = ZoneOffset.ofHours(1);

    static final String TRACEBACK = """
            Traceback (most recent call last):
              File "/srv/shop/views.py", line 3, in checkout
                total = cart.total(currency="EUR")  # may fail
              File "/usr/lib/python3.12/site-packages/django/core/handlers/exception.py", line 55, in inner
                response = get_response(request)
                           ^^^^^^^^^^^^^^^^^^^^^
              File "/usr/lib/python3.12/site-packages/django/core/handlers/base.py", line 197, in _get_response
                response = wrapped_callback(request, *callback_args, **callback_kwargs)
              File "/srv/shop/cart.py", line 41, in total
                return sum(each.price for each in self.items)
                       ~~~^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
              File "/usr/lib/python3.12/decimal.py", line 7, in __add__
                raise InvalidOperation
            decimal.InvalidOperation: [<class 'decimal.ConversionSyntax'>]
            while adding 12 items

            During handling of the above exception, another exception occurred:

            Traceback (most recent call last):
              File "/srv/shop/views.py", line 5, in checkout
                raise CheckoutError(request_id) from None
            shop.errors.CheckoutError: cart of ana is broken""";

    static final String FAILED = "2026-11-22 07:49:01,164 ERROR [worker-1] shop.views: checkout failed, request_id=9f31c0 "
            + "cart={'user': 'ana', 'items': [{'sku': 'A-1', 'count': 2, 'price': Decimal('12.50')}, {'sku': 'B-7', 'count': 1, 'price': None}], 'open': True}\n" + TRACEBACK + "\n";

    static final String JSON = "{\"timestamp\": \"2026-11-22T07:49:01.164250Z\", \"level\": \"warning\", \"logger\": \"shop.sql\", \"event\": \"slow query\", "
            + "\"duration\": 1.25, \"user\": {\"id\": 17, \"name\": \"ana\", \"roles\": [\"admin\", \"buyer\"]}, \"trace_id\": \"4bf92f3577b34da6a3ce929d0e0e4736\", "
            + "\"sql\": \"SELECT o.id, o.total, u.name FROM orders o LEFT JOIN users u ON u.id = o.user_id WHERE o.created > '2026-01-01' AND o.state IN ('open', 'paid') "
            + "AND o.id IN (SELECT order_id FROM items WHERE sku = 'it''s') ORDER BY o.id LIMIT 10\", \"payload\": \"{\\\"a\\\": [1, 2.5, null, true]}\"}\n";

    private DetailRecords() {}

    /// The first record of a log, which goes on as it begins.
    static LogRecord first(String text) {
        String log = text + text + text + text;
        try {
            LogSource source = LogSource.of(Source.of("/var/log/shop/app.log", log.getBytes(StandardCharsets.UTF_8)), null, new Clock(ZoneOffset.UTC, 1_796_000_000L));
            try (RecordScanner scanner = source.records(TaskContext.detached())) {
                if (!scanner.next()) throw new AssertionError("no record in " + log);
                return scanner.view().detached();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
