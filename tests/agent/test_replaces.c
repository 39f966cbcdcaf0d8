/*
 * INVITEs that are about another call: Replaces (RFC 3891), Join (RFC 3911).
 * bob has a call with the tester "peer"; the tester "carol" wants it.
 */
#include "agent/refer.h"
#include "agent/replaces.h"
#include "roles/ua/ua.h"
#include "fixtures/stage.h"

static struct stage s;
static struct tester peer, carol;

#define PEER "sip:peer@192.0.2.9"
#define BOB  "sip:bob@192.0.2.3"
#define OLD  "bob/1"
#define NEW  "bob/2"

static void
start(const char *attrs)
{
	stage_open(&s);
	tester_open(&s, &peer, "peer", 9);
	tester_open(&s, &carol, "carol", 8);
	stage_node(&s, "bob", "ua", "b.example", 3, attrs);
}

static void
stop(void)
{
	CU_ASSERT(stage_run(&s, 140000));
	stage_close(&s);
	tester_close(&peer);
	tester_close(&carol);
}

/* ---- bob's call with the peer, whose tag is p ---- */

enum stand { CALLED, RINGS, CALLS, SILENT, TALKS, HUNG_UP, GONE };

static void
call(enum stand stand)
{
	if (stand == RINGS || stand == CALLED) {
		tester_ask(&peer, 3, "INVITE", BOB, "<sip:bob@b.example>", "p",
		    1, "old", CONTACT(9));
		stage_run(&s, stand == RINGS ? 100 : 5000);
		return;
	}
	stage_call(&s, "bob", PEER);
	stage_run(&s, 15);
	if (stand == SILENT)
		return;
	tester_answer(&peer, 0, stand == CALLS ? 180 : 200, "p", CONTACT(9));
	stage_run(&s, 25);
	if (stand == HUNG_UP || stand == GONE)
		stage_do(&s, "bob", "bye", OLD, NULL);
	stage_run(&s, 25);
	if (stand != GONE)
		return;
	tester_answer(&peer, tester_find(&peer, "BYE", 0, 0), 200, "", "");
	stage_run(&s, 25);
}

/* Ends what the tests leave: what BYE, CANCEL and INVITE the testers got. */
static void
clean(void)
{
	stage_do(&s, "bob", "bye", OLD, NULL);
	stage_do(&s, "bob", "bye", NEW, NULL);
	stop();
}

/* %C is the old call's Call-ID, %L bob's tag, %R the peer's. */
static void
write_field(const char *text, struct buf *out)
{
	size_t from = tester_find(&peer, "INVITE", 0, 0);
	bool called = from == TESTER_GOT;
	const struct msg *m = tester_at(&peer, called ? 0 : from);

	for (; *text != '\0'; text++) {
		if (*text != '%') {
			buf_putc(out, *text);
			continue;
		}
		text++;
		if (*text == 'C')
			buf_str(out, msg_value(m, MSG_H_CALL_ID));
		else if (*text == 'L')
			buf_str(out, msg_tag(msg_value(
					 m, called ? MSG_H_TO : MSG_H_FROM)));
		else
			buf_puts(out, *text == '%' ? "%" : "p");
	}
}

/* carol's INVITE; the status of its answer. */
static unsigned
ask(const char *fields)
{
	struct buf extra = BUF_INIT;

	buf_puts(&extra, CONTACT(8));
	write_field(fields, &extra);
	tester_ask(&carol, 3, "INVITE", BOB, "<sip:bob@b.example>", "c", 1,
	    "new", buf_cstr(&extra));
	buf_free(&extra);
	stage_run(&s, 25);
	return tester_status(&carol, 0);
}

#define NAMES    "%C;to-tag=%L;from-tag=%R"
#define REPLACES "Replaces: " NAMES
#define JOIN     "Join: " NAMES

static const struct {
	enum stand stand;
	const char *attrs, *fields;
	unsigned status;
	const char *rule;
} rows[] = {
	/* What is there to be replaced. */
	{ CALLED, "", REPLACES "\n", 200, RULE("replaces-accept") },
	{ TALKS, "", REPLACES "\n", 200, RULE("replaces-accept") },
	{ CALLS, "", REPLACES "\n", 200, RULE("replaces-accept") },
	{ TALKS, "", "Require: replaces\n" REPLACES "\n", 200,
	    RULE("replaces-accept") },
	{ TALKS, "", "Require: Replaces, path\n" REPLACES "\n", 200,
	    RULE("replaces-accept") },
	{ TALKS, "", "Require: replaces, x\n" REPLACES "\n", 420,
	    RULE("uas-require") },
	{ TALKS, "busy=true", REPLACES "\n", 200, RULE("replaces-accept") },
	{ TALKS, "lines=1", REPLACES "\n", 200, RULE("replaces-accept") },
	{ RINGS, "", REPLACES "\n", 481, RULE("replaces-early") },
	{ SILENT, "", REPLACES "\n", 481, RULE("replaces-none") },
	{ HUNG_UP, "", REPLACES "\n", 603, RULE("replaces-over") },
	{ GONE, "", REPLACES "\n", 603, RULE("replaces-over") },
	{ TALKS, "replaces=refuse", REPLACES "\n", 403,
	    RULE("replaces-denied") },
	/* early-only */
	{ CALLS, "", REPLACES ";early-only\n", 200, RULE("replaces-accept") },
	{ TALKS, "", REPLACES ";early-only\n", 486, RULE("replaces-answered") },
	{ CALLED, "", REPLACES ";Early-Only\n", 486,
	    RULE("replaces-answered") },
	{ RINGS, "", REPLACES ";early-only\n", 481, RULE("replaces-early") },
	/* The names. */
	{ TALKS, "", "Replaces: %C;from-tag=%R;x=y;to-tag=%L\n", 200,
	    RULE("replaces-accept") },
	{ TALKS, "", "Replaces: %C;to-tag=%R;from-tag=%L\n", 481,
	    RULE("replaces-none") },
	{ TALKS, "", "Replaces: other;to-tag=%L;from-tag=%R\n", 481,
	    RULE("replaces-none") },
	{ TALKS, "", "Replaces: %C;to-tag=%L;from-tag=0\n", 481,
	    RULE("replaces-none") },
	{ TALKS, "", "Replaces: %C%%3Bto-tag=%L;from-tag=%R\n", 400,
	    RULE("replaces-bad") },
	/* What is no Replaces. */
	{ TALKS, "", "Replaces: %C;to-tag=%L\n", 400, RULE("replaces-bad") },
	{ TALKS, "", "Replaces: %C;from-tag=%R\n", 400, RULE("replaces-bad") },
	{ TALKS, "", "Replaces: %C;to-tag;from-tag=%R\n", 400,
	    RULE("replaces-bad") },
	{ TALKS, "", "Replaces: %C;to-tag=\"%L\";from-tag=%R\n", 400,
	    RULE("replaces-bad") },
	{ TALKS, "", REPLACES ";to-tag=%L\n", 400, RULE("replaces-bad") },
	{ TALKS, "", "Replaces: ;to-tag=%L;from-tag=%R\n", 400,
	    RULE("replaces-bad") },
	{ TALKS, "", "Replaces: %C\n", 400, RULE("replaces-bad") },
	{ TALKS, "", "Replaces:\n", 400, RULE("replaces-bad") },
	{ TALKS, "", REPLACES ", " NAMES "\n", 400, RULE("replaces-bad") },
	{ TALKS, "", REPLACES "\n" REPLACES "\n", 400, NULL },
	{ TALKS, "", REPLACES "\n" JOIN "\n", 400, RULE("replaces-bad") },
	/* Join */
	{ TALKS, "", JOIN "\n", 180, RULE("invite-progress") },
	{ TALKS, "answer=0s", JOIN "\n", 200, RULE("join-accept") },
	{ RINGS, "", JOIN "\n", 180, RULE("invite-progress") },
	{ TALKS, "lines=1", "Require: join\n" JOIN "\n", 180,
	    RULE("invite-progress") },
	{ SILENT, "", JOIN "\n", 481, RULE("join-none") },
	{ GONE, "", JOIN "\n", 603, RULE("join-over") },
	{ TALKS, "replaces=refuse", JOIN "\n", 403, RULE("join-denied") },
	{ TALKS, "", "Join: %C;to-tag=%L\n", 400, RULE("join-bad") },
	{ TALKS, "", JOIN ", " NAMES "\n", 400, RULE("join-bad") },
};

/* ---- what comes of it ---- */

/* A field as long as a message lets it be, and longer names than any has. */
static void
huge(void)
{
	struct buf text = BUF_INIT;

	buf_puts(&text, "Replaces: ");
	for (size_t i = 0; i < 20000; i++)
		buf_putc(&text, 'a');
	for (size_t i = 0; i < 3000; i++)
		buf_printf(&text, ";x%zu=%zu", i, i);
	buf_puts(&text, ";to-tag=%L;from-tag=%R\n");
	start("");
	call(TALKS);
	ask(buf_cstr(&text));
	CU_ASSERT(
	    tester_status(&carol, 0) == 0 || tester_status(&carol, 0) >= 400);
	CU_ASSERT(stage_call_is(&s, OLD, "confirmed"));
	clean();
	buf_free(&text);
}

static void
fields_are_read(void)
{
	static const struct {
		const char *text;
		bool good, early;
	} values[] = {
		{ "98732@sip.example.com ;from-tag=r33th4x0r ;to-tag=ff87ff",
		    true, false },
		{ "12adf2f34456gs5;to-tag=12345;from-tag=54321;early-only",
		    true, true },
		{ "a;TO-TAG=1;From-Tag=2;early-only=x", true, true },
		{ "a b;to-tag=1;from-tag=2", false, false },
		{ "a;to-tag=1;from-tag=2;", false, false },
		{ "a;to-tag=1;from-tag=2 3", false, false },
		{ "a;to-tag=1@2;from-tag=2", false, false },
		{ "a;;to-tag=1;from-tag=2", false, false },
		{ "", false, false },
		{ ";", false, false },
	};

	for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++) {
		struct agent_place_name name;
		int err = agent_place_read(str_of(values[i].text), &name);

		CU_ASSERT_EQUAL(err == 0, values[i].good);
		if ((err == 0) != values[i].good)
			printf("  %s\n", values[i].text);
		if (err == 0)
			CU_ASSERT_EQUAL(name.early_only, values[i].early);
	}
}

/* ---- verbs: phones among themselves ---- */

/* What stands in Refer-To, and what becomes of it. */
static void
targets_are_read(void)
{
#define URI "sip:carol@192.0.2.5"
	static const struct {
		const char *text, *uri, *headers; /* NULL: refused */
	} targets[] = {
		{ URI, URI, "" },
		{ URI ";x=y", URI ";x=y", "" },
		{ URI ";method=INVITE;x?Replaces=a%3Bto-tag%3D1%3Bfrom-tag%3D2",
		    URI ";x",
		    "Require: replaces\nReplaces: a;to-tag=1;from-tag=2" },
		{ URI "?Require=replaces&replaces=a%3bto-tag=1%3bfrom-tag=2",
		    URI, "Require: replaces\nReplaces: a;to-tag=1;from-tag=2" },
		{ URI "?Join=a%40b%3Bto-tag%3D1%3Bfrom-tag%3D2", URI,
		    "Require: join\nJoin: a@b;to-tag=1;from-tag=2" },
		{ URI "?Subject=hello", NULL, NULL },
		{ URI "?From=a", NULL, NULL },
		{ URI "?Require=100rel", NULL, NULL },
		{ URI "?Replaces", NULL, NULL },
		{ URI "?Replaces=", NULL, NULL },
		{ URI "?Replaces=a%3Bto-tag%3D1", NULL, NULL },
		{ URI "?Replaces=a%3Bto-tag%3D1%3Bfrom-tag%3D2%0D%0AFrom:x",
		    NULL, NULL },
		{ URI "?Replaces=a%3Bto-tag%3D1%3Bfrom-tag%3D2%3Bx%3D%22%0A%22",
		    NULL, NULL },
		{ URI "?Replaces=a%00%3Bto-tag%3D1%3Bfrom-tag%3D2", NULL,
		    NULL },
		{ URI "?Replaces=a%3Bto-tag%3D1%3Bfrom-tag%3D2&Join="
		      "a%3Bto-tag%3D1%3Bfrom-tag%3D2",
		    NULL, NULL },
		{ URI ";method=BYE", URI, "" },
		{ URI ";method=BYE?Replaces=a", NULL, NULL },
		{ URI ";method=REFER?Refer-To=sip:a%40b", URI, "sip:a@b" },
		{ URI ";method=REFER?Refer-To=", NULL, NULL },
		{ URI ";method=REFER?Refer-To=sip:a%40b%0D%0AX:y", NULL, NULL },
		{ URI ";method=REFER?Refer-To=a&Refer-To=b", NULL, NULL },
		{ URI ";method=REFER", NULL, NULL },
		{ URI ";method=MESSAGE", NULL, NULL },
		{ "sips:carol@192.0.2.5", NULL, NULL },
		{ "tel:123", NULL, NULL },
	};

	for (size_t i = 0; i < sizeof(targets) / sizeof(targets[0]); i++) {
		struct agent_refer_target t;
		int err =
		    agent_refer_target_read(NULL, str_of(targets[i].text), &t);

		CU_ASSERT_EQUAL(err == 0, targets[i].uri != NULL);
		if ((err == 0) != (targets[i].uri != NULL))
			printf("  %s\n", targets[i].text);
		if (err == 0 && targets[i].uri != NULL) {
			CU_ASSERT_STRING_EQUAL(
			    buf_cstr(&t.uri), targets[i].uri);
			CU_ASSERT_STRING_EQUAL(
			    t.headers.n > 0 ? buf_cstr(&t.headers) : "",
			    targets[i].headers);
		}
		agent_refer_target_free(&t);
	}
}

CHECK_MAIN("replaces", { "fields_are_read", fields_are_read }, { "huge", huge },
    { "targets_are_read", targets_are_read }, )
