/* Rules of messages, subscriptions and presence. */
#ifndef RULES_RULES_EVENTS_H
#define RULES_RULES_EVENTS_H

/* clang-format off */
/* Section 11, OPTIONS as a test of reachability. */
#define RULES_PING(X) \
X(PING_SEND, "ping-send", 3261, "11", TELLS, \
  N_("An OPTIONS changes nothing: asked for at regular times it tells whether the server still answers.")) \
X(PING_LOST, "ping-lost", 3261, "17.1.2.2", TELLS, \
  N_("No final response within 64*T1 counts as 408, a failure of the transport as 503: the server is not there.")) \
X(PING_BACK, "ping-back", 3261, "11.2", TELLS, \
  N_("Any response, also one that refuses, says that the server is there."))

/* RFC 3428: instant messages. */
#define RULES_MESSAGE(X) \
X(MESSAGE_SEND, "message-send", 3428, "4", TELLS, \
  N_("A MESSAGE carries its text itself. It begins no dialog and has no Contact; one within the dialog of a call belongs to that conversation.")) \
X(MESSAGE_SHOW, "message-show", 3428, "7", TELLS, \
  N_("A MESSAGE is answered at once. The 200 has no body and no Contact, and says that the text has arrived, not that anybody has read it.")) \
X(MESSAGE_EXPIRED, "message-expired", 3428, "7", TELLS, \
  N_("Expires says for how long a message is worth reading, from its Date on, or from its arrival where it has none. One that comes too late is answered, and not shown.")) \
X(MESSAGE_DECLINED, "message-declined", 3428, "7", TELLS, \
  N_("A 6xx to a MESSAGE says that it has arrived and is not wanted.")) \
X(MESSAGE_FAILED, "message-failed", 3428, "7", SHOULD, \
  N_("A final response from 300 to 599, or none, says that the message was not delivered.")) \
X(MESSAGE_TCP, "message-tcp", 3428, "8", TELLS, \
  N_("A message that goes by TCP for its size does not go by UDP where TCP is refused: it would take more than its share of the way.")) \
X(MESSAGE_RELAYED, "message-relayed", 3428, "4", TELLS, \
  N_("A 202 to a MESSAGE says that somebody has it who may deliver it later: it was not delivered yet."))

/* RFC 6665: subscriptions by SUBSCRIBE, and the dialogs of all of them; RFC
 * 5057: usages that share one. */
#define RULES_SUBSCRIBE(X) \
X(USAGE_DIALOG_LOST, "usage-dialog-lost", 5057, "5.1", TELLS, \
  N_("A failure that says that the far end is not at its Contact any more ends the dialog, and with it all that shares it: the call and its subscriptions.")) \
X(USAGE_LOST, "usage-lost", 5057, "5.1", TELLS, \
  N_("A 481 says that the other side has lost this one usage of the dialog: it ends, and others in the same dialog go on.")) \
X(USAGE_BYE, "usage-bye", 5057, "5.5", TELLS, \
  N_("A BYE ends the session, not the dialog: subscriptions that share it go on.")) \
X(SUBSCRIBE_SEND, "subscribe-send", 6665, "4.1.2.1", TELLS, \
  N_("A SUBSCRIBE asks to be told how something stands, and of each change: Event names the package, Expires says for how long.")) \
X(SUBSCRIBE_REFRESH, "subscribe-refresh", 6665, "4.1.2.2", TELLS, \
  N_("A subscription is refreshed before it expires by a SUBSCRIBE in its dialog; Expires 0 in it ends the subscription.")) \
X(SUBSCRIBE_STOP, "subscribe-stop", 6665, "4.1.2.3", TELLS, \
  N_("Who does not want the news any more asks once more with Expires 0; the subscription ends with the NOTIFY that follows.")) \
X(SUBSCRIBE_LONGER, "subscribe-longer", 6665, "4.1.2.1", TELLS, \
  N_("A 423 says how long it must be at least: the SUBSCRIBE goes out again with that.")) \
X(SUBSCRIBE_AGAIN, "subscribe-again", 6665, "4.1.3", SHOULD, \
  N_("Some reasons for the end of a subscription mean that it is to be asked for again: deactivated and timeout at once, probation and giveup later.")) \
X(SUBSCRIBE_RECOVER, "subscribe-recover", 6665, "4.1.2.2", TELLS, \
  N_("What a phone is to watch is asked for anew, with another Call-ID and From tag, when the subscription was lost or could not be had: after a 481 at once, else after a wait as that of a registration.")) \
X(SUBSCRIBE_EXPIRED, "subscribe-expired", 6665, "4.1.2.2", TELLS, \
  N_("A subscription that was not refreshed is over when its time is, as the last NOTIFY has told it (4.1.3). Here the subscriber waits 64*T1 longer for the NOTIFY that says so, and then does without it.")) \
X(SUBSCRIBE_FORKED, "subscribe-forked", 6665, "4.1.4", TELLS, \
  N_("A SUBSCRIBE that was forked brings a NOTIFY from each branch: each is a subscription of its own, with a dialog of its own, where the package allows that.")) \
X(NOTIFY_FORK, "notify-fork", 6665, "4.1.4", TELLS, \
  N_("A package that allows one subscription only refuses the NOTIFYs of other branches with 481, which ends them.")) \
X(SUBSCRIBE_ACCEPT, "subscribe-accept", 6665, "4.2.1.2", TELLS, \
  N_("A SUBSCRIBE that is accepted gets a 200 with the time granted (4.2.1.1), and a NOTIFY with the state at once.")) \
X(SUBSCRIBE_REFRESHED, "subscribe-refreshed", 6665, "4.2.1.4", TELLS, \
  N_("A SUBSCRIBE in its dialog gives the subscription its time anew, or with Expires 0 ends it; a NOTIFY follows as after the first.")) \
X(SUBSCRIBE_BRIEF, "subscribe-brief", 6665, "4.2.1.1", MAY, \
  N_("A time that is too brief is refused with 423 and the least that is granted.")) \
X(SUBSCRIBE_FULL, "subscribe-full", 6665, "6.3", TELLS, \
  N_("Each subscription costs whoever notifies memory: where there are as many as it keeps, one more gets a 503 with Retry-After.")) \
X(NOTIFY_FORKS, "notify-forks", 6665, "4.1.4", TELLS, \
  N_("Of one SUBSCRIBE a subscriber keeps so many subscriptions at most; the NOTIFYs of further branches get a 481.")) \
X(SUBSCRIBE_EVENT, "subscribe-event", 6665, "4.2.1.1", TELLS, \
  N_("An event package that is not served here gets a 489, with those that are.")) \
X(SUBSCRIBE_REFER, "subscribe-refer", 3515, "2.4.4", MUST, \
  N_("Only a REFER begins a subscription to refer. A SUBSCRIBE that would begin one gets a 403; within a dialog, where it would have refreshed one that is not there, a 481.")) \
X(SUBSCRIBE_ACCEPTS, "subscribe-accepts", 6665, "5.4.5", TELLS, \
  N_("Who takes no body of the package's type can't be told: 406.")) \
X(SUBSCRIBE_REFUSED, "subscribe-refused", 6665, "4.2.1.3", TELLS, \
  N_("Whether somebody may have the state is decided by whose state it is; who may not gets a refusal, or a NOTIFY that says rejected.")) \
X(USAGE_SECOND, "usage-second", 5057, "5.6", TELLS, \
  N_("A request that would begin one more usage of a dialog is refused with 603, which harms no usage that there is.")) \
X(NOTIFY_AT_ONCE, "notify-at-once", 6665, "4.2.1.2", TELLS, \
  N_("Each SUBSCRIBE is followed by a NOTIFY at once, with the full state, whether anything has changed or not.")) \
X(NOTIFY_CHANGE, "notify-change", 6665, "4.2.2", TELLS, \
  N_("What has changed is told to all who have subscribed to it, one NOTIFY after the other.")) \
X(NOTIFY_RATE, "notify-rate", 4235, "3.10", TELLS, \
  N_("No subscriber should be told of dialogs more often than once a second. News that come sooner wait, and the NOTIFY then has the state of that moment.")) \
X(NOTIFY_SILENT, "notify-silent", 6665, "4.1.2.4", TELLS, \
  N_("A NOTIFY must come within 64*T1 of the SUBSCRIBE (Timer N); where none has, the subscription has failed.")) \
X(DIALOG_NOTIFY, "dialog-notify", 6665, "4.4.1", TELLS, \
  N_("The NOTIFY that answers a SUBSCRIBE, or a REFER outside of a dialog, makes the dialog, not the 2xx.")) \
X(DIALOG_UNSUBSCRIBED, "dialog-unsubscribed", 6665, "4.4.1", TELLS, \
  N_("With its last subscription a dialog ends, unless a session uses it as well."))

/* RFC 3903: state that is published; RFC 3856, 3863: presence. */
#define RULES_PRESENCE(X) \
X(PUBLISH_SEND, "publish-send", 3903, "4.2", TELLS, \
  N_("A PUBLISH tells the compositor of the own domain how its user stands; without a SIP-If-Match it is new state.")) \
X(PUBLISH_REFRESH, "publish-refresh", 3903, "4.3", MUST_NOT, \
  N_("Published state is refreshed before it expires: SIP-If-Match names it by its entity tag, and there is no body.")) \
X(PUBLISH_MODIFY, "publish-modify", 3903, "4.4", TELLS, \
  N_("State that has changed is published with the entity tag of what it replaces.")) \
X(PUBLISH_REMOVE, "publish-remove", 3903, "4.5", TELLS, \
  N_("An expiry of 0 with the entity tag takes published state away.")) \
X(PUBLISH_DONE, "publish-done", 3903, "4.1", TELLS, \
  N_("The 2xx has the entity tag by which the state is known from now on, and the time for which it is kept.")) \
X(PUBLISH_ANEW, "publish-anew", 3903, "4.1", TELLS, \
  N_("A 412 says that the compositor has no state of that entity tag: all of it is published anew.")) \
X(PUBLISH_LONGER, "publish-longer", 3903, "4.1", TELLS, \
  N_("A 423 says how long it must be at least: the PUBLISH goes out again with that.")) \
X(PUBLISH_REFUSED, "publish-refused", 3903, "4.1", TELLS, \
  N_("A PUBLISH that is refused changes nothing: what was published before runs out by itself.")) \
X(PUBLISH_RECOVER, "publish-recover", 3903, "4.1", TELLS, \
  N_("What a phone is to publish is published anew, without an entity tag, when that failed for a reason that may pass: after a wait as that of a registration.")) \
X(PUBLISH_ACCEPT, "publish-accept", 3903, "6", TELLS, \
  N_("A PUBLISH that is accepted gets a 200 with a new entity tag and with the time granted.")) \
X(PUBLISH_MATCH, "publish-match", 3903, "6", TELLS, \
  N_("A SIP-If-Match that names no state of this user gets a 412.")) \
X(PUBLISH_EVENT, "publish-event", 3903, "6", MUST, \
  N_("An event package for which nothing can be published here gets a 489, with those for which something can.")) \
X(PUBLISH_BRIEF, "publish-brief", 3903, "6", MAY, \
  N_("A time that is too brief is refused with 423 and the least that is granted.")) \
X(PUBLISH_TYPE, "publish-type", 3903, "6", MUST, \
  N_("A body of another type than the package's gets a 415 with Accept.")) \
X(PUBLISH_BODY, "publish-body", 3903, "6", TELLS, \
  N_("New state needs a body, and a body must be a document of the package: else 400.")) \
X(PUBLISH_FORBIDDEN, "publish-forbidden", 3903, "6", TELLS, \
  N_("Who has proved to be somebody may publish for that user alone: else 403.")) \
X(PUBLISH_LIMIT, "publish-limit", 3903, "6", TELLS, \
  N_("A compositor that can keep no more refuses with 503.")) \
X(PUBLISH_EXPIRED, "publish-expired", 3903, "6", TELLS, \
  N_("State that nobody has refreshed is forgotten when its time is over.")) \
X(PRESENCE_CHANGED, "presence-changed", 3856, "6.7.2", TELLS, \
  N_("All who watch a user are told when what is known of the user has changed.")) \
X(PRESENCE_PENDING, "presence-pending", 3856, "6.6.2", TELLS, \
  N_("A watcher about whom nothing is decided yet is told that the subscription is pending, and no state.")) \
X(PRESENCE_DECIDED, "presence-decided", 3856, "6.6.2", TELLS, \
  N_("A watcher who is admitted gets the state at once; the subscription of one who is not ends with the reason rejected.")) \
X(PROXY_BY_PRESENCE, "proxy-by-presence", 3856, "5", TELLS, \
  N_("Who asks for a user's presence, or publishes it, is sent to the presence agent of the user's domain, wherever the user's phones are."))
/* clang-format on */

#endif
