package io.github.sesquill.notifications;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds the constant for a word SES sent: as written first, then without regard to case and separators, because SES
 * itself spells one word in four ways ({@code Rendering Failure}, {@code RenderingFailure}, {@code RENDERING_FAILURE},
 * {@code renderingFailure}).
 */
final class Words<E extends Enum<E>> {

    private final Map<String, E> constants = new HashMap<>();
    private final E unknown;

    Words(E[] constants, Function<E, String> word, E unknown) {
        for (E constant : constants) {
            this.constants.put(word.apply(constant), constant);
            this.constants.put(fold(word.apply(constant)), constant);
        }
        this.unknown = unknown;
    }

    E find(@Nullable String text) {
        if (text == null) {
            return unknown;
        }
        E exact = constants.get(text);
        return exact != null ? exact : constants.getOrDefault(fold(text), unknown);
    }

    private static String fold(String text) {
        StringBuilder folded = new StringBuilder(text.length());
        text.chars().filter(Character::isLetterOrDigit).forEach(c -> folded.append((char) c));
        return folded.toString().toLowerCase(Locale.ROOT);
    }
}
