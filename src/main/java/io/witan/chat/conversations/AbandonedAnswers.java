package io.witan.chat.conversations;

import io.witan.identity.AccessScope;
import io.witan.identity.ScopedTransactions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.stereotype.Component;

/**
 * Ends the answers that a crash left unfinished, before the first request comes in. One process
 * serves a database, so at its start nobody else is writing.
 */
@Component
class AbandonedAnswers implements SmartInitializingSingleton {
  private static final Logger log = LoggerFactory.getLogger(AbandonedAnswers.class);

  private final MessageRepository messages;
  private final ScopedTransactions transactions;

  AbandonedAnswers(MessageRepository messages, ScopedTransactions transactions) {
    this.messages = messages;
    this.transactions = transactions;
  }

  @Override
  public void afterSingletonsInstantiated() {
    int stopped =
        transactions.write(AccessScope.worker("stop abandoned answers"), messages::stopAbandoned);
    if (stopped > 0) {
      log.info("abandoned answers stopped count={}", stopped);
    }
  }
}
