/*
 * Asking the checks, and keeping what they say: a row of counts for each rule,
 * and the findings.  The same mistake of one node again is the same finding,
 * counted, in whichever of its roles it makes it.
 */
#include "inspect/checks.h"

#include "base/array.h"
#include "base/err.h"
#include "inspect/doubt.h"
#include "rules/rule_names.h"

#include <stdarg.h>
#include <stdio.h>

const struct check inspect_checks[] = {
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

const size_t inspect_ncheck =
    sizeof(inspect_checks) / sizeof(inspect_checks[0]);

void
look_say(struct look *l, const char *fmt, ...)
{
	va_list ap;

	l->same = NULL;
	buf_clear(l->why);
	va_start(ap, fmt);
	buf_vprintf(l->why, fmt, ap);
	va_end(ap);
}

void
look_measured(struct look *l, const char *fmt, ...)
{
	va_list ap;

	l->same = fmt;
	buf_clear(l->why);
	va_start(ap, fmt);
	buf_vprintf(l->why, fmt, ap);
	va_end(ap);
}

/* Which record wanted it so: a fault that struck this message, or another one
 * of the call before, a message that a script wrote, a crash. */
static uint64_t
find_meant(const struct look *l)
{
	const struct call *c = l->call;
	const struct node *n =
	    l->blame < l->in->node_n ? &l->in->node[l->blame] : NULL;

	if (c != NULL && c->fault != 0 && c->fault_of <= l->seq)
		return c->fault;
	if (l->raw != 0)
		return l->raw;
	/* What is judged at the end shows by a later record. */
	return n != NULL && n->crash != 0 &&
		       (n->crash <= l->seq || n->crash <= l->at)
		   ? n->crash
		   : 0;
}

/* Where this node, called NODE, has done the same before, as far as the words
 * go, or what stands for them. */
static struct inspect_finding *
find_same(struct look *l, struct str node, uint64_t meant, size_t reading)
{
	struct inspect *in = l->in;
	char head[96];
	struct str key;
	uintptr_t at;

	snprintf(head, sizeof(head), "%d %d %zu", (int)l->check->clause.rule,
	    meant != 0, reading);
	key = inspect_key(in, "finding", str_of(head), node,
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
add_finding(struct look *l)
{
	struct inspect *in = l->in;
	uint64_t meant = find_meant(l);
	struct str node =
	    l->blame == TRACE_NO_NODE ? STR("") : trace_name(l->t, l->blame);
	size_t reading = profile_reading(l);
	struct inspect_finding *f;
	char *text, *name;

	f = find_same(l, node, meant, reading);
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
keep_verdict(struct look *l, enum verdict v, bool doubted)
{
	struct inspect *in = l->in;
	const struct inspect_clause *c = &l->check->clause;
	struct inspect_row *row = &in->report.rows[c->rule];

	if (l->as == ROLE_CLASS_COUNT)
		l->as = look_role(l);
	if ((c->roles >> l->as & 1) == 0)
		return;
	row->doubted[l->as] |= doubted;
	if (v == SEEN)
		row->seen[l->as]++;
	if (v == KEPT)
		row->kept[l->as]++;
	if (v != BROKEN)
		return;
	row->broken[l->as]++;
	if (find_meant(l) != 0)
		row->meant[l->as]++;
	if (add_finding(l) != 0)
		in->err = ERR_NOMEM;
}

/* Of a message that can't be read only what is wrong with it is said: the rest
 * would follow from that. */
static bool
is_asked(const struct look *l, const struct check *c)
{
	if (c->moment > AT_REPEAT)
		return true;
	return c->clause.rule == RULE_MESSAGE_LARGE ||
	       (c->clause.rule >= RULE_FORM_START &&
		   c->clause.rule <= RULE_FORM_LENGTH) ||
	       (l->read && l->fault == MSG_FAULT_NONE);
}

void
inspect_look(struct look *l, enum moment moment)
{
	for (size_t i = 0; i < inspect_ncheck && l->in->err == 0; i++) {
		const struct check *c = &inspect_checks[i];
		enum verdict v;
		bool doubted;

		if (c->moment != moment || !is_asked(l, c))
			continue;
		l->check = c;
		l->at = l->seq;
		l->blame = l->node;
		l->as = ROLE_CLASS_COUNT;
		l->same = NULL;
		buf_clear(l->why);
		v = c->fn(l);
		doubted = v == DOUBTED || (v == KEPT && inspect_doubts(l));
		if (v != SILENT)
			keep_verdict(l, doubted ? SEEN : v, doubted);
	}
	if (l->why->err != 0)
		l->in->err = ERR_NOMEM;
}
