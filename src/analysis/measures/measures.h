/*
 * Measures the calls, registrations and hang-ups in a trace at the node that
 * began them (RFC 6076 section 4: at the originating UA).  An attempt is an
 * INVITE outside of dialogs, a REGISTER or a BYE with all that is sent for it
 * again, with a password, to another place.  Made from the messages and the
 * clients' transactions, a part of the trace at a time and on as it grows; a
 * trace with detail `messages` does not show which requests timed out, nor how
 * media came.
 */
#ifndef MEASURES_MEASURES_H
#define MEASURES_MEASURES_H

#include "follower/sent_message.h"
#include "trace/reader.h"

/* X(ID, method): what it is an attempt of. */
#define MEASURE_KINDS(X)            \
	X(SESSION, "INVITE")        \
	X(REGISTRATION, "REGISTER") \
	X(DISCONNECT, "BYE")

enum measure_kind {
#define X(id, method) MEASURE_##id,
	MEASURE_KINDS(X)
#undef X
	    MEASURE_KIND_COUNT
};

enum measure_end {
	MEASURE_OPEN,      /* none yet, or the trace ends before it */
	MEASURE_ANSWERED,  /* a final response came: `status` */
	MEASURE_TIMEOUT,   /* Timer B or F (RFC 3261 17.1) */
	MEASURE_TRANSPORT, /* nothing could be sent, or the connection failed */
};

/* An attempt.  Records are numbers in the trace, 0 where there is none; times
 * are virtual nanoseconds, -1 where there is none. */
struct measure {
	enum measure_kind kind;
	enum measure_end end;
	struct str call_id;
	uint32_t node;    /* whose it is: trace_name */
	unsigned status;  /* of the last final response, 0: there was none */
	uint64_t request; /* the first `send` */
	uint64_t told;    /* the first `recv` of a response that says how it
			     stands: 101 to 199, or the end */
	uint64_t ended;   /* the `recv` or `fsm` that ended it */
	int64_t t, t_told, t_ended;
	bool queued; /* of a session: a 182 to it has been sent */
	/* Of a session: the messages with its Call-ID on all hops, whatever
	 * their method; and how many of them are retransmissions of SIP (not
	 * of TCP). */
	uint32_t messages, retx;
};

/* The method by which an attempt of KIND is begun. */
const char *measure_method(enum measure_kind kind);

/* X(ID, the word of records): the scales of the E-model (ITU-T G.107, G.107.1,
 * G.107.2); a MOS of one says nothing beside one of another. */
#define MEASURE_SCALES(X)           \
	X(NARROWBAND, "narrowband") \
	X(WIDEBAND, "wideband")     \
	X(FULLBAND, "fullband")

enum measure_scale {
#define X(id, word) MEASURE_##id,
	MEASURE_SCALES(X)
#undef X
	    MEASURE_SCALE_COUNT
};
/* "wideband" */
const char *measure_scale_word(enum measure_scale s);

/* Media of one source as NODE has heard them, by the last record that says how
 * they came (`quality`, `heard`). */
struct measure_stream {
	uint32_t node;
	int64_t packets, lost, late;
	int64_t jitter_ns;
	int64_t mos1000; /* -1: there is no value for the codec */
	enum measure_scale scale;
};

struct measures;

struct measures {
	struct measure *list; /* owned */
	size_t n, cap;
	struct measure_stream *streams; /* owned */
	size_t nstreams, streams_cap;
	struct map *texts; /* copies of Call-IDs */
	/* Texts, as keys, to the number of an attempt plus one: */
	struct map *calls; /* Call-ID → the session */
	struct map
	    *transactions;  /* sent_message_transaction_key → whose request */
	struct map *latest; /* kind, node and Call-ID → the last one */
	struct map *sources; /* node, SSRC and call → a stream's */
	uint64_t position;   /* records read so far */
	int err;
	struct sent_message message; /* scratch, as what follows */
	uint64_t read;               /* the send that is in it; 0: none */
	struct buf text, key;
};

int measures_create(struct measures **m); /* 0 or ERR_NOMEM */
void measures_destroy(struct measures *m);
/* Reads on over at most MAX_RECORDS more records of T, the same trace at each
 * call.  False when all that T has now was read, or memory ran out. */
bool measures_extend(
    struct measures *m, const struct trace *t, uint64_t max_records);
int measures_error(const struct measures *m); /* 0 or ERR_NOMEM */

size_t measures_count(const struct measures *m);
/* In order of their first message; valid until the list is extended. */
const struct measure *measures_get(const struct measures *m, size_t i);

size_t measures_streams(const struct measures *m);
/* In order of their first record; valid until the list is extended. */
const struct measure_stream *
measures_stream(const struct measures *m, size_t i);
/* N, `lost` or `late`, as a share of the packets that were sent to it; 0 where
 * none is known of. */
double measure_stream_share(const struct measure_stream *s, int64_t n);

/* It got a 2xx. */
bool measure_succeeded(const struct measure *a);
/* RFC 6076 4.3.2: it got a 4xx, 5xx or 6xx that is not a challenge (401, 402,
 * 407); a redirection that was not followed is neither. */
bool measure_failed(const struct measure *a);
/*
 * How long it took, in ns, or -1.  Of a session the session request delay (RFC
 * 6076 4.3.1; where it has failed 4.3.2): from the first INVITE to the first
 * response but 100 that says how the call stands; of a registration the
 * registration request delay (4.1), of a BYE the session disconnect delay
 * (4.4), from the first request to the final response or time-out.  Those of
 * failures are of another kind than those of successes and must not be put
 * together with them.
 */
int64_t measure_delay(const struct measure *a);
/* How long a session that was told to wait in a queue has waited, in ns, until
 * it was answered or its end; -1: it was not, or waits still. */
int64_t measure_wait(const struct measure *a);

#endif
