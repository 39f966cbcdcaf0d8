/*
 * A report: making it, asking the checks of which calls, keeping what they
 * say, ending it, and reading it. What one trace adds is in
 * inspect/inspect_take.c.
 */
#include "inspect/inspect.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/array.h"
#include "base/err.h"
#include "base/mem.h"
#include "inspect/check.h"
#include "inspect/rule_gaps.h"
#include "inspect/inspect_in.h"
#include "inspect/unchecked_sentences.h"
#include "inspect/relate.h"
#include "measures/measures.h"
#include "msg/header_names.h"
#include "outcome/troubles.h"
#include "role/role.h"
#include "rules/rule_names.h"
#include "rules/rules.h"
#include "trace/reader.h"

static const struct check inspect_checks[] = {
#define X(r, s, a, bits, at, check, ...)         \
	{ .moment = (at),                        \
		.fn = (check),                   \
		.clause.rule = RULE_##r,         \
		.clause.severity = INSPECT_##s,  \
		.clause.area = INSPECT_AREA_##a, \
		.clause.roles = (bits),          \
		.clause.when = __VA_ARGS__ },
	CLAUSES(X)
#undef X
};

static const size_t inspect_ncheck = COUNT_OF(inspect_checks);

/* Of each moment its checks, in their order.  0 or ERR_NOMEM. */
static int
sort_checks(struct inspect *in)
{
	size_t n = 0;

	in->checks = mem_zalloc(inspect_ncheck, sizeof(struct check *));
	if (in->checks == NULL)
		return ERR_NOMEM;
	for (int m = 0; m < MOMENT_COUNT; m++) {
		in->moments[m] = n;
		for (size_t i = 0; i < inspect_ncheck; i++)
			if ((int)inspect_checks[i].moment == m)
				in->checks[n++] = &inspect_checks[i];
	}
	in->moments[MOMENT_COUNT] = n;
	return 0;
}

/* Which record wanted it so: a fault that struck this message, or another one
 * of the call before, a message that a script wrote, a crash. */
static uint64_t
inspection_find_meant(const struct inspected_message *l)
{
	const struct call *c = l->call;
	const struct node *n =
	    l->blame < l->in->node_n ? &l->in->node[l->blame] : NULL;

	if (c != NULL && c->fault != 0 && c->fault_of <= l->seq)
		return c->fault;
	if (l->raw != 0)
		return l->raw;
	/* A finding at the end has its place at a later record. */
	return n != NULL && n->crash != 0 &&
		       (n->crash <= l->seq || n->crash <= l->at)
		   ? n->crash
		   : 0;
}

/*
 * The earlier finding with the same words, or their substitutes, at this node,
 * called NODE, in whichever of its roles: the same mistake again is only
 * counted.
 */
static struct inspect_finding *
inspection_find_same(struct inspected_message *l, struct str node,
    uint64_t meant, size_t reading)
{
	struct inspect *in = l->in;
	char head[96];
	struct str key;
	uintptr_t at;

	snprintf(head, sizeof(head), "%d %d %zu", (int)l->check->clause.rule,
	    meant != 0, reading);
	key = inspect_mark(in, MARK_FINDING, str_of(head), node,
	    l->same != NULL ? str_of(l->same) : buf_view(l->why));
	at = (uintptr_t)map_get(in->found, key);
	if (at != 0)
		return &in->report.findings[at - 1];
	if (map_put(in->found, key,
		(void *)(uintptr_t)(in->report.nfindings + 1)) != 0)
		in->err = ERR_NOMEM;
	return NULL;
}

static int
add_finding(struct inspected_message *l)
{
	struct inspect *in = l->in;
	uint64_t meant = inspection_find_meant(l);
	struct str node =
	    l->blame == TRACE_NO_NODE ? STR("") : trace_name(l->t, l->blame);
	size_t reading = profile_reading(l);
	struct inspect_finding *f;
	char *text, *name;

	f = inspection_find_same(l, node, meant, reading);
	if (in->err != 0)
		return in->err;
	if (f != NULL) {
		f->count++;
		return 0;
	}
	if (ARRAY_ROOM(&in->report.findings, &in->findings_cap,
		in->report.nfindings + 1) != 0)
		return ERR_NOMEM;
	text = arena_str(in->texts, buf_view(l->why));
	name = arena_str(in->texts, node);
	if (text == NULL || name == NULL)
		return ERR_NOMEM;
	if (meant != 0)
		in->report.meant++;
	else
		in->report.count[l->check->clause.severity]++;
	in->report.findings[in->report.nfindings++] = (struct inspect_finding){
		.clause = (size_t)(l->check - inspect_checks),
		.role = l->as,
		.file = (uint32_t)(in->report.nfiles - 1),
		.node = l->blame,
		.name = str_of(name),
		.seq = in->before + l->at,
		.t = l->at <= trace_count(l->t) ? trace_time_of(l->t, l->at)
						: l->time,
		.count = 1,
		.meant = meant,
		.reading = reading,
		.text = str_of(text),
	};
	return 0;
}

static void
inspection_keep_verdict(struct inspected_message *l, enum verdict v)
{
	struct inspect *in = l->in;
	const struct inspect_clause *c = &l->check->clause;
	struct inspect_row *row = &in->report.rows[c->rule];

	if (l->as == ROLE_CLASS_COUNT)
		l->as = inspected_role(l);
	if ((c->roles >> l->as & 1) == 0)
		return;
	if (v == DOUBTED || v == BROKEN)
		inspect_note_gap(in, c->rule, l->as);
	if (v == SEEN || v == DOUBTED)
		row->seen[l->as]++;
	if (v == KEPT)
		row->kept[l->as]++;
	if (v != BROKEN)
		return;
	row->broken[l->as]++;
	if (inspection_find_meant(l) != 0)
		row->meant[l->as]++;
	if (add_finding(l) != 0)
		in->err = ERR_NOMEM;
}

/* Of a message that can't be read only its fault is reported: the rest would
 * follow from that. */
static bool
inspection_is_asked(const struct inspected_message *l, const struct check *c)
{
	if (c->moment > AT_REPEAT)
		return true;
	return c->clause.rule == RULE_MESSAGE_LARGE ||
	       (c->clause.rule >= RULE_FORM_START &&
		   c->clause.rule <= RULE_FORM_LENGTH) ||
	       (l->read && l->fault == MSG_FAULT_NONE);
}

void
inspect_ask(struct inspected_message *l, const struct check *c)
{
	enum verdict v;

	l->check = c;
	l->at = l->seq;
	l->blame = l->node;
	l->as = ROLE_CLASS_COUNT;
	l->same = NULL;
	buf_clear(l->why);
	v = c->fn(l);
	if (v != SILENT)
		inspection_keep_verdict(l, v);
	if (l->why->err != 0)
		l->in->err = ERR_NOMEM;
}

void
inspect_look(struct inspected_message *l, enum moment moment)
{
	const struct inspect *in = l->in;

	for (size_t i = in->moments[moment];
	     i < in->moments[moment + 1] && in->err == 0; i++)
		if (inspection_is_asked(l, in->checks[i]))
			inspect_ask(l, in->checks[i]);
}

/* ---- the report as a whole ---- */

const char *const inspect_severity_names[] = {
#define X(id, name, text) name,
	INSPECT_SEVERITIES(X)
#undef X
};

const char *const inspect_sure_names[] = {
#define X(id, name) name,
	INSPECT_SURE(X)
#undef X
};

const char *const inspect_cell_names[] = {
#define X(id, name) name,
	INSPECT_CELLS(X)
#undef X
};

const char *const inspect_area_names[] = {
#define X(id, name) name,
	INSPECT_AREAS(X)
#undef X
};

size_t
inspect_clause_count(void)
{
	return inspect_ncheck;
}

const struct inspect_clause *
inspect_clause_at(size_t i)
{
	return &inspect_checks[i].clause;
}

const struct inspect_clause *
inspect_clause_of(enum rule_id rule)
{
	for (size_t i = 0; i < inspect_ncheck; i++)
		if (inspect_checks[i].clause.rule == rule)
			return &inspect_checks[i].clause;
	return NULL;
}

/* Sentences that nothing checks yet. */
static const struct {
	enum rule_id rule;
	const char *text;
} open_sentences[] = {
#define X(r, sentence) { RULE_##r, sentence },
	INSPECT_OPEN_SENTENCES(X)
	/* The end, since there may be none. */
	{ RULE_NONE, NULL },
#undef X
};

const char *
inspect_open_sentence(enum rule_id rule, unsigned i)
{
	for (size_t k = 0; k < COUNT_OF(open_sentences); k++)
		if (open_sentences[k].rule == rule && i-- == 0)
			return open_sentences[k].text;
	return NULL;
}

unsigned
inspect_sentences(enum rule_id rule, unsigned *all)
{
	unsigned n = 0;

	for (size_t i = 0; i < inspect_ncheck; i++)
		n += inspect_checks[i].clause.rule == rule;
	for (*all = n; inspect_open_sentence(rule, *all - n) != NULL;)
		++*all;
	return n;
}

static int
make_messages(struct inspect *in)
{
	for (size_t i = 0; i < INSPECT_READ; i++) {
		in->last[i].msg = mem_zalloc(1, sizeof(*in->last[i].msg));
		if (in->last[i].msg == NULL)
			return ERR_NOMEM;
	}
	return 0;
}

int
inspect_create(struct inspect **out, uint64_t sample)
{
	struct inspect *in = mem_zalloc(1, sizeof(*in));

	*out = NULL;
	if (in == NULL)
		return ERR_NOMEM;
	in->sample = sample;
	in->report.rows = mem_zalloc(RULE_COUNT, sizeof(*in->report.rows));
	in->source = mem_zalloc(1, sizeof(*in->source));
	in->sdp = mem_zalloc(1, sizeof(*in->sdp));
	if (make_messages(in) != 0 || sort_checks(in) != 0 ||
	    relate_create(in) != 0 || in->report.rows == NULL ||
	    in->source == NULL || in->sdp == NULL ||
	    arena_create(&in->texts) != 0 ||
	    troubles_create(&in->report.troubles) != 0 ||
	    map_create(&in->rules) != 0) {
		inspect_destroy(in);
		return ERR_NOMEM;
	}
	*out = in;
	return 0;
}

void
inspect_destroy(struct inspect *in)
{
	if (in == NULL)
		return;
	for (int k = 0; k < MEASURE_KIND_COUNT; k++)
		mem_free(in->report.metrics.delays[k].ns);
	mem_free(in->report.metrics.failed.ns);
	mem_free(in->report.metrics.durations.ns);
	mem_free(in->report.findings);
	mem_free(in->report.nodes);
	mem_free(in->report.verdicts);
	mem_free(in->report.files);
	mem_free(in->report.rows);
	troubles_destroy(in->report.troubles);
	for (size_t i = 0; i < INSPECT_READ; i++) {
		mem_free(in->last[i].msg);
		buf_free(&in->last[i].bytes);
	}
	mem_free(in->source);
	for (size_t i = 0; i < INSPECT_OTHERS; i++) {
		mem_free(in->others[i].msg);
		buf_free(&in->others[i].bytes);
	}
	relate_destroy(in);
	mem_free(in->checks);
	mem_free(in->sdp);
	arena_destroy(in->texts);
	map_destroy(in->rules);
	map_destroy(in->found);
	buf_free(&in->bytes);
	buf_free(&in->own);
	buf_free(&in->bytes2);
	buf_free(&in->source_bytes);
	buf_free(&in->key);
	buf_free(&in->why);
	buf_free(&in->fields);
	sent_message_free(&in->read);
	mem_free(in);
}

/* What was meant comes last; else by severity, rule, file, record. */
static int
compare_findings(const void *a, const void *b)
{
	const struct inspect_finding *x = a, *y = b;
	const struct inspect_clause *cx = inspect_clause_at(x->clause);
	const struct inspect_clause *cy = inspect_clause_at(y->clause);

	if ((x->meant != 0) != (y->meant != 0))
		return x->meant != 0 ? 1 : -1;
	if (cx->severity != cy->severity)
		return cx->severity < cy->severity ? -1 : 1;
	if (cx->rule != cy->rule)
		return cx->rule < cy->rule ? -1 : 1;
	if (x->file != y->file)
		return x->file < y->file ? -1 : 1;
	if (x->seq != y->seq)
		return x->seq < y->seq ? -1 : 1;
	return str_cmp(x->text, y->text);
}

int
inspect_finish(struct inspect *in)
{
	profile_settle(in);
	if (in->report.nfindings > 0)
		qsort(in->report.findings, in->report.nfindings,
		    sizeof(*in->report.findings), compare_findings);
	troubles_sort(in->report.troubles);
	inspect_sort_metrics(in);
	return in->err;
}

const struct inspect_report *
inspect_report(const struct inspect *in)
{
	return &in->report;
}

enum inspect_cell
inspect_cell_of(const struct inspect *in, enum rule_id rule, enum role_class r)
{
	const struct inspect_row *row = &in->report.rows[rule];

	if (row->broken[r] > 0)
		return INSPECT_BROKEN;
	if (row->kept[r] > 0 && !row->doubted[r])
		return inspect_open_sentence(rule, 0) == NULL ? INSPECT_KEPT
							      : INSPECT_PART;
	return row->kept[r] + row->seen[r] > 0 ? INSPECT_EXERCISED
					       : INSPECT_NEVER;
}

/* ---- the calls inspected: those named by the user, or a sample ---- */

static int
note_calls(struct inspect *in, const struct trace *t)
{
	struct trace_rec rec;

	for (uint64_t seq = 0;
	     in->err == 0 && trace_next(t, TRACE_SEND, &seq, &rec);) {
		struct str id;

		id = trace_str(&rec, "call_id", &in->fields);
		if (id.n > 0)
			inspect_call_of(in, id);
	}
	return in->err;
}

static int
compare_hashes(const void *a, const void *b)
{
	const uint64_t *x = a, *y = b;

	return *x < *y ? -1 : *x > *y;
}

/* A sample is the calls whose Call-IDs come first in the order of their hashes.
 */
static void
inspection_draw_calls(struct inspect *in, const uint64_t *sorted, uint64_t most)
{
	size_t at = 0;
	struct str id;
	void *value;

	while (map_next(in->calls, &at, &id, &value)) {
		struct call *c = value;

		c->left_out = str_hash(id) > sorted[most - 1];
	}
}

static bool
is_chosen_call(const struct inspect_source *from, struct str id)
{
	for (size_t i = 0; i < from->nonly; i++)
		if (str_starts(id, from->only[i]))
			return true;
	return false;
}

/* Leaves out what FROM does not name; how many it does. */
static uint64_t
leave_others(struct inspect *in, const struct inspect_source *from)
{
	uint64_t named = 0;
	size_t at = 0;
	struct str id;
	void *value;

	while (map_next(in->calls, &at, &id, &value)) {
		struct call *c = value;

		c->left_out = !is_chosen_call(from, id);
		named += !c->left_out;
	}
	return named;
}

/* Chooses the calls named by the user. */
static int
choose_named(struct inspect *in, const struct trace *t,
    const struct inspect_source *from)
{
	struct inspect_file *file = &in->report.files[in->report.nfiles - 1];

	if (note_calls(in, t) != 0)
		return in->err;
	file->named = true;
	file->sampled = map_count(in->calls);
	if (from->nonly > 0) {
		file->calls = file->sampled;
		file->sampled = leave_others(in, from);
	}
	return 0;
}

int
inspect_choose_calls(struct inspect *in, const struct trace *t,
    const struct inspect_source *from)
{
	struct inspect_file *file = &in->report.files[in->report.nfiles - 1];
	uint64_t *hash;
	size_t at = 0, n = 0;
	struct str id;
	void *value;

	if (from->nonly > 0 || (from->calls > 0 && from->sampled == 0))
		return choose_named(in, t, from);
	if (in->sample == 0 || file->calls != 0 || note_calls(in, t) != 0)
		return in->err;
	file->calls = map_count(in->calls);
	file->sampled = file->calls;
	if (file->calls <= in->sample)
		return 0;
	hash = arena_get(in->arena, (size_t)file->calls, sizeof(*hash));
	if (hash == NULL)
		return ERR_NOMEM;
	while (map_next(in->calls, &at, &id, &value))
		hash[n++] = str_hash(id);
	qsort(hash, n, sizeof(*hash), compare_hashes);
	inspection_draw_calls(in, hash, in->sample);
	file->sampled = in->sample;
	return 0;
}
