/*
 * A handset and rung's phones: whatever one of them asks of the other is
 * understood.  Each case is a script, and what the handset and a phone send.
 */
#include "fixtures/check.h"
#include "fixtures/emu_board.h"
#include "fixtures/labs.h"

#include <sys/stat.h>

static const char net[] =
    "graph net { graph [domain=\"example.com\", seed=5] edge [delay=\"5ms\"]\n"
    "hs [role=handset, aor=\"sip:1000@example.com\", register=true,\n"
    "    outbound=px]\n"
    "px [role=\"proxy registrar location\"]\n"
    "bob [role=ua, aor=\"sip:1001@example.com\", register=true, outbound=px]\n"
    "carol [role=ua, aor=\"sip:1002@example.com\", register=true,\n"
    "    outbound=px, answer=\"1s\"]\n"
    "lan [shape=ellipse] hs -- lan -- px bob -- lan -- carol }\n";

#define BEGIN                                                     \
	"lab { title = \"x\", topology = \"net.gv\", duration = " \
	"\"40s\" }\n"                                             \
	"local hs, bob, carol = node \"hs\", node \"bob\", "      \
	"node \"carol\"\n"
#define MAIN                  \
	"script(function()\n" \
	"hs:wait_screen(\"Registered\", \"5s\")\n"
#define TALK                                                 \
	"local call = bob:invite(hs)\n"                      \
	"hs:wait_screen(\"Incoming\", \"5s\") hs:answer()\n" \
	"wait(call, \"confirmed\", \"5s\") sleep \"1s\"\n"
#define END "end)\n"

static const struct {
	const char *what, *script;
	/* methods and statuses that each sends, REGISTER aside */
	const char *handset, *bob;
} meetings[] = {
	{ "within a call",
	    BEGIN MAIN TALK
	    "call:update {} sleep \"1s\"\n"
	    "call:update { sdp = false } sleep \"1s\"\n"
	    "call:message \"psst\" sleep \"1s\"\n"
	    "call:info { type = \"application/dtmf-relay\", body = "
	    "\"Signal=5\\r\\nDuration=160\\r\\n\" } sleep \"1s\"\n"
	    "hs:wait_screen(\"Keys: 5\", \"1s\")\n"
	    "call:hold() sleep \"1s\" call:resume() sleep \"1s\"\n"
	    "hs:press \"7\" sleep \"1s\" hs:hangup()\n" END,
	    "180 200 200 200 200 200 200 200 INFO BYE",
	    "INVITE ACK UPDATE UPDATE MESSAGE INFO INVITE ACK INVITE ACK 200 "
	    "200" },
	{ "reliable, called",
	    BEGIN MAIN
	    "local call = bob:invite(hs, { reliable = \"required\" })\n"
	    "hs:wait_screen(\"Incoming\", \"5s\") sleep \"1s\" hs:answer()\n"
	    "wait(call, \"confirmed\", \"5s\") call:bye()\n" END,
	    "180 200 200 200", "INVITE PRACK ACK BYE" },
	{ "reliable, called, the offer in the 180",
	    BEGIN MAIN "local call = bob:invite(hs, { reliable = \"required\", "
		       "sdp = false })\n"
		       "hs:wait_screen(\"Incoming\", \"5s\") hs:answer()\n"
		       "wait(call, \"confirmed\", \"5s\") call:bye()\n" END,
	    "180 200 200 200", "INVITE PRACK ACK BYE" },
	{ "reliable, calling",
	    BEGIN "bob:on(\"invite\", function(call)\n"
		  "call:ring(183, { reliable = true }) sleep \"1s\"\n"
		  "call:update {} sleep \"1s\"\n"
		  "call:ring(180, { reliable = true }) sleep \"1s\"\n"
		  "call:answer() sleep \"2s\" call:bye() end)\n" MAIN
		  "hs:dial \"1001\" hs:wait_screen(\"Talking\", \"15s\")\n" END,
	    "INVITE PRACK 200 PRACK ACK 200",
	    "180 183 200 UPDATE 180 200 200 BYE" },
	{ "bob sends the handset to carol",
	    BEGIN MAIN TALK "call:hold() sleep \"1s\" call:transfer(carol)\n"
			    "wait(call, \"terminated\", \"10s\") sleep \"5s\"\n"
			    "hs:press \"{end}\"\n" END,
	    "180 200 200 202 NOTIFY INVITE ACK NOTIFY 200 BYE",
	    "INVITE ACK INVITE ACK REFER 200 200 BYE" },
	{ "bob joins the handset and carol",
	    BEGIN MAIN TALK
	    "call:hold() sleep \"1s\" local other = bob:invite(carol)\n"
	    "wait(other, \"confirmed\", \"5s\") sleep \"1s\"\n"
	    "call:transfer(carol, { replaces = other })\n"
	    "wait(call, \"terminated\", \"10s\") sleep \"5s\"\n"
	    "hs:press \"{end}\"\n" END,
	    "180 200 200 202 NOTIFY INVITE ACK NOTIFY 200 BYE",
	    "INVITE ACK INVITE ACK INVITE ACK REFER 200 200 BYE 200" },
	{ "the handset sends bob to carol",
	    BEGIN MAIN TALK
	    "hs:press \"{ok}2\" hs:wait_screen(\"Transfer to\", \"5s\")\n"
	    "hs:press \"1002#\" hs:wait_screen(\"Transferred\", \"10s\")\n" END,
	    "180 200 REFER 200 200 BYE",
	    "INVITE ACK 202 NOTIFY INVITE ACK NOTIFY 200" },
	{ "the handset joins bob and carol",
	    BEGIN MAIN TALK
	    "hs:press \"{ok}11002#\" hs:wait_screen(\"Held\", \"5s\")\n"
	    "hs:wait_screen(\"Talking\", \"8s\") hs:press \"{ok}1\"\n"
	    "hs:wait_screen(\"Transferred\", \"10s\")\n" END,
	    "180 200 INVITE INVITE ACK ACK REFER 200 200 BYE 200",
	    "INVITE ACK 200 202 NOTIFY INVITE ACK NOTIFY 200" },
	{ "carol takes bob's place",
	    BEGIN MAIN TALK
	    "carol:invite(hs, { replaces = call }) sleep \"3s\"\n" END,
	    "180 200 200 BYE", "INVITE ACK 200" },
	{ "a text, to it and from it",
	    BEGIN MAIN "bob:message(hs, \"come\") sleep \"1s\"\n"
		       "hs:press \"{ok}6{ok}1001#\" sleep \"2s\"\n" END,
	    "200 MESSAGE", "MESSAGE 200" },
	{ "what it does not serve",
	    BEGIN MAIN "bob:subscribe(hs) sleep \"2s\"\n"
		       "bob:send { method = \"REFER\", uri = "
		       "\"sip:1000@example.com\", headers = { "
		       "[\"Refer-To\"] = \"<sip:1002@example.com>\" } }\n"
		       "sleep \"2s\"\n" END,
	    "489 603", "SUBSCRIBE REFER" },
};

/* What NODE sends, by words, into OUT. */
static void
list_sends(const struct trace *t, const char *node, struct buf *out)
{
	struct buf bytes = BUF_INIT;
	struct trace_rec rec;
	struct str start, word, rest;

	for (uint64_t seq = 1; seq <= trace_count(t); seq++) {
		if (trace_kind_of(t, seq) != TRACE_SEND)
			continue;
		trace_get(t, seq, &rec);
		start = trace_bytes(&rec, &bytes);
		if (!str_is(rec.node, node) ||
		    str_find(start, " REGISTER\r\n") >= 0)
			continue;
		word = str_cut(start, ' ', &rest);
		if (str_is(word, "SIP/2.0"))
			word = str_cut(rest, ' ', &rest);
		buf_printf(out, out->n > 0 ? " %.*s" : "%.*s", STR_ARG(word));
	}
	buf_free(&bytes);
}

static void
check_sends(
    const struct trace *t, const char *node, const char *want, const char *what)
{
	struct buf is = BUF_INIT;

	list_sends(t, node, &is);
	if (strcmp(buf_cstr(&is), want) != 0)
		printf("  %s: %s sends %s\n", what, node, buf_cstr(&is));
	CU_ASSERT_STRING_EQUAL(buf_cstr(&is), want);
	buf_free(&is);
}

static void
put(const char *folder, const char *name, const char *text)
{
	struct buf out = BUF_INIT;
	char path[128];

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	buf_puts(&out, text);
	CU_ASSERT_EQUAL_FATAL(buf_write_file(&out, path), 0);
	buf_free(&out);
}

static void
understood(void)
{
	char folder[] = "/tmp/rung-phones-XXXXXX", path[128];
	struct lab_options o = LAB_OPTIONS;

	CU_ASSERT_PTR_NOT_NULL_FATAL(mkdtemp(folder));
	put(folder, "net.gv", net);
	for (size_t i = 0; i < sizeof(meetings) / sizeof(meetings[0]); i++) {
		struct trace *t;

		put(folder, "lab.lua", meetings[i].script);
		snprintf(path, sizeof(path), "%s/lab.lua", folder);
		t = lab_trace(path, &o);
		CU_ASSERT_PTR_NOT_NULL_FATAL(t);
		check_sends(t, "hs", meetings[i].handset, meetings[i].what);
		check_sends(t, "bob", meetings[i].bob, meetings[i].what);
		trace_destroy(t);
	}
	snprintf(path, sizeof(path), "%s/lab.lua", folder);
	remove(path);
	snprintf(path, sizeof(path), "%s/net.gv", folder);
	remove(path);
	remove(folder);
}

CHECK_MAIN("handset and phones", { "understood", understood })
