/*
 * What the files that write a capture share.
 *
 * The trace is walked twice.  The first walk (pcapng_write.c) notes which
 * messages, packets, connections and links there are and what becomes of each;
 * the second (pcapng_write.c) makes packets, of `packet` records
 * (pcapng_records.c) or of messages alone (pcapng_draw.c).
 */
#ifndef WRITING_PCAPNG_IN_H
#define WRITING_PCAPNG_IN_H

#include "base/buf.h"
#include "base/map.h"
#include "base/outfile.h"
#include "wire/frame.h"
#include "writing/pcapng_write.h"

/* ---- pcapng_blocks.c ---- */

/* Texts of options are cut at so many bytes. */
#define PCAPNG_TEXT_MOST 8192

struct pcapng_file {
	sink_fn *sink;
	void *arg;
	struct buf block; /* the one being made */
	struct buf text;
	int err; /* the first failure, after which nothing is written */
};

struct pcapng_packet {
	uint32_t interface;
	uint64_t ns; /* since 1970 */
	struct str frame;
	struct str comment; /* may be empty */
	bool inbound;       /* to the end that the interface names first */
	uint64_t id;        /* the same on all links that it passes */
};

/* Section Header Block.  COMMENT may be empty. */
void pcapng_put_section(
    struct pcapng_file *f, const char *program, struct str comment);
/* Interface Description Block: Ethernet, times in ns. */
void pcapng_put_interface(
    struct pcapng_file *f, struct str name, struct str description);
/* Enhanced Packet Block. */
void pcapng_put_packet(struct pcapng_file *f, const struct pcapng_packet *p);
void pcapng_file_free(struct pcapng_file *f);

#define PCAPNG_NOBODY UINT32_MAX
/* The number of NATs in a row that may change the addresses of a packet
 * written. */
#define PCAPNG_NATS 4

struct pcapng_link {
	struct str a, b; /* names of its ends, in the order of its name */
	uint32_t na, nb;
	int64_t delay;
	bool declared;      /* by the trace's head, with its delay */
	uint32_t interface; /* from 1; 0: not written yet */
};

/* A message: a `send` record. */
struct pcapng_message {
	uint64_t send;
	uint64_t bytes; /* record whose bytes travel: the `send` or a fault */
	uint64_t came;  /* the first `recv` with bytes of its own, or 0 */
	struct addr src, dst;
	uint32_t from, to; /* nodes; TO may be PCAPNG_NOBODY */
	uint32_t conn;     /* from 1; 0: no connection */
	uint32_t passages; /* arrivals and losses, of it and its copies */
	uint64_t lost;     /* the last `drop` of it or a copy; 0 */
	uint32_t id;       /* of its datagram, while fragments follow … */
	uint64_t origin;   /* … and the record of their first */
	uint64_t start;    /* of its bytes in the connection's stream */
	uint64_t size;     /* of TCP */
	bool stream;       /* it goes by a connection … */
	bool back;         /* … from the server */
	bool arrived;      /* it or a copy */
	bool kept;         /* it, or a copy, did not leave its sender */
	bool torn;         /* TCP: the connection broke off in it … */
	bool unconnected;  /* … or never came to be */
	bool stray;        /* no host has its destination address */
	bool packets;      /* `packet` records tell of it */
	bool wanted, drawn;
	uint64_t recv;   /* its first arrival; 0 */
	uint32_t flight; /* that waits for its arrival, from 1; 0: none */
	bool secure;     /* it goes in records of TLS … */
	bool framed;     /* … in a frame of WebSocket */
	bool measured;   /* its length goes before it (RFC 4571 2) */
	bool hello;      /* a server's, of TLS */
	bool waited;     /* for a handshake that was sent later */
	/* SCTP carries it: as what (wire/frame.h); as which since the first of
	 * its sender's to its receiver, from 1 (0: it does not carry it); and
	 * the one link where it is written. */
	uint32_t payload, signal, signal_link;
};

struct pcapng_range {
	uint64_t from, to;
};

/* One direction of a connection. */
struct pcapng_stream {
	struct addr addr;
	uint32_t node, isn;
	uint64_t queued; /* bytes of all messages, counted by the first walk */
	uint64_t latest; /* the `send` of those, the latest */
	uint64_t sent, got; /* so far */
	bool syn, fin, fin_got;
	uint64_t fin_at;
	struct pcapng_range *early; /* bytes beyond `got`, in no order */
	size_t early_n, early_cap;
};

/* Where packets between two addresses are written. */
struct pcapng_pair {
	struct addr a, b;
	uint32_t link;
};

struct pcapng_conn {
	struct pcapng_stream ends[2]; /* client, server */
	bool known;                   /* its addresses are */
	bool wanted;
	bool tapped;            /* pcapng_emit.c: where it is written … */
	uint32_t tap, tap_link; /* … at this node, else on this link */
	/* The addresses that it has there; and, behind NATs, its others. */
	struct pcapng_pair pairs[1 + PCAPNG_NATS];
	uint32_t npairs;
	bool made;       /* pcapng_draw.c: it is open */
	uint8_t version; /* of TLS, as enum tls_version */
	uint64_t first;  /* the first message's record */
};

/* A packet: a `packet` record. */
struct pcapng_flight {
	struct addr src, dst;   /* len 0: those of its message or connection */
	uint64_t came;          /* a NAT has rewritten it: whose bytes it has */
	uint64_t record, lost;  /* LOST: a `drop`, or 0 */
	uint64_t origin;        /* the first record of the same packet */
	uint64_t pos;           /* TCP: of its bytes in the stream */
	uint32_t message, conn; /* from 1; 0: none */
	uint32_t seq, ack;
	uint32_t at, bytes; /* the content's, in the message */
	uint32_t off, len;  /* of the content, with its header */
	uint32_t id;
	uint32_t link;
	uint8_t flags, ttl;
	bool reverse; /* crosses its link from the second end */
	bool waits;   /* for the record of its arrival */
	bool back, done;
};

struct pcapng {
	const struct trace *t;
	const struct pcapng_options *o;
	struct diag *d;
	struct pcapng_file file;
	uint32_t *at; /* of a record: its message or packet, from 1 */
	struct pcapng_message *messages;
	struct pcapng_conn *conns;
	struct pcapng_flight *flights;
	struct pcapng_link *links;
	struct str *names; /* of nodes */
	size_t nmessages, nconns, nflights, nlinks, nnames;
	size_t messages_cap, conns_cap, flights_cap, links_cap, names_cap;
	struct map *by_name, *by_link; /* to numbers from 1 */
	struct map *by_pair, *by_conn;
	struct map *signals; /* addresses → how many messages in SCTP */
	bool packets;        /* the trace has `packet` records */
	bool layered;        /* something goes by TLS or WebSocket */
	uint32_t written;    /* interfaces */
	uint32_t next_id;
	struct buf bytes, packed, frame, comment, scratch, key, framed, sealed;
	int err; /* the first failure */
};

static inline struct pcapng_message *
pcapng_message(struct pcapng *p, uint32_t number)
{
	return &p->messages[number - 1];
}

static inline struct pcapng_conn *
pcapng_conn(struct pcapng *p, uint32_t number)
{
	return &p->conns[number - 1];
}

static inline struct pcapng_flight *
pcapng_flight(struct pcapng *p, uint32_t number)
{
	return &p->flights[number - 1];
}

static inline struct pcapng_link *
pcapng_link(struct pcapng *p, uint32_t number)
{
	return &p->links[number - 1];
}

static inline void
pcapng_fail(struct pcapng *p, int err)
{
	if (p->err == 0)
		p->err = err;
}

/* What p->at has for record SEQ; 0 where there is no such record of KIND. */
static inline uint32_t
pcapng_at(const struct pcapng *p, uint64_t seq, enum trace_kind kind)
{
	if (seq == 0 || seq > trace_count(p->t) ||
	    trace_kind_of(p->t, seq) != kind)
		return 0;
	return p->at[seq];
}

/* The number of the record that REC's member `of` names, the first of an array;
 * 0: none. */
static inline uint64_t
pcapng_of(const struct trace_rec *rec)
{
	struct json_value v = trace_member(rec, "of");
	size_t at = 0;
	int64_t n = 0;

	if (v.type == JSON_ARRAY)
		json_item(v, &at, &v);
	return v.type == JSON_NUMBER && json_int(v, &n) == 0 && n > 0
		   ? (uint64_t)n
		   : 0;
}

/* ---- pcapng_links.c ---- */

/* A node's number, new where it has none; PCAPNG_NOBODY on failure. */
uint32_t pcapng_node(struct pcapng *p, struct str name);
int pcapng_links_create(struct pcapng *p); /* those of the trace's head */
/* The link that is crossed from A to B, new where there is none; 0: failure. */
uint32_t pcapng_link_between(struct pcapng *p, struct str a, struct str b);
/* The link that a `packet` record names, "a>b"; *BACK: crossed from its second
 * end. */
uint32_t pcapng_link_named(struct pcapng *p, struct str name, bool *back);
/* The interface of LINK, whose block is written before its first use; false
 * where the link is not to be shown. */
bool pcapng_interface(struct pcapng *p, uint32_t link, uint32_t *number);
/* NODE is one of those asked for. */
bool pcapng_is_asked(const struct pcapng *p, struct str node);

/* ---- pcapng_conns.c ---- */

/* The layers above TCP of M, the message of S. */
void pcapng_layers_read(
    struct pcapng *p, struct pcapng_message *m, const struct trace_send *s);
/* The same, when M's addresses are known. */
void pcapng_layers_count(struct pcapng *p, struct pcapng_message *m);
/* What IP carries M in where it goes over no connection. */
uint8_t pcapng_layers_proto(const struct pcapng_message *m);
/* BYTES of M as they travel; valid until the next call. */
struct str pcapng_layers_wrap(
    struct pcapng *p, const struct pcapng_message *m, struct str bytes);
/* The bytes of M that travel, valid until the next call. */
struct str pcapng_bytes(struct pcapng *p, const struct pcapng_message *m);
/* Those of record SEQ. */
struct str pcapng_bytes_of(struct pcapng *p, uint64_t seq);
/* The connection of message M by its addresses. */
void pcapng_conn_of_message(struct pcapng *p, struct pcapng_message *m);
/* Record REC, which is in row FLIGHT, is a packet of connection NUMBER. */
void pcapng_conn_of_packet(
    struct pcapng *p, const struct trace_rec *rec, uint32_t flight);
/* When all are known: where each message begins in its stream. */
void pcapng_conns_count(struct pcapng *p);
/* Bytes FROM to TO of S have come to its other end. */
void pcapng_stream_take(
    struct pcapng *p, struct pcapng_stream *s, uint64_t from, uint64_t to);

/* ---- pcapng_emit.c ---- */

/* A packet that goes over LINK at T_NS. */
struct pcapng_emission {
	int64_t t_ns;
	uint32_t link;
	bool back;          /* from the link's second end */
	uint64_t id;        /* the record it began with */
	uint64_t tells;     /* the record that its comment tells of; 0: none */
	uint64_t lost;      /* the record of its loss; 0: none */
	uint64_t message;   /* the record that sent what it bears; 0: none */
	const char *remark; /* in the user's language; NULL */
	uint32_t conn;      /* of TCP; 0: none */
	struct frame_place place;
};
/* Writes the part of C that E->place says. */
void pcapng_emit(struct pcapng *p, const struct frame_content *c,
    const struct pcapng_emission *e);
/* Writes C in as many fragments as FRAME_MTU asks; place.off and len are
 * set here. */
void pcapng_emit_whole(
    struct pcapng *p, const struct frame_content *c, struct pcapng_emission *e);
/* The next IP identification; for the second walk alone. */
uint32_t pcapng_new_id(struct pcapng *p);

/* ---- pcapng_records.c ---- */

void pcapng_put_record(struct pcapng *p, const struct trace_rec *rec);
/* `recv` or `drop` REC: what waited for it goes out. */
void pcapng_put_arrival(struct pcapng *p, const struct trace_rec *rec);

/* ---- pcapng_draw.c ---- */

void pcapng_draw_send(struct pcapng *p, const struct trace_rec *rec);
void pcapng_draw_recv(struct pcapng *p, const struct trace_rec *rec);
/* Ends the connections after all else, at T_NS. */
void pcapng_draw_close(struct pcapng *p, int64_t t_ns);

#endif
