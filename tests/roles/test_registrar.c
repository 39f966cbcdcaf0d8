/*
 * The registrar: RFC 3261 10.3, step by step; RFC 3327 (Path), RFC 3608
 * (Service-Route).  The tester is any user agent.
 */
#include "roles/registrar/registrar_in.h"
#include "fixtures/stage.h"

static struct stage s;
static struct tester t;
static unsigned branch;

static void
start(const char *attrs)
{
	stage_open(&s);
	tester_open(&s, &t, "phone", 9);
	stage_node(
	    &s, "srv", "proxy registrar location", "B.example", 2, attrs);
}

static void
stop(void)
{
	CU_ASSERT(stage_run(&s, 40000));
	CU_ASSERT_EQUAL(sim_held(s.w->sim), 0);
	stage_close(&s);
	tester_close(&t);
}

/* Sends a REGISTER and gives the index of what comes back. */
static size_t
ask(const char *to, const char *id, unsigned cseq, const char *extra)
{
	char b[20];

	snprintf(b, sizeof(b), "%u", ++branch);
	tester_ask(&t, 2, "REGISTER", "sip:b.example", to, id, cseq, b, extra);
	stage_run(&s, 100);
	return t.n - 1;
}

#define BOB "<sip:bob@b.example>"
#define C1  "Contact: <sip:bob@192.0.2.3>"
#define C2  "Contact: <sip:bob@192.0.2.4>"

static bool
lists(size_t i, const char *contact)
{
	return tester_status(&t, i) == 200 &&
	       tester_has(&t, i, "Contact", contact);
}

/* Steps 7 and 8: several contacts, what each asks for, what is left. */
static void
bindings(void)
{
	size_t i;

	start("");
	/* The parameter before the header field before the default. */
	i = ask(BOB, "a", 1,
	    "Expires: 200\n" C1 ";expires=100;q=0.25, "
	    "<sip:bob@192.0.2.4>\n");
	CU_ASSERT(lists(i, "<sip:bob@192.0.2.3>;expires=100;q=0.25"));
	CU_ASSERT(lists(i, "<sip:bob@192.0.2.4>;expires=200"));
	i = ask(BOB, "a", 2, "Contact: sip:bob@192.0.2.5;q=0.5\n");
	CU_ASSERT(lists(i, "<sip:bob@192.0.2.5>;expires=3600;q=0.5"));
	CU_ASSERT(lists(i, "<sip:bob@192.0.2.3>"));
	CU_ASSERT_EQUAL(msg_count_values(tester_at(&t, i), MSG_H_CONTACT), 3);
	/* Only asked: the seconds left are rounded up. */
	stage_run(&s, 30550);
	i = ask(BOB, "b", 1, "");
	CU_ASSERT(lists(i, "<sip:bob@192.0.2.3>;expires=70"));
	CU_ASSERT(lists(i, "<sip:bob@192.0.2.4>;expires=170"));
	/* Refreshed (equal by 19.1.4), another Call-ID may do so. */
	i = ask(BOB, "b", 1, "Contact: <SIP:%62ob@192.0.2.3>;expires=99\n");
	CU_ASSERT_EQUAL(msg_count_values(tester_at(&t, i), MSG_H_CONTACT), 3);
	CU_ASSERT(lists(i, "<sip:bob@192.0.2.3>;expires=99"));
	/* Another port is another Contact. */
	i = ask(BOB, "c", 1, "Contact: <sip:bob@192.0.2.3:5060>\n");
	CU_ASSERT_EQUAL(msg_count_values(tester_at(&t, i), MSG_H_CONTACT), 4);
	/* One taken away; then what is not there. */
	i = ask(BOB, "d", 1, C2 ";expires=0\n");
	CU_ASSERT_EQUAL(msg_count_values(tester_at(&t, i), MSG_H_CONTACT), 3);
	CU_ASSERT(!lists(i, "192.0.2.4"));
	i = ask(BOB, "d", 2, C2 ";expires=0\n");
	CU_ASSERT_EQUAL(tester_status(&t, i), 200);
	/* Time takes the first, not the others. */
	stage_run(&s, 99000);
	i = ask(BOB, "e", 1, "");
	CU_ASSERT_EQUAL(msg_count_values(tester_at(&t, i), MSG_H_CONTACT), 2);
	CU_ASSERT_EQUAL(
	    stage_count(&s, KIND("binding"), "\"op\":\"expire\"", NULL), 1);
	stop();
}

/* Step 7: 423 below the least, but not where an hour is asked for. */
static void
too_brief(void)
{
	size_t i;

	start("min_expires=100s default_expires=2h");
	i = ask(BOB, "a", 1, C1 ";expires=99\n");
	CU_ASSERT_EQUAL(tester_status(&t, i), 423);
	CU_ASSERT(tester_has(&t, i, "Min-Expires", "100"));
	CU_ASSERT_EQUAL(tester_status(&t, ask(BOB, "a", 2, "")), 200);
	CU_ASSERT_EQUAL(
	    msg_count_values(tester_at(&t, t.n - 1), MSG_H_CONTACT), 0);
	CU_ASSERT(lists(ask(BOB, "a", 3, C1 ";expires=100\n"), "expires=100"));
	CU_ASSERT(lists(ask(BOB, "a", 4, C1 "\n"), "expires=7200"));
	/* Taking away is never too brief. */
	CU_ASSERT_EQUAL(
	    tester_status(&t, ask(BOB, "a", 5, C1 ";expires=0\n")), 200);
	stop();
}

/* Step 6. */
static void
star(void)
{
	size_t i;

	start("");
	ask(BOB, "a", 5, C1 "\n" C2 "\n");
	CU_ASSERT_EQUAL(
	    tester_status(&t, ask(BOB, "a", 6, "Contact: *\n")), 400);
	CU_ASSERT_EQUAL(
	    tester_status(&t, ask(BOB, "a", 6, "Contact: *\nExpires: 5\n")),
	    400);
	CU_ASSERT_EQUAL(
	    tester_status(
		&t, ask(BOB, "a", 6, "Contact: *\n" C1 "\nExpires: 0\n")),
	    400);
	/* Out of order it takes nothing away. */
	CU_ASSERT_EQUAL(
	    tester_status(&t, ask(BOB, "a", 5, "Contact: *\nExpires: 0\n")),
	    500);
	i = ask(BOB, "b", 1, "");
	CU_ASSERT_EQUAL(msg_count_values(tester_at(&t, i), MSG_H_CONTACT), 2);
	i = ask(BOB, "a", 6, "Contact: *\nExpires: 0\n");
	CU_ASSERT_EQUAL(tester_status(&t, i), 200);
	CU_ASSERT_EQUAL(msg_count_values(tester_at(&t, i), MSG_H_CONTACT), 0);
	stop();
}

/* Step 7: the same Call-ID needs a higher CSeq, else nothing changes. */
static void
order(void)
{
	size_t i;

	start("");
	ask(BOB, "a", 5, C1 ";expires=500\n");
	CU_ASSERT_EQUAL(
	    tester_status(&t, ask(BOB, "a", 5, C1 ";expires=900\n")), 500);
	CU_ASSERT_EQUAL(
	    tester_status(
		&t, ask(BOB, "a", 4, C2 ";expires=900\n" C1 ";expires=0\n")),
	    500);
	i = ask(BOB, "a", 1, "");
	CU_ASSERT(lists(i, "192.0.2.3"));
	CU_ASSERT(!lists(i, "192.0.2.4"));
	CU_ASSERT(lists(ask(BOB, "a", 6, C1 ";expires=900\n"), "expires=900"));
	CU_ASSERT(lists(ask(BOB, "z", 1, C1 ";expires=800\n"), "expires=800"));
	/* The same REGISTER again, by its branch, is answered as before. */
	branch--;
	i = ask(BOB, "z", 1, C1 ";expires=800\n");
	CU_ASSERT(lists(i, "expires=800"));
	stop();
}

/* Steps 1, 2 and 5: whose address-of-record. */
static void
whose(void)
{
	size_t i;

	start("");
	CU_ASSERT(lists(ask("<sip:b%6fb@B.EXAMPLE:5060;x=y>", "a", 1, C1 "\n"),
	    "192.0.2.3"));
	CU_ASSERT(lists(ask("\"Bob\" " BOB ";p=q", "b", 1, ""), "192.0.2.3"));
	/* Capitals of the user count; From, a third party, does not. */
	i = ask("<sip:Bob@b.example>", "b", 1, "");
	CU_ASSERT_EQUAL(msg_count_values(tester_at(&t, i), MSG_H_CONTACT), 0);
	CU_ASSERT_EQUAL(
	    tester_status(&t, ask("<sip:bob@c.example>", "c", 1, C1 "\n")),
	    404);
	/* 10.2, RFC 4475 3.3.4: no address-of-record at all. */
	CU_ASSERT_EQUAL(
	    tester_status(&t, ask("<tel:123>", "c", 1, C1 "\n")), 400);
	i = ask(BOB, "d", 1, "Require: a, b\nRequire: c\n" C1 "\n");
	CU_ASSERT_EQUAL(tester_status(&t, i), 420);
	CU_ASSERT(tester_has(&t, i, "Unsupported", "a, b, c"));
	/* Hostile ones are refused in time. */
	CU_ASSERT_EQUAL(
	    tester_status(&t, ask(BOB, "e", 1, "Contact: <\n")), 400);
	stop();
}

/* No more than so many contacts, then nothing of the update. */
static void
crowd(void)
{
	struct buf many = BUF_INIT;
	size_t i;

	start("");
	for (int k = 0; k < LOCATION_CONTACTS; k++)
		buf_printf(&many, "%s<sip:%d@192.0.2.3>",
		    k > 0 ? ", " : "Contact: ", k);
	buf_puts(&many, "\n");
	i = ask(BOB, "a", 1, buf_cstr(&many));
	CU_ASSERT_EQUAL(tester_status(&t, i), 200);
	CU_ASSERT_EQUAL(msg_count_values(tester_at(&t, i), MSG_H_CONTACT),
	    LOCATION_CONTACTS);
	/* One more does not fit, one in the place of another does. */
	CU_ASSERT_EQUAL(
	    tester_status(&t, ask(BOB, "b", 1,
				  "Contact: <sip:1@192.0.2.3>;expires=99, "
				  "<sip:bob@192.0.2.3>\n")),
	    500);
	i = ask(BOB, "c", 1, "");
	CU_ASSERT_EQUAL(msg_count_values(tester_at(&t, i), MSG_H_CONTACT),
	    LOCATION_CONTACTS);
	CU_ASSERT(lists(i, "<sip:1@192.0.2.3>;expires=3600"));
	CU_ASSERT(!lists(i, "sip:bob@"));
	CU_ASSERT_EQUAL(
	    tester_status(
		&t, ask(BOB, "b", 2,
			"Contact: <sip:0@192.0.2.3>;expires=0\n" C1 "\n")),
	    200);
	CU_ASSERT(!lists(t.n - 1, "sip:0@192.0.2.3"));
	CU_ASSERT(lists(t.n - 1, "sip:bob@192.0.2.3"));
	CU_ASSERT_EQUAL(
	    stage_count(&s, KIND("lookup"), "\"status\":\"full\"", NULL), 1);
	CU_ASSERT_EQUAL(
	    stage_count(&s, KIND("send"), RULE("register-crowd"), NULL), 1);
	buf_free(&many);
	stop();
}

/* N contacts of N bytes or so in one REGISTER. */
static unsigned
ask_many(unsigned n, unsigned length)
{
	struct buf many = BUF_INIT;
	unsigned status;

	for (unsigned k = 0; k < n; k++)
		buf_printf(&many, "m:<sip:%0*u@h>\n", (int)length, k);
	status = tester_status(&t, ask(BOB, "a", 1, buf_cstr(&many)));
	buf_free(&many);
	return status;
}

/* Contacts by the thousand, in one request and in many; nobody else suffers. */
static void
flood(void)
{
	struct buf vias = BUF_INIT;
	size_t i;

	start("");
	/* Too many; too many values of one field; too long; too large. */
	CU_ASSERT_EQUAL(ask_many(LOCATION_CONTACTS + 1, 3), 500);
	CU_ASSERT_EQUAL(ask_many(200, 3), 500);
	CU_ASSERT_EQUAL(ask_many(300, 3), 513);
	CU_ASSERT_EQUAL(ask_many(1000, 3), 513);
	CU_ASSERT_EQUAL(ask_many(60, 100), 500);
	CU_ASSERT_EQUAL(ask_many(1, LOCATION_URI_BYTES), 500);
	i = ask(BOB, "x", 1, "");
	CU_ASSERT_EQUAL(tester_status(&t, i), 200);
	CU_ASSERT_EQUAL(msg_count_values(tester_at(&t, i), MSG_H_CONTACT), 0);
	/* What fits is answered in full, also after a long way. */
	CU_ASSERT_EQUAL(ask_many(LOCATION_CONTACTS, 50), 200);
	for (int k = 0; k < 70; k++)
		buf_printf(&vias,
		    "Via: SIP/2.0/UDP 192.0.2.%d:5060;branch=z9hG4bKabcdefgh%d;"
		    "received=192.0.2.%d;rport=5060\n",
		    k, k, k);
	i = ask(BOB, "b", 1, buf_cstr(&vias));
	CU_ASSERT_EQUAL(tester_status(&t, i), 200);
	CU_ASSERT_EQUAL(msg_count_values(tester_at(&t, i), MSG_H_CONTACT),
	    LOCATION_CONTACTS);
	CU_ASSERT_EQUAL(msg_count_values(tester_at(&t, i), MSG_H_VIA), 71);
	for (int k = 0; k < 40; k++)
		buf_printf(&vias,
		    "Via: SIP/2.0/UDP 192.0.2.%d:5060;branch=z9hG4bKabcdefgh%d;"
		    "received=192.0.2.%d;rport=5060\n",
		    k, k, k);
	i = ask(BOB, "b", 2, buf_cstr(&vias));
	CU_ASSERT_EQUAL(tester_status(&t, i), 513);
	CU_ASSERT_EQUAL(
	    stage_count(&s, KIND("send"), RULE("register-large"), NULL), 1);
	/* Another user registers as ever. */
	CU_ASSERT(
	    lists(ask("<sip:carol@b.example>", "c", 1, C1 "\n"), "192.0.2.3"));
	buf_free(&vias);
	stop();
}

/* Step 7, 10.2: what an expiration may be that is none. */
static void
malformed(void)
{
	static const char *const odd[] = { "280297596632815", "abc", "-1",
		"1.5", "\"60\"", "4294967296" };
	size_t i;

	start("default_expires=2h");
	for (size_t k = 0; k < sizeof(odd) / sizeof(odd[0]); k++) {
		char line[100];

		snprintf(line, sizeof(line), C1 ";expires=%s\n", odd[k]);
		i = ask(BOB, "a", (unsigned)k + 1, line);
		CU_ASSERT(lists(i, "<sip:bob@192.0.2.3>;expires=3600"));
		CU_ASSERT(!lists(i, "q="));
	}
	i = ask(
	    BOB, "a", 50, C1 "\nExpires: 100000000000000000000000000000000\n");
	CU_ASSERT(lists(i, "expires=3600"));
	CU_ASSERT(lists(ask(BOB, "a", 51, C1 ";expires=4294967295\n"),
	    "expires=4294967295"));
	CU_ASSERT_EQUAL(
	    tester_status(&t, ask(BOB, "a", 52, C1 "\nExpires: soon\n")), 400);
	stop();
}

/* RFC 3665 2.2: a Contact is any URI; its headers stay (RFC 4475 3.3.14). */
static void
other_uris(void)
{
	size_t i;

	start("");
	i = ask(BOB, "a", 1,
	    C1 "\nContact: mailto:bob@b.example, <tel:+1-212>;expires=70\n"
	       "Contact: <sip:x@192.0.2.3?Route=%3Csip:p%3E>\n");
	CU_ASSERT(lists(i, "<sip:bob@192.0.2.3>;expires=3600"));
	CU_ASSERT(lists(i, "<mailto:bob@b.example>;expires=4294967295"));
	CU_ASSERT(lists(i, "<tel:+1-212>;expires=70"));
	CU_ASSERT(lists(i, "<sip:x@192.0.2.3?Route=%3Csip:p%3E>"));
	i = ask(BOB, "a", 2, "Contact: <mailto:bob@b.example>;expires=0\n");
	CU_ASSERT(!lists(i, "mailto"));
	CU_ASSERT_EQUAL(msg_count_values(tester_at(&t, i), MSG_H_CONTACT), 3);
	stop();
}

#define PATH "Path: <sip:p1.x;lr>,\n  \"P\" <sip:p2.x;lr>\nPath: <sip:p3.x>\n"

/* RFC 3327 5.3 */
static void
path(void)
{
	size_t i;

	start("");
	i = ask(BOB, "a", 1, C1 "\nSupported: path\nRequire: path\n" PATH);
	CU_ASSERT_EQUAL(tester_status(&t, i), 200);
	CU_ASSERT(str_is(msg_value(tester_at(&t, i), MSG_H_PATH),
	    "<sip:p1.x;lr>, \"P\" <sip:p2.x;lr>, <sip:p3.x>"));
	CU_ASSERT_EQUAL(
	    stage_count(&s, KIND("binding"), RULE("register-path"),
		"\"path\":\"<sip:p1.x;lr>, \\\"P\\\" <sip:p2.x;lr>, "),
	    1);
	/* Of another option it still knows nothing. */
	i = ask(BOB, "a", 2, C1 "\nRequire: path, gruu\n" PATH);
	CU_ASSERT_EQUAL(tester_status(&t, i), 420);
	CU_ASSERT(
	    str_is(msg_value(tester_at(&t, i), MSG_H_UNSUPPORTED), "gruu"));
	/* Without Supported it is kept too; without Path it goes. */
	i = ask(BOB, "a", 3, C2 "\nPath: <sip:p4.x;lr>\n");
	CU_ASSERT(tester_has(&t, i, "Path", "<sip:p4.x;lr>"));
	i = ask(BOB, "a", 4, C1 "\n");
	CU_ASSERT(!tester_has(&t, i, "Path", ""));
	CU_ASSERT_EQUAL(stage_count(&s, KIND("binding"), "\"path\"", NULL), 2);
	/* A fetch has none of its own. */
	CU_ASSERT(!tester_has(&t, ask(BOB, "a", 5, ""), "Path", ""));
	/* Not of its form, whatever Contact there is. */
	CU_ASSERT_EQUAL(
	    tester_status(&t, ask(BOB, "a", 6, C1 "\nPath: sip:p;lr\n")), 400);
	CU_ASSERT_EQUAL(
	    tester_status(&t, ask(BOB, "a", 7, C1 "\nPath: *\n")), 400);
	stop();
}

/* Paths of one user are no longer than a datagram. */
static void
long_paths(void)
{
	struct buf path_lines = BUF_INIT;
	unsigned last = 200, n = 0;

	start("");
	for (int k = 0; k < 60; k++)
		buf_printf(&path_lines, "Path: <sip:proxy-%d.example;lr>\n", k);
	for (unsigned k = 0; k < LOCATION_CONTACTS && last == 200; k++) {
		struct buf line = BUF_INIT;

		buf_printf(&line, "Contact: <sip:%u@192.0.2.3>\n%s", k,
		    buf_cstr(&path_lines));
		last = tester_status(&t, ask(BOB, "a", k + 1, buf_cstr(&line)));
		n += last == 200;
		buf_free(&line);
	}
	CU_ASSERT_EQUAL(last, 500);
	CU_ASSERT(n > 10 && n * 26 * 60 <= LOCATION_PATH_BYTES);
	buf_free(&path_lines);
	stop();
}

/* RFC 3608 6.3 */
static void
service_route(void)
{
	size_t i;

	start("");
	stage_node(&s, "p1", "proxy", "b.example", 3, "");
	stage_node(&s, "p2", "proxy", "b.example", 4, "");
	node_set_attr(world_find(s.w, "srv"), "service_route", "p1 p2");
	i = ask(BOB, "a", 1, C1 "\n");
	CU_ASSERT(str_is(msg_value(tester_at(&t, i), MSG_H_SERVICE_ROUTE),
	    "<sip:192.0.2.3:5060;lr>, <sip:192.0.2.4:5060;lr>"));
	CU_ASSERT(tester_has(&t, ask(BOB, "a", 2, ""), "Service-Route", "p"));
	CU_ASSERT_EQUAL(
	    stage_count(&s, KIND("send"), RULE("service-route-give"), NULL), 2);
	/* Not in a refusal. */
	i = ask(BOB, "a", 1, C1 "\n");
	CU_ASSERT_EQUAL(tester_status(&t, i), 500);
	CU_ASSERT(!tester_has(&t, i, "Service-Route", ""));
	stop();
}

/* Step 4: who has proved to be whom. */
static void
third_party(void)
{
	static const struct {
		const char *user, *aor;
		bool may;
	} rows[] = {
		{ "sip:bob@b.example", "sip:bob@b.example", true },
		{ "sip:bob@b.example", "sip:Bob@b.example", false },
		{ "sip:sec@b.example", "sip:boss@b.example", true },
		{ "sip:sec@b.example", "sip:guest@c.example", true },
		{ "sip:sec@b.example", "sip:bob@b.example", false },
		{ "sip:boss@b.example", "sip:sec@b.example", false },
		{ "sip:nobody@b.example", "sip:boss@b.example", false },
		{ "", "sip:boss@b.example", true },
	};
	const struct node *srv;

	start("");
	srv = world_find(s.w, "srv");
	stage_node(&s, "sec1", "ua", "b.example", 3, "aor=sip:s%65c@B.example");
	stage_node(&s, "boss", "ua", "b.example", 4, "");
	node_set_attr(world_find(s.w, "sec1"), "registers_for",
	    " boss  sip:guest@c.example <");
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (registrar_may_change(srv, str_of(rows[i].user),
			str_of(rows[i].aor)) != rows[i].may)
			printf("  %s for %s\n", rows[i].user, rows[i].aor);
		CU_ASSERT_EQUAL(registrar_may_change(srv, str_of(rows[i].user),
				    str_of(rows[i].aor)),
		    rows[i].may);
	}
	stop();
}

/* The REGISTERs of RFC 4475 and 5118. */
static void
torture(void)
{
	static const struct {
		const char *file;
		unsigned status;
		size_t contacts;
	} rows[] = {
		{ "rfc4475/escnull.dat", 200, 2 },
		{ "rfc4475/dblreq.dat", 200, 1 },
		{ "rfc4475/cparam02.dat", 200, 1 },
		{ "rfc4475/regescrt.dat", 200, 1 },
		{ "rfc4475/regaut01.dat", 200, 0 },
		{ "rfc4475/scalar02.dat", 400, 0 },
		{ "rfc4475/unksm2.dat", 400, 0 },
		{ "rfc5118/ipv6-bad.dat", 400, 0 },
		/* To a host that this registrar is not. */
		{ "rfc5118/ipv6-good.dat", 404, 0 },
	};
	struct buf bytes = BUF_INIT;
	struct addr dst = stage_addr(2);
	char path_name[300];

	stage_open(&s);
	tester_open(&s, &t, "phone", 9);
	stage_node(&s, "srv", "registrar location", "example.com", 2, "");
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		size_t before = stage_count(&s, KIND("binding"), NULL, NULL);
		char start_line[40];

		snprintf(path_name, sizeof(path_name), "%s/torture/%s",
		    check_data(), rows[i].file);
		buf_clear(&bytes);
		if (buf_read_file(&bytes, path_name, 65536) != 0) {
			check_skip(path_name);
			break;
		}
		tester_send(&t, &dst, buf_view(&bytes));
		/* Some share a branch: each is a new transaction. */
		stage_run(&s, 40000);
		snprintf(start_line, sizeof(start_line), "SIP/2.0 %u ",
		    rows[i].status);
		/* Sent to where their Via says: look at the trace. */
		if (stage_count(&s, KIND("send"), start_line, NULL) == 0)
			printf("  %s: no %u\n", rows[i].file, rows[i].status);
		CU_ASSERT(stage_count(&s, KIND("send"), start_line, NULL) > 0);
		CU_ASSERT_EQUAL(
		    stage_count(&s, KIND("binding"), NULL, NULL) - before,
		    rows[i].contacts);
	}
	CU_ASSERT(bytes.n == 0 ||
		  stage_count(&s, KIND("send"), "SIP/2.0 200 ", NULL) == 5);
	buf_free(&bytes);
	stop();
}

/* A registrar alone: what else it is asked. */
static void
alone(void)
{
	stage_open(&s);
	tester_open(&s, &t, "phone", 9);
	stage_node(&s, "srv", "registrar location", "b.example", 2, "");
	tester_ask(&t, 2, "OPTIONS", "sip:b.example", "<sip:b.example>", "a", 1,
	    "a1", "");
	tester_ask(&t, 2, "INVITE", "sip:bob@b.example", BOB, "b", 1, "a2",
	    CONTACT(9));
	tester_ask(&t, 2, "REGISTER", "sip:c.example", BOB, "c", 1, "a3", "");
	tester_ask(&t, 2, "ACK", "sip:bob@b.example", BOB, "d", 1, "a4", "");
	stage_run(&s, 50);
	CU_ASSERT_EQUAL(tester_count(&t, "OPTIONS", 200), 1);
	CU_ASSERT_EQUAL(tester_count(&t, "INVITE", 405), 1);
	CU_ASSERT(tester_has(&t, tester_find(&t, "INVITE", 405, 0), "Allow",
	    "REGISTER, OPTIONS, SUBSCRIBE"));
	CU_ASSERT_EQUAL(tester_count(&t, "REGISTER", 404), 1);
	CU_ASSERT_EQUAL(stage_count(&s, KIND("drop"), NODE("srv"), NULL), 1);
	stop();
}

/* ---- memory ---- */

/* A REGISTER that a location service elsewhere thinks about, and its fetch. */
static int
act(bool remote)
{
	static const struct trace_message m = { .proto = TRACE_PROTO_SIP };
	static const char *const contacts[] = {
		"Contact: <sip:b@h>, <mailto:b@m>;q=0.5\r\n"
		"Path: <sip:p;lr>\r\n",
		"",
	};
	struct addr src = stage_addr(2);
	int err = stage_try(&s);
	struct node *n, *loc;

	if (err != 0)
		return err;
	n = stage_add(&s, "srv", remote ? "registrar" : "registrar location",
	    "b.example", 2,
	    remote ? "location=loc service_route=srv" : "think=50ms");
	loc = stage_add(&s, "loc", "location", "b.example", 5, "think=600ms");
	if (n == NULL || loc == NULL)
		return ERR_NOMEM;
	err = node_start(n);
	if (err == 0)
		err = node_start(loc);
	for (int i = 0; err == 0 && i < 2; i++) {
		char text[400];

		snprintf(text, sizeof(text),
		    "REGISTER sip:b.example SIP/2.0\r\n"
		    "Via: SIP/2.0/UDP 192.0.2.2:5060;branch=z9hG4bKm%d\r\n"
		    "From: <sip:a@b>;tag=a\r\nTo: <sip:b@b.example>\r\n"
		    "Call-ID: m\r\nCSeq: %d REGISTER\r\n%s\r\n",
		    i, i + 1, contacts[i]);
		/* To itself: no tester, which would need memory. */
		net_udp_send(
		    n->faces[0].sock, &src, str_of(text), &m, RULE_NONE);
		if (!stage_run(&s, 1000))
			err = sim_error(s.w->sim)->err;
	}
	return err;
}

static void
no_memory(void)
{
	for (int remote = 0; remote < 2; remote++) {
		unsigned long all, n = 1;
		int err = ERR_NOMEM;

		mem_count();
		CU_ASSERT_EQUAL(act(remote != 0), 0);
		all = mem_count();
		CU_ASSERT_EQUAL(stage_count(&s, KIND("send"), "\"start\":200",
				    "mailto:b@m>;expires=42949672"),
		    2);
		stage_close(&s);
		for (; err != 0 && n <= all + 1; n++) {
			mem_fail_from(n);
			err = act(remote != 0);
			mem_fail_from(0);
			stage_close(&s);
			CU_ASSERT(err == 0 || err == ERR_NOMEM);
		}
		CU_ASSERT_EQUAL(err, 0);
		CU_ASSERT(n >= all);
	}
}

CHECK_MAIN("registrar", { "bindings", bindings }, { "423", too_brief },
    { "star", star }, { "order", order }, { "whose", whose },
    { "crowd", crowd }, { "flood", flood }, { "malformed", malformed },
    { "other URIs", other_uris }, { "path", path },
    { "long paths", long_paths }, { "service route", service_route },
    { "third party", third_party }, { "torture", torture }, { "alone", alone },
    { "no memory", no_memory }, )
