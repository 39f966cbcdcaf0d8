/*
 * The machines of one question and its answer: the four of transactions (RFC
 * 3261 17), offer and answer (RFC 3264), names (DNS), bindings of a NAT,
 * questions to a STUN server.
 */
#include "machine/tables.h"
#include "msg/constants.h"

/* STEP, and what the step does. */
#define DOES(from, event, to, rule, does, text)                                \
	{                                                                      \
		STATE_##from, EVENT_##event, STATE_##to, RULE_##rule, 0, NULL, \
		    text, does                                                 \
	}

/*
 * The four transaction machines: RFC 3261 17, figures 5 to 8, with figures 5
 * and 7 as RFC 6026 redraws them, and the timers of RFC 3261's Table 4. An
 * edge's event is what the machine is told: "request", "ACK" and classes of
 * responses arrive; with "sent" after them its user sends them; a timer fires;
 * the transport fails; its user gives it up.
 */
/* clang-format off */
static const struct machine_state ict_states[] = {
	{ STATE_CALLING, false, N_("The INVITE was sent; no response has come yet.") },
	{ STATE_PROCEEDING, false, N_("A provisional response came: the request is being handled.") },
	{ STATE_COMPLETED, false, N_("A final response other than 2xx came and was acknowledged; its retransmissions are acknowledged again.") },
	{ STATE_ACCEPTED, false, N_("A 2xx came; its retransmissions, and the 2xx of other branches, are still passed to the transaction user.") },
	{ STATE_TERMINATED, true, N_("The transaction does not exist any more.") },
};

static const struct machine_edge ict_edges[] = {
	DOES(NONE, REQUEST_SENT, CALLING, ICT_SEND, MACHINE_SENDS_REQUEST, N_("The INVITE is sent; Timer A (unreliable transport) and Timer B start.")),
	DOES(CALLING, TIMER_A, CALLING, ICT_TIMER_A, MACHINE_SENDS_REQUEST, N_("Timer A doubles, and the INVITE is retransmitted.")),
	DOES(CALLING, TIMER_B, TERMINATED, ICT_TIMER_B, MACHINE_GIVES_UP, N_("No response came in time; the transaction user is informed of a timeout.")),
	STEP(CALLING, TRANSPORT_ERROR, TERMINATED, CLIENT_TRANSPORT, N_("The request could not be sent; the transaction user is informed.")),
	DOES(CALLING, 1XX, PROCEEDING, ICT_1XX, MACHINE_TELLS, N_("The provisional response is passed to the transaction user; the INVITE is no longer retransmitted.")),
	DOES(CALLING, 2XX, ACCEPTED, ICT_2XX, MACHINE_TELLS, N_("The 2xx is passed to the transaction user, and Timer M starts; the transaction user sends the ACK.")),
	DOES(CALLING, 300_699, COMPLETED, ICT_FINAL, MACHINE_SENDS_ACK | MACHINE_TELLS, N_("The response is passed to the transaction user, the transaction itself sends the ACK, and Timer D starts.")),
	DOES(PROCEEDING, 1XX, PROCEEDING, ICT_1XX, MACHINE_TELLS, N_("One more provisional response is passed to the transaction user.")),
	DOES(PROCEEDING, 2XX, ACCEPTED, ICT_2XX, MACHINE_TELLS, N_("The 2xx is passed to the transaction user, and Timer M starts; the transaction user sends the ACK.")),
	DOES(PROCEEDING, 300_699, COMPLETED, ICT_FINAL, MACHINE_SENDS_ACK | MACHINE_TELLS, N_("The response is passed to the transaction user, the transaction itself sends the ACK, and Timer D starts.")),
	STEP_IN(PROCEEDING, GIVEN_UP, TERMINATED, NONE, 3261, "9.1", N_("The request is cancelled, or its call is over, and there is no final response: the transaction user no longer waits.")),
	DOES(COMPLETED, 300_699, COMPLETED, ICT_FINAL, MACHINE_SENDS_ACK, N_("A retransmission of the response: the ACK is sent once more, and the transaction user is not informed.")),
	STEP(COMPLETED, TIMER_D, TERMINATED, ICT_TIMER_D, N_("No more retransmissions can come.")),
	STEP_IN(COMPLETED, TRANSPORT_ERROR, TERMINATED, CLIENT_TRANSPORT, 3261, "17.1.1.2", N_("The ACK could not be sent; the transaction user is informed.")),
	DOES(ACCEPTED, 2XX, ACCEPTED, ICT_ACCEPTED, MACHINE_TELLS, N_("A retransmission, or the 2xx of another branch, is passed to the transaction user.")),
	STEP(ACCEPTED, TIMER_M, TERMINATED, ICT_TIMER_M, N_("No more 2xx can come.")),
};

static const struct machine_timer ict_timers[] = {
	{ "A", EVENT_TIMER_A, SIP_T1_MS, SIP_64T1_MS, MACHINE_NEVER, "T1, 2*T1, 4*T1, …", STATE_CALLING, STATE_NONE, N_("retransmits the INVITE over an unreliable transport") },
	{ "B", EVENT_TIMER_B, SIP_64T1_MS, 0, MACHINE_SAME, "64*T1", STATE_CALLING, STATE_NONE, N_("gives up when no response comes") },
	{ "D", EVENT_TIMER_D, SIP_D_MS, 0, MACHINE_ZERO, "32 s; TCP 0", STATE_COMPLETED, STATE_NONE, N_("waits for retransmissions of the final response") },
	{ "M", EVENT_TIMER_M, SIP_64T1_MS, 0, MACHINE_SAME, "64*T1", STATE_ACCEPTED, STATE_NONE, N_("waits for retransmissions of the 2xx and for other branches") },
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
	{ STATE_TRYING, false, N_("The request was sent; no response has come yet.") },
	{ STATE_PROCEEDING, false, N_("A provisional response came; the request is still retransmitted, but less often.") },
	{ STATE_COMPLETED, false, N_("The final response came; its retransmissions are absorbed.") },
	{ STATE_TERMINATED, true, N_("The transaction does not exist any more.") },
};

static const struct machine_edge nict_edges[] = {
	DOES(NONE, REQUEST_SENT, TRYING, NICT_SEND, MACHINE_SENDS_REQUEST, N_("The request is sent; Timer E (unreliable transport) and Timer F start.")),
	DOES(TRYING, TIMER_E, TRYING, NICT_TIMER_E, MACHINE_SENDS_REQUEST, N_("The request is retransmitted; Timer E doubles up to T2.")),
	DOES(TRYING, TIMER_F, TERMINATED, NICT_TIMER_F, MACHINE_GIVES_UP, N_("No response came in time; the transaction user is informed of a timeout.")),
	STEP(TRYING, TRANSPORT_ERROR, TERMINATED, CLIENT_TRANSPORT, N_("The request could not be sent; the transaction user is informed.")),
	DOES(TRYING, 1XX, PROCEEDING, NICT_1XX, MACHINE_TELLS, N_("The provisional response is passed to the transaction user.")),
	DOES(TRYING, 200_699, COMPLETED, NICT_FINAL, MACHINE_TELLS, N_("The final response is passed to the transaction user, and Timer K starts.")),
	DOES(PROCEEDING, TIMER_E, PROCEEDING, NICT_TIMER_E, MACHINE_SENDS_REQUEST, N_("The request is retransmitted; Timer E is T2 now.")),
	DOES(PROCEEDING, TIMER_F, TERMINATED, NICT_TIMER_F, MACHINE_GIVES_UP, N_("No final response came in time; the transaction user is informed of a timeout.")),
	STEP(PROCEEDING, TRANSPORT_ERROR, TERMINATED, CLIENT_TRANSPORT, N_("The request could not be retransmitted; the transaction user is informed.")),
	DOES(PROCEEDING, 1XX, PROCEEDING, NICT_1XX, MACHINE_TELLS, N_("One more provisional response is passed to the transaction user.")),
	DOES(PROCEEDING, 200_699, COMPLETED, NICT_FINAL, MACHINE_TELLS, N_("The final response is passed to the transaction user, and Timer K starts.")),
	STEP(COMPLETED, 200_699, COMPLETED, NICT_FINAL, N_("A retransmission of the response is absorbed.")),
	STEP(COMPLETED, TIMER_K, TERMINATED, NICT_TIMER_K, N_("No more retransmissions can come.")),
};

static const struct machine_timer nict_timers[] = {
	{ "E", EVENT_TIMER_E, SIP_T1_MS, SIP_T2_MS, MACHINE_NEVER, "T1, 2*T1, … T2", STATE_TRYING, STATE_PROCEEDING, N_("retransmits the request over an unreliable transport") },
	{ "F", EVENT_TIMER_F, SIP_64T1_MS, 0, MACHINE_SAME, "64*T1", STATE_TRYING, STATE_PROCEEDING, N_("gives up when no final response comes") },
	{ "K", EVENT_TIMER_K, SIP_T4_MS, 0, MACHINE_ZERO, "T4; TCP 0", STATE_COMPLETED, STATE_NONE, N_("waits for retransmissions of the final response") },
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
	{ STATE_PROCEEDING, false, N_("An INVITE came; there is no final response yet.") },
	{ STATE_COMPLETED, false, N_("A final response other than 2xx was sent, and is retransmitted until the ACK comes.") },
	{ STATE_CONFIRMED, false, N_("The ACK came; its retransmissions are absorbed.") },
	{ STATE_ACCEPTED, false, N_("A 2xx was sent; retransmissions of the INVITE are absorbed, and ACKs are passed to the transaction user.") },
	{ STATE_TERMINATED, true, N_("The transaction does not exist any more.") },
};

static const struct machine_edge ist_edges[] = {
	STEP(NONE, REQUEST, PROCEEDING, IST_REQUEST, N_("The INVITE is passed to the transaction user; a 100 is sent unless a response follows within 200 ms.")),
	DOES(PROCEEDING, REQUEST, PROCEEDING, IST_REQUEST, MACHINE_SENDS_RESPONSE, N_("A retransmission of the INVITE: the latest provisional response is retransmitted.")),
	DOES(PROCEEDING, 1XX_SENT, PROCEEDING, IST_1XX, MACHINE_SENDS_RESPONSE, N_("The provisional response is sent.")),
	DOES(PROCEEDING, 2XX_SENT, ACCEPTED, IST_2XX, MACHINE_SENDS_RESPONSE, N_("The 2xx is sent and Timer L starts; the transaction user retransmits the 2xx.")),
	DOES(PROCEEDING, 300_699_SENT, COMPLETED, IST_FINAL, MACHINE_SENDS_RESPONSE, N_("The response is sent; Timer G (unreliable transport) and Timer H start.")),
	STEP_IN(PROCEEDING, TRANSPORT_ERROR, PROCEEDING, SERVER_TRANSPORT, 6026, "7.1", N_("The response could not be sent; the transaction stays, to absorb retransmissions of the INVITE.")),
	DOES(COMPLETED, REQUEST, COMPLETED, IST_REQUEST, MACHINE_SENDS_RESPONSE, N_("A retransmission of the INVITE: the response is retransmitted.")),
	DOES(COMPLETED, TIMER_G, COMPLETED, IST_TIMER_G, MACHINE_SENDS_RESPONSE, N_("The response is retransmitted; Timer G doubles up to T2.")),
	STEP(COMPLETED, ACK, CONFIRMED, IST_ACK, N_("The ACK arrived: the response is no longer retransmitted, and Timer I starts.")),
	DOES(COMPLETED, TIMER_H, TERMINATED, IST_TIMER_H, MACHINE_GIVES_UP, N_("The ACK never came; the transaction user is informed.")),
	STEP_IN(COMPLETED, TRANSPORT_ERROR, COMPLETED, SERVER_TRANSPORT, 6026, "7.1", N_("The response could not be sent; the transaction stays.")),
	STEP(CONFIRMED, ACK, CONFIRMED, IST_ACK, N_("A retransmission of the ACK is absorbed.")),
	STEP(CONFIRMED, TIMER_I, TERMINATED, IST_TIMER_I, N_("No more retransmissions of the ACK can come.")),
	STEP(ACCEPTED, REQUEST, ACCEPTED, IST_ACCEPTED, N_("A retransmission of the INVITE is absorbed.")),
	DOES(ACCEPTED, 2XX_SENT, ACCEPTED, IST_ACCEPTED, MACHINE_SENDS_RESPONSE, N_("The transaction user retransmits its 2xx.")),
	DOES(ACCEPTED, ACK, ACCEPTED, IST_ACCEPTED, MACHINE_TELLS, N_("The ACK is passed to the transaction user.")),
	STEP_IN(ACCEPTED, TRANSPORT_ERROR, ACCEPTED, SERVER_TRANSPORT, 6026, "7.1", N_("The 2xx could not be sent; the transaction stays.")),
	STEP(ACCEPTED, TIMER_L, TERMINATED, IST_TIMER_L, N_("No more retransmissions of the INVITE can come.")),
};

static const struct machine_timer ist_timers[] = {
	{ "G", EVENT_TIMER_G, SIP_T1_MS, SIP_T2_MS, MACHINE_NEVER, "T1, 2*T1, … T2", STATE_COMPLETED, STATE_NONE, N_("retransmits the final response over an unreliable transport") },
	{ "H", EVENT_TIMER_H, SIP_64T1_MS, 0, MACHINE_SAME, "64*T1", STATE_COMPLETED, STATE_NONE, N_("gives up when no ACK comes") },
	{ "I", EVENT_TIMER_I, SIP_T4_MS, 0, MACHINE_ZERO, "T4; TCP 0", STATE_CONFIRMED, STATE_NONE, N_("waits for retransmissions of the ACK") },
	{ "L", EVENT_TIMER_L, SIP_64T1_MS, 0, MACHINE_SAME, "64*T1", STATE_ACCEPTED, STATE_NONE, N_("waits for retransmissions of the accepted INVITE") },
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
	{ STATE_TRYING, false, N_("A request came; no response was sent yet.") },
	{ STATE_PROCEEDING, false, N_("A provisional response was sent.") },
	{ STATE_COMPLETED, false, N_("The final response was sent; it answers retransmissions of the request.") },
	{ STATE_TERMINATED, true, N_("The transaction does not exist any more.") },
};

static const struct machine_edge nist_edges[] = {
	STEP(NONE, REQUEST, TRYING, NIST_REQUEST, N_("The request is passed to the transaction user.")),
	STEP(TRYING, REQUEST, TRYING, NIST_REQUEST, N_("A retransmission of the request is absorbed: there is no response yet.")),
	DOES(TRYING, 1XX_SENT, PROCEEDING, NIST_1XX, MACHINE_SENDS_RESPONSE, N_("The provisional response is sent.")),
	DOES(TRYING, 200_699_SENT, COMPLETED, NIST_FINAL, MACHINE_SENDS_RESPONSE, N_("The final response is sent and Timer J starts.")),
	STEP_IN(TRYING, GIVEN_UP, TERMINATED, NONE, 4320, "4.2", N_("The proxy could only send a 408, and it is too late for that: nothing is sent.")),
	DOES(PROCEEDING, REQUEST, PROCEEDING, NIST_REQUEST, MACHINE_SENDS_RESPONSE, N_("A retransmission of the request: the latest provisional response is retransmitted.")),
	DOES(PROCEEDING, 1XX_SENT, PROCEEDING, NIST_1XX, MACHINE_SENDS_RESPONSE, N_("One more provisional response is sent.")),
	DOES(PROCEEDING, 200_699_SENT, COMPLETED, NIST_FINAL, MACHINE_SENDS_RESPONSE, N_("The final response is sent and Timer J starts.")),
	STEP_IN(PROCEEDING, TRANSPORT_ERROR, TERMINATED, SERVER_TRANSPORT, 3261, "17.2.2", N_("The response could not be sent; the transaction user is informed.")),
	STEP_IN(PROCEEDING, GIVEN_UP, TERMINATED, NONE, 4320, "4.2", N_("The proxy could only send a 408, and it is too late for that: nothing is sent.")),
	DOES(COMPLETED, REQUEST, COMPLETED, NIST_REQUEST, MACHINE_SENDS_RESPONSE, N_("A retransmission of the request: the final response is retransmitted.")),
	STEP(COMPLETED, TIMER_J, TERMINATED, NIST_TIMER_J, N_("No more retransmissions of the request can come.")),
	STEP_IN(COMPLETED, TRANSPORT_ERROR, TERMINATED, SERVER_TRANSPORT, 3261, "17.2.2", N_("The response could not be sent; the transaction user is informed.")),
};

static const struct machine_timer nist_timers[] = {
	{ "J", EVENT_TIMER_J, SIP_64T1_MS, 0, MACHINE_ZERO, "64*T1; TCP 0", STATE_COMPLETED, STATE_NONE, N_("waits for retransmissions of the request") },
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
	{ STATE_OFFERED, false, N_("This side's first offer was sent, and has no answer yet.") },
	{ STATE_ANSWERING, false, N_("The peer's first offer has arrived, and has no answer yet.") },
	{ STATE_AGREED, false, N_("The last offer has its answer: media flow as both sides have agreed.") },
	{ STATE_REOFFERED, false, N_("This side has offered a change; until the answer comes, the agreed session continues.") },
	{ STATE_REANSWERING, false, N_("The peer has offered a change, and waits for the answer.") },
	{ STATE_OVER, true, N_("Nothing is agreed, or nothing any more: the offer was rejected, or the dialog is over.") },
};

static const struct machine_edge offers_edges[] = {
	STEP(NONE, INVITE_SENT, OFFERED, OFFER_MAKE, N_("The INVITE contains this side's offer.")),
	STEP(NONE, INVITE, ANSWERING, OFFER_MAKE, N_("The INVITE contains the peer's offer.")),
	STEP(NONE, FORK, OFFERED, OFFER_FORK, N_("One more dialog of a forked INVITE: it has the same offer, and gets an answer of its own.")),
	STEP(NONE, 2XX, ANSWERING, OFFER_MAKE, N_("The INVITE had no offer: the 2xx contains the peer's.")),
	STEP(NONE, 2XX_SENT, OFFERED, OFFER_MAKE, N_("The INVITE had no offer: the 2xx contains this side's.")),
	STEP(NONE, 1XX, ANSWERING, OFFER_RELIABLE, N_("The INVITE had no offer: a reliable provisional response contains the peer's.")),
	STEP(NONE, 1XX_SENT, OFFERED, OFFER_RELIABLE, N_("The INVITE had no offer: a reliable provisional response contains this side's.")),
	STEP(OFFERED, 2XX, AGREED, OFFER_ANSWER, N_("The 2xx contains the answer.")),
	STEP(OFFERED, ACK, AGREED, OFFER_ANSWER, N_("The ACK contains the answer to the offer in the 2xx.")),
	STEP(OFFERED, 1XX, AGREED, OFFER_RELIABLE, N_("A reliable provisional response contains the answer.")),
	STEP(OFFERED, PRACK, AGREED, OFFER_RELIABLE, N_("The PRACK contains the answer to the offer in the provisional response.")),
	STEP(OFFERED, PREVIEW, OFFERED, INVITE_PREVIEW, N_("A provisional response shows what the answer will be. It may get lost, so the 2xx contains it once more.")),
	STEP(OFFERED, 300_699, OVER, OFFER_REFUSED, N_("The INVITE is rejected, and its offer as well.")),
	STEP(OFFERED, 300_699_SENT, OVER, OFFER_REFUSED, N_("This side rejects the INVITE after all, and so withdraws its own offer.")),
	STEP(OFFERED, TIMEOUT, OVER, INVITE_NO_ACK, N_("The answer never came.")),
	STEP(OFFERED, NO_ANSWER, OVER, OFFER_MISSING, N_("The message that should contain the answer does not.")),
	STEP(OFFERED, END, OVER, DIALOG_END, N_("The dialog ends before the answer came.")),
	STEP(ANSWERING, 2XX_SENT, AGREED, OFFER_ANSWER, N_("The 2xx contains this side's answer.")),
	STEP(ANSWERING, ACK_SENT, AGREED, OFFER_ANSWER, N_("The ACK contains this side's answer to the offer in the 2xx.")),
	STEP(ANSWERING, 1XX_SENT, AGREED, OFFER_RELIABLE, N_("A reliable provisional response contains this side's answer.")),
	STEP(ANSWERING, PRACK_SENT, AGREED, OFFER_RELIABLE, N_("The PRACK contains this side's answer to the offer in the provisional response.")),
	STEP(ANSWERING, PREVIEW_SENT, ANSWERING, INVITE_EARLY_MEDIA, N_("A provisional response shows what the answer will be; the 2xx contains it once more.")),
	STEP(ANSWERING, 300_699_SENT, OVER, OFFER_REFUSED, N_("This side rejects the INVITE, and its offer as well.")),
	STEP(ANSWERING, 300_699, OVER, OFFER_REFUSED, N_("The peer rejects the INVITE after all, and so withdraws its own offer.")),
	STEP(ANSWERING, NO_ANSWER, OVER, OFFER_MISSING, N_("The message that should contain this side's answer does not.")),
	STEP(ANSWERING, END, OVER, DIALOG_END, N_("The dialog ends before the offer was answered.")),
	STEP(AGREED, INVITE_SENT, REOFFERED, OFFER_AGAIN, N_("A re-INVITE offers another session.")),
	STEP(AGREED, INVITE, REANSWERING, OFFER_AGAIN, N_("The peer's re-INVITE offers another session.")),
	STEP(AGREED, 2XX, REANSWERING, OFFER_AGAIN, N_("The re-INVITE had no offer: the 2xx to it contains the peer's.")),
	STEP(AGREED, 2XX_SENT, REOFFERED, OFFER_AGAIN, N_("The re-INVITE had no offer: the 2xx to it contains this side's.")),
	STEP(AGREED, 1XX, REANSWERING, OFFER_RELIABLE, N_("The re-INVITE had no offer: a reliable provisional response contains the peer's.")),
	STEP(AGREED, 1XX_SENT, REOFFERED, OFFER_RELIABLE, N_("The re-INVITE had no offer: a reliable provisional response contains this side's.")),
	STEP(AGREED, PRACK, REANSWERING, OFFER_RELIABLE, N_("The PRACK of an answer contains another offer.")),
	STEP(AGREED, PRACK_SENT, REOFFERED, OFFER_RELIABLE, N_("The PRACK of an answer contains another offer of this side.")),
	STEP(AGREED, UPDATE, REANSWERING, UPDATE_RECV, N_("The peer's UPDATE offers another session.")),
	STEP(AGREED, UPDATE_SENT, REOFFERED, UPDATE_SEND, N_("An UPDATE offers another session.")),
	STEP(AGREED, END, OVER, DIALOG_END, N_("The dialog ends, and the agreed session with it.")),
	STEP(REOFFERED, 2XX, AGREED, OFFER_ANSWER, N_("The 2xx contains the answer: the session is changed.")),
	STEP(REOFFERED, ACK, AGREED, OFFER_ANSWER, N_("The ACK contains the answer to the offer in the 2xx: the session is changed.")),
	STEP(REOFFERED, 1XX, AGREED, OFFER_RELIABLE, N_("A reliable provisional response contains the answer: the session is changed.")),
	STEP(REOFFERED, PRACK, AGREED, OFFER_RELIABLE, N_("The PRACK contains the answer: the session is changed.")),
	STEP(REOFFERED, 300_699, AGREED, REINVITE_REFUSED, N_("The change is rejected: the session stays as agreed.")),
	STEP(REOFFERED, 300_699_SENT, AGREED, REINVITE_REJECT, N_("This side rejects the re-INVITE after all: the session stays as agreed.")),
	STEP(REOFFERED, TIMEOUT, AGREED, REINVITE_LOST, N_("The answer never came: the session stays as agreed, if the dialog still exists.")),
	STEP(REOFFERED, NO_ANSWER, AGREED, OFFER_MISSING, N_("The message that should contain the answer does not: the session stays as agreed.")),
	STEP(REOFFERED, PREVIEW, REOFFERED, INVITE_PREVIEW, N_("A provisional response shows what the answer will be; the 2xx contains it once more.")),
	STEP(REOFFERED, END, OVER, DIALOG_END, N_("The dialog ends, and the agreed session with it.")),
	STEP(REANSWERING, 2XX_SENT, AGREED, OFFER_ANSWER, N_("The 2xx contains this side's answer: the session is changed.")),
	STEP(REANSWERING, ACK_SENT, AGREED, OFFER_ANSWER, N_("The ACK contains this side's answer: the session is changed.")),
	STEP(REANSWERING, 1XX_SENT, AGREED, OFFER_RELIABLE, N_("A reliable provisional response contains this side's answer: the session is changed.")),
	STEP(REANSWERING, PRACK_SENT, AGREED, OFFER_RELIABLE, N_("The PRACK contains this side's answer: the session is changed.")),
	STEP(REANSWERING, 300_699_SENT, AGREED, REINVITE_REJECT, N_("This side rejects the change: the session stays as agreed.")),
	STEP(REANSWERING, 300_699, AGREED, REINVITE_REFUSED, N_("The peer rejects the re-INVITE after all: the session stays as agreed.")),
	STEP(REANSWERING, NO_ANSWER, AGREED, OFFER_MISSING, N_("The message that should contain this side's answer does not: the session stays as agreed.")),
	STEP(REANSWERING, PREVIEW_SENT, REANSWERING, INVITE_EARLY_MEDIA, N_("A provisional response shows what the answer will be; the 2xx contains it once more.")),
	STEP(REANSWERING, END, OVER, DIALOG_END, N_("The dialog ends, and the agreed session with it.")),
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
	{ STATE_ASKING, false, N_("The query was sent by UDP.") },
	{ STATE_ASKING_TCP, false, N_("The answer was too long for UDP: the query was sent once more, by TCP.") },
	{ STATE_KNOWN, false, N_("The answer is cached, and not queried again, as long as its TTL says.") },
	{ STATE_ABSENT, false, N_("The absence of the name or of this type is cached as long as the zone's SOA says.") },
	{ STATE_UNANSWERED, true, N_("No server has answered, or none of them could.") },
	{ STATE_EXPIRED, true, N_("The cached answer has expired: the next user queries again.") },
};

static const struct machine_edge name_edges[] = {
	STEP(NONE, QUESTION, ASKING, DNS_ASK, N_("Somebody needs a name that is not known here.")),
	STEP(NONE, ADDITIONAL, KNOWN, DNS_ADDITIONAL, N_("It came together with another answer.")),
	STEP(NONE, NO_DATA, ABSENT, DNS_DENIED, N_("The name, or one above it, is known not to exist.")),
	STEP(ASKING, TIMER_RETRY, ASKING, DNS_RETRY, N_("Nobody has answered in time: the query is sent once more, to the next server if there is one.")),
	STEP(ASKING, REFERRAL, ASKING, DNS_REFERRAL, N_("The server names other servers, which know more: they are asked.")),
	STEP(ASKING, NEXT_SERVER, ASKING, DNS_NEXT_SERVER, N_("The server could not answer: the next one is asked.")),
	STEP(ASKING, TRUNCATED, ASKING_TCP, DNS_TRUNCATED, N_("The answer is truncated: the query goes to the same server by TCP.")),
	STEP(ASKING, ANSWER, KNOWN, DNS_CACHE, N_("The answer is cached for its TTL.")),
	STEP(ASKING, NO_DATA, ABSENT, DNS_NEGATIVE, N_("The absence is cached as well.")),
	STEP(ASKING, GIVEN_UP, UNANSWERED, DNS_GIVE_UP, N_("All servers were asked often enough.")),
	STEP(ASKING_TCP, TIMER_RETRY, ASKING, DNS_RETRY, N_("Nothing has come over the connection in time.")),
	STEP(ASKING_TCP, REFERRAL, ASKING, DNS_REFERRAL, N_("The server names other servers, which know more: they are asked.")),
	STEP(ASKING_TCP, NEXT_SERVER, ASKING, DNS_NEXT_SERVER, N_("The server could not answer, or has closed the connection: the next one is asked.")),
	STEP(ASKING_TCP, ANSWER, KNOWN, DNS_CACHE, N_("The answer is cached for its TTL.")),
	STEP(ASKING_TCP, NO_DATA, ABSENT, DNS_NEGATIVE, N_("The absence is cached as well.")),
	STEP(ASKING_TCP, GIVEN_UP, UNANSWERED, DNS_GIVE_UP, N_("All servers were asked often enough.")),
	STEP(KNOWN, TIMER_TTL, EXPIRED, DNS_EXPIRED, N_("Its TTL is over.")),
	STEP(ABSENT, TIMER_TTL, EXPIRED, DNS_EXPIRED, N_("The absence is no longer certain.")),
};

static const struct machine_timer name_timers[] = {
	{ "retry", EVENT_TIMER_RETRY, TIME_DNS_RETRY_MS, 4 * TIME_DNS_RETRY_MS, MACHINE_SAME, N_("2 s, 4 s, 8 s"), STATE_ASKING, STATE_ASKING_TCP, N_("asks again, or asks another server, when no answer comes") },
	{ "TTL", EVENT_TIMER_TTL, 0, 0, MACHINE_SAME, N_("the least TTL of the answer's records"), STATE_KNOWN, STATE_ABSENT, N_("deletes the cached answer") },
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
	{ STATE_OPEN, false, N_("Packets are let through; the internal side must send another one before the time is over.") },
	{ STATE_OPENING, false, N_("The internal side opens a connection, and nothing has come back yet.") },
	{ STATE_ESTABLISHED, false, N_("A connection is open; it may be silent for a long time.") },
	{ STATE_CLOSING, false, N_("Both sides have closed the connection, or one has broken it.") },
	{ STATE_OVER, true, N_("The external port is free again.") },
};

static const struct machine_edge nat_binding_edges[] = {
	STEP(NONE, DATAGRAM_OUT, OPEN, NAT_MAPPING, N_("The first datagram from inside gets an external port.")),
	STEP(NONE, SEGMENT_OUT, OPENING, NAT_MAPPING, N_("The first segment from inside gets an external port.")),
	STEP(OPENING, SEGMENT_IN, ESTABLISHED, NAT_TCP_TIMER, N_("The other side has answered.")),
	STEP(OPENING, FIN_OR_RST, CLOSING, NAT_TCP_TIMER, N_("The connection is rejected, or given up.")),
	STEP(ESTABLISHED, FIN_OR_RST, CLOSING, NAT_TCP_TIMER, N_("Both FINs have passed, or a RST.")),
	STEP(CLOSING, SEGMENT_OUT, OPENING, NAT_TCP_TIMER, N_("A new connection from the same port.")),
	STEP(OPEN, TIMER_UDP, OVER, NAT_TIMER, N_("Nothing has refreshed it: packets from outside are lost from now on.")),
	STEP(OPENING, TIMER_TRANSITORY, OVER, NAT_TCP_TIMER, N_("Nobody has answered.")),
	STEP(CLOSING, TIMER_TRANSITORY, OVER, NAT_TCP_TIMER, N_("No packet of the connection is in transit any more.")),
	STEP(ESTABLISHED, TIMER_ESTABLISHED, OVER, NAT_TCP_TIMER, N_("The connection has been silent for too long: neither end knows that it is cut.")),
	STEP_IN(OPEN, FORGOTTEN, OVER, NONE, 4787, "4.3", N_("The NAT has lost its table.")),
	STEP_IN(OPENING, FORGOTTEN, OVER, NONE, 5382, "5", N_("The NAT has lost its table.")),
	STEP_IN(ESTABLISHED, FORGOTTEN, OVER, NONE, 5382, "5", N_("The NAT has lost its table.")),
	STEP_IN(CLOSING, FORGOTTEN, OVER, NONE, 5382, "5", N_("The NAT has lost its table.")),
};

static const struct machine_timer nat_binding_timers[] = {
	{ "udp", EVENT_TIMER_UDP, 0, 0, MACHINE_SAME, N_("as configured"), STATE_OPEN, STATE_NONE, N_("ends a mapping through which nothing was sent; at least 2 minutes, 5 are recommended") },
	{ "transitory", EVENT_TIMER_TRANSITORY, 0, 0, MACHINE_SAME, N_("as configured"), STATE_OPENING, STATE_CLOSING, N_("ends the mapping of a connection that opens or closes; at least 4 minutes") },
	{ "established", EVENT_TIMER_ESTABLISHED, 0, 0, MACHINE_SAME, N_("as configured"), STATE_ESTABLISHED, STATE_NONE, N_("ends the mapping of a connection that is silent; at least 2 hours 4 minutes") },
};

const struct machine machine_nat_binding = {
	.name = "nat-binding", .title = N_("mapping of a NAT"),
	.heading = N_("Mappings of the NAT"),
	.rfc = 4787, .section = "4.3", .start = STATE_NONE,
	MACHINE_TABLES(nat_binding),
};

/*
 * The machine of a question to a STUN server over UDP (RFC 8489 6.2.1):
 * nothing but repetition makes it reliable.
 */
/* clang-format off */
static const struct machine_state stun_states[] = {
	{ STATE_TRYING, false, N_("The request was sent, and is retransmitted.") },
	{ STATE_COMPLETED, true, N_("An answer has come.") },
	{ STATE_FAILED, true, N_("No answer has come, or the server has rejected the request.") },
};

static const struct machine_edge stun_edges[] = {
	STEP(NONE, REQUEST_SENT, TRYING, STUN_ASK, N_("A request with a transaction id of its own is sent.")),
	STEP(TRYING, TIMER_RTO, TRYING, STUN_AGAIN, N_("No answer yet: the request is retransmitted with the same bytes.")),
	STEP(TRYING, ANSWERED, COMPLETED, STUN_LEARN, N_("The answer contains the address from which the request came to the server.")),
	STEP(TRYING, REJECTED, FAILED, STUN_REFUSED, N_("The server has answered with an error.")),
	STEP(TRYING, TIMER_RM, FAILED, STUN_SILENT, N_("No answer to the last of them either.")),
};

static const struct machine_timer stun_timers[] = {
	{ "RTO", EVENT_TIMER_RTO, TIME_STUN_RTO_MS, TIME_STUN_RTO_MS << (TIME_STUN_RC - 2), MACHINE_NEVER, "500 ms, 1 s, 2 s, …", STATE_TRYING, STATE_NONE, N_("retransmits the request: usually seven requests in all") },
	{ "Rm", EVENT_TIMER_RM, TIME_STUN_RM * TIME_STUN_RTO_MS, 0, MACHINE_SAME, "16*RTO", STATE_TRYING, STATE_NONE, N_("ends the wait for an answer to the last request") },
};

const struct machine machine_stun = {
	.name = "stun", .title = N_("STUN transaction"),
	.heading = N_("Questions to STUN servers"),
	.rfc = 8489, .section = "6.2.1", .start = STATE_NONE,
	MACHINE_TABLES(stun),
};
