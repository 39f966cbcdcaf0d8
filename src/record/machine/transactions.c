/*
 * The machines of one question and its answer: the four of transactions (RFC
 * 3261 17), offer and answer (RFC 3264), names (DNS), bindings of a NAT,
 * questions to a STUN server.
 */
#include "machine/tables.h"
#include "machine/times.h"

/*
 * The four transaction machines: RFC 3261 17, figures 5 to 8, with
 * figures 5 and 7 as RFC 6026 redraws them, and the timers of RFC 3261's
 * Table 4. An edge's event is what the machine is told: "request", "ACK"
 * and classes of responses arrive; with "sent" behind them its user sends
 * them; a timer fires; the transport fails; its user gives it up.
 */

/* clang-format off */
static const struct machine_state ict_states[] = {
	{ STATE_CALLING, false, N_("The INVITE is out; nothing has come back yet.") },
	{ STATE_PROCEEDING, false, N_("A provisional response came: somebody works on it.") },
	{ STATE_COMPLETED, false, N_("A final error came and was acknowledged; its copies are acknowledged again.") },
	{ STATE_ACCEPTED, false, N_("A 2xx came; its copies, and those of other branches, still pass up.") },
	{ STATE_TERMINATED, true, N_("The transaction is gone.") },
};

static const struct machine_edge ict_edges[] = {
	STEP(NONE, REQUEST_SENT, CALLING, ICT_SEND, N_("The INVITE is sent; Timer A (unreliable transport) and Timer B start.")),
	STEP(CALLING, TIMER_A, CALLING, ICT_TIMER_A, N_("The INVITE is sent again and Timer A doubles.")),
	STEP(CALLING, TIMER_B, TERMINATED, ICT_TIMER_B, N_("Nobody answered in time; the transaction user hears of a timeout.")),
	STEP(CALLING, TRANSPORT_ERROR, TERMINATED, CLIENT_TRANSPORT, N_("The request could not be sent; the transaction user hears of it.")),
	STEP(CALLING, 1XX, PROCEEDING, ICT_1XX, N_("The provisional response passes up; the INVITE is not repeated any more.")),
	STEP(CALLING, 2XX, ACCEPTED, ICT_2XX, N_("The 2xx passes up and Timer M starts; the ACK is the transaction user's business.")),
	STEP(CALLING, 300_699, COMPLETED, ICT_FINAL, N_("The response passes up, the transaction itself sends the ACK, and Timer D starts.")),
	STEP(PROCEEDING, 1XX, PROCEEDING, ICT_1XX, N_("One more provisional response passes up.")),
	STEP(PROCEEDING, 2XX, ACCEPTED, ICT_2XX, N_("The 2xx passes up and Timer M starts; the ACK is the transaction user's business.")),
	STEP(PROCEEDING, 300_699, COMPLETED, ICT_FINAL, N_("The response passes up, the transaction itself sends the ACK, and Timer D starts.")),
	STEP_IN(PROCEEDING, GIVEN_UP, TERMINATED, NONE, 3261, "9.1", N_("Cancelled, or its call over, and still no final response: the transaction user waits no longer.")),
	STEP(COMPLETED, 300_699, COMPLETED, ICT_FINAL, N_("A copy of the response: the ACK is sent again, nothing passes up.")),
	STEP(COMPLETED, TIMER_D, TERMINATED, ICT_TIMER_D, N_("No more copies can come.")),
	STEP_IN(COMPLETED, TRANSPORT_ERROR, TERMINATED, CLIENT_TRANSPORT, 3261, "17.1.1.2", N_("The ACK could not be sent; the transaction user hears of it.")),
	STEP(ACCEPTED, 2XX, ACCEPTED, ICT_ACCEPTED, N_("A copy, or another branch's 2xx, passes up.")),
	STEP(ACCEPTED, TIMER_M, TERMINATED, ICT_TIMER_M, N_("No more 2xx can come.")),
};

static const struct machine_timer ict_timers[] = {
	{ "A", EVENT_TIMER_A, SIP_T1_MS, SIP_64T1_MS, MACHINE_NEVER, "T1, 2*T1, 4*T1, …", STATE_CALLING, STATE_NONE, N_("repeats the INVITE over an unreliable transport") },
	{ "B", EVENT_TIMER_B, SIP_64T1_MS, 0, MACHINE_SAME, "64*T1", STATE_CALLING, STATE_NONE, N_("gives up when no response comes") },
	{ "D", EVENT_TIMER_D, SIP_D_MS, 0, MACHINE_ZERO, "32 s; TCP 0", STATE_COMPLETED, STATE_NONE, N_("waits for copies of the final response") },
	{ "M", EVENT_TIMER_M, SIP_64T1_MS, 0, MACHINE_SAME, "64*T1", STATE_ACCEPTED, STATE_NONE, N_("waits for copies of the 2xx and for other branches") },
};

const struct machine machine_ict = {
	.name = "ICT", .title = N_("INVITE client transaction"),
	.rfc = 3261, .section = "17.1.1", .start = STATE_NONE,
	.grid = {
		{ STATE_CALLING },
		{ STATE_PROCEEDING, STATE_ACCEPTED },
		{ STATE_COMPLETED, STATE_TERMINATED },
	},
	MACHINE_TABLES(ict),
};

static const struct machine_state nict_states[] = {
	{ STATE_TRYING, false, N_("The request is out; nothing has come back yet.") },
	{ STATE_PROCEEDING, false, N_("A provisional response came; the request is still repeated, less often.") },
	{ STATE_COMPLETED, false, N_("The final response came; its copies are absorbed.") },
	{ STATE_TERMINATED, true, N_("The transaction is gone.") },
};

static const struct machine_edge nict_edges[] = {
	STEP(NONE, REQUEST_SENT, TRYING, NICT_SEND, N_("The request is sent; Timer E (unreliable transport) and Timer F start.")),
	STEP(TRYING, TIMER_E, TRYING, NICT_TIMER_E, N_("The request is sent again; Timer E doubles up to T2.")),
	STEP(TRYING, TIMER_F, TERMINATED, NICT_TIMER_F, N_("Nobody answered in time; the transaction user hears of a timeout.")),
	STEP(TRYING, TRANSPORT_ERROR, TERMINATED, CLIENT_TRANSPORT, N_("The request could not be sent; the transaction user hears of it.")),
	STEP(TRYING, 1XX, PROCEEDING, NICT_1XX, N_("The provisional response passes up.")),
	STEP(TRYING, 200_699, COMPLETED, NICT_FINAL, N_("The final response passes up and Timer K starts.")),
	STEP(PROCEEDING, TIMER_E, PROCEEDING, NICT_TIMER_E, N_("The request is sent again; Timer E is T2 now.")),
	STEP(PROCEEDING, TIMER_F, TERMINATED, NICT_TIMER_F, N_("No final response in time; the transaction user hears of a timeout.")),
	STEP(PROCEEDING, TRANSPORT_ERROR, TERMINATED, CLIENT_TRANSPORT, N_("The request could not be sent again; the transaction user hears of it.")),
	STEP(PROCEEDING, 1XX, PROCEEDING, NICT_1XX, N_("One more provisional response passes up.")),
	STEP(PROCEEDING, 200_699, COMPLETED, NICT_FINAL, N_("The final response passes up and Timer K starts.")),
	STEP(COMPLETED, 200_699, COMPLETED, NICT_FINAL, N_("A copy of the response is absorbed.")),
	STEP(COMPLETED, TIMER_K, TERMINATED, NICT_TIMER_K, N_("No more copies can come.")),
};

static const struct machine_timer nict_timers[] = {
	{ "E", EVENT_TIMER_E, SIP_T1_MS, SIP_T2_MS, MACHINE_NEVER, "T1, 2*T1, … T2", STATE_TRYING, STATE_PROCEEDING, N_("repeats the request over an unreliable transport") },
	{ "F", EVENT_TIMER_F, SIP_64T1_MS, 0, MACHINE_SAME, "64*T1", STATE_TRYING, STATE_PROCEEDING, N_("gives up when no final response comes") },
	{ "K", EVENT_TIMER_K, SIP_T4_MS, 0, MACHINE_ZERO, "T4; TCP 0", STATE_COMPLETED, STATE_NONE, N_("waits for copies of the final response") },
};

const struct machine machine_nict = {
	.name = "NICT", .title = N_("non-INVITE client transaction"),
	.rfc = 3261, .section = "17.1.2", .start = STATE_NONE,
	.grid = {
		{ STATE_TRYING },
		{ STATE_PROCEEDING },
		{ STATE_COMPLETED, STATE_TERMINATED },
	},
	MACHINE_TABLES(nict),
};

static const struct machine_state ist_states[] = {
	{ STATE_PROCEEDING, false, N_("An INVITE came; the final response is being found.") },
	{ STATE_COMPLETED, false, N_("A final error was sent and is repeated until the ACK comes.") },
	{ STATE_CONFIRMED, false, N_("The ACK came; copies of it are absorbed.") },
	{ STATE_ACCEPTED, false, N_("A 2xx was sent; copies of the INVITE are absorbed, ACKs pass up.") },
	{ STATE_TERMINATED, true, N_("The transaction is gone.") },
};

static const struct machine_edge ist_edges[] = {
	STEP(NONE, REQUEST, PROCEEDING, IST_REQUEST, N_("The INVITE passes up; a 100 goes out unless an answer follows within 200 ms.")),
	STEP(PROCEEDING, REQUEST, PROCEEDING, IST_REQUEST, N_("A copy of the INVITE: the latest provisional response is sent again.")),
	STEP(PROCEEDING, 1XX_SENT, PROCEEDING, IST_1XX, N_("The provisional response is sent.")),
	STEP(PROCEEDING, 2XX_SENT, ACCEPTED, IST_2XX, N_("The 2xx is sent and Timer L starts; repeating it is the transaction user's business.")),
	STEP(PROCEEDING, 300_699_SENT, COMPLETED, IST_FINAL, N_("The response is sent; Timer G (unreliable transport) and Timer H start.")),
	STEP_IN(PROCEEDING, TRANSPORT_ERROR, PROCEEDING, SERVER_TRANSPORT, 6026, "7.1", N_("The response could not be sent; the transaction stays, to absorb copies of the INVITE.")),
	STEP(COMPLETED, REQUEST, COMPLETED, IST_REQUEST, N_("A copy of the INVITE: the response is sent again.")),
	STEP(COMPLETED, TIMER_G, COMPLETED, IST_TIMER_G, N_("The response is sent again; Timer G doubles up to T2.")),
	STEP(COMPLETED, ACK, CONFIRMED, IST_ACK, N_("The ACK arrived: the response is not repeated any more, and Timer I starts.")),
	STEP(COMPLETED, TIMER_H, TERMINATED, IST_TIMER_H, N_("The ACK never came; the transaction user hears of it.")),
	STEP_IN(COMPLETED, TRANSPORT_ERROR, COMPLETED, SERVER_TRANSPORT, 6026, "7.1", N_("The response could not be sent; the transaction stays.")),
	STEP(CONFIRMED, ACK, CONFIRMED, IST_ACK, N_("A copy of the ACK is absorbed.")),
	STEP(CONFIRMED, TIMER_I, TERMINATED, IST_TIMER_I, N_("No more copies of the ACK can come.")),
	STEP(ACCEPTED, REQUEST, ACCEPTED, IST_ACCEPTED, N_("A copy of the INVITE is absorbed.")),
	STEP(ACCEPTED, 2XX_SENT, ACCEPTED, IST_ACCEPTED, N_("The transaction user repeats its 2xx.")),
	STEP(ACCEPTED, ACK, ACCEPTED, IST_ACCEPTED, N_("The ACK passes up.")),
	STEP_IN(ACCEPTED, TRANSPORT_ERROR, ACCEPTED, SERVER_TRANSPORT, 6026, "7.1", N_("The 2xx could not be sent; the transaction stays.")),
	STEP(ACCEPTED, TIMER_L, TERMINATED, IST_TIMER_L, N_("No more copies of the INVITE can come.")),
};

static const struct machine_timer ist_timers[] = {
	{ "G", EVENT_TIMER_G, SIP_T1_MS, SIP_T2_MS, MACHINE_NEVER, "T1, 2*T1, … T2", STATE_COMPLETED, STATE_NONE, N_("repeats the final error over an unreliable transport") },
	{ "H", EVENT_TIMER_H, SIP_64T1_MS, 0, MACHINE_SAME, "64*T1", STATE_COMPLETED, STATE_NONE, N_("gives up when no ACK comes") },
	{ "I", EVENT_TIMER_I, SIP_T4_MS, 0, MACHINE_ZERO, "T4; TCP 0", STATE_CONFIRMED, STATE_NONE, N_("waits for copies of the ACK") },
	{ "L", EVENT_TIMER_L, SIP_64T1_MS, 0, MACHINE_SAME, "64*T1", STATE_ACCEPTED, STATE_NONE, N_("waits for copies of the accepted INVITE") },
};

const struct machine machine_ist = {
	.name = "IST", .title = N_("INVITE server transaction"),
	.rfc = 3261, .section = "17.2.1", .start = STATE_NONE,
	.grid = {
		{ STATE_PROCEEDING },
		{ STATE_COMPLETED, STATE_ACCEPTED },
		{ STATE_CONFIRMED, STATE_TERMINATED },
	},
	MACHINE_TABLES(ist),
};

static const struct machine_state nist_states[] = {
	{ STATE_TRYING, false, N_("A request came; nothing was answered yet.") },
	{ STATE_PROCEEDING, false, N_("A provisional response was sent.") },
	{ STATE_COMPLETED, false, N_("The final response was sent; copies of the request get it again.") },
	{ STATE_TERMINATED, true, N_("The transaction is gone.") },
};

static const struct machine_edge nist_edges[] = {
	STEP(NONE, REQUEST, TRYING, NIST_REQUEST, N_("The request passes up.")),
	STEP(TRYING, REQUEST, TRYING, NIST_REQUEST, N_("A copy of the request is absorbed: there is nothing to repeat yet.")),
	STEP(TRYING, 1XX_SENT, PROCEEDING, NIST_1XX, N_("The provisional response is sent.")),
	STEP(TRYING, 200_699_SENT, COMPLETED, NIST_FINAL, N_("The final response is sent and Timer J starts.")),
	STEP_IN(TRYING, GIVEN_UP, TERMINATED, NONE, 4320, "4.2", N_("The proxy has nothing to say but 408, for which it is too late: nothing is sent.")),
	STEP(PROCEEDING, REQUEST, PROCEEDING, NIST_REQUEST, N_("A copy of the request: the latest provisional response is sent again.")),
	STEP(PROCEEDING, 1XX_SENT, PROCEEDING, NIST_1XX, N_("One more provisional response is sent.")),
	STEP(PROCEEDING, 200_699_SENT, COMPLETED, NIST_FINAL, N_("The final response is sent and Timer J starts.")),
	STEP_IN(PROCEEDING, TRANSPORT_ERROR, TERMINATED, SERVER_TRANSPORT, 3261, "17.2.2", N_("The response could not be sent; the transaction user hears of it.")),
	STEP_IN(PROCEEDING, GIVEN_UP, TERMINATED, NONE, 4320, "4.2", N_("The proxy has nothing to say but 408, for which it is too late: nothing is sent.")),
	STEP(COMPLETED, REQUEST, COMPLETED, NIST_REQUEST, N_("A copy of the request: the final response is sent again.")),
	STEP(COMPLETED, TIMER_J, TERMINATED, NIST_TIMER_J, N_("No more copies of the request can come.")),
	STEP_IN(COMPLETED, TRANSPORT_ERROR, TERMINATED, SERVER_TRANSPORT, 3261, "17.2.2", N_("The response could not be sent; the transaction user hears of it.")),
};

static const struct machine_timer nist_timers[] = {
	{ "J", EVENT_TIMER_J, SIP_64T1_MS, 0, MACHINE_ZERO, "64*T1; TCP 0", STATE_COMPLETED, STATE_NONE, N_("waits for copies of the request") },
};

const struct machine machine_nist = {
	.name = "NIST", .title = N_("non-INVITE server transaction"),
	.rfc = 3261, .section = "17.2.2", .start = STATE_NONE,
	.grid = {
		{ STATE_TRYING },
		{ STATE_PROCEEDING },
		{ STATE_COMPLETED, STATE_TERMINATED },
	},
	MACHINE_TABLES(nist),
};

/*
 * Offer and answer as one side of a dialog sees them: RFC 3264 4, 8, by
 * the messages of RFC 6337 table 1. Each dialog has its own, also the
 * early ones of a fork (6337 2.2). An exchange that comes to nothing
 * leaves what was agreed before; the first one leaves nothing. "2xx" is
 * received, "2xx sent" is sent; "1xx" is one that comes reliably (RFC
 * 3262), "preview" a description in one that does not.
 */

/* clang-format off */
static const struct machine_state offers_states[] = {
	{ STATE_OFFERED, false, N_("This side's first offer is out, and has no answer yet.") },
	{ STATE_ANSWERING, false, N_("The other side's first offer is here, and has no answer yet.") },
	{ STATE_AGREED, false, N_("The last offer has its answer: media flow as both say.") },
	{ STATE_REOFFERED, false, N_("This side has offered to change what was agreed; till the answer comes that stays in force.") },
	{ STATE_REANSWERING, false, N_("The other side has offered to change what was agreed, and waits for the answer.") },
	{ STATE_OVER, true, N_("Nothing is agreed, or no longer: the offer was refused, or the dialog is over.") },
};

static const struct machine_edge offers_edges[] = {
	STEP(NONE, INVITE_SENT, OFFERED, OFFER_MAKE, N_("The INVITE has this side's offer.")),
	STEP(NONE, INVITE, ANSWERING, OFFER_MAKE, N_("The INVITE has the other side's offer.")),
	STEP(NONE, FORK, OFFERED, OFFER_FORK, N_("One more dialog of a forked INVITE: the same offer stands in it, and gets an answer of its own.")),
	STEP(NONE, 2XX, ANSWERING, OFFER_MAKE, N_("The INVITE had no offer: the 2xx has the other side's.")),
	STEP(NONE, 2XX_SENT, OFFERED, OFFER_MAKE, N_("The INVITE had no offer: the 2xx has this side's.")),
	STEP(NONE, 1XX, ANSWERING, OFFER_RELIABLE, N_("The INVITE had no offer: a reliable provisional response has the other side's.")),
	STEP(NONE, 1XX_SENT, OFFERED, OFFER_RELIABLE, N_("The INVITE had no offer: a reliable provisional response has this side's.")),
	STEP(OFFERED, 2XX, AGREED, OFFER_ANSWER, N_("The 2xx has the answer.")),
	STEP(OFFERED, ACK, AGREED, OFFER_ANSWER, N_("The ACK has the answer to what the 2xx offered.")),
	STEP(OFFERED, 1XX, AGREED, OFFER_RELIABLE, N_("A reliable provisional response has the answer.")),
	STEP(OFFERED, PRACK, AGREED, OFFER_RELIABLE, N_("The PRACK has the answer to what the provisional response offered.")),
	STEP(OFFERED, PREVIEW, OFFERED, INVITE_PREVIEW, N_("A provisional response tells what the answer will be; it is not certain to arrive, so the 2xx repeats it.")),
	STEP(OFFERED, 300_699, OVER, OFFER_REFUSED, N_("The INVITE is refused, and its offer with it.")),
	STEP(OFFERED, 300_699_SENT, OVER, OFFER_REFUSED, N_("This side refuses the INVITE after all, and takes its own offer back by that.")),
	STEP(OFFERED, TIMEOUT, OVER, INVITE_NO_ACK, N_("The answer never came.")),
	STEP(OFFERED, NO_ANSWER, OVER, OFFER_MISSING, N_("The message that should have the answer has none.")),
	STEP(OFFERED, END, OVER, DIALOG_END, N_("The dialog ends before the answer came.")),
	STEP(ANSWERING, 2XX_SENT, AGREED, OFFER_ANSWER, N_("The 2xx has this side's answer.")),
	STEP(ANSWERING, ACK_SENT, AGREED, OFFER_ANSWER, N_("The ACK has this side's answer to what the 2xx offered.")),
	STEP(ANSWERING, 1XX_SENT, AGREED, OFFER_RELIABLE, N_("A reliable provisional response has this side's answer.")),
	STEP(ANSWERING, PRACK_SENT, AGREED, OFFER_RELIABLE, N_("The PRACK has this side's answer to what the provisional response offered.")),
	STEP(ANSWERING, PREVIEW_SENT, ANSWERING, INVITE_EARLY_MEDIA, N_("A provisional response tells what the answer will be; the 2xx repeats it.")),
	STEP(ANSWERING, 300_699_SENT, OVER, OFFER_REFUSED, N_("This side refuses the INVITE, and its offer with it.")),
	STEP(ANSWERING, 300_699, OVER, OFFER_REFUSED, N_("The other side refuses the INVITE after all, and takes its own offer back by that.")),
	STEP(ANSWERING, NO_ANSWER, OVER, OFFER_MISSING, N_("The message that should have this side's answer has none.")),
	STEP(ANSWERING, END, OVER, DIALOG_END, N_("The dialog ends before the offer was answered.")),
	STEP(AGREED, INVITE_SENT, REOFFERED, OFFER_AGAIN, N_("A re-INVITE offers another session.")),
	STEP(AGREED, INVITE, REANSWERING, OFFER_AGAIN, N_("The other side's re-INVITE offers another session.")),
	STEP(AGREED, 2XX, REANSWERING, OFFER_AGAIN, N_("The re-INVITE had no offer: the 2xx to it has the other side's.")),
	STEP(AGREED, 2XX_SENT, REOFFERED, OFFER_AGAIN, N_("The re-INVITE had no offer: the 2xx to it has this side's.")),
	STEP(AGREED, 1XX, REANSWERING, OFFER_RELIABLE, N_("The re-INVITE had no offer: a reliable provisional response has the other side's.")),
	STEP(AGREED, 1XX_SENT, REOFFERED, OFFER_RELIABLE, N_("The re-INVITE had no offer: a reliable provisional response has this side's.")),
	STEP(AGREED, PRACK, REANSWERING, OFFER_RELIABLE, N_("The PRACK of an answer brings another offer.")),
	STEP(AGREED, PRACK_SENT, REOFFERED, OFFER_RELIABLE, N_("The PRACK of an answer has another offer of this side's.")),
	STEP(AGREED, UPDATE, REANSWERING, UPDATE_RECV, N_("The other side's UPDATE offers another session.")),
	STEP(AGREED, UPDATE_SENT, REOFFERED, UPDATE_SEND, N_("An UPDATE offers another session.")),
	STEP(AGREED, END, OVER, DIALOG_END, N_("The dialog ends, and what was agreed with it.")),
	STEP(REOFFERED, 2XX, AGREED, OFFER_ANSWER, N_("The 2xx has the answer: the session is changed.")),
	STEP(REOFFERED, ACK, AGREED, OFFER_ANSWER, N_("The ACK has the answer to what the 2xx offered: the session is changed.")),
	STEP(REOFFERED, 1XX, AGREED, OFFER_RELIABLE, N_("A reliable provisional response has the answer: the session is changed.")),
	STEP(REOFFERED, PRACK, AGREED, OFFER_RELIABLE, N_("The PRACK has the answer: the session is changed.")),
	STEP(REOFFERED, 300_699, AGREED, REINVITE_REFUSED, N_("The change is refused: what was agreed stays.")),
	STEP(REOFFERED, 300_699_SENT, AGREED, REINVITE_REJECT, N_("This side refuses the re-INVITE after all: what was agreed stays.")),
	STEP(REOFFERED, TIMEOUT, AGREED, REINVITE_LOST, N_("The answer never came: what was agreed stays, if the dialog does.")),
	STEP(REOFFERED, NO_ANSWER, AGREED, OFFER_MISSING, N_("The message that should have the answer has none: what was agreed stays.")),
	STEP(REOFFERED, PREVIEW, REOFFERED, INVITE_PREVIEW, N_("A provisional response tells what the answer will be; the 2xx repeats it.")),
	STEP(REOFFERED, END, OVER, DIALOG_END, N_("The dialog ends, and what was agreed with it.")),
	STEP(REANSWERING, 2XX_SENT, AGREED, OFFER_ANSWER, N_("The 2xx has this side's answer: the session is changed.")),
	STEP(REANSWERING, ACK_SENT, AGREED, OFFER_ANSWER, N_("The ACK has this side's answer: the session is changed.")),
	STEP(REANSWERING, 1XX_SENT, AGREED, OFFER_RELIABLE, N_("A reliable provisional response has this side's answer: the session is changed.")),
	STEP(REANSWERING, PRACK_SENT, AGREED, OFFER_RELIABLE, N_("The PRACK has this side's answer: the session is changed.")),
	STEP(REANSWERING, 300_699_SENT, AGREED, REINVITE_REJECT, N_("This side refuses the change: what was agreed stays.")),
	STEP(REANSWERING, 300_699, AGREED, REINVITE_REFUSED, N_("The other side refuses the re-INVITE after all: what was agreed stays.")),
	STEP(REANSWERING, NO_ANSWER, AGREED, OFFER_MISSING, N_("The message that should have this side's answer has none: what was agreed stays.")),
	STEP(REANSWERING, PREVIEW_SENT, REANSWERING, INVITE_EARLY_MEDIA, N_("A provisional response tells what the answer will be; the 2xx repeats it.")),
	STEP(REANSWERING, END, OVER, DIALOG_END, N_("The dialog ends, and what was agreed with it.")),
};

const struct machine machine_offers = {
	.name = "offer-answer", .title = N_("offer/answer"),
	.heading = N_("Offers and answers"),
	.again = true,
	.rfc = 6337, .section = "2.2", .start = STATE_NONE,
	MACHINE_STATES(offers),
};

/*
 * The machine of a name that a host has asked the DNS for: the question, until
 * it is answered or given up, and the cached answer for its time to live (RFC
 * 1034 5.3.3, RFC 1035 7).
 */

/* clang-format off */
static const struct machine_state name_states[] = {
	{ STATE_ASKING, false, N_("The question is out, by UDP.") },
	{ STATE_ASKING_TCP, false, N_("The answer was too long for UDP: the question is out again, by TCP.") },
	{ STATE_KNOWN, false, N_("The answer is kept, and not asked for again, as long as its TTL says.") },
	{ STATE_ABSENT, false, N_("That there is no such name, or nothing of that type, is kept as long as the zone's SOA says.") },
	{ STATE_UNANSWERED, true, N_("No server has answered, or none of them could.") },
	{ STATE_EXPIRED, true, N_("What was kept has run out: whoever wants it asks again.") },
};

static const struct machine_edge name_edges[] = {
	STEP(NONE, QUESTION, ASKING, DNS_ASK, N_("Somebody wants what is not known here.")),
	STEP(NONE, ADDITIONAL, KNOWN, DNS_ADDITIONAL, N_("It came beside another answer.")),
	STEP(NONE, NO_DATA, ABSENT, DNS_DENIED, N_("The name, or one above it, is known not to be there.")),
	STEP(ASKING, TIMER_RETRY, ASKING, DNS_RETRY, N_("Nobody has answered in time: the question goes out again, to the next server where there is one.")),
	STEP(ASKING, REFERRAL, ASKING, DNS_REFERRAL, N_("The server names others, who know more: they are asked.")),
	STEP(ASKING, NEXT_SERVER, ASKING, DNS_NEXT_SERVER, N_("The server could not answer: the next one is asked.")),
	STEP(ASKING, TRUNCATED, ASKING_TCP, DNS_TRUNCATED, N_("The answer is cut off: the question goes to the same server, by TCP.")),
	STEP(ASKING, ANSWER, KNOWN, DNS_CACHE, N_("The answer is kept for its TTL.")),
	STEP(ASKING, NO_DATA, ABSENT, DNS_NEGATIVE, N_("That there is nothing is kept, too.")),
	STEP(ASKING, GIVEN_UP, UNANSWERED, DNS_GIVE_UP, N_("All servers were asked often enough.")),
	STEP(ASKING_TCP, TIMER_RETRY, ASKING, DNS_RETRY, N_("Nothing has come over the connection in time.")),
	STEP(ASKING_TCP, REFERRAL, ASKING, DNS_REFERRAL, N_("The server names others, who know more: they are asked.")),
	STEP(ASKING_TCP, NEXT_SERVER, ASKING, DNS_NEXT_SERVER, N_("The server could not answer, or has closed the connection: the next one is asked.")),
	STEP(ASKING_TCP, ANSWER, KNOWN, DNS_CACHE, N_("The answer is kept for its TTL.")),
	STEP(ASKING_TCP, NO_DATA, ABSENT, DNS_NEGATIVE, N_("That there is nothing is kept, too.")),
	STEP(ASKING_TCP, GIVEN_UP, UNANSWERED, DNS_GIVE_UP, N_("All servers were asked often enough.")),
	STEP(KNOWN, TIMER_TTL, EXPIRED, DNS_EXPIRED, N_("Its TTL is over.")),
	STEP(ABSENT, TIMER_TTL, EXPIRED, DNS_EXPIRED, N_("That there was nothing is no longer sure.")),
};

static const struct machine_timer name_timers[] = {
	{ "retry", EVENT_TIMER_RETRY, TIME_DNS_RETRY_MS, 4 * TIME_DNS_RETRY_MS, MACHINE_SAME, N_("2 s, 4 s, 8 s"), STATE_ASKING, STATE_ASKING_TCP, N_("asks again, or another server, when no answer comes") },
	{ "TTL", EVENT_TIMER_TTL, 0, 0, MACHINE_SAME, N_("the least TTL of the answer's records"), STATE_KNOWN, STATE_ABSENT, N_("forgets what is kept") },
};

const struct machine machine_name = {
	.name = "name", .title = N_("DNS name"),
	.heading = N_("Names in the DNS"), .again = true,
	.rfc = 1034, .section = "5.3.3", .start = STATE_NONE,
	MACHINE_TABLES(name),
};

/*
 * The machine of a NAT's binding: RFC 4787 4.3 for UDP, where it is there
 * or not, and RFC 5382 5 for TCP, where it lives as long as the
 * connection's state asks.
 */

/* clang-format off */
static const struct machine_state nat_binding_states[] = {
	{ STATE_OPEN, false, N_("Datagrams pass; whoever is inside must send again before the time is over.") },
	{ STATE_OPENING, false, N_("A connection goes out, and nothing has come back yet.") },
	{ STATE_ESTABLISHED, false, N_("A connection lives; it may be silent for a long time.") },
	{ STATE_CLOSING, false, N_("Both sides have closed the connection, or one has broken it off.") },
	{ STATE_OVER, true, N_("The outer port is nobody's any more.") },
};

static const struct machine_edge nat_binding_edges[] = {
	STEP(NONE, DATAGRAM_OUT, OPEN, NAT_MAPPING, N_("The first datagram from inside gets an outer port.")),
	STEP(NONE, SEGMENT_OUT, OPENING, NAT_MAPPING, N_("The first segment from inside gets an outer port.")),
	STEP(OPENING, SEGMENT_IN, ESTABLISHED, NAT_TCP_TIMER, N_("The other side has answered.")),
	STEP(OPENING, FIN_OR_RST, CLOSING, NAT_TCP_TIMER, N_("The connection is refused, or given up.")),
	STEP(ESTABLISHED, FIN_OR_RST, CLOSING, NAT_TCP_TIMER, N_("Both FINs have passed, or a RST.")),
	STEP(CLOSING, SEGMENT_OUT, OPENING, NAT_TCP_TIMER, N_("A new connection from the same port.")),
	STEP(OPEN, TIMER_UDP, OVER, NAT_TIMER, N_("Nothing has refreshed it: what comes from outside is lost from now on.")),
	STEP(OPENING, TIMER_TRANSITORY, OVER, NAT_TCP_TIMER, N_("Nobody has answered.")),
	STEP(CLOSING, TIMER_TRANSITORY, OVER, NAT_TCP_TIMER, N_("Nothing of the connection is under way any more.")),
	STEP(ESTABLISHED, TIMER_ESTABLISHED, OVER, NAT_TCP_TIMER, N_("The connection has been silent for too long: neither end knows that it is cut.")),
	STEP_IN(OPEN, FORGOTTEN, OVER, NONE, 4787, "4.3", N_("The NAT has lost its table.")),
	STEP_IN(OPENING, FORGOTTEN, OVER, NONE, 5382, "5", N_("The NAT has lost its table.")),
	STEP_IN(ESTABLISHED, FORGOTTEN, OVER, NONE, 5382, "5", N_("The NAT has lost its table.")),
	STEP_IN(CLOSING, FORGOTTEN, OVER, NONE, 5382, "5", N_("The NAT has lost its table.")),
};

static const struct machine_timer nat_binding_timers[] = {
	{ "udp", EVENT_TIMER_UDP, 0, 0, MACHINE_SAME, N_("as configured"), STATE_OPEN, STATE_NONE, N_("ends a binding through which nothing was sent; at least 2 minutes, 5 are recommended") },
	{ "transitory", EVENT_TIMER_TRANSITORY, 0, 0, MACHINE_SAME, N_("as configured"), STATE_OPENING, STATE_CLOSING, N_("ends the binding of a connection that opens or closes; at least 4 minutes") },
	{ "established", EVENT_TIMER_ESTABLISHED, 0, 0, MACHINE_SAME, N_("as configured"), STATE_ESTABLISHED, STATE_NONE, N_("ends the binding of a connection that is silent; at least 2 hours 4 minutes") },
};

const struct machine machine_nat_binding = {
	.name = "nat-binding", .title = N_("binding of a NAT"),
	.heading = N_("Bindings of the NAT"),
	.rfc = 4787, .section = "4.3", .start = STATE_NONE,
	MACHINE_TABLES(nat_binding),
};

/*
 * The machine of a question to a STUN server over UDP (RFC 8489 6.2.1):
 * nothing but repetition makes it reliable.
 */

/* clang-format off */
static const struct machine_state stun_states[] = {
	{ STATE_TRYING, false, N_("The request is out, and repeated.") },
	{ STATE_COMPLETED, true, N_("An answer has come.") },
	{ STATE_FAILED, true, N_("None has come, or the server has refused.") },
};

static const struct machine_edge stun_edges[] = {
	STEP(NONE, REQUEST_SENT, TRYING, STUN_ASK, N_("A request with a transaction id of its own goes out.")),
	STEP(TRYING, TIMER_RTO, TRYING, STUN_AGAIN, N_("No answer yet: the same bytes once more.")),
	STEP(TRYING, ANSWERED, COMPLETED, STUN_LEARN, N_("The answer says from where the request has come to the server.")),
	STEP(TRYING, REJECTED, FAILED, STUN_REFUSED, N_("The server has answered with an error.")),
	STEP(TRYING, TIMER_RM, FAILED, STUN_SILENT, N_("No answer to the last of them either.")),
};

static const struct machine_timer stun_timers[] = {
	{ "RTO", EVENT_TIMER_RTO, TIME_STUN_RTO_MS, TIME_STUN_RTO_MS << (TIME_STUN_RC - 2), MACHINE_NEVER, "500 ms, 1 s, 2 s, …", STATE_TRYING, STATE_NONE, N_("sends the request again: as a rule seven times in all") },
	{ "Rm", EVENT_TIMER_RM, TIME_STUN_RM * TIME_STUN_RTO_MS, 0, MACHINE_SAME, "16*RTO", STATE_TRYING, STATE_NONE, N_("ends the wait for an answer to the last request") },
};

const struct machine machine_stun = {
	.name = "stun", .title = N_("STUN transaction"),
	.heading = N_("Questions to STUN servers"),
	.rfc = 8489, .section = "6.2.1", .start = STATE_NONE,
	MACHINE_TABLES(stun),
};
