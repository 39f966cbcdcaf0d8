/*
 * Flows of RFC 3665, all sixteen, and of RFC 5359 against their labs
 * (labs/rfc3665-*, labs/rfc5359-*), in the sense of equal ladders
 * (trace/align.h): the same messages, the same order within each directed pair,
 * each after its cause.  Nothing is left out but media, which no lab sends:
 * whole runs are compared, with every challenge and every repetition.
 *
 * The expected ladders stand in rfc3665.h and rfc5359.h; where the reference
 * data are beside the project, they are read from there too, and what they tell
 * of each message is compared: the number of Vias, SDP, credentials and
 * challenges.
 */
#include "trace/align.h"

#include "check.h"
#include "labs.h"
#include "msg/message.h"
#include "msg/parts.h"
#include "rfc3665.h"
#include "rfc5359.h"

#include <inttypes.h>

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))
#define NFLOWS      (COUNT(rfc3665) + COUNT(rfc5359))

static const struct flow *
flow_at(size_t i)
{
	return i < COUNT(rfc3665) ? &rfc3665[i] : &rfc5359[i - COUNT(rfc3665)];
}

/* What a lab did: its messages stand in `align->a`. */
struct seen {
	struct trace *trace;
	struct align *align;
};

static bool
see(const struct flow *f, struct seen *s)
{
	struct lab_options o = LAB_OPTIONS;
	char lab[64];

	snprintf(lab, sizeof(lab), "labs/%s", f->name);
	s->trace = lab_trace(lab, &o);
	CU_ASSERT_PTR_NOT_NULL(s->trace);
	if (s->trace == NULL)
		return false;
	CU_ASSERT_EQUAL_FATAL(
	    align_create(&s->align, s->trace, s->trace, NULL, NULL), 0);
	CU_ASSERT_TRUE(s->align->same);
	return true;
}

static void
forget(struct seen *s)
{
	align_destroy(s->align);
	trace_destroy(s->trace);
}

/* ---- what is wanted ---- */

#define ARROWS_MAX 64
#define NONE       SIZE_MAX

struct arrow {
	struct str from, to, start, method;
	size_t cause; /* the arrow that it follows from, or NONE */
	size_t got;   /* the lab's message in its place, or NONE */
};

struct ladder {
	struct arrow list[ARROWS_MAX];
	size_t n;
};

static void
add_arrow(struct ladder *l, struct arrow a)
{
	CU_ASSERT_TRUE_FATAL(l->n < ARROWS_MAX);
	CU_ASSERT_TRUE_FATAL(a.start.n > 0);
	CU_ASSERT_TRUE_FATAL(a.cause == NONE || a.cause < l->n);
	l->list[l->n++] = a;
}

/* "bil -> bob INVITE after 3", "bob -> bil 200 INVITE" */
static void
read_flow(const struct flow *f, struct ladder *l)
{
	struct str rest = str_of(f->lines);

	l->n = 0;
	while (rest.n > 0) {
		struct str line = str_cut(rest, '\n', &rest), word;
		struct arrow a = { .cause = NONE };
		uint64_t after;

		a.from = str_cut(line, ' ', &line);
		CU_ASSERT_TRUE_FATAL(str_is(str_cut(line, ' ', &line), "->"));
		a.to = str_cut(line, ' ', &line);
		a.start = str_cut(line, ' ', &line);
		word = str_cut(line, ' ', &line);
		if (word.n > 0 && !str_is(word, "after")) {
			a.method = word;
			word = str_cut(line, ' ', &line);
		}
		if (word.n > 0) {
			CU_ASSERT_TRUE_FATAL(str_is(word, "after"));
			CU_ASSERT_EQUAL_FATAL(str_u64(line, &after), 0);
			a.cause = (size_t)after - 1;
		}
		add_arrow(l, a);
	}
	CU_ASSERT_TRUE_FATAL(l->n > 0);
}

/* ---- comparing ---- */

static void
put_message(struct buf *said, const struct align_message *m)
{
	buf_str(said, m->from_name);
	buf_puts(said, " -> ");
	buf_str(said, m->to_name);
	buf_putc(said, ' ');
	if (m->status != 0)
		buf_printf(said, "%u ", m->status);
	buf_str(said, m->cseq_method);
	buf_putc(said, '\n');
}

/* A method of the CSeq that is not written down is any. */
static bool
is_alike(const struct arrow *a, const struct align_message *m)
{
	uint64_t status = 0;

	return (m->status != 0
		       ? str_u64(a->start, &status) == 0 && status == m->status
		       : str_eq(a->start, m->method)) &&
	       (a->method.n == 0 || str_eq(a->method, m->cseq_method));
}

/* Each arrow has the message in its place among those of its pair; how many
 * messages were not like their arrow, or had none, or the other way round. */
static unsigned
match(struct ladder *l, const struct align_side *s, struct buf *said)
{
	bool used[4 * ARROWS_MAX] = { false };
	unsigned wrong = 0;

	CU_ASSERT_TRUE_FATAL(s->n <= sizeof(used));
	for (size_t i = 0; i < l->n; i++) {
		struct arrow *a = &l->list[i];
		size_t k = 0;

		while (k < s->n &&
		       (used[k] || !str_eq(s->messages[k].from_name, a->from) ||
			   !str_eq(s->messages[k].to_name, a->to)))
			k++;
		a->got = k < s->n ? k : NONE;
		if (k < s->n && is_alike(a, &s->messages[used[k] = true, k]))
			continue;
		buf_printf(said, "%s %.*s -> %.*s %.*s\n",
		    k < s->n ? "BAD    " : "MISSING", STR_ARG(a->from),
		    STR_ARG(a->to), STR_ARG(a->start));
		if (k < s->n) {
			buf_puts(said, "        in its place: ");
			put_message(said, &s->messages[k]);
		}
		wrong++;
	}
	for (size_t k = 0; k < s->n; k++) {
		if (used[k])
			continue;
		buf_puts(said, "BAD     not expected: ");
		put_message(said, &s->messages[k]);
		wrong++;
	}
	return wrong;
}

/* The arrow of the lab's message K. */
static size_t
arrow_of(const struct ladder *l, size_t k)
{
	size_t i = 0;

	while (i < l->n && l->list[i].got != k)
		i++;
	return i;
}

/* Whatever one of both knows to follow from another comes after it in both. */
static unsigned
count_early(
    const struct ladder *l, const struct align_side *s, struct buf *said)
{
	unsigned wrong = 0;

	for (size_t i = 0; i < l->n; i++) {
		const struct arrow *a = &l->list[i];
		const struct align_message *m = &s->messages[a->got];

		if ((a->cause == NONE || l->list[a->cause].got < a->got) &&
		    (m->cause == 0 || arrow_of(l, m->cause - 1) < i))
			continue;
		buf_puts(said, "BAD     before its cause: ");
		put_message(said, m);
		wrong++;
	}
	return wrong;
}

static unsigned
compare(struct ladder *want, const struct seen *s, struct buf *said)
{
	unsigned wrong = match(want, &s->align->a, said);

	return wrong != 0 ? wrong : count_early(want, &s->align->a, said);
}

static bool
equals(const struct flow *f, struct ladder *want, const struct seen *s)
{
	struct buf said = BUF_INIT;
	unsigned wrong = compare(want, s, &said);

	if (wrong != 0)
		printf("%s:\n%s", f->name, buf_cstr(&said));
	buf_free(&said);
	return wrong == 0;
}

static void
as_written_here(void)
{
	for (size_t i = 0; i < NFLOWS; i++) {
		struct ladder want;
		struct seen s;

		read_flow(flow_at(i), &want);
		if (see(flow_at(i), &s)) {
			CU_ASSERT_TRUE(equals(flow_at(i), &want, &s));
			forget(&s);
		}
	}
}

/* A comparison that never fails would prove nothing.  The call is that of
 * section 3.1, with something else about it each time. */
static void
notices_a_change(void)
{
#define INVITE "alice -> bob INVITE\n"
#define RING   "bob -> alice 180 INVITE\n"
#define ANSWER "bob -> alice 200 INVITE\n"
#define ACK    "alice -> bob ACK\n"
#define END    "bob -> alice BYE\nalice -> bob 200 BYE\n"
	static const struct {
		const char *lines;
		unsigned wrong;
	} rows[] = {
		{ INVITE RING ANSWER ACK END, 0 },
		/* The lab knows that the 180 follows from the INVITE. */
		{ RING INVITE ANSWER ACK END, 1 },
		{ INVITE RING ANSWER END, 2 },
		{ INVITE RING ANSWER ACK "bob -> alice BYE\n", 1 },
		{ INVITE RING ANSWER ACK END "alice -> bob BYE\n", 1 },
		{ INVITE ANSWER RING ACK END, 2 },
		{ INVITE "bob -> alice 183\n" ANSWER ACK END, 1 },
		{ INVITE RING "bob -> alice 200 BYE\n" ACK END, 1 },
		{ INVITE RING ANSWER ACK
		    "alice -> bob BYE\nbob -> alice 200 BYE\n",
		    2 },
		{ INVITE RING ACK ANSWER END, 1 },
		{ INVITE RING ACK "bob -> alice 200 INVITE after 3\n" END, 2 },
	};
	struct flow f = { "rfc3665-3.1", INVITE };
	struct seen s;

	CU_ASSERT_TRUE_FATAL(see(&f, &s));
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct buf said = BUF_INIT;
		struct ladder want;

		f.lines = rows[i].lines;
		read_flow(&f, &want);
		CU_ASSERT_EQUAL(compare(&want, &s, &said), rows[i].wrong);
		CU_ASSERT_EQUAL(said.n > 0, rows[i].wrong > 0);
		buf_free(&said);
	}
	forget(&s);
}

/* ---- the reference ---- */

static struct str
text_of(struct json_value item, const char *key)
{
	struct str s = STR_NULL;

	json_plain(json_member(item, key), &s);
	return s;
}

/* What a message follows from: the last one that came in where it goes out. */
static size_t
cause_of(const struct ladder *l, struct str from)
{
	for (size_t i = l->n; i-- > 0;)
		if (str_eq(l->list[i].to, from))
			return i;
	return NONE;
}

/* A flow of the reference, and the item that each message was. */
struct reference {
	struct buf text;
	struct ladder ladder;
	struct json_value items[ARROWS_MAX];
};

static void
add_items(struct reference *r, struct json_value list)
{
	struct json_value item;
	struct str key;
	size_t at = 0;

	while (json_next(list.raw, &at, &key, &item)) {
		struct arrow a = {
			.from = text_of(item, "from"),
			.to = text_of(item, "to"),
			.start = text_of(item, "start"),
			.method = text_of(item, "method"),
		};

		if (a.start.n == 0)
			continue; /* media, an event */
		a.cause = cause_of(&r->ladder, a.from);
		add_arrow(&r->ladder, a);
		r->items[r->ladder.n - 1] = item;
	}
}

static bool
refer(const struct flow *f, struct reference *r)
{
	struct json_value flow;
	char path[512];
	struct str rest;

	memset(r, 0, sizeof(*r));
	snprintf(
	    path, sizeof(path), "%s/ladders/%s.json", check_data(), f->name);
	if (buf_read_file(&r->text, path, 1 << 20) != 0)
		return false;
	rest = buf_view(&r->text);
	CU_ASSERT_EQUAL_FATAL(json_read(&rest, &flow), 0);
	add_items(r, json_member(flow, "messages"));
	CU_ASSERT_TRUE(r->ladder.n > 0);
	return true;
}

/* Runs FN on each flow with its lab and its reference. */
static void
each(void (*fn)(const struct flow *f, struct reference *r, struct seen *s))
{
	size_t found = 0;

	for (size_t i = 0; i < NFLOWS; i++) {
		struct reference r;
		struct seen s;

		if (!refer(flow_at(i), &r))
			continue;
		found++;
		if (see(flow_at(i), &s)) {
			fn(flow_at(i), &r, &s);
			forget(&s);
		}
		buf_free(&r.text);
	}
	if (found == 0)
		check_skip("no reference ladders");
	else
		/* Of RFC 5359 the reference has some alone. */
		CU_ASSERT_TRUE(found >= COUNT(rfc3665));
}

static void
is_equal(const struct flow *f, struct reference *r, struct seen *s)
{
	CU_ASSERT_TRUE(equals(f, &r->ladder, s));
}

static void
as_in_the_reference(void)
{
	each(is_equal);
}

/* ---- what the messages are like ---- */

static bool
lists(struct json_value item, const char *header)
{
	struct json_value list = json_member(item, "headers"), v;
	struct str key, name;
	size_t at = 0;

	while (list.type == JSON_ARRAY && json_next(list.raw, &at, &key, &v))
		if (json_plain(v, &name) == 0 && str_is(name, header))
			return true;
	return false;
}

static size_t
count_values(const struct msg *m, enum msg_header id)
{
	struct msg_values it = { 0 };
	struct str v;
	size_t n = 0;

	while (msg_next_value(m, id, &it, &v))
		n++;
	return n;
}

/* Whoever originates a message gives its credentials; those who forward it may
 * leave them in or, as in the RFC's examples, take theirs out.  Requests within
 * a dialog may have them (22.3), in the RFC's examples ACKs do now and then. */
static bool
same_credentials(const struct msg *m, struct json_value item, bool originates)
{
	static const char *const names[] = { "Authorization",
		"Proxy-Authorization", "WWW-Authenticate",
		"Proxy-Authenticate" };

	if (m->method == MSG_ACK || m->method == MSG_BYE || !originates)
		return true;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if ((msg_field_named(m, names[i], 0) != NULL) !=
		    lists(item, names[i]))
			return false;
	return true;
}

static void
expect(
    bool well, const struct flow *f, struct json_value item, const char *what)
{
	struct str label = text_of(item, "label");

	CU_ASSERT_TRUE(well);
	if (!well)
		printf("  %s %.*s: not the same %s\n", f->name, STR_ARG(label),
		    what);
}

static bool
has_type(const struct msg *m, const char *type)
{
	return str_starts(msg_value(m, MSG_H_CONTENT_TYPE), type);
}

/* Vias as the reference counts them: those of a response that a NOTIFY quotes
 * (message/sipfrag, RFC 3420) among the message's own.  The quotations here are
 * status lines, as RFC 3515 2.4.5 allows. */
static bool
same_vias(const struct msg *m, size_t vias)
{
	size_t n = count_values(m, MSG_H_VIA);

	return has_type(m, "message/sipfrag") ? n <= vias : n == vias;
}

static void
message_is_alike(const struct flow *f, struct json_value item,
    const struct trace *t, uint64_t seq)
{
	static struct msg m;
	struct buf scratch = BUF_INIT;
	struct trace_rec rec;
	int64_t vias = 0;
	bool sdp;

	trace_get(t, seq, &rec);
	CU_ASSERT_EQUAL_FATAL(
	    msg_read(&m, trace_bytes(&rec, &scratch), NULL), MSG_FAULT_NONE);
	/* The RFC does not print repetitions. */
	if (json_int(json_member(item, "vias"), &vias) == 0) {
		expect(same_vias(&m, (size_t)vias), f, item, "number of Vias");
		expect(same_credentials(&m, item, !m.request || vias == 1), f,
		    item, "credentials");
	}
	sdp = json_member(item, "sdp").type == JSON_BOOL;
	expect(sdp == has_type(&m, "application/sdp"), f, item, "SDP");
	buf_free(&scratch);
}

static void
messages_are_alike(const struct flow *f, struct reference *r, struct seen *s)
{
	CU_ASSERT_TRUE_FATAL(equals(f, &r->ladder, s));
	for (size_t i = 0; i < r->ladder.n; i++)
		message_is_alike(f, r->items[i], s->trace,
		    s->align->a.messages[r->ladder.list[i].got].seq);
}

static void
as_the_reference_tells_of_them(void)
{
	each(messages_are_alike);
}

CHECK_MAIN("ladders_rfc", { "as_written_here", as_written_here },
    { "notices_a_change", notices_a_change },
    { "as_in_the_reference", as_in_the_reference },
    { "as_the_reference_tells_of_them", as_the_reference_tells_of_them })
