/*
 * The sixteen flows of RFC 3665 against their labs (labs/rfc3665-*), in the
 * sense of equal ladders (trace/compare.h): the same messages, the same order
 * within each directed pair, each after its cause.  Nothing is left out but
 * media, which no lab sends: whole runs are compared, with every challenge and
 * every repetition.
 *
 * The expected ladders stand in rfc3665.h; where the reference data are beside
 * the project, they are read from there too, and what they tell of each message
 * is compared: the number of Vias, SDP, credentials and challenges.
 */
#include "trace/compare.h"

#include "check.h"
#include "labs.h"
#include "msg/message.h"
#include "msg/parts.h"
#include "rfc3665.h"

#include <inttypes.h>

/* What a lab did. */
struct seen {
	struct trace *trace;
	struct ladder *ladder;
};

static bool
see(const struct flow *f, struct seen *s)
{
	struct ladder_options lo = { .retransmissions = true };
	struct lab_options o = LAB_OPTIONS;
	char lab[64];

	snprintf(lab, sizeof(lab), "labs/rfc3665-%s", f->section);
	s->trace = lab_trace(lab, &o);
	CU_ASSERT_PTR_NOT_NULL(s->trace);
	if (s->trace == NULL)
		return false;
	CU_ASSERT_EQUAL_FATAL(ladder_from_trace(&s->ladder, s->trace, &lo), 0);
	return true;
}

static void
forget(struct seen *s)
{
	ladder_destroy(s->ladder);
	trace_destroy(s->trace);
}

static void
compare(const struct flow *f, const struct ladder *want, const struct seen *s,
    struct ladder_diff *diff)
{
	struct buf text = BUF_INIT;

	CU_ASSERT_EQUAL_FATAL(
	    ladder_compare(diff, want, s->ladder, NULL, 0), 0);
	if (!diff->equal) {
		ladder_explain(diff, want, s->ladder, false, &text);
		printf("RFC 3665 %s:\n%s", f->section, buf_cstr(&text));
	}
	CU_ASSERT_TRUE(diff->equal);
	CU_ASSERT_EQUAL(diff->good, ladder_count(want));
	buf_free(&text);
}

static struct ladder *
written(const struct flow *f)
{
	struct diag d = DIAG_INIT;
	struct ladder *l;

	CU_ASSERT_EQUAL_FATAL(ladder_create(&l), 0);
	CU_ASSERT_EQUAL_FATAL(
	    ladder_add_lines(l, str_of(f->lines), f->section, &d), 0);
	return l;
}

static void
as_written_here(void)
{
	for (size_t i = 0; i < NFLOWS; i++) {
		struct ladder_diff diff;
		struct ladder *want = written(&flows[i]);
		struct seen s;

		if (see(&flows[i], &s)) {
			compare(&flows[i], want, &s, &diff);
			ladder_diff_free(&diff);
			forget(&s);
		}
		ladder_destroy(want);
	}
}

/* A comparison that never fails would prove nothing. */
static void
notices_a_change(void)
{
	static const char wrong[] = "alice -> bob INVITE\n"
				    "bob -> alice 180 INVITE\n"
				    "bob -> alice 200 INVITE\n"
				    "alice -> bob ACK\n"
				    "alice -> bob BYE\n"
				    "bob -> alice 200 BYE\n";
	static const struct flow other = { "3.1", wrong };
	struct ladder *want = written(&other);
	struct ladder_diff diff;
	struct seen s;

	CU_ASSERT_TRUE_FATAL(see(&other, &s));
	CU_ASSERT_EQUAL_FATAL(
	    ladder_compare(&diff, want, s.ladder, NULL, 0), 0);
	CU_ASSERT_FALSE(diff.equal);
	CU_ASSERT_TRUE(diff.bad + diff.missing >= 2);
	ladder_diff_free(&diff);
	ladder_destroy(want);
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
	for (size_t i = ladder_count(l); i-- > 0;)
		if (str_eq(ladder_get(l, i)->to, from))
			return i;
	return LADDER_NONE;
}

#define ITEMS_MAX 64

/* A flow of the reference, and the item that each message was. */
struct reference {
	struct buf text;
	struct ladder *ladder;
	struct json_value items[ITEMS_MAX];
};

static void
add_items(struct reference *r, struct json_value list)
{
	struct json_value item;
	struct str key;
	size_t at = 0;

	while (json_next(list.raw, &at, &key, &item)) {
		struct ladder_message m = {
			.from = text_of(item, "from"),
			.to = text_of(item, "to"),
			.start = text_of(item, "start"),
			.cseq_method = text_of(item, "method"),
		};

		if (m.start.n == 0)
			continue; /* media, an event */
		m.cause = cause_of(r->ladder, m.from);
		CU_ASSERT_TRUE_FATAL(ladder_count(r->ladder) < ITEMS_MAX);
		r->items[ladder_count(r->ladder)] = item;
		CU_ASSERT_EQUAL(ladder_add(r->ladder, &m), 0);
	}
}

static bool
refer(const struct flow *f, struct reference *r)
{
	struct json_value flow;
	char path[512];
	struct str rest;

	memset(r, 0, sizeof(*r));
	snprintf(path, sizeof(path), "%s/ladders/rfc3665-%s.json", check_data(),
	    f->section);
	if (buf_read_file(&r->text, path, 1 << 20) != 0)
		return false;
	rest = buf_view(&r->text);
	CU_ASSERT_EQUAL_FATAL(json_read(&rest, &flow), 0);
	CU_ASSERT_EQUAL_FATAL(ladder_create(&r->ladder), 0);
	add_items(r, json_member(flow, "messages"));
	CU_ASSERT_TRUE(ladder_count(r->ladder) > 0);
	return true;
}

static void
unrefer(struct reference *r)
{
	ladder_destroy(r->ladder);
	buf_free(&r->text);
}

/* Runs FN on each flow with its lab and its reference. */
static void
each(void (*fn)(const struct flow *f, struct reference *r, struct seen *s))
{
	size_t found = 0;

	for (size_t i = 0; i < NFLOWS; i++) {
		struct reference r;
		struct seen s;

		if (!refer(&flows[i], &r))
			continue;
		found++;
		if (see(&flows[i], &s)) {
			fn(&flows[i], &r, &s);
			forget(&s);
		}
		unrefer(&r);
	}
	if (found == 0)
		check_skip("no reference ladders");
	else
		CU_ASSERT_EQUAL(found, 16);
}

static void
equals(const struct flow *f, struct reference *r, struct seen *s)
{
	struct ladder_diff diff;

	compare(f, r->ladder, s, &diff);
	ladder_diff_free(&diff);
}

static void
as_in_the_reference(void)
{
	each(equals);
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
		printf("  RFC 3665 %s %.*s: not the same %s\n", f->section,
		    STR_ARG(label), what);
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
		expect(count_values(&m, MSG_H_VIA) == (size_t)vias, f, item,
		    "number of Vias");
		expect(same_credentials(&m, item, !m.request || vias == 1), f,
		    item, "credentials");
	}
	sdp = json_member(item, "sdp").type == JSON_BOOL;
	expect(sdp == (m.body.n > 0), f, item, "SDP");
	buf_free(&scratch);
}

static void
messages_are_alike(const struct flow *f, struct reference *r, struct seen *s)
{
	struct ladder_diff diff;

	CU_ASSERT_EQUAL_FATAL(
	    ladder_compare(&diff, r->ladder, s->ladder, NULL, 0), 0);
	for (size_t i = 0; i < diff.count; i++) {
		const struct ladder_finding *found = &diff.findings[i];

		if (found->verdict == LADDER_GOOD)
			message_is_alike(f, r->items[found->want], s->trace,
			    ladder_get(s->ladder, found->got)->seq);
	}
	ladder_diff_free(&diff);
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
