/*
 * The streams of a capture that have receivers, and the records of them between
 * their beginning and their end; see inference/trace_heard.h.
 */
#include "inference/trace_heard_in.h"

#include "base/array.h"
#include "packets/keys.h"
#include "media/telephone_event.h"

/* A source is silent (rtp/media_records.c). */
#define STILL_NS INT64_C(500000000)

/* A source, by who has it and where it is heard or comes from. */
struct source_key {
	struct addr_key host;
	uint32_t ssrc, place;
};

static struct source_key
key_of_source(const struct addr *a, uint32_t ssrc, uint32_t place)
{
	struct source_key k;
	struct addr host = *a;

	host.port = 0;
	memset(&k, 0, sizeof(k));
	k.host = key_of_addr(&host);
	k.ssrc = ssrc;
	k.place = place;
	return k;
}

const struct capture_packet *
media_packet_of(const struct correlation *co, uint32_t n)
{
	return n != 0 ? &co->src->packets[n - 1] : NULL;
}

int64_t
media_packet_time(const struct correlation *co, const struct media_stream *s,
    const struct capture_packet *p)
{
	const struct capture_packet *first = media_packet_of(co, s->s->source);

	/* A clock may have been corrected. */
	return correlation_time(co, s->s->first + (p->t - first->t));
}

/* ---- which are heard ---- */

/* What a capture's stream is to the others: while they are looked through. */
struct hearers {
	struct correlation *co;
	struct media_stream *list;
	size_t n;
	struct map *mains;  /* source (uint32_t) → main stream, from 1 */
	struct map *heard;  /* at this host → the same */
	struct map *spoken; /* from this host → the same */
	struct map *ssrcs;  /* → the last main stream, from 1 */
	struct media_note *notes;
	size_t nnotes, cap;
	struct buf bytes;
};

static bool
hearer_is_heard(const struct media_stream *m)
{
	return m->s->first_packet != 0 && m->to != CORRELATION_NONE &&
	       m->reason == TRACE_DROP_COUNT;
}

static int
note_main(struct hearers *h, uint32_t i)
{
	struct media_stream *m = &h->list[i];
	const struct capture_stream *s = m->s;
	struct source_key at = key_of_source(&s->dst, s->ssrc, s->place);
	struct source_key from = key_of_source(&s->src, s->ssrc, s->place);
	int err;

	if (s->first_packet == 0)
		return 0;
	m->heard_last = m->last;
	m->heard = !s->udptl && hearer_is_heard(m);
	err = key_set_number(h->mains, BYTES_OF(s->source), i + 1);
	if (err == 0)
		err = key_set_number(h->heard, BYTES_OF(at), i + 1);
	return err == 0 ? key_set_number(h->spoken, BYTES_OF(from), i + 1)
			: err;
}

/* How many packets are looked through for the first of another stream. */
#define LOOKED_THROUGH 64

/* The first packet of B is among the first ones of A. */
static bool
begins_within(const struct hearers *h, const struct capture_stream *b,
    const struct capture_stream *a)
{
	const struct capture_packet *first =
	    media_packet_of(h->co, b->first_packet);
	const struct capture_packet *p =
	    media_packet_of(h->co, a->first_packet);

	for (unsigned i = 0; p != NULL && i < LOOKED_THROUGH; i++) {
		if (p->sequence == first->sequence && p->stamp == first->stamp)
			return true;
		p = media_packet_of(h->co, p->next);
	}
	return false;
}

/* The same packets with another source, or receiver, have come through a NAT:
 * they are heard as they come behind it. */
static int
note_behind_nat(struct hearers *h, uint32_t i)
{
	struct media_stream *m = &h->list[i], *before;
	uint32_t ssrc = m->s->ssrc, at = key_number(h->ssrcs, BYTES_OF(ssrc));
	bool same_src, same_dst;

	if (m->s->first_packet == 0)
		return 0;
	before = at != 0 ? &h->list[at - 1] : m;
	same_src = addr_eq(&before->s->src, &m->s->src);
	same_dst = addr_eq(&before->s->dst, &m->s->dst);
	if (same_src != same_dst && begins_within(h, m->s, before->s)) {
		before->heard = false;
		for (; same_dst; m = &h->list[m->sibling - 1]) {
			m->from = before->s->src;
			if (m->sibling == 0)
				break;
		}
	}
	return key_set_number(h->ssrcs, BYTES_OF(ssrc), i + 1);
}

/* Stream I is known to the main one of its source. */
static void
note_sibling(struct hearers *h, uint32_t i)
{
	struct media_stream *m = &h->list[i], *main;
	uint32_t at = key_number(h->mains, BYTES_OF(m->s->source));

	if (m->s->source == 0 || m->s->first_packet != 0 || at == 0)
		return;
	main = &h->list[at - 1];
	m->sibling = main->sibling;
	main->sibling = i + 1;
	if (m->last > main->heard_last)
		main->heard_last = m->last;
}

static int
hearer_add_note(struct hearers *h, const struct media_note *note)
{
	if (ARRAY_ROOM(&h->notes, &h->cap, h->nnotes + 1) != 0)
		return ERR_NOMEM;
	h->notes[h->nnotes++] = *note;
	return 0;
}

/* ---- digits ---- */

/* Of source M what has that payload type; NULL: nothing, or comfort noise. */
const struct media_stream *
media_payload(
    const struct media_stream *list, const struct media_stream *m, uint8_t type)
{
	for (; m->s->payload_type != type; m = &list[m->sibling - 1])
		if (m->sibling == 0)
			return NULL;
	return m;
}

/* What a payload type is called in source M. */
const char *
media_payload_name(
    const struct media_stream *list, const struct media_stream *m, uint8_t type)
{
	const struct media_stream *one = media_payload(list, m, type);

	return type == 13 ? "CN/8000" : one != NULL ? one->codec : "";
}

static bool
is_events(const char *codec)
{
	return str_istarts(str_of(codec), "telephone-event");
}

/* A payload type of source M has a name, and is neither that nor comfort noise.
 */
static bool
hearer_is_of_media(
    const struct media_stream *list, const struct media_stream *m, uint8_t type)
{
	const struct media_stream *one = media_payload(list, m, type);

	return one != NULL && one->codec[0] != '\0' && type != 13 &&
	       !is_events(one->codec) &&
	       !str_istarts(str_of(one->codec), "CN/");
}

/* With P the source M, of type *NOW so far, goes on as another codec; it may
 * have begun with silence or a digit. */
bool
media_is_change(const struct media_stream *list, const struct media_stream *m,
    const struct capture_packet *p, uint8_t *now)
{
	uint8_t was = *now;

	if (p->payload == was || !hearer_is_of_media(list, m, p->payload))
		return false;
	*now = p->payload;
	return hearer_is_of_media(list, m, was);
}

static int
note_changes(struct hearers *h, uint32_t i)
{
	const struct media_stream *m = &h->list[i];
	struct media_note note = { .stream = i, .kind = MEDIA_CHANGE };
	const struct capture_packet *p =
	    media_packet_of(h->co, m->s->first_packet);
	uint8_t now = m->s->payload_type;
	unsigned n = 0;
	int err = 0;

	for (; err == 0 && p != NULL && n < MEDIA_CHANGES;
	     p = media_packet_of(h->co, p->next)) {
		if (!media_is_change(h->list, m, p, &now))
			continue;
		note.t = media_packet_time(h->co, m, p);
		err = hearer_add_note(h, &note);
		n++;
	}
	return err;
}

/* RFC 4733 2.5.2: one digit for each event. */
static int
note_digits(struct hearers *h, uint32_t i)
{
	const struct media_stream *m = &h->list[i];
	struct media_note note = { .stream = i, .kind = MEDIA_DIGIT };
	struct telephone_event_heard heard = { 0 };
	int err = 0;

	for (const struct capture_packet *p =
		 media_packet_of(h->co, m->s->first_packet);
	     err == 0 && p != NULL; p = media_packet_of(h->co, p->next)) {
		if (!is_events(media_payload_name(h->list, m, p->payload)) ||
		    telephone_event_digit(p->first) == '\0' ||
		    !telephone_event_begins(&heard, p->first, p->stamp))
			continue;
		note.digit = telephone_event_digit(p->first);
		note.t = media_packet_time(h->co, m, p);
		err = hearer_add_note(h, &note);
	}
	return err;
}

/* Where nothing is seen of the source for long, unless it has said by comfort
 * noise that it will be silent. */
static int
note_gaps(struct hearers *h, uint32_t i)
{
	const struct media_stream *m = &h->list[i];
	const struct capture_packet *p =
	    media_packet_of(h->co, m->s->first_packet);
	struct media_note note = { .stream = i };
	int64_t before = p != NULL ? p->t : 0;
	bool comforts = false;
	int err = 0;

	for (; err == 0 && p != NULL; p = media_packet_of(h->co, p->next)) {
		if (p->t - before >= STILL_NS && !comforts) {
			note.t = media_packet_time(h->co, m, p);
			note.kind = MEDIA_AGAIN;
			err = hearer_add_note(h, &note);
			note.t -= p->t - before - STILL_NS;
			note.kind = MEDIA_STILL;
			err = err == 0 ? hearer_add_note(h, &note) : err;
		}
		before = p->t;
		comforts = str_istarts(
		    str_of(media_payload_name(h->list, m, p->payload)), "CN/");
	}
	return err;
}

static int
note_all_digits(struct hearers *h)
{
	int err = 0;

	for (uint32_t i = 0; err == 0 && i < h->n; i++) {
		const struct media_stream *m = &h->list[i];
		bool any = is_events(m->codec);

		for (uint32_t k = m->sibling; !any && k != 0;
		     k = h->list[k - 1].sibling)
			any = is_events(h->list[k - 1].codec);
		if (any && m->s->first_packet != 0)
			err = note_digits(h, i);
	}
	return err;
}

/* ---- RTCP ---- */

/* The blocks of a report that the host of S sends, each about a stream that is
 * heard there. */
static int
note_blocks(struct hearers *h, const struct capture_stream *s,
    const struct rtcp_packet *report, int64_t t)
{
	struct media_note note = { .t = t, .kind = MEDIA_REPORT };
	int err = 0;

	for (unsigned i = 0; err == 0 && i < report->count; i++) {
		struct source_key key;
		uint32_t at;

		rtcp_block_at(report, i, &note.block);
		key = key_of_source(&s->src, note.block.ssrc, s->place);
		at = key_number(h->heard, BYTES_OF(key));
		if (at == 0 || t < h->list[at - 1].first)
			continue;
		note.stream = at - 1;
		err = hearer_add_note(h, &note);
	}
	return err;
}

static int
read_reports(struct hearers *h, const struct capture_stream *s)
{
	const struct capture_reader *src = h->co->src;
	int64_t shift = s->first - media_packet_of(h->co, s->first_packet)->t;
	int err = 0;

	for (const struct capture_packet *p =
		 media_packet_of(h->co, s->first_packet);
	     err == 0 && p != NULL; p = media_packet_of(h->co, p->next)) {
		struct rtcp_walk walk = {
			.left = src->packet(src->packets_of, p, &h->bytes),
		};
		int64_t t = correlation_time(h->co, p->t + shift);
		struct rtcp_packet one;

		while (err == 0 && rtcp_next(&walk, &one))
			if (one.type == RTCP_SR || one.type == RTCP_RR)
				err = note_blocks(h, s, &one, t);
	}
	return err;
}

static int
note_all_reports(struct hearers *h)
{
	const struct capture_reader *src = h->co->src;
	int err = 0;

	for (size_t i = 0; err == 0 && i < src->nstreams; i++) {
		const struct capture_stream *s = src->stream(src->arg, i);
		struct source_key from;
		uint32_t at;

		if (!s->rtcp || s->first_packet == 0)
			continue;
		from = key_of_source(&s->src, s->ssrc, s->place);
		at = key_number(h->spoken, BYTES_OF(from));
		if (at != 0)
			h->list[at - 1].reports += s->packets;
		err = read_reports(h, s);
	}
	return err;
}

int
media_hear(struct correlation *co, struct media_stream *list, size_t n,
    struct media_note **notes, size_t *nnotes)
{
	struct hearers h = { .co = co, .list = list, .n = n };
	int err = 0;

	if (co->src->packets != NULL && n > 0) {
		err = map_create(&h.mains);
		if (err == 0)
			err = map_create(&h.heard);
		if (err == 0)
			err = map_create(&h.spoken);
		if (err == 0)
			err = map_create(&h.ssrcs);
		for (uint32_t i = 0; err == 0 && i < n; i++)
			err = note_main(&h, i);
		for (uint32_t i = 0; err == 0 && i < n; i++)
			note_sibling(&h, i);
		for (uint32_t i = 0; err == 0 && i < n; i++)
			err = note_behind_nat(&h, i);
		for (uint32_t i = 0; err == 0 && i < n; i++)
			if (list[i].heard && list[i].sibling != 0)
				err = note_changes(&h, i);
		for (uint32_t i = 0; err == 0 && i < n; i++)
			if (list[i].heard)
				err = note_gaps(&h, i);
		if (err == 0)
			err = note_all_digits(&h);
		if (err == 0)
			err = note_all_reports(&h);
	}
	map_destroy(h.mains);
	map_destroy(h.heard);
	map_destroy(h.spoken);
	map_destroy(h.ssrcs);
	buf_end(&h.bytes, &err);
	*notes = h.notes;
	*nnotes = h.nnotes;
	return err;
}
