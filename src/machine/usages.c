/*
 * The machines above the transactions: what two user agents share (a dialog,
 * RFC 3261 12; a subscription, RFC 6665 4.1.2), and what one side makes of it
 * (a call, RFC 3261 13 to 15; a registration, RFC 3261 10).  RFC 3261 draws
 * none of them but describes each in its text.
 *
 * Caller and called side go through the same states by other events, and by
 * other rules: "1xx" is received, "1xx sent" is sent, "re-INVITE received" is
 * the other side's.
 */
#include "machine/tables.h"
#include "machine/times.h"

/* clang-format off */
static const struct machine_state dialog_states[] = {
	{ "early", false, N_("A provisional response with a To tag has opened it; it may still come to nothing.") },
	{ "moratorium", false, N_("Confirmed by a 2xx; the ACK was not sent, or has not arrived, yet.") },
	{ "confirmed", false, N_("Established by 2xx and ACK: it lasts until a BYE.") },
	{ "mortal", false, N_("A BYE was sent, or has come: the session is over. The dialog is known until the BYE's transaction has ended: a BYE that crosses still gets its 200.") },
	{ "terminated", true, N_("The dialog is gone.") },
};

static const struct machine_edge dialog_edges[] = {
	STEP("none", "1xx", "early", DIALOG_UAC, N_("A provisional response with a To tag: the caller takes the route set from it, in reverse order, and its target.")),
	STEP("none", N_("1xx sent"), "early", DIALOG_UAS, N_("A provisional response with a To tag: the called side takes route set and target from the request.")),
	STEP_IN("none", "2xx", "moratorium", DIALOG_CONFIRMED, 3261, "12.1.2", N_("A 2xx at once: the caller takes the route set from it, in reverse order, and its target.")),
	STEP_IN("none", N_("2xx sent"), "moratorium", DIALOG_CONFIRMED, 3261, "12.1.1", N_("A 2xx at once: the called side takes route set and target from the request.")),
	STEP("none", "NOTIFY", "confirmed", DIALOG_NOTIFY, N_("The first NOTIFY of a subscription makes the dialog.")),
	STEP_IN("early", "2xx", "moratorium", DIALOG_CONFIRMED, 3261, "13.2.2.4", N_("The 2xx confirms the caller's early dialog; its route set is computed again.")),
	STEP("early", N_("2xx sent"), "moratorium", DIALOG_CONFIRMED, N_("With its 2xx the called side's early dialog is confirmed; its route set stays.")),
	STEP_IN("early", N_("BYE sent"), "mortal", DIALOG_BYE, 3261, "15", N_("The caller ends this one early dialog by BYE.")),
	STEP_IN("early", N_("target refresh"), "early", NONE, 3261, "12.2.1.2", N_("An UPDATE carries a new Contact before the call is answered.")),
	STEP("early", "300-699", "terminated", DIALOG_END, N_("A final error ends every early dialog of the request.")),
	STEP("early", N_("300-699 sent"), "terminated", DIALOG_END, N_("The called side has refused: its early dialog ends.")),
	STEP("early", "199", "terminated", EARLY_ENDED, N_("One phone of a fork has refused, and a proxy says so: its early dialog ends, others go on.")),
	STEP_IN("early", "CANCEL", "terminated", NONE, 3261, "12.3", N_("The caller gave up: the INVITE gets a 487, which ends the early dialog.")),
	STEP_IN("early", "BYE", "mortal", DIALOG_BYE_RECV, 3261, "15", N_("The caller may end an early dialog by BYE.")),
	STEP_IN("early", N_("timeout"), "terminated", DIALOG_END, 3261, "13.2.2.4", N_("Another branch won and no 2xx came here within 64*T1.")),
	STEP("moratorium", "ACK", "confirmed", DIALOG_ESTABLISHED, N_("The ACK has arrived: the dialog is established.")),
	STEP("moratorium", N_("ACK sent"), "confirmed", DIALOG_ESTABLISHED, N_("The caller has sent the ACK: the dialog is established.")),
	STEP_IN("moratorium", N_("target refresh"), "moratorium", NONE, 5407, "3.1.4", N_("A re-INVITE overtakes the ACK, and brings a new remote target.")),
	STEP_IN("moratorium", N_("BYE sent"), "mortal", DIALOG_BYE, 3261, "15", N_("No ACK came in time, or somebody did not wait for it: this side hangs up.")),
	STEP("moratorium", "BYE", "mortal", DIALOG_BYE_RECV, N_("The other side's BYE came before its ACK.")),
	STEP_IN("moratorium", N_("not sent"), "terminated", NONE, 3261, "8.1.2", N_("Neither ACK nor BYE can be sent: over all the same.")),
	STEP_IN("confirmed", N_("target refresh"), "confirmed", NONE, 3261, "12.2.1.2", N_("A re-INVITE or UPDATE carries a new Contact: the remote target changes, the route set does not.")),
	STEP("confirmed", N_("BYE sent"), "mortal", DIALOG_BYE, N_("This side hangs up, or the other one has lost the dialog (12.2.1.2): the session is over at once.")),
	STEP("confirmed", "BYE", "mortal", DIALOG_BYE_RECV, N_("A BYE came: it ends the session, and with it the dialog.")),
	STEP_IN("confirmed", N_("not sent"), "terminated", NONE, 3261, "8.1.2", N_("The BYE can't be sent: over all the same.")),
	STEP("confirmed", N_("NOTIFY terminated"), "terminated", DIALOG_UNSUBSCRIBED, N_("Its last subscription has ended, and no session uses the dialog.")),
	STEP("confirmed", N_("last usage"), "mortal", DIALOG_UNSUBSCRIBED, N_("Its last subscription has ended, and its session by a BYE whose transaction still lives.")),
	STEP("mortal", N_("BYE over"), "terminated", DIALOG_MORGUE, N_("The BYE's transaction has ended: by Timer K, by Timer J, or since nobody has answered; of two BYEs that cross the later one's.")),
};

const struct machine machine_dialog = {
	.name = "dialog", .title = N_("dialog"),
	.rfc = 3261, .section = "12", .start = "none",
	MACHINE_STATES(dialog),
};

static const struct machine_state call_states[] = {
	{ "idle", false, N_("Nothing has happened yet.") },
	{ "calling", false, N_("The INVITE is out.") },
	{ "proceeding", false, N_("Somebody works on the INVITE; the phone does not ring yet.") },
	{ "early", false, N_("It rings, or early media flow.") },
	{ "moratorium", false, N_("The called side has answered with a 2xx, which it repeats until the ACK comes.") },
	{ "confirmed", false, N_("They talk.") },
	{ "terminating", false, N_("One side ends it and waits for the answer.") },
	{ "terminated", true, N_("The call is over.") },
};

static const struct machine_edge call_edges[] = {
	STEP("idle", N_("INVITE sent"), "calling", INVITE_SEND, N_("The caller sends an INVITE, usually with an offer.")),
	STEP("idle", N_("INVITE received"), "proceeding", INVITE_RECV, N_("An INVITE arrives at the called side.")),
	STEP_IN("idle", N_("not sent"), "terminated", NONE, 3261, "8.1.2", N_("No INVITE went out: no address was found, or it was taken back before.")),
	STEP("idle", "2xx", "confirmed", INVITE_2XX, N_("One more branch of a forked INVITE answered: a call of its own, which the caller may end by BYE.")),
	STEP("calling", N_("INVITE sent"), "calling", AUTH_ANSWER, N_("The INVITE was challenged and goes out again with credentials.")),
	STEP("calling", "100", "proceeding", ICT_1XX, N_("The next hop has the INVITE; nothing is known of the called side.")),
	STEP("calling", "1xx", "early", INVITE_1XX, N_("The called side was reached: it rings.")),
	STEP("calling", "1xx SDP", "early", INVITE_PREVIEW, N_("A provisional response with a session description before the answer itself: only a preview of it.")),
	STEP("calling", "2xx", "confirmed", INVITE_2XX, N_("Answered; the caller sends ACK.")),
	STEP("calling", "300-699", "terminated", INVITE_FAILED, N_("Refused, or sent elsewhere.")),
	STEP("calling", N_("timeout"), "terminated", UAC_408, N_("Nobody answered, or it could not be sent: as if a 408 or a 503 had come.")),
	STEP_IN("calling", N_("not sent"), "terminated", NONE, 3261, "8.1.2", N_("The INVITE, or the ACK for its 2xx, can't be sent; or it is taken back before it goes out again.")),
	STEP("calling", N_("cancel"), "terminating", CANCEL_SEND, N_("The caller hangs up; CANCEL waits for the first provisional response.")),
	STEP("proceeding", N_("INVITE sent"), "calling", AUTH_ANSWER, N_("The INVITE was challenged and goes out again with credentials.")),
	STEP("calling", "300-399", "proceeding", REDIRECT_ASK, N_("Sent elsewhere: the user is asked whether to go there.")),
	STEP("proceeding", "1xx", "early", INVITE_1XX, N_("The called side rings.")),
	STEP("proceeding", "1xx SDP", "early", INVITE_PREVIEW, N_("A provisional response with a session description before the answer itself: only a preview of it.")),
	STEP("proceeding", N_("181-182 sent"), "proceeding", INVITE_QUEUED, N_("All lines are busy: the call waits for one, and is told so with 182.")),
	STEP("proceeding", N_("183 sent"), "early", INVITE_EARLY_MEDIA, N_("The called side lets the caller hear something before it answers.")),
	STEP("proceeding", N_("1xx sent"), "early", INVITE_PROGRESS, N_("The called side rings and says so.")),
	STEP("proceeding", N_("2xx sent"), "moratorium", INVITE_ACCEPT, N_("The called side answers without having rung: a 2xx confirms its dialog at once (12.1).")),
	STEP("proceeding", "2xx", "confirmed", INVITE_2XX, N_("Answered; the caller sends ACK.")),
	STEP("proceeding", "300-699", "terminated", INVITE_FAILED, N_("Refused, or sent elsewhere.")),
	STEP("proceeding", "300-399", "proceeding", REDIRECT_ASK, N_("Sent elsewhere: the user is asked whether to go there.")),
	STEP("proceeding", N_("300-699 sent"), "terminated", INVITE_REJECT, N_("The called side refuses.")),
	STEP("proceeding", N_("timeout"), "terminated", UAC_408, N_("Nobody answered, or it could not be sent: as if a 408 or a 503 had come.")),
	STEP_IN("proceeding", N_("not sent"), "terminated", NONE, 3261, "8.1.2", N_("It was answered, and no ACK can be sent.")),
	STEP("proceeding", "CANCEL", "terminating", CANCEL_SEND, N_("The caller gives up and sends CANCEL.")),
	STEP("proceeding", N_("CANCEL received"), "terminated", CANCEL_RECV, N_("The caller gave up: the INVITE gets 487.")),
	STEP("early", N_("INVITE sent"), "calling", REDIRECT_FOLLOW, N_("Sent elsewhere, or challenged: the INVITE goes out again.")),
	STEP("early", "1xx", "early", INVITE_1XX, N_("It still rings.")),
	STEP("early", "1xx SDP", "early", INVITE_PREVIEW, N_("A provisional response with a session description before the answer itself: only a preview of it.")),
	STEP("early", "199", "proceeding", EARLY_ENDED, N_("The last phone that rang rings no more; the proxy tries others, or will say how it ends.")),
	STEP("early", N_("183 sent"), "early", INVITE_EARLY_MEDIA, N_("The called side lets the caller hear something before it answers.")),
	STEP("early", N_("1xx sent"), "early", INVITE_PROGRESS, N_("It still rings, and says so again.")),
	STEP("early", "2xx", "confirmed", INVITE_2XX, N_("Answered; the caller sends ACK.")),
	STEP("early", N_("2xx sent"), "moratorium", INVITE_ACCEPT, N_("The called side answers.")),
	STEP("early", "300-699", "terminated", INVITE_FAILED, N_("Refused, or sent elsewhere.")),
	STEP("early", "300-399", "proceeding", REDIRECT_ASK, N_("Sent elsewhere: the user is asked whether to go there.")),
	STEP("early", N_("300-699 sent"), "terminated", INVITE_REJECT, N_("The called side refuses, or nobody picks up.")),
	STEP("early", N_("timeout"), "terminated", UAC_408, N_("Nobody answered, or it could not be sent: as if a 408 or a 503 had come.")),
	STEP_IN("early", N_("not sent"), "terminated", NONE, 3261, "8.1.2", N_("It was answered, and no ACK can be sent; or the early dialog is to be ended, and no BYE can be sent.")),
	STEP("early", "CANCEL", "terminating", CANCEL_SEND, N_("The caller gives up and sends CANCEL.")),
	STEP_IN("early", "BYE", "terminating", BYE_SEND, 3261, "15", N_("The caller ends the early dialog by BYE.")),
	STEP("early", N_("CANCEL received"), "terminated", CANCEL_RECV, N_("The caller gave up: the INVITE gets 487.")),
	STEP_IN("early", N_("BYE received"), "terminated", BYE_RECV, 3261, "15", N_("The caller has ended the early dialog by BYE.")),
	STEP("moratorium", "ACK", "confirmed", INVITE_ACKED, N_("The ACK ends the repetition of the called side's 2xx.")),
	STEP("moratorium", N_("no ACK"), "confirmed", INVITE_NO_ACK, N_("No ACK within 64*T1 of the 2xx: confirmed all the same, but to be ended by BYE.")),
	STEP_IN("moratorium", N_("re-INVITE received"), "moratorium", NONE, 5407, "3.1.4", N_("The other side changes the session before its ACK has arrived.")),
	STEP_IN("moratorium", "BYE", "terminating", BYE_SEND, 3261, "15", N_("The called side does not wait for the ACK.")),
	STEP("moratorium", N_("BYE received"), "terminated", BYE_RECV, N_("The other side's BYE came before its ACK.")),
	STEP_IN("moratorium", N_("not sent"), "terminated", NONE, 3261, "8.1.2", N_("The BYE can't be sent: over all the same.")),
	STEP_IN("confirmed", N_("re-INVITE"), "confirmed", NONE, 3261, "14.1", N_("This side has changed the session: hold, resume, other media.")),
	STEP_IN("confirmed", N_("re-INVITE received"), "confirmed", NONE, 3261, "14.2", N_("The other side has changed the session: hold, resume, other media.")),
	STEP_IN("confirmed", "300-699", "confirmed", INVITE_FAILED, 3261, "14.1", N_("A re-INVITE was refused: the session stays as it was.")),
	STEP_IN("confirmed", N_("transfer"), "confirmed", NONE, 5589, "6", N_("A transfer has come to its end: where the target has answered this side hangs up, else the call goes on.")),
	STEP("confirmed", N_("join"), "confirmed", JOIN_MIX, N_("Its media are mixed with those of another call of this phone.")),
	STEP("confirmed", "BYE", "terminating", BYE_SEND, N_("This side hangs up.")),
	STEP("confirmed", N_("BYE received"), "terminated", BYE_RECV, N_("The other side hung up.")),
	STEP_IN("confirmed", N_("not sent"), "terminated", NONE, 3261, "8.1.2", N_("The BYE can't be sent: over all the same.")),
	STEP("terminating", "2xx", "terminated", BYE_SEND, N_("The BYE was answered.")),
	STEP("terminating", N_("timeout"), "terminated", UAC_408, N_("Nobody answered: as if a 408 had come, and over all the same.")),
	STEP("terminating", "300-699", "terminated", INVITE_FAILED, N_("The INVITE ended with 487, or the BYE was refused: over in any case.")),
	STEP_IN("terminating", N_("not sent"), "terminated", NONE, 3261, "8.1.2", N_("It was answered before the CANCEL, and neither ACK nor BYE can be sent.")),
	STEP("terminating", N_("BYE received"), "terminated", BYE_RECV, N_("Both sides hung up at once.")),
};

static const struct machine_timer call_timers[] = {
	{ "2xx", SIP_T1_MS, SIP_T2_MS, MACHINE_SAME, "T1, 2*T1, … T2", "moratorium", NULL, N_("repeats the 2xx until the ACK comes") },
	{ "reliable", SIP_T1_MS, SIP_64T1_MS, MACHINE_SAME, "T1, 2*T1, 4*T1, …", NULL, NULL, N_("repeats a reliable provisional response until the PRACK comes") },
	{ "answer", 0, 0, MACHINE_SAME, N_("as configured"), NULL, NULL, N_("the called person picks up") },
	{ "no-answer", 0, 0, MACHINE_SAME, "as configured", NULL, NULL, N_("refuses a call that nobody answers") },
	{ "glare", 0, 0, MACHINE_SAME, N_("2.1 s to 4 s, or up to 2 s"), "confirmed", "early", N_("tries a re-INVITE or UPDATE again that met the other side's") },
	{ "retry", 0, 0, MACHINE_SAME, "Retry-After", "confirmed", "early", N_("tries a re-INVITE or UPDATE again when the other side has said to") },
	{ "session-refresh", 0, 0, MACHINE_SAME, N_("half the session interval"), "confirmed", "moratorium", N_("refreshes the session") },
	{ "session", 0, 0, MACHINE_SAME, N_("the session interval, or up to 32 s less"), "confirmed", "moratorium", N_("ends a session that nobody has refreshed") },
	{ "cancel", SIP_64T1_MS, 0, MACHINE_SAME, "64*T1", "terminating", "confirmed", N_("gives up the INVITE when no final response follows CANCEL") },
	{ "100", SIP_TRYING_MS, 0, MACHINE_SAME, "200 ms", NULL, NULL, N_("sends a 100 where nothing else was said by then") },
	{ "1xx", SIP_AGAIN_MS, 0, MACHINE_SAME, N_("60 s; reliable 150 s"), NULL, NULL, N_("repeats a provisional response so that no proxy gives up") },
	{ "hangup", 0, 0, MACHINE_SAME, N_("as configured"), "confirmed", NULL, N_("ends the call by itself") },
	{ "expires", 0, 0, MACHINE_SAME, "Expires", NULL, NULL, N_("refuses a call that was not answered in the time that its INVITE gives") },
};

const struct machine machine_call = {
	.name = "call", .title = N_("call"),
	.rfc = 3261, .section = "13", .start = "idle",
	MACHINE_TABLES(call),
};

static const struct machine_state registration_states[] = {
	{ "unregistered", false, N_("The registrar knows nothing of this contact.") },
	{ "registering", false, N_("The REGISTER is out.") },
	{ "registered", false, N_("The binding stands and is refreshed before it expires.") },
	{ "refreshing", false, N_("The REGISTER that refreshes or changes the binding is out; until it is answered the binding stands.") },
	{ "failed", false, N_("The registrar refused or did not answer; a phone that registers by itself waits, and tries again.") },
	{ "unregistering", false, N_("A REGISTER that removes the binding is out.") },
};

static const struct machine_edge registration_edges[] = {
	STEP("unregistered", N_("register"), "registering", REGISTER_SEND, N_("The user agent asks its registrar to bind its contact to its address-of-record.")),
	STEP("unregistered", N_("unregister"), "unregistering", REGISTER_REMOVE, N_("A REGISTER with an expiry of 0 goes out, whatever the registrar may have.")),
	STEP("unregistered", N_("Timer retry"), "registering", REGISTER_AGAIN, N_("The time that the registrar asked for is over.")),
	STEP("unregistered", N_("Timer recovery"), "registering", REGISTER_RECOVER, N_("The registrar gave the contact no time; the phone has waited, and tries again.")),
	STEP_IN("unregistered", N_("before the run"), "registered", NONE, 3261, "10.2", N_("The phone registered before the run began, and its binding stands.")),
	STEP("registering", "401", "registering", AUTH_ANSWER, N_("The registrar asks who it is: the REGISTER goes out again with credentials.")),
	STEP("registering", "407", "registering", AUTH_ANSWER_PROXY, N_("A proxy on the way asks who it is: the REGISTER goes out again with credentials.")),
	STEP("registering", "423", "registering", REGISTER_LONGER, N_("The time asked for was too brief: the REGISTER goes out again with the least that the registrar takes.")),
	STEP_IN("registering", N_("elsewhere"), "registering", NONE, 3261, "8.1.3.4", N_("Sent elsewhere: the REGISTER goes out again to another place.")),
	STEP_IN("registering", N_("next server"), "registering", NONE, 3263, "4.3", N_("No answer from there: the REGISTER goes out again to the next server.")),
	STEP("registering", "2xx", "registered", REGISTER_DONE, N_("The response lists the bindings; the refresh is set by its expiry.")),
	STEP("registering", N_("2xx not bound"), "unregistered", REGISTER_DONE, N_("The response does not bind the contact: it gives it no time at all.")),
	STEP("registering", "300-699", "failed", REGISTER_REFUSED, N_("The registrar refused.")),
	STEP("registering", N_("timeout"), "failed", REGISTER_SILENT, N_("Nobody answered, or it could not be sent; it is not tried again at once.")),
	STEP_IN("registering", N_("not sent"), "failed", NONE, 3261, "8.1.2", N_("No registrar is known, or no request can be made.")),
	STEP("registered", N_("Timer refresh"), "refreshing", REGISTER_REFRESH, N_("Time to refresh the binding, with the same Call-ID and the next CSeq.")),
	STEP("registered", N_("register"), "refreshing", REGISTER_SEND, N_("The user agent registers anew: another contact, or another time.")),
	STEP("registered", N_("unregister"), "unregistering", REGISTER_REMOVE, N_("A REGISTER with an expiry of 0 removes the binding.")),
	STEP("registered", "deactivated", "registering", REGISTER_AGAIN, N_("A NOTIFY says that the registrar has ended the binding and wants a new REGISTER.")),
	STEP("registered", "probation", "unregistered", REGISTER_AGAIN, N_("A NOTIFY says that the registrar has ended the binding and wants a new REGISTER later.")),
	STEP("registered", "rejected", "failed", REGISTER_REJECTED, N_("A NOTIFY says that the registrar has ended the binding for good.")),
	STEP("refreshing", "401", "refreshing", AUTH_ANSWER, N_("The registrar asks who it is: the REGISTER goes out again with credentials.")),
	STEP("refreshing", "407", "refreshing", AUTH_ANSWER_PROXY, N_("A proxy on the way asks who it is: the REGISTER goes out again with credentials.")),
	STEP("refreshing", "423", "refreshing", REGISTER_LONGER, N_("The time asked for was too brief: the REGISTER goes out again with the least that the registrar takes.")),
	STEP_IN("refreshing", N_("elsewhere"), "refreshing", NONE, 3261, "8.1.3.4", N_("Sent elsewhere: the REGISTER goes out again to another place.")),
	STEP_IN("refreshing", N_("next server"), "refreshing", NONE, 3263, "4.3", N_("No answer from there: the REGISTER goes out again to the next server.")),
	STEP("refreshing", "2xx", "registered", REGISTER_DONE, N_("The binding stands for as long again as the response says.")),
	STEP("refreshing", N_("2xx not bound"), "unregistered", REGISTER_DONE, N_("The response does not bind the contact: it gives it no time at all.")),
	STEP("refreshing", "300-699", "failed", REGISTER_REFUSED, N_("The registrar refused; the binding runs out by itself.")),
	STEP("refreshing", N_("timeout"), "failed", REGISTER_SILENT, N_("Nobody answered, or it could not be sent; the binding runs out by itself.")),
	STEP_IN("refreshing", N_("not sent"), "failed", NONE, 3261, "8.1.2", N_("No registrar is known any more, or no request can be made.")),
	STEP("unregistering", "401", "unregistering", AUTH_ANSWER, N_("The registrar asks who it is: the REGISTER goes out again with credentials.")),
	STEP("unregistering", "407", "unregistering", AUTH_ANSWER_PROXY, N_("A proxy on the way asks who it is: the REGISTER goes out again with credentials.")),
	STEP_IN("unregistering", N_("elsewhere"), "unregistering", NONE, 3261, "8.1.3.4", N_("Sent elsewhere: the REGISTER goes out again to another place.")),
	STEP_IN("unregistering", N_("next server"), "unregistering", NONE, 3263, "4.3", N_("No answer from there: the REGISTER goes out again to the next server.")),
	STEP("unregistering", "2xx", "unregistered", REGISTER_REMOVE, N_("The binding is removed.")),
	STEP("unregistering", "300-699", "failed", REGISTER_REFUSED, N_("The registrar refused; the binding runs out by itself.")),
	STEP("unregistering", N_("timeout"), "failed", REGISTER_SILENT, N_("Nobody answered, or it could not be sent; the binding runs out by itself.")),
	STEP_IN("unregistering", N_("not sent"), "failed", NONE, 3261, "8.1.2", N_("No registrar is known, or no request can be made.")),
	STEP("failed", N_("register"), "registering", REGISTER_SEND, N_("The user agent tries once more.")),
	STEP("failed", N_("Timer recovery"), "registering", REGISTER_RECOVER, N_("A phone that registers by itself has waited, and tries again.")),
	STEP("failed", N_("unregister"), "unregistering", REGISTER_REMOVE, N_("A REGISTER with an expiry of 0 goes out, whatever the registrar may have.")),
};

static const struct machine_timer registration_timers[] = {
	{ "refresh", 0, 0, MACHINE_SAME, N_("9/10 of the expiry"), "registered", NULL, N_("refreshes the binding before it expires") },
	{ "retry", 0, 0, MACHINE_SAME, "retry-after", "unregistered", NULL, N_("registers again when the registrar has ended the binding for a while") },
	{ "recovery", 0, 0, MACHINE_SAME, N_("half to whole of 1 min, 2 min, … 30 min"), "failed", "unregistered", N_("registers again after a failure") },
};

const struct machine machine_registration = {
	.name = "registration", .title = N_("registration"),
	.heading = N_("Registrations"),
	.rfc = 3261, .section = "10.2", .start = "unregistered",
	MACHINE_TABLES(registration),
};

static const struct machine_state subscription_states[] = {
	{ "init", false, N_("Nothing was asked for yet.") },
	{ "notify_wait", false, N_("The SUBSCRIBE or REFER is there; the first NOTIFY will make the subscription.") },
	{ "pending", false, N_("The notifier has not decided yet whether it may tell.") },
	{ "active", false, N_("Changes are reported by NOTIFY.") },
	{ "terminated", true, N_("The subscription is over.") },
};

static const struct machine_edge subscription_edges[] = {
	STEP("init", "SUBSCRIBE", "notify_wait", SUBSCRIBE_SEND, N_("The subscriber asks for an event package; Timer N starts.")),
	STEP("init", N_("redial"), "notify_wait", REDIAL_SUBSCRIBE, N_("The subscriber asks to be told when somebody who was busy can be called again.")),
	STEP("init", N_("REFER sent"), "notify_wait", REFER_SEND, N_("A REFER asks for a call elsewhere and for news of it; Timer N starts.")),
	STEP("init", "REFER", "notify_wait", REFER_ACCEPT, N_("The other side asks for a call elsewhere: accepted with 202.")),
	STEP("init", N_("SUBSCRIBE received"), "notify_wait", SUBSCRIBE_ACCEPT, N_("The other side asks for an event package: accepted with 200.")),
	STEP("notify_wait", "2xx", "notify_wait", REFER_2XX, N_("A 2xx is only an intermediate sign: the NOTIFY counts.")),
	STEP("notify_wait", "2xx Refer-Sub: false", "terminated", REFER_UNHEARD, N_("The other side does what the REFER asks for, and tells nothing of it.")),
	STEP("notify_wait", "SUBSCRIBE", "notify_wait", SUBSCRIBE_LONGER, N_("Asked for once more: for longer, or with credentials.")),
	STEP("notify_wait", N_("NOTIFY pending"), "pending", NOTIFY_BEGINS, N_("The first NOTIFY: the subscription stands, its decision does not.")),
	STEP("notify_wait", N_("NOTIFY active"), "active", NOTIFY_BEGINS, N_("The first NOTIFY brings the state.")),
	STEP("notify_wait", N_("NOTIFY terminated"), "terminated", NOTIFY_NEWS, N_("The notifier ends it at once: a single look.")),
	STEP("notify_wait", N_("NOTIFY active sent"), "active", NOTIFY_FIRST, N_("The one who was referred says at once that the call is under way.")),
	STEP("notify_wait", N_("state sent"), "active", NOTIFY_AT_ONCE, N_("A SUBSCRIBE is answered by the state at once.")),
	STEP("notify_wait", N_("NOTIFY pending sent"), "pending", NOTIFY_AT_ONCE, N_("It stands, but whether the other side may have the state is not decided.")),
	STEP("notify_wait", N_("NOTIFY terminated sent"), "terminated", NOTIFY_AT_ONCE, N_("A single look was asked for: the first NOTIFY is the last.")),
	STEP("notify_wait", N_("outcome sent"), "terminated", NOTIFY_FINAL, N_("What came of the call is known at once.")),
	STEP_IN("notify_wait", N_("timeout"), "terminated", NONE, 3261, "8.1.3.1", N_("The REFER was not answered at all.")),
	STEP_IN("notify_wait", N_("not sent"), "terminated", NONE, 3261, "8.1.2", N_("No REFER could be sent.")),
	STEP_IN("notify_wait", N_("stop"), "terminated", NONE, 3515, "2.4.4", N_("The call is hung up; nobody waits for news.")),
	STEP("notify_wait", "300-699", "terminated", REFER_REFUSED, N_("The notifier refused.")),
	STEP("notify_wait", N_("Timer N"), "terminated", NOTIFY_SILENT, N_("No NOTIFY came in time.")),
	STEP("pending", N_("NOTIFY pending"), "pending", NOTIFY_NEWS, N_("Still undecided.")),
	STEP("pending", N_("NOTIFY active"), "active", NOTIFY_NEWS, N_("The notifier has agreed.")),
	STEP("pending", N_("NOTIFY terminated"), "terminated", NOTIFY_NEWS, N_("The notifier ends it and says why.")),
	STEP("pending", N_("NOTIFY pending sent"), "pending", NOTIFY_AT_ONCE, N_("Still undecided, and said so again.")),
	STEP("pending", N_("NOTIFY active sent"), "active", NOTIFY_CHANGE, N_("The other side may have the state, and gets it.")),
	STEP("pending", N_("NOTIFY terminated sent"), "terminated", NOTIFY_AT_ONCE, N_("The other side has ended it, and gets the last NOTIFY at once.")),
	STEP("pending", N_("timeout sent"), "terminated", NOTIFY_TIMEOUT, N_("Nobody has refreshed it: its time is over.")),
	STEP("pending", N_("rejected sent"), "terminated", PRESENCE_DECIDED, N_("The other side may not have the state after all.")),
	STEP("pending", N_("SUBSCRIBE received"), "pending", SUBSCRIBE_REFRESHED, N_("The other side refreshes it, or ends it by Expires 0.")),
	STEP("pending", "SUBSCRIBE", "pending", SUBSCRIBE_REFRESH, N_("The subscription is refreshed; Timer N starts.")),
	STEP("pending", N_("unsubscribe"), "pending", SUBSCRIBE_STOP, N_("The subscriber asks with an expiry of 0 for its end; Timer N starts.")),
	STEP("pending", "300-699", "terminated", REFER_REFUSED, N_("The notifier has refused after all.")),
	STEP_IN("pending", N_("timeout"), "terminated", NONE, 3261, "8.1.3.1", N_("The REFER was not answered at all.")),
	STEP_IN("pending", N_("Timer N"), "terminated", NONE, 6665, "4.1.2.2", N_("The refresh brought no NOTIFY.")),
	STEP_IN("pending", N_("Timer expire"), "terminated", NONE, 3515, "2.4.4", N_("The time for which news was promised is over.")),
	STEP_IN("pending", N_("stop"), "terminated", NONE, 3515, "2.4.4", N_("The call is hung up; nobody waits for news.")),
	STEP("active", N_("NOTIFY active"), "active", NOTIFY_NEWS, N_("News.")),
	STEP("active", N_("NOTIFY terminated"), "terminated", NOTIFY_NEWS, N_("The notifier ends it and says why.")),
	STEP("active", N_("NOTIFY active sent"), "active", NOTIFY_CHANGE, N_("News, or the state once more after a refresh.")),
	STEP("active", N_("SUBSCRIBE received"), "active", SUBSCRIBE_REFRESHED, N_("The other side refreshes it, or ends it by Expires 0.")),
	STEP("active", "SUBSCRIBE", "active", SUBSCRIBE_REFRESH, N_("The subscription is refreshed; Timer N starts.")),
	STEP("active", N_("unsubscribe"), "active", SUBSCRIBE_STOP, N_("The subscriber asks with an expiry of 0 for its end; Timer N starts.")),
	STEP_IN("active", "300-699", "terminated", NONE, 6665, "4.2.2", N_("481 to a NOTIFY: the other side knows nothing of it.")),
	STEP("active", N_("NOTIFY terminated sent"), "terminated", NOTIFY_AT_ONCE, N_("The other side has ended it, and gets the last NOTIFY at once.")),
	STEP("active", N_("outcome sent"), "terminated", NOTIFY_FINAL, N_("The last NOTIFY, with what came of the call.")),
	STEP("active", N_("timeout sent"), "terminated", NOTIFY_TIMEOUT, N_("Nobody has refreshed it: its time is over.")),
	STEP("active", N_("rejected sent"), "terminated", PRESENCE_DECIDED, N_("The other side may not have the state after all.")),
	STEP_IN("active", N_("timeout"), "terminated", NONE, 6665, "4.2.2", N_("A NOTIFY was not answered: nobody listens.")),
	STEP_IN("active", N_("Timer N"), "terminated", NONE, 6665, "4.1.2.2", N_("The refresh brought no NOTIFY.")),
	STEP_IN("active", N_("Timer expire"), "terminated", NONE, 3515, "2.4.4", N_("The time for which news was promised is over.")),
	STEP_IN("active", N_("stop"), "terminated", NONE, 3515, "2.4.4", N_("The call is hung up; nobody waits for news.")),
};

static const struct machine_timer subscription_timers[] = {
	{ "N", SIP_64T1_MS, 0, MACHINE_SAME, "64*T1", NULL, NULL, N_("waits for the NOTIFY that follows a SUBSCRIBE or REFER") },
	{ "expire", 0, 0, MACHINE_SAME, N_("expiry"), NULL, NULL, N_("ends a subscription whose time is over") },
	{ "news", 0, 0, MACHINE_SAME, "1 s", NULL, NULL, N_("tells what has changed within a second of the NOTIFY before") },
	{ "resubscribe", 0, 0, MACHINE_SAME, N_("9/10 of the expiry"), NULL, NULL, N_("refreshes the subscription before it expires") },
	{ "retry", 0, 0, MACHINE_SAME, "Retry-After", NULL, NULL, N_("asks again for a subscription that the notifier has ended for a while") },
	{ "recovery", 0, 0, MACHINE_SAME, N_("half to whole of 1 min, 2 min, … 30 min"), NULL, NULL, N_("asks anew for a subscription that was lost, or could not be had") },
};

const struct machine machine_subscription = {
	.name = "subscription", .title = N_("subscription"),
	.heading = N_("Subscriptions"),
	.rfc = 6665, .section = "4.1.2", .start = "init",
	MACHINE_TABLES(subscription),
};

static const struct machine_state publication_states[] = {
	{ "unpublished", false, N_("The compositor has nothing of this user agent.") },
	{ "publishing", false, N_("The first PUBLISH, with the whole state, is out.") },
	{ "published", false, N_("The state stands under an entity tag, and is refreshed before it expires.") },
	{ "refreshing", false, N_("The PUBLISH that refreshes or changes it is out; until it is answered the old state stands.") },
	{ "failed", false, N_("The compositor refused or did not answer; a phone that publishes by itself waits, and tries again.") },
	{ "removing", false, N_("A PUBLISH that takes the state away is out.") },
};

static const struct machine_edge publication_edges[] = {
	STEP("unpublished", N_("publish"), "publishing", PUBLISH_SEND, N_("The user agent tells its state, in a PUBLISH without SIP-If-Match.")),
	STEP("publishing", "2xx", "published", PUBLISH_DONE, N_("The response names the state with an entity tag and says how long it lasts.")),
	STEP("publishing", "423", "publishing", PUBLISH_LONGER, N_("The time asked for was too brief: the PUBLISH goes out again with the least that is taken.")),
	STEP("publishing", "300-699", "failed", PUBLISH_REFUSED, N_("The compositor refused.")),
	STEP_IN("publishing", N_("timeout"), "failed", NONE, 3261, "8.1.3.1", N_("Nobody answered, or it could not be sent.")),
	STEP_IN("publishing", N_("not sent"), "failed", NONE, 3261, "8.1.2", N_("No address is known, or no request can be made.")),
	STEP("published", N_("Timer republish"), "refreshing", PUBLISH_REFRESH, N_("Time to refresh it: a PUBLISH with SIP-If-Match and without a body.")),
	STEP("published", N_("publish"), "refreshing", PUBLISH_MODIFY, N_("The state is another: a PUBLISH with SIP-If-Match and a body.")),
	STEP("published", N_("remove"), "removing", PUBLISH_REMOVE, N_("A PUBLISH with SIP-If-Match and an expiry of 0 takes the state away.")),
	STEP("refreshing", "2xx", "published", PUBLISH_DONE, N_("It stands for as long again as the response says, under a new entity tag.")),
	STEP("refreshing", "412", "publishing", PUBLISH_ANEW, N_("The compositor knows this entity tag no more: the whole state is published anew.")),
	STEP("refreshing", "423", "refreshing", PUBLISH_LONGER, N_("The time asked for was too brief: the PUBLISH goes out again with the least that is taken.")),
	STEP("refreshing", "300-699", "failed", PUBLISH_REFUSED, N_("The compositor refused; the state runs out by itself.")),
	STEP_IN("refreshing", N_("timeout"), "failed", NONE, 3261, "8.1.3.1", N_("Nobody answered; the state runs out by itself.")),
	STEP_IN("refreshing", N_("not sent"), "failed", NONE, 3261, "8.1.2", N_("No address is known any more, or no request can be made.")),
	STEP("removing", "2xx", "unpublished", PUBLISH_REMOVE, N_("The state is taken away.")),
	STEP("removing", "300-699", "failed", PUBLISH_REFUSED, N_("The compositor refused; the state runs out by itself.")),
	STEP_IN("removing", N_("timeout"), "failed", NONE, 3261, "8.1.3.1", N_("Nobody answered; the state runs out by itself.")),
	STEP_IN("removing", N_("not sent"), "failed", NONE, 3261, "8.1.2", N_("No address is known any more, or no request can be made.")),
	STEP("failed", N_("publish"), "publishing", PUBLISH_SEND, N_("The user agent tries once more.")),
	STEP("failed", N_("Timer recovery"), "publishing", PUBLISH_RECOVER, N_("A phone that publishes by itself has waited, and tries again.")),
};

static const struct machine_timer publication_timers[] = {
	{ "republish", 0, 0, MACHINE_SAME, N_("9/10 of the expiry"), "published", NULL, N_("refreshes the published state before it expires") },
	{ "recovery", 0, 0, MACHINE_SAME, N_("half to whole of 1 min, 2 min, … 30 min"), "failed", NULL, N_("publishes again after a failure") },
	{ "expire", 0, 0, MACHINE_SAME, N_("expiry"), NULL, NULL, N_("at the compositor: forgets state that nobody has refreshed") },
};

const struct machine machine_publication = {
	.name = "publication", .title = N_("publication"),
	.heading = N_("Publications"),
	.rfc = 3903, .section = "4", .start = "unpublished",
	MACHINE_TABLES(publication),
};
/* clang-format on */
