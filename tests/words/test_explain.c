/* Records in words: why, what, and what lives. */
#include "fixtures/check.h"
#include "fixtures/golden.h"
#include "fixtures/sample_more.h"

#include "base/err.h"
#include "base/mem.h"
#include "role/verb.h"
#include "trace/record_name.h"
#include "words/explain_doc.h"
#include "words/record_doc.h"
#include "words/record_text.h"
#include "words/state_doc.h"

/* The whole explanation of record SEQ. */
static int
explain(const struct trace *t, uint64_t seq, struct buf *out)
{
	struct doc d = DOC_INIT;
	int err;

	explain_doc(t, seq, NULL, &d);
	err = doc_write(&d, out);
	doc_free(&d);
	return err;
}

static void
chain_of_causes(void)
{
	struct trace *t = sample_lost_invite();
	LOCAL_BUF out = BUF_INIT;
	struct diag d = DIAG_INIT;
	uint64_t seq;

	CU_ASSERT_EQUAL(explain(t, 15, &out), 0);
	CU_ASSERT(golden_same("explain.txt", buf_view(&out)));
	CU_ASSERT(str_starts(buf_view(&out),
	    "Why did atl send INVITE to bil at 0.505 s (record 15)?\n"));
	CU_ASSERT_EQUAL(trace_record_name_find(t, STR("15"), &seq, &d), 0);
	CU_ASSERT_EQUAL(
	    trace_record_name_find(t, STR("0"), &seq, &d), ERR_RANGE);
	d = DIAG_INIT;
	CU_ASSERT_EQUAL(
	    trace_record_name_find(t, STR("999"), &seq, &d), ERR_RANGE);
	CU_ASSERT_PTR_NOT_NULL(strstr(d.text, "999"));
	trace_destroy(t);
}

static void
wrapping(void)
{
	LOCAL_BUF out = BUF_INIT;

	record_wrap(&out, STR("one two three four five six seven"), 0, 2, 18);
	CU_ASSERT_STRING_EQUAL(
	    buf_cstr(&out), "one two three four\n  five six seven");
	buf_clear(&out);
	record_wrap(&out, STR("一二三四五六七八九。十"), 0, 0, 18);
	CU_ASSERT_STRING_EQUAL(buf_cstr(&out), "一二三四五六七八\n九。十");
	buf_clear(&out);
	record_wrap(&out, STR("abcdefghijklmnopqrstuvwxyz"), 0, 0, 16);
	CU_ASSERT_STRING_EQUAL(buf_cstr(&out), "abcdefghijklmnop\nqrstuvwxyz");
}

/* One line of every record, and one record whole. */
static void
tables(void)
{
	struct trace *t = sample_lost_invite();
	struct records_options all = { .messages = true, .width = 72 };
	struct record_filter f;
	LOCAL_BUF out = BUF_INIT;
	size_t shown = 0;

	CU_ASSERT_EQUAL(records_write(t, NULL, NULL, &shown, &out), 0);
	CU_ASSERT(golden_same("records.txt", buf_view(&out)));
	CU_ASSERT_EQUAL(shown, trace_count(t));
	buf_clear(&out);
	CU_ASSERT_EQUAL(
	    record_filter_parse(&f, "src=atl status=180", t, NULL), 0);
	CU_ASSERT_EQUAL(records_write(t, &f, &all, &shown, &out), 0);
	CU_ASSERT_EQUAL(shown, 2);
	CU_ASSERT(str_find(buf_view(&out), "    SIP/2.0 180 Ringing\n") > 0);
	buf_clear(&out);
	CU_ASSERT_EQUAL(records_write_one(t, 15, NULL, &out), 0);
	CU_ASSERT(golden_same("record.txt", buf_view(&out)));
	trace_destroy(t);
}

static int
state(const struct trace *t, uint64_t seq, int64_t t_ns, const char *node,
    struct buf *out)
{
	struct doc d = DOC_INIT;
	int err = state_doc(t, seq, t_ns, node, 0, &d, NULL);

	if (err == 0)
		err = doc_write(&d, out);
	doc_free(&d);
	return err;
}

static void
states(void)
{
	struct trace *t = sample_lost_invite();
	LOCAL_BUF out = BUF_INIT;

	CU_ASSERT_EQUAL(state(t, 12, -1, NULL, &out), 0);
	CU_ASSERT(golden_same("state.txt", buf_view(&out)));
	buf_clear(&out);
	CU_ASSERT_EQUAL(state(t, 0, -1, "atl", &out), 0);
	CU_ASSERT(str_find(buf_view(&out), "Nothing is here now") > 0);
	CU_ASSERT_EQUAL(state(t, 3, -1, "nobody", &out), ERR_NOTFOUND);
	trace_destroy(t);
}

/* Every kind, with no field at all, and with those of docs/TRACE.md. */
static void
every_kind(void)
{
	static const struct {
		enum trace_kind kind;
		const char *fields;
	} full[] = {
		{ TRACE_ACT, "'by':'config','verb':'start','on':'run'" },
		{ TRACE_ACT, "'by':'config','verb':'answer','on':'bob/1'" },
		{ TRACE_ACT, "'by':'config','verb':'register','on':'bob'" },
		{ TRACE_ACT, "'by':'script','verb':'invite','on':'bob',"
			     "'args':{'target':'al'},'where':'default:15'" },
		{ TRACE_ACT, "'by':'script','verb':'reject','on':'bob/2',"
			     "'args':{'code':'486'},'where':'lab.lua:4'" },
		{ TRACE_ACT, "'by':'person','verb':'bye','on':'bob/1'" },
		{ TRACE_ACT, "'by':'person','verb':'dance','on':'bob'" },
		{ TRACE_DIALOG, "'id':'d1','from':'none','to':'early',"
				"'remote_target':'sip:a@c'" },
		{ TRACE_DIALOG, "'id':'d1','from':'early','to':'confirmed'" },
		{ TRACE_DIALOG, "'id':'d1','from':'early','to':'terminated'" },
		{ TRACE_DIALOG, "'id':'a/b','from':'none','to':'early',"
				"'call_id':'c','local_tag':'a',"
				"'remote_tag':'b','remote_target':'sip:a@c',"
				"'routes':['<sip:p;lr>','<sip:q;lr>']" },
		{ TRACE_DIALOG, "'id':'a/b','from':'confirmed',"
				"'to':'confirmed','call_id':'c',"
				"'local_tag':'a','remote_tag':'b',"
				"'remote_target':'sip:a@d'" },
		{ TRACE_DIALOG, "'id':'d1','from':'early','to':'confirmed',"
				"'routes':[]" },
		{ TRACE_CALL, "'id':'bob/1','from':'idle','state':'calling',"
			      "'peer':'sip:a@b'" },
		{ TRACE_CALL, "'id':'c','from':'calling','state':'early',"
			      "'status':180" },
		{ TRACE_CALL, "'id':'c','from':'calling','state':'calling',"
			      "'status':408" },
		{ TRACE_BINDING, "'op':'add','aor':'sip:a@b',"
				 "'contact':'sip:a@c','expires':5000000000" },
		{ TRACE_BINDING, "'op':'refresh','aor':'sip:a@b',"
				 "'contact':'sip:a@c','expires':5000000000" },
		{ TRACE_LOOKUP, "'op':'query','aor':'sip:a@b','status':'ok',"
				"'targets':['sip:a@c','sip:a@d']" },
		{ TRACE_BINDING, "'op':'add','aor':'sip:a@b',"
				 "'contact':'sip:a@c','q':50" },
		{ TRACE_LOOKUP, "'op':'query','aor':'sip:a@b','status':'ok',"
				"'targets':['sip:a@c','sip:a@d'],"
				"'q':[1000,700]" },
		{ TRACE_LOOKUP, "'op':'query','aor':'sip:a@b',"
				"'status':'unknown','targets':[]" },
		{ TRACE_LOOKUP, "'op':'answer','aor':'sip:a@b',"
				"'targets':['sip:a@c','sip:a@d']" },
		{ TRACE_LOOKUP, "'op':'answer','aor':'sip:a@b',"
				"'status':'silent','targets':[]" },
		{ TRACE_LOOKUP, "'op':'store','aor':'sip:a@b','status':'ok',"
				"'targets':['sip:a@c']" },
		{ TRACE_LOOKUP, "'op':'store','aor':'sip:a@b',"
				"'status':'full','targets':[]" },
		{ TRACE_LOOKUP, "'op':'stored','aor':'sip:a@b',"
				"'status':'ok','targets':['sip:a@c']" },
		{ TRACE_NAT, "'op':'made','proto':'udp','inner':'10.0.0.1:1',"
			     "'outer':'192.0.2.1:2'" },
		{ TRACE_NAT, "'op':'made','proto':'tcp','inner':'10.0.0.1:1',"
			     "'outer':'192.0.2.1:2','remote':'192.0.2.9:3'" },
		{ TRACE_NAT, "'op':'expired','proto':'udp',"
			     "'inner':'10.0.0.1:1','outer':'192.0.2.1:2'" },
		{ TRACE_NAT, "'op':'forgotten','proto':'udp',"
			     "'inner':'10.0.0.1:1','outer':'192.0.2.1:2'" },
		{ TRACE_NAT, "'op':'rewritten','proto':'udp','of':1,"
			     "'fields':'via contact'" },
		{ TRACE_NAT, "'op':'filtered','proto':'udp','of':1,"
			     "'src':'192.0.2.9:3','dst':'192.0.2.1:2',"
			     "'inner':'10.0.0.1:1'" },
		{ TRACE_NAT, "'op':'unbound','proto':'udp','of':1,"
			     "'src':'192.0.2.9:3','dst':'192.0.2.1:2',"
			     "'inner':'10.0.0.1:1'" },
		{ TRACE_NAT, "'op':'full','proto':'udp','of':1,"
			     "'src':'10.0.0.1:1','dst':'192.0.2.9:3'" },
		{ TRACE_NAT, "'op':'private','proto':'udp','of':1,"
			     "'src':'192.0.2.9:3','dst':'10.0.0.1:1'" },
		{ TRACE_NAT, "'op':'no-hairpin','proto':'udp','of':1,"
			     "'src':'10.0.0.1:1','dst':'192.0.2.1:2'" },
		{ TRACE_PACKET, "'link':'a>b','of':1,'off':0,'len':5,"
				"'src_addr':'10.0.0.1:1',"
				"'dst_addr':'192.0.2.9:3'" },
		{ TRACE_ROUTE, "'target':'sip:a@b','next':'192.0.2.1:5060',"
			       "'how':'location'" },
		{ TRACE_ROUTE, "'target':'sip:a@b','next':'192.0.2.7:5060',"
			       "'how':'domain'" },
		{ TRACE_ROUTE, "'target':'sip:a@b','next':'x','how':'route'" },
		{ TRACE_ROUTE, "'target':'sip:a@b','next':'x','how':'uri'" },
		{ TRACE_ROUTE, "'target':'sip:a@b','next':'x','how':'luck'" },
		{ TRACE_AUTH, "'op':'challenge','realm':'b','n':3" },
		{ TRACE_MEDIA, "'op':'start','codec':'PCMU'" },
		{ TRACE_FAULT, "'drop':true,'of':1" },
		{ TRACE_BAD, "'fault':'no-end'" },
		{ TRACE_BAD, "'fault':'value','at':'CSeq: x'" },
		{ TRACE_BAD, "'fault':'target','at':'nobody'" },
		{ TRACE_BAD, "'fault':'tried','at':'sip:carol@c'" },
		{ TRACE_BAD, "'fault':'no-registrar'" },
		{ TRACE_BOARD, "'op':'key','key':'5'" },
		{ TRACE_NOTE, "'text':'look here'" },
		{ TRACE_PACKET, "'link':'atl-bil','of':1,'off':0,'len':540" },
		{ TRACE_TIMER, "'op':'stop','name':'A','id':'x'" },
		{ TRACE_TIMER, "'op':'set','name':'refresh','id':'sip:a@b',"
			       "'due':54000000000,'length':54000000000" },
		{ TRACE_TIMER, "'op':'fire','name':'2xx','id':'bob/1',"
			       "'length':500000000" },
		{ TRACE_FSM, "'machine':'NIST','id':'x','from':'trying',"
			     "'to':'completed','event':'200'" },
		{ TRACE_FSM, "'machine':'IST','id':'x','from':'',"
			     "'to':'proceeding','event':'INVITE'" },
		{ TRACE_FSM, "'machine':'IST','id':'x','from':'proceeding',"
			     "'to':'proceeding','event':'1xx sent'" },
		{ TRACE_FSM, "'machine':'ICT','id':'x','from':'calling',"
			     "'to':'terminated','event':'Timer B'" },
		{ TRACE_FSM, "'machine':'ICT','id':'x','from':'calling',"
			     "'to':'completed','event':'300-699'" },
		{ TRACE_FSM, "'machine':'NICT','id':'x','from':'trying',"
			     "'to':'trying','event':'OPTIONS sent'" },
		{ TRACE_PACKET, "'link':'a>b','len':0,'flags':'syn ack retx',"
				"'conn':2" },
		{ TRACE_DROP, "'reason':'loss','link':'a>b','conn':2" },
		{ TRACE_SEND, "'src':'bob','dst':'eve','start':'BYE'" },
	};
	/* Of that BYE, the last record then. */
	static const char *const faults[] = { "'effect':'drop','fault':3",
		"'effect':'drop'", "'effect':'delay','delay':2000000000",
		"'effect':'duplicate'", "'effect':'edit'",
		"'effect':'rewrite','fault':1", "'effect':'corrupt','fault':1",
		"'effect':'cut','cut':9,'fault':1",
		"'effect':'respond','status':503,'fault':1",
		"'effect':'bewitch'" };
	struct sample s;
	uint64_t bye = 0;
	struct trace *t;
	LOCAL_BUF out = BUF_INIT;

	sample_begin(&s, "kinds");
	sample_node(&s, "bob", "ua", "", "");
	sample_rec(&s, "act", "bob", 0, NULL, ",'by':'person'");
	for (unsigned k = 0; k < TRACE_END; k++)
		/* A send without its message is no record of that kind. */
		if (k != TRACE_SEND)
			sample_rec(
			    &s, trace_kind_name(k), "bob", 1, NULL, "%s", "");
	for (size_t i = 0; i < sizeof(full) / sizeof(full[0]); i++)
		bye = sample_rec(&s, trace_kind_name(full[i].kind), "bob", 1,
		    NULL, ",%s", full[i].fields);
	for (size_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++)
		sample_rec(&s, "fault", NULL, bye, NULL, ",'of':%llu,%s",
		    (unsigned long long)bye, faults[i]);
	t = sample_end(&s);
	CU_ASSERT_PTR_NOT_NULL_FATAL(t);
	for (uint64_t seq = 1; seq <= trace_count(t); seq++) {
		struct trace_rec rec;
		size_t before;

		trace_get(t, seq, &rec);
		before = out.n;
		record_sentence(t, &rec, &out);
		CU_ASSERT(out.n > before);
		buf_puts(&out, "\n    ");
		record_summary(t, &rec, &out);
		buf_puts(&out, "\n    ");
		record_question(t, &rec, &out);
		buf_putc(&out, '\n');
	}
	CU_ASSERT(golden_same("sentences.txt", buf_view(&out)));
	trace_destroy(t);
}

/* ---- verbs ---- */

/* An act of V as clause C tells it: with the argument that it has, by a setting
 * where it names one, on a subscription where it speaks of one; with no more
 * than that, or with ALL that V takes. */
static void
add_act(struct sample *s, const struct verb *v, const struct verb_clause *c,
    bool all)
{
	static const char *const on[] = { [VERB_OF_NODE] = "bob",
		[VERB_OF_CALL] = "bob/1",
		[VERB_OF_LINK] = "bob--alice",
		[VERB_OF_RUN] = "run" };
	bool any = strstr(c->text, "{arg}") != NULL && c->arg == NULL;
	const char *why = strstr(c->text, "{our_reason}") != NULL ? "unmasked"
			  : strstr(c->text, "{their_reason}") != NULL ? "alert"
								      : NULL;
	struct buf args = BUF_INIT;

	for (size_t i = 0; v->args[i].key != NULL; i++) {
		bool reason = why != NULL && strcmp(v->args[i].key, "why") == 0;

		if (!all && !any && !reason &&
		    (c->arg == NULL || strcmp(v->args[i].key, c->arg) != 0))
			continue;
		buf_printf(
		    &args, "%s'%s':'", args.n > 0 ? "," : "", v->args[i].key);
		if (reason)
			buf_printf(&args, "%s'", why);
		else
			buf_printf(&args, "x%zu'", i);
	}
	sample_rec(s, "act", "bob", 1, NULL,
	    ",'by':'%s','verb':'%s','on':'%s','args':{%s}",
	    c->attribute != NULL ? "config" : "script", v->name,
	    strstr(c->text, "{subscription}") != NULL ? "bob/presence-1"
						      : on[v->thing],
	    buf_cstr(&args));
	buf_free(&args);
}

/* SENTENCE has all words of C, in order, around what that tells of the act. */
static bool
has_words(struct str sentence, const struct verb_clause *c)
{
	LOCAL_BUF words = BUF_INIT;
	struct str rest = str_of(c->text);
	ptrdiff_t at = 0;

	while (rest.n > 0 && at >= 0) {
		buf_clear(&words);
		buf_str(&words, str_cut(rest, '{', &rest));
		at = str_find(sentence, buf_cstr(&words));
		if (at >= 0)
			sentence = str_slice(
			    sentence, (size_t)at + words.n, sentence.n);
		str_cut(rest, '}', &rest);
	}
	return at >= 0;
}

/* Every clause of V is said of some act, the first of them also of one with all
 * that V takes. */
static void
expect_clauses(const struct verb *v)
{
	for (const struct verb_clause *c = v->clauses; c->text != NULL; c++) {
		struct buf out = BUF_INIT;
		struct trace_rec rec;
		struct sample s;
		struct trace *t;

		sample_begin(&s, "verbs");
		sample_node(&s, "bob", "ua", "", "");
		sample_rec(&s, "act", "bob", 0, NULL, ",'by':'person'");
		add_act(&s, v, c, false);
		add_act(&s, v, c, true);
		t = sample_end(&s);
		CU_ASSERT_PTR_NOT_NULL_FATAL(t);
		for (uint64_t seq = 2; seq <= (c == v->clauses ? 3 : 2);
		     seq++) {
			buf_clear(&out);
			trace_get(t, seq, &rec);
			record_sentence(t, &rec, &out);
			if (has_words(buf_view(&out), c))
				continue;
			printf(
			    "  %s, %s: %s\n", v->name, c->text, buf_cstr(&out));
			CU_FAIL("another clause is said");
		}
		buf_free(&out);
		trace_destroy(t);
	}
}

static void
every_verb(void)
{
	for (size_t i = 0; i < VERB_COUNT; i++) {
		const struct verb *v = &verb_rows[i];
		bool is_said =
		    v->clauses[0].text != NULL || v->thing == VERB_OF_MESSAGE;

		if (!is_said)
			printf("  %s has no CLAUSES\n", v->name);
		CU_ASSERT(is_said);
		expect_clauses(v);
	}
}

/* What is left of a timer is reckoned from the time that was asked for. */
static void
state_between_records(void)
{
	struct trace *t = sample_lost_invite();
	LOCAL_BUF out = BUF_INIT;

	CU_ASSERT_EQUAL(state(t, 12, 100 * MS, NULL, &out), 0);
	CU_ASSERT(str_starts(buf_view(&out), "At 0.100 s, after record 12. "));
	CU_ASSERT(str_find(buf_view(&out), " 405 ms left\n") > 0);
	trace_destroy(t);
}

/* What names a dialog, where its requests go; what a binding prefers. */
static void
state_of_dialog(void)
{
	struct sample s;
	struct trace *t;
	LOCAL_BUF out = BUF_INIT;

	sample_begin(&s, "dialog");
	sample_node(&s, "bob", "ua", "", "");
	sample_rec(&s, "act", "bob", 0, NULL, ",'by':'person'");
	sample_rec(&s, "dialog", "bob", 1, NULL,
	    ",'id':'a/b','to':'early','call_id':'c@d','local_tag':'a',"
	    "'remote_tag':'b','remote_target':'sip:a@c',"
	    "'routes':['<sip:p;lr>','<sip:q;lr>']");
	sample_rec(&s, "binding", "bob", 1, NULL,
	    ",'op':'add','aor':'sip:a@b','contact':'sip:a@c','q':50,"
	    "'expires':5000000000");
	sample_rec(&s, "fsm", "bob", 1, NULL,
	    ",'machine':'IST','id':'x','to':'completed'");
	sample_rec(&s, "fsm", "bob", 1, NULL,
	    ",'machine':'NIST','id':'x','to':'completed'");
	sample_rec(&s, "timer", "bob", 1, NULL,
	    ",'op':'set','name':'J','machine':'NIST','id':'x',"
	    "'length':1000000000");
	sample_rec(&s, "timer", "bob", 1, NULL,
	    ",'op':'set','name':'I','machine':'IST','id':'x',"
	    "'length':1000000000");
	t = sample_end(&s);
	CU_ASSERT_PTR_NOT_NULL_FATAL(t);
	CU_ASSERT_EQUAL(state(t, 7, -1, NULL, &out), 0);
	CU_ASSERT(golden_same("state-dialog.txt", buf_view(&out)));
	trace_destroy(t);
}

/* Three decimals, and more where they tell two records apart. */
static void
times_in_tables(void)
{
	static const int64_t apart[] = { 1 * MS, 1000, 1 };
	static const char *const last[] = { "\n3  0.002  ", "\n3  0.001001  ",
		"\n3  0.001000001  " };

	for (size_t i = 0; i < 3; i++) {
		struct sample s;
		struct trace *t;
		struct buf out = BUF_INIT;

		sample_begin(&s, "times");
		sample_node(&s, "bob", "ua", "", "");
		sample_rec(&s, "note", "bob", 0, NULL, ",'text':'a'");
		s.t = 1 * MS;
		sample_rec(&s, "note", "bob", 1, NULL, ",'text':'b'");
		s.t += apart[i];
		sample_rec(&s, "note", "bob", 1, NULL, ",'text':'c'");
		t = sample_end(&s);
		CU_ASSERT_EQUAL(records_write(t, NULL, NULL, NULL, &out), 0);
		CU_ASSERT(str_find(buf_view(&out), last[i]) > 0);
		buf_free(&out);
		trace_destroy(t);
	}
}

static void
hostile_records(void)
{
	struct trace *t = sample_hostile();
	struct records_options o = { .messages = true };
	LOCAL_BUF out = BUF_INIT;

	CU_ASSERT_PTR_NOT_NULL_FATAL(t);
	CU_ASSERT_EQUAL(records_write(t, NULL, &o, NULL, &out), 0);
	for (uint64_t seq = 1; seq <= trace_count(t); seq++) {
		CU_ASSERT_EQUAL(explain(t, seq, &out), 0);
		CU_ASSERT_EQUAL(records_write_one(t, seq, NULL, &out), 0);
		CU_ASSERT_EQUAL(state(t, seq, -1, NULL, &out), 0);
	}
	CU_ASSERT(str_chr(buf_view(&out), '\033') < 0);
	CU_ASSERT(str_find(buf_view(&out), "\xe2\x80\xae") < 0);
	trace_destroy(t);
}

static int
write_all(struct trace *t, struct buf *out)
{
	int err = explain(t, 15, out);

	if (err == 0)
		err = records_write(t, NULL, NULL, NULL, out);
	if (err == 0)
		err = records_write_one(t, 15, NULL, out);
	return err != 0 ? err : state(t, 20, -1, NULL, out);
}

static void
memory_runs_out(void)
{
	struct trace *t = sample_lost_invite();
	int err = ERR_NOMEM;

	for (unsigned long n = 1; err != 0 && n < 20000; n++) {
		struct buf out = BUF_INIT;

		mem_fail_from(n);
		err = write_all(t, &out);
		mem_fail_from(0);
		CU_ASSERT(err == 0 || err == ERR_NOMEM);
		buf_free(&out);
	}
	CU_ASSERT_EQUAL(err, 0);
	trace_destroy(t);
}

CHECK_MAIN("explain", { "chain_of_causes", chain_of_causes },
    { "wrapping", wrapping }, { "tables", tables }, { "states", states },
    { "state_between_records", state_between_records },
    { "state_of_dialog", state_of_dialog },
    { "times_in_tables", times_in_tables }, { "every_kind", every_kind },
    { "every_verb", every_verb }, { "hostile_records", hostile_records },
    { "memory_runs_out", memory_runs_out })
