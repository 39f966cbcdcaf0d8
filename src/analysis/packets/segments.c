/*
 * One `struct stream` for each direction of a connection.  A segment in order
 * is framed where it stands; only the rest of one, a message's first part, is
 * copied, and segments that come too early wait.  The streams are in a list,
 * those used last at its end; when there are too many, or too much waits, the
 * first are forgotten.
 */
#include "packets/segments.h"

#include "base/buf.h"
#include "packets/stream_framing.h"
#include "packets/index.h"
#include "packets/keys.h"
#include "packets/other_protocols.h"

#define STREAMS_MOST 65536
#define WAIT_MOST    64         /* segments that wait for a gap, … */
#define WAIT_BYTES   262144     /* … and bytes */
#define FAR          (1 << 24)  /* no window is that large here */
#define REPEATED     (1u << 20) /* so far a SYN may come too late */

/* A segment that came too early. */
struct waiting {
	struct waiting *next; /* in the order of SEQ */
	uint32_t seq, n;
	int64_t t;
	uint64_t packet;
	char bytes[];
};

struct stream {
	struct list link; /* in the order of use */
	struct index_flow key;
	uint32_t seq; /* of the byte that is wanted next */
	struct waiting *waiting;
	unsigned nwaiting;
	size_t waiting_bytes;
	struct buf part; /* a message's beginning */
	struct stream_framing framing;
	int64_t t; /* of the last segment, and its packet */
	uint64_t packet;
	bool spoke;   /* it has had a message */
	uint64_t gap; /* bytes that were missing before it had one */
};

struct segments {
	struct list used;
	struct map *streams; /* by `key` */
	size_t bytes, most;
	segments_fn *fn;
	segments_remark_fn *remark;
	void *arg;
};

/* Where bytes in order come from. */
struct origin {
	const struct datagram *d; /* its addresses */
	uint32_t place;
	int64_t t;
	uint64_t packet;
};

int
segments_create(struct segments **sp, size_t most, segments_fn *fn,
    segments_remark_fn *remark, void *arg)
{
	struct segments *s = mem_zalloc(1, sizeof(*s));

	*sp = s;
	if (s == NULL)
		return ERR_NOMEM;
	list_init(&s->used);
	s->most = most;
	s->fn = fn;
	s->remark = remark;
	s->arg = arg;
	return map_create(&s->streams);
}

static void
segment_drop_first(struct segments *s, struct stream *m)
{
	struct waiting *w = m->waiting;

	m->waiting = w->next;
	m->nwaiting--;
	m->waiting_bytes -= w->n;
	s->bytes -= sizeof(*w) + w->n;
	mem_free(w);
}

static void
drop_part(struct segments *s, struct stream *m)
{
	s->bytes -= m->part.cap + stream_framing_size(&m->framing);
	buf_free(&m->part);
	stream_framing_reset(&m->framing);
}

static void
forget_stream(struct segments *s, struct stream *m)
{
	while (m->waiting != NULL)
		segment_drop_first(s, m);
	drop_part(s, m);
	map_remove(s->streams, BYTES_OF(m->key));
	list_remove(&m->link);
	mem_free(m);
}

void
segments_destroy(struct segments *s)
{
	if (s == NULL)
		return;
	list_foreach (node, &s->used)
		forget_stream(s, LIST_ENTRY(node, struct stream, link));
	map_destroy(s->streams);
	mem_free(s);
}

/* That of D, seen at PLACE, which becomes the one used last; NULL without
 * memory. */
static struct stream *
stream_of_segment(struct segments *s, const struct datagram *d, uint32_t place)
{
	const struct index_flow key = index_flow_of(d, place);
	struct stream *m = key_value(s->streams, BYTES_OF(key), sizeof(*m));

	if (m == NULL)
		return NULL;
	if (m->link.next == NULL) {
		m->key = key;
		m->part = BUF_INIT;
		m->framing.dns = other_protocols_is_dns(d);
		m->framing.diameter = other_protocols_is_diameter(d);
		m->seq = d->seq;
		list_init(&m->link);
	}
	list_remove(&m->link);
	list_append(&s->used, &m->link);
	return m;
}

static void
remark_stream(struct segments *s, const struct stream *m,
    const struct origin *o, enum capture_remark_kind kind, uint64_t n)
{
	s->remark(s->arg, o->d, m->key.place, o->t, o->packet,
	    &(struct capture_remark){ .kind = kind, .n = n });
}

/* A message of another protocol. */
static void
remark_other(struct segments *s, const struct stream *m, const struct origin *o,
    const struct stream_frame *frame)
{
	struct capture_remark r = { .kind = CAPTURE_OTHER,
		.proto = frame->proto,
		.name = frame->name,
		.bytes = frame->bytes };

	if (frame->hello)
		remark_stream(s, m, o, CAPTURE_TLS, frame->n);
	s->remark(s->arg, o->d, m->key.place, o->t, o->packet, &r);
}

static int
give_message(struct segments *s, struct stream *m, const struct origin *o,
    const struct stream_frame *frame, uint64_t at)
{
	if (m->gap > 0)
		remark_stream(s, m, o, CAPTURE_GAP, m->gap);
	m->gap = 0;
	m->spoke = true;
	return s->fn(s->arg, o->d, o->place, o->t, o->packet, frame->bytes, at);
}

/* What IN, which stands at AT, has in it; *TAKEN of it are no more needed. */
static int
take_frames(struct segments *s, struct stream *m, const struct origin *o,
    struct str in, uint64_t at, size_t *taken)
{
	struct origin between = *o;
	enum stream_frame_kind kind;
	struct stream_frame frame;
	int err = 0;

	for (*taken = 0; err == 0; *taken += frame.n) {
		struct str rest = str_slice(in, *taken, in.n);

		kind = stream_framing_next(&m->framing, rest, &frame);
		if (m->framing.frames.err != 0 || m->framing.name.err != 0)
			return ERR_NOMEM;
		if (kind == STREAM_FRAME_MORE)
			return 0;
		between.d = kind == STREAM_FRAME_HEP ? &frame.d : o->d;
		if (kind == STREAM_FRAME_MESSAGE && frame.bytes.p == rest.p)
			err = give_message(s, m, o, &frame,
			    at == DECODE_NOWHERE ? at : at + *taken);
		else if (kind == STREAM_FRAME_MESSAGE ||
			 kind == STREAM_FRAME_HEP)
			err = give_message(
			    s, m, &between, &frame, DECODE_NOWHERE);
		else if (kind == STREAM_FRAME_LONG)
			remark_stream(s, m, o, CAPTURE_LONG, m->framing.skip);
		else if (kind == STREAM_FRAME_PACKED)
			remark_stream(s, m, o, CAPTURE_PACKED, frame.n);
		else if (kind == STREAM_FRAME_OTHER)
			remark_other(s, m, o, &frame);
		if (frame.unmasked)
			remark_stream(s, m, o, CAPTURE_UNMASKED, frame.n);
	}
	return err;
}

/* BYTES are those wanted next. */
static int
read_in_order(struct segments *s, struct stream *m, const struct origin *o,
    struct str bytes, uint64_t at)
{
	size_t taken, before = m->part.cap + stream_framing_size(&m->framing);
	int err;

	m->seq += (uint32_t)bytes.n;
	if (m->part.n == 0) {
		err = take_frames(s, m, o, bytes, at, &taken);
		buf_str(&m->part, str_slice(bytes, taken, bytes.n));
	} else {
		buf_str(&m->part, bytes);
		err = take_frames(
		    s, m, o, buf_view(&m->part), DECODE_NOWHERE, &taken);
		if (taken > 0) {
			m->part.n -= taken;
			memmove(m->part.p, m->part.p + taken, m->part.n);
		}
	}
	m->t = o->t;
	m->packet = o->packet;
	if (m->part.err != 0)
		err = ERR_NOMEM;
	if (m->part.n == 0)
		buf_free(&m->part);
	s->bytes += m->part.cap + stream_framing_size(&m->framing) - before;
	return err;
}

/* What waited and is wanted now. */
static int
read_waiting(struct segments *s, struct stream *m, const struct origin *now)
{
	struct waiting *w;
	struct origin o = *now;
	int32_t ahead;
	uint32_t old;
	int err = 0;

	while (err == 0 && (w = m->waiting) != NULL) {
		ahead = (int32_t)(w->seq - m->seq);
		if (ahead > 0)
			break;
		/* Where nothing filled the gap, a message is of the time of
		 * its last segment. */
		if (now->packet == 0) {
			o.t = w->t;
			o.packet = w->packet;
		}
		old = (uint32_t)-ahead;
		if (old < w->n)
			err = read_in_order(s, m, &o,
			    (struct str){ w->bytes + old, w->n - old },
			    DECODE_NOWHERE);
		segment_drop_first(s, m);
	}
	return err;
}

/* M's addresses, for remarks on no single segment. */
static struct datagram
ends_of_stream(const struct stream *m)
{
	struct datagram d = { .proto = DECODE_TCP, .len = m->key.len[0] };

	memcpy(d.ip, m->key.ip, sizeof(d.ip));
	memcpy(d.port, m->key.port, sizeof(d.port));
	return d;
}

/* A part of a SIP message has come. */
static bool
is_in_message(const struct stream *m)
{
	return m->part.n > 0 &&
	       (m->framing.size > 0 ||
		   recognise_start(buf_view(&m->part)) == RECOGNISED_SIP);
}

/* The gap before what waits will not be filled: the capture missed it.  Of a
 * stream of which it is not known yet whether it is SIP it is told later. */
static int
pass_gap(struct segments *s, struct stream *m)
{
	struct datagram d = ends_of_stream(m);
	struct origin o = { &d, m->key.place, 0, 0 };
	struct origin at = { &d, m->key.place, m->waiting->t,
		m->waiting->packet };
	bool known = m->spoke || is_in_message(m);

	m->gap += m->waiting->seq - m->seq;
	if (known) {
		remark_stream(s, m, &at, CAPTURE_GAP, m->gap);
		m->gap = 0;
	}
	drop_part(s, m);
	m->seq = m->waiting->seq;
	return read_waiting(s, m, &o);
}

/* The stream ends, perhaps within a message. */
static void
segment_end_part(struct segments *s, struct stream *m)
{
	struct datagram d = ends_of_stream(m);
	struct origin o = { &d, m->key.place, m->t, m->packet };
	size_t size = m->framing.size;

	if (is_in_message(m))
		remark_stream(s, m, &o, CAPTURE_GAP,
		    size > m->part.n ? size - m->part.n : 0);
	drop_part(s, m);
}

/* Puts a segment that came too early among the waiting ones. */
static int
wait_for_gap(struct segments *s, struct stream *m, const struct datagram *d,
    int64_t t, uint64_t packet)
{
	struct waiting **at = &m->waiting, *w;
	size_t n = d->payload.n;

	while (*at != NULL && (int32_t)((*at)->seq - d->seq) < 0)
		at = &(*at)->next;
	if (*at != NULL && (*at)->seq == d->seq && (*at)->n >= n)
		return 0;
	w = mem_alloc(sizeof(*w) + n);
	if (w == NULL)
		return ERR_NOMEM;
	w->seq = d->seq;
	w->n = (uint32_t)n;
	w->t = t;
	w->packet = packet;
	memcpy(w->bytes, d->payload.p, n);
	w->next = *at;
	*at = w;
	m->nwaiting++;
	m->waiting_bytes += n;
	s->bytes += sizeof(*w) + n;
	if (m->nwaiting > WAIT_MOST || m->waiting_bytes > WAIT_BYTES)
		return pass_gap(s, m);
	return 0;
}

/* All that waits, whatever is missing between. */
static int
flush_stream(struct segments *s, struct stream *m)
{
	int err = 0;

	while (err == 0 && m->waiting != NULL)
		err = pass_gap(s, m);
	return err;
}

/* The stream begins (again) at SEQ. */
static int
restart_stream(struct segments *s, struct stream *m, uint32_t seq)
{
	int err = flush_stream(s, m);

	segment_end_part(s, m);
	m->seq = seq;
	return err;
}

static int
add_payload(struct segments *s, struct stream *m, const struct datagram *d,
    int64_t t, uint64_t packet)
{
	struct origin o = { d, m->key.place, t, packet };
	int32_t ahead = (int32_t)(d->seq - m->seq);
	uint32_t old;
	int err = 0;

	if (ahead > FAR || ahead < -FAR) {
		err = restart_stream(s, m, d->seq);
		ahead = 0;
	}
	if (err != 0 || d->payload.n == 0)
		return err;
	if (ahead > 0)
		return wait_for_gap(s, m, d, t, packet);
	/* The bytes received first stay. */
	old = (uint32_t)-ahead;
	if (old >= d->payload.n)
		return 0;
	err = read_in_order(s, m, &o, str_slice(d->payload, old, d->payload.n),
	    d->at == DECODE_NOWHERE ? d->at : d->at + old);
	return err == 0 ? read_waiting(s, m, &o) : err;
}

/* Room again, if there is too little: those not used for long are forgotten. */
static int
segment_make_room(struct segments *s, const struct stream *present)
{
	struct stream *oldest;
	int err = 0;

	while (err == 0 &&
	       (map_count(s->streams) > STREAMS_MOST || s->bytes > s->most)) {
		oldest = LIST_ENTRY(s->used.next, struct stream, link);
		if (oldest == present)
			break;
		err = flush_stream(s, oldest);
		forget_stream(s, oldest);
	}
	return err;
}

int
segments_add(struct segments *s, const struct datagram *d, uint32_t place,
    int64_t t, uint64_t packet)
{
	struct stream *m = stream_of_segment(s, d, place);
	struct datagram in = *d;
	int err = 0;

	if (m == NULL)
		return ERR_NOMEM;
	if ((d->flags & TCP_SYN) != 0) {
		/* Data may come with it (RFC 7413); the SYN itself has a
		 * number.  One that is repeated changes nothing. */
		in.seq++;
		if (m->seq - in.seq > REPEATED)
			err = restart_stream(s, m, in.seq);
	}
	if (err == 0)
		err = add_payload(s, m, &in, t, packet);
	if (err == 0 && (d->flags & TCP_RST) != 0) {
		err = flush_stream(s, m);
		segment_end_part(s, m);
		forget_stream(s, m);
		m = NULL;
	}
	return err == 0 ? segment_make_room(s, m) : err;
}

int
segments_end(struct segments *s)
{
	int err = 0;

	list_foreach (node, &s->used) {
		struct stream *m = LIST_ENTRY(node, struct stream, link);

		if (err == 0)
			err = flush_stream(s, m);
		if (err == 0)
			segment_end_part(s, m);
	}
	return err;
}
