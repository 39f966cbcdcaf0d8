/*
 * Traces that nobody wrote: good lines with bytes changed, cut, doubled and
 * swapped, from a fixed stream of numbers.  Whatever loads is walked by every
 * reader there is; with the sanitizers on, that is the test.
 */
#include "base/err.h"
#include "base/mem.h"
#include "fixtures/check.h"
#include "rules/rules.h"
#include "trace/align.h"
#include "trace/state_at.h"

#include <string.h>
#include <time.h>

static const char *const seeds[] = {
	"{\"kind\":\"trace\",\"version\":1,\"seed\":3,\"title\":\"x\\u00e9\","
	"\"nodes\":[{\"name\":\"alice\",\"role\":\"ua\"},{\"name\":\"p\"}],"
	"\"links\":[{\"a\":\"alice\",\"b\":\"p\"}],\"inputs\":{\"a\":[1]}}\n",
	"{\"seq\":1,\"t\":0,\"node\":\"alice\",\"kind\":\"act\",\"by\":"
	"\"script\",\"verb\":\"crash\",\"on\":\"alice\",\"args\":[]}\n",
	"{\"seq\":2,\"t\":0,\"node\":\"alice\",\"kind\":\"fsm\",\"cause\":1,"
	"\"machine\":\"ICT\",\"id\":\"z\\\"1\",\"from\":\"none\",\"to\":"
	"\"calling\",\"event\":\"request sent\"}\n",
	"{\"seq\":3,\"t\":5,\"node\":\"alice\",\"kind\":\"timer\",\"cause\":2,"
	"\"op\":\"set\",\"name\":\"A\",\"id\":\"z\",\"due\":9,\"length\":4}\n",
	"{\"seq\":4,\"t\":5,\"node\":\"alice\",\"kind\":\"send\",\"cause\":2,"
	"\"why\":\"rfc3261-17.1.1.2\",\"rule\":\"ict-send\",\"src\":\"alice\","
	"\"dst\":\"p\",\"proto\":\"sip\",\"start\":\"INVITE\",\"cseq\":"
	"\"1 INVITE\",\"branch\":\"z9\",\"retx\":1,\"text\":\"INV\\r\\n\xe4\xb8"
	"\xad\"}\n",
	"{\"seq\":5,\"t\":6,\"node\":\"p\",\"kind\":\"recv\",\"cause\":4,"
	"\"of\":4,\"base64\":\"AP/+gA==\"}\n",
	"{\"seq\":6,\"t\":6,\"node\":\"p\",\"kind\":\"send\",\"cause\":5,"
	"\"src\":\"p\",\"dst\":\"alice\",\"proto\":\"sip\",\"start\":180,"
	"\"cseq\":\"1 INVITE\",\"fwd\":5,\"base64\":\"AP/+gA==\"}\n",
	"{\"seq\":7,\"t\":7,\"node\":\"p\",\"kind\":\"binding\",\"cause\":5,"
	"\"op\":\"add\",\"aor\":\"a\",\"contact\":\"c\",\"q\":0.5}\n",
	"{\"seq\":8,\"t\":7,\"node\":\"p\",\"kind\":\"call\",\"cause\":5,"
	"\"id\":\"p/1\",\"state\":\"early\",\"peer\":\"x\"}\n",
	"{\"seq\":9,\"t\":7,\"node\":\"p\",\"kind\":\"dialog\",\"cause\":5,"
	"\"id\":\"d\",\"to\":\"early\",\"call_id\":\"\\ud83d\\ude00\"}\n",
	"{\"seq\":10,\"t\":8,\"kind\":\"end\",\"cause\":9,\"reason\":"
	"\"idle\"}\n",
};

#define SEEDS (sizeof(seeds) / sizeof(*seeds))

static uint64_t
next(uint64_t *state)
{
	/* xorshift64 */
	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return *state;
}

static size_t
below(uint64_t *state, size_t n)
{
	return (size_t)(next(state) % n);
}

/* What breaks JSON and numbers more often than chance. */
static const char *const pieces[] = { "\"", "\\", "{", "}", "[", "]", ",", ":",
	"\n", "\\u0000", "\\ud800", "-", "1e9", "99999999999999999999", "null",
	"\x80", "\xf0\x9f", "\r", "\"seq\":", "\"t\":", "\"kind\":\"end\"", "0",
	"-1", "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[" };

static void
mutate(struct buf *b, uint64_t *rng)
{
	size_t at = below(rng, b->n + 1);
	size_t len = 1 + below(rng, 8);
	struct buf out = BUF_INIT;

	if (b->n == 0)
		return;
	buf_add(&out, b->p, at);
	switch (below(rng, 5)) {
	case 0: /* cut off */
		break;
	case 1: /* take out */
		if (at + len < b->n)
			buf_add(&out, b->p + at + len, b->n - at - len);
		break;
	case 2: /* put in */
		buf_puts(
		    &out, pieces[below(rng, sizeof(pieces) / sizeof(*pieces))]);
		buf_add(&out, b->p + at, b->n - at);
		break;
	case 3: /* another byte */
		buf_putc(&out, (char)below(rng, 256));
		if (at + 1 < b->n)
			buf_add(&out, b->p + at + 1, b->n - at - 1);
		break;
	default: /* twice */
		buf_add(&out, b->p + at, b->n - at < len ? b->n - at : len);
		buf_add(&out, b->p + at, b->n - at);
		break;
	}
	buf_free(b);
	*b = out;
}

/* What is noted of REC is what a walk of its line finds, also of keys that are
 * there twice, or in no record. */
static void
check_noted(const struct trace_rec *rec)
{
	static const char *const words[] = { "why", "id", "text", "start", "x",
		"", "\\", "a\":\"", "seq\"" };
	struct str key, keys[2];
	struct json_value v, found[2], both[2], walked;
	char name[64];
	size_t at = 0;

	for (size_t i = 0; i < COUNT_OF(words); i++) {
		walked = json_member(rec->object, words[i]);
		v = trace_member(rec, words[i]);
		CU_ASSERT(v.type == walked.type && str_eq(v.raw, walked.raw));
	}
	for (int n = 0;
	     n < 80 && json_next(rec->object.raw, &at, &key, &v) == 1; n++) {
		if (key.n >= sizeof(name) || str_chr(key, '\0') >= 0)
			continue;
		memcpy(name, key.p, key.n);
		name[key.n] = '\0';
		walked = json_member(rec->object, name);
		v = trace_member(rec, name);
		CU_ASSERT(v.type == walked.type && str_eq(v.raw, walked.raw));
		keys[0] = STR("no such");
		keys[1] = key;
		trace_members(rec, keys, 2, found);
		json_members(rec->object.raw, keys, 2, both);
		CU_ASSERT(found[0].type == JSON_NONE);
		CU_ASSERT(found[1].type == both[1].type &&
			  str_eq(found[1].raw, both[1].raw));
	}
}

/* Everything that reads records, over a trace that was let in. */
static void
walk(const struct trace *t)
{
	LOCAL_BUF scratch = BUF_INIT;
	struct align *al = NULL;
	struct state_at *f = NULL;

	for (uint64_t seq = 1; seq <= trace_count(t); seq++) {
		struct trace_send send;
		struct trace_rec rec;

		trace_get(t, seq, &rec);
		CU_ASSERT(rec.cause < seq && rec.kind < TRACE_KIND_COUNT);
		CU_ASSERT(seq == 1 || rec.t >= trace_time_of(t, seq - 1));
		check_noted(&rec);
		trace_rule_row(&rec);
		trace_bytes(&rec, &scratch);
		trace_str(&rec, "id", &scratch);
		if (trace_get_send(&rec, &send, &scratch) == 0)
			CU_ASSERT(send.fwd < seq && send.retx < seq);
	}
	if (state_at_create(&f) == 0)
		CU_ASSERT_EQUAL(state_at_advance(f, t, trace_count(t)), 0);
	if (align_create(&al, t, t, NULL, NULL) == 0)
		CU_ASSERT(al->same);
	state_at_destroy(f);
	align_destroy(al);
}

static void
once(uint64_t *rng, unsigned long *loaded)
{
	struct buf text = BUF_INIT;
	size_t n = 1 + below(rng, SEEDS), changes = below(rng, 4);
	struct diag d = DIAG_INIT;
	struct trace *t;
	int err;

	for (size_t i = 0; i < n; i++) {
		struct buf line = BUF_INIT;

		buf_puts(&line, seeds[i]);
		if (changes > 0 && below(rng, n) == 0)
			mutate(&line, rng);
		buf_str(&text, buf_view(&line));
		buf_free(&line);
	}
	for (; changes > 1; changes--)
		mutate(&text, rng);
	err = trace_load_buf(&t, &text, "fuzz", &d);
	CU_ASSERT((err == 0) == (t != NULL));
	CU_ASSERT((err == 0) == (d.text[0] == '\0'));
	if (t != NULL) {
		(*loaded)++;
		walk(t);
	}
	trace_destroy(t);
}

/* Bare JSON. */
static void
lines(uint64_t *rng)
{
	LOCAL_BUF text = BUF_INIT;
	struct json_value v;
	struct str left;

	buf_puts(&text, seeds[below(rng, SEEDS)]);
	mutate(&text, rng);
	left = buf_view(&text);
	while (left.n > 0 && json_read(&left, &v) == 0)
		CU_ASSERT(v.type != JSON_NONE && v.raw.n > 0);
}

/* A fixed number of rounds, fewer where the machine is slow. */
static void
fuzz(void)
{
	uint64_t rng = 0x9e3779b97f4a7c15u;
	unsigned long rounds = 0, loaded = 0;
	const char *more = getenv("RUNG_FUZZ_SECONDS");
	double seconds = more != NULL ? atof(more) : 0.5;
	clock_t end = clock() + (clock_t)(seconds * CLOCKS_PER_SEC);

	while ((rounds < 60000 || more != NULL) && clock() < end) {
		once(&rng, &loaded);
		lines(&rng);
		rounds++;
	}
	/* Enough gets in for the walks to mean something. */
	CU_ASSERT(loaded > rounds / 20);
	printf("  %lu rounds, %lu loaded\n", rounds, loaded);
}

/* Sizes that would show a walk that is not linear. */
static void
large(void)
{
	struct buf text = BUF_INIT;
	struct diag d = DIAG_INIT;
	clock_t start = clock();
	struct trace *t;

	buf_puts(&text, seeds[0]);
	buf_puts(&text, "{\"seq\":1,\"t\":0,\"kind\":\"note\",\"deep\":");
	for (int i = 0; i < 300000; i++)
		buf_puts(&text, "[{\"a\":\"\\\\");
	CU_ASSERT_EQUAL(trace_load_buf(&t, &text, "x", &d), ERR_SYNTAX);
	trace_destroy(t);
	d = DIAG_INIT;
	buf_puts(&text, seeds[0]);
	buf_puts(&text, "{\"seq\":1,\"t\":0,\"kind\":\"send\"");
	for (int i = 0; i < 200000; i++)
		buf_puts(&text, ",\"src\":\"\\n\"");
	buf_puts(&text, "}\n");
	CU_ASSERT_EQUAL_FATAL(trace_load_buf(&t, &text, "x", &d), 0);
	walk(t);
	trace_destroy(t);
	d = DIAG_INIT;
	buf_puts(&text, seeds[0]);
	for (int i = 1; i <= 60000; i++)
		buf_printf(&text,
		    "{\"seq\":%d,\"t\":0,\"node\":\"p\",\"kind\":\"%s\","
		    "\"id\":\"%d\",\"to\":\"early\",\"verb\":\"crash\","
		    "\"on\":\"alice\"}\n",
		    i, i % 2 == 0 ? "dialog" : "act", i);
	CU_ASSERT_EQUAL_FATAL(trace_load_buf(&t, &text, "x", &d), 0);
	walk(t);
	trace_destroy(t);
	CU_ASSERT(clock() - start < 4 * CLOCKS_PER_SEC);
}

CHECK_MAIN("fuzz_trace", { "fuzz", fuzz }, { "large", large })
