/*
 * The engine by lines of JSON: a run opened, gone on with, acted in and looked
 * at from all sides; what is no request, or not one that can be met, is said
 * so; and a part of docs/TRACE.md, which is made of the rows (GOLDEN=1 writes
 * it).
 */
#include "base/err.h"
#include "base/mem.h"
#include "fixtures/check.h"
#include "fixtures/page_part.h"
#include "classroom/classroom.h"
#include "service/service.h"
#include "text/json.h"

#include <string.h>

#define PAGE "docs/TRACE.md"
#define NET  "graph { a [role=ua] b [role=ua] a -- b [delay=\\\"5ms\\\"] }"
#define OPEN                                                                 \
	"{\"id\":7,\"ask\":\"open\",\"texts\":[{\"path\":\"a.gv\",\"text\":" \
	"\"" NET "\"}]}"

/* Of a trace without links, as a string of JSON holds it. */
#define HEAD                                                             \
	"{\\\"kind\\\":\\\"trace\\\",\\\"version\\\":1,\\\"nodes\\\":[{" \
	"\\\"name\\\":\\\"a\\\"}]}"

static struct service *s;
static struct buf out;

/* The answer to REQUEST, a line of JSON, without its end. */
static const char *
ask(const char *request)
{
	struct str text;
	struct json_value v;

	buf_clear(&out);
	CU_ASSERT_EQUAL_FATAL(service_answer(s, str_of(request), &out), 0);
	CU_ASSERT_FATAL(out.n > 0 && out.p[out.n - 1] == '\n');
	buf_truncate(&out, out.n - 1);
	CU_ASSERT(strchr(buf_cstr(&out), '\n') == NULL);
	text = buf_view(&out);
	CU_ASSERT_EQUAL(json_read(&text, &v), 0);
	CU_ASSERT(v.type == JSON_OBJECT && text.n == 0);
	return buf_cstr(&out);
}

static void
says(const char *request, const char *part)
{
	const char *answer = ask(request);

	if (strstr(answer, part) == NULL)
		printf("  %s\n  %.300s\n", request, answer);
	CU_ASSERT(strstr(answer, part) != NULL);
}

static void
begin(void)
{
	CU_ASSERT_EQUAL_FATAL(service_create(&s), 0);
	says(OPEN, "{\"id\":7,\"is\":{\"branches\":[{\"name\":\"main\"");
	says("{\"ask\":\"advance\"}", "\"done\":true");
}

static void
end(void)
{
	service_destroy(s);
	buf_free(&out);
}

/* What a text calls a frame is text in its picture. */
static void
draws_names_as_they_are(void)
{
	CU_ASSERT_EQUAL_FATAL(service_create(&s), 0);
	says("{\"ask\":\"open\",\"texts\":[{\"path\":\"a.gv\",\"text\":\""
	     "graph { subgraph cluster_x { label=\\\"<i>&'\\\" a [role=ua] c "
	     "[role=ua] r } b [role=ua] a -- r c -- r r -- q q -- b "
	     "}\"}]}",
	    "\"is\"");
	says("{\"ask\":\"advance\"}", "\"done\":true");
	says("{\"ask\":\"figure\",\"pane\":\"network\",\"record\":9}",
	    ">&lt;i&gt;&amp;&#39;</text>");
	CU_ASSERT_TRUE(strstr(buf_cstr(&out), "<i>") == NULL);
	end();
}

static void
looks(void)
{
	begin();
	says("{\"ask\":\"records\"}", "{\"seq\":9,");
	says("{\"ask\":\"records\",\"since\":79}", "\"records\":[{\"seq\":80,");
	says("{\"ask\":\"panes\"}", "{\"pane\":\"message\",");
	says("{\"ask\":\"pane\",\"pane\":\"message\",\"record\":9}",
	    "INVITE sip:b@192.0.2.2");
	says("{\"ask\":\"figure\",\"pane\":\"machines\",\"record\":9}",
	    "\"svg\":\"<svg ");
	says("{\"ask\":\"figure\",\"pane\":\"message\",\"record\":9}",
	    "{\"svg\":\"\"}");
	says("{\"ask\":\"figure\",\"pane\":\"nowhere\"}", "there is no pane");
	says("{\"ask\":\"explain\",\"record\":9,\"width\":70}", "13.2.1");
	says("{\"ask\":\"find\",\"words\":\"BYE@a\"}", "\"record\":54");
	says("{\"ask\":\"picture\"}", "\"svg\":\"<?xml");
	says("{\"ask\":\"export\",\"format\":\"jsonl\"}",
	    "\"text\":\"{\\\"kind\\\":\\\"trace\\\",");
	says("{\"ask\":\"export\",\"format\":\"mmd\"}", "sequenceDiagram");
	says("{\"ask\":\"export\",\"format\":\"txt\",\"numbers\":true}", "F1");
	says("{\"ask\":\"export\",\"format\":\"svg\",\"size\":120,"
	     "\"true_time\":true,\"title\":\"T<\"}",
	    ">T&lt;<");
	says("{\"ask\":\"export\",\"format\":\"svg\",\"size\":5081}", "SYNTAX");
	says("{\"ask\":\"export\",\"format\":\"doc\"}",
	    "there is no format “doc”");
	says("{\"ask\":\"diff\"}", "\"same\":true");
	says("{\"ask\":\"diff\",\"other\":7}",
	    "there is no branch 7; the branches are 0 to 0");
	says("{\"ask\":\"open\",\"shown\":true,\"texts\":[{\"path\":"
	     "\"a.pcap\",\"base64\":\"AAAA\"}]}",
	    "neither a capture");
	says("{\"ask\":\"page\",\"title\":\"T\"}", "\"title\":\"T\",");
	says("{\"ask\":\"link\",\"address\":\"a.html\"}",
	    "\"link\":\"a.html#1.H4sI");
	says("{\"ask\":\"link\",\"address\":\"a b\"}", "SYNTAX");
	says("{\"ask\":\"question\",\"asks\":\"next\",\"record\":1}",
	    "\"options\":[");
	says("{\"ask\":\"verdict\",\"asks\":\"next\",\"record\":1,"
	     "\"text\":\"99\"}",
	    "\"kind\":\"SYNTAX\"");
	end();
}

static void
acts(void)
{
	begin();
	says("{\"ask\":\"verbs\",\"record\":20,\"on\":\"b\"}", "\"crash\"");
	says("{\"ask\":\"check\",\"on\":\"b\",\"verb\":\"set\",\"key\":\"*\","
	     "\"value\":\"busy=true\"}",
	    "\"is\":{}");
	says("{\"ask\":\"act\",\"record\":20,\"on\":\"b\",\"verb\":\"crash\"}",
	    "\"is\":{}");
	says("{\"ask\":\"advance\",\"act\":true}", "\"branch\":1");
	says("{\"ask\":\"advance\",\"branch\":1}", "\"done\":true");
	says("{\"ask\":\"branches\"}", "\"parent\":0,\"after\":20");
	says("{\"ask\":\"rename\",\"branch\":1,\"name\":\"crashed\"}", "is");
	says("{\"ask\":\"branches\"}", "\"name\":\"crashed\"");
	says("{\"ask\":\"delete\",\"branch\":1}", "\"is\":{}");
	says("{\"ask\":\"delete\",\"branch\":0}", "\"wrong\":");
	says("{\"ask\":\"act\",\"record\":20,\"on\":\"b\"}", "SYNTAX");
	says("{\"ask\":\"act\",\"record\":20,\"on\":\"b\",\"verb\":\"crash\","
	     "\"args\":[]}",
	    "SYNTAX");
	says("{\"ask\":\"cancel\"}", "\"is\":{}");
	end();
}

static void
refuses(void)
{
	static const char *const wrong[] = { "", "x", "[]", "{}",
		"{\"ask\":\"fly\"}", "{\"ask\":7}", "{\"ask\":\"open\"}",
		"{\"ask\":\"open\",\"texts\":[7]}",
		"{\"ask\":\"open\",\"texts\":[{\"path\":\"x\"}]}",
		"{\"ask\":\"open\",\"texts\":{},\"acts\":3}",
		"{\"ask\":\"pane\"}", "{\"ask\":\"records\"}" };
	static const char *const amiss[] = {
		"{\"ask\":\"pane\",\"pane\":\"kitchen\"}",
		"{\"ask\":\"verbs\"}", "{\"ask\":\"check\"}",
		"{\"ask\":\"find\",\"words\":\"=\"}",
		"{\"ask\":\"question\",\"asks\":\"task\",\"nth\":3}"
	};

	CU_ASSERT_EQUAL_FATAL(service_create(&s), 0);
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		says(wrong[i], "\"wrong\":\"");
	says(OPEN, "branches");
	for (size_t i = 0; i < sizeof(amiss) / sizeof(amiss[0]); i++)
		says(amiss[i], "\"wrong\":\"");
	/* What is not taken leaves what is open as it is. */
	says(
	    "{\"ask\":\"open\",\"texts\":[{\"path\":\"a.gv\",\"text\":\"{\"}]}",
	    "\"file\":\"a.gv\"");
	says("{\"ask\":\"advance\"}", "\"records\":80");
	says("{\"ask\":\"close\"}", "\"is\":{}");
	says("{\"ask\":\"advance\"}", "\"kind\":\"STATE\"");
	end();
}

#define SCRIPT(topology, line)                                                \
	"{\"ask\":\"open\",\"texts\":[{\"path\":\"lab.lua\",\"text\":\"lab {" \
	" title = 'x', topology = '" topology                                 \
	"' }\\nscript(function()\\n" line                                     \
	"\\nend)\"},{\"path\":\"topologies/two.gv\",\"text\":\"" NET "\"}]}"

/* What is wrong in a run has its file and line as on the command line, and so
 * has what is doubtful. */
static void
runs_that_fail(void)
{
	CU_ASSERT_EQUAL_FATAL(service_create(&s), 0);
	says(SCRIPT("two.gv", "sleep '1x'"), "branches");
	says("{\"ask\":\"advance\"}",
	    "use 2s or 500ms, for example\",\"file\":\"lab.lua\",\"line\":3,"
	    "\"doubts\":[]");
	says(SCRIPT("two.gv", "node 'a':invit 'b'"), "branches");
	says("{\"ask\":\"advance\"}",
	    "did you mean “invite”?\",\"file\":\"lab.lua\",\"line\":3");
	says(SCRIPT("tow.gv", ""), "did you mean “two.gv”?");
	says("{\"ask\":\"open\",\"texts\":[{\"path\":\"a.gv\",\"text\":"
	     "\"graph {\\n a [role=ua]\\n}\"}]}",
	    "branches");
	says("{\"ask\":\"advance\"}", "\"doubts\":[{\"text\":\"a is the only");
	end();
}

/* On what something can be done: the record's own node first, routers, too; a
 * setting without a value, of which nothing would come, is asked for. */
static void
things_and_faults(void)
{
	begin();
	says("{\"ask\":\"things\",\"record\":9}", "{\"things\":[{\"on\":\"");
	says("{\"ask\":\"things\",\"record\":9}",
	    "{\"on\":\"a-b\",\"kind\":\"link\"");
	says("{\"ask\":\"things\",\"record\":9}",
	    "\"message\":{\"record\":9,\"node\":\"");
	says("{\"ask\":\"things\"}",
	    "\"kind\":\"node\",\"text\":\"user agent\"");
	CU_ASSERT_PTR_NULL(strstr(buf_cstr(&out), "message"));
	says("{\"ask\":\"act\",\"record\":9,\"on\":\"b\",\"verb\":\"set\","
	     "\"args\":{\"busy\":\"\"}}",
	    "write a setting as name=value");
	says("{\"ask\":\"check\",\"on\":\"b\",\"verb\":\"set\",\"key\":\"*\","
	     "\"value\":\"busy\"}",
	    "write a setting as name=value");
	says("{\"ask\":\"act\",\"record\":9,\"on\":\"b\",\"verb\":\"set\","
	     "\"args\":{\"busy\":\"true\"}}",
	    "\"is\":{}");
	says("{\"ask\":\"faults\",\"record\":9}",
	    "\"on\":\"message\",\"verb\":\"drop\",\"args\":{}}");
	end();
}

/* ---- members ---- */

/* What all requests need; what stands before it counts. */
#define SUITS                                                                 \
	"\"texts\":[],\"on\":\"b\",\"verb\":\"set\",\"key\":\"*\",\"value\":" \
	"\"busy=true\",\"seeds\":\"1\",\"pane\":\"calls\",\"words\":"         \
	"\"INVITE\",\"asks\":"                                                \
	"\"next\",\"text\":\"1\",\"name\":\"x\",\"format\":\"json\","         \
	"\"record\":9}"

/* Whether NAME must refuse VALUE of F: of another kind, or not there. */
static bool
is_amiss(const char *name, const struct field *f, const char *value)
{
	bool text = value[0] == '"', one = strlen(value) == 1;

	if (f->kind == FIELD_BESIDE)
		return false;
	/* Whether one can act on it is told when that is done. */
	if (f->kind != FIELD_NUMBER || text)
		return !text || strcmp(f->key, "node") == 0 ||
		       (strcmp(f->key, "on") == 0 && strcmp(name, "act") != 0);
	if (value[0] == '-')
		return f->least == 0;
	return (str_has_word(str_of("branch other"), str_of(f->key)) &&
		   value[0] != '0') ||
	       (str_has_word(str_of("record since"), str_of(f->key)) &&
		   strcmp(name, "find") != 0 && !one);
}

static void
ask_with(const char *name, const char *key, const char *value, const char *part)
{
	char request[500];

	snprintf(request, sizeof(request), "{\"ask\":\"%s\",\"%s\":%s," SUITS,
	    name, key, value);
	says(request, part);
}

/* Each request with each of its members too small, too large, and of another
 * kind: what is not there is said so, and nothing changes by it. */
static void
members_amiss(void)
{
	static const char *const values[] = { "0", "1", "81", "2147483648",
		"4294967296", "-1", "\"x\"" };
	const struct service_row *row;

	begin();
	for (size_t i = 0; (row = service_row(i)) != NULL; i++)
		for (const struct field *f = service_members; f->key; f++)
			for (size_t n = 0; n < 7; n++)
				if (str_has_word(
					str_of(row->takes), str_of(f->key)))
					ask_with(row->name, f->key, values[n],
					    is_amiss(row->name, f, values[n])
						? "\"wrong\":"
						: "");
	says("{\"ask\":\"branches\"}",
	    "{\"branches\":[{\"name\":\"x\",\"records\":80,\"done\":true,"
	    "\"may_act\":true}]}");
	/* A branch that was there, and is no more. */
	says("{\"ask\":\"act\",\"record\":20,\"on\":\"b\",\"verb\":\"crash\"}",
	    "\"is\":{}");
	says("{\"ask\":\"advance\",\"act\":true}", "\"branch\":1");
	says("{\"ask\":\"delete\",\"branch\":1}", "\"is\":{}");
	for (size_t i = 0; (row = service_row(i)) != NULL; i++)
		if (str_has_word(str_of(row->takes), str_of("branch")))
			ask_with(row->name, "branch", "1",
			    "there is no branch 1; the branches are 0 to 0");
	end();
}

/* A line that begins with NUL, or has it within, is one request. */
static void
lines_with_nul(void)
{
	static char lines[] =
	    "\0{\"ask\":\"close\"}\n{\"ask\":\0\n\n{\"id\":4}";
	FILE *in = fmemopen(lines, sizeof(lines) - 1, "r"), *to = tmpfile();
	char answer[300];
	size_t n = 0;

	CU_ASSERT_FATAL(in != NULL && to != NULL);
	CU_ASSERT_EQUAL(service_serve(in, to), 0);
	for (rewind(to); fgets(answer, sizeof(answer), to) != NULL; n++)
		CU_ASSERT_PTR_NOT_NULL(strstr(answer, "\"wrong\":"));
	CU_ASSERT_EQUAL(n, 4);
	fclose(in);
	fclose(to);
}

/* ---- the page ---- */

static void
put_names(struct buf *b, const char *names)
{
	struct str rest = str_of(names), name;

	while (rest.n > 0) {
		name = str_cut(rest, ' ', &rest);
		buf_printf(b, "%s`%.*s`", b->p[b->n - 1] == ' ' ? "" : ", ",
		    STR_ARG(name));
	}
}

static void
put_members(struct buf *b, const struct field *members)
{
	static const char *const kinds[] = {
#define X(id, text) text,
		FIELD_KINDS(X)
#undef X
	};

	buf_puts(b, "\n| member | value | what |\n|---|---|---|\n");
	for (const struct field *f = members; f->key != NULL; f++)
		buf_printf(
		    b, "| `%s` | %s | %s |\n", f->key, kinds[f->kind], f->text);
}

static void
put_class(struct buf *b)
{
	const struct classroom_row *row;

	buf_puts(b,
	    "\n### Requests of a class\n\n[`rung serve`](SERVE.md) answers "
	    "these. Each member's own engine answers all others.\n\n"
	    "| request | what it does | takes | gives | whose "
	    "|\n|---|---|---|---|---|\n");
	for (size_t i = 0; (row = classroom_row(i)) != NULL; i++) {
		buf_printf(b, "| `%s` | %s | ", row->name, row->text);
		put_names(b, row->takes);
		buf_puts(b, " | ");
		put_names(b, row->gives);
		buf_printf(b, " | %s |\n",
		    row->teacher ? "the teacher's" : "everybody's");
	}
	put_members(b, classroom_members);
}

static void
the_page(void)
{
	LOCAL_BUF b = BUF_INIT;
	const struct service_row *row;

	buf_puts(&b,
	    "\n### Requests\n\n"
	    "| request | what it does | takes | gives |\n|---|---|---|---|\n");
	for (size_t i = 0; (row = service_row(i)) != NULL; i++) {
		buf_printf(&b, "| `%s` | %s | ", row->name, row->text);
		put_names(&b, row->takes);
		buf_puts(&b, " | ");
		put_names(&b, row->gives);
		buf_puts(&b, " |\n");
	}
	buf_puts(&b, "\n### Members of requests\n");
	put_members(&b, service_members);
	buf_puts(&b,
	    "\n`lines` are the lines of a pane (*A text: a line* above). "
	    "`records` are lines of a trace. `data` are the data\nof a page "
	    "(`src/interface/views/html/README.md`). `doubts` are what is "
	    "allowed in the "
	    "run but probably not meant: each has `text`,\n`file` and "
	    "`line`; a run that has `failed` has these members as well. "
	    "`things` have `on`, `kind` (`call`, `node`,\n`link`), `text`, "
	    "the number of their verbs (`offers`) and `address`. `message` "
	    "has `record`, `node`, `summary`, and its\nbytes as `text`. "
	    "`faults` have what `act` takes.\n");
	put_class(&b);
	page_part_expect(PAGE, "requests", &b);
}

/* A search and a sweep go on so many runs at a time, whatever is opened
 * meanwhile; each takes the other's place; what there is can be told at any
 * time. */
static void
many_runs(void)
{
	const struct case_row {
		const char *request, *answer;
	} rows[] = {
		{ "{\"ask\":\"proceed\"}", "start a search or a sweep first" },
		{ "{\"ask\":\"outcome\"}", "STATE" },
		{ "{\"ask\":\"sweep\"}", "seeds is missing" },
		{ "{\"ask\":\"sweep\",\"seeds\":\"9..1\"}", "wrong" },
		{ "{\"ask\":\"sweep\",\"seeds\":\"1..2\",\"settings\":"
		  "[\"a--b.los=1%\"]}",
		    "did you mean" },
		{ "{\"ask\":\"search\",\"only\":\"drops\"}", "did you mean" },
		{ "{\"ask\":\"search\",\"node\":\"c\"}", "NOTFOUND" },
		{ "{\"ask\":\"search\",\"method\":\"FLY\"}", "it has: " },
		{ "{\"ask\":\"search\",\"branch\":1}", "RANGE" },
		/* One that does not begin leaves none. */
		{ "{\"ask\":\"proceed\"}", "STATE" },
		{ "{\"ask\":\"search\",\"only\":\"drop\",\"words\":\"x.gv\"}",
		    "\"is\":{}" },
		{ "{\"ask\":\"outcome\"}", "0 faults or sets of them" },
		{ "{\"ask\":\"proceed\",\"budget\":1}",
		    "\"done\":false,\"runs\":1,\"of\":6" },
		{ "{\"ask\":\"outcome\"}", "5 not tried" },
		{ OPEN, "main" },
		{ "{\"ask\":\"proceed\",\"budget\":2}",
		    "\"done\":false,\"runs\":3" },
		{ "{\"ask\":\"proceed\"}",
		    "\"done\":true,\"runs\":6,\"of\":6" },
		{ "{\"ask\":\"proceed\",\"budget\":1}",
		    "\"done\":true,\"runs\":6" },
		{ "{\"ask\":\"outcome\"}", "timer ICT A" },
		{ "{\"ask\":\"outcome\"}",
		    "\"opens\":[{\"line\":3,\"words\":\"--act " },
		{ "{\"ask\":\"outcome\"}", "ladder.svg" },
		{ "{\"ask\":\"sweep\",\"seeds\":\"3..4\",\"settings\":"
		  "[\"a--b.delay=5ms,9ms\"]}",
		    "\"is\":{\"of\":4}" },
		{ "{\"ask\":\"proceed\",\"budget\":3}",
		    "\"done\":false,\"runs\":3,\"of\":4" },
		{ "{\"ask\":\"outcome\"}",
		    "Runs with a result: 3 of 4; failed: 0" },
		{ "{\"ask\":\"proceed\"}", "\"done\":true,\"runs\":4" },
		{ "{\"ask\":\"outcome\"}", "{\"line\":2,\"words\":\"--seed=3 "
					   "--set a--b.delay=9ms\"}" },
		{ "{\"ask\":\"outcome\"}", "\"csv\":\"a--b.delay,runs," },
		{ "{\"ask\":\"sound\",\"hear\":\"a\"}", "a hears nothing" },
		{ "{\"ask\":\"sound\",\"hear\":\"z\"}", "NOTFOUND" },
		{ "{\"ask\":\"close\"}", "\"is\":{}" },
		{ "{\"ask\":\"proceed\"}", "STATE" },
	};

	begin();
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		says(rows[i].request, rows[i].answer);
	end();
}

/* A handout and tasks that come late: the run is what it was, and asks. */
static void
more_texts(void)
{
	static const char *const open =
	    "{\"ask\":\"open\",\"texts\":[{\"path\":\"labs/x/lab.lua\","
	    "\"text\":\"lab { title='x', topology='x.gv' } "
	    "script(function() node'a':options'sip:b@192.0.2.2' end)\"},"
	    "{\"path\":\"topologies/x.gv\",\"text\":\"" NET "\"}]}";
	static const char *const more =
	    "{\"ask\":\"texts\",\"texts\":[{\"path\":\"labs/x/README.md\","
	    "\"text\":\"# X\\n\\n1. How "
	    "many?\"},{\"path\":\"labs/x/check.lua\",\"text\":"
	    "\"task { number = 2 }\"},"
	    "{\"path\":\"topologies/x.gv\",\"text\":\"graph { }\"}]}";
	LOCAL_BUF link = BUF_INIT;

	CU_ASSERT_EQUAL_FATAL(service_create(&s), 0);
	says(more, "STATE");
	says(open, "main");
	says("{\"ask\":\"advance\"}", "\"done\":true");
	buf_puts(&link, ask("{\"ask\":\"link\"}"));
	says("{\"ask\":\"texts\"}", "texts is missing");
	says(more, "\"is\":{}");
	says(more, "\"is\":{}");
	says("{\"ask\":\"link\"}", buf_cstr(&link));
	says("{\"ask\":\"question\",\"asks\":\"lesson\"}", "How many?");
	end();
}

/* A line of a trace that grows, as a string of JSON holds it. */
static const char *
line_of(unsigned seq, char text[160])
{
	snprintf(text, 160,
	    "{\\\"seq\\\":%u,\\\"t\\\":%u,\\\"kind\\\":\\\"act\\\","
	    "\\\"by\\\":\\\"config\\\",\\\"verb\\\":\\\"start\\\","
	    "\\\"on\\\":\\\"a\\\"}",
	    seq, seq);
	return text;
}

/* Asks for growth by N records from FIRST on and what stands BEHIND them. */
static const char *
grow(unsigned first, unsigned n, const char *behind)
{
	static struct buf request;
	char text[160];

	buf_clear(&request);
	buf_puts(&request, "{\"ask\":\"grow\",\"text\":\"");
	for (unsigned i = 0; i < n; i++)
		buf_printf(&request, "%s\\n", line_of(first + i, text));
	buf_printf(&request, "%s\"}", behind);
	return buf_cstr(&request);
}

/* A trace that is shown as far as it has come, and what comes behind it. */
static void
grows(void)
{
	char text[160];

	CU_ASSERT_EQUAL_FATAL(service_create(&s), 0);
	says(grow(1, 1, ""), "open a lab first");
	says(OPEN, "main");
	says(grow(1, 1, ""), "a run is open; only a trace that is shown");
	says("{\"ask\":\"open\",\"shown\":true,\"texts\":[{\"path\":"
	     "\"a.jsonl\",\"text\":\"" HEAD "\\n\"}]}",
	    "\"records\":0,\"done\":false");
	says("{\"ask\":\"grow\"}", "text is missing");
	says(grow(1, 2, ""), "\"records\":2,\"done\":false");
	says(grow(3, 0, ""), "\"records\":2");
	says("{\"ask\":\"explain\",\"record\":2}", "\"lines\":[");
	says(grow(4, 1, ""), "expected 3");
	says(grow(2, 1, ""), "expected 3");
	says(grow(3, 0, "no record\\n"), "\"kind\":\"SYNTAX\"");
	says(grow(3, 0, "\\n"), "\"kind\":\"SYNTAX\"");
	says(grow(3, 0, "{\\\"seq\\\":3,\\\"t\\\":0\\n"), "SYNTAX");
	/* What stands before the one that is cut is there. */
	says(grow(3, 1, line_of(4, text)), "the last line has no end");
	says("{\"ask\":\"branches\"}", "\"records\":3");
	for (unsigned first = 4; first < 10004; first += 500)
		says(grow(first, 500, ""), "\"done\":false");
	says("{\"ask\":\"records\",\"since\":10002}",
	    "{\"records\":[{\"seq\":10003,\"t\":10003,");
	says(grow(10004, 0,
		 "{\\\"seq\\\":10004,\\\"t\\\":20000,\\\"kind\\\":"
		 "\\\"end\\\"}\\n"),
	    "\"records\":10004,\"done\":true");
	says(grow(10005, 1, ""), "follows the “end” record");
	/* One that was cut when it was read has nothing behind it. */
	says("{\"ask\":\"open\",\"shown\":true,\"texts\":[{\"path\":"
	     "\"a.jsonl\",\"text\":\"" HEAD "\\n{\\\"seq\\\":1\"}]}",
	    "\"records\":0");
	says(grow(1, 1, ""), "ends within a line");
	end();
}

CHECK_MAIN("service", { "growing", grows }, { "more texts", more_texts },
    { "looking", looks }, { "names are text", draws_names_as_they_are },
    { "acting", acts }, { "refusing", refuses },
    { "members amiss", members_amiss }, { "runs that fail", runs_that_fail },
    { "things and faults", things_and_faults }, { "many runs", many_runs },
    { "NUL", lines_with_nul }, { "the page", the_page })
