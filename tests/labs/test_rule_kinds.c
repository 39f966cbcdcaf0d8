/*
 * Which rule which kind of record names, in all labs and topologies: a line of
 * tests/golden/rule-kinds.txt for each pair.  A pair that is not among them is
 * a sentence that nobody has read beside such a record: look at one by `rung
 * explain`, at the section that it names, and add the pair by GOLDEN=1.
 */
#include "rules/rules.h"
#include "trace/vocab.h"

#include "base/map.h"

#include "fixtures/check.h"
#include "fixtures/golden.h"
#include "fixtures/labs.h"

static struct map *pairs;

/* What follows the word of the kind, in this order. */
static const char *const members[][2] = {
	[TRACE_DROP] = { "reason", NULL },
	[TRACE_TIMER] = { "name", "op" },
	[TRACE_FSM] = { "machine", NULL },
	[TRACE_CALL] = { "state", NULL },
	[TRACE_BINDING] = { "op", NULL },
	[TRACE_NAT] = { "op", NULL },
	[TRACE_LOOKUP] = { "op", NULL },
	[TRACE_ROUTE] = { "how", "verdict" },
	[TRACE_AUTH] = { "op", NULL },
	[TRACE_MEDIA] = { "op", NULL },
	[TRACE_BAD] = { "fault", NULL },
};

static void
rule_kinds_put_send(struct buf *b, const struct trace_rec *rec)
{
	LOCAL_BUF scratch = BUF_INIT;
	struct trace_send s;

	CU_ASSERT_EQUAL(trace_get_send(rec, &s, &scratch), 0);
	if (s.proto.n > 0 && !str_is(s.proto, "sip"))
		buf_printf(b, " %.*s", STR_ARG(s.proto));
	if (s.status != 0)
		buf_printf(b, " %u %.*s", s.status, STR_ARG(s.cseq_method));
	else
		buf_printf(b, " %.*s", STR_ARG(s.method));
	if (s.retx != 0)
		buf_puts(b, " again");
}

static void
rule_kinds_put(struct buf *b, const struct trace_rec *rec)
{
	LOCAL_BUF from = BUF_INIT, to = BUF_INIT;

	buf_printf(b, "%.*s: %s", STR_ARG(trace_rule(rec)),
	    trace_kind_name(rec->kind));
	if (rec->kind == TRACE_SEND)
		rule_kinds_put_send(b, rec);
	for (size_t i = 0; rec->kind < COUNT_OF(members) && i < 2; i++)
		if (members[rec->kind][i] != NULL)
			buf_printf(b, " %.*s",
			    STR_ARG(
				trace_str(rec, members[rec->kind][i], &from)));
	if (rec->kind == TRACE_FSM || rec->kind == TRACE_DIALOG)
		buf_printf(b, " %.*s > %.*s",
		    STR_ARG(trace_str(rec, "from", &from)),
		    STR_ARG(trace_str(rec, "to", &to)));
	while (b->n > 0 && b->p[b->n - 1] == ' ')
		b->n--;
}

static void
rule_kinds_of(const char *file)
{
	struct lab_options o = LAB_OPTIONS;
	LOCAL_TRACE struct trace *t = lab_trace(file, &o);
	LOCAL_BUF line = BUF_INIT;
	struct trace_rec rec;
	struct str kept;

	CU_ASSERT_PTR_NOT_NULL_FATAL(t);
	for (uint64_t seq = 1; seq <= trace_count(t); seq++) {
		trace_get(t, seq, &rec);
		if (trace_rule(&rec).n == 0)
			continue;
		buf_clear(&line);
		rule_kinds_put(&line, &rec);
		CU_ASSERT_EQUAL(map_keep(pairs, buf_view(&line), &kept), 0);
	}
}

static int
rule_kinds_compare(const void *a, const void *b)
{
	return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

static void
each_was_read(void)
{
	LOCAL_BUF all = BUF_INIT;
	struct str *lines;
	size_t at = 0, n = 0;
	void *value;

	CU_ASSERT_EQUAL_FATAL(map_create(&pairs), 0);
	labs_each(rule_kinds_of, true);
	lines = mem_zalloc(map_count(pairs), sizeof(*lines));
	CU_ASSERT_PTR_NOT_NULL_FATAL(lines);
	while (map_next(pairs, &at, &lines[n], &value))
		n++;
	qsort(lines, n, sizeof(*lines), rule_kinds_compare);
	for (size_t i = 0; i < n; i++)
		buf_printf(&all, "%.*s\n", STR_ARG(lines[i]));
	CU_ASSERT_TRUE(golden_same("rule-kinds.txt", buf_view(&all)));
	mem_free(lines);
	map_destroy(pairs);
}

CHECK_MAIN("rule_kinds", { "each_was_read", each_was_read })
