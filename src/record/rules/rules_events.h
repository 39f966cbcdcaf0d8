/* Rules of messages, subscriptions and presence. */
#ifndef RULES_RULES_EVENTS_H
#define RULES_RULES_EVENTS_H

/* clang-format off */
/* Section 11, OPTIONS as a test of reachability. */
#define RULES_PING(X) \
X(PING_SEND, "ping-send", 3261, "11", TELLS, \
  N_("An OPTIONS changes nothing. Sent at regular intervals, it shows whether " \
     "the server still responds.")) \
X(PING_LOST, "ping-lost", 3261, "17.1.2.2", TELLS, \
  N_("No final response within 64*T1 counts as a 408, and a transport error as " \
     "a 503. The server is not available.")) \
X(PING_BACK, "ping-back", 3261, "11.2", TELLS, \
  N_("Any response, even a rejection, shows that the server is available."))

/* RFC 3428: instant messages. */
#define RULES_MESSAGE(X) \
X(MESSAGE_SEND, "message-send", 3428, "4", MUST_NOT, \
  N_("A MESSAGE contains its text. It creates no dialog and MUST NOT have a " \
     "Contact. A MESSAGE within a call's dialog belongs to that conversation.")) \
X(MESSAGE_SHOW, "message-show", 3428, "7", SHOULD, \
  N_("A UAS SHOULD answer a MESSAGE at once. The 200 has no body and no " \
     "Contact. It confirms that the text has arrived, not that anybody has read " \
     "it.")) \
X(MESSAGE_EXPIRED, "message-expired", 3428, "7", SHOULD, \
  N_("Expires limits how long a message is valid. The UAS SHOULD count the time " \
     "from its Date, or from its arrival if there is no Date. A message that " \
     "arrives too late is answered but not shown.")) \
X(MESSAGE_DECLINED, "message-declined", 3428, "7", TELLS, \
  N_("A 6xx to a MESSAGE says that the message was delivered but is not wanted.")) \
X(MESSAGE_FAILED, "message-failed", 3428, "7", TELLS, \
  N_("A final response from 300 to 599, or no response, says that the message " \
     "was not delivered.")) \
X(MESSAGE_TCP, "message-tcp", 3428, "8", TELLS, \
  N_("A MESSAGE that goes over TCP because of its size is not sent over UDP if " \
     "TCP fails. UDP has no congestion control.")) \
X(MESSAGE_RELAYED, "message-relayed", 3428, "4", TELLS, \
  N_("A 202 to a MESSAGE says that a relay has it and may deliver it later. It " \
     "was not delivered yet."))

/* RFC 6665: subscriptions by SUBSCRIBE, and the dialogs of all of them; RFC
 * 5057: usages that share one. */
#define RULES_SUBSCRIBE(X) \
X(USAGE_DIALOG_LOST, "usage-dialog-lost", 5057, "5.1", TELLS, \
  N_("A response that says that the peer is no longer at its Contact ends the " \
     "dialog. All usages end with it: the call and its subscriptions.")) \
X(USAGE_LOST, "usage-lost", 5057, "5.1", TELLS, \
  N_("A 481 says that the peer has lost this one usage of the dialog. The usage " \
     "ends; others in the same dialog continue.")) \
X(USAGE_BYE, "usage-bye", 5057, "5.5", TELLS, \
  N_("A BYE ends the session, not the dialog. Subscriptions in the same dialog " \
     "continue.")) \
X(SUBSCRIBE_SEND, "subscribe-send", 6665, "4.1.2.1", TELLS, \
  N_("A SUBSCRIBE asks for the current state and for a notification of each " \
     "change. Event names the package, and Expires the duration.")) \
X(SUBSCRIBE_REFRESH, "subscribe-refresh", 6665, "4.1.2.2", TELLS, \
  N_("A subscriber refreshes its subscription before it expires, by a SUBSCRIBE " \
     "within the dialog. Expires 0 ends the subscription.")) \
X(SUBSCRIBE_STOP, "subscribe-stop", 6665, "4.1.2.3", TELLS, \
  N_("To unsubscribe, the subscriber sends a SUBSCRIBE with Expires 0. The " \
     "subscription ends with the NOTIFY that follows.")) \
X(SUBSCRIBE_LONGER, "subscribe-longer", 6665, "4.1.2.1", TELLS, \
  N_("The Min-Expires of a 423 is the minimum duration. The SUBSCRIBE is sent " \
     "again with that value.")) \
X(SUBSCRIBE_AGAIN, "subscribe-again", 6665, "4.1.3", SHOULD, \
  N_("After some reasons for the end of a subscription, the subscriber SHOULD " \
     "subscribe again: at once after deactivated and timeout, later after " \
     "probation and giveup.")) \
X(SUBSCRIBE_RECOVER, "subscribe-recover", 6665, "4.1.2.2", TELLS, \
  N_("If a subscription was lost or failed, the phone subscribes again with a " \
     "new Call-ID and From tag. It does so at once after a 481, otherwise after " \
     "a wait like that of a registration.")) \
X(SUBSCRIBE_EXPIRED, "subscribe-expired", 6665, "4.1.2.2", TELLS, \
  N_("A subscription that is not refreshed ends after the time in its last " \
     "NOTIFY (4.1.3). In rung, the subscriber waits 64*T1 longer for the final " \
     "NOTIFY, and then removes the subscription.")) \
X(SUBSCRIBE_FORKED, "subscribe-forked", 6665, "4.1.4", TELLS, \
  N_("A SUBSCRIBE that is forked leads to a NOTIFY from each branch. If the " \
     "package allows it, each creates a subscription with its own dialog.")) \
X(NOTIFY_FORK, "notify-fork", 6665, "4.1.4", TELLS, \
  N_("If the package allows only one subscription, the subscriber rejects the " \
     "NOTIFYs of other branches with a 481, which ends them.")) \
X(SUBSCRIBE_ACCEPT, "subscribe-accept", 6665, "4.2.1.2", MUST, \
  N_("A SUBSCRIBE that is accepted gets a 200 with the granted duration " \
     "(4.2.1.1). The notifier MUST send a NOTIFY with the current state at " \
     "once.")) \
X(SUBSCRIBE_REFRESHED, "subscribe-refreshed", 6665, "4.2.1.4", TELLS, \
  N_("A SUBSCRIBE within the dialog renews the duration of the subscription; " \
     "with Expires 0 it ends the subscription. A NOTIFY follows, as after the " \
     "first SUBSCRIBE.")) \
X(SUBSCRIBE_BRIEF, "subscribe-brief", 6665, "4.2.1.1", MAY, \
  N_("If the requested duration is too short, the notifier MAY reject the " \
     "SUBSCRIBE with a 423 that contains the minimum.")) \
X(SUBSCRIBE_FULL, "subscribe-full", 6665, "6.3", TELLS, \
  N_("Each subscription uses memory of the notifier. If it has reached its " \
     "limit, it rejects another one with a 503 and Retry-After.")) \
X(NOTIFY_FORKS, "notify-forks", 6665, "4.1.4", TELLS, \
  N_("A subscriber limits how many subscriptions one SUBSCRIBE may create. The " \
     "NOTIFYs of further branches get a 481.")) \
X(SUBSCRIBE_EVENT, "subscribe-event", 6665, "4.2.1.1", SHOULD, \
  N_("If the notifier does not support the event package, it SHOULD answer with " \
     "a 489. The response lists the supported packages.")) \
X(SUBSCRIBE_REFER, "subscribe-refer", 3515, "2.4.4", MUST, \
  N_("Only a REFER creates a subscription to refer. A SUBSCRIBE that would " \
     "create one MUST be rejected with a 403. Within a dialog that has no such " \
     "subscription, it gets a 481.")) \
X(SUBSCRIBE_ACCEPTS, "subscribe-accepts", 6665, "5.4.5", TELLS, \
  N_("A subscriber whose Accept excludes the body types of the package cannot " \
     "be notified. It gets a 406.")) \
X(SUBSCRIBE_REFUSED, "subscribe-refused", 6665, "4.2.1.3", SHOULD, \
  N_("The owner of the state decides who may see it. To anybody else the " \
     "notifier SHOULD respond with 403 or 603; later it may send a NOTIFY with " \
     "the reason rejected.")) \
X(USAGE_SECOND, "usage-second", 5057, "5.6", TELLS, \
  N_("A request that would create another usage of a dialog is rejected with " \
     "603, which does not affect the other usages.")) \
X(NOTIFY_AT_ONCE, "notify-at-once", 6665, "4.2.1.2", MUST, \
  N_("After each SUBSCRIBE the notifier MUST send a NOTIFY with the full state " \
     "at once, whether or not anything has changed.")) \
X(NOTIFY_CHANGE, "notify-change", 6665, "4.2.2", SHOULD, \
  N_("When the state changes, the notifier SHOULD send a NOTIFY at once to each " \
     "subscriber.")) \
X(NOTIFY_RATE, "notify-rate", 4235, "3.10", SHOULD_NOT, \
  N_("A notifier SHOULD NOT notify one subscriber of dialogs more than once per " \
     "second. An earlier change waits, and the NOTIFY then contains the state " \
     "of that moment.")) \
X(NOTIFY_SILENT, "notify-silent", 6665, "4.1.2.4", TELLS, \
  N_("If no NOTIFY arrives within 64*T1 of the SUBSCRIBE (Timer N), the " \
     "subscription has failed.")) \
X(DIALOG_NOTIFY, "dialog-notify", 6665, "4.4.1", TELLS, \
  N_("The dialog is created by the NOTIFY that follows a SUBSCRIBE, or a REFER " \
     "outside a dialog, not by the 2xx.")) \
X(DIALOG_UNSUBSCRIBED, "dialog-unsubscribed", 6665, "4.4.1", TELLS, \
  N_("A dialog ends with its last subscription, unless a session uses it as " \
     "well."))

/* RFC 3903: state that is published; RFC 3856, 3863: presence. */
#define RULES_PRESENCE(X) \
X(PUBLISH_SEND, "publish-send", 3903, "4.2", MUST_NOT, \
  N_("A PUBLISH sends a user's state to the compositor of the user's domain. " \
     "The first one MUST NOT have a SIP-If-Match.")) \
X(PUBLISH_REFRESH, "publish-refresh", 3903, "4.3", MUST, \
  N_("To refresh published state before it expires, the client MUST send a " \
     "PUBLISH whose SIP-If-Match contains its entity tag. That PUBLISH has no " \
     "body.")) \
X(PUBLISH_MODIFY, "publish-modify", 3903, "4.4", MUST, \
  N_("To change published state, the client MUST send a PUBLISH whose " \
     "SIP-If-Match contains the entity tag of the state that it replaces.")) \
X(PUBLISH_REMOVE, "publish-remove", 3903, "4.5", MUST, \
  N_("To remove published state, the client MUST send a PUBLISH with Expires 0 " \
     "and the entity tag of that state.")) \
X(PUBLISH_DONE, "publish-done", 3903, "4.1", TELLS, \
  N_("The 2xx contains the new entity tag of the state and the time for which " \
     "the state is kept.")) \
X(PUBLISH_ANEW, "publish-anew", 3903, "4.1", TELLS, \
  N_("A 412 says that the compositor has no state with that entity tag. The " \
     "client publishes the whole state as new.")) \
X(PUBLISH_LONGER, "publish-longer", 3903, "4.1", TELLS, \
  N_("The Min-Expires of a 423 is the minimum duration. The PUBLISH is sent " \
     "again with that value.")) \
X(PUBLISH_REFUSED, "publish-refused", 3903, "4.1", TELLS, \
  N_("A PUBLISH that is rejected changes nothing. State that was published " \
     "before expires normally.")) \
X(PUBLISH_RECOVER, "publish-recover", 3903, "4.1", TELLS, \
  N_("If a PUBLISH failed for a temporary reason, the phone publishes its state " \
     "as new, without an entity tag. It waits first, as it does for a " \
     "registration.")) \
X(PUBLISH_ACCEPT, "publish-accept", 3903, "6", MUST, \
  N_("The compositor MUST create a new entity tag for each successful PUBLISH. " \
     "Its 200 contains that tag and the granted duration.")) \
X(PUBLISH_MATCH, "publish-match", 3903, "6", MUST, \
  N_("If the SIP-If-Match matches no state of this user, the compositor MUST " \
     "reject the PUBLISH with a 412.")) \
X(PUBLISH_EVENT, "publish-event", 3903, "6", MUST, \
  N_("If the compositor does not support the event package, it MUST answer with " \
     "a 489, which lists the packages that it supports.")) \
X(PUBLISH_BRIEF, "publish-brief", 3903, "6", MAY, \
  N_("If the requested duration is too short, the compositor MAY reject the " \
     "PUBLISH with a 423 that contains the minimum.")) \
X(PUBLISH_TYPE, "publish-type", 3903, "6", MUST, \
  N_("If the type of the body does not fit the package, the compositor MUST " \
     "reject the PUBLISH, for example with a 415 that contains Accept.")) \
X(PUBLISH_BODY, "publish-body", 3903, "6", SHOULD, \
  N_("A PUBLISH of new state has a body, which is a document of the package. If " \
     "the body is missing, the compositor SHOULD reject the request with a 400.")) \
X(PUBLISH_FORBIDDEN, "publish-forbidden", 3903, "6", TELLS, \
  N_("An authenticated user may publish only its own state. Any other PUBLISH " \
     "gets a 403.")) \
X(PUBLISH_LIMIT, "publish-limit", 3903, "6", TELLS, \
  N_("A compositor that cannot store more state answers 503.")) \
X(PUBLISH_EXPIRED, "publish-expired", 3903, "6", TELLS, \
  N_("State that is not refreshed is removed when its time is over.")) \
X(PRESENCE_CHANGED, "presence-changed", 3856, "6.7.2", TELLS, \
  N_("When the presence of a user changes, all its watchers are notified.")) \
X(PRESENCE_PENDING, "presence-pending", 3856, "6.6.2", TELLS, \
  N_("A watcher that is not yet authorized is notified that the subscription is " \
     "pending, without the state.")) \
X(PRESENCE_DECIDED, "presence-decided", 3856, "6.6.2", TELLS, \
  N_("A watcher that is authorized gets the state at once. For any other, the " \
     "subscription ends with the reason rejected.")) \
X(PROXY_BY_PRESENCE, "proxy-by-presence", 3856, "5", TELLS, \
  N_("A request that asks for a user's presence, or publishes it, goes to the " \
     "presence agent of the user's domain, wherever the user's phones are."))
/* clang-format on */

#endif
