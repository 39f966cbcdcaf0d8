/*
 * Answers beside their offers, stream by stream: formats and directions.  RFC
 * 3264 6.1, 8.2.  An offer is kept as a text, a line for each stream:
 *
 *	PORT DIRECTION 0=PCMU/8000 101=telephone-event/8000
 */
#include "inspect/checks.h"

/* ---- an offer as a text ---- */

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
codec_of(const struct msg_sdp *s, unsigned media, struct str format)
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
put_stream(struct buf *b, const struct msg_sdp *s, unsigned media)
{
	const struct msg_sdp_media *m = &s->media[media - 1];
	struct str formats = m->formats;

	buf_printf(b, "%d %d", m->port != 0, (int)m->direction);
	if (str_count(formats, ' ') >= FORMATS_MOST)
		formats = STR_NULL;
	while (formats.n > 0) {
		struct str one = str_cut(formats, ' ', &formats);

		if (one.n == 0)
			continue;
		buf_putc(b, ' ');
		buf_str(b, one);
		buf_putc(b, '=');
		buf_str(b, codec_of(s, media, one));
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
		put_stream(b, l->in->sdp, m);
	if (b->err != 0)
		l->in->err = b->err;
	return buf_view(b);
}

/* ---- which message answers which offer ---- */

/* The offer that L's description answers; empty: it answers none, or which one
 * is not known.  After a reliable answer in a provisional response the 2xx has
 * none. */
static struct str
find_offer(const struct look *l)
{
	const struct dialog *d = l->dialog;

	if (!l->has_sdp || l->forwarded || l->tx == NULL)
		return STR_NULL;
	if (!l->msg->request)
		return l->tx->reliable_sdp || l->msg->status >= 300
			   ? STR_NULL
			   : l->tx->streams;
	return l->msg->method == MSG_ACK && d != NULL && d->offer_in_ok &&
		       l->cseq.number == d->ok_cseq
		   ? d->offered
		   : STR_NULL;
}

struct stream {
	bool on;
	enum msg_sdp_direction direction;
	struct str formats; /* "0=PCMU/8000 8=PCMA/8000" */
};

static struct stream
read_stream(struct str *lines)
{
	struct str line = str_cut(*lines, '\n', lines), rest;
	struct stream s = { .on = str_is(str_cut(line, ' ', &rest), "1") };
	struct str direction = str_cut(rest, ' ', &s.formats);

	s.direction = direction.n == 1
			  ? (enum msg_sdp_direction)(direction.p[0] - '0')
			  : MSG_SDP_SENDRECV;
	return s;
}

typedef bool stream_fn(
    struct look *l, const struct stream *offered, const struct stream *now);

/* Each stream by FN, where the answer has as many as the offer. */
static enum verdict
judge_streams(struct look *l, stream_fn *fn)
{
	struct str offer = find_offer(l), answer;

	if (offer.n == 0)
		return SILENT;
	answer = look_streams(l);
	if (str_count(offer, '\n') != str_count(answer, '\n'))
		return SEEN;
	while (offer.n > 0) {
		struct stream a = read_stream(&offer);
		struct stream b = read_stream(&answer);

		if (!fn(l, &a, &b))
			return BROKEN;
	}
	return KEPT;
}

/* ---- formats ---- */

static bool
same_format(struct str a, struct str b)
{
	struct str codec, other, x = str_cut(a, '=', &codec),
				 y = str_cut(b, '=', &other);
	uint32_t type;

	if (codec.n > 0 && other.n > 0 && str_ieq(codec, other))
		return true;
	return str_eq(x, y) && (codec.n == 0 || other.n == 0 ||
				   (str_u32(x, &type) == 0 && type < 96));
}

static bool
has_format(struct str formats, struct str one)
{
	while (formats.n > 0)
		if (same_format(str_cut(formats, ' ', &formats), one))
			return true;
	return false;
}

static bool
shares_format(
    struct look *l, const struct stream *offered, const struct stream *now)
{
	struct str rest = now->formats;

	if (!now->on || now->formats.n == 0 || offered->formats.n == 0)
		return true;
	while (rest.n > 0)
		if (has_format(offered->formats, str_cut(rest, ' ', &rest)))
			return true;
	look_measured(l, _("the answer has %.*s, the offer %.*s"),
	    STR_ARG(str_slice(now->formats, 0, 60)),
	    STR_ARG(str_slice(offered->formats, 0, 60)));
	return false;
}

enum verdict
check_answer_formats(struct look *l)
{
	return judge_streams(l, shares_format);
}

/* ---- directions ---- */

static bool
fits_direction(
    struct look *l, const struct stream *offered, const struct stream *now)
{
	/* To each direction of an offer those that may answer it, as bits. */
	static const unsigned may[] = {
		[MSG_SDP_SENDRECV] = 15,
		[MSG_SDP_SENDONLY] =
		    1u << MSG_SDP_RECVONLY | 1u << MSG_SDP_INACTIVE,
		[MSG_SDP_RECVONLY] =
		    1u << MSG_SDP_SENDONLY | 1u << MSG_SDP_INACTIVE,
		[MSG_SDP_INACTIVE] = 1u << MSG_SDP_INACTIVE,
	};

	if (now->on && !offered->on) {
		look_say(l, _("a stream that was offered with port 0 is "
			      "answered with another"));
		return false;
	}
	if (!now->on)
		return true;
	look_say(l, _("%s is answered with %s"),
	    msg_sdp_direction_name(offered->direction),
	    msg_sdp_direction_name(now->direction));
	return (may[offered->direction] >> now->direction & 1) != 0;
}

enum verdict
check_answer_direction(struct look *l)
{
	return judge_streams(l, fits_direction);
}
