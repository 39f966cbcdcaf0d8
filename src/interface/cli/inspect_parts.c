/* The calls of a capture, a part of them after the other. */
#include "cli/inspect_parts.h"

#include "base/err.h"
#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

/* Messages from which on a part is large enough. */
#define PART 10000

struct parts {
	const struct cli *c;
	struct inspect *in;
	struct cli_captured *f;
	struct inspect_source *from;
	struct correlation *co;
	bool *wanted;   /* by call; false once it was taken */
	struct buf ids; /* of the part: struct str, slices of CO */
	uint64_t messages;
};

/* ---- a sample: the calls whose Call-IDs come first by their hashes ---- */

struct drawn {
	uint64_t hash;
	struct str id;
	uint32_t call;
};

static int
compare_drawn(const void *a, const void *b)
{
	const struct drawn *x = a, *y = b;

	if (x->hash != y->hash)
		return x->hash < y->hash ? -1 : 1;
	return str_cmp(x->id, y->id);
}

/* Wants those of the calls that are in the sample; how many there are of all
 * and in it is told. */
static int
draw_sample(struct parts *p)
{
	struct drawn *list =
	    mem_realloc_array(NULL, p->co->ncalls, sizeof(*list));
	uint64_t n = 0;

	if (list == NULL)
		return ERR_NOMEM;
	for (uint32_t i = 1; i < p->co->ncalls; i++) {
		struct str id = numbers_text(p->co->ids, i);

		if (p->co->calls[i].first != CORRELATION_NONE)
			list[n++] = (struct drawn){ str_hash(id), id, i };
	}
	if (n > 0)
		qsort(list, (size_t)n, sizeof(*list), compare_drawn);
	p->from->calls = n;
	p->from->sampled =
	    p->c->sample == 0 || n < p->c->sample ? n : p->c->sample;
	for (uint64_t i = 0; i < p->from->sampled; i++)
		p->wanted[list[i].call] = true;
	mem_free(list);
	/* Without a sample nothing is said of one. */
	if (p->c->sample == 0)
		p->from->calls = p->from->sampled = 0;
	return 0;
}

/* ---- the parts ---- */

static int
take_part(struct parts *p, struct diag *d)
{
	struct capture_trace_options o = cli_captured_options(p->f,
	    TRACE_PROTOCOL, (const struct str *)(const void *)p->ids.p,
	    p->ids.n / sizeof(struct str));
	struct trace *t = NULL;
	int err;

	/* The calls of a part end long before the capture does. */
	o.until = p->co->m[p->co->n - 1].t_last;
	p->from->part = true;
	err = cli_captured_trace(p->f, p->co, &o, &t, d);
	if (err == 0)
		err = inspect_take(p->in, t, p->from);
	trace_destroy(t);
	p->from->more = true;
	buf_clear(&p->ids);
	p->messages = 0;
	return err;
}

/* CALL and all that belongs to it: the trace has them together. */
static int
add_calls(struct parts *p, uint32_t call)
{
	struct correlation_call *calls = p->co->calls;
	uint32_t root = calls[call].leg_of != 0 ? calls[call].leg_of : call;
	struct str id = numbers_text(p->co->ids, call);

	buf_add(&p->ids, (const char *)&id, sizeof(id));
	for (uint32_t i = root; i != 0; i = calls[i].leg) {
		p->wanted[i] = false;
		p->messages += calls[i].messages;
	}
	return p->ids.err;
}

/* In the order of their first messages. */
static int
take_calls(struct parts *p, struct diag *d)
{
	const struct correlation *co = p->co;
	int err = 0;

	for (uint32_t i = 0; err == 0 && i < co->n; i++) {
		uint32_t call = co->m[i].call;

		if (!p->wanted[call])
			continue;
		err = add_calls(p, call);
		if (err == 0 && p->messages >= PART)
			err = take_part(p, d);
	}
	if (err == 0 && (p->ids.n > 0 || !p->from->more))
		err = take_part(p, d);
	return err;
}

int
cli_inspect_parts(const struct cli *c, struct inspect *in,
    struct cli_captured *f, struct inspect_source *from, struct diag *d)
{
	struct parts p = { .c = c, .in = in, .f = f, .from = from };
	int err = correlation_create(&p.co, &f->reader, f->names);

	if (err == 0) {
		p.wanted = mem_zalloc(p.co->ncalls, sizeof(*p.wanted));
		err = p.wanted != NULL ? draw_sample(&p) : ERR_NOMEM;
	}
	if (err == 0)
		err = take_calls(&p, d);
	if (err == 0 && p.co->calls[0].messages > 0 && c->sample == 0)
		cli_remark(c, _("messages without a Call-ID are left out: %u"),
		    p.co->calls[0].messages);
	buf_free(&p.ids);
	mem_free(p.wanted);
	correlation_destroy(p.co);
	return err == 0 ? 0 : diag_set(d, err, NULL, 0, "%s", err_text(err));
}
