package io.github.sesquill.test.engine;

import java.util.Optional;

/** Something that has just happened in an engine. */
public sealed interface Change {

    /** A submission was answered. */
    record Answered(Answer answer) implements Change {

        /** Returns what was accepted, if it was. */
        public Optional<Accepted> accepted() {
            if (answer instanceof Lost lost) {
                return lost.accepted();
            }
            return answer instanceof Accepted accepted ? Optional.of(accepted) : Optional.empty();
        }
    }

    /** A notification was published. */
    record Published(Notice notice) implements Change {}

    /** The account or what is kept was changed. */
    record Account() implements Change {}
}
