/* What a NAT does to a message on its way, as its arrow says it: the addresses
 * that it was sent with and came with. */
#include "ladder/layout_in.h"

#include "text/utf8.h"
#include "role/role.h"

/* The field KEY of A in OUT, then, where B has another, that, too. */
static void
put_both(const struct trace_rec *a, const struct trace_rec *b, const char *key,
    struct buf *out)
{
	struct buf one = BUF_INIT, two = BUF_INIT;
	struct str before = trace_str(a, key, &one);
	struct str after = trace_str(b, key, &two);

	if (before.n > 0 && after.n > 0 && !str_eq(before, after)) {
		buf_puts(out, out->n > 0 ? ", " : "");
		utf8_add_safe(out, before);
		buf_puts(out, " = ");
		utf8_add_safe(out, after);
	}
	buf_free(&one);
	buf_free(&two);
}

static bool
is_nat(const struct trace_node *n)
{
	return role_plays(n->role, "nat");
}

bool
layout_translates(const struct trace_head *head)
{
	for (size_t i = 0; i < head->nnodes; i++)
		if (is_nat(&head->nodes[i]))
			return true;
	return head->inputs.type == JSON_NONE;
}

void
layout_translated(struct layout_making *m, const struct trace_rec *rec,
    struct layout_row *row)
{
	struct trace_rec send;
	struct buf both = BUF_INIT;

	trace_get(m->trace, row->seq, &send);
	put_both(&send, rec, "src_addr", &both);
	put_both(&send, rec, "dst_addr", &both);
	if (both.n > 0) {
		buf_clear(&m->text);
		buf_str(&m->text, row->detail);
		buf_printf(&m->text, " (%s)", buf_cstr(&both));
		row->detail = layout_keep(m, buf_view(&m->text));
	}
	buf_free(&both);
}

bool
layout_is_nat(const struct layout_making *m, const struct trace_rec *rec,
    const struct layout_row *row)
{
	const struct trace_head *head = trace_head(m->trace);
	uint32_t i = trace_find_name(m->trace, rec->node);

	return i < head->nnodes && is_nat(&head->nodes[i]) &&
	       !str_eq(rec->node, m->l->columns[row->to].name);
}
