package io.github.sesquill.examples;

import java.io.PrintStream;

/** How far the mailing is: a bar on a terminal, a line now and then elsewhere. */
final class Progress {

    private static final int BAR = 40;
    private static final int EVERY = 10;

    private final PrintStream out;
    private final boolean terminal;
    private final int total;
    private int done;

    Progress(PrintStream out, boolean terminal, int total) {
        this.out = out;
        this.terminal = terminal;
        this.total = total;
    }

    /** Counts one more message. */
    void step() {
        done++;
        if (terminal) {
            int filled = BAR * done / total;
            out.print("\r  [" + "#".repeat(filled) + ".".repeat(BAR - filled) + "] " + done + " of " + total);
            out.print(done == total ? System.lineSeparator() : "");
            out.flush();
        } else if (done % EVERY == 0 || done == total) {
            out.println("  " + done + " of " + total);
        }
    }
}
