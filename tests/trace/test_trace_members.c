/*
 * Where members stand: a trace that takes it from its writer and one that has
 * read its lines say of each record what a walk of its line finds, also of odd
 * lines.
 */
#include "fixtures/check.h"
#include "fixtures/same_traces.h"
#include "runs/drive.h"
#include "trace/members.h"
#include "trace/writer.h"

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
writer_and_reader_agree(void)
{
	static const char *const labs[] = { "labs/direct-call",
		"labs/two-proxies", "labs/forking", "labs/torn-tcp",
		"labs/media-lines", "labs/handset-call" };

	for (size_t i = 0; i < sizeof(labs) / sizeof(*labs); i++) {
		struct pair p;

		make_pair(&p, labs[i]);
		CU_ASSERT(trace_count(p.kept) > 10);
		check_same_traces(p.kept, p.read);
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

/* A long key beside short ones. */
static void
keys_may_be_long(void)
{
	struct trace *t = begin_kept();
	LOCAL_BUF line = BUF_INIT, scratch = BUF_INIT;
	struct diag d = DIAG_INIT;

	CU_ASSERT_EQUAL(trace_feed(t, ONE, strlen(ONE), &d), 0);
	buf_puts(&line, "{\"seq\":2,\"t\":0,\"kind\":\"note\",\"");
	for (size_t i = 0; i <= (int)TRACE_MEMBER_SIGNS; i++)
		buf_putc(&line, 'k');
	buf_puts(&line, "\":1,\"text\":\"long\"}\n");
	CU_ASSERT_EQUAL(trace_feed(t, line.p, line.n, &d), 0);
	CU_ASSERT(str_eq(text_of(t, 1, &scratch), STR("x")));
	CU_ASSERT(str_eq(text_of(t, 2, &scratch), STR("long")));
	trace_destroy(t);
}

/* Spaces anywhere: what is found is what a walk finds. */
static void
lines_may_be_odd(void)
{
	static const char *const lines[] = {
		"{ \"seq\":1,\"t\":0,\"kind\":\"note\",\"text\":\"a\"}\n",
		"{\"seq\":2,\"t\": 0,\"kind\":\"note\",\"text\":\"b\"}\n",
		"{\"seq\":3,\"t\":0 ,\"kind\":\"note\",\"text\":\"c\"}\n",
		"{\"seq\":4,\"t\":0, \"kind\":\"note\",\"text\":\"d\"}\n",
		"{\"seq\":5,\"t\":0,\"kind\" :\"note\",\"text\":\"e\"}\n",
		"{\"seq\":6,\"t\":0,\"kind\":\"note\",\"text\":\"f\" }\n",
		"{\"seq\":7,\"t\":0,\"kind\":\"note\",\"text\":\"g\"} \n",
		" {\"seq\":8,\"t\":0,\"kind\":\"note\",\"text\":\"h\"}\n",
		"{\"seq\":9,\"t\":0,\"kind\":\"note\",\"x\":[2,3]}\n",
		"{\"seq\":10,\"t\":0,\"kind\":\"note\",\"x\":{\"y\":1}}\n",
	};
	struct diag d = DIAG_INIT;
	struct trace *kept = begin_kept(), *read;

	CU_ASSERT_EQUAL_FATAL(trace_begin(&read, "read"), 0);
	CU_ASSERT_EQUAL(trace_feed(read, HEAD, strlen(HEAD), &d), 0);
	for (size_t i = 0; i < sizeof(lines) / sizeof(*lines); i++) {
		CU_ASSERT_EQUAL(
		    trace_feed(kept, lines[i], strlen(lines[i]), &d), 0);
		CU_ASSERT_EQUAL(
		    trace_feed(read, lines[i], strlen(lines[i]), &d), 0);
	}
	check_same_traces(kept, read);
	trace_destroy(kept);
	trace_destroy(read);
}

/* What a writer gives to two traces, of which one believes it. */
struct fed {
	struct trace_writer *w;
	struct trace *kept, *read;
};

static int
feed_both(const char *line, size_t n, void *arg)
{
	struct fed *f = arg;
	struct diag d = DIAG_INIT;

	trace_note_members(f->w);
	CU_ASSERT_EQUAL(trace_feed_written(f->kept, f->w, line, n, &d), 0);
	return trace_feed(f->read, line, n, &d);
}

/* More members, a longer key or value than a writer tells of; and after it
 * again what it does tell of. */
static void
records_may_be_large(void)
{
	struct fed f;
	LOCAL_BUF key = BUF_INIT, value = BUF_INIT;
	char name[8];

	CU_ASSERT_EQUAL_FATAL(
	    trace_writer_create(&f.w, TRACE_NETWORK, feed_both, &f), 0);
	CU_ASSERT_EQUAL_FATAL(trace_begin(&f.kept, "kept"), 0);
	CU_ASSERT_EQUAL_FATAL(trace_begin(&f.read, "read"), 0);
	trace_write_header(f.w, STR("{\"kind\":\"trace\",\"version\":1}"));
	for (int i = 0; i <= (int)TRACE_MEMBER_SIGNS; i++)
		buf_putc(&key, 'k');
	while (value.n <= TRACE_MEMBER_STEP_MAX)
		buf_puts(&value, "0123456789abcdef0123456789abcdef");
	for (int i = 0; i < 8; i++) {
		trace_open(f.w, TRACE_NOTE, i, "n", 0, RULE_NONE);
		for (int j = 0; i == 1 && j < 56; j++) {
			snprintf(name, sizeof(name), "m%d", j);
			trace_put_int(f.w, name, j);
		}
		for (int j = 0; i == 2 && j < 58; j++) {
			snprintf(name, sizeof(name), "m%d", j);
			trace_put_int(f.w, name, j);
		}
		if (i == 4)
			trace_put_member(f.w, buf_view(&key), STR("x"));
		if (i == 6)
			trace_put_str(f.w, "long", buf_view(&value));
		trace_put_str(f.w, "text", STR("y"));
		trace_close(f.w);
	}
	CU_ASSERT_EQUAL(trace_writer_error(f.w), 0);
	CU_ASSERT_EQUAL(trace_count(f.kept), 8);
	check_same_traces(f.kept, f.read);
	trace_destroy(f.kept);
	trace_destroy(f.read);
	trace_writer_destroy(f.w);
}

CHECK_MAIN("where members stand",
    { "a writer and a reader agree", writer_and_reader_agree },
    { "keys may be long", keys_may_be_long },
    { "lines may be odd", lines_may_be_odd },
    { "records may be large", records_may_be_large })
