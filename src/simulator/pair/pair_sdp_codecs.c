/* Which codecs of an offer a box lets through (the attribute `codecs`). */
#include "pair/pair_sdp_in.h"

#include "base/err.h"
#include "media/rtp.h"
#include "sip/sdp_codecs.h"

#include <string.h>

/* The name of format PAYLOAD in SECTION (RFC 8866 6.6), or by RFC 3551. */
static struct str
name_format(struct str section, struct str payload)
{
	uint32_t number;

	while (section.n > 0) {
		struct str line = str_trim(pair_sdp_line(&section)), map, rest;

		if (!str_starts(line, "a=rtpmap:"))
			continue;
		map = str_slice(line, 9, line.n);
		if (str_eq(str_cut(map, ' ', &rest), payload))
			return str_cut(str_trim(rest), '/', &map);
	}
	if (str_u32(payload, &number) == 0)
		for (size_t i = 0; i < SIP_SDP_CODECS; i++)
			if (sip_sdp_codecs[i].payload == (int)number)
				return str_of(sip_sdp_codecs[i].name);
	return STR_NULL;
}

static bool
is_allowed(const char *codecs, struct str section, struct str payload)
{
	struct str name = name_format(section, payload);
	struct str rest = str_of(codecs);

	if (str_iis(name, "telephone-event"))
		return true;
	while (name.n > 0 && rest.n > 0)
		if (str_ieq(str_cut(rest, ' ', &rest), name))
			return true;
	return false;
}

/* The payload type that LINE, an attribute, is about; empty: about none. */
static struct str
find_payload(struct str line)
{
	static const char *const starts[] = {
		"a=rtpmap:", "a=fmtp:", "a=rtcp-fb:"
	};
	struct str rest;

	for (size_t i = 0; i < COUNT_OF(starts); i++) {
		size_t n = strlen(starts[i]);

		if (str_starts(line, starts[i]))
			return str_cut(
			    str_trim(str_slice(line, n, line.n)), ' ', &rest);
	}
	return STR_NULL;
}

/* SECTION, a stream that is offered, with the formats alone that are allowed;
 * where none is, its port is 0.  True: some are. */
static bool
put_allowed(const char *codecs, struct str section, struct buf *out)
{
	struct str at = section, rest, formats, proto, port;
	struct str line = str_trim(pair_sdp_line(&at));
	struct str type = str_cut(line, ' ', &rest);
	LOCAL_BUF kept = BUF_INIT;
	size_t all;

	port = str_cut(rest, ' ', &rest);
	proto = str_cut(rest, ' ', &formats);
	for (rest = formats; rest.n > 0;) {
		struct str payload = str_cut(rest, ' ', &rest);

		if (is_allowed(codecs, section, payload))
			buf_printf(&kept, " %.*s", STR_ARG(payload));
	}
	all = kept.n;
	buf_printf(out, "%.*s %.*s %.*s%s%.*s\r\n", STR_ARG(type),
	    all > 0 ? (int)port.n : 1, all > 0 ? port.p : "0", STR_ARG(proto),
	    all > 0 ? "" : " ", all > 0 ? (int)kept.n : (int)formats.n,
	    all > 0 ? kept.p : formats.p);
	while (at.n > 0) {
		struct str next = pair_sdp_line(&at);
		struct str payload = find_payload(next);

		if (payload.n == 0 || all == 0 ||
		    is_allowed(codecs, section, payload))
			buf_str(out, next);
	}
	if (kept.err != 0)
		out->err = kept.err;
	return all > 0;
}

int
pair_sdp_put_allowed(const char *codecs, struct str text, struct buf *out)
{
	size_t streams = 0, left = 0;

	buf_str(out, pair_sdp_part(&text));
	for (; text.n > 0; streams++) {
		struct str section = pair_sdp_part(&text), rest;
		struct str type = str_cut(section, ' ', &rest);
		bool known = str_is(type, "m=audio") || str_is(type, "m=video");

		if (!known)
			buf_str(out, section);
		left += !known || put_allowed(codecs, section, out);
	}
	if (out->err != 0)
		return ERR_NOMEM;
	return streams > 0 && left == 0 ? ERR_UNSUPPORTED : 0;
}

/* ---- PCMU made of PCMA and the other way round: RFC 7092 3.2.3 ---- */

/* Of PCMU and PCMA the other one; negative: NUMBER is neither. */
static int
pair_sdp_twin(unsigned number)
{
	return number == RTP_PCMU   ? RTP_PCMA
	       : number == RTP_PCMA ? RTP_PCMU
				    : -1;
}

/* The twin that an offer with FORMATS gets for N; negative: none. */
static int
find_offered_twin(uint32_t n, struct str formats)
{
	int twin = pair_sdp_twin(n);

	return twin < 0 || pair_codec_has(formats, (unsigned)twin) ? -1 : twin;
}

static void
put_offered(struct str formats, struct buf *out)
{
	for (struct str rest = formats; rest.n > 0;) {
		struct str word = str_cut(rest, ' ', &rest);
		uint32_t n;
		int twin =
		    str_u32(word, &n) == 0 ? find_offered_twin(n, formats) : -1;

		buf_printf(out, " %.*s", STR_ARG(word));
		if (twin >= 0)
			buf_printf(out, " %d", twin);
	}
}

/* Format N of an answer to OFFER, a section: itself, its twin, or negative,
 * that is not to be there. */
static int
find_answered_twin(uint32_t n, struct str formats, struct str offer)
{
	int twin = pair_sdp_twin(n);

	if (twin < 0 || pair_sdp_has_format(offer, n))
		return (int)n;
	if (!pair_sdp_has_format(offer, (unsigned)twin))
		return (int)n;
	return pair_codec_has(formats, (unsigned)twin) ? -1 : twin;
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
		as = find_answered_twin(n, formats, offer);
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
	twin = way->offers ? find_offered_twin(n, formats)
			   : find_answered_twin(n, formats, offer);
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
pair_codec_find_offer(
    const struct pair_sdp *s, int side, int at, struct str offer)
{
	for (size_t i = 0; i < s->n; i++)
		if (s->streams[i].at[!side] == at)
			return pair_sdp_section(offer, s->streams[i].at[side]);
	return STR_NULL;
}

/* RFC 3711: the box does not open encrypted packets that it forwards. */
static bool
pair_codec_is_sealed(struct str section)
{
	struct str head;

	pair_sdp_formats(pair_sdp_line(&section), &head);
	return str_ends(head, " RTP/SAVP");
}

/* With the attribute `transcode` an offer of the box has both, if one was
 * offered to it, and its answer has the one that was.  Both stand for the same
 * samples at the same times, by the payload types of RFC 3551 6. */
void
pair_sdp_put_twins(const struct pair_sdp *s, int side, struct str text,
    const struct pair_sdp_way *way, struct buf *out)
{
	buf_str(out, pair_sdp_part(&text));
	for (int at = 0; text.n > 0; at++) {
		struct str section = pair_sdp_part(&text);
		struct str offer =
		    pair_codec_find_offer(s, side, at, way->offer);

		if (!str_starts(section, "m=audio ") ||
		    pair_codec_is_sealed(section) ||
		    (!way->offers && offer.n == 0))
			buf_str(out, section);
		else
			put_twins(section, way, offer, out);
	}
}
