/*
 * A response with the right branch, but with the Call-ID, the CSeq or the From
 * tag of something else (RFC 3261 8.2.6.2): the user agent that has made the
 * request throws it away and says so, whatever its status, and the call goes on
 * as if it had not come.  A proxy matches by branch and method alone (17.1.3),
 * and passes on byte for byte what it got.
 */
#include "fixtures/fork.h"

enum which { CALL_ID, FROM_TAG, CSEQ, WHICH };

static struct stage s;
static struct tester peer;
static char invited[64]; /* alice's call */

static struct str
part(const struct msg *m, enum which which)
{
	struct str rest;

	if (which == CALL_ID)
		return msg_value(m, MSG_H_CALL_ID);
	if (which == FROM_TAG)
		return msg_tag_of(m, MSG_H_FROM);
	return str_cut(msg_value(m, MSG_H_CSEQ), ' ', &rest);
}

/* T answers its I-th message as somebody else: one digit more in WHICH. */
static void
answer_another(struct tester *t, size_t i, unsigned status, enum which which)
{
	const struct msg *m = tester_at(t, i);
	struct str p = part(m, which);
	LOCAL_BUF b = BUF_INIT;

	buf_printf(&b, "SIP/2.0 %u Whatever\r\n", status);
	for (size_t n = 0; n < m->nfields; n++)
		if (m->fields[n].id == MSG_H_VIA)
			buf_str(&b, m->fields[n].line);
	buf_puts(&b, "To: <sip:peer@192.0.2.9>;tag=q\r\n"
		     "Contact: <sip:peer@192.0.2.9>\r\n");
	for (size_t n = 0; n < m->nfields; n++) {
		struct str line = m->fields[n].line;
		size_t at = (size_t)(p.p + p.n - line.p);

		if (m->fields[n].id != MSG_H_FROM &&
		    m->fields[n].id != MSG_H_CALL_ID &&
		    m->fields[n].id != MSG_H_CSEQ)
			continue;
		if (p.p < line.p || at > line.n)
			at = 0;
		buf_str(&b, str_slice(line, 0, at));
		buf_puts(&b, at > 0 ? "1" : "");
		buf_str(&b, str_slice(line, at, line.n));
	}
	buf_puts(&b, "Content-Length: 0\r\n\r\n");
	tester_send(t, &t->got[i].src, buf_view(&b));
}

static void
start(void)
{
	STAGE_OPEN(&s, &peer, "peer", 9);
	stage_node(
	    &s, "alice", "ua", "b.example", 6, "aor=sip:alice@b.example");
	snprintf(invited, sizeof(invited), "%s",
	    stage_call(&s, "alice", "sip:peer@192.0.2.9"));
	stage_run(&s, 15);
	CU_ASSERT_EQUAL_FATAL(peer.n, 1);
}

static void
stop(void)
{
	CU_ASSERT(stage_run(&s, 200000));
	CU_ASSERT_EQUAL(sim_held(s.w->sim), 0);
	STAGE_HAS(&s, 0, "no-step", NULL, NULL);
	tester_close(&peer);
	stage_close(&s);
}

static size_t
dropped(void)
{
	return stage_count(
	    &s, KIND("drop"), RULE("response-others"), "unmatched");
}

static void
not_taken(size_t i, const char *state)
{
	static const unsigned statuses[] = { 100, 180, 200, 302, 486 };
	for (unsigned w = 0; w < WHICH; w++)
		for (size_t k = 0; k < 5; k++) {
			size_t before = dropped();

			answer_another(&peer, i, statuses[k], (enum which)w);
			stage_run(&s, 15);
			CU_ASSERT_EQUAL(dropped(), before + 1);
			CU_ASSERT(stage_call_is(&s, invited, state));
		}
}

/* Before, between and after those that are right. */
static void
call(void)
{
	start();
	not_taken(0, "calling");
	tester_answer(&peer, 0, 180, "q", CONTACT(9));
	stage_run(&s, 15);
	not_taken(0, "early");
	tester_answer(&peer, 0, 200, "q", CONTACT(9));
	stage_run(&s, 25);
	CU_ASSERT(stage_call_is(&s, invited, "confirmed"));
	TESTER_HAS(&peer, 1, "ACK", 0);
	not_taken(0, "confirmed");
	TESTER_HAS(&peer, 1, "ACK", 0);
	stage_do(&s, "alice", "bye", invited, NULL);
	stop();
}

/* Within a dialog, of a request that is no INVITE, and of a CANCEL. */
static void
others(void)
{
	size_t bye, before;

	start();
	tester_answer(&peer, 0, 200, "q", CONTACT(9));
	stage_run(&s, 15);
	STAGE_DO(&s, 15, "alice", "bye", invited);
	bye = tester_find(&peer, "BYE", 0, 0);
	CU_ASSERT_FATAL(bye < TESTER_GOT);
	for (unsigned w = 0; w < WHICH; w++) {
		before = dropped();
		answer_another(&peer, bye, 200, (enum which)w);
		stage_run(&s, 15);
		CU_ASSERT_EQUAL(dropped(), before + 1);
		CU_ASSERT(stage_call_is(&s, invited, "terminating"));
	}
	tester_answer(&peer, bye, 200, "", "");
	stage_run(&s, 15);
	CU_ASSERT(stage_call_is(&s, invited, "terminated"));
	stop();
}

/* Of each, its text as it goes up is that of what came, without the top Via. */
static void
proxy(void)
{
	for (unsigned w = 0; w < WHICH; w++) {
		const struct msg *m;

		fork_start("", "Contact: <sip:bob@192.0.2.11>\n");
		fork_ask("INVITE", "i1", "");
		stage_run(&fork_s, 50);
		answer_another(&fork_a, tester_find(&fork_a, "INVITE", 0, 0),
		    486, (enum which)w);
		stage_run(&fork_s, 50);
		STAGE_HAS(&fork_s, 0, RULE("response-others"), NULL, NULL);
		m = tester_at(
		    &fork_up, tester_find(&fork_up, "INVITE", 486, 0));
		CU_ASSERT_EQUAL(msg_count_values(m, MSG_H_VIA), 1);
		CU_ASSERT(
		    str_is(part(m, (enum which)w), w == CSEQ ? "11" : "i11"));
		fork_stop();
	}
}

CHECK_MAIN("response_of_another", { "call", call }, { "others", others },
    { "proxy", proxy })
