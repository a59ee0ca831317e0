/** What Amazon SES sends back: typed notifications and their parser. */
module io.github.sesquill.notifications {
    requires com.fasterxml.jackson.core;
    requires static org.jspecify;

    exports io.github.sesquill.notifications;
}
