/* Loading traces: what is taken, what is refused and with which sentence. */
#include "base/err.h"
#include "base/mem.h"
#include "fixtures/check.h"
#include "trace/reader.h"

#include <string.h>
#include <unistd.h>

#define HEAD                                                                   \
	"{\"kind\":\"trace\",\"version\":1,\"rung\":\"0.1.0\",\"osip\":\"5\"," \
	"\"seed\":7,\"title\":\"T\\u00e9st\",\"nodes\":[{\"name\":\"alice\","  \
	"\"role\":\"ua\",\"aor\":\"sip:alice@a\"},{\"name\":\"b\\u00f6b\","    \
	"\"addr\":\"192.0.2.1\",\"extra\":[1]}],\"links\":[{\"a\":\"alice\","  \
	"\"b\":\"b\\u00f6b\"}],\"inputs\":{\"topology\":\"graph{}\"}}\n"
#define ACT "{\"seq\":1,\"t\":0,\"node\":\"alice\",\"kind\":\"act\"}\n"
#define END(seq, cause)                                                \
	"{\"seq\":" #seq ",\"t\":9,\"kind\":\"end\",\"cause\":" #cause \
	",\"reason\":\"idle\"}\n"

static int
load(struct trace **t, const char *text, struct diag *d)
{
	struct buf b = BUF_INIT;

	*d = DIAG_INIT;
	buf_puts(&b, text);
	return trace_load_buf(t, &b, "x.jsonl", d);
}

static void
head(void)
{
	const struct trace_head *h;
	struct trace *t;
	struct diag d;

	CU_ASSERT_EQUAL_FATAL(load(&t, HEAD ACT END(2, 1), &d), 0);
	h = trace_head(t);
	CU_ASSERT_EQUAL(h->version, 1);
	CU_ASSERT_EQUAL(h->seed, 7);
	CU_ASSERT(str_is(h->title, "T\xc3\xa9st"));
	CU_ASSERT(str_is(h->rung, "0.1.0") && str_is(h->osip, "5"));
	CU_ASSERT_EQUAL_FATAL(h->nnodes, 2);
	/* Who asks for no address is told so, and waits for nothing. */
	CU_ASSERT(!trace_node_has_addr(&h->nodes[0], STR_NULL));
	CU_ASSERT(str_is(h->nodes[0].aor, "sip:alice@a"));
	CU_ASSERT(str_is(h->nodes[1].name, "b\xc3\xb6"
					   "b"));
	CU_ASSERT(h->nodes[1].role.n == 0);
	CU_ASSERT_EQUAL_FATAL(h->nlinks, 1);
	CU_ASSERT(str_eq(h->links[0].b, h->nodes[1].name));
	CU_ASSERT(
	    str_is(json_member(h->inputs, "topology").raw, "\"graph{}\""));
	CU_ASSERT(trace_find_node(t, STR("alice")) == &h->nodes[0]);
	CU_ASSERT(trace_find_node(t, STR("carol")) == NULL);
	CU_ASSERT_EQUAL(trace_count(t), 2);
	CU_ASSERT(trace_complete(t));
	trace_destroy(t);
	trace_destroy(NULL);
}

/* Any order of keys, white space, CRLF, a node that the head does not know,
 * names with escapes. */
static void
records(void)
{
	static const char text[] = HEAD
	    "{\"why\":\"rfc3261-9.1\",\"rule\":\"r\",\"text\":\"a\\r\\n\","
	    "\"t\":5,\"kind\":\"send\",\"seq\":1,\"node\":\"b\\u00f6b\"}\r\n"
	    "  { \"seq\" : 2 , \"t\" : 5 , \"kind\" : \"recv\" , \"cause\" : 1,"
	    "\"of\":1,\"node\":\"carol\" }  \n"
	    "{\"seq\":3,\"t\":8,\"kind\":\"note\",\"text\":\"x\"}";
	LOCAL_BUF scratch = BUF_INIT;
	struct trace_rec rec;
	struct trace *t;
	struct diag d;

	CU_ASSERT_EQUAL_FATAL(load(&t, text, &d), 0);
	CU_ASSERT_EQUAL_FATAL(trace_count(t), 3);
	CU_ASSERT(!trace_complete(t));
	trace_get(t, 1, &rec);
	CU_ASSERT(rec.seq == 1 && rec.t == 5 && rec.cause == 0);
	CU_ASSERT_EQUAL(rec.kind, TRACE_SEND);
	CU_ASSERT(str_eq(rec.node, trace_head(t)->nodes[1].name));
	CU_ASSERT(str_is(trace_why(&rec), "rfc3261-9.1") &&
		  str_is(trace_rule(&rec), "r"));
	CU_ASSERT(str_is(trace_str(&rec, "text", &scratch), "a\r\n"));
	CU_ASSERT(trace_str(&rec, "none", &scratch).n == 0);
	CU_ASSERT_EQUAL(trace_node_of(t, 1), 1);
	trace_get(t, 2, &rec);
	CU_ASSERT(rec.cause == 1 && trace_why(&rec).n == 0 &&
		  trace_rule(&rec).n == 0);
	CU_ASSERT(str_is(rec.node, "carol"));
	CU_ASSERT_EQUAL(trace_node_of(t, 2), 2);
	CU_ASSERT_EQUAL(trace_name_count(t), 3);
	CU_ASSERT(trace_find_node(t, STR("carol")) == NULL);
	CU_ASSERT_EQUAL(trace_int(&rec, "of", -1), 1);
	CU_ASSERT_EQUAL(trace_int(&rec, "node", -1), -1);
	CU_ASSERT_EQUAL(trace_cause_of(t, 2), 1);
	trace_get(t, 3, &rec);
	CU_ASSERT(rec.node.n == 0 && trace_node_of(t, 3) == TRACE_NO_NODE);
	CU_ASSERT_EQUAL(trace_at_time(t, 4), 0);
	CU_ASSERT_EQUAL(trace_at_time(t, 5), 2);
	CU_ASSERT_EQUAL(trace_at_time(t, 7), 2);
	CU_ASSERT_EQUAL(trace_at_time(t, INT64_MAX), 3);
	trace_destroy(t);
}

static void
sends(void)
{
	static const char text[] = HEAD
	    "{\"seq\":1,\"t\":0,\"kind\":\"send\",\"src\":\"alice\",\"dst\":"
	    "\"b\\u00f6b\",\"src_addr\":\"[::1]:5060\",\"transport\":\"udp\","
	    "\"proto\":\"sip\",\"size\":3,\"start\":\"INVITE\",\"cseq\":"
	    "\"1 INVITE\",\"call_id\":\"a\\\"b\",\"branch\":\"z9hG4bK1\","
	    "\"text\":\"abc\"}\n"
	    "{\"seq\":2,\"t\":0,\"kind\":\"send\",\"cause\":1,\"retx\":1,"
	    "\"fwd\":7,\"start\":180,\"cseq\":12,\"base64\":\"gA\\/+\"}\n"
	    "{\"seq\":3,\"t\":0,\"kind\":\"send\",\"start\":99,\"base64\":"
	    "\"?\",\"text\":7}\n" END(4, 3);
	LOCAL_BUF scratch = BUF_INIT;
	struct trace_send s;
	struct trace_rec rec;
	struct trace *t;
	struct diag d;

	CU_ASSERT_EQUAL_FATAL(load(&t, text, &d), 0);
	trace_get(t, 1, &rec);
	CU_ASSERT_EQUAL(trace_get_send(&rec, &s, &scratch), 0);
	CU_ASSERT(str_is(s.src, "alice"));
	CU_ASSERT(str_eq(s.dst, trace_head(t)->nodes[1].name));
	CU_ASSERT(str_is(s.src_addr, "[::1]:5060") && s.dst_addr.n == 0);
	CU_ASSERT(str_is(s.transport, "udp") && str_is(s.proto, "sip"));
	CU_ASSERT(str_is(s.method, "INVITE") && s.status == 0);
	CU_ASSERT(str_is(s.cseq_method, "INVITE"));
	CU_ASSERT(str_is(s.call_id, "a\"b"));
	CU_ASSERT(str_is(s.branch, "z9hG4bK1"));
	CU_ASSERT(s.fwd == 0 && s.retx == 0 && !trace_is_retx(t, 1));
	CU_ASSERT(str_is(trace_bytes(&rec, &scratch), "abc"));
	trace_get(t, 2, &rec);
	CU_ASSERT_EQUAL(trace_get_send(&rec, &s, &scratch), 0);
	CU_ASSERT(s.status == 180 && s.method.n == 0);
	CU_ASSERT(s.retx == 1 && s.fwd == 0 && trace_is_retx(t, 2));
	CU_ASSERT_EQUAL(s.cseq_method.n, 0);
	CU_ASSERT(str_eq(trace_bytes(&rec, &scratch), STR("\x80\x0f\xfe")));
	trace_get(t, 3, &rec);
	CU_ASSERT_EQUAL(trace_get_send(&rec, &s, &scratch), 0);
	CU_ASSERT(s.status == 0 && s.method.n == 0);
	CU_ASSERT_EQUAL(trace_bytes(&rec, &scratch).n, 0);
	trace_get(t, 4, &rec);
	CU_ASSERT_EQUAL(trace_get_send(&rec, &s, &scratch), ERR_SYNTAX);
	trace_destroy(t);
}

/* A run that was killed: wherever its file ends in the middle of a line. */
static void
cut_off(void)
{
	static const char text[] = HEAD ACT
	    "{\"seq\":2,\"t\":1,\"kind\":\"note\",\"cause\":1,\"n\":[1.5e3,"
	    "true,null],\"text\":\"a\\u00e9\\ud83d\\ude00 \xe4\xb8\xad\"}";
	size_t n = sizeof(text) - 1, whole = sizeof(HEAD ACT) - 1;

	for (size_t end = whole; end <= n; end++) {
		struct buf b = BUF_INIT;
		struct diag d = DIAG_INIT;
		struct trace *t;

		buf_add(&b, text, end);
		CU_ASSERT_EQUAL_FATAL(trace_load_buf(&t, &b, "x", &d), 0);
		CU_ASSERT_EQUAL(trace_count(t), end < n ? 1 : 2);
		CU_ASSERT(!trace_complete(t));
		CU_ASSERT_EQUAL(d.err, 0);
		trace_destroy(t);
	}
}

struct refusal {
	const char *text;
	unsigned line;
	const char *says; /* a part of the sentence */
};

static const struct refusal refusals[] = {
	{ "", 0, "empty" },
	{ " \n\n", 0, "empty" },
	{ "hello\n", 1, "column 1: found “hello”" },
	{ "{\"kind\":\"tra", 1, "ends in the middle" },
	{ "[]\n", 1, "not a trace" },
	{ "{\"version\":1}\n", 1, "not a trace" },
	{ "{\"kind\":\"send\",\"seq\":1}\n", 1, "not a trace" },
	{ "{\"kind\":\"trace\"}\n", 1, "version" },
	{ "{\"kind\":\"trace\",\"version\":2}\n", 1, "version 2" },
	{ "{\"kind\":\"trace\",\"version\":\"1\"}\n", 1, "version" },
	{ "{\"kind\":\"trace\",\"version\":1,\"seed\":1.5}\n", 1, "seed" },
	{ "{\"kind\":\"trace\",\"version\":1,\"title\":3}\n", 1, "title" },
	{ "{\"kind\":\"trace\",\"version\":1,\"nodes\":3}\n", 1, "nodes" },
	{ "{\"kind\":\"trace\",\"version\":1,\"nodes\":[3]}\n", 1,
	    "contains “3”" },
	{ "{\"kind\":\"trace\",\"version\":1,\"nodes\":[{}]}\n", 1, "node 1" },
	{ "{\"kind\":\"trace\",\"version\":1,\"nodes\":[{\"name\":\"a\"},"
	  "{\"name\":\"\\u0061\"}]}\n",
	    1, "“a” twice" },
	{ "{\"kind\":\"trace\",\"version\":1,\"links\":[[]]}\n", 1, "links" },
	{ "{\"kind\":\"trace\",\"version\":1} x\n", 1, "column 30" },
	{ HEAD "{\"t\":0,\"kind\":\"act\"}\n", 2, "without “seq”; expected 1" },
	{ HEAD "{\"seq\":2,\"t\":0,\"kind\":\"act\"}\n", 2,
	    "“seq” is 2; expected 1" },
	{ HEAD ACT "{\"seq\":\"2\",\"t\":0,\"kind\":\"act\"}\n", 3,
	    "expected 2" },
	{ HEAD ACT ACT, 3, "“seq” is 1; expected 2" },
	{ HEAD "{\"seq\":1,\"kind\":\"act\"}\n", 2, "“t” is" },
	{ HEAD "{\"seq\":1,\"t\":-1,\"kind\":\"act\"}\n", 2, "“-1”" },
	{ HEAD "{\"seq\":1,\"t\":1.5,\"kind\":\"act\"}\n", 2, "nanoseconds" },
	{ HEAD "{\"seq\":1,\"t\":5,\"kind\":\"act\"}\n"
	       "{\"seq\":2,\"t\":4,\"kind\":\"act\"}\n",
	    3, "goes back from 5 to 4" },
	{ HEAD "{\"seq\":1,\"t\":0}\n", 2, "without “kind”" },
	{ HEAD "{\"seq\":1,\"t\":0,\"kind\":\"sned\"}\n", 2,
	    "“sned”; is “send” meant?" },
	{ HEAD "{\"seq\":1,\"t\":0,\"kind\":\"entirely\"}\n", 2,
	    "unknown kind “entirely”" },
	{ HEAD "{\"seq\":1,\"t\":0,\"kind\":\"act\",\"cause\":1}\n", 2,
	    "“cause” is “1”" },
	{ HEAD ACT "{\"seq\":2,\"t\":0,\"kind\":\"act\",\"cause\":0}\n", 3,
	    "earlier record" },
	{ HEAD ACT "{\"seq\":2,\"t\":0,\"kind\":\"act\",\"cause\":\"1\"}\n", 3,
	    "cause" },
	{ HEAD "{\"seq\":1,\"t\":0,\"kind\":\"act\",\"node\":3}\n", 2,
	    "“node” is 3; expected a string" },
	{ HEAD "{\"seq\":1,\"t\":0,\"kind\":\"act\",\"why\":[]}\n", 2, "why" },
	{ HEAD "{\"seq\":1,\"t\":0,\"kind\":\"act\",\"rule\":1}\n", 2, "rule" },
	{ HEAD "{\"seq\":1,\"seq\":1,\"t\":0,\"kind\":\"act\"}\n", 2,
	    "“seq” appears twice" },
	{ HEAD "{\"seq\":1,\"t\":0,\n", 2, "ends in the middle" },
	{ HEAD ACT "{\"seq\":2,\"t\":0,,}\n", 3, "column 16: found “,}”" },
	{ HEAD ACT "{\"seq\":2,\"x\":\"\x80\"}\n", 3, "column 15" },
	{ HEAD ACT "{\"seq\":2}}", 3, "column 10" },
	{ HEAD "[1]\n", 2, "expected one JSON object" },
	{ HEAD "\n" ACT, 2, "line" },
	{ HEAD ACT END(2, 1) "{\"seq\":3,\"t\":9,\"kind\":\"note\"}\n", 4,
	    "follows the “end”" },
};

static void
refused(void)
{
	for (size_t i = 0; i < sizeof(refusals) / sizeof(*refusals); i++) {
		const struct refusal *r = &refusals[i];
		struct trace *t;
		struct diag d;
		int err = load(&t, r->text, &d);

		CU_ASSERT(err != 0 && err == d.err && t == NULL);
		CU_ASSERT_EQUAL(d.line, r->line);
		CU_ASSERT_STRING_EQUAL(d.file, "x.jsonl");
		CU_ASSERT(strstr(d.text, r->says) != NULL);
		if (d.line != r->line || strstr(d.text, r->says) == NULL)
			printf("  %zu: %u: %s (wanted %s)\n", i, d.line, d.text,
			    r->says);
		trace_destroy(t);
	}
}

static void
files(void)
{
	char path[] = "/tmp/test_reader_XXXXXX";
	int fd = mkstemp(path);
	struct diag d = DIAG_INIT;
	struct trace *t;

	CU_ASSERT_FATAL(fd >= 0);
	CU_ASSERT(write(fd, HEAD ACT, sizeof(HEAD ACT) - 1) > 0);
	close(fd);
	CU_ASSERT_EQUAL(trace_load(&t, path, &d), 0);
	CU_ASSERT(t != NULL && trace_count(t) == 1);
	trace_destroy(t);
	unlink(path);
	CU_ASSERT_EQUAL(trace_load(&t, path, &d), ERR_IO);
	CU_ASSERT(t == NULL && d.err == ERR_IO);
	CU_ASSERT_STRING_EQUAL(d.file, path);
	CU_ASSERT(strstr(d.text, "cannot be read") != NULL);
}

static void
no_memory(void)
{
	int err = ERR_NOMEM;

	for (unsigned long n = 1; err != 0 && n < 1000; n++) {
		struct buf b = BUF_INIT;
		struct diag d = DIAG_INIT;
		struct trace *t;

		buf_puts(&b,
		    HEAD ACT "{\"seq\":2,\"t\":0,\"kind\":\"act\",\"node\":"
			     "\"x\\u00e9y\"}\n");
		mem_fail_from(n);
		err = trace_load_buf(&t, &b, "x", &d);
		mem_fail_from(0);
		CU_ASSERT(err == 0 || err == ERR_NOMEM);
		CU_ASSERT(err == d.err && (err == 0) == (t != NULL));
		CU_ASSERT(b.p == NULL);
		trace_destroy(t);
	}
	CU_ASSERT_EQUAL(err, 0);
}

static void
no_memory_fields(void)
{
	struct buf s = BUF_INIT;
	struct trace_send send;
	struct trace_rec rec;
	struct trace *t;
	struct diag d;

	CU_ASSERT_EQUAL_FATAL(
	    load(&t,
		HEAD "{\"seq\":1,\"t\":0,\"kind\":\"send\",\"src\":\"\\n\","
		     "\"base64\":\"AAAA\"}\n",
		&d),
	    0);
	trace_get(t, 1, &rec);
	mem_fail_from(1);
	CU_ASSERT_EQUAL(trace_str(&rec, "src", &s).n, 0);
	buf_free(&s);
	CU_ASSERT_EQUAL(trace_bytes(&rec, &s).n, 0);
	buf_free(&s);
	CU_ASSERT_EQUAL(trace_get_send(&rec, &send, &s), ERR_NOMEM);
	mem_fail_from(0);
	buf_free(&s);
	trace_destroy(t);
}

/* The lines of TEXT; the last may lack its newline. */
static int
feed(struct trace *t, struct str text, struct diag *d)
{
	int err = 0;

	while (err == 0 && text.n > 0) {
		size_t n = (size_t)str_chr(text, '\n') + 1;

		if (n == 0)
			n = text.n;
		err = trace_feed(t, text.p, n, d);
		text = str_slice(text, n, text.n);
	}
	return err;
}

/* What is refused in a file is refused line by line, in the same words, and
 * leaves the trace as it was. */
static void
fed_refused(void)
{
	for (size_t i = 0; i < sizeof(refusals) / sizeof(*refusals); i++) {
		struct str text = str_of(refusals[i].text);
		struct diag d = DIAG_INIT, want;
		struct trace *t, *whole;
		uint64_t hash;

		if (text.n == 0 || text.p[text.n - 1] != '\n' ||
		    refusals[i].line == 0)
			continue;
		load(&whole, refusals[i].text, &want);
		CU_ASSERT_EQUAL_FATAL(trace_begin(&t, "x.jsonl"), 0);
		CU_ASSERT_EQUAL(feed(t, text, &d), want.err);
		CU_ASSERT_EQUAL(d.line, want.line);
		CU_ASSERT_STRING_EQUAL(d.text, want.text);
		CU_ASSERT_STRING_EQUAL(d.file, "x.jsonl");
		hash = trace_hash(t);
		CU_ASSERT(feed(t, STR("\n"), NULL) != 0);
		CU_ASSERT(feed(t, STR("{\"seq\":1,"), NULL) != 0);
		CU_ASSERT(trace_feed(t, "", 0, NULL) != 0);
		CU_ASSERT(trace_feed(t, "{}\n{}\n", 6, NULL) != 0);
		CU_ASSERT_EQUAL(trace_hash(t), hash);
		CU_ASSERT_EQUAL(
		    trace_count(t), want.line < 2 ? 0 : want.line - 2);
		CU_ASSERT_EQUAL(trace_complete(t), want.line == 4);
		trace_destroy(t);
	}
}

/* Of TEXT, which begins with HEAD, as if these versions had written it: another
 * libosip2 makes no other trace. */
static uint64_t
hash_as_of(struct str text, const char *rung, const char *osip)
{
	struct str rest =
	    str_slice(text, (size_t)str_find(text, ",\"seed"), text.n);
	LOCAL_BUF b = BUF_INIT;
	uint64_t h;

	buf_printf(&b,
	    "{\"kind\":\"trace\",\"version\":1,\"rung\":\"%s\",\"osip\":\"%s\"",
	    rung, osip);
	buf_str(&b, rest);
	h = str_hash(buf_view(&b));
	return h;
}

/* Empty, then with its head, then record by record; nothing that was given out
 * moves, and it equals what is loaded at once. */
static void
fed(void)
{
	struct buf b = BUF_INIT, copy = BUF_INIT;
	struct trace_rec first, rec, other;
	struct trace *t, *whole;
	struct diag d = DIAG_INIT;
	struct str name;

	CU_ASSERT_EQUAL_FATAL(trace_begin(&t, "run"), 0);
	CU_ASSERT(trace_count(t) == 0 && !trace_complete(t));
	CU_ASSERT(trace_find_node(t, STR("alice")) == NULL);
	CU_ASSERT_EQUAL(trace_at_time(t, 5), 0);
	CU_ASSERT_EQUAL(trace_name_count(t), 0);
	CU_ASSERT_EQUAL(trace_hash(t), str_hash(STR_NULL));
	buf_puts(&b, HEAD ACT);
	CU_ASSERT_EQUAL(feed(t, buf_view(&b), &d), 0);
	CU_ASSERT(str_is(trace_head(t)->title, "T\xc3\xa9st"));
	trace_get(t, 1, &first);
	name = trace_name(t, 0);
	for (int i = 2; i <= 6000; i++) {
		size_t from = b.n;

		buf_printf(&b,
		    "{\"seq\":%d,\"t\":%d,\"node\":\"n%d\",\"kind\":\"note\","
		    "\"text\":\"%*d\"}\n",
		    i, i / 3, i % 700, i == 99 ? 400000 : i % 500, i);
		CU_ASSERT_EQUAL_FATAL(
		    trace_feed(t, b.p + from, b.n - from, &d), 0);
	}
	CU_ASSERT(!trace_complete(t));
	CU_ASSERT_EQUAL(feed(t,
			    STR("{\"seq\":6001,\"t\":9999,\"kind\":\"note\","
				"\"node\":\"new\",\"why\":3}\n"),
			    NULL),
	    ERR_SYNTAX);
	CU_ASSERT_EQUAL(trace_name_count(t), 702);
	buf_puts(&b, "{\"seq\":6001,\"t\":2000,\"kind\":\"end\"}\n");
	CU_ASSERT_EQUAL(
	    feed(t, STR("{\"seq\":6001,\"t\":2000,\"kind\":\"end\"}\n"), &d),
	    0);
	CU_ASSERT(trace_complete(t) && trace_count(t) == 6001);
	CU_ASSERT(first.node.p == name.p);
	CU_ASSERT(str_eq(first.object.raw, str_trim(STR(ACT))));
	buf_str(&copy, buf_view(&b));
	CU_ASSERT_EQUAL_FATAL(trace_load_buf(&whole, &copy, "x", &d), 0);
	CU_ASSERT_EQUAL(trace_hash(whole), trace_hash(t));
	CU_ASSERT_EQUAL(
	    trace_hash(t), hash_as_of(buf_view(&b), "0.1.0", "5.3.0"));
	CU_ASSERT_EQUAL(trace_hash_by(t, STR("0.9")),
	    hash_as_of(buf_view(&b), "0.9", "5.3.0"));
	CU_ASSERT_EQUAL(trace_name_count(whole), trace_name_count(t));
	for (uint64_t i = 1; i <= 6001; i++) {
		trace_get(t, i, &rec);
		trace_get(whole, i, &other);
		CU_ASSERT(str_eq(rec.object.raw, other.object.raw));
		CU_ASSERT(str_eq(rec.node, other.node) && rec.t == other.t);
	}
	trace_destroy(whole);
	trace_destroy(t);
	buf_free(&b);
}

static void
fed_no_memory(void)
{
	static const char text[] = HEAD ACT
	    "{\"seq\":2,\"t\":0,\"kind\":\"act\",\"node\":\"x\\u00e9y\"}\n"
	    "{\"seq\":3,\"t\":0,\"kind\":\"act\",\"node\":\"z\"}\n" END(4, 1);
	struct str rest = str_of(text);
	struct trace *t;
	struct diag d;

	mem_fail_from(1);
	CU_ASSERT_EQUAL(trace_begin(&t, "x"), ERR_NOMEM);
	mem_fail_from(2);
	CU_ASSERT_EQUAL(trace_begin(&t, "x"), ERR_NOMEM);
	mem_fail_from(0);
	CU_ASSERT_EQUAL_FATAL(trace_begin(&t, "x"), 0);
	while (rest.n > 0) {
		size_t n = (size_t)str_chr(rest, '\n') + 1;
		uint64_t count = trace_count(t), hash = trace_hash(t);
		size_t names = trace_name_count(t);
		int err = ERR_NOMEM;

		for (unsigned long k = 1; err != 0 && k < 100; k++) {
			d = DIAG_INIT;
			mem_fail_from(k);
			err = trace_feed(t, rest.p, n, &d);
			mem_fail_from(0);
			CU_ASSERT(err == d.err);
			CU_ASSERT(err == 0 || err == ERR_NOMEM);
			if (err == 0)
				break;
			CU_ASSERT(
			    trace_count(t) == count && trace_hash(t) == hash);
			CU_ASSERT_EQUAL(trace_name_count(t), names);
		}
		CU_ASSERT_EQUAL_FATAL(err, 0);
		rest = str_slice(rest, n, rest.n);
	}
	CU_ASSERT(trace_complete(t) && trace_count(t) == 4);
	CU_ASSERT_EQUAL(trace_name_count(t), 4);
	trace_destroy(t);
}

/* The example in the manual is a trace, and each example line a record. */
static void
manual(void)
{
	struct buf doc = BUF_INIT, text = BUF_INIT;
	struct diag d = DIAG_INIT;
	bool kinds[TRACE_KIND_COUNT] = { false };
	struct str rest, line;
	bool inside = false;
	struct trace *t;

	CU_ASSERT_EQUAL_FATAL(buf_read_file(&doc, "docs/TRACE.md", 1 << 20), 0);
	rest = buf_view(&doc);
	while (rest.n > 0) {
		line = str_cut(rest, '\n', &rest);
		if (str_starts(line, "```"))
			inside = !inside;
		else if (inside) {
			buf_str(&text, line);
			buf_putc(&text, '\n');
		} else if (str_starts(line, "    {")) {
			struct json_value v;
			struct str kind;

			CU_ASSERT_EQUAL(json_read(&line, &v), 0);
			CU_ASSERT_EQUAL(line.n, 0);
			CU_ASSERT_EQUAL(
			    json_plain(json_member(v, "kind"), &kind), 0);
			CU_ASSERT_FATAL(
			    trace_kind_find(kind) < TRACE_KIND_COUNT);
			kinds[trace_kind_find(kind)] = true;
		}
	}
	for (int i = 0; i < TRACE_KIND_COUNT; i++)
		CU_ASSERT(kinds[i]);
	if (trace_load_buf(&t, &text, "docs/TRACE.md", &d) != 0)
		printf("  %u: %s\n", d.line, d.text);
	CU_ASSERT_FATAL(t != NULL);
	CU_ASSERT(trace_complete(t) && trace_count(t) == 7);
	trace_destroy(t);
	buf_free(&doc);
}

CHECK_MAIN("reader", { "head", head }, { "records", records },
    { "sends", sends }, { "cut off", cut_off }, { "refused", refused },
    { "files", files }, { "no memory", no_memory },
    { "no memory for fields", no_memory_fields }, { "fed", fed },
    { "refused line by line", fed_refused },
    { "no memory while it grows", fed_no_memory }, { "manual", manual })
