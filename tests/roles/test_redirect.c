/* The redirect server without memory; what it does: redirect.case. */
#include "fixtures/stage.h"

static struct stage s;

static int
act(bool remote)
{
	struct node *n, *loc = NULL;
	int err = stage_try(&s);

	if (err != 0)
		return err;
	n = stage_add(&s, "srv",
	    remote ? "redirect" : "redirect registrar location", "b.example", 2,
	    remote ? "location=loc" : "");
	if (remote)
		loc = stage_add(
		    &s, "loc", "location", "b.example", 5, "think=250ms");
	if (n == NULL || (remote && loc == NULL))
		return ERR_NOMEM;
	err = node_start(n);
	if (err == 0 && remote)
		err = node_start(loc);
	if (err == 0)
		err = stage_do(&s, remote ? "loc" : "srv", "bind", NULL, "aor",
		    "bob", "contact", "sip:b@h", NULL);
	if (err != 0)
		return err;
	for (int i = 0; i < 2; i++) {
		static const struct trace_message m = { .proto =
							    TRACE_PROTO_SIP };
		struct addr src = stage_addr(2);
		static const char *const lines[] = {
			"INVITE sip:bob@b.example SIP/2.0\r\n"
			"Via: SIP/2.0/UDP 192.0.2.2:5060;branch=z9hG4bKm1\r\n"
			"From: <sip:a@b>;tag=a\r\nTo: <sip:b@b>\r\n"
			"Call-ID: m\r\nCSeq: 1 INVITE\r\n\r\n",
			"CANCEL sip:bob@b.example SIP/2.0\r\n"
			"Via: SIP/2.0/UDP 192.0.2.2:5060;branch=z9hG4bKm1\r\n"
			"From: <sip:a@b>;tag=a\r\nTo: <sip:b@b>\r\n"
			"Call-ID: m\r\nCSeq: 1 CANCEL\r\n\r\n",
		};

		/* To itself: no tester, which would need memory. */
		net_udp_send(
		    n->faces[0].sock, &src, str_of(lines[i]), &m, RULE_NONE);
		if (!stage_run(&s, 300))
			return sim_error(s.w->sim)->err;
	}
	return 0;
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
		STAGE_HAS(&s, 1, KIND("send"), RULE("redirect-302"), NULL);
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

CHECK_MAIN("redirect", { "no memory", no_memory })
