/*
 * The torture messages of RFC 4475 and RFC 5118, sent to each role, on UDP: the
 * outcome is the one that the reference data's index names for it.
 *
 * Outcomes: "accept" (processed as any other: answered otherwise than with a
 * 400-class answer to its form, or forwarded), a status code, "drop" (no answer
 * and not forwarded), "forward".  Where the RFC lets a liberal element accept
 * what is malformed (liberal_ok), accepting is right, too.
 */
#include "fixtures/stage.h"

#define MAX_ROW 2000

static struct stage s;
static struct tester t;

struct outcome {
	unsigned status; /* of the answer; 0: none came */
	bool refused;    /* its form was: a `bad` record */
	bool forwarded;
};

/* What the index means by a role's name. */
static const struct torture_role {
	const char *name, *roles, *attrs;
} roles[] = {
	{ "uas", "ua", "answer=never" },
	{ "proxy", "proxy", "" },
	{ "registrar", "registrar location", "" },

};

/* Statuses that speak of the message's form. */
static bool
is_of_form(const struct outcome *o)
{
	return o->refused || o->status == 400 || o->status == 513 ||
	       o->status == 505;
}

static struct outcome
try(const struct torture_role *role, struct str bytes)
{
	struct outcome o = { 0 };
	struct addr dst = stage_addr(2);
	struct node *x;
	struct msg m;

	STAGE_OPEN(&s, &t, "t", 8);
	x = stage_add(&s, "x", role->roles, "example.com", 2, role->attrs);
	CU_ASSERT_PTR_NOT_NULL_FATAL(x);
	/* A phone is the one that is called. */
	if (strcmp(role->name, "uas") == 0 &&
	    msg_read(&m, bytes, NULL) == MSG_FAULT_NONE && m.request) {
		char *aor = mem_dup(m.uri.p, m.uri.n);

		CU_ASSERT_EQUAL(node_set_attr(x, "aor", aor), 0);
		mem_free(aor);
	}
	CU_ASSERT_EQUAL_FATAL(node_start(x), 0);
	/* A proxy has somewhere to go. */
	world_add_domain(s.w, "example.net", world_find(s.w, "t"));
	world_add_domain(s.w, "example.org", world_find(s.w, "t"));
	tester_send(&t, &dst, bytes);
	stage_run(&s, 400);
	o.refused = stage_count(&s, KIND("bad"), NODE("x"), NULL) > 0;
	for (size_t i = 0; i < t.n; i++) {
		const struct msg *got = tester_at(&t, i);

		if (got->request)
			o.forwarded = true;
		else if (got->status > 100)
			o.status = got->status;
	}
	/* Answers go to where the topmost Via says, mostly to no host. */
	for (unsigned status = 199; status <= 699 && o.status == 0; status++) {
		char want[24];

		snprintf(want, sizeof(want), "\"start\":%u,", status);
		if (stage_count(&s, KIND("send"), NODE("x"), want) > 0)
			o.status = status;
	}
	o.forwarded = o.forwarded ||
		      stage_count(&s, KIND("send"), NODE("x"), "\"fwd\"") > 0;
	CU_ASSERT(stage_run(&s, 300000));
	STAGE_CLOSE(&s, &t);
	return o;
}

/* One word of what is expected: "400", "drop", "accept", "forward". */
static bool
fits(struct str word, const struct outcome *o)
{
	uint32_t status;

	if (str_u32(word, &status) == 0)
		return o->status == status;
	if (str_is(word, "drop"))
		return o->status == 0 && !o->forwarded;
	if (str_is(word, "forward"))
		return o->forwarded;
	return !is_of_form(o);
}

/* "400 or accept", "501 (with Allow)", "process as usual". */
static bool
fits_any(struct str text, const struct outcome *o)
{
	struct str rest = text;

	while (rest.n > 0) {
		struct str word = str_trim(str_cut(rest, ' ', &rest));

		if (str_is(word, "or") || word.n == 0)
			continue;
		if (word.p[0] == '(' || str_is(word, "with"))
			break;
		if (fits(word, o))
			return true;
		if (str_is(word, "process"))
			return !is_of_form(o);
	}
	return false;
}

/*
 * What EXPECT says of a role: its own part, else the part for UDP, else one
 * without a name.  Empty: it says nothing of that role.
 */
static struct str
part_of(struct str expect, const char *role)
{
	struct str rest = expect, plain = STR_NULL;

	while (rest.n > 0) {
		struct str part = str_trim(str_cut(rest, ';', &rest)), value;
		struct str name = str_cut(part, ':', &value);

		if (str_is(name, role))
			return value;
		if (str_is(name, "udp") || (value.n == 0 && name.n > 0))
			plain = value.n > 0 ? value : part;
	}
	return plain;
}

/* A status that a well-formed message gets speaks of what it asks for: a phone
 * must give it, and a server only where the index says so by name. */
static bool
concerns(
    const struct torture_role *role, struct str wellformed, struct str expect)
{
	return strcmp(role->name, "uas") == 0 || !str_is(wellformed, "yes") ||
	       str_chr(expect, ':') >= 0 || str_is(expect, "accept") ||
	       str_is(expect, "drop") || str_is(expect, "416");
}

static void
judge_compare_runs(struct str row)
{
	struct buf bytes = BUF_INIT;
	struct str column[10], rest = row;
	char path[512];

	for (size_t i = 0; i < 10; i++)
		column[i] = str_cut(rest, '\t', &rest);
	snprintf(path, sizeof(path), "%s/torture/%.*s", check_data(),
	    STR_ARG(column[0]));
	CU_ASSERT_EQUAL_FATAL(buf_read_file(&bytes, path, 1 << 16), 0);
	for (size_t i = 0; i < sizeof(roles) / sizeof(roles[0]); i++) {
		struct str expect = part_of(column[7], roles[i].name);
		struct outcome o = try(&roles[i], buf_view(&bytes));
		bool well = expect.n == 0 || fits_any(expect, &o) ||
			    (str_is(column[8], "yes") && !is_of_form(&o)) ||
			    !concerns(&roles[i], column[6], column[7]);

		/* Its Content-Length is larger than its body, as the data's
		 * README says: 400 on UDP. */
		if (str_is(column[0], "rfc5118/ipv6-in-sdp.dat"))
			well = o.status == 400;

		if (!well)
			printf("  %.*s, %s: %u%s%s instead of %.*s\n",
			    STR_ARG(column[0]), roles[i].name, o.status,
			    o.refused ? " refused" : "",
			    o.forwarded ? " forwarded" : "", STR_ARG(expect));
		CU_ASSERT_TRUE(well);
	}
	buf_free(&bytes);
}

static void
each_role(void)
{
	struct buf index = BUF_INIT;
	char path[512];
	struct str rest;

	snprintf(path, sizeof(path), "%s/torture/index.tsv", check_data());
	if (buf_read_file(&index, path, 1 << 20) != 0) {
		check_skip("no torture messages beside the project");
		return;
	}
	rest = buf_view(&index);
	str_cut(rest, '\n', &rest);
	while (rest.n > 0)
		judge_compare_runs(str_cut(rest, '\n', &rest));
	buf_free(&index);
}

CHECK_MAIN("torture_roles", { "each role", each_role })
