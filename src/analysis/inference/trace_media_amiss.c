/*
 * Deviations of a stream: it goes where its receiver's SDP does not want it,
 * has a payload type that its receiver has not asked for, or does not arrive.
 * Uncertain cases are not reported: with ICE (RFC 8445) media go to addresses
 * in no SDP, and a sender to the source of received packets (RFC 4961) is right
 * as well.
 */
#include "base/mem.h"
#include "inference/trace_media_in.h"
#include "inference/trace_notes.h"

/* A host says so when the first packets come, and to the end; not when the call
 * is over. */
#define SOON_NS INT64_C(1000000000)

/* Places whose first and last packets are known. */
#define PLACES 32

/* ---- when a stream is found: what SDP says of it ---- */

/* The section of F's SDP with that port; its number of sections: none has. */
static size_t
section_of_port(const struct finding *f, uint16_t port)
{
	size_t i = 0;

	while (i < f->sdp->nmedia && f->sdp->media[i].port != port)
		i++;
	return i;
}

/* RFC 3264 5.1: packets to a place have the payload types of the description
 * that named it; 6.1: so do the answerer's, by the offer. */
static void
find_formats(struct finding *f, struct media_stream *to)
{
	const struct media_place *p = media_place_at(f, &to->s->dst);
	unsigned type = to->s->payload_type;
	struct str formats;
	size_t i;

	if (p == NULL || (p->types[0] | p->types[1]) == 0 ||
	    (p->types[type / 64 % 2] >> type % 64 & 1) != 0 ||
	    !media_read_sdp(f, p->message))
		return;
	i = section_of_port(f, to->s->dst.port);
	if (i == f->sdp->nmedia || str_find(f->sdp->media[i].proto, "RTP") < 0)
		return;
	formats = str_slice(f->sdp->media[i].formats, 0, MEDIA_FORMATS - 1);
	memcpy(to->formats, formats.p, formats.n);
}

static void
misfit_take_asked(const struct finding *f, struct media_stream *to, size_t i)
{
	const struct msg_sdp_media *media = &f->sdp->media[i];
	struct addr a;

	if (i >= f->sdp->nmedia || to->s->tcp ||
	    msg_sdp_has_ice(f->sdp, (unsigned)i + 1) || media->port == 0 ||
	    msg_sdp_is_nowhere(media->address) ||
	    addr_parse(media->address, &a) != 0)
		return;
	a.port = media->port;
	to->asked = a;
}

/* Where the receiver of a stream, whose source message FROM has named, wants
 * it. */
static void
misfit_find_asked(struct finding *f, struct media_stream *to, uint32_t from)
{
	uint32_t other = media_other_writer(f, from);
	size_t i;

	if (other == 0 || !media_read_sdp(f, from))
		return;
	i = section_of_port(f, to->s->src.port);
	if (media_read_sdp_come(f, other - 1))
		misfit_take_asked(f, to, i);
}

/* The section of F's SDP that has the payload type, else the first one of RTP;
 * its number of sections: there is none. */
static size_t
section_of_type(const struct finding *f, unsigned type)
{
	size_t first = f->sdp->nmedia;
	struct str formats;
	uint32_t n;

	for (size_t i = 0; i < f->sdp->nmedia; i++) {
		const struct msg_sdp_media *m = &f->sdp->media[i];

		if (m->port == 0 || str_find(m->proto, "RTP") < 0)
			continue;
		if (first == f->sdp->nmedia)
			first = i;
		for (formats = m->formats; formats.n > 0;)
			if (str_u32(str_cut(formats, ' ', &formats), &n) == 0 &&
			    n == type)
				return i;
	}
	return first;
}

void
media_ask(struct finding *f, struct media_stream *to, uint32_t m)
{
	if (media_read_sdp_come(f, m))
		misfit_take_asked(
		    f, to, section_of_type(f, to->s->payload_type));
}

void
media_find_amiss(struct finding *f, struct media_stream *to)
{
	const struct media_place *from = media_place_at(f, &to->s->src);

	if (media_place_at(f, &to->s->dst) != NULL)
		find_formats(f, to);
	else if (from != NULL)
		misfit_find_asked(f, to, from->message);
}

/* ---- when all streams are known ---- */

struct ends {
	struct addr_key src, dst;
};

struct from_host {
	struct addr_key host, dst;
};

struct caller_host {
	struct addr_key host;
	uint32_t call;
};

struct ssrc_at {
	uint32_t ssrc, place;
};

/* What all streams and messages show together. */
struct judging {
	struct finding *f;
	struct map *ends; /* of streams → 1, of those in the list their places
			     from 2 */
	struct map *sources; /* hosts that media came from */
	struct map *outside; /* (host, call): media came there from outside of
				all private networks */
	struct map *ssrcs;   /* (SSRC, place) */
	struct map *from;    /* (host, receiver): media went there from it */
	uint32_t *own;       /* by node: its capture point plus 1; 0: not known;
				CORRELATION_NONE: several */
	int64_t first[PLACES], last[PLACES];
	bool seen[PLACES], media[PLACES]; /* anything; RTP */
};

static struct caller_host
key_of_caller(const struct media_stream *s, const struct addr *host,
    const struct finding *f)
{
	struct caller_host key;

	memset(&key, 0, sizeof(key));
	key.host = media_host_key(host);
	key.call = f->co->m[s->message].call;
	return key;
}

static void
misfit_note_time(struct judging *j, uint32_t place, int64_t first, int64_t last)
{
	if (place >= PLACES)
		return;
	if (!j->seen[place] || first < j->first[place])
		j->first[place] = first;
	if (!j->seen[place] || last > j->last[place])
		j->last[place] = last;
	j->seen[place] = true;
}

static int
note_streams(struct judging *j)
{
	const struct correlation *co = j->f->co;
	int err = 0;

	for (size_t i = 0; err == 0 && i < co->src->nstreams; i++) {
		const struct capture_stream *s =
		    co->src->stream(co->src->arg, i);
		struct addr_key host = media_host_key(&s->src);
		struct ends ends = { key_of_addr(&s->src),
			key_of_addr(&s->dst) };
		struct ssrc_at at = { s->ssrc, s->place };
		struct from_host from = { host, ends.dst };

		misfit_note_time(j, s->place, correlation_time(co, s->first),
		    correlation_time(co, s->last));
		if (s->place < PLACES && !s->rtcp)
			j->media[s->place] = true;
		err = key_set_number(j->sources, BYTES_OF(host), 1);
		if (err == 0 && !s->rtcp)
			err = key_set_number(j->ends, BYTES_OF(ends), 1);
		if (err == 0 && !s->rtcp)
			err = key_set_number(j->from, BYTES_OF(from), 1);
		if (err == 0 && !s->rtcp)
			err = key_set_number(j->ssrcs, BYTES_OF(at), 1);
	}
	for (size_t i = 0; err == 0 && i < j->f->n; i++) {
		const struct media_stream *s = &j->f->list[i];
		struct caller_host key = key_of_caller(s, &s->s->dst, j->f);

		struct ends ends = { key_of_addr(&s->s->src),
			key_of_addr(&s->s->dst) };

		if (addr_private(&s->s->src) == NULL)
			err = key_set_number(j->outside, BYTES_OF(key), 1);
		if (err == 0)
			err = key_set_number(j->ends, BYTES_OF(ends), i + 2);
	}
	return err;
}

static uint32_t
misfit_place_of(const struct correlation *co, uint32_t at, struct buf *scratch)
{
	struct capture_message c;

	capture_reader_look(co->src, at, &c, scratch);
	return c.place;
}

/* What a node sends is seen at its own capture point first. */
static void
note_points(struct judging *j)
{
	struct correlation *co = j->f->co;

	for (size_t i = 0; i < co->n; i++) {
		const struct correlation_message *m = &co->m[i];
		uint32_t place, last, *own = &j->own[m->src];

		if (m->at == m->last)
			continue;
		place = misfit_place_of(co, m->at, &co->scratch);
		last = misfit_place_of(co, m->last, &co->scratch);
		misfit_note_time(j, place, m->t, m->t);
		misfit_note_time(j, last, m->t_last, m->t_last);
		if (place != last)
			*own = *own == 0 || *own == place + 1
				   ? place + 1
				   : CORRELATION_NONE;
	}
}

/* Media were seen at more places than one. */
static bool
has_points(const struct judging *j)
{
	size_t n = 0;

	for (size_t i = 0; i < PLACES; i++)
		n += j->media[i];
	return n > 1;
}

/* RFC 4961: it goes to the source address of packets in the other direction, so
 * that their sender gets it, though no SDP names that place (a phone behind a
 * NAT, and a server that latches).
 */
static bool
is_symmetric(const struct judging *j, struct media_stream *to)
{
	struct ends back = { key_of_addr(&to->s->dst),
		key_of_addr(&to->s->src) };
	uint32_t at = key_number(j->ends, BYTES_OF(back));

	if (at > 1 && to->to == CORRELATION_NONE &&
	    j->f->list[at - 2].node != to->node)
		to->to = j->f->list[at - 2].node;
	return at != 0;
}

/* An error answers its first packets, and its last ones too. */
static bool
misfit_is_refused(const struct capture_stream *s)
{
	return s->icmp != 0 && s->icmp_first - s->first <= SOON_NS &&
	       s->last - s->icmp_last <= 2 * SOON_NS;
}

/* The address from which the SDP came that names where S goes, and that SDP in
 * F's; false: there is none. */
static bool
misfit_find_origin(
    struct finding *f, const struct capture_stream *s, struct addr *a)
{
	const struct media_place *p = media_place_at(f, &s->dst);
	struct capture_message c;

	if (p == NULL || !media_read_sdp(f, p->message))
		return false;
	capture_reader_get(
	    f->co->src, f->co->m[p->message].at, &c, &f->co->scratch);
	*a = c.src;
	return f->co->scratch.err == 0;
}

/* The address is one of a private network; SDP came with it from outside of
 * all, nothing ever comes from there, and the sender is not in that network, or
 * hears the other end from outside. */
static bool
misfit_is_beyond(struct judging *j, const struct media_stream *to)
{
	const struct capture_stream *s = to->s;
	const struct addr_network *n = addr_private(&s->dst);
	struct addr_key host = media_host_key(&s->dst);
	struct caller_host here;
	struct addr origin;

	if (n == NULL ||
	    correlation_node_at(j->f->co, &s->dst) != CORRELATION_NONE ||
	    key_number(j->sources, BYTES_OF(host)) != 0 ||
	    !misfit_find_origin(j->f, s, &origin) ||
	    addr_private(&origin) != NULL ||
	    msg_sdp_has_ice(
		j->f->sdp, (unsigned)section_of_port(j->f, s->dst.port) + 1))
		return false;
	here = key_of_caller(to, &s->src, j->f);
	return addr_private(&s->src) != n ||
	       key_number(j->outside, BYTES_OF(here)) != 0;
}

/* Its receiver has a capture point of its own, which was there all the time,
 * has seen media, and of these none. */
static bool
is_unseen(const struct judging *j, const struct media_stream *to)
{
	struct ssrc_at at = { to->s->ssrc, 0 };
	uint32_t node = to->to, own;

	if (node == CORRELATION_NONE)
		node = correlation_node_at(j->f->co, &to->s->dst);
	own = node != CORRELATION_NONE ? j->own[node] : 0;
	if (own == 0 || own == CORRELATION_NONE || own > PLACES ||
	    !j->media[own - 1] || j->first[own - 1] > to->first ||
	    j->last[own - 1] < to->last)
		return false;
	at.place = own - 1;
	return key_number(j->ssrcs, BYTES_OF(at)) == 0;
}

/* A guess is none where what was asked for is there as well. */
static bool
is_guessed_wrongly(const struct judging *j, const struct media_stream *to)
{
	struct from_host from = { media_host_key(&to->s->src),
		key_of_addr(&to->asked) };

	return to->guessed &&
	       (to->asked.len == 0 || key_number(j->from, BYTES_OF(from)) != 0);
}

static void
drop_wrong_guesses(struct judging *j)
{
	struct finding *f = j->f;
	size_t n = 0;

	for (size_t i = 0; i < f->n; i++)
		if (!is_guessed_wrongly(j, &f->list[i]))
			f->list[n++] = f->list[i];
	f->n = n;
}

static void
judge_stream(struct judging *j, struct media_stream *to)
{
	if (is_symmetric(j, to))
		to->asked.len = 0;
	if (misfit_is_refused(to->s))
		to->reason = trace_drop_of_icmp(to->s->icmp);
	else if (misfit_is_beyond(j, to))
		to->reason = TRACE_DROP_PRIVATE;
	else if (is_unseen(j, to))
		to->reason = TRACE_DROP_UNSEEN;
}

int
media_judge(struct finding *f)
{
	struct judging j = { .f = f };
	struct map **maps[] = { &j.ends, &j.sources, &j.outside, &j.ssrcs,
		&j.from };
	int err = 0;

	j.own = mem_zalloc(f->co->nnodes + 1, sizeof(*j.own));
	if (j.own == NULL)
		err = ERR_NOMEM;
	for (size_t i = 0; err == 0 && i < 5; i++)
		err = map_create(maps[i]);
	if (err == 0)
		err = note_streams(&j);
	if (err == 0 && has_points(&j))
		note_points(&j);
	err = err == 0 ? f->co->scratch.err : err;
	if (err == 0)
		drop_wrong_guesses(&j);
	for (size_t i = 0; err == 0 && i < f->n; i++) {
		judge_stream(&j, &f->list[i]);
		err = f->co->scratch.err;
	}
	for (size_t i = 0; i < 5; i++)
		map_destroy(*maps[i]);
	mem_free(j.own);
	return err;
}
