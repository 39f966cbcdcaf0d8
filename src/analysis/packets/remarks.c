/* The remarks of a capture in one array, bounded; see packets/remarks.h. */
#include "packets/remarks.h"

#include "base/array.h"
#include "base/err.h"
#include "base/mem.h"

#define REMARKS_MOST 4096
/* Messages of other protocols, and their bytes. */
#define OTHERS_MOST 16384
#define BYTES_MOST  (8u << 20)

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
	arena_destroy(r->texts);
	*r = (struct remarks){ .n = 0 };
}

/* There is room for R, whose texts are RS's own then. */
static bool
keep_texts(struct remarks *rs, struct capture_remark *r)
{
	const char *name, *bytes;

	if (r->kind != CAPTURE_OTHER)
		return rs->n - rs->others < REMARKS_MOST;
	if (rs->others >= OTHERS_MOST || rs->bytes + r->bytes.n > BYTES_MOST ||
	    (rs->texts == NULL && arena_create(&rs->texts) != 0))
		return false;
	name = arena_str(rs->texts, r->name);
	bytes = arena_str(rs->texts, r->bytes);
	if (name == NULL || bytes == NULL)
		return false;
	r->name.p = name;
	r->bytes.p = bytes;
	rs->bytes += r->bytes.n;
	rs->others++;
	return true;
}

void
remarks_add(struct remarks *rs, const struct capture_remark *r)
{
	struct capture_remark own = *r;

	if (ARRAY_ROOM(&rs->all, &rs->cap, rs->n + 1) == 0 &&
	    keep_texts(rs, &own))
		rs->all[rs->n++] = own;
	else if (r->kind == CAPTURE_OTHER)
		own.kind = CAPTURE_MORE;
	if (rs->count[own.kind]++ == 0)
		rs->first[own.kind] = r->packet;
}

const char *
remarks_text(struct remarks *rs, size_t i)
{
	for (size_t k = 0; k < CAPTURE_REMARK_COUNT; k++) {
		if (rs->count[k] == 0 || texts[k][0] == '\0' || i-- > 0)
			continue;
		rs->said = DIAG_INIT;
		diag_set(&rs->said, ERR_SYNTAX, NULL, 0,
		    k == CAPTURE_LOST_START || k == CAPTURE_WAY
			? _("%s (%llu in all, the first in line %llu)")
			: _("%s (%llu in all, the first at packet %llu)"),
		    _(texts[k]), (unsigned long long)rs->count[k],
		    (unsigned long long)rs->first[k]);
		return rs->said.text;
	}
	return NULL;
}
