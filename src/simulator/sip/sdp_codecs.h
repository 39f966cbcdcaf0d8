/* The codecs that a stream's formats name. */
#ifndef SIP_SDP_CODECS_H
#define SIP_SDP_CODECS_H

#include "sip/sdp_wire.h"

/* X(ID, name, kind, payload type, encoding, format parameters): the formats
 * that a phone speaks of, in the order of its preference.  RFC 3551 table 4 and
 * 5; numbers from 96 are only proposed. */
#define SIP_SDP_CODEC_LIST(X)                                            \
	X(PCMU, "PCMU", AUDIO, 0, "PCMU/8000", NULL)                     \
	X(PCMA, "PCMA", AUDIO, 8, "PCMA/8000", NULL)                     \
	X(G722, "G722", AUDIO, 9, "G722/8000", NULL)                     \
	X(G729, "G729", AUDIO, 18, "G729/8000", NULL)                    \
	X(OPUS, "opus", AUDIO, 96, "opus/48000/2", NULL)                 \
	X(EVENTS, "telephone-event", AUDIO, 101, "telephone-event/8000", \
	    "0-15")                                                      \
	X(CN, "CN", AUDIO, 13, "CN/8000", NULL)                          \
	X(H264, "H264", VIDEO, 97, "H264/90000", NULL)                   \
	X(VP8, "VP8", VIDEO, 98, "VP8/90000", NULL)                      \
	X(PS, "PS", VIDEO, 96, "PS/90000", NULL)

/* Their names with single spaces between, and one behind the last. */
#define SIP_SDP_CODEC_WORD(id, name, kind, payload, map, fmtp) name " "

#define SIP_SDP_CODEC_WORDS SIP_SDP_CODEC_LIST(SIP_SDP_CODEC_WORD)

enum {
#define X(id, name, kind, payload, map, fmtp) SIP_SDP_CODEC_##id,
	SIP_SDP_CODEC_LIST(X)
#undef X
	    SIP_SDP_CODECS
};

enum sip_sdp_kind { SIP_SDP_AUDIO, SIP_SDP_VIDEO, SIP_SDP_KINDS };

struct sip_sdp_codec {
	const char *name;
	enum sip_sdp_kind kind;
	int payload;
	const char *map, *fmtp;
};

/* Codecs that carry no speech: digits and comfort noise. */
#define SIP_SDP_CODECS_BESIDE \
	(1u << SIP_SDP_CODEC_EVENTS | 1u << SIP_SDP_CODEC_CN)

extern const struct sip_sdp_codec sip_sdp_codecs[SIP_SDP_CODECS];

/* "audio" */
const char *sip_sdp_kind_name(enum sip_sdp_kind kind);
/* SIP_SDP_KINDS where TYPE is none of them. */
enum sip_sdp_kind sip_sdp_kind_find(struct str type);

/* How a stream goes: as RTP/AVP, as RTP/SAVP (RFC 3711, RFC 4568), or as
 * TCP/RTP/AVP (RFC 4571).  Bits of masks, beside those of codecs. */
#define SIP_SDP_PLAIN  (1u << 30)
#define SIP_SDP_SECRET (1u << 31)
#define SIP_SDP_FRAMED (1u << 29)

/* X(ID, word, the profiles that it takes): whether its streams are secret. */
#define SIP_SDP_SECRECIES(X)                              \
	X(NO, "no", SIP_SDP_PLAIN)                        \
	X(OFFER, "offer", SIP_SDP_PLAIN | SIP_SDP_SECRET) \
	X(REQUIRE, "require", SIP_SDP_SECRET)

enum sip_sdp_secrecy {
#define X(id, word, takes) SIP_SDP_SECRECY_##id,
	SIP_SDP_SECRECIES(X)
#undef X
};

/* X(ID, word): its part in ICE (RFC 8445 2.5): none, only to answer checks, or
 * to make them as well. */
#define SIP_SDP_ICE_PARTS(X) \
	X(NO, "no")          \
	X(LITE, "lite")      \
	X(FULL, "full")

enum sip_sdp_ice_part {
#define X(id, word) SIP_SDP_ICE_##id,
	SIP_SDP_ICE_PARTS(X)
#undef X
};

/* What a phone can do. */
struct sip_sdp_can {
	unsigned
	    kinds; /* a bit for each: the streams that it offers and takes */
	bool v6;   /* its address is one of IPv6, not of IPv4 */
	struct sip_sdp_wire wire; /* what it says where it may */
	enum sip_sdp_ice_part ice;
	unsigned bandwidth; /* b=AS, kbit/s; 0: nothing is said of it */
	unsigned ptime; /* of audio, ms in a packet that comes; 0: the usual */
	unsigned maxptime; /* … and at most; 0: it does not say */
	enum sip_sdp_secrecy secrecy;
	size_t ncodecs;
	uint8_t codecs[SIP_SDP_CODECS]; /* as it prefers them */
};

/* CODECS and STREAMS, names with spaces or commas between (may be NULL), into
 * CAN: a kind of which no codec is named has its usual ones, names that are not
 * known are left out; without a stream there is audio. */
void sip_sdp_can_read(
    struct sip_sdp_can *can, const char *codecs, const char *streams);
/* Its codecs for streams of KIND, a bit for each. */
unsigned
sip_sdp_can_mask(const struct sip_sdp_can *can, enum sip_sdp_kind kind);

/* SIP_SDP_PLAIN, SIP_SDP_SECRET or SIP_SDP_FRAMED for the PROTO of an m= line;
 * 0: none of them. */
unsigned sip_sdp_profile(struct str proto);
/* The one that CAN offers. */
unsigned sip_sdp_can_offer(const struct sip_sdp_can *can);
/* "RTP/SAVP" for SIP_SDP_SECRET. */
const char *sip_sdp_profile_name(unsigned profile);

/* The same for stream I of SDP, and the profiles that it may have; none where
 * its kind is not one of CAN's, or CAN can't reach its address. */
unsigned sip_sdp_can_stream(
    const struct sip_sdp_can *can, const struct msg_sdp *sdp, size_t i);

/* A format of a stream that is known here. */
struct sip_sdp_format {
	int payload;
	size_t codec; /* of sip_sdp_codecs */
};

/* The formats of stream I (from 0) that both sides know, in its order, of the
 * codecs and profiles in MASK: how many; 0 also where the stream is not for
 * this side or taken out, or has nothing but tones.  Linear in the lines and
 * formats. */
size_t sip_sdp_common(const struct msg_sdp *sdp, size_t i, unsigned mask,
    struct sip_sdp_format both[SIP_SDP_CODECS]);
bool sip_sdp_sends(enum msg_sdp_direction d);
bool sip_sdp_receives(enum msg_sdp_direction d);

/* M's address is one that a side with an address of IPv6 (V6), or of IPv4,
 * reaches: RFC 8866 5.7. */
bool sip_sdp_reaches(const struct msg_sdp_media *m, bool v6);

/* RFC 3261 20.43: a transport that is not here; an attribute that is of no use.
 */
#define SIP_SDP_WARNING_PROTO 302
#define SIP_SDP_WARNING_KEY   306

/* Whether CAN can answer OFFER, which is to change a session of NPLACES m=
 * lines (0: it is the first), so that a stream is left where it has one: 0, or
 * the code of a Warning (RFC 3261 20.43) with the words for it in *TEXT. */
unsigned sip_sdp_judge(const struct sip_sdp_can *can, size_t nplaces,
    struct str offer, const char **text);

#endif
