package io.github.sesquill.notifications;

/** The kinds of payload that have a type of their own. */
enum PayloadKind {
    BOUNCE("Bounce"),
    COMPLAINT("Complaint"),
    DELIVERY("Delivery"),
    OTHER("");

    private static final Words<PayloadKind> WORDS = new Words<>(values(), kind -> kind.word, OTHER);

    private final String word;

    PayloadKind(String word) {
        this.word = word;
    }

    static PayloadKind of(String word) {
        return WORDS.find(word);
    }
}
