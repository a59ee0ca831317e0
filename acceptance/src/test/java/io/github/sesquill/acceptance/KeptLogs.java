package io.github.sesquill.acceptance;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.AbstractLogger;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.helpers.MessageFormatter;
import org.slf4j.helpers.NOPMDCAdapter;
import org.slf4j.helpers.NOP_FallbackServiceProvider;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/** The logging of these tests: prints nothing, and keeps what Sesquill says at every level while somebody listens. */
public final class KeptLogs implements SLF4JServiceProvider {

    private static final ConcurrentLinkedQueue<String> KEPT = new ConcurrentLinkedQueue<>();
    private static volatile boolean listening;

    private final IMarkerFactory markers = new BasicMarkerFactory();
    private final MDCAdapter context = new NOPMDCAdapter();
    private final ILoggerFactory quiet = new NOP_FallbackServiceProvider().getLoggerFactory();

    /** Returns everything that is logged while the work is done, stack traces included. */
    static List<String> of(Runnable work) {
        KEPT.clear();
        listening = true;
        try {
            work.run();
            return List.copyOf(KEPT);
        } finally {
            listening = false;
        }
    }

    @Override
    public ILoggerFactory getLoggerFactory() {
        return name -> name.startsWith("io.github.sesquill") ? new Keeper(name) : quiet.getLogger(name);
    }

    @Override
    public IMarkerFactory getMarkerFactory() {
        return markers;
    }

    @Override
    public MDCAdapter getMDCAdapter() {
        return context;
    }

    @Override
    public String getRequestedApiVersion() {
        return "2.0.99";
    }

    @Override
    public void initialize() {
        // Nothing is read from outside.
    }

    private static final class Keeper extends AbstractLogger {

        private static final long serialVersionUID = 1L;

        Keeper(String name) {
            this.name = name;
        }

        @Override
        protected void handleNormalizedLoggingCall(
                Level level,
                @Nullable Marker marker,
                String pattern,
                Object @Nullable [] arguments,
                @Nullable Throwable thrown) {
            if (listening) {
                StringWriter text = new StringWriter();
                text.append(level + " " + MessageFormatter.basicArrayFormat(pattern, arguments));
                if (thrown != null) {
                    thrown.printStackTrace(new PrintWriter(text, true));
                }
                KEPT.add(text.toString());
            }
        }

        @Override
        protected @Nullable String getFullyQualifiedCallerName() {
            return null;
        }

        @Override
        public boolean isTraceEnabled() {
            return true;
        }

        @Override
        public boolean isTraceEnabled(Marker marker) {
            return true;
        }

        @Override
        public boolean isDebugEnabled() {
            return true;
        }

        @Override
        public boolean isDebugEnabled(Marker marker) {
            return true;
        }

        @Override
        public boolean isInfoEnabled() {
            return true;
        }

        @Override
        public boolean isInfoEnabled(Marker marker) {
            return true;
        }

        @Override
        public boolean isWarnEnabled() {
            return true;
        }

        @Override
        public boolean isWarnEnabled(Marker marker) {
            return true;
        }

        @Override
        public boolean isErrorEnabled() {
            return true;
        }

        @Override
        public boolean isErrorEnabled(Marker marker) {
            return true;
        }
    }
}
