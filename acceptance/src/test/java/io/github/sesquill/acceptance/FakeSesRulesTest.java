package io.github.sesquill.acceptance;

import io.github.sesquill.quota.SendingQuota;
import io.github.sesquill.suppression.Suppression;
import io.github.sesquill.test.FakeSes;
import io.github.sesquill.transport.EmailTransport;
import java.util.List;

/** The rules of SES in process. */
class FakeSesRulesTest extends SesRulesContract {

    @Override
    SesAtTest open(boolean sandbox, SendingQuota quota) {
        FakeSes.Builder fake = FakeSes.builder().quota(quota);
        return new InProcess(sandbox ? fake.sandbox().build() : fake.build());
    }

    private record InProcess(FakeSes ses) implements SesAtTest {

        @Override
        public EmailTransport transport() {
            return ses.transport();
        }

        @Override
        public void verify(String identity) {
            ses.verifyIdentity(identity);
        }

        @Override
        public void pause() {
            ses.pauseSending();
        }

        @Override
        public void suppress(String address, Suppression.Reason reason) {
            ses.suppress(address, reason);
        }

        @Override
        public void createConfigurationSet(String name) {
            ses.createConfigurationSet(name);
        }

        @Override
        public void createTemplate(String name, String subject, String text) {
            ses.createTemplate(name, subject, text, null);
        }

        @Override
        public void createContactList(String name, String topic) {
            ses.createContactList(name, topic);
        }

        @Override
        public void unsubscribe(String messageId) {
            ses.sent().stream()
                    .filter(sent -> sent.messageId().equals(messageId))
                    .forEach(ses::unsubscribe);
        }

        @Override
        public List<String> settle() {
            return ses.settle();
        }

        @Override
        public void close() {
            ses.close();
        }
    }
}
