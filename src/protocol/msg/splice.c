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
 * Where the edit (AT, CUT) belongs.  At one place, inserted texts are in the
 * order of the calls, and all before the bytes cut there.
 */
static size_t
splice_place(const struct msg_splice *s, size_t at, size_t cut)
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
	i = splice_place(s, at, cut);
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

size_t
msg_splice_size(const struct msg_splice *s)
{
	size_t n = s->bytes.n + s->text.n;

	for (size_t i = 0; i < s->n; i++)
		n -= s->edits[i].cut;
	return n;
}

/* Appends FROM to TO; where the next piece goes. */
static char *
splice_add_piece(char *to, const char *from, size_t n)
{
	if (n > 0)
		memcpy(to, from, n);
	return to + n;
}

void
msg_splice_copy(const struct msg_splice *s, char *to)
{
	size_t at = 0;

	for (size_t i = 0; i < s->n; i++) {
		to = splice_add_piece(to, s->bytes.p + at, s->edits[i].at - at);
		if (s->edits[i].n > 0)
			to = splice_add_piece(
			    to, s->text.p + s->edits[i].from, s->edits[i].n);
		at = s->edits[i].at + s->edits[i].cut;
	}
	splice_add_piece(to, s->bytes.p + at, s->bytes.n - at);
}

/* The place in the changed message of byte AT of the original. */
static size_t
moved(const struct msg_splice *s, size_t at)
{
	size_t to = at;

	for (size_t i = 0; i < s->n && s->edits[i].at <= at; i++)
		if (s->edits[i].at + s->edits[i].cut <= at)
			to += s->edits[i].n - s->edits[i].cut;
	return to;
}

/* Where what the last edit cuts ends; there is one. */
static size_t
last_end(const struct msg_splice *s)
{
	return s->edits[s->n - 1].at + s->edits[s->n - 1].cut;
}

static void
move_slice(const struct msg_splice *s, struct str *slice, struct str text)
{
	size_t at, to, end;

	if (slice->p == NULL)
		return;
	at = (size_t)(slice->p - s->bytes.p);
	end = at + slice->n;
	/* Most lie on one side of all edits. */
	if (s->n == 0 || end < s->edits[0].at) {
		slice->p = text.p + at;
		return;
	}
	if (at > last_end(s)) {
		slice->p = text.p + (at + text.n - s->bytes.n);
		return;
	}
	to = moved(s, at);
	*slice = (struct str){ text.p + to, moved(s, end) - to };
}

static void
move_party(const struct msg_splice *s, struct msg_party *party, struct str text)
{
	move_slice(s, &party->value, text);
	move_slice(s, &party->uri, text);
	move_slice(s, &party->tag, text);
}

/* A field on one side of all edits moves as a whole. */
static void
move_field(const struct msg_splice *s, struct msg_field *f, struct str text)
{
	size_t at = (size_t)(f->line.p - s->bytes.p);
	const char *to;

	if (s->n > 0 && at > last_end(s)) {
		at += text.n - s->bytes.n;
	} else if (s->n > 0 && at + f->line.n >= s->edits[0].at) {
		move_slice(s, &f->line, text);
		move_slice(s, &f->name, text);
		move_slice(s, &f->value, text);
		return;
	}
	to = text.p + at;
	f->name.p = to + (f->name.p - f->line.p);
	f->value.p = to + (f->value.p - f->line.p);
	f->line.p = to;
}

void
msg_splice_move(const struct msg_splice *s, struct msg *m, struct str text)
{
	struct str *const slices[] = { &m->start_line, &m->method_name, &m->uri,
		&m->reason, &m->version, &m->body };

	m->bytes = text;
	for (size_t i = 0; i < COUNT_OF(slices); i++)
		move_slice(s, slices[i], text);
	for (size_t i = 0; i < m->nfields; i++)
		move_field(s, &m->fields[i], text);
	if (!m->known.all)
		return;
	move_party(s, &m->known.from, text);
	move_party(s, &m->known.to, text);
	msg_know_via(m);
}
