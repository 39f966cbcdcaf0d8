/*
 * A node's received and sent sound as samples (8,000 a second): packets of RTP
 * in, sound out.  Received sound goes through a jitter buffer, source by source
 * (quality/jitter_buffer.h), with concealment of missing or late packets, and
 * is mixed; sent sound is taken as it was sent.  G.711 and comfort noise have
 * samples; all other codecs are silent here, and their names are kept.  Packets
 * are outside bytes: nothing in one is believed.
 */
#ifndef LISTEN_LISTEN_H
#define LISTEN_LISTEN_H

#include "base/addr.h"
#include "base/buf.h"
#include "base/diag.h"
#include "trace/reader.h"

#define LISTEN_MINUTES 60 /* at most */
#define LISTEN_SOURCES 64 /* at most, at a time */

enum listen_side { LISTEN_HEARD, LISTEN_SAID, LISTEN_SIDES };

struct listen;
struct listen_source;

/* From FROM_NS (below 0: from the first sample) to TO_NS.  0 or ERR_NOMEM. */
int listen_create(struct listen **l, int64_t from_ns, int64_t to_ns);
void listen_destroy(struct listen *l); /* NULL is fine */

/* The properties of a source before its first packet. */
struct listen_facts {
	enum listen_side side;
	uint32_t ssrc;
	/* Its destination; of sent sound, its source. */
	struct addr at;
	uint64_t call; /* any number */
	int64_t buffer_ns;
	bool adaptive;
};

/* PAYLOAD stands for ENCODING ("PCMU/8000") on that side, from now on. */
void listen_payload(struct listen *l, enum listen_side side, int64_t payload,
    struct str encoding);
/* NULL: there are LISTEN_SOURCES already, or memory is out. */
struct listen_source *
listen_begin(struct listen *l, const struct listen_facts *facts);
struct listen_source *listen_find(struct listen *l, enum listen_side side,
    uint32_t ssrc, const struct addr *at);
/* A packet of SRC comes, or is sent, at T_NS; not before the one before it. */
void listen_take(struct listen *l, struct listen_source *src, int64_t t_ns,
    struct str bytes);
/* Nothing more comes of SRC, or is heard of it: what waits is played. */
void listen_stop(struct listen *l, struct listen_source *src, int64_t t_ns);
/* The same of all, with silence behind T_NS.  0, ERR_NOMEM or ERR_LIMIT: it
 * would be longer than LISTEN_MINUTES. */
int listen_end(struct listen *l, int64_t t_ns);

/* After that: how many samples there are, and when the first one is played. */
size_t listen_length(const struct listen *l, int64_t *from_ns);
/* N samples from AT on; silence behind the last one. */
void listen_read(const struct listen *l, enum listen_side side, size_t at,
    int16_t *out, size_t n);
/* Packets of that side. */
uint64_t listen_packets(const struct listen *l, enum listen_side side);
/* Packets of that side are encrypted: without any there (listen_packets) none
 * could be opened. */
bool listen_is_sealed(const struct listen *l, enum listen_side side);
/* Some of them had samples, at the times wanted. */
bool listen_has_sound(const struct listen *l, enum listen_side side);
/* The codecs without samples, with commas between; "" for none. */
const char *listen_opaque(const struct listen *l, enum listen_side side);
/* There were more sources than LISTEN_SOURCES. */
bool listen_is_crowded(const struct listen *l);

/* ---- of a trace ---- */

struct listen_who {
	struct str hear; /* a node, what it hears; empty: none */
	const char *const *say;
	size_t nsay; /* nodes, what they say */
};

/* T has those nodes; else ERR_NOTFOUND, with a sentence. */
int listen_check(
    const struct trace *t, const struct listen_who *who, struct diag *d);
/* Takes the packets that T has records of, and ends. */
int listen_trace(
    struct listen *l, const struct trace *t, const struct listen_who *who);

/* ---- of a trace that grows ---- */

struct listening;

/* So long after its time a sample is given: until then what changes it has
 * come. */
#define LISTENING_BEHIND_NS INT64_C(60000000)

/* Begins with the node's received and sent sound at NOW_NS.  WHO is borrowed.
 * 0 or ERR_NOMEM. */
int listening_open(
    struct listening **g, const struct listen_who *who, int64_t now_ns);
void listening_close(struct listening *g); /* NULL is fine */
/*
 * Takes T's new records, the same trace each time, and appends the samples up
 * to NOW_NS - LISTENING_BEHIND_NS to OUT, in pairs of 16 bits, the least first:
 * left received sound, right sent sound, and of one alone the same on both.  0
 * or ERR_NOMEM.
 */
int listening_go_on(struct listening *g, const struct trace *t, int64_t now_ns,
    struct buf *out);

#endif
