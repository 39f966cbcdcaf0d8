/* The ladder's layout: which columns, which rows, where they stand. */
#include "fixtures/check.h"
#include "fixtures/sample_more.h"

#include "base/err.h"
#include "base/mem.h"
#include "ladder/layout.h"
#include "words/time_words.h"

static struct layout *
lay(struct trace *t, const struct layout_options *o)
{
	struct layout *l = NULL;

	CU_ASSERT_PTR_NOT_NULL_FATAL(t);
	CU_ASSERT_EQUAL(layout_create(&l, t, o, NULL), 0);
	CU_ASSERT_PTR_NOT_NULL_FATAL(l);
	return l;
}

static void
columns_follow_the_talk(void)
{
	struct trace *t = sample_lost_invite();
	struct layout *l = lay(t, NULL);
	static const char *const names[] = { "alice", "atl", "bil", "bob" };
	struct layout_options o = LAYOUT_OPTIONS;

	/* Routers are left out; bil moves beside atl, whom it talks to. */
	CU_ASSERT_EQUAL_FATAL(l->ncolumns, 4);
	for (size_t i = 0; i < 4; i++)
		CU_ASSERT(str_is(l->columns[i].name, names[i]));
	CU_ASSERT_EQUAL(l->nframes, 2);
	CU_ASSERT(str_is(l->frames[1].name, "biloxi.example.com"));
	CU_ASSERT_EQUAL(l->frames[1].first, 2);
	CU_ASSERT_EQUAL(l->frames[1].last, 3);
	/* A label that says no more than the name is none. */
	CU_ASSERT(l->columns[0].label.n == 0);
	CU_ASSERT(l->columns[1].label.n == 0);
	layout_destroy(l);
	o.keep_order = true;
	l = lay(t, &o);
	CU_ASSERT(str_is(l->columns[2].name, "bob"));
	layout_destroy(l);
	trace_destroy(t);
}

/* NODES (with spaces between) in one domain; each message of TALK, "a>b:INVITE"
 * …, passes once; the columns are in the order of WANT. */
static void
stand(const char *nodes, const char *talk, const char *want)
{
	LOCAL_BUF got = BUF_INIT;
	struct str rest = str_of(nodes);
	struct sample s;
	struct trace *t;
	struct layout *l;
	uint64_t r;

	sample_begin(&s, "order");
	while (rest.n > 0) {
		struct str word = str_cut(rest, ' ', &rest);
		char name[16];

		snprintf(name, sizeof(name), "%.*s", STR_ARG(word));
		sample_node(&s, name, "ua", "a.example", "");
	}
	r = sample_rec(&s, "act", "alice", 0, NULL, ",'by':'person'");
	for (rest = str_of(talk); rest.n > 0;) {
		struct str what, from, to;
		char src[16], dst[16], start[16];

		to = str_cut(rest, ' ', &rest);
		to = str_cut(to, ':', &what);
		from = str_cut(to, '>', &to);
		snprintf(src, sizeof(src), "%.*s", STR_ARG(from));
		snprintf(dst, sizeof(dst), "%.*s", STR_ARG(to));
		snprintf(start, sizeof(start), "%.*s", STR_ARG(what));
		if (strcmp(start, "query") == 0)
			r = sample_rec(&s, "send", src, r, NULL,
			    ",'src':'%s','dst':'%s','proto':'location',"
			    "'start':'query','text':'?'",
			    src, dst);
		else
			r = sample_pass(&s, src, dst, start, start, r, MS);
	}
	t = sample_end(&s);
	l = lay(t, NULL);
	for (size_t i = 0; i < l->ncolumns; i++) {
		buf_puts(&got, i > 0 ? " " : "");
		buf_str(&got, l->columns[i].name);
	}
	CU_ASSERT_STRING_EQUAL(buf_cstr(&got), want);
	layout_destroy(l);
	trace_destroy(t);
}

static void
columns_keep_their_order(void)
{
	/* Who forks has long arrows in any order. */
	stand("alice px one two three",
	    "alice>px:INVITE px>one:INVITE px>two:INVITE px>three:INVITE "
	    "px>one:CANCEL px>two:CANCEL px>alice:BYE",
	    "alice px one two three");
	/* What comes between two that talk moves out of the way. */
	stand("alice bob px",
	    "alice>px:INVITE alice>px:ACK px>bob:INVITE px>bob:ACK",
	    "alice px bob");
	/* A caller stands left, the location service beside who asks. */
	stand("px loc alice bob",
	    "alice>px:INVITE px>loc:query px>bob:INVITE alice>px:ACK "
	    "px>bob:ACK alice>px:BYE px>bob:BYE",
	    "alice px loc bob");
}

static void
rows_in_order_of_sending(void)
{
	struct trace *t = sample_lost_invite();
	struct layout_options o = LAYOUT_OPTIONS;
	struct layout *l;
	const struct layout_row *r;

	o.number = true;
	l = lay(t, &o);
	CU_ASSERT_EQUAL(l->nmessages, 21);
	CU_ASSERT_EQUAL(l->nlost, 1);
	CU_ASSERT_EQUAL(l->nretx, 1);
	CU_ASSERT_EQUAL(l->nrows, 22);
	r = &l->rows[2];
	CU_ASSERT(str_is(r->label, "INVITE (SDP)"));
	CU_ASSERT(r->lost && !r->loss.arrived);
	CU_ASSERT_EQUAL(r->loss.reason, TRACE_DROP_LOSS);
	CU_ASSERT_EQUAL(r->fwd, 0);
	CU_ASSERT_EQUAL(r->number, 3);
	r = &l->rows[3];
	CU_ASSERT_EQUAL(r->item, LAYOUT_TIMER);
	CU_ASSERT(str_is(r->label, "Timer A 500 ms"));
	CU_ASSERT_EQUAL(r->from, 1);
	CU_ASSERT_EQUAL(r->t, 505 * MS);
	CU_ASSERT_EQUAL(r->t_end, 5 * MS);
	CU_ASSERT_EQUAL(r->since, 2);
	r = &l->rows[4];
	CU_ASSERT_EQUAL(r->repeat.retx, 1);
	CU_ASSERT_EQUAL(r->repeat.first, 2);
	CU_ASSERT_EQUAL(r->t_end, 525 * MS);
	CU_ASSERT_EQUAL(l->rows[8].arrow, TRACE_ARROW_PROVISIONAL);
	CU_ASSERT_EQUAL(layout_row_at(l, r->seq), 4);
	CU_ASSERT_EQUAL(layout_row_at(l, r->end_seq), 4);
	CU_ASSERT_EQUAL(layout_row_at(l, 1), LAYOUT_NONE);
	layout_destroy(l);
	trace_destroy(t);
}

static void
states_beside_the_timer(void)
{
	struct trace *t = sample_lost_invite();
	struct layout *l = lay(t, NULL);

	/* Timer A leaves the machine where it is: no new bar. */
	CU_ASSERT_EQUAL_FATAL(l->nbars, 3);
	CU_ASSERT(str_is(l->bars[0].state, "calling"));
	CU_ASSERT_EQUAL(l->bars[0].column, 1);
	CU_ASSERT_EQUAL(l->bars[0].t_end, 545 * MS);
	CU_ASSERT(str_is(l->bars[2].state, "accepted"));
	layout_destroy(l);
	trace_destroy(t);
}

/* A step of transaction ID at a node, and a message for it to stand beside. */
static void
steps(struct sample *s, const char *node, const char *machine, const char *id,
    const char *from, const char *to)
{
	uint64_t r = sample_rec(s, "fsm", node, 0, NULL,
	    ",'machine':'%s','id':'%s','from':'%s','to':'%s'", machine, id,
	    from, to);

	sample_send(s, "a", "p", "INVITE", "INVITE", false, r, NULL, 0, 0);
	s->t += 10 * MS;
}

/* Where states are asked for, the newest INVITE of a node has its bar; a
 * proxy's client transactions do not take it from their server's. */
static void
the_newest_invite_has_the_bar(void)
{
	static const struct {
		size_t column;
		const char *machine, *state;
		int from, to;
	} wanted[] = {
		{ 0, "ICT", "calling", 0, 30 },
		{ 1, "IST", "proceeding", 10, 60 },
		{ 0, "ICT", "completed", 30, 40 },
		{ 0, "ICT", "calling", 40, 50 },
		{ 0, "ICT", "proceeding", 50, 70 },
		{ 1, "IST", "completed", 60, 80 },
		{ 0, "ICT", "accepted", 70, 90 },
		{ 1, "IST", "proceeding", 80, 100 },
		{ 0, "IST", "proceeding", 90, 100 },
	};
	struct layout_options o = LAYOUT_OPTIONS;
	struct sample s;
	struct trace *t;
	struct layout *l;

	sample_begin(&s, "newest");
	sample_node(&s, "a", "ua", "", "");
	sample_node(&s, "p", "proxy", "", "");
	steps(&s, "a", "ICT", "i1", "none", "calling");
	steps(&s, "p", "IST", "s1", "none", "proceeding");
	steps(&s, "p", "ICT", "c1", "none", "calling");
	steps(&s, "a", "ICT", "i1", "calling", "completed");
	steps(&s, "a", "ICT", "i2", "none", "calling");
	steps(&s, "a", "ICT", "i2", "calling", "proceeding");
	steps(&s, "p", "IST", "s1", "proceeding", "completed");
	steps(&s, "a", "ICT", "i2", "proceeding", "accepted");
	steps(&s, "p", "IST", "s2", "none", "proceeding");
	steps(&s, "a", "IST", "s3", "none", "proceeding");
	steps(&s, "a", "ICT", "i1", "completed", "terminated");
	t = sample_end(&s);
	CU_ASSERT_PTR_NOT_NULL_FATAL(t);
	o.states = true;
	l = lay(t, &o);
	CU_ASSERT(l->newest);
	CU_ASSERT_EQUAL_FATAL(l->nbars, sizeof(wanted) / sizeof(wanted[0]));
	for (size_t i = 0; i < l->nbars; i++) {
		CU_ASSERT_EQUAL(l->bars[i].column, wanted[i].column);
		CU_ASSERT(str_is(l->bars[i].machine, wanted[i].machine));
		CU_ASSERT(str_is(l->bars[i].state, wanted[i].state));
		CU_ASSERT_EQUAL(l->bars[i].t, wanted[i].from * MS);
		CU_ASSERT_EQUAL(l->bars[i].t_end, wanted[i].to * MS);
	}
	layout_destroy(l);
	trace_destroy(t);
}

static void
true_time_has_one_scale(void)
{
	struct trace *t = sample_lost_invite();
	struct layout_options o = LAYOUT_OPTIONS;
	struct layout *l;
	double per_ns;

	o.true_time = true;
	l = lay(t, &o);
	CU_ASSERT(l->true_time);
	CU_ASSERT_EQUAL(l->ngaps, 3);
	per_ns = (l->rows[0].y_end - l->rows[0].y) / (5.0 * MS);
	CU_ASSERT(per_ns > 0);
	for (size_t i = 0; i < l->nrows; i++) {
		const struct layout_row *r = &l->rows[i];
		double want = (double)(r->t_end - r->t) * per_ns;
		double error = r->y_end - r->y - want;

		/* Every arrow, through no gap, as steep as its time asks. */
		if (r->item == LAYOUT_MESSAGE)
			CU_ASSERT(error < 1e-6 && error > -1e-6);
		if (i > 0)
			CU_ASSERT(r->y >= l->rows[i - 1].y);
	}
	layout_destroy(l);
	trace_destroy(t);
}

static void
folding_hides_repetition(void)
{
	struct trace *t = sample_lost_invite();
	struct layout_options o = LAYOUT_OPTIONS;
	struct layout *l;

	o.fold = true;
	l = lay(t, &o);
	/* What was lost is not one with what arrived. */
	CU_ASSERT_EQUAL(l->nrows, 22);
	CU_ASSERT(l->rows[2].lost);
	CU_ASSERT_EQUAL(l->nlost, 1);
	CU_ASSERT_EQUAL(l->nretx, 1);
	layout_destroy(l);
	trace_destroy(t);
}

/* How the transmissions of one INVITE fare, and what folding makes of them. */
static const struct {
	const char
	    *fates; /* + arrives, - lost on the link, ! the host is down */
	const char *rows;  /* "-1" is lost and stands for one more; behind /
			      how many of them were lost */
	const char *known; /* the same where all is known from the start */
} folds[] = {
	{ "+", "+0", "+0" },
	{ "++", "+1", "+1" },
	{ "-+", "-0 +0", "+1/1" },
	{ "--+", "-1 +0", "+2/2" },
	{ "+-", "+1/1", "+1/1" },
	{ "-+-+", "-0 +2/1", "+3/2" },
	{ "---", "-2", "-2" },
	{ "-!!+", "-0 -1 +0", "-0 +2/2" },
};

static struct trace *
repeated(const char *fates)
{
	struct sample s;
	uint64_t act, first = 0, seq;

	sample_begin(&s, "Fold");
	sample_node(&s, "alice", "ua", "", "");
	sample_node(&s, "bob", "ua", "", "");
	act = sample_rec(&s, "act", "alice", 0, NULL, ",'by':'person'");
	for (; *fates != '\0'; fates++) {
		seq = sample_send(&s, "alice", "bob", "INVITE", "INVITE", false,
		    act, NULL, 0, first);
		first = first != 0 ? first : seq;
		if (*fates == '+')
			sample_recv(&s, "bob", seq, 10 * MS);
		else
			sample_rec(&s, "drop", "", seq, NULL,
			    ",'of':%llu,'reason':'%s'", (unsigned long long)seq,
			    *fates == '-' ? "loss" : "host-down");
	}
	return sample_end(&s);
}

static void
folding_never_hides_a_loss(void)
{
	size_t n = sizeof(folds) / sizeof(folds[0]);

	for (size_t j = 0; j < 2 * n; j++) {
		size_t i = j / 2;
		bool known = j % 2;
		struct trace *t = repeated(folds[i].fates);
		struct layout_options o = LAYOUT_OPTIONS;
		struct buf b = BUF_INIT;
		struct layout *l;
		size_t lost = 0;

		o.fold = true;
		o.state_at_lost = known;
		l = lay(t, &o);
		for (size_t k = 0; k < l->nrows; k++) {
			const struct layout_row *r = &l->rows[k];

			buf_printf(&b, "%s%c%u", k > 0 ? " " : "",
			    r->lost ? '-' : '+', r->repeat.folded);
			if (r->repeat.gone > 0)
				buf_printf(&b, "/%u", r->repeat.gone);
		}
		CU_ASSERT_STRING_EQUAL(
		    buf_cstr(&b), known ? folds[i].known : folds[i].rows);
		/* None is another than itself. */
		for (size_t k = 0; k < l->nrows; k++)
			CU_ASSERT(l->rows[k].repeat.first != k);
		for (const char *c = folds[i].fates; *c != '\0'; c++)
			lost += *c != '+';
		CU_ASSERT_EQUAL(l->nlost, lost);
		CU_ASSERT_EQUAL(
		    l->nmessages + l->nfolded, strlen(folds[i].fates));
		/* Every record of a message finds the row that shows it. */
		for (uint64_t seq = 2; seq < trace_count(t); seq++) {
			size_t row = layout_row_at(l, seq);

			CU_ASSERT(layout_row_has(l, row, seq));
		}
		buf_free(&b);
		layout_destroy(l);
		trace_destroy(t);
	}
}

static void
filters_narrow(void)
{
	struct trace *t = sample_lost_invite();
	struct layout_options o = LAYOUT_OPTIONS;
	static const char *const both[] = { "atl", "bil" };
	static const char *const one[] = { "bob" };
	static const char *const wrong[] = { "blip" };
	struct diag d = DIAG_INIT;
	struct layout *l;

	o.nodes = both;
	o.nnodes = 2;
	l = lay(t, &o);
	CU_ASSERT_EQUAL(l->ncolumns, 2);
	CU_ASSERT_EQUAL(l->nmessages, 8);
	layout_destroy(l);
	o.nodes = one;
	o.nnodes = 1;
	l = lay(t, &o);
	CU_ASSERT_EQUAL(l->ncolumns, 2);
	CU_ASSERT_EQUAL(l->nmessages, 6);
	layout_destroy(l);
	o.nodes = wrong;
	CU_ASSERT_EQUAL(layout_create(&l, t, &o, &d), ERR_NOTFOUND);
	CU_ASSERT_PTR_NULL(l);
	CU_ASSERT_PTR_NOT_NULL(strstr(d.text, "bil"));
	o = LAYOUT_OPTIONS;
	o.from_ns = 2560 * MS;
	o.to_ns = 2585 * MS;
	l = lay(t, &o);
	CU_ASSERT_EQUAL(l->nmessages, 3);
	layout_destroy(l);
	o = LAYOUT_OPTIONS;
	o.call = "c1@";
	l = lay(t, &o);
	CU_ASSERT_EQUAL(l->nmessages, 21);
	layout_destroy(l);
	o.call = "nobody";
	CU_ASSERT_EQUAL(layout_create(&l, t, &o, NULL), ERR_NOTFOUND);
	o = LAYOUT_OPTIONS;
	o.max_rows = 10;
	l = lay(t, &o);
	CU_ASSERT_TRUE(l->cut);
	CU_ASSERT_EQUAL(l->nrows, 10);
	CU_ASSERT_TRUE(l->cut_ns >= l->rows[9].t);
	layout_destroy(l);
	trace_destroy(t);
}

/* The INVITE that was lost between px and bob makes the 200 to the BYE there
 * ambiguous; px passes it on to alice, where it would be plain. */
static void
labels_of_all_hops(void)
{
	struct sample s;
	struct trace *t;
	struct layout *l;
	uint64_t r;

	sample_begin(&s, "hops");
	sample_node(&s, "alice", "ua", "", "");
	sample_node(&s, "px", "proxy", "", "");
	sample_node(&s, "bob", "ua", "", "");
	r = sample_rec(&s, "act", "alice", 0, NULL, ",'by':'person'");
	sample_send(&s, "px", "bob", "INVITE", "INVITE", false, r, NULL, 0, 0);
	r = sample_pass(&s, "alice", "px", "BYE", "BYE", r, 5 * MS);
	r = sample_send(&s, "px", "bob", "BYE", "BYE", false, r, NULL, r, 0);
	r = sample_pass(&s, "bob", "px", "200 OK", "BYE", r, 5 * MS);
	r = sample_send(
	    &s, "px", "alice", "200 OK", "BYE", false, r, NULL, r, 0);
	t = sample_end(&s);
	l = lay(t, NULL);
	CU_ASSERT_EQUAL_FATAL(l->nrows, 5);
	CU_ASSERT(str_is(l->rows[3].label, "200 OK (BYE)"));
	CU_ASSERT(l->rows[4].fwd == 3);
	CU_ASSERT(str_is(l->rows[4].label, "200 OK (BYE)"));
	CU_ASSERT(str_is(l->rows[4].brief, "200"));
	layout_destroy(l);
	trace_destroy(t);
}

static void
strange_traces(void)
{
	struct trace *t = sample_empty();
	struct layout_options o = LAYOUT_OPTIONS;
	struct layout *l = lay(t, NULL);

	CU_ASSERT_EQUAL(l->ncolumns, 0);
	CU_ASSERT_EQUAL(l->nrows, 0);
	CU_ASSERT(!l->complete);
	layout_destroy(l);
	trace_destroy(t);
	t = sample_hostile();
	o.true_time = true;
	l = lay(t, &o);
	/* A node that no header names becomes a column. */
	CU_ASSERT_EQUAL(l->ncolumns, 3);
	CU_ASSERT(l->rows[0].lost);
	layout_destroy(l);
	trace_destroy(t);
}

static void
long_calls(void)
{
	struct trace *t = sample_long(20000);
	struct layout_options o = LAYOUT_OPTIONS;
	struct layout *l;

	o.true_time = true;
	l = lay(t, &o);
	CU_ASSERT_EQUAL(l->nmessages, 20000);
	CU_ASSERT_EQUAL(l->ngaps, 0);
	CU_ASSERT(l->height > 19999 && l->height < 20001);
	layout_destroy(l);
	trace_destroy(t);
}

static void
lengths_are_short(void)
{
	static const struct {
		int64_t ns;
		const char *text;
	} cases[] = { { 0, "0 ms" }, { 500 * MS, "500 ms" },
		{ 32000 * MS, "32 s" }, { 1500 * MS, "1.5 s" },
		{ 20000, "20 µs" }, { 7, "7 ns" }, { 1050, "1.05 µs" },
		{ INT64_MAX, "9223372036.854 s" } };

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct buf b = BUF_INIT;

		time_put_length(&b, cases[i].ns);
		CU_ASSERT_STRING_EQUAL(buf_cstr(&b), cases[i].text);
		buf_free(&b);
	}
}

static void
memory_runs_out(void)
{
	struct trace *t = sample_lost_invite();
	struct layout_options o = LAYOUT_OPTIONS;
	struct layout *l = NULL;
	int err = ERR_NOMEM;

	o.true_time = true;
	for (unsigned long n = 1; err != 0 && n < 5000; n++) {
		mem_fail_from(n);
		err = layout_create(&l, t, &o, NULL);
		mem_fail_from(0);
		CU_ASSERT(err == 0 || err == ERR_NOMEM);
	}
	CU_ASSERT_EQUAL(err, 0);
	layout_destroy(l);
	trace_destroy(t);
}

/* The end of a message that comes apart from it, with the next one, is no
 * second arrival, where the transport is a stream; a datagram may come twice.
 */
static void
parts_of_a_stream(void)
{
	static const struct {
		const char *transport;
		unsigned copies[2];
		bool under_way; /* the second message */
	} rows[] = {
		{ "tcp", { 1, 1 }, false },
		{ "udp", { 2, 0 }, true },
		{ "?", { 2, 0 }, true },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		uint64_t sent[2], r;
		struct sample s;
		struct layout *l;
		struct trace *t;

		sample_begin(&s, "stream");
		sample_node(&s, "alice", "ua", "a.example", "");
		sample_node(&s, "bob", "ua", "a.example", "");
		r = sample_rec(&s, "act", "alice", 0, NULL, ",'by':'person'");
		for (size_t k = 0; k < 2; k++)
			sent[k] = sample_rec(&s, "send", "alice", r, NULL,
			    ",'src':'alice','dst':'bob','transport':'%s',"
			    "'proto':'sip','start':'MESSAGE','text':'?'",
			    rows[i].transport);
		sample_recv(&s, "bob", sent[0], MS);
		sample_rec(&s, "recv", "bob", sent[1], NULL,
		    ",'of':%llu,'text':'x'", (unsigned long long)sent[0]);
		/* Nor does it count when it comes a third time. */
		if (i == 0)
			sample_rec(&s, "recv", "bob", sent[1], NULL,
			    ",'of':%llu,'text':'y'",
			    (unsigned long long)sent[0]);
		t = sample_end(&s);
		l = lay(t, NULL);
		CU_ASSERT_EQUAL_FATAL(l->nrows, 2);
		for (size_t k = 0; k < 2; k++)
			CU_ASSERT_EQUAL(l->rows[k].copies, rows[i].copies[k]);
		CU_ASSERT_EQUAL(l->rows[1].under_way, rows[i].under_way);
		layout_destroy(l);
		trace_destroy(t);
	}
}

CHECK_MAIN("ladder", { "columns_follow_the_talk", columns_follow_the_talk },
    { "columns_keep_their_order", columns_keep_their_order },
    { "rows_in_order_of_sending", rows_in_order_of_sending },
    { "states_beside_the_timer", states_beside_the_timer },
    { "the_newest_invite_has_the_bar", the_newest_invite_has_the_bar },
    { "true_time_has_one_scale", true_time_has_one_scale },
    { "folding_hides_repetition", folding_hides_repetition },
    { "folding never hides a loss", folding_never_hides_a_loss },
    { "filters_narrow", filters_narrow },
    { "labels_of_all_hops", labels_of_all_hops },
    { "parts of a stream", parts_of_a_stream },
    { "strange_traces", strange_traces }, { "long_calls", long_calls },
    { "lengths_are_short", lengths_are_short },
    { "memory_runs_out", memory_runs_out })
