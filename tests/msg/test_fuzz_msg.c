/*
 * Every reader of src/protocol/msg on mutated messages: they must come to an
 * end, stay within the bytes given (which are an allocation of their own, so
 * that the sanitizers see one byte too many), and their slices must lie inside.
 * The generator is ours and seeded by a constant: each run does the same.
 */
#include "fixtures/check.h"

#include "base/buf.h"
#include "base/mem.h"
#include "msg/annotate.h"
#include "msg/header_names.h"
#include "msg/parts.h"
#include "msg/sdp.h"
#include "splice_write.h"
#include "words/annotate_doc.h"

#include <dirent.h>
#include <string.h>

#define ROUNDS       12000
#define NOTE_EVERY   8 /* explaining costs more */
#define SEEDS        600
#define LARGEST_SEED 4000

static const char *const own_seeds[] = {
	"INVITE sip:bob:pw@[2001:db8::1]:5070;lr?a=b SIP/2.0\r\n"
	"Via: SIP/2.0/UDP a:5060;branch=z9hG4bK1;rport,SIP/2.0/TLS b\r\n"
	"f: \"A \\\"B\\\" <\" <sip:a%40@b;x>;tag=1\r\nTo : sip:b@c\r\n ;y=z\r\n"
	"i: x@y\r\nCSeq: 1 INVITE\r\nm: <sip:a?b=c&d=e>;q=0.5;expires=9,*\r\n"
	"Route: <sip:p;lr>,,<sip:q>\r\nMax-Forwards: 70\r\nk: 100rel,x\r\n"
	"Session-Expires: 90;refresher=uac\r\nReplaces: a;to-tag=b\r\n"
	"Authorization: Digest realm=\"r\", nonce=\"n\", nc=1\r\n"
	"c: application/sdp\r\nl: 95\r\n\r\n"
	"v=0\r\no=a 1 2 IN IP4 c\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\n"
	"m=audio 4/2 RTP/AVP 0 99\r\na=rtpmap:99 x/8000\r\n",
	"SIP/2.0 401 Unauthorized\r\nVia: SIP / 2.0\r\n /UDP h;received=1\r\n"
	"From: <sip:a>;tag=1\r\nTo: <sip:b>;tag=2\r\nCall-ID: c\r\n"
	"CSeq: 2 SUBSCRIBE\r\nEvent: presence;id=1\r\nRAck: 1 2 INVITE\r\n"
	"WWW-Authenticate: Digest realm=\"r\", algorithm=MD5, qop=\"auth\"\r\n"
	"Reason: SIP;cause=486\r\nWarning: 307 h \"x\"\r\nAllow: INVITE\r\n"
	"Subscription-State: active;expires=1\r\nHide: x\r\n\r\nbody",
};

struct seeds {
	struct buf text[SEEDS];
	size_t n;
};

static uint64_t state;

static uint32_t
draw(uint32_t below)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return (uint32_t)(state >> 32) % below;
}

static int
is_seed(const struct dirent *e)
{
	const char *dot = strrchr(e->d_name, '.');

	return dot != NULL &&
	       (strcmp(dot, ".dat") == 0 || strcmp(dot, ".msg") == 0);
}

/* The files of a folder beside the project, in the order of their names. */
static void
add_folder(struct seeds *seeds, const char *folder)
{
	char path[512], file[800];
	struct dirent **names;
	int n;

	snprintf(path, sizeof(path), "%s/%s", check_data(), folder);
	n = scandir(path, &names, is_seed, alphasort);
	for (int i = 0; i < n; i++) {
		struct buf *b = &seeds->text[seeds->n];

		snprintf(file, sizeof(file), "%s/%s", path, names[i]->d_name);
		if (seeds->n < SEEDS && buf_read_file(b, file, 65536) == 0 &&
		    b->n > 0 && b->n <= LARGEST_SEED)
			seeds->n++;
		else
			buf_free(b);
		free(names[i]);
	}
	if (n >= 0)
		free(names);
}

static void
inside(struct str whole, struct str part)
{
	CU_ASSERT_TRUE(
	    part.n == 0 ||
	    (part.p >= whole.p && part.p + part.n <= whole.p + whole.n));
}

static void
try_value(struct str v)
{
	struct msg_via via;
	struct msg_addr addr;
	struct msg_uri uri;
	struct msg_cseq cseq;
	LOCAL_BUF out = BUF_INIT;

	if (msg_via_read(v, &via) == 0) {
		inside(v, via.sent_by);
		inside(v, via.branch);
		inside(v, via.params);
	}
	if (msg_addr_read(v, &addr) == 0) {
		inside(v, addr.display);
		inside(v, addr.uri);
		inside(v, addr.params);
		msg_q(addr.params);
		if (msg_uri_read(addr.uri, &uri) == 0) {
			inside(v, uri.user);
			inside(v, uri.host);
			inside(v, uri.headers);
			msg_uri_aor(addr.uri, &out);
			/* canonical twice is canonical once */
			if (out.n > 0) {
				struct buf twice = BUF_INIT;

				CU_ASSERT_EQUAL(
				    msg_uri_aor(buf_view(&out), &twice), 0);
				CU_ASSERT_TRUE(
				    str_eq(buf_view(&out), buf_view(&twice)));
				buf_free(&twice);
			}
			msg_uri_equal(addr.uri, v);
		}
	}
	msg_cseq_read(v, &cseq);
	msg_tag(v);
	msg_q(v);
}

/* Takes every other field out and sees that the rest stays as it was. */
static void
try_splice(const struct msg *m)
{
	struct msg_splice sp;
	LOCAL_BUF out = BUF_INIT;
	size_t cut = 0;

	msg_splice_init(&sp, m->bytes);
	for (size_t i = 0; i < m->nfields && sp.n < MSG_SPLICES; i += 2) {
		msg_splice_delete(&sp, m->fields[i].line);
		cut += m->fields[i].line.n;
	}
	CU_ASSERT_EQUAL(splice_write(&sp, &out), 0);
	CU_ASSERT_EQUAL(out.n, m->bytes.n - cut);
	msg_splice_free(&sp);
}

static void
try_message(struct str bytes)
{
	static struct msg m;
	static struct msg_sdp sdp;
	struct str at = STR_NULL, v;
	enum msg_fault f = msg_read(&m, bytes, &at);

	CU_ASSERT_TRUE(f < MSG_FAULT_COUNT);
	inside(bytes, at);
	inside(bytes, m.body);
	inside(bytes, m.start_line);
	f = msg_check(&m, &at);
	CU_ASSERT_TRUE(f < MSG_FAULT_COUNT);
	inside(bytes, at);
	for (size_t i = 0; i < m.nfields; i++) {
		inside(m.fields[i].line, m.fields[i].name);
		inside(m.fields[i].line, m.fields[i].value);
		CU_ASSERT_TRUE(
		    i == 0 || m.fields[i].line.p >= m.fields[i - 1].line.p +
							m.fields[i - 1].line.n);
	}
	for (unsigned id = 1; id < MSG_H_EXPIRES; id++) {
		struct msg_values it = { 0 };

		while (msg_next_value(&m, (enum msg_header)id, &it, &v)) {
			inside(bytes, v);
			try_value(v);
		}
	}
	msg_sdp_read(&sdp, m.body, &at);
	inside(bytes, at);
	try_splice(&m);
}

static void
try_notes(struct str bytes)
{
	struct msg_notes notes;
	LOCAL_BUF out = BUF_INIT;

	CU_ASSERT_EQUAL_FATAL(msg_annotate(bytes, &notes), 0);
	CU_ASSERT_EQUAL(annotate_text(&notes, NULL, &out), 0);
	CU_ASSERT_PTR_NULL(memchr(buf_cstr(&out), '\033', out.n));
	msg_notes_free(&notes);
}

/* One change; N bytes are there, CAP fit.  Returns how many there are now. */
static size_t
mutate(char *p, size_t n, size_t cap, struct str other)
{
	static const char marks[] = "\r\n\0\t \":;,<>=@%?*\\/[]\x80\xff"
				    "09az";
	size_t at = draw((uint32_t)n), len = 1 + draw(24), from;

	if (len > n - at)
		len = n - at;
	switch (draw(6)) {
	case 0: /* another byte */
		p[at] = (char)draw(256);
		return n;
	case 1: /* a byte that means something */
		p[at] = marks[draw(sizeof(marks) - 1)];
		return n;
	case 2: /* cut out */
		memmove(p + at, p + at + len, n - at - len);
		return n - len > 0 ? n - len : 1;
	case 3: /* cut off */
		return at > 0 ? at : 1;
	case 4: /* twice */
		if (n + len > cap)
			return n;
		memmove(p + at + len, p + at, n - at);
		return n + len;
	default: /* a piece of another message */
		from = draw((uint32_t)other.n);
		if (len > other.n - from)
			len = other.n - from;
		memcpy(p + at, other.p + from, len);
		return n;
	}
}

static void
one_round(const struct seeds *seeds, unsigned round)
{
	const struct buf *seed = &seeds->text[draw((uint32_t)seeds->n)];
	size_t n = seed->n, cap = n + 200;
	char *work = mem_alloc(cap), *exact;

	CU_ASSERT_PTR_NOT_NULL_FATAL(work);
	memcpy(work, seed->p, n);
	for (uint32_t k = 1 + draw(6); k > 0; k--)
		n = mutate(work, n, cap,
		    buf_view(&seeds->text[draw((uint32_t)seeds->n)]));
	/* without a NUL behind, as a datagram comes */
	exact = mem_alloc(n);
	CU_ASSERT_PTR_NOT_NULL_FATAL(exact);
	memcpy(exact, work, n);
	try_message((struct str){ exact, n });
	if (round % NOTE_EVERY == 0)
		try_notes((struct str){ exact, n });
	mem_free(exact);
	mem_free(work);
}

static void
reads_mutated_messages(void)
{
	static struct seeds seeds;
	size_t own = sizeof(own_seeds) / sizeof(own_seeds[0]);

	state = UINT64_C(0x9e3779b97f4a7c15);
	for (size_t i = 0; i < own; i++)
		buf_puts(&seeds.text[seeds.n++], own_seeds[i]);
	add_folder(&seeds, "torture/rfc4475");
	add_folder(&seeds, "torture/rfc5118");
	add_folder(&seeds, "osip-crashers");
	add_folder(&seeds, "messages");
	for (size_t i = 0; i < seeds.n; i++) {
		try_message(buf_view(&seeds.text[i]));
		try_notes(buf_view(&seeds.text[i]));
	}
	for (unsigned i = 0; i < ROUNDS; i++)
		one_round(&seeds, i);
	for (size_t i = 0; i < seeds.n; i++)
		buf_free(&seeds.text[i]);
	seeds.n = 0;
}

/* Long runs of what a reader might walk twice: with a quadratic one this test
 * would take very long. */
static void
is_linear(void)
{
	static const char *const units[] = { ";", ",", "\"", "\\\"", "<", ">",
		"\r\n ", "a:b,", ";a=b", "%", "@", "=", ";a=\"", "&", "(", "\n",
		"\r", "x", "*", ":" };
	static const char *const heads[] = { "",
		"INVITE sip:", "INVITE sip:a SIP/2.0\r\nVia: SIP/2.0/UDP a",
		"INVITE sip:a SIP/2.0\r\nContact: <sip:a>",
		"INVITE sip:a SIP/2.0\r\nFrom: ",
		"INVITE sip:a SIP/2.0\r\nWWW-Authenticate: Digest ",
		"INVITE sip:a SIP/2.0\r\nc:application/sdp\r\n\r\nv=0\nm=" };
	struct buf b = BUF_INIT;

	for (size_t h = 0; h < sizeof(heads) / sizeof(heads[0]); h++)
		for (size_t u = 0; u < sizeof(units) / sizeof(units[0]); u++) {
			buf_clear(&b);
			buf_puts(&b, heads[h]);
			while (b.n < 16000)
				buf_puts(&b, units[u]);
			buf_puts(&b, "\r\n\r\n");
			try_message(buf_view(&b));
			try_notes(buf_view(&b));
		}
	buf_free(&b);
}

CHECK_MAIN("fuzz_msg", { "mutated messages are read", reads_mutated_messages },
    { "reading is linear", is_linear })
