/*
 * Whatever arrives, a run goes on: in each message of many labs one of the
 * fields that tell dialogs and transactions (From, To, their tags, Call-ID,
 * CSeq, Via, Contact) is another one, or gone, or stands twice, or is that of
 * another message; one field at a time, and two at random.  Every step that a
 * node takes all the same is one of its tables, and no machine is asked for a
 * step that it does not have.
 */
#include "fixtures/labs.h"
#include "fixtures/steps.h"

#include "msg/header_names.h"
#include "msg/parts.h"
#include "msg/splice.h"
#include "sim/rng.h"

static const char *const scenes[] = { "direct-call", "two-proxies", "cancel",
	"forking", "early-dialogs", "transfer", "reliable-provisional",
	"update", "registration", "registration-events", "presence",
	"third-party", "call-park", "voice-mail", "pick-up", "redirection",
	"rfc3891-7.1", "rfc5359-2.9", "rfc5407-3.1.2", "rfc5407-3.2.1",
	"torn-tcp", "strict-router" };

#define SCENES (sizeof(scenes) / sizeof(scenes[0]))

/* ---- what is rewritten ---- */

/* In M; empty where M has none. */
typedef struct str find_fn(const struct msg *m);

static struct str
first_value(const struct msg *m, enum msg_header id)
{
	struct str v = msg_value(m, id);

	return msg_cut_value(&v);
}

static struct str
from_uri(const struct msg *m)
{
	return msg_addr_uri(msg_value(m, MSG_H_FROM));
}

static struct str
to_uri(const struct msg *m)
{
	return msg_addr_uri(msg_value(m, MSG_H_TO));
}

static struct str
from_tag(const struct msg *m)
{
	return msg_tag_of(m, MSG_H_FROM);
}

static struct str
to_tag(const struct msg *m)
{
	return msg_tag_of(m, MSG_H_TO);
}

static struct str
call_id(const struct msg *m)
{
	return msg_value(m, MSG_H_CALL_ID);
}

static struct str
cseq_number(const struct msg *m)
{
	struct str rest;

	return str_cut(msg_value(m, MSG_H_CSEQ), ' ', &rest);
}

static struct str
cseq_method(const struct msg *m)
{
	struct str rest = STR_NULL;

	str_cut(msg_value(m, MSG_H_CSEQ), ' ', &rest);
	return rest;
}

static struct str
via(const struct msg *m)
{
	return first_value(m, MSG_H_VIA);
}

static struct str
via_branch(const struct msg *m)
{
	struct msg_via v = { 0 };

	msg_via_read(via(m), &v);
	return v.branch;
}

static struct str
via_sent_by(const struct msg *m)
{
	struct msg_via v = { 0 };

	msg_via_read(via(m), &v);
	return v.sent_by;
}

static struct str
contact(const struct msg *m)
{
	return first_value(m, MSG_H_CONTACT);
}

static struct str
contact_uri(const struct msg *m)
{
	return msg_addr_uri(contact(m));
}

/* Where a field can be another one and still be one, OTHER is what it becomes;
 * else it gets a letter more. */
static const struct {
	const char *name;
	find_fn *find;
	enum msg_header id;
	const char *other;
} fields[] = {
	{ "From", from_uri, MSG_H_FROM, "sip:mallory@example.com" },
	{ "To", to_uri, MSG_H_TO, "sip:mallory@example.com" },
	{ "From tag", from_tag, MSG_H_OTHER, NULL },
	{ "To tag", to_tag, MSG_H_OTHER, NULL },
	{ "Call-ID", call_id, MSG_H_CALL_ID, NULL },
	{ "CSeq number", cseq_number, MSG_H_CSEQ, "7" },
	{ "CSeq method", cseq_method, MSG_H_OTHER, "OPTIONS" },
	{ "Via", via, MSG_H_VIA, "SIP/2.0/UDP 192.0.2.250;branch=z9hG4bKq" },
	{ "branch", via_branch, MSG_H_OTHER, NULL },
	{ "sent-by", via_sent_by, MSG_H_OTHER, "192.0.2.250" },
	{ "Contact", contact_uri, MSG_H_CONTACT, "sip:mallory@192.0.2.250" },
};

#define FIELDS (sizeof(fields) / sizeof(fields[0]))

enum way { ANOTHER, GONE, TWICE, EXCHANGED, WAYS };

static const char *const ways[WAYS] = { "another", "gone", "twice",
	"exchanged" };

/* The parameter that WHAT, a tag, is the value of. */
static struct str
whole_tag(const struct msg *m, struct str what)
{
	size_t n = strlen(";tag=");

	return what.p - n < m->bytes.p ? what
				       : (struct str){ what.p - n, what.n + n };
}

static void
take_away(struct msg_splice *sp, const struct msg *m, size_t f, struct str what)
{
	const struct msg_field *line = msg_field(m, fields[f].id, 0);

	if (line != NULL)
		msg_splice_delete(sp, line->line);
	else if (fields[f].find == from_tag || fields[f].find == to_tag)
		msg_splice_delete(sp, whole_tag(m, what));
	else
		msg_splice_replace(sp, what, STR(""));
}

static void
double_it(struct msg_splice *sp, const struct msg *m, size_t f, struct str what)
{
	const struct msg_field *line = msg_field(m, fields[f].id, 0);

	if (line != NULL)
		msg_splice_after(sp, line->line, line->line);
	else
		msg_splice_after(sp, what, what);
}

/* From and To change places, or their tags; a field without a counterpart gets
 * the Call-ID. */
static void
exchange(struct msg_splice *sp, const struct msg *m, size_t f, struct str what)
{
	static const struct {
		find_fn *a, *b;
	} pairs[] = { { from_uri, to_uri }, { from_tag, to_tag },
		{ contact_uri, to_uri }, { via_branch, call_id } };

	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
		struct str a = pairs[i].a(m), b = pairs[i].b(m);

		if (a.p != what.p && b.p != what.p)
			continue;
		if (a.n == 0 || b.n == 0)
			break;
		msg_splice_replace(sp, a, b);
		msg_splice_replace(sp, b, a);
		return;
	}
	msg_splice_replace(sp, what, STR("1"));
	(void)f;
}

/* Field F of M is rewritten in SP; false where M has none. */
static bool
rewrite(struct msg_splice *sp, const struct msg *m, size_t f, enum way way)
{
	struct str what = fields[f].find(m);

	if (what.n == 0)
		return false;
	if (way == GONE)
		take_away(sp, m, f, what);
	else if (way == TWICE)
		double_it(sp, m, f, what);
	else if (way == EXCHANGED)
		exchange(sp, m, f, what);
	else if (fields[f].other != NULL)
		msg_splice_replace(sp, what, str_of(fields[f].other));
	else
		msg_splice_after(sp, what, STR("z"));
	return true;
}

/* BYTES with that into OUT; false where nothing changed. */
static bool
rewrite_bytes(struct str bytes, size_t f, enum way way, struct buf *out)
{
	struct msg_splice sp;
	struct msg m;
	bool done;

	if (msg_read(&m, bytes, NULL) != MSG_FAULT_NONE)
		return false;
	msg_splice_init(&sp, m.bytes);
	done = rewrite(&sp, &m, f, way) && sp.err == 0;
	buf_clear(out);
	if (done) {
		size_t n = msg_splice_size(&sp);
		char *copy = mem_alloc(n + 1);

		CU_ASSERT_PTR_NOT_NULL_FATAL(copy);
		msg_splice_copy(&sp, copy);
		buf_add(out, copy, n);
		mem_free(copy);
	}
	msg_splice_free(&sp);
	return done;
}

/* ---- runs ---- */

struct edit {
	uint64_t seq;
	size_t field;
	enum way way;
};

/* What one test does with the trace of a run. */
static void
check_trace(const struct buf *out, bool *good)
{
	struct str rest = buf_view(out);
	struct steps s;

	steps_begin(&s);
	/* A branch that stands twice names two transactions in the trace. */
	s.loose = true;
	while (rest.n > 0)
		steps_line(&s, str_cut(rest, '\n', &rest));
	CU_ASSERT_EQUAL(s.bad, 0);
	CU_ASSERT(str_find(buf_view(out), "\"fault\":\"no-step\"") < 0);
	*good =
	    s.bad == 0 && str_find(buf_view(out), "\"fault\":\"no-step\"") < 0;
	steps_end(&s);
}

/* Runs IN, to which edits were added.  That a script's verb is not possible any
 * more ends its coroutine, not the run. */
static bool
run_edited(struct inputs *in, struct buf *out)
{
	struct diag d = DIAG_INIT;
	bool good;
	int err;

	buf_clear(out);
	err = lab_run_inputs(in, 0, out, &d);
	if (err != 0)
		printf("  %s:%u: %s\n", d.file, d.line, d.text);
	CU_ASSERT_EQUAL(err, 0);
	check_trace(out, &good);
	return err == 0 && good;
}

/* Adds E to IN, of the message in T that it names; false where that has no such
 * field. */
static bool
add_edit(struct inputs *in, const struct trace *t, const struct edit *e)
{
	LOCAL_BUF scratch = BUF_INIT, text = BUF_INIT;
	struct act_arg arg = { "text", NULL };
	struct trace_rec rec;
	bool done;

	trace_get(t, e->seq, &rec);
	done =
	    rewrite_bytes(trace_bytes(&rec, &scratch), e->field, e->way, &text);
	arg.value = text.p;
	if (done)
		CU_ASSERT_EQUAL_FATAL(
		    inputs_put_act(in, e->seq, 0, "message", "edit", &arg, 1),
		    0);
	return done;
}

static void
say(const char *lab, const struct edit *e, size_t n)
{
	for (size_t i = 0; i < n; i++)
		printf("  (%s %llu: %s %s)\n", lab,
		    (unsigned long long)e[i].seq, fields[e[i].field].name,
		    ways[e[i].way]);
}

static void
read_inputs(struct inputs *in, const char *lab)
{
	struct diag d = DIAG_INIT;
	char file[128];

	snprintf(file, sizeof(file), "labs/%s", lab);
	CU_ASSERT_EQUAL_FATAL(inputs_read(in, file, &d), 0);
	in->detail = TRACE_PROTOCOL;
}

static struct trace *
read_trace(struct buf *out)
{
	struct diag d = DIAG_INIT;
	struct trace *t = NULL;

	CU_ASSERT_EQUAL_FATAL(trace_load_buf(&t, out, "run", &d), 0);
	return t;
}

static bool
is_message(const struct trace *t, uint64_t seq)
{
	struct trace_send send;
	LOCAL_BUF scratch = BUF_INIT;
	struct trace_rec rec;
	bool sip;

	if (trace_kind_of(t, seq) != TRACE_SEND)
		return false;
	trace_get(t, seq, &rec);
	sip = trace_get_send(&rec, &send, &scratch) == 0 &&
	      trace_class_of(send.proto) == TRACE_CLASS_SIP;
	return sip;
}

/* One run with the N edits E, the second of a message that the first ones'
 * run has; its trace in *T unless that is NULL. */
static bool
run_with(const char *lab, const struct trace *t, const struct edit *e, size_t n,
    const struct trace *second, struct trace **after)
{
	LOCAL_BUF out = BUF_INIT;
	struct inputs in;
	bool ran = true, good = true;

	read_inputs(&in, lab);
	for (size_t i = 0; ran && i < n; i++)
		ran = add_edit(&in, i > 0 ? second : t, &e[i]);
	if (ran)
		good = run_edited(&in, &out);
	if (!good)
		say(lab, e, n);
	if (ran && good && after != NULL)
		*after = read_trace(&out);
	inputs_free(&in);
	return ran;
}

static struct trace *
run_plain(const char *lab)
{
	LOCAL_BUF out = BUF_INIT;
	struct inputs in;
	struct trace *t;

	read_inputs(&in, lab);
	run_edited(&in, &out);
	t = read_trace(&out);
	inputs_free(&in);
	return t;
}

/* ---- cases ---- */

/* In the sanitized build every second of the edits; each with FIELDS=all. */
static bool
has_turn(uint64_t n)
{
	return !IS_SANITIZED || getenv("FIELDS") != NULL || n % 2 == 0;
}

static void
each_field_of(const char *lab)
{
	struct trace *t = run_plain(lab);
	size_t ran = 0;

	for (uint64_t seq = 1; seq <= trace_count(t); seq++) {
		if (!is_message(t, seq))
			continue;
		for (size_t f = 0; f < FIELDS; f++) {
			struct edit a = { seq, f, ANOTHER }, b = a;

			b.way = (enum way)(1 + (seq + f) % (WAYS - 1));
			if (has_turn(seq + f))
				ran += run_with(lab, t, &a, 1, NULL, NULL);
			if (has_turn(seq + f + 1))
				run_with(lab, t, &b, 1, NULL, NULL);
		}
	}
	CU_ASSERT(ran > 20);
	trace_destroy(t);
}

/* As another one, and in one of the other ways; in the sanitized build of some
 * labs. */
static void
each_field(void)
{
	for (size_t i = 0; i < SCENES; i += IS_SANITIZED ? 6 : 1)
		each_field_of(scenes[i]);
}

static struct edit
draw_edit(struct rng *r, const struct trace *t, uint64_t from)
{
	uint64_t n = trace_count(t) - from;
	struct edit e = { 0, rng_below(r, FIELDS),
		(enum way)rng_below(r, WAYS) };
	uint64_t first = n > 0 ? rng_below(r, n) : 0;

	for (uint64_t i = 0; i < n && e.seq == 0; i++) {
		uint64_t seq = from + 1 + (first + i) % n;

		if (is_message(t, seq))
			e.seq = seq;
	}
	return e;
}

static void
pairs_of(const char *lab, unsigned times)
{
	struct trace *t = run_plain(lab);
	struct rng r;

	rng_init(&r, 1, lab, "pairs");
	for (unsigned i = 0; i < times; i++) {
		struct trace *second = NULL;
		struct edit e[2];

		e[0] = draw_edit(&r, t, 0);
		if (e[0].seq == 0 || !run_with(lab, t, e, 1, NULL, &second) ||
		    second == NULL)
			continue;
		e[1] = draw_edit(&r, second, e[0].seq);
		if (e[1].seq != 0)
			run_with(lab, t, e, 2, second, NULL);
		trace_destroy(second);
	}
	trace_destroy(t);
}

static void
random_pairs(void)
{
	for (size_t i = 0; i < SCENES; i++)
		pairs_of(scenes[i], IS_SANITIZED ? 4 : 30);
}

CHECK_MAIN("rewritten_fields", { "each field", each_field },
    { "random pairs", random_pairs })
