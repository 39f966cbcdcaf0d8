/*
 * The four transaction machines: RFC 3261 17, figures 5 to 8, with figures 5
 * and 7 as RFC 6026 redraws them, and the timers of RFC 3261's Table 4.
 *
 * An edge's event is what the machine is told: "request", "ACK" and classes of
 * responses arrive; with "sent" behind them its user sends them; a timer fires;
 * the transport fails; its user gives it up.
 */
#include "machine/tables.h"
#include "machine/times.h"

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
/* clang-format on */
