package io.github.sesquill.test.engine;

import io.github.sesquill.message.EmailAddress;
import io.github.sesquill.message.ListManagement;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * What SES decides about a message when it takes it.
 *
 * @param fates one for each recipient, in their order
 * @param sourceArn the identity that lets it be sent
 */
record Course(
        Optional<String> configurationSet,
        Optional<ListManagement> list,
        Optional<String> sourceArn,
        List<Fate> fates,
        Optional<Body> rendered,
        Optional<String> renderingFailure,
        Optional<String> unsubscribeUrl) {

    List<EmailAddress> having(List<EmailAddress> recipients, Predicate<Fate> fate) {
        return IntStream.range(0, fates.size())
                .filter(i -> fate.test(fates.get(i)))
                .mapToObj(recipients::get)
                .toList();
    }
}
