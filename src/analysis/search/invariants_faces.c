/*
 * A box between two networks that hides either of them (RFC 5853 3.1): no
 * message that leaves a face of its own has the address of another one.
 */
#include "search/invariants_in.h"

#include "base/err.h"
/* The trace's inputs say of a node whether it hides: what they mean by that is
 * not looked into. */
static bool
is_told_otherwise(const struct trace *t)
{
	struct str inputs = trace_head(t)->inputs.raw;

	return str_find(inputs, "hides") >= 0 ||
	       str_find(inputs, "faults") >= 0;
}

/* N hides, unless it is told otherwise: a session border controller. */
static bool
is_border(const struct trace_node *n)
{
	struct str words = n->role;

	while (words.n > 0)
		if (str_is(str_cut(words, ' ', &words), "sbc"))
			return n->nfaces > 1;
	return false;
}

static bool
is_part_of_address(char c)
{
	return chr_hex(c) >= 0 || c == '.';
}

/* TEXT has the address ADDR, whole. */
static bool
has_address(struct str text, struct str addr)
{
	for (size_t at = 0; at + addr.n <= text.n; at++) {
		size_t end = at + addr.n;

		if (str_eq(str_slice(text, at, end), addr) &&
		    (at == 0 || !is_part_of_address(text.p[at - 1])) &&
		    (end == text.n || !is_part_of_address(text.p[end])))
			return true;
	}
	return false;
}

/* SENT, the record SEQ, of N: the address that is not to be in it. */
static void
check_send(struct check *c, const struct trace_node *n, uint64_t seq,
    struct buf *bytes, struct buf *scratch)
{
	struct trace_send s;
	struct trace_rec rec;
	struct str text;

	trace_get(c->t, seq, &rec);
	if (trace_get_send_parts(&rec, TRACE_SEND_PROTO | TRACE_SEND_SRC_ADDR,
		&s, scratch) != 0 ||
	    trace_class_of(s.proto) != TRACE_CLASS_SIP)
		return;
	text = trace_bytes(&rec, bytes);
	for (size_t i = 0; i < n->nfaces; i++)
		if (!has_address(s.src_addr, n->faces[i].addr) &&
		    has_address(text, n->faces[i].addr)) {
			check_found(c, INVARIANT_FACES, n->name, seq);
			return;
		}
}

void
check_faces(struct check *c)
{
	const struct trace_head *head = trace_head(c->t);
	struct buf bytes = BUF_INIT, scratch = BUF_INIT;
	bool any = false;

	for (size_t i = 0; i < head->nnodes; i++)
		any |= is_border(&head->nodes[i]);
	if (!any || is_told_otherwise(c->t))
		return;
	for (uint64_t seq = 1; seq <= trace_count(c->t); seq++) {
		const struct trace_node *n;

		if (trace_kind_of(c->t, seq) != TRACE_SEND ||
		    trace_is_retx(c->t, seq))
			continue;
		n = trace_find_node(
		    c->t, trace_name(c->t, trace_node_of(c->t, seq)));
		if (n != NULL && is_border(n))
			check_send(c, n, seq, &bytes, &scratch);
	}
	if (bytes.err != 0 || scratch.err != 0)
		c->err = ERR_NOMEM;
	buf_free(&bytes);
	buf_free(&scratch);
}
