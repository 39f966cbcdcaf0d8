/* The rows, and what all checks need. */
#include "search/invariants_in.h"

#include "base/array.h"
#include "base/err.h"
#include "base/mem.h"

const struct invariant_row invariant_rows[INVARIANT_COUNT] = {
#define X(id, word, rfc, section, text) \
	[INVARIANT_##id] = { word, rfc, section, text },
	SEARCH_INVARIANTS(X)
#undef X
};

void
check_found(
    struct check *c, enum invariant what, struct str node, uint64_t record)
{
	struct findings *f = c->out;

	if (ARRAY_ROOM(&f->list, &f->cap, f->n + 1) != 0) {
		c->err = ERR_NOMEM;
		return;
	}
	f->list[f->n++] = (struct finding){
		.what = what,
		.node = trace_find_name(c->t, node),
		.record = record,
	};
}

bool
check_is_down(const struct check *c, struct str node)
{
	size_t at = 0;

	return fold_next_crash(c->fold, node, &at) != NULL;
}

/* The host of a URI, or of an address. */
static struct str
host_in(struct str at)
{
	ptrdiff_t scheme = str_find(at, "sip:"), user;

	if (scheme < 0)
		scheme = str_find(at, "sips:");
	if (scheme >= 0)
		at = str_slice(at,
		    (size_t)str_chr(str_slice(at, (size_t)scheme, at.n), ':') +
			(size_t)scheme + 1,
		    at.n);
	user = str_chr(at, '@');
	if (user >= 0)
		at = str_slice(at, (size_t)user + 1, at.n);
	for (size_t i = 0; i < at.n; i++)
		if (at.p[i] == ';' || at.p[i] == '>' || at.p[i] == '?')
			return trace_host_of(str_slice(at, 0, i));
	return trace_host_of(at);
}

/* NODE has another address at the end than at the start.  One with several may
 * have kept the others. */
static bool
has_left(const struct trace_node *n, bool moved)
{
	return moved && str_find(n->addr, " ") < 0;
}

/* No address, of either version: which node's it is is not looked up. */
static bool
is_name(struct str host)
{
	return host.n == 0 ||
	       (str_chr(host, ':') < 0 && !chr_is_digit(host.p[0]));
}

bool
check_is_at(const struct check *c, struct str node, struct str at)
{
	const struct trace_node *n = trace_find_node(c->t, node);
	const struct fold_move *move;
	struct str host = host_in(at);
	bool moved = false;
	size_t i = 0;

	while ((move = fold_next_move(c->fold, node, &i)) != NULL) {
		if (str_eq(trace_host_of(move->addr), host))
			return true;
		moved = true;
	}
	/* A name of the node is its own, too. */
	return n == NULL ||
	       (!has_left(n, moved) && trace_node_has_addr(n, host)) ||
	       is_name(host);
}

int
invariants_check(const struct trace *t, const struct fold *fold,
    const struct traffic *now, const struct traffic *usual,
    struct findings *out)
{
	struct check c = {
		.t = t, .fold = fold, .usual = usual, .now = now, .out = out
	};

	c.busy = check_is_busy(&c);
	check_transactions(&c);
	check_messages(&c);
	if (!c.busy) {
		check_dialogs(&c);
		check_bindings(&c);
		check_sessions(&c);
		check_networks(&c);
	}
	check_faces(&c);
	return c.err;
}

void
findings_free(struct findings *f)
{
	mem_free(f->list);
	*f = (struct findings){ .n = 0 };
}
