/* Packets sealed and opened, and the keys for it in SDP: src/protocol/srtp. */
#include "fixtures/check.h"

#include "media/rtp.h"
#include "srtp/sdes.h"
#include "srtp/srtp.h"

#include "base/library.h"

#include <string.h>

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))
#define MOST     2048 /* octets of a packet here */

/* RFC 3711 B.3, and the line that these would have. */
#define KEY  "4fl6DT4Bi+DWT6MsBt5BOQ7Gda1Jiv7rtpYLOqvm"
#define LINE "1 AES_CM_128_HMAC_SHA1_80 inline:" KEY
/* RFC 4568's example. */
#define OTHER "WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz"

#define RTP                                        \
	"8000123400000a00cafebabeff7fd555ff7fd555" \
	"ff7fd555ff7fd555ff7fd555"
#define RTCP "80c90001cafebabe81ca0004cafebabe01076140622e636f6d000000"

static size_t
octets_of(const char *hex, uint8_t *p)
{
	size_t n = strlen(hex) / 2;

	for (size_t i = 0; i < n; i++)
		p[i] = (uint8_t)(chr_hex(hex[2 * i]) << 4 |
				 chr_hex(hex[2 * i + 1]));
	return n;
}

static bool
is_hex(const uint8_t *p, size_t n, const char *hex)
{
	uint8_t want[MOST];

	return octets_of(hex, want) == n && memcmp(p, want, n) == 0;
}

static void
begin(struct srtp *s, const char *line)
{
	struct sdes_line l;

	CU_ASSERT_EQUAL_FATAL(sdes_read(str_of(line), &l), SDES_NONE);
	srtp_begin(s, &l.master);
}

/* A packet of 172 octets with this sequence number. */
static size_t
packet_of(uint32_t ssrc, uint16_t sequence, uint8_t *p)
{
	struct rtp_out out = { ssrc, 0, sequence };

	memset(p, 0xD5, RTP_HEAD + 160);
	rtp_write_head(&out, RTP_PCMA, false, 160u * sequence, p);
	return RTP_HEAD + 160;
}

/* ---- vectors ---- */

/* The vector has index 1, as libsrtp's first packet has; ours has 0. */
static void
control(void)
{
	static const char vector[] =
	    "80c90001cafebabe5b49a8f485d2a8a814545aaa30f26d6c1344132a"
	    "80000001e53e43ee2a6eee4cda72";
	struct srtp out, in;
	uint8_t p[MOST];
	size_t n;

	begin(&out, LINE);
	begin(&in, LINE);
	for (unsigned i = 0; i < 3; i++) {
		n = octets_of(RTCP, p);
		CU_ASSERT_EQUAL(srtp_seal_rtcp(&out, p, &n), SRTP_OK);
		CU_ASSERT(is_hex(p + 28, 4, "80000000") == (i == 0));
		CU_ASSERT(is_hex(p, n, vector) == (i == 1));
		CU_ASSERT_EQUAL(srtp_open_rtcp(&in, p, &n), SRTP_OK);
		CU_ASSERT(is_hex(p, n, RTCP));
	}
	n = octets_of(vector, p);
	CU_ASSERT_EQUAL(srtp_open_rtcp(&in, p, &n), SRTP_REPLAY);
	begin(&in, "1 AES_CM_128_HMAC_SHA1_32 inline:" KEY);
	CU_ASSERT_EQUAL(srtp_open_rtcp(&in, p, &n), SRTP_OK);
	CU_ASSERT(is_hex(p, n, RTCP));
}

/* ---- verdicts ---- */

/* What is no packet, at each length that it may have been cut to. */
static void
cut(void)
{
	uint8_t p[MOST];
	struct srtp s;
	size_t n;

	begin(&s, LINE);
	for (size_t is = 0; is < 42; is++) {
		enum srtp_verdict want =
		    is < RTP_HEAD + 10 ? SRTP_TOO_SHORT : SRTP_AUTH_FAIL;

		octets_of(RTP, p);
		n = is;
		CU_ASSERT_EQUAL(srtp_open(&s, p, &n), want);
		CU_ASSERT_EQUAL(n, is);
		octets_of(RTCP, p);
		n = is;
		CU_ASSERT_EQUAL(srtp_open_rtcp(&s, p, &n),
		    is < 8 + 14 ? SRTP_TOO_SHORT : SRTP_AUTH_FAIL);
	}
	static const char *const heads[] = {
		"4000", /* version 1 */
		"8f00", /* more CSRCs than there is room for */
		"9000", /* an extension that is longer than the packet */
	};
	for (size_t i = 0; i < COUNT(heads); i++) {
		n = octets_of(RTP, p);
		memset(p + RTP_HEAD, 0xFF, n - RTP_HEAD);
		octets_of(heads[i], p);
		CU_ASSERT_EQUAL(srtp_seal(&s, p, &n), SRTP_BAD_HEAD);
		CU_ASSERT_EQUAL(srtp_open(&s, p, &n), SRTP_BAD_HEAD);
	}
	n = octets_of(RTP, p);
	CU_ASSERT_EQUAL(srtp_seal_rtcp(&s, p, &n), SRTP_BAD_HEAD);
}

/* A key's end, and SSRCs that share one. */
static void
bounds(void)
{
	struct srtp out, in;
	uint8_t p[MOST];
	size_t n;

	begin(&out, LINE "|2^1");
	begin(&in, LINE);
	for (uint16_t i = 0; i < 3; i++) {
		n = packet_of(1, i, p);
		CU_ASSERT_EQUAL(
		    srtp_seal(&out, p, &n), i < 2 ? SRTP_OK : SRTP_EXPIRED);
	}
	begin(&out, LINE);
	for (uint32_t ssrc = 0; ssrc < SRTP_STREAMS + 2; ssrc++) {
		n = packet_of(ssrc, 9, p);
		CU_ASSERT_EQUAL(srtp_seal(&out, p, &n),
		    ssrc < SRTP_STREAMS ? SRTP_OK : SRTP_TOO_MANY);
		if (ssrc < SRTP_STREAMS)
			CU_ASSERT_EQUAL(srtp_open(&in, p, &n), SRTP_OK);
	}
	out.streams[0].rtp.highest = 0xFFFFFFFFFFFE;
	n = packet_of(0, 0xFFFF, p);
	CU_ASSERT_EQUAL(srtp_seal(&out, p, &n), SRTP_OK);
	n = packet_of(0, 0, p);
	CU_ASSERT_EQUAL(srtp_seal(&out, p, &n), SRTP_EXPIRED);
	out.streams[0].rtcp.packets = 1;
	out.streams[0].rtcp.highest = 0x7FFFFFFE;
	for (unsigned i = 0; i < 2; i++) {
		n = octets_of(RTCP, p);
		memset(p + 4, 0, 4);
		CU_ASSERT_EQUAL(srtp_seal_rtcp(&out, p, &n),
		    i == 0 ? SRTP_OK : SRTP_EXPIRED);
	}
}

/* ---- a long run, and another's reading of the same ---- */

/* Numbers without a meaning, the same ones each time. */
static uint32_t
draw(uint64_t *state)
{
	*state = *state * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(*state >> 33);
}

/* 140,000 packets, a fifth of them lost, 5,000 at a time once: the sequence
 * numbers begin anew twice. */
static void
long_run(void)
{
	uint64_t state = 1;
	struct srtp out, in;
	uint8_t p[64];
	unsigned opened = 0, sent = 0;

	begin(&out, LINE);
	begin(&in, LINE);
	for (uint32_t i = 0; i < 140000; i += IS_SANITIZED ? 7 : 1) {
		struct rtp_out head = { 5, 0, (uint16_t)(i + 65000) };
		bool lost = draw(&state) % 5 == 0 || (i > 90000 && i < 95000);
		size_t n = 40;

		memset(p, (int)i, n);
		rtp_write_head(&head, RTP_PCMU, false, i, p);
		CU_ASSERT_EQUAL(srtp_seal(&out, p, &n), SRTP_OK);
		sent += !lost;
		if (!lost && srtp_open(&in, p, &n) == SRTP_OK &&
		    p[39] == (uint8_t)i)
			opened++;
	}
	CU_ASSERT_EQUAL(opened, sent);
	CU_ASSERT_EQUAL(in.streams[0].rtp.highest >> 16, 3);
}

#if __has_include(<srtp2/srtp.h>)
#undef SRTP_SRTP_H /* the guard of both */
#include <srtp2/srtp.h>

#define FUNCTIONS(X)                           \
	X(srtp_init)                           \
	X(srtp_create)                         \
	X(srtp_dealloc)                        \
	X(srtp_protect)                        \
	X(srtp_unprotect)                      \
	X(srtp_protect_rtcp)                   \
	X(srtp_unprotect_rtcp)                 \
	X(srtp_crypto_policy_set_rtp_default)  \
	X(srtp_crypto_policy_set_rtcp_default) \
	X(srtp_crypto_policy_set_aes_cm_128_hmac_sha1_32)
static struct {
	FUNCTIONS(LIBRARY_POINTER)
} other;

static bool
other_is_there(void)
{
	static bool asked, there;

	if (!asked)
		there =
		    LIBRARY_LOAD("libsrtp2.so", FUNCTIONS, other, NULL) == 0 &&
		    other.srtp_init() == srtp_err_status_ok;
	asked = true;
	return there;
}

static srtp_t
begin_other(const struct srtp_master *m, bool inbound)
{
	uint8_t key[SRTP_KEY + SRTP_SALT];
	srtp_policy_t policy = { 0 };
	srtp_t session = NULL;

	memcpy(key, m->key, SRTP_KEY);
	memcpy(key + SRTP_KEY, m->salt, SRTP_SALT);
	if (m->suite == SRTP_AES_CM_32)
		other.srtp_crypto_policy_set_aes_cm_128_hmac_sha1_32(
		    &policy.rtp);
	else
		other.srtp_crypto_policy_set_rtp_default(&policy.rtp);
	other.srtp_crypto_policy_set_rtcp_default(&policy.rtcp);
	policy.ssrc.type = inbound ? ssrc_any_inbound : ssrc_any_outbound;
	policy.key = key;
	policy.window_size = SRTP_WINDOW;
	CU_ASSERT_EQUAL_FATAL(
	    other.srtp_create(&session, &policy), srtp_err_status_ok);
	return session;
}

/* A packet of any length, with CSRCs and an extension at times. */
static size_t
any_packet(uint64_t *state, uint16_t sequence, bool rtcp, uint8_t *p)
{
	struct rtp_out out = { 7, 0, sequence };
	unsigned csrcs = draw(state) % 4, words = draw(state) % 8;
	size_t n = RTP_HEAD + 4 * csrcs + 4 + 4 * words + draw(state) % 1400;

	for (size_t i = 0; i < n; i++)
		p[i] = (uint8_t)draw(state);
	if (rtcp) {
		n = n / 4 * 4;
		octets_of("80c8000600000007", p);
		return n < 28 ? 28 : n;
	}
	rtp_write_head(&out, RTP_PCMU, false, draw(state), p);
	p[0] |= (uint8_t)(0x10 | csrcs);
	octets_of("bede0000", p + RTP_HEAD + 4 * csrcs);
	p[RTP_HEAD + 4 * csrcs + 3] = (uint8_t)words;
	return n;
}

/* One packet by us and by the other: the same octets, and each opens it. */
static void
both_ways(struct srtp *out, struct srtp *in, srtp_t their_out, srtp_t their_in,
    bool rtcp, uint8_t *p, size_t n)
{
	uint8_t theirs[MOST], was[MOST];
	size_t sealed_n = n;
	int len = (int)n;

	memcpy(theirs, p, n);
	memcpy(was, p, n);
	CU_ASSERT_EQUAL(
	    (rtcp ? srtp_seal_rtcp : srtp_seal)(out, p, &sealed_n), SRTP_OK);
	CU_ASSERT_EQUAL((rtcp ? other.srtp_protect_rtcp : other.srtp_protect)(
			    their_out, theirs, &len),
	    srtp_err_status_ok);
	CU_ASSERT_EQUAL((size_t)len, sealed_n);
	/* Its first RTCP packet has index 1. */
	CU_ASSERT(rtcp || memcmp(p, theirs, sealed_n) == 0);
	CU_ASSERT_EQUAL((rtcp ? other.srtp_unprotect_rtcp
			      : other.srtp_unprotect)(their_in, p, &len),
	    srtp_err_status_ok);
	CU_ASSERT((size_t)len == n && memcmp(p, was, n) == 0);
	CU_ASSERT_EQUAL(
	    (rtcp ? srtp_open_rtcp : srtp_open)(in, theirs, &sealed_n),
	    SRTP_OK);
	CU_ASSERT(sealed_n == n && memcmp(theirs, was, n) == 0);
}

/* Any keys, lengths and heads, with gaps in the sequence numbers: both read
 * what both write. */
static void
second_reader(void)
{
	uint64_t state = 7;
	uint8_t p[MOST];

	if (!other_is_there()) {
		check_skip("there is no libsrtp2");
		return;
	}
	for (unsigned i = 0; i < 40; i++) {
		struct srtp_master m = { .suite = i % 2 == 0 ? SRTP_AES_CM_80
							     : SRTP_AES_CM_32 };
		struct srtp out, in;
		srtp_t their_out, their_in;
		uint32_t sequence = draw(&state) & 0x7FFF;

		for (unsigned j = 0; j < SRTP_KEY; j++)
			m.key[j] = (uint8_t)draw(&state);
		for (unsigned j = 0; j < SRTP_SALT; j++)
			m.salt[j] = (uint8_t)draw(&state);
		srtp_begin(&out, &m);
		srtp_begin(&in, &m);
		their_out = begin_other(&m, false);
		their_in = begin_other(&m, true);
		for (unsigned j = 0; j < 50; j++) {
			bool rtcp = j % 8 == 7;
			size_t n =
			    any_packet(&state, (uint16_t)sequence, rtcp, p);

			both_ways(&out, &in, their_out, their_in, rtcp, p, n);
			sequence += 1 + draw(&state) % 8000;
		}
		other.srtp_dealloc(their_out);
		other.srtp_dealloc(their_in);
	}
}

/* What comes in any order, twice, or changed: both say the same of it. */
static void
same_verdicts(void)
{
	static const struct {
		enum srtp_verdict ours;
		srtp_err_status_t theirs;
	} same[] = {
		{ SRTP_OK, srtp_err_status_ok },
		{ SRTP_REPLAY, srtp_err_status_replay_fail },
		{ SRTP_REPLAY_OLD, srtp_err_status_replay_old },
		{ SRTP_AUTH_FAIL, srtp_err_status_auth_fail },
	};
	static uint8_t kept[3000][64];
	struct srtp_master m = { .key = "a key of sixteen" };
	unsigned said[COUNT(same)] = { 0 };
	uint64_t state = 3;
	struct srtp out, in;
	srtp_t theirs;
	size_t n = 0;

	if (!other_is_there()) {
		check_skip("there is no libsrtp2");
		return;
	}
	srtp_begin(&out, &m);
	srtp_begin(&in, &m);
	theirs = begin_other(&m, true);
	for (unsigned i = 0; i < COUNT(kept); i++) {
		struct rtp_out head = { 3, 0, (uint16_t)(64000 + i) };

		n = 48;
		rtp_write_head(&head, RTP_PCMU, false, i, kept[i]);
		CU_ASSERT_EQUAL(srtp_seal(&out, kept[i], &n), SRTP_OK);
	}
	for (unsigned i = 0; i < 2 * COUNT(kept); i++) {
		uint32_t at = i / 2 + draw(&state) % 200;
		uint8_t p[64], q[64];
		size_t left = n, row = 0;
		int len = (int)n;
		enum srtp_verdict ours;
		srtp_err_status_t their;

		memcpy(p, kept[at < COUNT(kept) ? at : i / 2], n);
		p[20] ^= draw(&state) % 16 == 0;
		memcpy(q, p, n);
		ours = srtp_open(&in, p, &left);
		their = other.srtp_unprotect(theirs, q, &len);
		while (row < COUNT(same) && same[row].ours != ours)
			row++;
		CU_ASSERT_FATAL(row < COUNT(same));
		CU_ASSERT_EQUAL(same[row].theirs, their);
		said[row]++;
	}
	for (size_t i = 0; i < COUNT(same); i++)
		CU_ASSERT(said[i] > 100);
	other.srtp_dealloc(theirs);
}
#else
static void
second_reader(void)
{
	check_skip("there is no libsrtp2");
}

static void
same_verdicts(void)
{
	check_skip("there is no libsrtp2");
}
#endif

/* ---- a=crypto ---- */

#define INLINE " AES_CM_128_HMAC_SHA1_80 inline:"

static void
lines(void)
{
	static const struct {
		const char *value;
		enum sdes_fault fault;
	} rows[] = {
		{ LINE, SDES_NONE },
		{ "123456789\taes_cm_128_hmac_sha1_32  INLINE:" KEY
		  "== WSH=64 -x FEC_ORDER=FEC_SRTP ",
		    SDES_NONE },
		{ LINE "|2^48", SDES_NONE },
		{ LINE "|1048576", SDES_NONE },
		{ "", SDES_SYNTAX },
		{ "1 AES_CM_128_HMAC_SHA1_80", SDES_SYNTAX },
		{ "01" INLINE KEY, SDES_TAG },
		{ "1234567890" INLINE KEY, SDES_TAG },
		{ "-1" INLINE KEY, SDES_TAG },
		{ "1 F8_128_HMAC_SHA1_80 inline:" KEY, SDES_SUITE },
		{ "1 AES_CM_128_HMAC_SHA1_80 uri:" KEY, SDES_METHOD },
		{ LINE ";inline:" OTHER, SDES_SEVERAL },
		{ LINE "A", SDES_KEY },
		{ LINE "===", SDES_KEY },
		{ "1" INLINE "4fl6DT4Bi+DWT6MsBt5BOQ7Gda1Jiv7rtpYLOqv",
		    SDES_KEY },
		{ "1" INLINE "4fl6DT4Bi+DWT6MsBt5BOQ7Gda1Jiv7rtpYLOq*m",
		    SDES_KEY },
		{ "1" INLINE "4fl6DT4Bi+DWT6MsBt5BOQ7Gda1Jiv7rtpYLOqv\v",
		    SDES_KEY },
		{ "1" INLINE "4fl6DT4Bi+DWT6MsBt5BOQ7Gda1Jiv7rtpYL=qvm",
		    SDES_KEY },
		{ LINE "|", SDES_LIFETIME },
		{ LINE "|0", SDES_LIFETIME },
		{ LINE "|2^", SDES_LIFETIME },
		{ LINE "|2^49", SDES_LIFETIME },
		{ LINE "|2^020", SDES_LIFETIME },
		{ LINE "|281474976710657", SDES_LIFETIME },
		{ LINE "|99999999999999999999999", SDES_LIFETIME },
		{ LINE "|2^20|", SDES_LIFETIME },
		{ LINE "|2^20|1:32", SDES_MKI },
		{ LINE "|1066:4", SDES_MKI },
		{ LINE " KDR=1", SDES_PARAMETER },
		{ LINE " UNENCRYPTED_SRTP", SDES_PARAMETER },
		{ LINE " WSH=63", SDES_PARAMETER },
		{ LINE " WSH=", SDES_PARAMETER },
		{ LINE " -ok new", SDES_PARAMETER },
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct sdes_line line, back;
		struct buf out = BUF_INIT;

		CU_ASSERT_EQUAL(
		    sdes_read(str_of(rows[i].value), &line), rows[i].fault);
		if (rows[i].fault == SDES_NONE) {
			sdes_write(&line, &out);
			CU_ASSERT_EQUAL(
			    sdes_read(buf_view(&out), &back), SDES_NONE);
			CU_ASSERT(back.tag == line.tag &&
				  back.master.suite == line.master.suite &&
				  back.master.lifetime == line.master.lifetime);
		}
		if (i == 0)
			CU_ASSERT_STRING_EQUAL(buf_cstr(&out), LINE);
		buf_free(&out);
	}
}

/* RFC 4568 5.1.2, 5.1.3. */
static void
negotiated(void)
{
	struct str offer[] = {
		STR_INIT("1 F8_128_HMAC_SHA1_80 inline:" KEY),
		STR_INIT("1" INLINE KEY),
		STR_INIT("2 AES_CM_128_HMAC_SHA1_32 inline:" KEY),
		STR_INIT("3" INLINE OTHER),
	};
	struct str answers[] = {
		STR_INIT("3" INLINE OTHER),
		STR_INIT("2" INLINE OTHER),
		STR_INIT("4" INLINE OTHER),
		STR_INIT("3" INLINE),
	};
	struct sdes_line line, offered[2];
	size_t which = 9;

	CU_ASSERT_EQUAL(sdes_choose(offer, 0, &line), SDES_ABSENT);
	CU_ASSERT_EQUAL(sdes_choose(offer, 1, &line), SDES_SUITE);
	/* Its tag is another's, which comes first. */
	CU_ASSERT_EQUAL(sdes_choose(offer, 2, &line), SDES_SUITE);
	CU_ASSERT_EQUAL(sdes_choose(offer, 4, &line), SDES_NONE);
	CU_ASSERT(line.tag == 2 && line.master.suite == SRTP_AES_CM_32);
	for (size_t i = 0; i < 2; i++)
		sdes_read(offer[2 + i], &offered[i]);
	CU_ASSERT_EQUAL(
	    sdes_read_answer(answers, 1, offered, 2, &line, &which), SDES_NONE);
	CU_ASSERT_EQUAL(which, 1);
	CU_ASSERT_EQUAL(
	    sdes_read_answer(answers + 1, 1, offered, 2, &line, &which),
	    SDES_OFFERED);
	CU_ASSERT_EQUAL(
	    sdes_read_answer(answers + 2, 1, offered, 2, &line, &which),
	    SDES_OFFERED);
	CU_ASSERT_EQUAL(
	    sdes_read_answer(answers + 3, 1, offered, 2, &line, &which),
	    SDES_KEY);
	CU_ASSERT_EQUAL(
	    sdes_read_answer(answers, 2, offered, 2, &line, &which), SDES_MORE);
	CU_ASSERT_EQUAL(sdes_read_answer(answers, 0, offered, 2, &line, &which),
	    SDES_ABSENT);
	CU_ASSERT(strlen(sdes_fault_words(SDES_OFFERED)) > 0);
}

CHECK_MAIN("srtp", { "control", control }, { "cut", cut }, { "bounds", bounds },
    { "long run", long_run }, { "second reader", second_reader },
    { "same verdicts", same_verdicts }, { "lines", lines },
    { "negotiated", negotiated })
