/* Rules of calls that more than two have to do with, and of what answers them:
 * transfers, controllers, boxes, queues, menus, mailboxes, conferences. */
#ifndef RULES_RULES_SERVICES_H
#define RULES_RULES_SERVICES_H

/* clang-format off */
/* RFC 3515, 6665, 5589, 3892: calls that are transferred. */
#define RULES_TRANSFER(X) \
X(REFER_SEND, "refer-send", 3515, "2.4.1", TELLS, \
  N_("A REFER asks the peer to contact the URI in Refer-To. It creates a " \
     "subscription, whose NOTIFYs report the outcome. Refer-Sub: false asks for " \
     "no subscription (RFC 4488).")) \
X(REFER_REFUSED, "refer-refused", 6665, "4.1.2.1", TELLS, \
  N_("After a non-2xx final response there is no subscription, and the request " \
     "is not carried out.")) \
X(REFER_2XX, "refer-2xx", 6665, "4.1.2.1", TELLS, \
  N_("A 2xx says that the request was accepted and that a NOTIFY follows at " \
     "once. That NOTIFY creates the subscription.")) \
X(REFER_SILENT, "refer-silent", 6665, "4.1.2.4", TELLS, \
  N_("If no NOTIFY arrives within 64*T1 of the REFER (Timer N), the " \
     "subscription has failed.")) \
X(REFER_EXPIRED, "refer-expired", 3515, "2.4.4", TELLS, \
  N_("The recipient of a REFER chooses how long it reports on the transfer. " \
     "After that time the subscription ends.")) \
X(REFER_ACCEPT, "refer-accept", 3515, "2.4.2", MUST, \
  N_("A UA that accepts a REFER MUST return a 202: the request has been " \
     "started, not completed. RFC 6665 8.3.1 no longer uses 202 for SUBSCRIBE, " \
     "but RFC 3515 does.")) \
X(REFER_INVITE, "refer-invite", 3515, "2.4.3", TELLS, \
  N_("The recipient calls the URI in Refer-To like any other, by a new INVITE " \
     "outside the dialog. It copies Referred-By unchanged (RFC 3892 2.2).")) \
X(REFER_ASKS, "refer-asks", 3515, "2.4.2", MUST, \
  N_("A UA that has to ask its user first still MUST return a 202 before the " \
     "REFER times out. Its NOTIFY says 100, and it calls later.")) \
X(REFER_BAD, "refer-bad", 3515, "2.4.2", MUST, \
  N_("If a REFER has no Refer-To, or more than one, the UA MUST return a 400.")) \
X(REFER_DECLINE, "refer-decline", 3515, "2.4.2", MAY, \
  N_("A UA MAY decline what a REFER asks for.")) \
X(REFER_UNTOLD, "refer-untold", 4488, "4", MUST, \
  N_("Refer-Sub: false asks for no reports about the REFER. If the recipient " \
     "agrees, its 2xx MUST contain Refer-Sub: false, and there is no " \
     "subscription.")) \
X(REFER_UNHEARD, "refer-unheard", 4488, "4", TELLS, \
  N_("A 2xx with Refer-Sub: false accepts the REFER without a subscription, so " \
     "its outcome is not reported. The call with the REFER continues until " \
     "somebody hangs up.")) \
X(REFER_SUB_KEPT, "refer-sub-kept", 4488, "4", TELLS, \
  N_("The 2xx to a REFER with Refer-Sub: false does not contain it. The " \
     "recipient did not agree, so there is a subscription as for any REFER.")) \
X(REFER_TARGET, "refer-target", 3515, "2.4.2", SHOULD_NOT, \
  N_("A UA SHOULD NOT accept a REFER to a URI that it cannot call. The reason " \
     "may be the scheme, missing TLS, a method other than INVITE, or header " \
     "fields other than Replaces and Join.")) \
X(REFER_OUTSIDE, "refer-outside", 5589, "5", TELLS, \
  N_("Only a participant of a call may transfer it. This phone declines a REFER " \
     "outside the dialog of the call.")) \
X(INFO_DIGIT, "info-digit", 6086, "4.2.2", MUST, \
  N_("A UA MUST answer an INFO within a call with a 200. This INFO reported a " \
     "digit that was pressed at the peer; it does not change the call.")) \
X(INFO_ACCEPT, "info-accept", 6086, "4.2.2", MUST, \
  N_("A UA MUST answer an INFO within a call with a 200. Its contents have " \
     "arrived, and it does not change the call.")) \
X(INFO_EMPTY, "info-empty", 2976, "2.2", MUST, \
  N_("A UAS MUST answer an INFO without a body with a 200 if it knows the call. " \
     "Such an INFO changes nothing.")) \
X(INFO_PACKAGE, "info-package", 6086, "4.2.2", MUST, \
  N_("If the phone has not announced the package of an INFO in Recv-Info, it " \
     "MUST answer with a 469.")) \
X(INFO_TAKEN, "info-taken", 6086, "4.2.2", MUST, \
  N_("If the phone has announced the package of an INFO in Recv-Info, it MUST " \
     "answer with a 200. The application interprets the contents.")) \
X(INFO_SEND, "info-send", 6086, "4.4", TELLS, \
  N_("An INFO within the dialog of a call sends application data to the peer. " \
     "To keep several in order, the sender waits for each response before it " \
     "sends the next.")) \
X(INFO_REFUSED, "info-refused", 6086, "4.2.1", MUST_NOT, \
  N_("A 469 or another rejection of an INFO concerns only that INFO. The UA " \
     "MUST NOT end the call because of it.")) \
X(REFER_PENDING, "refer-pending", 3515, "2.4.2", TELLS, \
  N_("While a transfer of the call is in progress, or before the call is " \
     "answered, another REFER gets a 491.")) \
X(NOTIFY_FIRST, "notify-first", 3515, "2.4.4", TELLS, \
  N_("A new subscription leads to a NOTIFY at once. For a REFER it says 100: " \
     "the call to the target is in progress.")) \
X(NOTIFY_FINAL, "notify-final", 3515, "2.4.7", MUST, \
  N_("The final NOTIFY contains the status line of the response to the referred " \
     "call. It MUST end the subscription with the reason noresource.")) \
X(NOTIFY_TIMEOUT, "notify-timeout", 6665, "4.2.1.4", SHOULD, \
  N_("If a subscription is not refreshed in time, the notifier SHOULD send a " \
     "last NOTIFY that says terminated, with the reason timeout. The action " \
     "that a REFER has requested continues.")) \
X(NOTIFY_LOST, "notify-lost", 6665, "4.2.2", SHOULD, \
  N_("If a NOTIFY is rejected or not answered, the notifier SHOULD remove the " \
     "subscription. The action that a REFER has requested continues.")) \
X(NOTIFY_RECV, "notify-recv", 6665, "4.1.3", SHOULD, \
  N_("If a NOTIFY matches a subscription and can be parsed, the subscriber " \
     "SHOULD answer with a 200 at once. The 200 only confirms its arrival.")) \
X(NOTIFY_BEGINS, "notify-begins", 6665, "4.1.2.4", TELLS, \
  N_("The first NOTIFY creates the subscription and stops Timer N.")) \
X(NOTIFY_NEWS, "notify-news", 6665, "4.1.3", TELLS, \
  N_("The Subscription-State of a NOTIFY contains the state of the " \
     "subscription.")) \
X(NOTIFY_BODY, "notify-body", 6665, "4.1.3", TELLS, \
  N_("The body of a NOTIFY contains the state of the resource, in the format of " \
     "the event package.")) \
X(NOTIFY_NONE, "notify-none", 6665, "4.1.3", MUST, \
  N_("If a NOTIFY matches no subscription, the subscriber MUST answer with a " \
     "481.")) \
X(NOTIFY_EVENT, "notify-event", 6665, "4.1.3", TELLS, \
  N_("A NOTIFY with an unknown event package gets a 489, which lists the known " \
     "ones in Allow-Events.")) \
X(NOTIFY_BAD, "notify-bad", 6665, "4.1.3", MUST, \
  N_("A NOTIFY MUST contain Subscription-State, besides Event. The body of one " \
     "for a REFER begins with a status line (RFC 3515 2.4.5). Otherwise it gets " \
     "a 400.")) \
X(NOTIFY_TYPE, "notify-type", 3515, "2.4.4", MUST, \
  N_("A NOTIFY for a REFER MUST have a body of type message/sipfrag. Any other " \
     "type gets a 415 with Accept.")) \
X(TRANSFER_DONE, "transfer-done", 5589, "6", TELLS, \
  N_("The target has answered. The transferor is no longer needed and hangs up.")) \
X(TRANSFER_FAILED, "transfer-failed", 5589, "6", TELLS, \
  N_("A transfer that was rejected or did not reach its target leaves the call " \
     "unchanged. The two parties talk again, and a party on hold is taken off " \
     "hold.")) \
X(TRANSFER_STOP, "transfer-stop", 3515, "2.4.4", TELLS, \
  N_("A transferor that hangs up no longer waits for reports on the transfer. " \
     "The action that the REFER has requested continues.")) \
X(REPLACES_SEND, "replaces-send", 3891, "4", TELLS, \
  N_("An INVITE with Replaces asks to replace an existing call. It names the " \
     "dialog by its Call-ID and tags, as its recipient knows them. With " \
     "Require, a UA that does not support Replaces rejects the INVITE.")) \
X(PICKUP_NONE, "pickup-none", 5359, "2.16", TELLS, \
  N_("To pick up a call, a phone needs a NOTIFY that contains the tags of a " \
     "dialog that can still be replaced. Without one, there is nothing to pick " \
     "up.")) \
X(REPLACES_BAD, "replaces-bad", 3891, "3", MUST, \
  N_("An INVITE may have one Replaces, with one Call-ID, to-tag and from-tag, " \
     "and without Join. If it has more, or another request has a Replaces, the " \
     "UAS MUST reject it with a 400.")) \
X(REPLACES_NONE, "replaces-none", 3891, "3", TELLS, \
  N_("If a Replaces matches no dialog of a call here, the INVITE gets a 481. " \
     "Its to-tag is compared with the local tag, its from-tag with the remote " \
     "one.")) \
X(REPLACES_OVER, "replaces-over", 3891, "3", SHOULD, \
  N_("If the call in Replaces has already ended, the UA SHOULD decline the " \
     "INVITE with a 603. No phone then rings for a call that is no longer " \
     "wanted.")) \
X(REPLACES_TAKEN, "replaces-taken", 3891, "3", SHOULD, \
  N_("A call that is already being replaced is treated as ended. The UA SHOULD " \
     "decline a second INVITE that would replace it with a 603.")) \
X(REPLACES_DENIED, "replaces-denied", 3891, "3", MUST, \
  N_("The UA MUST verify that the caller is authorized to replace the call, on " \
     "behalf of the peer in that call. Otherwise it rejects the INVITE, here " \
     "with a 403.")) \
X(REPLACES_ANSWERED, "replaces-answered", 3891, "3", TELLS, \
  N_("With early-only, a call is replaced only while it is not answered. After " \
     "that, the INVITE gets a 486.")) \
X(REPLACES_EARLY, "replaces-early", 3891, "3", TELLS, \
  N_("An early dialog can be replaced only at its caller. At the callee, the " \
     "INVITE gets a 481.")) \
X(REPLACES_ACCEPT, "replaces-accept", 3891, "3", TELLS, \
  N_("An INVITE with Replaces is answered at once with a 200. The new call " \
     "replaces the old one, which the UA ends: by a BYE if it is confirmed, by " \
     "a CANCEL if it is early.")) \
X(REPLACES_BYE, "replaces-bye", 3891, "3", TELLS, \
  N_("The new call is established. The call that it replaces is ended by a BYE.")) \
X(JOIN_SEND, "join-send", 3911, "5", TELLS, \
  N_("An INVITE with Join asks to join an existing call. It names the dialog by " \
     "its Call-ID and tags, as its recipient knows them.")) \
X(JOIN_BAD, "join-bad", 3911, "4", MUST, \
  N_("An INVITE may have one Join, with one Call-ID, to-tag and from-tag, and " \
     "without Replaces. If it has more, or another request has a Join, the UAS " \
     "MUST reject it with a 400.")) \
X(JOIN_NONE, "join-none", 3911, "4", TELLS, \
  N_("If a Join matches no dialog of a call here, the INVITE gets a 481. Its " \
     "to-tag is compared with the local tag, its from-tag with the remote one.")) \
X(JOIN_OVER, "join-over", 3911, "4", SHOULD, \
  N_("If the call in Join has already ended, the UA SHOULD decline the INVITE " \
     "with a 603.")) \
X(JOIN_DENIED, "join-denied", 3911, "4", TELLS, \
  N_("The UA decides who may join a call. It rejects any other INVITE with " \
     "Join, here with a 403.")) \
X(JOIN_ACCEPT, "join-accept", 3911, "4", TELLS, \
  N_("An INVITE with Join is answered like any other. Its caller then hears, " \
     "and is heard by, all participants of the call that it joins.")) \
X(JOIN_MIX, "join-mix", 3911, "4", SHOULD, \
  N_("If the UA has the resources for a Join, it SHOULD accept it and mix the " \
     "media. Two calls, and all that are mixed with either, become one " \
     "conversation in which everybody hears everybody."))

/* RFC 3725: calls that a third party makes between two others. */
#define RULES_THIRD_PARTY(X) \
X(THIRD_FLOW_I, "third-party-flow-i", 3725, "4.1", TELLS, \
  N_("Flow I: the controller calls the first party without an offer. It sends " \
     "the offer in the 2xx to the second party, and the answer of the second " \
     "party in the ACK to the first.")) \
X(THIRD_FLOW_III, "third-party-flow-iii", 3725, "4.3", TELLS, \
  N_("Flow III: the controller answers the offer in the first party's 2xx at " \
     "once, with an address to which nothing is sent. It calls the second party " \
     "without an offer, and sends the offer of that party to the first in a " \
     "re-INVITE.")) \
X(THIRD_FLOW_IV, "third-party-flow-iv", 3725, "4.4", TELLS, \
  N_("Flow IV: the controller calls the first party with an offer that has no " \
     "stream. It calls the second party without an offer, and sends the offer " \
     "of that party to the first in a re-INVITE.")) \
X(THIRD_FAILED, "third-party-failed", 3725, "6", SHOULD, \
  N_("If the call to the second party fails, the controller SHOULD send the " \
     "first party a BYE, whose Reason contains the status.")) \
X(THIRD_UNANSWERED, "third-party-unanswered", 3725, "6", SHOULD, \
  N_("If the second party does not answer in the configured time, the " \
     "controller cancels its INVITE. It then SHOULD send the first party a BYE.")) \
X(THIRD_PENDING, "third-party-pending", 3725, "6", SHOULD, \
  N_("If one party sends a re-INVITE while the controller still waits for the " \
     "other, the controller SHOULD answer with a 491.")) \
X(THIRD_PARTED, "third-party-parted", 3725, "7", TELLS, \
  N_("One party has hung up, so the controller ends the call with the other " \
     "one.")) \
X(THIRD_PASSED, "third-party-passed", 3725, "7", TELLS, \
  N_("The controller relays a re-INVITE of one party to the other, and answers " \
     "it as that party does.")) \
X(THIRD_NO_OFFER, "third-party-no-offer", 3725, "7", TELLS, \
  N_("A controller that relays offers rejects a re-INVITE without one with a " \
     "488, because it has no offer of its own.")) \
X(REDIAL_SUBSCRIBE, "redial-subscribe", 5359, "2.17", TELLS, \
  N_("A phone that got a busy response subscribes to the dialogs of the callee, " \
     "to learn when the callee is free.")) \
X(REDIAL_CALL, "redial-call", 5359, "2.17", TELLS, \
  N_("The callee that was busy has no dialog any more, so the phone calls " \
     "again.")) \
X(THIRD_UNASKED, "third-party-unasked", 3725, "4", TELLS, \
  N_("A controller only makes calls. It rejects a call to itself with a 403."))

/* RFC 3261 and what queues of calls make of it. */
#define RULES_QUEUE(X) \
X(QUEUE_WAIT, "queue-wait", 3261, "21.1.4", MAY, \
  N_("A queue lets a call wait until an agent is free and tells the caller by a " \
     "182. The reason phrase MAY give the caller's position and the expected " \
     "waiting time.")) \
X(QUEUE_TOLD, "queue-told", 3261, "21.1.4", MAY, \
  N_("A server MAY send several 182 responses. A queue does so when the " \
     "caller's position or waiting time has changed, at most every ten seconds.")) \
X(QUEUE_CHOSEN, "queue-chosen", 7092, "3.1.2", TELLS, \
  N_("The next caller gets the agent that the strategy selects. The queue sends " \
     "that agent an INVITE of its own.")) \
X(QUEUE_SILENT, "queue-silent", 7092, "3.1.2", TELLS, \
  N_("An agent that rejects the call, or lets it ring too long, gets no call " \
     "for a while. The caller keeps its position.")) \
X(QUEUE_TALK, "queue-talk", 7092, "3.1.2", TELLS, \
  N_("An agent has answered, so the queue answers the caller. The waiting is " \
     "over.")) \
X(QUEUE_ABANDONED, "queue-abandoned", 3261, "9.2", TELLS, \
  N_("The caller has hung up before an agent answered. The queue cancels its " \
     "call to the agent.")) \
X(QUEUE_WRAP_UP, "queue-wrap-up", 7092, "3.1.2", TELLS, \
  N_("After a call, the agent has time to take notes and gets no other call.")) \
X(QUEUE_FREE, "queue-free", 7092, "3.1.2", TELLS, \
  N_("The agent has finished with the call and is free for the next.")) \
X(QUEUE_FULL, "queue-full", 3261, "21.4.24", TELLS, \
  N_("The queue is full. A further call gets a 486, or is sent to the overflow " \
     "destination.")) \
X(QUEUE_CLOSED, "queue-closed", 3261, "21.4.18", TELLS, \
  N_("Outside its hours, a queue rejects calls with a 480.")) \
X(QUEUE_EMPTY, "queue-empty", 3261, "21.4.18", TELLS, \
  N_("No agent for this call is logged on. The call gets a 480, or is sent to " \
     "the overflow destination.")) \
X(QUEUE_LOGON, "queue-logon", 3261, "10.3", TELLS, \
  N_("An agent logs on by a REGISTER that the queue accepts. The queue calls " \
     "the agent at its Contact until that expires or is removed.")) \
X(QUEUE_LOGOFF, "queue-logoff", 3261, "10.3", TELLS, \
  N_("An agent has logged off, or its registration has expired. It gets no more " \
     "calls.")) \
X(QUEUE_STRANGER, "queue-stranger", 3261, "21.4.4", TELLS, \
  N_("Only agents that the queue knows may log on. Any other gets a 403."))

/* RFC 7092, 7332, 3261, 3264, 6337: two user agents back to back. */
#define RULES_PAIR(X) \
X(PAIR_INVITE, "pair-invite", 3261, "6", TELLS, \
  N_("A B2BUA answers a request as a UAS. To find out how, it makes a call of " \
     "its own as a UAC. The two legs share only what the B2BUA copies.")) \
X(PAIR_CALL, "pair-call", 7092, "3.1.2", TELLS, \
  N_("The INVITE of the other leg is the B2BUA's own, with a new Call-ID, tags, " \
     "CSeq, Via and Contact. From, To, the subject and unknown header fields " \
     "are copied.")) \
X(PAIR_NOT_SENT, "pair-not-sent", 3261, "6", TELLS, \
  N_("The request cannot be sent on the other leg: it has no route, does not " \
     "fit there, or contains no allowed format. Its sender gets the " \
     "corresponding status.")) \
X(PAIR_HOPS, "pair-hops", 7332, "5", MUST, \
  N_("A B2BUA MUST copy Max-Forwards to the other leg and reduce it by one, as " \
     "a proxy does. At zero it rejects the request with a 483. This ends loops " \
     "of B2BUAs.")) \
X(PAIR_BREADTH, "pair-breadth", 7332, "6", MUST, \
  N_("A B2BUA MUST copy Max-Breadth (RFC 5393) to the other leg, as a proxy " \
     "does, and does not increase it.")) \
X(PAIR_PROGRESS, "pair-progress", 7092, "3.1.2", TELLS, \
  N_("The B2BUA reports the progress of the callee to the caller in its own " \
     "provisional response. Each leg acknowledges its own reliable responses " \
     "(RFC 3262).")) \
X(PAIR_ANSWER, "pair-answer", 7092, "3.1.2", TELLS, \
  N_("When the callee's 2xx arrives, the B2BUA answers its caller and relays " \
     "the session description.")) \
X(PAIR_ADAPTED, "pair-adapted", 3725, "4.4", TELLS, \
  N_("The answer of one party is relayed to the other, whose ACK has waited for " \
     "it.")) \
X(PAIR_UNFIT, "pair-unfit", 3261, "15", TELLS, \
  N_("One party has rejected the offer of the other, or the offer cannot be " \
     "sent to it. The two legs cannot agree on one session, so the call is " \
     "ended.")) \
X(PAIR_REFUSED, "pair-refused", 7092, "3.1.2", TELLS, \
  N_("The callee's rejection becomes the response to the caller. Status and " \
     "reason, Warning, Retry-After, challenges and Contacts are copied.")) \
X(PAIR_CHANGE, "pair-change", 6337, "5", TELLS, \
  N_("An offer of one party is sent to the other in the B2BUA's own message, " \
     "and answered as that party answers. The o= line and its version are the " \
     "B2BUA's. If the same offer comes again, the B2BUA itself answers it.")) \
X(PAIR_ANCHOR, "pair-anchor", 7092, "3.2.1", TELLS, \
  N_("A media relay puts its own address and port into every description, and " \
     "removes other ways for the media.")) \
X(PAIR_PENDING, "pair-pending", 3261, "14.2", MUST, \
  N_("While a session is changed on either leg, or is not established on both, " \
     "no other change is possible. The B2BUA MUST answer a re-INVITE or UPDATE " \
     "(RFC 3311 5.2) with a 491.")) \
X(PAIR_UNPASSED, "pair-unpassed", 3261, "14.2", TELLS, \
  N_("The offer of one party cannot be sent to the other: none of its formats " \
     "is allowed, or it has too many streams. It is rejected with a 488, and " \
     "the session stays unchanged.")) \
X(PAIR_UNDONE, "pair-undone", 3264, "8", TELLS, \
  N_("One party has withdrawn its change, but the other has accepted it. The " \
     "B2BUA offers the previous session again.")) \
X(PAIR_LATE, "pair-late", 3311, "5.2", SHOULD, \
  N_("An UPDATE needs a prompt answer. If it contains an offer and the other " \
     "leg of its early dialog cannot be asked now, the B2BUA SHOULD reject it " \
     "with a 504. The session stays unchanged.")) \
X(PAIR_ALONE, "pair-alone", 3261, "14.2", TELLS, \
  N_("A party wants to change the session, but there is nobody on the other leg " \
     "to ask. The B2BUA rejects the change with a 480, and the session stays " \
     "unchanged.")) \
X(PAIR_PASS, "pair-pass", 7092, "3.1.2", TELLS, \
  N_("A request that the B2BUA does not answer itself is sent on the other leg, " \
     "and its response is relayed back.")) \
X(PAIR_OTHER_DIALOG, "pair-other-dialog", 5057, "5.1", TELLS, \
  N_("A response that ends the dialog of its own leg does not end the other " \
     "dialog. The sender of the request there gets a 500.")) \
X(PAIR_UNANSWERED, "pair-unanswered", 4320, "4.2", MUST_NOT, \
  N_("The other leg does not answer a non-INVITE request in time. The B2BUA " \
     "MUST NOT send a 408: the client has given up by then, and might take it " \
     "for the response to something else.")) \
X(PAIR_BYE, "pair-bye", 7092, "3.1.2", TELLS, \
  N_("One leg of the call has ended. The B2BUA ends the other one, with the " \
     "same Reason.")) \
X(PAIR_OVER, "pair-over", 7092, "3.1.2", TELLS, \
  N_("Both legs of the call have ended.")) \
X(PAIR_TRANSFER, "pair-transfer", 3725, "7", TELLS, \
  N_("A B2BUA that processes a REFER itself calls the target, and informs the " \
     "remaining party by a re-INVITE.")) \
X(PAIR_TAKEN, "pair-taken", 3326, "3.1", TELLS, \
  N_("The B2BUA has called several destinations at once, and the first to " \
     "answer gets the call. The others are cancelled with the Reason that the " \
     "call was completed elsewhere.")) \
X(PAIR_SILENT, "pair-silent", 3261, "9.1", TELLS, \
  N_("A node that lets a caller wait cancels a call that is not answered in " \
     "time, and calls others. The caller only learns that it is waiting.")) \
X(PAIR_RANG, "pair-rang", 7092, "3.1.2", TELLS, \
  N_("The callee may ring for the configured time, as at a proxy with Timer C. " \
     "After that, the B2BUA cancels its INVITE, and the caller gets a 408.")) \
X(PAIR_REPLACES, "pair-replaces", 3891, "3", TELLS, \
  N_("An INVITE with Replaces names a dialog of the B2BUA. Its INVITE on the " \
     "other leg names the other dialog of that call, by the identifiers that " \
     "this dialog has there.")) \
X(PRACK_OTHERS, "prack-others", 6337, "3.1", TELLS, \
  N_("An offer in a PRACK needs an answer at once. A B2BUA that has to ask the " \
     "other leg first rejects it."))

/* A voice menu: what its program does with a call. */
#define RULES_MENU(X) \
X(MENU_PROGRAM, "menu-program", 3261, "13.3.1", TELLS, \
  N_("A callee reports ringing and then answers the call. Here a program does " \
     "so.")) \
X(MENU_REFUSES, "menu-refuses", 3261, "13.3.1.3", TELLS, \
  N_("A callee that does not take a call rejects it with a status that gives " \
     "the reason. Here a program does so.")) \
X(MENU_PLAYS, "menu-plays", 3261, "13.3.1.4", TELLS, \
  N_("When a call is answered, its media carry the audio. Here a program plays " \
     "something for some time.")) \
X(MENU_COLLECTS, "menu-collects", 6086, "2", TELLS, \
  N_("A program receives pressed digits by INFO, as was usual before this RFC. " \
     "It collects them until it has enough, a # ends them, or none arrives for " \
     "some time.")) \
X(MENU_TRANSFERS, "menu-transfers", 5589, "6.1", TELLS, \
  N_("A party that wants to transfer its call asks the peer by a REFER to call " \
     "the target. NOTIFYs report the outcome. Here a program does so.")) \
X(MENU_HANGS_UP, "menu-hangs-up", 3261, "15", TELLS, \
  N_("Either party of a call may end it by a BYE. Here a program hangs up.")) \
X(MENU_DONE, "menu-done", 3261, "15", TELLS, \
  N_("The program has finished, so the call ends: by a BYE, or by a 480 if it " \
     "was not answered.")) \
X(MENU_FAILED, "menu-failed", 3261, "21.5.1", TELLS, \
  N_("If an unexpected error prevents a server from handling a call, it answers " \
     "500. Here the program has an error, does not end, or sends invalid data. " \
     "An overloaded server answers 503 (21.5.4). A call that was answered ends " \
     "by a BYE.")) \
X(MENU_NONE, "menu-none", 3261, "21.4.18", TELLS, \
  N_("A voice menu without a program cannot handle a call: it answers 480."))

/* Voice mail: which mailbox a call is for, and what waits there (RFC 3842). */
#define RULES_MAILBOX(X) \
X(MAILBOX_NONE, "mailbox-none", 3261, "8.2.2.1", SHOULD, \
  N_("If there is no mailbox for a call, the server SHOULD reject it with a " \
     "404. The mailbox is looked up by the Request-URI (and its parameter " \
     "target, RFC 4458), History-Info, Diversion and To.")) \
X(MAILBOX_RECORD, "mailbox-record", 7044, "12.1", TELLS, \
  N_("Voice mail stores a message for the user that the caller called first, " \
     "not for the one that forwarded the call.")) \
X(MAILBOX_HEARD, "mailbox-heard", 3842, "3.5", TELLS, \
  N_("A message that its owner has heard is old. Messages are waiting only if " \
     "some are new."))

/* RFC 4579, 4353, 4575: conferences, their focus, and their participants. */
#define RULES_CONFERENCE(X) \
X(CONFERENCE_CREATE, "conference-create", 4579, "5.4", MUST, \
  N_("A call to the conference factory creates a conference with a new URI. The " \
     "Contact of the 2xx MUST contain isfocus; it is the conference's URI.")) \
X(CONFERENCE_MOVE, "conference-move", 4579, "5.4", MUST, \
  N_("The factory may create the conference and redirect the caller to its " \
     "focus by a 302. The Contact of the 302 MUST contain isfocus; it is the " \
     "conference's URI.")) \
X(CONFERENCE_APPLY, "conference-apply", 4579, "5.3", TELLS, \
  N_("A conference application asks its caller for details in an ordinary call " \
     "and then creates the conference in that call. It reports this by a " \
     "re-INVITE whose Contact is the conference's URI, with isfocus.")) \
X(CONFERENCE_ENTER, "conference-enter", 4579, "5.1", MUST, \
  N_("A UA that calls the URI of a conference is a participant once the call is " \
     "answered. The Contact of the 2xx is that URI and MUST contain isfocus.")) \
X(CONFERENCE_DIAL, "conference-dial", 4579, "5.2", SHOULD, \
  N_("To add a participant, the focus SHOULD send it an INVITE whose Contact is " \
     "the conference's URI, with isfocus. To a phone that does not support " \
     "conferences, this is an ordinary call.")) \
X(CONFERENCE_REFERRED, "conference-referred", 4579, "5.5", SHOULD, \
  N_("A REFER to the conference's URI asks the focus to add the user in " \
     "Refer-To. The focus SHOULD call that user, and reports the outcome.")) \
X(CONFERENCE_REMOVE, "conference-remove", 4579, "5.11", TELLS, \
  N_("To remove a participant, the focus ends its call by a BYE. The owner of " \
     "the focus may want that, or a user may ask for it. That user sends a " \
     "REFER to the conference's URI with the participant's URI and method=BYE.")) \
X(CONFERENCE_ABSENT, "conference-absent", 4579, "5.11", TELLS, \
  N_("The user in a REFER with method=BYE is not a participant. There is " \
     "nothing to end, and the REFER gets a 404.")) \
X(CONFERENCE_STRANGER, "conference-stranger", 4579, "6", TELLS, \
  N_("The policy of the focus says which call control is allowed. In rung, " \
     "participants may add others, the creator may remove them, and nobody may " \
     "control another conference. Anything else gets a 403.")) \
X(CONFERENCE_UNTOLD, "conference-untold", 4353, "5.4", TELLS, \
  N_("When a conference ends, the focus ends its subscriptions with a last " \
     "NOTIFY. It does the same for a participant that was removed, or that has " \
     "left and still subscribes.")) \
X(CONFERENCE_LEFT, "conference-left", 4353, "5.3", TELLS, \
  N_("When a call ends or fails, its user is not a participant any more. The " \
     "focus ends no other call because of that.")) \
X(CONFERENCE_DELETE, "conference-delete", 4579, "5.12", TELLS, \
  N_("A conference that the factory has created ends when its creator leaves. " \
     "All others get a BYE, and each subscriber a last NOTIFY.")) \
X(CONFERENCE_DISBAND, "conference-disband", 4353, "5.4", TELLS, \
  N_("The owner of the focus may end a conference, even a permanent one. All " \
     "participants get a BYE, and each subscriber a last NOTIFY.")) \
X(CONFERENCE_EMPTY, "conference-empty", 4353, "5.4", TELLS, \
  N_("When the last participant leaves a temporary conference, the conference " \
     "ends and its URI becomes invalid.")) \
X(CONFERENCE_NONE, "conference-none", 4353, "5.4", TELLS, \
  N_("The URI of a conference that does not exist, or has ended, is invalid. An " \
     "INVITE, SUBSCRIBE or REFER to it gets a 404.")) \
X(CONFERENCE_LOCKED, "conference-locked", 4575, "5.5.3", TELLS, \
  N_("While a conference is locked, nobody can be added in any way: 403. Its " \
     "participants stay and may leave.")) \
X(CONFERENCE_FULL, "conference-full", 4575, "5.3.3", TELLS, \
  N_("A conference has a maximum number of participants. A further one gets a " \
     "486, and the focus calls nobody.")) \
X(CONFERENCE_ITSELF, "conference-itself", 3261, "21.4.20", TELLS, \
  N_("A focus that called its own conference, or was called by it, would hear " \
     "itself. The INVITE is a loop and gets a 482; the REFER is declined.")) \
X(CONFERENCE_OPTIONS, "conference-options", 4579, "4.3", MUST, \
  N_("A 200 to an OPTIONS for the URI of a conference MUST contain isfocus in " \
     "its Contact. A UA can thus find out what the URI is.")) \
X(CONFERENCE_MIX, "conference-mix", 4353, "4.3", TELLS, \
  N_("The mixer of the focus sends each participant the media of all others, so " \
     "everybody who is connected hears everybody else.")) \
X(CONFERENCE_HOLD, "conference-hold", 4575, "5.7.3", TELLS, \
  N_("A participant that has put the focus on hold, or gets no stream, stays in " \
     "the conference but does not hear it.")) \
X(CONFERENCE_MUTE, "conference-mute", 4575, "5.7.3", TELLS, \
  N_("A participant that the focus has muted hears the others, but its media " \
     "are not mixed. Subscribers are notified (muted-via-focus, and recvonly " \
     "for its streams). The participant's phone gets no message.")) \
X(CONFERENCE_ASK, "conference-ask", 4579, "3.4", SHOULD, \
  N_("A phone that supports conferences SHOULD subscribe to the package " \
     "conference if the peer's Contact has isfocus and its Allow-Events lists " \
     "the package. The SUBSCRIBE is outside the dialog of the call.")) \
X(CONFERENCE_CONFER, "conference-confer", 4579, "5.10", TELLS, \
  N_("A UA can move its calls into a conference. It calls the focus, and asks " \
     "it by a REFER for each phone to call that phone. The new call replaces " \
     "the existing one (Replaces).")) \
X(CONFERENCE_GAP, "conference-gap", 4575, "4.6", MUST, \
  N_("If the version of a partial document is not the next one, information is " \
     "missing and the document is not used. The subscriber MUST refresh the " \
     "subscription to get the full state.")) \
X(CONFERENCE_OLD, "conference-old", 4575, "4.6", TELLS, \
  N_("A document whose version is not higher than the known one contains " \
     "nothing new and is discarded.")) \
X(CONFERENCE_EVENTS, "conference-events", 4579, "3.1", SHOULD, \
  N_("A focus SHOULD notify subscribers of its participants. It announces that " \
     "by the package conference in its Allow-Events.")) \
X(CONFERENCE_RATE, "conference-rate", 4575, "3.9", SHOULD_NOT, \
  N_("A notifier SHOULD NOT notify one subscriber of a conference more than " \
     "once in 5 s. An earlier change waits, and the NOTIFY then contains the " \
     "state of that moment.")) \
X(CONFERENCE_FOCUS, "conference-focus", 4579, "4.2", MUST, \
  N_("The Contact of a focus MUST contain isfocus. The peer then knows that the " \
     "dialog belongs to a conference and that the Contact is the conference's " \
     "URI.")) \
X(CONFERENCE_DOCUMENT, "conference-document", 4575, "5.2", TELLS, \
  N_("A conference document names the conference by entity and its place in the " \
     "subscription by version. Its state is full, partial or deleted. The " \
     "elements have keys that identify them.")) \
X(CONFERENCE_OVER, "conference-over", 4575, "4.6", SHOULD, \
  N_("A document with state=deleted says that the conference has ended. The " \
     "subscriber SHOULD end its subscription if it still exists."))
/* clang-format on */

#endif
