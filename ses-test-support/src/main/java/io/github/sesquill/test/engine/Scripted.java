package io.github.sesquill.test.engine;

/** An answer to the next submission that the rules do not give. */
public sealed interface Scripted {

    /** Refuses it. */
    record Refuse(Refusal refusal) implements Scripted {}

    /** Loses the answer; SES takes the message or does not. */
    record Lose(boolean accepts) implements Scripted {}

    /** Refuses it. */
    static Scripted refuse(Refusal refusal) {
        return new Refuse(refusal);
    }

    /** Loses message and answer. */
    static Scripted lose() {
        return new Lose(false);
    }

    /** Takes the message and loses the answer. */
    static Scripted acceptAndLose() {
        return new Lose(true);
    }
}
