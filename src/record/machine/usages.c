/*
 * The machines above the transactions: dialogs, subscriptions, registrations
 * and what else user agents share; pairs of calls, queues, users of a home
 * subscriber server.
 */
#include "machine/tables.h"
#include "machine/times.h"

/*
 * The machines above the transactions: what two user agents share (a
 * dialog, RFC 3261 12; a subscription, RFC 6665 4.1.2), and what one side
 * makes of it (a call, RFC 3261 13 to 15; a registration, RFC 3261 10).
 * RFC 3261 draws none of them but describes each in its text. Caller and
 * called side go through the same states by other events, and by other
 * rules: "1xx" is received, "1xx sent" is sent, "re-INVITE received" is
 * the other side's.
 */

/* clang-format off */
static const struct machine_state dialog_states[] = {
	{ STATE_EARLY, false, N_("A provisional response with a To tag has opened it; it may still come to nothing.") },
	{ STATE_MORATORIUM, false, N_("Confirmed by a 2xx; the ACK was not sent, or has not arrived, yet.") },
	{ STATE_CONFIRMED, false, N_("Established by 2xx and ACK: it lasts until a BYE.") },
	{ STATE_MORTAL, false, N_("A BYE was sent, or has come: the session is over. The dialog is known until the BYE's transaction has ended: a BYE that crosses still gets its 200.") },
	{ STATE_TERMINATED, true, N_("The dialog is gone.") },
};

static const struct machine_edge dialog_edges[] = {
	STEP(NONE, 1XX, EARLY, DIALOG_UAC, N_("A provisional response with a To tag: the caller takes the route set from it, in reverse order, and its target.")),
	STEP(NONE, 1XX_SENT, EARLY, DIALOG_UAS, N_("A provisional response with a To tag: the called side takes route set and target from the request.")),
	STEP_IN(NONE, 2XX, MORATORIUM, DIALOG_CONFIRMED, 3261, "12.1.2", N_("A 2xx at once: the caller takes the route set from it, in reverse order, and its target.")),
	STEP_IN(NONE, 2XX_SENT, MORATORIUM, DIALOG_CONFIRMED, 3261, "12.1.1", N_("A 2xx at once: the called side takes route set and target from the request.")),
	STEP(NONE, NOTIFY, CONFIRMED, DIALOG_NOTIFY, N_("The first NOTIFY of a subscription makes the dialog.")),
	STEP_IN(EARLY, 2XX, MORATORIUM, DIALOG_CONFIRMED, 3261, "13.2.2.4", N_("The 2xx confirms the caller's early dialog; its route set is computed again.")),
	STEP(EARLY, 2XX_SENT, MORATORIUM, DIALOG_CONFIRMED, N_("With its 2xx the called side's early dialog is confirmed; its route set stays.")),
	STEP_IN(EARLY, BYE_SENT, MORTAL, DIALOG_BYE, 3261, "15", N_("The caller ends this one early dialog by BYE.")),
	STEP_IN(EARLY, TARGET_REFRESH, EARLY, NONE, 3261, "12.2.1.2", N_("An UPDATE carries a new Contact before the call is answered.")),
	STEP(EARLY, 300_699, TERMINATED, DIALOG_END, N_("A final error ends every early dialog of the request.")),
	STEP(EARLY, 300_699_SENT, TERMINATED, DIALOG_END, N_("The called side has refused: its early dialog ends.")),
	STEP(EARLY, 199, TERMINATED, EARLY_ENDED, N_("One phone of a fork has refused, and a proxy says so: its early dialog ends, others go on.")),
	STEP(EARLY, 199_SENT, TERMINATED, EARLY_TOLD, N_("A box has heard that the early dialog for which this one stands is over.")),
	STEP_IN(EARLY, CANCEL, TERMINATED, NONE, 3261, "12.3", N_("The caller gave up: the INVITE gets a 487, which ends the early dialog.")),
	STEP_IN(EARLY, BYE, MORTAL, DIALOG_BYE_RECV, 3261, "15", N_("The caller may end an early dialog by BYE.")),
	STEP(EARLY, TIMEOUT, TERMINATED, DIALOG_EARLY_OVER, N_("Another branch won and no 2xx came here within 64*T1.")),
	STEP(MORATORIUM, ACK, CONFIRMED, DIALOG_ESTABLISHED, N_("The ACK has arrived: the dialog is established.")),
	STEP(MORATORIUM, ACK_SENT, CONFIRMED, DIALOG_ESTABLISHED, N_("The caller has sent the ACK: the dialog is established.")),
	STEP_IN(MORATORIUM, TARGET_REFRESH, MORATORIUM, NONE, 5407, "3.1.4", N_("A re-INVITE overtakes the ACK, and brings a new remote target.")),
	STEP_IN(MORATORIUM, BYE_SENT, MORTAL, DIALOG_BYE, 3261, "15", N_("No ACK came in time, or somebody did not wait for it: this side hangs up.")),
	STEP(MORATORIUM, BYE, MORTAL, DIALOG_BYE_RECV, N_("The other side's BYE came before its ACK.")),
	STEP_IN(MORATORIUM, NOT_SENT, TERMINATED, NONE, 3261, "8.1.2", N_("Neither ACK nor BYE can be sent: over all the same.")),
	STEP_IN(CONFIRMED, TARGET_REFRESH, CONFIRMED, NONE, 3261, "12.2.1.2", N_("A re-INVITE or UPDATE carries a new Contact: the remote target changes, the route set does not.")),
	STEP(CONFIRMED, BYE_SENT, MORTAL, DIALOG_BYE, N_("This side hangs up, or the other one has lost the dialog (12.2.1.2): the session is over at once.")),
	STEP(CONFIRMED, BYE, MORTAL, DIALOG_BYE_RECV, N_("A BYE came: it ends the session, and with it the dialog.")),
	STEP_IN(CONFIRMED, NOT_SENT, TERMINATED, NONE, 3261, "8.1.2", N_("The BYE can't be sent: over all the same.")),
	STEP(CONFIRMED, NOTIFY_TERMINATED, TERMINATED, DIALOG_UNSUBSCRIBED, N_("Its last subscription has ended, and no session uses the dialog.")),
	STEP(CONFIRMED, LAST_USAGE, MORTAL, DIALOG_UNSUBSCRIBED, N_("Its last subscription has ended, and its session by a BYE whose transaction still lives.")),
	STEP(MORTAL, BYE_OVER, TERMINATED, DIALOG_MORGUE, N_("The BYE's transaction has ended: by Timer K, by Timer J, or since nobody has answered; of two BYEs that cross the later one's.")),
};

const struct machine machine_dialog = {
	.name = "dialog", .title = N_("dialog"),
	.rfc = 3261, .section = "12", .start = STATE_NONE,
	MACHINE_STATES(dialog),
};

static const struct machine_state call_states[] = {
	{ STATE_IDLE, false, N_("Nothing has happened yet.") },
	{ STATE_CALLING, false, N_("The INVITE is out.") },
	{ STATE_PROCEEDING, false, N_("Somebody works on the INVITE; the phone does not ring yet.") },
	{ STATE_EARLY, false, N_("It rings, or early media flow.") },
	{ STATE_MORATORIUM, false, N_("The called side has answered with a 2xx, which it repeats until the ACK comes.") },
	{ STATE_CONFIRMED, false, N_("They talk.") },
	{ STATE_TERMINATING, false, N_("One side ends it and waits for the answer.") },
	{ STATE_TERMINATED, true, N_("The call is over.") },
};

static const struct machine_edge call_edges[] = {
	STEP(IDLE, INVITE_SENT, CALLING, INVITE_SEND, N_("The caller sends an INVITE, usually with an offer.")),
	STEP(IDLE, INVITE_RECEIVED, PROCEEDING, INVITE_RECV, N_("An INVITE arrives at the called side.")),
	STEP_IN(IDLE, NOT_SENT, TERMINATED, NONE, 3261, "8.1.2", N_("No INVITE went out: no address was found, or it was taken back before.")),
	STEP(IDLE, 2XX, CONFIRMED, INVITE_2XX, N_("One more branch of a forked INVITE answered: a call of its own, which the caller may end by BYE.")),
	STEP(CALLING, INVITE_SENT, CALLING, AUTH_ANSWER, N_("The INVITE was challenged and goes out again with credentials.")),
	STEP(CALLING, 100, PROCEEDING, ICT_1XX, N_("The next hop has the INVITE; nothing is known of the called side.")),
	STEP(CALLING, 1XX, EARLY, INVITE_1XX, N_("The called side was reached: it rings.")),
	STEP(CALLING, 1XX_SDP, EARLY, INVITE_PREVIEW, N_("A provisional response with a session description before the answer itself: only a preview of it.")),
	STEP(CALLING, 2XX, CONFIRMED, INVITE_2XX, N_("Answered; the caller sends ACK.")),
	STEP(CALLING, 300_699, TERMINATED, INVITE_FAILED, N_("Refused, or sent elsewhere.")),
	STEP(CALLING, TIMEOUT, TERMINATED, UAC_408, N_("Nobody answered, or it could not be sent: as if a 408 or a 503 had come.")),
	STEP_IN(CALLING, NOT_SENT, TERMINATED, NONE, 3261, "8.1.2", N_("The INVITE, or the ACK for its 2xx, can't be sent; or it is taken back before it goes out again.")),
	STEP(CALLING, CANCEL_UNSENT, TERMINATING, CANCEL_SEND, N_("The caller hangs up; CANCEL waits for the first provisional response.")),
	STEP(PROCEEDING, INVITE_SENT, CALLING, AUTH_ANSWER, N_("The INVITE was challenged and goes out again with credentials.")),
	STEP(CALLING, 300_399, PROCEEDING, REDIRECT_ASK, N_("Sent elsewhere: the user is asked whether to go there.")),
	STEP(PROCEEDING, 1XX, EARLY, INVITE_1XX, N_("The called side rings.")),
	STEP(PROCEEDING, 1XX_SDP, EARLY, INVITE_PREVIEW, N_("A provisional response with a session description before the answer itself: only a preview of it.")),
	STEP(PROCEEDING, 181_182_SENT, PROCEEDING, INVITE_QUEUED, N_("All lines are busy: the call waits for one, and is told so with 182.")),
	STEP(PROCEEDING, 183_SENT, EARLY, INVITE_EARLY_MEDIA, N_("The called side lets the caller hear something before it answers.")),
	STEP(PROCEEDING, 1XX_SENT, EARLY, INVITE_PROGRESS, N_("The called side rings and says so.")),
	STEP(PROCEEDING, 2XX_SENT, MORATORIUM, INVITE_ACCEPT, N_("The called side answers without having rung: a 2xx confirms its dialog at once (12.1).")),
	STEP(PROCEEDING, 2XX, CONFIRMED, INVITE_2XX, N_("Answered; the caller sends ACK.")),
	STEP(PROCEEDING, 300_699, TERMINATED, INVITE_FAILED, N_("Refused, or sent elsewhere.")),
	STEP(PROCEEDING, 300_399, PROCEEDING, REDIRECT_ASK, N_("Sent elsewhere: the user is asked whether to go there.")),
	STEP(PROCEEDING, 300_699_SENT, TERMINATED, INVITE_REJECT, N_("The called side refuses.")),
	STEP(PROCEEDING, TIMEOUT, TERMINATED, UAC_408, N_("Nobody answered, or it could not be sent: as if a 408 or a 503 had come.")),
	STEP_IN(PROCEEDING, NOT_SENT, TERMINATED, NONE, 3261, "8.1.2", N_("It was answered, and no ACK can be sent.")),
	STEP(PROCEEDING, CANCEL, TERMINATING, CANCEL_SEND, N_("The caller gives up and sends CANCEL.")),
	STEP(PROCEEDING, CANCEL_RECEIVED, TERMINATED, CANCEL_RECV, N_("The caller gave up: the INVITE gets 487.")),
	STEP(EARLY, INVITE_SENT, CALLING, REDIRECT_FOLLOW, N_("Sent elsewhere, or challenged: the INVITE goes out again.")),
	STEP(EARLY, 1XX, EARLY, INVITE_1XX, N_("It still rings.")),
	STEP(EARLY, 1XX_SDP, EARLY, INVITE_PREVIEW, N_("A provisional response with a session description before the answer itself: only a preview of it.")),
	STEP(EARLY, 199, PROCEEDING, EARLY_ENDED, N_("The last phone that rang rings no more; the proxy tries others, or will say how it ends.")),
	STEP(EARLY, 199_SENT, PROCEEDING, EARLY_TOLD, N_("What it has told the caller of is over; there may be more to tell.")),
	STEP(EARLY, 183_SENT, EARLY, INVITE_EARLY_MEDIA, N_("The called side lets the caller hear something before it answers.")),
	STEP(EARLY, 1XX_SENT, EARLY, INVITE_PROGRESS, N_("It still rings, and says so again.")),
	STEP(EARLY, 2XX, CONFIRMED, INVITE_2XX, N_("Answered; the caller sends ACK.")),
	STEP(EARLY, 2XX_SENT, MORATORIUM, INVITE_ACCEPT, N_("The called side answers.")),
	STEP(EARLY, 300_699, TERMINATED, INVITE_FAILED, N_("Refused, or sent elsewhere.")),
	STEP(EARLY, 300_399, PROCEEDING, REDIRECT_ASK, N_("Sent elsewhere: the user is asked whether to go there.")),
	STEP(EARLY, 300_699_SENT, TERMINATED, INVITE_REJECT, N_("The called side refuses, or nobody picks up.")),
	STEP(EARLY, TIMEOUT, TERMINATED, UAC_408, N_("Nobody answered, or it could not be sent: as if a 408 or a 503 had come.")),
	STEP_IN(EARLY, NOT_SENT, TERMINATED, NONE, 3261, "8.1.2", N_("It was answered, and no ACK can be sent; or the early dialog is to be ended, and no BYE can be sent.")),
	STEP(EARLY, CANCEL, TERMINATING, CANCEL_SEND, N_("The caller gives up and sends CANCEL.")),
	STEP_IN(EARLY, BYE, TERMINATING, BYE_SEND, 3261, "15", N_("The caller ends the early dialog by BYE.")),
	STEP(EARLY, CANCEL_RECEIVED, TERMINATED, CANCEL_RECV, N_("The caller gave up: the INVITE gets 487.")),
	STEP_IN(EARLY, BYE_RECEIVED, TERMINATED, BYE_RECV, 3261, "15", N_("The caller has ended the early dialog by BYE.")),
	STEP(MORATORIUM, ACK, CONFIRMED, INVITE_ACKED, N_("The ACK ends the repetition of the called side's 2xx.")),
	STEP(MORATORIUM, NO_ACK, CONFIRMED, INVITE_NO_ACK, N_("No ACK within 64*T1 of the 2xx: confirmed all the same, but to be ended by BYE.")),
	STEP_IN(MORATORIUM, RE_INVITE_RECEIVED, MORATORIUM, NONE, 5407, "3.1.4", N_("The other side changes the session before its ACK has arrived.")),
	STEP_IN(MORATORIUM, BYE, TERMINATING, BYE_SEND, 3261, "15", N_("The called side does not wait for the ACK.")),
	STEP(MORATORIUM, BYE_RECEIVED, TERMINATED, BYE_RECV, N_("The other side's BYE came before its ACK.")),
	STEP_IN(MORATORIUM, NOT_SENT, TERMINATED, NONE, 3261, "8.1.2", N_("The BYE can't be sent: over all the same.")),
	STEP_IN(CONFIRMED, RE_INVITE, CONFIRMED, NONE, 3261, "14.1", N_("This side has changed the session: hold, resume, other media.")),
	STEP_IN(CONFIRMED, RE_INVITE_RECEIVED, CONFIRMED, NONE, 3261, "14.2", N_("The other side has changed the session: hold, resume, other media.")),
	STEP_IN(CONFIRMED, 300_699, CONFIRMED, INVITE_FAILED, 3261, "14.1", N_("A re-INVITE was refused: the session stays as it was.")),
	STEP_IN(CONFIRMED, TRANSFER, CONFIRMED, NONE, 5589, "6", N_("A transfer has come to its end: where the target has answered this side hangs up, else the call goes on.")),
	STEP(CONFIRMED, MIX, CONFIRMED, CONFERENCE_MIX, N_("Its media are mixed with those of all others in its conference.")),
	STEP(CONFIRMED, JOIN, CONFIRMED, JOIN_MIX, N_("Its media are mixed with those of another call of this phone.")),
	STEP(CONFIRMED, BYE, TERMINATING, BYE_SEND, N_("This side hangs up.")),
	STEP(CONFIRMED, BYE_RECEIVED, TERMINATED, BYE_RECV, N_("The other side hung up.")),
	STEP_IN(CONFIRMED, NOT_SENT, TERMINATED, NONE, 3261, "8.1.2", N_("The BYE can't be sent: over all the same.")),
	STEP(TERMINATING, 2XX, TERMINATED, BYE_SEND, N_("The BYE was answered.")),
	STEP(TERMINATING, TIMEOUT, TERMINATED, UAC_408, N_("Nobody answered: as if a 408 had come, and over all the same.")),
	STEP(TERMINATING, 300_699, TERMINATED, INVITE_FAILED, N_("The INVITE ended with 487, or the BYE was refused: over in any case.")),
	STEP_IN(TERMINATING, NOT_SENT, TERMINATED, NONE, 3261, "8.1.2", N_("It was answered before the CANCEL, and neither ACK nor BYE can be sent.")),
	STEP(TERMINATING, BYE_RECEIVED, TERMINATED, BYE_RECV, N_("Both sides hung up at once.")),
};

static const struct machine_timer call_timers[] = {
	{ "2xx", EVENT_NONE, SIP_T1_MS, SIP_T2_MS, MACHINE_SAME, "T1, 2*T1, … T2", STATE_MORATORIUM, STATE_NONE, N_("repeats the 2xx until the ACK comes") },
	{ "reliable", EVENT_NONE, SIP_T1_MS, SIP_64T1_MS, MACHINE_SAME, "T1, 2*T1, 4*T1, …", STATE_NONE, STATE_NONE, N_("repeats a reliable provisional response until the PRACK comes") },
	{ "answer", EVENT_NONE, 0, 0, MACHINE_SAME, N_("as configured"), STATE_NONE, STATE_NONE, N_("the called person picks up") },
	{ "no-answer", EVENT_NONE, 0, 0, MACHINE_SAME, "as configured", STATE_NONE, STATE_NONE, N_("refuses a call that nobody answers") },
	{ "glare", EVENT_NONE, 0, 0, MACHINE_SAME, N_("2.1 s to 4 s, or up to 2 s"), STATE_CONFIRMED, STATE_EARLY, N_("tries a re-INVITE or UPDATE again that met the other side's") },
	{ "retry", EVENT_TIMER_RETRY, 0, 0, MACHINE_SAME, "Retry-After", STATE_CONFIRMED, STATE_EARLY, N_("tries a re-INVITE or UPDATE again when the other side has said to") },
	{ "session-refresh", EVENT_NONE, 0, 0, MACHINE_SAME, N_("half the session interval"), STATE_CONFIRMED, STATE_MORATORIUM, N_("refreshes the session") },
	{ "session", EVENT_NONE, 0, 0, MACHINE_SAME, N_("the session interval, or up to 32 s less"), STATE_CONFIRMED, STATE_MORATORIUM, N_("ends a session that nobody has refreshed") },
	{ "cancel", EVENT_NONE, SIP_64T1_MS, 0, MACHINE_SAME, "64*T1", STATE_TERMINATING, STATE_CONFIRMED, N_("gives up the INVITE when no final response follows CANCEL") },
	{ "100", EVENT_NONE, SIP_TRYING_MS, 0, MACHINE_SAME, "200 ms", STATE_NONE, STATE_NONE, N_("sends a 100 where nothing else was said by then") },
	{ "1xx", EVENT_NONE, SIP_AGAIN_MS, 0, MACHINE_SAME, N_("60 s; reliable 150 s"), STATE_NONE, STATE_NONE, N_("repeats a provisional response so that no proxy gives up") },
	{ "hangup", EVENT_NONE, 0, 0, MACHINE_SAME, N_("as configured"), STATE_CONFIRMED, STATE_NONE, N_("ends the call by itself") },
	{ "expires", EVENT_NONE, 0, 0, MACHINE_SAME, "Expires", STATE_NONE, STATE_NONE, N_("refuses a call that was not answered in the time that its INVITE gives") },
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
	{ STATE_UNREGISTERED, false, N_("The registrar knows nothing of this contact.") },
	{ STATE_REGISTERING, false, N_("The REGISTER is out.") },
	{ STATE_REGISTERED, false, N_("The binding stands and is refreshed before it expires.") },
	{ STATE_REFRESHING, false, N_("The REGISTER that refreshes or changes the binding is out; until it is answered the binding stands.") },
	{ STATE_FAILED, false, N_("The registrar refused or did not answer; a phone that registers by itself waits, and tries again.") },
	{ STATE_UNREGISTERING, false, N_("A REGISTER that removes the binding is out.") },
};

static const struct machine_edge registration_edges[] = {
	STEP(UNREGISTERED, REGISTER, REGISTERING, REGISTER_SEND, N_("The user agent asks its registrar to bind its contact to its address-of-record.")),
	STEP(UNREGISTERED, UNREGISTER, UNREGISTERING, REGISTER_REMOVE, N_("A REGISTER with an expiry of 0 goes out, whatever the registrar may have.")),
	STEP(UNREGISTERED, TIMER_RETRY, REGISTERING, REGISTER_AGAIN, N_("The time that the registrar asked for is over.")),
	STEP(UNREGISTERED, TIMER_RECOVERY, REGISTERING, REGISTER_RECOVER, N_("The registrar gave the contact no time; the phone has waited, and tries again.")),
	STEP_IN(UNREGISTERED, BEFORE_THE_RUN, REGISTERED, NONE, 3261, "10.2", N_("The phone registered before the run began, and its binding stands.")),
	STEP(REGISTERING, 401, REGISTERING, AUTH_ANSWER, N_("The registrar asks who it is: the REGISTER goes out again with credentials.")),
	STEP(REGISTERING, 407, REGISTERING, AUTH_ANSWER_PROXY, N_("A proxy on the way asks who it is: the REGISTER goes out again with credentials.")),
	STEP(REGISTERING, 423, REGISTERING, REGISTER_LONGER, N_("The time asked for was too brief: the REGISTER goes out again with the least that the registrar takes.")),
	STEP(REGISTERING, 439, REGISTERING, FLOW_PLAIN, N_("The first hop knows nothing of flows: the REGISTER goes out again without reg-id.")),
	STEP_IN(REGISTERING, ELSEWHERE, REGISTERING, NONE, 3261, "8.1.3.4", N_("Sent elsewhere: the REGISTER goes out again to another place.")),
	STEP_IN(REGISTERING, NEXT_SERVER, REGISTERING, NONE, 3263, "4.3", N_("No answer from there: the REGISTER goes out again to the next server.")),
	STEP(REGISTERING, 2XX, REGISTERED, REGISTER_DONE, N_("The response lists the bindings; the refresh is set by its expiry.")),
	STEP(REGISTERING, 2XX_NOT_BOUND, UNREGISTERED, REGISTER_DONE, N_("The response does not bind the contact: it gives it no time at all.")),
	STEP(REGISTERING, 300_699, FAILED, REGISTER_REFUSED, N_("The registrar refused.")),
	STEP(REGISTERING, TIMEOUT, FAILED, REGISTER_SILENT, N_("Nobody answered, or it could not be sent; it is not tried again at once.")),
	STEP_IN(REGISTERING, NOT_SENT, FAILED, NONE, 3261, "8.1.2", N_("No registrar is known, or no request can be made.")),
	STEP(REGISTERED, TIMER_REFRESH, REFRESHING, REGISTER_REFRESH, N_("Time to refresh the binding, with the same Call-ID and the next CSeq.")),
	STEP(REGISTERED, REGISTER, REFRESHING, REGISTER_SEND, N_("The user agent registers anew: another contact, or another time.")),
	STEP(REGISTERED, UNREGISTER, UNREGISTERING, REGISTER_REMOVE, N_("A REGISTER with an expiry of 0 removes the binding.")),
	STEP(REGISTERED, FLOW_FAILED, REGISTERING, FLOW_AGAIN, N_("The flow by which the phone is reached has failed: it makes another one at once.")),
	STEP(REGISTERED, FLOW_UNPROVEN, FAILED, FLOW_WAIT, N_("The flow has failed before anything came back over it: the phone waits before it makes another one.")),
	STEP(REGISTERED, FORGOTTEN, FAILED, REGISTER_RECOVER, N_("What the registrar is told it refuses, or does not answer: it does not know the contact any more.")),
	STEP(REGISTERED, DEACTIVATED, REGISTERING, REGISTER_AGAIN, N_("A NOTIFY says that the registrar has ended the binding and wants a new REGISTER.")),
	STEP(REGISTERED, RESTORATION, REGISTERING, REGISTER_RESTORE, N_("The S-CSCF has lost what it knew of the phone, and says so by 504.")),
	STEP(REGISTERED, PROBATION, UNREGISTERED, REGISTER_AGAIN, N_("A NOTIFY says that the registrar has ended the binding and wants a new REGISTER later.")),
	STEP(REGISTERED, REJECTED, FAILED, REGISTER_REJECTED, N_("A NOTIFY says that the registrar has ended the binding for good.")),
	STEP(REFRESHING, 401, REFRESHING, AUTH_ANSWER, N_("The registrar asks who it is: the REGISTER goes out again with credentials.")),
	STEP(REFRESHING, 407, REFRESHING, AUTH_ANSWER_PROXY, N_("A proxy on the way asks who it is: the REGISTER goes out again with credentials.")),
	STEP(REFRESHING, 423, REFRESHING, REGISTER_LONGER, N_("The time asked for was too brief: the REGISTER goes out again with the least that the registrar takes.")),
	STEP_IN(REFRESHING, ELSEWHERE, REFRESHING, NONE, 3261, "8.1.3.4", N_("Sent elsewhere: the REGISTER goes out again to another place.")),
	STEP_IN(REFRESHING, NEXT_SERVER, REFRESHING, NONE, 3263, "4.3", N_("No answer from there: the REGISTER goes out again to the next server.")),
	STEP(REFRESHING, 2XX, REGISTERED, REGISTER_DONE, N_("The binding stands for as long again as the response says.")),
	STEP(REFRESHING, 2XX_NOT_BOUND, UNREGISTERED, REGISTER_DONE, N_("The response does not bind the contact: it gives it no time at all.")),
	STEP(REFRESHING, 300_699, FAILED, REGISTER_REFUSED, N_("The registrar refused; the binding runs out by itself.")),
	STEP(REFRESHING, TIMEOUT, FAILED, REGISTER_SILENT, N_("Nobody answered, or it could not be sent; the binding runs out by itself.")),
	STEP_IN(REFRESHING, NOT_SENT, FAILED, NONE, 3261, "8.1.2", N_("No registrar is known any more, or no request can be made.")),
	STEP(UNREGISTERING, 401, UNREGISTERING, AUTH_ANSWER, N_("The registrar asks who it is: the REGISTER goes out again with credentials.")),
	STEP(UNREGISTERING, 407, UNREGISTERING, AUTH_ANSWER_PROXY, N_("A proxy on the way asks who it is: the REGISTER goes out again with credentials.")),
	STEP_IN(UNREGISTERING, ELSEWHERE, UNREGISTERING, NONE, 3261, "8.1.3.4", N_("Sent elsewhere: the REGISTER goes out again to another place.")),
	STEP_IN(UNREGISTERING, NEXT_SERVER, UNREGISTERING, NONE, 3263, "4.3", N_("No answer from there: the REGISTER goes out again to the next server.")),
	STEP(UNREGISTERING, 2XX, UNREGISTERED, REGISTER_REMOVE, N_("The binding is removed.")),
	STEP(UNREGISTERING, 300_699, FAILED, REGISTER_REFUSED, N_("The registrar refused; the binding runs out by itself.")),
	STEP(UNREGISTERING, TIMEOUT, FAILED, REGISTER_SILENT, N_("Nobody answered, or it could not be sent; the binding runs out by itself.")),
	STEP_IN(UNREGISTERING, NOT_SENT, FAILED, NONE, 3261, "8.1.2", N_("No registrar is known, or no request can be made.")),
	STEP(FAILED, REGISTER, REGISTERING, REGISTER_SEND, N_("The user agent tries once more.")),
	STEP(FAILED, TIMER_RECOVERY, REGISTERING, REGISTER_RECOVER, N_("A phone that registers by itself has waited, and tries again.")),
	STEP(FAILED, UNREGISTER, UNREGISTERING, REGISTER_REMOVE, N_("A REGISTER with an expiry of 0 goes out, whatever the registrar may have.")),
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
	{ STATE_INIT, false, N_("Nothing was asked for yet.") },
	{ STATE_NOTIFY_WAIT, false, N_("The SUBSCRIBE or REFER is there; the first NOTIFY will make the subscription.") },
	{ STATE_PENDING, false, N_("The notifier has not decided yet whether it may tell.") },
	{ STATE_ACTIVE, false, N_("Changes are reported by NOTIFY.") },
	{ STATE_TERMINATED, true, N_("The subscription is over.") },
};

static const struct machine_edge subscription_edges[] = {
	STEP(INIT, SUBSCRIBE, NOTIFY_WAIT, SUBSCRIBE_SEND, N_("The subscriber asks for an event package; Timer N starts.")),
	STEP(INIT, ISFOCUS, NOTIFY_WAIT, CONFERENCE_ASK, N_("The other side of a call is a focus: the phone asks who is in the conference.")),
	STEP(INIT, REDIAL, NOTIFY_WAIT, REDIAL_SUBSCRIBE, N_("The subscriber asks to be told when somebody who was busy can be called again.")),
	STEP(INIT, REFER_SENT, NOTIFY_WAIT, REFER_SEND, N_("A REFER asks for a call elsewhere and for news of it; Timer N starts.")),
	STEP(INIT, REFER, NOTIFY_WAIT, REFER_ACCEPT, N_("The other side asks for a call elsewhere: accepted with 202.")),
	STEP(INIT, SUBSCRIBE_RECEIVED, NOTIFY_WAIT, SUBSCRIBE_ACCEPT, N_("The other side asks for an event package: accepted with 200.")),
	STEP(NOTIFY_WAIT, 2XX, NOTIFY_WAIT, REFER_2XX, N_("A 2xx is only an intermediate sign: the NOTIFY counts.")),
	STEP(NOTIFY_WAIT, 2XX_NO_REFER_SUB, TERMINATED, REFER_UNHEARD, N_("The other side does what the REFER asks for, and tells nothing of it.")),
	STEP(NOTIFY_WAIT, SUBSCRIBE, NOTIFY_WAIT, SUBSCRIBE_LONGER, N_("Asked for once more: for longer, or with credentials.")),
	STEP(NOTIFY_WAIT, NOTIFY_PENDING, PENDING, NOTIFY_BEGINS, N_("The first NOTIFY: the subscription stands, its decision does not.")),
	STEP(NOTIFY_WAIT, NOTIFY_ACTIVE, ACTIVE, NOTIFY_BEGINS, N_("The first NOTIFY brings the state.")),
	STEP(NOTIFY_WAIT, NOTIFY_TERMINATED, TERMINATED, NOTIFY_NEWS, N_("The notifier ends it at once: a single look.")),
	STEP(NOTIFY_WAIT, NOTIFY_ACTIVE_SENT, ACTIVE, NOTIFY_FIRST, N_("The one who was referred says at once that the call is under way.")),
	STEP(NOTIFY_WAIT, STATE_SENT, ACTIVE, NOTIFY_AT_ONCE, N_("A SUBSCRIBE is answered by the state at once.")),
	STEP(NOTIFY_WAIT, NOTIFY_PENDING_SENT, PENDING, NOTIFY_AT_ONCE, N_("It stands, but whether the other side may have the state is not decided.")),
	STEP(NOTIFY_WAIT, NOTIFY_TERMINATED_SENT, TERMINATED, NOTIFY_AT_ONCE, N_("A single look was asked for: the first NOTIFY is the last.")),
	STEP(NOTIFY_WAIT, OUTCOME_SENT, TERMINATED, NOTIFY_FINAL, N_("What came of the call is known at once.")),
	STEP_IN(NOTIFY_WAIT, TIMEOUT, TERMINATED, NONE, 3261, "8.1.3.1", N_("The REFER was not answered at all.")),
	STEP_IN(NOTIFY_WAIT, NOT_SENT, TERMINATED, NONE, 3261, "8.1.2", N_("No REFER could be sent.")),
	STEP_IN(NOTIFY_WAIT, STOP, TERMINATED, NONE, 3515, "2.4.4", N_("The call is hung up; nobody waits for news.")),
	STEP(NOTIFY_WAIT, 300_699, TERMINATED, REFER_REFUSED, N_("The notifier refused.")),
	STEP(NOTIFY_WAIT, TIMER_N, TERMINATED, NOTIFY_SILENT, N_("No NOTIFY came in time.")),
	STEP(PENDING, NOTIFY_PENDING, PENDING, NOTIFY_NEWS, N_("Still undecided.")),
	STEP(PENDING, NOTIFY_ACTIVE, ACTIVE, NOTIFY_NEWS, N_("The notifier has agreed.")),
	STEP(PENDING, NOTIFY_TERMINATED, TERMINATED, NOTIFY_NEWS, N_("The notifier ends it and says why.")),
	STEP(PENDING, NOTIFY_PENDING_SENT, PENDING, NOTIFY_AT_ONCE, N_("Still undecided, and said so again.")),
	STEP(PENDING, NOTIFY_ACTIVE_SENT, ACTIVE, NOTIFY_CHANGE, N_("The other side may have the state, and gets it.")),
	STEP(PENDING, NOTIFY_TERMINATED_SENT, TERMINATED, NOTIFY_AT_ONCE, N_("The other side has ended it, and gets the last NOTIFY at once.")),
	STEP(PENDING, TIMEOUT_SENT, TERMINATED, NOTIFY_TIMEOUT, N_("Nobody has refreshed it: its time is over.")),
	STEP(PENDING, REJECTED_SENT, TERMINATED, PRESENCE_DECIDED, N_("The other side may not have the state after all.")),
	STEP(PENDING, SUBSCRIBE_RECEIVED, PENDING, SUBSCRIBE_REFRESHED, N_("The other side refreshes it, or ends it by Expires 0.")),
	STEP(PENDING, SUBSCRIBE, PENDING, SUBSCRIBE_REFRESH, N_("The subscription is refreshed; Timer N starts.")),
	STEP(PENDING, UNSUBSCRIBE, PENDING, SUBSCRIBE_STOP, N_("The subscriber asks with an expiry of 0 for its end; Timer N starts.")),
	STEP(PENDING, 300_699, TERMINATED, REFER_REFUSED, N_("The notifier has refused after all.")),
	STEP_IN(PENDING, TIMEOUT, TERMINATED, NONE, 3261, "8.1.3.1", N_("The REFER was not answered at all.")),
	STEP_IN(PENDING, TIMER_N, TERMINATED, NONE, 6665, "4.1.2.2", N_("The refresh brought no NOTIFY.")),
	STEP_IN(PENDING, TIMER_EXPIRE, TERMINATED, NONE, 3515, "2.4.4", N_("The time for which news was promised is over.")),
	STEP_IN(PENDING, STOP, TERMINATED, NONE, 3515, "2.4.4", N_("The call is hung up; nobody waits for news.")),
	STEP(ACTIVE, NOTIFY_ACTIVE, ACTIVE, NOTIFY_NEWS, N_("News.")),
	STEP(ACTIVE, NOTIFY_TERMINATED, TERMINATED, NOTIFY_NEWS, N_("The notifier ends it and says why.")),
	STEP(ACTIVE, NOTIFY_ACTIVE_SENT, ACTIVE, NOTIFY_CHANGE, N_("News, or the state once more after a refresh.")),
	STEP(ACTIVE, SUBSCRIBE_RECEIVED, ACTIVE, SUBSCRIBE_REFRESHED, N_("The other side refreshes it, or ends it by Expires 0.")),
	STEP(ACTIVE, SUBSCRIBE, ACTIVE, SUBSCRIBE_REFRESH, N_("The subscription is refreshed; Timer N starts.")),
	STEP(ACTIVE, UNSUBSCRIBE, ACTIVE, SUBSCRIBE_STOP, N_("The subscriber asks with an expiry of 0 for its end; Timer N starts.")),
	STEP_IN(ACTIVE, 300_699, TERMINATED, NONE, 6665, "4.2.2", N_("481 to a NOTIFY: the other side knows nothing of it.")),
	STEP(ACTIVE, NOTIFY_TERMINATED_SENT, TERMINATED, NOTIFY_AT_ONCE, N_("The other side has ended it, and gets the last NOTIFY at once.")),
	STEP(ACTIVE, OUTCOME_SENT, TERMINATED, NOTIFY_FINAL, N_("The last NOTIFY, with what came of the call.")),
	STEP(ACTIVE, TIMEOUT_SENT, TERMINATED, NOTIFY_TIMEOUT, N_("Nobody has refreshed it: its time is over.")),
	STEP(ACTIVE, GONE_SENT, TERMINATED, CONFERENCE_UNTOLD, N_("The conference is over, or the other side was removed from it.")),
	STEP(ACTIVE, REJECTED_SENT, TERMINATED, PRESENCE_DECIDED, N_("The other side may not have the state after all.")),
	STEP_IN(ACTIVE, TIMEOUT, TERMINATED, NONE, 6665, "4.2.2", N_("A NOTIFY was not answered: nobody listens.")),
	STEP_IN(ACTIVE, TIMER_N, TERMINATED, NONE, 6665, "4.1.2.2", N_("The refresh brought no NOTIFY.")),
	STEP_IN(ACTIVE, TIMER_EXPIRE, TERMINATED, NONE, 3515, "2.4.4", N_("The time for which news was promised is over.")),
	STEP_IN(ACTIVE, STOP, TERMINATED, NONE, 3515, "2.4.4", N_("The call is hung up; nobody waits for news.")),
};

static const struct machine_timer subscription_timers[] = {
	{ "N", EVENT_TIMER_N, SIP_64T1_MS, 0, MACHINE_SAME, "64*T1", STATE_NONE, STATE_NONE, N_("waits for the NOTIFY that follows a SUBSCRIBE or REFER") },
	{ "expire", EVENT_TIMER_EXPIRE, 0, 0, MACHINE_SAME, N_("expiry"), STATE_NONE, STATE_NONE, N_("ends a subscription whose time is over") },
	{ "news", EVENT_NONE, 0, 0, MACHINE_SAME, "1 s", STATE_NONE, STATE_NONE, N_("tells what has changed within a second of the NOTIFY before") },
	{ "resubscribe", EVENT_NONE, 0, 0, MACHINE_SAME, N_("9/10 of the expiry"), STATE_NONE, STATE_NONE, N_("refreshes the subscription before it expires") },
	{ "retry", EVENT_TIMER_RETRY, 0, 0, MACHINE_SAME, "Retry-After", STATE_NONE, STATE_NONE, N_("asks again for a subscription that the notifier has ended for a while") },
	{ "recovery", EVENT_TIMER_RECOVERY, 0, 0, MACHINE_SAME, N_("half to whole of 1 min, 2 min, … 30 min"), STATE_NONE, STATE_NONE, N_("asks anew for a subscription that was lost, or could not be had") },
};

const struct machine machine_subscription = {
	.name = "subscription", .title = N_("subscription"),
	.heading = N_("Subscriptions"),
	.again = true,
	.rfc = 6665, .section = "4.1.2", .start = STATE_INIT,
	MACHINE_TABLES(subscription),
};

static const struct machine_state publication_states[] = {
	{ STATE_UNPUBLISHED, false, N_("The compositor has nothing of this user agent.") },
	{ STATE_PUBLISHING, false, N_("The first PUBLISH, with the whole state, is out.") },
	{ STATE_PUBLISHED, false, N_("The state stands under an entity tag, and is refreshed before it expires.") },
	{ STATE_REFRESHING, false, N_("The PUBLISH that refreshes or changes it is out; until it is answered the old state stands.") },
	{ STATE_FAILED, false, N_("The compositor refused or did not answer; a phone that publishes by itself waits, and tries again.") },
	{ STATE_REMOVING, false, N_("A PUBLISH that takes the state away is out.") },
};

static const struct machine_edge publication_edges[] = {
	STEP(UNPUBLISHED, PUBLISH, PUBLISHING, PUBLISH_SEND, N_("The user agent tells its state, in a PUBLISH without SIP-If-Match.")),
	STEP(PUBLISHING, 2XX, PUBLISHED, PUBLISH_DONE, N_("The response names the state with an entity tag and says how long it lasts.")),
	STEP(PUBLISHING, 423, PUBLISHING, PUBLISH_LONGER, N_("The time asked for was too brief: the PUBLISH goes out again with the least that is taken.")),
	STEP(PUBLISHING, 300_699, FAILED, PUBLISH_REFUSED, N_("The compositor refused.")),
	STEP_IN(PUBLISHING, TIMEOUT, FAILED, NONE, 3261, "8.1.3.1", N_("Nobody answered, or it could not be sent.")),
	STEP_IN(PUBLISHING, NOT_SENT, FAILED, NONE, 3261, "8.1.2", N_("No address is known, or no request can be made.")),
	STEP(PUBLISHED, TIMER_REPUBLISH, REFRESHING, PUBLISH_REFRESH, N_("Time to refresh it: a PUBLISH with SIP-If-Match and without a body.")),
	STEP(PUBLISHED, PUBLISH, REFRESHING, PUBLISH_MODIFY, N_("The state is another: a PUBLISH with SIP-If-Match and a body.")),
	STEP(PUBLISHED, REMOVE, REMOVING, PUBLISH_REMOVE, N_("A PUBLISH with SIP-If-Match and an expiry of 0 takes the state away.")),
	STEP(REFRESHING, 2XX, PUBLISHED, PUBLISH_DONE, N_("It stands for as long again as the response says, under a new entity tag.")),
	STEP(REFRESHING, 412, PUBLISHING, PUBLISH_ANEW, N_("The compositor knows this entity tag no more: the whole state is published anew.")),
	STEP(REFRESHING, 423, REFRESHING, PUBLISH_LONGER, N_("The time asked for was too brief: the PUBLISH goes out again with the least that is taken.")),
	STEP(REFRESHING, 300_699, FAILED, PUBLISH_REFUSED, N_("The compositor refused; the state runs out by itself.")),
	STEP_IN(REFRESHING, TIMEOUT, FAILED, NONE, 3261, "8.1.3.1", N_("Nobody answered; the state runs out by itself.")),
	STEP_IN(REFRESHING, NOT_SENT, FAILED, NONE, 3261, "8.1.2", N_("No address is known any more, or no request can be made.")),
	STEP(REMOVING, 2XX, UNPUBLISHED, PUBLISH_REMOVE, N_("The state is taken away.")),
	STEP(REMOVING, 300_699, FAILED, PUBLISH_REFUSED, N_("The compositor refused; the state runs out by itself.")),
	STEP_IN(REMOVING, TIMEOUT, FAILED, NONE, 3261, "8.1.3.1", N_("Nobody answered; the state runs out by itself.")),
	STEP_IN(REMOVING, NOT_SENT, FAILED, NONE, 3261, "8.1.2", N_("No address is known any more, or no request can be made.")),
	STEP(FAILED, PUBLISH, PUBLISHING, PUBLISH_SEND, N_("The user agent tries once more.")),
	STEP(FAILED, TIMER_RECOVERY, PUBLISHING, PUBLISH_RECOVER, N_("A phone that publishes by itself has waited, and tries again.")),
};

static const struct machine_timer publication_timers[] = {
	{ "republish", EVENT_TIMER_REPUBLISH, 0, 0, MACHINE_SAME, N_("9/10 of the expiry"), STATE_PUBLISHED, STATE_NONE, N_("refreshes the published state before it expires") },
	{ "recovery", EVENT_TIMER_RECOVERY, 0, 0, MACHINE_SAME, N_("half to whole of 1 min, 2 min, … 30 min"), STATE_FAILED, STATE_NONE, N_("publishes again after a failure") },
	{ "expire", EVENT_TIMER_EXPIRE, 0, 0, MACHINE_SAME, N_("expiry"), STATE_NONE, STATE_NONE, N_("at the compositor: forgets state that nobody has refreshed") },
};

const struct machine machine_publication = {
	.name = "publication", .title = N_("publication"),
	.heading = N_("Publications"),
	.again = true,
	.rfc = 3903, .section = "4", .start = STATE_UNPUBLISHED,
	MACHINE_TABLES(publication),
};

static const struct machine_state participant_states[] = {
	{ STATE_DIALING_IN, false, N_("It calls the focus, which has not heard its ACK yet.") },
	{ STATE_DIALING_OUT, false, N_("The focus calls it.") },
	{ STATE_ALERTING, false, N_("The focus calls it, and it rings.") },
	{ STATE_CONNECTED, false, N_("It is in the conference: it hears the others who are connected, and they hear it.") },
	{ STATE_ON_HOLD, false, N_("It is in the conference, and hears nothing of it.") },
	{ STATE_MUTED_VIA_FOCUS, false, N_("It hears the others, and they do not hear it: its media are not mixed with theirs.") },
	{ STATE_DISCONNECTING, false, N_("The focus has sent it a BYE or a CANCEL, and waits for the end.") },
	{ STATE_DISCONNECTED, true, N_("It is not in the conference.") },
};

static const struct machine_edge participant_edges[] = {
	STEP(NONE, INVITE_RECEIVED, DIALING_IN, CONFERENCE_ENTER, N_("It calls the conference, and is answered.")),
	STEP(NONE, ISFOCUS, CONNECTED, CONFERENCE_APPLY, N_("An application has made the conference in its call: a re-INVITE says so.")),
	STEP(NONE, INVITE_SENT, DIALING_OUT, CONFERENCE_DIAL, N_("The focus invites it.")),
	STEP(DIALING_IN, ACK, CONNECTED, CONFERENCE_ENTER, N_("Its ACK has come: its media are mixed with the others'.")),
	STEP(DIALING_IN, BYE, DISCONNECTING, CONFERENCE_REMOVE, N_("It is hung up on before its ACK has come.")),
	STEP(DIALING_IN, END, DISCONNECTED, CONFERENCE_LEFT, N_("It has given up, or was refused.")),
	STEP(DIALING_OUT, 1XX, ALERTING, CONFERENCE_DIAL, N_("It rings.")),
	STEP(DIALING_OUT, 2XX, CONNECTED, CONFERENCE_DIAL, N_("It has answered at once.")),
	STEP(DIALING_OUT, CANCEL, DISCONNECTING, CONFERENCE_REMOVE, N_("The focus takes its INVITE back.")),
	STEP(DIALING_OUT, 300_699, DISCONNECTED, CONFERENCE_LEFT, N_("It refuses, or can't be reached.")),
	STEP(ALERTING, 2XX, CONNECTED, CONFERENCE_DIAL, N_("It has answered: its media are mixed with the others'.")),
	STEP(ALERTING, CANCEL, DISCONNECTING, CONFERENCE_REMOVE, N_("The focus takes its INVITE back.")),
	STEP(ALERTING, 300_699, DISCONNECTED, CONFERENCE_LEFT, N_("It refuses, or nobody answers.")),
	STEP(CONNECTED, HOLD, ON_HOLD, CONFERENCE_HOLD, N_("It holds the conference, or no stream goes to it any more.")),
	STEP(CONNECTED, BYE, DISCONNECTING, CONFERENCE_REMOVE, N_("The focus hangs up: it is removed, or the conference is over.")),
	STEP(CONNECTED, BYE_RECEIVED, DISCONNECTED, CONFERENCE_LEFT, N_("It leaves.")),
	STEP(CONNECTED, MUTE, MUTED_VIA_FOCUS, CONFERENCE_MUTE, N_("The focus mutes it.")),
	STEP(ON_HOLD, RESUME, CONNECTED, CONFERENCE_HOLD, N_("It hears the others again.")),
	STEP(ON_HOLD, BYE, DISCONNECTING, CONFERENCE_REMOVE, N_("The focus hangs up: it is removed, or the conference is over.")),
	STEP(ON_HOLD, BYE_RECEIVED, DISCONNECTED, CONFERENCE_LEFT, N_("It leaves.")),
	STEP(MUTED_VIA_FOCUS, UNMUTE, CONNECTED, CONFERENCE_MUTE, N_("The others hear it again.")),
	STEP(MUTED_VIA_FOCUS, HOLD, ON_HOLD, CONFERENCE_HOLD, N_("It holds the conference, or no stream goes to it any more.")),
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
	{ STATE_IDLE, false, N_("Neither party is there.") },
	{ STATE_FIRST, false, N_("One party has called, or is called; the other is not yet.") },
	{ STATE_SECOND, false, N_("The other party is called: what it answers is told to the first.") },
	{ STATE_ADAPTING, false, N_("A party has offered in its 2xx; the other one is asked what it answers.") },
	{ STATE_JOINED, false, N_("Each knows what the other has said; what one changes is asked of the other.") },
	{ STATE_PARTING, false, N_("One is gone or could not be had: the other is told.") },
	{ STATE_OVER, true, N_("Both calls are over.") },
};

static const struct machine_edge pair_edges[] = {
	STEP(IDLE, INVITE_RECEIVED, FIRST, PAIR_INVITE, N_("A party calls: the box is the user agent that is called.")),
	STEP(IDLE, INVITE_SENT, FIRST, THIRD_FLOW_IV, N_("A controller calls the first party.")),
	STEP(FIRST, 2XX, FIRST, THIRD_FLOW_IV, N_("The first party that a controller has called answers.")),
	STEP(FIRST, INVITE_SENT, SECOND, PAIR_CALL, N_("The other party is called, in a call of its own.")),
	STEP(FIRST, NOT_SENT, PARTING, PAIR_NOT_SENT, N_("There is nobody to call, or nowhere to send it.")),
	STEP(FIRST, LEFT, PARTING, PAIR_BYE, N_("The first party is gone before the other was called.")),
	STEP(SECOND, 2XX, JOINED, PAIR_ANSWER, N_("The other party has answered, and so does the box.")),
	STEP(SECOND, 2XX_OFFER, ADAPTING, THIRD_FLOW_IV, N_("The other party makes the offer, which the first hears in a re-INVITE.")),
	STEP(SECOND, NO_ANSWER, FIRST, PAIR_SILENT, N_("None of those called is to be had: the first party waits on.")),
	STEP(SECOND, LEFT, PARTING, PAIR_REFUSED, N_("The other party refuses, or the first takes its call back.")),
	STEP(ADAPTING, CHANGE_ACCEPTED, JOINED, PAIR_ADAPTED, N_("The answer of one is the other's, in the ACK.")),
	STEP(ADAPTING, CHANGE_REFUSED, PARTING, PAIR_UNFIT, N_("The two have nothing that both can do.")),
	STEP(ADAPTING, TRANSFER_FAILED, JOINED, PAIR_TRANSFER, N_("The party that stays rejects the target of the transfer: the first call is as it was.")),
	STEP(ADAPTING, NOT_SENT, PARTING, PAIR_UNFIT, N_("The offer can't be passed on.")),
	STEP(ADAPTING, LEFT, PARTING, PAIR_BYE, N_("One has hung up.")),
	STEP(JOINED, CHANGE_ACCEPTED, JOINED, PAIR_CHANGE, N_("What one has offered the other accepts.")),
	STEP(JOINED, CHANGE_REFUSED, JOINED, PAIR_CHANGE, N_("What one has offered the other refuses: all stays as it was.")),
	STEP(JOINED, TRANSFER, SECOND, PAIR_TRANSFER, N_("The box calls somebody else in the place of one, who has asked for it.")),
	STEP(SECOND, TRANSFER_FAILED, JOINED, PAIR_TRANSFER, N_("Whom the box has called instead is not to be had: all is as it was.")),
	STEP(JOINED, TRANSFER_FAILED, JOINED, PAIR_TRANSFER, N_("The target of the transfer hangs up before the party that asked for it: the first call goes on.")),
	STEP(JOINED, LEFT, PARTING, PAIR_BYE, N_("One has hung up: the box hangs up with the other.")),
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
	{ STATE_WAITING, false, N_("The caller waits, and is told how many are ahead of him.") },
	{ STATE_RINGING, false, N_("It rings at an agent's, or at several.") },
	{ STATE_TALKING, false, N_("An agent has answered.") },
	{ STATE_WRAPPING, false, N_("The call is over; its agent writes down what it was about.") },
	{ STATE_OVER, true, N_("Nothing is left of it, and its agent is free.") },
};

static const struct machine_edge queue_call_edges[] = {
	STEP(IDLE, INVITE_RECEIVED, WAITING, QUEUE_WAIT, N_("Somebody calls: 182.")),
	STEP(WAITING, INVITE_SENT, RINGING, QUEUE_CHOSEN, N_("An agent is chosen, and called.")),
	STEP(WAITING, TURNED_AWAY, OVER, QUEUE_EMPTY, N_("Nobody is left who could take the call.")),
	STEP(WAITING, LEFT, OVER, QUEUE_ABANDONED, N_("The caller waits no longer.")),
	STEP(RINGING, INVITE_SENT, RINGING, QUEUE_CHOSEN, N_("One more agent is called, too.")),
	STEP(RINGING, 2XX, TALKING, QUEUE_TALK, N_("The first agent to answer has the call.")),
	STEP(RINGING, NO_ANSWER, WAITING, QUEUE_SILENT, N_("All who were called have refused.")),
	STEP(RINGING, TIMER_RING, WAITING, QUEUE_SILENT, N_("It has rung for long enough.")),
	STEP(RINGING, LEFT, OVER, QUEUE_ABANDONED, N_("The caller waits no longer.")),
	STEP(TALKING, LEFT, WRAPPING, QUEUE_WRAP_UP, N_("One of the two has hung up.")),
	STEP(WRAPPING, TIMER_WRAP_UP, OVER, QUEUE_FREE, N_("The agent is free again.")),
};

static const struct machine_timer queue_call_timers[] = {
	{ "ring", EVENT_TIMER_RING, 0, 0, MACHINE_SAME, N_("as configured"), STATE_RINGING, STATE_NONE, N_("calls another agent when nobody answers") },
	{ "place", EVENT_NONE, 0, 0, MACHINE_SAME, N_("up to 10 s"), STATE_WAITING, STATE_NONE, N_("tells a caller of his new place, ten seconds after the last time") },
	{ "wrap-up", EVENT_TIMER_WRAP_UP, 0, 0, MACHINE_SAME, N_("as configured"), STATE_WRAPPING, STATE_NONE, N_("gives the agent time to write down what the call was about") },
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
	{ STATE_NOT_REGISTERED, false, N_("No S-CSCF has the user.") },
	{ STATE_AUTHENTICATION_PENDING, false, N_("An S-CSCF has a vector for the user, and has yet to say that the response was right.") },
	{ STATE_REGISTERED, false, N_("The user has proved who he is; an S-CSCF has his profile.") },
	{ STATE_REMOVED, true, N_("The user is no subscriber any more.") },
};

static const struct machine_edge hss_user_edges[] = {
	STEP(NOT_REGISTERED, MAR, AUTHENTICATION_PENDING, HSS_PENDING, N_("MAA with a vector; the S-CSCF that asks is the user's.")),
	STEP(NOT_REGISTERED, SAR, REGISTERED, HSS_ASSIGN, N_("SAA with the profile.")),
	STEP(NOT_REGISTERED, SAR_FAILED, NOT_REGISTERED, HSS_FAILED, N_("SAA; nobody has the user anyway.")),
	STEP(NOT_REGISTERED, SAR_END, NOT_REGISTERED, HSS_END, N_("SAA; nobody has the user anyway.")),
	STEP(NOT_REGISTERED, REMOVE, REMOVED, HSS_REMOVE, N_("Nobody has to be told.")),
	STEP(NOT_REGISTERED, READ_PENDING, AUTHENTICATION_PENDING, HSS_DISK, N_("The server starts again, and reads it.")),
	STEP(NOT_REGISTERED, READ_REGISTERED, REGISTERED, HSS_DISK, N_("The server starts again, and reads it.")),
	STEP(AUTHENTICATION_PENDING, MAR, AUTHENTICATION_PENDING, HSS_PENDING, N_("MAA with another vector.")),
	STEP(AUTHENTICATION_PENDING, SAR, REGISTERED, HSS_ASSIGN, N_("SAA with the profile.")),
	STEP(AUTHENTICATION_PENDING, SAR_FAILED, NOT_REGISTERED, HSS_FAILED, N_("SAA; the S-CSCF is forgotten.")),
	STEP(AUTHENTICATION_PENDING, SAR_END, NOT_REGISTERED, HSS_END, N_("SAA; the S-CSCF is forgotten.")),
	STEP(AUTHENTICATION_PENDING, DEREGISTER, NOT_REGISTERED, HSS_DEREGISTER, N_("RTR to the S-CSCF.")),
	STEP(AUTHENTICATION_PENDING, REMOVE, REMOVED, HSS_REMOVE, N_("RTR to the S-CSCF.")),
	STEP(REGISTERED, MAR, REGISTERED, HSS_PENDING, N_("MAA with a vector: the user is registered meanwhile.")),
	STEP(REGISTERED, SAR, REGISTERED, HSS_ASSIGN, N_("SAA with the profile.")),
	STEP(REGISTERED, SAR_FAILED, REGISTERED, HSS_FAILED, N_("SAA; who was registered before is so still.")),
	STEP(REGISTERED, SAR_END, NOT_REGISTERED, HSS_END, N_("SAA; the S-CSCF is forgotten.")),
	STEP(REGISTERED, SAR_UNREGISTERED, NOT_REGISTERED, HSS_UNREGISTERED, N_("SAA; that S-CSCF has begun anew, and knows no registration of the user.")),
	STEP(REGISTERED, DEREGISTER, NOT_REGISTERED, HSS_DEREGISTER, N_("RTR to the S-CSCF.")),
	STEP(REGISTERED, REMOVE, REMOVED, HSS_REMOVE, N_("RTR to the S-CSCF.")),
};

const struct machine machine_hss_user = {
	.name = "hss-user", .title = N_("user of an HSS"),
	.heading = N_("Users"),
	.rfc = 6733, .section = "6.2", .start = STATE_NOT_REGISTERED,
	MACHINE_STATES(hss_user),
};
