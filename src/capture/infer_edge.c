/* Which edge of a machine an event takes. */
#include "capture/infer.h"

const struct machine_edge *
infer_edge(const struct machine *m, const char *state, const char *event,
    unsigned status, bool sent)
{
	for (size_t i = 0; i < m->nedges; i++) {
		const struct machine_edge *e = &m->edges[i];
		unsigned first, last;

		if (strcmp(e->from, state) != 0)
			continue;
		if (event != NULL && strcmp(e->event, event) == 0)
			return e;
		if (status != 0 && machine_edge_statuses(e, &first, &last) &&
		    status >= first && status <= last &&
		    str_ends(str_of(e->event), " sent") == sent)
			return e;
	}
	return NULL;
}
