/* Faults as rows, as acts and as words. */
#include "search/fault.h"

#include "base/err.h"
#include "base/param.h"

#include <inttypes.h>

#define MS INT64_C(1000000)

const struct fault_row fault_rows[FAULT_KIND_COUNT] = {
#define X(id, word, on, act, end) \
	[FAULT_##id] = { word, FAULT_ON_##on, act, end },
	SEARCH_FAULTS(X)
#undef X
};

void
fault_put_on(
    const struct found_fault *f, const struct trace_head *head, struct buf *out)
{
	const struct trace_link *l;

	switch (fault_rows[f->kind].on) {
	case FAULT_ON_MESSAGE:
	case FAULT_ON_ACT:
		break;
	case FAULT_ON_NODE:
		buf_str(out, head->nodes[f->on].name);
		break;
	case FAULT_ON_LINK:
		l = &head->links[f->on];
		buf_printf(out, "%.*s--%.*s", STR_ARG(l->a), STR_ARG(l->b));
		break;
	}
}

void
fault_put_by(const struct found_fault *f, struct buf *out)
{
	buf_printf(out, "%" PRId64 "%s",
	    f->by_ns % MS == 0 ? f->by_ns / MS : f->by_ns,
	    f->by_ns % MS == 0 ? "ms" : "ns");
}

static int
put_fault_act(const struct found_fault *f, const struct trace_head *head,
    const char *verb, uint64_t after, int64_t at_ns, struct inputs *in)
{
	bool message = fault_rows[f->kind].on == FAULT_ON_MESSAGE;
	struct buf on = BUF_INIT, by = BUF_INIT;
	struct act_arg arg = { .key = "by" };
	int err;

	if (message)
		buf_puts(&on, "message");
	else
		fault_put_on(f, head, &on);
	fault_put_by(f, &by);
	arg.value = buf_cstr(&by);
	err = on.err != 0 || by.err != 0
		  ? ERR_NOMEM
		  : inputs_put_act(in, after, at_ns, buf_cstr(&on), verb, &arg,
			message && f->by_ns != 0);
	buf_free(&on);
	buf_free(&by);
	return err;
}

int
fault_put_act(const struct found_fault *f, const struct trace_head *head,
    const struct inputs *tried, struct inputs *in)
{
	if (fault_rows[f->kind].on == FAULT_ON_ACT) {
		const struct input_act *a = &tried->acts[f->on];

		return inputs_put_act(
		    in, f->after, f->at_ns, a->on, a->verb, a->args, a->nargs);
	}
	return put_fault_act(
	    f, head, fault_rows[f->kind].act, f->after, f->at_ns, in);
}

int
fault_put_end(const struct found_fault *f, const struct trace_head *head,
    uint64_t after, int64_t ends_ns, struct inputs *in)
{
	return put_fault_act(
	    f, head, fault_rows[f->kind].end, after, ends_ns, in);
}

const char *
fault_meant(struct str word)
{
	return param_nearest(
	    word, &fault_rows[0].word, FAULT_KIND_COUNT, sizeof(fault_rows[0]));
}

bool
fault_find(struct str word, enum fault_kind *kind)
{
	for (size_t i = 0; i < FAULT_KIND_COUNT; i++)
		if (str_is(word, fault_rows[i].word)) {
			*kind = (enum fault_kind)i;
			return true;
		}
	return false;
}

int
fault_find_kinds(const char *words, unsigned *kinds, struct diag *d)
{
	struct str rest = str_of(words);

	*kinds = 0;
	while (rest.n > 0) {
		struct str word = str_cut(rest, ',', &rest);
		enum fault_kind kind;

		if (!fault_find(word, &kind)) {
			diag_set(d, ERR_NOTFOUND, NULL, 0,
			    _("“%.*s” is no fault; there are drop, "
			      "double, late, overtaken, crash, restart, "
			      "down, rest and act"),
			    STR_ARG(word));
			return diag_meant(d, ERR_NOTFOUND, fault_meant(word));
		}
		*kinds |= 1u << kind;
	}
	return 0;
}
