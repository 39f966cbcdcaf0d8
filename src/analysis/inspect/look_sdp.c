/* The session description of a message, as the checks see it: what must not
 * change in it, and each stream in a line. */
#include "inspect/inspect_in.h"

/* "- 2890844526 2890842807 IN IP4 192.0.2.1": VERSION is the third word. */
static void
read_origin(struct str value, struct description *d)
{
	uint64_t h = STR_HASH_START, n;

	for (int i = 0; value.n > 0; i++) {
		struct str word = str_cut(value, ' ', &value);

		if (i != 2)
			h = str_hash_words(word, h);
		else if (str_u64(word, &n) == 0 && n <= INT64_MAX)
			d->version = (int64_t)n;
		if (i == 1)
			d->session = str_hash_end(h);
	}
	d->origin = str_hash_end(h);
}

void
look_description(struct look *l, struct description *d)
{
	*d = (struct description){ .version = -1 };
	if (!look_sdp(l))
		return;
	for (size_t i = 0; i < l->in->sdp->nlines; i++)
		if (l->in->sdp->lines[i].type == 'o')
			read_origin(l->in->sdp->lines[i].value, d);
	d->there = true;
}

bool
look_sdp(struct look *l)
{
	struct inspect *in = l->in;

	if (!l->has_sdp)
		return false;
	if (in->sdp_seq != l->seq || in->sdp_of.p != l->sdp.p ||
	    in->sdp_of.n != l->sdp.n) {
		in->sdp_good = msg_sdp_read(in->sdp, l->sdp, &in->sdp_at) == 0;
		in->sdp_seq = l->seq;
		in->sdp_of = l->sdp;
	}
	return in->sdp_good;
}

uint32_t
look_ssrc(struct look *l)
{
	uint32_t ssrc = 0;

	if (!look_sdp(l))
		return 0;
	for (size_t i = 0; i < l->in->sdp->nlines; i++)
		if (l->in->sdp->lines[i].type == 'y' &&
		    str_u32(l->in->sdp->lines[i].value, &ssrc) == 0)
			return ssrc;
	return 0;
}

struct str
look_setup(struct look *l)
{
	struct str value = STR_NULL;

	if (look_sdp(l) &&
	    !msg_sdp_attribute_find(l->in->sdp, 1, "setup", 0, &value))
		msg_sdp_attribute_find(l->in->sdp, 0, "setup", 0, &value);
	return str_trim(value);
}

/*
 * A description as a text, a line for each stream:
 * PORT DIRECTION 0=PCMU/8000 101=telephone-event/8000
 */

/* Streams with more formats than that are not held against each other. */
#define FORMATS_MOST 64

/* "rtpmap:0 PCMU/8000/1" of FORMAT: "PCMU/8000", the number of channels is left
 * out; empty: LINE is none of it. */
static struct str
read_rtpmap(struct str line, struct str format)
{
	struct str rest, name, clock, channels;

	if (!str_starts(line, "rtpmap:") ||
	    !str_eq(str_cut(str_slice(line, 7, line.n), ' ', &rest), format))
		return STR_NULL;
	rest = str_trim(rest);
	name = str_cut(rest, '/', &clock);
	clock = str_cut(clock, '/', &channels);
	return str_slice(rest, 0, name.n + 1 + clock.n);
}

/* What a=rtpmap calls a format, or RFC 3551 a static payload type; else empty.
 */
static struct str
session_check_codec_of(
    const struct msg_sdp *s, unsigned media, struct str format)
{
	struct str codec = STR_NULL;
	uint32_t type;

	for (size_t i = 0; codec.n == 0 && i < s->nlines; i++)
		if (s->lines[i].media == media && s->lines[i].type == 'a')
			codec = read_rtpmap(s->lines[i].value, format);
	if (codec.n > 0 || str_u32(format, &type) != 0 || type >= 96 ||
	    msg_sdp_static_codec(type) == NULL)
		return codec;
	return str_of(msg_sdp_static_codec(type));
}

static void
session_check_put_stream(struct buf *b, const struct msg_sdp *s, unsigned media)
{
	const struct msg_sdp_media *m = &s->media[media - 1];
	struct str formats = m->formats, value;
	/* RFC 9143 6: or it is used with the port of another stream. */
	bool on = m->port != 0 ||
		  msg_sdp_attribute_find(s, media, "bundle-only", 0, &value);

	buf_printf(b, "%d %d", on, (int)m->direction);
	if (str_count(formats, ' ') >= FORMATS_MOST)
		formats = STR_NULL;
	while (formats.n > 0) {
		struct str one = str_cut(formats, ' ', &formats);

		if (one.n == 0)
			continue;
		buf_putc(b, ' ');
		buf_str(b, one);
		buf_putc(b, '=');
		buf_str(b, session_check_codec_of(s, media, one));
	}
	buf_putc(b, '\n');
}

struct str
look_streams(struct look *l)
{
	struct buf *b = &l->in->bytes2;

	buf_clear(b);
	if (!look_sdp(l))
		return STR_NULL;
	for (unsigned m = 1; m <= l->in->sdp->nmedia; m++)
		session_check_put_stream(b, l->in->sdp, m);
	if (b->err != 0)
		l->in->err = b->err;
	return buf_view(b);
}
