/* See listen/listen_keys.h. */
#include "listen/listen_keys.h"

#include "base/err.h"
#include "base/mem.h"
#include "srtp/ring.h"
#include "srtp/sdes.h"

struct call_keys {
	struct list link; /* in rings, as they were told first */
	uint64_t call;
	struct srtp_ring ring;
};

void
listen_keys_begin(struct listen_keys *k)
{
	for (unsigned side = 0; side < LISTEN_SIDES; side++)
		list_init(&k->rings[side]);
}

static void
forget(struct listen_keys *k, enum listen_side side, struct call_keys *one)
{
	list_remove(&one->link);
	mem_free(one);
	k->n[side]--;
}

void
listen_keys_end(struct listen_keys *k)
{
	for (unsigned side = 0; side < LISTEN_SIDES; side++)
		list_each (struct call_keys, one, &k->rings[side], link)
			forget(k, (enum listen_side)side, one);
	buf_free(&k->text);
}

/* NULL: memory is out. */
static struct srtp_ring *
ring_of(struct listen_keys *k, enum listen_side side, uint64_t call)
{
	struct call_keys *one, *oldest = NULL;

	list_each (struct call_keys, known, &k->rings[side], link) {
		if (known->call == call)
			return &known->ring;
		oldest = oldest == NULL ? known : oldest;
	}
	if (k->n[side] == LISTEN_RINGS)
		forget(k, side, oldest);
	one = mem_zalloc(1, sizeof(*one));
	if (one == NULL) {
		k->err = ERR_NOMEM;
		return NULL;
	}
	one->call = call;
	list_init(&one->link);
	list_append(&k->rings[side], &one->link);
	k->n[side]++;
	return &one->ring;
}

static void
add_key(struct listen_keys *k, enum listen_side side, uint64_t call,
    const struct srtp_master *m)
{
	struct srtp_ring *ring = ring_of(k, side, call);

	if (ring != NULL)
		srtp_ring_take(ring, m);
}

void
listen_keys_take(struct listen_keys *k, enum listen_side side,
    const struct trace_rec *rec, const char *field)
{
	struct srtp_master m = { 0 };

	if (!srtp_suite_find(trace_str(rec, "suite", &k->text), &m.suite) ||
	    sdes_read_key(trace_str(rec, field, &k->text), &m) != SDES_NONE)
		return;
	add_key(k, side, str_hash(trace_str(rec, "call", &k->text)), &m);
}

void
listen_keys_read(struct listen_keys *k, const struct trace_rec *rec)
{
	uint64_t call = str_hash(trace_str(rec, "call_id", &k->text));
	struct str text = trace_str(rec, "text", &k->text);

	while (text.n > 0) {
		struct str line = str_trim(str_cut(text, '\n', &text));
		struct sdes_line l;

		if (!str_starts(line, "a=crypto:") ||
		    sdes_read(str_slice(line, 9, line.n), &l) != SDES_NONE)
			continue;
		add_key(k, LISTEN_HEARD, call, &l.master);
		add_key(k, LISTEN_SAID, call, &l.master);
	}
}

struct str
listen_keys_open(struct listen_keys *k, enum listen_side side, struct str bytes,
    struct buf *room)
{
	enum srtp_verdict verdict = SRTP_NO_KEY;
	size_t n = bytes.n;

	if (k->n[side] == 0)
		return STR_NULL;
	buf_clear(room);
	buf_str(room, bytes);
	if (room->err != 0)
		return STR_NULL;
	list_each (struct call_keys, one, &k->rings[side], link)
		if (verdict != SRTP_OK)
			verdict = srtp_ring_open(
			    &one->ring, (uint8_t *)room->p, &n, false);
	return verdict == SRTP_OK ? str_slice(buf_view(room), 0, n) : STR_NULL;
}
