/* Descriptions: written as text, read by libosip2. */
#include "firmware/phone/sdp.h"

#include "firmware/phone/heap.h"
#include "firmware/phone/osip.h"

#include <osipparser2/sdp_message.h>

#define DYNAMIC_FIRST 96  /* RFC 3551 6 */
#define REFUSED_MAX   512 /* bytes of m= lines before our sound, or behind */
#define SOUND_MAX     256 /* bytes of an answer for our sound */

static const char *const directions[] = {
	[SDP_SENDRECV] = "sendrecv",
	[SDP_SENDONLY] = "sendonly",
	[SDP_RECVONLY] = "recvonly",
	[SDP_INACTIVE] = "inactive",
};

/* RFC 3551 6, the names that have a number of their own. */
static const struct {
	const char *name;
	int payload;
} fixed[] = {
	{ "PCMU", RTP_PCMU },
	{ "GSM", 3 },
	{ "G723", 4 },
	{ "DVI4", 5 },
	{ "LPC", 7 },
	{ "PCMA", RTP_PCMA },
	{ "G722", 9 },
	{ "QCELP", 12 },
	{ "CN", 13 },
	{ "G728", 15 },
	{ "G729", 18 },
};

/* ---- writing ---- */

static void
head(struct text *t, const struct config *c, const struct sdp_own *own)
{
	text_s(t, "v=0\r\no=");
	text_s(t, c->user[0] != '\0' ? c->user : "-");
	text_c(t, ' ');
	text_u(t, own->id);
	text_c(t, ' ');
	text_u(t, own->version);
	text_s(t, " IN IP4 ");
	text_ip(t, c->own.ip);
	text_s(t, "\r\ns=-\r\nc=IN IP4 ");
	text_ip(t, c->own.ip);
	text_s(t, "\r\n");
}

static void
times(struct text *t, const char *start, const char *stop)
{
	text_s(t, "t=");
	text_s(t, start);
	text_c(t, ' ');
	text_s(t, stop != NULL ? stop : "0");
	text_s(t, "\r\n");
}

/* The name at *LIST, which moves on, and its payload type: numbers from
 * *DYNAMIC on for codecs without a static one. */
static size_t
next_codec(const char **list, unsigned *dynamic, const char **name, int *type)
{
	size_t n;

	*list += strspn(*list, " ,");
	*name = *list;
	n = strcspn(*list, " ,");
	*list += n;
	for (size_t i = 0; i < sizeof(fixed) / sizeof(fixed[0]); i++)
		if (strlen(fixed[i].name) == n &&
		    osip_strncasecmp(fixed[i].name, *name, n) == 0) {
			*type = fixed[i].payload;
			return n;
		}
	*type = (int)*dynamic;
	*dynamic += *dynamic + 1 == SDP_EVENTS ? 2 : 1;
	return *dynamic <= 127 ? n : 0;
}

static void
rtpmap(struct text *t, int payload, const char *name, size_t n)
{
	text_s(t, "a=rtpmap:");
	text_u(t, (unsigned)payload);
	text_c(t, ' ');
	text_n(t, name, n);
	text_s(t, memchr(name, '/', n) != NULL ? "\r\n" : "/8000\r\n");
}

static void
events(struct text *t, int payload)
{
	rtpmap(t, payload, "telephone-event", 15);
	text_s(t, "a=fmtp:");
	text_u(t, (unsigned)payload);
	text_s(t, " 0-15\r\n");
}

static void
tail(struct text *t, const struct sdp_own *own)
{
	text_s(t, "a=");
	text_s(t, directions[own->direction]);
	text_s(t, "\r\n");
}

/* Writes the lines of each codec of the list. */
static void
each_codec(const struct config *c, struct text *t,
    void (*say)(struct text *t, int payload, const char *name, size_t n))
{
	const char *list = c->codecs, *name;
	unsigned dynamic = DYNAMIC_FIRST;
	size_t n;
	int type;

	while ((n = next_codec(&list, &dynamic, &name, &type)) > 0)
		say(t, type, name, n);
}

static void
number(struct text *t, int payload, const char *name, size_t n)
{
	(void)name;
	(void)n;
	text_c(t, ' ');
	text_u(t, (unsigned)payload);
}

static unsigned
count_lines(const char *text)
{
	unsigned n = 0;

	for (; text != NULL && *text != '\0'; text++)
		n += *text == '\n';
	return n;
}

void
sdp_offer(const struct config *c, struct sdp_own *own, struct text *t)
{
	own->lines = count_lines(own->before) + 1 + count_lines(own->behind);
	head(t, c, own);
	times(t, "0", "0");
	text_s(t, own->before);
	text_s(t, "m=audio ");
	text_u(t, own->port);
	text_s(t, " RTP/AVP");
	each_codec(c, t, number);
	number(t, SDP_EVENTS, NULL, 0);
	text_s(t, "\r\n");
	each_codec(c, t, rtpmap);
	events(t, SDP_EVENTS);
	tail(t, own);
	text_s(t, own->behind);
}

/* ---- reading ---- */

static enum sdp_direction
read_direction(sdp_message_t *sdp, int media, enum sdp_direction otherwise)
{
	const sdp_attribute_t *a;

	for (int i = 0; (a = sdp_message_attribute_get(sdp, media, i)) != NULL;
	     i++)
		for (unsigned d = SDP_SENDRECV; d <= SDP_INACTIVE; d++)
			if (text_same(a->a_att_field, directions[d]))
				return (enum sdp_direction)d;
	return otherwise;
}

/* The payload type whose rtpmap is NAME/8000, -1: none. */
static int
mapped(sdp_message_t *sdp, int media, const char *name)
{
	const sdp_attribute_t *a;
	unsigned long type;

	for (int i = 0; (a = sdp_message_attribute_get(sdp, media, i)) != NULL;
	     i++) {
		const char *space =
		    a->a_att_value != NULL ? strchr(a->a_att_value, ' ') : NULL;

		if (space != NULL && text_same(a->a_att_field, "rtpmap") &&
		    osip_strncasecmp(space + 1, name, strlen(name)) == 0 &&
		    text_read_u(a->a_att_value, &type) && type < 128)
			return (int)type;
	}
	return -1;
}

/* What the payload type TYPE stands for, as "PCMU/8000"; NULL: a=rtpmap does
 * not say. */
static const char *
meaning(sdp_message_t *sdp, int media, unsigned long type)
{
	const sdp_attribute_t *a;
	unsigned long number;

	for (int i = 0; (a = sdp_message_attribute_get(sdp, media, i)) != NULL;
	     i++) {
		const char *space =
		    a->a_att_value != NULL ? strchr(a->a_att_value, ' ') : NULL;

		if (space != NULL && text_same(a->a_att_field, "rtpmap") &&
		    text_read_u(a->a_att_value, &number) && number == type)
			return space + 1;
	}
	return NULL;
}

/* RFC 3264 6.1: what a payload type stands for counts, not its number; where
 * nothing is said RFC 3551 says it. */
static int
codec_of(sdp_message_t *sdp, int media, unsigned long type)
{
	static const struct {
		const char *map;
		int codec;
	} known[] = { { "PCMU/8000", RTP_PCMU }, { "PCMA/8000", RTP_PCMA } };
	const char *map = meaning(sdp, media, type);

	if (map == NULL)
		return type == RTP_PCMU || type == RTP_PCMA ? (int)type : -1;
	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		size_t n = strlen(known[i].map);

		/* One channel is what goes without saying. */
		if (osip_strncasecmp(map, known[i].map, n) == 0 &&
		    (map[n] == '\0' || strcmp(map + n, "/1") == 0))
			return known[i].codec;
	}
	return -1;
}

/* The first that we have; its number into *PAYLOAD. */
static int
choose_codec(sdp_message_t *sdp, int media, int *payload)
{
	const char *word;
	unsigned long type;

	for (int i = 0;
	     (word = sdp_message_m_payload_get(sdp, media, i)) != NULL; i++) {
		int codec = text_read_u(word, &type) && type < 128
				? codec_of(sdp, media, type)
				: -1;

		if (codec < 0)
			continue;
		*payload = (int)type;
		return codec;
	}
	return -1;
}

/* Stream MEDIA is not rejected. */
static bool
is_in_use(sdp_message_t *sdp, int media)
{
	const char *port = sdp_message_m_port_get(sdp, media);

	return port != NULL && strcmp(port, "0") != 0;
}

/* RFC 3264 8.2: no stream is in use. */
static bool
is_idle(sdp_message_t *sdp)
{
	for (int i = 0; sdp_message_m_media_get(sdp, i) != NULL; i++)
		if (is_in_use(sdp, i))
			return false;
	return true;
}

/* RFC 8866 5.7: the stream's own c=, else the session's. */
static const sdp_connection_t *
find_connection(sdp_message_t *sdp, int media)
{
	const sdp_connection_t *c = sdp_message_connection_get(sdp, media, 0);

	return c != NULL ? c : sdp_message_connection_get(sdp, -1, 0);
}

/* RFC 8866 5.7: an address of IPv4; an absent one is valid. */
static bool
is_internet(const sdp_connection_t *c)
{
	return c == NULL || text_same(c->c_nettype, "IN");
}

static bool
is_reached(const sdp_connection_t *c)
{
	return is_internet(c) && (c == NULL || text_same(c->c_addrtype, "IP4"));
}

/* What a stream may fail by, in this order: a Warning's code and words (RFC
 * 3261 20.43). */
static const struct {
	unsigned code;
	const char *words;
} hurdles[] = {
	{ 304, "Media type not available" },
	{ 300, "Incompatible network protocol" },
	{ 301, "Incompatible network address formats" },
	{ 302, "Incompatible transport protocol" },
	{ 305, "Incompatible media format" },
	{ 0, "" },
};

#define NO_HURDLE (sizeof(hurdles) / sizeof(hurdles[0]) - 1)

/* The one that stream MEDIA fails by. */
static size_t
find_hurdle(sdp_message_t *sdp, int media)
{
	const sdp_connection_t *c = find_connection(sdp, media);
	int payload;

	if (!text_same(sdp_message_m_media_get(sdp, media), "audio"))
		return 0;
	if (!is_internet(c))
		return 1;
	if (!is_reached(c))
		return 2;
	if (!text_same(sdp_message_m_proto_get(sdp, media), "RTP/AVP"))
		return 3;
	return choose_codec(sdp, media, &payload) < 0 ? NO_HURDLE - 1
						      : NO_HURDLE;
}

/* The number of the first stream in use that we have a use for; -1: none. */
static int
find_sound(sdp_message_t *sdp)
{
	for (int i = 0; sdp_message_m_media_get(sdp, i) != NULL; i++)
		if (is_in_use(sdp, i) && find_hurdle(sdp, i) == NO_HURDLE)
			return i;
	return -1;
}

/* The stream read, -1: none that we can use. */
static int
read_sound(sdp_message_t *sdp, struct sdp_peer *peer)
{
	int media = find_sound(sdp);
	const char *addr;
	unsigned long port;

	memset(peer, 0, sizeof(*peer));
	peer->codec = peer->payload = peer->events = -1;
	if (media < 0 ||
	    !text_read_u(sdp_message_m_port_get(sdp, media), &port) ||
	    port > 65535)
		return -1;
	addr = sdp_message_c_addr_get(sdp, media, 0);
	if (addr == NULL)
		addr = sdp_message_c_addr_get(sdp, -1, 0);
	peer->at.port = (uint16_t)port;
	if (addr == NULL || !text_read_ip(addr, &peer->at.ip, NULL))
		peer->at.ip = 0;
	peer->codec = choose_codec(sdp, media, &peer->payload);
	peer->events = mapped(sdp, media, "telephone-event/8000");
	peer->direction =
	    read_direction(sdp, media, read_direction(sdp, -1, SDP_SENDRECV));
	/* RFC 3264 8.4: hold as it once was, an address of zeros. */
	if (peer->at.ip == 0 && peer->direction == SDP_SENDRECV)
		peer->direction = SDP_SENDONLY;
	return media;
}

bool
sdp_read(const char *body, struct sdp_peer *peer)
{
	sdp_message_t *sdp = NULL;
	bool good = false;

	if (body == NULL || sdp_message_init(&sdp) != 0)
		return false;
	if (sdp_message_parse(sdp, body) == 0)
		good = read_sound(sdp, peer) >= 0 || is_idle(sdp);
	sdp_message_free(sdp);
	return good;
}

/* ---- what can't be answered ---- */

/* The m= lines are fewer than there were: RFC 3264 8. */
static bool
lacks_lines(sdp_message_t *sdp, const struct sdp_own *own)
{
	unsigned n = 0;

	while (sdp_message_m_media_get(sdp, (int)n) != NULL)
		n++;
	return own != NULL && n < own->lines;
}

static unsigned
judge_streams(sdp_message_t *sdp, const char **words)
{
	size_t best = is_idle(sdp) ? NO_HURDLE : 0;

	for (int i = 0; sdp_message_m_media_get(sdp, i) != NULL; i++) {
		size_t at = find_hurdle(sdp, i);

		if (is_in_use(sdp, i) && at > best)
			best = at;
	}
	*words = hurdles[best].words;
	return hurdles[best].code;
}

unsigned
sdp_warning(const struct sdp_own *own, const char *offer, const char **words)
{
	sdp_message_t *sdp = NULL;
	unsigned code = 399;

	*words = "The session description can't be read";
	if (offer == NULL || sdp_message_init(&sdp) != 0)
		return 0;
	if (sdp_message_parse(sdp, offer) != 0)
		code = 399;
	else if (lacks_lines(sdp, own))
		*words = "The offer has fewer m= lines than the one before";
	else
		code = judge_streams(sdp, words);
	sdp_message_free(sdp);
	return code;
}

/* ---- answering ---- */

/* RFC 3264 6: the t= of an answer is the offer's. */
static void
same_times(struct text *t, sdp_message_t *sdp)
{
	const char *start;

	for (int i = 0; (start = sdp_message_t_start_time_get(sdp, i)) != NULL;
	     i++)
		times(t, start, sdp_message_t_stop_time_get(sdp, i));
}

static void
refuse_stream(struct text *t, sdp_message_t *sdp, int media)
{
	const char *payload = sdp_message_m_payload_get(sdp, media, 0);

	text_s(t, "m=");
	text_s(t, sdp_message_m_media_get(sdp, media));
	text_s(t, " 0 ");
	text_s(t, sdp_message_m_proto_get(sdp, media));
	text_c(t, ' ');
	text_s(t, payload != NULL ? payload : "0");
	text_s(t, "\r\n");
}

static void
accept_stream(
    struct text *t, const struct sdp_own *own, const struct sdp_peer *peer)
{
	const char *name = peer->codec == RTP_PCMU ? "PCMU" : "PCMA";

	text_s(t, "m=audio ");
	text_u(t, own->port);
	text_s(t, " RTP/AVP ");
	text_u(t, (unsigned)peer->payload);
	if (peer->events >= 0) {
		text_c(t, ' ');
		text_u(t, (unsigned)peer->events);
	}
	text_s(t, "\r\n");
	rtpmap(t, peer->payload, name, 4);
	if (peer->events >= 0)
		events(t, peer->events);
	tail(t, own);
}

/* RFC 3264 6.1: what the answerer may say to what was offered. */
static enum sdp_direction
answer_direction(enum sdp_direction wanted, enum sdp_direction offered)
{
	bool send = (wanted == SDP_SENDRECV || wanted == SDP_SENDONLY) &&
		    (offered == SDP_SENDRECV || offered == SDP_RECVONLY);
	bool receive = (wanted == SDP_SENDRECV || wanted == SDP_RECVONLY) &&
		       (offered == SDP_SENDRECV || offered == SDP_SENDONLY);

	return send ? (receive ? SDP_SENDRECV : SDP_SENDONLY)
		    : (receive ? SDP_RECVONLY : SDP_INACTIVE);
}

/* The m= lines of SDP from FIRST on and before END (-1: to the last), each with
 * port 0, as a text of its own; NULL: they take too much room. */
static char *
refuse_streams(sdp_message_t *sdp, int first, int end)
{
	char *lines = heap_get(REFUSED_MAX);
	struct text t = text_in(lines, REFUSED_MAX);

	for (int i = first; i != end && sdp_message_m_media_get(sdp, i) != NULL;
	     i++)
		refuse_stream(&t, sdp, i);
	if (!t.cut)
		return lines;
	heap_put(lines);
	return NULL;
}

/* The streams of SDP, of which MEDIA (-1: none) is our sound, have these places
 * from now on; false: there are too many. */
static bool
take_places(struct sdp_own *own, sdp_message_t *sdp, int media)
{
	char *before = refuse_streams(sdp, 0, media),
	     *behind =
		 media < 0 ? heap_copy("") : refuse_streams(sdp, media + 1, -1);

	if (before == NULL || behind == NULL) {
		heap_put(before);
		heap_put(behind);
		return false;
	}
	sdp_forget(own);
	own->before = before;
	own->behind = behind;
	own->lines = count_lines(before) + (media >= 0) + count_lines(behind);
	return true;
}

void
sdp_forget(struct sdp_own *own)
{
	heap_put(own->before);
	heap_put(own->behind);
	own->before = own->behind = NULL;
}

static bool
answer_read(const struct config *c, struct sdp_own *own, sdp_message_t *sdp,
    struct sdp_peer *peer, struct text *t)
{
	int media = read_sound(sdp, peer);
	struct sdp_own ours;

	if ((media < 0 && !is_idle(sdp)) || lacks_lines(sdp, own))
		return false;
	head(t, c, own);
	same_times(t, sdp);
	if (t->cap - t->n < 2 * REFUSED_MAX + SOUND_MAX ||
	    !take_places(own, sdp, media))
		return false;
	ours = *own;
	ours.direction = answer_direction(own->direction, peer->direction);
	text_s(t, own->before);
	if (media >= 0)
		accept_stream(t, &ours, peer);
	text_s(t, own->behind);
	return true;
}

bool
sdp_answer(const struct config *c, struct sdp_own *own, const char *offer,
    struct sdp_peer *peer, struct text *t)
{
	sdp_message_t *sdp = NULL;
	bool good;

	if (offer == NULL || sdp_message_init(&sdp) != 0)
		return false;
	good = sdp_message_parse(sdp, offer) == 0 &&
	       answer_read(c, own, sdp, peer, t);
	sdp_message_free(sdp);
	return good;
}
