/*
 * Inspection: each clause with a small scene that breaks it and one that keeps
 * it; what a lab wants; samples; damaged messages.
 */
#include "base/err.h"
#include "base/mem.h"
#include "inspect/report.h"
#include "outcome/troubles.h"
#include "fixtures/inspect_check.h"
#include "fixtures/inspect_scene.h"
#include "inspect_scenes.h"
#include "rules/rules.h"

static struct inspect *
inspect_scene(const char *text, bool whole)
{
	LOCAL_BUF out = BUF_INIT;
	struct diag d = DIAG_INIT;
	struct trace *t = NULL;
	struct inspect *in;

	scene_write(text, whole, &out);
	if (trace_load_buf(&t, &out, "scene", &d) != 0)
		printf("BAD scene: %u: %s\n%s\n", d.line, d.text, text);
	CU_ASSERT_PTR_NOT_NULL_FATAL(t);
	in = inspect_trace(t, "scene");
	trace_destroy(t);
	return in;
}

/* "rule" of each finding but WITHOUT's, once each, with spaces between. */
static bool
finds(const char *text, bool whole, const char *want)
{
	struct inspect *in = inspect_scene(text, whole);
	struct buf seen = BUF_INIT;
	bool same;

	put_rules(in, false, &seen);
	same = strcmp(buf_cstr(&seen), want) == 0;
	if (!same)
		printf("BAD seen: \"%s\" instead of \"%s\" in\n%s\n",
		    buf_cstr(&seen), want, text);
	buf_free(&seen);
	inspect_destroy(in);
	return same;
}

static bool
is_kept(const char *text, bool whole, enum rule_id rule)
{
	struct inspect *in = inspect_scene(text, whole);
	const struct inspect_row *row = &inspect_report(in)->rows[rule];
	uint64_t kept = 0, broken = 0;

	for (int r = 0; r < ROLE_CLASS_COUNT; r++) {
		kept += row->kept[r];
		broken += row->broken[r];
	}
	if (kept == 0 || broken != 0)
		printf("BAD %s: kept %llu, broken %llu in\n%s\n",
		    rule_at(rule)->key, (unsigned long long)kept,
		    (unsigned long long)broken, text);
	inspect_destroy(in);
	return kept > 0 && broken == 0;
}

/* ---- the scenes ---- */

static void
scenes_break_and_keep(void)
{
	for (size_t i = 0; i < NSCENES; i++) {
		const struct rule *rule;
		enum rule_id id = RULE_NONE + 1;

		while (id < RULE_COUNT &&
		       strcmp(rule_at(id)->key, scenes[i].rule) != 0)
			id++;
		rule = rule_at(id);
		CU_ASSERT_PTR_NOT_NULL(rule);
		if (rule == NULL) {
			printf("BAD there is no rule %s\n", scenes[i].rule);
			continue;
		}
		CU_ASSERT_TRUE(finds(scenes[i].broken, !scenes[i].capture,
		    scenes[i].seen != NULL ? scenes[i].seen : scenes[i].rule));
		if (scenes[i].kept != NULL)
			CU_ASSERT_TRUE(
			    is_kept(scenes[i].kept, !scenes[i].capture, id));
	}
}

/* ---- meant, roles, samples, measures ---- */

static void
faults_are_meant(void)
{
	struct inspect *in = inspect_scene("0 a>b OPTIONS | -Max-Forwards\n"
					   "0 fault\n1 b>a 200/OPTIONS\n",
	    true);

	CU_ASSERT_EQUAL(inspect_report(in)->nfindings, 1);
	CU_ASSERT_EQUAL(inspect_report(in)->count[INSPECT_ERROR], 0);
	CU_ASSERT_EQUAL(inspect_report(in)->meant, 1);
	inspect_destroy(in);
	in = inspect_scene(
	    "0 a>b OPTIONS rule=raw-send | -Max-Forwards\n", true);
	CU_ASSERT_EQUAL(inspect_report(in)->meant, 1);
	inspect_destroy(in);
	/* Whoever is switched off answers nothing. */
	CU_ASSERT_TRUE(finds("0 a>b OPTIONS\n1 b crash\n"
			     "500 a>b again OPTIONS\n60000 end\n",
	    true, ""));
}

/* What a norm has otherwise than an RFC is found where nothing shows the norm,
 * and nothing else of the clause is passed over. */
static void
norms_differ(void)
{
#define HERE(more)                                                        \
	"0 a>r REGISTER uri=sip:" PLATFORM "@r.example" more "\n"         \
	"10 r>a 200/REGISTER | Date: 2026-03-02T08:00:00.125 | Expires: " \
	"60 | Contact: <sip:a@192.0.2.1>\n"
#define AKA(cs, more)                                                          \
	cs "000 a>p REGISTER cs=" cs " | Authorization: Digest "               \
	   "username=\"a\", realm=\"x\", nonce=\"n\", uri=\"sip:r.example\", " \
	   "response=\"" R32 "\", " FIRST more "\n" cs                         \
	   "010 p>a 200/REGISTER\n"
#define THIRD "0 a>r REGISTER uri=sip:as@r.example | To: <sip:u@b.example>"
	CU_ASSERT_TRUE(
	    finds(HERE(""), true, "form-date register-uri register-listed"));
	CU_ASSERT_TRUE(
	    finds(HERE("") BEAT("1", "k", "200"), true, "gb-profile"));
	CU_ASSERT_TRUE(
	    finds(BEAT("0", "k", "200") "2000 a>r REGISTER | Date: today\n"
					"2010 r>a 200/REGISTER\n",
		true, "form-date gb-profile"));
	CU_ASSERT_TRUE(finds(THIRD "\n10 r>a 200/REGISTER | Contact: "
				   "<sip:a@192.0.2.1>;expires=60\n",
	    true, "register-uri"));
	CU_ASSERT_TRUE(finds(THIRD " | P-Charging-Vector: icid-value=1\n"
				   "10 r>a 200/REGISTER\n",
	    true, "ims-profile"));
	CU_ASSERT_TRUE(finds(AKA("1", "") AKA("2", ""), true, "digest-count"));
	CU_ASSERT_TRUE(finds(AKA("1", ", algorithm=AKAv1-MD5")
				 AKA("2", ", algorithm=AKAv1-MD5"),
	    true, "ims-profile"));
	for (int whole = 0; whole < 2; whole++) {
		/* A P-CSCF that ends a call by itself. */
		CU_ASSERT_TRUE(
		    finds("0 a>p INVITE sdp=1 | P-Access-Network-Info: x\n"
			  "1 p>a 100/INVITE\n5 p>b INVITE fwd | "
			  "Record-Route: <sip:192.0.2.3;lr>\n"
			  "10 b>p 200/INVITE sdp=1\n15 p>a 200/INVITE fwd\n"
			  "20 a>p ACK in uri=sip:b@192.0.2.2 | Route: "
			  "<sip:192.0.2.3;lr> | To: <sip:p@b.example>;tag=tb\n"
			  "25 p>b ACK fwd | -Route\n"
			  "5000 p>b BYE in cs=2 | From: "
			  "<sip:a@b.example>;tag=ta | To: "
			  "<sip:p@b.example>;tag=tb\n5010 b>p 200/BYE\n"
			  "5020 p>a BYE in cs=1 | From: "
			  "<sip:p@b.example>;tag=tb\n5030 a>p 200/BYE\n",
			whole != 0, "ims-profile"));
		/* An agreement on security, Path, Service-Route. */
		CU_ASSERT_TRUE(finds(
		    "0 a>p REGISTER | Require: sec-agree | Proxy-Require: "
		    "sec-agree | Supported: path | Security-Client: "
		    "ipsec-3gpp;alg=hmac-sha-1-96;spi-c=1\n"
		    "5 p>r REGISTER fwd | -Require | -Proxy-Require | "
		    "-Security-Client | +Require: path | +Path: "
		    "<sip:term@192.0.2.3;lr>\n"
		    "10 r>p 200/REGISTER | Path: <sip:term@192.0.2.3;lr> | "
		    "Service-Route: <sip:orig@192.0.2.4;lr> | Contact: "
		    "<sip:a@192.0.2.1>;expires=60\n"
		    "15 p>a 200/REGISTER fwd\n"
		    "20 a>p MESSAGE | Route: <sip:192.0.2.3;lr>, "
		    "<sip:orig@192.0.2.4;lr>\n"
		    "25 p>r MESSAGE fwd | Route: <sip:orig@192.0.2.4;lr> | "
		    "+P-Asserted-Identity: <sip:a@b.example>\n"
		    "30 r>p 200/MESSAGE\n35 p>a 200/MESSAGE fwd\n"
		    "40 a>p OPTIONS | Security-Verify: ipsec-3gpp;spi-c=2\n"
		    "45 p>a 494/OPTIONS | Security-Server: "
		    "ipsec-3gpp;spi-c=3\n"
		    "50 a>p OPTIONS\n55 p>a 421/OPTIONS | Require: "
		    "sec-agree\n",
		    whole != 0, "ims-profile"));
	}
}

static void
takes_a_sample(void)
{
	const struct inspect_source from = { .name = STR_INIT("x") };
	LOCAL_BUF text = BUF_INIT, out = BUF_INIT;
	struct diag d = DIAG_INIT;
	struct inspect *in;
	struct trace *t;

	for (int i = 0; i < 20; i++)
		buf_printf(&text,
		    "%d a>b OPTIONS c=c%d br=z9hG4bKc%d | -Max-Forwards\n"
		    "%d b>a 200/OPTIONS c=c%d\n",
		    10 * i, i, i, 10 * i + 5, i);
	scene_write(buf_cstr(&text), true, &out);
	CU_ASSERT_EQUAL_FATAL(trace_load_buf(&t, &out, "x", &d), 0);
	CU_ASSERT_EQUAL_FATAL(inspect_create(&in, 3), 0);
	CU_ASSERT_EQUAL(inspect_take(in, t, &from), 0);
	CU_ASSERT_EQUAL(inspect_finish(in), 0);
	CU_ASSERT_EQUAL(inspect_report(in)->files[0].sampled, 3);
	CU_ASSERT_EQUAL(inspect_report(in)->files[0].calls, 20);
	CU_ASSERT_EQUAL(inspect_report(in)->nfindings, 1);
	CU_ASSERT_EQUAL(inspect_report(in)->findings[0].count, 3);
	inspect_destroy(in);
	trace_destroy(t);
}

/* ---- damaged messages ---- */

static uint32_t
draw(uint32_t *seed)
{
	*seed = *seed * 1664525u + 1013904223u;
	return *seed >> 8;
}

/* Changes some bytes of messages; the trace stays one. */
static void
damage(struct buf *trace, uint32_t *seed)
{
	static const char with[] = " ;,:<>@=0Az*/?&#[]";
	struct str rest = buf_view(trace);

	for (unsigned n = 1 + draw(seed) % 20; n > 0; n--) {
		size_t at = draw(seed) % trace->n;
		ptrdiff_t text;

		while (at > 0 && trace->p[at - 1] != '\n')
			at--;
		rest = str_slice(buf_view(trace), at, trace->n);
		rest = str_cut(rest, '\n', &rest);
		text = str_find(rest, "\"text\":\"");
		if (text < 0 || rest.n < (size_t)text + 12)
			continue;
		at += (size_t)text + 8 +
		      draw(seed) % (rest.n - (size_t)text - 11);
		if (strchr("\\\"rnu", trace->p[at]) == NULL &&
		    trace->p[at - 1] != '\\')
			trace->p[at] = with[draw(seed) % (sizeof(with) - 1)];
	}
}

static void
inspect_damaged(const char *text, bool whole, uint32_t *seed)
{
	const struct report_look look = { .width = 80, .matrix = true };
	LOCAL_BUF out = BUF_INIT, report = BUF_INIT;
	struct diag d = DIAG_INIT;
	struct inspect *in;
	struct trace *t = NULL;

	scene_write(text, whole, &out);
	damage(&out, seed);
	if (trace_load_buf(&t, &out, "damaged", &d) == 0) {
		in = inspect_trace(t, "damaged");
		report_text(in, &look, &report);
		report_html(in, &look, &report);
		report_json(in, &look, &report);
		report_csv(in, &look, &report);
		CU_ASSERT_EQUAL(report.err, 0);
		inspect_destroy(in);
	}
	trace_destroy(t);
}

static void
survives_damage(void)
{
	uint32_t seed = 7;

	for (int round = 0; round < 4; round++)
		for (size_t i = 0; i < NSCENES; i++)
			inspect_damaged(
			    scenes[i].broken, round % 2 == 0, &seed);
}

/* ---- memory ---- */

/* Inspects T and draws its delays, calls and clauses.  0 or an error. */
static int
inspect_all(const struct trace *t)
{
	const struct inspect_source from = { .name = STR_INIT("x") };
	const struct report_look look = { .width = 80, .matrix = true };
	LOCAL_BUF out = BUF_INIT;
	struct inspect *in = NULL;
	int err = inspect_create(&in, 0);

	if (err == 0)
		err = inspect_take(in, t, &from);
	if (err == 0)
		err = inspect_finish(in);
	if (err == 0) {
		report_svg(in, &look, &out);
		report_text(in, &look, &out);
		report_html(in, &look, &out);
		report_json(in, &look, &out);
	}
	err = err != 0 ? err : out.err;
	if (err == 0 && mem_failures() == 0)
		CU_ASSERT_EQUAL(
		    troubles_count(inspect_report(in)->troubles), 1);
	inspect_destroy(in);
	return err;
}

/* Wherever memory ends nothing is misused or kept; a scratch text that is short
 * of it is for the command to say, by mem_failures. */
static void
survives_no_memory(void)
{
	LOCAL_BUF out = BUF_INIT;
	struct diag d = DIAG_INIT;
	struct trace *t = NULL;
	unsigned long n = 0, failed;
	int err;

	scene_write(REGISTERED
	    "20 a>r REGISTER cs=2\n50 r>a 200/REGISTER\n100 a>p INVITE "
	    "sdp=1\n101 p>b INVITE fwd | Record-Route: <sip:192.0.2.3>\n102 "
	    "b>p 180/INVITE | -Record-Route\n103 p>a 180/INVITE fwd\n"
	    "300 a>p INVITE c=c2\n310 p>a 404/INVITE c=c2\n",
	    false, &out);
	CU_ASSERT_EQUAL_FATAL(trace_load_buf(&t, &out, "x", &d), 0);
	do {
		mem_fail_only(++n);
		err = inspect_all(t);
		failed = mem_failures();
		CU_ASSERT_TRUE(err == 0 || (failed > 0 && err == ERR_NOMEM));
		mem_fail_from(0);
	} while (failed > 0 && n < 10000);
	CU_ASSERT_TRUE(n > 50 && n < 10000);
	trace_destroy(t);
}

CHECK_MAIN("inspect", { "norms have clauses otherwise", norms_differ },
    { "scenes break and keep clauses", scenes_break_and_keep },
    { "what was meant is said to be", faults_are_meant },
    { "a sample", takes_a_sample }, { "damaged messages", survives_damage },
    { "no memory", survives_no_memory })
