/* Which stream of media belongs to which call. */
#include "capture/trace_media.h"

#include "base/err.h"
#include "base/mem.h"
#include "msg/sdp.h"

struct media_key {
	uint8_t ip[16];
	uint8_t port[2];
};

struct finding {
	struct join *j;
	struct map *named; /* address → message plus 1 */
	struct msg_sdp *sdp;
	struct media_stream *list;
	size_t n;
	bool all;
};

static struct media_key
key_of(const struct addr *a)
{
	struct media_key k = { .port = { (uint8_t)(a->port >> 8),
				   (uint8_t)a->port } };

	memcpy(k.ip, a->ip, sizeof(k.ip));
	return k;
}

/* Of whoever wrote it: not of those that pass it on. */
static int
note_sdp(struct finding *f, uint32_t i)
{
	const struct join_message *m = &f->j->m[i];
	struct capture_message c;
	int err = 0;

	if (m->fwd != JOIN_NONE || m->retx != JOIN_NONE || m->call == 0)
		return 0;
	f->j->src->get(f->j->src->arg, m->at, &c, &f->j->scratch);
	if (f->j->scratch.err != 0)
		return f->j->scratch.err;
	if (str_find(c.bytes, "\nm=") < 0)
		return 0;
	msg_read(&f->j->msg, c.bytes, NULL);
	msg_sdp_read(f->sdp, f->j->msg.body, NULL);
	for (size_t k = 0; err == 0 && k < f->sdp->nmedia; k++) {
		const struct msg_sdp_media *media = &f->sdp->media[k];
		struct addr a = { 0 };
		struct media_key key;

		if (media->port == 0 || addr_parse(media->address, &a) != 0)
			continue;
		a.port = media->port;
		key = key_of(&a);
		err = map_put(f->named,
		    (struct str){ (const char *)&key, sizeof(key) },
		    (void *)(uintptr_t)(i + 1u));
	}
	return err;
}

static int64_t
time_of(const struct join *j, int64_t t)
{
	uint64_t d = t > j->start ? (uint64_t)t - (uint64_t)j->start : 0;

	return d < (uint64_t)INT64_MAX / 4 ? (int64_t)d : INT64_MAX / 4;
}

/* Who named A last so far, as message plus 1; 0: nobody. */
static uintptr_t
named(const struct finding *f, const struct addr *a)
{
	struct media_key key = key_of(a);

	return (uintptr_t)map_get(
	    f->named, (struct str){ (const char *)&key, sizeof(key) });
}

/* Who is to get it, if that is known by now. */
static void
find_end(const struct finding *f, struct media_stream *to)
{
	uintptr_t m = named(f, &to->s->dst);

	if (m != 0 && f->j->m[m - 1].src != to->node)
		to->to = f->j->m[m - 1].src;
}

/* S into the list, where its source has been named. */
static bool
find(struct finding *f, const struct capture_stream *s)
{
	uintptr_t m = named(f, &s->src);
	struct media_stream *to = &f->list[f->n];

	if (m == 0)
		return false;
	to->message = (uint32_t)(m - 1);
	if (!f->all && !f->j->calls[f->j->m[to->message].call].chosen)
		return true;
	to->s = s;
	to->node = f->j->m[to->message].src;
	to->to = JOIN_NONE;
	find_end(f, to);
	to->first = time_of(f->j, s->first);
	to->last = time_of(f->j, s->last);
	if (to->last < to->first)
		to->last = to->first;
	f->n++;
	return true;
}

/* Ports are used again: a stream is of the call that named its source last
 * before it began, or else at all. */
static int
find_all(struct finding *f, size_t count)
{
	const struct capture_supply *src = f->j->src;
	bool *found = mem_zalloc(count, sizeof(*found));
	size_t i = 0;
	int err = found != NULL ? 0 : ERR_NOMEM;

	for (size_t s = 0; err == 0 && s < count; s++) {
		const struct capture_stream *stream = src->stream(src->arg, s);
		int64_t first = time_of(f->j, stream->first);

		for (; err == 0 && i < f->j->n && f->j->m[i].t <= first; i++)
			err = note_sdp(f, (uint32_t)i);
		found[s] = stream->rtcp || find(f, stream);
	}
	for (; err == 0 && i < f->j->n; i++)
		err = note_sdp(f, (uint32_t)i);
	for (size_t s = 0; err == 0 && s < count; s++)
		if (!found[s])
			find(f, src->stream(src->arg, s));
	for (size_t s = 0; err == 0 && s < f->n; s++)
		if (f->list[s].to == JOIN_NONE)
			find_end(f, &f->list[s]);
	mem_free(found);
	return err;
}

int
media_of_calls(struct join *j, bool all, struct media_stream **list, size_t *n)
{
	size_t count =
	    j->src->streams != NULL ? j->src->streams(j->src->arg) : 0;
	struct finding f = { .j = j, .all = all };
	int err;

	*list = NULL;
	*n = 0;
	if (count == 0)
		return 0;
	f.list = mem_zalloc(count, sizeof(*f.list));
	f.sdp = mem_zalloc(1, sizeof(*f.sdp));
	err = map_create(&f.named);
	if (err == 0 && (f.list == NULL || f.sdp == NULL))
		err = ERR_NOMEM;
	if (err == 0)
		err = find_all(&f, count);
	map_destroy(f.named);
	mem_free(f.sdp);
	if (err != 0) {
		mem_free(f.list);
		return err;
	}
	*list = f.list;
	*n = f.n;
	return 0;
}
