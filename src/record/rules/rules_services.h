/* Rules of calls that more than two have to do with, and of what answers them:
 * transfers, controllers, boxes, queues, menus, mailboxes, conferences. */
#ifndef RULES_RULES_SERVICES_H
#define RULES_RULES_SERVICES_H

/* clang-format off */
/* RFC 3515, 6665, 5589, 3892: calls that are transferred. */
#define RULES_TRANSFER(X) \
X(REFER_SEND, "refer-send", 3515, "2.4.1", TELLS, \
  N_("A REFER asks the other side to contact whoever stands in Refer-To. It makes a subscription, by which NOTIFY tells the outcome, unless it asks for none with Refer-Sub: false (RFC 4488).")) \
X(REFER_REFUSED, "refer-refused", 6665, "4.1.2.1", TELLS, \
  N_("A final response other than 2xx says that there is no subscription, and that nothing will be done.")) \
X(REFER_2XX, "refer-2xx", 6665, "4.1.2.1", TELLS, \
  N_("A 2xx says that the request was accepted, and that a NOTIFY will come at once; it is that NOTIFY which makes the subscription.")) \
X(REFER_SILENT, "refer-silent", 6665, "4.1.2.4", TELLS, \
  N_("The first NOTIFY must come within 64*T1 of the REFER (Timer N); where none has, the subscription has failed.")) \
X(REFER_EXPIRED, "refer-expired", 3515, "2.4.4", TELLS, \
  N_("The side that was referred chooses how long it sends news of the transfer; when that time is over the subscription ends.")) \
X(REFER_ACCEPT, "refer-accept", 3515, "2.4.2", TELLS, \
  N_("A REFER that is accepted gets a 202: what it asks for is begun, not done. (RFC 6665 8.3.1 gives the 202 up for SUBSCRIBE; here it stands in RFC 3515.)")) \
X(REFER_INVITE, "refer-invite", 3515, "2.4.3", TELLS, \
  N_("Whoever stands in Refer-To is called as anybody else would be, by a new INVITE of a dialog of its own; a Referred-By goes along as it came (RFC 3892 2.2).")) \
X(REFER_ASKS, "refer-asks", 3515, "2.4.2", TELLS, \
  N_("Who has to ask its user, or to prepare, before it calls whom a REFER names says 202 and 100 all the same, and calls later.")) \
X(REFER_BAD, "refer-bad", 3515, "2.4.2", MUST, \
  N_("A REFER without a Refer-To, or with more than one, gets a 400.")) \
X(REFER_DECLINE, "refer-decline", 3515, "2.4.2", TELLS, \
  N_("A user agent may decline what a REFER asks for.")) \
X(REFER_UNTOLD, "refer-untold", 4488, "4", TELLS, \
  N_("Refer-Sub: false asks for no news of what the REFER brings: the 202 says the same, and there is no subscription.")) \
X(REFER_UNHEARD, "refer-unheard", 4488, "4", MUST, \
  N_("A 2xx with Refer-Sub: false says that the REFER is obeyed and that nothing will be told of what comes of it: there is no subscription, and the call it came in stays until somebody hangs up.")) \
X(REFER_SUB_KEPT, "refer-sub-kept", 4488, "4", MUST, \
  N_("A REFER with Refer-Sub: false was answered by a 2xx without it: the other side does not grant that, and the subscription is made as of any REFER.")) \
X(REFER_TARGET, "refer-target", 3515, "2.4.2", TELLS, \
  N_("What can't be called from here, by its scheme, for want of TLS, or since it asks for another method than INVITE or for other header fields than Replaces and Join, is declined.")) \
X(REFER_OUTSIDE, "refer-outside", 5589, "5", TELLS, \
  N_("Who may transfer a call is one of the two who talk: a REFER outside of their dialog is declined.")) \
X(INFO_DIGIT, "info-digit", 6086, "4.2.2", TELLS, \
  N_("An INFO within a call is answered 200: it told which digit was pressed at the other side, and changes nothing in the call.")) \
X(INFO_ACCEPT, "info-accept", 6086, "4.2.2", TELLS, \
  N_("An INFO within a call is answered 200: what it tells has arrived, and nothing in the call is changed by it.")) \
X(INFO_EMPTY, "info-empty", 2976, "2.2", TELLS, \
  N_("An INFO without a body is answered 200 where its call is known: it says nothing, and changes nothing.")) \
X(INFO_PACKAGE, "info-package", 6086, "4.2.2", MUST, \
  N_("An INFO of a package that the phone did not announce in Recv-Info gets a 469.")) \
X(INFO_TAKEN, "info-taken", 6086, "4.2.2", TELLS, \
  N_("An INFO of a package that is in the phone's Recv-Info gets a 200: what it means is the application's business, and so is whether it likes it.")) \
X(INFO_SEND, "info-send", 6086, "4.4", TELLS, \
  N_("An INFO goes within the dialog of a call, and says something of its own to the other side. Nothing keeps several in order but that one waits for the answer to the one before.")) \
X(INFO_REFUSED, "info-refused", 6086, "4.2.1", TELLS, \
  N_("A 469 or another refusal of an INFO is about that INFO alone: the call goes on.")) \
X(REFER_PENDING, "refer-pending", 3515, "2.4.2", TELLS, \
  N_("While one transfer of a call is under way, or the call is not answered yet, another REFER gets a 491.")) \
X(NOTIFY_FIRST, "notify-first", 3515, "2.4.4", TELLS, \
  N_("A subscription that is made brings a NOTIFY at once. Of a REFER it says 100: the call to the target is under way.")) \
X(NOTIFY_FINAL, "notify-final", 3515, "2.4.7", MUST, \
  N_("The final NOTIFY has the status line of the answer to the referred call, and ends the subscription with the reason noresource: there will be no more news.")) \
X(NOTIFY_TIMEOUT, "notify-timeout", 6665, "4.2.1.4", SHOULD, \
  N_("A subscription that is not refreshed is removed when its time is over, and the last NOTIFY says so: terminated, with the reason timeout. What a REFER has asked for goes on.")) \
X(NOTIFY_LOST, "notify-lost", 6665, "4.2.2", TELLS, \
  N_("A NOTIFY that is refused, or not answered, ends the subscription; what the REFER asked for goes on.")) \
X(NOTIFY_RECV, "notify-recv", 6665, "4.1.3", SHOULD, \
  N_("A NOTIFY that belongs to a subscription, and that can be read, is answered with 200 at once: the 200 says that it has arrived, and no more.")) \
X(NOTIFY_BEGINS, "notify-begins", 6665, "4.1.2.4", TELLS, \
  N_("The first NOTIFY makes the subscription, and Timer N is stopped.")) \
X(NOTIFY_NEWS, "notify-news", 6665, "4.1.3", MUST, \
  N_("What a NOTIFY says in Subscription-State is how the subscription stands.")) \
X(NOTIFY_BODY, "notify-body", 6665, "4.1.3", TELLS, \
  N_("A NOTIFY brings the state of what was subscribed to: its body has that in the form of the event package.")) \
X(NOTIFY_NONE, "notify-none", 6665, "4.1.3", MUST, \
  N_("A NOTIFY that belongs to no subscription gets a 481.")) \
X(NOTIFY_EVENT, "notify-event", 6665, "4.1.3", TELLS, \
  N_("A NOTIFY of an event package that is not known gets a 489, with those that are in Allow-Events.")) \
X(NOTIFY_BAD, "notify-bad", 6665, "4.1.3", MUST, \
  N_("A NOTIFY must have an Event and a Subscription-State, and of a REFER begin its body with a status line (RFC 3515 2.4.5): else 400.")) \
X(NOTIFY_TYPE, "notify-type", 3515, "2.4.4", MUST, \
  N_("A NOTIFY of a REFER has a body of type message/sipfrag; another one gets a 415 with Accept.")) \
X(TRANSFER_DONE, "transfer-done", 5589, "6", TELLS, \
  N_("The target has taken the call: who asked for the transfer is not needed any more, and hangs up.")) \
X(TRANSFER_FAILED, "transfer-failed", 5589, "6", TELLS, \
  N_("A transfer that was refused, or that did not reach its target, leaves the call as it was: the two who talked before talk on, and who is on hold is taken off it.")) \
X(TRANSFER_STOP, "transfer-stop", 3515, "2.4.4", TELLS, \
  N_("Who hangs up waits for no more news of a transfer; what the REFER asked for goes on.")) \
X(REPLACES_SEND, "replaces-send", 3891, "4", TELLS, \
  N_("An INVITE with Replaces asks for the place of a call that there is: it names the dialog by its Call-ID and tags, as the side that gets it knows them. Require makes sure that who does not know Replaces says so.")) \
X(PICKUP_NONE, "pickup-none", 5359, "2.16", TELLS, \
  N_("A call is picked up by the dialog that a NOTIFY of its phone has named with its tags, and that may still be replaced; without one there is nothing to pick up.")) \
X(REPLACES_BAD, "replaces-bad", 3891, "3", MUST, \
  N_("An INVITE may have one Replaces, with one Call-ID, one to-tag and one from-tag, and no Join beside it. More than that, or a Replaces in another request, gets a 400.")) \
X(REPLACES_NONE, "replaces-none", 3891, "3", TELLS, \
  N_("A Replaces that names no dialog of a call here gets a 481: its to-tag is the tag of this side, its from-tag that of the other one.")) \
X(REPLACES_OVER, "replaces-over", 3891, "3", MUST, \
  N_("A call that has just ended is not replaced: the INVITE gets a 603, so that no phone rings for a call that nobody wants any more.")) \
X(REPLACES_TAKEN, "replaces-taken", 3891, "3", SHOULD, \
  N_("A call in whose place another already comes is as good as ended: a second INVITE that wants its place gets a 603.")) \
X(REPLACES_DENIED, "replaces-denied", 3891, "3", MUST, \
  N_("Who may replace a call is for the user agent to decide: it must be sure that the other side of that call wants it. Else the INVITE is refused, here with a 403.")) \
X(REPLACES_ANSWERED, "replaces-answered", 3891, "3", TELLS, \
  N_("With early-only a call is replaced only while nobody has answered it: afterwards the INVITE gets a 486.")) \
X(REPLACES_EARLY, "replaces-early", 3891, "3", MUST, \
  N_("An early dialog is replaced at the side that has called, never at the one that rings: there the INVITE gets a 481.")) \
X(REPLACES_ACCEPT, "replaces-accept", 3891, "3", TELLS, \
  N_("An INVITE with Replaces is answered at once with a 200: the new call takes the place of the old one, of which a confirmed one gets a BYE and an early one a CANCEL.")) \
X(REPLACES_BYE, "replaces-bye", 3891, "3", TELLS, \
  N_("The new call stands: the one that it replaces is ended by a BYE.")) \
X(JOIN_SEND, "join-send", 3911, "5", TELLS, \
  N_("An INVITE with Join asks to be let into a call that there is: it names the dialog by its Call-ID and tags, as the side that gets it knows them.")) \
X(JOIN_BAD, "join-bad", 3911, "4", MUST, \
  N_("An INVITE may have one Join, with one Call-ID, one to-tag and one from-tag, and no Replaces beside it. More than that, or a Join in another request, gets a 400.")) \
X(JOIN_NONE, "join-none", 3911, "4", TELLS, \
  N_("A Join that names no dialog of a call here gets a 481: its to-tag is the tag of this side, its from-tag that of the other one.")) \
X(JOIN_OVER, "join-over", 3911, "4", TELLS, \
  N_("Nobody can join a call that has just ended: the INVITE gets a 603.")) \
X(JOIN_DENIED, "join-denied", 3911, "4", TELLS, \
  N_("Who may join a call is for the user agent to decide. Else the INVITE is refused, here with a 403.")) \
X(JOIN_ACCEPT, "join-accept", 3911, "4", MAY, \
  N_("An INVITE with Join is answered like any other; then its caller hears, and is heard by, all who are in the call that it joins.")) \
X(JOIN_MIX, "join-mix", 3911, "4", SHOULD, \
  N_("Two calls, and all that either is mixed with already, become one conversation: this side mixes the media, so that everybody hears everybody else."))

/* RFC 3725: calls that a third party makes between two others. */
#define RULES_THIRD_PARTY(X) \
X(THIRD_FLOW_I, "third-party-flow-i", 3725, "4.1", TELLS, \
  N_("Flow I: the first party is called without an offer; what its 2xx offers is the offer to the second, and what that answers is the answer in the first one's ACK.")) \
X(THIRD_FLOW_III, "third-party-flow-iii", 3725, "4.3", TELLS, \
  N_("Flow III: what the first party's 2xx offers is answered at once with an address to which nothing is sent; the second party, called without an offer, makes the offer for a re-INVITE to the first.")) \
X(THIRD_FLOW_IV, "third-party-flow-iv", 3725, "4.4", TELLS, \
  N_("Flow IV: the first party is called with an offer without any stream; the second party, called without an offer, makes the offer for a re-INVITE to the first.")) \
X(THIRD_FAILED, "third-party-failed", 3725, "6", SHOULD, \
  N_("The second party can't be had: the first gets a BYE, whose Reason has the status.")) \
X(THIRD_UNANSWERED, "third-party-unanswered", 3725, "6", TELLS, \
  N_("The second party may not answer: the controller waits for as long as it is set to, and takes its INVITE back with a CANCEL. Then the first party gets a BYE.")) \
X(THIRD_PENDING, "third-party-pending", 3725, "6", TELLS, \
  N_("A re-INVITE of one party that comes while the controller still waits for the other gets a 491.")) \
X(THIRD_PARTED, "third-party-parted", 3725, "7", TELLS, \
  N_("One party has hung up: the controller hangs up with the other one, too.")) \
X(THIRD_PASSED, "third-party-passed", 3725, "7", TELLS, \
  N_("A re-INVITE of one party is passed on to the other, and is answered as that one does.")) \
X(THIRD_NO_OFFER, "third-party-no-offer", 3725, "7", TELLS, \
  N_("A controller that passes offers on refuses a re-INVITE without one with 488: it has none of its own.")) \
X(REDIAL_SUBSCRIBE, "redial-subscribe", 5359, "2.17", TELLS, \
  N_("Who was busy is asked to say when he is free: a subscription to his dialogs.")) \
X(REDIAL_CALL, "redial-call", 5359, "2.17", TELLS, \
  N_("Who was busy has no dialog any more: he is called again.")) \
X(THIRD_UNASKED, "third-party-unasked", 3725, "4", TELLS, \
  N_("A controller calls others; who calls it gets a 403."))

/* RFC 3261 and what queues of calls make of it. */
#define RULES_QUEUE(X) \
X(QUEUE_WAIT, "queue-wait", 3261, "21.1.4", MAY, \
  N_("A queue lets a call wait until an agent is free: a 182 tells the caller, and its reason phrase how many are ahead of him and about how long that takes.")) \
X(QUEUE_TOLD, "queue-told", 3261, "21.1.4", TELLS, \
  N_("A server may send several 182: a queue does when the place or the wait of a caller has changed, at most every ten seconds.")) \
X(QUEUE_CHOSEN, "queue-chosen", 7092, "3.1.2", TELLS, \
  N_("The caller whose turn it is gets the agent whom the strategy names: a second INVITE, a call of the queue's own.")) \
X(QUEUE_SILENT, "queue-silent", 7092, "3.1.2", TELLS, \
  N_("An agent who refuses, or lets it ring for too long, is left alone for a while; the caller keeps his place.")) \
X(QUEUE_TALK, "queue-talk", 7092, "3.1.2", TELLS, \
  N_("An agent has answered, and so does the queue: the waiting is over.")) \
X(QUEUE_ABANDONED, "queue-abandoned", 3261, "9.2", TELLS, \
  N_("A caller who hangs up before an agent answers has abandoned the queue: whoever rings for him is hung up, too.")) \
X(QUEUE_WRAP_UP, "queue-wrap-up", 7092, "3.1.2", TELLS, \
  N_("After a call an agent writes down what it was about; until then no other call gets him.")) \
X(QUEUE_FREE, "queue-free", 7092, "3.1.2", TELLS, \
  N_("An agent's call is done with: he is free for the next.")) \
X(QUEUE_FULL, "queue-full", 3261, "21.4.24", TELLS, \
  N_("As many calls wait as may: one more gets a 486, or goes on to where the queue overflows.")) \
X(QUEUE_CLOSED, "queue-closed", 3261, "21.4.18", TELLS, \
  N_("Out of hours a queue refuses calls with 480.")) \
X(QUEUE_EMPTY, "queue-empty", 3261, "21.4.18", TELLS, \
  N_("No agent who could take the call is logged on: 480, or it goes on to where the queue overflows.")) \
X(QUEUE_LOGON, "queue-logon", 3261, "10.3", TELLS, \
  N_("An agent logs on by a REGISTER that the queue accepts: his Contact is where he is called until that expires or he takes it away.")) \
X(QUEUE_LOGOFF, "queue-logoff", 3261, "10.3", TELLS, \
  N_("An agent has logged off, or his registration has expired: no call goes to him any more.")) \
X(QUEUE_STRANGER, "queue-stranger", 3261, "21.4.4", TELLS, \
  N_("Only the agents whom the queue knows may log on; others get a 403."))

/* RFC 7092, 7332, 3261, 3264, 6337: two user agents back to back. */
#define RULES_PAIR(X) \
X(PAIR_INVITE, "pair-invite", 3261, "6", TELLS, \
  N_("A back-to-back user agent takes a request as a user agent that is called; to find out how to answer it, it calls as another user agent. The two calls have nothing in common but what it carries over.")) \
X(PAIR_CALL, "pair-call", 7092, "3.1.2", TELLS, \
  N_("The other half of the call is an INVITE of the box's own: its Call-ID, tags, CSeq, Via and Contact are new; From, To, the subject and what the box does not know are carried over.")) \
X(PAIR_NOT_SENT, "pair-not-sent", 3261, "6", TELLS, \
  N_("The request can't be sent in the other half of the call: nothing leads there, it does not fit there, or the box may pass on none of its formats. Its sender gets the status that says so.")) \
X(PAIR_HOPS, "pair-hops", 7332, "5", TELLS, \
  N_("A back-to-back user agent carries Max-Forwards over, one less, as a proxy does; at zero it refuses with 483. So a ring of boxes ends.")) \
X(PAIR_BREADTH, "pair-breadth", 7332, "6", TELLS, \
  N_("A back-to-back user agent copies Max-Breadth (RFC 5393) into what it makes of a request, as a proxy does, and makes it no larger.")) \
X(PAIR_PROGRESS, "pair-progress", 7092, "3.1.2", TELLS, \
  N_("What the called party says while it rings is said to the caller in a provisional response of the box's own; each side confirms its own reliable ones (RFC 3262).")) \
X(PAIR_ANSWER, "pair-answer", 7092, "3.1.2", TELLS, \
  N_("The called party's 2xx makes the box answer its caller, with what that said of the media.")) \
X(PAIR_ADAPTED, "pair-adapted", 3725, "4.4", TELLS, \
  N_("The answer that one party gives is the other's, whose ACK has waited for it.")) \
X(PAIR_UNFIT, "pair-unfit", 3261, "15", TELLS, \
  N_("One party has refused what the other party offers, or the offer can't be sent to it. The two halves don't agree on one session, so the call is ended.")) \
X(PAIR_REFUSED, "pair-refused", 7092, "3.1.2", TELLS, \
  N_("The other party's refusal is the answer to the caller: status and reason, Warning, Retry-After, challenges and contacts are carried over.")) \
X(PAIR_CHANGE, "pair-change", 6337, "5", TELLS, \
  N_("An offer of one party is made to the other, and answered as that does, in a message of the box's own: o= and its version belong to the box. The same offer once more is answered by the box.")) \
X(PAIR_ANCHOR, "pair-anchor", 7092, "3.2.1", TELLS, \
  N_("A box through which media go puts an address and a port of its own into every description, and takes out what would lead past it.")) \
X(PAIR_PENDING, "pair-pending", 3261, "14.2", MUST, \
  N_("A box can't pass a change on while either half of the call is being changed, or before both halves have a session. A re-INVITE or an UPDATE (RFC 3311 5.2) then gets a 491.")) \
X(PAIR_UNPASSED, "pair-unpassed", 3261, "14.2", TELLS, \
  N_("What a party offers can't be made to the other: none of its formats may go through the box, or it has more streams than that keeps apart. It is refused with 488, and the session stays as it was.")) \
X(PAIR_UNDONE, "pair-undone", 3264, "8", TELLS, \
  N_("A party has taken its change back, but the other side has accepted it: it is offered once more what was agreed before.")) \
X(PAIR_LATE, "pair-late", 3311, "5.2", TELLS, \
  N_("An UPDATE must be answered at once. One with an offer, in an early dialog whose other half can't be asked now, gets a 504; the session stays as it was.")) \
X(PAIR_ALONE, "pair-alone", 3261, "14.2", TELLS, \
  N_("A party wants to change the session, and nobody is in the other half of the call who could be asked: the box refuses the change with 480, and the session stays as it was.")) \
X(PAIR_PASS, "pair-pass", 7092, "3.1.2", TELLS, \
  N_("A request that the box does not answer itself goes on in the other call, and its answer comes back.")) \
X(PAIR_OTHER_DIALOG, "pair-other-dialog", 5057, "5.1", TELLS, \
  N_("An answer that ends the dialog in which it was given says nothing of the other one: who has asked there gets a 500, which ends nothing.")) \
X(PAIR_UNANSWERED, "pair-unanswered", 4320, "4.2", TELLS, \
  N_("A request but an INVITE that goes on is not answered in time. A 408 would be for nobody: whoever has asked has given up by then, and may take it for an answer to something else.")) \
X(PAIR_BYE, "pair-bye", 7092, "3.1.2", TELLS, \
  N_("One half of the call has ended: the box ends the other, with the same Reason.")) \
X(PAIR_OVER, "pair-over", 7092, "3.1.2", TELLS, \
  N_("Both halves of the call are over.")) \
X(PAIR_TRANSFER, "pair-transfer", 3725, "7", TELLS, \
  N_("A box that carries a REFER out itself calls the target, and lets the party that stays hear of it by a re-INVITE.")) \
X(PAIR_TAKEN, "pair-taken", 3326, "3.1", TELLS, \
  N_("Of several that a box has called at once the first to answer is the other party; the others are hung up, and the Reason tells that the call was completed elsewhere.")) \
X(PAIR_SILENT, "pair-silent", 3261, "9.1", TELLS, \
  N_("Whoever lets a caller wait takes back what nobody answers in time, and calls others; the caller hears nothing of that but that he waits.")) \
X(PAIR_RANG, "pair-rang", 7092, "3.1.2", TELLS, \
  N_("Whom the box calls may ring for as long as it is set to, as at a proxy by Timer C: then it takes its INVITE back with a CANCEL, and the caller hears 408.")) \
X(PAIR_REPLACES, "pair-replaces", 3891, "3", MUST, \
  N_("An INVITE with Replaces names a dialog of the box's: the other half of that call is what the box's INVITE is to replace, under the names that it has there.")) \
X(PRACK_OTHERS, "prack-others", 6337, "3.1", TELLS, \
  N_("An offer in a PRACK would have to be answered at once; who has to ask the other side first refuses it."))

/* A voice menu: what its program does with a call. */
#define RULES_MENU(X) \
X(MENU_PROGRAM, "menu-program", 3261, "13.3.1", TELLS, \
  N_("Who is called says when it rings, and whether the call is taken. Here a program says it.")) \
X(MENU_REFUSES, "menu-refuses", 3261, "13.3.1.3", TELLS, \
  N_("Who does not take a call refuses it, with the status that says why. Here a program says so.")) \
X(MENU_PLAYS, "menu-plays", 3261, "13.3.1.4", TELLS, \
  N_("Once a call is taken, what is to be heard goes over its media. Here a program plays something for a time.")) \
X(MENU_COLLECTS, "menu-collects", 6086, "2", TELLS, \
  N_("Digits that somebody presses reach a program by INFO, as before that RFC: it has them one by one, until there are enough, a # ends them, or none comes for a time.")) \
X(MENU_TRANSFERS, "menu-transfers", 5589, "6.1", TELLS, \
  N_("Who has a call and wants somebody else to have it asks the other side by REFER to call there; NOTIFYs tell what comes of it. Here a program says so.")) \
X(MENU_HANGS_UP, "menu-hangs-up", 3261, "15", TELLS, \
  N_("Either side of a call may end it by BYE. Here a program hangs up.")) \
X(MENU_DONE, "menu-done", 3261, "15", TELLS, \
  N_("A program that has said all has no more use for its call: it ends by BYE, or by 480 where it was never answered.")) \
X(MENU_FAILED, "menu-failed", 3261, "21.5.1", TELLS, \
  N_("A server that something unexpected keeps from serving a call answers 500: here its program has an error, does not come to an end, or says nonsense. One that has too much to do answers 503 (21.5.4). A call that was answered ends by BYE.")) \
X(MENU_NONE, "menu-none", 3261, "21.4.18", TELLS, \
  N_("A voice menu without a program can do nothing with a call: 480."))

/* Voice mail: which mailbox a call is for, and what waits there (RFC 3842). */
#define RULES_MAILBOX(X) \
X(MAILBOX_NONE, "mailbox-none", 3261, "8.2.2.1", TELLS, \
  N_("A call for which there is no mailbox gets a 404: for whom it was is looked up in the Request-URI (also its parameter target, RFC 4458), in History-Info, in Diversion and in To.")) \
X(MAILBOX_RECORD, "mailbox-record", 7044, "12.1", TELLS, \
  N_("Voice mail keeps a message for whom the caller has called first, and not for who has sent the call here.")) \
X(MAILBOX_HEARD, "mailbox-heard", 3842, "3.5", TELLS, \
  N_("What the owner of a mailbox has heard is old: messages are waiting only where some are new."))

/* RFC 4579, 4353, 4575: conferences, their focus, and their participants. */
#define RULES_CONFERENCE(X) \
X(CONFERENCE_CREATE, "conference-create", 4579, "5.4", MUST, \
  N_("A call to the conference factory makes a conference: its URI, which nobody had before, is the Contact of the 2xx, with isfocus.")) \
X(CONFERENCE_MOVE, "conference-move", 4579, "5.4", MUST, \
  N_("The factory may make the conference and send the caller to its focus: a 302 whose Contact is the new conference's URI, with isfocus.")) \
X(CONFERENCE_APPLY, "conference-apply", 4579, "5.3", TELLS, \
  N_("A conference application asks its caller for what it needs, in a call like any other; the conference is made in that call, and a re-INVITE whose Contact is its URI, with isfocus, says so.")) \
X(CONFERENCE_ENTER, "conference-enter", 4579, "5.1", TELLS, \
  N_("Who calls the URI of a conference is a participant from the answer on; the Contact of the 2xx is the conference's URI, with isfocus.")) \
X(CONFERENCE_DIAL, "conference-dial", 4579, "5.2", SHOULD, \
  N_("The focus brings somebody in by an INVITE whose Contact is the conference's URI, with isfocus; a phone that knows nothing of conferences takes it for an ordinary call.")) \
X(CONFERENCE_REFERRED, "conference-referred", 4579, "5.5", SHOULD, \
  N_("A REFER to the conference's URI asks the focus to bring in whom Refer-To names: the focus calls them and tells what came of it.")) \
X(CONFERENCE_REMOVE, "conference-remove", 4579, "5.11", TELLS, \
  N_("To remove a participant the focus ends its call: it knows the dialog, and sends the BYE. Whoever runs the focus may want that, or somebody who asks for it by a REFER to the conference's URI, with the participant's URI and method=BYE.")) \
X(CONFERENCE_ABSENT, "conference-absent", 4579, "5.11", TELLS, \
  N_("Whom a REFER with method=BYE names is no participant: there is no dialog to be ended, and the REFER gets a 404.")) \
X(CONFERENCE_STRANGER, "conference-stranger", 4579, "6", TELLS, \
  N_("The focus's policy says which call control it allows: here participants may bring others in, who has made the conference may remove them, and nobody may use it for another one; else 403.")) \
X(CONFERENCE_UNTOLD, "conference-untold", 4353, "5.4", TELLS, \
  N_("When a conference is over its subscriptions are ended by the focus, with a last NOTIFY; so is that of a participant who was removed, or who has left and goes on listening.")) \
X(CONFERENCE_LEFT, "conference-left", 4353, "5.3", TELLS, \
  N_("When a call ends, or never comes about, its user is no participant; the focus ends no other call for that.")) \
X(CONFERENCE_DELETE, "conference-delete", 4579, "5.12", TELLS, \
  N_("A conference that the factory has made is over when its creator leaves: all others get a BYE, and each subscription a last NOTIFY.")) \
X(CONFERENCE_DISBAND, "conference-disband", 4353, "5.4", TELLS, \
  N_("Whoever runs the focus may end a conference, also one that is always there: all get a BYE, and each subscription a last NOTIFY.")) \
X(CONFERENCE_EMPTY, "conference-empty", 4353, "5.4", TELLS, \
  N_("When the last participant has left a conference made for these calls alone, it is destroyed, and its URI leads nowhere.")) \
X(CONFERENCE_NONE, "conference-none", 4353, "5.4", TELLS, \
  N_("The URI of a conference that there is not, or not any more, is invalid: an INVITE, SUBSCRIBE or REFER to it gets a 404.")) \
X(CONFERENCE_LOCKED, "conference-locked", 4575, "5.5.3", TELLS, \
  N_("While a conference is locked nobody can be added to it, by whatever way: 403. Who is in it stays and may leave.")) \
X(CONFERENCE_FULL, "conference-full", 4575, "5.3.3", TELLS, \
  N_("A conference has room for so many participants and no more: one more gets a 486, and its focus calls nobody.")) \
X(CONFERENCE_ITSELF, "conference-itself", 3261, "21.4.20", TELLS, \
  N_("A focus that is called by a conference of its own, or shall call one, would hear itself: the INVITE is a loop and gets a 482, the REFER is declined.")) \
X(CONFERENCE_OPTIONS, "conference-options", 4579, "4.3", TELLS, \
  N_("A 200 to an OPTIONS for the URI of a conference has isfocus in its Contact: so one can find out what a URI is.")) \
X(CONFERENCE_MIX, "conference-mix", 4353, "4.3", TELLS, \
  N_("The focus's mixer gives each participant the media of all the others: whoever is connected hears everybody else who is.")) \
X(CONFERENCE_HOLD, "conference-hold", 4575, "5.7.3", TELLS, \
  N_("A participant who has put the focus on hold, or to whom no stream goes, is in the conference and hears nothing of it.")) \
X(CONFERENCE_MUTE, "conference-mute", 4575, "5.7.3", TELLS, \
  N_("Whom the focus has muted hears the others and is not heard: its media are not mixed. Who has subscribed is told so (muted-via-focus, and recvonly as the streams are to the participant); nothing is sent to its phone for that.")) \
X(CONFERENCE_ASK, "conference-ask", 4579, "3.4", SHOULD, \
  N_("A phone that knows conferences subscribes to the package conference when the Contact of the other side has isfocus and its Allow-Events names the package; by a SUBSCRIBE outside of the call's dialog.")) \
X(CONFERENCE_CONFER, "conference-confer", 4579, "5.10", TELLS, \
  N_("Who talks with others can move these calls into a conference: it calls the focus, then asks it by a REFER for each of them to call that phone in the place of the call that there is (Replaces).")) \
X(CONFERENCE_GAP, "conference-gap", 4575, "4.6", MUST, \
  N_("A partial document whose version is not the next one does not say what was in between: it is not used, and a refresh of the subscription asks for the whole state.")) \
X(CONFERENCE_OLD, "conference-old", 4575, "4.6", TELLS, \
  N_("A document whose version is not above the one that is known says nothing new, and is passed over.")) \
X(CONFERENCE_EVENTS, "conference-events", 4579, "3.1", TELLS, \
  N_("A focus tells who is in its conference, and says so: its Allow-Events names the package conference.")) \
X(CONFERENCE_RATE, "conference-rate", 4575, "3.9", TELLS, \
  N_("No subscriber should be told of a conference more often than once in 5 s. News that come sooner wait, and the NOTIFY then has the state of that moment.")) \
X(CONFERENCE_FOCUS, "conference-focus", 4579, "4.2", TELLS, \
  N_("The Contact of a focus has isfocus: by that the other side knows that the dialog belongs to a conference, and that the Contact is its URI.")) \
X(CONFERENCE_DOCUMENT, "conference-document", 4575, "5.2", TELLS, \
  N_("A document of a conference says by entity whose it is, by version which it is of its subscription's, and by state whether it has all, what has changed, or the end; its elements have the keys that tell them apart.")) \
X(CONFERENCE_OVER, "conference-over", 4575, "4.6", MUST, \
  N_("A document with state=deleted says that the conference is no more; a subscription that still stands is ended."))
/* clang-format on */

#endif
