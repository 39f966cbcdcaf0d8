/*
 * The names of the machines' states and events: one id for each, and the word
 * that the trace has for it.  Machines share them, so that the question "is it
 * early?" means the same of a dialog and of a call.  A name that no table of
 * machine/tables.h has is none: a misspelt one does not compile.
 */
#ifndef MACHINE_IDS_H
#define MACHINE_IDS_H

#include "base/i18n.h"
#include "base/str.h"

/* clang-format off */

/* X(ID, word): no state yet; then those of a call in order of its life
 * (docs/SCENARIO.md), which agent/call.h compares; then the others. */
#define MACHINE_STATE_WORDS(X)                  \
	X(NONE, "none")                         \
	X(IDLE, "idle")                         \
	X(CALLING, "calling")                   \
	X(TRYING, "trying")                     \
	X(PROCEEDING, "proceeding")             \
	X(EARLY, "early")                       \
	X(MORATORIUM, "moratorium")             \
	X(CONFIRMED, "confirmed")               \
	X(TERMINATING, "terminating")           \
	X(TERMINATED, "terminated")             \
	X(ACCEPTED, "accepted")                 \
	X(COMPLETED, "completed")               \
	X(MORTAL, "mortal")                     \
	X(UNREGISTERED, "unregistered")         \
	X(REGISTERING, "registering")           \
	X(REGISTERED, "registered")             \
	X(REFRESHING, "refreshing")             \
	X(FAILED, "failed")                     \
	X(UNREGISTERING, "unregistering")       \
	X(INIT, "init")                         \
	X(NOTIFY_WAIT, "notify_wait")           \
	X(PENDING, "pending")                   \
	X(ACTIVE, "active")                     \
	X(UNPUBLISHED, "unpublished")           \
	X(PUBLISHING, "publishing")             \
	X(PUBLISHED, "published")               \
	X(REMOVING, "removing")                 \
	X(OFFERED, "offered")                   \
	X(ANSWERING, "answering")               \
	X(AGREED, "agreed")                     \
	X(REOFFERED, "reoffered")               \
	X(REANSWERING, "reanswering")           \
	X(OVER, "over")                         \
	X(FIRST, "first")                       \
	X(SECOND, "second")                     \
	X(ADAPTING, "adapting")                 \
	X(JOINED, "joined")                     \
	X(PARTING, "parting")                   \
	X(WAITING, "waiting")                   \
	X(RINGING, "ringing")                   \
	X(TALKING, "talking")                   \
	X(WRAPPING, "wrapping")                 \
	X(DIALING_IN, "dialing-in")             \
	X(DIALING_OUT, "dialing-out")           \
	X(ALERTING, "alerting")                 \
	X(CONNECTED, "connected")               \
	X(ON_HOLD, "on-hold")                   \
	X(MUTED_VIA_FOCUS, "muted-via-focus")   \
	X(DISCONNECTING, "disconnecting")       \
	X(DISCONNECTED, "disconnected")         \
	X(OPEN, "open")                         \
	X(OPENING, "opening")                   \
	X(ESTABLISHED, "established")           \
	X(CLOSING, "closing")                   \
	X(ASKING, "asking")                     \
	X(ASKING_TCP, "asking-tcp")             \
	X(KNOWN, "known")                       \
	X(ABSENT, "absent")                     \
	X(UNANSWERED, "unanswered")             \
	X(EXPIRED, "expired")                   \
	X(NOT_ALERTING, "not-alerting")         \
	X(PROGRESSING, "progressing")           \
	X(WAITING_FOR_ACK, "waiting-for-ack")   \
	X(COLLECTING, "collecting")             \
	X(SUSPENDED, "suspended")               \
	X(OUTGOING, "outgoing")                 \
	X(INCOMING, "incoming")                 \
	X(CHECKING, "checking")                 \
	X(RELEASING, "releasing")               \
	X(RESETTING, "resetting")               \
	X(IN_SERVICE, "in-service")         \
	X(BLOCKED_HERE, "blocked-here")     \
	X(BLOCKED_THERE, "blocked-there")   \
	X(BLOCKED_BOTH, "blocked-by-both")    \
	X(TREATMENT, "treatment")               \
	X(NOT_REGISTERED, "not-registered")     \
	X(AUTHENTICATION_PENDING, "auth-pending") \
	X(REMOVED, "removed")                   \
	X(NULL_CONTEXT, "null-context")         \
	X(IN_CONTEXT, "in-context")             \
	X(OUT_OF_SERVICE, "out-of-service")

/* X(ID, word): responses, requests, timers, and what the machine's user or
 * others do.  A message that is "sent" is this side's; without that it was
 * received. */
#define MACHINE_EVENT_WORDS(X)                                  \
	X(100, "100")                                           \
	X(181_182_SENT, N_("181-182 sent"))                     \
	X(183_SENT, N_("183 sent"))                             \
	X(199, "199")                                           \
	X(1XX, "1xx")                                           \
	X(1XX_SDP, "1xx SDP")                                   \
	X(1XX_SENT, N_("1xx sent"))                             \
	X(200_699, "200-699")                                   \
	X(200_699_SENT, N_("200-699 sent"))                     \
	X(2XX, "2xx")                                           \
	X(2XX_NO_REFER_SUB, "2xx Refer-Sub: false")             \
	X(2XX_NOT_BOUND, N_("2xx not bound"))                   \
	X(2XX_OFFER, N_("2xx with an offer"))                   \
	X(2XX_SENT, N_("2xx sent"))                             \
	X(300_399, "300-399")                                   \
	X(300_699, "300-699")                                   \
	X(300_699_SENT, N_("300-699 sent"))                     \
	X(401, "401")                                           \
	X(407, "407")                                           \
	X(412, "412")                                           \
	X(423, "423")                                           \
	X(ACK, "ACK")                                           \
	X(ACK_SENT, N_("ACK sent"))                             \
	X(BYE, "BYE")                                           \
	X(BYE_OVER, N_("BYE over"))                             \
	X(BYE_RECEIVED, N_("BYE received"))                     \
	X(BYE_SENT, N_("BYE sent"))                             \
	X(CANCEL, "CANCEL")                                     \
	X(CANCEL_RECEIVED, N_("CANCEL received"))               \
	X(INVITE, "INVITE")                                     \
	X(INVITE_RECEIVED, N_("INVITE received"))               \
	X(INVITE_SENT, N_("INVITE sent"))                       \
	X(NOTIFY, "NOTIFY")                                     \
	X(NOTIFY_ACTIVE, N_("NOTIFY active"))                   \
	X(NOTIFY_ACTIVE_SENT, N_("NOTIFY active sent"))         \
	X(NOTIFY_PENDING, N_("NOTIFY pending"))                 \
	X(NOTIFY_PENDING_SENT, N_("NOTIFY pending sent"))       \
	X(NOTIFY_TERMINATED, N_("NOTIFY terminated"))           \
	X(NOTIFY_TERMINATED_SENT, N_("NOTIFY terminated sent")) \
	X(PRACK, "PRACK")                                       \
	X(PRACK_SENT, N_("PRACK sent"))                         \
	X(REFER, "REFER")                                       \
	X(REFER_SENT, N_("REFER sent"))                         \
	X(SUBSCRIBE, "SUBSCRIBE")                               \
	X(SUBSCRIBE_RECEIVED, N_("SUBSCRIBE received"))         \
	X(UPDATE, "UPDATE")                                     \
	X(UPDATE_SENT, N_("UPDATE sent"))                       \
	X(TIMER_A, N_("Timer A"))                               \
	X(TIMER_B, N_("Timer B"))                               \
	X(TIMER_D, N_("Timer D"))                               \
	X(TIMER_M, N_("Timer M"))                               \
	X(TIMER_E, N_("Timer E"))                               \
	X(TIMER_F, N_("Timer F"))                               \
	X(TIMER_K, N_("Timer K"))                               \
	X(TIMER_G, N_("Timer G"))                               \
	X(TIMER_H, N_("Timer H"))                               \
	X(TIMER_I, N_("Timer I"))                               \
	X(TIMER_L, N_("Timer L"))                               \
	X(TIMER_J, N_("Timer J"))                               \
	X(TIMER_RETRY, N_("Timer retry"))                       \
	X(TIMER_RECOVERY, N_("Timer recovery"))                 \
	X(TIMER_REFRESH, N_("Timer refresh"))                   \
	X(TIMER_N, N_("Timer N"))                               \
	X(TIMER_EXPIRE, N_("Timer expire"))                     \
	X(TIMER_REPUBLISH, N_("Timer republish"))               \
	X(TIMER_RING, N_("Timer ring"))                         \
	X(TIMER_WRAP_UP, N_("Timer wrap-up"))                   \
	X(TIMER_UDP, N_("Timer udp"))                           \
	X(TIMER_TRANSITORY, N_("Timer transitory"))             \
	X(TIMER_ESTABLISHED, N_("Timer established"))           \
	X(TIMER_TTL, N_("Timer TTL"))                           \
	X(ADDITIONAL, N_("additional"))                         \
	X(ANSWER, N_("answer"))                                 \
	X(BEFORE_THE_RUN, N_("before the run"))                 \
	X(CANCEL_UNSENT, N_("cancel"))                          \
	X(CHANGE_ACCEPTED, N_("change accepted"))               \
	X(CHANGE_REFUSED, N_("change refused"))                 \
	X(DATAGRAM_OUT, N_("datagram out"))                     \
	X(DEACTIVATED, "deactivated")                           \
	X(ELSEWHERE, N_("elsewhere"))                           \
	X(END, N_("end"))                                       \
	X(FIN_OR_RST, N_("FIN or RST"))                         \
	X(FORGOTTEN, N_("forgotten"))                           \
	X(FORK, N_("fork"))                                     \
	X(GIVEN_UP, N_("given up"))                             \
	X(GONE_SENT, N_("gone sent"))                           \
	X(HOLD, N_("hold"))                                     \
	X(ISFOCUS, "isfocus")                                   \
	X(JOIN, N_("join"))                                     \
	X(LAST_USAGE, N_("last usage"))                         \
	X(LEFT, N_("one has left"))                             \
	X(MIX, N_("mix"))                                       \
	X(MUTE, N_("mute"))                                     \
	X(NEXT_SERVER, N_("next server"))                       \
	X(NO_ACK, N_("no ACK"))                                 \
	X(NO_ANSWER, N_("no answer"))                           \
	X(NO_DATA, N_("no data"))                               \
	X(NOT_SENT, N_("not sent"))                             \
	X(OUTCOME_SENT, N_("outcome sent"))                     \
	X(PREVIEW, N_("preview"))                               \
	X(PREVIEW_SENT, N_("preview sent"))                     \
	X(PROBATION, "probation")                               \
	X(PUBLISH, N_("publish"))                               \
	X(QUESTION, N_("question"))                             \
	X(RE_INVITE, N_("re-INVITE"))                           \
	X(RE_INVITE_RECEIVED, N_("re-INVITE received"))         \
	X(REDIAL, N_("redial"))                                 \
	X(REFERRAL, N_("referral"))                             \
	X(REGISTER, N_("register"))                             \
	X(REJECTED, "rejected")                                 \
	X(REJECTED_SENT, N_("rejected sent"))                   \
	X(REMOVE, N_("remove"))                                 \
	X(REQUEST, N_("request"))                               \
	X(REQUEST_SENT, N_("request sent"))                     \
	X(RESTORATION, "restoration")                           \
	X(RESUME, N_("resume"))                                 \
	X(SEGMENT_IN, N_("segment in"))                         \
	X(SEGMENT_OUT, N_("segment out"))                       \
	X(STATE_SENT, N_("state sent"))                         \
	X(STOP, N_("stop"))                                     \
	X(TARGET_REFRESH, N_("target refresh"))                 \
	X(TIMEOUT, N_("timeout"))                               \
	X(TIMEOUT_SENT, N_("timeout sent"))                     \
	X(TRANSFER, N_("transfer"))                             \
	X(TRANSFER_FAILED, N_("transfer failed"))               \
	X(TRANSPORT_ERROR, N_("transport error"))               \
	X(TRUNCATED, N_("truncated"))                           \
	X(TURNED_AWAY, N_("turned away"))                       \
	X(UNMUTE, N_("unmute"))                                 \
	X(UNREGISTER, N_("unregister"))                         \
	X(UNSUBSCRIBE, N_("unsubscribe"))                       \
	X(199_SENT, N_("199 sent"))                             \
	X(TIMER_RTO, N_("Timer RTO"))                           \
	X(TIMER_RM, N_("Timer Rm"))                             \
	X(ANSWERED, N_("answered"))                             \
	X(439, "439")                                           \
	X(FLOW_FAILED, N_("flow failed"))                       \
	X(FLOW_UNPROVEN, N_("flow failed unproven"))            \
	X(IAM, "IAM")                                           \
	X(IAM_SENT, N_("IAM sent"))                             \
	X(IAM_CHECK, N_("IAM with a check"))                    \
	X(SAM, "SAM")                                           \
	X(SAM_SENT, N_("SAM sent"))                             \
	X(COT, "COT")                                           \
	X(COT_FAILED, N_("COT: failed"))                        \
	X(EARLY_ACM, N_("early ACM"))                           \
	X(ACM, "ACM")                                           \
	X(CPG_ALERTING, N_("CPG: alerting"))                    \
	X(ANM, "ANM, CON")                                      \
	X(SUS, "SUS")                                           \
	X(RES, "RES")                                           \
	X(REL, "REL")                                           \
	X(REL_SENT, N_("REL sent"))                             \
	X(RLC, "RLC")                                           \
	X(RSC, "RSC")                                           \
	X(RSC_SENT, N_("RSC sent"))                             \
	X(GRS, "GRS")                                           \
	X(GRS_SENT, N_("GRS sent"))                             \
	X(GRA, "GRA")                                           \
	X(HARDWARE, N_("hardware failure"))                     \
	X(BLO, "BLO, CGB")                                      \
	X(UBL, "UBL, CGU")                                      \
	X(BLO_SENT, N_("BLO or CGB sent"))                      \
	X(UBL_SENT, N_("UBL or CGU sent"))                      \
	X(TIMER_T1, N_("Timer T1"))                             \
	X(TIMER_T5, N_("Timer T5"))                             \
	X(TIMER_T6, N_("Timer T6"))                             \
	X(TIMER_T7, N_("Timer T7"))                             \
	X(TIMER_T8, N_("Timer T8"))                             \
	X(TIMER_T9, N_("Timer T9"))                             \
	X(TIMER_T10, N_("Timer T10"))                           \
	X(TIMER_T11, N_("Timer T11"))                           \
	X(TIMER_T16, N_("Timer T16"))                           \
	X(TIMER_T35, N_("Timer T35"))                           \
	X(TONE, N_("tone"))                                     \
	X(DIALLED, N_("dialled"))                               \
	X(MAR, "MAR")                                           \
	X(SAR, "SAR")                                           \
	X(SAR_FAILED, N_("SAR: failed"))                        \
	X(SAR_END, N_("SAR: end"))                              \
	X(SAR_UNREGISTERED, N_("SAR: lost"))                    \
	X(DEREGISTER, N_("deregister"))                         \
	X(READ_PENDING, N_("read: pending"))                    \
	X(READ_REGISTERED, N_("read: registered"))              \
	X(ADD, "Add")                                           \
	X(MODIFY, "Modify")                                     \
	X(SUBTRACT, "Subtract")                                 \
	X(SUBTRACT_LAST, N_("Subtract: the last"))              \
	X(SUBTRACT_STREAM, N_("Subtract: a stream"))            \
	X(SIGNAL_OVER, N_("signal over"))                       \
	X(OFF_HOOK, N_("off hook"))                             \
	X(ON_HOOK, N_("on hook"))                               \
	X(SERVICE_CHANGE, "ServiceChange")

/* clang-format on */

enum state_id {
#define X(id, word) STATE_##id,
	MACHINE_STATE_WORDS(X)
#undef X
};

enum event_id {
	EVENT_NONE,
#define X(id, word) EVENT_##id,
	MACHINE_EVENT_WORDS(X)
#undef X
};

/* "early". */
const char *state_word(enum state_id state);
/* "1xx sent", untranslated; "" for EVENT_NONE. */
const char *event_word(enum event_id event);

#endif
