package org.omtpdm.server.api;

import io.javalin.http.Context;
import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers that are written for a long time, each on a thread of its own, a bounded number of them.
 * Thread-safe.
 */
final class Streams implements AutoCloseable {

    static final int AT_ONCE = 128;
    private static final Logger LOG = LoggerFactory.getLogger(Streams.class);

    private final AtomicInteger numbers = new AtomicInteger();
    private final ExecutorService threads =
            new ThreadPoolExecutor(
                    0,
                    AT_ONCE,
                    30,
                    TimeUnit.SECONDS,
                    new SynchronousQueue<>(),
                    task -> {
                        var thread = new Thread(task, "http-stream-" + numbers.incrementAndGet());
                        thread.setDaemon(true);
                        return thread;
                    });

    /** Hands the answer to a thread; called on the request's own. */
    void send(Context context, Response.Writing writing) {
        context.disableCompression();
        try {
            context.async(
                    task -> {
                        task.executor = threads;
                        task.timeout = 0;
                    },
                    () -> write(context, writing));
        } catch (RejectedExecutionException e) {
            context.status(ErrorCode.OVERLOADED.httpStatus());
            context.contentType("application/json");
            context.result(
                    org.omtpdm.server.store.Json.write(
                            new Response.ErrorBody(
                                    ErrorCode.OVERLOADED,
                                    "Too many streams are open",
                                    java.util.Map.of())));
        }
    }

    private static void write(Context context, Response.Writing writing) {
        try {
            writing.to(context.res().getOutputStream());
        } catch (IOException e) {
            LOG.debug("A stream ended: {}", e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.error("A stream failed", e);
        }
    }

    /** Interrupts all writing. */
    @Override
    public void close() {
        threads.shutdownNow();
        try {
            threads.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
