/*
 * The transaction machines in the words of libosip2 5.3 (osip2/osip.h), for
 * readers of its sources: states, events and callbacks by their names and by
 * the numbers that programs have for them.
 */
#ifndef MACHINE_MACHINE_OSIP_H
#define MACHINE_MACHINE_OSIP_H

#include "machine/machine.h"

/* X(name): type_t, in its order. */
#define OSIP_EVENTS(X)       \
	X(TIMEOUT_A)         \
	X(TIMEOUT_B)         \
	X(TIMEOUT_D)         \
	X(TIMEOUT_E)         \
	X(TIMEOUT_F)         \
	X(TIMEOUT_K)         \
	X(TIMEOUT_G)         \
	X(TIMEOUT_H)         \
	X(TIMEOUT_I)         \
	X(TIMEOUT_J)         \
	X(RCV_REQINVITE)     \
	X(RCV_REQACK)        \
	X(RCV_REQUEST)       \
	X(RCV_STATUS_1XX)    \
	X(RCV_STATUS_2XX)    \
	X(RCV_STATUS_3456XX) \
	X(SND_REQINVITE)     \
	X(SND_REQACK)        \
	X(SND_REQUEST)       \
	X(SND_STATUS_1XX)    \
	X(SND_STATUS_2XX)    \
	X(SND_STATUS_3456XX) \
	X(KILL_TRANSACTION)

/* X(name behind "OSIP_"): osip_message_callback_type_t, in its order. */
#define OSIP_CALLBACKS(X)                    \
	X(ICT_INVITE_SENT)                   \
	X(ICT_INVITE_SENT_AGAIN)             \
	X(ICT_ACK_SENT)                      \
	X(ICT_ACK_SENT_AGAIN)                \
	X(ICT_STATUS_1XX_RECEIVED)           \
	X(ICT_STATUS_2XX_RECEIVED)           \
	X(ICT_STATUS_2XX_RECEIVED_AGAIN)     \
	X(ICT_STATUS_3XX_RECEIVED)           \
	X(ICT_STATUS_4XX_RECEIVED)           \
	X(ICT_STATUS_5XX_RECEIVED)           \
	X(ICT_STATUS_6XX_RECEIVED)           \
	X(ICT_STATUS_3456XX_RECEIVED_AGAIN)  \
	X(IST_INVITE_RECEIVED)               \
	X(IST_INVITE_RECEIVED_AGAIN)         \
	X(IST_ACK_RECEIVED)                  \
	X(IST_ACK_RECEIVED_AGAIN)            \
	X(IST_STATUS_1XX_SENT)               \
	X(IST_STATUS_2XX_SENT)               \
	X(IST_STATUS_2XX_SENT_AGAIN)         \
	X(IST_STATUS_3XX_SENT)               \
	X(IST_STATUS_4XX_SENT)               \
	X(IST_STATUS_5XX_SENT)               \
	X(IST_STATUS_6XX_SENT)               \
	X(IST_STATUS_3456XX_SENT_AGAIN)      \
	X(NICT_REGISTER_SENT)                \
	X(NICT_BYE_SENT)                     \
	X(NICT_OPTIONS_SENT)                 \
	X(NICT_INFO_SENT)                    \
	X(NICT_CANCEL_SENT)                  \
	X(NICT_NOTIFY_SENT)                  \
	X(NICT_SUBSCRIBE_SENT)               \
	X(NICT_UNKNOWN_REQUEST_SENT)         \
	X(NICT_REQUEST_SENT_AGAIN)           \
	X(NICT_STATUS_1XX_RECEIVED)          \
	X(NICT_STATUS_2XX_RECEIVED)          \
	X(NICT_STATUS_2XX_RECEIVED_AGAIN)    \
	X(NICT_STATUS_3XX_RECEIVED)          \
	X(NICT_STATUS_4XX_RECEIVED)          \
	X(NICT_STATUS_5XX_RECEIVED)          \
	X(NICT_STATUS_6XX_RECEIVED)          \
	X(NICT_STATUS_3456XX_RECEIVED_AGAIN) \
	X(NIST_REGISTER_RECEIVED)            \
	X(NIST_BYE_RECEIVED)                 \
	X(NIST_OPTIONS_RECEIVED)             \
	X(NIST_INFO_RECEIVED)                \
	X(NIST_CANCEL_RECEIVED)              \
	X(NIST_NOTIFY_RECEIVED)              \
	X(NIST_SUBSCRIBE_RECEIVED)           \
	X(NIST_UNKNOWN_REQUEST_RECEIVED)     \
	X(NIST_REQUEST_RECEIVED_AGAIN)       \
	X(NIST_STATUS_1XX_SENT)              \
	X(NIST_STATUS_2XX_SENT)              \
	X(NIST_STATUS_2XX_SENT_AGAIN)        \
	X(NIST_STATUS_3XX_SENT)              \
	X(NIST_STATUS_4XX_SENT)              \
	X(NIST_STATUS_5XX_SENT)              \
	X(NIST_STATUS_6XX_SENT)              \
	X(NIST_STATUS_3456XX_SENT_AGAIN)     \
	X(ICT_STATUS_TIMEOUT)                \
	X(NICT_STATUS_TIMEOUT)

/* X(name): osip_fsm_type_t, in its order. */
#define OSIP_MACHINES(X) \
	X(ICT)           \
	X(IST)           \
	X(NICT)          \
	X(NIST)

/* The name that goes with a number; NULL where there is none. */
const char *machine_osip_event_at(uint32_t type);
const char *machine_osip_callback_at(uint32_t type);
const char *machine_osip_kill_at(uint32_t type);
const char *machine_osip_machine_at(uint32_t type);

/* "RCV_STATUS_1XX" for a step of M by EVENT ("1xx", "180", "Timer A") from
 * state FROM; "RCV_STATUS_2XX…3456XX" where the event is a range of both.
 * NULL where libosip2 has no part in it: other machines, transport errors, and
 * the state `accepted` with Timers L and M, which RFC 6026 adds. */
const char *machine_osip_event(
    const struct machine *m, enum state_id from, struct str event);

/* "ICT_CALLING"; STATE_NONE is "ICT_PRE_CALLING".  NULL for other machines and
 * for `accepted`. */
const char *machine_osip_state(const struct machine *m, enum state_id state);

/* The type of the callback by which libosip2 tells its user of E, an edge of
 * M: "OSIP_ICT_INVITE_SENT".  "OSIP_NICT_…_SENT" where it has one for each
 * method.  NULL where it tells nothing. */
const char *
machine_osip_callback(const struct machine *m, const struct machine_edge *e);

/* The values of `--words=`. */
enum machine_vocabulary { MACHINE_WORDS_RFC, MACHINE_WORDS_OSIP };

/* Their names, by enum machine_vocabulary; NULL after the last. */
const char *machine_vocabulary_at(size_t i);

/*
 * Chooses for the whole program in whose words figures, panes and explanations
 * name states and events (as i18n_choose does for languages): "rfc" (default)
 * or "osip".  0, or ERR_NOTFOUND.
 */
int machine_vocabulary_choose(struct str name);
enum machine_vocabulary machine_vocabulary_chosen(void);

#endif
