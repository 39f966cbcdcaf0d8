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

#include "fixtures/check.h"
#include "fixtures/flow_check.h"
#include "msg/header_names.h"
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
	struct str rest = str_of(f->lines);

	memset(r, 0, sizeof(*r));
	read_scope(&r->ladder, &rest);
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

/* Vias as the reference counts them: those of a final response that a NOTIFY
 * quotes (message/sipfrag, RFC 3420) among the message's own, of which there is
 * one.  The quotations here are status lines, as RFC 3515 2.4.5 allows: who has
 * answered, and which way the response went, is not the referrer's business. */
static bool
same_vias(const struct msg *m, size_t vias)
{
	size_t n = count_values(m, MSG_H_VIA);

	return has_type(m, "message/sipfrag") ? n == 1 && vias <= 2 : n == vias;
}

static void
message_is_alike(const struct flow *f, struct json_value item,
    const struct trace *t, uint64_t seq)
{
	static struct msg m;
	LOCAL_BUF scratch = BUF_INIT;
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
