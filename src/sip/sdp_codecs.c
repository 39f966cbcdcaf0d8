/*
 * What a stream's formats stand for.  A payload type is a number that a=rtpmap
 * gives a meaning, and RFC 3551 where there is none: two sides speak of the
 * same codec where encoding name and clock are the same (RFC 3264 6.1, RFC 8866
 * 6.6).
 */
#include "sip/sdp_codecs.h"

#include "base/err.h"

const struct sip_sdp_codec sip_sdp_codecs[SIP_SDP_CODECS] = {
	{ 0, "PCMU/8000" },
	{ 8, "PCMA/8000" },
};

/* "PCMU/8000" of "pcmu/8000/1": one channel is what goes without saying. */
static bool
is_map(struct str map, const char *name)
{
	struct str one = STR("/1");

	if (map.n > one.n && str_eq(str_slice(map, map.n - one.n, map.n), one))
		map.n -= one.n;
	return str_iis(map, name);
}

/* What stream MEDIA (from 1) means by PAYLOAD, as "PCMU/8000"; or empty. */
static struct str
meaning(const struct msg_sdp *sdp, unsigned media, uint32_t payload)
{
	struct str value, map;
	uint32_t number;

	for (size_t i = 0;
	     msg_sdp_attribute_find(sdp, media, "rtpmap", i, &value); i++)
		if (str_u32(str_cut(str_trim(value), ' ', &map), &number) ==
			0 &&
		    number == payload)
			return str_trim(map);
	return str_of(msg_sdp_static_codec(payload));
}

static bool
is_said(const struct sip_sdp_format *list, size_t n, size_t codec)
{
	while (n > 0)
		if (list[--n].codec == codec)
			return true;
	return false;
}

size_t
sip_sdp_common(const struct msg_sdp *sdp, size_t i,
    struct sip_sdp_format both[SIP_SDP_CODECS])
{
	const struct msg_sdp_media *m = &sdp->media[i];
	struct str rest = m->formats;
	uint32_t payload;
	size_t n = 0;

	/* RFC 3264 6: another profile asks for what this side can't do. */
	if (!str_is(m->type, "audio") || !str_iis(m->proto, "RTP/AVP") ||
	    m->port == 0)
		return 0;
	while (rest.n > 0 && n < SIP_SDP_CODECS) {
		struct str word = str_cut(str_trim(rest), ' ', &rest), map;

		if (str_u32(word, &payload) != 0 || payload > 127)
			continue;
		map = meaning(sdp, (unsigned)i + 1, payload);
		for (size_t c = 0; c < SIP_SDP_CODECS; c++)
			if (is_map(map, sip_sdp_codecs[c].map) &&
			    !is_said(both, n, c))
				both[n++] =
				    (struct sip_sdp_format){ (int)payload, c };
	}
	return n;
}

bool
sip_sdp_sends(enum msg_sdp_direction d)
{
	return d == MSG_SDP_SENDRECV || d == MSG_SDP_SENDONLY;
}

bool
sip_sdp_receives(enum msg_sdp_direction d)
{
	return d == MSG_SDP_SENDRECV || d == MSG_SDP_RECVONLY;
}

bool
sip_sdp_usable(struct str offer)
{
	struct sip_sdp_format both[SIP_SDP_CODECS];
	struct msg_sdp sdp;

	if (msg_sdp_read(&sdp, offer, NULL) != 0)
		return false;
	for (size_t i = 0; i < sdp.nmedia; i++)
		if (sip_sdp_common(&sdp, i, both) > 0)
			return true;
	return sdp.nmedia == 0;
}

bool
sip_sdp_fits(const struct sip_sdp_session *s, struct str answer)
{
	struct sip_sdp_format both[SIP_SDP_CODECS];
	struct msg_sdp sdp;
	bool any = false;

	/* 6: as many m= lines as the offer has, each of its kind. */
	if (msg_sdp_read(&sdp, answer, NULL) != 0 || sdp.nmedia != s->nplaces)
		return false;
	for (size_t i = 0; i < sdp.nmedia; i++) {
		if (!str_is(sdp.media[i].type, s->places[i].type))
			return false;
		any |= s->places[i].own && sip_sdp_common(&sdp, i, both) > 0;
	}
	return any;
}

bool
sip_sdp_says_receives(struct str text, bool *receives)
{
	struct sip_sdp_format both[SIP_SDP_CODECS];
	struct msg_sdp sdp;

	if (text.n == 0 || msg_sdp_read(&sdp, text, NULL) != 0)
		return false;
	for (size_t i = 0; i < sdp.nmedia; i++)
		if (sip_sdp_common(&sdp, i, both) > 0) {
			const struct msg_sdp_media *m = &sdp.media[i];

			*receives = sip_sdp_receives(m->direction) &&
				    !msg_sdp_is_nowhere(m->address);
			return true;
		}
	return false;
}
