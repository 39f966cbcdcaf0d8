/*
 * The handset takes an offer whose streams all have port 0 (RFC 3264 6, 8.2),
 * refuses a later one with fewer m= lines than there were, and in its own later
 * offers each stream keeps its place (RFC 3264 8).
 */
#include "fixtures/firmware_peer.h"

#define HEAD                                           \
	"v=0\r\no=bob 1 1 IN IP4 192.0.2.3\r\ns=-\r\n" \
	"c=IN IP4 192.0.2.3\r\nt=0 0\r\n"
#define AUDIO    "m=audio 4000 RTP/AVP 0\r\n"
#define VIDEO    "m=video 4002 RTP/AVP 31\r\n"
#define NO_AUDIO "m=audio 0 RTP/AVP 0\r\n"
#define NO_VIDEO "m=video 0 RTP/AVP 31\r\n"

static char tag[40];

/* bob calls with SDP (NULL: none); what alice's answer says of the media, or
 * the refusal; "" where there is neither. */
static const char *
called(const char *sdp)
{
	const char *ok;

	world_open(PEER_CONFIG "media=no ");
	world_run(1500);
	peer_invite(1, NULL, sdp);
	world_press("{call}");
	if (world_count("SIP/2.0 200") == 0)
		return world_take("SIP/2.0 4");
	ok = world_take("SIP/2.0 200");
	snprintf(
	    tag, sizeof(tag), "%s", peer_param(peer_header(ok, "To"), "tag"));
	peer_send(&(struct peer_request){ "ACK", "ack", "in1@192.0.2.3",
	    "bobtag", tag, 1, NULL, NULL, NULL, NULL });
	return strstr(peer_body(ok), "m=");
}

/* bob's METHOD within that call, with SDP, and its answer. */
static const char *
within(const char *method, unsigned cseq, const char *sdp)
{
	char branch[20];
	const char *answer;

	snprintf(branch, sizeof(branch), "w%u", cseq);
	peer_send(&(struct peer_request){ method, branch, "in1@192.0.2.3",
	    "bobtag", tag, cseq, PEER_CONTACT, "application/sdp", sdp, NULL });
	answer = world_take("SIP/2.0");
	if (answer != NULL && strcmp(method, "INVITE") == 0)
		peer_send(
		    &(struct peer_request){ "ACK", branch, "in1@192.0.2.3",
			"bobtag", tag, cseq, NULL, NULL, NULL, NULL });
	return answer;
}

/* ---- the first offer ---- */

static void
none_in_use(void)
{
	SAME(called(HEAD NO_AUDIO NO_VIDEO), NO_AUDIO NO_VIDEO);
	/* It is a session: the other side may use it. */
	HOLDS(within("UPDATE", 2, HEAD NO_AUDIO NO_VIDEO AUDIO),
	    NO_AUDIO NO_VIDEO "m=audio ");
	HOLDS(within("INVITE", 3, HEAD NO_AUDIO NO_VIDEO NO_AUDIO),
	    NO_AUDIO NO_VIDEO NO_AUDIO);
	world_close();
	/* One is in use, and can't be taken. */
	HOLDS(called(HEAD NO_AUDIO VIDEO), "Warning: 304 ");
	world_close();
}

/* The first that can be taken, not the first of sound. */
static void
another_can_be_taken(void)
{
	const char *said = called(HEAD "m=audio 4000 RTP/AVP 18\r\n" AUDIO);

	HOLDS(said, "m=audio 0 RTP/AVP 18\r\nm=audio ");
	world_close();
}

/* ---- later ones ---- */

static void
fewer_lines(void)
{
	static const char *const methods[] = { "INVITE", "UPDATE" };
	const char *m;

	called(HEAD VIDEO AUDIO);
	for (unsigned i = 0; i < 2; i++) {
		m = within(methods[i], 2 + i, HEAD AUDIO);
		HOLDS(m, "SIP/2.0 488 ");
		SAME(peer_header(m, "Warning"),
		    "399 192.0.2.4:5060 \"The offer has fewer m= lines than "
		    "the one before\"");
		SAME(peer_header_at(m, "Warning", 1), "");
	}
	/* As many, and more, none or some of them in use. */
	HOLDS(within("INVITE", 4, HEAD NO_VIDEO NO_AUDIO), NO_VIDEO NO_AUDIO);
	HOLDS(within("UPDATE", 5, HEAD NO_VIDEO AUDIO VIDEO),
	    NO_VIDEO "m=audio ");
	/* The last one counts, which had three. */
	HOLDS(within("INVITE", 6, HEAD NO_VIDEO AUDIO), "SIP/2.0 488 ");
	CU_ASSERT(world_reported("call 1 confirmed*"));
	CU_ASSERT(!world_reported("call 1 terminat*"));
	world_close();
}

/* ---- its own ---- */

/* What the handset says of the media when it holds after SDP. */
static const char *
holds_after(const char *sdp)
{
	const char *m;

	called(sdp);
	world_forget();
	world_press("{soft1}");
	m = world_take("INVITE");
	return m != NULL ? strstr(peer_body(m), "m=") : "";
}

static void
places_are_kept(void)
{
	const char *m =
	    holds_after(HEAD VIDEO AUDIO "m=text 4004 RTP/AVP 98\r\n");

	CU_ASSERT(strncmp(m, NO_VIDEO "m=audio ", strlen(NO_VIDEO) + 8) == 0);
	HOLDS(m, "a=sendonly\r\nm=text 0 RTP/AVP 98\r\n");
	world_close();
	m = holds_after(HEAD AUDIO);
	CU_ASSERT(strncmp(m, "m=audio ", 8) == 0);
	HOLDS(m, "a=sendonly\r\n");
	CU_ASSERT(strstr(m + 1, "m=") == NULL);
	world_close();
}

/* More lines than there is room for. */
static void
many_lines(void)
{
	static char sdp[4000];
	static const struct {
		size_t n;
		const char *said;
	} rows[] = { { 10, NO_VIDEO "m=audio " }, { 60, "SIP/2.0 488 " } };

	for (size_t i = 0; i < 2; i++) {
		size_t n = (size_t)snprintf(sdp, sizeof(sdp), HEAD);

		for (size_t k = 0; k < rows[i].n; k++)
			n += (size_t)snprintf(sdp + n, sizeof(sdp) - n, VIDEO);
		snprintf(sdp + n, sizeof(sdp) - n, AUDIO);
		HOLDS(called(sdp), rows[i].said);
		world_close();
	}
}
CHECK_MAIN("firmware: later offers", { "none in use", none_in_use },
    { "another can be taken", another_can_be_taken },
    { "fewer lines", fewer_lines }, { "places are kept", places_are_kept },
    { "many lines", many_lines })
