package io.github.sesquill;

import io.github.sesquill.message.EmailMessage;
import io.github.sesquill.message.TemplateMailing;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where a bulk takes its messages from: read by one thread at a time, and never further than somebody sends. */
final class BulkSource {

    private static final Logger LOG = LoggerFactory.getLogger(SesMailer.class);

    private final Supplier<Iterator<Supplier<EmailMessage>>> begin;
    private final OptionalLong size;
    private final Runnable end;
    private final ReentrantLock reading = new ReentrantLock();
    private @Nullable Iterator<Supplier<EmailMessage>> messages;
    private @Nullable Throwable failure;
    private long taken;

    private BulkSource(Supplier<Iterator<Supplier<EmailMessage>>> begin, OptionalLong size, Runnable end) {
        this.begin = begin;
        this.end = end;
        this.size = size;
    }

    static BulkSource of(Iterable<? extends EmailMessage> messages) {
        OptionalLong size =
                messages instanceof Collection<?> known ? OptionalLong.of(known.size()) : OptionalLong.empty();
        return new BulkSource(() -> each(messages.iterator()), size, () -> {});
    }

    static BulkSource of(Iterator<? extends EmailMessage> messages) {
        return new BulkSource(() -> each(messages), OptionalLong.empty(), () -> {});
    }

    static BulkSource of(Stream<? extends EmailMessage> messages) {
        return new BulkSource(() -> each(messages.iterator()), OptionalLong.empty(), messages::close);
    }

    static BulkSource of(TemplateMailing mailing) {
        return new BulkSource(
                () -> new Each<>(
                        mailing.entries(),
                        entry -> () -> mailing.message(Objects.requireNonNull(entry.get(), "entry"))),
                mailing.size(),
                mailing::close);
    }

    private static Iterator<Supplier<EmailMessage>> each(Iterator<? extends EmailMessage> messages) {
        return new Each<>(messages, message -> () -> Objects.requireNonNull(message, "message"));
    }

    private record Each<T>(Iterator<? extends T> all, Function<? super T, Supplier<EmailMessage>> as)
            implements Iterator<Supplier<EmailMessage>> {

        @Override
        public boolean hasNext() {
            return all.hasNext();
        }

        @Override
        public Supplier<EmailMessage> next() {
            return as.apply(all.next());
        }
    }

    /** One message and its place, made when it is sent. */
    record Item(long index, Supplier<EmailMessage> message) {}

    OptionalLong size() {
        return size;
    }

    /** Takes the next few; fewer at the end and none after it. What it throws ends the source, after what came before. */
    List<Item> take(int atMost) {
        reading.lock();
        try {
            List<Item> items = new ArrayList<>(atMost);
            try {
                fill(items, atMost);
            } catch (RuntimeException | Error e) {
                failure = e;
            }
            if (items.isEmpty() && failure != null) {
                throw new SourceFailedException(failure);
            }
            return items;
        } finally {
            reading.unlock();
        }
    }

    private void fill(List<Item> items, int atMost) {
        if (failure != null) {
            return;
        }
        Iterator<Supplier<EmailMessage>> left = messages == null ? begin.get() : messages;
        messages = left;
        while (items.size() < atMost && left.hasNext()) {
            items.add(new Item(taken, left.next()));
            taken++;
        }
    }

    /** Lets go of what the source holds. */
    void close() {
        try {
            end.run();
        } catch (RuntimeException | Error e) {
            LOG.warn(
                    "The source of a bulk could not be closed: {}.",
                    e.getClass().getName());
        }
    }

    /** The source threw; the messages before were taken. */
    static final class SourceFailedException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        SourceFailedException(Throwable cause) {
            super(cause);
        }

        String what() {
            Throwable cause = getCause();
            return cause == null ? "nothing" : cause.getClass().getName();
        }
    }
}
