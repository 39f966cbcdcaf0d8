/*
 * A session description as a view of its bytes: the lines and the media
 * sections as slices, nothing copied.  RFC 8866; tolerant of lines that end in
 * LF alone, of a wrong order and of lines that are missing.
 */
#ifndef MSG_SDP_H
#define MSG_SDP_H

#include "base/i18n.h"
#include "base/str.h"

#define MSG_SDP_LINES 512
#define MSG_SDP_MEDIA 32

/* X(letter, name, section of RFC 8866, what it is for) */
#define MSG_SDP_TYPES(X)                                                       \
	X('v', "version", "5.1", N_("the version of SDP, which is 0"))         \
	X('o', "origin", "5.2",                                                \
	    N_("the creator of this description, the session ID and the "      \
	       "version"))                                                     \
	X('s', "session name", "5.3", N_("the session's name, often just -"))  \
	X('i', "information", "5.4", N_("a description for people to read"))   \
	X('u', "URI", "5.5", N_("where to find more about the session"))       \
	X('e', "email", "5.6",                                                 \
	    N_("an email address for questions about the session"))            \
	X('p', "phone", "5.6",                                                 \
	    N_("a phone number for questions about the session"))              \
	X('c', "connection", "5.7", N_("the address to which media are sent")) \
	X('b', "bandwidth", "5.8", N_("the bandwidth that the media need"))    \
	X('t', "time", "5.9", N_("when the session begins and ends"))          \
	X('r', "repeat", "5.10", N_("how often the session is repeated"))      \
	X('z', "time zones", "5.11",                                           \
	    N_("changes of the time zone during the session"))                 \
	X('k', "key", "5.12", N_("a key for the media; obsolete"))             \
	X('a', "attribute", "5.13",                                            \
	    N_("a property of the session, or of the media stream above"))     \
	X('m', "media", "5.14",                                                \
	    N_("one media stream: its type, port, protocol and formats"))

struct msg_sdp_type {
	char letter;
	const char *name;
	const char *section; /* of RFC 8866 */
	const char *text;    /* our sentence, untranslated */
};

struct msg_sdp_attribute {
	const char *name;
	unsigned rfc;
	const char *section;
	const char *text; /* our sentence, untranslated */
};

enum msg_sdp_direction {
	MSG_SDP_SENDRECV, /* also where nothing is said */
	MSG_SDP_SENDONLY,
	MSG_SDP_RECVONLY,
	MSG_SDP_INACTIVE,
};

struct msg_sdp_line {
	struct str line;  /* without its end */
	struct str value; /* behind the '=' */
	char type;        /* 0: the line is no "x=..." */
	unsigned media;   /* 0: of the session, else number of the section */
};

struct msg_sdp_media {
	struct str type;      /* "audio" */
	uint16_t port;        /* 0: the stream is rejected or taken out */
	unsigned nports;      /* 1 where nothing is said */
	struct str proto;     /* "RTP/AVP" */
	struct str formats;   /* "0 8 101" */
	struct str address;   /* its own c= or the session's; may be empty */
	struct str net, kind; /* what that is of: "IN", "IP4" */
	bool v6;
	enum msg_sdp_direction direction;
};

struct msg_sdp {
	struct msg_sdp_line lines[MSG_SDP_LINES];
	size_t nlines;
	struct msg_sdp_media media[MSG_SDP_MEDIA];
	size_t nmedia;
	struct str address, net, kind; /* the session's c= */
	bool v6;
	enum msg_sdp_direction direction; /* the session's */
	uint64_t names; /* bits of the names of all its attributes */
};

/*
 * Reads TEXT.  0, ERR_SYNTAX (a line that is none, the first line is not v=,
 * an m= or c= line that can't be read) or ERR_LIMIT, with *AT (may be NULL) at
 * the first such line; the rest is read all the same.  Linear in the bytes.
 * S is large (23 kB): reuse it.
 */
int msg_sdp_read(struct msg_sdp *s, struct str text, struct str *at);

/* The type of a line that S, as it was read, must have and has not: one of v=,
 * o=, s=, t=, or a c= that counts for each stream (5.7); 0: none is missing. */
char msg_sdp_missing(const struct msg_sdp *s);

/* "rtpmap:0 PCMU/8000" into name and value (empty for a flag). */
struct str msg_sdp_attribute_cut(struct str attribute, struct str *value);

/*
 * The "NAME:..." attribute with its value, of section MEDIA (1 ...) or of the
 * session (0); the N-th of that name (from 0).  False where there is none.
 */
bool msg_sdp_attribute_find(const struct msg_sdp *s, unsigned media,
    const char *name, size_t n, struct str *value);

/* From line *I on, the next one of that name. */
bool msg_sdp_attribute_next(const struct msg_sdp *s, unsigned media,
    const char *name, size_t *i, struct str *value);
/* Section MEDIA has ICE (RFC 8445): its media may go to addresses in no SDP. */
bool msg_sdp_has_ice(const struct msg_sdp *s, unsigned media);

/* The rows of a line's type, of an attribute; NULL for unknown ones. */
const struct msg_sdp_type *msg_sdp_type(char letter);
const struct msg_sdp_attribute *msg_sdp_attribute(struct str name);

/* RFC 3264 8.4, RFC 6157 4.1: ADDRESS stands for none, to which nothing is
 * sent. */
bool msg_sdp_is_nowhere(struct str address);

/* "sendonly" */
const char *msg_sdp_direction_name(enum msg_sdp_direction d);

/* The codec that RFC 3551 6 gives to a static payload type, as "PCMU/8000";
 * NULL for one that a=rtpmap must name. */
const char *msg_sdp_static_codec(unsigned payload_type);

/* The codec of format FORMAT of section MEDIA (1 ...), by a=rtpmap or RFC 3551,
 * "PCMU/8000"; FORMAT itself where it has no name. */
struct str
msg_sdp_codec(const struct msg_sdp *s, unsigned media, struct str format);
/* Section MEDIA has a format of CODEC. */
bool
msg_sdp_has_codec(const struct msg_sdp *s, unsigned media, struct str codec);
/* Each codec of section MEDIA of B is one of A's as well. */
bool msg_sdp_has_codecs(
    const struct msg_sdp *a, const struct msg_sdp *b, unsigned media);

#endif
