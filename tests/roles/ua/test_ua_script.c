/* A user agent's verbs and events, as scripts say them (docs/SCENARIO.md). */
#include "fixtures/check.h"
#include "fixtures/labs.h"

static const char topology[] =
    "graph { duration=\"40s\"; domain=\"a.example\";\n"
    "alice [role=ua, redirect=ask, password=right];\n"
    "bob [role=ua, forward=\"sip:carol@192.0.2.4\"];\n"
    "srv [role=\"proxy registrar location\", auth=true];\n"
    "carol [role=ua, addr=\"192.0.2.4\", answer=\"0s\"];\n"
    "dan [role=ua, addr=\"192.0.2.5\", password=secret];\n"
    "erin [role=ua, addr=\"192.0.2.6\"];\n"
    "thief [role=ua, aor=\"sip:dan@a.example\", password=wrong];\n"
    "hub; alice -- hub; bob -- hub; srv -- hub; carol -- hub; dan -- hub;\n"
    "erin -- hub; thief -- hub }\n";

/* Runs BODY behind lab{}; the trace in OUT, an error in D. */
static int
run(const char *body, struct buf *out, struct diag *d)
{
	struct buf script = BUF_INIT;
	struct inputs in;
	int err;

	memset(&in, 0, sizeof(in));
	*d = DIAG_INIT;
	buf_printf(&script,
	    "lab { title = \"x\" }\n"
	    "local alice, bob, carol = node \"alice\", node \"bob\", "
	    "node \"carol\"\n"
	    "local dan, erin = node \"dan\", node \"erin\"\n%s",
	    body);
	in.topology = mem_strdup(topology);
	in.topology_file = mem_strdup("x.gv");
	in.script = buf_take(&script);
	in.script_file = mem_strdup("x.lua");
	in.folder = mem_strdup(".");
	in.detail = TRACE_PROTOCOL;
	err = lab_run_inputs(&in, 0, out, d);
	inputs_free(&in);
	return err;
}

/* The script runs, and says all of the notes. */
static void
notes(const char *body, const char *const *wanted)
{
	struct buf out = BUF_INIT;
	struct diag d;

	CU_ASSERT_EQUAL(run(body, &out, &d), 0);
	if (d.err != 0)
		printf("  %s:%u: %s\n", d.file, d.line, d.text);
	for (; *wanted != NULL; wanted++) {
		char note[200];

		snprintf(note, sizeof(note), "\"text\":\"%s\"", *wanted);
		if (str_find(buf_view(&out), note) < 0)
			printf("  nobody said \"%s\"\n", *wanted);
		CU_ASSERT(str_find(buf_view(&out), note) >= 0);
	}
	buf_free(&out);
}

static void
redirected(void)
{
	static const char *const said[] = { "to sip:carol@192.0.2.4",
		"proceeding", "true confirmed", NULL };

	notes("alice:on(\"redirect\", function(call, uri)\n"
	      "  note(\"to \" .. uri); note(call.state)\n"
	      "  sleep \"1s\"; call:follow()\n"
	      "  local ok, state = wait(call, \"confirmed\")\n"
	      "  note(tostring(ok) .. \" \" .. state)\n"
	      "  call:bye()\n"
	      "end)\n"
	      "script(function() alice:invite \"sip:bob@192.0.2.2\" end)\n",
	    said);
}

/* The same without anybody to say it: the ladder tells what it waits for. */
static void
waits_for_its_user(void)
{
	static const char *const said[] = {
		"alice/1 waits for its user: on to sip:carol@192.0.2.4?",
		"false timeout proceeding", NULL
	};

	notes("script(function()\n"
	      "  local call = alice:invite \"sip:bob@192.0.2.2\"\n"
	      "  local ok, state = wait(call, \"confirmed\", \"30s\")\n"
	      "  note(tostring(ok) .. \" \" .. state .. \" \" .. call.state)\n"
	      "end)\n",
	    said);
}

static void
redirects(void)
{
	static const char *const said[] = { "false terminated", NULL };

	notes("erin:on(\"invite\", function(call)\n"
	      "  call:ring(182); sleep \"1s\"; call:ring { code = 183 }\n"
	      "  call:redirect \"sip:dan@192.0.2.5\"\n"
	      "end)\n"
	      "dan:on(\"invite\", function(call)\n"
	      "  call:reject(480, { reason = \"gone fishing\" })\n"
	      "end)\n"
	      "script(function()\n"
	      "  local call = carol:invite \"sip:erin@192.0.2.6\"\n"
	      "  local ok, state = wait(call, \"confirmed\")\n"
	      "  note(tostring(ok) .. \" \" .. state)\n"
	      "end)\n",
	    said);
}

/* RFC 3665 2.1 and 2.5; 3.7's re-INVITE; 13.2.1. */
static void
verbs(void)
{
	static const char *const said[] = { "failed", "registered", "third",
		"false confirmed", NULL };

	notes("script(function()\n"
	      "  local thief = node \"thief\"\n"
	      "  thief:register(); wait(thief, \"failed\"); note \"failed\"\n"
	      "  dan:register(); wait(dan, \"registered\")\n"
	      "  note \"registered\"\n"
	      "  dan:register { aor = \"sip:x@a.example\", "
	      "contact = \"sip:a@192.0.2.9, <sip:b@192.0.2.9>;q=0.3\" }\n"
	      "  sleep \"1s\"; note \"third\"\n"
	      "  local call = dan:invite { target = "
	      "\"sip:carol@192.0.2.4\", sdp = false }\n"
	      "  wait(call, \"confirmed\")\n"
	      "  call:reinvite(); sleep \"1s\"\n"
	      "  call:reinvite { sdp = false }; sleep \"1s\"\n"
	      "  local ok, state = wait(call, \"terminated\", \"1s\")\n"
	      "  note(tostring(ok) .. \" \" .. call.state)\n"
	      "  call:bye()\n"
	      "end)\n",
	    said);
}

static void
mistakes(void)
{
	static const struct {
		const char *body, *sentence;
	} rows[] = {
		{ "alice:crash()", "nothing runs yet" },
		{ "alice:restart()", "nothing runs yet" },
		{ "alice:send { raw = \"x\", to = bob }", "nothing runs yet" },
		{ "alice:invite(bob)", "nothing runs yet" },
		{ "alice:on(\"redirected\", function() end)",
		    "there is no event “redirected”" },
		{ "alice:on(\"redirect\", function() end)\n"
		  "alice:on(\"redirect\", function() end)",
		    "has a function for that event already" },
		{ "script(function() alice:register { aor = \"x\" } end)",
		    "is no address-of-record" },
		{ "script(function() alice:register { contact = \"<sip:x\" } "
		  "end)",
		    "is no URI for a Contact" },
		{ "script(function()\n"
		  "local c = carol:invite \"sip:erin@192.0.2.6\"\n"
		  "c:follow() end)",
		    "was not sent elsewhere" },
		{ "script(function()\n"
		  "local c = carol:invite \"sip:erin@192.0.2.6\"\n"
		  "c:reinvite() end)",
		    "is not answered yet" },
		{ "erin:on(\"invite\", function(call) call:ring(100) end)\n"
		  "script(function() carol:invite \"sip:erin@192.0.2.6\" end)",
		    "rings with a status from 180 to 183" },
		{ "erin:on(\"invite\", function(call)\n"
		  "call:redirect \"nowhere\" end)\n"
		  "script(function() carol:invite \"sip:erin@192.0.2.6\" end)",
		    "redirect needs the URI" },
	};
	struct buf out = BUF_INIT;
	struct diag d;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		buf_clear(&out);
		CU_ASSERT(run(rows[i].body, &out, &d) != 0);
		if (strstr(d.text, rows[i].sentence) == NULL)
			printf("  %zu: %s\n", i, d.text);
		CU_ASSERT(strstr(d.text, rows[i].sentence) != NULL);
	}
	buf_free(&out);
}

CHECK_MAIN("ua_script", { "redirected", redirected },
    { "waits_for_its_user", waits_for_its_user }, { "redirects", redirects },
    { "verbs", verbs }, { "mistakes", mistakes }, )
