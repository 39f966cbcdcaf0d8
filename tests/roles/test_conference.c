/*
 * The focus of conferences: who comes in and how, who is removed, who is told
 * of what, and what is refused.  RFC 4579, RFC 4353, RFC 4575.  Three phones
 * are at 192.0.2.1 to 3, the focus at 192.0.2.4; the tester is a fourth user.
 */
#include "fixtures/stage.h"

static struct stage s;
static struct tester t;

/* PHONES: attributes that all of them have beside. */
static void
start(const char *attrs, const char *phones)
{
	static const char *const names[] = { "alice", "bob", "carol" };
	struct buf of_phone = BUF_INIT;
	struct node *conf;

	stage_open(&s);
	tester_open(&s, &t, "peer", 9);
	conf = stage_add(&s, "conf", "conference", "conf.example", 4, attrs);
	CU_ASSERT_EQUAL_FATAL(world_add_domain(s.w, "conf.example", conf), 0);
	CU_ASSERT_EQUAL_FATAL(node_set_attr(conf, "rooms", "lecture x/y"), 0);
	CU_ASSERT_EQUAL_FATAL(node_start(conf), 0);
	buf_printf(&of_phone, "answer=1s %s", phones);
	for (unsigned i = 0; i < 3; i++)
		stage_node(&s, names[i], "ua", "", i + 1, buf_cstr(&of_phone));
	buf_free(&of_phone);
}

static void
stop(void)
{
	CU_ASSERT(stage_run(&s, 400000));
	CU_ASSERT_EQUAL(sim_held(s.w->sim), 0);
	stage_close(&s);
	tester_close(&t);
}

/* PHONE calls TARGET and is in there. */
static void
enter(const char *phone, const char *target)
{
	CU_ASSERT(stage_call(&s, phone, target)[0] != '\0');
	CU_ASSERT(stage_run(&s, 6000));
}

/* How often WHO's participant has come to be in STATE. */
static size_t
comes_to_be(const char *state)
{
	char to[64];

	snprintf(to, sizeof(to), "\"to\":\"%s\"", state);
	return stage_count(&s, "\"machine\":\"participant\"", to, NULL);
}

static size_t
noted(const char *node, const char *text)
{
	char at[64];

	snprintf(at, sizeof(at), "\"node\":\"%s\"", node);
	return stage_count(&s, KIND("note"), at, text);
}

/* ---- 5.4, 5.12 ---- */

static void
factory_makes_one(void)
{
	start("", "");
	enter("alice", "sip:conf@conf.example");
	CU_ASSERT_EQUAL(comes_to_be("connected"), 1);
	/* The new one's URI. */
	const char *at = strstr(buf_cstr(&s.trace), ">;isfocus");
	char uri[80] = "";

	CU_ASSERT_PTR_NOT_NULL_FATAL(at);
	while (*at != '<')
		at--;
	snprintf(uri, sizeof(uri), "%.*s", (int)strcspn(at + 1, ">"), at + 1);
	CU_ASSERT_EQUAL(strncmp(uri, "sip:", 4), 0);
	CU_ASSERT(strcmp(uri, "sip:conf@conf.example") != 0);
	enter("bob", uri);
	CU_ASSERT_EQUAL(comes_to_be("connected"), 2);
	/* Its creator leaves. */
	CU_ASSERT_EQUAL(stage_do(&s, "alice", "bye", "alice/1", NULL), 0);
	CU_ASSERT(stage_run(&s, 6000));
	CU_ASSERT_EQUAL(comes_to_be("disconnected"), 2);
	CU_ASSERT_EQUAL(
	    stage_count(&s, RULE("conference-delete"), KIND("send"), "BYE"), 1);
	CU_ASSERT_EQUAL(noted("bob", "it is over"), 1);
	enter("carol", uri);
	CU_ASSERT_EQUAL(stage_count(&s, RULE("uas-uri"), "404", NULL), 1);
	stop();
}

/* ---- what is refused ---- */

static void
refused(unsigned status, const char *rule)
{
	char said[16], by[64];

	snprintf(said, sizeof(said), "\"SIP/2.0 %u", status);
	snprintf(by, sizeof(by), "\"rule\":\"%s\"", rule);
	CU_ASSERT(stage_run(&s, 1000));
	CU_ASSERT_EQUAL(stage_count(&s, KIND("send"), by, said), 1);
	if (stage_count(&s, KIND("send"), by, said) != 1)
		printf("  %u %s\n", status, rule);
}

/* Whoever is there may not remove others from what somebody else has made. */
static void
only_its_creator_removes(void)
{
	char uri[80] = "";
	const char *at;

	start("", "");
	enter("alice", "sip:conf@conf.example");
	at = strstr(buf_cstr(&s.trace), ">;isfocus");
	CU_ASSERT_PTR_NOT_NULL_FATAL(at);
	while (*at != '<')
		at--;
	snprintf(uri, sizeof(uri), "%.*s", (int)strcspn(at + 1, ">"), at + 1);
	enter("bob", uri);
	CU_ASSERT_EQUAL(stage_do(&s, "bob", "refer", NULL, "target", uri, "to",
			    "sip:alice@192.0.2.1;method=BYE", NULL),
	    0);
	refused(403, "conference-stranger");
	/* Oneself one may. */
	CU_ASSERT_EQUAL(stage_do(&s, "bob", "refer", NULL, "target", uri, "to",
			    "sip:bob@192.0.2.2;method=BYE", NULL),
	    0);
	CU_ASSERT(stage_run(&s, 6000));
	CU_ASSERT_EQUAL(comes_to_be("disconnected"), 1);
	CU_ASSERT_EQUAL(stage_do(&s, "alice", "bye", "alice/1", NULL), 0);
	stop();
}

CHECK_MAIN("conference", { "factory makes one", factory_makes_one },
    { "only its creator removes", only_its_creator_removes }, )
