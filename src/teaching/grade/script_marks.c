/* Reads scripts as words (Lua 5.4 manual, 3.1), and makes marks of them. */
#include "grade/script_marks.h"

#include "base/array.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/folder.h"
#include "base/mem.h"
#include "inputs/share_labs.h"

#include <stdlib.h>
#include <string.h>

#define SCRIPT_SIZE_MAX (256u << 10)
/* More words of one script are not looked at. */
#define WORDS_MAX 20000

/* ---- words ---- */

enum word_kind { WORD_END, WORD_NAME, WORD_STRING, WORD_OTHER };

struct word {
	enum word_kind kind;
	struct str text; /* of a string the text between its quotes */
	uint32_t line;
	bool local; /* a name that the script has given itself */
};

struct words {
	struct word *list;
	size_t n, cap;
	uint64_t *hashes; /* of each, once all are read */
};

struct lexer {
	struct str rest;
	uint32_t line;
};

static struct str
script_mark_take(struct lexer *l, size_t n)
{
	struct str taken = str_slice(l->rest, 0, n);

	l->line += (uint32_t)str_count(taken, '\n');
	l->rest = str_slice(l->rest, n, l->rest.n);
	return taken;
}

static char
script_mark_look(const struct lexer *l, size_t i)
{
	return i < l->rest.n ? l->rest.p[i] : '\0';
}

/* At "[[" or "[==[": the length of that; 0: it is no long bracket. */
static size_t
script_mark_long_bracket(const struct lexer *l)
{
	size_t n = 1;

	if (script_mark_look(l, 0) != '[')
		return 0;
	while (script_mark_look(l, n) == '=')
		n++;
	return script_mark_look(l, n) == '[' ? n + 1 : 0;
}

/* The contents of the next long bracket of N signs. */
static struct str
script_mark_take_long(struct lexer *l, size_t n)
{
	char end[64];
	struct str inside;
	ptrdiff_t at;

	script_mark_take(l, n);
	if (n > sizeof(end) - 1)
		n = sizeof(end) - 1;
	memset(end, '=', n);
	end[0] = end[n - 1] = ']';
	end[n] = '\0';
	at = str_find(l->rest, end);
	inside = script_mark_take(l, at >= 0 ? (size_t)at : l->rest.n);
	script_mark_take(l, n);
	return inside;
}

static struct str
take_quoted(struct lexer *l)
{
	char quote = script_mark_take(l, 1).p[0];
	struct str inside;
	size_t n = 0;

	while (n < l->rest.n && script_mark_look(l, n) != quote &&
	       script_mark_look(l, n) != '\n')
		n += script_mark_look(l, n) == '\\' ? 2 : 1;
	inside = script_mark_take(l, n);
	script_mark_take(l, 1);
	return inside;
}

/* Passes over white space and comments. */
static void
skip_empty(struct lexer *l)
{
	for (;;) {
		size_t n = 0;

		while (n < l->rest.n && chr_is_space(script_mark_look(l, n)))
			n++;
		script_mark_take(l, n);
		if (!str_starts(l->rest, "--"))
			return;
		script_mark_take(l, 2);
		n = script_mark_long_bracket(l);
		if (n > 0) {
			script_mark_take_long(l, n);
			continue;
		}
		while (n < l->rest.n && script_mark_look(l, n) != '\n')
			n++;
		script_mark_take(l, n);
	}
}

static bool
is_name_sign(char c)
{
	return chr_is_alnum(c) || c == '_';
}

static struct word
next_script_word(struct lexer *l)
{
	struct word w = { .kind = WORD_OTHER };
	size_t n = 0;

	skip_empty(l);
	w.line = l->line;
	if (l->rest.n == 0)
		return (struct word){ .kind = WORD_END };
	if (is_name_sign(script_mark_look(l, 0))) {
		w.kind = chr_is_digit(script_mark_look(l, 0)) ? WORD_OTHER
							      : WORD_NAME;
		while (is_name_sign(script_mark_look(l, n)) ||
		       (w.kind == WORD_OTHER && script_mark_look(l, n) == '.'))
			n++;
		w.text = script_mark_take(l, n);
	} else if (script_mark_look(l, 0) == '"' ||
		   script_mark_look(l, 0) == '\'') {
		w.kind = WORD_STRING;
		w.text = take_quoted(l);
	} else if ((n = script_mark_long_bracket(l)) > 0) {
		w.kind = WORD_STRING;
		w.text = script_mark_take_long(l, n);
	} else {
		w.text = script_mark_take(l, 1);
	}
	return w;
}

static int
script_mark_read_words(struct words *w, struct str text)
{
	struct lexer l = { text, 1 };

	while (w->n < WORDS_MAX) {
		struct word word = next_script_word(&l);

		if (word.kind == WORD_END)
			return 0;
		if (ARRAY_ROOM(&w->list, &w->cap, w->n + 1) != 0)
			return ERR_NOMEM;
		w->list[w->n++] = word;
	}
	return 0;
}

/* ---- the script's own names ---- */

static bool
script_mark_is_word(const struct words *w, size_t i, const char *text)
{
	return i < w->n && w->list[i].kind != WORD_STRING &&
	       str_is(w->list[i].text, text);
}

/* A field or method, whose name is not the script's to choose. */
static bool
script_mark_is_field(const struct words *w, size_t i)
{
	if (i == 0)
		return false;
	return script_mark_is_word(w, i - 1, ":") ||
	       (script_mark_is_word(w, i - 1, ".") &&
		   (i == 1 || !script_mark_is_word(w, i - 2, ".")));
}

/* Names after "local" and "for", and parameters: up to "=", "in" or ")". */
static void
mark_declared(struct words *w, size_t i)
{
	for (; i < w->n; i++) {
		struct word *word = &w->list[i];

		if (script_mark_is_word(w, i, "function") ||
		    script_mark_is_word(w, i, "(") ||
		    script_mark_is_word(w, i, ","))
			continue;
		if (word->kind != WORD_NAME || script_mark_is_word(w, i, "in"))
			return;
		word->local = true;
		/* What follows "local x" belongs to it only behind a comma. */
		if (!script_mark_is_word(w, i + 1, ","))
			return;
	}
}

static void
mark_parameters(struct words *w, size_t i)
{
	while (i < w->n && !script_mark_is_word(w, i, "("))
		i++;
	mark_declared(w, i);
}

static void
mark_locals(struct words *w)
{
	for (size_t i = 0; i < w->n; i++) {
		if (script_mark_is_word(w, i, "local") ||
		    script_mark_is_word(w, i, "for"))
			mark_declared(w, i + 1);
		if (script_mark_is_word(w, i, "function"))
			mark_parameters(w, i);
	}
}

static int
script_mark_by_text(const void *a, const void *b)
{
	const struct str *x = a, *y = b;

	return str_cmp(*x, *y);
}

/* Each use of a name that is declared somewhere is that of a local. */
static int
find_locals(struct words *w)
{
	LOCAL_MEM struct str *names = mem_zalloc(w->n + 1, sizeof(*names));
	size_t n = 0;

	if (names == NULL)
		return ERR_NOMEM;
	mark_locals(w);
	for (size_t i = 0; i < w->n; i++)
		if (w->list[i].local)
			names[n++] = w->list[i].text;
	if (n > 0)
		qsort(names, n, sizeof(*names), script_mark_by_text);
	for (size_t i = 0; n > 0 && i < w->n; i++) {
		struct word *word = &w->list[i];

		word->local = word->kind == WORD_NAME &&
			      !script_mark_is_field(w, i) &&
			      bsearch(&word->text, names, n, sizeof(*names),
				  script_mark_by_text) != NULL;
	}
	return 0;
}

/* ---- marks ---- */

static uint64_t
script_mark_hash(const struct word *w)
{
	static const char kinds[] = {
		[WORD_NAME] = 'n', [WORD_STRING] = 's', [WORD_OTHER] = 'o'
	};
	uint64_t h =
	    str_hash_add(STR_HASH_START, (struct str){ &kinds[w->kind], 1 });

	return str_hash_end(str_hash_add(h, w->local ? STR("_") : w->text));
}

static int
hash_words(struct words *w)
{
	w->hashes = mem_alloc((w->n + 1) * sizeof(*w->hashes));
	if (w->hashes == NULL)
		return ERR_NOMEM;
	for (size_t i = 0; i < w->n; i++)
		w->hashes[i] = script_mark_hash(&w->list[i]);
	return 0;
}

static int
script_mark_add(
    struct script_marks *m, const struct words *w, size_t from, uint32_t script)
{
	struct str window = { (const char *)&w->hashes[from],
		SCRIPT_MARK_WORDS * sizeof(*w->hashes) };

	if (ARRAY_ROOM(&m->list, &m->cap, m->n + 1) != 0)
		return ERR_NOMEM;
	m->list[m->n++] = (struct script_mark){ str_hash_words(window, 0),
		w->list[from].line, script };
	return 0;
}

int
script_marks_add(struct script_marks *m, struct str text, uint32_t script)
{
	struct words w = { .n = 0 };
	int err = script_mark_read_words(&w, text);

	if (err == 0)
		err = find_locals(&w);
	if (err == 0)
		err = hash_words(&w);
	for (size_t i = 0; err == 0 && i + SCRIPT_MARK_WORDS <= w.n; i++)
		err = script_mark_add(m, &w, i, script);
	mem_free(w.hashes);
	mem_free(w.list);
	return err;
}

void
script_marks_free(struct script_marks *m)
{
	mem_free(m->list);
	*m = SCRIPT_MARKS_INIT;
}

/* ---- marks of the labs ---- */

static int
by_hash(const void *a, const void *b)
{
	const struct script_mark *x = a, *y = b;

	if (x->hash != y->hash)
		return x->hash < y->hash ? -1 : 1;
	if (x->script != y->script)
		return x->script < y->script ? -1 : 1;
	return x->line < y->line ? -1 : x->line > y->line;
}

static int
add_lab_scripts(struct script_marks *m, const char *folder)
{
	LOCAL(folder_names_free) struct folder_names f;
	int err = folder_names_read(&f, folder);

	for (size_t i = 0; err == 0 && i < f.n; i++) {
		LOCAL_BUF path = BUF_INIT, text = BUF_INIT;

		if (!str_ends(str_of(f.names[i]), ".lua") ||
		    strcmp(f.names[i], "check.lua") == 0)
			continue;
		buf_printf(&path, "%s/%s", folder, f.names[i]);
		err = path.err;
		if (err == 0 &&
		    buf_read_file(&text, buf_cstr(&path), SCRIPT_SIZE_MAX) == 0)
			err = script_marks_add(m, buf_view(&text), 0);
	}
	return err == ERR_NOMEM ? err : 0;
}

static void
sort_marks(struct script_marks *m)
{
	if (m->n > 0)
		qsort(m->list, m->n, sizeof(*m->list), by_hash);
}

int
script_marks_read_labs(struct script_marks *marks)
{
	LOCAL(share_labs_free) struct share_labs labs = SHARE_LABS_INIT;
	int err = share_labs_read(&labs);

	*marks = SCRIPT_MARKS_INIT;
	for (size_t i = 0; err == 0 && i < labs.n; i++)
		err = add_lab_scripts(marks, labs.list[i].path);
	sort_marks(marks);
	return err;
}

void
script_marks_leave(struct script_marks *m, const struct script_marks *labs)
{
	size_t kept = 0, k = 0;

	sort_marks(m);
	for (size_t i = 0; i < m->n; i++) {
		uint64_t hash = m->list[i].hash;

		while (k < labs->n && labs->list[k].hash < hash)
			k++;
		if ((k < labs->n && labs->list[k].hash == hash) ||
		    (kept > 0 && m->list[kept - 1].hash == hash))
			continue;
		m->list[kept++] = m->list[i];
	}
	m->n = kept;
}
