/*
 * Parts of the firmware's phone by themselves: MD5, SDP, the command line,
 * text.
 */
#include "fixtures/check.h"

#include "firmware/phone/config.h"
#include "firmware/phone/md5.h"
#include "firmware/phone/phonebook.h"
#include "firmware/phone/sdp.h"
#include "firmware/phone/sip.h"
#include "firmware/phone/text.h"

#include <string.h>

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

/* RFC 1321 A.5. */
static void
md5(void)
{
	static const struct {
		const char *text, *digest;
	} rows[] = {
		{ "", "d41d8cd98f00b204e9800998ecf8427e" },
		{ "a", "0cc175b9c0f1b6a831c399e269772661" },
		{ "abc", "900150983cd24fb0d6963f7d28e17f72" },
		{ "message digest", "f96b697d7cb7938d525a2f31aaf161d0" },
		{ "abcdefghijklmnopqrstuvwxyz",
		    "c3fcd3d76192e4007dfb496cca67e13b" },
		{ "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
		  "0123456789",
		    "d174ab98d277d9f5a5611c2c9f419d9f" },
		{ "1234567890123456789012345678901234567890123456789012345678"
		  "9012345678901234567890",
		    "57edf4a22be3c955ac49da2e2107b67a" },
	};
	char hex[MD5_HEX];

	for (size_t i = 0; i < COUNT(rows); i++) {
		md5_joined(hex, 1, &rows[i].text);
		CU_ASSERT_STRING_EQUAL(hex, rows[i].digest);
	}
}

/* RFC 2617 3.5, its numbers. */
static void
digest(void)
{
	char ha1[MD5_HEX], ha2[MD5_HEX], response[MD5_HEX];

	md5_joined(ha1, 3,
	    (const char *const[]){
		"Mufasa", "testrealm@host.com", "Circle Of Life" });
	md5_joined(ha2, 2, (const char *const[]){ "GET", "/dir/index.html" });
	md5_joined(response, 6,
	    (const char *const[]){ ha1, "dcd98b7102dd2f0e8b11d0f600bfb0c093",
		"00000001", "0a4f113b", "auth", ha2 });
	CU_ASSERT_STRING_EQUAL(response, "6629fae49393a05397450978507c4ef1");
}

static void
config(void)
{
	struct config c;

	config_read(&c,
	    "ip=192.0.2.9:5070  gw=192.0.2.1 unknown=x aor=sip:b@c.example;x=y "
	    "display=\"Bob the B\" outbound=192.0.2.2 hosts=\"a.example="
	    "192.0.2.3:5061 bad b.example=192.0.2.4\" register=yes expires=60 "
	    "answer=3 phonebook=\"A=sip:a@a;B C=sip:b@b\" lang=zh "
	    "seed=00000000000000ff media=yes");
	CU_ASSERT(c.own.ip == 0xC0000209 && c.own.port == 5070);
	CU_ASSERT_STRING_EQUAL(c.user, "b");
	CU_ASSERT_STRING_EQUAL(c.domain, "c.example");
	CU_ASSERT_STRING_EQUAL(c.display, "Bob the B");
	CU_ASSERT(c.outbound.ip == 0xC0000202 && c.outbound.port == 5060);
	CU_ASSERT(c.nhosts == 2 && c.hosts[0].at.port == 5061);
	CU_ASSERT(c.registers && c.expires_s == 60 && c.answer_s == 3);
	CU_ASSERT(c.nbook == 2);
	CU_ASSERT_STRING_EQUAL(c.book[1].name, "B C");
	CU_ASSERT(c.language == LANGUAGE_ZH && c.seed == 255 && c.media);
	CU_ASSERT(!c.compact);
	CU_ASSERT_STRING_EQUAL(c.codecs, "PCMU PCMA");
	/* Whatever it holds. */
	config_read(&c, "=\" = \"\"\"ip=999.1.1.1 aor=\"@ answer=x hosts==== "
			"phonebook=;;=;a seed=zz expires=99999999999");
	CU_ASSERT(c.own.ip == 0 && c.answer_s == -1 && c.expires_s == 3600);
	config_read(&c, "");
	CU_ASSERT(c.own.port == 5060);
}

static void
texts(void)
{
	char small[8], big[64];
	struct text t = TEXT_IN(small);
	const char *p = "a\xC3\xA4\xE4\xB8\xAD\xF0\x9F\x98\x80\xFFz";
	uint32_t ip;
	uint16_t port = 1;

	text_s(&t, "12345");
	CU_ASSERT(!t.cut);
	text_s(&t, "6789");
	CU_ASSERT(t.cut);
	CU_ASSERT_STRING_EQUAL(small, "1234567");
	t = TEXT_IN(big);
	text_u(&t, 0);
	text_pad(&t, 7, 3);
	text_x(&t, 0xDEADBEEF);
	text_ip(&t, 0xC0000201);
	CU_ASSERT_STRING_EQUAL(big, "0007deadbeef192.0.2.1");
	CU_ASSERT(text_next(&p) == 'a' && text_next(&p) == 0xE4);
	CU_ASSERT(text_next(&p) == 0x4E2D && text_next(&p) == 0x1F600);
	CU_ASSERT(text_next(&p) == 0xFFFD && text_next(&p) == 'z');
	CU_ASSERT(text_next(&p) == 0 && text_next(&p) == 0);
	text_copy(small, sizeof(small), "\xE4\xB8\xAD\xE4\xB8\xAD\xE4\xB8\xAD");
	CU_ASSERT_STRING_EQUAL(small, "\xE4\xB8\xAD\xE4\xB8\xAD");
	CU_ASSERT(text_read_ip("10.0.0.255:65535", &ip, &port));
	CU_ASSERT(ip == 0x0A0000FF && port == 65535);
	CU_ASSERT(!text_read_ip("10.0.0.256", &ip, NULL));
	CU_ASSERT(!text_read_ip("10.0.0", &ip, NULL));
	CU_ASSERT(!text_read_ip("10.0.0.1:5060", &ip, NULL));
	CU_ASSERT(!text_read_ip("10.0.0.1:65536", &ip, &port));
	CU_ASSERT(text_same("SeNdOnLy", "sendonly") && !text_same("a", "ab"));
}

static void
descriptions(void)
{
	struct config c;
	struct sdp_own own = { .id = 1, .version = 2, .port = 5000 };
	struct sdp_peer peer;
	char sdp[SDP_MAX];
	struct text t = TEXT_IN(sdp);

	config_read(&c, "ip=192.0.2.9 aor=sip:b@c codecs=\"PCMA speex\"");
	sdp_offer(&c, &own, &t);
	CU_ASSERT_STRING_EQUAL(sdp,
	    "v=0\r\no=b 1 2 IN IP4 192.0.2.9\r\ns=-\r\nc=IN IP4 192.0.2.9\r\n"
	    "t=0 0\r\nm=audio 5000 RTP/AVP 8 96 101\r\n"
	    "a=rtpmap:8 PCMA/8000\r\na=rtpmap:96 speex/8000\r\n"
	    "a=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-15\r\n"
	    "a=sendrecv\r\n");
	CU_ASSERT(sdp_read(sdp, &peer));
	CU_ASSERT(peer.codec == RTP_PCMA && peer.events == 101);
	CU_ASSERT(peer.at.ip == 0xC0000209 && peer.at.port == 5000);
	/* Hold as RFC 2543 had it. */
	CU_ASSERT(sdp_read("v=0\r\no=- 1 1 IN IP4 192.0.2.3\r\ns=-\r\n"
			   "c=IN IP4 0.0.0.0\r\nt=0 0\r\n"
			   "m=audio 4000 RTP/AVP 0\r\n",
	    &peer));
	CU_ASSERT(peer.direction == SDP_SENDONLY && peer.events == -1);
	CU_ASSERT(!sdp_read("", &peer));
	CU_ASSERT(!sdp_read("rubbish", &peer));
}

#define HEAD                                         \
	"v=0\r\no=- 1 1 IN IP4 192.0.2.3\r\ns=-\r\n" \
	"c=IN IP4 192.0.2.3\r\n"
#define NOW HEAD "t=0 0\r\n"

/* RFC 3264 6, 6.1: the answer has the offer's t=, and its numbers. */
static void
answers(void)
{
	struct config c;
	struct sdp_own own = { .id = 1, .version = 2, .port = 5000 };
	struct sdp_peer peer;
	char sdp[SDP_MAX];
	struct text t = TEXT_IN(sdp);

	config_read(&c, "ip=192.0.2.9 aor=sip:b@c");
	CU_ASSERT_FATAL(sdp_answer(&c, &own,
	    HEAD "t=3034423619 3042462419\r\nt=1 2\r\n"
		 "m=audio 4000 RTP/AVP 0 97 8\r\na=rtpmap:0 G729/8000\r\n"
		 "a=rtpmap:97 pcmu/8000/1\r\na=rtpmap:98 "
		 "telephone-event/8000\r\n",
	    &peer, &t));
	CU_ASSERT_STRING_EQUAL(sdp,
	    "v=0\r\no=b 1 2 IN IP4 192.0.2.9\r\ns=-\r\nc=IN IP4 192.0.2.9\r\n"
	    "t=3034423619 3042462419\r\nt=1 2\r\n"
	    "m=audio 5000 RTP/AVP 97 98\r\na=rtpmap:97 PCMU/8000\r\n"
	    "a=rtpmap:98 telephone-event/8000\r\na=fmtp:98 0-15\r\n"
	    "a=sendrecv\r\n");
	CU_ASSERT(peer.codec == RTP_PCMU && peer.payload == 97);
	sdp_forget(&own);
}

/* RFC 3261 20.43, as other phones say it. */
static void
warnings(void)
{
	static const struct {
		const char *offer;
		unsigned code;
	} rows[] = {
		{ NOW "m=audio 4000 RTP/AVP 0\r\n", 0 },
		{ NOW "m=audio 4000 RTP/AVP 97\r\na=rtpmap:97 PCMA/8000\r\n",
		    0 },
		{ "rubbish", 399 },
		{ NOW "m=video 4000 RTP/AVP 31\r\n", 304 },
		{ NOW "m=audio 4000 RTP/SAVP 0\r\n", 302 },
		{ NOW "m=audio 4000 RTP/AVP 18\r\n", 305 },
		{ NOW "m=audio 4000 RTP/AVP 0\r\na=rtpmap:0 PCMU/16000\r\n",
		    305 },
		{ NOW "m=audio 4000 RTP/AVP 0\r\nc=IN IP6 2001:db8::1\r\n",
		    301 },
		{ NOW "m=audio 4000 RTP/AVP 0\r\nc=ATM NSAP 47\r\n", 300 },
	};
	const char *words;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct sdp_peer peer;
		unsigned code = sdp_warning(NULL, rows[i].offer, &words);

		if (code != rows[i].code)
			printf("  row %zu: %u\n", i, code);
		CU_ASSERT_EQUAL(code, rows[i].code);
		CU_ASSERT_EQUAL(
		    sdp_read(rows[i].offer, &peer) && peer.codec >= 0,
		    rows[i].code == 0);
	}
}

static void
compact(void)
{
	const char *in = "INVITE sip:To:x SIP/2.0\r\nVia: a\r\nCSeq: 1\r\n"
			 "content-type: b\r\nContent-Length: 5\r\n\r\nVia: ";
	char out[256];
	size_t n = sip_compact(in, strlen(in), out);

	out[n] = '\0';
	CU_ASSERT_STRING_EQUAL(out,
	    "INVITE sip:To:x SIP/2.0\r\nv: a\r\nCSeq: 1\r\n"
	    "c: b\r\nl: 5\r\n\r\nVia: ");
}

static void
lists(void)
{
	struct history h = { .n = 0 };
	char name[8];

	for (int i = 0; i < 20; i++) {
		snprintf(name, sizeof(name), "n%d", i);
		history_add(&h, name, "sip:x@y", "text");
	}
	CU_ASSERT(h.n == HISTORY && h.fresh == HISTORY);
	CU_ASSERT_STRING_EQUAL(h.entries[0].name, "n19");
	CU_ASSERT_STRING_EQUAL(h.entries[HISTORY - 1].name, "n12");
	history_clear(&h);
	book_short("sip:bob@b.example;user=phone", name, sizeof(name));
	CU_ASSERT_STRING_EQUAL(name, "bob");
	book_short("sip:b.ex", name, sizeof(name));
	CU_ASSERT_STRING_EQUAL(name, "b.ex");
	book_short("sip:@", name, sizeof(name));
	book_short("", name, sizeof(name));
	CU_ASSERT_STRING_EQUAL(name, "");
}

CHECK_MAIN("firmware: phone parts", { "MD5", md5 }, { "digest", digest },
    { "command line", config }, { "text", texts },
    { "descriptions", descriptions }, { "answers", answers },
    { "warnings", warnings }, { "compact", compact }, { "lists", lists })
