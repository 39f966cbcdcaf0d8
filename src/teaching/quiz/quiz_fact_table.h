/*
 * The questions about a message besides its sender: its contents, and its
 * effects on dialogs, subscriptions and sessions.
 *
 * F(ID, function, when, question).  BEFORE: what the message says itself, so
 * that it is asked before it is seen; AFTER: what it does, asked at its send;
 * ARRIVES: the same, of the last hop alone. A(ID, answer, rule, text, why not):
 * the rule that makes it right, where it is right, and what a reader is told
 * who chose it where it is wrong.
 *
 * In the texts {message} is the message, {sender} and {receiver} the names of
 * two nodes, {first} and {second} numbers; the function sets them.
 */
#ifndef QUIZ_QUIZ_FACT_TABLE_H
#define QUIZ_QUIZ_FACT_TABLE_H

/* clang-format off */
#define QUIZ_FACTS(F, A) \
	QUIZ_FACTS_NUMBERS(F, A) \
	QUIZ_FACTS_OFFERS(F, A) \
	QUIZ_FACTS_SUBSCRIPTIONS(F, A) \
	QUIZ_FACTS_DIALOGS(F, A) \
	QUIZ_FACTS_ENDS(F, A)

/* RFC 3261 8.1.1.7, 12.2.1.1, 13.2.2.4; RFC 3262. */
#define QUIZ_FACTS_NUMBERS(F, A) \
F(CSEQ, cseq, BEFORE, N_("Which number has the CSeq of this {message}?")) \
A(CSEQ, SAME, CANCEL_SEND, N_("{first}: that of its INVITE"), \
  N_("Only ACK and CANCEL repeat the number of their INVITE. Any other request of the dialog has the next one.")) \
A(CSEQ, ACK, INVITE_ACK, N_("{first}: that of its INVITE"), \
  N_("Only ACK and CANCEL repeat the number of their INVITE. Any other request of the dialog has the next one.")) \
A(CSEQ, NEXT, DIALOG_REQUEST, N_("{second}: the next one of its sender in this dialog"), \
  N_("ACK and CANCEL belong to an INVITE, and repeat its number: only the method is another.")) \
A(CSEQ, ONE, NONE, N_("1: each method counts by itself"), \
  N_("All requests of one side in a dialog count together, whatever their methods.")) \
F(BRANCH, branch, BEFORE, N_("Which branch has the top Via of this {message}?")) \
A(BRANCH, OLD, ICT_ACK, N_("that of the INVITE"), \
  N_("The 2xx has ended the INVITE's transaction. Its ACK is a request of its own, with a new branch.")) \
A(BRANCH, OLD_CANCEL, CANCEL_SEND, N_("that of the INVITE"), \
  N_("Only what is about the INVITE's own transaction has its branch.")) \
A(BRANCH, NEW, INVITE_ACK, N_("a new one"), \
  N_("It is about the INVITE's own transaction, hop by hop: by the branch of the INVITE the next hop knows which one is meant.")) \
A(BRANCH, NONE, NONE, N_("none: nothing is answered to it"), \
  N_("Every request has a Via with a branch, whether it is answered or not.")) \
F(RACK, rack, AFTER, N_("A PRACK will confirm this {message}. What does its RAck say?")) \
A(RACK, BOTH, PRACK_SEND, N_("{first} {second} INVITE"), NULL) \
A(RACK, OWN, NONE, N_("{first} {third} PRACK"), \
  N_("The PRACK has its own CSeq. RAck repeats that of the response that it confirms, which is the INVITE's.")) \
A(RACK, NEXT, NONE, N_("{fourth} {second} INVITE"), \
  N_("RAck confirms a response that has arrived, so it repeats its RSeq.")) \
A(RACK, TURNED, NONE, N_("{second} {first} INVITE"), \
  N_("RSeq comes first, then CSeq, as in the response.")) \
F(REPEATS, repeats, AFTER, N_("If this {message} gets lost, who sends it again without being asked?")) \
A(REPEATS, NOBODY, IST_1XX, N_("nobody"), \
  N_("It has Require: 100rel, so it must arrive: it is retransmitted until a PRACK confirms it.")) \
A(REPEATS, SENDER, RELIABLE_SEND, N_("{sender}, until a PRACK comes"), \
  N_("Only a provisional response with Require: 100rel is retransmitted. Any other may be lost.")) \
A(REPEATS, HOP, NONE, N_("each hop, until the next one has it"), \
  N_("Hops retransmit requests, not responses. The callee itself retransmits a response that must arrive end to end.")) \
A(REPEATS, ACK, NONE, N_("{sender}, until an ACK comes"), \
  N_("An ACK is for a final response to an INVITE alone. A provisional one is confirmed by a PRACK, if at all."))

/* RFC 3264, RFC 6337, RFC 3311. */
#define QUIZ_FACTS_OFFERS(F, A) \
F(CARRIES, carries, BEFORE, N_("What of offer and answer does this {message} carry?")) \
A(CARRIES, OFFER, OFFER_MAKE, N_("an offer"), \
  N_("An offer comes first, or again when everything is agreed. Here nothing new is offered.")) \
A(CARRIES, ANSWER, OFFER_ANSWER, N_("the answer"), \
  N_("An answer belongs to a pending offer of the peer. There is none.")) \
A(CARRIES, PREVIEW, INVITE_PREVIEW, N_("the answer already, though it may get lost"), \
  N_("That is true for a provisional response that is not retransmitted. The contents of this message do arrive, or it says nothing about the session.")) \
A(CARRIES, NEITHER, OFFER_AGAIN, N_("neither"), \
  N_("It has a session description, and that is always an offer or an answer.")) \
F(MAY, may, ARRIVES, N_("{receiver} gets this {message}. May it make an offer of its own then?")) \
A(MAY, YES, OFFER_AGAIN, N_("yes: nothing waits for an answer"), \
  N_("An offer still waits for its answer, and before that nobody may make another.")) \
A(MAY, REPLY, OFFER_ANSWER, N_("no: it has to answer first"), \
  N_("The peer has no pending offer.")) \
A(MAY, WAIT, OFFER_AGAIN, N_("no: its own offer waits for an answer"), \
  N_("It has no offer out that would wait for an answer.")) \
A(MAY, CALLER, NONE, N_("no: that is for the caller alone"), \
  N_("Either side may offer, whoever has called.")) \
F(REFUSED, refused, AFTER, N_("What does this {message} leave of the session?")) \
A(REFUSED, STAYS, REINVITE_REFUSED, N_("all of it, as it was agreed before"), \
  N_("This status means that the peer has lost the call, or can't be reached there: the call is over.")) \
A(REFUSED, LOST, REINVITE_LOST, N_("nothing: the call is over"), \
  N_("Only the change is rejected. The agreed session continues.")) \
A(REFUSED, NEW, NONE, N_("what was offered, until somebody objects"), \
  N_("A rejected offer never counts: there was no answer to it.")) \
A(REFUSED, HELD, NONE, N_("the call is on hold until it is offered again"), \
  N_("A rejection stops nothing: hold needs its own offer, a=sendonly, and an answer.")) \
F(INSTEAD, instead, AFTER, N_("Could {sender} have sent a re-INVITE instead of this UPDATE?")) \
A(INSTEAD, YES, DIALOG_ESTABLISHED, N_("yes: the call is answered"), \
  N_("The INVITE has no final response yet, and before that there is no second one: an UPDATE can.")) \
A(INSTEAD, EARLY, UPDATE_SEND, N_("no: the INVITE has no final response yet"), \
  N_("The call is answered and acknowledged: both may be sent. A re-INVITE is for what a person has to be asked.")) \
A(INSTEAD, CALLER, NONE, N_("no: only the caller sends a re-INVITE"), \
  N_("Either side may send a re-INVITE, and an UPDATE too.")) \
F(REFRESHER, refresher, AFTER, N_("Who sees to it from now on that this session does not expire?")) \
A(REFRESHER, UAC, SESSION_AGREED, N_("{receiver}"), \
  N_("The response names one of the two: refresher=uac is who has sent the request, uas who answers it.")) \
A(REFRESHER, UAS, SESSION_AGREED, N_("{sender}"), \
  N_("The response names one of the two: refresher=uac is who has sent the request, uas who answers it.")) \
A(REFRESHER, BOTH, NONE, N_("both, in turns"), \
  N_("Only one side refreshes; the other side ends the session by BYE if no refresh arrives.")) \
A(REFRESHER, NOBODY, NONE, N_("nobody: it lasts until a BYE"), \
  N_("Session-Expires in the 2xx means just that: without a refresh it is over after that time."))

/* RFC 6665, RFC 3515. */
#define QUIZ_FACTS_SUBSCRIPTIONS(F, A) \
F(DUE, due, AFTER, N_("What must come within 64*T1 (32 s) of this {message}, or else it has failed?")) \
A(DUE, NOTIFY, NOTIFY_SILENT, N_("a NOTIFY, beside the response"), \
  N_("A NOTIFY goes to a subscriber. This request asks for no subscription.")) \
A(DUE, FINAL, NICT_TIMER_F, N_("a final response, nothing else"), \
  N_("The 2xx says only that it was taken on: a NOTIFY has to follow, for which Timer N waits.")) \
A(DUE, ACK, NONE, N_("an ACK"), \
  N_("An ACK is sent by the sender of an INVITE, and for nothing else.")) \
A(DUE, NOTHING, NONE, N_("nothing, until something changes"), \
  N_("Every request but ACK gets a final response, or has failed.")) \
F(MAKES, makes, AFTER, N_("Does this {message} make the subscription?")) \
A(MAKES, NOTIFY, REFER_2XX, N_("no: the first NOTIFY will"), \
  N_("The first NOTIFY has already arrived, and the subscription exists since then.")) \
A(MAKES, STANDS, NOTIFY_BEGINS, N_("no: it stands since the first NOTIFY"), \
  N_("No NOTIFY has come yet, and nothing else makes the subscription.")) \
A(MAKES, YES, NONE, N_("yes: it is active from now on"), \
  N_("A 2xx says only that the request was taken on. The first NOTIFY makes the subscription.")) \
A(MAKES, ACK, NONE, N_("no: the ACK for it will"), \
  N_("An ACK belongs to an INVITE. Here a NOTIFY is waited for.")) \
F(ANSWERS, answers, AFTER, N_("What is the response to this NOTIFY?")) \
A(ANSWERS, OK, NOTIFY_RECV, N_("a 200, from who has subscribed"), \
  N_("It belongs to no subscription that is known there, so it can't be accepted.")) \
A(ANSWERS, LOST, NOTIFY_NONE, N_("a 481: it belongs to no subscription there"), \
  N_("The receiver has asked for this news, and accepts it.")) \
A(ANSWERS, NOTHING, NONE, N_("nothing: it only tells"), \
  N_("A NOTIFY is a request like others; without a response its sender would retransmit it, and then end the subscription.")) \
A(ANSWERS, ACK, NONE, N_("an ACK"), \
  N_("An ACK is not a response, and belongs only to INVITE."))

/* RFC 3261 12, RFC 3428, RFC 3891, RFC 3911. */
#define QUIZ_FACTS_DIALOGS(F, A) \
F(BEGINS, begins, AFTER, N_("Does a dialog begin with this {message}?")) \
A(BEGINS, NO, MESSAGE_SEND, N_("no: it answers, and nothing stays"), \
  N_("An INVITE asks for a dialog, and its 2xx makes one, or confirms the early one.")) \
A(BEGINS, NO_OTHER, NONE, N_("no: it answers, and nothing stays"), \
  N_("An INVITE asks for a dialog, and its 2xx makes one, or confirms the early one.")) \
A(BEGINS, YES, DIALOG_CONFIRMED, N_("yes, with its To tag"), \
  N_("A To tag alone makes no dialog: only INVITE, SUBSCRIBE and REFER ask for one, and it begins once.")) \
A(BEGINS, EARLY, DIALOG_CONFIRMED_UAC, N_("no: the one that is there is confirmed"), \
  N_("There is no early dialog to confirm: no earlier provisional response had this To tag.")) \
A(BEGINS, ACK, NONE, N_("no: the ACK will make it"), \
  N_("An ACK makes no dialog. It ends the repetition of the 2xx to an INVITE, and belongs to nothing else.")) \
F(REPLACED, replaced, AFTER, N_("This INVITE is accepted. What becomes of the call that it names?")) \
A(REPLACED, BYE, REPLACES_BYE, N_("it is ended by a BYE"), \
  N_("A BYE would end an answered call whose place is taken. That is not asked for, or that call was not answered yet.")) \
A(REPLACED, CANCEL, REPLACES_ACCEPT, N_("it is taken back by a CANCEL"), \
  N_("A CANCEL cancels a call that is not answered yet. This one was answered.")) \
A(REPLACED, MIXED, JOIN_MIX, N_("it goes on, and all hear each other"), \
  N_("That would be Join. Replaces asks for the place of the other call.")) \
A(REPLACED, SAME, NONE, N_("its dialog goes on with another phone in it"), \
  N_("A dialog has two ends for as long as it lives. The new call has a dialog of its own."))

/* RFC 5057. */
#define QUIZ_FACTS_ENDS(F, A) \
F(BYE, bye, AFTER, N_("What does this BYE end?")) \
A(BYE, ALL, DIALOG_END, N_("the session, and with it the dialog"), \
  N_("A subscription lives in the same dialog, and a BYE ends the session alone.")) \
A(BYE, SESSION, USAGE_BYE, N_("the session; a subscription keeps the dialog"), \
  N_("Nothing else than the session uses this dialog, or does any more: with it the dialog ends.")) \
A(BYE, CALLS, NONE, N_("all calls between these two phones"), \
  N_("A BYE is about one dialog: Call-ID and both tags.")) \
A(BYE, NOTHING, NONE, N_("nothing before the servers agree"), \
  N_("The sender of a BYE considers the session over at once, and asks no server.")) \
F(ENDS, ends, AFTER, N_("What does this {message} end?")) \
A(ENDS, TRANSACTION, NONE, N_("only the request that it answers"), \
  N_("This status says more: the peer does not know the usage any more, or can't be reached there at all.")) \
A(ENDS, USAGE, USAGE_LOST, N_("its usage; others in the dialog go on"), \
  N_("That is true for statuses such as 408 and 481, which mean that the peer knows nothing of this session or subscription.")) \
A(ENDS, DIALOG, USAGE_DIALOG_LOST, N_("the dialog, and all that shares it"), \
  N_("That goes for statuses such as 404 and 410, which say that nobody is at that Contact any more."))
/* clang-format on */

#endif
