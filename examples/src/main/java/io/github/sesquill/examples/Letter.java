package io.github.sesquill.examples;

import io.github.sesquill.message.EmailAddress;
import io.github.sesquill.message.EmailMessage;
import io.github.sesquill.message.ListUnsubscribe;
import java.nio.file.Path;
import java.util.Collection;

/** What the shop writes: one letter for each customer, with the logo in it and the catalogue attached. */
final class Letter {

    private final EmailAddress from;
    private final String configurationSet;
    private final Template text;
    private final Template html;
    private final Path logo;
    private final Path catalogue;

    /**
     * Reads the files of the letter.
     *
     * @throws CannotStartException if one is missing, or asks for a column that the customers do not have
     */
    Letter(Options options, Collection<String> columns) {
        from = options.from();
        configurationSet = options.configurationSet();
        text = Template.text(options.data().resolve("mailing.txt"), columns);
        html = Template.html(options.data().resolve("mailing.html"), columns);
        logo = DataFile.existing(options.data().resolve("logo.png"));
        catalogue = DataFile.existing(options.data().resolve("catalogue.pdf"));
    }

    /**
     * Writes the letter to a customer.
     *
     * @throws IllegalArgumentException if SES would not take it; the message says which value is the reason
     */
    EmailMessage to(Customer customer) {
        return EmailMessage.from(from)
                .to(customer.address())
                .subject(customer.name() + ", spring is here: our new catalogue")
                .text(text.fill(customer))
                .html(html.fill(customer))
                .inline("logo", logo)
                .attach(catalogue)
                .listUnsubscribe(ListUnsubscribe.mail(from))
                .tag("mailing", "spring")
                .tag("order", customer.field("order"))
                .configurationSet(configurationSet)
                .build();
    }

    /** Writes the second letter, which differs from the first in its subject and its tag. */
    static EmailMessage reminder(EmailMessage letter, Customer customer) {
        return letter.toBuilder()
                .subject(customer.name() + ", the spring prices end on 30 June")
                .tag("mailing", "reminder")
                .build();
    }
}
