/*
 * The ladders of the labs against those of RFC 3665, in the sense of equal
 * ladders (trace/compare.h): the same messages, the same order within each
 * directed pair, each after its cause.
 *
 * The expected ladders stand here as lines of text; where the reference data
 * are beside the project, they are read from there too.  Left out of those:
 *
 * - media, which no lab sends;
 * - the authentication round trip (401 or 407, the ACK of a 407, and the
 *   request without credentials): no server here asks for passwords.  What is
 *   left is the same whether the request carries credentials or not.
 */
#include "trace/compare.h"

#include "check.h"
#include "labs.h"

#include <inttypes.h>

struct flow {
	const char *section; /* of RFC 3665 */
	const char *lab;
	bool registers;   /* REGISTERs belong to it */
	int64_t until_ns; /* the part of the run that is compared; 0: all */
	const char *lines;
};

/* clang-format off */
static const struct flow flows[] = {
	{ "2.1", "labs/registration", true, 10 * SIM_S,
	    "bob -> reg REGISTER\n"
	    "reg -> bob 200 REGISTER after 1\n" },
	{ "3.1", "labs/direct-call", false, 0,
	    "alice -> bob INVITE\n"
	    "bob -> alice 180 INVITE after 1\n"
	    "bob -> alice 200 INVITE after 1\n"
	    "alice -> bob ACK after 3\n"
	    "bob -> alice BYE\n"
	    "alice -> bob 200 BYE after 5\n" },
	{ "3.2", "labs/two-proxies", false, 0,
	    "alice -> atl INVITE\n"
	    "atl -> bil INVITE after 1\n"
	    "atl -> alice 100 INVITE after 1\n"
	    "bil -> bob INVITE after 2\n"
	    "bil -> atl 100 INVITE after 2\n"
	    "bob -> bil 180 INVITE after 4\n"
	    "bil -> atl 180 INVITE after 6\n"
	    "atl -> alice 180 INVITE after 7\n"
	    "bob -> bil 200 INVITE after 4\n"
	    "bil -> atl 200 INVITE after 9\n"
	    "atl -> alice 200 INVITE after 10\n"
	    "alice -> atl ACK after 11\n"
	    "atl -> bil ACK after 12\n"
	    "bil -> bob ACK after 13\n"
	    "bob -> bil BYE\n"
	    "bil -> atl BYE after 15\n"
	    "atl -> alice BYE after 16\n"
	    "alice -> atl 200 BYE after 17\n"
	    "atl -> bil 200 BYE after 18\n"
	    "bil -> bob 200 BYE after 19\n" },
	{ "3.8", "labs/cancel", false, 0,
	    "alice -> atl INVITE\n"
	    "atl -> bil INVITE after 1\n"
	    "atl -> alice 100 INVITE after 1\n"
	    "bil -> bob INVITE after 2\n"
	    "bil -> atl 100 INVITE after 2\n"
	    "bob -> bil 180 INVITE after 4\n"
	    "bil -> atl 180 INVITE after 6\n"
	    "atl -> alice 180 INVITE after 7\n"
	    "alice -> atl CANCEL\n"
	    "atl -> alice 200 CANCEL after 9\n"
	    "atl -> bil CANCEL after 9\n"
	    "bil -> atl 200 CANCEL after 11\n"
	    "bil -> bob CANCEL after 11\n"
	    "bob -> bil 200 CANCEL after 13\n"
	    "bob -> bil 487 INVITE after 13\n"
	    "bil -> bob ACK after 15\n"
	    "bil -> atl 487 INVITE after 15\n"
	    "atl -> bil ACK after 17\n"
	    "atl -> alice 487 INVITE after 17\n"
	    "alice -> atl ACK after 19\n" },
	{ "3.9", "labs/busy", false, 0,
	    "alice -> atl INVITE\n"
	    "atl -> bil INVITE after 1\n"
	    "atl -> alice 100 INVITE after 1\n"
	    "bil -> bob INVITE after 2\n"
	    "bil -> atl 100 INVITE after 2\n"
	    "bob -> bil 486 INVITE after 4\n"
	    "bil -> bob ACK after 6\n"
	    "bil -> atl 486 INVITE after 6\n"
	    "atl -> bil ACK after 8\n"
	    "atl -> alice 486 INVITE after 8\n"
	    "alice -> atl ACK after 10\n" },
};
/* clang-format on */

#define NFLOWS (sizeof(flows) / sizeof(flows[0]))

/* What the reference calls theirs. */
static const struct ladder_name names[] = {
	{ "proxy1", "atl" },
	{ "proxy2", "bil" },
	{ "registrar", "reg" },
};

#define NNAMES (sizeof(names) / sizeof(names[0]))

/* The part of the lab's ladder that the flow is about. */
static struct ladder *
ladder_of_lab(const struct flow *f)
{
	struct lab_options o = LAB_OPTIONS;
	struct trace *t = lab_trace(f->lab, &o);
	struct ladder_options lo = { 0 };
	struct ladder *all = NULL, *part = NULL;
	size_t *place = NULL, n;

	if (t == NULL)
		return NULL;
	if (f->until_ns != 0)
		lo.to_seq = trace_at_time(t, f->until_ns);
	/* A repetition has no place in these flows: let it be seen. */
	lo.retransmissions = true;
	CU_ASSERT_EQUAL_FATAL(ladder_from_trace(&all, t, &lo), 0);
	CU_ASSERT_EQUAL_FATAL(ladder_create(&part), 0);
	n = ladder_count(all);
	place = mem_zalloc(n + 1, sizeof(*place));
	CU_ASSERT_PTR_NOT_NULL_FATAL(place);
	for (size_t i = 0; i < n; i++) {
		struct ladder_message m = *ladder_get(all, i);

		place[i] = LADDER_NONE;
		if (!f->registers && str_is(m.cseq_method, "REGISTER"))
			continue;
		if (m.cause != LADDER_NONE)
			m.cause = place[m.cause];
		place[i] = ladder_count(part);
		CU_ASSERT_EQUAL(ladder_add(part, &m), 0);
	}
	mem_free(place);
	ladder_destroy(all);
	trace_destroy(t);
	return part;
}

static void
compare(const struct flow *f, const struct ladder *want)
{
	struct ladder *got = ladder_of_lab(f);
	struct ladder_diff diff;
	struct buf text = BUF_INIT;

	CU_ASSERT_PTR_NOT_NULL(got);
	if (got == NULL)
		return;
	CU_ASSERT_EQUAL_FATAL(
	    ladder_compare(&diff, want, got, names, NNAMES), 0);
	if (!diff.equal) {
		ladder_explain(&diff, want, got, false, &text);
		printf("RFC 3665 %s, %s:\n%s", f->section, f->lab,
		    buf_cstr(&text));
	}
	CU_ASSERT_TRUE(diff.equal);
	CU_ASSERT_EQUAL(diff.good, ladder_count(want));
	ladder_diff_free(&diff);
	buf_free(&text);
	ladder_destroy(got);
}

static void
as_written_here(void)
{
	for (size_t i = 0; i < NFLOWS; i++) {
		struct diag d = DIAG_INIT;
		struct ladder *want;

		CU_ASSERT_EQUAL_FATAL(ladder_create(&want), 0);
		CU_ASSERT_EQUAL_FATAL(
		    ladder_add_lines(
			want, str_of(flows[i].lines), flows[i].section, &d),
		    0);
		compare(&flows[i], want);
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
	struct diag d = DIAG_INIT;
	struct ladder *want, *got = ladder_of_lab(&flows[1]);
	struct ladder_diff diff;

	CU_ASSERT_PTR_NOT_NULL_FATAL(got);
	CU_ASSERT_EQUAL_FATAL(ladder_create(&want), 0);
	CU_ASSERT_EQUAL_FATAL(
	    ladder_add_lines(want, str_of(wrong), "wrong", &d), 0);
	CU_ASSERT_EQUAL_FATAL(
	    ladder_compare(&diff, want, got, names, NNAMES), 0);
	CU_ASSERT_FALSE(diff.equal);
	CU_ASSERT_TRUE(diff.bad + diff.missing >= 2);
	ladder_diff_free(&diff);
	ladder_destroy(want);
	ladder_destroy(got);
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

/*
 * Does this item belong to an authentication round trip: a challenge, its ACK,
 * or the request sent again with credentials, which ends it?  CHALLENGED is the
 * method of the request that was challenged, empty while there is none.
 */
static bool
is_authentication(const struct ladder_message *m, struct str *challenged)
{
	if (str_is(m->start, "401") || str_is(m->start, "407")) {
		*challenged = m->cseq_method;
		return true;
	}
	if (challenged->n == 0)
		return false;
	if (str_eq(m->start, *challenged)) {
		*challenged = STR_NULL;
		return true;
	}
	return str_is(m->start, "ACK");
}

static void
add_items(struct ladder *l, struct json_value list)
{
	struct str key, challenged = STR_NULL;
	struct json_value item;
	size_t at = 0;

	while (json_next(list.raw, &at, &key, &item)) {
		struct ladder_message m = {
			.from = text_of(item, "from"),
			.to = text_of(item, "to"),
			.start = text_of(item, "start"),
			.cseq_method = text_of(item, "method"),
		};

		if (m.start.n == 0)
			continue; /* media */
		if (is_authentication(&m, &challenged))
			continue;
		m.cause = cause_of(l, m.from);
		CU_ASSERT_EQUAL(ladder_add(l, &m), 0);
	}
}

static void
as_in_the_reference(void)
{
	struct buf path = BUF_INIT, text = BUF_INIT;
	size_t found = 0;

	for (size_t i = 0; i < NFLOWS; i++) {
		struct json_value flow;
		struct ladder *want;
		struct str rest;

		buf_clear(&path);
		buf_clear(&text);
		buf_printf(&path, "%s/ladders/rfc3665-%s.json", check_data(),
		    flows[i].section);
		if (buf_read_file(&text, buf_cstr(&path), 1 << 20) != 0)
			continue;
		found++;
		rest = buf_view(&text);
		CU_ASSERT_EQUAL_FATAL(json_read(&rest, &flow), 0);
		CU_ASSERT_EQUAL_FATAL(ladder_create(&want), 0);
		add_items(want, json_member(flow, "messages"));
		CU_ASSERT_TRUE(ladder_count(want) > 0);
		compare(&flows[i], want);
		ladder_destroy(want);
	}
	if (found == 0)
		check_skip("no reference ladders");
	buf_free(&path);
	buf_free(&text);
}

CHECK_MAIN("ladders_rfc", { "as_written_here", as_written_here },
    { "notices_a_change", notices_a_change },
    { "as_in_the_reference", as_in_the_reference })
