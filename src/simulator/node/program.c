/* Programs that decide in a node's place; see node/program.h. */
#include "node/program.h"

#include "node/menu_program.h"
#include "node/node.h"
#include "node/script_host.h"
#include "rules/rule_names.h"

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
	buf_free(&a->body);
	node_fields_free(&a->fields);
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

void
program_put_where(struct trace_writer *w, const char *file, unsigned line)
{
	LOCAL_BUF where = BUF_INIT;

	buf_puts(&where, file);
	if (line > 0)
		buf_printf(&where, ":%u", line);
	trace_put_str(w, "where", buf_view(&where));
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

int
node_program_hear(struct node *n, const struct msg *m)
{
	struct program *p = node_program(n, "proxy");
	struct program_question q = { .event = PROGRAM_ON_NOTIFY,
		.request = m };
	LOCAL(program_answer_free) struct program_answer a = { 0 };
	struct trace_writer *w;
	int err;

	if (p == NULL || !p->ops->listens(p, PROGRAM_ON_NOTIFY))
		return 0;
	err = p->ops->ask(p, &q, &a);
	if (err == 0 && a.verdict == TRACE_PROGRAM_FAILED) {
		w = program_record(n, RULE_PROXY_PROGRAM_FAILED, a.file, a.line,
		    program_event_name(q.event), NULL, a.verdict);
		trace_put_cstr(w, "fault", trace_program_fault_word(a.fault));
	}
	return err;
}
