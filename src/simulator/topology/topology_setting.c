/* Settings that own their texts. */
#include "topology/topology_setting.h"

#include "base/err.h"
#include "base/mem.h"

int
topology_setting_make(
    struct topology_setting *s, struct str text, const char *drawn_by)
{
	*s = (struct topology_setting){ .text = mem_dup(text.p, text.n) };
	if (drawn_by != NULL)
		s->drawn_by = mem_strdup(drawn_by);
	return s->text != NULL && (drawn_by == NULL || s->drawn_by != NULL)
		   ? 0
		   : ERR_NOMEM;
}

void
topology_setting_free(struct topology_setting *s)
{
	mem_free((char *)s->text);
	mem_free((char *)s->drawn_by);
}
