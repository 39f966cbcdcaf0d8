/* Reads rosters. */
#include "grade/roster.h"

#include "base/array.h"
#include "text/charset.h"
#include "text/csv.h"
#include "base/err.h"
#include "base/map.h"
#include "base/mem.h"
#include "text/utf8.h"
#include "lesson/answer_spelling.h"

#include <string.h>

#define ROSTER_SIZE_MAX (4u << 20)

/* X(ID, headings that mean it) */
#define COLUMNS(X)                                                       \
	X(ID, "学号|id|student|student id|studentid|number|no|学生编号") \
	X(NAME, "姓名|name|student name|full name")                      \
	X(GROUP, "班级|class|group|section")

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
	struct buf safe = BUF_INIT;
	char *copy;

	utf8_add_safe(&safe, s);
	copy = safe.err == 0 ? mem_strdup(buf_cstr(&safe)) : NULL;
	buf_free(&safe);
	return copy;
}

/* A number has a letter or a digit, of any alphabet. */
static bool
is_number(const char *id)
{
	while (*id != '\0' && !chr_is_alnum(*id) && (unsigned char)*id < 0x80)
		id++;
	return *id != '\0';
}

/* A row without a number: what stands in it instead. */
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
	struct buf key = BUF_INIT;
	int err = ARRAY_ROOM(&r->rows, &r->cap, r->n + 1);

	roster_put_key(row->id, &key);
	if (err == 0)
		err = key.err;
	if (err == 0)
		err = map_put(
		    r->by_key, buf_view(&key), (void *)(uintptr_t)(r->n + 1));
	if (err == 0)
		r->rows[r->n++] = *row;
	buf_free(&key);
	return err;
}

/* What stands in ROW as its number, as it is compared and shown. */
static int
take_number(struct roster *r, const struct csv_rows *c, struct roster_row *row)
{
	struct buf id = BUF_INIT;
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
	buf_free(&id);
	return err;
}

static int
add_row(struct roster *r, const struct csv_rows *c, const size_t *at)
{
	struct roster_row row = { copy_field(c, at[COLUMN_ID]),
		copy_field(c, at[COLUMN_NAME]),
		copy_field(c, at[COLUMN_GROUP]) };
	bool kept = false;
	int err = 0;

	if (row.id == NULL || row.name == NULL || row.group == NULL)
		err = ERR_NOMEM;
	else if (!is_number(row.id))
		tell_no_number(r, c, &row);
	else if ((err = take_number(r, c, &row)) != 0)
		err = err == ERR_SYNTAX ? 0 : err;
	else if (roster_find(r, row.id) != NULL)
		buf_printf(&r->remarks,
		    _("line %u of the roster: %s stands there already\n"),
		    c->line, row.id);
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
		    _("line %u of the roster has a quote that is never "
		      "closed: what follows it is not read\n"),
		    c->open);
	return err;
}

int
roster_read_text(
    struct roster *r, struct str text, const char *name, struct diag *d)
{
	struct buf plain = BUF_INIT;
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
	buf_free(&plain);
	if (err == 0)
		err = r->remarks.err;
	return err == 0 ? 0 : diag_set(d, err, name, 0, "%s", err_text(err));
}

int
roster_read(struct roster *r, const char *path, struct diag *d)
{
	struct buf text = BUF_INIT;
	int err = diag_read_file(&text, path, ROSTER_SIZE_MAX, d);

	*r = ROSTER_INIT;
	if (err == 0)
		err = roster_read_text(r, buf_view(&text), path, d);
	buf_free(&text);
	return err;
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
	struct buf key = BUF_INIT;
	uintptr_t at = 0;

	roster_put_key(id, &key);
	if (r->by_key != NULL && key.err == 0)
		at = (uintptr_t)map_get(r->by_key, buf_view(&key));
	buf_free(&key);
	return at > 0 ? &r->rows[at - 1] : NULL;
}
