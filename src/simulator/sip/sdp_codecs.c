/*
 * What a stream's formats stand for.  A payload type is a number that a=rtpmap
 * gives a meaning, and RFC 3551 where there is none: two sides speak of the
 * same codec where encoding name and clock are the same (RFC 3264 6.1, RFC 8866
 * 6.6).
 */
#include "sip/sdp_crypto.h"

#include "base/err.h"

#define PAYLOADS 128

const struct sip_sdp_codec sip_sdp_codecs[SIP_SDP_CODECS] = {
#define X(id, name, kind, payload, map, fmtp) \
	{ name, SIP_SDP_##kind, payload, map, fmtp },
	SIP_SDP_CODEC_LIST(X)
#undef X
};

static const char *const kinds[SIP_SDP_KINDS] = { "audio", "video" };

const char *
sip_sdp_kind_name(enum sip_sdp_kind kind)
{
	return kinds[kind];
}

enum sip_sdp_kind
sip_sdp_kind_find(struct str type)
{
	unsigned k = 0;

	while (k < SIP_SDP_KINDS && !str_is(type, kinds[k]))
		k++;
	return (enum sip_sdp_kind)k;
}

/* ---- what a phone can do ---- */

static struct str
next_name(struct str *rest)
{
	struct str name;
	size_t n = 0;

	while (rest->n > 0 && (rest->p[0] == ' ' || rest->p[0] == ','))
		*rest = str_slice(*rest, 1, rest->n);
	while (n < rest->n && rest->p[n] != ' ' && rest->p[n] != ',')
		n++;
	name = str_slice(*rest, 0, n);
	*rest = str_slice(*rest, n, rest->n);
	return name;
}

unsigned
sip_sdp_can_mask(const struct sip_sdp_can *can, enum sip_sdp_kind kind)
{
	unsigned mask = 0;

	for (size_t i = 0; i < can->ncodecs; i++)
		if (sip_sdp_codecs[can->codecs[i]].kind == kind)
			mask |= 1u << can->codecs[i];
	return mask;
}

static void
add_codec(struct sip_sdp_can *can, size_t codec)
{
	for (size_t i = 0; i < can->ncodecs; i++)
		if (can->codecs[i] == codec)
			return;
	can->codecs[can->ncodecs++] = (uint8_t)codec;
}

void
sip_sdp_can_read(
    struct sip_sdp_can *can, const char *codecs, const char *streams)
{
	/* What every phone has. */
	static const uint8_t usual[] = { SIP_SDP_CODEC_PCMU, SIP_SDP_CODEC_PCMA,
		SIP_SDP_CODEC_H264 };
	struct str rest = str_of(codecs), name;
	bool named[SIP_SDP_KINDS];

	*can = (struct sip_sdp_can){ 0 };
	while ((name = next_name(&rest)).n > 0)
		for (size_t c = 0; c < SIP_SDP_CODECS; c++)
			if (str_iis(name, sip_sdp_codecs[c].name))
				add_codec(can, c);
	for (unsigned k = 0; k < SIP_SDP_KINDS; k++)
		named[k] = (sip_sdp_can_mask(can, (enum sip_sdp_kind)k) &
			       ~SIP_SDP_CODECS_BESIDE) != 0;
	for (size_t i = 0; i < sizeof(usual); i++)
		if (!named[sip_sdp_codecs[usual[i]].kind])
			add_codec(can, usual[i]);
	rest = str_of(streams);
	while ((name = next_name(&rest)).n > 0)
		if (sip_sdp_kind_find(name) < SIP_SDP_KINDS)
			can->kinds |= 1u << sip_sdp_kind_find(name);
	if (can->kinds == 0)
		can->kinds = 1u << SIP_SDP_AUDIO;
}

/* ---- profiles ---- */

unsigned
sip_sdp_profile(struct str proto)
{
	return str_iis(proto, "RTP/AVP")       ? SIP_SDP_PLAIN
	       : str_iis(proto, "RTP/SAVP")    ? SIP_SDP_SECRET
	       : str_iis(proto, "TCP/RTP/AVP") ? SIP_SDP_FRAMED
					       : 0;
}

unsigned
sip_sdp_can_offer(const struct sip_sdp_can *can)
{
	return can->secrecy != SIP_SDP_SECRECY_NO ? SIP_SDP_SECRET
	       : can->wire.framed                 ? SIP_SDP_FRAMED
						  : SIP_SDP_PLAIN;
}

const char *
sip_sdp_profile_name(unsigned profile)
{
	return profile == SIP_SDP_SECRET   ? "RTP/SAVP"
	       : profile == SIP_SDP_FRAMED ? "TCP/RTP/AVP"
					   : "RTP/AVP";
}

static unsigned
profiles_of(const struct sip_sdp_can *can)
{
	static const unsigned taken[] = {
#define X(id, word, takes) takes,
		SIP_SDP_SECRECIES(X)
#undef X
	};

	/* Nothing is encrypted over TCP. */
	if (can->wire.framed && can->secrecy != SIP_SDP_SECRECY_REQUIRE)
		return taken[can->secrecy] | SIP_SDP_FRAMED;
	return taken[can->secrecy];
}

/* ---- formats ---- */

/* "PCMU/8000" of "pcmu/8000/1": one channel is the default. */
static bool
is_map(struct str map, const char *name)
{
	struct str one = STR("/1");

	if (map.n > one.n && str_eq(str_slice(map, map.n - one.n, map.n), one))
		map.n -= one.n;
	return str_iis(map, name);
}

/* What stream MEDIA (from 1) says of its payload types, as "PCMU/8000": the
 * first time counts. */
static void
sdp_codec_read_maps(
    const struct msg_sdp *sdp, unsigned media, struct str maps[PAYLOADS])
{
	for (size_t i = 0; i < sdp->nlines; i++) {
		const struct msg_sdp_line *l = &sdp->lines[i];
		struct str value, map;
		uint32_t number;

		if (l->type != 'a' || l->media != media ||
		    !str_is(msg_sdp_attribute_cut(l->value, &value), "rtpmap"))
			continue;
		if (str_u32(str_cut(str_trim(value), ' ', &map), &number) ==
			0 &&
		    number < PAYLOADS && maps[number].n == 0)
			maps[number] = str_trim(map);
	}
}

static size_t
sdp_codec_find(struct str map, unsigned mask)
{
	size_t c = 0;

	while (c < SIP_SDP_CODECS &&
	       ((mask & 1u << c) == 0 || !is_map(map, sip_sdp_codecs[c].map)))
		c++;
	return c;
}

size_t
sip_sdp_common(const struct msg_sdp *sdp, size_t i, unsigned mask,
    struct sip_sdp_format both[SIP_SDP_CODECS])
{
	const struct msg_sdp_media *m = &sdp->media[i];
	struct str maps[PAYLOADS] = { 0 };
	struct str rest = m->formats;
	uint32_t payload;
	size_t n = 0, tones = 0;

	/* RFC 3264 6: another profile asks for what this side can't do. */
	if (sip_sdp_kind_find(m->type) == SIP_SDP_KINDS ||
	    (sip_sdp_profile(m->proto) & mask) == 0 || m->port == 0)
		return 0;
	sdp_codec_read_maps(sdp, (unsigned)i + 1, maps);
	while (rest.n > 0 && n < SIP_SDP_CODECS) {
		struct str word = str_cut(str_trim(rest), ' ', &rest);
		size_t c;

		if (str_u32(word, &payload) != 0 || payload >= PAYLOADS)
			continue;
		c = sdp_codec_find(maps[payload].n > 0
				       ? maps[payload]
				       : str_of(msg_sdp_static_codec(payload)),
		    mask);
		if (c == SIP_SDP_CODECS ||
		    !str_is(m->type, kinds[sip_sdp_codecs[c].kind]))
			continue;
		mask &= ~(1u << c);
		tones += (SIP_SDP_CODECS_BESIDE >> c & 1u) != 0;
		both[n++] = (struct sip_sdp_format){ (int)payload, c };
	}
	/* RFC 4733, RFC 3389: tones and noise go along with sound. */
	return n > tones ? n : 0;
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

/* ---- offers that can't be used ---- */

/* RFC 8866 5.7; an absent one is valid. */
static bool
sdp_codec_is_internet(const struct msg_sdp_media *m)
{
	return m->address.n == 0 || str_iis(m->net, "IN");
}

bool
sip_sdp_reaches(const struct msg_sdp_media *m, bool v6)
{
	return sdp_codec_is_internet(m) &&
	       (m->address.n == 0 || str_iis(m->kind, v6 ? "IP6" : "IP4"));
}

static bool
has_kind(const struct sip_sdp_can *can, struct str type)
{
	enum sip_sdp_kind kind = sip_sdp_kind_find(type);

	return kind < SIP_SDP_KINDS && (can->kinds & 1u << kind) != 0;
}

unsigned
sip_sdp_can_stream(
    const struct sip_sdp_can *can, const struct msg_sdp *sdp, size_t i)
{
	const struct msg_sdp_media *m = &sdp->media[i];

	return has_kind(can, m->type) && sip_sdp_reaches(m, can->v6)
		   ? sip_sdp_can_mask(can, sip_sdp_kind_find(m->type)) |
			 profiles_of(can)
		   : 0;
}

/* X(ID, code, words): RFC 3261 20.43: what a stream fails by, in the order in
 * which it is looked at. */
#define HURDLES(X)                                                         \
	X(KIND, 304, "Media type not available")                           \
	X(NET, 300, "Incompatible network protocol")                       \
	X(ADDRESS, 301, "Incompatible network address formats")            \
	X(PROTO, SIP_SDP_WARNING_PROTO, "Incompatible transport protocol") \
	X(KEY, SIP_SDP_WARNING_KEY, NULL) /* the key is of no use */       \
	X(FORMAT, 305, "Incompatible media format")                        \
	X(NONE, 0, "")

enum hurdle {
#define X(id, code, text) HURDLE_##id,
	HURDLES(X)
#undef X
};

static const struct {
	unsigned code;
	const char *text;
} hurdles[] = {
#define X(id, code, text) [HURDLE_##id] = { code, text },
	HURDLES(X)
#undef X
};

static enum hurdle
sdp_codec_find_hurdle(const struct sip_sdp_can *can, const struct msg_sdp *sdp,
    size_t i, enum sdes_fault *fault)
{
	struct sip_sdp_format both[SIP_SDP_CODECS];
	const struct msg_sdp_media *m = &sdp->media[i];
	unsigned mask = sip_sdp_can_stream(can, sdp, i);
	struct sdes_line line;

	if (!has_kind(can, m->type))
		return HURDLE_KIND;
	if (!sdp_codec_is_internet(m))
		return HURDLE_NET;
	if (!sip_sdp_reaches(m, can->v6))
		return HURDLE_ADDRESS;
	if ((sip_sdp_profile(m->proto) & mask) == 0)
		return HURDLE_PROTO;
	*fault = sip_sdp_crypto_choose(sdp, i, &line);
	if (*fault != SDES_NONE)
		return HURDLE_KEY;
	return sip_sdp_common(sdp, i, mask, both) > 0 ? HURDLE_NONE
						      : HURDLE_FORMAT;
}

/* The stream that gets farthest counts.  RFC 3264 6, 8.2: a stream with port 0
 * wants nothing, and where all have it there is nothing to reject. */
static unsigned
sdp_codec_judge_streams(
    const struct sip_sdp_can *can, const struct msg_sdp *sdp, const char **text)
{
	enum hurdle best = HURDLE_KIND;
	enum sdes_fault fault = SDES_NONE;
	bool any = false;

	for (size_t i = 0; i < sdp->nmedia; i++) {
		enum hurdle h;

		if (sdp->media[i].port == 0)
			continue;
		h = sdp_codec_find_hurdle(can, sdp, i, &fault);
		best = h > best ? h : best;
		any = true;
	}
	*text = hurdles[best].text != NULL ? hurdles[best].text
					   : sdes_fault_words(fault);
	return any ? hurdles[best].code : 0;
}

/* RFC 8866 5: the lines that there must be. */
static const char *
sdp_codec_find_missing(const struct msg_sdp *sdp)
{
	switch (msg_sdp_missing(sdp)) {
	case '\0':
		return NULL;
	case 'o':
		return "The session description has no o= line";
	case 's':
		return "The session description has no s= line";
	case 't':
		return "The session description has no t= line";
	case 'c':
		return "A stream of the session description has no c= line";
	default:
		return "The session description has no v= line";
	}
}

unsigned
sip_sdp_judge(const struct sip_sdp_can *can, size_t nplaces, struct str offer,
    const char **text)
{
	struct msg_sdp sdp;
	int err = msg_sdp_read(&sdp, offer, NULL);

	*text = err == ERR_LIMIT ? "The session description is too long"
				 : "The session description can't be read";
	if (err != 0)
		return 399;
	*text = sdp_codec_find_missing(&sdp);
	if (*text != NULL)
		return 399;
	/* RFC 3264 8 */
	*text = "The offer has fewer m= lines than the one before";
	if (sdp.nmedia < nplaces)
		return 399;
	return sdp_codec_judge_streams(can, &sdp, text);
}
