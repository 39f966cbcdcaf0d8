/* The remarks of a capture in one array, bounded; see capture/remarks.h. */
#include "capture/remarks.h"

#include "base/array.h"
#include "base/err.h"
#include "base/mem.h"

#define REMARKS_MOST 4096

#define X(id, word, text) text,
static const char *const texts[] = { CAPTURE_REMARKS(X) };
#undef X
#define X(id, word, text) word,
static const char *const words[] = { CAPTURE_REMARKS(X) };
#undef X

const char *
capture_remark_word(enum capture_remark_kind kind)
{
	return words[kind];
}

void
remarks_free(struct remarks *r)
{
	mem_free(r->all);
	*r = (struct remarks){ .n = 0 };
}

void
remarks_add(struct remarks *rs, const struct capture_remark *r)
{
	if (rs->count[r->kind]++ == 0)
		rs->first[r->kind] = r->packet;
	if (rs->n >= REMARKS_MOST ||
	    ARRAY_ROOM(&rs->all, &rs->cap, rs->n + 1) != 0)
		return;
	rs->all[rs->n++] = *r;
}

const char *
remarks_text(struct remarks *rs, size_t i)
{
	for (size_t k = 0; k < CAPTURE_REMARK_COUNT; k++) {
		if (rs->count[k] == 0 || texts[k][0] == '\0' || i-- > 0)
			continue;
		rs->said = DIAG_INIT;
		diag_set(&rs->said, ERR_SYNTAX, NULL, 0,
		    _("%s (%llu in all, the first at packet %llu)"),
		    _(texts[k]), (unsigned long long)rs->count[k],
		    (unsigned long long)rs->first[k]);
		return rs->said.text;
	}
	return NULL;
}
