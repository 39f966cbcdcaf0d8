/*
 * A queue calls an agent for one caller when another has hung up, and tells yet
 * another that he has moved on: what it sends was made of the message of the
 * caller for whom it is, or of none, not of what has happened to the others.
 */
#include "fixtures/check.h"

#include "engine/engine.h"
#include "follower/b2bua_changes.h"

#define TOPOLOGY(strategy, nobody)                                         \
	"graph g { help [role=queue, domain=\"shop.example.com\","         \
	" inbound=true, wrap_up=\"0s\", strategy=\"" strategy "\","        \
	" addr=\"192.0.2.11\"] node [domain=\"shop.example.com\"]"         \
	" ann [role=ua, register=true, answer=\"1s\", addr=\"192.0.2.4\"]" \
	" ben [role=ua, register=true, answer=\"" nobody                   \
	"\", addr=\"192.0.2.5\"] node [domain=\"\"]"                       \
	" alice [role=ua, addr=\"192.0.2.1\"]"                             \
	" bob [role=ua, addr=\"192.0.2.2\"]"                               \
	" carol [role=ua, addr=\"192.0.2.3\"]"                             \
	" lan [shape=ellipse] lan -- {help ann ben alice bob carol} }"
#define LAB(script)                                                         \
	"lab { title = \"Q\", topology = \"t.gv\", duration = \"100s\" }\n" \
	"local help = \"sip:help@shop.example.com\"\n"                      \
	"local function call(who) return node(who):invite(help) end\n"      \
	"script(function() sleep \"1s\"\n" script "end)\n"

static const struct {
	const char *topology, *lab, *want;
} scenes[] = {
	/* Bob waits until Alice has hung up; Carol until Ann has logged off. */
	{ TOPOLOGY("longest-idle", "1s"),
	    LAB("node \"ben\":unregister() sleep \"1s\" local a = call "
		"\"alice\"\n"
		"sleep \"5s\" local b = call \"bob\"\n"
		"sleep \"1s\" call \"carol\" sleep \"15s\" a:bye()\n"
		"sleep \"12s\" node \"ann\":unregister() sleep \"5s\" "
		"b:bye()\n"),
	    "INVITE to ann of alice's INVITE\n"
	    "180 INVITE to alice of ann's 180 INVITE\n"
	    "200 INVITE to alice of ann's 200 INVITE\n"
	    "BYE to ann of alice's BYE\n"
	    "INVITE to ann of bob's INVITE\n"
	    "180 INVITE to bob of ann's 180 INVITE\n"
	    "200 INVITE to bob of ann's 200 INVITE\n"
	    "BYE to ann of bob's BYE\n" },
	/* Bob's call rings at Ben's, who does not answer, then at Ann's, too.
	 */
	{ TOPOLOGY("all", "never"),
	    LAB("local a = call \"alice\" sleep \"5s\" local b = call \"bob\"\n"
		"sleep \"5s\" a:bye() sleep \"5s\" b:bye()\n"),
	    "INVITE to ann of alice's INVITE\n"
	    "INVITE to ben of alice's INVITE\n"
	    "180 INVITE to alice of ann's 180 INVITE\n"
	    "200 INVITE to alice of ann's 200 INVITE\n"
	    "INVITE to ben of bob's INVITE\n"
	    "180 INVITE to bob of ben's 180 INVITE\n"
	    "BYE to ann of alice's BYE\n"
	    "INVITE to ann of bob's INVITE\n"
	    "200 INVITE to bob of ann's 200 INVITE\n"
	    "BYE to ann of bob's BYE\n" },
};

static void
say(struct buf *out, const struct trace_send *s)
{
	if (s->status != 0)
		buf_printf(out, "%u ", s->status);
	buf_str(out, sent_message_method(s));
}

static void
say_passage(
    struct buf *out, const struct trace *t, const struct b2bua_passage *p)
{
	struct sent_message in = SENT_MESSAGE_INIT, made = in;

	CU_ASSERT_EQUAL(sent_message_read(&in, t, p->from), 0);
	CU_ASSERT_EQUAL(sent_message_read(&made, t, p->to), 0);
	say(out, &made.send);
	buf_printf(out, " to %.*s of %.*s's ", STR_ARG(made.send.dst),
	    STR_ARG(in.send.src));
	say(out, &in.send);
	buf_putc(out, '\n');
	sent_message_free(&in);
	sent_message_free(&made);
}

static void
made_of(const char *lab, const char *topology, const char *want)
{
	struct engine_text texts[] = { { "t.lua", str_of(lab) },
		{ "t.gv", str_of(topology) } };
	struct engine_inputs in = { .texts = texts, .ntexts = 2 };
	struct engine *e = NULL;
	struct engine_progress done;
	struct engine_branch b;
	struct diag d = DIAG_INIT;
	LOCAL_BUF got = BUF_INIT;

	CU_ASSERT_EQUAL_FATAL(engine_open(&e, &in, &d), 0);
	CU_ASSERT_EQUAL(engine_advance(e, 0, 0, &done, &d), 0);
	CU_ASSERT_TRUE_FATAL(engine_branch(e, 0, &b));
	for (uint64_t seq = 1; seq <= trace_count(b.trace); seq++) {
		struct b2bua_passage p;

		if (trace_kind_of(b.trace, seq) == TRACE_SEND &&
		    b2bua_passage_find(&p, b.trace, seq) == 0)
			say_passage(&got, b.trace, &p);
	}
	CU_ASSERT_STRING_EQUAL(buf_cstr(&got), want);
	if (strcmp(buf_cstr(&got), want) != 0)
		printf("%s", buf_cstr(&got));
	engine_close(e);
}

static void
made_of_its_own_caller(void)
{
	for (size_t i = 0; i < sizeof(scenes) / sizeof(scenes[0]); i++)
		made_of(scenes[i].lab, scenes[i].topology, scenes[i].want);
}

CHECK_MAIN(
    "queue_passages", { "made of its own caller's", made_of_its_own_caller })
