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
F(CSEQ, cseq, BEFORE, N_("Which number does the CSeq of this {message} contain?")) \
A(CSEQ, SAME, CANCEL_SEND, N_("{first}: that of its INVITE"), \
  N_("Only ACK and CANCEL have the number of their INVITE. Any other request of the dialog has the next number.")) \
A(CSEQ, ACK, INVITE_ACK, N_("{first}: that of its INVITE"), \
  N_("Only ACK and CANCEL have the number of their INVITE. Any other request of the dialog has the next number.")) \
A(CSEQ, NEXT, DIALOG_REQUEST, N_("{second}: the next number of its sender in this dialog"), \
  N_("ACK and CANCEL belong to an INVITE and have its number: only the method differs.")) \
A(CSEQ, ONE, NONE, N_("1: each method counts separately"), \
  N_("All requests of one side in a dialog are counted together, whatever their methods.")) \
F(BRANCH, branch, BEFORE, N_("Which branch does the top Via of this {message} contain?")) \
A(BRANCH, OLD, ICT_ACK, N_("that of the INVITE"), \
  N_("The 2xx has ended the INVITE's transaction. Its ACK is a separate request, with a new branch.")) \
A(BRANCH, OLD_CANCEL, CANCEL_SEND, N_("that of the INVITE"), \
  N_("Only messages about the INVITE's own transaction have its branch.")) \
A(BRANCH, NEW, INVITE_ACK, N_("a new one"), \
  N_("This message is about the INVITE's own transaction, hop by hop: the branch tells the next hop which INVITE is meant.")) \
A(BRANCH, NONE, NONE, N_("none: it gets no response"), \
  N_("Every request has a Via with a branch, whether or not it gets a response.")) \
F(RACK, rack, AFTER, N_("A PRACK will confirm this {message}. What does its RAck contain?")) \
A(RACK, BOTH, PRACK_SEND, N_("{first} {second} INVITE"), NULL) \
A(RACK, OWN, NONE, N_("{first} {third} PRACK"), \
  N_("The PRACK has its own CSeq. RAck contains the CSeq of the response that it confirms, which is the INVITE's.")) \
A(RACK, NEXT, NONE, N_("{fourth} {second} INVITE"), \
  N_("RAck confirms a response that has arrived, so it contains the RSeq of that response.")) \
A(RACK, TURNED, NONE, N_("{second} {first} INVITE"), \
  N_("RSeq comes first, then CSeq, as in the response.")) \
F(REPEATS, repeats, AFTER, N_("If this {message} gets lost, who retransmits it without being asked?")) \
A(REPEATS, NOBODY, IST_1XX, N_("nobody"), \
  N_("It has Require: 100rel, so it is retransmitted until a PRACK confirms it.")) \
A(REPEATS, SENDER, RELIABLE_SEND, N_("{sender}, until a PRACK comes"), \
  N_("Only a provisional response with Require: 100rel is retransmitted. Any other may be lost.")) \
A(REPEATS, HOP, NONE, N_("each hop, until the next hop has it"), \
  N_("Hops retransmit requests, not responses. The callee itself retransmits a response that must arrive end to end.")) \
A(REPEATS, ACK, NONE, N_("{sender}, until an ACK comes"), \
  N_("An ACK is only for a final response to an INVITE. A provisional response is confirmed by a PRACK, if at all."))

/* RFC 3264, RFC 6337, RFC 3311. */
#define QUIZ_FACTS_OFFERS(F, A) \
F(CARRIES, carries, BEFORE, N_("Which part of offer and answer does this {message} carry?")) \
A(CARRIES, OFFER, OFFER_MAKE, N_("an offer"), \
  N_("An offer comes first, or again when everything is agreed. Here nothing new is offered.")) \
A(CARRIES, ANSWER, OFFER_ANSWER, N_("the answer"), \
  N_("An answer belongs to a pending offer of the peer. There is none.")) \
A(CARRIES, PREVIEW, INVITE_PREVIEW, N_("the answer already, although it may get lost"), \
  N_("That is true for a provisional response that is not retransmitted. This message does arrive, or it says nothing about the session.")) \
A(CARRIES, NEITHER, OFFER_AGAIN, N_("neither"), \
  N_("It has a session description, and that is always an offer or an answer.")) \
F(MAY, may, ARRIVES, N_("{receiver} gets this {message}. May it then make its own offer?")) \
A(MAY, YES, OFFER_AGAIN, N_("yes: no offer waits for an answer"), \
  N_("An offer still waits for its answer. Until then nobody may make another offer.")) \
A(MAY, REPLY, OFFER_ANSWER, N_("no: it has to answer first"), \
  N_("The peer has no pending offer.")) \
A(MAY, WAIT, OFFER_AGAIN, N_("no: its own offer waits for an answer"), \
  N_("None of its own offers waits for an answer.")) \
A(MAY, CALLER, NONE, N_("no: only the caller may"), \
  N_("Either side may make an offer, no matter who has called.")) \
F(REFUSED, refused, AFTER, N_("What remains of the session after this {message}?")) \
A(REFUSED, STAYS, REINVITE_REFUSED, N_("all of it, as it was agreed before"), \
  N_("This status means that the peer has lost the call, or can't be reached: the call is over.")) \
A(REFUSED, LOST, REINVITE_LOST, N_("nothing: the call is over"), \
  N_("Only the change is rejected. The agreed session continues.")) \
A(REFUSED, NEW, NONE, N_("the offered session, until somebody objects"), \
  N_("A rejected offer never takes effect: there was no answer to it.")) \
A(REFUSED, HELD, NONE, N_("the call is on hold until it is offered again"), \
  N_("A rejection does not put a call on hold: hold needs its own offer, a=sendonly, and an answer.")) \
F(INSTEAD, instead, AFTER, N_("Could {sender} have sent a re-INVITE instead of this UPDATE?")) \
A(INSTEAD, YES, DIALOG_ESTABLISHED, N_("yes: the call is answered"), \
  N_("The INVITE has no final response yet. Until then no second INVITE is possible, but an UPDATE is.")) \
A(INSTEAD, EARLY, UPDATE_SEND, N_("no: the INVITE has no final response yet"), \
  N_("The call is answered and acknowledged: both may be sent. A re-INVITE is for a change that a person has to accept.")) \
A(INSTEAD, CALLER, NONE, N_("no: only the caller sends a re-INVITE"), \
  N_("Either side may send a re-INVITE or an UPDATE.")) \
F(REFRESHER, refresher, AFTER, N_("Who refreshes this session from now on, so that it does not expire?")) \
A(REFRESHER, UAC, SESSION_AGREED, N_("{receiver}"), \
  N_("The response names one of the two: refresher=uac is the sender of the request, uas the one that answers it.")) \
A(REFRESHER, UAS, SESSION_AGREED, N_("{sender}"), \
  N_("The response names one of the two: refresher=uac is the sender of the request, uas the one that answers it.")) \
A(REFRESHER, BOTH, NONE, N_("both, in turns"), \
  N_("Only one side refreshes; the other side ends the session by BYE if no refresh arrives.")) \
A(REFRESHER, NOBODY, NONE, N_("nobody: it lasts until a BYE"), \
  N_("Session-Expires in the 2xx says the opposite: without a refresh the session is over after that time."))

/* RFC 6665, RFC 3515. */
#define QUIZ_FACTS_SUBSCRIPTIONS(F, A) \
F(DUE, due, AFTER, N_("What must arrive within 64*T1 (32 s), because otherwise this {message} has failed?")) \
A(DUE, NOTIFY, NOTIFY_SILENT, N_("a NOTIFY, in addition to the response"), \
  N_("A NOTIFY goes to a subscriber. This request asks for no subscription.")) \
A(DUE, FINAL, NICT_TIMER_F, N_("only a final response"), \
  N_("The 2xx says only that the request was accepted. A NOTIFY must follow, and Timer N waits for it.")) \
A(DUE, ACK, NONE, N_("an ACK"), \
  N_("Only the sender of an INVITE sends an ACK, and only for that INVITE.")) \
A(DUE, NOTHING, NONE, N_("nothing, until something changes"), \
  N_("Every request except ACK gets a final response, or has failed.")) \
F(MAKES, makes, AFTER, N_("Does this {message} create the subscription?")) \
A(MAKES, NOTIFY, REFER_2XX, N_("no: the first NOTIFY will"), \
  N_("The first NOTIFY has already arrived, and the subscription exists since then.")) \
A(MAKES, STANDS, NOTIFY_BEGINS, N_("no: it exists since the first NOTIFY"), \
  N_("No NOTIFY has come yet, and nothing else creates the subscription.")) \
A(MAKES, YES, NONE, N_("yes: it is active from now on"), \
  N_("A 2xx says only that the request was accepted. The first NOTIFY creates the subscription.")) \
A(MAKES, ACK, NONE, N_("no: the ACK for it will"), \
  N_("An ACK belongs to an INVITE. Here the subscriber waits for a NOTIFY.")) \
F(ANSWERS, answers, AFTER, N_("What is the response to this NOTIFY?")) \
A(ANSWERS, OK, NOTIFY_RECV, N_("a 200, from the subscriber"), \
  N_("It belongs to no subscription that is known there, so it can't be accepted.")) \
A(ANSWERS, LOST, NOTIFY_NONE, N_("a 481: it belongs to no subscription there"), \
  N_("The receiver has subscribed to this state, and accepts the NOTIFY.")) \
A(ANSWERS, NOTHING, NONE, N_("none: it only informs"), \
  N_("A NOTIFY is a request like others. Without a response its sender would retransmit it, and then end the subscription.")) \
A(ANSWERS, ACK, NONE, N_("an ACK"), \
  N_("An ACK is not a response, and belongs only to INVITE."))

/* RFC 3261 12, RFC 3428, RFC 3891, RFC 3911. */
#define QUIZ_FACTS_DIALOGS(F, A) \
F(BEGINS, begins, AFTER, N_("Does a dialog begin with this {message}?")) \
A(BEGINS, NO, MESSAGE_SEND, N_("no: it answers, and creates nothing"), \
  N_("An INVITE asks for a dialog. Its 2xx creates one, or confirms the early dialog.")) \
A(BEGINS, NO_OTHER, NONE, N_("no: it answers, and creates nothing"), \
  N_("An INVITE asks for a dialog. Its 2xx creates one, or confirms the early dialog.")) \
A(BEGINS, YES, DIALOG_CONFIRMED, N_("yes, with its To tag"), \
  N_("A To tag alone creates no dialog: only INVITE, SUBSCRIBE and REFER ask for one, and it begins once.")) \
A(BEGINS, EARLY, DIALOG_CONFIRMED_UAC, N_("no: it confirms the existing dialog"), \
  N_("There is no early dialog to confirm: no earlier provisional response had this To tag.")) \
A(BEGINS, ACK, NONE, N_("no: the ACK will create it"), \
  N_("An ACK creates no dialog. It ends the retransmissions of the 2xx to an INVITE, and belongs to nothing else.")) \
F(REPLACED, replaced, AFTER, N_("This INVITE is accepted. What happens to the call that it names?")) \
A(REPLACED, BYE, REPLACES_BYE, N_("it is ended by a BYE"), \
  N_("A BYE would end an answered call that is replaced. This INVITE does not ask for that, or that call was not answered yet.")) \
A(REPLACED, CANCEL, REPLACES_ACCEPT, N_("it is ended by a CANCEL"), \
  N_("A CANCEL cancels a call that is not answered yet. This one was answered.")) \
A(REPLACED, MIXED, JOIN_MIX, N_("it continues, and all hear each other"), \
  N_("That would be Join. Replaces asks to replace the other call.")) \
A(REPLACED, SAME, NONE, N_("its dialog continues with another phone"), \
  N_("A dialog has the same two ends as long as it exists. The new call has a dialog of its own."))

/* RFC 5057. */
#define QUIZ_FACTS_ENDS(F, A) \
F(BYE, bye, AFTER, N_("What does this BYE end?")) \
A(BYE, ALL, DIALOG_END, N_("the session, and with it the dialog"), \
  N_("A subscription uses the same dialog, and a BYE ends only the session.")) \
A(BYE, SESSION, USAGE_BYE, N_("the session; a subscription keeps the dialog"), \
  N_("Only the session uses this dialog now, so the dialog ends with it.")) \
A(BYE, CALLS, NONE, N_("all calls between these two phones"), \
  N_("A BYE is about one dialog: Call-ID and both tags.")) \
A(BYE, NOTHING, NONE, N_("nothing before the servers agree"), \
  N_("The sender of a BYE considers the session over at once, and asks no server.")) \
F(ENDS, ends, AFTER, N_("What does this {message} end?")) \
A(ENDS, TRANSACTION, NONE, N_("only the request that it answers"), \
  N_("This status says more: the peer no longer knows the usage, or can't be reached there at all.")) \
A(ENDS, USAGE, USAGE_LOST, N_("its usage; others in the dialog continue"), \
  N_("That is true for statuses such as 408 and 481, which mean that the peer does not know this session or subscription.")) \
A(ENDS, DIALOG, USAGE_DIALOG_LOST, N_("the dialog, and all its usages"), \
  N_("That is true for statuses such as 404 and 410, which say that nobody is at that Contact any more."))
/* clang-format on */

#endif
