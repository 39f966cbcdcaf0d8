#include "node/program.h"

#include "node/node.h"
#include "node/script.h"

const char *
program_event_name(enum program_event e)
{
	static const char *const names[] = {
#define X(id, name) name,
		PROGRAM_EVENTS(X)
#undef X
	};

	return names[e];
}

void
program_answer_free(struct program_answer *a)
{
	buf_free(&a->text);
	buf_free(&a->reason);
	buf_free(&a->add);
}

struct str
program_target_uri(const struct program_answer *a, size_t i)
{
	return str_slice(buf_view(&a->text), a->targets[i].at,
	    a->targets[i].at + a->targets[i].n);
}

struct str
program_target_way(const struct program_answer *a, size_t i)
{
	const struct program_target *t = &a->targets[i];

	return str_slice(buf_view(&a->text), t->at - t->way, t->at);
}

struct program *
node_program(const struct node *n, const char *word)
{
	struct program *p = n->program;

	while (p != NULL && strcmp(p->plays, word) != 0)
		p = p->next;
	return p;
}

const char *
script_event_name(enum script_event e)
{
	static const char *const names[] = {
#define X(id, name) name,
		SCRIPT_EVENTS(X)
#undef X
		    "after",
	};

	return names[e];
}

void
program_put_where(struct trace_writer *w, const char *file, unsigned line)
{
	struct buf where = BUF_INIT;

	buf_printf(&where, "%s:%u", file, line);
	trace_put_str(w, "where", buf_view(&where));
	buf_free(&where);
}

struct trace_writer *
program_record(const struct node *n, enum rule_id why, const char *file,
    unsigned line, const char *asked, const char *call,
    enum trace_program_verdict verdict)
{
	struct trace_writer *w = node_record(n, TRACE_ROUTE, why);

	trace_put_cstr(w, "how", "program");
	program_put_where(w, file, line);
	if (asked != NULL)
		trace_put_cstr(w, "asked", asked);
	if (call != NULL)
		trace_put_cstr(w, "call", call);
	trace_put_cstr(w, "verdict", trace_program_word(verdict));
	return w;
}
