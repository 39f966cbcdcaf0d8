/*
 * What the files of a capture's reading share.
 */
#ifndef PACKETS_CAPTURE_IN_H
#define PACKETS_CAPTURE_IN_H

#include "base/arena.h"
#include "base/spool.h"
#include "packets/capture.h"
#include "packets/index.h"
#include "packets/rtp_streams.h"
#include "packets/source.h"

/*
 * What a capture lacks, and what could not be read in it: bytes of TCP that
 * were not captured, datagrams without all of their fragments, messages that
 * are too long or compressed; the ICMP errors that answer datagrams; and the
 * messages of other protocols, in the order of their packets.
 */
struct remarks {
	struct capture_remark *all;
	size_t n, cap;
	size_t others, bytes; /* of them: messages of other protocols */
	struct arena *texts;
	uint64_t count[CAPTURE_REMARK_COUNT];
	uint64_t first[CAPTURE_REMARK_COUNT]; /* packet of the first one */
	struct diag said;                     /* what remarks_text gave last */
};

/* Notes R; of very many only the first are kept, but all are counted. */
void remarks_add(struct remarks *rs, const struct capture_remark *r);

/* The piece of the source that was last read again: the message that is asked
 * for next is most often in it. */
struct capture_window {
	char *bytes;
	uint64_t at;
	size_t n;
};

struct packets;
struct log;

struct capture {
	struct source *source;
	const char *path; /* for messages; may be NULL */
	/* What reads it: one of these, once that is known, until the end. */
	struct packets *packets;
	struct log *log;
	bool full;  /* there is no room for more */
	bool moved; /* by capture_end, see capture_moved */
	struct spool spool;
	struct index index;
	struct rtp_streams *rtp_streams;
	uint64_t
	    payload_kept; /* bytes of packets that no file has, but the spool */
	struct diag trouble;
	struct remarks remarks;
	size_t memory_most;
	uint64_t cut;
	struct capture_window *window;
};

/* Where a message's bytes are not in the source. */
#define CAPTURE_NOWHERE UINT64_MAX

/* Adds message E, whose BYTES stand at E.at in the source, or CAPTURE_NOWHERE.
 * 0, ERR_NOMEM, or ERR_LIMIT or ERR_IO, said in `trouble`: there is no room for
 * more. */
int capture_add(struct capture *c, const struct index_flow *f,
    struct index_entry e, struct str bytes);

/*
 * The two that read a source.  `go_on` takes what it has until it waits, or
 * ends; `end`, after that, takes what waited for more.  0, or an error of
 * capture_add.  `log_end`: ERR_SYNTAX where there was no message.
 */
int packets_create(struct packets **p, struct capture *c);
int packets_go_on(struct packets *p);
int packets_end(struct packets *p, int err);
void packets_destroy(struct packets *p); /* may be NULL */

/* HEAD, the first bytes, may be a log's. */
bool log_is(struct str head);
int log_create(struct log **l, struct capture *c);
int log_go_on(struct log *l);
int log_end(struct log *l, int err);
void log_destroy(struct log *l); /* may be NULL */
/* F as it is known by now. */
struct index_flow log_flow_now(const struct log *l, struct index_flow f);
/* An address has become known since log_settle was called last. */
bool log_has_learnt(const struct log *l);
void log_settle(struct log *l);

void capture_look(const struct capture *c, size_t i, struct capture_message *m);

/* All packets of streams, in the order of the file. */
const struct capture_packet *capture_packets(const struct capture *c);

/* The bytes of one of them; fewer where they can't be read. */
struct str capture_packet_get(const struct capture *c,
    const struct capture_packet *p, struct buf *scratch);

#endif
