/*
 * One `struct stream` for each direction of a connection.  A segment in order
 * is cut where it stands; only the rest of one, a message's first part, is
 * copied, and what comes too early waits.  The streams stand in a list, those
 * used last at its end; when there are too many, or too much waits, the first
 * are forgotten.
 */
#include "capture/segments.h"

#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"
#include "capture/index.h"
#include "capture/recognise.h"
#include "msg/framing.h"

#define STREAMS_MOST 65536
#define SLOTS        16384
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
	struct list link;    /* in the order of use */
	struct stream *next; /* with the same hash */
	struct index_flow key;
	uint32_t seq; /* of the byte that is wanted next */
	struct waiting *waiting;
	unsigned nwaiting;
	size_t waiting_bytes;
	struct buf part; /* a message's beginning */
	struct msg_framing framing;
};

struct segments {
	struct list used;
	struct stream *slots[SLOTS];
	size_t count, bytes, most;
	segments_fn *fn;
	void *arg;
	int err;
	struct msg scratch;
};

/* Where bytes in order come from. */
struct origin {
	const struct datagram *d; /* its addresses */
	uint32_t place;
	int64_t t;
	uint64_t packet;
};

int
segments_create(struct segments **sp, size_t most, segments_fn *fn, void *arg)
{
	struct segments *s = mem_zalloc(1, sizeof(*s));

	*sp = s;
	if (s == NULL)
		return ERR_NOMEM;
	list_init(&s->used);
	s->most = most;
	s->fn = fn;
	s->arg = arg;
	return 0;
}

static struct stream **
slot_of(struct segments *s, const struct index_flow *key)
{
	struct stream **at = &s->slots[index_hash(key, sizeof(*key)) % SLOTS];

	while (*at != NULL && memcmp(&(*at)->key, key, sizeof(*key)) != 0)
		at = &(*at)->next;
	return at;
}

static void
drop_first(struct segments *s, struct stream *m)
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
	s->bytes -= m->part.cap;
	buf_free(&m->part);
	m->framing = (struct msg_framing){ 0 };
}

static void
forget(struct segments *s, struct stream *m)
{
	while (m->waiting != NULL)
		drop_first(s, m);
	drop_part(s, m);
	*slot_of(s, &m->key) = m->next;
	list_remove(&m->link);
	s->count--;
	mem_free(m);
}

void
segments_destroy(struct segments *s)
{
	if (s == NULL)
		return;
	list_foreach (node, &s->used)
		forget(s, LIST_ENTRY(node, struct stream, link));
	mem_free(s);
}

static struct stream *
find(struct segments *s, const struct datagram *d, uint32_t place)
{
	struct index_flow key;
	struct stream **slot, *m;

	memset(&key, 0, sizeof(key));
	memcpy(key.ip, d->ip, sizeof(key.ip));
	memcpy(key.port, d->port, sizeof(key.port));
	key.place = place;
	key.len[0] = key.len[1] = d->len;
	slot = slot_of(s, &key);
	m = *slot;
	if (m == NULL) {
		m = mem_zalloc(1, sizeof(*m));
		if (m == NULL)
			return NULL;
		m->key = key;
		m->part = BUF_INIT;
		m->seq = d->seq;
		*slot = m;
		s->count++;
		list_init(&m->link);
	}
	list_remove(&m->link);
	list_append(&s->used, &m->link);
	return m;
}

static int
give(struct segments *s, const struct origin *o, struct str bytes, uint64_t at)
{
	return s->fn(s->arg, o->d, o->place, o->t, o->packet, bytes, at);
}

/* What of IN is no message's beginning, and must be passed: all of it where
 * none begins, but for a last line that may become one. */
static size_t
count_junk(struct str in)
{
	ptrdiff_t at;
	size_t n = 0;

	/* RFC 5626 3.5.1: lines that keep a connection alive. */
	while (n < in.n && chr_is_space(in.p[n]))
		n++;
	if (n == in.n || recognise(str_slice(in, n, in.n)) != RECOGNISED_NO)
		return n;
	at = recognise_after(in);
	if (at >= 0)
		return (size_t)at;
	n = (size_t)(str_rchr(in, '\n') + 1);
	return n > 0 && recognise(str_slice(in, n, in.n)) == RECOGNISED_PART
		   ? n
		   : in.n;
}

/* Many a server forgets Content-Length: then there is no body. */
static size_t
size_without_length(struct str in, enum msg_fault fault)
{
	size_t head;

	if (fault != MSG_FAULT_MISSING)
		return in.n;
	recognise_size(in, &head);
	return head;
}

/* Cuts messages off IN, which stands at AT; *TAKEN of it are no more needed. */
static int
cut(struct segments *s, struct stream *m, const struct origin *o, struct str in,
    uint64_t at, size_t *taken)
{
	struct msg_frame frame;
	enum msg_framed what;
	int err;

	for (*taken = 0; *taken < in.n; *taken += frame.n) {
		struct str rest = str_slice(in, *taken, in.n);

		if (m->framing.scanned == 0 && m->framing.size == 0) {
			frame.n = count_junk(rest);
			if (frame.n > 0)
				continue;
			if (recognise(rest) == RECOGNISED_PART)
				return 0;
		}
		what = msg_framing_next(&m->framing, rest, &s->scratch, &frame);
		if (what == MSG_FRAMED_MORE)
			return 0;
		if (what == MSG_FRAMED_SKIP)
			continue;
		if (what == MSG_FRAMED_BAD) {
			m->framing = (struct msg_framing){ 0 };
			frame.n = size_without_length(rest, frame.fault);
			if (frame.fault != MSG_FAULT_MISSING)
				continue;
		}
		err = give(s, o, str_slice(rest, 0, frame.n),
		    at == DECODE_NOWHERE ? at : at + *taken);
		if (err != 0)
			return err;
	}
	return 0;
}

/* BYTES are those wanted next. */
static int
take(struct segments *s, struct stream *m, const struct origin *o,
    struct str bytes, uint64_t at)
{
	size_t taken, before = m->part.cap;
	int err;

	m->seq += (uint32_t)bytes.n;
	if (m->part.n == 0) {
		err = cut(s, m, o, bytes, at, &taken);
		buf_str(&m->part, str_slice(bytes, taken, bytes.n));
	} else {
		buf_str(&m->part, bytes);
		err = cut(s, m, o, buf_view(&m->part), DECODE_NOWHERE, &taken);
		if (taken > 0) {
			m->part.n -= taken;
			memmove(m->part.p, m->part.p + taken, m->part.n);
		}
	}
	s->bytes += m->part.cap - before;
	if (m->part.n == 0)
		drop_part(s, m);
	if (m->part.err != 0)
		return ERR_NOMEM;
	return err;
}

/* What waited and is wanted now. */
static int
take_waiting(struct segments *s, struct stream *m, const struct origin *now)
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
			err = take(s, m, &o,
			    (struct str){ w->bytes + old, w->n - old },
			    DECODE_NOWHERE);
		drop_first(s, m);
	}
	return err;
}

/* The gap before what waits will not be filled: the capture missed it. */
static int
pass_gap(struct segments *s, struct stream *m)
{
	struct datagram d = { .proto = DECODE_TCP, .len = m->key.len[0] };
	struct origin o = { &d, m->key.place, 0, 0 };

	memcpy(d.ip, m->key.ip, sizeof(d.ip));
	memcpy(d.port, m->key.port, sizeof(d.port));
	drop_part(s, m);
	m->seq = m->waiting->seq;
	return take_waiting(s, m, &o);
}

/* Puts a segment that came too early among those that wait. */
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
flush(struct segments *s, struct stream *m)
{
	int err = 0;

	while (err == 0 && m->waiting != NULL)
		err = pass_gap(s, m);
	return err;
}

/* The stream begins (again) at SEQ. */
static int
restart(struct segments *s, struct stream *m, uint32_t seq)
{
	int err = flush(s, m);

	drop_part(s, m);
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
		err = restart(s, m, d->seq);
		ahead = 0;
	}
	if (err != 0 || d->payload.n == 0)
		return err;
	if (ahead > 0)
		return wait_for_gap(s, m, d, t, packet);
	/* What came before came first, and stays. */
	old = (uint32_t)-ahead;
	if (old >= d->payload.n)
		return 0;
	err = take(s, m, &o, str_slice(d->payload, old, d->payload.n),
	    d->at == DECODE_NOWHERE ? d->at : d->at + old);
	return err == 0 ? take_waiting(s, m, &o) : err;
}

/* Room again, if there is too little: those not used for long are forgotten. */
static int
make_room(struct segments *s, const struct stream *present)
{
	struct stream *oldest;
	int err = 0;

	while (err == 0 && (s->count > STREAMS_MOST || s->bytes > s->most)) {
		oldest = LIST_ENTRY(s->used.next, struct stream, link);
		if (oldest == present)
			break;
		err = flush(s, oldest);
		forget(s, oldest);
	}
	return err;
}

int
segments_add(struct segments *s, const struct datagram *d, uint32_t place,
    int64_t t, uint64_t packet)
{
	struct stream *m = find(s, d, place);
	struct datagram in = *d;
	int err = 0;

	if (m == NULL)
		return ERR_NOMEM;
	if ((d->flags & TCP_SYN) != 0) {
		/* Data may come with it (RFC 7413); the SYN itself has a
		 * number.  One that is repeated changes nothing. */
		in.seq++;
		if (m->seq - in.seq > REPEATED)
			err = restart(s, m, in.seq);
	}
	if (err == 0)
		err = add_payload(s, m, &in, t, packet);
	if (err == 0 && (d->flags & TCP_RST) != 0) {
		err = flush(s, m);
		forget(s, m);
		m = NULL;
	}
	return err == 0 ? make_room(s, m) : err;
}

int
segments_end(struct segments *s)
{
	int err = 0;

	list_foreach (node, &s->used) {
		if (err == 0)
			err = flush(s, LIST_ENTRY(node, struct stream, link));
	}
	return err;
}
