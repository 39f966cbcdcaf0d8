/*
 * Offers and answers of a phone: places that stay, t= that is repeated,
 * profiles and payload types that mean something else.  RFC 3264 5 to 8; what
 * comes of it between phones: offers.case.
 */
#include "fixtures/check.h"

#include "base/err.h"
#include "sip/sdp_session.h"

#define HEAD "v=0\r\no=x 1 1 IN IP4 192.0.2.9\r\ns=-\r\nc=IN IP4 192.0.2.9\r\n"
#define NOW  HEAD "t=0 0\r\n"
#define MINE \
	"v=0\r\no=bob 7 %u IN IP4 192.0.2.3\r\ns=-\r\nc=IN IP4 192.0.2.3\r\n"
#define G711 "a=rtpmap:0 PCMU/8000\r\na=rtpmap:8 PCMA/8000\r\na=ptime:20\r\n"

static struct sip_sdp_session session;
static struct buf said;
static struct sip_sdp_ports ports;
static const char *at;
static enum sip_sdp_ice_part ice;

static void
draw(void *arg, uint8_t *octets, size_t n)
{
	(void)arg;
	memset(octets, 0, n);
}

static void
begin(void)
{

	session = (struct sip_sdp_session){ .ports = &ports };
	at = "192.0.2.3";
}

static void
end(void)
{
	sip_sdp_free(&session);
	sip_sdp_ports_free(&ports);
	buf_free(&said);
}

/* What it says: an offer where OFFER is NULL. */
static int
make(const char *offer, bool anew)
{
	struct sip_sdp_can can;
	struct sip_sdp_terms t = { .user = "bob",
		.id = 7,
		.anew = anew,
		.sends = true,
		.receives = true,
		.can = &can,
		.draw = draw };

	sip_sdp_can_read(&can, NULL, NULL);
	can.ice = ice;
	CU_ASSERT_EQUAL_FATAL(addr_parse(str_of(at), &t.addr), 0);
	buf_clear(&said);
	return offer == NULL
		   ? sip_sdp_write_offer(&session, &t, &said)
		   : sip_sdp_write_answer(&session, &t, str_of(offer), &said);
}

/* What it said is MINE of that VERSION, and REST. */
static void
check(unsigned version, const char *rest)
{
	LOCAL_BUF b = BUF_INIT;

	buf_printf(&b, MINE "%s", version, rest);
	CU_ASSERT_STRING_EQUAL(buf_cstr(&said), buf_cstr(&b));
}

/* 8: a new offer has all m= lines, in their places; each keeps its port. */
static void
places_stay(void)
{
	begin();
	CU_ASSERT_EQUAL(make(NOW "m=video 5000 RTP/AVP 31\r\n"
				 "m=audio 5002 RTP/AVP 8 0\r\n"
				 "m=audio 5004 RTP/AVP 0\r\n",
			    false),
	    0);
	check(1, "t=0 0\r\nm=video 0 RTP/AVP 31\r\n"
		 "m=audio 49170 RTP/AVP 8 0\r\na=rtpmap:8 PCMA/8000\r\n"
		 "a=rtpmap:0 PCMU/8000\r\na=ptime:20\r\n"
		 "m=audio 49172 RTP/AVP 0\r\na=rtpmap:0 PCMU/8000\r\n"
		 "a=ptime:20\r\n");
	CU_ASSERT_EQUAL(make(NULL, true), 0);
	check(2, "t=0 0\r\nm=video 0 RTP/AVP 31\r\n"
		 "m=audio 49170 RTP/AVP 0 8\r\n" G711
		 "m=audio 49172 RTP/AVP 0 8\r\n" G711);
	/* What the other side adds stays, too. */
	CU_ASSERT_EQUAL(make(NOW "m=video 0 RTP/AVP 31\r\n"
				 "m=audio 5002 RTP/AVP 8\r\n"
				 "m=audio 0 RTP/AVP 0\r\n"
				 "m=text 5006 RTP/AVP 98\r\n",
			    true),
	    0);
	CU_ASSERT_EQUAL(make(NULL, true), 0);
	check(4, "t=0 0\r\nm=video 0 RTP/AVP 31\r\n"
		 "m=audio 49170 RTP/AVP 0 8\r\n" G711
		 "m=audio 0 RTP/AVP 0\r\nm=text 0 RTP/AVP 98\r\n");
	end();
}

/* 8: wherever it is by now, its o= line has another version alone. */
static void
origin_stays(void)
{
	begin();
	CU_ASSERT_EQUAL(make(NULL, true), 0);
	check(1, "t=0 0\r\nm=audio 49170 RTP/AVP 0 8\r\n" G711);
	at = "2001:db8::3";
	CU_ASSERT_EQUAL(make(NULL, false), 0);
	CU_ASSERT_STRING_EQUAL(buf_cstr(&said),
	    "v=0\r\no=bob 7 2 IN IP4 192.0.2.3\r\ns=-\r\n"
	    "c=IN IP6 2001:db8::3\r\nt=0 0\r\n"
	    "m=audio 49170 RTP/AVP 0 8\r\n" G711);
	ice = SIP_SDP_ICE_FULL;
	CU_ASSERT_EQUAL(make(NULL, false), 0);
	CU_ASSERT_PTR_NOT_NULL(
	    strstr(buf_cstr(&said), "o=bob 7 3 IN IP4 192.0.2.3\r\n"));
	/* RFC 8839 5.1 */
	CU_ASSERT_PTR_NOT_NULL(strstr(buf_cstr(&said),
	    "a=candidate:1 1 UDP 2130706431 2001:db8::3 49170 typ host\r\n"));
	ice = SIP_SDP_ICE_NO;
	end();
}

/* An offer that goes from another address is of that altogether. */
static void
readdressed(void)
{
	LOCAL_BUF out = BUF_INIT;
	struct addr to;

	begin();
	ice = SIP_SDP_ICE_FULL;
	CU_ASSERT_EQUAL(make(NULL, true), 0);
	CU_ASSERT_EQUAL(addr_parse(STR("2001:db8::3"), &to), 0);
	CU_ASSERT_EQUAL(
	    sip_sdp_readdress(&session, buf_view(&said), &to, &out), 0);
	CU_ASSERT_PTR_NULL(strstr(buf_cstr(&out), "192.0.2.3"));
	at = "2001:db8::3";
	CU_ASSERT_EQUAL(make(NULL, false), 0);
	CU_ASSERT_STRING_EQUAL(buf_cstr(&said), buf_cstr(&out));
	ice = SIP_SDP_ICE_NO;
	end();
}

/* 8: where the offer was written by somebody else, places and numbers go on
 * all the same. */
static void
places_of_others_stay(void)
{
	begin();
	sip_sdp_take_origin(&session,
	    STR(HEAD "o=\r\no=x 1\r\no=x y z\r\no=x 9 4 IN IP4 192.0.2.9\r\n"));
	CU_ASSERT_EQUAL(
	    sip_sdp_take_places(&session, STR("hello")), ERR_SYNTAX);
	CU_ASSERT_EQUAL(
	    sip_sdp_take_places(&session, STR(NOW "m=video 0 RTP/AVP 31\r\n"
						  "m=audio 4000 RTP/AVP 97\r\n"
						  "a=rtpmap:97 PCMU/8000\r\n")),
	    0);
	CU_ASSERT_EQUAL(make(NULL, true), 0);
	CU_ASSERT_STRING_EQUAL(buf_cstr(&said),
	    "v=0\r\no=bob 9 5 IN IP4 192.0.2.3\r\ns=-\r\n"
	    "c=IN IP4 192.0.2.3\r\nt=0 0\r\nm=video 0 RTP/AVP 31\r\n"
	    "m=audio 49170 RTP/AVP 97 8\r\na=rtpmap:97 PCMU/8000\r\n"
	    "a=rtpmap:8 PCMA/8000\r\na=ptime:20\r\n");
	end();
}

/* 6: "The t= line in the answer MUST equal the one in the offer". */
static void
times_stay(void)
{
	begin();
	make(HEAD "t=3034423619 3042462419\r\nt=1 2\r\n"
		  "m=audio 5002 RTP/AVP 0\r\n",
	    false);
	check(1, "t=3034423619 3042462419\r\nt=1 2\r\n"
		 "m=audio 49170 RTP/AVP 0\r\na=rtpmap:0 PCMU/8000\r\n"
		 "a=ptime:20\r\n");
	end();
}

/* 6.1: what a payload type stands for counts, not its number. */
static void
types_have_meanings(void)
{
	begin();
	make(NOW "m=audio 5002 RTP/AVP 97 0 96\r\na=rtpmap:0 G729/8000\r\n"
		 "a=rtpmap:96 opus/48000/2\r\na=rtpmap:97 pcmu/8000/1\r\n",
	    false);
	check(1, "t=0 0\r\nm=audio 49170 RTP/AVP 97\r\n"
		 "a=rtpmap:97 PCMU/8000\r\na=ptime:20\r\n");
	/* 8.3.2: 97 goes on standing for it. */
	make(NULL, true);
	check(2, "t=0 0\r\nm=audio 49170 RTP/AVP 97 8\r\n"
		 "a=rtpmap:97 PCMU/8000\r\na=rtpmap:8 PCMA/8000\r\n"
		 "a=ptime:20\r\n");
	end();
}

static void
usable(void)
{
	static const struct {
		const char *media;
		bool usable;
	} rows[] = {
		{ "m=audio 5002 RTP/AVP 0\r\n", true },
		{ "m=audio 5002 RTP/AVP 18 8\r\n", true },
		{ "m=audio 5002 RTP/AVP 97\r\na=rtpmap:97 PCMU/8000\r\n",
		    true },
		{ "", true },
		{ "m=audio 5002 RTP/SAVP 0\r\n", false },
		{ "m=audio 5002 FOO/BAR 0\r\n", false },
		{ "m=audio 5002 RTP/AVP 0\r\na=rtpmap:0 G729/8000\r\n", false },
		{ "m=audio 5002 RTP/AVP 97\r\n", false },
		{ "m=audio 5002 RTP/AVP 97\r\na=rtpmap:97 PCMU/16000\r\n",
		    false },
		{ "m=audio 5002 RTP/AVP 97\r\na=rtpmap:97 PCMU/8000/2\r\n",
		    false },
		{ "m=audio 5002 RTP/AVP x 300 4294967296\r\n", false },
		{ "m=video 5002 RTP/AVP 0\r\n", false },
	};

	struct sip_sdp_can can;
	const char *text;

	sip_sdp_can_read(&can, NULL, NULL);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct buf b = BUF_INIT;

		buf_printf(&b, NOW "%s", rows[i].media);
		CU_ASSERT_EQUAL(
		    sip_sdp_judge(&can, 0, buf_view(&b), &text) == 0,
		    rows[i].usable);
		buf_free(&b);
	}
	CU_ASSERT_EQUAL(sip_sdp_judge(&can, 0, STR("hello"), &text), 399);
}

/* A phone whose address is one of IPv6 wants the other kind. */
static void
families(void)
{
	struct sip_sdp_can can;
	const char *text;

	sip_sdp_can_read(&can, NULL, NULL);
	can.v6 = true;
	CU_ASSERT_EQUAL(sip_sdp_judge(&can, 0,
			    STR("v=0\r\no=- 1 1 IN IP6 ::1\r\ns=-\r\n"
				"c=IN IP6 2001:db8::9\r\nt=0 0\r\n"
				"m=audio 4000 RTP/AVP 0\r\n"),
			    &text),
	    0);
	CU_ASSERT_EQUAL(sip_sdp_judge(&can, 0,
			    STR("v=0\r\no=- 1 1 IN IP4 192.0.2.9\r\ns=-\r\n"
				"c=IN IP4 192.0.2.9\r\nt=0 0\r\n"
				"m=audio 4000 RTP/AVP 0\r\n"),
			    &text),
	    301);
}

CHECK_MAIN("offer_answer", { "places stay", places_stay },
    { "origin stays", origin_stays }, { "readdressed", readdressed },
    { "places of others stay", places_of_others_stay },
    { "times stay", times_stay },
    { "types have meanings", types_have_meanings }, { "usable", usable },
    { "families", families })
