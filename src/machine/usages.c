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

/* clang-format off */
static const struct machine_state dialog_states[] = {
	{ "early", false, N_("A provisional response with a To tag has opened it; it may still come to nothing.") },
	{ "moratorium", false, N_("Confirmed by a 2xx; the ACK was not sent, or has not arrived, yet.") },
	{ "confirmed", false, N_("Established by 2xx and ACK: it lasts until a BYE.") },
	{ "mortal", false, N_("A BYE was sent: the session is over, and only the answer is waited for.") },
	{ "terminated", true, N_("The dialog is gone.") },
};

static const struct machine_edge dialog_edges[] = {
	{ "none", "1xx", "early", 3261, "12.1.2", N_("A provisional response with a To tag: the caller takes the route set from it, in reverse order, and its target.") },
	{ "none", N_("1xx sent"), "early", 3261, "12.1.1", N_("A provisional response with a To tag: the called side takes route set and target from the request.") },
	{ "none", "2xx", "moratorium", 3261, "12.1.2", N_("A 2xx at once: the caller takes the route set from it, in reverse order, and its target.") },
	{ "none", N_("2xx sent"), "moratorium", 3261, "12.1.1", N_("A 2xx at once: the called side takes route set and target from the request.") },
	{ "none", "NOTIFY", "confirmed", 6665, "4.4.1", N_("The first NOTIFY of a subscription makes the dialog.") },
	{ "early", "2xx", "moratorium", 3261, "13.2.2.4", N_("The 2xx confirms the caller's early dialog; its route set is computed again.") },
	{ "early", N_("2xx sent"), "moratorium", 3261, "12.1", N_("With its 2xx the called side's early dialog is confirmed; its route set stays.") },
	{ "early", N_("BYE sent"), "mortal", 3261, "15", N_("The caller ends this one early dialog by BYE.") },
	{ "early", "300-699", "terminated", 3261, "12.3", N_("A final error ends every early dialog of the request.") },
	{ "early", N_("300-699 sent"), "terminated", 3261, "12.3", N_("The called side has refused: its early dialog ends.") },
	{ "early", "CANCEL", "terminated", 3261, "12.3", N_("The caller gave up: the INVITE gets a 487, which ends the early dialog.") },
	{ "early", "BYE", "terminated", 3261, "15", N_("The caller may end an early dialog by BYE.") },
	{ "early", N_("timeout"), "terminated", 3261, "13.2.2.4", N_("Another branch won and no 2xx came here within 64*T1.") },
	{ "moratorium", "ACK", "confirmed", 5407, "2", N_("The ACK has arrived: the dialog is established.") },
	{ "moratorium", N_("ACK sent"), "confirmed", 5407, "2", N_("The caller has sent the ACK: the dialog is established.") },
	{ "moratorium", N_("target refresh"), "moratorium", 5407, "3.1.4", N_("A re-INVITE overtakes the ACK, and brings a new remote target.") },
	{ "moratorium", N_("BYE sent"), "mortal", 3261, "13.3.1.4", N_("No ACK came in time, or somebody did not wait for it: this side hangs up.") },
	{ "moratorium", "BYE", "terminated", 3261, "12.3", N_("The other side's BYE came before its ACK.") },
	{ "moratorium", N_("not sent"), "terminated", 3261, "8.1.2", N_("Neither ACK nor BYE can be sent: over all the same.") },
	{ "confirmed", N_("target refresh"), "confirmed", 3261, "12.2.1.2", N_("A re-INVITE or UPDATE carries a new Contact: the remote target changes, the route set does not.") },
	{ "confirmed", N_("BYE sent"), "mortal", 3261, "15.1.1", N_("This side hangs up, or the other one has lost the dialog (12.2.1.2): the session is over at once.") },
	{ "confirmed", "BYE", "terminated", 3261, "12.3", N_("A BYE came: it ends the session and the dialog.") },
	{ "confirmed", N_("not sent"), "terminated", 3261, "8.1.2", N_("The BYE can't be sent: over all the same.") },
	{ "confirmed", N_("NOTIFY terminated"), "terminated", 6665, "4.4.1", N_("Its last subscription has ended, and no session uses the dialog.") },
	{ "mortal", "2xx", "terminated", 3261, "12.3", N_("This side's BYE was answered: session and dialog are over.") },
	{ "mortal", "300-699", "terminated", 3261, "15.1.1", N_("Even a refused BYE ends the dialog: a 481 or 408 says that the other side has lost it.") },
	{ "mortal", N_("timeout"), "terminated", 3261, "15.1.1", N_("Nobody answered the BYE: over all the same.") },
	{ "mortal", "BYE", "terminated", 5407, "2", N_("Both sides hung up at once.") },
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
	{ "early", false, N_("It rings, or early media flow; at the called side also: answered, until the ACK comes.") },
	{ "confirmed", false, N_("They talk.") },
	{ "terminating", false, N_("One side ends it and waits for the answer.") },
	{ "terminated", true, N_("The call is over.") },
};

static const struct machine_edge call_edges[] = {
	{ "idle", N_("INVITE sent"), "calling", 3261, "13.2.1", N_("The caller sends an INVITE, usually with an offer.") },
	{ "idle", N_("INVITE received"), "proceeding", 3261, "13.3.1", N_("An INVITE arrives at the called side.") },
	{ "idle", "2xx", "confirmed", 3261, "13.2.2.4", N_("One more branch of a forked INVITE answered: a call of its own, which the caller may end by BYE.") },
	{ "calling", N_("INVITE sent"), "calling", 3261, "22.2", N_("The INVITE was challenged and goes out again with credentials.") },
	{ "calling", "100", "proceeding", 3261, "17.1.1.2", N_("The next hop has the INVITE; nothing is known of the called side.") },
	{ "calling", "1xx", "early", 3261, "13.2.2.1", N_("The called side was reached: it rings.") },
	{ "calling", "2xx", "confirmed", 3261, "13.2.2.4", N_("Answered; the caller sends ACK.") },
	{ "calling", "300-699", "terminated", 3261, "13.2.2.3", N_("Refused, or sent elsewhere.") },
	{ "calling", N_("timeout"), "terminated", 3261, "8.1.3.1", N_("Nobody answered, or it could not be sent: as if a 408 or a 503 had come.") },
	{ "calling", N_("cancel"), "terminating", 3261, "9.1", N_("The caller hangs up; CANCEL waits for the first provisional response.") },
	{ "proceeding", N_("INVITE sent"), "calling", 3261, "22.2", N_("The INVITE was challenged and goes out again with credentials.") },
	{ "calling", "300-399", "proceeding", 3261, "8.1.3.4", N_("Sent elsewhere: the user is asked whether to go there.") },
	{ "proceeding", "1xx", "early", 3261, "13.2.2.1", N_("The called side rings.") },
	{ "proceeding", N_("1xx sent"), "proceeding", 3261, "21.1.4", N_("All lines are busy: the call waits for one, and is told so with 182.") },
	{ "proceeding", N_("1xx sent"), "early", 3261, "13.3.1.1", N_("The called side rings and says so.") },
	{ "proceeding", N_("2xx sent"), "early", 3261, "13.3.1.4", N_("The called side answers at once; until the ACK comes it repeats the 2xx.") },
	{ "proceeding", "2xx", "confirmed", 3261, "13.2.2.4", N_("Answered; the caller sends ACK.") },
	{ "proceeding", "300-699", "terminated", 3261, "13.2.2.3", N_("Refused, or sent elsewhere.") },
	{ "proceeding", N_("300-699 sent"), "terminated", 3261, "13.3.1.3", N_("The called side refuses.") },
	{ "proceeding", N_("timeout"), "terminated", 3261, "8.1.3.1", N_("Nobody answered, or it could not be sent: as if a 408 or a 503 had come.") },
	{ "proceeding", "CANCEL", "terminating", 3261, "9.1", N_("The caller gives up and sends CANCEL.") },
	{ "proceeding", N_("CANCEL received"), "terminated", 3261, "9.2", N_("The caller gave up: the INVITE gets 487.") },
	{ "early", N_("INVITE sent"), "calling", 3261, "8.1.3.4", N_("Sent elsewhere, or challenged: the INVITE goes out again.") },
	{ "early", "300-399", "proceeding", 3261, "8.1.3.4", N_("Sent elsewhere: the user is asked whether to go there.") },
	{ "early", "1xx", "early", 3261, "13.2.2.1", N_("It still rings.") },
	{ "early", N_("1xx sent"), "early", 3261, "13.3.1.1", N_("It still rings, and says so again.") },
	{ "early", "2xx", "confirmed", 3261, "13.2.2.4", N_("Answered; the caller sends ACK.") },
	{ "early", "ACK", "confirmed", 3261, "13.3.1.4", N_("The ACK ends the repetition of the called side's 2xx.") },
	{ "early", N_("timeout"), "confirmed", 3261, "13.3.1.4", N_("No ACK within 64*T1 of the 2xx: confirmed all the same, but to be ended by BYE.") },
	{ "early", N_("re-INVITE received"), "early", 5407, "3.1.4", N_("The other side changes the session before its ACK has arrived.") },
	{ "early", "300-699", "terminated", 3261, "13.2.2.3", N_("Refused, or sent elsewhere.") },
	{ "early", N_("300-699 sent"), "terminated", 3261, "13.3.1.3", N_("The called side refuses, or nobody picks up.") },
	{ "early", N_("timeout"), "terminated", 3261, "8.1.3.1", N_("Nobody answered, or it could not be sent: as if a 408 or a 503 had come.") },
	{ "early", "CANCEL", "terminating", 3261, "9.1", N_("The caller gives up and sends CANCEL.") },
	{ "early", "BYE", "terminating", 3261, "15", N_("This side ends the early dialog by BYE, as a caller may; or the called side can't wait for the ACK.") },
	{ "early", N_("CANCEL received"), "terminated", 3261, "9.2", N_("The caller gave up: the INVITE gets 487.") },
	{ "early", N_("BYE received"), "terminated", 3261, "15.1.2", N_("The caller ended the early dialog: the INVITE gets 487.") },
	{ "confirmed", N_("re-INVITE"), "confirmed", 3261, "14.1", N_("This side has changed the session: hold, resume, other media.") },
	{ "confirmed", N_("re-INVITE received"), "confirmed", 3261, "14.2", N_("The other side has changed the session: hold, resume, other media.") },
	{ "confirmed", "300-699", "confirmed", 3261, "14.1", N_("A re-INVITE was refused: the session stays as it was.") },
	{ "confirmed", N_("transfer"), "confirmed", 5589, "6", N_("A transfer has come to its end: where the target has answered this side hangs up, else the call goes on.") },
	{ "confirmed", "BYE", "terminating", 3261, "15.1.1", N_("This side hangs up.") },
	{ "confirmed", N_("BYE received"), "terminated", 3261, "15.1.2", N_("The other side hung up.") },
	{ "confirmed", N_("not sent"), "terminated", 3261, "8.1.2", N_("The BYE can't be sent: over all the same.") },
	{ "terminating", "2xx", "terminated", 3261, "15.1.1", N_("The BYE was answered.") },
	{ "terminating", N_("timeout"), "terminated", 3261, "8.1.3.1", N_("Nobody answered: as if a 408 had come, and over all the same.") },
	{ "terminating", "300-699", "terminated", 3261, "13.2.2.3", N_("The INVITE ended with 487, or the BYE was refused: over in any case.") },
	{ "terminating", N_("BYE received"), "terminated", 3261, "15.1.2", N_("Both sides hung up at once.") },
};

static const struct machine_timer call_timers[] = {
	{ "2xx", "T1, 2*T1, … T2", "early", 3261, "13.3.1.4", N_("repeats the 2xx until the ACK comes") },
	{ "answer", N_("as configured"), NULL, 3261, "13.3.1", N_("the called person picks up") },
	{ "no-answer", "as configured", NULL, 3261, "21.4.18", N_("refuses a call that nobody answers") },
	{ "glare", N_("2.1 s to 4 s, or up to 2 s"), "confirmed", 3261, "14.1", N_("tries a re-INVITE again that met the other side's") },
	{ "retry", "Retry-After", "confirmed", 3261, "20.33", N_("tries a re-INVITE again when the other side has said to") },
	{ "cancel", "64*T1", "terminating", 3261, "9.1", N_("gives up the INVITE when no final response follows CANCEL") },
	{ "100", "200 ms", NULL, 3261, "17.2.1", N_("sends a 100 where nothing else was said by then") },
	{ "1xx", "60 s", NULL, 3261, "13.3.1.1", N_("repeats a provisional response so that no proxy gives up") },
	{ "hangup", N_("as configured"), "confirmed", 3261, "15.1.1", N_("ends the call by itself") },
	{ "expires", "Expires", NULL, 3261, "13.3.1", N_("refuses a call that was not answered in the time that its INVITE gives") },
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
	{ "failed", false, N_("The registrar refused or did not answer; nothing more is tried by itself.") },
	{ "unregistering", false, N_("A REGISTER that removes the binding is out.") },
};

static const struct machine_edge registration_edges[] = {
	{ "unregistered", N_("register"), "registering", 3261, "10.2", N_("The user agent asks its registrar to bind its contact to its address-of-record.") },
	{ "unregistered", N_("unregister"), "unregistering", 3261, "10.2.2", N_("A REGISTER with an expiry of 0 goes out, whatever the registrar may have.") },
	{ "unregistered", N_("before the run"), "registered", 3261, "10.2", N_("The phone registered before the run began, and its binding stands.") },
	{ "registering", "401", "registering", 3261, "22.2", N_("The registrar asks who it is: the REGISTER goes out again with credentials.") },
	{ "registering", "407", "registering", 3261, "22.3", N_("A proxy on the way asks who it is: the REGISTER goes out again with credentials.") },
	{ "registering", "423", "registering", 3261, "10.2.8", N_("The time asked for was too brief: the REGISTER goes out again with the least that the registrar takes.") },
	{ "registering", N_("elsewhere"), "registering", 3261, "8.1.3.4", N_("Sent elsewhere: the REGISTER goes out again to another place.") },
	{ "registering", N_("next server"), "registering", 3263, "4.3", N_("No answer from there: the REGISTER goes out again to the next server.") },
	{ "registering", "2xx", "registered", 3261, "10.2.4", N_("The response lists the bindings; the refresh is set by its expiry.") },
	{ "registering", N_("2xx not bound"), "unregistered", 3261, "10.2.4", N_("The response does not bind the contact: it gives it no time at all.") },
	{ "registering", "300-699", "failed", 3261, "10.2.8", N_("The registrar refused.") },
	{ "registering", N_("timeout"), "failed", 3261, "10.2.7", N_("Nobody answered, or it could not be sent; it is not tried again at once.") },
	{ "registering", N_("not sent"), "failed", 3261, "8.1.2", N_("No registrar is known, or no request can be made.") },
	{ "registered", N_("Timer refresh"), "refreshing", 3261, "10.2.4", N_("Time to refresh the binding, with the same Call-ID and the next CSeq.") },
	{ "registered", N_("register"), "refreshing", 3261, "10.2", N_("The user agent registers anew: another contact, or another time.") },
	{ "registered", N_("unregister"), "unregistering", 3261, "10.2.2", N_("A REGISTER with an expiry of 0 removes the binding.") },
	{ "refreshing", "401", "refreshing", 3261, "22.2", N_("The registrar asks who it is: the REGISTER goes out again with credentials.") },
	{ "refreshing", "407", "refreshing", 3261, "22.3", N_("A proxy on the way asks who it is: the REGISTER goes out again with credentials.") },
	{ "refreshing", "423", "refreshing", 3261, "10.2.8", N_("The time asked for was too brief: the REGISTER goes out again with the least that the registrar takes.") },
	{ "refreshing", N_("elsewhere"), "refreshing", 3261, "8.1.3.4", N_("Sent elsewhere: the REGISTER goes out again to another place.") },
	{ "refreshing", N_("next server"), "refreshing", 3263, "4.3", N_("No answer from there: the REGISTER goes out again to the next server.") },
	{ "refreshing", "2xx", "registered", 3261, "10.2.4", N_("The binding stands for as long again as the response says.") },
	{ "refreshing", N_("2xx not bound"), "unregistered", 3261, "10.2.4", N_("The response does not bind the contact: it gives it no time at all.") },
	{ "refreshing", "300-699", "failed", 3261, "10.2.8", N_("The registrar refused; the binding runs out by itself.") },
	{ "refreshing", N_("timeout"), "failed", 3261, "10.2.7", N_("Nobody answered, or it could not be sent; the binding runs out by itself.") },
	{ "refreshing", N_("not sent"), "failed", 3261, "8.1.2", N_("No registrar is known any more, or no request can be made.") },
	{ "unregistering", "401", "unregistering", 3261, "22.2", N_("The registrar asks who it is: the REGISTER goes out again with credentials.") },
	{ "unregistering", "407", "unregistering", 3261, "22.3", N_("A proxy on the way asks who it is: the REGISTER goes out again with credentials.") },
	{ "unregistering", N_("elsewhere"), "unregistering", 3261, "8.1.3.4", N_("Sent elsewhere: the REGISTER goes out again to another place.") },
	{ "unregistering", N_("next server"), "unregistering", 3263, "4.3", N_("No answer from there: the REGISTER goes out again to the next server.") },
	{ "unregistering", "2xx", "unregistered", 3261, "10.2.2", N_("The binding is removed.") },
	{ "unregistering", "300-699", "failed", 3261, "10.2.8", N_("The registrar refused; the binding runs out by itself.") },
	{ "unregistering", N_("timeout"), "failed", 3261, "10.2.7", N_("Nobody answered, or it could not be sent; the binding runs out by itself.") },
	{ "unregistering", N_("not sent"), "failed", 3261, "8.1.2", N_("No registrar is known, or no request can be made.") },
	{ "failed", N_("register"), "registering", 3261, "10.2", N_("The user agent tries once more.") },
	{ "failed", N_("unregister"), "unregistering", 3261, "10.2.2", N_("A REGISTER with an expiry of 0 goes out, whatever the registrar may have.") },
};

static const struct machine_timer registration_timers[] = {
	{ "refresh", N_("9/10 of the expiry"), "registered", 3261, "10.2.4", N_("refreshes the binding before it expires") },
};

const struct machine machine_registration = {
	.name = "registration", .title = N_("registration"),
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
	{ "init", "SUBSCRIBE", "notify_wait", 6665, "4.1.2.1", N_("The subscriber asks for an event package; Timer N starts.") },
	{ "init", N_("REFER sent"), "notify_wait", 3515, "2.4.1", N_("A REFER asks for a call elsewhere and for news of it; Timer N starts.") },
	{ "init", "REFER", "notify_wait", 3515, "2.4.2", N_("The other side asks for a call elsewhere: accepted with 202.") },
	{ "notify_wait", "2xx", "notify_wait", 6665, "4.1.2.1", N_("A 2xx is only an intermediate sign: the NOTIFY counts.") },
	{ "notify_wait", N_("NOTIFY pending"), "pending", 6665, "4.1.2.4", N_("The first NOTIFY: the subscription stands, its decision does not.") },
	{ "notify_wait", N_("NOTIFY active"), "active", 6665, "4.1.2.4", N_("The first NOTIFY brings the state.") },
	{ "notify_wait", N_("NOTIFY terminated"), "terminated", 6665, "4.1.3", N_("The notifier ends it at once: a single look.") },
	{ "notify_wait", N_("NOTIFY active sent"), "active", 3515, "2.4.4", N_("The one who was referred says at once that the call is under way.") },
	{ "notify_wait", N_("timeout"), "terminated", 3261, "8.1.3.1", N_("The REFER was not answered at all.") },
	{ "notify_wait", N_("not sent"), "terminated", 3261, "8.1.2", N_("No REFER could be sent.") },
	{ "notify_wait", N_("stop"), "terminated", 3515, "2.4.4", N_("The call is hung up; nobody waits for news.") },
	{ "notify_wait", "300-699", "terminated", 6665, "4.1.2.1", N_("The notifier refused.") },
	{ "notify_wait", N_("Timer N"), "terminated", 6665, "4.1.2.4", N_("No NOTIFY came in time.") },
	{ "pending", N_("NOTIFY pending"), "pending", 6665, "4.1.3", N_("Still undecided.") },
	{ "pending", N_("NOTIFY active"), "active", 6665, "4.1.3", N_("The notifier has agreed.") },
	{ "pending", N_("NOTIFY terminated"), "terminated", 6665, "4.1.3", N_("The notifier ends it and says why.") },
	{ "pending", "SUBSCRIBE", "pending", 6665, "4.1.2.2", N_("The subscription is refreshed; Timer N starts.") },
	{ "pending", "300-699", "terminated", 6665, "4.1.2.1", N_("The notifier has refused after all.") },
	{ "pending", N_("timeout"), "terminated", 3261, "8.1.3.1", N_("The REFER was not answered at all.") },
	{ "pending", N_("Timer N"), "terminated", 6665, "4.1.2.2", N_("The refresh brought no NOTIFY.") },
	{ "pending", N_("Timer expire"), "terminated", 3515, "2.4.4", N_("The time for which news was promised is over.") },
	{ "pending", N_("stop"), "terminated", 3515, "2.4.4", N_("The call is hung up; nobody waits for news.") },
	{ "active", N_("NOTIFY active"), "active", 6665, "4.1.3", N_("News.") },
	{ "active", N_("NOTIFY terminated"), "terminated", 6665, "4.1.3", N_("The notifier ends it and says why.") },
	{ "active", "SUBSCRIBE", "active", 6665, "4.1.2.2", N_("The subscription is refreshed, or ended by an expiry of 0; Timer N starts.") },
	{ "active", "300-699", "terminated", 6665, "4.2.2", N_("481 to a NOTIFY: the other side knows nothing of it.") },
	{ "active", N_("NOTIFY terminated sent"), "terminated", 3515, "2.4.7", N_("The last NOTIFY, with what came of the call.") },
	{ "active", N_("timeout"), "terminated", 6665, "4.2.2", N_("A NOTIFY was not answered: nobody listens.") },
	{ "active", N_("Timer N"), "terminated", 6665, "4.1.2.2", N_("The refresh brought no NOTIFY.") },
	{ "active", N_("Timer expire"), "terminated", 3515, "2.4.4", N_("The time for which news was promised is over.") },
	{ "active", N_("stop"), "terminated", 3515, "2.4.4", N_("The call is hung up; nobody waits for news.") },
};

static const struct machine_timer subscription_timers[] = {
	{ "N", "64*T1", NULL, 6665, "4.1.2.4", N_("waits for the NOTIFY that follows a SUBSCRIBE or REFER") },
	{ "expire", N_("expiry"), NULL, 3515, "2.4.4", N_("ends a subscription whose time is over") },
};

const struct machine machine_subscription = {
	.name = "subscription", .title = N_("subscription"),
	.rfc = 6665, .section = "4.1.2", .start = "init",
	MACHINE_TABLES(subscription),
};
/* clang-format on */
