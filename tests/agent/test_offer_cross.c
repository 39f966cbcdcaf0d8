/*
 * Offers that cross: RFC 6337 4, RFC 3261 14, RFC 3311 5, RFC 3262 5.  Each row
 * is a script of what a tester and bob's phone do, word by word, with what is
 * to come of it: the status of a request, a Retry-After with each 500 and only
 * there, a refusal of the phone's own wish, the state of the exchange.
 */
#include "roles/ua/ua.h"
#include "fixtures/stage.h"
#include "msg/header_names.h"

static struct stage s;
static struct tester t;
static unsigned cseq, acks, rseq; /* of the tester's requests, responses */
static bool called, defers;
static const char *line; /* at the end of the tester's descriptions */
static const char *row;

#define MINE "bob/1"
#define SDP                                                                \
	"Content-Type: application/sdp\n\nv=0\no=- 1 1 IN IP4 192.0.2.9\n" \
	"s=-\nc=IN IP4 192.0.2.9\nt=0 0\nm=audio 4000 RTP/AVP 0\n"
#define RELIABLE "Require: 100rel\n"

/*
 *   in out            the tester calls bob, or bob the tester
 *   INVITE UPDATE PRACK ACK   a request of the tester's; "=491": its status
 *   180 183 200I 488I 200U 200P   its response to bob's INVITE, UPDATE, PRACK;
 *                     the 183 is reliable
 *   reinvite update ring again answer   what bob does: "ring" is a reliable
 *                     183, "again" a reliable 180, "rings" a plain one; with
 *                     "!" he can't
 *   defer             his next re-INVITE waits for "answer"
 *   @agreed           the state of bob's exchange
 * A "+" says that it has a description, a "-" that it has none.
 */
static const struct {
	const char *name, *script;
} rows[] = {
	/* RFC 6337 4.2, table 4: both sides offer. */
	{ "re-INVITE, re-INVITE",
	    "in+ answer ACK- reinvite+ INVITE+=491 @reoffered INVITE-=491 "
	    "488I- @agreed INVITE+=200 ACK- @agreed" },
	{ "re-INVITE that asks, re-INVITE",
	    "in+ answer ACK- reinvite- INVITE+=491 INVITE-=491 @agreed" },
	{ "re-INVITE, UPDATE",
	    "in+ answer ACK- reinvite+ UPDATE+=491 @reoffered UPDATE-=200 "
	    "update+! 200I+ @agreed UPDATE+=200 @agreed" },
	{ "UPDATE, re-INVITE",
	    "in+ answer ACK- update+ INVITE+=491 INVITE-=491 @reoffered "
	    "reinvite+! 200U+ @agreed INVITE-=200 @reoffered ACK+ @agreed" },
	{ "UPDATE, UPDATE",
	    "in+ answer ACK- update+ UPDATE+=491 @reoffered UPDATE-=200 "
	    "update+! 200U+ @agreed UPDATE+=200 @agreed" },
	{ "UPDATE, offer in a PRACK (figure 11)",
	    "in+ ring PRACK-=200 again update+ @reoffered PRACK+=200 "
	    "@reoffered 200U+ @agreed" },
	{ "re-INVITE that asks, UPDATE (figures 12, 13)",
	    "in+ answer ACK- reinvite- update+! UPDATE+=200 @agreed update- "
	    "200I+ @agreed" },
	/* 4.1, table 3: the other side's offer overtakes an answer; or 3311
	 * 5.2: it comes before this side's answer. */
	{ "re-INVITE waits, UPDATE",
	    "in+ answer ACK- defer INVITE+ @reanswering UPDATE+=500 "
	    "INVITE+=500 INVITE-=500 update+! reinvite+! UPDATE-=200 "
	    "@reanswering answer @agreed ACK2- update+ @reoffered" },
	{ "re-INVITE that asks waits, UPDATE",
	    "in+ answer ACK- defer INVITE- UPDATE+=200 @agreed update+! "
	    "reinvite+! INVITE-=500 answer @reoffered UPDATE+=500 INVITE+=491 "
	    "update+! ACK2+ @agreed update+ @reoffered" },
	{ "offer in the 2xx to a re-INVITE, UPDATE, re-INVITE",
	    "in+ answer ACK- INVITE-=200 @reoffered UPDATE+=500 INVITE+=491 "
	    "INVITE-=491 update+! reinvite+! ACK2+ @agreed UPDATE+=200 "
	    "@agreed" },
	{ "offer in the 2xx to the INVITE, UPDATE",
	    "in- answer @offered UPDATE+=500 INVITE+=491 @offered ACK1+ "
	    "@agreed update+ @reoffered" },
	{ "offer in a reliable 1xx, UPDATE (figure 6)",
	    "in- ring @offered UPDATE+=500 INVITE+=500 update+! @offered "
	    "PRACK+=200 @agreed UPDATE+=200 @agreed update+ @reoffered" },
	{ "answer in a reliable 1xx, UPDATE",
	    "in+ ring @agreed update+! UPDATE+=500 INVITE+=500 PRACK-=200 "
	    "UPDATE+=200 update+ @reoffered" },
	{ "answer in a reliable 1xx, offer in its PRACK (pattern 5)",
	    "in+ ring PRACK+=200 @agreed update+ @reoffered" },
	{ "INVITE rings, UPDATE",
	    "in+ rings @answering UPDATE+=500 update+! INVITE+=500 "
	    "UPDATE-=200 @answering" },
	{ "INVITE that asks rings, UPDATE",
	    "in- rings @none UPDATE+=500 update+! @none answer @offered" },
	/* The caller's view of the same. */
	{ "own INVITE rings, UPDATE",
	    "out+ 180- @offered UPDATE+=491 INVITE+=491 INVITE-=491 update+! "
	    "UPDATE-=200 @offered" },
	{ "own INVITE that asks rings, UPDATE",
	    "out- 180- @none UPDATE+=500 update+! @none INVITE-=491" },
	{ "own PRACK of an answer is out, UPDATE (figure 7)",
	    "out+ 183+ @agreed UPDATE+=491 update+! 200P- UPDATE+=200 "
	    "update+ @reoffered" },
	{ "own PRACK with an answer is out, UPDATE (figure 9)",
	    "out- 183+ @agreed UPDATE+=491 update+! 200P- UPDATE+=200 "
	    "@agreed" },
	{ "own PRACK of nothing is out, UPDATE",
	    "out+ 183+ 200P- 183- UPDATE+=200 update+ @reoffered" },
	{ "the 2xx comes before the PRACK's",
	    "out+ 183+ update+! 200I- UPDATE+=200 update+ @reoffered" },
	/* What is refused, or has no answer, leaves the way free. */
	{ "re-INVITE is refused",
	    "in+ answer ACK- reinvite+ @reoffered 488I- @agreed update+ "
	    "@reoffered" },
	{ "re-INVITE that asks is refused",
	    "in+ answer ACK- reinvite- 488I- @agreed update+ @reoffered" },
	{ "UPDATE is refused",
	    "in+ answer ACK- update+ 488U- @agreed reinvite+ @reoffered" },
	{ "the other side's re-INVITE is refused",
	    "in+ answer ACK- defer INVITE+ reject @agreed update+" },
	{ "the other side's re-INVITE that asks is refused",
	    "in+ answer ACK- defer INVITE- update+! reject @agreed update+" },
	{ "UPDATE whose 200 has no answer",
	    "in+ answer ACK- update+ 200U- @agreed reinvite+ @reoffered" },
	{ "ACK without the answer",
	    "in+ answer ACK- INVITE-=200 @reoffered ACK- @agreed update+!" },
	/* What is no offer at all. */
	{ "ACK and PRACK with too much",
	    "in+ ring PRACK-=200 answer ACK+ @agreed update+ @reoffered" },
	{ "the 2xx to the INVITE comes before the UPDATE's",
	    "out+ 183+ 200P- update+ 200I- @reoffered 200U+ @agreed "
	    "reinvite+ @reoffered" },
	{ "a second answer",
	    "out+ 183+ 200P- 183+ @agreed UPDATE+=200 update+ @reoffered" },
};

static void
lives(bool well, const char *word)
{
	CU_ASSERT(well);
	if (!well)
		printf("  %s: %s\n", row, word);
}

static bool
waits(const char *node, const char *call, void *arg)
{
	(void)node, (void)call, (void)arg;
	return defers;
}

/* ---- the tester ---- */

static struct str
find_tag(void)
{
	size_t i = 0;

	if (!called)
		return msg_tag(msg_value(tester_at(&t, 0), MSG_H_FROM));
	while (i < t.n && msg_tag(msg_value(tester_at(&t, i), MSG_H_TO)).n == 0)
		i++;
	return msg_tag(msg_value(tester_at(&t, i), MSG_H_TO));
}

/* Of bob's last response that has a number, for RAck. */
static void
write_rack(struct buf *out)
{
	for (size_t i = t.n; i-- > 0;) {
		const struct msg *m = tester_at(&t, i);

		if (m->request || msg_value(m, MSG_H_RSEQ).n == 0)
			continue;
		buf_printf(out, "RAck: %.*s %.*s\n",
		    STR_ARG(msg_value(m, MSG_H_RSEQ)),
		    STR_ARG(msg_value(m, MSG_H_CSEQ)));
		return;
	}
}

static unsigned
status_of(const char *method, unsigned number, bool *again)
{
	unsigned status = 0;

	*again = false;
	for (size_t i = 0; i < t.n; i++) {
		const struct msg *m = tester_at(&t, i);
		struct msg_cseq at = { 0 };

		msg_cseq_read(msg_value(m, MSG_H_CSEQ), &at);
		if (m->request || at.number != number ||
		    !str_is(at.method, method))
			continue;
		status = m->status;
		*again = msg_value(m, MSG_H_RETRY_AFTER).n > 0;
	}
	return status;
}

static void
ask(const char *method, unsigned number, bool described)
{
	struct buf text = BUF_INIT;
	const char *id = called ? "a" : "p";

	buf_printf(&text,
	    "%s sip:bob@192.0.2.3 SIP/2.0\n"
	    "Via: SIP/2.0/UDP 192.0.2.9;branch=z9hG4bK%.8s%u\n"
	    "From: <sip:peer@192.0.2.9>;tag=%s\nTo: <sip:bob@b.example>",
	    method, method, number, id);
	if (find_tag().n > 0)
		buf_printf(&text, ";tag=%.*s", STR_ARG(find_tag()));
	buf_puts(&text, "\nCall-ID: ");
	if (called)
		buf_puts(&text, "a");
	else
		buf_str(&text, msg_value(tester_at(&t, 0), MSG_H_CALL_ID));
	buf_printf(&text, "\nCSeq: %u %s\n", number, method);
	buf_puts(&text, "Supported: 100rel\n" CONTACT(9));
	if (strcmp(method, "PRACK") == 0)
		write_rack(&text);
	buf_printf(
	    &text, "%s%s", described ? SDP : "\n", described ? line : "");
	tester_say(&t, 3, "%s", buf_cstr(&text));
	buf_free(&text);
	stage_run(&s, 25);
}

/* "INVITE+=491", "ACK-", "ACK1-": the ACK for the INVITE with CSeq 1. */
static bool
requests(const char *word)
{
	static const char *const methods[] = { "INVITE", "UPDATE", "PRACK",
		"ACK" };
	const char *sign = strpbrk(word, "+-"), *equals = strchr(word, '=');
	unsigned status, number;
	bool again;

	for (size_t i = 0; i < 4; i++) {
		if (strncmp(word, methods[i], strlen(methods[i])) != 0)
			continue;
		number = i < 3 ? ++cseq : acks;
		if (i == 0)
			acks = cseq;
		if (i == 3 && sign[-1] != 'K')
			number = (unsigned)(sign[-1] - '0');
		ask(methods[i], number, *sign == '+');
		if (equals == NULL)
			return true;
		status = status_of(methods[i], number, &again);
		lives(status == (unsigned)atoi(equals + 1), word);
		lives(again == (status == 500), word);
		return true;
	}
	return false;
}

static bool
answers(const char *word)
{
	const char *method = strchr(word, 'U') != NULL   ? "UPDATE"
			     : strchr(word, 'P') != NULL ? "PRACK"
							 : "INVITE";
	size_t n = tester_count(&t, method, 0);
	unsigned status = (unsigned)atoi(word);
	struct buf text = BUF_INIT;

	if (status == 0)
		return false;
	buf_puts(&text, CONTACT(9));
	if (status == 183)
		buf_printf(&text, RELIABLE "RSeq: %u\n", ++rseq);
	if (strchr(word, '+') != NULL)
		buf_puts(&text, SDP);
	CU_ASSERT_FATAL(n > 0);
	tester_answer(&t, tester_find(&t, method, 0, n - 1), status,
	    called                          ? ""
	    : strcmp(method, "INVITE") == 0 ? "p"
					    : "",
	    buf_cstr(&text));
	buf_free(&text);
	stage_run(&s, 25);
	return true;
}

/* ---- the phone ---- */

static bool
wishes(const char *word)
{
	static const struct {
		const char *word, *verb, *key, *value, *more;
	} verbs[] = {
		{ "reinvite+", "reinvite", "sdp", "true", NULL },
		{ "reinvite-", "reinvite", "sdp", "false", NULL },
		{ "update+", "update", "sdp", "true", NULL },
		{ "update-", "update", "sdp", "false", NULL },
		{ "rings", "ring", "code", "180", NULL },
		{ "ring", "ring", "code", "183", "true" },
		{ "again", "ring", "code", "180", "true" },
		{ "answer", "answer", NULL, NULL, NULL },
		{ "reject", "reject", "status", "488", NULL },
	};
	bool cant = word[strlen(word) - 1] == '!';
	int err;

	for (size_t i = 0; i < sizeof(verbs) / sizeof(verbs[0]); i++) {
		if (strncmp(word, verbs[i].word, strlen(verbs[i].word)) != 0)
			continue;
		err = stage_do(&s, "bob", verbs[i].verb, MINE, verbs[i].key,
		    verbs[i].value, verbs[i].more != NULL ? "reliable" : NULL,
		    verbs[i].more, NULL);
		lives(err == (cant ? ERR_STATE : 0), word);
		stage_run(&s, 15);
		return true;
	}
	return false;
}

static const struct agent_offer *
offer(void)
{
	struct agent_call *c = agent_call_find(
	    node_role_state(world_find(s.w, "bob"), "ua"), MINE);

	CU_ASSERT_PTR_NOT_NULL_FATAL(c);
	return c->main != NULL ? &c->main->offer : &c->offer;
}

static void
begin(const char *word)
{
	called = word[0] == 'i';
	if (called) {
		ask("INVITE", ++cseq, strchr(word, '+') != NULL);
		acks = cseq;
		return;
	}
	STAGE_DO(&s, 15, "bob", "invite", NULL, "target", "sip:peer@192.0.2.9",
	    "sdp", strchr(word, '+') != NULL ? "true" : "false");
}

static void
act(const char *word)
{
	if (word[0] == '@') {
		const char *is =
		    state_word(machine_run_state(&offer()->machine));

		lives(strcmp(is, word + 1) == 0, word);
		if (strcmp(is, word + 1) != 0)
			printf("  it is %s\n", is);
	} else if (strcmp(word, "defer") == 0) {
		defers = true;
	} else if (word[0] == 'i' || word[0] == 'o') {
		begin(word);
	} else if (!requests(word) && !wishes(word)) {
		lives(answers(word), word);
	}
}

static void
play(const char *script)
{
	struct str rest = str_of(script);
	char word[40];

	while (rest.n > 0) {
		struct str next = str_cut(rest, ' ', &rest);

		snprintf(word, sizeof(word), "%.*s", STR_ARG(next));
		act(word);
	}
}

static void
start(const char *name)
{
	row = name;
	cseq = acks = rseq = 0;
	defers = false;
	line = "";
	stage_open(&s);
	s.w->watch.reinvited = waits;
	tester_open(&s, &t, "peer", 9);
	stage_node(
	    &s, "bob", "ua", "b.example", 3, "answer=never progress=none");
}

/* Nobody answers any more: it comes to its end. */
static void
stop(void)
{
	CU_ASSERT(stage_run(&s, 200000));
	STAGE_CLOSE(&s, &t);
}

static void
each_row(void)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		start(rows[i].name);
		play(rows[i].script);
		stop();
	}
}

CHECK_MAIN("offer cross", { "each row", each_row })
