/*
 * The machines above the transactions: what two user agents share (a dialog,
 * RFC 3261 12; a subscription, RFC 6665 4.1.2), and what one side makes of it
 * (a call, RFC 3261 13 to 15; a registration, RFC 3261 10); pairs of calls,
 * queues, users of a home subscriber server.
 */
#include "machine/tables.h"
#include "msg/constants.h"

/*
 * RFC 3261 has no figures of dialogs and calls but describes each in its text.
 * Caller and callee go through the same states by other events, and by other
 * rules: "1xx" is received, "1xx sent" is sent, "re-INVITE received" is the
 * peer's.
 */
/* clang-format off */
static const struct machine_state dialog_states[] = {
	{ STATE_EARLY, false, N_("A provisional response with a To tag has created it; it may still be terminated before the call is answered.") },
	{ STATE_MORATORIUM, false, N_("Confirmed by a 2xx; the ACK was not sent yet, or has not arrived yet.") },
	{ STATE_CONFIRMED, false, N_("Established by 2xx and ACK: it lasts until a BYE.") },
	{ STATE_MORTAL, false, N_("A BYE was sent, or has come: the session is over. The dialog is known until the BYE's transaction has ended: a BYE that crosses still gets its 200.") },
	{ STATE_TERMINATED, true, N_("The dialog does not exist any more.") },
};

static const struct machine_edge dialog_edges[] = {
	STEP(NONE, 1XX, EARLY, DIALOG_UAC, N_("A provisional response with a To tag: the caller takes the route set from it, in reverse order, and its target.")),
	STEP(NONE, 1XX_SENT, EARLY, DIALOG_UAS, N_("A provisional response with a To tag: the callee takes the route set and the target from the request.")),
	STEP_IN(NONE, 2XX, MORATORIUM, DIALOG_CONFIRMED, 3261, "12.1.2", N_("A 2xx at once: the caller takes the route set from it, in reverse order, and its target.")),
	STEP_IN(NONE, 2XX_SENT, MORATORIUM, DIALOG_CONFIRMED, 3261, "12.1.1", N_("A 2xx at once: the callee takes the route set and the target from the request.")),
	STEP(NONE, NOTIFY, CONFIRMED, DIALOG_NOTIFY, N_("The first NOTIFY of a subscription creates the dialog.")),
	STEP_IN(EARLY, 2XX, MORATORIUM, DIALOG_CONFIRMED, 3261, "13.2.2.4", N_("The 2xx confirms the caller's early dialog; its route set is computed again.")),
	STEP(EARLY, 2XX_SENT, MORATORIUM, DIALOG_CONFIRMED, N_("With its 2xx the callee's early dialog is confirmed; its route set stays.")),
	STEP_IN(EARLY, BYE_SENT, MORTAL, DIALOG_BYE, 3261, "15", N_("The caller ends this one early dialog by BYE.")),
	STEP_IN(EARLY, TARGET_REFRESH, EARLY, NONE, 3261, "12.2.1.2", N_("An UPDATE contains a new Contact before the call is answered.")),
	STEP(EARLY, 300_699, TERMINATED, DIALOG_END, N_("A final response other than 2xx ends every early dialog of the request.")),
	STEP(EARLY, 300_699_SENT, TERMINATED, DIALOG_END, N_("The callee has rejected the call: its early dialog ends.")),
	STEP(EARLY, 199, TERMINATED, EARLY_ENDED, N_("One phone of a fork has rejected the call, and a proxy reports it: its early dialog ends, others continue.")),
	STEP(EARLY, 199_SENT, TERMINATED, EARLY_TOLD, N_("A B2BUA has learnt that the early dialog behind this one is over.")),
	STEP_IN(EARLY, CANCEL, TERMINATED, NONE, 3261, "12.3", N_("The caller gave up: the INVITE gets a 487, which ends the early dialog.")),
	STEP_IN(EARLY, BYE, MORTAL, DIALOG_BYE_RECV, 3261, "15", N_("The caller may end an early dialog by BYE.")),
	STEP(EARLY, TIMEOUT, TERMINATED, DIALOG_EARLY_OVER, N_("Another branch was answered first, and no 2xx came here within 64*T1.")),
	STEP(MORATORIUM, ACK, CONFIRMED, DIALOG_ESTABLISHED, N_("The ACK has arrived: the dialog is established.")),
	STEP(MORATORIUM, ACK_SENT, CONFIRMED, DIALOG_ESTABLISHED, N_("The caller has sent the ACK: the dialog is established.")),
	STEP_IN(MORATORIUM, TARGET_REFRESH, MORATORIUM, NONE, 5407, "3.1.4", N_("A re-INVITE overtakes the ACK, and brings a new remote target.")),
	STEP_IN(MORATORIUM, BYE_SENT, MORTAL, DIALOG_BYE, 3261, "15", N_("No ACK came in time, or somebody did not wait for it: this side hangs up.")),
	STEP(MORATORIUM, BYE, MORTAL, DIALOG_BYE_RECV, N_("The peer's BYE came before its ACK.")),
	STEP_IN(MORATORIUM, NOT_SENT, TERMINATED, NONE, 3261, "8.1.2", N_("Neither ACK nor BYE can be sent: the dialog is over nevertheless.")),
	STEP_IN(CONFIRMED, TARGET_REFRESH, CONFIRMED, NONE, 3261, "12.2.1.2", N_("A re-INVITE or UPDATE contains a new Contact: the remote target changes, the route set does not.")),
	STEP(CONFIRMED, BYE_SENT, MORTAL, DIALOG_BYE, N_("This side hangs up, or the peer has lost the dialog (12.2.1.2): the session is over at once.")),
	STEP(CONFIRMED, BYE, MORTAL, DIALOG_BYE_RECV, N_("A BYE came: it ends the session, and with it the dialog.")),
	STEP_IN(CONFIRMED, NOT_SENT, TERMINATED, NONE, 3261, "8.1.2", N_("The BYE can't be sent: the session is over nevertheless.")),
	STEP(CONFIRMED, NOTIFY_TERMINATED, TERMINATED, DIALOG_UNSUBSCRIBED, N_("Its last subscription has ended, and no session uses the dialog.")),
	STEP(CONFIRMED, LAST_USAGE, MORTAL, DIALOG_UNSUBSCRIBED, N_("Its last subscription has ended; its session was ended by a BYE whose transaction still exists.")),
	STEP(MORTAL, BYE_OVER, TERMINATED, DIALOG_MORGUE, N_("The BYE's transaction has ended: by Timer K, by Timer J, or because nobody has answered. If two BYEs cross, the later transaction counts.")),
};

const struct machine machine_dialog = {
	.name = "dialog", .title = N_("dialog"),
	.rfc = 3261, .section = "12", .start = STATE_NONE,
	MACHINE_STATES(dialog),
};

static const struct machine_state call_states[] = {
	{ STATE_IDLE, false, N_("Nothing has happened yet.") },
	{ STATE_CALLING, false, N_("The INVITE was sent.") },
	{ STATE_PROCEEDING, false, N_("The INVITE is being handled; the phone does not ring yet.") },
	{ STATE_EARLY, false, N_("It rings, or early media flow.") },
	{ STATE_MORATORIUM, false, N_("The callee has answered with a 2xx, which it retransmits until the ACK comes.") },
	{ STATE_CONFIRMED, false, N_("They talk.") },
	{ STATE_TERMINATING, false, N_("One side ends it and waits for the response.") },
	{ STATE_TERMINATED, true, N_("The call is over.") },
};

static const struct machine_edge call_edges[] = {
	STEP(IDLE, INVITE_SENT, CALLING, INVITE_SEND, N_("The caller sends an INVITE, usually with an offer.")),
	STEP(IDLE, INVITE_RECEIVED, PROCEEDING, INVITE_RECV, N_("An INVITE arrives at the callee.")),
	STEP_IN(IDLE, NOT_SENT, TERMINATED, NONE, 3261, "8.1.2", N_("No INVITE was sent: no address was found, or the call was cancelled before.")),
	STEP(IDLE, 2XX, CONFIRMED, INVITE_2XX, N_("One more branch of a forked INVITE was answered: it is a call of its own, which the caller may end by BYE.")),
	STEP(CALLING, INVITE_SENT, CALLING, AUTH_ANSWER, N_("The INVITE was challenged, and is sent once more with credentials.")),
	STEP(CALLING, 100, PROCEEDING, ICT_1XX, N_("The next hop has the INVITE; nothing is known of the callee.")),
	STEP(CALLING, 1XX, EARLY, INVITE_1XX, N_("The callee was reached: the phone rings.")),
	STEP(CALLING, 1XX_SDP, EARLY, INVITE_PREVIEW, N_("A provisional response contains a session description before the answer itself: it is only a preview.")),
	STEP(CALLING, 2XX, CONFIRMED, INVITE_2XX, N_("Answered; the caller sends ACK.")),
	STEP(CALLING, 300_699, TERMINATED, INVITE_FAILED, N_("Rejected or redirected.")),
	STEP(CALLING, TIMEOUT, TERMINATED, UAC_408, N_("Nobody answered, or it could not be sent: this counts as a 408 or a 503.")),
	STEP_IN(CALLING, NOT_SENT, TERMINATED, NONE, 3261, "8.1.2", N_("The INVITE, or the ACK for its 2xx, can't be sent; or the call is cancelled before the INVITE is sent once more.")),
	STEP(CALLING, CANCEL_UNSENT, TERMINATING, CANCEL_SEND, N_("The caller hangs up; CANCEL waits for the first provisional response.")),
	STEP(PROCEEDING, INVITE_SENT, CALLING, AUTH_ANSWER, N_("The INVITE was challenged, and is sent once more with credentials.")),
	STEP(CALLING, 300_399, PROCEEDING, REDIRECT_ASK, N_("Redirected: the user is asked whether to call there.")),
	STEP(PROCEEDING, 1XX, EARLY, INVITE_1XX, N_("The callee's phone rings.")),
	STEP(PROCEEDING, 1XX_SDP, EARLY, INVITE_PREVIEW, N_("A provisional response contains a session description before the answer itself: it is only a preview.")),
	STEP(PROCEEDING, 181_182_SENT, PROCEEDING, INVITE_QUEUED, N_("All lines are busy: the call waits for one, and a 182 reports that.")),
	STEP(PROCEEDING, 183_SENT, EARLY, INVITE_EARLY_MEDIA, N_("The caller hears something from the callee before the call is answered.")),
	STEP(PROCEEDING, 1XX_SENT, EARLY, INVITE_PROGRESS, N_("The callee's phone rings and reports it.")),
	STEP(PROCEEDING, 2XX_SENT, MORATORIUM, INVITE_ACCEPT, N_("The callee answers without having rung: a 2xx confirms its dialog at once (12.1).")),
	STEP(PROCEEDING, 2XX, CONFIRMED, INVITE_2XX, N_("Answered; the caller sends ACK.")),
	STEP(PROCEEDING, 300_699, TERMINATED, INVITE_FAILED, N_("Rejected or redirected.")),
	STEP(PROCEEDING, 300_399, PROCEEDING, REDIRECT_ASK, N_("Redirected: the user is asked whether to call there.")),
	STEP(PROCEEDING, 300_699_SENT, TERMINATED, INVITE_REJECT, N_("The callee rejects the call.")),
	STEP(PROCEEDING, TIMEOUT, TERMINATED, UAC_408, N_("Nobody answered, or it could not be sent: this counts as a 408 or a 503.")),
	STEP_IN(PROCEEDING, NOT_SENT, TERMINATED, NONE, 3261, "8.1.2", N_("It was answered, and no ACK can be sent.")),
	STEP(PROCEEDING, CANCEL, TERMINATING, CANCEL_SEND, N_("The caller gives up and sends CANCEL.")),
	STEP(PROCEEDING, CANCEL_RECEIVED, TERMINATED, CANCEL_RECV, N_("The caller gave up: the INVITE gets 487.")),
	STEP(EARLY, INVITE_SENT, CALLING, REDIRECT_FOLLOW, N_("Redirected or challenged: another INVITE is sent.")),
	STEP(EARLY, 1XX, EARLY, INVITE_1XX, N_("It still rings.")),
	STEP(EARLY, 1XX_SDP, EARLY, INVITE_PREVIEW, N_("A provisional response contains a session description before the answer itself: it is only a preview.")),
	STEP(EARLY, 199, PROCEEDING, EARLY_ENDED, N_("The last ringing phone has stopped; the proxy tries others, or reports the result.")),
	STEP(EARLY, 199_SENT, PROCEEDING, EARLY_TOLD, N_("The early dialogs that the caller knows are over; there may be more of them.")),
	STEP(EARLY, 183_SENT, EARLY, INVITE_EARLY_MEDIA, N_("The caller hears something from the callee before the call is answered.")),
	STEP(EARLY, 1XX_SENT, EARLY, INVITE_PROGRESS, N_("The phone still rings, and reports it once more.")),
	STEP(EARLY, 2XX, CONFIRMED, INVITE_2XX, N_("Answered; the caller sends ACK.")),
	STEP(EARLY, 2XX_SENT, MORATORIUM, INVITE_ACCEPT, N_("The callee answers.")),
	STEP(EARLY, 300_699, TERMINATED, INVITE_FAILED, N_("Rejected or redirected.")),
	STEP(EARLY, 300_399, PROCEEDING, REDIRECT_ASK, N_("Redirected: the user is asked whether to call there.")),
	STEP(EARLY, 300_699_SENT, TERMINATED, INVITE_REJECT, N_("The callee rejects the call, or nobody answers.")),
	STEP(EARLY, TIMEOUT, TERMINATED, UAC_408, N_("Nobody answered, or it could not be sent: this counts as a 408 or a 503.")),
	STEP_IN(EARLY, NOT_SENT, TERMINATED, NONE, 3261, "8.1.2", N_("It was answered, and no ACK can be sent; or its early dialog must be ended, and no BYE can be sent.")),
	STEP(EARLY, CANCEL, TERMINATING, CANCEL_SEND, N_("The caller gives up and sends CANCEL.")),
	STEP_IN(EARLY, BYE, TERMINATING, BYE_SEND, 3261, "15", N_("The caller ends the early dialog by BYE.")),
	STEP(EARLY, CANCEL_RECEIVED, TERMINATED, CANCEL_RECV, N_("The caller gave up: the INVITE gets 487.")),
	STEP_IN(EARLY, BYE_RECEIVED, TERMINATED, BYE_RECV, 3261, "15", N_("The caller has ended the early dialog by BYE.")),
	STEP(MORATORIUM, ACK, CONFIRMED, INVITE_ACKED, N_("The ACK ends the retransmissions of the callee's 2xx.")),
	STEP(MORATORIUM, NO_ACK, CONFIRMED, INVITE_NO_ACK, N_("No ACK came within 64*T1 of the 2xx: the call is confirmed nevertheless, but must be ended by BYE.")),
	STEP_IN(MORATORIUM, RE_INVITE_RECEIVED, MORATORIUM, NONE, 5407, "3.1.4", N_("The peer changes the session before its ACK has arrived.")),
	STEP_IN(MORATORIUM, BYE, TERMINATING, BYE_SEND, 3261, "15", N_("The callee does not wait for the ACK.")),
	STEP(MORATORIUM, BYE_RECEIVED, TERMINATED, BYE_RECV, N_("The peer's BYE came before its ACK.")),
	STEP_IN(MORATORIUM, NOT_SENT, TERMINATED, NONE, 3261, "8.1.2", N_("The BYE can't be sent: the session is over nevertheless.")),
	STEP_IN(CONFIRMED, RE_INVITE, CONFIRMED, NONE, 3261, "14.1", N_("This side has changed the session: hold, resume, other media.")),
	STEP_IN(CONFIRMED, RE_INVITE_RECEIVED, CONFIRMED, NONE, 3261, "14.2", N_("The peer has changed the session: hold, resume, other media.")),
	STEP_IN(CONFIRMED, 300_699, CONFIRMED, INVITE_FAILED, 3261, "14.1", N_("A re-INVITE was rejected: the session stays unchanged.")),
	STEP_IN(CONFIRMED, TRANSFER, CONFIRMED, NONE, 5589, "6", N_("A transfer is complete: if the target has answered, this side hangs up; otherwise the call continues.")),
	STEP(CONFIRMED, MIX, CONFIRMED, CONFERENCE_MIX, N_("Its media are mixed with those of all others in its conference.")),
	STEP(CONFIRMED, JOIN, CONFIRMED, JOIN_MIX, N_("Its media are mixed with those of another call of this phone.")),
	STEP(CONFIRMED, BYE, TERMINATING, BYE_SEND, N_("This side hangs up.")),
	STEP(CONFIRMED, BYE_RECEIVED, TERMINATED, BYE_RECV, N_("The peer hung up.")),
	STEP_IN(CONFIRMED, NOT_SENT, TERMINATED, NONE, 3261, "8.1.2", N_("The BYE can't be sent: the session is over nevertheless.")),
	STEP(TERMINATING, 2XX, TERMINATED, BYE_SEND, N_("The BYE was answered.")),
	STEP(TERMINATING, TIMEOUT, TERMINATED, UAC_408, N_("Nobody answered: this counts as a 408, and the call is over nevertheless.")),
	STEP(TERMINATING, 300_699, TERMINATED, INVITE_FAILED, N_("The INVITE ended with 487, or the BYE was rejected: the call is over in any case.")),
	STEP_IN(TERMINATING, NOT_SENT, TERMINATED, NONE, 3261, "8.1.2", N_("It was answered before the CANCEL arrived, and neither ACK nor BYE can be sent.")),
	STEP(TERMINATING, BYE_RECEIVED, TERMINATED, BYE_RECV, N_("Both sides hung up at once.")),
};

static const struct machine_timer call_timers[] = {
	{ "2xx", EVENT_NONE, SIP_T1_MS, SIP_T2_MS, MACHINE_SAME, "T1, 2*T1, … T2", STATE_MORATORIUM, STATE_NONE, N_("retransmits the 2xx until the ACK comes") },
	{ "reliable", EVENT_NONE, SIP_T1_MS, SIP_64T1_MS, MACHINE_SAME, "T1, 2*T1, 4*T1, …", STATE_NONE, STATE_NONE, N_("retransmits a reliable provisional response until the PRACK comes") },
	{ "answer", EVENT_NONE, 0, 0, MACHINE_SAME, N_("as configured"), STATE_NONE, STATE_NONE, N_("the called person picks up") },
	{ "no-answer", EVENT_NONE, 0, 0, MACHINE_SAME, "as configured", STATE_NONE, STATE_NONE, N_("rejects a call that nobody answers") },
	{ "glare", EVENT_NONE, 0, 0, MACHINE_SAME, N_("2.1 s to 4 s, or up to 2 s"), STATE_CONFIRMED, STATE_EARLY, N_("tries a re-INVITE or UPDATE again that crossed the peer's") },
	{ "retry", EVENT_TIMER_RETRY, 0, 0, MACHINE_SAME, "Retry-After", STATE_CONFIRMED, STATE_EARLY, N_("tries a re-INVITE or UPDATE again when the peer has asked for that") },
	{ "session-refresh", EVENT_NONE, 0, 0, MACHINE_SAME, N_("half the session interval"), STATE_CONFIRMED, STATE_MORATORIUM, N_("refreshes the session") },
	{ "session", EVENT_NONE, 0, 0, MACHINE_SAME, N_("the session interval, or up to 32 s less"), STATE_CONFIRMED, STATE_MORATORIUM, N_("ends a session that nobody has refreshed") },
	{ "cancel", EVENT_NONE, SIP_64T1_MS, 0, MACHINE_SAME, "64*T1", STATE_TERMINATING, STATE_CONFIRMED, N_("gives up the INVITE when no final response follows CANCEL") },
	{ "100", EVENT_NONE, SIP_TRYING_MS, 0, MACHINE_SAME, "200 ms", STATE_NONE, STATE_NONE, N_("sends a 100 if there was no other response until then") },
	{ "1xx", EVENT_NONE, SIP_AGAIN_MS, 0, MACHINE_SAME, N_("60 s; reliable 150 s"), STATE_NONE, STATE_NONE, N_("sends the provisional response once more, so that no proxy gives up") },
	{ "hangup", EVENT_NONE, 0, 0, MACHINE_SAME, N_("as configured"), STATE_CONFIRMED, STATE_NONE, N_("ends the call by itself") },
	{ "expires", EVENT_NONE, 0, 0, MACHINE_SAME, "Expires", STATE_NONE, STATE_NONE, N_("rejects a call that was not answered in the time that its INVITE allows") },
};

const struct machine machine_call = {
	.name = "call", .title = N_("call"),
	.rfc = 3261, .section = "13", .start = STATE_IDLE,
	.grid = {
		{ STATE_IDLE },
		{ STATE_CALLING },
		{ STATE_PROCEEDING },
		{ STATE_EARLY },
		{ STATE_MORATORIUM },
		{ STATE_CONFIRMED, STATE_TERMINATING },
		{ STATE_NONE, STATE_TERMINATED },
	},
	MACHINE_TABLES(call),
};

static const struct machine_state registration_states[] = {
	{ STATE_UNREGISTERED, false, N_("The registrar has no binding of this contact.") },
	{ STATE_REGISTERING, false, N_("The REGISTER was sent.") },
	{ STATE_REGISTERED, false, N_("The binding exists, and is refreshed before it expires.") },
	{ STATE_REFRESHING, false, N_("The REGISTER that refreshes or changes the binding was sent; until it is answered, the binding stays.") },
	{ STATE_FAILED, false, N_("The registrar rejected the REGISTER or did not answer; a phone that registers automatically waits, and tries again.") },
	{ STATE_UNREGISTERING, false, N_("A REGISTER that removes the binding was sent.") },
};

static const struct machine_edge registration_edges[] = {
	STEP(UNREGISTERED, REGISTER, REGISTERING, REGISTER_SEND, N_("The user agent asks its registrar to bind its contact to its address-of-record.")),
	STEP(UNREGISTERED, UNREGISTER, UNREGISTERING, REGISTER_REMOVE, N_("A REGISTER with an expiry of 0 is sent, whether or not the registrar has a binding.")),
	STEP(UNREGISTERED, TIMER_RETRY, REGISTERING, REGISTER_AGAIN, N_("The time that the registrar asked for is over.")),
	STEP(UNREGISTERED, TIMER_RECOVERY, REGISTERING, REGISTER_RECOVER, N_("The registrar gave the contact a lifetime of zero; the phone has waited, and tries again.")),
	STEP_IN(UNREGISTERED, BEFORE_THE_RUN, REGISTERED, NONE, 3261, "10.2", N_("The phone registered before the run began, and its binding exists.")),
	STEP(REGISTERING, 401, REGISTERING, AUTH_ANSWER, N_("The registrar asks for credentials: the REGISTER is sent once more with them.")),
	STEP(REGISTERING, 407, REGISTERING, AUTH_ANSWER_PROXY, N_("A proxy on the path asks for credentials: the REGISTER is sent once more with them.")),
	STEP(REGISTERING, 423, REGISTERING, REGISTER_LONGER, N_("The interval was too brief: the REGISTER is sent once more with the shortest interval that the registrar accepts.")),
	STEP(REGISTERING, 439, REGISTERING, FLOW_PLAIN, N_("The first hop does not support flows: the REGISTER is sent once more without reg-id.")),
	STEP_IN(REGISTERING, ELSEWHERE, REGISTERING, NONE, 3261, "8.1.3.4", N_("Redirected: the REGISTER is sent to another address.")),
	STEP_IN(REGISTERING, NEXT_SERVER, REGISTERING, NONE, 3263, "4.3", N_("No answer came: the REGISTER is sent to the next server.")),
	STEP(REGISTERING, 2XX, REGISTERED, REGISTER_DONE, N_("The response lists the bindings; the refresh is set by its expiry.")),
	STEP(REGISTERING, 2XX_NOT_BOUND, UNREGISTERED, REGISTER_DONE, N_("The response does not bind the contact, because its lifetime is zero.")),
	STEP(REGISTERING, 300_699, FAILED, REGISTER_REFUSED, N_("The registrar rejected the REGISTER.")),
	STEP(REGISTERING, TIMEOUT, FAILED, REGISTER_SILENT, N_("Nobody answered, or it could not be sent; it is not tried again at once.")),
	STEP_IN(REGISTERING, NOT_SENT, FAILED, NONE, 3261, "8.1.2", N_("No registrar is known, or no request can be made.")),
	STEP(REGISTERED, TIMER_REFRESH, REFRESHING, REGISTER_REFRESH, N_("Time to refresh the binding, with the same Call-ID and the next CSeq.")),
	STEP(REGISTERED, REGISTER, REFRESHING, REGISTER_SEND, N_("The user agent registers again: another contact, or another interval.")),
	STEP(REGISTERED, UNREGISTER, UNREGISTERING, REGISTER_REMOVE, N_("A REGISTER with an expiry of 0 removes the binding.")),
	STEP(REGISTERED, FLOW_FAILED, REGISTERING, FLOW_AGAIN, N_("The flow by which the phone is reached has failed: it creates another one at once.")),
	STEP(REGISTERED, FLOW_UNPROVEN, FAILED, FLOW_WAIT, N_("The flow has failed before anything came back over it: the phone waits before it creates another one.")),
	STEP(REGISTERED, FORGOTTEN, FAILED, REGISTER_RECOVER, N_("The registrar rejects or does not answer the request: it no longer knows the contact.")),
	STEP(REGISTERED, DEACTIVATED, REGISTERING, REGISTER_AGAIN, N_("A NOTIFY says that the registrar has ended the binding and wants a new REGISTER.")),
	STEP(REGISTERED, RESTORATION, REGISTERING, REGISTER_RESTORE, N_("The S-CSCF has lost its data about the phone, and reports that by 504.")),
	STEP(REGISTERED, PROBATION, UNREGISTERED, REGISTER_AGAIN, N_("A NOTIFY says that the registrar has ended the binding and wants a new REGISTER later.")),
	STEP(REGISTERED, REJECTED, FAILED, REGISTER_REJECTED, N_("A NOTIFY says that the registrar has ended the binding permanently.")),
	STEP(REFRESHING, 401, REFRESHING, AUTH_ANSWER, N_("The registrar asks for credentials: the REGISTER is sent once more with them.")),
	STEP(REFRESHING, 407, REFRESHING, AUTH_ANSWER_PROXY, N_("A proxy on the path asks for credentials: the REGISTER is sent once more with them.")),
	STEP(REFRESHING, 423, REFRESHING, REGISTER_LONGER, N_("The interval was too brief: the REGISTER is sent once more with the shortest interval that the registrar accepts.")),
	STEP_IN(REFRESHING, ELSEWHERE, REFRESHING, NONE, 3261, "8.1.3.4", N_("Redirected: the REGISTER is sent to another address.")),
	STEP_IN(REFRESHING, NEXT_SERVER, REFRESHING, NONE, 3263, "4.3", N_("No answer came: the REGISTER is sent to the next server.")),
	STEP(REFRESHING, 2XX, REGISTERED, REGISTER_DONE, N_("The binding is extended for the time that the response says.")),
	STEP(REFRESHING, 2XX_NOT_BOUND, UNREGISTERED, REGISTER_DONE, N_("The response does not bind the contact, because its lifetime is zero.")),
	STEP(REFRESHING, 300_699, FAILED, REGISTER_REFUSED, N_("The registrar rejected the REGISTER; the binding expires by itself.")),
	STEP(REFRESHING, TIMEOUT, FAILED, REGISTER_SILENT, N_("Nobody answered, or it could not be sent; the binding expires by itself.")),
	STEP_IN(REFRESHING, NOT_SENT, FAILED, NONE, 3261, "8.1.2", N_("No registrar is known any more, or no request can be made.")),
	STEP(UNREGISTERING, 401, UNREGISTERING, AUTH_ANSWER, N_("The registrar asks for credentials: the REGISTER is sent once more with them.")),
	STEP(UNREGISTERING, 407, UNREGISTERING, AUTH_ANSWER_PROXY, N_("A proxy on the path asks for credentials: the REGISTER is sent once more with them.")),
	STEP_IN(UNREGISTERING, ELSEWHERE, UNREGISTERING, NONE, 3261, "8.1.3.4", N_("Redirected: the REGISTER is sent to another address.")),
	STEP_IN(UNREGISTERING, NEXT_SERVER, UNREGISTERING, NONE, 3263, "4.3", N_("No answer came: the REGISTER is sent to the next server.")),
	STEP(UNREGISTERING, 2XX, UNREGISTERED, REGISTER_REMOVE, N_("The binding is removed.")),
	STEP(UNREGISTERING, 300_699, FAILED, REGISTER_REFUSED, N_("The registrar rejected the REGISTER; the binding expires by itself.")),
	STEP(UNREGISTERING, TIMEOUT, FAILED, REGISTER_SILENT, N_("Nobody answered, or it could not be sent; the binding expires by itself.")),
	STEP_IN(UNREGISTERING, NOT_SENT, FAILED, NONE, 3261, "8.1.2", N_("No registrar is known, or no request can be made.")),
	STEP(FAILED, REGISTER, REGISTERING, REGISTER_SEND, N_("The user agent tries again.")),
	STEP(FAILED, TIMER_RECOVERY, REGISTERING, REGISTER_RECOVER, N_("A phone that registers automatically has waited, and tries again.")),
	STEP(FAILED, UNREGISTER, UNREGISTERING, REGISTER_REMOVE, N_("A REGISTER with an expiry of 0 is sent, whether or not the registrar has a binding.")),
};

static const struct machine_timer registration_timers[] = {
	{ "refresh", EVENT_TIMER_REFRESH, 0, 0, MACHINE_SAME, N_("9/10 of the expiry"), STATE_REGISTERED, STATE_NONE, N_("refreshes the binding before it expires") },
	{ "retry", EVENT_TIMER_RETRY, 0, 0, MACHINE_SAME, "retry-after", STATE_UNREGISTERED, STATE_NONE, N_("registers again when the registrar has ended the binding for a while") },
	{ "recovery", EVENT_TIMER_RECOVERY, 0, 0, MACHINE_SAME, N_("half to whole of 1 min, 2 min, … 30 min"), STATE_FAILED, STATE_UNREGISTERED, N_("registers again after a failure") },
};

const struct machine machine_registration = {
	.name = "registration", .title = N_("registration"),
	.heading = N_("Registrations"),
	.again = true,
	.rfc = 3261, .section = "10.2", .start = STATE_UNREGISTERED,
	MACHINE_TABLES(registration),
};

static const struct machine_state subscription_states[] = {
	{ STATE_INIT, false, N_("No subscription was requested yet.") },
	{ STATE_NOTIFY_WAIT, false, N_("The SUBSCRIBE or REFER has arrived; the first NOTIFY will create the subscription.") },
	{ STATE_PENDING, false, N_("The notifier has not decided yet whether the subscriber may have the state.") },
	{ STATE_ACTIVE, false, N_("Changes are reported by NOTIFY.") },
	{ STATE_TERMINATED, true, N_("The subscription is over.") },
};

static const struct machine_edge subscription_edges[] = {
	STEP(INIT, SUBSCRIBE, NOTIFY_WAIT, SUBSCRIBE_SEND, N_("The subscriber asks for an event package; Timer N starts.")),
	STEP(INIT, ISFOCUS, NOTIFY_WAIT, CONFERENCE_ASK, N_("The peer of a call is a focus: the phone asks who is in the conference.")),
	STEP(INIT, REDIAL, NOTIFY_WAIT, REDIAL_SUBSCRIBE, N_("The subscriber asks to be notified when a busy user can be called again.")),
	STEP(INIT, REFER_SENT, NOTIFY_WAIT, REFER_SEND, N_("A REFER asks for a call to another address and for reports of it; Timer N starts.")),
	STEP(INIT, REFER, NOTIFY_WAIT, REFER_ACCEPT, N_("The peer asks for a call to another address: accepted with 202.")),
	STEP(INIT, SUBSCRIBE_RECEIVED, NOTIFY_WAIT, SUBSCRIBE_ACCEPT, N_("The peer asks for an event package: accepted with 200.")),
	STEP(NOTIFY_WAIT, 2XX, NOTIFY_WAIT, REFER_2XX, N_("A 2xx is only an intermediate response: the NOTIFY counts.")),
	STEP(NOTIFY_WAIT, 2XX_NO_REFER_SUB, TERMINATED, REFER_UNHEARD, N_("The peer does what the REFER asks for, and does not report on it.")),
	STEP(NOTIFY_WAIT, SUBSCRIBE, NOTIFY_WAIT, SUBSCRIBE_LONGER, N_("The SUBSCRIBE is sent once more: with a longer interval, or with credentials.")),
	STEP(NOTIFY_WAIT, NOTIFY_PENDING, PENDING, NOTIFY_BEGINS, N_("The first NOTIFY: the subscription exists, but is not authorized yet.")),
	STEP(NOTIFY_WAIT, NOTIFY_ACTIVE, ACTIVE, NOTIFY_BEGINS, N_("The first NOTIFY contains the state.")),
	STEP(NOTIFY_WAIT, NOTIFY_TERMINATED, TERMINATED, NOTIFY_NEWS, N_("The notifier ends it at once: the state was fetched once.")),
	STEP(NOTIFY_WAIT, NOTIFY_ACTIVE_SENT, ACTIVE, NOTIFY_FIRST, N_("The referred phone reports at once that the call is in progress.")),
	STEP(NOTIFY_WAIT, STATE_SENT, ACTIVE, NOTIFY_AT_ONCE, N_("A SUBSCRIBE is followed by the state at once.")),
	STEP(NOTIFY_WAIT, NOTIFY_PENDING_SENT, PENDING, NOTIFY_AT_ONCE, N_("It exists, but it is not decided whether the peer may have the state.")),
	STEP(NOTIFY_WAIT, NOTIFY_TERMINATED_SENT, TERMINATED, NOTIFY_AT_ONCE, N_("The state is fetched once: the first NOTIFY is the last.")),
	STEP(NOTIFY_WAIT, OUTCOME_SENT, TERMINATED, NOTIFY_FINAL, N_("The result of the call is known at once.")),
	STEP_IN(NOTIFY_WAIT, TIMEOUT, TERMINATED, NONE, 3261, "8.1.3.1", N_("The REFER was not answered at all.")),
	STEP_IN(NOTIFY_WAIT, NOT_SENT, TERMINATED, NONE, 3261, "8.1.2", N_("No REFER could be sent.")),
	STEP_IN(NOTIFY_WAIT, STOP, TERMINATED, NONE, 3515, "2.4.4", N_("The call is hung up; nobody waits for the reports.")),
	STEP(NOTIFY_WAIT, 300_699, TERMINATED, REFER_REFUSED, N_("The notifier rejected the request.")),
	STEP(NOTIFY_WAIT, TIMER_N, TERMINATED, NOTIFY_SILENT, N_("No NOTIFY came in time.")),
	STEP(PENDING, NOTIFY_PENDING, PENDING, NOTIFY_NEWS, N_("Still undecided.")),
	STEP(PENDING, NOTIFY_ACTIVE, ACTIVE, NOTIFY_NEWS, N_("The notifier has agreed.")),
	STEP(PENDING, NOTIFY_TERMINATED, TERMINATED, NOTIFY_NEWS, N_("The notifier ends it and says why.")),
	STEP(PENDING, NOTIFY_PENDING_SENT, PENDING, NOTIFY_AT_ONCE, N_("It is still undecided, and a NOTIFY reports that again.")),
	STEP(PENDING, NOTIFY_ACTIVE_SENT, ACTIVE, NOTIFY_CHANGE, N_("The peer may have the state, and gets it.")),
	STEP(PENDING, NOTIFY_TERMINATED_SENT, TERMINATED, NOTIFY_AT_ONCE, N_("The peer has ended it, and gets the last NOTIFY at once.")),
	STEP(PENDING, TIMEOUT_SENT, TERMINATED, NOTIFY_TIMEOUT, N_("Nobody has refreshed it: it has expired.")),
	STEP(PENDING, REJECTED_SENT, TERMINATED, PRESENCE_DECIDED, N_("The peer may not have the state after all.")),
	STEP(PENDING, SUBSCRIBE_RECEIVED, PENDING, SUBSCRIBE_REFRESHED, N_("The peer refreshes it, or ends it by Expires 0.")),
	STEP(PENDING, SUBSCRIBE, PENDING, SUBSCRIBE_REFRESH, N_("The subscription is refreshed; Timer N starts.")),
	STEP(PENDING, UNSUBSCRIBE, PENDING, SUBSCRIBE_STOP, N_("The subscriber ends it with an expiry of 0; Timer N starts.")),
	STEP(PENDING, 300_699, TERMINATED, REFER_REFUSED, N_("The notifier has rejected it after all.")),
	STEP_IN(PENDING, TIMEOUT, TERMINATED, NONE, 3261, "8.1.3.1", N_("The REFER was not answered at all.")),
	STEP_IN(PENDING, TIMER_N, TERMINATED, NONE, 6665, "4.1.2.2", N_("The refresh brought no NOTIFY.")),
	STEP_IN(PENDING, TIMER_EXPIRE, TERMINATED, NONE, 3515, "2.4.4", N_("The time of the subscription is over.")),
	STEP_IN(PENDING, STOP, TERMINATED, NONE, 3515, "2.4.4", N_("The call is hung up; nobody waits for the reports.")),
	STEP(ACTIVE, NOTIFY_ACTIVE, ACTIVE, NOTIFY_NEWS, N_("News.")),
	STEP(ACTIVE, NOTIFY_TERMINATED, TERMINATED, NOTIFY_NEWS, N_("The notifier ends it and says why.")),
	STEP(ACTIVE, NOTIFY_ACTIVE_SENT, ACTIVE, NOTIFY_CHANGE, N_("A change of the state, or the state once more after a refresh.")),
	STEP(ACTIVE, SUBSCRIBE_RECEIVED, ACTIVE, SUBSCRIBE_REFRESHED, N_("The peer refreshes it, or ends it by Expires 0.")),
	STEP(ACTIVE, SUBSCRIBE, ACTIVE, SUBSCRIBE_REFRESH, N_("The subscription is refreshed; Timer N starts.")),
	STEP(ACTIVE, UNSUBSCRIBE, ACTIVE, SUBSCRIBE_STOP, N_("The subscriber ends it with an expiry of 0; Timer N starts.")),
	STEP_IN(ACTIVE, 300_699, TERMINATED, NONE, 6665, "4.2.2", N_("481 to a NOTIFY: the peer does not know the subscription.")),
	STEP(ACTIVE, NOTIFY_TERMINATED_SENT, TERMINATED, NOTIFY_AT_ONCE, N_("The peer has ended it, and gets the last NOTIFY at once.")),
	STEP(ACTIVE, OUTCOME_SENT, TERMINATED, NOTIFY_FINAL, N_("The last NOTIFY contains the result of the call.")),
	STEP(ACTIVE, TIMEOUT_SENT, TERMINATED, NOTIFY_TIMEOUT, N_("Nobody has refreshed it: it has expired.")),
	STEP(ACTIVE, GONE_SENT, TERMINATED, CONFERENCE_UNTOLD, N_("The conference is over, or the peer was removed from it.")),
	STEP(ACTIVE, REJECTED_SENT, TERMINATED, PRESENCE_DECIDED, N_("The peer may not have the state after all.")),
	STEP_IN(ACTIVE, TIMEOUT, TERMINATED, NONE, 6665, "4.2.2", N_("A NOTIFY was not answered: nobody listens.")),
	STEP_IN(ACTIVE, TIMER_N, TERMINATED, NONE, 6665, "4.1.2.2", N_("The refresh brought no NOTIFY.")),
	STEP_IN(ACTIVE, TIMER_EXPIRE, TERMINATED, NONE, 3515, "2.4.4", N_("The time of the subscription is over.")),
	STEP_IN(ACTIVE, STOP, TERMINATED, NONE, 3515, "2.4.4", N_("The call is hung up; nobody waits for the reports.")),
};

static const struct machine_timer subscription_timers[] = {
	{ "N", EVENT_TIMER_N, SIP_64T1_MS, 0, MACHINE_SAME, "64*T1", STATE_NONE, STATE_NONE, N_("waits for the NOTIFY that follows a SUBSCRIBE or REFER") },
	{ "expire", EVENT_TIMER_EXPIRE, 0, 0, MACHINE_SAME, N_("expiry"), STATE_NONE, STATE_NONE, N_("ends a subscription whose time is over") },
	{ "news", EVENT_NONE, 0, 0, MACHINE_SAME, "1 s", STATE_NONE, STATE_NONE, N_("reports a change within a second of the previous NOTIFY") },
	{ "resubscribe", EVENT_NONE, 0, 0, MACHINE_SAME, N_("9/10 of the expiry"), STATE_NONE, STATE_NONE, N_("refreshes the subscription before it expires") },
	{ "retry", EVENT_TIMER_RETRY, 0, 0, MACHINE_SAME, "Retry-After", STATE_NONE, STATE_NONE, N_("asks again for a subscription that the notifier has ended for a while") },
	{ "recovery", EVENT_TIMER_RECOVERY, 0, 0, MACHINE_SAME, N_("half to whole of 1 min, 2 min, … 30 min"), STATE_NONE, STATE_NONE, N_("asks again for a subscription that was lost or could not be created") },
};

const struct machine machine_subscription = {
	.name = "subscription", .title = N_("subscription"),
	.heading = N_("Subscriptions"),
	.again = true,
	.rfc = 6665, .section = "4.1.2", .start = STATE_INIT,
	MACHINE_TABLES(subscription),
};

static const struct machine_state publication_states[] = {
	{ STATE_UNPUBLISHED, false, N_("The compositor has no state of this user agent.") },
	{ STATE_PUBLISHING, false, N_("The first PUBLISH, with the whole state, was sent.") },
	{ STATE_PUBLISHED, false, N_("The compositor has the state under an entity tag; it is refreshed before it expires.") },
	{ STATE_REFRESHING, false, N_("The PUBLISH that refreshes or changes it was sent; until it is answered, the old state stays.") },
	{ STATE_FAILED, false, N_("The compositor rejected the PUBLISH or did not answer; a phone that publishes automatically waits, and tries again.") },
	{ STATE_REMOVING, false, N_("A PUBLISH that removes the state was sent.") },
};

static const struct machine_edge publication_edges[] = {
	STEP(UNPUBLISHED, PUBLISH, PUBLISHING, PUBLISH_SEND, N_("The user agent publishes its state, in a PUBLISH without SIP-If-Match.")),
	STEP(PUBLISHING, 2XX, PUBLISHED, PUBLISH_DONE, N_("The response names the state with an entity tag and says how long it lasts.")),
	STEP(PUBLISHING, 423, PUBLISHING, PUBLISH_LONGER, N_("The interval was too brief: the PUBLISH is sent once more with the shortest interval that is accepted.")),
	STEP(PUBLISHING, 300_699, FAILED, PUBLISH_REFUSED, N_("The compositor rejected the PUBLISH.")),
	STEP_IN(PUBLISHING, TIMEOUT, FAILED, NONE, 3261, "8.1.3.1", N_("Nobody answered, or it could not be sent.")),
	STEP_IN(PUBLISHING, NOT_SENT, FAILED, NONE, 3261, "8.1.2", N_("No address is known, or no request can be made.")),
	STEP(PUBLISHED, TIMER_REPUBLISH, REFRESHING, PUBLISH_REFRESH, N_("Time to refresh it: a PUBLISH with SIP-If-Match and without a body.")),
	STEP(PUBLISHED, PUBLISH, REFRESHING, PUBLISH_MODIFY, N_("The state has changed: a PUBLISH with SIP-If-Match and a body.")),
	STEP(PUBLISHED, REMOVE, REMOVING, PUBLISH_REMOVE, N_("A PUBLISH with SIP-If-Match and an expiry of 0 removes the state.")),
	STEP(REFRESHING, 2XX, PUBLISHED, PUBLISH_DONE, N_("The state is extended for the time that the response says, under a new entity tag.")),
	STEP(REFRESHING, 412, PUBLISHING, PUBLISH_ANEW, N_("The compositor no longer knows this entity tag: the whole state is published again.")),
	STEP(REFRESHING, 423, REFRESHING, PUBLISH_LONGER, N_("The interval was too brief: the PUBLISH is sent once more with the shortest interval that is accepted.")),
	STEP(REFRESHING, 300_699, FAILED, PUBLISH_REFUSED, N_("The compositor rejected the PUBLISH; the state expires by itself.")),
	STEP_IN(REFRESHING, TIMEOUT, FAILED, NONE, 3261, "8.1.3.1", N_("Nobody answered; the state expires by itself.")),
	STEP_IN(REFRESHING, NOT_SENT, FAILED, NONE, 3261, "8.1.2", N_("No address is known any more, or no request can be made.")),
	STEP(REMOVING, 2XX, UNPUBLISHED, PUBLISH_REMOVE, N_("The state is removed.")),
	STEP(REMOVING, 300_699, FAILED, PUBLISH_REFUSED, N_("The compositor rejected the PUBLISH; the state expires by itself.")),
	STEP_IN(REMOVING, TIMEOUT, FAILED, NONE, 3261, "8.1.3.1", N_("Nobody answered; the state expires by itself.")),
	STEP_IN(REMOVING, NOT_SENT, FAILED, NONE, 3261, "8.1.2", N_("No address is known any more, or no request can be made.")),
	STEP(FAILED, PUBLISH, PUBLISHING, PUBLISH_SEND, N_("The user agent tries again.")),
	STEP(FAILED, TIMER_RECOVERY, PUBLISHING, PUBLISH_RECOVER, N_("A phone that publishes automatically has waited, and tries again.")),
};

static const struct machine_timer publication_timers[] = {
	{ "republish", EVENT_TIMER_REPUBLISH, 0, 0, MACHINE_SAME, N_("9/10 of the expiry"), STATE_PUBLISHED, STATE_NONE, N_("refreshes the published state before it expires") },
	{ "recovery", EVENT_TIMER_RECOVERY, 0, 0, MACHINE_SAME, N_("half to whole of 1 min, 2 min, … 30 min"), STATE_FAILED, STATE_NONE, N_("publishes again after a failure") },
	{ "expire", EVENT_TIMER_EXPIRE, 0, 0, MACHINE_SAME, N_("expiry"), STATE_NONE, STATE_NONE, N_("at the compositor: deletes state that nobody has refreshed") },
};

const struct machine machine_publication = {
	.name = "publication", .title = N_("publication"),
	.heading = N_("Publications"),
	.again = true,
	.rfc = 3903, .section = "4", .start = STATE_UNPUBLISHED,
	MACHINE_TABLES(publication),
};

static const struct machine_state participant_states[] = {
	{ STATE_DIALING_IN, false, N_("It calls the focus, which has not received its ACK yet.") },
	{ STATE_DIALING_OUT, false, N_("The focus calls it.") },
	{ STATE_ALERTING, false, N_("The focus calls it, and it rings.") },
	{ STATE_CONNECTED, false, N_("It is in the conference: it hears the others who are connected, and they hear it.") },
	{ STATE_ON_HOLD, false, N_("It is in the conference, but hears nothing of it.") },
	{ STATE_MUTED_VIA_FOCUS, false, N_("It hears the others, but they do not hear it: its media are not mixed with theirs.") },
	{ STATE_DISCONNECTING, false, N_("The focus has sent it a BYE or a CANCEL, and waits for the end.") },
	{ STATE_DISCONNECTED, true, N_("It is not in the conference.") },
};

static const struct machine_edge participant_edges[] = {
	STEP(NONE, INVITE_RECEIVED, DIALING_IN, CONFERENCE_ENTER, N_("It calls the conference, and is answered.")),
	STEP(NONE, ISFOCUS, CONNECTED, CONFERENCE_APPLY, N_("An application has turned its call into a conference: a re-INVITE says so.")),
	STEP(NONE, INVITE_SENT, DIALING_OUT, CONFERENCE_DIAL, N_("The focus invites it.")),
	STEP(DIALING_IN, ACK, CONNECTED, CONFERENCE_ENTER, N_("Its ACK has arrived: its media are mixed with those of the others.")),
	STEP(DIALING_IN, BYE, DISCONNECTING, CONFERENCE_REMOVE, N_("The focus hangs up before its ACK has arrived.")),
	STEP(DIALING_IN, END, DISCONNECTED, CONFERENCE_LEFT, N_("It has given up, or was rejected.")),
	STEP(DIALING_OUT, 1XX, ALERTING, CONFERENCE_DIAL, N_("It rings.")),
	STEP(DIALING_OUT, 2XX, CONNECTED, CONFERENCE_DIAL, N_("It has answered at once.")),
	STEP(DIALING_OUT, CANCEL, DISCONNECTING, CONFERENCE_REMOVE, N_("The focus cancels its INVITE.")),
	STEP(DIALING_OUT, 300_699, DISCONNECTED, CONFERENCE_LEFT, N_("It rejects the call, or can't be reached.")),
	STEP(ALERTING, 2XX, CONNECTED, CONFERENCE_DIAL, N_("It has answered: its media are mixed with those of the others.")),
	STEP(ALERTING, CANCEL, DISCONNECTING, CONFERENCE_REMOVE, N_("The focus cancels its INVITE.")),
	STEP(ALERTING, 300_699, DISCONNECTED, CONFERENCE_LEFT, N_("It rejects the call, or nobody answers.")),
	STEP(CONNECTED, HOLD, ON_HOLD, CONFERENCE_HOLD, N_("It holds the conference, or no stream is sent to it any more.")),
	STEP(CONNECTED, BYE, DISCONNECTING, CONFERENCE_REMOVE, N_("The focus hangs up: it is removed, or the conference is over.")),
	STEP(CONNECTED, BYE_RECEIVED, DISCONNECTED, CONFERENCE_LEFT, N_("It leaves.")),
	STEP(CONNECTED, MUTE, MUTED_VIA_FOCUS, CONFERENCE_MUTE, N_("The focus mutes it.")),
	STEP(ON_HOLD, RESUME, CONNECTED, CONFERENCE_HOLD, N_("It hears the others again.")),
	STEP(ON_HOLD, BYE, DISCONNECTING, CONFERENCE_REMOVE, N_("The focus hangs up: it is removed, or the conference is over.")),
	STEP(ON_HOLD, BYE_RECEIVED, DISCONNECTED, CONFERENCE_LEFT, N_("It leaves.")),
	STEP(MUTED_VIA_FOCUS, UNMUTE, CONNECTED, CONFERENCE_MUTE, N_("The others hear it again.")),
	STEP(MUTED_VIA_FOCUS, HOLD, ON_HOLD, CONFERENCE_HOLD, N_("It holds the conference, or no stream is sent to it any more.")),
	STEP(MUTED_VIA_FOCUS, BYE, DISCONNECTING, CONFERENCE_REMOVE, N_("The focus hangs up: it is removed, or the conference is over.")),
	STEP(MUTED_VIA_FOCUS, BYE_RECEIVED, DISCONNECTED, CONFERENCE_LEFT, N_("It leaves.")),
	STEP(DISCONNECTING, END, DISCONNECTED, CONFERENCE_LEFT, N_("Its call has ended.")),
};

/* RFC 4575 5.7.3: the states as the focus notifies them. */
const struct machine machine_participant = {
	.name = "participant", .title = N_("participant of a conference"),
	.heading = N_("Participants"),
	.rfc = 4575, .section = "5.7.3", .start = STATE_NONE,
	MACHINE_STATES(participant),
};

/*
 * The machine of a pair of calls: what happens to a party's call is an
 * event, and what that makes of the two a step. RFC 7092 (two user agents
 * back to back, the first of which is called), RFC 3725 (two that are
 * both called by a controller).
 */
/* clang-format off */
static const struct machine_state pair_states[] = {
	{ STATE_IDLE, false, N_("Neither party has a call.") },
	{ STATE_FIRST, false, N_("One party has called, or is called; the other has no call yet.") },
	{ STATE_SECOND, false, N_("The second party is called, and its answer is relayed to the first.") },
	{ STATE_ADAPTING, false, N_("A party has made an offer in its 2xx; the other party is asked for the answer.") },
	{ STATE_JOINED, false, N_("Each party knows the session of the other; a change of one is offered to the other.") },
	{ STATE_PARTING, false, N_("One party is gone or could not be reached: the other is informed.") },
	{ STATE_OVER, true, N_("Both calls are over.") },
};

static const struct machine_edge pair_edges[] = {
	STEP(IDLE, INVITE_RECEIVED, FIRST, PAIR_INVITE, N_("A party calls: the B2BUA is its UAS.")),
	STEP(IDLE, INVITE_SENT, FIRST, THIRD_FLOW_IV, N_("A controller calls the first party.")),
	STEP(FIRST, 2XX, FIRST, THIRD_FLOW_IV, N_("The first party that a controller has called answers.")),
	STEP(FIRST, INVITE_SENT, SECOND, PAIR_CALL, N_("The second party is called, in a call of its own.")),
	STEP(FIRST, NOT_SENT, PARTING, PAIR_NOT_SENT, N_("There is nobody to call, or no address to send the call to.")),
	STEP(FIRST, LEFT, PARTING, PAIR_BYE, N_("The first party has gone before the second was called.")),
	STEP(SECOND, 2XX, JOINED, PAIR_ANSWER, N_("The second party has answered, and so does the B2BUA.")),
	STEP(SECOND, 2XX_OFFER, ADAPTING, THIRD_FLOW_IV, N_("The second party makes the offer, and the first receives it in a re-INVITE.")),
	STEP(SECOND, NO_ANSWER, FIRST, PAIR_SILENT, N_("None of the called parties can be reached: the first party continues to wait.")),
	STEP(SECOND, LEFT, PARTING, PAIR_REFUSED, N_("The second party rejects the call, or the first party cancels its call.")),
	STEP(ADAPTING, CHANGE_ACCEPTED, JOINED, PAIR_ADAPTED, N_("The answer of one party is relayed to the other, in the ACK.")),
	STEP(ADAPTING, CHANGE_REFUSED, PARTING, PAIR_UNFIT, N_("The two parties have nothing in common.")),
	STEP(ADAPTING, TRANSFER_FAILED, JOINED, PAIR_TRANSFER, N_("The party that stays rejects the target of the transfer: the first call is as it was.")),
	STEP(ADAPTING, NOT_SENT, PARTING, PAIR_UNFIT, N_("The offer can't be relayed.")),
	STEP(ADAPTING, LEFT, PARTING, PAIR_BYE, N_("One party has hung up.")),
	STEP(JOINED, CHANGE_ACCEPTED, JOINED, PAIR_CHANGE, N_("The other party accepts the offer of one.")),
	STEP(JOINED, CHANGE_REFUSED, JOINED, PAIR_CHANGE, N_("The other party rejects the offer of one: the session stays unchanged.")),
	STEP(JOINED, TRANSFER, SECOND, PAIR_TRANSFER, N_("The B2BUA calls another party in the place of one that has asked for it.")),
	STEP(SECOND, TRANSFER_FAILED, JOINED, PAIR_TRANSFER, N_("The party that the B2BUA has called instead can't be reached: nothing changes.")),
	STEP(JOINED, TRANSFER_FAILED, JOINED, PAIR_TRANSFER, N_("The target of the transfer hangs up before the party that asked for it: the first call continues.")),
	STEP(JOINED, LEFT, PARTING, PAIR_BYE, N_("One party has hung up: the B2BUA ends the other call.")),
	STEP(PARTING, LEFT, OVER, PAIR_OVER, N_("The last call of the pair is over.")),
};

const struct machine machine_pair = {
	.name = "pair", .title = N_("pair of calls"),
	.heading = N_("Pairs of calls"),
	.rfc = 7092, .section = "3.1", .start = STATE_IDLE,
	MACHINE_STATES(pair),
};

/*
 * The machine of a call in a queue: how it comes to an agent, or does
 * not. What passes between the two is a pair's; this is what
 * the queue knows of it. RFC 3261 has no more of it than the status 182
 * (21.1.4).
 */
/* clang-format off */
static const struct machine_state queue_call_states[] = {
	{ STATE_IDLE, false, N_("Nobody has called.") },
	{ STATE_WAITING, false, N_("The caller waits, and is informed how many are ahead of him.") },
	{ STATE_RINGING, false, N_("The phone of an agent rings, or those of several agents.") },
	{ STATE_TALKING, false, N_("An agent has answered.") },
	{ STATE_WRAPPING, false, N_("The call is over; its agent completes the notes about it.") },
	{ STATE_OVER, true, N_("Nothing is left of it, and its agent is free.") },
};

static const struct machine_edge queue_call_edges[] = {
	STEP(IDLE, INVITE_RECEIVED, WAITING, QUEUE_WAIT, N_("Somebody calls: 182.")),
	STEP(WAITING, INVITE_SENT, RINGING, QUEUE_CHOSEN, N_("An agent is chosen, and called.")),
	STEP(WAITING, TURNED_AWAY, OVER, QUEUE_EMPTY, N_("No agent is left who could take the call.")),
	STEP(WAITING, LEFT, OVER, QUEUE_ABANDONED, N_("The caller no longer waits.")),
	STEP(RINGING, INVITE_SENT, RINGING, QUEUE_CHOSEN, N_("One more agent is called as well.")),
	STEP(RINGING, 2XX, TALKING, QUEUE_TALK, N_("The first agent to answer has the call.")),
	STEP(RINGING, NO_ANSWER, WAITING, QUEUE_SILENT, N_("All agents that were called have rejected the call.")),
	STEP(RINGING, TIMER_RING, WAITING, QUEUE_SILENT, N_("It has rung for long enough.")),
	STEP(RINGING, LEFT, OVER, QUEUE_ABANDONED, N_("The caller no longer waits.")),
	STEP(TALKING, LEFT, WRAPPING, QUEUE_WRAP_UP, N_("One of the two has hung up.")),
	STEP(WRAPPING, TIMER_WRAP_UP, OVER, QUEUE_FREE, N_("The agent is free again.")),
};

static const struct machine_timer queue_call_timers[] = {
	{ "ring", EVENT_TIMER_RING, 0, 0, MACHINE_SAME, N_("as configured"), STATE_RINGING, STATE_NONE, N_("calls another agent when nobody answers") },
	{ "place", EVENT_NONE, 0, 0, MACHINE_SAME, N_("up to 10 s"), STATE_WAITING, STATE_NONE, N_("informs a caller of his new place, ten seconds after the last time") },
	{ "wrap-up", EVENT_TIMER_WRAP_UP, 0, 0, MACHINE_SAME, N_("as configured"), STATE_WRAPPING, STATE_NONE, N_("gives the agent time to complete the notes about the call") },
};

const struct machine machine_queue_call = {
	.name = "queue-call", .title = N_("call in a queue"),
	.heading = N_("Calls in queues"),
	.rfc = 3261, .section = "21.1.4", .start = STATE_IDLE,
	MACHINE_TABLES(queue_call),
};

/*
 * The machine of a user of a home subscriber server: whether he is registered,
 * and with whose help (3GPP TS 23.228 5.2, TS 29.228 6.1.2, 6.3).  Written data
 * outlast the server's crash, and is read again when it starts.
 */
/* clang-format off */
static const struct machine_state hss_user_states[] = {
	{ STATE_NOT_REGISTERED, false, N_("No S-CSCF serves the user.") },
	{ STATE_AUTHENTICATION_PENDING, false, N_("An S-CSCF has a vector for the user, and has not reported yet that the response was right.") },
	{ STATE_REGISTERED, false, N_("The user is authenticated; an S-CSCF has the profile.") },
	{ STATE_REMOVED, true, N_("The user has no subscription any more.") },
};

static const struct machine_edge hss_user_edges[] = {
	STEP(NOT_REGISTERED, MAR, AUTHENTICATION_PENDING, HSS_PENDING, N_("MAA with a vector; the S-CSCF that asks now serves the user.")),
	STEP(NOT_REGISTERED, SAR, REGISTERED, HSS_ASSIGN, N_("SAA with the profile.")),
	STEP(NOT_REGISTERED, SAR_FAILED, NOT_REGISTERED, HSS_FAILED, N_("SAA; no S-CSCF serves the user anyway.")),
	STEP(NOT_REGISTERED, SAR_END, NOT_REGISTERED, HSS_END, N_("SAA; no S-CSCF serves the user anyway.")),
	STEP(NOT_REGISTERED, REMOVE, REMOVED, HSS_REMOVE, N_("Nobody has to be informed.")),
	STEP(NOT_REGISTERED, READ_PENDING, AUTHENTICATION_PENDING, HSS_DISK, N_("The server restarts, and reads it.")),
	STEP(NOT_REGISTERED, READ_REGISTERED, REGISTERED, HSS_DISK, N_("The server restarts, and reads it.")),
	STEP(AUTHENTICATION_PENDING, MAR, AUTHENTICATION_PENDING, HSS_PENDING, N_("MAA with another vector.")),
	STEP(AUTHENTICATION_PENDING, SAR, REGISTERED, HSS_ASSIGN, N_("SAA with the profile.")),
	STEP(AUTHENTICATION_PENDING, SAR_FAILED, NOT_REGISTERED, HSS_FAILED, N_("SAA; the S-CSCF is forgotten.")),
	STEP(AUTHENTICATION_PENDING, SAR_END, NOT_REGISTERED, HSS_END, N_("SAA; the S-CSCF is forgotten.")),
	STEP(AUTHENTICATION_PENDING, DEREGISTER, NOT_REGISTERED, HSS_DEREGISTER, N_("RTR to the S-CSCF.")),
	STEP(AUTHENTICATION_PENDING, REMOVE, REMOVED, HSS_REMOVE, N_("RTR to the S-CSCF.")),
	STEP(REGISTERED, MAR, REGISTERED, HSS_PENDING, N_("MAA with a vector: the user is registered in the meantime.")),
	STEP(REGISTERED, SAR, REGISTERED, HSS_ASSIGN, N_("SAA with the profile.")),
	STEP(REGISTERED, SAR_FAILED, REGISTERED, HSS_FAILED, N_("SAA; a user who was registered before still is.")),
	STEP(REGISTERED, SAR_END, NOT_REGISTERED, HSS_END, N_("SAA; the S-CSCF is forgotten.")),
	STEP(REGISTERED, SAR_UNREGISTERED, NOT_REGISTERED, HSS_UNREGISTERED, N_("SAA; that S-CSCF has restarted, and knows no registration of the user.")),
	STEP(REGISTERED, DEREGISTER, NOT_REGISTERED, HSS_DEREGISTER, N_("RTR to the S-CSCF.")),
	STEP(REGISTERED, REMOVE, REMOVED, HSS_REMOVE, N_("RTR to the S-CSCF.")),
};

const struct machine machine_hss_user = {
	.name = "hss-user", .title = N_("user of an HSS"),
	.heading = N_("Users"),
	.rfc = 6733, .section = "6.2", .start = STATE_NOT_REGISTERED,
	MACHINE_STATES(hss_user),
};
