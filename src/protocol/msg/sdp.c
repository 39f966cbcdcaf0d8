/*
 * Reading a session description: cut into lines, then each line into the
 * section that it belongs to (RFC 8866 section 5).
 */
#include "msg/sdp.h"

#include "base/err.h"
#include "base/rows.h"

static const char *const directions[] = { "sendrecv", "sendonly", "recvonly",
	"inactive" };

bool
msg_sdp_is_nowhere(struct str address)
{
	return str_is(address, "0.0.0.0") || str_is(address, "::") ||
	       str_ends(address, ".invalid");
}

const char *
msg_sdp_direction_name(enum msg_sdp_direction d)
{
	return directions[d];
}

struct reader {
	struct msg_sdp *s;
	int err;
	struct str at;
};

static void
blame_line(struct reader *r, int err, struct str at)
{
	if (r->err == 0) {
		r->err = err;
		r->at = at;
	}
}

/* The word before the next space. */
static struct str
sdp_word(struct str *rest)
{
	struct str w = str_cut(*rest, ' ', rest);

	while (rest->n > 0 && rest->p[0] == ' ')
		*rest = str_slice(*rest, 1, rest->n);
	return w;
}

/* 5.7: c=<nettype> <addrtype> <connection-address>[/ttl[/count]] */
static void
sdp_read_connection(struct reader *r, const struct msg_sdp_line *line)
{
	struct str rest = line->value, net = sdp_word(&rest),
		   kind = sdp_word(&rest);
	struct str tail, address = str_cut(rest, '/', &tail);
	bool v6 = str_iis(kind, "IP6");

	if (net.n == 0 || kind.n == 0 || address.n == 0) {
		blame_line(r, ERR_SYNTAX, line->line);
		return;
	}
	if (line->media == 0) {
		r->s->address = address;
		r->s->net = net;
		r->s->kind = kind;
		r->s->v6 = v6;
	} else if (line->media <= MSG_SDP_MEDIA) {
		r->s->media[line->media - 1].address = address;
		r->s->media[line->media - 1].net = net;
		r->s->media[line->media - 1].kind = kind;
		r->s->media[line->media - 1].v6 = v6;
	}
}

/* 5.14: m=<media> <port>[/<number of ports>] <proto> <fmt> ... */
static void
sdp_read_media(struct reader *r, const struct msg_sdp_line *line)
{
	struct msg_sdp *s = r->s;
	struct msg_sdp_media *m;
	struct str rest = line->value, port, count;
	uint32_t n = 0;

	if (s->nmedia == MSG_SDP_MEDIA) {
		blame_line(r, ERR_LIMIT, line->line);
		return;
	}
	m = &s->media[s->nmedia++];
	*m = (struct msg_sdp_media){ .nports = 1,
		.address = s->address,
		.net = s->net,
		.kind = s->kind,
		.v6 = s->v6,
		.direction = s->direction };
	m->type = sdp_word(&rest);
	port = str_cut(sdp_word(&rest), '/', &count);
	m->proto = sdp_word(&rest);
	m->formats = str_trim(rest);
	if (str_u32(port, &n) != 0 || n > UINT16_MAX || m->proto.n == 0 ||
	    m->formats.n == 0)
		blame_line(r, ERR_SYNTAX, line->line);
	else
		m->port = (uint16_t)n;
	if (count.p != NULL && (str_u32(count, &n) != 0 || n == 0))
		blame_line(r, ERR_SYNTAX, line->line);
	else if (count.p != NULL)
		m->nports = n;
}

/* Names with the same bit are few: who has none of a bit need not look. */
static uint64_t
bit_of(struct str name)
{
	return name.n == 0
		   ? 0
		   : UINT64_C(1) << ((unsigned char)name.p[0] * 5U +
					(unsigned char)name.p[name.n - 1] * 3U +
					name.n) %
					64;
}

/* 6.7: the direction, of the session or of one stream */
static void
read_attribute(struct reader *r, const struct msg_sdp_line *line)
{
	struct str value;

	r->s->names |= bit_of(msg_sdp_attribute_cut(line->value, &value));
	/* All of them have as many letters. */
	for (unsigned i = 0; i < 4 && line->value.n == 8; i++) {
		if (!str_is(line->value, directions[i]))
			continue;
		if (line->media == 0)
			r->s->direction = (enum msg_sdp_direction)i;
		else if (line->media <= r->s->nmedia)
			r->s->media[line->media - 1].direction =
			    (enum msg_sdp_direction)i;
	}
}

static void
sdp_read_line(struct reader *r, struct str text)
{
	struct msg_sdp *s = r->s;
	struct msg_sdp_line *line;

	if (s->nlines == MSG_SDP_LINES) {
		blame_line(r, ERR_LIMIT, text);
		return;
	}
	line = &s->lines[s->nlines++];
	*line = (struct msg_sdp_line){ .line = text };
	if (text.n >= 2 && chr_is_alpha(text.p[0]) && text.p[1] == '=') {
		line->type = text.p[0];
		line->value = str_slice(text, 2, text.n);
	}
	line->media = (unsigned)s->nmedia + (line->type == 'm');
	if (line->media > MSG_SDP_MEDIA)
		line->media = MSG_SDP_MEDIA;
	if (line->type == 0 || (s->nlines == 1 && line->type != 'v'))
		blame_line(r, ERR_SYNTAX, text);
	else if (line->type == 'c')
		sdp_read_connection(r, line);
	else if (line->type == 'm')
		sdp_read_media(r, line);
	else if (line->type == 'a')
		read_attribute(r, line);
}

int
msg_sdp_read(struct msg_sdp *s, struct str text, struct str *at)
{
	struct reader r = { .s = s };
	struct str line;

	s->nlines = s->nmedia = 0;
	s->names = 0;
	s->address = s->net = s->kind = STR_NULL;
	s->v6 = false;
	s->direction = MSG_SDP_SENDRECV;
	if (text.n == 0)
		blame_line(&r, ERR_SYNTAX, text);
	while (text.n > 0) {
		line = str_cut_line(text, &text);
		if (line.n > 0 || text.n > 0)
			sdp_read_line(&r, line);
	}
	if (at != NULL)
		*at = r.at;
	return r.err;
}

static bool
has_type(const struct msg_sdp *s, char type)
{
	for (size_t i = 0; i < s->nlines; i++)
		if (s->lines[i].type == type && s->lines[i].media == 0)
			return true;
	return false;
}

char
msg_sdp_missing(const struct msg_sdp *s)
{
	static const char wanted[] = "vost";

	for (size_t i = 0; wanted[i] != '\0'; i++)
		if (!has_type(s, wanted[i]))
			return wanted[i];
	for (size_t i = 0; i < s->nmedia; i++)
		if (s->media[i].address.n == 0)
			return 'c';
	return '\0';
}

struct str
msg_sdp_attribute_cut(struct str attribute, struct str *value)
{
	return str_cut(attribute, ':', value);
}

bool
msg_sdp_attribute_next(const struct msg_sdp *s, unsigned media,
    const char *name, size_t *i, struct str *value)
{
	struct str v, wanted = str_of(name);

	if ((s->names & bit_of(wanted)) == 0)
		return false;
	while (*i < s->nlines) {
		const struct msg_sdp_line *line = &s->lines[(*i)++];

		if (line->type == 'a' && line->media == media &&
		    str_eq(msg_sdp_attribute_cut(line->value, &v), wanted)) {
			*value = v;
			return true;
		}
	}
	return false;
}

bool
msg_sdp_attribute_find(const struct msg_sdp *s, unsigned media,
    const char *name, size_t n, struct str *value)
{
	size_t i = 0;
	struct str v;

	while (msg_sdp_attribute_next(s, media, name, &i, &v))
		if (n-- == 0) {
			*value = v;
			return true;
		}
	return false;
}

bool
msg_sdp_has_ice(const struct msg_sdp *s, unsigned media)
{
	struct str value;

	return msg_sdp_attribute_find(s, media, "candidate", 0, &value) ||
	       msg_sdp_attribute_find(s, media, "ice-ufrag", 0, &value) ||
	       msg_sdp_attribute_find(s, 0, "ice-ufrag", 0, &value);
}

/* ---- the tables ---- */

/* RFC 8866 5 */
static const struct msg_sdp_type types[] = {
#define X(letter, name, section, text) { letter, name, section, text },
	MSG_SDP_TYPES(X)
#undef X
};

/* clang-format off */
static const struct msg_sdp_attribute attributes[] = {
	{ "rtpmap", 8866, "6.6",
	  N_("the codec of a payload type number") },
	{ "fmtp", 8866, "6.15", N_("parameters of one codec") },
	{ "ptime", 8866, "6.4", N_("how many milliseconds of media one packet contains") },
	{ "maxptime", 8866, "6.5", N_("how many milliseconds of media one packet may contain at most") },
	{ "sendrecv", 8866, "6.7.2", N_("media flow in both directions") },
	{ "sendonly", 8866, "6.7.3",
	  N_("this side only sends; in a call, this puts the peer on hold") },
	{ "recvonly", 8866, "6.7.1",
	  N_("this side only receives; in a call, the peer has put it on hold") },
	{ "inactive", 8866, "6.7.4", N_("no media flow, but the stream remains set up") },
	{ "cat", 8866, "6.1", N_("a category for sorting sessions; obsolete") },
	{ "keywds", 8866, "6.2", N_("keywords for finding sessions; obsolete") },
	{ "tool", 8866, "6.3", N_("the program that created this description") },
	{ "orient", 8866, "6.8", N_("the orientation of a whiteboard: portrait, landscape or seascape") },
	{ "type", 8866, "6.9", N_("the kind of conference") },
	{ "charset", 8866, "6.10", N_("the character set of the names") },
	{ "sdplang", 8866, "6.11", N_("the human language of the description") },
	{ "lang", 8866, "6.12", N_("the human language of the session") },
	{ "framerate", 8866, "6.13", N_("the maximum number of video frames per second") },
	{ "quality", 8866, "6.14", N_("the quality of the coding, from 0 to 10") },
	{ "rtcp", 3605, "2.1", N_("the port for RTCP, if it is not the next port") },
	{ "rtcp-mux", 5761, "5.1.1", N_("RTP and RTCP share one port") },
	{ "rtcp-xr", 3611, "5.1", N_("the RTCP extended reports that are used") },
	{ "rtcp-fb", 4585, "4.2", N_("the RTCP feedback that may be used") },
	{ "candidate", 8839, "5.1", N_("an ICE candidate: an address at which this side may be reached") },
	{ "ice-ufrag", 8839, "5.4", N_("the user name for ICE's connectivity checks") },
	{ "ice-pwd", 8839, "5.4", N_("the password for ICE's connectivity checks") },
	{ "ice-options", 8839, "5.6", N_("the ICE extensions that this side supports") },
	{ "ice-lite", 8839, "5.3", N_("ICE lite: this side answers connectivity checks but sends none") },
	{ "crypto", 4568, "4", N_("the keys for SRTP, unencrypted") },
	{ "fingerprint", 8122, "5", N_("the hash of the certificate for DTLS or TLS") },
	{ "setup", 4145, "4", N_("which side opens the connection") },
	{ "connection", 4145, "5", N_("whether a new connection is needed") },
	{ "group", 5888, "5", N_("streams that belong together") },
	{ "mid", 5888, "4", N_("the name of this stream in a group") },
	{ "ssrc", 5576, "4.1", N_("a property of one RTP source") },
	{ "curr", 3312, "4", N_("which resources are reserved now") },
	{ "des", 3312, "4", N_("which resources must be reserved before the phone rings") },
	{ "conf", 3312, "4", N_("when the peer is to confirm a reservation") },
	{ "content", 4796, "5", N_("the content of the stream: slides, the speaker, a sign language") },
};

/* RFC 3551 section 6, tables 4 and 5 */
static const struct {
	unsigned type;
	const char *codec;
} codecs[] = {
	{ 0, "PCMU/8000" }, { 3, "GSM/8000" }, { 4, "G723/8000" },
	{ 5, "DVI4/8000" }, { 6, "DVI4/16000" }, { 7, "LPC/8000" },
	{ 8, "PCMA/8000" }, { 9, "G722/8000" }, { 10, "L16/44100/2" },
	{ 11, "L16/44100" }, { 12, "QCELP/8000" }, { 13, "CN/8000" },
	{ 14, "MPA/90000" }, { 15, "G728/8000" }, { 16, "DVI4/11025" },
	{ 17, "DVI4/22050" }, { 18, "G729/8000" }, { 25, "CelB/90000" },
	{ 26, "JPEG/90000" }, { 28, "nv/90000" }, { 31, "H261/90000" },
	{ 32, "MPV/90000" }, { 33, "MP2T/90000" }, { 34, "H263/90000" },
};
/* clang-format on */

const struct msg_sdp_type *
msg_sdp_type(char letter)
{
	for (size_t i = 0; i < COUNT_OF(types); i++)
		if (types[i].letter == letter)
			return &types[i];
	return NULL;
}

/* RFC 8866 6 and the extensions that a SIP call carries. */
const struct msg_sdp_attribute *
msg_sdp_attribute(struct str name)
{
	return ROWS_ROW(name, attributes);
}

const char *
msg_sdp_static_codec(unsigned payload_type)
{
	for (size_t i = 0; i < COUNT_OF(codecs); i++)
		if (codecs[i].type == payload_type)
			return codecs[i].codec;
	return NULL;
}

struct str
msg_sdp_codec(const struct msg_sdp *s, unsigned media, struct str format)
{
	struct str value, codec;
	const char *usual = NULL;
	uint32_t type;
	size_t line = 0;

	while (msg_sdp_attribute_next(s, media, "rtpmap", &line, &value))
		if (str_eq(str_cut(value, ' ', &codec), format))
			return str_trim(codec);
	if (str_u32(format, &type) == 0)
		usual = msg_sdp_static_codec(type);
	return usual != NULL ? str_of(usual) : format;
}

bool
msg_sdp_has_codec(const struct msg_sdp *s, unsigned media, struct str codec)
{
	struct str rest = s->media[media - 1].formats;

	while (rest.n > 0)
		if (str_ieq(msg_sdp_codec(s, media, str_cut(rest, ' ', &rest)),
			codec))
			return true;
	return false;
}

bool
msg_sdp_has_codecs(
    const struct msg_sdp *a, const struct msg_sdp *b, unsigned media)
{
	struct str rest = b->media[media - 1].formats;

	while (rest.n > 0)
		if (!msg_sdp_has_codec(a, media,
			msg_sdp_codec(b, media, str_cut(rest, ' ', &rest))))
			return false;
	return true;
}
