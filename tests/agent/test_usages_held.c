/*
 * What the other side can make a phone keep: subscriptions, branches of a
 * forked SUBSCRIBE, requests whose dialog is gone before their answer.  There
 * is a bound of each, a record says so, and what was refused leaves nothing.
 */
#include "agent/requests.h"
#include "roles/ua/ua.h"
#include "sip/defaults.h"
#include "fixtures/stage.h"

static struct stage s;
static struct tester t;

#define PEER  "sip:peer@192.0.2.9"
#define PHONE "sip:bob@192.0.2.3"
#define SDP                                                                \
	"Content-Type: application/sdp\n\nv=0\no=- 1 1 IN IP4 192.0.2.9\n" \
	"s=-\nc=IN IP4 192.0.2.9\nt=0 0\nm=audio 4000 RTP/AVP 0\n"
#define CHALLENGE "WWW-Authenticate: Digest realm=\"b.example\", nonce=\"1\"\n"
#define WATCH     "Event: dialog\nSubscription-State: active;expires=600\n"

static struct agent *
start(const char *attrs)
{
	stage_open(&s);
	tester_open(&s, &t, "peer", 9);
	stage_node(&s, "bob", "ua", "b.example", 3, attrs);
	return agent_of_node(world_find(s.w, "bob"));
}

static void
stop(void)
{
	STAGE_STOP(&s, 100000);
	tester_close(&t);
}

static unsigned
count(const struct list *l)
{
	unsigned n = 0;

	list_foreach (node, l) {
		n++;
	}
	return n;
}

/* ---- one that asks ---- */

/* The answer to a NOTIFY of the branch TAG, which says EXTRA. */
static unsigned
tell(const char *tag, const char *extra)
{
	static unsigned serial;
	size_t i = tester_find(&t, "SUBSCRIBE", 0, 0);
	char mine[80], id[120];
	unsigned status;

	serial++;
	tester_tag(&t, i, MSG_H_FROM, mine);
	snprintf(id, sizeof(id), "%.*s",
	    STR_ARG(msg_value(tester_at(&t, i), MSG_H_CALL_ID)));
	tester_say(&t, 3,
	    "NOTIFY " PHONE " SIP/2.0\n"
	    "Via: SIP/2.0/UDP 192.0.2.9;branch=z9hG4bKn%u\n"
	    "From: <" PEER ">;tag=%s\nTo: <sip:bob@b.example>;tag=%s\n"
	    "Call-ID: %s\nCSeq: %u NOTIFY\n%s\n",
	    serial, tag, mine, id, serial, extra);
	stage_run(&s, 25);
	status = tester_status(&t, t.n - 1);
	t.n--;
	return status;
}

static struct agent *
asks(const char *attrs)
{
	struct agent *bob = start(attrs);

	stage_do(&s, "bob", "subscribe", NULL, "target", PEER, "event",
	    "dialog", NULL);
	stage_run(&s, 25);
	tester_answer(&t, 0, 200, "p", "Expires: 600\n");
	stage_run(&s, 25);
	return bob;
}

/* A branch whose NOTIFY is refused makes no subscription. */
static void
bad_branches(void)
{
	struct agent *bob = asks("");

	CU_ASSERT_EQUAL(tell("p", CONTACT(9) WATCH "Require: x\n"), 420);
	CU_ASSERT_EQUAL(tell("p", CONTACT(9) WATCH), 200);
	CU_ASSERT_EQUAL(
	    tell("q", CONTACT(9) WATCH "Content-Type: text/plain\n\nhi\n"),
	    415);
	CU_ASSERT_EQUAL(
	    tell("q", CONTACT(9) WATCH
		"Content-Type: application/dialog-info+xml\n\n<a>\n"),
	    400);
	CU_ASSERT_EQUAL(tell("q", WATCH "Contact: *\n"), 400);
	CU_ASSERT_EQUAL(count(&bob->subscribers), 1);
	CU_ASSERT_EQUAL(tell("q", CONTACT(9) WATCH), 200);
	CU_ASSERT_EQUAL(count(&bob->subscribers), 2);
	stop();
}

static void
many_branches(void)
{
	struct agent *bob = asks("");
	char tag[10];

	for (unsigned i = 0; i < SIP_FORKS_MAX + 9; i++) {
		unsigned status;

		snprintf(tag, sizeof(tag), "q%u", i);
		status = tell(tag, CONTACT(9) WATCH);
		CU_ASSERT_EQUAL(status, i <= SIP_FORKS_MAX ? 200u : 481u);
	}
	CU_ASSERT_EQUAL(count(&bob->subscribers), SIP_FORKS_MAX + 1);
	CU_ASSERT_EQUAL(stage_count(&s, RULE("notify-forks"), NULL, NULL), 8);
	stop();
}

/* The subscription is to be asked for again later, its dialog is gone, and the
 * refresh that was under way is challenged only now. */
static void
late_challenge(void)
{
	asks("password=x");
	CU_ASSERT_EQUAL(tell("p", CONTACT(9) WATCH), 200);
	CU_ASSERT_EQUAL(
	    stage_do(&s, "bob", "refresh", "bob/dialog-1", NULL), 0);
	stage_run(&s, 25);
	CU_ASSERT_EQUAL(tester_count(&t, "SUBSCRIBE", 0), 2);
	CU_ASSERT_EQUAL(
	    tell("p",
		CONTACT(9) "Event: dialog\nSubscription-State: terminated;"
			   "reason=giveup;retry-after=20\n"),
	    200);
	tester_answer(
	    &t, tester_find(&t, "SUBSCRIBE", 0, 1), 401, "", CHALLENGE);
	stage_run(&s, 15000);
	CU_ASSERT_EQUAL(tester_count(&t, "SUBSCRIBE", 0), 2);
	stage_run(&s, 6000);
	CU_ASSERT(tester_count(&t, "SUBSCRIBE", 0) > 2);
	stop();
}

/* ---- one that is asked ---- */

static void
many_watchers(void)
{
	struct agent *bob = start("");
	size_t most = SIP_SUBSCRIPTIONS_MAX;
	char id[20];

	for (unsigned i = 0; i < most + 3; i++) {
		snprintf(id, sizeof(id), "w%u", i);
		t.n = 0;
		tester_ask(&t, 3, "SUBSCRIBE", PHONE, "<sip:bob@b.example>", id,
		    1, id, CONTACT(9) "Event: dialog\n");
		stage_run(&s, 25);
		CU_ASSERT_EQUAL(
		    tester_count(&t, "SUBSCRIBE", 200), i < most ? 1u : 0u);
		CU_ASSERT_EQUAL(
		    tester_count(&t, "SUBSCRIBE", 503), i < most ? 0u : 1u);
		if (i >= most)
			CU_ASSERT(tester_has(&t, 0, "Retry-After", ""));
		tester_answer(&t, tester_find(&t, "NOTIFY", 0, 0), 200, "", "");
	}
	CU_ASSERT_EQUAL(count(&bob->notifiers), most);
	CU_ASSERT_EQUAL(
	    stage_count(&s, RULE("subscribe-full"), NODE("bob"), NULL), 3);
	stop();
}

/* Who can't be told of what comes of a REFER is not obeyed. */
static void
refers_from_nowhere(void)
{
	struct agent *bob = start("refer=anywhere");

	tester_ask(&t, 3, "REFER", PHONE, "<sip:bob@b.example>", "r", 1, "r",
	    "Contact: <sip:t@nowhere.example>\nRefer-To: <" PEER ">\n");
	stage_run(&s, 25);
	CU_ASSERT_EQUAL(tester_count(&t, "REFER", 202), 1);
	CU_ASSERT_EQUAL(count(&bob->notifiers), 0);
	CU_ASSERT_EQUAL(count(&bob->calls), 0);
	stop();
}

/* Call number I of the peer's rings bob's phone; FILL makes its Call-ID longer.
 */
static void
ring(unsigned i, int fill)
{
	tester_say(&t, 3,
	    "INVITE " PHONE " SIP/2.0\nVia: SIP/2.0/UDP 192.0.2.9;"
	    "branch=z9hG4bKi%u\nFrom: <" PEER ">;tag=i\n"
	    "To: <sip:bob@b.example>\nCall-ID: i%0*u\nCSeq: 1 INVITE\n" CONTACT(
		9) SDP,
	    i, fill, i);
	stage_run(&s, 25);
	t.n = 0;
}

static struct agent *
watched(void)
{
	struct agent *bob = start("answer=never dialogs=all");

	tester_ask(&t, 3, "SUBSCRIBE", PHONE, "<sip:bob@b.example>", "w", 1,
	    "w", CONTACT(9) "Event: dialog\n");
	stage_run(&s, 25);
	tester_answer(&t, tester_find(&t, "NOTIFY", 0, 0), 200, "", "");
	stage_run(&s, 25);
	return bob;
}

/* How many dialogs bob tells of; the NOTIFY is answered. */
static size_t
told(void)
{
	size_t i, n = 0;
	struct str rest;

	t.n = 0;
	stage_run(&s, 5000);
	i = tester_find(&t, "NOTIFY", 0, 0);
	rest = tester_at(&t, i)->body;
	tester_answer(&t, i, 200, "", "");
	while (rest.n > 0)
		n += str_find(str_cut(rest, '\n', &rest), "<dialog ") >= 0;
	stage_run(&s, 25);
	return n;
}

/* Of more calls than a document has the phone tells that there are some. */
static void
many_calls(void)
{
	watched();
	for (unsigned i = 0; i < 64; i++)
		ring(i, 1);
	told();
	CU_ASSERT_EQUAL(told(), 64);
	for (unsigned i = 64; i < 70; i++)
		ring(i, 1);
	told();
	CU_ASSERT_EQUAL(told(), 1);
	stage_do(&s, "bob", "crash", NULL, NULL);
	stop();
}

/* What is too large for any message is not told, and a record says so. */
static void
large_names(void)
{
	struct agent *bob = watched();

	for (unsigned i = 0; i < 9; i++)
		ring(i, 9000);
	told();
	CU_ASSERT_EQUAL(count(&bob->notifiers), 0);
	CU_ASSERT_EQUAL(stage_count(&s, RULE("notify-lost"),
			    "\"to\":\"terminated\"", "\"stop\""),
	    1);
	stage_do(&s, "bob", "crash", NULL, NULL);
	stop();
}

CHECK_MAIN("usages_held", { "bad branches", bad_branches },
    { "many branches", many_branches }, { "late challenge", late_challenge },
    { "many watchers", many_watchers },
    { "refers from nowhere", refers_from_nowhere },
    { "many calls", many_calls }, { "large names", large_names })
