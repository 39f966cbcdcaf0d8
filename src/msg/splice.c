/*
 * Splicing: the edits are kept sorted by where they are in the original; what
 * they put in lies one after the other in one buffer.  Writing is one walk.
 */
#include "msg/splice.h"

#include "base/err.h"

#include <string.h>

void
msg_splice_init(struct msg_splice *s, struct str bytes)
{
	s->bytes = bytes;
	s->n = 0;
	s->text = BUF_INIT;
	s->err = 0;
}

void
msg_splice_free(struct msg_splice *s)
{
	buf_free(&s->text);
	s->n = 0;
}

/*
 * Where the edit (AT, CUT) belongs.  At one place, texts put in stand in the
 * order of the calls, and all before what is cut there.
 */
static size_t
place(const struct msg_splice *s, size_t at, size_t cut)
{
	size_t i = s->n;

	while (i > 0 && (s->edits[i - 1].at > at ||
			    (s->edits[i - 1].at == at && cut == 0 &&
				s->edits[i - 1].cut > 0)))
		i--;
	return i;
}

static bool
overlaps(const struct msg_splice *s, size_t i, size_t at, size_t cut)
{
	/* Texts put in at one place with a cut never overlap it. */
	if (i > 0 && s->edits[i - 1].at + s->edits[i - 1].cut > at)
		return true;
	return i < s->n && at + cut > s->edits[i].at;
}

static void
edit(struct msg_splice *s, size_t at, size_t cut, struct str text)
{
	size_t i;

	if (s->err != 0 || (cut == 0 && text.n == 0))
		return;
	if (s->n == MSG_SPLICES) {
		s->err = ERR_LIMIT;
		return;
	}
	i = place(s, at, cut);
	if (overlaps(s, i, at, cut)) {
		s->err = ERR_STATE;
		return;
	}
	memmove(
	    &s->edits[i + 1], &s->edits[i], (s->n - i) * sizeof(s->edits[0]));
	s->edits[i].at = at;
	s->edits[i].cut = cut;
	s->edits[i].from = s->text.n;
	s->edits[i].n = text.n;
	s->n++;
	buf_str(&s->text, text);
	s->err = s->text.err;
}

/* The offset of WHERE in the original; false with ERR_RANGE if it is not. */
static bool
locate(struct msg_splice *s, struct str where, size_t *at)
{
	uintptr_t begin = (uintptr_t)s->bytes.p, p = (uintptr_t)where.p;

	if (p < begin || p - begin > s->bytes.n ||
	    where.n > s->bytes.n - (p - begin)) {
		if (s->err == 0)
			s->err = ERR_RANGE;
		return false;
	}
	*at = p - begin;
	return true;
}

void
msg_splice_replace(struct msg_splice *s, struct str where, struct str text)
{
	size_t at;

	if (locate(s, where, &at))
		edit(s, at, where.n, text);
}

void
msg_splice_delete(struct msg_splice *s, struct str where)
{
	msg_splice_replace(s, where, STR_NULL);
}

void
msg_splice_before(struct msg_splice *s, struct str where, struct str text)
{
	size_t at;

	if (locate(s, where, &at))
		edit(s, at, 0, text);
}

void
msg_splice_after(struct msg_splice *s, struct str where, struct str text)
{
	size_t at;

	if (locate(s, where, &at))
		edit(s, at + where.n, 0, text);
}

int
msg_splice_write(const struct msg_splice *s, struct buf *out)
{
	size_t at = 0;

	if (s->err != 0)
		return s->err;
	if (buf_reserve(out, s->bytes.n + s->text.n) != 0)
		return ERR_NOMEM;
	for (size_t i = 0; i < s->n; i++) {
		buf_add(out, s->bytes.p + at, s->edits[i].at - at);
		if (s->edits[i].n > 0)
			buf_add(
			    out, s->text.p + s->edits[i].from, s->edits[i].n);
		at = s->edits[i].at + s->edits[i].cut;
	}
	buf_str(out, str_slice(s->bytes, at, s->bytes.n));
	return out->err;
}
