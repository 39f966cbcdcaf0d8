/* Which stream of media belongs to which call. */
#include "inference/trace_media_in.h"

#include "base/err.h"
#include "base/mem.h"

#include <stdio.h>

/* The last message so far whose SDP names A, from 1; 0: none. */
static uint32_t
who_named(const struct finding *f, const struct addr *a)
{
	const struct media_place *p = media_place_at(f, a);

	return p != NULL ? p->message + 1 : 0;
}

/* The receiver of a stream, if that is known by now: the node at that address,
 * else the one that named it. */
static void
stream_find_receiver(const struct finding *f, struct media_stream *to)
{
	uint32_t m = who_named(f, &to->s->dst);
	/* RFC 4145: who opens the connection names no port. */
	uint32_t node = m != 0 || to->s->tcp
			    ? correlation_node_at(f->co, &to->s->dst)
			    : CORRELATION_NONE;

	if (m != 0 && node == CORRELATION_NONE)
		node = f->co->m[m - 1].src;
	if (node != to->node)
		to->to = node;
}

/* The sender of S, of which message M named the source (NAMED) or the receiver:
 * the node at its address, else the node that named it; else the other one that
 * described its end of the call, or the one that M went to. */
static uint32_t
stream_find_sender(const struct finding *f, const struct capture_stream *s,
    uint32_t m, bool named)
{
	const struct correlation_message *to = &f->co->m[m];
	uint32_t node = correlation_node_at(f->co, &s->src), other;

	if (node != CORRELATION_NONE && (named || node != to->src))
		return node;
	if (named)
		return to->src;
	other = media_other_writer(f, m);
	return other != 0 ? f->co->m[other - 1].src : to->dst;
}

/* The name that section MEDIA of F's SDP gives to a payload type (RFC 8866
 * 6.6). */
static bool
find_rtpmap(struct finding *f, unsigned media, unsigned type, struct str *codec)
{
	struct str map, name;
	uint32_t number;

	for (size_t n = 0; n < MSG_SDP_LINES && msg_sdp_attribute_find(f->sdp,
						    media, "rtpmap", n, &map);
	     n++)
		if (str_u32(str_cut(map, ' ', &name), &number) == 0 &&
		    number == type) {
			*codec = str_trim(name);
			return true;
		}
	return false;
}

/* "audio" or "video", as words that last. */
static const char *
type_of(const struct msg_sdp_media *m)
{
	return str_is(m->type, "audio")   ? "audio"
	       : str_is(m->type, "video") ? "video"
					  : NULL;
}

/* What A is called in message M, which named it: senders to A use the payload
 * types of that description (RFC 3264 5.1), and most answers repeat those of
 * the offer. */
static void
stream_name_codec(
    struct finding *f, struct media_stream *to, const struct addr *a)
{
	uint32_t m = who_named(f, a);
	struct str codec;

	if (m == 0 || !media_read_sdp(f, m - 1))
		return;
	for (size_t i = 0; to->codec[0] == '\0' && i < f->sdp->nmedia; i++) {
		if (f->sdp->media[i].port != a->port)
			continue;
		if (to->type == NULL)
			to->type = type_of(&f->sdp->media[i]);
		if (find_rtpmap(
			f, (unsigned)i + 1, to->s->payload_type, &codec) &&
		    codec.n < sizeof(to->codec))
			memcpy(to->codec, codec.p, codec.n);
	}
}

static void
name_codecs(struct finding *f, struct media_stream *to)
{
	const char *fixed = msg_sdp_static_codec(to->s->payload_type);

	if (to->s->udptl) {
		to->type = "image";
		snprintf(to->codec, sizeof(to->codec), "T38");
		return;
	}
	stream_name_codec(f, to, &to->s->dst);
	stream_name_codec(f, to, &to->s->src);
	if (to->codec[0] == '\0' && fixed != NULL)
		snprintf(to->codec, sizeof(to->codec), "%s", fixed);
}

/* One that was seen at two places is in the list once, from the first sight to
 * the last.  Losses add up on the way: the sighting with most losses is nearest
 * to the receiver. */
static int
merge_sightings(struct finding *f, bool *merged)
{
	struct media_stream *to = &f->list[f->n], *other;
	const struct capture_stream *s = to->s;
	struct {
		struct addr_key ends[2];
		uint32_t ssrc, type;
	} key;
	uint32_t at;

	memset(&key, 0, sizeof(key));
	key.ends[0] = key_of_addr(&s->src);
	key.ends[1] = key_of_addr(&s->dst);
	key.ssrc = s->ssrc;
	key.type = s->payload_type;
	at = key_number(f->seen, BYTES_OF(key));
	other = at != 0 ? &f->list[at - 1] : NULL;
	*merged = other != NULL && other->s->place != s->place &&
		  to->first <= other->last;
	if (!*merged)
		return key_set_number(f->seen, BYTES_OF(key), f->n + 1);
	if (to->first < other->first)
		other->first = to->first;
	if (to->last > other->last)
		other->last = to->last;
	if (s->lost > other->s->lost ||
	    (s->lost == other->s->lost && s->packets > other->s->packets))
		other->s = s;
	return 0;
}

/* The message so far, from 1, whose SDP names the host to which S goes from the
 * other end of that call, which is not over; 0: there is none. */
static uint32_t
guess_message(const struct finding *f, const struct capture_stream *s)
{
	struct addr_key host = media_host_key(&s->dst);
	uint32_t m = key_number(f->hosts, BYTES_OF(host)), other;
	uint32_t node = correlation_node_at(f->co, &s->src);
	const struct correlation_message *of, *last;

	if (m == 0 || node == CORRELATION_NONE)
		return 0;
	of = &f->co->m[m - 1];
	last = &f->co->m[f->co->calls[of->call].last];
	other = media_other_writer(f, m - 1);
	if (node == of->src ||
	    (node != of->dst &&
		(other == 0 || f->co->m[other - 1].src != node)) ||
	    (last->method == MSG_BYE &&
		last->t < correlation_time(f->co, s->first)))
		return 0;
	return m;
}

/* S into the list, where its source or its receiver has been named, or else
 * message GUESS (from 1) has named its host; *FOUND says that it has. */
static int
list_call_stream(struct finding *f, const struct capture_stream *s,
    uint32_t guess, bool *found)
{
	uint32_t from = who_named(f, &s->src), m = from;
	struct media_stream *to = &f->list[f->n];
	bool merged, guessed;
	int err;

	if (m == 0)
		m = who_named(f, &s->dst);
	guessed = m == 0;
	if (guessed)
		m = guess;
	*found = m != 0;
	if (m == 0)
		return 0;
	*to = (struct media_stream){
		.s = s,
		.to = CORRELATION_NONE,
		.message = m - 1,
		.guessed = guessed,
		.reason = TRACE_DROP_COUNT,
	};
	if (!f->all && !f->co->calls[f->co->m[to->message].call].chosen)
		return 0;
	to->node = stream_find_sender(f, s, to->message, from != 0);
	stream_find_receiver(f, to);
	name_codecs(f, to);
	if (to->guessed)
		media_ask(f, to, to->message);
	else if (!s->udptl)
		media_find_amiss(f, to);
	to->first = correlation_time(f->co, s->first);
	to->last = correlation_time(f->co, s->last);
	if (to->last < to->first)
		to->last = to->first;
	err = merge_sightings(f, &merged);
	f->n += !merged;
	return err != 0 ? err : f->co->scratch.err;
}

/* Ports are used again: a stream is of the call that named its ends last before
 * it began, or else at all; or of the one that named at least its host. */
static int
find_streams(struct finding *f, size_t count)
{
	const struct capture_reader *src = f->co->src;
	struct tried {
		uint32_t guess;
		bool found;
	} *tried = mem_zalloc(count, sizeof(*tried));
	size_t i = 0;
	int err = tried != NULL ? 0 : ERR_NOMEM;

	for (size_t s = 0; err == 0 && s < count; s++) {
		const struct capture_stream *stream = src->stream(src->arg, s);
		int64_t first = correlation_time(f->co, stream->first);

		for (; err == 0 && i < f->co->n && f->co->m[i].t <= first; i++)
			err = media_note_sdp(f, (uint32_t)i);
		tried[s].found = stream->rtcp;
		if (err != 0 || stream->rtcp)
			continue;
		tried[s].guess = guess_message(f, stream);
		err = list_call_stream(f, stream, 0, &tried[s].found);
	}
	for (; err == 0 && i < f->co->n; i++)
		err = media_note_sdp(f, (uint32_t)i);
	for (size_t s = 0; err == 0 && s < count; s++)
		if (!tried[s].found)
			err = list_call_stream(f, src->stream(src->arg, s),
			    tried[s].guess, &tried[s].found);
	for (size_t s = 0; err == 0 && s < f->n; s++)
		if (f->list[s].to == CORRELATION_NONE)
			stream_find_receiver(f, &f->list[s]);
	mem_free(tried);
	return err == 0 ? media_judge(f) : err;
}

int
media_of_calls(
    struct correlation *co, bool all, struct media_stream **list, size_t *n)
{
	size_t count = co->src->nstreams;
	struct finding f = { .co = co, .all = all };
	int err;

	*list = NULL;
	*n = 0;
	if (count == 0)
		return 0;
	f.list = mem_zalloc(count, sizeof(*f.list));
	f.sdp = mem_zalloc(1, sizeof(*f.sdp));
	f.offered = mem_zalloc(co->ncalls, sizeof(*f.offered));
	f.before = mem_zalloc(co->ncalls, sizeof(*f.before));
	err = map_create(&f.named);
	if (err == 0)
		err = map_create(&f.hosts);
	if (err == 0)
		err = map_create(&f.seen);
	if (err == 0 && (f.list == NULL || f.sdp == NULL || f.offered == NULL ||
			    f.before == NULL))
		err = ERR_NOMEM;
	if (err == 0)
		err = find_streams(&f, count);
	map_destroy(f.named);
	map_destroy(f.hosts);
	map_destroy(f.seen);
	mem_free(f.sdp);
	mem_free(f.offered);
	mem_free(f.before);
	mem_free(f.places);
	if (err != 0) {
		mem_free(f.list);
		return err;
	}
	*list = f.list;
	*n = f.n;
	return 0;
}
