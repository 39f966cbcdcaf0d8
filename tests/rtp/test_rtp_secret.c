/*
 * Media of calls that are sealed (RFC 3711) by keys of their descriptions (RFC
 * 4568): what is offered and answered, what flows, and what can't be opened.
 */
#include "phones.h"

#include "media/rtp.h"
#include "net/net.h"
#include "sip/sdp_session.h"
#include "srtp/sdes.h"

#define SECRET PHONE " srtp="
#define KEY    "WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz"
#define OTHER  "PS1uQCVeeCFCanVmcjkpPywjNWhcYD0mXXtxaVBR"
#define INLINE " AES_CM_128_HMAC_SHA1_80 inline:"
#define SEALED "\"proto\":\"srtp\""

/* ---- descriptions ---- */

static struct sip_sdp_ports ports;
static uint8_t drawn;

static void
draw(void *arg, uint8_t *octets, size_t n)
{
	(void)arg;
	memset(octets, ++drawn, n);
}

/* What S says of itself, at 192.0.2.HOST; an offer where OFFER is NULL. */
static int
say(struct sip_sdp_session *s_, enum sip_sdp_secrecy secrecy, unsigned host,
    const char *offer, struct buf *out)
{
	struct sip_sdp_can can;
	struct sip_sdp_terms t = { .user = "bob",
		.id = 7,
		.sends = true,
		.receives = true,
		.can = &can,
		.draw = draw,
		.addr = stage_addr(host) };

	sip_sdp_can_read(&can, NULL, NULL);
	can.secrecy = secrecy;
	s_->ports = &ports;
	buf_clear(out);
	return offer == NULL ? sip_sdp_write_offer(s_, &t, out)
			     : sip_sdp_write_answer(s_, &t, str_of(offer), out);
}

static bool
has(struct buf *text, const char *what)
{
	return strstr(buf_cstr(text), what) != NULL;
}

/* The I-th a=crypto of TEXT. */
static struct sdes_line
crypto_of(struct buf *text, size_t i)
{
	struct sdes_line line = { 0 };
	struct msg_sdp sdp;
	struct str value;

	CU_ASSERT_EQUAL(msg_sdp_read(&sdp, buf_view(text), NULL), 0);
	if (msg_sdp_attribute_find(&sdp, 1, "crypto", i, &value))
		CU_ASSERT_EQUAL(sdes_read(value, &line), SDES_NONE);
	return line;
}

static enum sip_sdp_fit
judge(struct sip_sdp_session *of, struct str answer,
    enum msg_sdp_direction ways[2])
{
	struct msg_sdp sdp;

	return sip_sdp_judge_answer(
	    of, msg_sdp_read(&sdp, answer, NULL) == 0 ? &sdp : NULL, ways);
}

/* 7.1.1 to 7.1.4: a key for each suite, one of them is answered, and stays as
 * long as the address does. */
static void
exchange(void)
{
	struct sip_sdp_session a = { 0 }, b = { 0 };
	LOCAL_BUF offer = BUF_INIT, answer = BUF_INIT, again = BUF_INIT;
	struct sdes_line first, second;
	enum msg_sdp_direction ways[2];

	CU_ASSERT_EQUAL(say(&a, SIP_SDP_SECRECY_OFFER, 1, NULL, &offer), 0);
	CU_ASSERT_TRUE(has(&offer, "RTP/SAVP 0 8\r\n"));
	first = crypto_of(&offer, 0);
	second = crypto_of(&offer, 1);
	CU_ASSERT(first.tag == 1 && first.master.suite == SRTP_AES_CM_80);
	CU_ASSERT(second.tag == 2 && second.master.suite == SRTP_AES_CM_32);
	CU_ASSERT(first.master.key[0] != second.master.key[0]);
	CU_ASSERT_EQUAL(
	    say(&b, SIP_SDP_SECRECY_REQUIRE, 2, buf_cstr(&offer), &answer), 0);
	CU_ASSERT_EQUAL(crypto_of(&answer, 0).tag, 1);
	CU_ASSERT_EQUAL(crypto_of(&answer, 1).tag, 0);
	CU_ASSERT(crypto_of(&answer, 0).master.key[0] != first.master.key[0]);
	CU_ASSERT_EQUAL(judge(&a, buf_view(&answer), ways), SIP_SDP_FITS);
	CU_ASSERT_TRUE(sip_sdp_agree(&a, buf_view(&answer)));
	/* The same, but in reverse. */
	CU_ASSERT_EQUAL(say(&b, SIP_SDP_SECRECY_REQUIRE, 2, NULL, &again), 0);
	CU_ASSERT(crypto_of(&again, 0).master.key[0] ==
		  crypto_of(&answer, 0).master.key[0]);
	CU_ASSERT_EQUAL(say(&b, SIP_SDP_SECRECY_REQUIRE, 3, NULL, &again), 0);
	CU_ASSERT(crypto_of(&again, 0).master.key[0] !=
		  crypto_of(&answer, 0).master.key[0]);
	sip_sdp_free(&a);
	sip_sdp_free(&b);
	sip_sdp_ports_free(&ports);
}

#define SDP                                                                \
	"v=0\r\no=x 1 1 IN IP4 192.0.2.9\r\ns=-\r\nc=IN IP4 192.0.2.9\r\n" \
	"t=0 0\r\nm=audio 5060 RTP/"

/* Offers of others, by what each phone makes of them. */
static void
refused(void)
{
	static const struct {
		const char *offer;
		unsigned codes[3]; /* of Warnings: no, offer, require */
	} rows[] = {
		{ SDP "AVP 0\r\n", { 0, 0, 302 } },
		{ SDP "SAVP 0\r\na=crypto:1" INLINE KEY "\r\n", { 302, 0, 0 } },
		{ SDP "SAVP 0\r\n", { 302, 306, 306 } },
		{ SDP "SAVP 0\r\na=crypto:1" INLINE "x\r\n",
		    { 302, 306, 306 } },
		{ SDP "SAVP 0\r\na=crypto:1 F8 inline:" KEY "\r\n",
		    { 302, 306, 306 } },
		{ SDP "SAVP 0\r\na=crypto:1 F8 inline:" KEY
		      "\r\na=crypto:2" INLINE KEY "\r\n",
		    { 302, 0, 0 } },
		{ SDP "SAVP 18\r\na=crypto:1" INLINE KEY "\r\n",
		    { 302, 305, 305 } },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		for (unsigned k = 0; k < 3; k++) {
			enum sip_sdp_secrecy secrecy = (enum sip_sdp_secrecy)k;
			struct sip_sdp_session b = { 0 };
			struct buf answer = BUF_INIT;
			struct sip_sdp_can can;
			const char *text;

			sip_sdp_can_read(&can, NULL, NULL);
			can.secrecy = secrecy;
			CU_ASSERT_EQUAL(sip_sdp_judge(&can, 0,
					    str_of(rows[i].offer), &text),
			    rows[i].codes[k]);
			say(&b, secrecy, 2, rows[i].offer, &answer);
			CU_ASSERT_EQUAL(
			    has(&answer, "m=audio 0 "), rows[i].codes[k] != 0);
			sip_sdp_free(&b);
			buf_free(&answer);
		}
	sip_sdp_ports_free(&ports);
}

/* 5.1.3, 7.1.3: answers that are none. */
static void
answers(void)
{
	static const struct {
		const char *answer;
		enum sdes_fault fault;
		bool fits;
	} rows[] = {
		{ SDP "SAVP 0\r\na=crypto:2 AES_CM_128_HMAC_SHA1_32 "
		      "inline:" KEY "\r\n",
		    SDES_NONE, true },
		{ SDP "SAVP 0\r\na=crypto:2" INLINE KEY "\r\n", SDES_OFFERED,
		    false },
		{ SDP "SAVP 0\r\n", SDES_ABSENT, false },
		{ SDP "SAVP 0\r\na=crypto:1" INLINE KEY
		      "\r\na=crypto:1" INLINE KEY "\r\n",
		    SDES_MORE, false },
		{ SDP "AVP 0\r\n", SDES_NONE, false },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct sip_sdp_session a = { 0 };
		enum msg_sdp_direction ways[2];
		struct buf offer = BUF_INIT;
		struct str text = str_of(rows[i].answer);

		say(&a, SIP_SDP_SECRECY_REQUIRE, 1, NULL, &offer);
		CU_ASSERT_EQUAL(judge(&a, text, ways),
		    rows[i].fits ? SIP_SDP_FITS : SIP_SDP_UNFIT);
		CU_ASSERT_EQUAL(a.fault, rows[i].fault);
		sip_sdp_agree(&a, text);
		CU_ASSERT_EQUAL(sip_sdp_count(&a, SIP_SDP_KINDS), rows[i].fits);
		sip_sdp_free(&a);
		buf_free(&offer);
	}
	sip_sdp_ports_free(&ports);
}

/* ---- runs ---- */

static void
short_call(void)
{
	STAGE_CALL(&s, "alice", "sip:bob@192.0.2.2", 3000);
	stage_do(&s, "alice", "bye", "alice/1", NULL);
	CU_ASSERT_TRUE(stage_run(&s, 1000));
}

/* Who offers what, and what becomes of the call. */
static void
flows(void)
{
	static const struct {
		const char *alice, *bob;
		size_t calls;
		bool sealed;
	} rows[] = {
		{ SECRET "offer", SECRET "offer", 1, true },
		{ SECRET "require", SECRET "offer", 1, true },
		{ SECRET "no", SECRET "offer", 1, false },
		{ SECRET "no", SECRET "require", 0, false },
		{ SECRET "offer", SECRET "no", 0, false },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		begin_as(TRACE_NETWORK, rows[i].alice, rows[i].bob);
		short_call();
		CU_ASSERT_EQUAL(media("bob", "\"op\":\"hear\""), rows[i].calls);
		CU_ASSERT_EQUAL(media("bob", "\"op\":\"refused\""), 0);
		CU_ASSERT_EQUAL(media("bob", "\"lost\":0,"), rows[i].calls * 2);
		CU_ASSERT_EQUAL(
		    stage_count(&s, SEALED, NULL, NULL) > 100, rows[i].sealed);
		CU_ASSERT_EQUAL(
		    stage_count(&s, "\"proto\":\"rtp\"", NULL, NULL) > 100,
		    rows[i].calls > 0 && !rows[i].sealed);
		CU_ASSERT_EQUAL(
		    stage_count(&s, "488 Not Acceptable", NULL, NULL) > 0,
		    rows[i].calls == 0);
		end();
	}
}

/* Hold as of RFC 2543 takes the address back, and so the key. */
static void
hold(void)
{
	begin_as(TRACE_PROTOCOL, SECRET "require hold=zero", SECRET "require");
	STAGE_CALL(&s, "alice", "sip:bob@192.0.2.2", 2000);
	CU_ASSERT_EQUAL(stage_do(&s, "alice", "hold", "alice/1", NULL), 0);
	CU_ASSERT_TRUE(stage_run(&s, 1000));
	CU_ASSERT_EQUAL(stage_do(&s, "alice", "resume", "alice/1", NULL), 0);
	CU_ASSERT_TRUE(stage_run(&s, 1000));
	stage_do(&s, "bob", "bye", "bob/1", NULL);
	CU_ASSERT_TRUE(stage_run(&s, 100));
	CU_ASSERT(media("bob", "\"op\":\"agree\"") >= 3);
	STAGE_HAS(&s, 0, KIND("bad"), NULL, NULL);
	CU_ASSERT_EQUAL(media("alice", "\"op\":\"refused\""), 0);
	CU_ASSERT_EQUAL(media("bob", "\"op\":\"refused\""), 0);
	end();
}

/* ---- somebody else at the other end ---- */

/* A packet of RTP, sealed by KEY; in the clear where that is NULL. */
static void
send_rtp(struct tester *t, const char *key, uint16_t sequence)
{
	uint8_t packet[200 + SRTP_TRAILER] = { 0x80, 0 };
	struct rtp_out out = { .ssrc = 77, .sequence = sequence };
	struct addr alice = stage_addr(1);
	struct sdes_line line = { 0 };
	size_t n = RTP_HEAD + 160;
	LOCAL_BUF text = BUF_INIT;
	struct srtp srtp;

	alice.port = 49170;
	rtp_write_head(&out, 0, false, sequence * 160u, packet);
	if (key != NULL) {
		buf_printf(&text, "1" INLINE "%s", key);
		CU_ASSERT_EQUAL(sdes_read(buf_view(&text), &line), SDES_NONE);
		srtp_begin(&srtp, &line.master);
		CU_ASSERT_EQUAL(srtp_seal(&srtp, packet, &n), SRTP_OK);
	}
	tester_send(t, &alice, (struct str){ (const char *)packet, n });
	CU_ASSERT_TRUE(stage_run(&s, 20));
}

/* What the key of alice's offer opens of what T has got. */
static size_t
count_opened(struct tester *t, struct str offer)
{
	struct sdes_line line = { 0 };
	struct msg_sdp sdp;
	struct srtp srtp;
	struct str value;
	size_t count = 0;

	CU_ASSERT_EQUAL_FATAL(msg_sdp_read(&sdp, offer, NULL), 0);
	CU_ASSERT_TRUE(msg_sdp_attribute_find(&sdp, 1, "crypto", 0, &value));
	CU_ASSERT_EQUAL(sdes_read(value, &line), SDES_NONE);
	srtp_begin(&srtp, &line.master);
	for (size_t i = 0; i < t->n; i++) {
		uint8_t copy[400];
		struct str got = buf_view(&t->got[i].bytes);
		size_t n = got.n;

		if (n > sizeof(copy) || (uint8_t)got.p[0] != 0x80)
			continue;
		memcpy(copy, got.p, n);
		count += srtp_open(&srtp, copy, &n) == SRTP_OK;
	}
	return count;
}

static struct tester peer;

/* Alice calls T, and has an INVITE there. */
static void
begin_peer(const char *alice)
{
	static const struct tester none;

	peer = none;
	begin_as(TRACE_PROTOCOL, alice, SECRET "no");
	tester_open(&s, &peer, "peer", 9);
	STAGE_CALL(&s, "alice", "sip:peer@192.0.2.9", 100);
	CU_ASSERT_TRUE_FATAL(tester_is(&peer, 0, "INVITE"));
}

static void
end_peer(void)
{
	stage_do(&s, "alice", "bye", "alice/1", NULL);
	end();
	tester_close(&peer);
}

#define SDP_LF                                   \
	CONTACT(9)                               \
	"Content-Type: application/sdp\n\nv=0\n" \
	"o=x 1 1 IN IP4 192.0.2.9\ns=-\n"        \
	"c=IN IP4 192.0.2.9\nt=0 0\nm=audio 5060 RTP/SAVP 0\n"

/* Early packets, packets of another key, open ones, ones that come again. */
static void
hostile(void)
{
	begin_peer(SECRET "require");
	send_rtp(&peer, KEY, 1);
	send_rtp(&peer, KEY, 2);
	tester_answer(&peer, 0, 200, "pt", SDP_LF "a=crypto:1" INLINE KEY);
	CU_ASSERT_TRUE(stage_run(&s, 500));
	for (uint16_t i = 3; i < 13; i++)
		send_rtp(&peer, KEY, i);
	for (uint16_t i = 13; i < 17; i++)
		send_rtp(&peer, OTHER, i);
	for (uint16_t i = 13; i < 16; i++)
		send_rtp(&peer, NULL, i);
	send_rtp(&peer, KEY, 12);
	STAGE_HAS(&s, 3, KIND("bad"), NODE("alice"), "srtp-");
	CU_ASSERT(count_opened(&peer, tester_at(&peer, 0)->body) > 20);
	stage_do(&s, "alice", "bye", "alice/1", NULL);
	CU_ASSERT_TRUE(stage_run(&s, 100));
	CU_ASSERT_EQUAL(media("alice", "\"op\":\"heard\""), 1);
	CU_ASSERT_EQUAL(media("alice", "\"packets\":10,\"lost\":0"), 1);
	CU_ASSERT_EQUAL(
	    media("alice", "\"replay\":1,\"auth_fail\":7,\"no_key\":2,"
			   "\"packets\":10"),
	    1);
	end_peer();
}

/* 7.1.3: the agreement has failed, and so has the call. */
static void
bad_answer(void)
{
	begin_peer(SECRET "require");
	tester_answer(&peer, 0, 200, "pt", SDP_LF "a=crypto:9" INLINE KEY);
	CU_ASSERT_TRUE(stage_run(&s, 500));
	STAGE_HAS(
	    &s, 1, KIND("bad"), NODE("alice"), "\"rule\":\"secret-answer\"");
	CU_ASSERT_EQUAL(media("alice", "\"op\":\"flow\""), 0);
	TESTER_HAS(&peer, 1, "BYE", 0);
	end_peer();
}

/* 7.3: two early dialogs, a key of each; both are heard. */
static void
forked(void)
{
	begin_peer(SECRET "require");
	tester_answer(&peer, 0, 183, "one", SDP_LF "a=crypto:1" INLINE KEY);
	CU_ASSERT_TRUE(stage_run(&s, 100));
	send_rtp(&peer, KEY, 1);
	tester_answer(&peer, 0, 183, "two", SDP_LF "a=crypto:1" INLINE OTHER);
	CU_ASSERT_TRUE(stage_run(&s, 100));
	send_rtp(&peer, OTHER, 5);
	send_rtp(&peer, KEY, 2);
	tester_answer(&peer, 0, 200, "one", SDP_LF "a=crypto:1" INLINE KEY);
	CU_ASSERT_TRUE(stage_run(&s, 100));
	send_rtp(&peer, KEY, 3);
	stage_do(&s, "alice", "bye", "alice/1", NULL);
	CU_ASSERT_TRUE(stage_run(&s, 100));
	CU_ASSERT_EQUAL(media("alice", "\"op\":\"refused\""), 0);
	CU_ASSERT_EQUAL(media("alice", "\"packets\":4,"), 1);
	end_peer();
}

static void
no_memory(void)
{
	for (unsigned long n = 1; n < 400; n += 7) {
		begin_as(TRACE_PROTOCOL, SECRET "offer", SECRET "offer");
		mem_fail_only(n);
		stage_call(&s, "alice", "sip:bob@192.0.2.2");
		stage_run(&s, 400);
		mem_fail_only(0);
		mem_forgive();
		stage_close(&s);
	}
}

CHECK_MAIN("rtp_secret", { "exchange", exchange }, { "refused", refused },
    { "answers", answers }, { "flows", flows }, { "hold", hold },
    { "hostile", hostile }, { "a bad answer", bad_answer },
    { "forked", forked }, { "no memory", no_memory })
