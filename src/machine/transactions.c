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
	{ "calling", false, N_("The INVITE is out; nothing has come back yet.") },
	{ "proceeding", false, N_("A provisional response came: somebody works on it.") },
	{ "completed", false, N_("A final error came and was acknowledged; its copies are acknowledged again.") },
	{ "accepted", false, N_("A 2xx came; its copies, and those of other branches, still pass up.") },
	{ "terminated", true, N_("The transaction is gone.") },
};

static const struct machine_edge ict_edges[] = {
	STEP("none", N_("request sent"), "calling", ICT_SEND, N_("The INVITE is sent; Timer A (unreliable transport) and Timer B start.")),
	STEP("calling", N_("Timer A"), "calling", ICT_TIMER_A, N_("The INVITE is sent again and Timer A doubles.")),
	STEP("calling", N_("Timer B"), "terminated", ICT_TIMER_B, N_("Nobody answered in time; the transaction user hears of a timeout.")),
	STEP("calling", N_("transport error"), "terminated", CLIENT_TRANSPORT, N_("The request could not be sent; the transaction user hears of it.")),
	STEP("calling", "1xx", "proceeding", ICT_1XX, N_("The provisional response passes up; the INVITE is not repeated any more.")),
	STEP("calling", "2xx", "accepted", ICT_2XX, N_("The 2xx passes up and Timer M starts; the ACK is the transaction user's business.")),
	STEP("calling", "300-699", "completed", ICT_FINAL, N_("The response passes up, the transaction itself sends the ACK, and Timer D starts.")),
	STEP("proceeding", "1xx", "proceeding", ICT_1XX, N_("One more provisional response passes up.")),
	STEP("proceeding", "2xx", "accepted", ICT_2XX, N_("The 2xx passes up and Timer M starts; the ACK is the transaction user's business.")),
	STEP("proceeding", "300-699", "completed", ICT_FINAL, N_("The response passes up, the transaction itself sends the ACK, and Timer D starts.")),
	STEP_IN("proceeding", N_("given up"), "terminated", NONE, 3261, "9.1", N_("Cancelled, or its call over, and still no final response: the transaction user waits no longer.")),
	STEP("completed", "300-699", "completed", ICT_FINAL, N_("A copy of the response: the ACK is sent again, nothing passes up.")),
	STEP("completed", N_("Timer D"), "terminated", ICT_TIMER_D, N_("No more copies can come.")),
	STEP_IN("completed", N_("transport error"), "terminated", CLIENT_TRANSPORT, 3261, "17.1.1.2", N_("The ACK could not be sent; the transaction user hears of it.")),
	STEP("accepted", "2xx", "accepted", ICT_ACCEPTED, N_("A copy, or another branch's 2xx, passes up.")),
	STEP("accepted", N_("Timer M"), "terminated", ICT_TIMER_M, N_("No more 2xx can come.")),
};

static const struct machine_timer ict_timers[] = {
	{ "A", SIP_T1_MS, SIP_64T1_MS, MACHINE_NEVER, "T1, 2*T1, 4*T1, …", "calling", NULL, N_("repeats the INVITE over an unreliable transport") },
	{ "B", SIP_64T1_MS, 0, MACHINE_SAME, "64*T1", "calling", NULL, N_("gives up when no response comes") },
	{ "D", SIP_D_MS, 0, MACHINE_ZERO, "32 s; TCP 0", "completed", NULL, N_("waits for copies of the final response") },
	{ "M", SIP_64T1_MS, 0, MACHINE_SAME, "64*T1", "accepted", NULL, N_("waits for copies of the 2xx and for other branches") },
};

const struct machine machine_ict = {
	.name = "ICT", .title = N_("INVITE client transaction"),
	.rfc = 3261, .section = "17.1.1", .start = "none",
	MACHINE_TABLES(ict),
};

static const struct machine_state nict_states[] = {
	{ "trying", false, N_("The request is out; nothing has come back yet.") },
	{ "proceeding", false, N_("A provisional response came; the request is still repeated, less often.") },
	{ "completed", false, N_("The final response came; its copies are absorbed.") },
	{ "terminated", true, N_("The transaction is gone.") },
};

static const struct machine_edge nict_edges[] = {
	STEP("none", N_("request sent"), "trying", NICT_SEND, N_("The request is sent; Timer E (unreliable transport) and Timer F start.")),
	STEP("trying", N_("Timer E"), "trying", NICT_TIMER_E, N_("The request is sent again; Timer E doubles up to T2.")),
	STEP("trying", N_("Timer F"), "terminated", NICT_TIMER_F, N_("Nobody answered in time; the transaction user hears of a timeout.")),
	STEP("trying", N_("transport error"), "terminated", CLIENT_TRANSPORT, N_("The request could not be sent; the transaction user hears of it.")),
	STEP("trying", "1xx", "proceeding", NICT_1XX, N_("The provisional response passes up.")),
	STEP("trying", "200-699", "completed", NICT_FINAL, N_("The final response passes up and Timer K starts.")),
	STEP("proceeding", N_("Timer E"), "proceeding", NICT_TIMER_E, N_("The request is sent again; Timer E is T2 now.")),
	STEP("proceeding", N_("Timer F"), "terminated", NICT_TIMER_F, N_("No final response in time; the transaction user hears of a timeout.")),
	STEP("proceeding", N_("transport error"), "terminated", CLIENT_TRANSPORT, N_("The request could not be sent again; the transaction user hears of it.")),
	STEP("proceeding", "1xx", "proceeding", NICT_1XX, N_("One more provisional response passes up.")),
	STEP("proceeding", "200-699", "completed", NICT_FINAL, N_("The final response passes up and Timer K starts.")),
	STEP("completed", "200-699", "completed", NICT_FINAL, N_("A copy of the response is absorbed.")),
	STEP("completed", N_("Timer K"), "terminated", NICT_TIMER_K, N_("No more copies can come.")),
};

static const struct machine_timer nict_timers[] = {
	{ "E", SIP_T1_MS, SIP_T2_MS, MACHINE_NEVER, "T1, 2*T1, … T2", "trying", "proceeding", N_("repeats the request over an unreliable transport") },
	{ "F", SIP_64T1_MS, 0, MACHINE_SAME, "64*T1", "trying", "proceeding", N_("gives up when no final response comes") },
	{ "K", SIP_T4_MS, 0, MACHINE_ZERO, "T4; TCP 0", "completed", NULL, N_("waits for copies of the final response") },
};

const struct machine machine_nict = {
	.name = "NICT", .title = N_("non-INVITE client transaction"),
	.rfc = 3261, .section = "17.1.2", .start = "none",
	MACHINE_TABLES(nict),
};

static const struct machine_state ist_states[] = {
	{ "proceeding", false, N_("An INVITE came; the final response is being found.") },
	{ "completed", false, N_("A final error was sent and is repeated until the ACK comes.") },
	{ "confirmed", false, N_("The ACK came; copies of it are absorbed.") },
	{ "accepted", false, N_("A 2xx was sent; copies of the INVITE are absorbed, ACKs pass up.") },
	{ "terminated", true, N_("The transaction is gone.") },
};

static const struct machine_edge ist_edges[] = {
	STEP("none", N_("request"), "proceeding", IST_REQUEST, N_("The INVITE passes up; a 100 goes out unless an answer follows within 200 ms.")),
	STEP("proceeding", N_("request"), "proceeding", IST_REQUEST, N_("A copy of the INVITE: the latest provisional response is sent again.")),
	STEP("proceeding", N_("1xx sent"), "proceeding", IST_1XX, N_("The provisional response is sent.")),
	STEP("proceeding", N_("2xx sent"), "accepted", IST_2XX, N_("The 2xx is sent and Timer L starts; repeating it is the transaction user's business.")),
	STEP("proceeding", N_("300-699 sent"), "completed", IST_FINAL, N_("The response is sent; Timer G (unreliable transport) and Timer H start.")),
	STEP_IN("proceeding", N_("transport error"), "proceeding", SERVER_TRANSPORT, 6026, "7.1", N_("The response could not be sent; the transaction stays, to absorb copies of the INVITE.")),
	STEP("completed", N_("request"), "completed", IST_REQUEST, N_("A copy of the INVITE: the response is sent again.")),
	STEP("completed", N_("Timer G"), "completed", IST_TIMER_G, N_("The response is sent again; Timer G doubles up to T2.")),
	STEP("completed", "ACK", "confirmed", IST_ACK, N_("The ACK arrived: the response is not repeated any more, and Timer I starts.")),
	STEP("completed", N_("Timer H"), "terminated", IST_TIMER_H, N_("The ACK never came; the transaction user hears of it.")),
	STEP_IN("completed", N_("transport error"), "completed", SERVER_TRANSPORT, 6026, "7.1", N_("The response could not be sent; the transaction stays.")),
	STEP("confirmed", "ACK", "confirmed", IST_ACK, N_("A copy of the ACK is absorbed.")),
	STEP("confirmed", N_("Timer I"), "terminated", IST_TIMER_I, N_("No more copies of the ACK can come.")),
	STEP("accepted", N_("request"), "accepted", IST_ACCEPTED, N_("A copy of the INVITE is absorbed.")),
	STEP("accepted", N_("2xx sent"), "accepted", IST_ACCEPTED, N_("The transaction user repeats its 2xx.")),
	STEP("accepted", "ACK", "accepted", IST_ACCEPTED, N_("The ACK passes up.")),
	STEP_IN("accepted", N_("transport error"), "accepted", SERVER_TRANSPORT, 6026, "7.1", N_("The 2xx could not be sent; the transaction stays.")),
	STEP("accepted", N_("Timer L"), "terminated", IST_TIMER_L, N_("No more copies of the INVITE can come.")),
};

static const struct machine_timer ist_timers[] = {
	{ "G", SIP_T1_MS, SIP_T2_MS, MACHINE_NEVER, "T1, 2*T1, … T2", "completed", NULL, N_("repeats the final error over an unreliable transport") },
	{ "H", SIP_64T1_MS, 0, MACHINE_SAME, "64*T1", "completed", NULL, N_("gives up when no ACK comes") },
	{ "I", SIP_T4_MS, 0, MACHINE_ZERO, "T4; TCP 0", "confirmed", NULL, N_("waits for copies of the ACK") },
	{ "L", SIP_64T1_MS, 0, MACHINE_SAME, "64*T1", "accepted", NULL, N_("waits for copies of the accepted INVITE") },
};

const struct machine machine_ist = {
	.name = "IST", .title = N_("INVITE server transaction"),
	.rfc = 3261, .section = "17.2.1", .start = "none",
	MACHINE_TABLES(ist),
};

static const struct machine_state nist_states[] = {
	{ "trying", false, N_("A request came; nothing was answered yet.") },
	{ "proceeding", false, N_("A provisional response was sent.") },
	{ "completed", false, N_("The final response was sent; copies of the request get it again.") },
	{ "terminated", true, N_("The transaction is gone.") },
};

static const struct machine_edge nist_edges[] = {
	STEP("none", N_("request"), "trying", NIST_REQUEST, N_("The request passes up.")),
	STEP("trying", N_("request"), "trying", NIST_REQUEST, N_("A copy of the request is absorbed: there is nothing to repeat yet.")),
	STEP("trying", N_("1xx sent"), "proceeding", NIST_1XX, N_("The provisional response is sent.")),
	STEP("trying", N_("200-699 sent"), "completed", NIST_FINAL, N_("The final response is sent and Timer J starts.")),
	STEP_IN("trying", N_("given up"), "terminated", NONE, 4320, "4.2", N_("The proxy has nothing to say but 408, for which it is too late: nothing is sent.")),
	STEP("proceeding", N_("request"), "proceeding", NIST_REQUEST, N_("A copy of the request: the latest provisional response is sent again.")),
	STEP("proceeding", N_("1xx sent"), "proceeding", NIST_1XX, N_("One more provisional response is sent.")),
	STEP("proceeding", N_("200-699 sent"), "completed", NIST_FINAL, N_("The final response is sent and Timer J starts.")),
	STEP_IN("proceeding", N_("transport error"), "terminated", SERVER_TRANSPORT, 3261, "17.2.2", N_("The response could not be sent; the transaction user hears of it.")),
	STEP_IN("proceeding", N_("given up"), "terminated", NONE, 4320, "4.2", N_("The proxy has nothing to say but 408, for which it is too late: nothing is sent.")),
	STEP("completed", N_("request"), "completed", NIST_REQUEST, N_("A copy of the request: the final response is sent again.")),
	STEP("completed", N_("Timer J"), "terminated", NIST_TIMER_J, N_("No more copies of the request can come.")),
	STEP_IN("completed", N_("transport error"), "terminated", SERVER_TRANSPORT, 3261, "17.2.2", N_("The response could not be sent; the transaction user hears of it.")),
};

static const struct machine_timer nist_timers[] = {
	{ "J", SIP_64T1_MS, 0, MACHINE_ZERO, "64*T1; TCP 0", "completed", NULL, N_("waits for copies of the request") },
};

const struct machine machine_nist = {
	.name = "NIST", .title = N_("non-INVITE server transaction"),
	.rfc = 3261, .section = "17.2.2", .start = "none",
	MACHINE_TABLES(nist),
};
/* clang-format on */
