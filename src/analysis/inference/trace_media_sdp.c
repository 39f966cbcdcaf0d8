/* Which places the SDP of messages names, and who has written it. */
#include "inference/trace_media_in.h"

#include "base/array.h"
#include "msg/bodies.h"

/* That of message AT of the source. */
static bool
read_sdp_at(struct finding *f, uint32_t at)
{
	struct capture_message c;

	capture_reader_get(f->co->src, at, &c, &f->co->scratch);
	if (f->co->scratch.err != 0 || str_find(c.bytes, "\nm=") < 0)
		return false;
	msg_read(&f->co->msg, c.bytes, NULL);
	msg_sdp_read(f->sdp, msg_sdp_of(&f->co->msg), NULL);
	return true;
}

bool
media_read_sdp(struct finding *f, uint32_t i)
{
	return read_sdp_at(f, f->co->m[i].at);
}

bool
media_read_sdp_come(struct finding *f, uint32_t i)
{
	return read_sdp_at(f, f->co->m[i].last);
}

struct addr_key
media_host_key(const struct addr *a)
{
	struct addr host = *a;

	host.port = 0;
	return key_of_addr(&host);
}

/* Of each call the two who describe their ends. */
static void
note_writer(struct finding *f, uint32_t i)
{
	const struct correlation_message *m = &f->co->m[i];
	uint32_t last = f->offered[m->call];

	if (last != 0 && f->co->m[last - 1].src != m->src)
		f->before[m->call] = last;
	f->offered[m->call] = i + 1;
}

/* Message I has named A, where it takes FORMATS. */
static int
note_place(
    struct finding *f, uint32_t i, const struct addr *a, struct str formats)
{
	struct addr_key key = key_of_addr(a), host = media_host_key(a);
	uint32_t at = key_number(f->named, BYTES_OF(key)), type;
	struct media_place *p;
	int err = key_set_number(f->hosts, BYTES_OF(host), i + 1u);

	if (err != 0)
		return err;
	if (at == 0) {
		err = ARRAY_ROOM(&f->places, &f->places_cap, f->nplaces + 1);
		if (err == 0)
			err = key_set_number(
			    f->named, BYTES_OF(key), f->nplaces + 1);
		if (err != 0)
			return err;
		f->places[f->nplaces++] = (struct media_place){ .message = i };
		at = (uint32_t)f->nplaces;
	}
	p = &f->places[at - 1];
	if (f->co->m[p->message].call != f->co->m[i].call)
		*p = (struct media_place){ .message = i };
	p->message = i;
	while (formats.n > 0)
		if (str_u32(str_cut(formats, ' ', &formats), &type) == 0 &&
		    type < 128)
			p->types[type / 64] |= UINT64_C(1) << type % 64;
	return 0;
}

/* The places that message I, whose SDP is read, has named. */
static int
note_places(struct finding *f, uint32_t i)
{
	int err = 0;

	for (size_t k = 0; err == 0 && k < f->sdp->nmedia; k++) {
		const struct msg_sdp_media *media = &f->sdp->media[k];
		struct addr a = { 0 };

		if (media->port == 0 || addr_parse(media->address, &a) != 0)
			continue;
		a.port = media->port;
		err = note_place(f, i, &a, media->formats);
	}
	return err;
}

/* Only SDP of its author counts, not that of proxies which forward it; what an
 * ALG has put there leads to him as well. */
int
media_note_sdp(struct finding *f, uint32_t i)
{
	const struct correlation_message *m = &f->co->m[i];
	int err = 0;

	if (m->fwd != CORRELATION_NONE || m->retx != CORRELATION_NONE ||
	    m->call == 0)
		return 0;
	if (!media_read_sdp(f, i))
		return f->co->scratch.err;
	note_writer(f, i);
	err = note_places(f, i);
	if (err == 0 && m->rewritten && media_read_sdp_come(f, i))
		err = note_places(f, i);
	return err;
}

const struct media_place *
media_place_at(const struct finding *f, const struct addr *a)
{
	struct addr_key key = key_of_addr(a);
	uint32_t at = key_number(f->named, BYTES_OF(key));

	return at != 0 ? &f->places[at - 1] : NULL;
}

uint32_t
media_other_writer(const struct finding *f, uint32_t m)
{
	const struct correlation_message *to = &f->co->m[m];
	uint32_t other = f->offered[to->call];

	if (other != 0 && f->co->m[other - 1].src == to->src)
		other = f->before[to->call];
	return other;
}
