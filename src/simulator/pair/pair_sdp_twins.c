/*
 * A box that makes PCMU of PCMA and the other way round (RFC 7092 3.2.3; the
 * attribute `transcode`): what it offers has both, where one was offered to it,
 * and its answer has the one that was.  Both stand for the same samples at the
 * same times, by the payload types of RFC 3551 6.
 */
#include "pair/pair_sdp_in.h"

#include "media/rtp.h"

int
pair_sdp_twin(unsigned number)
{
	return number == RTP_PCMU   ? RTP_PCMA
	       : number == RTP_PCMA ? RTP_PCMU
				    : -1;
}

struct str
pair_sdp_formats(struct str line, struct str *head)
{
	struct str rest, formats;

	line = str_trim(line);
	str_cut(line, ' ', &rest);
	str_cut(rest, ' ', &rest);
	str_cut(rest, ' ', &formats);
	*head = str_trim(str_slice(line, 0, line.n - formats.n));
	return formats;
}

static bool
has(struct str formats, unsigned number)
{
	uint32_t n;

	while (formats.n > 0)
		if (str_u32(str_cut(formats, ' ', &formats), &n) == 0 &&
		    n == number)
			return true;
	return false;
}

bool
pair_sdp_has_format(struct str section, unsigned number)
{
	struct str head;

	return has(pair_sdp_formats(pair_sdp_line(&section), &head), number);
}

/* The twin that an offer with FORMATS gets for N; negative: none. */
static int
offer_with(uint32_t n, struct str formats)
{
	int twin = pair_sdp_twin(n);

	return twin < 0 || has(formats, (unsigned)twin) ? -1 : twin;
}

static void
put_offered(struct str formats, struct buf *out)
{
	for (struct str rest = formats; rest.n > 0;) {
		struct str word = str_cut(rest, ' ', &rest);
		uint32_t n;
		int twin = str_u32(word, &n) == 0 ? offer_with(n, formats) : -1;

		buf_printf(out, " %.*s", STR_ARG(word));
		if (twin >= 0)
			buf_printf(out, " %d", twin);
	}
}

/* Format N of an answer to OFFER, a section: itself, its twin, or negative,
 * that is not to be there. */
static int
answer_with(uint32_t n, struct str formats, struct str offer)
{
	int twin = pair_sdp_twin(n);

	if (twin < 0 || pair_sdp_has_format(offer, n))
		return (int)n;
	if (!pair_sdp_has_format(offer, (unsigned)twin))
		return (int)n;
	return has(formats, (unsigned)twin) ? -1 : twin;
}

static void
put_answered(struct str formats, struct str offer, struct buf *out)
{
	for (struct str rest = formats; rest.n > 0;) {
		struct str word = str_cut(rest, ' ', &rest);
		uint32_t n;
		int as;

		if (str_u32(word, &n) != 0) {
			buf_printf(out, " %.*s", STR_ARG(word));
			continue;
		}
		as = answer_with(n, formats, offer);
		if (as >= 0)
			buf_printf(out, " %d", as);
	}
}

static void
put_map(int number, struct buf *out)
{
	buf_printf(out, "a=rtpmap:%d %s/8000\r\n", number,
	    number == RTP_PCMU ? "PCMU" : "PCMA");
}

/* LINE, "a=rtpmap:8 PCMA/8000", of a section with FORMATS: with that of the
 * twin, or in its place. */
static void
put_attribute(struct str line, const struct pair_sdp_way *way,
    struct str formats, struct str offer, struct buf *out)
{
	struct str rest;
	uint32_t n;
	int twin;

	if (!str_starts(line, "a=rtpmap:") ||
	    str_u32(str_cut(str_slice(line, 9, line.n), ' ', &rest), &n) != 0) {
		buf_str(out, line);
		return;
	}
	twin = way->offers ? offer_with(n, formats)
			   : answer_with(n, formats, offer);
	if (way->offers || twin == (int)n)
		buf_str(out, line);
	if (twin >= 0 && twin != (int)n)
		put_map(twin, out);
}

static void
put_twins(struct str section, const struct pair_sdp_way *way, struct str offer,
    struct buf *out)
{
	struct str head, formats;

	formats = pair_sdp_formats(pair_sdp_line(&section), &head);
	buf_str(out, head);
	if (way->offers)
		put_offered(formats, out);
	else
		put_answered(formats, offer, out);
	buf_puts(out, "\r\n");
	while (section.n > 0)
		put_attribute(
		    pair_sdp_line(&section), way, formats, offer, out);
}

/* Of SIDE's offer the section that the other side's place AT answers. */
static struct str
find_offer(const struct pair_sdp *s, int side, int at, struct str offer)
{
	for (size_t i = 0; i < s->n; i++)
		if (s->streams[i].at[!side] == at)
			return pair_sdp_section(offer, s->streams[i].at[side]);
	return STR_NULL;
}

/* RFC 3711: the box does not open what goes through it. */
static bool
is_sealed(struct str section)
{
	struct str head;

	pair_sdp_formats(pair_sdp_line(&section), &head);
	return str_ends(head, " RTP/SAVP");
}

void
pair_sdp_put_twins(const struct pair_sdp *s, int side, struct str text,
    const struct pair_sdp_way *way, struct buf *out)
{
	buf_str(out, pair_sdp_part(&text));
	for (int at = 0; text.n > 0; at++) {
		struct str section = pair_sdp_part(&text);
		struct str offer = find_offer(s, side, at, way->offer);

		if (!str_starts(section, "m=audio ") || is_sealed(section) ||
		    (!way->offers && offer.n == 0))
			buf_str(out, section);
		else
			put_twins(section, way, offer, out);
	}
}
