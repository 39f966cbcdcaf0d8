/*
 * Which role of a node takes what arrives (docs/TOPOLOGY.md, "Several roles"):
 * by dialog, by `serves`, by method and package, by its user, a redirect server
 * what is its domain's, a proxy the rest.  Each row is a request to a node and
 * who has it, in either order of the roles, and again after a crash.
 */
#include "fixtures/stage.h"

#define ALL                                                         \
	"ua proxy registrar location redirect presence controller " \
	"voicemail"
#define PAIR "proxy redirect location"

/* Who has it: they answer in ways of their own. */
#define UA       486 /* busy=true */
#define REDIRECT 302
#define PROXY    0   /* it comes to whom it is bound to */
#define BOX      480 /* nobody's domain; a queue: nobody is logged on */

#define OWN  "Route: <sip:192.0.2.3;lr>\n"
#define PAST OWN "Route: <sip:192.0.2.8;lr>\n"
#define GONE ";tag=gone"

static const struct {
	const char *roles, *serves, *method, *uri;
	const char *tag, *extra; /* of To; whole lines */
	unsigned who;
} rows[] = {
	/* A redirect server has its domain, a proxy what is left. */
	{ PAIR, "", "INVITE", "sip:bob@example.com", "", "", REDIRECT },
	{ PAIR, "", "INVITE", "sip:bob@192.0.2.3", "", "", 404 },
	{ PAIR, "", "INVITE", "sip:bob@192.0.2.8", "", "", PROXY },
	{ PAIR, "", "INVITE", "sip:bob@example.com", "", OWN, REDIRECT },
	{ PAIR, "", "INVITE", "sip:bob@example.com", "", PAST, PROXY },
	{ PAIR, "", "BYE", "sip:bob@example.com", GONE, "", PROXY },
	{ PAIR, "", "ACK", "sip:bob@192.0.2.8", GONE, "", PROXY },
	{ PAIR, "", "OPTIONS", "sip:192.0.2.3", "", "", 200 },
	{ PAIR, "", "CANCEL", "sip:bob@example.com", "", "", 481 },
	{ PAIR, "", "INVITE", "tel:1", "", "", 416 },
	{ "redirect location", "", "INVITE", "sip:bob@b.example", "", "", 404 },
	/* Or whom it is told to serve: users before domains. */
	{ PAIR, "redirect=carol", "INVITE", "sip:bob@example.com", "", "",
	    PROXY },
	{ PAIR, "redirect=carol", "INVITE", "sip:carol@example.com", "", "",
	    REDIRECT },
	{ PAIR, "redirect=carol", "INVITE", "sip:carol@EXAMPLE.com", "", "",
	    REDIRECT },
	{ PAIR, "redirect=sip:carol@example.com", "INVITE",
	    "sip:carol@example.com", "", "", REDIRECT },
	{ PAIR, "redirect=carol", "INVITE", "tel:1", "", "", 416 },
	{ PAIR, "proxy=bob", "INVITE", "sip:bob@example.com", "", "", PROXY },
	{ PAIR, "proxy=bob", "INVITE", "sip:carol@example.com", "", "",
	    REDIRECT },
	{ PAIR, "redirect=old.example.com", "INVITE",
	    "sip:dora@old.example.com", "", "", REDIRECT },
	{ PAIR, "redirect=old.example.com", "INVITE", "sip:bob@example.com", "",
	    "", PROXY },
	{ PAIR, "redirect=example.com proxy=bob", "INVITE",
	    "sip:bob@example.com", "", "", PROXY },
	{ PAIR, "redirect=example.com proxy=bob", "INVITE",
	    "sip:carol@example.com", "", "", REDIRECT },
	{ "redirect location", "redirect=carol", "INVITE",
	    "sip:bob@example.com", "", "", REDIRECT },
	/* What is in a dialog, or to be, is not told apart by its URI. */
	{ PAIR, "redirect=carol", "BYE", "sip:carol@192.0.2.8", GONE, "",
	    PROXY },
	/* Methods and packages. */
	{ ALL, "", "REGISTER", "sip:example.com", "", "", 200 },
	{ ALL, "redirect=carol", "REGISTER", "sip:example.com", "", "", 200 },
	{ ALL, "redirect=old.example.com", "REGISTER", "sip:example.com", "",
	    "", 200 },
	{ ALL, "redirect=example.com registrar=example.com", "REGISTER",
	    "sip:example.com", "", "", 200 },
	{ ALL, "", "SUBSCRIBE", "sip:bob@example.com", "", "Event: presence\n",
	    200 },
	{ ALL, "redirect=bob", "SUBSCRIBE", "sip:bob@example.com", "",
	    "Event: presence\n", REDIRECT },
	{ ALL, "redirect=bob presence=bob", "SUBSCRIBE", "sip:bob@example.com",
	    "", "Event: presence\n", 200 },
	{ ALL, "redirect=carol voicemail=vm", "SUBSCRIBE",
	    "sip:dora@example.com", "", "Event: message-summary\n", 403 },
	{ ALL, "redirect=carol", "PUBLISH", "sip:bob@example.com", "",
	    "Event: nothing\n", 489 },
	/* Users: a phone's, voice mail's. */
	{ ALL, "ua=desk", "INVITE", "sip:desk@example.com", "", "", UA },
	{ ALL, "ua=desk", "INVITE", "sip:desk@192.0.2.3", "", "", UA },
	{ ALL, "redirect=carol ua=desk", "INVITE", "sip:bob@example.com", "",
	    "", PROXY },
	{ ALL, "ua=desk", "MESSAGE", "sip:desk@example.com", "",
	    "Content-Type: text/plain\n", 200 },
	{ "proxy location voicemail", "", "INVITE", "sip:dora@example.com", "",
	    "", 200 },
	{ "proxy location voicemail", "voicemail=vm", "INVITE",
	    "sip:dora@example.com", "", "", PROXY },
	{ "proxy location voicemail", "voicemail=vm", "INVITE",
	    "sip:vm@example.com;target=sip:dora%40example.com", "", "", 200 },
	{ "proxy location voicemail", "voicemail=vm.example.com", "INVITE",
	    "sip:dora@vm.example.com", "", "", 200 },
	{ ALL, "redirect=carol voicemail=vm", "INVITE",
	    "sip:vm@example.com;target=sip:dora%40example.com", "", "", 200 },
	{ ALL, "redirect=carol voicemail=vm", "MESSAGE", "sip:vm@example.com",
	    "", "Content-Type: text/plain\n", 405 },
	/* A box takes whoever is called, unless it is told whom. */
	{ "redirect location b2bua", "b2bua=carol", "INVITE",
	    "sip:bob@example.com", "", "", REDIRECT },
	{ "redirect location b2bua", "b2bua=carol", "INVITE",
	    "sip:carol@example.com", "", "", BOX },
	{ "redirect location b2bua", "", "INVITE", "sip:bob@example.com", "",
	    "", BOX },
	/* … and no phone of its own, nor what another service is asked for. */
	{ "ua b2bua", "", "INVITE", "sip:srv@example.com", "", "", UA },
	{ "ua sbc", "", "INVITE", "sip:srv@192.0.2.3", "", "", UA },
	{ "ua b2bua", "", "INVITE", "sip:bob@192.0.2.8", "", "", PROXY },
	{ "ua b2bua", "b2bua=srv", "INVITE", "sip:srv@example.com", "", "",
	    BOX },
	{ "voicemail b2bua", "", "INVITE", "sip:dora@example.com", "", "",
	    200 },
	{ "registrar location sbc", "", "REGISTER", "sip:example.com", "", "",
	    200 },
	{ "presence sbc", "", "SUBSCRIBE", "sip:bob@example.com", "",
	    "Event: presence\n", 200 },
	/* A queue has its domain's users, a conference server its rooms. */
	{ "ua queue", "queue=help", "INVITE", "sip:help@example.com", "", "",
	    BOX },
	{ "ua queue", "queue=help", "INVITE", "sip:srv@example.com", "", "",
	    UA },
	{ "redirect location queue", "queue=help", "INVITE",
	    "sip:bob@example.com", "", "", REDIRECT },
	{ "registrar location queue", "", "REGISTER", "sip:example.com", "", "",
	    200 },
	{ "redirect location conference", "", "INVITE", "sip:bob@example.com",
	    "", "", REDIRECT },
	{ "redirect location conference", "", "INVITE",
	    "sip:lecture@example.com", "", "", 200 },
	{ "b2bua queue", "queue=help", "INVITE", "sip:help@example.com", "", "",
	    BOX },
	{ "b2bua conference", "", "INVITE", "sip:lecture@192.0.2.3", "", "",
	    200 },
	/* A program has its domain's requests that nobody else takes; without
	 * one it refuses all. */
	{ "proxy location script", "", "INVITE", "sip:bob@example.com", "", "",
	    501 },
	{ "proxy location script", "", "INVITE", "sip:bob@192.0.2.8", "", "",
	    PROXY },
	{ "ua script", "", "INVITE", "sip:srv@example.com", "", "", UA },
	{ "redirect location script", "script=carol", "INVITE",
	    "sip:bob@example.com", "", "", REDIRECT },
	{ "redirect location script", "script=carol", "INVITE",
	    "sip:carol@example.com", "", "", 501 },
	/* A voice menu has whoever is called there. */
	{ "ua menu", "menu=help", "INVITE", "sip:help@example.com", "", "",
	    BOX },
	{ "ua menu", "menu=help", "INVITE", "sip:srv@example.com", "", "", UA },
	{ "redirect location menu", "menu=help", "INVITE",
	    "sip:bob@example.com", "", "", REDIRECT },
	{ "proxy location menu", "", "INVITE", "sip:dora@example.com", "", "",
	    BOX },
	{ "menu b2bua", "", "INVITE", "sip:dora@example.com", "", "", BOX },
	/* Two that would take it alike: the first. */
	{ "ua voicemail", "voicemail=vm", "INVITE", "sip:srv@example.com", "",
	    "", UA },
};

#define NROWS (sizeof(rows) / sizeof(rows[0]))

static struct stage s;
static struct tester caller, other;

static void
bind(const char *aor, const char *contact)
{
	CU_ASSERT_EQUAL(stage_do(&s, "srv", "bind", NULL, "aor", aor, "contact",
			    contact, NULL),
	    0);
}

static void
bind_all(void)
{
	if (node_role_state(world_find(s.w, "srv"), "location") == NULL)
		return;
	bind("bob", "sip:bob@192.0.2.8");
	bind("carol", "sip:carol@192.0.2.8");
	bind("dora", "sip:dora@192.0.2.8");
	bind("sip:dora@old.example.com", "sip:dora@192.0.2.8");
}

/* WORDS the other way round. */
static void
turn(const char *words, char *out, size_t room)
{
	struct str rest = str_of(words);
	char was[200];

	out[0] = '\0';
	while (rest.n > 0) {
		struct str word = str_cut(rest, ' ', &rest);

		snprintf(was, sizeof(was), "%s", out);
		snprintf(out, room, "%.*s%s%s", STR_ARG(word),
		    was[0] != '\0' ? " " : "", was);
	}
}

/* Who has row I, as rows[].who has it; 1: nobody. */
static unsigned
ask(size_t i, const char *id)
{
	char to[200], extra[200];
	bool dialog =
	    msg_method_is(msg_method_find(str_of(rows[i].method)), MSG_FORMS);
	size_t from = caller.n;
	unsigned who = 1;

	snprintf(to, sizeof(to), "<%s>%s", rows[i].uri, rows[i].tag);
	snprintf(extra, sizeof(extra), "%s%s", dialog ? CONTACT(9) : "",
	    rows[i].extra);
	tester_ask(
	    &caller, 3, rows[i].method, rows[i].uri, to, id, 1, id, extra);
	CU_ASSERT(stage_run(&s, 400));
	for (size_t k = 0; k < other.n; k++)
		if (tester_is(&other, k, rows[i].method))
			who = PROXY;
	for (; from < caller.n; from++) {
		unsigned status = tester_status(&caller, from);

		if (status < 200)
			continue;
		CU_ASSERT(who == 1);
		who = status;
	}
	return who;
}

static void
check_row(size_t i, const char *roles)
{
	struct node *n;
	unsigned first, again;

	stage_open(&s);
	tester_open(&s, &caller, "caller", 9);
	tester_open(&s, &other, "other", 8);
	n = stage_node(&s, "srv", roles, "example.com", 3,
	    "busy=true answer=0s mailboxes=dora rooms=lecture");
	CU_ASSERT_EQUAL(node_set_attr(n, "serves", rows[i].serves), 0);
	bind_all();
	first = ask(i, "first");
	node_crash(n);
	CU_ASSERT_EQUAL(node_start(n), 0);
	bind_all();
	again = ask(i, "again");
	if (first != rows[i].who || again != rows[i].who)
		printf("  %s, serves=\"%s\": %s %s: %u, %u, expected %u\n",
		    roles, rows[i].serves, rows[i].method, rows[i].uri, first,
		    again, rows[i].who);
	CU_ASSERT_EQUAL(first, rows[i].who);
	CU_ASSERT_EQUAL(again, rows[i].who);
	stage_close(&s);
	tester_close(&caller);
	tester_close(&other);
}

static void
each_request_has_its_role(void)
{
	char turned[200];

	for (size_t i = 0; i < NROWS; i++) {
		check_row(i, rows[i].roles);
		turn(rows[i].roles, turned, sizeof(turned));
		/* The last row is of the order. */
		if (i + 1 < NROWS)
			check_row(i, turned);
	}
}

CHECK_MAIN(
    "roles apart", { "each_request_has_its_role", each_request_has_its_role })
