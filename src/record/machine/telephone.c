/*
 * The machines of the telephone network: a circuit between two exchanges (ITU-T
 * Q.764 2, with the lengths of its annex A), a gateway's call in either
 * direction (RFC 3398 7.2, 8.2, whose figures these are), a call of an
 * exchange; the contexts and terminations of H.248 (RFC 3525).
 */
#include "machine/tables.h"
#include "msg/constants.h"

/* clang-format off */
static const struct machine_state circuit_states[] = {
	{ STATE_IDLE, false, N_("Free for a call, unless one of its two ends has blocked it.") },
	{ STATE_OUTGOING, false, N_("This side has seized it by an IAM.") },
	{ STATE_CHECKING, false, N_("The other side has seized it, and checks it first.") },
	{ STATE_INCOMING, false, N_("The other side has seized it by an IAM.") },
	{ STATE_RELEASING, false, N_("This side has released it, and waits for the RLC.") },
	{ STATE_RESETTING, false, N_("This side does not know its state, and has reset it.") },
};

static const struct machine_edge circuit_edges[] = {
	STEP(IDLE, IAM_SENT, OUTGOING, TRUNK_SEIZE, N_("A call of this side seizes it.")),
	STEP(IDLE, IAM, INCOMING, TRUNK_IAM, N_("A call of the other side seizes it.")),
	STEP(IDLE, IAM_CHECK, CHECKING, TRUNK_CHECK, N_("A call of the other side seizes it, after the tone has come back.")),
	STEP(IDLE, REL, IDLE, TRUNK_RLC, N_("No call is known here: RLC nevertheless.")),
	STEP(IDLE, RSC, IDLE, TRUNK_RSC, N_("RLC.")),
	STEP(IDLE, GRS, IDLE, TRUNK_GROUP_RESET, N_("GRA.")),
	STEP(IDLE, RSC_SENT, RESETTING, TRUNK_RESET, N_("A message came that belongs to no call here, or this exchange has restarted.")),
	STEP(IDLE, GRS_SENT, RESETTING, TRUNK_GROUP_RESET, N_("This exchange has restarted, or somebody resets several circuits.")),
	STEP(OUTGOING, REL, IDLE, TRUNK_RLC, N_("The other side ends the call: RLC at once.")),
	STEP(OUTGOING, REL_SENT, RELEASING, TRUNK_RELEASE, N_("This side ends the call.")),
	STEP(OUTGOING, IAM, INCOMING, TRUNK_GLARE, N_("Both have seized it, and the other side controls it: its call stays, this one takes another circuit.")),
	STEP(OUTGOING, IAM_CHECK, CHECKING, TRUNK_GLARE, N_("Both have seized it, and the other side controls it.")),
	STEP(OUTGOING, COT_FAILED, IDLE, TRUNK_CHECK, N_("The tone did not come back: the call takes another circuit.")),
	STEP(OUTGOING, RSC, IDLE, TRUNK_RSC, N_("The call is over as by a REL; RLC.")),
	STEP(OUTGOING, GRS, IDLE, TRUNK_GROUP_RESET, N_("The call takes another circuit, or is over as by a REL; GRA.")),
	STEP(OUTGOING, RSC_SENT, RESETTING, TRUNK_RESET, N_("Somebody resets it.")),
	STEP(OUTGOING, GRS_SENT, RESETTING, TRUNK_GROUP_RESET, N_("Somebody resets several circuits.")),
	STEP(OUTGOING, HARDWARE, IDLE, TRUNK_HARDWARE, N_("Hardware has failed at one end: no call, and no REL.")),
	STEP(CHECKING, COT, INCOMING, TRUNK_CHECK, N_("The circuit is good: now the call is processed.")),
	STEP(CHECKING, COT_FAILED, IDLE, TRUNK_CHECK, N_("The circuit is not good: there is no call.")),
	STEP(CHECKING, TIMER_T8, RELEASING, TRUNK_CHECK, N_("The result of the check did not come: REL 41.")),
	STEP(CHECKING, REL, IDLE, TRUNK_RLC, N_("The other side ends it: RLC.")),
	STEP(CHECKING, RSC, IDLE, TRUNK_RSC, N_("RLC.")),
	STEP(CHECKING, GRS, IDLE, TRUNK_GROUP_RESET, N_("GRA.")),
	STEP(CHECKING, RSC_SENT, RESETTING, TRUNK_RESET, N_("Somebody resets it.")),
	STEP(CHECKING, GRS_SENT, RESETTING, TRUNK_GROUP_RESET, N_("Somebody resets several circuits.")),
	STEP(CHECKING, HARDWARE, IDLE, TRUNK_HARDWARE, N_("Hardware has failed at one end: no call, and no REL.")),
	STEP(INCOMING, REL, IDLE, TRUNK_RLC, N_("The other side ends the call: RLC at once.")),
	STEP(INCOMING, REL_SENT, RELEASING, TRUNK_RELEASE, N_("This side ends the call.")),
	STEP(INCOMING, RSC, IDLE, TRUNK_RSC, N_("The call is over as by a REL; RLC.")),
	STEP(INCOMING, GRS, IDLE, TRUNK_GROUP_RESET, N_("The call is over as by a REL; GRA.")),
	STEP(INCOMING, RSC_SENT, RESETTING, TRUNK_RESET, N_("Somebody resets it.")),
	STEP(INCOMING, GRS_SENT, RESETTING, TRUNK_GROUP_RESET, N_("Somebody resets several circuits.")),
	STEP(INCOMING, HARDWARE, IDLE, TRUNK_HARDWARE, N_("Hardware has failed at one end: no call, and no REL.")),
	STEP(RELEASING, RLC, IDLE, TRUNK_FREE, N_("Both sides know that it is free.")),
	STEP(RELEASING, REL, RELEASING, TRUNK_RLC, N_("Both sides have ended the call at once: each answers, and each waits for its own RLC.")),
	STEP(RELEASING, TIMER_T1, RELEASING, TRUNK_T1, N_("No RLC has come: the REL is sent once more.")),
	STEP(RELEASING, TIMER_T5, RESETTING, TRUNK_T5, N_("No RLC has come for long: an alarm is raised, and RSC is tried.")),
	STEP(RELEASING, RSC, IDLE, TRUNK_RSC, N_("RLC.")),
	STEP(RELEASING, GRS, IDLE, TRUNK_GROUP_RESET, N_("GRA.")),
	STEP(RELEASING, RSC_SENT, RESETTING, TRUNK_RESET, N_("Somebody resets it.")),
	STEP(RELEASING, GRS_SENT, RESETTING, TRUNK_GROUP_RESET, N_("Somebody resets several circuits.")),
	STEP(RELEASING, HARDWARE, IDLE, TRUNK_HARDWARE, N_("Hardware has failed at one end: no call, and no REL.")),
	STEP(RESETTING, RLC, IDLE, TRUNK_FREE, N_("Both sides know that it is free.")),
	STEP(RESETTING, GRA, IDLE, TRUNK_FREE, N_("Both sides know that it is free.")),
	STEP(RESETTING, REL, RESETTING, TRUNK_RLC, N_("RLC; its own is still to come.")),
	STEP(RESETTING, RSC, RESETTING, TRUNK_RSC, N_("RLC; its own is still to come.")),
	STEP(RESETTING, GRS, RESETTING, TRUNK_GROUP_RESET, N_("GRA; its own answer is still to come.")),
	STEP(RESETTING, TIMER_T16, RESETTING, TRUNK_T5, N_("No RLC has come: the RSC is sent once more.")),
};

static const struct machine_timer circuit_timers[] = {
	{ "T1", EVENT_TIMER_T1, TIME_ISUP_T1_MS, 0, MACHINE_SAME, N_("15 s to 60 s"), STATE_RELEASING, STATE_NONE, N_("retransmits the REL until the RLC comes") },
	{ "T5", EVENT_TIMER_T5, TIME_ISUP_T5_MS, 0, MACHINE_SAME, N_("5 min to 15 min"), STATE_RELEASING, STATE_NONE, N_("gives up the REL: RSC, and an alarm") },
	{ "T8", EVENT_TIMER_T8, TIME_ISUP_T8_MS, 0, MACHINE_SAME, N_("10 s to 15 s"), STATE_CHECKING, STATE_NONE, N_("releases a call whose check nobody ends") },
	{ "T12", EVENT_NONE, TIME_ISUP_T1_MS, 0, MACHINE_SAME, N_("15 s to 60 s; T13: 5 min to 15 min"), STATE_NONE, STATE_NONE, N_("retransmits the BLO until the BLA comes") },
	{ "T14", EVENT_NONE, TIME_ISUP_T1_MS, 0, MACHINE_SAME, N_("15 s to 60 s; T15: 5 min to 15 min"), STATE_NONE, STATE_NONE, N_("retransmits the UBL until the UBA comes") },
	{ "T18", EVENT_NONE, TIME_ISUP_T1_MS, 0, MACHINE_SAME, N_("15 s to 60 s; T19: 5 min to 15 min"), STATE_NONE, STATE_NONE, N_("retransmits the CGB until the CGBA comes") },
	{ "T20", EVENT_NONE, TIME_ISUP_T1_MS, 0, MACHINE_SAME, N_("15 s to 60 s; T21: 5 min to 15 min"), STATE_NONE, STATE_NONE, N_("retransmits the CGU until the CGUA comes") },
	{ "T22", EVENT_NONE, TIME_ISUP_T1_MS, 0, MACHINE_SAME, N_("15 s to 60 s; T23: 5 min to 15 min"), STATE_NONE, STATE_NONE, N_("retransmits the GRS until the GRA comes") },
	{ "T16", EVENT_TIMER_T16, TIME_ISUP_T1_MS, 0, MACHINE_SAME, N_("15 s to 60 s; T17: 5 min to 15 min"), STATE_RESETTING, STATE_NONE, N_("retransmits the RSC until the RLC comes") },
};

const struct machine machine_circuit = {
	.name = "circuit", .title = N_("circuit"),
	.heading = N_("Circuits"),
	.again = true,
	.rfc = 3398, .section = "11", .start = STATE_IDLE,
	MACHINE_TABLES(circuit),
};

/* ---- circuits out of service: Q.764 2.8.2 ---- */

static const struct machine_state blocking_states[] = {
	{ STATE_IN_SERVICE, false, N_("Each side may use it for a call.") },
	{ STATE_BLOCKED_HERE, false, N_("This side has taken it out of service for new calls.") },
	{ STATE_BLOCKED_THERE, false, N_("The other side has taken it out of service for new calls.") },
	{ STATE_BLOCKED_BOTH, false, N_("Both sides have taken it out of service; each ends that separately.") },
};

static const struct machine_edge blocking_edges[] = {
	STEP(IN_SERVICE, BLO_SENT, BLOCKED_HERE, TRUNK_BLOCK, N_("This side blocks it.")),
	STEP(IN_SERVICE, BLO, BLOCKED_THERE, TRUNK_BLOCK, N_("BLA or CGBA.")),
	STEP(BLOCKED_HERE, UBL_SENT, IN_SERVICE, TRUNK_BLOCK, N_("This side unblocks it.")),
	STEP(BLOCKED_HERE, BLO, BLOCKED_BOTH, TRUNK_BLOCK, N_("BLA or CGBA.")),
	STEP(BLOCKED_HERE, RSC_SENT, IN_SERVICE, TRUNK_RESET, N_("The side that resets it forgets the blocking.")),
	STEP(BLOCKED_THERE, UBL, IN_SERVICE, TRUNK_BLOCK, N_("UBA or CGUA.")),
	STEP(BLOCKED_THERE, BLO_SENT, BLOCKED_BOTH, TRUNK_BLOCK, N_("This side blocks it as well.")),
	STEP(BLOCKED_THERE, RSC_SENT, IN_SERVICE, TRUNK_RESET, N_("The side that resets it forgets the blocking, and is informed again.")),
	STEP(BLOCKED_THERE, RSC, IN_SERVICE, TRUNK_RSC, N_("The other side has forgotten that.")),
	STEP(BLOCKED_BOTH, UBL, BLOCKED_HERE, TRUNK_BLOCK, N_("UBA or CGUA.")),
	STEP(BLOCKED_BOTH, UBL_SENT, BLOCKED_THERE, TRUNK_BLOCK, N_("This side unblocks it.")),
	STEP(BLOCKED_BOTH, RSC_SENT, IN_SERVICE, TRUNK_RESET, N_("The side that resets it forgets the blocking, and is informed again.")),
	STEP(BLOCKED_BOTH, RSC, BLOCKED_HERE, TRUNK_RSC, N_("The other side has forgotten that; it is informed again of the blocking here.")),
};

const struct machine machine_blocking = {
	.name = "blocking", .title = N_("blocking of a circuit"),
	.heading = N_("Blocking"),
	.again = true,
	.rfc = 3398, .section = "11.2", .start = STATE_IN_SERVICE,
	MACHINE_STATES(blocking),
};

/* ---- a gateway: RFC 3398 7.2 ---- */

static const struct machine_state sip_isup_states[] = {
	{ STATE_IDLE, false, N_("Nobody has called.") },
	{ STATE_TRYING, false, N_("The IAM was sent.") },
	{ STATE_NOT_ALERTING, false, N_("The telephone network has the number and handles the call.") },
	{ STATE_ALERTING, false, N_("The telephone rings.") },
	{ STATE_WAITING_FOR_ACK, false, N_("The call was answered, and the INVITE as well.") },
	{ STATE_CONNECTED, false, N_("They talk.") },
	{ STATE_OVER, true, N_("The call is over.") },
};

static const struct machine_edge sip_isup_edges[] = {
	STEP(IDLE, INVITE, TRYING, GATEWAY_INVITE, N_("A circuit is seized: IAM, T7.")),
	STEP(IDLE, NOT_SENT, OVER, GATEWAY_NO_CIRCUIT, N_("There is no free circuit for it.")),
	STEP(TRYING, INVITE, TRYING, GATEWAY_AGAIN, N_("Another circuit is seized: IAM.")),
	STEP(TRYING, SAM_SENT, TRYING, OVERLAP_SAM, N_("Another INVITE has more digits: SAM, 484 for the previous INVITE; T7 restarts.")),
	STEP(TRYING, EARLY_ACM, NOT_ALERTING, GATEWAY_EARLY_ACM, N_("183; T9.")),
	STEP(TRYING, ACM, ALERTING, GATEWAY_ACM, N_("180, or 183 if there is something to hear; T9.")),
	STEP(TRYING, ANM, WAITING_FOR_ACK, GATEWAY_ANSWER, N_("200.")),
	STEP(TRYING, TIMER_T7, OVER, GATEWAY_T7, N_("504, REL 102.")),
	STEP(TRYING, CANCEL_RECEIVED, OVER, GATEWAY_CANCEL, N_("487, REL 16.")),
	STEP(TRYING, REL, OVER, GATEWAY_REL, N_("A status by the cause; RLC.")),
	STEP(NOT_ALERTING, CPG_ALERTING, ALERTING, GATEWAY_CPG, N_("180.")),
	STEP(NOT_ALERTING, ANM, WAITING_FOR_ACK, GATEWAY_ANSWER, N_("200.")),
	STEP(NOT_ALERTING, TIMER_T9, OVER, GATEWAY_T9, N_("480, REL 19.")),
	STEP(NOT_ALERTING, CANCEL_RECEIVED, OVER, GATEWAY_CANCEL, N_("487, REL 16.")),
	STEP(NOT_ALERTING, REL, OVER, GATEWAY_REL, N_("A status by the cause; RLC.")),
	STEP(ALERTING, CPG_ALERTING, ALERTING, GATEWAY_CPG, N_("180 again.")),
	STEP(ALERTING, ANM, WAITING_FOR_ACK, GATEWAY_ANSWER, N_("200.")),
	STEP(ALERTING, TIMER_T9, OVER, GATEWAY_T9, N_("480, REL 19.")),
	STEP(ALERTING, CANCEL_RECEIVED, OVER, GATEWAY_CANCEL, N_("487, REL 16.")),
	STEP(ALERTING, REL, OVER, GATEWAY_REL, N_("A status by the cause; RLC.")),
	STEP(WAITING_FOR_ACK, ACK, CONNECTED, GATEWAY_ACK, N_("The telephone network is not informed.")),
	STEP(WAITING_FOR_ACK, REL, OVER, GATEWAY_HANGUP, N_("RLC; BYE.")),
	STEP(WAITING_FOR_ACK, BYE_RECEIVED, OVER, GATEWAY_BYE, N_("REL.")),
	STEP(CONNECTED, REL, OVER, GATEWAY_HANGUP, N_("RLC; BYE.")),
	STEP(CONNECTED, BYE_RECEIVED, OVER, GATEWAY_BYE, N_("REL.")),
};

static const struct machine_timer sip_isup_timers[] = {
	{ "T7", EVENT_TIMER_T7, TIME_ISUP_T7_MS, 0, MACHINE_SAME, N_("20 s to 30 s"), STATE_TRYING, STATE_NONE, N_("releases a call whose address is not reported as complete") },
	{ "T9", EVENT_TIMER_T9, TIME_ISUP_T9_MS, 0, MACHINE_SAME, N_("90 s to 180 s"), STATE_NOT_ALERTING, STATE_ALERTING, N_("releases a call that nobody answers") },
};

const struct machine machine_sip_isup = {
	.name = "sip-isup", .title = N_("call from SIP to ISUP"),
	.heading = N_("Calls to the telephone network"),
	.rfc = 3398, .section = "7.2", .start = STATE_IDLE,
	MACHINE_TABLES(sip_isup),
};

/* ---- RFC 3398 8.2 ---- */

static const struct machine_state isup_sip_states[] = {
	{ STATE_IDLE, false, N_("Nobody has called.") },
	{ STATE_COLLECTING, false, N_("The number may be incomplete: more digits are awaited.") },
	{ STATE_TRYING, false, N_("The INVITE was sent.") },
	{ STATE_PROGRESSING, false, N_("The telephone network knows only that the number is complete.") },
	{ STATE_ALERTING, false, N_("The phone rings.") },
	{ STATE_CONNECTED, false, N_("They talk.") },
	{ STATE_TREATMENT, false, N_("The call failed: the caller hears a tone or an announcement.") },
	{ STATE_OVER, true, N_("The call is over.") },
};

static const struct machine_edge isup_sip_edges[] = {
	STEP(IDLE, IAM, TRYING, GATEWAY_IAM, N_("INVITE.")),
	STEP(IDLE, PROBATION, COLLECTING, OVERLAP_COLLECT, N_("The IAM does not end the number: T10.")),
	STEP(COLLECTING, SAM, COLLECTING, OVERLAP_COLLECT, N_("More digits: T10 restarts.")),
	STEP(COLLECTING, IAM, TRYING, OVERLAP_COLLECT, N_("The number is complete: INVITE.")),
	STEP(TRYING, SAM, TRYING, OVERLAP_INVITES, N_("More digits: another INVITE; T10 restarts.")),
	STEP(COLLECTING, REL, OVER, GATEWAY_PSTN_REL, N_("The caller gives up before anybody was called.")),
	STEP(COLLECTING, NOT_SENT, OVER, GATEWAY_STATUS, N_("The number names nobody: REL.")),
	STEP(TRYING, TIMER_T11, PROGRESSING, GATEWAY_T11, N_("An early ACM, before the other exchange gives up.")),
	STEP(TRYING, 1XX, ALERTING, GATEWAY_18X, N_("ACM.")),
	STEP(TRYING, 2XX, CONNECTED, GATEWAY_2XX, N_("CON.")),
	STEP(TRYING, 300_699, OVER, GATEWAY_STATUS, N_("REL, its cause by the status.")),
	STEP(TRYING, REL, OVER, GATEWAY_PSTN_REL, N_("RLC; CANCEL.")),
	STEP(PROGRESSING, 1XX, ALERTING, GATEWAY_18X, N_("CPG.")),
	STEP(PROGRESSING, 2XX, CONNECTED, GATEWAY_2XX, N_("ANM.")),
	STEP(PROGRESSING, 300_699, OVER, GATEWAY_STATUS, N_("REL, its cause by the status.")),
	STEP(PROGRESSING, REL, OVER, GATEWAY_PSTN_REL, N_("RLC; CANCEL.")),
	STEP(ALERTING, 1XX, ALERTING, GATEWAY_18X, N_("CPG.")),
	STEP(ALERTING, 2XX, CONNECTED, GATEWAY_2XX, N_("ANM.")),
	STEP(ALERTING, 300_699, OVER, GATEWAY_STATUS, N_("REL, its cause by the status.")),
	STEP(ALERTING, REL, OVER, GATEWAY_PSTN_REL, N_("RLC; CANCEL.")),
	STEP(TRYING, TONE, TREATMENT, TRUNK_TONE, N_("ACM or CPG, and a tone: causes are not understood there.")),
	STEP(PROGRESSING, TONE, TREATMENT, TRUNK_TONE, N_("ACM or CPG, and a tone: causes are not understood there.")),
	STEP(ALERTING, TONE, TREATMENT, TRUNK_TONE, N_("ACM or CPG, and a tone: causes are not understood there.")),
	STEP(TREATMENT, REL, OVER, GATEWAY_PSTN_REL, N_("The caller has hung up: RLC.")),
	STEP(CONNECTED, REL, OVER, GATEWAY_HANGUP, N_("RLC; BYE.")),
	STEP(CONNECTED, BYE_RECEIVED, OVER, GATEWAY_BYE, N_("REL.")),
};

static const struct machine_timer isup_sip_timers[] = {
	{ "T10", EVENT_NONE, TIME_ISUP_T10_MS, 0, MACHINE_SAME, N_("4 s to 6 s"), STATE_COLLECTING, STATE_NONE, N_("considers the number complete when no more digits come") },
	{ "T11", EVENT_TIMER_T11, TIME_ISUP_T11_MS, 0, MACHINE_SAME, N_("15 s to 20 s"), STATE_TRYING, STATE_NONE, N_("reports that the address is complete, although nothing is known about it") },
};

const struct machine machine_isup_sip = {
	.name = "isup-sip", .title = N_("call from ISUP to SIP"),
	.heading = N_("Calls from the telephone network"),
	.rfc = 3398, .section = "8.2", .start = STATE_IDLE,
	MACHINE_TABLES(isup_sip),
};

/* ---- an exchange ---- */

static const struct machine_state exchange_states[] = {
	{ STATE_IDLE, false, N_("Nobody has called.") },
	{ STATE_COLLECTING, false, N_("The number is not complete yet.") },
	{ STATE_TRYING, false, N_("The called party is being located.") },
	{ STATE_NOT_ALERTING, false, N_("The number is complete; the telephone does not ring yet.") },
	{ STATE_ALERTING, false, N_("The telephone rings.") },
	{ STATE_CONNECTED, false, N_("They talk.") },
	{ STATE_SUSPENDED, false, N_("The called party has hung up; it may pick up again.") },
	{ STATE_TREATMENT, false, N_("The call failed: the caller hears a tone or an announcement.") },
	{ STATE_OVER, true, N_("The call is over.") },
};

static const struct machine_edge exchange_edges[] = {
	STEP(IDLE, IAM, TRYING, EXCHANGE_CALL, N_("An IAM has come.")),
	STEP(IDLE, DIALLED, TRYING, EXCHANGE_CALL, N_("A telephone of this exchange calls.")),
	STEP(IDLE, PROBATION, COLLECTING, EXCHANGE_DIGITS, N_("The number is forwarded.")),
	STEP(COLLECTING, SAM, COLLECTING, EXCHANGE_DIGITS, N_("More digits, and still too few.")),
	STEP(COLLECTING, IAM, TRYING, EXCHANGE_CALL, N_("Now the number is complete.")),
	STEP(COLLECTING, DIALLED, TRYING, EXCHANGE_CALL, N_("Its telephone has dialled the rest: now the number is complete.")),
	STEP(COLLECTING, LEFT, OVER, EXCHANGE_RELEASE, N_("The caller has given up.")),
	STEP(COLLECTING, TIMER_T35, OVER, EXCHANGE_DIGITS, N_("No more digits have come: REL 28.")),
	STEP(TRYING, IAM_SENT, TRYING, EXCHANGE_CALL, N_("Another circuit is seized.")),
	STEP(TRYING, SAM, TRYING, EXCHANGE_SAM, N_("More digits are forwarded.")),
	STEP(TRYING, EARLY_ACM, NOT_ALERTING, EXCHANGE_ACM, N_("The number is complete.")),
	STEP(TRYING, ACM, ALERTING, EXCHANGE_ACM, N_("It rings.")),
	STEP(TRYING, ANM, CONNECTED, EXCHANGE_ANSWER, N_("Answered at once.")),
	STEP(TRYING, TIMER_T7, OVER, GATEWAY_T7, N_("The address is not reported as complete: REL 102.")),
	STEP(TRYING, LEFT, OVER, EXCHANGE_RELEASE, N_("One side ends it, or there is no route for it.")),
	STEP(TRYING, TONE, TREATMENT, TRUNK_TONE, N_("ACM or CPG, and a tone: causes are not understood there.")),
	STEP(TREATMENT, LEFT, OVER, EXCHANGE_RELEASE, N_("The caller has hung up.")),
	STEP(NOT_ALERTING, CPG_ALERTING, ALERTING, EXCHANGE_ACM, N_("It rings.")),
	STEP(NOT_ALERTING, ANM, CONNECTED, EXCHANGE_ANSWER, N_("Answered.")),
	STEP(NOT_ALERTING, TIMER_T9, OVER, GATEWAY_T9, N_("Nobody answers: REL 19.")),
	STEP(NOT_ALERTING, LEFT, OVER, EXCHANGE_RELEASE, N_("One side ends it.")),
	STEP(ALERTING, CPG_ALERTING, ALERTING, EXCHANGE_ACM, N_("It rings.")),
	STEP(ALERTING, ANM, CONNECTED, EXCHANGE_ANSWER, N_("Answered.")),
	STEP(ALERTING, TIMER_T9, OVER, GATEWAY_T9, N_("Nobody answers: REL 19.")),
	STEP(ALERTING, LEFT, OVER, EXCHANGE_RELEASE, N_("One side ends it.")),
	STEP(CONNECTED, SUS, SUSPENDED, EXCHANGE_SUS, N_("The called party has hung up: T6.")),
	STEP(CONNECTED, LEFT, OVER, EXCHANGE_RELEASE, N_("One side ends it.")),
	STEP(SUSPENDED, RES, CONNECTED, EXCHANGE_SUS, N_("The called party has picked up again.")),
	STEP(SUSPENDED, TIMER_T6, OVER, EXCHANGE_T6, N_("The called party does not pick up again: REL 16.")),
	STEP(SUSPENDED, LEFT, OVER, EXCHANGE_RELEASE, N_("One side ends it.")),
};

static const struct machine_timer exchange_timers[] = {
	{ "T6", EVENT_TIMER_T6, TIME_ISUP_T6_MS, 0, MACHINE_SAME, N_("60 s to 120 s"), STATE_SUSPENDED, STATE_NONE, N_("releases a call whose called party does not pick up again") },
	{ "T7", EVENT_TIMER_T7, TIME_ISUP_T7_MS, 0, MACHINE_SAME, N_("20 s to 30 s"), STATE_TRYING, STATE_NONE, N_("releases a call whose address is not reported as complete") },
	{ "T9", EVENT_TIMER_T9, TIME_ISUP_T9_MS, 0, MACHINE_SAME, N_("90 s to 180 s"), STATE_ALERTING, STATE_NOT_ALERTING, N_("releases a call that nobody answers") },
	{ "T35", EVENT_TIMER_T35, TIME_ISUP_T1_MS, 0, MACHINE_SAME, N_("15 s to 20 s"), STATE_COLLECTING, STATE_NONE, N_("releases a call whose number is not complete") },
	{ "ring", EVENT_NONE, 0, 0, MACHINE_SAME, N_("as configured"), STATE_ALERTING, STATE_NOT_ALERTING, N_("the called person picks up, or nobody does") },
};

const struct machine machine_exchange = {
	.name = "exchange", .title = N_("call of an exchange"),
	.heading = N_("Calls"),
	.rfc = 3398, .section = "4", .start = STATE_IDLE,
	MACHINE_TABLES(exchange),
};

/* ---- a context of H.248, at its gateway: RFC 3525 6.1 ---- */

/* clang-format off */
static const struct machine_state context_states[] = {
	{ STATE_ACTIVE, false, N_("It contains terminations, which hear each other as their modes allow.") },
	{ STATE_OVER, true, N_("It contains no termination any more, and is deleted.") },
};

static const struct machine_edge context_edges[] = {
	STEP(NONE, ADD, ACTIVE, MEGACO_CONNECT, N_("A termination is added to a new context.")),
	STEP(ACTIVE, ADD, ACTIVE, MEGACO_CONNECT, N_("One more termination is added.")),
	STEP(ACTIVE, SUBTRACT, ACTIVE, MEGACO_RELEASE, N_("A termination is removed; others stay.")),
	STEP(ACTIVE, SUBTRACT_LAST, OVER, MEGACO_RELEASE, N_("The last termination is removed.")),
};

const struct machine machine_context = {
	.name = "context", .title = N_("context of H.248"),
	.heading = N_("Contexts"),
	.rfc = 3525, .section = "6.1", .start = STATE_NONE,
	MACHINE_STATES(context),
};

/* ---- a termination: RFC 3525 6.2 ---- */

static const struct machine_state termination_states[] = {
	{ STATE_NULL_CONTEXT, false, N_("It is in no call: it is in the null context, with all free terminations.") },
	{ STATE_IN_CONTEXT, false, N_("It is in a context, with others.") },
	{ STATE_OVER, true, N_("It existed only in its context, and is deleted.") },
};

static const struct machine_edge termination_edges[] = {
	STEP(NULL_CONTEXT, ADD, IN_CONTEXT, MEGACO_CONNECT, N_("It is moved into a context; the termination of a stream is created in it.")),
	STEP(NULL_CONTEXT, MODIFY, NULL_CONTEXT, MEGACO_MODIFY, N_("It plays something, watches for something, or sends something else.")),
	STEP(NULL_CONTEXT, SIGNAL_OVER, NULL_CONTEXT, MEGACO_SIGNAL, N_("The requested event has occurred, and ends the signal.")),
	STEP(NULL_CONTEXT, OFF_HOOK, NULL_CONTEXT, MEGACO_WATCH, N_("The handset of its telephone is lifted.")),
	STEP(NULL_CONTEXT, ON_HOOK, NULL_CONTEXT, MEGACO_WATCH, N_("The handset of its telephone is put down.")),
	STEP(IN_CONTEXT, MODIFY, IN_CONTEXT, MEGACO_MODIFY, N_("It plays something, watches for something, or sends something else.")),
	STEP(IN_CONTEXT, SIGNAL_OVER, IN_CONTEXT, MEGACO_SIGNAL, N_("The requested event has occurred, and ends the signal.")),
	STEP(IN_CONTEXT, OFF_HOOK, IN_CONTEXT, MEGACO_WATCH, N_("The handset of its telephone is lifted.")),
	STEP(IN_CONTEXT, ON_HOOK, IN_CONTEXT, MEGACO_WATCH, N_("The handset of its telephone is put down.")),
	STEP(IN_CONTEXT, SUBTRACT, NULL_CONTEXT, MEGACO_RELEASE, N_("The telephone is free again.")),
	STEP(IN_CONTEXT, SUBTRACT_STREAM, OVER, MEGACO_RELEASE, N_("The stream is deleted together with its place in the context.")),
};

const struct machine machine_termination = {
	.name = "termination", .title = N_("termination of H.248"),
	.heading = N_("Terminations"),
	.rfc = 3525, .section = "6.2", .start = STATE_NULL_CONTEXT,
	MACHINE_STATES(termination),
};

/* ---- a gateway, at its controller: RFC 3525 11.2 ---- */

static const struct machine_state media_gateway_states[] = {
	{ STATE_OUT_OF_SERVICE, false, N_("It has not registered, or can't be reached: none of its telephones can be called.") },
	{ STATE_IN_SERVICE, false, N_("This controller controls it.") },
};

static const struct machine_edge media_gateway_edges[] = {
	STEP(OUT_OF_SERVICE, SERVICE_CHANGE, IN_SERVICE, MEGACO_START, N_("It has registered, and its telephones are made idle.")),
	STEP(IN_SERVICE, SERVICE_CHANGE, IN_SERVICE, MEGACO_START, N_("It has registered again: its calls in progress are over.")),
	STEP(IN_SERVICE, TIMEOUT, OUT_OF_SERVICE, MEGACO_SILENT, N_("It has not replied for 30 seconds: its calls end, and it is contacted until it registers again.")),
};

const struct machine machine_media_gateway = {
	.name = "media-gateway", .title = N_("media gateway"),
	.heading = N_("Media gateways"),
	.rfc = 3525, .section = "11.2", .start = STATE_OUT_OF_SERVICE,
	MACHINE_STATES(media_gateway),
};
