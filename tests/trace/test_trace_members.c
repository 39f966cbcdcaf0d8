/*
 * Where members stand: a trace that keeps it and takes it from its writer says
 * of each record what one says whose lines were read and are walked; and what
 * an odd line does to it.
 */
#include "fixtures/check.h"
#include "runs/drive.h"
#include "trace/members.h"

#define EACH_KEY 64

static void
check_same(struct str a, struct str b)
{
	CU_ASSERT(str_eq(a, b));
}

/* What a driver makes of a lab: KEPT as a search has it, READ from its lines.
 */
struct pair {
	struct trace *kept, *read;
	struct diag why;
};

static int
read_line(const char *line, size_t n, void *arg)
{
	struct pair *p = arg;

	return trace_feed(p->read, line, n, &p->why);
}

static void
make_pair(struct pair *p, const char *lab)
{
	struct drive_options o = { .line = read_line, .arg = p };
	struct inputs in;
	struct drive *d;

	memset(p, 0, sizeof(*p));
	CU_ASSERT_EQUAL_FATAL(inputs_read(&in, lab, &p->why), 0);
	in.detail = TRACE_NETWORK;
	CU_ASSERT_EQUAL_FATAL(trace_begin(&p->kept, "kept"), 0);
	CU_ASSERT_EQUAL_FATAL(trace_keep_members(p->kept), 0);
	CU_ASSERT_EQUAL_FATAL(trace_begin(&p->read, "read"), 0);
	o.trace = p->kept;
	CU_ASSERT_EQUAL_FATAL(drive_begin(&d, &in, &o, &p->why), 0);
	CU_ASSERT_EQUAL(drive_through(d, NULL, NULL, &p->why), 0);
	drive_end(d);
	inputs_free(&in);
}

static void
free_pair(struct pair *p)
{
	trace_destroy(p->kept);
	trace_destroy(p->read);
}

static void
check_values(const struct json_value *a, const struct json_value *b)
{
	CU_ASSERT_EQUAL(a->type, b->type);
	check_same(a->raw, b->raw);
}

/* All members of REC, each alone and all at once. */
static void
check_members(const struct trace_rec *kept, const struct trace_rec *read)
{
	struct str keys[EACH_KEY];
	struct json_value values[EACH_KEY], v;
	char name[80];
	size_t at = 0, n = 0;

	while (n < EACH_KEY &&
	       json_next(read->object.raw, &at, &keys[n], &values[n]) != 0) {
		CU_ASSERT_FATAL(keys[n].n < sizeof(name));
		memcpy(name, keys[n].p, keys[n].n);
		name[keys[n].n] = '\0';
		v = trace_member(kept, name);
		check_values(&v, &values[n]);
		n++;
	}
	CU_ASSERT(n >= 3);
	for (size_t i = 0; i < n; i++) {
		struct json_value found[2];
		struct str two[2] = { keys[n - 1 - i], STR("no such key") };

		trace_members(kept, two, 2, found);
		check_values(&found[0], &values[n - 1 - i]);
		CU_ASSERT_EQUAL(found[1].type, JSON_NONE);
	}
}

static void
check_record(const struct pair *p, uint64_t seq)
{
	struct trace_rec a, b;

	trace_get(p->kept, seq, &a);
	trace_get(p->read, seq, &b);
	CU_ASSERT_EQUAL(a.kind, b.kind);
	CU_ASSERT_EQUAL(a.t, b.t);
	CU_ASSERT_EQUAL(a.cause, b.cause);
	check_same(a.node, b.node);
	check_same(a.why, b.why);
	check_same(a.rule, b.rule);
	CU_ASSERT_EQUAL(
	    trace_node_of(p->kept, seq), trace_node_of(p->read, seq));
	CU_ASSERT_EQUAL(
	    trace_is_retx(p->kept, seq), trace_is_retx(p->read, seq));
	check_same(a.object.raw, b.object.raw);
	check_members(&a, &b);
}

static void
writer_and_reader_agree(void)
{
	static const char *const labs[] = { "labs/direct-call",
		"labs/two-proxies", "labs/forking", "labs/torn-tcp",
		"labs/media-lines", "labs/handset-call" };

	for (size_t i = 0; i < sizeof(labs) / sizeof(*labs); i++) {
		struct pair p;

		make_pair(&p, labs[i]);
		CU_ASSERT(trace_count(p.kept) > 10);
		CU_ASSERT_EQUAL_FATAL(trace_count(p.kept), trace_count(p.read));
		CU_ASSERT_EQUAL(trace_complete(p.kept), trace_complete(p.read));
		CU_ASSERT_EQUAL(trace_hash(p.kept), trace_hash(p.read));
		for (uint64_t seq = 1; seq <= trace_count(p.kept); seq++)
			check_record(&p, seq);
		free_pair(&p);
	}
}

#define HEAD "{\"kind\":\"trace\",\"version\":1}\n"
#define ONE  "{\"seq\":1,\"t\":0,\"kind\":\"note\",\"text\":\"x\"}\n"

static struct trace *
begin_kept(void)
{
	struct diag d = DIAG_INIT;
	struct trace *t;

	CU_ASSERT_EQUAL_FATAL(trace_begin(&t, "x"), 0);
	CU_ASSERT_EQUAL_FATAL(trace_keep_members(t), 0);
	CU_ASSERT_EQUAL_FATAL(trace_feed(t, HEAD, strlen(HEAD), &d), 0);
	return t;
}

static struct str
text_of(const struct trace *t, uint64_t seq, struct buf *scratch)
{
	struct trace_rec rec;

	trace_get(t, seq, &rec);
	return trace_str(&rec, "text", scratch);
}

/* A key that there is no room for: lines are walked then. */
static void
keys_may_be_long(void)
{
	struct trace *t = begin_kept();
	LOCAL_BUF line = BUF_INIT, scratch = BUF_INIT;
	struct diag d = DIAG_INIT;

	CU_ASSERT_EQUAL(trace_feed(t, ONE, strlen(ONE), &d), 0);
	buf_puts(&line, "{\"seq\":2,\"t\":0,\"kind\":\"note\",\"");
	for (size_t i = 0; i <= TRACE_MEMBER_KEY_MAX; i++)
		buf_putc(&line, 'k');
	buf_puts(&line, "\":1,\"text\":\"long\"}\n");
	CU_ASSERT_EQUAL(trace_feed(t, line.p, line.n, &d), 0);
	check_same(text_of(t, 1, &scratch), STR("x"));
	check_same(text_of(t, 2, &scratch), STR("long"));
	trace_destroy(t);
}

CHECK_MAIN("where members stand",
    { "a writer and a reader agree", writer_and_reader_agree },
    { "keys may be long", keys_may_be_long })
