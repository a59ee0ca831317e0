package io.github.sesquill.local;

/** A request that cannot be answered as its caller hoped; the sentence says why. */
final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String sentence;

    ProblemException(int status, String sentence) {
        super(sentence, null, false, false);
        this.status = status;
        this.sentence = sentence;
    }

    static ProblemException badRequest(String sentence) {
        return new ProblemException(400, sentence);
    }

    static ProblemException notFound(String sentence) {
        return new ProblemException(404, sentence);
    }

    int status() {
        return status;
    }

    String sentence() {
        return sentence;
    }
}
