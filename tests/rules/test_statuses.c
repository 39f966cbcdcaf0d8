/*
 * docs/METHODS.md against the program: every status code of RFC 3261 has its
 * row, and what a row names gives the status, by the rule it names, because a
 * node was in that situation.
 */
#include "msg/message.h"
#include "msg/header_names.h"
#include "rules/rules.h"

#include "fixtures/check.h"
#include "fixtures/labs.h"

#include <inttypes.h>

#define PAGE "docs/METHODS.md"

struct row {
	uint32_t code;
	struct str phrase, section, who, rule, path;
};

/* ---- the page ---- */

/* What stands between backticks; the whole of S has to. */
static struct str
unquote(struct str s)
{
	if (s.n < 3 || s.p[0] != '`' || s.p[s.n - 1] != '`')
		return STR_NULL;
	return str_slice(s, 1, s.n - 1);
}

/* "| 486 Busy Here | 21.4.24 | … | `rule` | `path` |" */
static bool
read_row(struct str line, struct row *r)
{
	struct str rest, cell[5], code;

	if (!str_starts(line, "| "))
		return false;
	rest = str_slice(line, 2, line.n);
	for (size_t i = 0; i < 5; i++)
		cell[i] = str_trim(str_cut(rest, '|', &rest));
	code = str_cut(cell[0], ' ', &r->phrase);
	r->section = cell[1];
	r->who = cell[2];
	r->rule = unquote(cell[3]);
	r->path = unquote(cell[4]);
	return str_u32(code, &r->code) == 0;
}

/* ---- one row ---- */

/* What the row says by itself; complaints go to OUT. */
static void
judge_words(const struct row *r, struct buf *out)
{
	const struct msg_status_info *s = msg_status(r->code);
	const struct rule *rule = rule_find(r->rule, STR_NULL);

	if (s == NULL || s->rfc != 3261)
		buf_printf(out, "%u: not of RFC 3261\n", r->code);
	else if (!str_is(r->phrase, s->phrase))
		buf_printf(out, "%u: the phrase is %s\n", r->code, s->phrase);
	else if (!str_is(r->section, s->section))
		buf_printf(out, "%u: section is %s\n", r->code, s->section);
	if (r->who.n == 0)
		buf_printf(out, "%u: who?\n", r->code);
	if (rule == NULL || !str_is(r->rule, rule->key))
		buf_printf(out, "%u: no such rule\n", r->code);
	if (r->path.n == 0)
		buf_printf(out, "%u: no path\n", r->code);
}

/* Nobody has put the words into a node's mouth: no fault answered, no script
 * wrote a response or chose a status, but for 402, which has no situation. */
static const char *
cheats(const struct trace_rec *rec, const struct row *r, struct buf *scratch)
{
	if (rec->kind == TRACE_FAULT &&
	    str_is(trace_str(rec, "effect", scratch), "respond"))
		return "a fault answers";
	if (rec->kind == TRACE_SEND && str_is(trace_rule(rec), "raw-send") &&
	    trace_int(rec, "start", 0) != 0)
		return "the script writes a response";
	if (rec->kind == TRACE_ACT && r->code != 402 &&
	    str_is(trace_str(rec, "by", scratch), "script") &&
	    str_is(trace_str(rec, "verb", scratch), "reject"))
		return "the script chooses the status";
	return NULL;
}

/* That of the table; a 400's own says which field is at fault (21.4.1). */
static bool
has_phrase(struct str reason, unsigned code)
{
	if (code == 400)
		return str_is(reason, "Bad Max-Forwards header field");
	return str_is(reason, msg_status_phrase(code));
}

/* What a response must or should have, so that its receiver can do what the
 * status asks of it: 20 table 2, 21. */
static const struct {
	unsigned code;
	enum msg_header id;
} needed[] = {
	{ 300, MSG_H_CONTACT },
	{ 301, MSG_H_CONTACT },
	{ 302, MSG_H_CONTACT },
	{ 305, MSG_H_CONTACT },
	{ 401, MSG_H_WWW_AUTHENTICATE },
	{ 405, MSG_H_ALLOW },
	{ 407, MSG_H_PROXY_AUTHENTICATE },
	{ 415, MSG_H_ACCEPT },
	{ 420, MSG_H_UNSUPPORTED },
	{ 421, MSG_H_REQUIRE },
	{ 423, MSG_H_MIN_EXPIRES },
	{ 485, MSG_H_CONTACT },
};

static bool
is_whole(unsigned code, const struct trace_rec *rec, struct buf *scratch)
{
	struct msg m;

	if (msg_read(&m, trace_bytes(rec, scratch), NULL) != MSG_FAULT_NONE ||
	    msg_check(&m, NULL) != MSG_FAULT_NONE || m.status != code ||
	    !has_phrase(m.reason, code))
		return false;
	for (size_t i = 0; i < sizeof(needed) / sizeof(needed[0]); i++)
		if (needed[i].code == code &&
		    msg_value(&m, needed[i].id).n == 0)
			return false;
	return true;
}

/* A node itself sends the status, by the rule; nothing is passed on. */
static bool
gives(const struct trace_rec *rec, const struct row *r, struct buf *scratch)
{
	struct trace_send s;

	return rec->kind == TRACE_SEND &&
	       trace_get_send(rec, &s, scratch) == 0 && s.status == r->code &&
	       s.fwd == 0 && s.retx == 0 && str_eq(s.src, rec->node) &&
	       str_eq(trace_rule(rec), r->rule) &&
	       is_whole(r->code, rec, scratch);
}

static void
judge_trace(const struct row *r, const struct trace *t, struct buf *out)
{
	LOCAL_BUF scratch = BUF_INIT;
	struct trace_rec rec;
	bool given = false;

	for (uint64_t seq = 1; seq <= trace_count(t); seq++) {
		const char *cheat;

		trace_get(t, seq, &rec);
		given |= gives(&rec, r, &scratch);
		cheat = cheats(&rec, r, &scratch);
		if (cheat != NULL)
			buf_printf(out, "%u: %s, record %" PRIu64 "\n", r->code,
			    cheat, seq);
	}
	if (!trace_complete(t))
		buf_printf(out, "%u: the run has no end\n", r->code);
	if (!given)
		buf_printf(out, "%u: nobody gives it\n", r->code);
}

static void
judge_run(const struct row *r, struct buf *out)
{
	struct lab_options o = LAB_OPTIONS;
	char *path = mem_dup(r->path.p, r->path.n);
	struct trace *t = NULL;

	if (path != NULL && access(path, R_OK) == 0)
		t = lab_trace(path, &o);
	if (t != NULL)
		judge_trace(r, t, out);
	else
		buf_printf(
		    out, "%u: %.*s can't be run\n", r->code, STR_ARG(r->path));
	trace_destroy(t);
	mem_free(path);
}

/* ---- the whole page ---- */

#define CODES 700

/* Every row by RUN, and which statuses of the RFC have none. */
static void
judge_page(struct str page, void (*run)(const struct row *r, struct buf *out),
    struct buf *out)
{
	bool seen[CODES] = { false };
	struct row r;

	while (page.n > 0) {
		if (!read_row(str_cut(page, '\n', &page), &r))
			continue;
		judge_words(&r, out);
		if (r.path.n > 0 && run != NULL)
			run(&r, out);
		if (r.code < CODES)
			seen[r.code] = true;
	}
	for (unsigned code = 100; code < CODES; code++) {
		const struct msg_status_info *s = msg_status(code);

		if (s != NULL && s->rfc == 3261 && !seen[code])
			buf_printf(out, "%u: no row\n", code);
	}
}

static void
is_well(struct buf *complaints)
{
	CU_ASSERT_EQUAL(complaints->err, 0);
	CU_ASSERT_EQUAL(complaints->n, 0);
	if (complaints->n > 0)
		printf("%s", buf_cstr(complaints));
	buf_free(complaints);
}

static void
read_page(struct buf *page)
{
	CU_ASSERT_EQUAL_FATAL(buf_read_file(page, PAGE, 1 << 20), 0);
}

static void
each_status_is_produced(void)
{
	struct buf page = BUF_INIT, out = BUF_INIT;

	read_page(&page);
	judge_page(buf_view(&page), judge_run, &out);
	is_well(&out);
	buf_free(&page);
}

/* No script lies beside the table unused. */
static void
each_script_has_a_row(void)
{
	LOCAL_BUF page = BUF_INIT, cell = BUF_INIT;
	char *names[LABS_MAX];
	size_t n = 0;

	read_page(&page);
	labs_list_folder("tests/statuses", ".lua", names, &n);
	CU_ASSERT_TRUE(n > 30);
	for (size_t i = 0; i < n; i++) {
		buf_clear(&cell);
		buf_printf(&cell, "| `%s` |\n", names[i]);
		if (str_find(buf_view(&page), buf_cstr(&cell)) < 0) {
			printf("  no row for %s\n", names[i]);
			CU_FAIL("a script without a row");
		}
	}
	labs_free(names, n);
}

/* ---- what has to be noticed ---- */

static void
notices(const char *line, const char *complaint)
{
	LOCAL_BUF out = BUF_INIT;
	struct row r;

	CU_ASSERT_TRUE_FATAL(read_row(str_of(line), &r));
	judge_words(&r, &out);
	if (r.path.n > 0)
		judge_run(&r, &out);
	CU_ASSERT_TRUE(str_find(buf_view(&out), complaint) >= 0);
	/* Nothing else. */
	CU_ASSERT_EQUAL(out.n, strlen(complaint));
}

#define ROW(status, section, rule, path) \
	"| " status " | " section " | somebody | " rule " | " path " |"

static void
wrong_rows(void)
{
	/* It gives 180 and 200, but no 486. */
	notices(ROW("486 Busy Here", "21.4.24", "`invite-reject`",
		    "`labs/direct-call`"),
	    "486: nobody gives it\n");
	/* The status is there, but by another rule. */
	notices(ROW("486 Busy Here", "21.4.24", "`invite-everywhere`",
		    "`tests/statuses/486.lua`"),
	    "486: nobody gives it\n");
	notices(
	    ROW("486 Busy Here", "21.4.24", "`invite-rejct`", "`labs/busy`"),
	    "486: no such rule\n486: nobody gives it\n");
	notices(ROW("486 Busy", "21.4.24", "`invite-reject`", "`labs/busy`"),
	    "486: the phrase is Busy Here\n");
	notices(
	    ROW("486 Busy Here", "21.4.23", "`invite-reject`", "`labs/busy`"),
	    "486: section is 21.4.24\n");
	notices(ROW("486 Busy Here", "21.4.24", "`invite-reject`", ""),
	    "486: no path\n");
	notices(ROW("486 Busy Here", "21.4.24", "`invite-reject`",
		    "`tests/statuses/nothing.lua`"),
	    "486: tests/statuses/nothing.lua can't be run\n");
}

/* A script in which 486 comes about otherwise. */
static void
notices_script(const char *text, const char *complaint)
{
	struct row r = { .code = 486, .rule = STR("invite-reject") };
	struct buf script = BUF_INIT, bytes = BUF_INIT, out = BUF_INIT;
	struct diag d = DIAG_INIT;
	struct trace *t = NULL;
	struct inputs in;

	memset(&in, 0, sizeof(in));
	buf_printf(&script,
	    "lab { topology = \"direct-call.gv\", duration = \"5s\" }\n"
	    "local alice, bob = node \"alice\", node \"bob\"\n%s",
	    text);
	in.script = buf_take(&script);
	in.script_file = mem_strdup("cheat.lua");
	in.folder = mem_strdup(".");
	in.detail = TRACE_PROTOCOL;
	CU_ASSERT_EQUAL_FATAL(lab_run_inputs(&in, 0, &bytes, &d), 0);
	CU_ASSERT_EQUAL_FATAL(trace_load_buf(&t, &bytes, "cheat", &d), 0);
	judge_trace(&r, t, &out);
	CU_ASSERT_TRUE(str_find(buf_view(&out), complaint) >= 0);
	trace_destroy(t);
	inputs_free(&in);
	buf_free(&bytes);
	buf_free(&out);
}

static void
cheating_scripts(void)
{
	static const char call[] = "script(function() alice:invite(bob) end)";
	char text[512];

	snprintf(text, sizeof(text),
	    "fault { method = \"INVITE\", respond = 486 }\n%s", call);
	notices_script(text, "486: a fault answers");
	notices_script(text, "486: nobody gives it");
	snprintf(text, sizeof(text),
	    "bob:on(\"invite\", function(c) c:reject(486) end)\n%s", call);
	notices_script(text, "486: the script chooses the status");
	notices_script("script(function()\n"
		       "bob:send { to = alice, raw = table.concat({\n"
		       "\"SIP/2.0 486 Busy Here\",\n"
		       "\"Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1\",\n"
		       "\"From: <sip:a@192.0.2.1>;tag=1\",\n"
		       "\"To: <sip:b@192.0.2.3>;tag=2\",\n"
		       "\"Call-ID: 1\", \"CSeq: 1 INVITE\",\n"
		       "\"\\r\\n\" }, \"\\r\\n\") } end)",
	    "486: the script writes a response");
}

CHECK_MAIN("statuses", { "each_status_is_produced", each_status_is_produced },
    { "each_script_has_a_row", each_script_has_a_row },
    { "wrong_rows", wrong_rows }, { "cheating_scripts", cheating_scripts })
