/* A report: making it, ending it, and looking at it.  What one trace adds
 * stands in inspect/take.c. */
#include "inspect/inspect_in.h"

#include "base/err.h"
#include "base/mem.h"
#include "rules/rule_names.h"
#include "rules/rules.h"

#include <stdlib.h>

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

static int
name_rules(struct inspect *in)
{
	int err = map_create(&in->rules);

	for (int i = RULE_NONE + 1; err == 0 && i < RULE_COUNT; i++)
		err = map_put(in->rules, str_of(rule_at((enum rule_id)i)->key),
		    (void *)(uintptr_t)i);
	return err;
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
	in->msg = mem_zalloc(1, sizeof(*in->msg));
	in->source = mem_zalloc(1, sizeof(*in->source));
	in->sdp = mem_zalloc(1, sizeof(*in->sdp));
	if (in->report.rows == NULL || in->msg == NULL || in->source == NULL ||
	    in->sdp == NULL || arena_create(&in->texts) != 0 ||
	    name_rules(in) != 0) {
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
	mem_free(in->msg);
	mem_free(in->source);
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
	story_free(&in->read);
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
		return INSPECT_KEPT;
	return row->kept[r] + row->seen[r] > 0 ? INSPECT_EXERCISED
					       : INSPECT_NEVER;
}
