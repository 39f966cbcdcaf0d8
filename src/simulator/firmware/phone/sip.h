/*
 * SIP below calls and registration: messages in and out, transactions on
 * libosip2's four machines (RFC 3261 17, 18; RFC 6026).
 */
#ifndef FIRMWARE_PHONE_SIP_H
#define FIRMWARE_PHONE_SIP_H

#include "firmware/phone/config.h"
#include "firmware/phone/link.h"
#include "firmware/phone/osip.h"
#include "firmware/phone/rng.h"
#include "firmware/phone/timers.h"
#include "msg/constants.h"

/* On hal_now_us's clock; libosip2 has the same. */
#define SIP_T1_US      (SIP_T1_MS * MS_US)
#define SIP_T2_US      (SIP_T2_MS * MS_US)
#define SIP_64T1_US    (SIP_64T1_MS * MS_US)
#define SIP_DATAGRAM   65507 /* bytes, at most */
#define SIP_STREAM_MAX 8192  /* of a message by TCP, and of what waits to go */
#define SIP_STREAMS    2
#define SIP_TIMERS     4 /* of a transaction */

struct sdp_own;
struct tx;

/* What a transaction tells its user. */
enum tx_event {
	TX_RESPONSE, /* provisional or final, no copies of it; 2xx of an
			INVITE each time */
	TX_TIMEOUT,  /* Timer B, F: nothing came; H: no ACK */
	TX_ENDED,    /* it is gone: forget it */
};
typedef void (*tx_fn)(
    struct tx *tx, enum tx_event event, osip_message_t *response, void *arg);

struct tx_timer {
	struct timer timer;
	struct tx *tx;
	uint64_t seen_us; /* the machine's time that it was last set for */
};

struct tx {
	struct tx *next;
	struct sip *sip;
	osip_transaction_t *osip; /* NULL in `accepted` */
	osip_fsm_type_t type;
	state_t osip_state;
	const char *state; /* by RFC 3261's name */
	char *branch;      /* "-" where the request had none */
	char *key;         /* sip_key's */
	struct where peer;
	struct tx_timer timers[SIP_TIMERS];
	unsigned busy; /* steps within it */
	bool dead;
	bool large;   /* by TCP for its size alone */
	bool failing; /* its connection is gone */
	bool refresh; /* of a registration: does not keep the phone busy */
	tx_fn fn;     /* NULL: no callback */
	void *arg;
};

/* What a machine asked for in a step. */
struct sip_step {
	unsigned sends;
	bool request, ack; /* the message to send: else the response */
	bool deliver, timeout, killed;
};

struct sip_ops {
	/* A request that begins a server transaction; answered with tx_respond,
	 * at once or later.  tx_message(TX) is the request. */
	void (*request)(struct tx *tx, void *arg);
	/* An ACK of a 2xx. */
	void (*ack)(const osip_message_t *ack, void *arg);
};

/* Where reading a stream has got to; zeroed at its beginning. */
struct sip_framing {
	size_t scanned; /* bytes in which no head ended */
	size_t size;    /* of the message whose head is there, else 0 */
};

/* A connection of TCP. */
struct sip_stream {
	struct sip *sip;
	struct net_tcp *net; /* NULL: none */
	struct where at;     /* the other side */
	bool made;           /* its handshake is done */
	uint64_t used_us;
	struct sip_framing framing;
	char *in; /* SIP_STREAM_MAX bytes; NULL while nothing waits */
	size_t n; /* of them */
};

struct sip {
	osip_t *osip;
	const struct config *config;
	struct link *link;
	struct rng *rng;
	struct timers *timers;
	struct tx *first;
	struct sip_stream streams[SIP_STREAMS];
	struct sip_step step;
	const struct sip_ops *ops;
	void *arg;
};

void sip_start(struct sip *sip);
/* Transactions whose user has this ARG call back no more. */
void sip_forget(struct sip *sip, const void *arg);
/* Ends all transactions, without callbacks. */
void sip_stop(struct sip *sip);
/* Transactions alive that are no refreshes. */
unsigned sip_alive(const struct sip *sip);

/* ---- messages (sip_build.c) ---- */

/* A request's own fields; NULL where it has none. */
struct sip_request {
	const char *method, *uri;
	const char *from, *to; /* whole header values, tags included */
	const char *call_id;
	unsigned cseq;
	bool contact;
	const char *type, *body;
};
/* NULL only where libosip2 can't read one of the texts. */
osip_message_t *sip_build(struct sip *sip, const struct sip_request *r);
/* REQUEST once more with the next branch and CSEQ, and without the credentials
 * that it had. */
osip_message_t *
sip_build_again(struct sip *sip, const osip_message_t *request, unsigned cseq);
/* The CANCEL of INVITE (9.1). */
osip_message_t *sip_build_cancel(const osip_message_t *invite);
/* A response to REQUEST; TAG goes into a To that has none, NULL: none.
 * Contact and Allow are added where the status wants them. */
osip_message_t *sip_build_response(struct sip *sip,
    const osip_message_t *request, int status, const char *tag);
/* 20.43: says in M, which rejects the offer in REQUEST, why who has said OWN
 * (NULL: nothing yet) can't answer that, where there is a reason. */
void sip_warn(struct sip *sip, const struct sdp_own *own,
    const osip_message_t *request, osip_message_t *m);
void sip_add(osip_message_t *m, const char *name, const char *value);
void sip_add_body(osip_message_t *m, const char *type, const char *body);
#define SIP_ALLOW                                                           \
	"INVITE, ACK, CANCEL, BYE, OPTIONS, MESSAGE, INFO, PRACK, UPDATE, " \
	"REFER, NOTIFY"
#define SIP_SUPPORTED "100rel, replaces"

/* 20.1: who has sent M may get a session description. */
bool sip_takes_sdp(const osip_message_t *m);

/* The value of the first header NAME, NULL where there is none; libosip2 wants
 * NAME in lower case. */
const char *sip_header(const osip_message_t *m, const char *name);
/* The same by its NAME or its compact form (7.3.3). */
const char *sip_header_short(
    const osip_message_t *m, const char *name, const char *compact);
/* How many headers there are of either name; COMPACT may be NULL. */
unsigned
sip_headers(const osip_message_t *m, const char *name, const char *compact);
/* The next header NAME from *POS on, which is 0 at first and moves on. */
const char *
sip_header_next(const osip_message_t *m, const char *name, int *pos);
/* Calls FN for each word of the comma separated lists NAME. */
void sip_each_word(const osip_message_t *m, const char *name,
    void (*fn)(const char *word, size_t n, void *arg), void *arg);
/* Require names the option TAG. */
bool sip_requires(const osip_message_t *m, const char *tag);
/* The number in the header NAME, FALLBACK where there is none. */
unsigned long
sip_number(const osip_message_t *m, const char *name, unsigned long fallback);
const char *sip_tag(const osip_from_t *from_or_to);
const char *sip_body(const osip_message_t *m);
/* "application/sdp" in lower case is what M's body is. */
bool sip_is_type(const osip_message_t *m, const char *type, const char *sub);

/* ---- names (sip_names.c); all are the caller's to free ---- */

/* "Display" <aor>;tag=TAG */
char *sip_own_address(const struct config *c, const char *tag);
/* "<URI>" */
char *sip_in_brackets(const char *uri);
/* A new, unique Call-ID. */
char *sip_new_call_id(struct sip *sip);

/* ---- where to (sip_route.c) ---- */

/* Where REQUEST goes: RFC 3263 with the table of hosts in the place of DNS.
 * False where its host is unknown. */
bool sip_next_hop(
    const struct sip *sip, const osip_message_t *request, struct where *to);
/* Adds the Route of the outbound proxy where there is one. */
void sip_preload(const struct sip *sip, osip_message_t *request);

/* ---- out (sip_send.c) ---- */

void sip_send(struct sip *sip, osip_message_t *m, const struct where *to);
/* Where a response goes by its topmost Via (18.2.2), by TO's transport. */
void sip_response_to(const osip_message_t *m, struct where *to);
/* Makes the header names of a whole message compact where they have such a
 * form (7.3.3); OUT has room for N bytes.  The new length. */
size_t sip_compact(const char *in, size_t n, char *out);

/* ---- which transport (sip_transport.c) ---- */

/* Sets the transport of REQUEST's Via to that of TO, which becomes TCP where
 * REQUEST is too large for UDP (18.1.1); true: it became TCP for that. */
bool sip_fit(const struct sip *sip, osip_message_t *request, struct where *to);
/* The connection to AT is over, or was never MADE: requests that wait for an
 * answer on it go by UDP where only their size asked for TCP and the other side
 * takes none (18.1.1); else they have failed (18.4). */
void tx_stream_failed(struct sip *sip, const struct where *at, bool made);

/* ---- TCP (sip_stream.c) ---- */

void sip_stream_start(struct sip *sip);
void sip_stream_stop(struct sip *sip);
bool sip_stream_is_open(struct sip *sip, const struct where *to);
/* Opens a connection where there is none.  False where that can't be, or more
 * waits than there is room for. */
bool sip_stream_send(
    struct sip *sip, const struct where *to, const void *bytes, size_t n);

enum sip_framed {
	SIP_FRAMED_MORE,    /* the message is not whole yet */
	SIP_FRAMED_SKIP,    /* SIZE bytes are no message: empty lines */
	SIP_FRAMED_MESSAGE, /* SIZE bytes are one */
	SIP_FRAMED_BAD,     /* its end can't be found */
};
/* Looks at IN, all N bytes that have come and were not taken.  SIZE bytes are
 * to be taken off before the next call. */
enum sip_framed
sip_framing_next(struct sip_framing *f, const char *in, size_t n, size_t *size);

/* ---- in (sip_receive.c) ---- */

void sip_receive(
    struct sip *sip, const struct where *from, const uint8_t *data, size_t n);

/* What a transaction is found by; the caller's to free. */
char *sip_key(const osip_message_t *m, const char *method, bool server);

/* ---- transactions (sip_transaction.c) ---- */

/* Takes REQUEST and sends it to TO. */
struct tx *tx_request(struct sip *sip, osip_message_t *request,
    const struct where *to, bool refresh, tx_fn fn, void *arg);
/* A server transaction for REQUEST, which it takes; NULL where libosip2 finds
 * that it can't be one. */
struct tx *
tx_serve(struct sip *sip, osip_message_t *request, const struct where *from);
/* Takes RESPONSE and sends it. */
void tx_respond(struct tx *tx, osip_message_t *response);
/* sip_build_response, then tx_respond; a tag where the To has none. */
void tx_answer(struct tx *tx, int status);
/* What arrived, or what was sent; NULL when it is not kept any more. */
osip_message_t *tx_message(const struct tx *tx);
/* Who is told from now on. */
void tx_user(struct tx *tx, tx_fn fn, void *arg);
/* The transaction of the INVITE that CANCEL is for. */
struct tx *tx_find_cancelled(struct sip *sip, const osip_message_t *cancel);
/* Feeds M, which it takes, to the machine. */
void tx_receive(struct tx *tx, osip_message_t *m);

/* ---- between the two files of a transaction ---- */

void tx_step(struct tx *tx, const char *event, type_t type, osip_message_t *m);
void tx_over(struct tx *tx, const char *event);
/* Brings the timers in line with the machine's. */
void tx_timers_sync(struct tx *tx);
/* Timer L or M (RFC 6026). */
void tx_timers_accepted(struct tx *tx);
void tx_timers_stop(struct tx *tx);
const char *tx_machine(osip_fsm_type_t type);
const char *tx_machine_state(state_t state);
void sip_machine_callbacks(struct sip *sip);

#endif
