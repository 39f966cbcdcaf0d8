/* Pieces of lifelines, where somebody says what a crash there costs. */
#include "base/array.h"
#include "base/err.h"
#include "ladder/layout_in.h"

static size_t
find_column(const struct layout *l, struct str node)
{
	for (size_t i = 0; i < l->ncolumns; i++)
		if (str_eq(l->columns[i].name, node))
			return i;
	return LAYOUT_NONE;
}

int
layout_pieces(struct layout_making *m)
{
	struct layout *l = m->l;
	struct layout_piece piece = { .column = 0 };
	struct str node;
	size_t cap = 0, at = 0;

	if (m->o->piece == NULL)
		return 0;
	while (m->o->piece(&at, &node, &piece, m->o->cost_arg)) {
		piece.column = find_column(l, node);
		if (piece.column == LAYOUT_NONE ||
		    piece.cost == LAYOUT_COST_UNKNOWN || piece.t >= piece.t_end)
			continue;
		if (ARRAY_ROOM(&l->pieces, &cap, l->npieces + 1) != 0)
			return ERR_NOMEM;
		l->pieces[l->npieces++] = piece;
	}
	return 0;
}
