/* Reads rosters, and gives words to the students of one. */
#include "grade/roster.h"

#include "base/array.h"
#include "base/err.h"
#include "base/map.h"
#include "base/mem.h"
#include "lesson/answer_spelling.h"
#include "text/charset.h"
#include "text/csv.h"
#include "text/markdown.h"
#include "text/utf8.h"

#define UTF8_MARK "\xef\xbb\xbf"
/* X(ID, headings that mean it) */
#define COLUMNS(X)                                                       \
	X(ID, "学号|id|student|student id|studentid|number|no|学生编号") \
	X(NAME, "姓名|name|student name|full name")                      \
	X(GROUP, "班级|class|group|section")                             \
	X(WORD, "暗号|口令|word|password")                               \
	X(MAIL, "邮箱|电子邮件|email|e-mail|mail|email address")

enum column {
#define X(id, words) COLUMN_##id,
	COLUMNS(X)
#undef X
	    COLUMN_COUNT
};

static const char *const headings[] = {
#define X(id, words) words,
	COLUMNS(X)
#undef X
};

static void
free_row(struct roster_row *row)
{
	mem_free(row->id);
	mem_free(row->name);
	mem_free(row->group);
	mem_free(row->word);
	mem_free(row->mail);
}

void
roster_free(struct roster *r)
{
	for (size_t i = 0; i < r->n; i++)
		free_row(&r->rows[i]);
	mem_free(r->rows);
	map_destroy(r->by_key);
	buf_free(&r->remarks);
	*r = ROSTER_INIT;
}

/* ---- columns ---- */

static bool
is_heading(struct str field, const char *words)
{
	struct str rest = str_of(words);

	field = str_trim(field);
	while (rest.n > 0)
		if (str_ieq(field, str_cut(rest, '|', &rest)))
			return true;
	return false;
}

static void
find_columns(const struct csv_rows *c, size_t at[COLUMN_COUNT])
{
	for (unsigned k = 0; k < COLUMN_COUNT; k++) {
		at[k] = SIZE_MAX;
		for (size_t i = 0; i < c->n && at[k] == SIZE_MAX; i++)
			if (is_heading(buf_view(&c->fields[i]), headings[k]))
				at[k] = i;
	}
}

/* As a line that is shown, owned; NULL: no memory. */
static char *
copy_field(const struct csv_rows *c, size_t i)
{
	struct str s = i < c->n ? str_trim(buf_view(&c->fields[i])) : STR_NULL;
	LOCAL_BUF safe = BUF_INIT;

	utf8_add_safe(&safe, s);
	return safe.err == 0 ? mem_strdup(buf_cstr(&safe)) : NULL;
}

/* A number has a letter or a digit, of any alphabet. */
static bool
is_number(const char *id)
{
	while (*id != '\0' && !chr_is_alnum(*id) && (unsigned char)*id < 0x80)
		id++;
	return *id != '\0';
}

/* A row without a number: names its other values. */
static void
tell_no_number(
    struct roster *r, const struct csv_rows *c, const struct roster_row *row)
{
	const char *what = row->id[0] != '\0' ? row->id : row->name;

	if (what[0] != '\0')
		buf_printf(&r->remarks,
		    _("line %u of the roster has no student number: %s\n"),
		    c->line, what);
}

static int
keep_row(struct roster *r, const struct roster_row *row)
{
	LOCAL_BUF key = BUF_INIT;
	int err = ARRAY_ROOM(&r->rows, &r->cap, r->n + 1);

	roster_put_key(row->id, &key);
	if (err == 0)
		err = key.err;
	if (err == 0)
		err = map_put(
		    r->by_key, buf_view(&key), (void *)(uintptr_t)(r->n + 1));
	if (err == 0)
		r->rows[r->n++] = *row;
	return err;
}

/* Takes the number of ROW, as it is compared and shown. */
static int
take_number(struct roster *r, const struct csv_rows *c, struct roster_row *row)
{
	LOCAL_BUF id = BUF_INIT;
	struct diag said = DIAG_INIT;
	int err = spelling_student(str_of(row->id), &id, &said);

	if (err == ERR_SYNTAX)
		buf_printf(&r->remarks, _("line %u of the roster: %s\n"),
		    c->line, said.text);
	if (err == 0) {
		mem_free(row->id);
		row->id = mem_strdup(buf_cstr(&id));
		err = row->id != NULL ? 0 : ERR_NOMEM;
	}
	return err;
}

static int
add_row(struct roster *r, const struct csv_rows *c, const size_t *at)
{
	struct roster_row row = { copy_field(c, at[COLUMN_ID]),
		copy_field(c, at[COLUMN_NAME]), copy_field(c, at[COLUMN_GROUP]),
		copy_field(c, at[COLUMN_WORD]),
		copy_field(c, at[COLUMN_MAIL]) };
	bool kept = false;
	int err = 0;

	if (row.id == NULL || row.name == NULL || row.group == NULL ||
	    row.word == NULL || row.mail == NULL)
		err = ERR_NOMEM;
	else if (!is_number(row.id))
		tell_no_number(r, c, &row);
	else if ((err = take_number(r, c, &row)) != 0)
		err = err == ERR_SYNTAX ? 0 : err;
	else if (roster_find(r, row.id) != NULL)
		buf_printf(&r->remarks,
		    _("line %u of the roster: %s appears twice\n"), c->line,
		    row.id);
	else
		kept = (err = keep_row(r, &row)) == 0;
	if (!kept)
		free_row(&row);
	return err;
}

static int
read_rows(
    struct roster *r, struct csv_rows *c, const char *name, struct diag *d)
{
	size_t at[COLUMN_COUNT];
	int err;

	if (!csv_read_row(c, &err))
		return err != 0 ? err
				: diag_set(d, ERR_SYNTAX, name, 0,
				      _("the roster is empty"));
	find_columns(c, at);
	if (at[COLUMN_ID] == SIZE_MAX)
		return diag_set(d, ERR_SYNTAX, name, 1,
		    _("no column of the roster is called 学号, id or student"));
	while (err == 0 && csv_read_row(c, &err))
		err = add_row(r, c, at);
	if (c->open != 0)
		buf_printf(&r->remarks,
		    _("line %u of the roster has a quote that is never closed: "
		      "the text after it is not read\n"),
		    c->open);
	return err;
}

int
roster_read_text(
    struct roster *r, struct str text, const char *name, struct diag *d)
{
	LOCAL_BUF plain = BUF_INIT;
	struct csv_rows *c = mem_zalloc(1, sizeof(*c));
	int err =
	    c == NULL ? ERR_NOMEM : charset_read_file(text, name, &plain, d);

	*r = ROSTER_INIT;
	if (err == 0)
		err = map_create(&r->by_key);
	if (err == 0) {
		csv_begin(c, buf_view(&plain));
		err = read_rows(r, c, name, d);
	}
	if (c != NULL)
		csv_end(c);
	mem_free(c);
	if (err == 0)
		err = r->remarks.err;
	return diag_fail_file(d, err, name);
}

int
roster_read(struct roster *r, const char *path, struct diag *d)
{
	LOCAL_BUF text = BUF_INIT;
	int err = diag_read_file(&text, path, ROSTER_SIZE_MAX, d);

	*r = ROSTER_INIT;
	if (err == 0)
		err = roster_read_text(r, buf_view(&text), path, d);
	return err;
}

int
roster_put_number(const char *said, struct buf *out, struct diag *d)
{
	if (utf8_has_unseen(str_of(said)))
		return spelling_refuse_unseen(d);
	return diag_fail(d, spelling_student(str_of(said), out, d));
}

void
roster_put_key(const char *id, struct buf *out)
{
	size_t from = out->n;

	(void)spelling_student(str_of(id), out, NULL);
	for (; from < out->n; from++)
		out->p[from] = chr_lower(out->p[from]);
}

const struct roster_row *
roster_find(const struct roster *r, const char *id)
{
	LOCAL_BUF key = BUF_INIT;
	uintptr_t at = 0;

	roster_put_key(id, &key);
	if (r->by_key != NULL && key.err == 0)
		at = (uintptr_t)map_get(r->by_key, buf_view(&key));
	return at > 0 ? &r->rows[at - 1] : NULL;
}

/* ---- words ---- */

/* A table of which some cells get words. */
struct filling {
	struct csv_rows rows;
	size_t at[COLUMN_COUNT];
	roster_word_fn *word;
	struct buf *out;
	size_t n; /* words so far */
};

static int
put_word(struct filling *f)
{
	char word[ROSTER_WORD_N + 1] = "";
	int err = f->word(word);

	buf_puts(f->out, word);
	f->n++;
	return err;
}

static bool
lacks_word(const struct filling *f)
{
	const struct csv_rows *c = &f->rows;
	size_t id = f->at[COLUMN_ID], word = f->at[COLUMN_WORD];

	return id < c->n && is_number(buf_cstr(&c->fields[id])) &&
	       (word >= c->n || str_trim(buf_view(&c->fields[word])).n == 0);
}

/* Copies the row that begins at FROM, with a word where it has none. */
static int
fill_row(struct filling *f, const char *from)
{
	const struct csv_rows *c = &f->rows;
	size_t at = f->at[COLUMN_WORD], last = at < c->n ? at : c->n;
	const char *cell = last > 0 ? c->ends[last - 1] : from;
	int err = 0;

	if (lacks_word(f)) {
		buf_add(f->out, from, (size_t)(cell - from));
		for (size_t i = last; i <= at && at > 0; i++)
			buf_putc(f->out, c->separator);
		err = put_word(f);
		from = at < c->n ? c->ends[at] : cell;
	}
	buf_add(f->out, from, (size_t)(c->rest.p - from));
	return err;
}

static int
fill_rows(struct filling *f, struct str text)
{
	struct csv_rows *c = &f->rows;
	const char *from = text.p;
	bool heading = true;
	int err = 0;

	csv_begin(c, text);
	for (; err == 0 && csv_read_row(c, &err); from = c->rest.p) {
		if (heading)
			find_columns(c, f->at);
		if (heading || f->at[COLUMN_WORD] == SIZE_MAX)
			buf_add(f->out, from, (size_t)(c->rest.p - from));
		else
			err = fill_row(f, from);
		heading = false;
	}
	csv_end(c);
	return err;
}

int
roster_fill_words(struct str text, const char *name, roster_word_fn *word,
    struct buf *out, size_t *n, struct diag *d)
{
	LOCAL_BUF plain = BUF_INIT, filled = BUF_INIT;
	LOCAL_MEM struct filling *f = mem_zalloc(1, sizeof(*f));
	bool crlf = str_find(text, "\r\n") >= 0;
	int err =
	    f != NULL ? charset_read_file(text, name, &plain, d) : ERR_NOMEM;

	if (err == 0) {
		f->word = word;
		f->out = &filled;
		err = fill_rows(f, buf_view(&plain));
	}
	*n = err == 0 ? f->n : 0;
	/* Spreadsheets know UTF-8 by its mark. */
	if (!utf8_valid(text) || str_starts(text, UTF8_MARK))
		buf_puts(out, UTF8_MARK);
	for (size_t i = 0; i < filled.n; i++) {
		if (filled.p[i] == '\n' && crlf)
			buf_putc(out, '\r');
		buf_putc(out, filled.p[i]);
	}
	return diag_fail_file(d, err != 0 ? err : filled.err | out->err, name);
}

int
roster_put_slips(const struct roster *r, struct buf *out)
{
	buf_printf(out, "| %s | %s | %s |\n|---|---|---|\n", _("student"),
	    _("name"), _("word"));
	for (size_t i = 0; i < r->n; i++) {
		const struct roster_row *row = &r->rows[i];

		if (row->word[0] == '\0')
			continue;
		buf_puts(out, "| ");
		markdown_put_text(out, str_of(row->id));
		buf_puts(out, " | ");
		markdown_put_text(out, str_of(row->name));
		buf_puts(out, " | ");
		markdown_put_code(out, str_of(row->word));
		buf_puts(out, " |\n");
	}
	return out->err;
}
