/* Who a request is from, and who may know: RFC 3325, RFC 3323; and who may call
 * whom: RFC 5359 2.13, 2.14. */
#include "fixtures/fork.h"

#define PAI   "P-Asserted-Identity"
#define PPI   "P-Preferred-Identity"
#define ALICE "sip:alice@a.example"

/* The proxy trusts up, down (192.0.2.12) or nobody of them; bob is at a. */
static void
start(const char *trust, const char *more)
{
	char attrs[200];

	snprintf(attrs, sizeof(attrs), "trust=%s%s%s", trust,
	    more[0] != '\0' ? " " : "", more);
	fork_start(attrs, "Contact: <sip:bob@192.0.2.11>\n");
}

static size_t
count(struct tester *t, const char *name)
{
	size_t at = tester_find(t, "INVITE", 0, 0), n = 0;

	while (msg_field_named(tester_at(t, at), name, n) != NULL)
		n++;
	return n;
}

static void
end(void)
{
	fork_answer(&fork_a, 404, "a", "");
	fork_stop();
}

/* What comes from and goes to whom, and whether it is there behind the proxy.
 */
static void
passes_or_not(void)
{
	static const struct {
		const char *trust, *extra;
		size_t n;
	} rows[] = {
		/* From somebody who is not trusted nothing is believed. */
		{ "a", PAI ": <" ALICE ">\n", 0 },
		{ "nobody", PAI ": <" ALICE ">\n", 0 },
		{ "a", PAI ": <" ALICE ">\n" PAI ": <tel:+1>\n", 0 },
		{ "up", PAI ": <" ALICE ">\n", 1 },
		{ "up", PAI ": <" ALICE ">\n" PAI ": <tel:+1>\n", 2 },
		{ "up", PAI ": <" ALICE ">, <tel:+1>\nPrivacy: none\n", 1 },
		/* To somebody who is not trusted nothing is told. */
		{ "up", PAI ": <" ALICE ">, <tel:+1>\nPrivacy: id\n", 0 },
		{ "up", PAI ": <" ALICE ">\nPrivacy: Header ; ID\n", 0 },
		{ "up", PAI ": <" ALICE ">\nPrivacy: none;id\n", 1 },
		{ "up", PAI ": <" ALICE ">\nPrivacy: identity\n", 1 },
		{ "up", PAI ": <" ALICE ">\nPrivacy: ;;;\n", 1 },
		{ "up", PAI ": <" ALICE ">\nPrivacy:\n", 1 },
		/* Malformed ones are nobody's word. */
		{ "up", PAI ": <" ALICE "\n", 0 },
		{ "up", PAI ": *\n", 0 },
		{ "up", PAI ":\n", 0 },
		{ "up", PAI ": <>\n", 0 },
		{ "up", PAI ": <mailto:a@b>\n", 0 },
		{ "up", PAI ": \"\\\" <sip:\n", 0 },
		{ "up", PAI ": ,,,<tel:+1>,\n", 1 },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char extra[300];

		start(rows[i].trust, "");
		snprintf(extra, sizeof(extra), "%s" PPI ": <sip:x@y>\n%s",
		    rows[i].extra, CONTACT(8));
		fork_ask("INVITE", "i1", extra);
		if (count(&fork_a, PAI) != rows[i].n)
			printf("  row %zu: %zu\n", i, count(&fork_a, PAI));
		CU_ASSERT_EQUAL(count(&fork_a, PAI), rows[i].n);
		CU_ASSERT_EQUAL(count(&fork_a, PPI), 0);
		end();
	}
}

/* Without `trust` a proxy has no business with any of it (16.6). */
static void
leaves_alone(void)
{
	fork_start("", "Contact: <sip:bob@192.0.2.11>\n");
	fork_ask("INVITE", "i1",
	    PAI ": <" ALICE ">\n" PPI ": *\nPrivacy: x;critical\n" CONTACT(8));
	CU_ASSERT_EQUAL(count(&fork_a, PAI), 1);
	CU_ASSERT_EQUAL(count(&fork_a, PPI), 1);
	end();
}

/* Responses, too: the callee's word and wish. */
static void
responses(void)
{
	static const struct {
		const char *trust, *extra;
		bool there;
	} rows[] = {
		{ "a", PAI ": <sip:bob@b.example>\n", true },
		{ "up", PAI ": <sip:bob@b.example>\n", false },
		{ "a", PAI ": <sip:bob@b.example>\nPrivacy: id\n", false },

	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char extra[200];

		start(rows[i].trust, "");
		fork_ask("INVITE", "i1", CONTACT(8));
		snprintf(
		    extra, sizeof(extra), "%s%s", rows[i].extra, CONTACT(11));
		fork_answer(&fork_a, 180, "a", extra);
		CU_ASSERT_EQUAL(
		    tester_has(&fork_up,
			tester_find(&fork_up, "INVITE", 180, 0), PAI, "bob"),
		    rows[i].there);
		end();
	}
}

static void
critical(void)
{
	static const struct {
		const char *value;
		unsigned status;
		const char *phrase;
	} rows[] = {
		{ "id;critical", 100, "" },
		{ "header", 100, "" },
		{ "none;header;critical", 100, "" },
		{ "critical", 100, "" },
		{ "header;critical", 500, "Privacy Failure: header" },
		{ "id; Critical ;session;user", 500, "session, user" },
		{ "critical;a b\tc\"", 500, "a?b?c?" },
		{ "critical;0123456789012345678901234567890123456789XY", 500,
		    "0123456789" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char extra[200];

		start("nobody", "");
		snprintf(extra, sizeof(extra), "Privacy: %s\n%s", rows[i].value,
		    CONTACT(8));
		fork_ask("INVITE", "i1", extra);
		CU_ASSERT_EQUAL(
		    tester_status(&fork_up, fork_up.n - 1), rows[i].status);
		CU_ASSERT(str_find(tester_at(&fork_up, fork_up.n - 1)->reason,
			      rows[i].phrase) >= 0);
		if (rows[i].status == 100)
			end();
		else
			fork_stop();
	}
}

/* A phone that proves who it is, by its attributes and what its call becomes.
 */
static void
asserts(void)
{
	static const struct {
		const char *key, *value, *key2, *value2;
		const char *asserted, *from;
	} rows[] = {
		{ "x", "y", "x", "y", "<sip:alice@b.example>", "alice@" },
		{ "preferred", "sip:other@b.example", "x", "y",
		    "<sip:alice@b.example>", "alice@" },
		{ "preferred", "tel:+14085551212", "identities",
		    "sip:ally@b.example tel:+14085551212", "<tel:+14085551212>",
		    "alice@" },
		{ "privacy", "none", "x", "y", "<sip:alice@b.example>",
		    "alice@" },
		{ "privacy", "id", "x", "y", NULL, "anonymous.invalid" },
		{ "privacy", " id ;\r\n<>header", "x", "y", NULL,
		    "anonymous.invalid" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct node *n;

		start("nobody", "");
		CU_ASSERT_EQUAL(
		    node_set_attr(world_find(fork_s.w, "prx"), "auth", "all"),
		    0);
		n = stage_node(&fork_s, "alice", "ua", "b.example", 20,
		    "password=x outbound=prx");
		CU_ASSERT_EQUAL(
		    node_set_attr(n, rows[i].key, rows[i].value), 0);
		CU_ASSERT_EQUAL(
		    node_set_attr(n, rows[i].key2, rows[i].value2), 0);
		stage_call(&fork_s, "alice", "sip:x@192.0.2.12");
		stage_run(&fork_s, 100);
		CU_ASSERT_EQUAL(tester_count(&fork_b, "INVITE", 0), 1);
		CU_ASSERT_EQUAL(count(&fork_b, PAI), rows[i].asserted != NULL);
		CU_ASSERT_EQUAL(count(&fork_b, PPI), 0);
		if (rows[i].asserted != NULL)
			CU_ASSERT(
			    tester_has(&fork_b, 0, PAI, rows[i].asserted));
		CU_ASSERT(tester_has(&fork_b, 0, "From", rows[i].from));
		fork_answer(&fork_b, 404, "b", "");
		fork_stop();
	}
}

/* A trusted proxy's word screens as a password does. */
static void
screens(void)
{
	static const struct {
		const char *key, *value, *said;
		unsigned status;
	} rows[] = {
		{ "screen_in", ALICE, PAI ": <" ALICE ">\n", 403 },
		{ "screen_in", "x a.example", PAI ": <" ALICE ">\n", 403 },
		{ "screen_in", "tel:+1", PAI ": <tel:+1>\n", 403 },
		{ "screen_in", "sip:x@y", PAI ": <" ALICE ">\n", 404 },
		{ "screen_in", "", PAI ": <" ALICE ">\n", 404 },
		{ "screen_in", " : ", PAI ": <" ALICE ">\n", 404 },
		{ "screen_in", "t.example", "", 404 },
		/* A user of the proxy's own domain, by name. */
		{ "screen_in", "x carol", PAI ": <sip:c%61rol@b.example>\n",
		    403 },
		{ "screen_in", "carol", PAI ": <sip:carol@a.example>\n", 404 },
		{ "screen_in", "Carol", PAI ": <sip:carol@b.example>\n", 404 },
		{ "screen_out", FORK_BOB, PAI ": <" FORK_BOB ">\n", 403 },
		{ "screen_out", FORK_BOB, PAI ": <" ALICE ">\n", 404 },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct node *n;
		char extra[200];

		start("up", "announcement=sip:ann@b.example");
		n = stage_node(
		    &fork_s, "phone", "ua", "b.example", 20, "aor=" FORK_BOB);
		CU_ASSERT_EQUAL(
		    node_set_attr(n, rows[i].key, rows[i].value), 0);
		snprintf(
		    extra, sizeof(extra), "%s%s", rows[i].said, CONTACT(8));
		fork_ask("INVITE", "i1", extra);
		if (rows[i].status == 404)
			fork_answer(&fork_a, 404, "a", "");
		CU_ASSERT_EQUAL(
		    tester_status(&fork_up, fork_up.n - 1), rows[i].status);
		CU_ASSERT_EQUAL(tester_has(&fork_up, fork_up.n - 1,
				    "Error-Info", "<sip:ann@b.example>"),
		    rows[i].status == 403);
		/* Not what is in a call already. */
		tester_ask(&fork_up, 2, "INVITE", FORK_BOB,
		    "<" FORK_BOB ">;tag=t", "i2", 1, "i2", extra);
		stage_run(&fork_s, 25);
		CU_ASSERT(tester_count(&fork_a, "INVITE", 0) > 0);
		tester_answer(&fork_a, fork_a.n - 1, 404, "a", "");
		fork_stop();
	}
}

/* What is left in Privacy is said, and why. */
static void
privacy_left(void)
{
	static const struct {
		const char *value, *rule;
	} rows[] = {
		{ "none", "privacy-none" },
		{ "header;user", "privacy-left" },
		{ "session", "privacy-left" },
		{ "id", NULL },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char extra[200];

		start("nobody", "");
		snprintf(extra, sizeof(extra), "Privacy: %s\n%s", rows[i].value,
		    CONTACT(8));
		fork_ask("INVITE", "i1", extra);
		CU_ASSERT(
		    tester_has(&fork_a, tester_find(&fork_a, "INVITE", 0, 0),
			"Privacy", rows[i].value));
		CU_ASSERT_EQUAL(stage_count(&fork_s, "privacy-", NULL, NULL),
		    rows[i].rule != NULL);
		if (rows[i].rule != NULL)
			CU_ASSERT_EQUAL(
			    stage_count(&fork_s, rows[i].rule, NULL, NULL), 1);
		end();
	}
}

/* RFC 3325 8: a phone shows what those assert whom it trusts. */
static void
phone_shows(void)
{
	static const struct {
		const char *attrs, *extra, *rule;
	} rows[] = {
		{ "trust=peer", PAI ": <" ALICE ">\n", "identity-shown" },
		{ "trust=peer", PAI ": <tel:+1>\n", "identity-shown" },
		{ "trust=other", PAI ": <" ALICE ">\n", "identity-ignored" },
		{ "trust=peer", PAI ": *\n", NULL },
		{ "trust=peer", "", NULL },
		{ "", PAI ": <" ALICE ">\n", NULL },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		static struct stage s;
		static struct tester t;
		char extra[200];

		stage_open(&s);
		tester_open(&s, &t, "peer", 9);
		stage_node(&s, "bob", "ua", "b.example", 3, rows[i].attrs);
		snprintf(
		    extra, sizeof(extra), "%s%s", rows[i].extra, CONTACT(9));
		tester_ask(&t, 3, "INVITE", "sip:bob@192.0.2.3",
		    "<sip:bob@192.0.2.3>", "i", 1, "i1", extra);
		stage_run(&s, 25);
		CU_ASSERT_EQUAL(stage_count(&s, "identity-", NULL, NULL),
		    rows[i].rule != NULL);
		if (rows[i].rule != NULL)
			CU_ASSERT_EQUAL(
			    stage_count(&s, rows[i].rule, NULL, NULL), 1);
		node_crash(world_find(s.w, "bob"));
		stage_close(&s);
		tester_close(&t);
	}
}

CHECK_MAIN("proxy_identity", { "privacy left", privacy_left },
    { "phone shows", phone_shows }, { "passes_or_not", passes_or_not },
    { "leaves_alone", leaves_alone }, { "responses", responses },
    { "critical", critical }, { "asserts", asserts }, { "screens", screens })
