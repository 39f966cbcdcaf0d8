/*
 * The registrar given messages that torture, and without memory.  What it does
 * step by step: registrar.case.
 */
#include "fixtures/stage.h"

static struct stage s;
static struct tester t;

static void
stop(void)
{
	STAGE_STOP(&s, 40000);
	tester_close(&t);
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

	STAGE_OPEN(&s, &t, "phone", 9);
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
		STAGE_HAS(&s, 2, KIND("send"), "\"start\":200",
		    "mailto:b@m>;expires=42949672");
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

CHECK_MAIN("registrar", { "torture", torture }, { "no memory", no_memory })
